// What another rule book would have done to months that are over: who gains or loses points, grade, titles and measures,
// with the lines that differ. Computes from what was counted then; writes nothing and decides nothing.
import { type Measure, measuresOf, monthsBefore } from './measure.ts';
import { type Scored, type UnitKind, type UnitScore, type Units, unitKinds } from './month.ts';
import { unitScores } from './month-sums.ts';
import { type Side, type TitleChange, type TitleLeft, titlesBy, type Unscored } from './rehearsal-titles.ts';
import type { RuleBook } from './rulebook.ts';
import {
  type Beside,
  type Carried,
  type CountedBonus,
  type CountedCase,
  type Score,
  type ScoreLine,
  scoreMonth,
} from './score.ts';
import { differenceOf } from './score-difference.ts';
import { measuresOfScores, type ScoredMonth } from './score-measures.ts';
import { subjectKey, type Tally, talliesOf } from './tally.ts';
import type { Month } from './time.ts';

/** A month as it was counted, with the book it was scored by. */
export interface PastMonth {
  month: Month;
  book: RuleBook;
  people: readonly string[];
  cases: readonly CountedCase[];
  bonuses: readonly CountedBonus[];
  carried: readonly Carried[];
  beside?: Beside;
  /** What old ledgers say of the months before, as ladders count it. */
  openings?: readonly CountedCase[];
  /** The people with where they stood, and the windows and departments a book may score. */
  scored?: readonly Scored[];
  units?: Units;
  /** Who stood for titles, where titles are to be rehearsed. */
  candidates?: readonly Unscored[];
}

/** One person's score under both books; only those whose score differs. */
export interface ScoreChange {
  person: string;
  before: number;
  after: number;
  gradeBefore?: string;
  gradeAfter?: string;
  gone: ScoreLine[];
  added: ScoreLine[];
}
/** The same of a window or department. */
export interface UnitChange extends ScoreChange {
  of: UnitKind;
}
export interface MonthChange {
  month: Month;
  scores: ScoreChange[];
  units: UnitChange[];
  measures: { gone: Measure[]; added: Measure[] };
  /** Titles whose term ends with this month. */
  titles: TitleChange[];
  titlesLeft: TitleLeft[];
  /** Cases whose clause the draft does not know; they would not be scored. */
  withoutClause: string[];
}
export interface Rehearsal {
  months: MonthChange[];
  /** Person × month: how many would gain, lose, change grade; how many measures and letters more or fewer. */
  gaining: number;
  losing: number;
  regraded: number;
  measures: number;
  letters: number;
}

const scoreChanges = (before: readonly Score[], after: readonly Score[]): ScoreChange[] => {
  const then = new Map(before.map((score) => [score.person, score]));
  return after.flatMap((score): ScoreChange[] => {
    const was = then.get(score.person);
    if (!was) return [];
    const { points, gone, added } = differenceOf(was, score);
    if (points === 0 && gone.length + added.length === 0 && was.grade === score.grade) return [];
    return [
      {
        person: score.person,
        before: was.total,
        after: score.total,
        ...(was.grade !== undefined && { gradeBefore: was.grade }),
        ...(score.grade !== undefined && { gradeAfter: score.grade }),
        gone,
        added,
      },
    ];
  });
};

// The sentence is wording, and an id only names the rung; the same measure for the same cases is no difference.
const substance = ({ kind, subject, cases, month }: Measure): string =>
  JSON.stringify([kind, subjectKey(subject), month, cases.toSorted()]);

const without = (all: readonly Measure[], others: readonly Measure[]): Measure[] => {
  const left = new Map<string, number>();
  for (const one of others) left.set(substance(one), (left.get(substance(one)) ?? 0) + 1);
  return all.filter((one) => {
    const twins = left.get(substance(one)) ?? 0;
    left.set(substance(one), twins - 1);
    return twins <= 0;
  });
};

