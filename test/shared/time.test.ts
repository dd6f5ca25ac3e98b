import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chineseDate,
  clockTimeOf,
  dayOf,
  daysFrom,
  firstDayOf,
  instantAt,
  lastDayOf,
  minutesBetween,
  minutesOf,
  monthOf,
  monthOfDay,
  plusDays,
  plusMinutes,
  plusMonths,
  weekdayOf,
} from '../../shared/time.ts';

const anyInstant = fc
  .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) })
  .map((milliseconds) => new Date(milliseconds).toISOString());
const anyDay = fc.integer({ min: 0, max: 36_500 }).map((count) => plusDays('2000-01-01', count));
const anyMinute = fc.integer({ min: 0, max: 1439 });
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

describe('an instant in working time', () => {
  it('belongs to the day, month and clock of Shanghai, not of Greenwich', () => {
    expect(dayOf('2026-11-22T02:15:00.000Z')).toBe('2026-11-22');
    expect(clockTimeOf('2026-11-22T02:15:59.999Z')).toBe('10:15');
    expect(dayOf('2026-11-30T15:59:59.999Z')).toBe('2026-11-30');
    expect(dayOf('2026-11-30T16:00:00.000Z')).toBe('2026-12-01');
    expect(monthOf('2026-11-30T15:59:59.999Z')).toBe('2026-11');
    expect(monthOf('2026-12-31T16:00:00.000Z')).toBe('2027-01');
  });

  it('is found again from its day and clock time', () => {
    expect(instantAt('2026-11-22', '10:15')).toBe('2026-11-22T02:15:00.000Z');
    expect(instantAt('2026-01-01', '00:00')).toBe('2025-12-31T16:00:00.000Z');
    fc.assert(
      fc.property(anyDay, anyMinute, (day, minute) => {
        const at = instantAt(day, clock(minute));
        expect([dayOf(at), clockTimeOf(at), monthOf(at)]).toEqual([day, clock(minute), monthOfDay(day)]);
      }),
    );
  });

  it('at 24:00 is the midnight that begins the next day', () => {
    expect(instantAt('2026-12-31', '24:00')).toBe(instantAt('2027-01-01', '00:00'));
    expect(minutesOf('24:00')).toBe(1440);
  });

  it('sorts as text in the order of time', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, (a, b) => {
        expect(a < b).toBe(Date.parse(a) < Date.parse(b));
      }),
    );
  });

  it('moves by minutes and counts them back, rounded down', () => {
    expect(plusMinutes('2026-12-31T15:59:30.000Z', 1)).toBe('2026-12-31T16:00:30.000Z');
    expect(minutesBetween('2026-11-22T02:00:00.000Z', '2026-11-22T02:01:59.999Z')).toBe(1);
    expect(minutesBetween('2026-11-22T02:00:30.000Z', '2026-11-22T02:00:00.000Z')).toBe(-1);
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -100_000, max: 100_000 }), (at, minutes) => {
        expect(minutesBetween(at, plusMinutes(at, minutes))).toBe(minutes);
      }),
    );
  });
});

describe('days and months', () => {
  it('step over month ends, leap days and years', () => {
    expect(plusDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(plusDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(plusDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(plusMonths('2026-11', 2)).toBe('2027-01');
    expect(plusMonths('2026-01', -1)).toBe('2025-12');
    expect(plusMonths('2026-01', -13)).toBe('2024-12');
    expect(plusMonths('2026-12', 0)).toBe('2026-12');
  });

  it('add up: there and back is where one began', () => {
    const count = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(anyDay, count, count, (day, a, b) => {
        expect(plusDays(plusDays(day, a), b)).toBe(plusDays(day, a + b));
        const month = monthOfDay(day);
        expect(plusMonths(plusMonths(month, a % 600), -(a % 600))).toBe(month);
      }),
    );
  });

  it('know the first and the last day of a month', () => {
    expect([firstDayOf('2024-02'), lastDayOf('2024-02')]).toEqual(['2024-02-01', '2024-02-29']);
    expect(lastDayOf('2026-02')).toBe('2026-02-28');
    expect(lastDayOf('2026-12')).toBe('2026-12-31');
    fc.assert(
      fc.property(anyDay, (day) => {
        const month = monthOfDay(day);
        expect(daysFrom(firstDayOf(month), lastDayOf(month))).toContain(day);
        expect(monthOfDay(plusDays(lastDayOf(month), 1))).toBe(plusMonths(month, 1));
      }),
    );
  });

  it('list every day of a span once, both ends included, and none backwards', () => {
    expect(daysFrom('2026-12-30', '2027-01-02')).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(daysFrom('2026-11-22', '2026-11-22')).toEqual(['2026-11-22']);
    expect(daysFrom('2026-11-22', '2026-11-21')).toEqual([]);
    expect(daysFrom('2024-01-01', '2024-12-31')).toHaveLength(366);
  });

  it('know their weekday, Sunday being 0', () => {
    expect(weekdayOf('2026-11-22')).toBe(0);
    expect(weekdayOf('2026-11-28')).toBe(6);
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(weekdayOf(plusDays(day, 1))).toBe((weekdayOf(day) + 1) % 7);
      }),
    );
  });

  it('are written in papers without padded zeros', () => {
    expect(chineseDate('2026-03-05')).toBe('2026年3月5日');
    expect(chineseDate('2026-11-22')).toBe('2026年11月22日');
  });
});

describe('the zone of the machine', () => {
  const source = new URL('../../shared/time.ts', import.meta.url).href;
  const script = `
    import * as time from ${JSON.stringify(source)};
    const hours = Array.from({ length: 24 * 40 }, (_, n) => time.plusMinutes('2026-02-20T00:00:00.000Z', n * 60));
    const answers = hours.map((at) => [time.dayOf(at), time.clockTimeOf(at), time.monthOf(at),
      time.instantAt(time.dayOf(at), time.clockTimeOf(at)), time.plusDays(time.dayOf(at), 30), time.weekdayOf(time.dayOf(at))]);
    console.log(JSON.stringify({ offset: new Date(2026, 6, 1).getTimezoneOffset(), answers }));
  `;
  const runIn = (TZ: string): { offset: number; answers: unknown } =>
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }),
    );

  it('changes nothing', () => {
    const home = runIn('Asia/Shanghai');
    const newYork = runIn('America/New_York');
    expect([home.offset, newYork.offset]).toEqual([-480, 240]);
    expect(newYork.answers).toEqual(home.answers);
  });
});
