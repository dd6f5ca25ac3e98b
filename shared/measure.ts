// From confirmed cases to measures (提醒, 扣分, 谈话, 函告): the rule book's ladder applied to one month, with the tallies
// of finished months where a rung looks further back. Derived, never stored: an overturned case takes its measure away.
// Knows nothing of what has been done about a measure.
import { type Severity, severityNames } from './catalog.ts';
import { categoryTitle, clauseLabel, clauseOf, type RuleBook, type Step, scopeKey } from './rulebook.ts';
import { type MeasureKind, measureNames, type SubjectKind } from './rulebook-frame.ts';
import type { Period, Scope } from './rulebook-terms.ts';
import { type CountedCase, departmentsIn } from './score.ts';
import { type BySeverity, type Subject, subjectKey, type Tally, type Unit, unitsOf } from './tally.ts';
import { type Month, plusMonths } from './time.ts';

export interface Measure {
  /** `talk-2026-11-section-staff-0101-1`: kind, month, rung, subject, and the level or the end of the case's id. */
  id: string;
  kind: MeasureKind;
  subject: Subject;
  month: Month;
  /** Cases of open months that led here, by day; those of tallied months are known by number only. */
  cases: string[];
  /** Opening facts of old ledgers that led here too (期初). */
  openings?: string[];
  /** The opening fact that says it was done already, where the rung asks once a period. */
  before?: string;
  step: string;
  reason: string;
  /** Periods whose titles are out of reach; absent on measures that bar from none. */
  bars?: Period[];
}

/** A measure of an old ledger (期初): a talk that was held, a letter that was sent. */
export interface DoneBefore {
  id: string;
  month: Month;
  kind: MeasureKind;
  subject: Subject;
}

const length: Record<Period, number> = { month: 1, quarter: 3, halfYear: 6, year: 12 };

/** The months of the same calendar period before this one, earliest first. */
const earlierMonths = (within: Period, month: Month): Month[] => {
  const nth = (Number(month.slice(5, 7)) - 1) % length[within];
  return Array.from({ length: nth }, (_, at) => plusMonths(month, at - nth));
};

const monthsOfStep = ({ when: { times } }: Step, month: Month): Month[] =>
  times.monthsInARow > 1
    ? Array.from({ length: times.monthsInARow }, (_, at) => plusMonths(month, at - times.monthsInARow))
    : earlierMonths(times.within, month);

/** The earlier months whose cases or tallies `measuresOf` must be handed for this month, earliest first. */
export const monthsBefore = (book: RuleBook, month: Month): Month[] =>
  [...new Set(book.ladder.flatMap((step) => monthsOfStep(step, month)))].sort();

/** Whom a rung counts a violation for: a shared area's for every department that answers for a part. */
const subjectsOf = (kind: SubjectKind, { one, person }: Unit): Subject[] => {
  switch (kind) {
    case 'person':
      return person === undefined ? [] : [{ person }];
    case 'window':
      return one.window === undefined ? [] : [{ window: one.window }];
    case 'department':
      return departmentsIn(one).map((department) => ({ department }));
  }
};

const matches = ({ when }: Step, { one, person, severity }: Unit): boolean =>
  when.severity.includes(severity) &&
  (!when.clauses || when.clauses.includes(one.clause)) &&
  (!when.campaign || one.campaign !== undefined) &&
  (when.times.unit === 'incidents' || person !== undefined);

const sumOf = (part: BySeverity, severities: readonly Severity[]): number =>
  severities.reduce((sum, each) => sum + part[each], 0);

/** What a rung counts of a tallied month: person-times, or every case once, whoever it names. */
const tallied = (book: RuleBook, { when }: Step, key: string, tally: Tally): number => {
  const { of, unit } = when.times;
  const fits = ({ clause, campaign }: { clause: string; campaign?: true }): boolean =>
    scopeKey(book, of, clause) === key &&
    (!when.clauses || when.clauses.includes(clause)) &&
    (!when.campaign || campaign === true);
  if (unit === 'incidents')
    return (tally.cases ?? [])
      .filter((part) => fits(part) && part.severities.some((each) => when.severity.includes(each)))
      .reduce((sum, part) => sum + part.times, 0);
  const parts = of === 'all' && !when.clauses && !when.campaign ? [tally] : tally.clauses.filter(fits);
  return parts.reduce((sum, part) => sum + sumOf(part, when.severity), 0);
};

/** One subject's violations that a rung counts together. */
interface Pile {
  subject: Subject;
  key: string;
  units: Unit[];
}

const pilesOf = (book: RuleBook, step: Step, units: readonly Unit[]): Pile[] => {
  const piles = new Map<string, Pile>();
  const seen = new Set<string>();
  for (const unit of units)
    for (const subject of matches(step, unit) ? subjectsOf(step.when.subject, unit) : []) {
      const once = `${subjectKey(subject)} ${unit.one.id}`;
      if (step.when.times.unit === 'incidents' && seen.has(once)) continue;
      seen.add(once);
      const key = scopeKey(book, step.when.times.of, unit.one.clause);
      const found = piles.get(`${subjectKey(subject)} ${key}`);
      if (found) found.units.push(unit);
      else piles.set(`${subjectKey(subject)} ${key}`, { subject, key, units: [unit] });
    }
  return [...piles.values()];
};