/** The measures of each month by one book, earlier months known by their tallies and scores as after a freeze. */
const measuresBy = (
  months: readonly PastMonth[],
  bookOf: (of: PastMonth) => RuleBook,
  scoredBy: (of: PastMonth) => ScoredMonth,
): Measure[][] => {
  const tallies: Tally[] = [];
  const known = new Map<Month, ScoredMonth>();
  return months.map((of) => {
    const book = bookOf(of);
    const wanted = new Set(monthsBefore(book, of.month));
    const found = measuresOf(
      book,
      of.month,
      [...of.cases, ...(of.openings ?? [])],
      tallies.filter((tally) => wanted.has(tally.month)),
    );
    tallies.push(...talliesOf(book, of.month, of.cases, [], []));
    known.set(of.month, scoredBy(of));
    return [...found, ...measuresOfScores(book, of.month, known)];
  });
};

/** Windows' and departments' scores by a book, from the people's. */
const unitsBy = (of: PastMonth, book: RuleBook, scores: readonly Score[]): UnitScore[] => {
  const { units, scored: people = [], cases, carried, beside = {} } = of;
  return units ? unitScores(book, { units, people, cases, scores, carried, beside }) : [];
};

const unitChanges = (before: readonly UnitScore[], after: readonly UnitScore[]): UnitChange[] =>
  unitKinds.flatMap((kind) =>
    scoreChanges(
      before.filter((one) => one.of === kind),
      after.filter((one) => one.of === kind),
    ).map((change): UnitChange => ({ ...change, of: kind })),
  );

const isLetter = ({ kind }: Measure): boolean => kind === 'letter' || kind === 'letterWithEvidence';

/** Replays months, earliest first, under the book they had and under a draft. The unchanged book gives no difference. */
export const rehearse = (draft: RuleBook, months: readonly PastMonth[]): Rehearsal => {
  const sorted = months.toSorted((a, b) => (a.month < b.month ? -1 : 1));
  const scoredBy = (bookOf: (of: PastMonth) => RuleBook): Map<PastMonth, ScoredMonth> =>
    new Map(
      sorted.map((of) => {
        const book = bookOf(of);
        const scores = scoreMonth(book, of.people, of.cases, of.bonuses, of.carried, of.beside);
        return [of, { people: of.scored ?? [], scores, units: unitsBy(of, book, scores) }];
      }),
    );
  const nobody: ScoredMonth = { people: [], scores: [], units: [] };
  const thenBy = scoredBy((of) => of.book);
  const nowBy = scoredBy(() => draft);
  const scoredIn =
    (by: ReadonlyMap<PastMonth, ScoredMonth>) =>
    (of: PastMonth): ScoredMonth =>
      by.get(of) ?? nobody;
  const measuresThen = measuresBy(sorted, (of) => of.book, scoredIn(thenBy));
  const measuresNow = measuresBy(sorted, () => draft, scoredIn(nowBy));
  const sides: [Side, Side] = [
    { bookOf: ({ book }: PastMonth) => book, scoredOf: scoredIn(thenBy), measures: measuresThen },
    { bookOf: () => draft, scoredOf: scoredIn(nowBy), measures: measuresNow },
  ];
  const known = new Set(draft.clauses.map(({ code }) => code));
  const changes = sorted.map((of, at): MonthChange => {
    const [was, is] = [thenBy.get(of) ?? nobody, nowBy.get(of) ?? nobody];
    const [before, after] = [was.scores, is.scores];
    const [then, now] = [measuresThen[at] ?? [], measuresNow[at] ?? []];
    return {
      month: of.month,
      scores: scoreChanges(before, after),
      units: unitChanges(was.units, is.units),
      measures: { gone: without(then, now), added: without(now, then) },
      ...titlesBy(sorted, at, sides),
      withoutClause: of.cases.filter((one) => !known.has(one.clause)).map(({ id }) => id),
    };
  });
  const scores = changes.flatMap((one) => one.scores);
  const balance = (count: (all: readonly Measure[]) => number): number =>
    changes.reduce((sum, { measures }) => sum + count(measures.added) - count(measures.gone), 0);
  return {
    months: changes,
    gaining: scores.filter(({ before, after }) => after > before).length,
    losing: scores.filter(({ before, after }) => after < before).length,
    regraded: scores.filter(({ gradeBefore, gradeAfter }) => gradeBefore !== gradeAfter).length,
    measures: balance((all) => all.length),
    letters: balance((all) => all.filter(isLetter).length),
  };
};
