// What must hold of the scores of windows and departments, of what follows from any score, and of rehearsing both.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scored, Units } from '../../shared/month.ts';
import { unitScores } from '../../shared/month-sums.ts';
import { type PastMonth, rehearse } from '../../shared/rehearsal.ts';
import type { RuleBook, RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { type CountedCase, scoreMonth } from '../../shared/score.ts';
import { measuresOfScores, monthsScored, type ScoredMonth } from '../../shared/score-measures.ts';
import { aCase, casesOfNovember, late, people, shuffled, written } from './paper-hall.ts';

const enacted = (data: RuleBookInput): RuleBook => {
  const checked = checkRuleBook(data);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.value;
};

const input = written();
const { staff } = input.frames;
if (!staff) throw new Error('the paper hall scores its people');
const [category] = staff.categories;
if (!category) throw new Error('the paper hall has categories');
/** Windows and departments of the paper hall: what happens there, and a fifth for the mean of their people. */
const book = enacted({
  ...input,
  frames: {
    staff: {
      ...staff,
      rollUps: [{ period: 'quarter', how: 'mean', grades: [] }],
      consequences: [
        { code: 'low', below: 9950, measure: 'criticise' },
        { code: 'quarter', over: 'quarter', below: 9999, measure: 'leaderTalk', on: 'department' },
      ],
    },
    window: {
      base: 10_000,
      floor: 'category',
      categories: [
        { ...category, full: 8000 },
        { code: 'people', title: '人员', full: 2000, from: 'mean' },
      ],
      grades: [],
    },
    department: {
      base: 10_000,
      floor: 'none',
      categories: staff.categories.map((each) => ({ ...each })),
      grades: [],
    },
  },
  figures: [{ kind: 'people', code: 'mean', title: '人员平均分', of: 'window' }],
});

const units: Units = { window: ['window-1', 'window-2'], department: ['department-a'] };
const scored: Scored[] = people.map((person, nth) => ({
  person,
  department: 'department-a',
  grids: [],
  windows: [`window-${1 + (nth % 2)}`],
}));
const placed = (cases: readonly CountedCase[]): CountedCase[] =>
  cases.map((one, nth) => ({ ...one, window: `window-${1 + (nth % 2)}`, department: 'department-a' }));
const unitsBy = (of: RuleBook, cases: readonly CountedCase[]) =>
  unitScores(of, {
    units,
    people: scored,
    cases,
    scores: scoreMonth(of, people, cases, [], []),
    carried: [],
    beside: { month: '2026-11' },
  });

describe('scores of windows and departments', () => {
  test('the order of cases never matters, and a total is the sum of its lines', () => {
    fc.assert(
      fc.property(
        casesOfNovember.map(placed).chain((cases) => fc.tuple(fc.constant(cases), shuffled(cases))),
        ([cases, mixed]) => {
          const found = unitsBy(book, cases);
          expect(unitsBy(book, mixed)).toEqual(found);
          for (const { total, lines } of found)
            expect(lines.reduce((sum, line) => sum + line.points, 0)).toBe(total);
          for (const one of found.filter(({ of }) => of === 'window'))
            expect(one.total).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test('one more confirmed violation never raises one of them', () => {
    fc.assert(
      fc.property(casesOfNovember.map(placed), (cases) => {
        const before = unitsBy(book, cases.slice(1));
        const after = unitsBy(book, cases);
        after.forEach((one, at) => {
          expect(one.total).toBeLessThanOrEqual(before[at]?.total ?? 0);
        });
      }),
    );
  });
});

/** A month as it was finished under a book. */
const finished = (cases: readonly CountedCase[]): ScoredMonth => ({
  people: scored,
  scores: scoreMonth(book, people, cases, [], []),
  units: [],
});

describe('what follows from a score', () => {
  test('looks at the months its periods name, and at none while no rule falls due', () => {
    expect(monthsScored(book, '2026-11')).toEqual(['2026-11']);
    expect(monthsScored(book, '2026-12')).toEqual(['2026-12', '2026-10', '2026-11']);
  });

  test('of a quarter follows once with its last month, and meets whom the rule says', () => {
    const bad = finished([late(3), aCase({ persons: ['staff-a'], quantity: 4 })]);
    const known = new Map([
      ['2026-10', bad],
      ['2026-11', bad],
      ['2026-12', finished([])],
    ]);
    const kinds = (month: string) =>
      measuresOfScores(book, month, known).map(({ kind, subject }) => [kind, subject]);
    expect(new Set(kinds('2026-11').map(([kind]) => kind))).toEqual(new Set(['criticise']));
    const quarter = kinds('2026-12');
    expect(new Set(quarter.map(([kind]) => kind))).toEqual(new Set(['leaderTalk']));
    for (const [, subject] of quarter) expect(subject).toEqual({ department: 'department-a' });
    expect(measuresOfScores(book, '2026-12', new Map())).toEqual([]);
  });
});

describe('rehearsing', () => {
  const past = (cases: readonly CountedCase[]): PastMonth => ({
    month: '2026-11',
    book,
    people,
    scored,
    units,
    cases,
    bonuses: [],
    carried: [],
  });

  test('the same book makes no difference to windows, departments and what follows from scores', () => {
    fc.assert(
      fc.property(casesOfNovember.map(placed), (cases) => {
        const [found] = rehearse(book, [past(cases)]).months;
        expect(found?.units).toEqual([]);
        expect(found?.measures).toEqual({ gone: [], added: [] });
      }),
      { numRuns: 30 },
    );
  });

  test('a stricter line shows who would be met, a book without windows whose scores would go', () => {
    const cases = placed([late(1)]);
    const stricter = enacted({
      ...input,
      frames: {
        ...input.frames,
        staff: { ...staff, consequences: [{ code: 'low', below: 10_001, measure: 'criticise' }] },
      },
    });
    const [found] = rehearse(stricter, [past(cases)]).months;
    expect(found?.measures.added.filter(({ kind }) => kind === 'criticise').length).toBeGreaterThan(0);
    const dearer: RuleBook = {
      ...book,
      clauses: book.clauses.map((clause) => ({ ...clause, price: { kind: 'fixed', points: 700 } })),
    };
    const changed = rehearse(dearer, [past(cases)]).months[0]?.units ?? [];
    expect(changed.map(({ of, person }) => `${of} ${person}`)).toContain('department department-a');
    expect(changed.every(({ before, after }) => after < before)).toBe(true);
  });
});
