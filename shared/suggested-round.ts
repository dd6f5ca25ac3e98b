// Which windows the next round should see: nobody can foretell it, yet every window gets its share. Whoever was not seen
// for too long comes for certain; of the others chance takes the long unseen more often. Knows no clock and no chance of
// its own.
import type { Day } from './time.ts';

/** How a window was looked at lately: days since the last look, undefined when there was none. */
export interface Seen {
  window: string;
  daysAgo?: number;
}
export interface RoundWish {
  /** How many windows the round is to see. */
  size: number;
  /** After so many days without a look a window comes for certain, as far as the round is long enough. */
  atLatest: number;
  /** A number from 0 (included) to 1 (not), each time another one. */
  chance(): number;
}

/** So many days count for a window nobody ever looked at, beyond the latest. */
const never = 2;

/**
 * Windows in the order to walk them. Weighted sampling without return (Efraimidis and Spirakis 2006): the key is
 * chance^(1/weight), the highest come; the weight is the square of the days unseen, so that yesterday's window is
 * rare, not safe.
 */
export const suggestRound = (windows: readonly Seen[], wish: RoundWish): string[] => {
  const drawn = windows.map(({ window, daysAgo }) => {
    const days = daysAgo ?? wish.atLatest + never;
    return { window, due: days >= wish.atLatest ? days : 0, key: wish.chance() ** (1 / (days + 0.5) ** 2) };
  });
  const chosen = drawn.sort((a, b) => b.due - a.due || b.key - a.key).slice(0, wish.size);
  // The way is drawn anew: otherwise the longest unseen would always be the first one visited.
  return chosen
    .map(({ window }) => ({ window, key: wish.chance() }))
    .sort((a, b) => b.key - a.key)
    .map(({ window }) => window);
};

/**
 * The same windows in an order that can be walked: nobody crosses the town twice for a drawn way. `placesOf` names where a
 * window is, the widest place first (hall, grid); which place comes first is drawn, within one they come as they were.
 */
export const placeByPlace = (
  windows: readonly string[],
  placesOf: (window: string) => readonly string[],
  chance: () => number,
): string[] => {
  const drawn = new Map<string, number>();
  const keyOf = (place: string): number => {
    const known = drawn.get(place) ?? chance();
    drawn.set(place, known);
    return known;
  };
  const keyed = windows.map((window) => ({ window, keys: placesOf(window).map(keyOf) }));
  const order = (a: readonly number[], b: readonly number[]): number => {
    const at = a.findIndex((key, nth) => key !== b[nth]);
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
  };
  return keyed.sort((a, b) => order(a.keys, b.keys)).map(({ window }) => window);
};

/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / 86_400_000);

export interface Share {
  /** Windows that were looked at, and all. */
  seen: number;
  all: number;
  /** The window longest unseen: days, undefined when one was never seen. */
  longest?: number;
}

/** How evenly windows were looked at in a stretch of days. */
export const shareOf = (windows: readonly Seen[]): Share => {
  const days = windows.flatMap(({ daysAgo }) => daysAgo ?? []);
  return {
    seen: days.length,
    all: windows.length,
    ...(days.length === windows.length && days.length > 0 ? { longest: Math.max(...days) } : {}),
  };
};
