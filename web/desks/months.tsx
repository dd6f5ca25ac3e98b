// The months of a year: how far each has come, what is due by when, and closing one: summing, hearing objections,
// freezing. Who may sum and who may freeze are two people; the API keeps them apart.
import { App } from 'antd';
import type { ReactElement } from 'react';
import type { View } from '../../shared/views.ts';
import { today } from '../clock.ts';
import { ObjectionLines } from '../parts/objection-lines.tsx';
import { Refused } from '../parts/words.tsx';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Desk, refusalIn, useAsking, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section, type Tone, Way } from './page.tsx';
import { dayWords, monthWords } from './wall-time.ts';

type Row = View<'month.list'>['items'][number];

const Months = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <List me={me} />
  </Desk>
);
export default Months;

export const monthStages: Record<Row['stage'], { word: string; tone: Tone }> = {
  open: { word: '进行中', tone: 'blue' },
  summing: { word: '已汇总,核对中', tone: 'amber' },
  frozen: { word: '已定稿', tone: 'green' },
};

const late = ({ stage, sumBy }: Row): boolean => stage === 'open' && sumBy !== undefined && sumBy < today();

const List = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useView('month.list', '/api/months');
  if (!data) return <NotThere error={error} again={refetch} />;
  const [running] = data.items;
  const closing = data.items
    .filter(({ month, stage }) => stage !== 'frozen' && month !== running?.month)
    .reverse();
  return (
    <DeskPage
      title="月度"
      under="每月汇总后公布得分供核对,异议答复以后,再由分管领导定稿。定稿后的变化结转到以后的月份。"
      actions={
        <>
          {may(me, 'opening.strikeOut') ? (
            <a className="button small" href="/settings/openings" onClick={followLink}>
              期初台账
            </a>
          ) : null}
          {may(me, 'province.read') ? (
            <a className="button small" href="/province" onClick={followLink}>
              全省概览
            </a>
          ) : null}
        </>
      }
    >
      {closing.map((row) => (
        <Closing key={row.month} me={me} row={row} />
      ))}
      <Ledger
        caption="近一年各月"
        rows={data.items}
        idOf={({ month }) => month}
        rowClass={(row) => (row.month !== running?.month && late(row) ? 'urgent' : undefined)}
        columns={[
          {
            key: 'month',
            title: '月份',
            cell: (row) => (
              <span className="one-line">
                <Way to={`/months/${row.month}`}>{monthWords(row.month)}</Way>
              </span>
            ),
          },
          {
            key: 'stage',
            title: '进度',
            cell: ({ stage }) => <Mark tone={monthStages[stage].tone}>{monthStages[stage].word}</Mark>,
          },
          { key: 'by', title: '汇总期限', cell: ({ sumBy }) => (sumBy === undefined ? '' : dayWords(sumBy)) },
          {
            key: 'summed',
            title: '最近汇总',
            cell: ({ summedAt }) => (summedAt === undefined ? '' : dateTimeWords(summedAt)),
            wide: true,
          },
          {
            key: 'frozen',
            title: '定稿',
            cell: ({ frozenAt }) => (frozenAt === undefined ? '' : dateTimeWords(frozenAt)),
          },
          {
            key: 'stars',
            title: '评选名单期限',
            cell: ({ candidatesBy }) => (candidatesBy === undefined ? '' : dayWords(candidatesBy)),
            wide: true,
          },
          { key: 'heads', title: '计入件数', number: true, cell: ({ heads }) => heads ?? '', wide: true },
        ]}
      />
    </DeskPage>
  );
};

