// 工作日历: the State Council's notice of each year as the centre entered it; a year that is known beforehand is entered
// with one button. A limit cannot be reckoned across a year that nobody entered.
import '../style/office.css';
import '../style/people.css';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { type CalendarYear, calendarYear } from '../../shared/calendar.ts';
import { calendarYears } from '../../shared/calendar-years.ts';
import { dayIn } from '../../shared/roster-file.ts';
import { plusDays } from '../../shared/time.ts';
import { today } from '../clock.ts';
import { dayWords } from '../month-words.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { useRegistry } from './hall-register.ts';
import { Desk, refusalIn, useCommand } from './kit.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';

const CalendarDesk = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default CalendarDesk;

/** Days in a row under one name are read as one holiday. */
const stretches = (of: CalendarYear['holidays']): { from: string; until: string; name: string }[] => {
  const found: { from: string; until: string; name: string }[] = [];
  for (const { day, name } of of) {
    const last = found.at(-1);
    if (last?.name === name && plusDays(last.until, 1) === day) last.until = day;
    else found.push({ from: day, until: day, name });
  }
  return found;
};

const Days = ({ of }: { of: CalendarYear['holidays'] }): ReactElement => (
  <ul className="seats">
    {stretches(of).map(({ from, until, name }) => (
      <li key={from}>
        <span className="quiet">{name}</span> {dayWords(from)}
        {until === from ? '' : `至${dayWords(until)}`}
      </li>
    ))}
  </ul>
);

/** `2027-01-01 元旦` a line. */
const linesOf = (days: CalendarYear['holidays']): string =>
  days.map(({ day, name }) => `${day} ${name}`).join('\n');
interface DaysRead {
  days: CalendarYear['holidays'];
  wrong: string[];
}
/** The days of a list, earliest first; a line that begins with no date is told by its number. */
const daysIn = (list: string, text: string): DaysRead => {
  const read: DaysRead = { days: [], wrong: [] };
  for (const [at, line] of text.split('\n').entries()) {
    const [, written = '', name = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
    if (written === '') continue;
    const day = dayIn(written);
    if (day === undefined)
      read.wrong.push(`${list}第 ${at + 1} 行“${line.trim()}”不是日期,写作:2027-01-01 元旦`);
    else read.days.push({ day, name: name.trim() || '放假' });
  }
  read.days.sort((a, b) => (a.day < b.day ? -1 : 1));
  return read;
};

const Room = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useRegistry('calendar');
  const [draft, setDraft] = useState<CalendarYear>();
  const [holidays, setHolidays] = useState('');
  const [makeUp, setMakeUp] = useState('');
  const [wrong, setWrong] = useState<string[]>([]);
  const command = useCommand(() => setDraft(undefined));
  if (!data) return <NotThere error={error} again={refetch} />;
  const writes = may(me, 'registry.enter');
  const known = new Set(data.map(({ year }) => year.year));
  const coming = Number(today().slice(0, 4)) + 1;
  const years = [...data].sort((a, b) => b.year.year - a.year.year);
  // Of years before this house's first nothing is reckoned.
  const first = Math.min(coming - 2, ...known);
  const ready = calendarYears.filter(({ year }) => !known.has(year) && year >= first);
  const edit = (year: CalendarYear): void => {
    setDraft(year);
    setHolidays(linesOf(year.holidays));
    setMakeUp(linesOf(year.makeUpDays));
    setWrong([]);
  };
  const save = (): void => {
    const off = daysIn('放假的日子', holidays);
    const on = daysIn('调休上班的周末', makeUp);
    const read = calendarYear.safeParse({ year: draft?.year, holidays: off.days, makeUpDays: on.days });
    const unread = [...off.wrong, ...on.wrong];
    setWrong(unread.length > 0 || read.success ? unread : read.error.issues.map(({ message }) => message));
    if (unread.length > 0) return;
    if (!read.success) return;
    const id = data.find(({ year }) => year.year === read.data.year)?.id ?? `calendar-${read.data.year}`;
    command.mutate({
      path: '/api/registry',
      fields: { entries: [{ kind: 'calendar', id, year: read.data }] },
    });
  };
  return (
    <DeskPage
      title="工作日历"
      back={{ to: '/settings', title: '大厅设置' }}
      under="答复、复核、复函的期限都按这里的工作日计算"
      actions={
        writes ? (
          <>
            {ready.map((year) => (
              <Button key={year.year} onClick={() => edit(year)}>
                登记 {year.year} 年(已备)
              </Button>
            ))}
            {known.has(coming) || ready.some(({ year }) => year === coming) ? null : (
              <Button onClick={() => edit({ year: coming, holidays: [], makeUpDays: [] })}>
                登记 {coming} 年
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      {!known.has(coming) && today().slice(5, 7) >= '11' ? (
        <p className="notice bad">
          {coming} 年的放假安排还没有登记。国务院办公厅的通知一般在上一年 11
          月印发;没有登记,跨年的期限就算不出来。
        </p>
      ) : null}
      {draft === undefined ? null : (
        <Section title={`${draft.year} 年放假安排`} className="task">
          <div className="light-form">
            <label className="field" htmlFor="holidays">
              放假的日子(每行一天:2027-01-01 元旦)
              <Input.TextArea
                id="holidays"
                autoSize={{ minRows: 6, maxRows: 20 }}
                value={holidays}
                onChange={({ target }) => setHolidays(target.value)}
              />
            </label>
            <label className="field" htmlFor="make-up-days">
              调休上班的周末
              <Input.TextArea
                id="make-up-days"
                autoSize={{ minRows: 3, maxRows: 12 }}
                value={makeUp}
                onChange={({ target }) => setMakeUp(target.value)}
              />
            </label>
            {wrong.length > 0 ? (
              <ul className="notice bad" role="alert">
                {wrong.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            ) : null}
            {command.error ? <Refused refusal={refusalIn(command.error)} /> : null}
            <div className="desk-actions">
              <Button type="primary" loading={command.isPending} onClick={save}>
                保存
              </Button>
              <Button onClick={() => setDraft(undefined)}>取消</Button>
            </div>
          </div>
        </Section>
      )}
      {years.map(({ id, year }) => (
        <Section
          key={id}
          title={`${year.year} 年`}
          aside={
            writes ? (
              <Button size="small" type="text" onClick={() => edit(year)}>
                修改<span className="unseen">{year.year} 年</span>
              </Button>
            ) : (
              <Mark tone="green">已登记</Mark>
            )
          }
        >
          <h3>放假 {year.holidays.length} 天</h3>
          <Days of={year.holidays} />
          <h3>调休上班 {year.makeUpDays.length} 天</h3>
          <Days of={year.makeUpDays} />
        </Section>
      ))}
    </DeskPage>
  );
};
