// The figures behind the charts: what counts, how a letter's effect is reckoned, and that nothing depends on order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chartsOf,
  coverageOf,
  type EffectFacts,
  effectOf,
  type FigureCase,
  repeatsOf,
} from '../../shared/charts.ts';
import { daysFrom, weekdayOf } from '../../shared/time.ts';

const one = (more: Partial<FigureCase> = {}): FigureCase => ({
  id: 'c1',
  day: '2026-03-10',
  hour: 10,
  weekday: 2,
  type: 'DIS-PHONE',
  family: 'conduct',
  clause: '3',
  severity: 'minor',
  grid: 'grid-a',
  departments: ['department-tax'],
  persons: ['chuang'],
  stands: true,
  ...more,
});

describe('the charts', () => {
  it('count 人次 where persons answer and 起 where none does', () => {
    const charts = chartsOf(
      [one({ persons: ['chuang', 'staff-0102'] }), one({ id: 'c2', persons: [], severity: 'evident' })],
      ['2026-03'],
    );
    expect(charts.total).toBe(3);
    expect(charts.types).toEqual([{ key: 'DIS-PHONE', total: 3, minor: 2, evident: 1, serious: 0 }]);
    expect(charts.hours).toEqual([{ weekday: 2, hour: 10, total: 3 }]);
  });

  it('leave out what was overturned, but tell it among the reviews', () => {
    const charts = chartsOf(
      [one({ stands: false, review: 'overturned' }), one({ id: 'c2', review: 'upheld' }), one({ id: 'c3' })],
      ['2026-03'],
    );
    expect(charts.total).toBe(2);
    expect(charts.reviews).toEqual([
      { clause: '3', confirmed: 3, asked: 2, upheld: 1, reduced: 0, overturned: 1 },
    ]);
  });

  it('show a month without any violation as a month of zero', () => {
    expect(chartsOf([one()], ['2026-02', '2026-03']).trend).toMatchObject([
      { key: '2026-02', total: 0 },
      { key: '2026-03', total: 1 },
    ]);
  });

  it('count a shared area for every department that answers for it, once each', () => {
    const charts = chartsOf([one({ departments: ['a', 'b', 'a'], persons: [] })], ['2026-03']);
    expect(charts.departments.map(({ key, total }) => [key, total])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('say the same in any order', () => {
    const cases = fc.array(
      fc.record({
        id: fc.uuid(),
        hour: fc.integer({ min: 8, max: 18 }),
        weekday: fc.integer({ min: 0, max: 6 }),
        type: fc.constantFrom('DIS-PHONE', 'ENV-CLEAN'),
        severity: fc.constantFrom('minor', 'evident', 'serious'),
        persons: fc.subarray(['chuang', 'staff-0102']),
        stands: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(cases, (all) => {
        const given = all.map((some) => one(some));
        expect(chartsOf(given.toReversed(), ['2026-03'])).toEqual(chartsOf(given, ['2026-03']));
      }),
    );
  });
});

describe('coverage', () => {
  it('adds the rounds of a grid and month', () => {
    const rounds = [
      { day: '2026-03-02', grid: 'grid-a', planned: 10, seen: 8 },
      { day: '2026-03-03', grid: 'grid-a', planned: 10, seen: 10 },
      { day: '2026-04-01', grid: 'grid-a', planned: 10, seen: 1 },
    ];
    expect(coverageOf(rounds)).toEqual([
      { month: '2026-03', grid: 'grid-a', rounds: 2, planned: 20, seen: 18 },
      { month: '2026-04', grid: 'grid-a', rounds: 1, planned: 10, seen: 1 },
    ]);
  });
});

describe('the effect of a letter', () => {
  const workdays = daysFrom('2026-01-05', '2026-06-30').filter((day) => ![0, 6].includes(weekdayOf(day)));
  const letter = {
    kind: 'letter',
    id: 'letter-1',
    department: 'department-tax',
    day: '2026-03-16',
    persons: ['chuang', 'staff-0102'],
  } as const;
  const facts = (cases: FigureCase[], more: Partial<EffectFacts> = {}): EffectFacts => ({
    cases,
    postDays: () => 10,
    looks: () => ({ looks: 4, windows: 4 }),
    ...more,
  });
  const before = ['2026-02-10', '2026-02-24', '2026-03-03'].map((day, nth) => one({ id: `b${nth}`, day }));
  const after = one({ id: 'a', day: '2026-04-02' });

  it('compares violations per 100 days on post in the thirty working days on either side', () => {
    expect(effectOf(letter, workdays, facts([...before, after]))).toMatchObject({
      complete: true,
      before: { violations: 3, days: 300, looks: 100, rate: 100, adjusted: 100 },
      after: { violations: 1, days: 300, rate: 33, adjusted: 33 },
      again: 1,
    });
  });

  it('counts neither the day of the letter itself nor another department', () => {
    const other = one({ id: 'x', day: '2026-03-20', departments: ['department-social'], persons: ['z'] });
    const told = effectOf(letter, workdays, facts([one({ day: letter.day }), other]));
    expect([told.before.violations, told.after.violations, told.again]).toEqual([0, 0, 0]);
  });

  it('tells how it would look had both sides been patrolled alike', () => {
    const looks: EffectFacts['looks'] = (_department, day) => ({
      looks: day < letter.day ? 4 : 2,
      windows: 4,
    });
    const told = effectOf(letter, workdays, facts([...before, after], { looks }));
    expect(told.before).toMatchObject({ looks: 100, rate: 100, adjusted: 75 });
    expect(told.after).toMatchObject({ looks: 50, rate: 33, adjusted: 50 });
  });

  it('adjusts nothing where nobody patrolled, and knows no rate without days on post', () => {
    const told = effectOf(
      letter,
      workdays,
      facts(before, { looks: () => ({ looks: 0, windows: 4 }), postDays: () => 0 }),
    );
    expect(told.before).toEqual({ violations: 3, days: 0, looks: 0 });
  });

  it('is not complete while the thirty days have not passed', () => {
    const told = effectOf({ ...letter, day: '2026-06-15' }, workdays, facts([]));
    expect(told.complete).toBe(false);
  });
});

describe('repeaters', () => {
  it('are those found again in the same kind of fault', () => {
    const cases = [
      one(),
      one({ id: 'c2' }),
      one({ id: 'c3', persons: ['staff-0102'] }),
      one({ id: 'c4', persons: ['staff-0102'], family: 'tidiness' }),
      one({ id: 'c5', persons: ['staff-0103'], stands: false }),
    ];
    expect(repeatsOf(cases)).toEqual({ people: 2, again: 1 });
  });
});
