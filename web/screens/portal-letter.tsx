// One letter in the department it was sent to: read, with its figures and the evidence that goes with it, acknowledged,
// answered with attachments, followed until it is closed. Opening it leaves the trace the rules ask for.
import '../style/people.css';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import * as z from 'zod';
import { countText, letterKindTitles } from '../../shared/letter.ts';
import type { View } from '../../shared/views.ts';
import { read, send } from '../client.ts';
import { useFiling } from '../filing.ts';
import { dayWords } from '../month-words.ts';
import { EvidenceLook } from '../parts/evidence-look.tsx';
import { FilePicker } from '../parts/file-picker.tsx';
import { History } from '../parts/history.tsx';
import { LightForm, Told, WordsField } from '../parts/light-form.tsx';
import { MoreToSay } from '../parts/more-to-say.tsx';
import { Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import type { ScreenProps } from '../screens.ts';
import { useSender } from '../sending.ts';
import { dateTimeWords } from '../time-words.ts';

type LetterView = View<'letter.read'>;
interface Acting {
  view: LetterView;
  done(words: string): void;
}

const written = z.looseObject({ body: z.object({ text: z.string() }) });
const bodyOf = (view: LetterView): string | undefined =>
  view.history.flatMap(({ event }) => {
    const read = written.safeParse(event);
    return read.success ? [read.data.body.text] : [];
  })[0];

const address = (id: string): string => `/api/letters/${encodeURIComponent(id)}`;

const Track = ({ state }: { state: LetterView['state'] }): ReactElement => {
  const answered = state.delivery?.answeredAt;
  // Of a bulletin many departments have a copy: who opened it first says nothing to the others.
  const received: [string, string | undefined][] =
    state.department === undefined
      ? []
      : [
          ['打开', state.delivery?.openedAt],
          ['签收', state.delivery?.acknowledgedAt],
        ];
  const shown: [string, string | undefined][] = [
    ['印发', state.issuedAt],
    ...received,
    ...(state.replyBy === undefined && answered === undefined
      ? []
      : ([['复函', answered]] satisfies [[string, string | undefined]])),
    ['办结', state.closedAt],
  ];
  return (
    <ol className="steps">
      {shown.map(([name, when]) => (
        <li key={name} className={when === undefined ? '' : 'done'}>
          <span>
            {name}
            {when === undefined ? null : <span className="quiet"> {dateTimeWords(when)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
};

const Acknowledge = ({ view, done }: Acting): ReactElement => {
  const sender = useSender();
  return (
    <div className="card light-form">
      <h2>签收</h2>
      <p>签收只表示本单位已收到此函,不代表同意函中内容。</p>
      {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={sender.busy}
          onClick={async () => {
            if (await sender.send(`${address(view.id)}/acknowledge`, {}, 'receivedAt')) done('已签收。');
          }}
        >
          签收此函
        </button>
      </div>
    </div>
  );
};

const Answer = ({ view, done }: Acting): ReactElement => {
  const [words, setWords] = useState('');
  const filing = useFiling();
  const again = (view.state.delivery?.answers ?? 0) > 0;
  const [open, setOpen] = useState(!again);
  if (!open) return <MoreToSay open={() => setOpen(true)} />;
  return (
    <LightForm
      card
      sender={filing}
      submit="送出复函"
      sending="正在送出…"
      send={async () => {
        const filed = await filing.file(
          [`${address(view.id)}/answer`, { answer: words.trim() }, 'answeredAt'],
          (id) => read('letter.read', address(id)),
        );
        if (filed !== undefined) done(again ? '补充复函已送达督查科。' : '复函已送达督查科。');
      }}
    >
      <h2>{again ? '补充复函' : '复函、反馈整改'}</h2>
      <WordsField label="核实和整改情况" value={words} change={setWords} max={5000} rows={8} />
      <FilePicker label="附件(盖章复函、整改材料)" files={filing.files} change={filing.setFiles} />
    </LightForm>
  );
};

const Figures = ({ state }: { state: LetterView['state'] }): ReactElement => (
  <dl className="card facts">
    <dt>期间</dt>
    <dd>
      {dayWords(state.facts.period.from)}至{dayWords(state.facts.period.to)}
    </dd>
    <dt>问题</dt>
    <dd>{countText(state.facts.total)}</dd>
    <dt>程度</dt>
    <dd>
      轻微 {countText(state.facts.severities.minor)},明显 {countText(state.facts.severities.evident)},严重{' '}
      {countText(state.facts.severities.serious)}
    </dd>
    {state.replyBy === undefined || state.stage === 'withdrawn' ? null : (
      <>
        <dt>复函期限</dt>
        <dd>{dateTimeWords(state.replyBy)}</dd>
      </>
    )}
  </dl>
);

const PortalLetter = ({ me, at: { id = '' } }: ScreenProps): ReactElement => {
  const { outcome, again } = useReading('letter.read', address(id));
  const [told, setTold] = useState<string>();
  const opened = useRef(false);
  const view = outcome?.ok ? outcome.value : undefined;
  useEffect(() => {
    if (!view || opened.current || !view.abilities.includes('letter.open')) return;
    if (view.state.delivery?.openedAt !== undefined) return;
    opened.current = true;
    void send(`${address(id)}/open`, {}).then(again);
  }, [view, id, again]);
  if (!outcome) return <Waiting />;
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  const { state, abilities, names, history } = outcome.value;
  const acting = {
    view: outcome.value,
    done: (words: string) => {
      setTold(words);
      again();
    },
  };
  const shared = state.cases.filter(({ shares }) => shares.length > 0);
  return (
    <div className="page">
      {state.stage === 'withdrawn' ? (
        <p className="notice bad">本函已由中心撤回,不再有效,不用签收和复函。</p>
      ) : (
        <Track state={state} />
      )}
      <Told words={told} />
      <article className="paper">
        <h2 className="paper-title">{state.title}</h2>
        <p className="number">{state.documentNumber ?? letterKindTitles[state.kind]}</p>
        <div className="body">{bodyOf(outcome.value) ?? '正文见纸质函件。'}</div>
        <p className="no-print actions" style={{ marginTop: 24 }}>
          <button type="button" className="button small" onClick={() => window.print()}>
            打印
          </button>
        </p>
      </article>
      <Figures state={state} />
      {shared.length > 0 && state.stage !== 'withdrawn' ? (
        <section>
          <h2>随函证据</h2>
          <p className="hint">每次查看都会登记姓名、时间和事由,地址短时有效,不能转发。</p>
          {shared.map(({ id: one, shares }) => (
            <div key={one}>
              <h3>第 {state.cases.findIndex(({ id: of }) => of === one) + 1} 条问题</h3>
              <EvidenceLook
                record={one}
                entries={shares.map((n) => ({ n, state: 'received' }))}
                viewer={`${me.name} ${names[state.department ?? ''] ?? ''}`}
                reason={`核实${state.documentNumber ?? '函件'}所列问题`}
              />
            </div>
          ))}
        </section>
      ) : null}
      {abilities.includes('letter.acknowledge') && state.delivery?.acknowledgedAt === undefined ? (
        <Acknowledge {...acting} />
      ) : null}
      {abilities.includes('letter.answer') && state.delivery?.acknowledgedAt !== undefined ? (
        <Answer key={state.delivery.answers} {...acting} />
      ) : null}
      {state.evidence.length > 0 ? (
        <section>
          <h2>往来附件</h2>
          <EvidenceLook
            record={id}
            entries={state.evidence}
            viewer={me.name}
            reason="查看本单位往来函件的附件"
          />
        </section>
      ) : null}
      <section>
        <h2>办理经过</h2>
        <History history={history} />
      </section>
    </div>
  );
};
export default PortalLetter;