/** Whom a measure meets: the one counted, or, where the rung says so, the window or department of the last case. */
const metBy = (step: Step, pile: Pile, { units }: Reached): Subject => {
  const last = units.at(-1) ?? pile.units.at(-1);
  return (step.on && last && subjectsOf(step.on, last)[0]) ?? pile.subject;
};

const caseIds = (units: readonly Unit[]): string[] => [
  ...new Set(units.flatMap(({ one }) => (one.opening ? [] : [one.id]))),
];
const openingIds = (units: readonly Unit[]): string[] => [
  ...new Set(units.flatMap(({ one }) => (one.opening ? [one.id] : []))),
];
/** `(其中期初2起)`: how many of those counted come from old ledgers. */
const openingText = (units: readonly Unit[], unit: string): string => {
  const times = units.filter(({ one }) => one.opening).length;
  return times === 0 ? '' : `(其中期初${times}${unit})`;
};

/** What of a code fits into a measure's id. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '-')
    .slice(-16);

/** The end of a case's id is its random part: `…-1b2c3d4e5f60.12` → `1b2c3d4e5f60-12`. */
const caseMark = (id: string): string => plain(id.slice(id.lastIndexOf('-') + 1));

interface Reached {
  mark: string;
  units: Unit[];
  times: number;
}

/**
 * Where a pile reaches its rung within `month`. A rung of one violation is marked by the case, so that overturning
 * another leaves its talk alone; a rung of many by its level in the period (the first 3, the next 3).
 */
const reachedBy = (step: Step, month: Month, pile: Pile, countIn: (month: Month) => number): Reached[] => {
  const { atLeast, monthsInARow, again } = step.when.times;
  const inMonth = pile.units.filter(({ one }) => one.month === month);
  const group = pile.key === '' ? '' : `${plain(pile.key)}-`;
  if (monthsInARow > 1) {
    const [before, ...run] = [...monthsOfStep(step, month), month];
    const high = (of: Month): boolean => countIn(of) >= atLeast;
    if (before === undefined || !run.every(high) || (!again && high(before))) return [];
    const units = pile.units.filter(({ one }) => run.includes(one.month));
    return [{ mark: `${group}1`, units, times: inMonth.length }];
  }
  if (atLeast === 1 && again)
    return inMonth
      .filter((unit, at) => inMonth.findIndex(({ one }) => one.id === unit.one.id) === at)
      .map((unit) => ({ mark: caseMark(unit.one.id), units: [unit], times: 1 }));
  const period = [...earlierMonths(step.when.times.within, month), month];
  const units = pile.units.filter(({ one }) => period.includes(one.month));
  const times = period.reduce((sum, of) => sum + countIn(of), 0);
  const before = times - inMonth.length;
  if (!again) return before < atLeast && atLeast <= times ? [{ mark: `${group}1`, units, times }] : [];
  const unknown = times - units.length;
  // Old ledgers come first, then the tallied months, then the open ones.
  const old = units.filter(({ one }) => one.opening).length;
  const first = Math.floor(before / atLeast) + 1;
  return Array.from({ length: Math.max(0, Math.floor(times / atLeast) - first + 1) }, (_, at) => {
    const level = first + at;
    const nth = (at: number): number => (at < old ? at : at + unknown);
    const part = units.filter((_, at) => (level - 1) * atLeast <= nth(at) && nth(at) < level * atLeast);
    return { mark: `${group}${level}`, units: part, times: level * atLeast };
  });
};

/** `2026年第4季度`: a calendar period in words. */
export const periodText = (within: Period, month: Month): string => {
  const year = month.slice(0, 4);
  const nth = Number(month.slice(5, 7));
  switch (within) {
    case 'month':
      return `${year}年${nth}月`;
    case 'quarter':
      return `${year}年第${Math.ceil(nth / 3)}季度`;
    case 'halfYear':
      return `${year}年${nth <= 6 ? '上' : '下'}半年`;
    case 'year':
      return `${year}年`;
  }
};

const groupText = (book: RuleBook, of: Scope, clause: string): string => {
  const found = clauseOf(book, clause);
  switch (of) {
    case 'all':
      return '';
    case 'sameClause':
      return found ? `“${clauseLabel(found)}”` : `条款${clause}`;
    case 'sameCategory':
      return `“${categoryTitle(book, found?.category) ?? '其他'}”类`;
    case 'sameFamily':
      return '同一类行为的';
  }
};

