// What must hold of every rule book, with every concept at once: order never matters, the total is the sum of its lines,
// floors and caps hold, more violations never help, what was taken back leaves no trace, nothing is used up twice.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RuleBook } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import {
  type Beside,
  type CountedCase,
  type JointFact,
  type Score,
  scoreMonth,
  scorePlaces,
} from '../../shared/score.ts';
import { people, shuffled } from './paper-hall.ts';
import { richBook } from './rich-hall.ts';

const book = richBook();
const clauses = book.clauses;

/** A case under any clause, with what its price asks for. */
const anyCase = (nth: number, month = '2026-11'): fc.Arbitrary<CountedCase> =>
  fc
    .record({
      clause: fc.constantFrom(...clauses),
      day: fc.integer({ min: 1, max: 28 }),
      severity: fc.constantFrom('minor' as const, 'evident' as const, 'serious' as const),
      persons: fc.subarray(people, { minLength: 1, maxLength: 3 }),
      minutes: fc.integer({ min: 0, max: 300 }),
      quantity: fc.integer({ min: 1, max: 4 }),
      share: fc.integer({ min: 0, max: 100 }),
      counts: fc.boolean(),
      settledOnSpot: fc.boolean(),
      window: fc.constantFrom('window-1', 'window-2'),
    })
    .map(({ clause, day, share, counts, settledOnSpot, quantity, minutes, ...rest }): CountedCase => {
      const { price } = clause;
      return {
        ...rest,
        id: `case-${month}-${String(nth).padStart(3, '0')}`,
        month,
        day: `${month}-${String(day).padStart(2, '0')}`,
        type: clause.types[0] ?? '',
        clause: clause.code,
        family: clause.family,
        department: 'department-tax',
        quantity: price.kind === 'perQuantity' ? quantity : 1,
        ...(price.kind === 'bands' && { minutes }),
        ...(price.kind === 'range' && {
          chosen: {
            points: price.from + Math.round(((price.to - price.from) * share) / 100),
            by: 'staff-ge',
            reason: '视情节',
          },
        }),
        confirmedBy: 'staff-ge',
        counts: counts || !settledOnSpot,
        settledOnSpot: settledOnSpot && rest.severity === 'minor',
      };
    });
const manyCases = (month?: string): fc.Arbitrary<CountedCase[]> =>
  fc
    .integer({ min: 0, max: 14 })
    .chain((size) => fc.tuple(...Array.from({ length: size }, (_, nth) => anyCase(nth, month))));
/** Chief representatives answer along for some of the cases. */
const jointFor = (cases: readonly CountedCase[]): JointFact[] =>
  cases.flatMap((one, nth) => {
    const person = people[nth % people.length];
    return person === undefined
      ? []
      : [
          { case: one.id, who: 'chiefRepresentative' as const, person },
          { case: one.id, who: 'gridLeader' as const, person },
        ];
  });
const month = fc.record({ cases: manyCases(), earlier: manyCases('2026-10') });
const mixedMonth = month.chain(({ cases, earlier }) =>
  fc.record({
    cases: fc.constant(cases),
    earlier: fc.constant(earlier),
    mixed: shuffled(cases),
    mixedEarlier: shuffled(earlier),
    joint: shuffled(jointFor(cases)),
  }),
);
const beside = (cases: readonly CountedCase[], earlier: readonly CountedCase[]): Beside => ({
  month: '2026-11',
  earlier,
  joint: jointFor(cases),
  figures: people.map((subject, nth) => ({ figure: 'leave', subject, value: nth * 150 })),
});
const scores = (of: RuleBook, cases: readonly CountedCase[], more: Beside = {}): Score[] =>
  scoreMonth(of, people, cases, [], [], more);
const sum = ({ lines }: Score): number => lines.reduce((all, { points }) => all + points, 0);

