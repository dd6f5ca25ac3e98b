// The board of a month: people, departments, windows, grids, cases, measures, orders. Sorted, filtered, printed; what it
// shows is what the reader's roles reach, as the API gives it.
import { Button, Input, Select } from 'antd';
import { type ReactElement, type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { severityNames } from '../../shared/catalog.ts';
import { rectificationTitles } from '../../shared/rectification.ts';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { reviewOutcomes } from '../case-words.ts';
import { followLink, go, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { stageTones, stageWords, typeName } from './case-labels.ts';
import { peopleWords } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { type Column, Ledger, numbered, worded } from './ledger.tsx';
import { Measures } from './measures.tsx';
import { Closing, monthStages } from './months.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Way } from './page.tsx';
import { RectificationOrder } from './rectification-order.tsx';
import { dayWords, monthWords, pointsAligned } from './wall-time.ts';

type Board = View<'month.board'>;
type Person = Board['people'][number];
type Group = Board['departments'][number];
type CaseRow = Board['cases'][number];

const MonthBoard = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <BoardOf me={me} month={at.month ?? ''} />
  </Desk>
);
export default MonthBoard;

const tabs = [
  ['people', '人员'],
  ['departments', '部门'],
  ['windows', '窗口'],
  ['grids', '网格'],
  ['cases', '问题'],
  ['measures', '措施'],
  ['orders', '整改单'],
] as const;
type Tab = (typeof tabs)[number][0];

const BoardOf = ({ me, month }: { me: Me; month: string }): ReactElement => {
  const { data, error, refetch } = useView('month.board', `/api/months/${month}/board`);
  const months = useView('month.list', '/api/months');
  const asked = useAsked().get('tab');
  const tab: Tab = tabs.find(([key]) => key === asked)?.[0] ?? 'people';
  if (!data) return <NotThere error={error} again={refetch} />;
  const row = months.data?.items.find((one) => one.month === month);
  const over = months.data?.items[0]?.month !== month;
  const { word, tone } = monthStages[data.stage];
  return (
    <DeskPage
      back={{ to: '/months', title: '月度' }}
      title={`${monthWords(month)}看板`}
      marks={<Mark tone={tone}>{word}</Mark>}
      under={data.sumsOf === undefined ? '得分随办理情况变动' : `得分截至 ${dateTimeWords(data.sumsOf)}`}
      actions={
        <>
          {may(me, 'figure.read') ? (
            <a className="button small" href={`/months/${month}/figures`} onClick={followLink}>
              指标
            </a>
          ) : null}
          <MonthWay month={plusMonths(month, -1)} word="上月" />
          <MonthWay month={plusMonths(month, 1)} word="下月" />
          <PrintButton />
        </>
      }
    >
      {row && over && row.stage !== 'frozen' && may(me, 'month.sum', 'month.freeze') ? (
        <div className="no-print">
          <Closing me={me} row={row} here />
        </div>
      ) : null}
      <Figures board={data} />
      <nav className="tab-row no-print" aria-label="看板内容">
        {tabs.map(([key, title]) => (
          <a
            key={key}
            href={`/months/${month}?tab=${key}`}
            aria-current={key === tab ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              go(`/months/${month}?tab=${key}`, { replace: true });
            }}
          >
            {title}
            {countOf(data, key)}
          </a>
        ))}
      </nav>
      <TabOf board={data} tab={tab} me={me} />
    </DeskPage>
  );
};

const MonthWay = ({ month, word }: { month: string; word: string }): ReactElement => (
  <a className="button small" href={`/months/${month}`} onClick={followLink}>
    {word}
  </a>
);

const countOf = (board: Board, tab: Tab): string => {
  switch (tab) {
    case 'cases':
      return ` ${board.cases.length}`;
    case 'people':
      return ` ${board.people.length}`;
    case 'orders':
      return board.rectifications.length === 0 ? '' : ` ${board.rectifications.length}`;
    case 'departments':
    case 'windows':
    case 'grids':
    case 'measures':
      return '';
  }
};

