// A month's score line by line (a person's, a window's, a department's): every line with where it came from, and their sum.
import type { ReactElement } from 'react';
import { categoryTitle, clauseLabel, clauseOf } from '../../shared/rulebook.ts';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { reviewOutcomes } from '../case-words.ts';
import { followLink } from '../route.ts';
import { useRuleBook } from './hall-register.ts';
import { Ledger } from './ledger.tsx';
import { monthStages } from './months.tsx';
import { DeskPage, Mark, PrintButton, Way } from './page.tsx';
import { monthWords, pointsWords } from './wall-time.ts';

type Line = View<'month.score'>['lines'][number];
type Row = Line & { key: string };

interface ScoreProps {
  month: string;
  score: Omit<View<'month.score'>, 'person'>;
  /** Whose frame of the rule book it was reckoned by. */
  of: 'staff' | 'window' | 'department';
  /** The same of another month. */
  at(month: string): string;
  back: string;
  under: string;
}

/** A score with its lines, whosoever it is. */
export const ScoreLines = ({ month, score, of, at, back, under }: ScoreProps): ReactElement => {
  const { data: book } = useRuleBook(month);
  const frame = book?.frames[of];
  const { word, tone } = monthStages[score.stage];
  const clauseWords = (line: Line): string => {
    const clause = book && line.clause !== undefined ? clauseOf(book, line.clause) : undefined;
    return clause ? clauseLabel(clause) : (line.clause ?? '');
  };
  return (
    <DeskPage
      back={{ to: back, title: `${monthWords(month)}看板` }}
      title={`${score.name} ${monthWords(month)}得分`}
      marks={
        <>
          <Mark tone={tone}>{word}</Mark>
          {score.grade === undefined ? null : <Mark>{score.grade}</Mark>}
        </>
      }
      under={under}
      actions={
        <>
          <a className="button small" href={at(plusMonths(month, -1))} onClick={followLink}>
            上月
          </a>
          <a className="button small" href={at(plusMonths(month, 1))} onClick={followLink}>
            下月
          </a>
          <PrintButton />
        </>
      }
    >
      <div className="figures">
        <div>
          <span>
            <strong>{pointsWords(score.total)}</strong> 分
          </span>
          <span className="quiet">总分</span>
        </div>
        {score.categories.map(({ code, points }) => {
          // With full marks of its own a category says what is left of them; elsewhere what was added or taken.
          const full = frame?.categories.find((one) => one.code === code)?.full;
          return (
            <div key={code}>
              <span>
                <strong>{pointsWords(points, { signed: full === undefined })}</strong> 分
              </span>
              <span className="quiet">{(book && categoryTitle(book, code)) ?? code}</span>
              {full === undefined ? null : <span className="quiet">满分 {pointsWords(full)}</span>}
            </div>
          );
        })}
      </div>
      <Ledger
        caption="得分明细"
        rows={score.lines.map((line, at): Row => ({ ...line, key: String(at) }))}
        idOf={(row) => row.key}
        columns={[
          {
            key: 'note',
            title: '说明',
            cell: (row) => (
              <>
                {row.note}
                {row.fromMonth === undefined ? null : (
                  <Mark tone="blue">{monthWords(row.fromMonth)}结转</Mark>
                )}
                {row.review ? <Mark tone="amber">复核{reviewOutcomes[row.review.outcome]}</Mark> : null}
                {row.reason === undefined ? null : <div className="quiet">理由:{row.reason}</div>}
              </>
            ),
          },
          { key: 'clause', title: '条款', cell: (row) => clauseWords(row), wide: true },
          {
            key: 'cases',
            title: '出处',
            cell: (row) =>
              row.cases.map((id) => (
                <span key={id}>
                  {id.startsWith('case-') ? (
                    <Way to={`/cases/${id}`}>问题</Way>
                  ) : (
                    <Way to={`/bonuses/${id}`}>加分事项</Way>
                  )}{' '}
                </span>
              )),
          },
          {
            key: 'points',
            title: '分值',
            number: true,
            cell: (row) => pointsWords(row.points, { signed: row.kind !== 'base' }),
          },
        ]}
        foot={
          <tr>
            <td>合计</td>
            <td className="wide" />
            <td />
            <td className="number">{pointsWords(score.total)}</td>
          </tr>
        }
      />
      {score.ruleBook === undefined ? null : <p className="quiet">依据{ruleBookWords(score.ruleBook)}</p>}
    </DeskPage>
  );
};

/** `rulebook-2026-07@2` → `自2026年7月起施行的考核办法(第 2 次登记)` */
const ruleBookWords = (version: string): string => {
  const [, from, times] = /^rulebook-(\d{4}-\d{2})@(\d+)$/.exec(version) ?? [];
  if (from === undefined) return `考核办法 ${version}`;
  return `自${monthWords(from)}起施行的考核办法${times === '1' ? '' : `(第 ${times} 次登记)`}`;
};
