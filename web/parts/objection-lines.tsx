// Objections to a month's sums as lines, each with the words on both sides; for the person, for whoever speaks for them on
// paper, and beside the closing of the month. Decides nothing.
import '../style/people.css';
import type { ReactElement } from 'react';
import { remedyTitles } from '../../shared/objection.ts';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthNow } from '../clock.ts';
import { monthWords } from '../month-words.ts';
import { useReading } from '../reading.ts';
import { followLink } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';

export type ObjectionRow = View<'objection.list'>['items'][number];

export const objectionStage = (one: Pick<ObjectionRow, 'answer' | 'withdrawnAt'>): string =>
  one.withdrawnAt !== undefined
    ? '已撤回'
    : one.answer === undefined
      ? '待答复'
      : one.answer.outcome === 'upheld'
        ? '异议成立'
        : '维持原得分';
export const objectionMark = (one: Pick<ObjectionRow, 'answer' | 'withdrawnAt'>): string =>
  one.withdrawnAt !== undefined
    ? 'mark'
    : one.answer === undefined
      ? 'mark red'
      : one.answer.outcome === 'upheld'
        ? 'mark green'
        : 'mark blue';

/** What is objected to, why, and what was answered. */
export const ObjectionWords = ({ one }: { one: ObjectionRow }): ReactElement => (
  <>
    <p>{one.lineWords === undefined ? '对总分有异议' : `对这一行有异议:${one.lineWords}`}</p>
    <p className="quoted">{one.grounds}</p>
    <p className="quiet">
      {one.way === 'paper' ? `${one.byName} 代为提出(附本人签字)` : one.byName} ·{' '}
      {dateTimeWords(one.raisedAt)}
    </p>
    {one.answer === undefined ? null : (
      <>
        <p className="quoted">{one.answerWords}</p>
        <p className="quiet">
          {one.answererName} 答复 · {dateTimeWords(one.answer.at)}
          {one.answer.remedy === undefined ? '' : ` · ${remedyTitles[one.answer.remedy]}`}
        </p>
      </>
    )}
    {one.unsummed ? <p className="minus">更正后须重新汇总,才能定稿</p> : null}
  </>
);

export const ObjectionLines = ({ rows }: { rows: readonly ObjectionRow[] }): ReactElement => (
  <div className="line-list">
    {rows.map((one) => (
      <a
        key={`${one.id}${one.n}`}
        className={
          one.answer === undefined && one.withdrawnAt === undefined ? 'line-card urgent' : 'line-card'
        }
        href={`/objections/${encodeURIComponent(one.id)}`}
        onClick={followLink}
      >
        <div className="line-head">
          <strong>{one.name}</strong>
          <span className={objectionMark(one)}>{objectionStage(one)}</span>
        </div>
        <ObjectionWords one={one} />
      </a>
    ))}
  </div>
);

const MonthFor = ({ month }: { month: string }): ReactElement | null => {
  const { outcome } = useReading('objection.list', `/api/months/${month}/objections`);
  if (!outcome?.ok) return null;
  const { items, people } = outcome.value;
  if (items.length === 0 && people.length === 0) return null;
  return (
    <section>
      <h2>{monthWords(month)}得分核对</h2>
      {people.length === 0 ? null : (
        <div className="actions">
          <a className="button" href={`/objections/new?month=${month}`} onClick={followLink}>
            代本人提出异议
          </a>
          <p className="hint">得分已汇总公布,定稿前可以提出异议;代为提出的,附本人签字的扫描件。</p>
        </div>
      )}
      <ObjectionLines rows={items} />
    </section>
  );
};

/** For a department: the months whose sums are shown now, and what was objected to in them. Nothing while there are none. */
export const DepartmentObjections = (): ReactElement => (
  <>
    <MonthFor month={plusMonths(monthNow(), -1)} />
    <MonthFor month={plusMonths(monthNow(), -2)} />
  </>
);
