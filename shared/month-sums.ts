// What a month's cut comes to: everybody's score, those of windows and departments, what is carried of finished months.
// Pure, and apart from month.ts, so that whoever only folds a month need not know how a score is reckoned.
import {
  type Correction,
  type CutFacts,
  type CutManifest,
  type Scored,
  type UnitKind,
  type UnitScore,
  type Units,
  unitKinds,
} from './month.ts';
import type { RuleBook } from './rulebook.ts';
import { type Beside, type Carried, type CountedCase, type Score, scoreMonth, scorePlaces } from './score.ts';
import { differenceOf } from './score-difference.ts';
import type { FigureFact } from './score-figures.ts';
import type { Month } from './time.ts';
import { ownPeople } from './title-score.ts';

/** Everybody's score by a cut, in the order of its people: the same for whoever recomputes it. */
export const scoresOf = (book: RuleBook, cut: CutManifest, facts: CutFacts): Score[] =>
  scoreMonth(
    book,
    cut.people.map((one) => one.person),
    facts.cases,
    facts.bonuses,
    cut.carried.filter((one) => one.of === undefined),
    besideOf(cut),
  );

const besideOf = (cut: CutManifest): Beside => ({
  ...cut.beside,
  ...(cut.days === undefined ? {} : { days: cut.days }),
});

/** The totals of a window's or department's people, for the figures that are reckoned from them (RB09-like roll-up). */
export const peopleFacts = (
  book: RuleBook,
  units: Units,
  people: readonly Scored[],
  scores: readonly Score[],
): FigureFact[] => {
  const rules = (book.figures ?? []).flatMap((rule) => (rule.kind === 'people' ? [rule] : []));
  if (rules.length === 0) return [];
  const totals = new Map(scores.map((score) => [score.person, score.total]));
  return rules.flatMap(({ code, of }) =>
    (units[of] ?? []).flatMap((id): FigureFact[] => {
      const found = ownPeople(of, id, people).flatMap(({ person }) => totals.get(person) ?? []);
      return found.length === 0 ? [] : [{ figure: code, subject: id, totals: found }];
    }),
  );
};

/** What a window or department is scored from. */
export interface UnitFacts {
  units: Units;
  people: readonly Scored[];
  cases: readonly CountedCase[];
  /** Scores of the people without what earlier months carried into them: a unit carries its own difference. */
  scores: readonly Score[];
  carried: readonly Carried[];
  beside: Beside;
}

/** The scores of windows, then departments, each in the order of its list. */
export const unitScores = (book: RuleBook, facts: UnitFacts): UnitScore[] => {
  const { units, people, cases, carried, beside } = facts;
  const known = {
    ...beside,
    figures: [...(beside.figures ?? []), ...peopleFacts(book, units, people, facts.scores)],
  };
  return unitKinds.flatMap((of) => {
    const ids = units[of];
    if (!ids || !book.frames[of]) return [];
    const own = carried.filter((one) => one.of === of);
    return scorePlaces(book, of, ids, cases, known, own).map((score) => ({ ...score, of }));
  });
};

/** The scores of a cut's windows and departments: the same for whoever recomputes it. */
export const unitScoresOf = (
  book: RuleBook,
  cut: CutManifest,
  facts: CutFacts,
  scores: readonly Score[],
): UnitScore[] => {
  const { units, people } = cut;
  if (!units) return [];
  const asksPeople = book.figures?.some(({ kind }) => kind === 'people') ?? false;
  const own = cut.carried.filter((one) => one.of === undefined);
  const bare = asksPeople && own.length > 0 ? scoresOf(book, { ...cut, carried: [] }, facts) : scores;
  return unitScores(book, {
    units,
    people,
    cases: facts.cases,
    scores: bare,
    carried: cut.carried,
    beside: besideOf(cut),
  });
};

/** What the freezing event binds: everybody's score, and that of windows and departments where they are scored. */
export const boundScores = (scores: readonly Score[], units: readonly UnitScore[]): unknown =>
  units.length === 0 ? scores : [scores, units];

/** A finished month as it was frozen, as it would be now, and what later months have carried of it already. */
export interface Finished {
  month: Month;
  frozen: readonly Score[];
  now: readonly Score[];
  carried: readonly Carried[];
  /** Which windows or departments these are; absent: people. */
  of?: UnitKind;
}

/** What is still to be carried of a finished month: today's sums less the frozen ones less what was carried before. */
export const carriedFrom = ({ month, frozen, now, carried, of }: Finished): Carried[] => {
  const before = new Map(frozen.map((score) => [score.person, score]));
  return now.flatMap((score): Carried[] => {
    const was = before.get(score.person);
    if (!was) return [];
    const difference = differenceOf(was, score);
    const already = carried
      .filter((one) => one.person === score.person && one.of === of)
      .reduce((sum, one) => sum + one.points, 0);
    const points = difference.points - already;
    if (points === 0) return [];
    const subject = of === undefined ? { person: score.person } : { person: score.person, of };
    return [{ fromMonth: month, ...subject, points, cases: difference.cases }];
  });
};

/** Splits what is carried into lines of this month's scores and correction notices. */
export const settleCarried = (
  month: Month,
  people: readonly Scored[],
  all: readonly Carried[],
  units: Units = {},
): { carried: Carried[]; corrections: Correction[] } => {
  const here = new Set(people.map((one) => one.person));
  const carried: Carried[] = [];
  const corrections: Correction[] = [];
  for (const one of all) {
    if (one.fromMonth.slice(0, 4) !== month.slice(0, 4)) corrections.push({ ...one, why: 'yearOver' });
    else if (!(one.of === undefined ? here.has(one.person) : units[one.of]?.includes(one.person)))
      corrections.push({ ...one, why: 'left' });
    else carried.push(one);
  }
  return { carried, corrections };
};
