// A score is a list of lines and its total is their sum: folded from one month's confirmed cases, bonuses and carried
// differences by that month's rule book. The same in any order of its input, in Lambda, on the tablet and for whoever
// recomputes it. Knows no names, no clock and no other month. The lines themselves are written in score-lines.ts.
//
// Order of arithmetic: base − deductions (+ what reviews gave back) → cap of a clause → floor of a category → bonuses
// → cap of a bonus type → cap of all bonuses → carried differences → floor of the total → ceiling.
// Caps and floors work on what is left after reviews, so an overturned case leaves exactly the total without it.
import type { Severity } from './catalog.ts';
import { bandAt } from './price.ts';
import { type RuleBook, scopeKey } from './rulebook.ts';
import {
  baseLine,
  bonusLines,
  carriedLines,
  closingLine,
  deductionLines,
  type Rules,
  rulesOf,
} from './score-lines.ts';
import type { Day, Month } from './time.ts';

export interface Review {
  outcome: 'upheld' | 'reduced' | 'overturned';
  /** The new deduction in hundredths when reduced. */
  points?: number;
  by: string;
}

/** What the score and the ladder read of a confirmed (or on-the-spot settled) case. */
export interface CountedCase {
  id: string;
  month: Month;
  day: Day;
  /** Violation type of the catalog. */
  type: string;
  clause: string;
  family: string;
  severity: Severity;
  /** Staff ids; empty when nobody in person answers for it (起, not 人次). */
  persons: string[];
  department?: string;
  /** Of a shared area: every department that answers for a part of it. */
  shared?: string[];
  window?: string;
  grid?: string;
  /** Whole units of the clause, at least 1; each person answers for all of them. */
  quantity: number;
  minutes?: number;
  chosen?: { points: number; by: string; reason: string };
  confirmedBy: string;
  /** The notice was delivered and answered, or the answer time passed in silence; only then points are taken. */
  counts: boolean;
  /** A reminder on the spot: never points, but the ladder counts it. */
  settledOnSpot: boolean;
  review?: Review;
  /** The campaign during which it happened. */
  campaign?: string;
}

export interface CountedBonus {
  id: string;
  month: Month;
  day: Day;
  /** Bonus type of the catalog. */
  type: string;
  /** Code of the bonus in the rule book. */
  clause: string;
  persons: string[];
  department?: string;
  quantity: number;
  chosen?: { points: number; by: string; reason: string };
  confirmedBy: string;
}

/** A difference of an earlier, finished month, carried once. */
export interface Carried {
  fromMonth: Month;
  person: string;
  /** Hundredths, signed. */
  points: number;
  cases: string[];
}

export type LineKind = 'base' | 'deduction' | 'review' | 'cap' | 'floor' | 'bonus' | 'carried' | 'ceiling';

/** One line for each case; what cuts (cap, floor, ceiling) and what a review gives back are lines of their own. */
export interface ScoreLine {
  kind: LineKind;
  clause?: string;
  category?: string;
  /** Ids of the cases (or bonuses) it comes from; on a cutting line those whose points were cut. */
  cases: string[];
  quantity?: number;
  unit?: string;
  /** Hundredths, signed. */
  points: number;
  chosen?: number;
  chosenBy?: string;
  reason?: string;
  confirmedBy?: string;
  review?: Review;
  /** The line with its arithmetic, as a window clerk reads it. Free text (the reason) stays out of it. */
  note: string;
  fromMonth?: Month;
}

export interface Score {
  person: string;
  total: number;
  grade?: string;
  lines: ScoreLine[];
  /** What is left of each category's full marks, hundredths; minus what was taken where a category has no full marks. */
  categories: { code: string; points: number }[];
}

/** Departments in whose count a case stands. */
export const departmentsIn = (one: CountedCase): readonly string[] =>
  one.shared ?? (one.department === undefined ? [] : [one.department]);

