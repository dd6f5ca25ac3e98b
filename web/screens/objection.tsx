// One person's objections to a month's score: for themselves, for whoever raised them on paper, and for whoever answers.
// Offers only what the API says is open.
import '../style/people.css';
import { type ReactElement, useState } from 'react';
import { monthOfId } from '../../shared/ids.ts';
import { type Remedy, remedies, remedyTitles } from '../../shared/objection.ts';
import { read } from '../client.ts';
import { useFiling } from '../filing.ts';
import { monthWords } from '../month-words.ts';
import { EvidenceLook } from '../parts/evidence-look.tsx';
import { FilePicker } from '../parts/file-picker.tsx';
import { LightForm, RadioField, WordsField } from '../parts/light-form.tsx';
import {
  type ObjectionRow,
  ObjectionWords,
  objectionMark,
  objectionStage,
} from '../parts/objection-lines.tsx';
import { Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { useSender } from '../sending.ts';
import { type Me, may } from '../visitor-here.ts';

interface Acting {
  one: ObjectionRow;
  done(words: string): void;
}
const at = (id: string): string => `/api/objections/${encodeURIComponent(id)}`;

const outcomes = [
  ['kept', '维持原得分'],
  ['upheld', '异议成立'],
] as const;

const Answer = ({ one, done }: Acting): ReactElement => {
  const [outcome, setOutcome] = useState<'upheld' | 'kept'>('kept');
  const [remedy, setRemedy] = useState<Remedy>('case');
  const [reason, setReason] = useState('');
  const sender = useSender();
  return (
    <LightForm
      sender={sender}
      submit="答复"
      send={async () => {
        const fields = {
          n: one.n,
          outcome,
          ...(outcome === 'upheld' ? { remedy } : {}),
          reason: reason.trim(),
        };
        if (await sender.send(`${at(one.id)}/answer`, fields))
          done(outcome === 'upheld' ? '已答复。请更正后由内勤重新汇总。' : '已答复,维持原得分。');
      }}
    >
      <RadioField
        label="答复"
        name={`outcome${one.n}`}
        value={outcome}
        among={outcomes}
        change={setOutcome}
      />
      {outcome === 'upheld' ? (
        <label className="field">
          怎样更正
          <select
            value={remedy}
            onChange={({ target }) => setRemedy(remedies.find((each) => each === target.value) ?? 'case')}
          >
            {remedies.map((each) => (
              <option key={each} value={each}>
                {remedyTitles[each]}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <WordsField label="理由" value={reason} change={setReason} max={1000} />
    </LightForm>
  );
};

const Withdraw = ({ one, done, own }: Acting & { own: boolean }): ReactElement => {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const filing = useFiling();
  if (!open)
    return (
      <div className="actions">
        <button type="button" className="button small" onClick={() => setOpen(true)}>
          撤回这项异议
        </button>
      </div>
    );
  return (
    <LightForm
      sender={filing}
      submit="撤回异议"
      cancel={() => setOpen(false)}
      send={async () => {
        const filed = await filing.file(
          [`${at(one.id)}/withdraw`, { n: one.n, reason: reason.trim() }],
          (id) => read('objection.read', at(id)),
        );
        if (filed !== undefined) done('异议已撤回。');
      }}
    >
      <WordsField label="撤回的原因" value={reason} change={setReason} max={500} />
      {own ? null : (
        <FilePicker label="本人签字的撤回书(必附)" files={filing.files} change={filing.setFiles} />
      )}
    </LightForm>
  );
};

const One = ({ me, one, done }: Acting & { me: Me }): ReactElement => (
  <section className="card">
    <div className="line-head">
      <h2>第 {one.n} 项</h2>
      <span className={objectionMark(one)}>{objectionStage(one)}</span>
    </div>
    <ObjectionWords one={one} />
    {one.line === undefined || one.line.cases.length === 0 ? null : (
      <p>
        {one.line.cases
          .filter((id) => id.startsWith('case-'))
          .map((id) => (
            <a key={id} href={`/cases/${id}`} onClick={followLink}>
              查看依据{' '}
            </a>
          ))}
      </p>
    )}
    {one.abilities.includes('objection.answer') ? <Answer one={one} done={done} /> : null}
    {one.abilities.includes('objection.withdraw') ? (
      <Withdraw one={one} done={done} own={one.person === me.person} />
    ) : null}
  </section>
);

const Objection = ({ me, at: { id = '' } }: ScreenProps): ReactElement => {
  const month = monthOfId(id);
  const { outcome, again } = useReading('objection.list', `/api/months/${month}/objections`);
  const record = useReading('objection.read', at(id));
  const [told, setTold] = useState<string>();
  if (!outcome) return <Waiting />;
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  const rows = outcome.value.items.filter((one) => one.id === id);
  const [first] = rows;
  const done = (words: string): void => {
    setTold(words);
    again();
    record.again();
  };
  const evidence = record.outcome?.ok ? record.outcome.value.state.evidence : [];
  return (
    <div className="page">
      <h1>
        {first?.name ?? ''} 对{monthWords(month)}得分的异议
      </h1>
      {first === undefined ? null : <p className="quiet">{first.department}</p>}
      {told === undefined ? null : (
        <p className="notice good" role="status">
          {told}
        </p>
      )}
      {record.outcome && !record.outcome.ok ? <Refused refusal={record.outcome.refusal} /> : null}
      {first !== undefined && (may(me, 'month.read') || first.person === me.person) ? (
        <p>
          <a
            href={
              first.person === me.person && !may(me, 'month.read')
                ? '/mine'
                : `/months/${month}/people/${first.person}`
            }
            onClick={followLink}
          >
            查看得分明细
          </a>
        </p>
      ) : null}
      {rows.map((one) => (
        <One key={one.n} me={me} one={one} done={done} />
      ))}
      {evidence.length > 0 ? (
        <section>
          <h2>附件</h2>
          <EvidenceLook record={id} entries={evidence} viewer={me.name} reason="办理对得分的异议" />
        </section>
      ) : null}
    </div>
  );
};
export default Objection;
