// Letters and bulletins of a month, what is due about them, and the ways to draft one.
import '../style/office.css';
import type { ReactElement } from 'react';
import { houseNow } from '../clock.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { DueHere } from './due-here.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { type Letter, letterKinds, letterStages } from './letter-labels.ts';
import { Reports } from './letter-reports.tsx';
import { MonthTurner, useMonth } from './month-turner.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Way } from './page.tsx';

const Letters = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <List me={me} />
  </Desk>
);
export default Letters;

const kinds = ['letter', 'check', 'revise', 'sign', 'seal', 'issue', 'urge', 'closeLetter'];

const List = ({ me }: { me: Me }): ReactElement => {
  const month = useMonth();
  const { data, error, refetch } = useView('letter.list', `/api/letters?month=${month}&limit=200`);
  const { data: departments = [] } = useRegistry('department');
  const to = ({ department }: Letter['state']): string =>
    department === undefined
      ? '各窗口'
      : (departments.find(({ id }) => id === department)?.name ?? department);
  return (
    <DeskPage
      title="函告与通报"
      under="拟稿、核稿、签发、编号、用印、印发依次办理;拟稿人不核稿、不签发。"
      actions={
        <>
          <MonthTurner base="/letters" month={month} />
          {may(me, 'letter.draft') ? (
            <a className="button primary" href="/letters/new" onClick={followLink}>
              拟月度函、通报
            </a>
          ) : null}
          <a
            className="button small"
            href={`/letters/register?year=${month.slice(0, 4)}`}
            onClick={followLink}
          >
            发文登记簿
          </a>
          <a className="button small" href={`/letters/prints?year=${month.slice(0, 4)}`} onClick={followLink}>
            打印登记簿
          </a>
          {may(me, 'chart.read') ? (
            <a className="button small" href="#reports">
              报表
            </a>
          ) : null}
          <PrintButton />
        </>
      }
    >
      <DueHere title="应办理的函件" kinds={kinds} />
      {data ? (
        <Ledger
          caption="函件登记簿"
          rows={data.items}
          idOf={(row) => row.id}
          sorted="-at"
          empty="这个月没有函件。因问题应发的函会出现在上方和待办里;月度函和通报按“拟月度函、通报”开始。"
          rowClass={({ state }) => (overdue(state) ? 'urgent' : undefined)}
          columns={[
            {
              key: 'at',
              title: '拟稿',
              cell: ({ state }) => dateTimeWords(state.draftedAt),
              by: ({ state }) => state.draftedAt,
              wide: true,
            },
            {
              key: 'number',
              title: '文号',
              cell: ({ state }) => <span className="one-line">{state.documentNumber ?? ''}</span>,
              by: ({ state }) => state.number ?? 0,
            },
            {
              key: 'title',
              title: '标题',
              cell: (row) => <Way to={`/letters/${row.id}`}>{row.state.title}</Way>,
              by: ({ state }) => state.title,
              long: true,
            },
            {
              key: 'kind',
              title: '种类',
              cell: ({ state }) => letterKinds[state.kind],
              by: ({ state }) => state.kind,
              wide: true,
            },
            { key: 'to', title: '主送', cell: ({ state }) => to(state), by: ({ state }) => to(state) },
            {
              key: 'stage',
              title: '状态',
              cell: ({ state }) => (
                <Mark tone={letterStages[state.stage].tone}>{letterStages[state.stage].word}</Mark>
              ),
              by: ({ state }) => letterStages[state.stage].word,
            },
            {
              key: 'reply',
              title: '复函',
              cell: ({ state }) => replyWords(state),
              by: ({ state }) => state.replyBy ?? '',
            },
          ]}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
      {may(me, 'chart.read') ? <Reports month={month} departments={departments} /> : null}
    </DeskPage>
  );
};

const overdue = ({ stage, replyBy, delivery }: Letter['state']): boolean =>
  stage === 'issued' &&
  replyBy !== undefined &&
  delivery?.answeredAt === undefined &&
  replyBy < houseNow().toISOString();

const replyWords = (state: Letter['state']): string => {
  if (state.delivery?.answeredAt !== undefined) return `${dateTimeWords(state.delivery.answeredAt)} 已复`;
  if (state.replyBy === undefined || state.stage === 'withdrawn') return '';
  return `${overdue(state) ? '已超期' : '限'} ${dateTimeWords(state.replyBy)}`;
};
