import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverSubject } from '../../shared/cover.ts';
import { leaveSubject } from '../../shared/leave.ts';
import {
  entryOf,
  filingOf,
  intervalOf,
  isTooLong,
  middayOf,
  monthsOfStretch,
  type Stretch,
  withoutCopies,
} from '../../shared/slip.ts';
import { instantAt, plusDays, plusMinutes } from '../../shared/time.ts';
import { Ban, Chuang, calendar, everybody, Ge, Shou, wednesday } from '../cast.ts';
import { given } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const days = (from: string, until: string, halves: object = {}) => ({ kind: 'days', from, until, ...halves });
const sick = {
  person: 'chuang',
  kind: 'sick',
  stretch: days('2026-11-18', '2026-11-19'),
  reason: '发热就医',
};
const cover = {
  window: 'window-a01',
  person: 'staff-0103',
  absent: 'chuang',
  way: 'standIn',
  stretch: { kind: 'clock', from: '2026-11-18T02:00:00.000Z', to: '2026-11-18T03:00:00.000Z' },
};
const because = { reason: '提前销假' };

describe('a stretch', () => {
  const interval = (stretch: Stretch) => intervalOf(stretch, calendar);

  it('is whole days, half-days divided at the end of the morning shift, or clock times', () => {
    expect(middayOf(calendar, '2026-11-18')).toBe('12:00');
    expect(interval({ kind: 'days', from: '2026-11-18', until: '2026-11-18' })).toEqual({
      from: instantAt('2026-11-18', '00:00'),
      to: instantAt('2026-11-18', '24:00'),
    });
    expect(interval({ kind: 'days', from: '2026-11-18', until: '2026-11-18', untilHalf: 'morning' }).to).toBe(
      instantAt('2026-11-18', '12:00'),
    );
    expect(
      interval({ kind: 'days', from: '2026-11-18', fromHalf: 'afternoon', until: '2026-11-20' }).from,
    ).toBe(instantAt('2026-11-18', '12:00'));
  });

  it('divides at noon where the centre has no break or nobody knows its hours', () => {
    const through = { ...calendar, hours: [{ from: '2024-01-01', spans: [{ from: '09:00', to: '17:00' }] }] };
    expect(middayOf(through, '2026-11-18')).toBe('12:00');
    expect(middayOf(calendar, '2031-11-18')).toBe('12:00');
  });

  it('touches the months of its days; an end at midnight touches no further day', () => {
    expect(monthsOfStretch({ kind: 'days', from: '2026-12-30', until: '2027-02-01' })).toEqual([
      '2026-12',
      '2027-01',
      '2027-02',
    ]);
    const night: Stretch = {
      kind: 'clock',
      from: instantAt('2026-11-30', '18:00'),
      to: instantAt('2026-11-30', '24:00'),
    };
    expect(monthsOfStretch(night)).toEqual(['2026-11']);
  });

  it('is at most 184 days', () => {
    const from = '2026-01-01';
    expect(isTooLong({ kind: 'days', from, until: plusDays(from, 183) })).toBe(false);
    expect(isTooLong({ kind: 'days', from, until: plusDays(from, 184) })).toBe(true);
  });
});

describe('filing leave', () => {
  it('keeps whose it is, of which department and grid, and what was filed when', () => {
    const told = given();
    const done = told
      .when('leave.file', sick, Shou, at(0))
      .then({ type: 'leave.filed', person: 'chuang', department: 'department-tax', grids: ['grid-a'] });
    const state = told.house.head('leave', done.ref.id);
    expect(state).toMatchObject({ stage: 'standing', months: ['2026-11'], imported: false });
    expect(state && entryOf(state)).toEqual({ kind: 'sick', stretch: sick.stretch });
    expect(state && leaveSubject(state)).toBe('chuang');
    expect(JSON.stringify(state)).not.toContain('发热');
  });

  it.each([
    ['somebody unknown', { person: 'ghost' }, 'registry.unknown'],
    ['days before they came', { stretch: days('2025-12-01', '2026-01-05') }, 'assignment.outside'],
    ['an end before the beginning', { stretch: days('2026-11-19', '2026-11-18') }, 'request.invalid'],
    [
      'the afternoon before the morning',
      { stretch: days('2026-11-18', '2026-11-18', { fromHalf: 'afternoon', untilHalf: 'morning' }) },
      'request.invalid',
    ],
    ['more than half a year', { stretch: days('2026-11-18', '2027-06-18') }, 'slip.too-long'],
    ['a kind that is none', { kind: 'holiday' }, 'request.invalid'],
  ] as const)('refuses %s', (_what, change, code) => {
    given()
      .when('leave.file', { ...sick, ...change }, Ban, at(0))
      .refused(code);
  });

  it('is for the clerk, and for the chief representative of the own department', () => {
    const allowed = Object.values(everybody)
      .filter((actor) => given().when('leave.file', sick, actor, at(0)).result.ok)
      .map(({ person }) => person);
    expect(allowed).toEqual(['ban', 'shou']);
    given()
      .when('leave.file', { ...sick, person: 'staff-0104' }, Shou, at(0))
      .refused('access.denied');
  });
});

