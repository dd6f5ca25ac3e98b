// 自荐: where a title's rule book lets people put themselves forward, from their own page, with the material it asks for. What
// a colleague handed in is nowhere here.
import { type ReactElement, useState } from 'react';
import { titleWords } from '../../shared/term-words.ts';
import type { View } from '../../shared/views.ts';
import { read } from '../client.ts';
import { useFiling } from '../filing.ts';
import { DeedsFields, deedsFields, noDeeds } from './deeds-fields.tsx';
import { FilePicker } from './file-picker.tsx';
import { LightForm } from './light-form.tsx';
import { ShownTitles, useTitles } from './shown-titles.tsx';
import { TakeBack } from './take-back.tsx';

type Award = View<'award.list'>['items'][number];

const Form = ({ award, person, done }: { award: Award; person: string; done(): void }): ReactElement => {
  const [deeds, setDeeds] = useState(noDeeds);
  const filing = useFiling();
  const at = `/api/awards/${encodeURIComponent(award.id)}`;
  return (
    <LightForm
      sender={filing}
      submit="提交自荐"
      send={async () => {
        const fields = { person, ...deedsFields(deeds) };
        const filed = await filing.file([`${at}/nominate-self`, fields], () => read('award.read', at));
        if (filed !== undefined) done();
      }}
    >
      <DeedsFields asked={award.state.material} value={deeds} change={setDeeds} />
      <FilePicker label="证明材料(可不附)" files={filing.files} change={filing.setFiles} />
    </LightForm>
  );
};

const One = ({ award, person, again }: { award: Award; person: string; again(): void }): ReactElement => {
  const [open, setOpen] = useState(false);
  const { state } = award;
  const put = state.nominated.find((one) => one.person === person);
  return (
    <div className="card light-form">
      <div className="line-head">
        <h3>{titleWords(state)}</h3>
        {put === undefined ? null : <span className="mark green">{put.self ? '已自荐' : '已被推荐'}</span>}
      </div>
      {put !== undefined ? (
        <>
          <p className="hint">材料已交,等会议研究。</p>
          {put.self ? <TakeBack award={award.id} person={person} whose="自荐" again={again} /> : null}
        </>
      ) : state.heldBack.includes(person) ? (
        <p className="hint">您有一件问题还没有了结,暂缓参评;了结后可以自荐。</p>
      ) : !state.eligible.includes(person) ? (
        <p className="hint">按本期考核结果,您不在可参评的名单中。原因请看本月得分,或向督查科询问。</p>
      ) : open ? (
        <Form
          award={award}
          person={person}
          done={() => {
            setOpen(false);
            again();
          }}
        />
      ) : (
        <div className="actions">
          <button type="button" className="button" onClick={() => setOpen(true)}>
            自荐
          </button>
          <p className="hint">您符合参评条件,可以自己申报,附事迹材料。</p>
        </div>
      )}
    </div>
  );
};

/** The titles whose names are up and those open for self-nomination; nothing while there is none. */
export const OwnTitles = ({ person }: { person: string }): ReactElement | null => {
  const { awards, again } = useTitles();
  const open = (awards ?? []).filter(
    ({ state }) =>
      state.stage === 'open' &&
      !state.committee?.sitting &&
      state.selfNomination === true &&
      state.recipient === undefined,
  );
  return (
    <>
      <ShownTitles awards={awards ?? []} />
      {open.length === 0 ? null : (
        <section>
          <h2>评选自荐</h2>
          {open.map((award) => (
            <One key={award.id} {...{ award, person, again }} />
          ))}
        </section>
      )}
    </>
  );
};
