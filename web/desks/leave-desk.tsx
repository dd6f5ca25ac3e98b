// 请假与顶岗: who is where on a day, window by window; the register of a month; filing beside it; an attendance file taken
// in after it was looked through row by row.

import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Segmented, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { isWorkday } from '../../shared/calendar.ts';
import { calendarYears } from '../../shared/calendar-years.ts';
import { leaveTitles } from '../../shared/leave.ts';
import { plusDays } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthNow, today } from '../clock.ts';
import { dayWords, monthWords } from '../month-words.ts';
import { MonthSwitch } from '../parts/month-switch.tsx';
import { CoverForm, LeaveForm } from '../parts/slip-form.tsx';
import { holdsToday } from '../roster-read.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { lastEntry, type Slip, slipKind, slipPerson, standing, stretchWords } from '../slip-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, WordsItem } from './ask.tsx';
import { entryName } from './entry-fields.ts';
import { useRegistry } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { type Column, Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Section } from './page.tsx';
import '../style/people.css';
import '../style/office.css';

const LeaveDesk = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default LeaveDesk;

const Room = ({ me }: { me: Me }): ReactElement => {
  const [side, setSide] = useState<'day' | 'book'>('day');
  const [filing, setFiling] = useState<'leave' | 'cover'>();
  return (
    <DeskPage
      title="请假与顶岗"
      under="名册里的人默认在岗,这里只登记例外;空岗问题核实时会自动对照"
      actions={
        <>
          {may(me, 'leave.file') ? (
            <>
              <Button type="primary" onClick={() => setFiling('leave')}>
                登记请假
              </Button>
              <Button onClick={() => setFiling('cover')}>登记顶岗</Button>
            </>
          ) : null}
          {may(me, 'leave.import') ? <Button onClick={() => go('/leave/import')}>导入考勤表</Button> : null}
        </>
      }
    >
      <Segmented
        className="no-print side-switch"
        aria-label="看哪一面"
        value={side}
        onChange={(value) => setSide(value === 'book' ? 'book' : 'day')}
        options={[
          { value: 'day', label: '当日在岗' },
          { value: 'book', label: '登记簿' },
        ]}
      />
      {side === 'day' ? <Day /> : <Book me={me} />}
      <Filing what={filing} close={() => setFiling(undefined)} />
    </DeskPage>
  );
};

const Filing = ({ what, close }: { what: 'leave' | 'cover' | undefined; close(): void }): ReactElement => {
  const client = useQueryClient();
  const staff = useRegistry('staff', { enabled: what !== undefined });
  const departments = useRegistry('department', { enabled: what !== undefined });
  const windows = useRegistry('window', { enabled: what !== undefined });
  const [told, setTold] = useState<string>();
  const people = useMemo(
    () =>
      (staff.data ?? [])
        .filter((one) => one.post === 'window' && holdsToday(one))
        .map(({ id, name, department }, _, all) => {
          const twice = all.some(
            (one) => one.id !== id && one.name === name && one.department === department,
          );
          const of = departments.data?.find((one) => one.id === department)?.name ?? '';
          return { id, name: `${name} · ${of}${twice ? ` · ${id}` : ''}` };
        })
        .sort((a, b) => a.name.localeCompare(b.name, 'zh')),
    [staff.data, departments.data],
  );
  const places = useMemo(
    () =>
      (windows.data ?? [])
        .filter(holdsToday)
        .map((one) => ({ id: one.id, name: entryName(one) }))
        .sort((a, b) => a.name.localeCompare(b.name, 'zh', { numeric: true })),
    [windows.data],
  );
  const done = (words: string): void => {
    setTold(`${words}可以接着登记下一条。`);
    void client.invalidateQueries();
  };
  return (
    <Drawer
      open={what !== undefined}
      title={what === 'cover' ? '登记顶岗' : '登记请假'}
      size={520}
      destroyOnHidden
      onClose={() => {
        setTold(undefined);
        close();
      }}
    >
      {told === undefined ? null : (
        <p className="notice good" role="status">
          {told}
        </p>
      )}
      {what === 'leave' ? <LeaveForm people={people} done={done} /> : null}
      {what === 'cover' ? <CoverForm people={people} windows={places} done={done} /> : null}
    </Drawer>
  );
};

type DayView = View<'presence.day'>;
type Window = DayView['windows'][number];
type Half = Window['morning'];

