// 我的: a person's own record (PIPL art. 45): what waits for an answer, the month's score line by line, every case, good
// deed and talk back to the month they came. Shows nobody else.
import '../style/people.css';
import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { bonusType } from '../../shared/catalog.ts';
import type { View } from '../../shared/views.ts';
import { caseStandingWords, points, severityWords, signedPoints, violationName } from '../case-words.ts';
import { type Refusal, read } from '../client.ts';
import { monthNow } from '../clock.ts';
import { dayWords, monthWords } from '../month-words.ts';
import { Hint } from '../parts/hint.tsx';
import { MonthSwitch } from '../parts/month-switch.tsx';
import { objectionMark, objectionStage } from '../parts/objection-lines.tsx';
import { OwnFile } from '../parts/own-file.tsx';
import { OwnTitles } from '../parts/self-nomination.tsx';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';

type Item = View<'person.record'>['items'][number];

const stageMark: Record<string, string> = {
  noticed: 'mark red',
  confirmed: 'mark amber',
  settledOnSpot: 'mark blue',
  dismissed: 'mark green',
};
const bonusStages: Record<string, string> = {
  reported: '待核实',
  confirmed: '已认定',
  dismissed: '未认定',
  merged: '已合并',
  revoked: '已撤销',
};
const talkStages: Record<string, string> = {
  held: '待签字',
  signed: '已签字',
  refused: '未签字,有见证',
  filed: '已归档',
  withdrawn: '已撤销',
};

/** Whether the person themselves must act: open a notice, answer it, sign a talk record. */
const waits = (item: Item, me: string): string | undefined => {
  if (item.kind !== 'case') return undefined;
  const { stage, hearing, notice } = item.state;
  const open = stage === 'confirmed' || stage === 'noticed';
  if (!open || hearing?.answered.includes(me)) return undefined;
  if (!hearing?.told.includes(me)) return '有一份告知单等您打开';
  return notice === undefined ? '请答复' : `请在 ${dateTimeWords(notice.answerBy)} 前答复`;
};

