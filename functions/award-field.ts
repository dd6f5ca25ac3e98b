// Who may win a title, with the figures of its term: from the frozen months it spans, or from the week itself. The same for
// people, windows and departments. Reads only; ranks nobody.
import { attendanceDuring } from '../shared/attendance.ts';
import type { Nomination } from '../shared/award.ts';
import { type Term, termOf } from '../shared/award-term.ts';
import { countedBonus } from '../shared/bonus.ts';
import { type CaseState, countedCase, holdsBack } from '../shared/case.ts';
import { barredBy } from '../shared/consequence.ts';
import { figureFacts } from '../shared/figure.ts';
import { recipientKind, votePoints } from '../shared/figure-asked.ts';
import type { Measure } from '../shared/measure.ts';
import type { Scored, UnitScore, Units } from '../shared/month.ts';
import { peopleFacts, unitScores } from '../shared/month-sums.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { AwardRule } from '../shared/rulebook-award.ts';
import { type FrameKind, periodOf } from '../shared/rulebook-terms.ts';
import {
  byPerson,
  type CountedBonus,
  type CountedCase,
  type Score,
  scoreMonth,
  stands,
  subjectsOf,
} from '../shared/score.ts';
import { type FigureFact, figureValue } from '../shared/score-figures.ts';
import type { ScoredMonth } from '../shared/score-measures.ts';
import { pooledIn, unitsIn } from '../shared/scored.ts';
import { type Candidate, votesOf } from '../shared/star-rule.ts';
import { type Day, dayOf, daysFrom, type Month, plusMonths } from '../shared/time.ts';
import {
  bonusOver,
  foundAgainst,
  meanOf,
  ownPeople,
  praiseFor,
  stateIsOf,
  titleIds,
  titleScore,
} from '../shared/title-score.ts';
import { earlierTitles } from './award-titles.ts';
import type { Desk, House } from './house.ts';
import { measuresIn } from './ladder.ts';
import { bookOf, currentFacts, recompute } from './month-facts.ts';
import { factsOver, figureHeads } from './month-figures.ts';
import { openingsIn } from './openings.ts';
import { slipsOf } from './roster.ts';

export interface Field {
  rule: AwardRule;
  term: Term;
  candidates: Candidate[];
}

/** One month (or the week) of a term, as it was counted. */
interface Part {
  month: Month;
  people: readonly Scored[];
  units: Units;
  cases: readonly CountedCase[];
  bonuses: readonly CountedBonus[];
  scores: readonly Score[];
  unitScores: readonly UnitScore[];
  states: readonly CaseState[];
}

/** What a field is gathered for: the rule and its term, the book in force, the parts, the earliest first. */
interface Ground {
  rule: AwardRule;
  term: Term;
  book: RuleBook;
  desk: Desk;
  parts: Part[];
}

const scoredOf = ({ people, scores, unitScores: units }: Part): ScoredMonth => ({ people, scores, units });

export interface Asked {
  month: Month;
  code: string;
  week?: Day;
}

const ruleIn = (book: RuleBook, asked: Asked): Result<{ rule: AwardRule; term: Term }> => {
  const rule = book.awards.find((one) => one.code === asked.code);
  if (!rule) return refuse('award.unknown', asked.code);
  const term = termOf(rule, asked.month, asked.week);
  return term.ok ? ok({ rule, term: term.value }) : term;
};

