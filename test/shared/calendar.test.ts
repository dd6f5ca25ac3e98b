import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Calendar,
  calendarYear,
  centreHours,
  crossesShiftBorder,
  deadlineAfter,
  hoursOn,
  isOpenAt,
  isWorkday,
  nextWorkdayOnOrAfter,
  openMinutesBetween,
  plusWorkingDays,
  shiftOf,
  type WorkingHours,
  workdaysOf,
  workingDaysBetween,
  workingHours,
} from '../../shared/calendar.ts';
import { calendarYears } from '../../shared/calendar-years.ts';
import type { ProblemCode, Result } from '../../shared/problems.ts';
import {
  clockTimeOf,
  type Day,
  dayOf,
  daysFrom,
  type Instant,
  instantAt,
  lastDayOf,
  plusDays,
  plusMinutes,
  plusMonths,
} from '../../shared/time.ts';

// chinese-days asks the machine's zone and errs west of Greenwich.
process.env.TZ = 'Asia/Shanghai';
const chineseDays: typeof import('chinese-days') = createRequire(import.meta.url)('chinese-days');

const morning = { from: '09:00', to: '12:00' };
const standing: WorkingHours = { from: '2024-01-01', spans: [morning, { from: '13:30', to: '17:00' }] };
const summer: WorkingHours = {
  from: '2026-06-01',
  until: '2026-09-30',
  spans: [morning, { from: '14:00', to: '17:30' }],
};
/** The published years with ordinary hours, and what a test adds to them. */
const hall = (...more: WorkingHours[]): Calendar => ({ years: calendarYears, hours: [standing, ...more] });
const knowing = (...years: number[]): Calendar => ({
  years: calendarYears.filter((entry) => years.includes(entry.year)),
  hours: [standing],
});

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.problem.code} ${result.problem.detail ?? ''}`);
  return result.value;
};
const refusal = (result: Result<unknown>): { code: ProblemCode; detail?: string } | 'granted' =>
  result.ok ? 'granted' : result.problem;
const at = (written: string): Instant => instantAt(written.slice(0, 10), written.slice(11));
const onTheWall = (instant: Instant): string => `${dayOf(instant)} ${clockTimeOf(instant)}`;

const everyDay = daysFrom('2024-01-01', '2026-12-31');
// Working days are counted far enough from the end of 2026 that a limit of forty still ends within it.
const anyDay = fc.integer({ min: 0, max: 1000 }).map((count) => plusDays('2024-01-01', count));
const anyInstant = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 86_399_999 }))
  .map(([day, milliseconds]) => new Date(Date.parse(at(`${day} 00:00`)) + milliseconds).toISOString());
const fewDays = fc.integer({ min: 0, max: 20 });
const someDays = fc.integer({ min: 1, max: 20 });

describe('the published years', () => {
  it('agree with chinese-days on every day of 2024 to 2026', () => {
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(-480);
    expect(everyDay).toHaveLength(366 + 365 + 365);
    for (const day of everyDay)
      expect({ day, works: value(isWorkday(hall(), day)) }).toEqual({
        day,
        works: chineseDays.isWorkday(day),
      });
  });

  it('name every holiday and make-up day that chinese-days knows, and no other', () => {
    const noticed = everyDay.filter((day) => chineseDays.getDayDetail(day).name.includes(','));
    const loaded = calendarYears.flatMap((year) => [...year.holidays, ...year.makeUpDays]);
    expect(loaded.map((named) => named.day).sort()).toEqual(noticed);
    for (const { day, name } of loaded)
      expect(`${chineseDays.getDayDetail(day).name.split(',')[1]}节`).toContain(name);
  });

  it.each([
    // 国办发明电〔2023〕7号
    { name: '春节', off: ['2024-02-10', '2024-02-17'], worked: ['2024-02-04', '2024-02-18', '2024-02-09'] },
    { name: '劳动节', off: ['2024-05-01', '2024-05-05'], worked: ['2024-04-28', '2024-05-11'] },
    { name: '中秋节', off: ['2024-09-15', '2024-09-17'], worked: ['2024-09-14'] },
    // 国办发明电〔2024〕12号
    { name: '元旦', off: ['2025-01-01', '2025-01-01'], worked: ['2025-01-02'] },
    { name: '春节', off: ['2025-01-28', '2025-02-04'], worked: ['2025-01-26', '2025-02-08'] },
    { name: '国庆节、中秋节', off: ['2025-10-01', '2025-10-08'], worked: ['2025-09-28', '2025-10-11'] },
    // 国办发明电〔2025〕7号
    { name: '元旦', off: ['2026-01-01', '2026-01-03'], worked: ['2026-01-04'] },
    { name: '春节', off: ['2026-02-15', '2026-02-23'], worked: ['2026-02-14', '2026-02-28'] },
    { name: '清明节', off: ['2026-04-04', '2026-04-06'], worked: ['2026-04-07'] },
    { name: '劳动节', off: ['2026-05-01', '2026-05-05'], worked: ['2026-05-09'] },
    { name: '端午节', off: ['2026-06-19', '2026-06-21'], worked: ['2026-06-22'] },
    { name: '中秋节', off: ['2026-09-25', '2026-09-27'], worked: ['2026-09-28'] },
    { name: '国庆节', off: ['2026-10-01', '2026-10-07'], worked: ['2026-09-20', '2026-10-10'] },
  ])('keep the notice: $name $off', ({ off: [from = '', to = ''], worked }) => {
    for (const day of daysFrom(from, to)) expect([day, value(isWorkday(hall(), day))]).toEqual([day, false]);
    for (const day of worked) expect([day, value(isWorkday(hall(), day))]).toEqual([day, true]);
  });

  it('pass the door through which a clerk enters a year', () => {
    for (const year of calendarYears) expect(calendarYear.parse(year)).toEqual(year);
  });
});

describe('a year at the door', () => {
  const named = (...days: Day[]) => days.map((day) => ({ day, name: '国庆节' }));
  const fixed = named('2027-01-01', '2027-05-01', '2027-10-01', '2027-10-02', '2027-10-03');
  const reasons = (entry: unknown): string[] =>
    calendarYear.safeParse(entry).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ??
    [];

  it('is taken with its fixed holidays', () => {
    expect(reasons({ year: 2027, holidays: fixed, makeUpDays: named('2027-10-09') })).toEqual([]);
  });

  it('is refused half entered', () => {
    expect(reasons({ year: 2027, holidays: fixed.slice(0, 4), makeUpDays: [] })).toEqual([
      'holidays: 缺少法定节假日 2027-10-03',
    ]);
    expect(reasons({ year: 2027, holidays: [], makeUpDays: [] })).toHaveLength(5);
  });

  it('is refused with a day of another year, a day named twice, or a make-up day within the week', () => {
    expect(reasons({ year: 2027, holidays: [...fixed, ...named('2028-10-04')], makeUpDays: [] })).toEqual([
      'holidays.5.day: 2028-10-04 不属于2027年的放假安排',
    ]);
    expect(reasons({ year: 2027, holidays: fixed, makeUpDays: named('2027-10-02') })).toEqual([
      'makeUpDays.0.day: 2027-10-02 重复',
    ]);
    expect(reasons({ year: 2027, holidays: fixed, makeUpDays: named('2027-10-08') })).toEqual([
      'makeUpDays.0.day: 2027-10-08 不是周末,不能作为调休上班日',
    ]);
    expect(
      reasons({ year: 2027, holidays: [...fixed, ...named('2027-02-30')], makeUpDays: [] }),
    ).toHaveLength(1);
  });

  it('may reach into the December before, as the notice for 2019 did', () => {
    const newYear = named('2018-12-30', '2018-12-31', '2019-01-01');
    const rest = named('2019-05-01', '2019-10-01', '2019-10-02', '2019-10-03');
    const notice = calendarYear.parse({
      year: 2019,
      holidays: [...newYear, ...rest],
      makeUpDays: named('2018-12-29'),
    });
    const years = [{ year: 2018, holidays: [], makeUpDays: [] }, notice];
    for (const order of [years, [...years].reverse()]) {
      const calendar = { years: order, hours: [standing] };
      expect(value(plusWorkingDays(calendar, '2018-12-28', 1))).toBe('2018-12-29');
      expect(value(plusWorkingDays(calendar, '2018-12-28', 2))).toBe('2019-01-02');
    }
  });

  it('leaves a day off when two loaded notices contradict each other', () => {
    const off = { year: 2027, holidays: named('2027-10-09'), makeUpDays: [] };
    const worked = { year: 2027, holidays: [], makeUpDays: named('2027-10-09') };
    for (const years of [
      [off, worked],
      [worked, off],
    ])
      expect(value(isWorkday({ years, hours: [] }, '2027-10-09'))).toBe(false);
  });
});

describe('counting working days', () => {
  it('does not count the day of the event', () => {
    expect(value(plusWorkingDays(hall(), '2026-11-20', 1))).toBe('2026-11-23');
    expect(value(plusWorkingDays(hall(), '2026-11-20', 0))).toBe('2026-11-20');
    expect(value(plusWorkingDays(hall(), '2026-11-21', 0))).toBe('2026-11-21');
    expect(value(plusWorkingDays(hall(), '2026-11-21', 1))).toBe('2026-11-23');
  });

  it('jumps a holiday and takes its make-up days', () => {
    expect(value(plusWorkingDays(hall(), '2026-02-13', 1))).toBe('2026-02-14');
    expect(value(plusWorkingDays(hall(), '2026-02-13', 2))).toBe('2026-02-24');
    expect(value(plusWorkingDays(hall(), '2026-02-27', 1))).toBe('2026-02-28');
    expect(value(plusWorkingDays(hall(), '2026-09-30', 3))).toBe('2026-10-10');
    expect(value(workingDaysBetween(hall(), '2026-02-13', '2026-03-02'))).toBe(7);
  });

  it('crosses the year', () => {
    expect(value(plusWorkingDays(hall(), '2025-12-30', 2))).toBe('2026-01-04');
    expect(value(plusWorkingDays(hall(), '2024-12-31', 1))).toBe('2025-01-02');
    expect(value(workingDaysBetween(hall(), '2025-12-30', '2026-01-04'))).toBe(2);
    expect(value(workingDaysBetween(hall(), '2026-01-04', '2025-12-30'))).toBe(-2);
  });

  it('takes no broken and no negative number of days', () => {
    expect(() => plusWorkingDays(hall(), '2026-11-20', -1)).toThrow(RangeError);
    expect(() => plusWorkingDays(hall(), '2026-11-20', 1.5)).toThrow(RangeError);
  });

  it('adds up', () => {
    fc.assert(
      fc.property(anyDay, fewDays, fewDays, (day, a, b) => {
        const first = value(plusWorkingDays(hall(), day, a));
        expect(value(plusWorkingDays(hall(), first, b))).toBe(value(plusWorkingDays(hall(), day, a + b)));
      }),
    );
  });

  it('always lands later, on a working day, and is counted back', () => {
    fc.assert(
      fc.property(anyDay, someDays, (day, days) => {
        const landed = value(plusWorkingDays(hall(), day, days));
        expect(landed > day).toBe(true);
        expect(value(isWorkday(hall(), landed))).toBe(true);
        expect(value(workingDaysBetween(hall(), day, landed))).toBe(days);
      }),
    );
  });

  it('between three days in any order is the sum of its parts', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (a, b, c) => {
        const between = (from: Day, to: Day) => value(workingDaysBetween(hall(), from, to));
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
      }),
    );
  });

  it('moves a date on to the first working day, and leaves a working day alone', () => {
    expect(value(nextWorkdayOnOrAfter(hall(), '2026-10-05'))).toBe('2026-10-08');
    expect(value(nextWorkdayOnOrAfter(hall(), '2026-12-05'))).toBe('2026-12-07');
    expect(value(nextWorkdayOnOrAfter(hall(), '2026-02-14'))).toBe('2026-02-14');
    expect(value(nextWorkdayOnOrAfter(hall(), '2026-01-01'))).toBe('2026-01-04');
    fc.assert(
      fc.property(anyDay, (day) => {
        const moved = value(nextWorkdayOnOrAfter(hall(), day));
        const worked = value(isWorkday(hall(), day));
        expect(moved).toBe(worked ? day : value(plusWorkingDays(hall(), day, 1)));
      }),
    );
  });

  it('lists the working days of a month', () => {
    expect(value(workdaysOf(hall(), '2026-02')).join(' ')).toBe(
      [
        ...daysFrom('2026-02-02', '2026-02-06'),
        ...daysFrom('2026-02-09', '2026-02-14'),
        ...daysFrom('2026-02-24', '2026-02-28'),
      ].join(' '),
    );
    for (let month = '2024-01'; month <= '2026-12'; month = plusMonths(month, 1)) {
      const known = chineseDays.getWorkdaysInRange(`${month}-01`, lastDayOf(month), true);
      expect(value(workdaysOf(hall(), month))).toEqual(known);
    }
  });
});

describe('the end of a time limit', () => {
  it.each([
    { event: '2026-11-20 10:00', days: 2, end: '2026-11-24 17:00', why: 'a weekend between' },
    { event: '2026-11-23 10:00', days: 0, end: '2026-11-23 17:00', why: 'the same day' },
    { event: '2026-11-23 07:00', days: 2, end: '2026-11-25 17:00', why: 'before opening: its own day' },
    { event: '2026-11-23 12:30', days: 2, end: '2026-11-25 17:00', why: 'in the lunch break: its own day' },
    { event: '2026-11-23 16:59', days: 2, end: '2026-11-25 17:00', why: 'a minute before closing' },
    { event: '2026-11-23 17:00', days: 2, end: '2026-11-26 17:00', why: 'at closing: the next opening' },
    { event: '2026-11-20 21:00', days: 2, end: '2026-11-25 17:00', why: 'on Friday evening' },
    { event: '2026-11-21 10:00', days: 2, end: '2026-11-25 17:00', why: 'on a Saturday' },
    { event: '2026-11-22 10:00', days: 0, end: '2026-11-23 17:00', why: 'on a Sunday' },
    { event: '2026-02-13 10:00', days: 2, end: '2026-02-24 17:00', why: '春节 behind a make-up Saturday' },
    { event: '2026-02-13 18:00', days: 2, end: '2026-02-25 17:00', why: 'the evening before a make-up day' },
    { event: '2026-02-14 18:00', days: 2, end: '2026-02-26 17:00', why: 'the evening before the holiday' },
    { event: '2026-02-18 10:00', days: 5, end: '2026-03-02 17:00', why: 'within it, a make-up day later' },
    {
      event: '2026-09-30 09:30',
      days: 3,
      end: '2026-10-10 17:00',
      why: '国庆节, ends on a make-up Saturday',
    },
    { event: '2025-12-30 10:00', days: 2, end: '2026-01-04 17:00', why: 'the year ends, a Sunday is worked' },
  ])('$event + $days: $end ($why)', ({ event, days, end }) => {
    expect(onTheWall(value(deadlineAfter(hall(), at(event), days)))).toBe(end);
  });

  it('is the close of the hours in force on that day', () => {
    expect(onTheWall(value(deadlineAfter(hall(summer), at('2026-05-29 10:00'), 1)))).toBe('2026-06-01 17:30');
    expect(onTheWall(value(deadlineAfter(hall(summer), at('2026-09-30 17:10'), 0)))).toBe('2026-09-30 17:30');
    expect(onTheWall(value(deadlineAfter(hall(summer), at('2026-09-29 10:00'), 2)))).toBe('2026-10-08 17:00');
  });

  it('is the same for a window that stays open longer', () => {
    const late: WorkingHours = {
      from: '2026-01-01',
      spans: [{ from: '09:00', to: '20:00' }],
      scope: { window: 'window-a01' },
    };
    expect(onTheWall(value(deadlineAfter(hall(late), at('2026-11-23 17:30'), 1)))).toBe('2026-11-25 17:00');
  });

  it('never falls on a day on which the whole centre keeps its doors shut', () => {
    const shut: WorkingHours = { from: '2026-11-24', until: '2026-11-24', spans: [] };
    expect(onTheWall(value(deadlineAfter(hall(shut), at('2026-11-20 10:00'), 2)))).toBe('2026-11-25 17:00');
    expect(onTheWall(value(deadlineAfter(hall(shut), at('2026-11-24 10:00'), 1)))).toBe('2026-11-26 17:00');
  });

  it('may be midnight', () => {
    const night: WorkingHours = { from: '2026-11-01', spans: [{ from: '08:00', to: '24:00' }] };
    expect(onTheWall(value(deadlineAfter(hall(night), at('2026-11-23 23:59'), 1)))).toBe('2026-11-25 00:00');
    expect(onTheWall(value(deadlineAfter(hall(night), at('2026-11-24 00:00'), 1)))).toBe('2026-11-26 00:00');
  });

  it('lies later, at the close of a working day, with the whole time in between', () => {
    fc.assert(
      fc.property(anyInstant, fewDays, (event, days) => {
        const end = value(deadlineAfter(hall(summer), event, days));
        expect(end > event).toBe(true);
        expect(value(isWorkday(hall(), dayOf(end)))).toBe(true);
        expect(clockTimeOf(end)).toBe(value(hoursOn(hall(summer), dayOf(end))).at(-1)?.to);
        const passed = value(workingDaysBetween(hall(), dayOf(event), dayOf(end)));
        const counted = value(isOpenAt(hall(summer), event)) ? [days] : [days, days + 1];
        expect(counted).toContain(passed);
      }),
    );
  });

  it('never comes earlier for a later event or a longer time', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, fewDays, (a, b, days) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const end = (event: Instant, count: number) => value(deadlineAfter(hall(summer), event, count));
        expect(end(early, days) <= end(late, days)).toBe(true);
        expect(end(a, days) < end(a, days + 1)).toBe(true);
      }),
    );
  });
});

describe('working hours', () => {
  const spans = (calendar: Calendar, day: Day, scope = {}) =>
    value(hoursOn(calendar, day, scope))
      .map((shift) => `${shift.from}-${shift.to}`)
      .join(' ');
  const only = (from: string, to: string, rest: Partial<WorkingHours>): WorkingHours => ({
    from: '2026-01-01',
    spans: [{ from, to }],
    ...rest,
  });

  it('hold on working days, make-up days included, and on no other', () => {
    expect(spans(hall(), '2026-11-23')).toBe('09:00-12:00 13:30-17:00');
    expect(spans(hall(), '2026-02-14')).toBe('09:00-12:00 13:30-17:00');
    expect(spans(hall(), '2026-02-16')).toBe('');
    expect(spans(hall(), '2026-11-22')).toBe('');
  });

  it('change with the season and change back', () => {
    expect(spans(hall(summer), '2026-05-29')).toBe('09:00-12:00 13:30-17:00');
    expect(spans(hall(summer), '2026-06-01')).toBe('09:00-12:00 14:00-17:30');
    expect(spans(hall(summer), '2026-09-30')).toBe('09:00-12:00 14:00-17:30');
    expect(spans(hall(summer), '2026-10-08')).toBe('09:00-12:00 13:30-17:00');
  });

  it('may differ by weekday; a make-up day keeps its own', () => {
    const fridays: WorkingHours = { from: '2024-01-01', spans: [morning], weekdays: [5] };
    expect(spans(hall(fridays), '2026-11-20')).toBe('09:00-12:00');
    expect(spans(hall(fridays), '2026-11-19')).toBe('09:00-12:00 13:30-17:00');
    expect(spans(hall(fridays), '2026-02-14')).toBe('09:00-12:00 13:30-17:00');
    expect(spans(hall({ ...fridays, weekdays: [0, 6] }), '2026-02-14')).toBe('09:00-12:00');
  });

  it('of a window beat those of its department, hall and centre, however old', () => {
    const rules = [
      only('08:00', '18:00', { from: '2026-03-01' }),
      only('08:10', '18:00', { from: '2026-02-01', scope: { hall: 'hall-1' } }),
      only('08:20', '18:00', { scope: { department: 'tax' } }),
      only('08:30', '18:00', { scope: { department: 'tax', hall: 'hall-1' } }),
      only('08:40', '18:00', { from: '2025-01-01', until: '2026-11-30', scope: { window: 'a01' } }),
    ];
    const a01 = { hall: 'hall-1', department: 'tax', window: 'a01' };
    const opens = (calendar: Calendar, day: Day) => [
      spans(calendar, day, a01).slice(0, 5),
      spans(calendar, day, { ...a01, window: 'a02' }).slice(0, 5),
      spans(calendar, day, { hall: 'hall-2', department: 'tax', window: 'b01' }).slice(0, 5),
      spans(calendar, day, { hall: 'hall-1', department: 'police', window: 'a03' }).slice(0, 5),
      spans(calendar, day, { hall: 'hall-1' }).slice(0, 5),
      spans(calendar, day).slice(0, 5),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (order) => {
        const calendar = hall(...order);
        expect(opens(calendar, '2026-11-30')).toEqual(['08:40', '08:30', '08:20', '08:10', '08:10', '08:00']);
        expect(opens(calendar, '2026-12-01')[0]).toBe('08:30');
        expect(opens(calendar, '2026-02-02')).toEqual(['08:40', '08:30', '08:20', '08:10', '08:10', '09:00']);
      }),
    );
  });

  it('of one day and scope: the one that names weekdays, then the one that ends, is the exception', () => {
    const rules = [
      only('08:00', '18:00', {}),
      only('08:10', '18:00', { until: '2026-12-31' }),
      only('08:20', '18:00', { weekdays: [1] }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (order) => {
        expect(spans(hall(...order), '2026-11-23')).toBe('08:20-18:00');
        expect(spans(hall(...order), '2026-11-24')).toBe('08:10-18:00');
      }),
    );
  });

  it('may say that a window is closed', () => {
    const paused: WorkingHours = { from: '2026-11-23', spans: [], scope: { window: 'a01' } };
    expect(spans(hall(paused), '2026-11-23', { window: 'a01' })).toBe('');
    expect(value(isOpenAt(hall(paused), at('2026-11-23 10:00'), { window: 'a01' }))).toBe(false);
    expect(value(isOpenAt(hall(paused), at('2026-11-23 10:00'), { window: 'a02' }))).toBe(true);
  });

  it('are refused, not guessed, for a working day before the first entry', () => {
    const calendar = { years: calendarYears, hours: [{ ...standing, from: '2026-01-05' }] };
    expect(refusal(hoursOn(calendar, '2026-01-04'))).toEqual({
      code: 'time.unknown-hours',
      detail: '2026-01-04',
    });
    expect(refusal(deadlineAfter(calendar, at('2026-01-04 10:00'), 1))).toMatchObject({
      code: 'time.unknown-hours',
    });
    expect(value(hoursOn(calendar, '2026-01-03'))).toEqual([]);
    expect(value(hoursOn(calendar, '2026-01-05'))).toHaveLength(2);
  });

  it('at the door: shifts in order, an end after the beginning, and one standing entry', () => {
    const takes = (entry: unknown) => workingHours.safeParse(entry).success;
    const lunch = { from: '12:00', to: '14:00' };
    expect(takes(standing)).toBe(true);
    expect(takes(summer)).toBe(true);
    expect(takes({ ...standing, spans: [morning, lunch, { from: '14:00', to: '24:00' }] })).toBe(true);
    expect(takes({ ...standing, spans: [] })).toBe(true);
    expect(takes({ ...standing, spans: [lunch, morning] })).toBe(false);
    expect(takes({ ...standing, spans: [morning, { from: '11:59', to: '14:00' }] })).toBe(false);
    expect(takes({ ...standing, spans: [{ from: '12:00', to: '12:00' }] })).toBe(false);
    expect(takes({ ...standing, spans: [{ from: '9:00', to: '12:00' }] })).toBe(false);
    expect(takes({ ...summer, until: '2026-05-31' })).toBe(false);
    expect(takes({ ...standing, weekdays: [7] })).toBe(false);
    expect(takes({ ...standing, scope: {} })).toBe(false);
    expect(takes({ ...standing, scope: { window: 'a01' } })).toBe(true);

    const all = (...entries: WorkingHours[]) => centreHours.safeParse(entries).success;
    expect(all(summer, standing)).toBe(true);
    expect(all()).toBe(false);
    expect(all(summer)).toBe(false);
    expect(all({ ...standing, weekdays: [1, 2, 3, 4, 5] })).toBe(false);
    expect(all({ ...standing, scope: { hall: 'hall-1' } })).toBe(false);
    expect(all({ ...standing, spans: [] })).toBe(false);
  });
});

describe('shifts', () => {
  it('begin with their first minute and end before their last', () => {
    const shift = (clock: string) => value(shiftOf(hall(), at(`2026-11-23 ${clock}`)));
    expect(['08:59', '09:00', '11:59', '12:00', '13:29', '13:30', '16:59', '17:00'].map(shift)).toEqual([
      undefined,
      0,
      0,
      undefined,
      undefined,
      1,
      1,
      undefined,
    ]);
    expect(value(shiftOf(hall(), '2026-11-23T03:59:59.999Z'))).toBe(0);
    expect(value(shiftOf(hall(), at('2026-11-22 10:00')))).toBeUndefined();
    expect(value(isOpenAt(hall(), at('2026-11-23 12:00')))).toBe(false);
    expect(value(isOpenAt(hall(), at('2026-11-23 13:30')))).toBe(true);
  });

  it('turn at noon for a window on 午间值班', () => {
    const noon: WorkingHours = {
      from: '2026-01-01',
      spans: [morning, { from: '12:00', to: '13:30' }, { from: '13:30', to: '18:00' }],
      scope: { window: 'a01' },
    };
    expect(value(shiftOf(hall(noon), at('2026-11-23 12:00'), { window: 'a01' }))).toBe(1);
    expect(value(isOpenAt(hall(noon), at('2026-11-23 17:30'), { window: 'a01' }))).toBe(true);
    const doubt = [at('2026-11-23 11:58'), at('2026-11-23 12:02')] as const;
    expect(value(crossesShiftBorder(hall(noon), ...doubt, { window: 'a01' }))).toBe(true);
  });

  it.each([
    { from: '2026-11-23 10:00', to: '2026-11-23 10:05', crosses: false },
    { from: '2026-11-23 10:00', to: '2026-11-23 10:00', crosses: false },
    { from: '2026-11-23 09:00', to: '2026-11-23 11:59', crosses: false },
    { from: '2026-11-23 11:58', to: '2026-11-23 12:00', crosses: true },
    { from: '2026-11-23 08:59', to: '2026-11-23 09:01', crosses: true },
    { from: '2026-11-23 11:58', to: '2026-11-23 13:31', crosses: true },
    { from: '2026-11-23 12:10', to: '2026-11-23 12:20', crosses: true },
    { from: '2026-11-23 10:00', to: '2026-11-24 10:00', crosses: true },
    { from: '2026-11-21 10:00', to: '2026-11-21 10:05', crosses: true },
  ])('$from to $to in doubt crosses a border: $crosses', ({ from, to, crosses }) => {
    expect(value(crossesShiftBorder(hall(), at(from), at(to)))).toBe(crosses);
  });

  it('without a border between them hold all of the interval', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 600 }), (from, minutes) => {
        const to = plusMinutes(from, minutes);
        if (value(crossesShiftBorder(hall(), from, to))) return;
        expect(value(openMinutesBetween(hall(), from, to))).toBe(minutes);
      }),
    );
  });

  it('are asked forwards only', () => {
    const [late, early] = [at('2026-11-23 10:05'), at('2026-11-23 10:00')];
    expect(refusal(crossesShiftBorder(hall(), late, early))).toEqual({ code: 'time.order' });
    expect(refusal(openMinutesBetween(hall(), late, early))).toEqual({ code: 'time.order' });
  });
});

describe('open minutes', () => {
  const minutes = (from: Instant, to: Instant, calendar = hall()) =>
    value(openMinutesBetween(calendar, from, to));

  it('leave out lunch, nights and days off', () => {
    expect(minutes(at('2026-11-23 00:00'), at('2026-11-24 00:00'))).toBe(390);
    expect(minutes(at('2026-11-23 11:30'), at('2026-11-23 14:00'))).toBe(60);
    expect(minutes(at('2026-11-20 16:00'), at('2026-11-23 10:00'))).toBe(120);
    expect(minutes(at('2026-02-13 00:00'), at('2026-02-25 00:00'))).toBe(3 * 390);
    expect(minutes(at('2026-11-21 10:00'), at('2026-11-22 10:00'))).toBe(0);
  });

  it('are rounded down once, at the end', () => {
    expect(minutes('2026-11-23T03:30:30.000Z', '2026-11-23T05:31:30.000Z')).toBe(31);
    expect(minutes('2026-11-23T02:00:00.000Z', '2026-11-23T02:00:59.999Z')).toBe(0);
  });

  it('of a whole year need no other year', () => {
    const days = everyDay.filter((day) => day.startsWith('2026') && chineseDays.isWorkday(day)).length;
    expect(minutes(at('2026-01-01 00:00'), at('2027-01-01 00:00'), knowing(2026))).toBe(days * 390);
  });

  it('are the minutes at which the hall is open, one by one', () => {
    const minuteOf = anyInstant.map((instant) => at(`${dayOf(instant)} ${clockTimeOf(instant)}`));
    fc.assert(
      fc.property(minuteOf, fc.integer({ min: 0, max: 2000 }), (from, length) => {
        const each = Array.from({ length }, (_, count) => plusMinutes(from, count));
        const open = each.filter((minute) => value(isOpenAt(hall(summer), minute))).length;
        expect(minutes(from, plusMinutes(from, length), hall(summer))).toBe(open);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a year nobody entered', () => {
  const known = knowing(2024, 2026);
  const unknown = (year: number) => ({ code: 'time.unknown-year', detail: `${year}年` });

  it.each<[string, number, Result<unknown>]>([
    ['isWorkday', 2027, isWorkday(known, '2027-01-04')],
    ['isWorkday before', 2023, isWorkday(known, '2023-12-31')],
    ['isWorkday between', 2025, isWorkday(known, '2025-06-03')],
    ['plusWorkingDays over the year', 2027, plusWorkingDays(known, '2026-12-31', 1)],
    ['plusWorkingDays from outside', 2025, plusWorkingDays(known, '2025-12-31', 1)],
    ['plusWorkingDays of none', 2025, plusWorkingDays(known, '2025-12-31', 0)],
    ['plusWorkingDays without end', 2027, plusWorkingDays(known, '2026-12-31', Number.MAX_SAFE_INTEGER)],
    ['workingDaysBetween', 2027, workingDaysBetween(known, '2026-12-31', '2027-01-01')],
    ['workingDaysBetween backwards', 2027, workingDaysBetween(known, '2027-01-01', '2026-12-31')],
    ['workingDaysBetween over a gap', 2025, workingDaysBetween(known, '2024-12-31', '2026-01-04')],
    ['workingDaysBetween on one day', 2025, workingDaysBetween(known, '2025-06-03', '2025-06-03')],
    ['nextWorkdayOnOrAfter', 2027, nextWorkdayOnOrAfter(known, '2027-01-01')],
    ['nextWorkdayOnOrAfter over the year', 2025, nextWorkdayOnOrAfter(knowing(2024), '2025-01-01')],
    ['workdaysOf', 2025, workdaysOf(known, '2025-12')],
    ['hoursOn', 2025, hoursOn(known, '2025-06-07')],
    ['shiftOf', 2027, shiftOf(known, '2026-12-31T16:00:00.000Z')],
    ['isOpenAt', 2023, isOpenAt(known, '2023-12-31T15:59:59.999Z')],
    ['crossesShiftBorder', 2027, crossesShiftBorder(known, at('2026-12-31 16:00'), at('2027-01-01 00:00'))],
    [
      'crossesShiftBorder from',
      2025,
      crossesShiftBorder(known, at('2025-12-31 16:00'), at('2026-01-04 10:00')),
    ],
    ['openMinutesBetween', 2027, openMinutesBetween(known, at('2026-12-31 10:00'), at('2027-01-01 00:01'))],
    [
      'openMinutesBetween a gap',
      2025,
      openMinutesBetween(known, at('2024-12-31 10:00'), at('2026-01-04 10:00')),
    ],
    [
      'openMinutesBetween nothing',
      2025,
      openMinutesBetween(known, at('2025-06-03 00:00'), at('2025-06-03 00:00')),
    ],
    ['deadlineAfter over the year', 2027, deadlineAfter(known, at('2026-12-30 10:00'), 2)],
    ['deadlineAfter on its last evening', 2027, deadlineAfter(known, at('2026-12-31 18:00'), 0)],
    ['deadlineAfter from outside', 2025, deadlineAfter(known, at('2025-06-03 10:00'), 0)],
  ])('is refused by %s (%i)', (_, year, result) => {
    expect(refusal(result)).toEqual(unknown(year));
  });

  it('is not needed by what stays within the loaded ones', () => {
    expect(value(plusWorkingDays(known, '2026-12-30', 1))).toBe('2026-12-31');
    expect(onTheWall(value(deadlineAfter(known, at('2026-12-31 16:59'), 0)))).toBe('2026-12-31 17:00');
    expect(value(workdaysOf(known, '2026-12'))).toHaveLength(23);
  });

  it('changes no answer: it is the same as with all years, or refused', () => {
    const someYears = fc.subarray([2024, 2025, 2026]);
    fc.assert(
      fc.property(someYears, anyInstant, anyInstant, fewDays, (years, a, b, days) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const answers = (calendar: Calendar): Result<unknown>[] => [
          isWorkday(calendar, dayOf(from)),
          plusWorkingDays(calendar, dayOf(from), days),
          workingDaysBetween(calendar, dayOf(from), dayOf(to)),
          nextWorkdayOnOrAfter(calendar, dayOf(from)),
          workdaysOf(calendar, dayOf(from).slice(0, 7)),
          shiftOf(calendar, from),
          crossesShiftBorder(calendar, from, to),
          openMinutesBetween(calendar, from, to),
          deadlineAfter(calendar, from, days),
        ];
        const all = answers(hall());
        for (const [index, answer] of answers(knowing(...years)).entries()) {
          if (answer.ok) expect(answer).toEqual(all[index]);
          else expect(answer.problem.code).toBe('time.unknown-year');
        }
      }),
    );
  });
});

describe('the zone of the machine', () => {
  const url = (file: string) => new URL(`../../shared/${file}`, import.meta.url);
  const script = `
    import * as calendar from ${JSON.stringify(url('calendar.ts').href)};
    import { calendarYears as years } from ${JSON.stringify(url('calendar-years.ts').href)};
    import { daysFrom, plusMinutes } from ${JSON.stringify(url('time.ts').href)};
    const hall = { years, hours: ${JSON.stringify([standing, summer])} };
    const hours = Array.from({ length: 24 * 60 }, (_, n) => plusMinutes('2026-01-30T00:00:00.000Z', n * 60));
    console.log(JSON.stringify({
      offset: new Date(2026, 6, 1).getTimezoneOffset(),
      answers: [
        daysFrom('2024-01-01', '2026-12-31').map((day) => [calendar.isWorkday(hall, day), calendar.hoursOn(hall, day)]),
        hours.map((at) => [calendar.shiftOf(hall, at), calendar.deadlineAfter(hall, at, 2),
          calendar.openMinutesBetween(hall, at, plusMinutes(at, 1500))]),
        ${JSON.stringify(calendarYears)}.map((year) => calendar.calendarYear.parse(year)),
      ],
    }));
  `;
  const runIn = (TZ: string): { offset: number; answers: unknown } =>
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      }),
    );

  it('changes nothing', () => {
    const home = runIn('Asia/Shanghai');
    const newYork = runIn('America/New_York');
    expect([home.offset, newYork.offset]).toEqual([-480, 240]);
    expect(newYork.answers).toEqual(home.answers);
  });

  it('is never asked, nor what time it is', () => {
    const localTime =
      /\.[gs]et(Date|Day|(Full)?Year|Month|Hours|Minutes|Seconds|Timezone)|toLocale|Intl\b|Date\.now|new Date\(\)/;
    for (const file of ['time.ts', 'calendar.ts', 'calendar-years.ts'])
      expect(readFileSync(url(file), 'utf8')).not.toMatch(localTime);
  });
});
