// 函件: the letters a department got, for its liaison: what waits for acknowledgement or an answer comes first.
import '../style/people.css';
import { type ReactElement, useEffect, useState } from 'react';
import { letterKindTitles } from '../../shared/letter.ts';
import type { View } from '../../shared/views.ts';
import { type Refusal, read } from '../client.ts';
import { houseNow } from '../clock.ts';
import { lastMonths } from '../month-words.ts';
import { Hint } from '../parts/hint.tsx';
import { DepartmentObjections } from '../parts/objection-lines.tsx';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { followLink } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';

type Letter = View<'letter.list'>['items'][number];

/** What a letter waits for from its department, in words; undefined when nothing. */
export const asked = ({ state }: Letter): string | undefined => {
  // A bulletin is addressed to the windows; a department reads its copy.
  if (state.stage !== 'issued' || state.department === undefined) return undefined;
  if (state.delivery?.acknowledgedAt === undefined) return '请签收';
  if (state.replyBy !== undefined && state.delivery.answeredAt === undefined)
    return `请在 ${dateTimeWords(state.replyBy)} 前复函`;
  return undefined;
};

const useLetters = (months: number) => {
  const [letters, setLetters] = useState<Letter[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [times, setTimes] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `times` is for
  useEffect(() => {
    let here = true;
    const all = lastMonths(months).map((month) =>
      read('letter.list', `/api/letters?month=${month}&limit=200`),
    );
    void Promise.all(all).then((answers) => {
      if (!here) return;
      const refused = answers.find((answer) => !answer.ok);
      setRefusal(refused && !refused.ok ? refused.refusal : undefined);
      setLetters(answers.flatMap((answer) => (answer.ok ? answer.value.items : [])));
    });
    return () => {
      here = false;
    };
  }, [months, times]);
  return { letters, refusal, again: () => setTimes((before) => before + 1) };
};

const Line = ({ letter }: { letter: Letter }): ReactElement => {
  const { state } = letter;
  const waiting = asked(letter);
  const late =
    state.replyBy !== undefined &&
    state.delivery?.answeredAt === undefined &&
    state.replyBy < houseNow().toISOString();
  return (
    <a
      className={waiting === undefined ? 'line-card' : 'line-card urgent'}
      href={`/letters/${letter.id}`}
      onClick={followLink}
    >
      <div className="line-head">
        <strong>{state.title}</strong>
        <span className={state.stage === 'closed' ? 'mark green' : 'mark'}>
          {state.stage === 'closed'
            ? '已办结'
            : state.stage === 'withdrawn'
              ? '已撤回'
              : state.delivery?.answeredAt
                ? '已复函'
                : letterKindTitles[state.kind]}
        </span>
      </div>
      <p className="quiet">
        {[state.documentNumber, state.issuedAt === undefined ? '' : dateTimeWords(state.issuedAt)]
          .filter(Boolean)
          .join(' · ')}
        {state.evidence.length > 0 ? ` · 附件 ${state.evidence.length} 份` : ''}
      </p>
      {waiting === undefined ? null : <p className="minus">{late ? `已超期,${waiting}` : waiting}</p>}
    </a>
  );
};

const Portal = (): ReactElement => {
  const [months, setMonths] = useState(3);
  // A letter about an old month may go out late: what waits is looked for in the whole year.
  const { letters, refusal, again } = useLetters(12);
  const recent = lastMonths(months);
  const waiting = (letters ?? []).filter((letter) => asked(letter) !== undefined);
  const rest = (letters ?? []).filter(
    (letter) => asked(letter) === undefined && recent.includes(letter.state.month),
  );
  return (
    <div className="page">
      <h1>函件</h1>
      <Hint name="portal">
        <ul>
          <li>先签收,再在期限内复函,说明整改情况;可以附材料</li>
          <li>附有照片、音视频的,在函件页里点开看,每次查看都有登记</li>
          <li>人员对月度得分有异议、自己不便提出的,可以在这里代交签字的异议书</li>
        </ul>
      </Hint>
      {refusal ? <Refused refusal={refusal} again={again} /> : null}
      {letters === undefined && !refusal ? <Waiting /> : null}
      {waiting.length > 0 ? (
        <section>
          <h2>等本单位办理</h2>
          <div className="line-list">
            {waiting.map((letter) => (
              <Line key={letter.id} letter={letter} />
            ))}
          </div>
        </section>
      ) : null}
      {letters !== undefined && waiting.length + rest.length === 0 ? (
        <Empty>近 {months} 个月没有发给本单位的函件。</Empty>
      ) : null}
      {rest.length > 0 ? (
        <section>
          <h2>往来函件</h2>
          <div className="line-list">
            {rest.map((letter) => (
              <Line key={letter.id} letter={letter} />
            ))}
          </div>
        </section>
      ) : null}
      <DepartmentObjections />
      {months < 12 ? (
        <div className="actions">
          <button type="button" className="button" onClick={() => setMonths(12)}>
            看近十二个月
          </button>
        </div>
      ) : null}
    </div>
  );
};
export default Portal;