const Entry = ({ item, me }: { item: Item; me: string }): ReactElement => {
  if (item.kind === 'bonus')
    return (
      <div className="line-card">
        <div className="line-head">
          <strong>{bonusType(item.state.type)?.name ?? '好人好事'}</strong>
          <span className="mark green">{bonusStages[item.state.stage]}</span>
        </div>
        <p className="quiet">{dayWords(item.state.day)}</p>
      </div>
    );
  if (item.kind === 'talk')
    return (
      <a className="line-card" href={`/talks/${item.id}`} onClick={followLink}>
        <div className="line-head">
          <strong>{item.state.kind === 'director' ? '领导谈话' : '科室谈话'}</strong>
          <span className={item.state.stage === 'held' ? 'mark red' : 'mark'}>
            {talkStages[item.state.stage]}
          </span>
        </div>
        <p className="quiet">{dateTimeWords(item.state.heldAt)}</p>
      </a>
    );
  if (item.kind === 'objection') {
    const last = item.state.objections.at(-1);
    return (
      <a className="line-card" href={`/objections/${item.id}`} onClick={followLink}>
        <div className="line-head">
          <strong>对{monthWords(item.state.month)}得分的异议</strong>
          {last === undefined ? null : <span className={objectionMark(last)}>{objectionStage(last)}</span>}
        </div>
        <p className="quiet">{last === undefined ? '' : dateTimeWords(last.raisedAt)}</p>
      </a>
    );
  }
  if (item.kind === 'opening')
    return (
      <div className="line-card">
        <div className="line-head">
          <strong>
            {item.state.fact.kind === 'case'
              ? violationName(item.state.fact.violation ?? '启用前的问题')
              : '启用前的记录'}
          </strong>
          <span className="mark">期初导入</span>
        </div>
        <p className="quiet">{monthWords(item.state.month)}</p>
      </div>
    );
  const waiting = waits(item, me);
  return (
    <a
      className={waiting === undefined ? 'line-card' : 'line-card urgent'}
      href={`/cases/${item.id}`}
      onClick={followLink}
    >
      <div className="line-head">
        <strong>{violationName(item.state.type)}</strong>
        <span className={stageMark[item.state.stage] ?? 'mark'}>{caseStandingWords(item.state)}</span>
      </div>
      <p className="quiet">
        {[dateTimeWords(item.state.happened.from), severityWords(item.state), item.state.number]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {waiting === undefined ? null : <p className="minus">{waiting}</p>}
    </a>
  );
};

const ScoreLines = ({ score }: { score: View<'month.score'> }): ReactElement => (
  <table className="score-lines">
    <thead className="unseen">
      <tr>
        <th>事由</th>
        <th>分值</th>
      </tr>
    </thead>
    <tbody>
      {score.lines.map((line, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and their order is theirs
        <tr key={nth}>
          <td>
            {line.note}
            {line.reason === undefined ? null : <p className="hint">理由:{line.reason}</p>}
            {score.stage !== 'summing' ? null : (
              <p className="hint no-print">
                <a href={`/objections/new?own&month=${score.month}&line=${nth + 1}`} onClick={followLink}>
                  有异议
                </a>
              </p>
            )}
            {line.cases.length === 0 ? null : (
              <p className="hint">
                {line.cases.map((id) =>
                  id.startsWith('case-') ? (
                    <a key={id} href={`/cases/${id}`} onClick={followLink}>
                      查看依据{' '}
                    </a>
                  ) : null,
                )}
              </p>
            )}
          </td>
          <td className={line.points < 0 ? 'minus' : line.points > 0 && line.kind !== 'base' ? 'plus' : ''}>
            {line.kind === 'base' ? points(line.points) : signedPoints(line.points)}
          </td>
        </tr>
      ))}
    </tbody>
    <tfoot>
      <tr>
        <td>合计</td>
        <td>{points(score.total)}</td>
      </tr>
    </tfoot>
  </table>
);

const stageWords = { open: '尚在当月,随时变化', summing: '汇总中,可提出异议', frozen: '已定稿' } as const;

const MonthScore = ({ person }: { person: string }): ReactElement => {
  const [month, setMonth] = useState(monthNow);
  const { outcome, again } = useReading('month.score', `/api/months/${month}/scores/${person}`);
  return (
    <section>
      <div className="line-head">
        <h2>月度得分</h2>
        <MonthSwitch month={month} change={setMonth} />
      </div>
      {outcome === undefined ? <Waiting what="正在计算得分" /> : null}
      {outcome && !outcome.ok && outcome.refusal.code !== 'thing.not-found' ? (
        <Refused refusal={outcome.refusal} again={again} />
      ) : null}
      {outcome && !outcome.ok && outcome.refusal.code === 'thing.not-found' ? (
        <Empty>{monthWords(month)}您没有考核得分(不在窗口岗位,或考核办法尚未施行)。</Empty>
      ) : null}
      {outcome?.ok ? (
        <div className="card">
          <div className="score-card">
            <p className="score-total">
              {points(outcome.value.total)}
              <small>分</small>
            </p>
            <p>
              {outcome.value.grade === undefined ? null : (
                <span className="mark green">{outcome.value.grade}</span>
              )}{' '}
              <span className="mark">{stageWords[outcome.value.stage]}</span>
            </p>
          </div>
          <p className="hint">总分就是下面各行之和,每一行都写明依据。</p>
          <ScoreLines score={outcome.value} />
          {outcome.value.stage === 'summing' ? (
            <p className="actions no-print">
              <a className="button" href={`/objections/new?own&month=${month}`} onClick={followLink}>
                对总分提出异议
              </a>
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  );
};

/** The record, turned back three months at a time. */
const useRecord = (person: string) => {
  const [items, setItems] = useState<Item[]>();
  const [next, setNext] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const more = useCallback(
    async (after: string | null) => {
      const at = `/api/people/${person}/record${after === null ? '' : `?after=${after}`}`;
      const answer = await read('person.record', at);
      if (!answer.ok) {
        setRefusal(answer.refusal);
        return;
      }
      setRefusal(undefined);
      setItems((before) =>
        after === null ? answer.value.items : [...(before ?? []), ...answer.value.items],
      );
      setNext(answer.value.next);
    },
    [person],
  );
  useEffect(() => void more(null), [more]);
  return { items, next, refusal, more };
};

const Own = ({ me }: ScreenProps): ReactElement => {
  const { items, next, refusal, more } = useRecord(me.person);
  const waiting = (items ?? []).filter((item) => waits(item, me.person) !== undefined);
  const rest = (items ?? []).filter((item) => waits(item, me.person) === undefined);
  return (
    <div className="page">
      <h1>我的记录</h1>
      <Hint name="own">
        <ul>
          <li>有告知单会排在最前面,点开即视为送达,请在期限内答复</li>
          <li>得分一行一行列出,点“查看依据”看是哪件事</li>
          <li>月度汇总公布以后、定稿以前,可以对得分提出异议</li>
          <li>只有您本人和经办人看得到这些</li>
        </ul>
      </Hint>
      {refusal ? <Refused refusal={refusal} again={() => void more(null)} /> : null}
      {items === undefined && !refusal ? <Waiting /> : null}
      {waiting.length > 0 ? (
        <section>
          <h2>等您处理</h2>
          <div className="line-list">
            {waiting.map((item) => (
              <Entry key={item.id} item={item} me={me.person} />
            ))}
          </div>
        </section>
      ) : null}
      <MonthScore person={me.person} />
      <OwnTitles person={me.person} />
      <section>
        <h2>全部记录</h2>
        {items !== undefined && rest.length === 0 && waiting.length === 0 ? (
          <Empty>这几个月没有任何记录。问题、好人好事和谈话都会列在这里,只有您本人和经办人看得到。</Empty>
        ) : null}
        {waiting.length > 0 && rest.length === 0 ? <Empty>这几个月没有其他记录。</Empty> : null}
        <div className="line-list">
          {rest.map((item) => (
            <Entry key={item.id} item={item} me={me.person} />
          ))}
        </div>
        {next === null ? null : (
          <p className="actions">
            <button type="button" className="button" onClick={() => void more(next)}>
              看更早的三个月
            </button>
          </p>
        )}
      </section>
      <OwnFile person={me.person} name={me.name} />
    </div>
  );
};
export default Own;