describe('with every concept at once', () => {
  test('the order of anything never matters', () => {
    fc.assert(
      fc.property(mixedMonth, ({ cases, earlier, mixed, mixedEarlier, joint }) => {
        const given = scores(book, cases, beside(cases, earlier));
        expect(scores(book, mixed, { ...beside(cases, mixedEarlier), joint })).toEqual(given);
      }),
    );
  });

  test('the total is the sum of the lines; floors and caps hold', () => {
    fc.assert(
      fc.property(month, ({ cases, earlier }) => {
        for (const score of scores(book, cases, beside(cases, earlier))) {
          expect(sum(score)).toBe(score.total);
          expect(score.total).toBeGreaterThanOrEqual(0);
          for (const { code, points } of score.categories) {
            expect(points).toBeGreaterThanOrEqual(0);
            const full = book.frames.staff?.categories.find((each) => each.code === code)?.full ?? 0;
            const taken = score.lines
              .filter(({ category }) => category === code)
              .reduce((all, line) => all + line.points, 0);
            expect(-taken).toBeLessThanOrEqual(full);
          }
        }
        for (const kind of ['window', 'department'] as const)
          for (const score of scorePlaces(book, kind, ['window-1', 'department-tax'], cases))
            expect(sum(score)).toBe(score.total);
      }),
    );
  });

  test('more confirmed violations never raise a score', () => {
    fc.assert(
      fc.property(month, fc.nat(), ({ cases, earlier }, which) => {
        if (cases.length === 0) return;
        const gone = cases[which % cases.length];
        const fewer = cases.filter((one) => one !== gone);
        const all = beside(cases, earlier);
        const more = scores(book, cases, all);
        const less = scores(book, fewer, all);
        more.forEach((score, at) => expect(score.total).toBeLessThanOrEqual(less[at]?.total ?? 0));
      }),
    );
  });

  test('they may where the book itself converts to something cheaper, and the check says so', () => {
    const cheap = richBook((data) => {
      data.counting = [
        {
          kind: 'convert',
          code: 'cheap',
          title: '迟到4次折算',
          clauses: ['late'],
          every: 4,
          to: 'groom',
        },
      ];
    });
    const lates = [1, 2, 3, 4].map((day) => base('late', day));
    // Three times 0.5 are 1.5; with the fourth they become one at 0.5.
    expect(scores(cheap, lates.slice(0, 3))[0]?.total).toBe(9850);
    expect(scores(cheap, lates)[0]?.total).toBe(9950);
    const checked = checkRuleBook(cheap);
    expect(checked.warnings.map(({ path }) => path)).toContain('counting.0');
  });

  test('removing a case and adding it back restores everything; an overturned one leaves the total without it', () => {
    fc.assert(
      fc.property(month, fc.nat(), ({ cases, earlier }, which) => {
        const gone = cases[which % Math.max(1, cases.length)];
        if (!gone) return;
        const all = beside(cases, earlier);
        const without = cases.filter((one) => one !== gone);
        expect(scores(book, [...without, gone], all)).toEqual(scores(book, cases, all));
        const overturned = cases.map((one) =>
          one === gone ? { ...one, review: { outcome: 'overturned' as const, by: 'staff-ke' } } : one,
        );
        const less = scores(book, without, all);
        scores(book, overturned, all).forEach((score, at) => expect(score.total).toBe(less[at]?.total));
      }),
    );
  });

  test('a conversion uses up each finding at most once', () => {
    fc.assert(
      fc.property(month, ({ cases, earlier }) => {
        for (const { lines } of scores(book, cases, beside(cases, earlier))) {
          const used = lines.filter(({ kind }) => kind === 'conversion').flatMap((line) => line.cases);
          expect(new Set(used).size).toBe(used.length);
        }
      }),
    );
  });

  test('joint liability never hits the same person twice for one case, nor who did it', () => {
    fc.assert(
      fc.property(month, ({ cases, earlier }) => {
        const known = new Map(cases.map((one) => [one.id, one]));
        for (const { person, lines } of scores(book, cases, beside(cases, earlier))) {
          const hit = lines.filter(({ kind }) => kind === 'joint').flatMap((line) => line.cases);
          expect(new Set(hit).size).toBe(hit.length);
          for (const id of hit) expect(known.get(id)?.persons).not.toContain(person);
        }
      }),
    );
  });

  test('shares of a divided case add up to the whole', () => {
    fc.assert(
      fc.property(fc.subarray(people, { minLength: 1 }), (persons) => {
        const shared = { ...base('shared', 3), persons };
        const taken = scores(book, [shared]).reduce((all, { total }) => all + 10_000 - total, 0);
        expect(taken).toBe(100);
      }),
    );
  });
});

const base = (code: string, day: number): CountedCase => ({
  id: `case-${code}-${day}`,
  month: '2026-11',
  day: `2026-11-0${day}`,
  type: clauses.find((each) => each.code === code)?.types[0] ?? '',
  clause: code,
  family: clauses.find((each) => each.code === code)?.family ?? '',
  severity: 'evident',
  persons: ['staff-a'],
  quantity: 1,
  confirmedBy: 'staff-ge',
  counts: true,
  settledOnSpot: false,
});
