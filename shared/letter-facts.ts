// The facts of a letter, counted from cases: when it is drafted, checked, signed and issued, and by the server for a whole
// frozen month. Figures only: whoever words them has no name to let slip.
import { type CaseState, countedCase, reviewOf } from './case.ts';
import { type Count, countText, type LetterFacts, type LinkedFacts, linkedFacts } from './letter.ts';
import { ok, type Result, refuse } from './problems.ts';
import { clauseOf, priceOf, type RuleBook } from './rulebook.ts';
import { type CountedCase, departmentsIn, stands } from './score.ts';
import type { TalkState } from './talk.ts';
import { chineseDate, type Day, type Month } from './time.ts';

export interface FactSource {
  cases: readonly CountedCase[];
  /** Cases whose review is not decided yet. */
  underReview: number;
  sectionTalks: number;
  directorTalks: number;
  ruleBook(month: Month): Result<RuleBook>;
  /** Stated when a month is reported; otherwise from the first case to the last. */
  period?: { from: Day; to: Day };
  /** Of a month: what was put right on the spot and is published as a number only. */
  onSpot?: readonly CountedCase[];
  /** Names the departments a bulletin compares; absent for a letter to one. */
  departmentName?(id: string): string;
}

/** What single cases and talks, as they are now, give a letter to count. */
export const sourceOf = (
  cases: readonly CaseState[],
  talks: readonly TalkState[],
  ruleBook: FactSource['ruleBook'],
): FactSource => {
  const held = talks.filter((talk) => talk.stage !== 'withdrawn');
  return {
    cases: cases.flatMap((state) => countedCase(state) ?? []),
    underReview: cases.filter((state) => reviewOf(state)?.state === 'asked').length,
    sectionTalks: held.filter((talk) => talk.kind === 'section').length,
    directorTalks: held.filter((talk) => talk.kind === 'director').length,
    ruleBook,
  };
};

const none: Count = { personTimes: 0, incidents: 0 };
const plus = (a: Count, b: Count): Count => ({
  personTimes: a.personTimes + b.personTimes,
  incidents: a.incidents + b.incidents,
});
const countOf = (one: CountedCase): Count =>
  one.persons.length === 0
    ? { personTimes: 0, incidents: 1 }
    : { personTimes: one.persons.length, incidents: 0 };
const sum = (cases: readonly CountedCase[]): Count => cases.map(countOf).reduce(plus, none);

/**
 * Counts what a letter may state. Only what stands enters the totals (heard or settled on the spot, not overturned);
 * what was overturned or is under review is counted beside them. The order of cases does not matter.
 * Refuses when there is no case and no stated period, or a case's rule book is missing or does not know its clause.
 */
export const letterFactsOf = (source: FactSource): Result<LetterFacts> => {
  const standing = source.cases.filter(stands);
  const period = source.period ?? spanOf(source.cases);
  if (!period) return refuse('letter.case-unfit', '没有一条已认定的问题');
  const priced = pricedOf(standing, source);
  if (!priced.ok) return priced;
  const reminded = priced.value.filter((one) => one.points === 0).map((one) => one.case);
  const deducted = priced.value.filter((one) => one.points > 0).map((one) => one.case);
  return ok({
    period,
    cases: source.cases.length,
    earlier: source.cases.filter((one) => one.day < period.from).length,
    total: sum(standing),
    severities: {
      minor: sum(standing.filter((one) => one.severity === 'minor')),
      evident: sum(standing.filter((one) => one.severity === 'evident')),
      serious: sum(standing.filter((one) => one.severity === 'serious')),
    },
    clauses: clausesOf(priced.value),
    measures: {
      reminded: sum(reminded),
      deducted: sum(deducted),
      sectionTalks: source.sectionTalks,
      directorTalks: source.directorTalks,
    },
    underReview: source.underReview,
    reduced: standing.filter((one) => one.review?.outcome === 'reduced').length,
    overturned: source.cases.filter((one) => one.review?.outcome === 'overturned').length,
    ...((source.onSpot ?? []).length === 0 ? {} : { onSpot: sum(source.onSpot ?? []) }),
    departments: departmentsOf(standing, source),
  });
};