const Figures = ({ board }: { board: Board }): ReactElement => {
  const { counts, stages, sealed } = board;
  const asked = board.cases.filter(({ review }) => review === 'asked').length;
  const overdue = board.rectifications.filter((one) => one.overdue).length;
  return (
    <div className="figures">
      <Figure
        number={counts.personTimes}
        unit="人次"
        word={`轻微\u00a0${counts.minor} · 明显\u00a0${counts.evident} · 严重\u00a0${counts.serious}`}
      />
      <Figure number={counts.incidents} unit="起" word="不涉及个人" />
      <Figure number={stages.reported ?? 0} unit="条" word="待核实" />
      <Figure number={(stages.confirmed ?? 0) + (stages.noticed ?? 0)} unit="条" word="告知、听取意见中" />
      <Figure number={asked} unit="条" word="复核中" />
      <Figure number={overdue} unit="张" word="整改单超期" alarm={overdue > 0} />
      {sealed === undefined || sealed === 0 ? null : (
        <Figure number={sealed} unit="件" word="移送线索(封存)" />
      )}
    </div>
  );
};
const Figure = ({
  number,
  unit,
  word,
  alarm,
}: {
  number: number;
  unit: string;
  word: string;
  alarm?: boolean;
}) => (
  <div className={alarm ? 'alarm' : undefined}>
    <span>
      <strong>{number}</strong> {unit}
    </span>
    <span className="quiet">{word}</span>
  </div>
);

const TabOf = ({ board, tab, me }: { board: Board; tab: Tab; me: Me }): ReactElement => {
  switch (tab) {
    case 'people':
      return <People board={board} />;
    case 'departments':
      return <Groups board={board} rows={board.departments} word="部门" scored="department" />;
    case 'windows':
      return <Groups board={board} rows={board.windows} word="窗口" scored="window" />;
    case 'grids':
      return <Groups board={board} rows={board.grids} word="网格" />;
    case 'cases':
      return <Cases board={board} />;
    case 'measures':
      return <Measures month={board.month} me={me} board={board} />;
    case 'orders':
      return <Orders board={board} me={me} />;
  }
};

/** Left out on narrow screens. */
const wide = { wide: true } as const;

/** A nought is written lightly, so that what is not nought is seen. */
const count = (value: number): ReactNode => (value === 0 ? <span className="nought">0</span> : value);

interface Counted {
  personTimes: number;
  incidents: number;
  minor: number;
  evident: number;
  serious: number;
}
const countColumns = <Row extends Counted>(): Column<Row>[] => [
  numbered('times', '违规人次', (row) => row.personTimes, count),
  { ...numbered<Row>('minor', '轻微', (row) => row.minor, count), ...wide },
  { ...numbered<Row>('evident', '明显', (row) => row.evident, count), ...wide },
  { ...numbered<Row>('serious', '严重', (row) => row.serious, count), ...wide },
];

interface FilterProps {
  word: string;
  onWord(word: string): void;
  children?: ReactNode;
  shown: number;
  of: number;
}
const FilterBar = ({ word, onWord, children, shown, of }: FilterProps): ReactElement => (
  <search className="filter-bar no-print">
    <Input
      allowClear
      value={word}
      onChange={(event) => onWord(event.target.value)}
      placeholder="按姓名、名称、编号查找"
      aria-label="查找"
      style={{ width: 240 }}
    />
    {children}
    <span className="room" />
    <span className="quiet" role="status">
      {shown === of ? `共 ${of} 行` : `${shown} 行 / 共 ${of} 行`}
    </span>
  </search>
);

const namesIn = (groups: readonly Group[]): Map<string, string> =>
  new Map(groups.map(({ id, name }) => [id, name]));
const optionsOf = (groups: readonly Group[]) => groups.map(({ id, name }) => ({ value: id, label: name }));