const groundOf = async (house: House, centre: string, asked: Asked): Promise<Result<Ground>> => {
  const desk = await house.desk(centre);
  if (asked.week !== undefined) return weekGround(house, centre, desk, asked);
  const head = await house.store.head(centre, { kind: 'month', id: asked.month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return refuse('award.month-open');
  const book = await bookOf(house, centre, head.state.cut.ruleBook);
  const found = ruleIn(book, asked);
  if (!found.ok) return found;
  const parts: Part[] = [];
  for (const month of found.value.term.months) {
    const part = await frozenPart(house, centre, month);
    if (part) parts.push(part);
  }
  return ok({ ...found.value, book, desk, parts });
};

/** A month as it was frozen; undefined for one before the hall began. */
const frozenPart = async (house: House, centre: string, month: Month): Promise<Part | undefined> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return undefined;
  const partition = await house.store.month(centre, month);
  const { manifest, facts, scores, units } = await recompute(house, centre, month, head.state.cut, partition);
  return {
    month,
    people: manifest.people,
    units: manifest.units ?? {},
    cases: facts.cases,
    bonuses: partition.bonus.flatMap(({ state }) => countedBonus(state) ?? []),
    scores,
    unitScores: units,
    states: partition.case.map(({ state }) => state),
  };
};

/** A week needs no frozen month: its own cases, as they stand, by the book of the month it belongs to. */
const weekGround = async (
  house: House,
  centre: string,
  desk: Desk,
  asked: Asked,
): Promise<Result<Ground>> => {
  const inForce = await house.ruleBookInForce(centre, desk, asked.month);
  if (!inForce.ok) return inForce;
  const { book } = inForce.value;
  const found = ruleIn(book, asked);
  if (!found.ok) return found;
  const { term } = found.value;
  if (dayOf(house.clock()) <= term.until) return refuse('award.period-open', term.until);
  const partitions = await Promise.all(term.months.map((month) => house.store.month(centre, month)));
  const inWeek = ({ day }: { day: Day }): boolean => term.from <= day && day <= term.until;
  const states = partitions.flatMap(({ case: heads }) => heads.map(({ state }) => state));
  const cases = states.flatMap((state) => countedCase(state) ?? []).filter(inWeek);
  const bonuses = partitions
    .flatMap(({ bonus }) => bonus.flatMap(({ state }) => countedBonus(state) ?? []))
    .filter(inWeek);
  const { people } = pooledIn(desk.registry, book, term.month);
  const units = unitsIn(desk.registry, book, term.month) ?? {};
  const ids = people.map(({ person }) => person);
  const scores = scoreMonth(book, ids, cases, bonuses, [], {});
  const facts = { units, people, cases, scores, carried: [], beside: {} };
  const part: Part = {
    month: term.month,
    people,
    units,
    cases,
    bonuses,
    scores,
    unitScores: unitScores(book, facts),
    states: states.filter((state) => inWeek({ day: dayOf(state.happened.from) })),
  };
  return ok({ ...found.value, book, desk, parts: [part] });
};

/** Days on post over the term; of a window or department the mean of its people's, whole days. */
const daysOver = async (
  house: House,
  centre: string,
  { desk, term }: Ground,
): Promise<Result<(id: string) => number>> => {
  const slips = await slipsOf(house, centre, term.months);
  const days = daysFrom(term.from, term.until);
  const known = new Map<string, number>();
  const asked = { registry: desk.registry, calendar: desk.calendar, slips };
  // Whether the calendar knows these days is found out once, before anybody is counted.
  const first = attendanceDuring(asked, '', days);
  if (!first.ok) return first;
  return ok((id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = attendanceDuring(asked, id, days);
    const onPost = found.ok ? found.value.onPost : 0;
    known.set(id, onPost);
    return onPost;
  });
};

/** Measures of the year that bar from titles; none are looked for where the book has no such rule. */
const barsIn = async (house: House, centre: string, { book, term }: Ground): Promise<Measure[]> => {
  const frames = [book.frames.staff, book.frames.window, book.frames.department];
  const rules = [...book.ladder, ...frames.flatMap((frame) => frame?.consequences ?? [])];
  if (!rules.some(({ measure }) => measure === 'bar')) return [];
  const found: Measure[] = [];
  for (let each = `${term.month.slice(0, 4)}-01`; each <= term.month; each = plusMonths(each, 1)) {
    const counted = (await currentFacts(house, centre, each)).cases;
    const own = [...counted, ...(await openingsIn(house, centre, book, [each])).cases];
    found.push(...(await measuresIn(house, centre, book, each, own)).filter(({ kind }) => kind === 'bar'));
  }
  return found;
};

/** Vetoes of earlier months of the year that still hold in this one (一票否决,取消当季、当年评优资格). */
const vetoesIn = async (
  house: House,
  centre: string,
  { book, term, parts }: Ground,
): Promise<Set<string>> => {
  const barred = new Set<string>();
  const note = (month: Month, scores: readonly Score[]): void => {
    for (const { person, bars = [] } of scores)
      if (bars.some(({ within }) => periodOf(month, within) === periodOf(term.month, within)))
        barred.add(person);
  };
  for (const part of parts) {
    note(part.month, part.scores);
    note(part.month, part.unitScores);
  }
  const frames = [book.frames.staff, book.frames.window, book.frames.department];
  const longer = frames.some((frame) =>
    frame?.vetoes?.some(({ bars }) => bars.some((each) => each !== 'month')),
  );
  if (!longer) return barred;
  const known = new Set(parts.map(({ month }) => month));
  for (let each = `${term.month.slice(0, 4)}-01`; each < term.month; each = plusMonths(each, 1)) {
    if (known.has(each)) continue;
    const { people, units } = await house.store.frozenScores(centre, each);
    note(each, people);
    note(each, units);
  }
  return barred;
};

/** What was handed in for the term, by figure and subject; the figures that are reckoned from people's scores beside. */
const handedIn = async (house: House, centre: string, ground: Ground) => {
  const heads = (
    await Promise.all(ground.term.months.map((month) => figureHeads(house, centre, month)))
  ).flat();
  const kind = recipientKind(ground.rule);
  const states = heads.map(({ state }) => state);
  const last = ground.parts.at(-1);
  const own = [
    ...factsOver(
      ground.book,
      states.filter(({ of }) => of === kind),
    ),
    ...(last ? peopleFacts(ground.book, last.units, last.people, last.scores) : []),
  ];
  const people = figureFacts(states.filter(({ of }) => of === 'staff'));
  return {
    of: (code: string, id: string): FigureFact | undefined =>
      own.find((fact) => fact.figure === code && fact.subject === id),
    /** Of a window or department nobody brought a figure for: those of its people, together. */
    ofPeople: (code: string, ids: readonly string[]): FigureFact[] =>
      people.filter((fact) => fact.figure === code && ids.includes(fact.subject)),
  };
};

const ratioOf = (facts: readonly FigureFact[]): number | undefined => {
  const numerator = facts.reduce((sum, fact) => sum + (fact.numerator ?? 0), 0);
  const denominator = facts.reduce((sum, fact) => sum + (fact.denominator ?? 0), 0);
  return denominator > 0 ? Math.floor((numerator * 10_000) / denominator) : undefined;
};
const amountOf = (facts: readonly FigureFact[]): number | undefined =>
  facts.length === 0
    ? undefined
    : facts.reduce(
        (sum, fact) =>
          sum + (fact.value ?? 0) + (fact.parts ?? []).reduce((all, part) => all + part.value, 0),
        0,
      );

/** Where a candidate stands, for limits by hall, grid and department. */
const placeOf = ({ desk }: Ground, kind: FrameKind, id: string, own: readonly Scored[]) => {
  const { window: windows, grid: grids } = desk.registry.of;
  const [first] = own;
  const window = windows.get(kind === 'window' ? id : (first?.windows[0] ?? ''));
  const grid = kind === 'window' ? window?.grid : first?.grids[0];
  const hall = grids.get(window?.grid ?? '')?.hall;
  const department = kind === 'department' ? id : kind === 'window' ? window?.department : first?.department;
  return {
    ...(hall === undefined || kind === 'department' ? {} : { hall }),
    ...(grid === undefined || kind === 'department' ? {} : { grid }),
    ...(department === undefined ? {} : { department }),
  };
};

/** Nominations made so far; `toCome`: who may be nominated at all is asked, what is still to come left aside. */
export type Nominations = readonly Nomination[] | 'toCome';

/** The candidates of a title's term with their figures. */
export const fieldOf = async (
  house: House,
  centre: string,
  asked: Asked,
  nominations: Nominations,
): Promise<Result<Field>> => {
  const ground = await groundOf(house, centre, asked);
  if (!ground.ok) return ground;
  const { rule, term, book, desk, parts } = ground.value;
  const kind = recipientKind(rule);
  const days = await daysOver(house, centre, ground.value);
  if (!days.ok) return days;
  const [titles, bars, vetoed, figures] = await Promise.all([
    earlierTitles(house, centre, book, rule, term.month),
    barsIn(house, centre, ground.value),
    vetoesIn(house, centre, ground.value),
    handedIn(house, centre, ground.value),
  ]);
  const last = parts.at(-1);
  const asks = new Set([
    ...rule.criteria.flatMap((one) => (one.by === 'figure' ? [one.figure] : [])),
    ...(rule.eligible.figures ?? []).map(({ figure }) => figure),
  ]);
  const rules = (book.figures ?? []).filter(({ code }) => asks.has(code));
  const nominated = (id: string) =>
    nominations === 'toCome' ? undefined : nominations.find(({ person }) => person === id);
  const standing = byPerson(
    parts.flatMap(({ cases }) => cases.filter(stands)),
    subjectsOf(kind),
  );
  const candidates = (last ? titleIds(kind, last.people, last.units) : []).map((id): Candidate => {
    const own = standing.get(id) ?? [];
    const people = [
      ...new Set(parts.flatMap((part) => ownPeople(kind, id, part.people).map(({ person }) => person))),
    ];
    const here = last ? ownPeople(kind, id, last.people) : [];
    const known = titles.get(id);
    const ownFact = (code: string): FigureFact[] => {
      const fact = figures.of(code, id);
      return fact ? [fact] : kind === 'staff' ? [] : figures.ofPeople(code, people);
    };
    const handled = amountOf(ownFact('casesHandled'));
    const good = ratioOf(ownFact('goodRating'));
    const votes = votesOf(
      rule,
      (rule.votes ?? []).flatMap(({ code }) => {
        const fact = figures.of(`${rule.code}.${code}`, id);
        const points = fact && votePoints(fact);
        return points === undefined ? [] : [{ voters: code, points }];
      }),
    );
    const values = rules.flatMap((each) => {
      const value = figureValue(
        each,
        figures.of(each.code, id),
        own.filter((one) => one.counts),
      );
      return value ? [[each.code, value.value] as const] : [];
    });
    const put = nominated(id);
    const named = new Set(people);
    const onPost = meanOf(people.map((person) => days.value(person))) ?? 0;
    return {
      id,
      ...placeOf(ground.value, kind, id, here),
      ...titleScore(book, rule, parts.map(scoredOf), id),
      ...foundAgainst(own),
      heldBack: parts.flatMap(({ states }) =>
        states.flatMap((state) => (holdsBack(state) && stateIsOf(kind, id, state) ? [state.id] : [])),
      ),
      daysOnPost: kind === 'staff' ? days.value(id) : onPost,
      nominated: nominations === 'toCome' || put !== undefined,
      ...(handled === undefined ? {} : { casesHandled: Math.round(handled / 100) }),
      ...(good === undefined ? {} : { goodRating: good }),
      praise: praiseFor(
        parts.flatMap(({ bonuses }) => bonuses),
        named,
      ),
      bonus: bonusOver(parts, named),
      ...(known?.last === undefined ? {} : { lastAwarded: known.last }),
      earlierTitles: known?.counted ?? 0,
      ...(known && known.told.length > 0 ? { openings: known.told } : {}),
      ...(votes === undefined ? {} : { votes }),
      ...(values.length === 0 ? {} : { figures: Object.fromEntries(values) }),
      deeds: nominations === 'toCome' ? (rule.eligible.material?.deeds ?? 0) : (put?.deeds ?? 0),
      characters:
        nominations === 'toCome' ? (rule.eligible.material?.characters ?? 0) : (put?.characters ?? 0),
      ...(kind === 'staff' ? { kinds: desk.registry.of.staff.get(id)?.kinds ?? [] } : {}),
      barred: [
        ...(vetoed.has(id) ? ['一票否决,取消评优资格'] : []),
        ...barredBy(bars, term.month, barredAs(kind, id, here, desk)),
      ],
    };
  });
  return ok({ rule, term, candidates });
};

/** As what a measure that bars may meet a candidate. */
const barredAs = (kind: FrameKind, id: string, here: readonly Scored[], { registry }: Desk) => {
  const [first] = here;
  switch (kind) {
    case 'staff':
      return {
        person: id,
        windows: first?.windows ?? [],
        ...(first ? { department: first.department } : {}),
      };
    case 'window': {
      const department = registry.of.window.get(id)?.department;
      return { person: '', windows: [id], ...(department === undefined ? {} : { department }) };
    }
    case 'department':
      return { person: '', windows: [], department: id };
  }
};
