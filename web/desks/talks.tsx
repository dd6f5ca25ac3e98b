// Talks of a month, and those that are due.
import type { ReactElement } from 'react';
import { talkTitles } from '../../shared/talk.ts';
import type { View } from '../../shared/views.ts';
import { talkKinds } from '../due-kinds.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { DueHere } from './due-here.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { MonthTurner, useMonth } from './month-turner.tsx';
import { DeskPage, Mark, NotThere, PrintButton, type Tone, Way } from './page.tsx';

type Stage = View<'talk.read'>['state']['stage'];
export const talkStages: Record<Stage, { word: string; tone: Tone }> = {
  held: { word: '已谈话,待签字', tone: 'amber' },
  signed: { word: '已签字,待归档', tone: 'blue' },
  refused: { word: '拒绝签字,待归档', tone: 'blue' },
  filed: { word: '已归档', tone: 'green' },
  withdrawn: { word: '已撤销', tone: 'plain' },
};

const Talks = (_props: ScreenProps): ReactElement => (
  <Desk>
    <List />
  </Desk>
);
export default Talks;

const List = (): ReactElement => {
  const month = useMonth();
  const { data, error, refetch } = useView('talk.list', `/api/talks?month=${month}&limit=200`);
  const { data: staff = [] } = useRegistry('staff');
  const { data: departments = [] } = useRegistry('department');
  const person = (id: string): string => staff.find((one) => one.id === id)?.name ?? id;
  const department = (id: string): string => departments.find((one) => one.id === id)?.name ?? id;
  return (
    <DeskPage
      title="谈话"
      under="科室谈话、领导谈话由考核办法的措施阶梯产生;谈话后由本人签字,内勤归档。"
      actions={
        <>
          <MonthTurner base="/talks" month={month} />
          <PrintButton />
        </>
      }
    >
      <DueHere title="应进行的谈话" kinds={talkKinds} />
      {data ? (
        <Ledger
          caption="谈话登记簿"
          rows={data.items}
          idOf={(row) => row.id}
          sorted="-at"
          empty="这个月没有谈话。应进行的谈话会出现在上方和待办里。"
          columns={[
            {
              key: 'at',
              title: '时间',
              cell: ({ state }) => dateTimeWords(state.heldAt),
              by: ({ state }) => state.heldAt,
            },
            {
              key: 'person',
              title: '谈话对象',
              cell: (row) => <Way to={`/talks/${row.id}`}>{person(row.state.person)}</Way>,
              by: ({ state }) => person(state.person),
            },
            {
              key: 'kind',
              title: '类别',
              cell: ({ state }) => talkTitles[state.kind],
              by: ({ state }) => state.kind,
            },
            {
              key: 'department',
              title: '部门',
              cell: ({ state }) => department(state.department),
              by: ({ state }) => department(state.department),
              wide: true,
            },
            { key: 'talker', title: '谈话人', cell: ({ state }) => person(state.talker.person), wide: true },
            {
              key: 'cases',
              title: '依据问题',
              number: true,
              cell: ({ state }) => state.cases.length,
              wide: true,
            },
            {
              key: 'stage',
              title: '状态',
              cell: ({ state }) => (
                <Mark tone={talkStages[state.stage].tone}>{talkStages[state.stage].word}</Mark>
              ),
              by: ({ state }) => state.stage,
            },
          ]}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
    </DeskPage>
  );
};