const closedWords: Record<string, string> = { dayOff: '休息日', outside: '不在服务时间' };

const halfExceptional = (half: Half): boolean =>
  half.covering.length > 0 || half.should.some(({ away }) => away !== undefined) || isEmpty(half);
const isEmpty = (half: Half): boolean => half.opening.open && half.should.length > 0 && half.did.length === 0;

const Seats = ({ half, names }: { half: Half; names: DayView['names'] }): ReactElement => {
  if (!half.opening.open)
    return (
      <span className="quiet">{half.opening.notice ?? closedWords[half.opening.why] ?? '暂停服务'}</span>
    );
  if (half.should.length === 0 && half.covering.length === 0)
    return <span className="quiet">未安排人员</span>;
  return (
    <span className="seats">
      {half.should.map(({ person, away }) =>
        away === undefined ? (
          <span key={person}>{names[person] ?? person}</span>
        ) : (
          <span key={person} className="seat-away">
            <del>{names[person] ?? person}</del>
            <Mark tone="amber">
              {away.kind === 'leave'
                ? away.leave === undefined
                  ? '请假'
                  : leaveTitles[away.leave]
                : `在${names[away.window] ?? '别处'}顶岗`}
            </Mark>
          </span>
        ),
      )}
      {half.covering.map(({ person, absent }) => (
        <span key={person}>
          {names[person] ?? person}
          <Mark tone="blue">{absent === undefined ? '增援' : `顶${names[absent] ?? absent}`}</Mark>
        </span>
      ))}
      {isEmpty(half) ? <Mark tone="red">无人顶岗</Mark> : null}
    </span>
  );
};

const workdays = { years: calendarYears, hours: [] };
const dayKind = (day: string): string => {
  const worked = isWorkday(workdays, day);
  return worked.ok && !worked.value ? '(休息日)' : '';
};

const Day = (): ReactElement => {
  const [day, setDay] = useState(today);
  const [grid, setGrid] = useState('');
  const [only, setOnly] = useState<'all' | 'exceptions'>('all');
  const { data, error, refetch } = useView('presence.day', `/api/presence/${day}`);
  const rows = useMemo(
    () =>
      (data?.windows ?? [])
        .filter((one) => grid === '' || one.grid === grid)
        .filter((one) => only === 'all' || halfExceptional(one.morning) || halfExceptional(one.afternoon)),
    [data, grid, only],
  );
  const names = data?.names ?? {};
  const grids = [...new Set((data?.windows ?? []).map((one) => one.grid))].sort();
  const empty = (data?.windows ?? []).filter((one) => isEmpty(one.morning) || isEmpty(one.afternoon)).length;
  const away = new Set(
    (data?.windows ?? []).flatMap((one) =>
      [...one.morning.should, ...one.afternoon.should].flatMap(({ person, away: why }) =>
        why?.kind === 'leave' ? [person] : [],
      ),
    ),
  ).size;
  const columns: Column<Window>[] = [
    { key: 'number', title: '窗口', cell: (one) => <strong>{one.number}</strong>, by: (one) => one.number },
    {
      key: 'department',
      title: '部门',
      cell: (one) => names[one.department] ?? one.department,
      by: (one) => names[one.department] ?? one.department,
      wide: true,
    },
    { key: 'grid', title: '网格', cell: (one) => names[one.grid] ?? one.grid, wide: true },
    { key: 'morning', title: '上午', cell: (one) => <Seats half={one.morning} names={names} /> },
    { key: 'afternoon', title: '下午', cell: (one) => <Seats half={one.afternoon} names={names} /> },
  ];
  return (
    <Section
      title={`${dayWords(day)}${dayKind(day)} 在岗情况`}
      aside={
        <div className="desk-actions no-print">
          <Button aria-label="前一天" onClick={() => setDay(plusDays(day, -1))}>
            ‹
          </Button>
          <Input
            type="date"
            aria-label="日期"
            value={day}
            style={{ width: 160 }}
            onChange={({ target }) => {
              if (target.value !== '') setDay(target.value);
            }}
          />
          <Button aria-label="后一天" onClick={() => setDay(plusDays(day, 1))}>
            ›
          </Button>
          <Select
            aria-label="网格"
            value={grid}
            style={{ minWidth: 120 }}
            onChange={setGrid}
            options={[
              { value: '', label: '全部网格' },
              ...grids.map((id) => ({ value: id, label: names[id] ?? id })),
            ]}
          />
          <Segmented
            aria-label="范围"
            value={only}
            onChange={(value) => setOnly(value === 'exceptions' ? 'exceptions' : 'all')}
            options={[
              { value: 'all', label: '全部' },
              { value: 'exceptions', label: '只看例外' },
            ]}
          />
          <PrintButton />
        </div>
      }
    >
      {data ? (
        <>
          <p className="day-sums">
            <span>
              窗口 <strong>{data.windows.length}</strong>
            </span>
            <span>
              请假 <strong>{away}</strong> 人
            </span>
            <span className={empty > 0 ? 'minus' : 'quiet'}>
              无人顶岗 <strong>{empty}</strong> 个
            </span>
          </p>
          <Ledger
            framed
            caption="各窗口在岗情况"
            rows={rows}
            columns={columns}
            idOf={(one) => one.window}
            empty={only === 'exceptions' ? '这一天没有例外,人人在岗' : '没有窗口'}
          />
        </>
      ) : (
        <NotThere error={error} again={refetch} />
      )}
    </Section>
  );
};

