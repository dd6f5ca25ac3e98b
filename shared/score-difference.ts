// What changed between two scores of one person and month: the basis of what is carried into a later cut, and of what
// a correction notice tells. Knows nothing of how either score came about.
import type { Score, ScoreLine } from './score.ts';

export interface Difference {
  /** after − before, in hundredths: what is carried. */
  points: number;
  gone: ScoreLine[];
  added: ScoreLine[];
  /** The cases (or bonuses) of the lines that differ, sorted. */
  cases: string[];
}

// The note is wording, not substance: a sentence mended later is no difference.
const substance = (line: ScoreLine): string =>
  JSON.stringify([
    line.kind,
    line.clause,
    line.category,
    line.cases,
    line.quantity,
    line.unit,
    line.points,
    line.chosen,
    line.chosenBy,
    line.review?.outcome,
    line.review?.points,
    line.fromMonth,
    line.rule,
    line.ratio,
    line.figure,
  ]);

/** What of `all` has no twin in `others`; a line that stands twice needs two twins. */
const without = (all: readonly ScoreLine[], others: readonly ScoreLine[]): ScoreLine[] => {
  const twins = new Map<string, number>();
  for (const line of others) twins.set(substance(line), (twins.get(substance(line)) ?? 0) + 1);
  return all.filter((line) => {
    const left = twins.get(substance(line)) ?? 0;
    if (left > 0) twins.set(substance(line), left - 1);
    return left === 0;
  });
};

/** What a later review or a late finding changed in a finished month, to be carried once into the next cut. */
export const differenceOf = (before: Score, after: Score): Difference => {
  const gone = without(before.lines, after.lines);
  const added = without(after.lines, before.lines);
  const cases = [...new Set([...gone, ...added].flatMap((line) => line.cases))].sort();
  return { points: after.total - before.total, gone, added, cases };
};
