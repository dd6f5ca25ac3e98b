// The measures a month asks for, whom they meet and why, and what has been done about each. What is not done leads to
// the form that does it.
import { Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import type { Action } from '../../shared/access.ts';
import { severityNames, violationType } from '../../shared/catalog.ts';
import { type MeasureKind, measureKinds, measureNames } from '../../shared/rulebook-frame.ts';
import type { View } from '../../shared/views.ts';
import { addressOf } from '../matter-address.ts';
import { type Me, may } from '../visitor-here.ts';
import { useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { Mark, NotThere, Section, Way } from './page.tsx';
import { dayWords } from './wall-time.ts';

type Row = View<'month.measures'>['measures'][number];
type Board = View<'month.board'>;

/** Which measures are carried out with a record of their own, and who does it. */
const doneWith: Partial<Record<MeasureKind, Action>> = {
  sectionTalk: 'talk.hold',
  directorTalk: 'talk.holdDirector',
  letter: 'letter.draft',
  letterWithEvidence: 'letter.draft',
  urge: 'enforcement.carryOut',
  rectify: 'enforcement.carryOut',
  bar: 'enforcement.carryOut',
  criticise: 'enforcement.carryOutByLeader',
  refer: 'enforcement.carryOutByLeader',
  leaderTalk: 'enforcement.carryOutByLeader',
};
/** The clerk enters the paper of whoever did it. */
const onPaper: Partial<Record<Action, Action>> = {
  'talk.hold': 'talk.enter',
  'talk.holdDirector': 'talk.enter',
  'enforcement.carryOutByLeader': 'enforcement.carryOutOnPaper',
};
const recordKinds = ['talk', 'enforcement'] as const;

export const subjectOf = ({ subject }: Pick<Row, 'subject'>, board: Board): string => {
  if ('person' in subject)
    return board.people.find(({ person }) => person === subject.person)?.name ?? subject.person;
  if ('department' in subject)
    return board.departments.find(({ id }) => id === subject.department)?.name ?? subject.department;
  return board.windows.find(({ id }) => id === subject.window)?.name ?? subject.window;
};

const stateOf = (row: Row, me: Me) => {
  const by = doneWith[row.kind];
  if (row.doneBy !== undefined) {
    const kind = recordKinds.find((one) => row.doneBy?.startsWith(`${one}-`)) ?? 'letter';
    return <Way to={addressOf({ kind, id: row.doneBy }) ?? '/todo'}>已办理</Way>;
  }
  if (row.before !== undefined) return <Mark>期初已办</Mark>;
  if (by === undefined) return '';
  const paper = onPaper[by];
  if (may(me, by) || (paper !== undefined && may(me, paper)))
    return <Way to={addressOf({ kind: 'measure', id: row.id }) ?? '/todo'}>去办理</Way>;
  return <Mark tone="amber">待办理</Mark>;
};

/** The cases a measure rests on, for the form that carries it out. */
export const MeasureGround = ({ measure, board }: { measure: Row; board: Board }): ReactElement => {
  const cases = new Map(board.cases.map((one) => [one.id, one]));
  return (
    <Section title="所依据的问题">
      <ul className="plain-list">
        {measure.cases.map((one) => {
          const known = cases.get(one);
          return (
            <li key={one}>
              <Way to={`/cases/${one}`}>{known?.number ?? '查看问题'}</Way>
              {known === undefined ? null : (
                <p className="quiet">
                  {dayWords(known.day)} {violationType(known.type)?.name ?? known.type}
                  {known.severity === undefined ? null : ` · ${severityNames[known.severity]}`}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {measure.cases.length === 0 ? (
        <p className="quiet">所依据的是得分,或已定稿月份的问题,请到月度看板查看。</p>
      ) : null}
    </Section>
  );
};

export const Measures = ({ month, me, board }: { month: string; me: Me; board: Board }): ReactElement => {
  const { data, error, refetch } = useView('month.measures', `/api/months/${month}/measures`);
  const [kind, setKind] = useState<MeasureKind>();
  const rows = useMemo(
    () => data?.measures.filter((row) => kind === undefined || row.kind === kind) ?? [],
    [data, kind],
  );
  if (!data) return <NotThere error={error} again={refetch} />;
  const numbers = new Map(board.cases.map(({ id, number }) => [id, number]));
  const kinds = measureKinds.filter((each) => data.measures.some((row) => row.kind === each));
  return (
    <>
      <div className="filter-bar no-print">
        <Select
          allowClear
          placeholder="全部措施"
          aria-label="措施"
          value={kind}
          onChange={setKind}
          style={{ width: 240 }}
          options={kinds.map((value) => ({
            value,
            label: `${measureNames[value]}(${data.measures.filter((row) => row.kind === value).length})`,
          }))}
        />
      </div>
      <Ledger
        caption="本月应采取的措施"
        rows={rows}
        idOf={(row) => row.id}
        framed
        empty="本月没有应采取的措施。"
        columns={[
          {
            key: 'kind',
            title: '措施',
            cell: (row) => measureNames[row.kind],
            by: (row) => measureKinds.indexOf(row.kind),
          },
          {
            key: 'who',
            title: '对象',
            cell: (row) => subjectOf(row, board),
            by: (row) => subjectOf(row, board),
          },
          { key: 'why', title: '依据', cell: (row) => row.reason, long: true },
          {
            key: 'cases',
            title: '问题',
            wide: true,
            cell: (row) =>
              row.cases.map((id) => (
                <span key={id}>
                  <Way to={`/cases/${id}`}>{numbers.get(id) ?? '查看'}</Way>{' '}
                </span>
              )),
          },
          { key: 'state', title: '办理', cell: (row) => stateOf(row, me) },
        ]}
      />
    </>
  );
};