/** A month that is over and not frozen: what still stands in the way, and the next step. */
export const Closing = ({ me, row, here = false }: { me: Me; row: Row; here?: boolean }): ReactElement => {
  const { month, stage, summedAt } = row;
  const board = useView('month.board', `/api/months/${month}/board`);
  const heard = useView('objection.list', `/api/months/${month}/objections`, {
    enabled: stage === 'summing' && may(me, 'objection.read'),
  });
  const summing = useAsking('answer');
  const freezing = useAsking('answer');
  const { modal } = App.useApp();
  const cases = board.data?.cases ?? [];
  const undecided = cases.filter((one) => ['reported', 'confirmed', 'noticed'].includes(one.stage));
  const reviewed = cases.filter((one) => one.review === 'asked');
  const objections = heard.data?.items ?? [];
  const waiting = objections.filter((one) => one.answer === undefined && one.withdrawnAt === undefined);
  const unsummed = objections.filter((one) => one.unsummed);
  const refused = summing.error ?? freezing.error;
  const sum = (): void =>
    summing.mutate({
      path: `/api/months/${month}/sum`,
      fields: { commandId: crypto.randomUUID(), expectedVersion: row.version },
    });
  const freeze = (): void => {
    modal.confirm({
      title: `${monthWords(month)}定稿?`,
      content: '定稿后本月得分不再改变。此后的更正、复核结果结转到以后的月份。',
      okText: '定稿',
      cancelText: '再核对',
      onOk: () => {
        freezing.mutate({
          path: `/api/months/${month}/freeze`,
          fields: { commandId: crypto.randomUUID(), expectedVersion: row.version },
        });
      },
    });
  };
  return (
    <Section
      title={`${monthWords(month)}结账`}
      className="task"
      aside={
        <Mark tone={late(row) ? 'red' : 'plain'}>
          {row.sumBy === undefined ? '' : `${late(row) ? '已过期限' : '期限'} ${dayWords(row.sumBy)}`}
        </Mark>
      }
    >
      <ol className="road">
        <li className={stage === 'open' ? 'here' : 'done'}>
          汇总<span className="quiet">{summedAt === undefined ? '内勤办理' : dateTimeWords(summedAt)}</span>
        </li>
        <li className={stage === 'summing' ? 'here' : undefined}>
          核对、异议
          <span className="quiet">
            {[
              waiting.length > 0 ? `${waiting.length} 项异议待答复` : '无异议待答复',
              reviewed.length > 0 ? `${reviewed.length} 件复核中` : '无复核在办',
            ].join(',')}
          </span>
        </li>
        <li>
          定稿<span className="quiet">分管领导办理</span>
        </li>
      </ol>
      {undecided.length > 0 ? (
        <p className="notice">
          还有 {undecided.length} 条问题没有办结,不计入本次汇总;办结后结转。
          <Way to={`/months/${month}?tab=cases`}>查看</Way>
        </p>
      ) : null}
      {waiting.length + unsummed.length > 0 ? (
        <p className="notice">
          {waiting.length > 0 ? `还有 ${waiting.length} 项对得分的异议没有答复。` : ''}
          {unsummed.length > 0 ? `有 ${unsummed.length} 项异议成立,更正后须重新汇总。` : ''}
          异议了结以前不能定稿。
        </p>
      ) : null}
      {objections.length > 0 ? <ObjectionLines rows={objections} /> : null}
      {refused ? <Refused refusal={refusalIn(refused)} /> : null}
      <div className="step-row">
        {here ? null : (
          <a className="button" href={`/months/${month}`} onClick={followLink}>
            打开看板核对
          </a>
        )}
        {stage === 'summing' && may(me, 'objection.enter') ? (
          <a className="button" href={`/objections/new?month=${month}`} onClick={followLink}>
            补录异议书
          </a>
        ) : null}
        {may(me, 'month.sum') ? (
          <button
            type="button"
            className={stage === 'open' ? 'button primary' : 'button'}
            disabled={summing.isPending}
            onClick={sum}
          >
            {summing.isPending ? '正在汇总…' : stage === 'open' ? '汇总并公布' : '重新汇总'}
          </button>
        ) : null}
        {may(me, 'month.freeze') && stage === 'summing' ? (
          <button type="button" className="button primary" disabled={freezing.isPending} onClick={freeze}>
            {freezing.isPending ? '正在定稿…' : '月度定稿'}
          </button>
        ) : null}
      </div>
    </Section>
  );
};
