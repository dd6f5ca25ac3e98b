// Objecting to a month's score: the person themselves, or on paper for them whoever speaks for their department. The whole
// sum or one of its lines; the lines are the very ones the score shows.
import '../style/people.css';
import { type ReactElement, useState } from 'react';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { type Picked, sendFiles } from '../attach.ts';
import { points, signedPoints } from '../case-words.ts';
import { houseNow, type Refusal, read } from '../client.ts';
import { monthNow, monthWords } from '../month-words.ts';
import { FilePicker } from '../parts/file-picker.tsx';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { go, useAddress } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { useSender } from '../sending.ts';
import { type Me, may } from '../visitor-here.ts';

type Line = View<'month.score'>['lines'][number];

interface Whom {
  id: string;
  name: string;
}

const Form = ({
  month,
  whom,
  lines,
  chosen,
  own,
}: {
  month: string;
  whom: Whom;
  lines: readonly Line[];
  chosen: number | undefined;
  own: boolean;
}): ReactElement => {
  const [nth, setNth] = useState(chosen === undefined ? '' : String(chosen));
  const [grounds, setGrounds] = useState('');
  const [files, setFiles] = useState<Picked[]>([]);
  const [late, setLate] = useState<Refusal>();
  const sender = useSender();
  const line = nth === '' ? undefined : lines[Number(nth) - 1];
  return (
    <form
      className="card light-form"
      onSubmit={async (event) => {
        event.preventDefault();
        const sent = await sender.send('/api/objections', {
          month,
          person: whom.id,
          way: own ? 'self' : 'paper',
          raisedAt: houseNow().toISOString(),
          ...(line === undefined
            ? {}
            : { line: { nth: Number(nth), words: line.note, cases: line.cases.slice(0, 60) } }),
          grounds: grounds.trim(),
          ...(files.length === 0 ? {} : { evidence: files.map(({ entry }) => entry) }),
        });
        if (!sent) return;
        const at = `/objections/${encodeURIComponent(sent.id)}`;
        const fresh = files.length === 0 ? undefined : await read('objection.read', `/api${at}`);
        const missing =
          fresh === undefined
            ? undefined
            : fresh.ok
              ? await sendFiles(sent.id, fresh.value.state.evidence, files)
              : fresh.refusal;
        setLate(missing);
        if (!missing) go(at, { replace: true });
      }}
    >
      {lines.length === 0 ? null : (
        <label className="field">
          对哪一行
          <select value={nth} onChange={({ target }) => setNth(target.value)}>
            <option value="">总分</option>
            {lines.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and their order is theirs
              <option key={at} value={at + 1}>
                {one.note}({one.kind === 'base' ? points(one.points) : signedPoints(one.points)})
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="field">
        理由(哪里算得不对,应当怎样算)
        <textarea
          value={grounds}
          required
          maxLength={2000}
          onChange={({ target }) => setGrounds(target.value)}
        />
      </label>
      <FilePicker label={own ? '附件(可不附)' : '本人签字的异议书(必附)'} files={files} change={setFiles} />
      {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
      {late ? <Refused refusal={late} /> : null}
      <div className="actions">
        <button type="submit" className="button primary" disabled={sender.busy}>
          提出异议
        </button>
      </div>
      <p className="hint">
        这里只谈分数怎样得来。对问题本身(有没有这回事、该谁负责)不服的,请在那件问题里申请复核。
      </p>
    </form>
  );
};

/** With the lines of the score, where the one who writes may see it. */
const WithLines = ({
  me,
  month,
  whom,
  chosen,
  own,
}: {
  me: Me;
  month: string;
  whom: Whom;
  chosen: number | undefined;
  own: boolean;
}): ReactElement => {
  const { outcome } = useReading('month.score', `/api/months/${month}/scores/${whom.id}`);
  if (!may(me, 'score.read')) return <Form {...{ month, whom, chosen, own }} lines={[]} />;
  if (!outcome) return <Waiting what="正在读取得分" />;
  return <Form {...{ month, whom, chosen, own }} lines={outcome.ok ? outcome.value.lines : []} />;
};

const OnPaper = ({ me, month }: { me: Me; month: string }): ReactElement => {
  const { outcome, again } = useReading('objection.list', `/api/months/${month}/objections`);
  const [person, setPerson] = useState('');
  if (!outcome) return <Waiting />;
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  const { people } = outcome.value;
  if (people.length === 0) return <Empty>{monthWords(month)}没有正在公布核对的得分,不能提出异议。</Empty>;
  const whom = people.find(({ id }) => id === person);
  return (
    <>
      <label className="field">
        代谁提出
        <select value={person} onChange={({ target }) => setPerson(target.value)}>
          <option value="">请选择</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {whom === undefined ? null : (
        <WithLines key={whom.id} {...{ me, month, whom }} chosen={undefined} own={false} />
      )}
    </>
  );
};

const NewObjection = ({ me }: ScreenProps): ReactElement => {
  const asked = new URLSearchParams(useAddress().split('?')[1] ?? '');
  const month = asked.get('month') ?? plusMonths(monthNow(), -1);
  const own = asked.get('own') !== null && may(me, 'objection.raise');
  const line = Number(asked.get('line') ?? '');
  return (
    <div className="page">
      <h1>对{monthWords(month)}得分的异议</h1>
      {own ? (
        <WithLines
          me={me}
          month={month}
          whom={{ id: me.person, name: me.name }}
          chosen={line > 0 ? line : undefined}
          own
        />
      ) : (
        <OnPaper me={me} month={month} />
      )}
    </div>
  );
};
export default NewObjection;