const Book = ({ me }: { me: Me }): ReactElement => {
  const [month, setMonth] = useState(monthNow);
  const [withdrawing, setWithdrawing] = useState<Slip>();
  const { data, error, refetch } = useView('leave.list', `/api/leaves?month=${month}&limit=200`);
  const staff = useRegistry('staff');
  const windows = useRegistry('window');
  const names = useMemo(
    () =>
      new Map([
        ...(staff.data ?? []).map(({ id, name }): [string, string] => [id, name]),
        ...(windows.data ?? []).map(({ id, number }): [string, string] => [id, number]),
      ]),
    [staff.data, windows.data],
  );
  const called = (id: string | undefined): string => (id === undefined ? '' : (names.get(id) ?? id));
  const columns: Column<Slip>[] = [
    {
      key: 'who',
      title: '人员',
      cell: (one) => called(slipPerson(one)),
      by: (one) => called(slipPerson(one)),
    },
    {
      key: 'kind',
      title: '种类',
      cell: (one) => <Mark tone={one.kind === 'cover' ? 'blue' : 'amber'}>{slipKind(one)}</Mark>,
      by: slipKind,
    },
    {
      key: 'when',
      title: '起止',
      cell: (one) => {
        const entry = lastEntry(one);
        return entry ? stretchWords(entry.stretch) : '';
      },
      by: (one) => lastEntry(one)?.stretch.from ?? '',
    },
    {
      key: 'where',
      title: '窗口',
      cell: (one) =>
        one.kind === 'cover'
          ? `${called(one.state.window)}${one.state.absent === undefined ? '' : `,顶${called(one.state.absent)}`}`
          : '',
      wide: true,
    },
    {
      key: 'stage',
      title: '状态',
      cell: (one) =>
        standing(one) ? (
          one.state.filings.length > 1 ? (
            '已更正'
          ) : (
            '有效'
          )
        ) : (
          <span className="quiet">已撤销</span>
        ),
    },
    {
      key: 'do',
      title: '',
      cell: (one) =>
        standing(one) && may(me, 'leave.withdraw') ? (
          <Button size="small" type="text" onClick={() => setWithdrawing(one)}>
            撤销<span className="unseen">{called(slipPerson(one))}的登记</span>
          </Button>
        ) : null,
    },
  ];
  return (
    <Section title="请假、公出与顶岗登记簿" aside={<MonthSwitch month={month} change={setMonth} />}>
      {data ? (
        <Ledger
          framed
          caption="登记簿"
          rows={data.items}
          columns={columns}
          idOf={({ id }) => id}
          sorted="-when"
          empty={`${monthWords(month)}没有登记。可以逐条登记,也可以导入考勤表。`}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
      {withdrawing ? (
        <Ask<{ reason: string }>
          open
          title="撤销登记"
          okText="撤销"
          danger
          onClose={() => setWithdrawing(undefined)}
          path={
            withdrawing.kind === 'leave'
              ? `/api/leaves/${withdrawing.id}/withdraw`
              : `/api/covers/${withdrawing.id}/withdraw`
          }
          fields={({ reason }) => ({ reason })}
        >
          <WordsItem name="reason" label="撤销的原因" max={200} />
        </Ask>
      ) : null}
    </Section>
  );
};