/** Whether a case stands: heard or settled on the spot, and not overturned. The ladder counts these. */
export const stands = (one: CountedCase): boolean =>
  (one.counts || one.settledOnSpot) && one.review?.outcome !== 'overturned';

const codePoints = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** By day, then id: the total order in which the cases of a month are told. */
export const byDay = (a: { day: Day; id: string }, b: { day: Day; id: string }): number =>
  codePoints(a.day, b.day) || codePoints(a.id, b.id);

/**
 * The severity each of one person's cases of one month has in the end: from the nth minor one on it counts as evident
 * when the rule book says so (轻微累计). One settled on the spot is counted but stays a reminder: nobody is punished
 * unheard. `sorted` by `byDay`; the answer runs parallel to it.
 */
export const severitiesOf = (book: RuleBook, sorted: readonly CountedCase[]): Severity[] => {
  const rule = book.settings.minorBecomesEvident;
  if (rule === null) return sorted.map((one) => one.severity);
  const seen = new Map<string, number>();
  return sorted.map((one) => {
    if (one.severity !== 'minor' || !(one.counts || one.settledOnSpot)) return one.severity;
    const key = scopeKey(book, rule.of, one.clause);
    const nth = (seen.get(key) ?? 0) + 1;
    // An overturned one keeps the severity its line was written with, but moves nobody else on.
    if (stands(one)) seen.set(key, nth);
    return nth >= rule.from && !one.settledOnSpot ? 'evident' : 'minor';
  });
};

const totalOf = (lines: readonly ScoreLine[]): number => {
  let total = 0;
  for (const line of lines) total += line.points;
  return total;
};

const fold = (
  rules: Rules,
  person: string,
  cases: readonly CountedCase[],
  bonuses: readonly CountedBonus[],
  carried: readonly Carried[],
): Score => {
  const { staff } = rules.book.frames;
  const mine = cases.toSorted(byDay);
  const lines = [baseLine(staff)];
  const { taken, categories } = deductionLines(rules, mine, severitiesOf(rules.book, mine), lines);
  const gained = bonuses.length > 0 ? bonusLines(rules, bonuses.toSorted(byDay), lines) : [];
  const brought = carried.length > 0 ? carriedLines(carried, lines) : [];
  closingLine(staff, totalOf(lines), { taken, gained, brought }, lines);
  const total = totalOf(lines);
  const grade = bandAt(staff.grades, total)?.name;
  return {
    person,
    total,
    ...(grade !== undefined && { grade }),
    lines,
    categories,
  };
};

/** One person's score for one month. The lists may hold others' cases; they must be of that one month. */
export const scoreOf = (
  book: RuleBook,
  person: string,
  cases: readonly CountedCase[],
  bonuses: readonly CountedBonus[],
  carried: readonly Carried[],
): Score =>
  fold(
    rulesOf(book),
    person,
    cases.filter((one) => one.persons.includes(person)),
    bonuses.filter((one) => one.persons.includes(person)),
    carried.filter((one) => one.person === person),
  );

const byPerson = <T>(all: readonly T[], personsOf: (one: T) => readonly string[]): Map<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const one of all)
    for (const person of personsOf(one)) {
      const list = found.get(person);
      if (!list) found.set(person, [one]);
      // Named twice in one case is still one person.
      else if (list.at(-1) !== one) list.push(one);
    }
  return found;
};

/** Everybody's score of one month, in the order of `people`; each list is walked once. */
export const scoreMonth = (
  book: RuleBook,
  people: readonly string[],
  cases: readonly CountedCase[],
  bonuses: readonly CountedBonus[],
  carried: readonly Carried[],
): Score[] => {
  const rules = rulesOf(book);
  const casesOf = byPerson(cases, (one) => one.persons);
  const bonusesOf = byPerson(bonuses, (one) => one.persons);
  const carriedOf = byPerson(carried, (one) => [one.person]);
  return people.map((person) =>
    fold(rules, person, casesOf.get(person) ?? [], bonusesOf.get(person) ?? [], carriedOf.get(person) ?? []),
  );
};