describe('a leave over several months', () => {
  const long = { ...sick, stretch: days('2026-11-28', '2027-01-05') };
  const filed = () => given().after('leave.file', long, Shou, at(0));

  it('lies in each of them, equal but for its name', () => {
    const told = filed();
    const copies = ['2026-11', '2026-12', '2027-01'].map((month) =>
      told.house.head('leave', `leave-${month}-${filingOf(told.id)}`),
    );
    expect(told.id).toContain('leave-2026-11-');
    expect(copies.map((copy) => copy && entryOf(copy))).toEqual(
      Array(3).fill({ kind: 'sick', stretch: long.stretch }),
    );
    expect(withoutCopies(copies.flatMap((copy) => copy ?? []))).toHaveLength(1);
  });

  it('is corrected and withdrawn in all of them, whichever is taken', () => {
    const told = filed();
    const middle = `leave-2026-12-${filingOf(told.id)}`;
    const shorter = days('2026-11-28', '2026-12-02');
    told
      .when('leave.correct', { stretch: shorter, ...because }, Shou, at(5), middle)
      .then({ type: 'leave.corrected' }, { type: 'leave.corrected' }, { type: 'leave.corrected' });
    const first = told.house.head('leave', told.id);
    expect(first && entryOf(first)).toEqual({ kind: 'sick', stretch: shorter });
    expect(first && entryOf(first, at(4))).toEqual({ kind: 'sick', stretch: long.stretch });
    expect(first && entryOf(first, at(-1))).toBeUndefined();
    told
      .when('leave.withdraw', because, Ban, at(9), middle)
      .then({ type: 'leave.withdrawn' }, { type: 'leave.withdrawn' }, { type: 'leave.withdrawn' });
    expect(told.house.head('leave', told.id)).toMatchObject({ stage: 'withdrawn' });
    told.when('leave.withdraw', because, Ban, at(10)).refused('slip.withdrawn');
    told.when('leave.correct', { stretch: shorter, ...because }, Ban, at(10)).refused('slip.withdrawn');
  });

  it('is not stretched into a month it does not touch', () => {
    filed()
      .when('leave.correct', { stretch: days('2026-11-28', '2027-02-01'), ...because }, Shou, at(5))
      .refused('slip.other-month');
  });
});

describe('correcting leave', () => {
  it('is refused to the eleventh filing and to others', () => {
    let told = given().after('leave.file', sick, Shou, at(0));
    for (let n = 1; n < 10; n += 1)
      told = told.after('leave.correct', { stretch: sick.stretch, kind: 'personal', ...because }, Ban, at(n));
    told
      .when('leave.correct', { stretch: sick.stretch, ...because }, Ban, at(11))
      .refused('slip.corrected-often');
    told.when('leave.withdraw', because, Ge, at(12)).refused('access.denied');
    told.when('leave.withdraw', because, Chuang, at(12)).refused('access.denied');
    told.when('leave.withdraw', because, Shou, at(12)).then({ type: 'leave.withdrawn' });
  });

  it('keeps what stood at any moment, whatever was filed later', () => {
    const step = fc.record({
      days: fc.integer({ min: 0, max: 9 }),
      kind: fc.constantFrom('personal' as const, 'annual' as const),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.integer({ min: 0, max: 9 }), (steps, asked) => {
        let told = given().after('leave.file', sick, Shou, at(0));
        const written: object[] = [{ kind: 'sick', stretch: sick.stretch }];
        steps.forEach(({ days: more, kind }, n) => {
          const stretch = days('2026-11-18', plusDays('2026-11-18', more));
          told = told.after('leave.correct', { kind, stretch, ...because }, Ban, at(n + 1));
          written.push({ kind, stretch });
        });
        const state = told.house.head('leave', told.id);
        expect(state && entryOf(state, at(asked))).toEqual(written[Math.min(asked, steps.length)]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('cover', () => {
  it('is filed for a window by its department, whoever sits there', () => {
    const told = given();
    const done = told
      .when('cover.file', { ...cover, person: 'staff-0108' }, Shou, at(0))
      .then({ type: 'cover.filed', department: 'department-tax', grid: 'grid-a', person: 'staff-0108' });
    const state = told.house.head('cover', done.ref.id);
    expect(state && coverSubject(state)).toBe('staff-0108');
    given()
      .when('cover.file', { ...cover, window: 'window-b01', absent: 'staff-0104' }, Shou, at(0))
      .refused('access.denied');
  });

  it.each([
    ['a window that is none', { window: 'window-z99' }, 'registry.unknown'],
    ['somebody unknown', { person: 'ghost' }, 'registry.unknown'],
    ['covering for oneself', { person: 'chuang' }, 'assignment.outside'],
    ['somebody who does not sit there', { absent: 'staff-0107' }, 'assignment.outside'],
    ['more than half a year', { stretch: days('2026-01-01', '2026-12-01') }, 'slip.too-long'],
  ] as const)('refuses %s', (_what, change, code) => {
    given()
      .when('cover.file', { ...cover, ...change }, Ban, at(0))
      .refused(code);
  });

  it('passes to another person by a correction, and is withdrawn', () => {
    const told = given().after('cover.file', cover, Shou, at(0));
    told
      .when('cover.correct', { person: 'staff-0107', stretch: cover.stretch, ...because }, Shou, at(1))
      .then({ type: 'cover.corrected', person: 'staff-0107' });
    told
      .when('cover.correct', { person: 'chuang', stretch: cover.stretch, ...because }, Shou, at(2))
      .refused('assignment.outside');
    told
      .when('cover.correct', { person: 'ghost', stretch: cover.stretch, ...because }, Shou, at(2))
      .refused('registry.unknown');
    told.when('cover.withdraw', because, Shou, at(3)).then({ type: 'cover.withdrawn' });
    const state = told.house.head('cover', told.id);
    expect(state).toMatchObject({ stage: 'withdrawn' });
    expect(state && coverSubject(state)).toBe('staff-0107');
    told.when('cover.withdraw', because, Shou, at(4)).refused('slip.withdrawn');
  });
});
