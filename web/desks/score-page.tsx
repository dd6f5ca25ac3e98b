// One person's score of a month, line by line: the same lines the person sees, and their sum is the total.
import type { ReactElement } from 'react';
import { categoryTitle, clauseLabel, clauseOf } from '../../shared/rulebook.ts';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { reviewOutcomes } from './case-labels.ts';
import { useRuleBook } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { monthStages } from './months.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Way } from './page.tsx';
import { monthWords, pointsWords } from './wall-time.ts';

type Line = View<'month.score'>['lines'][number];
type Row = Line & { key: string };

const ScorePage = ({ at }: ScreenProps): ReactElement => (
  <Desk>
    <ScoreOf month={at.month ?? ''} person={at.person ?? ''} />
  </Desk>
);
export default ScorePage;

const ScoreOf = ({ month, person }: { month: string; person: string }): ReactElement => {
  const { data, error, refetch } = useView('month.score', `/api/months/${month}/scores/${person}`);
  const { data: book } = useRuleBook(month);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { word, tone } = monthStages[data.stage];
  const clauseWords = (line: Line): string => {
    const clause = book && line.clause !== undefined ? clauseOf(book, line.clause) : undefined;
    return clause ? clauseLabel(clause) : (line.clause ?? '');
  };
  return (
    <DeskPage
      back={{ to: `/months/${month}`, title: `${monthWords(month)}看板` }}
      title={`${data.name} ${monthWords(month)}得分`}
      marks={
        <>
          <Mark tone={tone}>{word}</Mark>
          {data.grade === undefined ? null : <Mark>{data.grade}</Mark>}
        </>
      }
      under="每一行都有出处,各行之和就是总分;本人看到的是同样的这些行。"
      actions={
        <>
          <a
            className="button small"
            href={`/months/${plusMonths(month, -1)}/people/${person}`}
            onClick={followLink}
          >
            上月
          </a>
          <a
            className="button small"
            href={`/months/${plusMonths(month, 1)}/people/${person}`}
            onClick={followLink}
          >
            下月
          </a>
          <PrintButton />
        </>
      }
    >
      <div className="figures">
        <div>
          <span>
            <strong>{pointsWords(data.total)}</strong> 分
          </span>
          <span className="quiet">总分</span>
        </div>
        {data.categories.map(({ code, points }) => (
          <div key={code}>
            <span>
              <strong>{pointsWords(points, { signed: true })}</strong> 分
            </span>
            <span className="quiet">{(book && categoryTitle(book, code)) ?? code}</span>
          </div>
        ))}
      </div>
      <Ledger
        caption="得分明细"
        rows={data.lines.map((line, at): Row => ({ ...line, key: String(at) }))}
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
                  {id.startsWith('case-') ? <Way to={`/cases/${id}`}>问题</Way> : '加分事项'}{' '}
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
            <td className="number">{pointsWords(data.total)}</td>
          </tr>
        }
      />
      {data.ruleBook === undefined ? null : <p className="quiet">依据考核办法 {data.ruleBook}</p>}
    </DeskPage>
  );
};
