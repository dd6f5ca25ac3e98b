// The figures that a month's rule book asks for (办件量、好评率、投票 …): what each is counted in, how far it has come, who is
// still missing; each leads to the table in which it is filled in.
import { type ReactElement, useState } from 'react';
import { frameNames } from '../../shared/rulebook-terms.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section, Way } from './page.tsx';
import { monthWords } from './wall-time.ts';

const MonthFigures = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <FiguresOf me={me} month={at.month ?? ''} />
  </Desk>
);
export default MonthFigures;

const shownNames = 8;

const FiguresOf = ({ me, month }: { me: Me; month: string }): ReactElement => {
  const { data, error, refetch } = useView('figure.list', `/api/months/${month}/figures`);
  const [whole, setWhole] = useState<string>();
  if (!data) return <NotThere error={error} again={refetch} />;
  const enters = may(me, 'figure.enter');
  return (
    <DeskPage
      title={`${monthWords(month)}指标`}
      back={{ to: `/months/${month}`, title: `${monthWords(month)}看板` }}
      under="考核办法和评选要用、而不是由巡查得出的数据;定稿之后补录、更正的,差额结转到下一次汇总"
    >
      <Section title="应录入的指标">
        <Ledger
          caption="应录入的指标"
          rows={data.items}
          idOf={({ id }) => id}
          empty="这个月的考核办法和评选都不需要录入指标。"
          columns={[
            { key: 'title', title: '指标', cell: ({ title }) => title, by: ({ title }) => title },
            { key: 'of', title: '对象', cell: ({ of }) => frameNames[of], by: ({ of }) => of, wide: true },
            { key: 'says', title: '怎样填', cell: ({ says }) => says, wide: true },
            {
              key: 'in',
              title: '已录入',
              number: true,
              cell: ({ handedIn, missing }) => `${handedIn} / ${handedIn + missing.length}`,
              by: ({ handedIn }) => handedIn,
            },
            {
              key: 'missing',
              title: '还缺',
              wide: true,
              cell: ({ id, handedIn, missing }) => {
                if (missing.length === 0) return <Mark tone="green">齐全</Mark>;
                if (handedIn === 0) return <span className="quiet">尚未录入</span>;
                const shown = whole === id ? missing : missing.slice(0, shownNames);
                return (
                  <>
                    {shown.map(({ name }) => name).join('、')}
                    {missing.length > shown.length ? (
                      <button
                        type="button"
                        className="button bare small"
                        onClick={() => setWhole(id)}
                        aria-label={`其余 ${missing.length - shown.length} 个`}
                      >
                        等 {missing.length} 个
                      </button>
                    ) : null}
                  </>
                );
              },
            },
            {
              key: 'do',
              title: '',
              cell: ({ id, title, handedIn }) => (
                <Way to={`/months/${month}/figures/${id}`}>
                  {enters ? (handedIn === 0 ? '录入' : '录入、更正') : '查看'}
                  <span className="unseen">{title}</span>
                </Way>
              ),
            },
          ]}
        />
      </Section>
    </DeskPage>
  );
};
