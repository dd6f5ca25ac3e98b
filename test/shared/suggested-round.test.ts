// The suggested round: nobody can foretell it, and no window is forgotten.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysBetween, placeByPlace, shareOf, suggestRound } from '../../shared/suggested-round.ts';

/** A small generator, so that a failing walk can be walked again. */
const chanceOf = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

describe('a suggested round', () => {
  const windows = Array.from({ length: 40 }, (_, index) => ({ window: `w${index}`, daysAgo: index % 5 }));

  test('has the asked length, no window twice, and is another one each time', () => {
    const first = suggestRound(windows, { size: 12, atLatest: 9, chance: chanceOf(1) });
    const second = suggestRound(windows, { size: 12, atLatest: 9, chance: chanceOf(2) });
    expect(new Set(first).size).toBe(12);
    expect(first).not.toEqual(second);
    expect(suggestRound(windows, { size: 12, atLatest: 9, chance: chanceOf(1) })).toEqual(first);
    expect(suggestRound(windows.slice(0, 3), { size: 12, atLatest: 9, chance: chanceOf(1) })).toHaveLength(3);
  });

  test('sees for certain whoever was not seen for too long, or never', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.option(fc.nat(20), { nil: undefined }), { maxLength: 60 }),
        (seed, days) => {
          const all = days.map((daysAgo, index) =>
            daysAgo === undefined ? { window: `w${index}` } : { window: `w${index}`, daysAgo },
          );
          const late = all
            .filter(({ daysAgo }) => daysAgo === undefined || daysAgo >= 7)
            .map(({ window }) => window);
          const round = suggestRound(all, { size: late.length + 2, atLatest: 7, chance: chanceOf(seed) });
          expect(round).toEqual(expect.arrayContaining(late));
        },
      ),
    );
  });

  test('walked day after day, it leaves no window out for long, and yesterday’s window is rare, not safe', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const chance = chanceOf(seed);
        const last = new Map<string, number>();
        let gap = 0;
        let twice = 0;
        for (let today = 0; today < 60; today++) {
          const seen = windows.map(({ window }) => {
            const day = last.get(window);
            return day === undefined ? { window } : { window, daysAgo: today - day };
          });
          for (const window of suggestRound(seen, { size: 10, atLatest: 8, chance })) {
            const day = last.get(window);
            if (day !== undefined) gap = Math.max(gap, today - day);
            if (day === today - 1) twice += 1;
            last.set(window, today);
          }
        }
        expect(last.size).toBe(40);
        expect(gap).toBeLessThanOrEqual(10);
        expect(twice).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });

  test('the share says how many were seen and how long the longest waited', () => {
    expect(
      shareOf([
        { window: 'a', daysAgo: 1 },
        { window: 'b', daysAgo: 4 },
      ]),
    ).toEqual({ seen: 2, all: 2, longest: 4 });
    expect(shareOf([{ window: 'a', daysAgo: 1 }, { window: 'b' }])).toEqual({ seen: 1, all: 2 });
    expect(daysBetween('2026-10-31', '2026-11-18')).toBe(18);
  });
});

test('a drawn way is walked place by place, and loses no window', () => {
  const windows = ['a1', 'b1', 'a2', 'c1', 'b2', 'a3', 'c2'];
  // c lies in another hall than a and b.
  const placesOf = (window: string): string[] => [
    window.startsWith('c') ? 'far' : 'near',
    window.slice(0, 1),
  ];
  const firsts = new Set<string>();
  for (let seed = 1; seed <= 40; seed++) {
    const way = placeByPlace(windows, placesOf, chanceOf(seed));
    expect([...way].sort()).toEqual([...windows].sort());
    for (const depth of [0, 1]) {
      const places = way.map((window) => placesOf(window)[depth]);
      const turns = places.filter((place, nth) => place !== places[nth - 1]).length;
      expect(turns).toBe(new Set(places).size);
    }
    expect(way.filter((window) => window.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    firsts.add(way[0] ?? '');
  }
  expect(firsts.size).toBe(3);
});
