// Objecting to a month's score: the person themselves, or on paper for them whoever speaks for their department. The whole
// sum or one of its lines; the lines are the very ones the score shows.
import '../style/people.css';
import { type ReactElement, useState } from 'react';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { points, signedPoints } from '../case-words.ts';
import { read } from '../client.ts';
import { monthNow } from '../clock.ts';
import { useFiling } from '../filing.ts';
import { monthWords } from '../month-words.ts';
import { FilePicker } from '../parts/file-picker.tsx';
import { type Choice, LightForm, PickField, WordsField } from '../parts/light-form.tsx';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { go, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';

type Line = View<'month.score'>['lines'][number];

const at = (id: string): string => `/objections/${encodeURIComponent(id)}`;

const Form = ({
  month,
  whom,
  lines,
  chosen,
  own,
}: {
  month: string;
  whom: Choice;
  lines: readonly Line[];
  chosen: number | undefined;
  own: boolean;
}): ReactElement => {
  const [nth, setNth] = useState(chosen === undefined ? '' : String(chosen));
  const [grounds, setGrounds] = useState('');
  const filing = useFiling();
  const line = nth === '' ? undefined : lines[Number(nth) - 1];
  return (
    <LightForm
      card
      sender={filing}
      submit="提出异议"
      send={async () => {
        const fields = {
          month,
          person: whom.id,
          way: own ? 'self' : 'paper',
          ...(line === undefined
            ? {}
            : { line: { nth: Number(nth), words: line.note, cases: line.cases.slice(0, 60) } }),
          grounds: grounds.trim(),
        };
        const filed = await filing.file(['/api/objections', fields, 'raisedAt'], (id) =>
          read('objection.read', `/api${at(id)}`),
        );
        if (filed !== undefined) go(at(filed), { replace: true });
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
      <WordsField label="理由(哪里算得不对,应当怎样算)" value={grounds} change={setGrounds} />
      <FilePicker
        label={own ? '附件(可不附)' : '本人签字的异议书(必附)'}
        files={filing.files}
        change={filing.setFiles}
      />
      <p className="hint">
        这里只谈分数怎样得来。对问题本身(有没有这回事、该谁负责)不服的,请在那件问题里申请复核。
      </p>
    </LightForm>
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
  whom: Choice;
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
      <PickField label="代谁提出" value={person} among={people} change={setPerson} />
      {whom === undefined ? null : (
        <WithLines key={whom.id} {...{ me, month, whom }} chosen={undefined} own={false} />
      )}
    </>
  );
};

const NewObjection = ({ me }: ScreenProps): ReactElement => {
  const asked = useAsked();
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