const People = ({ board }: { board: Board }): ReactElement => {
  const [word, setWord] = useState('');
  const [department, setDepartment] = useState<string>();
  const [grid, setGrid] = useState<string>();
  const [only, setOnly] = useState<'any' | 'times' | 'held'>('any');
  const names = useMemo(() => namesIn(board.departments), [board]);
  const windows = useMemo(() => namesIn(board.windows), [board]);
  const grids = useMemo(() => namesIn(board.grids), [board]);
  const sought = useDeferredValue(word);
  const rows = useMemo(
    () =>
      board.people.filter(
        (row) =>
          (department === undefined || row.department === department) &&
          (grid === undefined || row.grids.includes(grid)) &&
          (only === 'any' || (only === 'held' ? row.heldBack : row.personTimes > 0)) &&
          `${row.name}${names.get(row.department) ?? ''}${row.windows.map((id) => windows.get(id) ?? '').join(' ')}`.includes(
            sought,
          ),
      ),
    [board, department, grid, only, sought, names, windows],
  );
  const total = useMemo(() => pointsAligned(board.people.map((row) => row.total)), [board]);
  const columns = useMemo(
    (): Column<Person>[] => [
      {
        key: 'name',
        title: '姓名',
        cell: (row) => (
          <>
            <Way to={`/months/${board.month}/people/${row.person}`}>{row.name}</Way>{' '}
            {row.heldBack ? <Mark tone="amber">暂缓评选</Mark> : null}
          </>
        ),
        by: (row) => row.name,
      },
      worded('department', '部门', (row) => names.get(row.department) ?? row.department),
      worded('windows', '窗口', (row) => row.windows.map((id) => windows.get(id) ?? id).join('、'), wide),
      worded('grid', '网格', (row) => row.grids.map((id) => grids.get(id) ?? id).join('、'), wide),
      ...countColumns<Person>(),
      numbered(
        'total',
        '得分',
        (row) => row.total,
        (points) => <strong>{total(points)}</strong>,
      ),
      worded('grade', '等次', (row) => row.grade ?? '', wide),
    ],
    [board, names, windows, grids, total],
  );
  return (
    <>
      <FilterBar word={word} onWord={setWord} shown={rows.length} of={board.people.length}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="全部部门"
          aria-label="部门"
          options={optionsOf(board.departments)}
          value={department}
          onChange={setDepartment}
          style={{ width: 220 }}
        />
        <Select
          allowClear
          placeholder="全部网格"
          aria-label="网格"
          options={optionsOf(board.grids)}
          value={grid}
          onChange={setGrid}
          style={{ width: 140 }}
        />
        <Select
          aria-label="范围"
          value={only}
          onChange={setOnly}
          options={[
            { value: 'any', label: '所有人员' },
            { value: 'times', label: '有违规的' },
            { value: 'held', label: '暂缓评选的' },
          ]}
          style={{ width: 140 }}
        />
      </FilterBar>
      <Ledger
        caption={`${monthWords(board.month)}人员得分`}
        rows={rows}
        columns={columns}
        idOf={(row) => row.person}
        sorted="-times"
        framed
        empty="没有符合条件的人员。"
      />
    </>
  );
};

const Groups = ({
  board,
  rows,
  word,
  scored,
}: {
  board: Board;
  rows: readonly Group[];
  word: string;
  /** What they are as units that a rule book may score. */
  scored?: 'department' | 'window';
}): ReactElement => {
  const [sought, setSought] = useState('');
  const shown = useMemo(() => rows.filter(({ name }) => name.includes(sought)), [rows, sought]);
  const mean = useMemo(() => pointsAligned(rows.map((row) => row.mean)), [rows]);
  const total = useMemo(() => pointsAligned(rows.map((row) => row.total)), [rows]);
  /** Scored by themselves: their own points go before the mean of their people. */
  const hasOwn = rows.some(({ total }) => total !== undefined);
  const columns = useMemo(
    (): Column<Group>[] => [
      worded('name', word, (row) => row.name),
      { ...numbered<Group>('people', '人数', (row) => row.people), wide: hasOwn },
      ...countColumns<Group>(),
      { ...numbered<Group>('incidents', '起', (row) => row.incidents, count), ...wide },
      {
        key: 'rate',
        title: '每百人人次',
        number: true,
        wide: true,
        cell: (row) => (row.people === 0 ? '' : ((row.personTimes * 100) / row.people).toFixed(1)),
        by: (row) => (row.people === 0 ? 0 : row.personTimes / row.people),
      },
      {
        key: 'mean',
        title: '平均得分',
        number: true,
        wide: hasOwn,
        cell: (row) => (row.mean === undefined ? '' : mean(row.mean)),
        by: (row) => row.mean ?? 0,
      },
      ...(hasOwn
        ? [
            {
              key: 'total',
              title: '得分',
              number: true,
              cell: (row: Group) =>
                row.total === undefined ? (
                  ''
                ) : (
                  <Way to={`/months/${board.month}/units/${scored}/${row.id}`}>{total(row.total)}</Way>
                ),
              by: (row: Group) => row.total ?? -1,
            },
            worded<Group>('grade', '等次', (row) => row.grade ?? ''),
          ]
        : []),
    ],
    [word, hasOwn, scored, board.month, mean, total],
  );
  return (
    <>
      <FilterBar word={sought} onWord={setSought} shown={shown.length} of={rows.length} />
      <Ledger
        caption={`${monthWords(board.month)}各${word}`}
        rows={shown}
        columns={columns}
        idOf={(row) => row.id}
        sorted="-times"
        framed
        empty="没有符合条件的行。"
      />
    </>
  );
};