interface Priced {
  case: CountedCase;
  title: string;
  /** Hundredths after a review; 0 for what was settled on the spot. */
  points: number;
}

const pricedOf = (cases: readonly CountedCase[], source: FactSource): Result<Priced[]> => {
  const priced: Priced[] = [];
  for (const one of cases) {
    const book = source.ruleBook(one.month);
    if (!book.ok) return book;
    const clause = clauseOf(book.value, one.clause);
    if (!clause) return refuse('clause.unknown', one.clause);
    const price = one.settledOnSpot ? ok(0) : priceOf(book.value, one.clause, one);
    if (!price.ok) return price;
    priced.push({ case: one, title: clause.title, points: one.review?.points ?? price.value });
  }
  return ok(priced);
};

const codePoints = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const weight = (of: Count): number => of.personTimes + of.incidents;

/** Most frequent first. A clause that two rule books word differently stays two lines. */
const clausesOf = (cases: readonly Priced[]): LetterFacts['clauses'] => {
  const lines = new Map<string, LetterFacts['clauses'][number]>();
  for (const one of cases) {
    const key = `${one.case.clause} ${one.title}`;
    const before = lines.get(key)?.of ?? none;
    lines.set(key, { clause: one.case.clause, title: one.title, of: plus(before, countOf(one.case)) });
  }
  return [...lines.values()].sort(
    (a, b) => weight(b.of) - weight(a.of) || codePoints(a.clause, b.clause) || codePoints(a.title, b.title),
  );
};

const departmentsOf = (
  cases: readonly CountedCase[],
  { departmentName }: FactSource,
): LetterFacts['departments'] => {
  if (!departmentName) return [];
  const rows = new Map<string, Count>();
  for (const one of cases)
    for (const department of departmentsIn(one))
      rows.set(department, plus(rows.get(department) ?? none, countOf(one)));
  return [...rows]
    .map(([department, of]) => ({ department, name: departmentName(department), of }))
    .sort((a, b) => weight(b.of) - weight(a.of) || codePoints(a.department, b.department));
};

const spanOf = (cases: readonly CountedCase[]): { from: Day; to: Day } | undefined => {
  const days = cases.map((one) => one.day).sort();
  const [from] = days;
  const to = days.at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
};

/** Every fact as a name and a phrase, in the order of the paper. */
export const aspects = (facts: LinkedFacts): [string, string][] => [
  ['期间', `${chineseDate(facts.period.from)}至${chineseDate(facts.period.to)}`],
  ['以前发生', `${facts.earlier}件`],
  ['合计', countText(facts.total)],
  ['严重', countText(facts.severities.serious)],
  ['明显', countText(facts.severities.evident)],
  ['轻微', countText(facts.severities.minor)],
  ['提醒', countText(facts.measures.reminded)],
  ['扣分', countText(facts.measures.deducted)],
  ['科室负责人谈话', `${facts.measures.sectionTalks}次`],
  ['分管领导谈话', `${facts.measures.directorTalks}次`],
  ['正在复核', `${facts.underReview}件`],
  ['复核减轻', `${facts.reduced}件`],
  ['复核撤销', `${facts.overturned}件`],
  ['涉及条款', facts.clauses.map((line) => `${line.clause} ${countText(line.of)}`).join('、') || '无'],
];

/** What of the facts differs from those the text was written on, one phrase each; empty when nothing does. */
export const changedFacts = (before: LinkedFacts, now: LetterFacts): string[] => {
  const after = aspects(linkedFacts(now));
  return aspects(before).flatMap(([name, was], index) => {
    const is = after[index]?.[1];
    return is === was ? [] : [`${name}:${was} → ${is}`];
  });
};