const reasonOf = (book: RuleBook, step: Step, month: Month, { units, times }: Reached): string => {
  const { severity, times: counted, campaign, subject } = step.when;
  const first = units[0]?.one;
  const grave = severity.length === 3 ? '' : severity.map((each) => severityNames[each]).join('、');
  const what = `${campaign ? '专项检查期间' : ''}${first ? groupText(book, counted.of, first.clause) : ''}${grave}问题`;
  const measure = step.says ?? measureNames[step.measure];
  const unit = counted.unit === 'incidents' ? '起' : subject === 'person' ? '次' : '人次';
  if (counted.monthsInARow > 1)
    return `至${periodText('month', month)}已连续${counted.monthsInARow}个月${what}每月不少于${counted.atLeast}${unit}${openingText(units, unit)}:${measure}`;
  if (counted.atLeast === 1 && counted.again && first) {
    const clause = clauseOf(book, first.clause);
    const day = `${Number(first.day.slice(5, 7))}月${Number(first.day.slice(8, 10))}日${first.opening ? '期初' : ''}`;
    return `${what}(${day} ${clause ? clauseLabel(clause) : `条款${first.clause}`}):${measure}`;
  }
  return `${periodText(counted.within, month)}${what}累计${times}${unit}${openingText(units, unit)},达到${counted.again ? '每' : ''}${counted.atLeast}${unit}的标准:${measure}`;
};

export const measureIdKinds: Record<MeasureKind, string> = {
  remind: 'remind',
  deduct: 'deduct',
  sectionTalk: 'talk',
  directorTalk: 'talk',
  letter: 'letter',
  letterWithEvidence: 'letter',
  urge: 'urge',
  rectify: 'rectify',
  criticise: 'criticise',
  bar: 'bar',
  refer: 'refer',
  leaderTalk: 'leader',
};

const nameOf = (subject: Subject): string =>
  'person' in subject ? subject.person : 'department' in subject ? subject.department : subject.window;

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What an old ledger did already of a rung that asks once a period and counts everything together. */
const doneBefore = (
  step: Step,
  month: Month,
  subject: Subject,
  done: readonly DoneBefore[],
): DoneBefore | undefined => {
  const { again, monthsInARow, of, within } = step.when.times;
  if (again || monthsInARow > 1 || of !== 'all') return undefined;
  const period = earlierMonths(within, month);
  return done.find(
    (one) =>
      one.kind === step.measure &&
      period.includes(one.month) &&
      subjectKey(one.subject) === subjectKey(subject),
  );
};

/**
 * The measures that one month asks for, rung by rung, within a rung by id. `cases` holds the month and any earlier
 * month not yet frozen, `tallies` the frozen ones (see `monthsBefore`); a tallied month's cases are not counted twice.
 * A case counts once it was heard or settled on the spot, and while it is not overturned. Opening cases of earlier months
 * count with whatever is known of their month; `done` are talks and letters of old ledgers.
 */
export const measuresOf = (
  book: RuleBook,
  month: Month,
  cases: readonly CountedCase[],
  tallies: readonly Tally[],
  done: readonly DoneBefore[] = [],
): Measure[] => {
  const past = tallies.filter((tally) => tally.month < month);
  const known = new Set(past.map((tally) => tally.month));
  const open = cases.filter((one) => one.opening || !known.has(one.month));
  const units = unitsOf(book, open);
  const ownTallies = new Map<string, Tally[]>();
  for (const tally of past) {
    const key = subjectKey(tally.subject);
    ownTallies.set(key, [...(ownTallies.get(key) ?? []), tally]);
  }
  const measures = book.ladder.flatMap((step) =>
    pilesOf(book, step, units)
      .flatMap((pile) => {
        const own = ownTallies.get(subjectKey(pile.subject)) ?? [];
        const countIn = (of: Month): number =>
          pile.units.filter(({ one }) => one.month === of).length +
          own.reduce(
            (sum, tally) => sum + (tally.month === of ? tallied(book, step, pile.key, tally) : 0),
            0,
          );
        return reachedBy(step, month, pile, countIn).map((reached): Measure => {
          const subject = metBy(step, pile, reached);
          const openings = openingIds(reached.units);
          const before = doneBefore(step, month, subject, done);
          const reason = reasonOf(book, step, month, reached);
          return {
            id: `${measureIdKinds[step.measure]}-${month}-${step.code}-${nameOf(pile.subject)}-${reached.mark}`,
            kind: step.measure,
            subject,
            month,
            cases: caseIds(reached.units),
            ...(openings.length > 0 && { openings }),
            ...(before && { before: before.id }),
            step: step.code,
            reason: before ? `${reason}(期初已办:${periodText('month', before.month)})` : reason,
            ...(step.bars && { bars: step.bars }),
          };
        });
      })
      .sort((a, b) => inOrder(a.id, b.id)),
  );
  const replaced = new Set(
    measures.flatMap((measure) =>
      (book.ladder.find(({ code }) => code === measure.step)?.insteadOf ?? []).map(
        (lighter) => `${lighter} ${subjectKey(measure.subject)}`,
      ),
    ),
  );
  return measures.filter((measure) => !replaced.has(`${measure.step} ${subjectKey(measure.subject)}`));
};