const Cases = ({ board }: { board: Board }): ReactElement => {
  const [word, setWord] = useState('');
  const [stage, setStage] = useState<string>();
  const names = useMemo(() => {
    const found: Record<string, string> = {};
    for (const { person, name } of board.people) found[person] = name;
    for (const { id, name } of [...board.windows, ...board.grids, ...board.departments]) found[id] = name;
    return found;
  }, [board]);
  const sought = useDeferredValue(word);
  const rows = useMemo(
    () =>
      board.cases.filter(
        (row) =>
          (stage === undefined || (stage === 'review' ? row.review !== undefined : row.stage === stage)) &&
          `${row.number ?? ''}${typeName(row.type)}${peopleWords(row.persons, names)}${names[row.window ?? ''] ?? ''}`.includes(
            sought,
          ),
      ),
    [board, stage, sought, names],
  );
  const columns = useMemo(
    (): Column<CaseRow>[] => [
      {
        key: 'number',
        title: '编号',
        cell: (row) => <Way to={`/cases/${row.id}`}>{row.number ?? '查看'}</Way>,
        by: (row) => row.number ?? '',
      },
      { key: 'day', title: '日期', cell: (row) => dayWords(row.day), by: (row) => row.day },
      worded('type', '类型', (row) => typeName(row.type)),
      worded('who', '人员', (row) => peopleWords(row.persons, names)),
      worded('where', '窗口', (row) => names[row.window ?? ''] ?? '', wide),
      {
        key: 'severity',
        title: '程度',
        cell: (row) => (row.severity === undefined ? '' : severityNames[row.severity]),
        by: (row) => ['', 'minor', 'evident', 'serious'].indexOf(row.severity ?? ''),
      },
      {
        key: 'stage',
        title: '状态',
        cell: (row) => <Mark tone={stageTones[row.stage]}>{stageWords(row.stage)}</Mark>,
        by: (row) => stageWords(row.stage),
      },
      {
        key: 'review',
        title: '复核',
        cell: (row) =>
          row.review === undefined ? '' : row.review === 'asked' ? '复核中' : reviewOutcomes[row.review],
        by: (row) => row.review ?? '',
        wide: true,
      },
      {
        ...numbered<CaseRow>(
          'missing',
          '缺证据',
          (row) => row.missing,
          (missing) => (missing === 0 ? '' : missing),
        ),
        ...wide,
      },
    ],
    [names],
  );
  const stages = [...new Set(board.cases.map((row) => row.stage))];
  return (
    <>
      <FilterBar word={word} onWord={setWord} shown={rows.length} of={board.cases.length}>
        <Select
          allowClear
          placeholder="全部状态"
          aria-label="状态"
          value={stage}
          onChange={setStage}
          style={{ width: 200 }}
          options={[
            ...stages.map((value) => ({ value: String(value), label: stageWords(value) })),
            { value: 'review', label: '申请过复核的' },
          ]}
        />
      </FilterBar>
      <Ledger
        caption={`${monthWords(board.month)}的问题`}
        rows={rows}
        columns={columns}
        idOf={(row) => row.id}
        sorted="-day"
        framed
        empty="没有符合条件的问题。"
      />
    </>
  );
};

const Orders = ({ board, me }: { board: Board; me: Me }): ReactElement => {
  const [ordering, setOrdering] = useState(false);
  return (
    <>
      {may(me, 'rectification.order') ? (
        <div className="filter-bar no-print">
          <Button type="primary" onClick={() => setOrdering(true)}>
            开整改单
          </Button>
          <RectificationOrder open={ordering} onClose={() => setOrdering(false)} />
        </div>
      ) : null}
      <Ledger<Board['rectifications'][number]>
        caption="整改单"
        rows={board.rectifications}
        idOf={(row) => row.id}
        sorted="due"
        empty="本月没有整改单。"
        rowClass={(row) => (row.overdue ? 'urgent' : undefined)}
        columns={[
          worded('name', '责任单位', (row) => row.name),
          {
            key: 'stage',
            title: '状态',
            cell: (row) => <Mark tone={row.overdue ? 'red' : 'plain'}>{rectificationTitles[row.stage]}</Mark>,
            by: (row) => row.stage,
          },
          { key: 'due', title: '期限', cell: (row) => dateTimeWords(row.dueBy), by: (row) => row.dueBy },
          numbered('back', '退回', (row) => row.sentBack, count),
          numbered('urged', '催办', (row) => row.urged, count),
          { key: 'see', title: '', cell: (row) => <Way to={`/rectifications/${row.id}`}>查看</Way> },
        ]}
      />
    </>
  );
};
