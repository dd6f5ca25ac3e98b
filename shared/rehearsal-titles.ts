// The titles of a rehearsal: who would have won under either book, over the term each title spans, and which titles cannot
// be told from months alone. Pure; the months and their scores are rehearsal.ts.
import { termOf } from './award-term.ts';
import { barredBy } from './consequence.ts';
import { recipientKind } from './figure-asked.ts';
import type { Measure } from './measure.ts';
import type { Scored, UnitKind } from './month.ts';
import type { RuleBook } from './rulebook.ts';
import type { AwardRule } from './rulebook-award.ts';
import { byPerson, type CountedCase, stands, subjectsOf } from './score.ts';
import type { ScoredMonth } from './score-measures.ts';
import { type Candidate, proposalOf } from './star-rule.ts';
import type { Month } from './time.ts';
import { bonusOver, foundAgainst, ownPeople, titleScore } from './title-score.ts';

/** A candidate before any book has scored them; `of`: a window or department that stands for titles of its kind. */
export type Unscored = Omit<Candidate, 'score' | 'grade' | 'violations' | 'bonus' | 'clauses'> & {
  of?: UnitKind;
};

/** What a past month brings to its titles. */
export interface Stood {
  month: Month;
  book: RuleBook;
  cases: readonly CountedCase[];
  scored?: readonly Scored[];
  /** Who stood for titles, where titles are to be rehearsed. */
  candidates?: readonly Unscored[];
}

export interface TitleChange {
  award: string;
  title: string;
  gone: string[];
  added: string[];
}
/** A title that cannot be rehearsed, and why. */
export interface TitleLeft {
  award: string;
  title: string;
  why: string;
}
/** The months of a term as one book has them: what was counted, scored and imposed. */
interface Termed {
  book: RuleBook;
  rule: AwardRule;
  parts: readonly { of: Stood; scored: ScoredMonth }[];
  /** Of the whole rehearsal up to the term's end. */
  measures: readonly Measure[];
}

/** The candidates of a title with the figures that a book decides: score, grade, violations, bonus points, bars. */
const candidatesBy = ({ book, rule, parts, measures }: Termed): Candidate[] => {
  const kind = recipientKind(rule);
  const last = parts.at(-1);
  if (!last) return [];
  const bars = measures.filter((one) => one.kind === 'bar');
  const isKind = ({ of }: Unscored): boolean => (of ?? 'staff') === kind;
  const known = byPerson(
    parts.flatMap(({ of }) => (of.candidates ?? []).filter(isKind)),
    ({ id }) => [id],
  );
  const standing = byPerson(
    parts.flatMap(({ of }) => of.cases.filter(stands)),
    subjectsOf(kind),
  );
  const months = parts.map(({ scored }) => scored);
  const scoresIn = months.map(({ scores }) => new Map(scores.map((score) => [score.person, score])));
  const vetoed = new Set(
    months
      .flatMap(({ scores, units }) => (kind === 'staff' ? scores : units.filter(({ of }) => of === kind)))
      .flatMap(({ person, bars: vetoes }) => (vetoes === undefined ? [] : [person])),
  );
  return (last.of.candidates ?? []).filter(isKind).map(({ of: _, ...one }): Candidate => {
    const all = known.get(one.id) ?? [];
    const people =
      kind === 'staff'
        ? new Set([one.id])
        : new Set(
            parts.flatMap(({ of }) => ownPeople(kind, one.id, of.scored ?? []).map(({ person }) => person)),
          );
    const own = months.map(({ people: stood, units }, nth) => ({
      ...{ people: stood, units },
      scores: [...people].flatMap((person) => scoresIn[nth]?.get(person) ?? []),
    }));
    const here = bars.length === 0 ? undefined : ownPeople(kind, one.id, last.of.scored ?? [])[0];
    const department = kind === 'department' ? one.id : (one.department ?? here?.department);
    return {
      ...one,
      heldBack: [...new Set(all.flatMap(({ heldBack }) => heldBack))],
      daysOnPost: all.reduce((sum, { daysOnPost }) => sum + daysOnPost, 0),
      praise: all.reduce((sum, { praise }) => sum + praise, 0),
      ...titleScore(book, rule, own, one.id),
      ...foundAgainst(standing.get(one.id) ?? []),
      bonus: bonusOver(own, people),
      barred: [
        ...one.barred,
        ...(vetoed.has(one.id) ? ['一票否决,取消评优资格'] : []),
        ...barredBy(bars, last.of.month, {
          person: kind === 'staff' ? one.id : '',
          windows: kind === 'window' ? [one.id] : kind === 'staff' ? (here?.windows ?? []) : [],
          ...(department === undefined ? {} : { department }),
        }),
      ],
    };
  });
};

/** One book's side of a rehearsal: by month its scores and its measures. */
export interface Side {
  bookOf(of: Stood): RuleBook;
  scoredOf(of: Stood): ScoredMonth;
  measures: readonly (readonly Measure[])[];
}

interface Winners {
  chosen: string[];
  /** Why it cannot be said. */
  why?: string;
}

/** Who would have won a title whose term ends with a month; nobody where nothing is due. */
const winnersBy = (side: Side, months: readonly Stood[], at: number, code: string): Winners => {
  const of = months[at];
  const book = of && side.bookOf(of);
  const rule = book?.awards.find((each) => each.code === code);
  if (!of || !book || !rule) return { chosen: [] };
  if (rule.cadence === 'week') return { chosen: [], why: '按周评选,试算只到月' };
  if (rule.votes !== undefined && rule.votes.length > 0)
    return { chosen: [], why: '含投票或测评,试算不重投' };
  const term = termOf(rule, of.month);
  if (!term.ok) return { chosen: [] };
  const own = months.filter(({ month }) => term.value.months.includes(month));
  if (own.length < term.value.months.length)
    return { chosen: [], why: `评选期自${term.value.from}起,早于试算的月份` };
  const parts = own.map((each) => ({ of: each, scored: side.scoredOf(each) }));
  const measures = side.measures.slice(0, at + 1).flat();
  return { chosen: proposalOf(rule, of.month, candidatesBy({ book, rule, parts, measures })).chosen };
};

/** The titles that change hands with a month, and those that cannot be rehearsed. */
export const titlesBy = (
  months: readonly Stood[],
  at: number,
  [then, now]: readonly [Side, Side],
): { titles: TitleChange[]; titlesLeft: TitleLeft[] } => {
  const of = months[at];
  const titles: TitleChange[] = [];
  const titlesLeft: TitleLeft[] = [];
  if (!of?.candidates) return { titles, titlesLeft };
  const draft = now.bookOf(of);
  for (const code of new Set([...of.book.awards, ...draft.awards].map((one) => one.code))) {
    const title = [...draft.awards, ...of.book.awards].find((each) => each.code === code)?.title ?? code;
    const [past, drafted] = [winnersBy(then, months, at, code), winnersBy(now, months, at, code)];
    const why = past.why ?? drafted.why;
    if (why !== undefined) {
      titlesLeft.push({ award: code, title, why });
      continue;
    }
    const gone = past.chosen.filter((id) => !drafted.chosen.includes(id));
    const added = drafted.chosen.filter((id) => !past.chosen.includes(id));
    if (gone.length + added.length > 0) titles.push({ award: code, title, gone, added });
  }
  return { titles, titlesLeft };
};
