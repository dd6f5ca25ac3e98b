// A score is a list of lines and its total is their sum: folded from one month's confirmed cases, bonuses and carried
// differences by that month's rule book. The same in any order of its input, in Lambda, on the tablet and for whoever
// recomputes it. Knows no names, no clock and no other month. The lines themselves are written in score-lines.ts.
//
// Order of arithmetic: base (by days on post) − deductions (+ what reviews gave back) → the heavier for the lighter →
// conversions, repeated ones, step tables → joint liability → figures → cap of a clause → floor of a category → weighting
// of sources → bonuses → cap of a bonus → cap of all bonuses → carried differences → floor of the total → ceiling → veto.
// Caps and floors work on what is left after reviews, so an overturned case leaves exactly the total without it.
import type { Severity } from './catalog.ts';
import { bandAt, fen } from './price.ts';
import { type JointRole, jointNames, type RuleBook, scopeKey } from './rulebook.ts';
import type { Veto } from './rulebook-frame.ts';
import { type FrameKind, type Period, periodOf } from './rulebook-terms.ts';
import { bonusLines } from './score-bonus.ts';
import { countingLines, type Standing, unremindedOf } from './score-counting.ts';
import { type FigureFact, type FigureValue, figureLines, figureValue, sourceLines } from './score-figures.ts';
import {
  baseLine,
  carriedLines,
  caseLines,
  closingLine,
  deductionLines,
  type JointCase,
  jointWritten,
  put,
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
  /** The shared area it lies in. */
  area?: string;
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
  /** Of an old ledger (期初): it moves counts on and costs nothing here. */
  opening?: true;
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
  /** The window's or department's id, where `of` says so. */
  person: string;
  of?: 'window' | 'department';
  /** Hundredths, signed. */
  points: number;
  cases: string[];
}

/** Somebody who answers for a case along with its persons, as the registry had them that day. */
export interface JointFact {
  case: string;
  who: JointRole;
  person: string;
}

/** Working days of the period, and how many of them a person was on post. */
export interface DaysFact {
  person: string;
  onPost: number;
  working: number;
}

/** What a rule book may ask for beside the month's own cases and bonuses; a book that does not ask reads none of it. */
export interface Beside {
  /** The month that is scored; told where carried differences meet a frame over several months. */
  month?: Month;
  /** Cases and bonuses of earlier months of the periods the book looks back on: they count and cost nothing here. */
  earlier?: readonly CountedCase[];
  earlierBonuses?: readonly CountedBonus[];
  figures?: readonly FigureFact[];
  joint?: readonly JointFact[];
  days?: readonly DaysFact[];
}

export const lineKinds = [
  'base',
  'deduction',
  'review',
  'cap',
  'floor',
  'bonus',
  'carried',
  'ceiling',
  'proration',
  'displaced',
  'conversion',
  'withdrawn',
  'repeat',
  'table',
  'joint',
  'figure',
  'target',
  'weight',
  'source',
  'veto',
] as const;
export type LineKind = (typeof lineKinds)[number];

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
  /** The counting rule, target or veto that wrote it. */
  rule?: string;
  /** The share of a joint liability, hundredths of a per cent. */
  ratio?: number;
  /** The figure it rests on, with both numbers of a ratio, the sample of a rating, the self-assessment of a mark. */
  figure?: {
    code: string;
    value: number;
    self?: number;
    numerator?: number;
    denominator?: number;
    sample?: number;
    source?: string;
  };
}

export interface Score {
  person: string;
  total: number;
  grade?: string;
  lines: ScoreLine[];
  /** What is left of each category's full marks, hundredths; minus what was taken where a category has no full marks. */
  categories: { code: string; points: number }[];
  /** Periods whose titles a veto puts out of reach; absent without one. */
  bars?: { within: Period; rule: string }[];
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
    const key = `${one.month} ${scopeKey(book, rule.of, one.clause)}`;
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

/** What one subject is scored from; the optional parts only where the book asks for them. */
interface Own {
  subject: string;
  cases: readonly CountedCase[];
  bonuses: readonly CountedBonus[];
  carried: readonly Carried[];
  earlier: readonly CountedCase[];
  earlierBonuses: readonly CountedBonus[];
  joint: readonly JointCase[];
  figures: readonly FigureFact[];
  days?: DaysFact | undefined;
}

const standingOf = (own: Own, mine: readonly CountedCase[]): Standing[] => {
  const standing: Standing[] = [];
  for (const one of own.earlier.length > 0 ? own.earlier.toSorted(byDay) : [])
    if (stands(one)) standing.push({ one, now: false });
  for (const one of mine) if (stands(one)) standing.push({ one, now: true });
  return own.earlier.length > 0 ? standing.sort((a, b) => byDay(a.one, b.one)) : standing;
};

const noValues = (): undefined => undefined;

/** The figures of one subject, each reckoned when first asked for. */
const valuesOf = (
  rules: Rules,
  own: Own,
  mine: readonly CountedCase[],
): ((code: string) => FigureValue | undefined) => {
  if (rules.figures.size === 0) return noValues;
  const known = new Map<string, FigureValue | undefined>();
  return (code) => {
    if (!known.has(code)) {
      const rule = rules.figures.get(code);
      const fact = own.figures.find((each) => each.figure === code);
      const counted = rule?.kind === 'cases' ? mine.filter((one) => one.counts && stands(one)) : [];
      known.set(code, rule && figureValue(rule, fact, counted));
    }
    return known.get(code);
  };
};

const vetoed = (veto: Veto, mine: readonly CountedCase[]): string[] => {
  const found = mine.filter(
    (one) =>
      one.counts &&
      stands(one) &&
      (!veto.clauses || veto.clauses.includes(one.clause)) &&
      (!veto.types || veto.types.includes(one.type)) &&
      (!veto.severity || veto.severity.includes(one.severity)),
  );
  const times = found.reduce((sum, one) => sum + one.quantity, 0);
  return times >= veto.times ? found.map(({ id }) => id) : [];
};

/** One-vote vetoes: each writes its line, cuts the total, fixes the grade, bars titles. The last to fix a grade wins. */
const vetoLines = (rules: Rules, mine: readonly CountedCase[], lines: ScoreLine[]) => {
  let grade: string | undefined;
  const bars: NonNullable<Score['bars']> = [];
  for (const veto of rules.frame.vetoes ?? []) {
    const cases = vetoed(veto, mine);
    if (cases.length === 0) continue;
    const total = totalOf(lines);
    const over = veto.atMost === undefined ? 0 : Math.max(0, total - veto.atMost);
    const told = [
      ...(veto.atMost === undefined ? [] : [`总分不高于${fen(veto.atMost)}`]),
      ...(veto.grade === undefined ? [] : [`等级定为${veto.grade}`]),
      ...(veto.bars.length > 0 ? ['取消评优资格'] : []),
    ];
    lines.push({
      kind: 'veto',
      rule: veto.code,
      cases,
      points: 0 - over,
      note: `一票否决,${veto.title}:${told.join(',')}${over > 0 ? `,扣${fen(over)}` : ''}`,
    });
    grade = veto.grade ?? grade;
    for (const within of veto.bars) bars.push({ within, rule: veto.code });
  }
  return { grade, bars };
};

const noDays: ((category: { prorated?: boolean | undefined }) => number) | undefined = undefined;

/** The part of the full marks that the days on post leave; never a division by zero: nobody on post keeps none. */
const prorationOf = (rules: Rules, { days }: Own) => {
  const how = rules.frame.proration;
  if (!days || how === undefined || how === 'none' || days.working <= 0 || days.onPost >= days.working)
    return noDays;
  const part = Math.max(0, days.onPost) / days.working;
  return (category: { prorated?: boolean | undefined }): number =>
    how === 'days' || category.prorated === true ? part : 1;
};

const fold = (rules: Rules, own: Own): Score => {
  const { book, frame } = rules;
  const mine = own.cases.toSorted(byDay);
  const { together } = rules;
  const standing = together ? standingOf(own, mine) : [];
  const unreminded = rules.reminding ? unremindedOf(rules, standing) : undefined;
  const ownBase = !frame.sources || frame.sources.some(({ of }) => of === 'own');
  const base = ownBase ? baseLine(frame) : { ...baseLine(frame), points: 0, note: '总分由各项来源加权得出' };
  const lines: ScoreLine[] = [base];
  const scale = prorationOf(rules, own);
  if (scale && own.days) {
    const { onPost, working } = own.days;
    const kept =
      frame.proration === 'days'
        ? Math.round(base.points * scale({}))
        : frame.categories.reduce(
            (sum, each) => sum - Math.round((each.full ?? 0) * (1 - scale(each))),
            base.points,
          );
    lines.push({
      kind: 'proration',
      cases: [],
      quantity: onPost,
      unit: '天',
      points: kept - base.points,
      note: `在岗${onPost}天,应出勤${working}天,满分按在岗天数折算为${fen(kept)}`,
    });
  }
  const byCategory = caseLines(
    rules,
    own.subject,
    mine,
    rules.kind === 'staff' ? severitiesOf(book, mine) : mine.map((one) => one.severity),
    unreminded,
  );
  const values = valuesOf(rules, own, mine);
  let fromFigures: ScoreLine[] = [];
  if (together) {
    countingLines(rules, standing, byCategory);
    fromFigures = figureLines(rules, book.frames.staff?.base ?? 10_000, values, byCategory);
  }
  for (const joint of own.joint) {
    const next = jointWritten(rules, joint);
    if (next) put(byCategory, next.line.category, next);
  }
  const { taken, categories } = deductionLines(rules, byCategory, lines, scale);
  if (frame.sources) sourceLines(rules, totalOf(lines), values, lines);
  const gained =
    own.bonuses.length > 0 || fromFigures.length > 0
      ? bonusLines(rules, own.bonuses.toSorted(byDay), lines, { fromFigures, earlier: own.earlierBonuses })
      : [];
  const brought = own.carried.length > 0 ? carriedLines(own.carried, lines) : [];
  closingLine(frame, totalOf(lines), { taken, gained, brought }, lines);
  const fixed = frame.vetoes ? vetoLines(rules, mine, lines) : undefined;
  const total = totalOf(lines);
  const whole = scale && own.days ? gradedTotal(total, own.days, frame.proration) : total;
  const grade = fixed?.grade ?? (whole === undefined ? undefined : bandAt(frame.grades, whole)?.name);
  return {
    person: own.subject,
    total,
    ...(grade !== undefined && { grade }),
    lines,
    categories,
    ...(fixed && fixed.bars.length > 0 && { bars: fixed.bars }),
  };
};

/** A total by days on post, brought back to full time for the grade bands; nobody on post has no grade. */
const gradedTotal = (total: number, days: DaysFact, how: string | undefined): number | undefined =>
  how !== 'days' ? total : days.onPost > 0 ? Math.round((total * days.working) / days.onPost) : undefined;

/** One person's score for one month. The lists may hold others' cases; they must be of that one month. */
export const scoreOf = (
  book: RuleBook,
  person: string,
  cases: readonly CountedCase[],
  bonuses: readonly CountedBonus[],
  carried: readonly Carried[],
  beside: Beside = {},
): Score => {
  const [score] = scoreMonth(book, [person], cases, bonuses, carried, beside);
  if (!score) throw new Error('one person has one score');
  return score;
};

/** Lists by person (or whatever a frame assesses), each in the order they came. */
export const byPerson = <T>(
  all: readonly T[],
  personsOf: (one: T) => readonly string[],
): Map<string, T[]> => {
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

/** Who answers along: never the person of the case, and nobody twice for one case (the larger share counts). */
const jointOf = (
  rules: Rules,
  cases: readonly CountedCase[],
  facts: readonly JointFact[],
): Map<string, JointCase[]> => {
  const known = new Map(cases.map((one) => [one.id, one]));
  const most = new Map<string, Map<CountedCase, JointCase>>();
  for (const fact of facts) {
    const one = known.get(fact.case);
    const rule = one && rules.clauses.get(one.clause)?.joint?.find(({ who }) => who === fact.who);
    if (!one || !rule || one.persons.includes(fact.person)) continue;
    let own = most.get(fact.person);
    if (!own) {
      own = new Map();
      most.set(fact.person, own);
    }
    const joint = { one, who: jointNames[fact.who], ratio: rule.ratio };
    const before = own.get(one);
    if (!before || before.ratio < joint.ratio || (before.ratio === joint.ratio && joint.who < before.who))
      own.set(one, joint);
  }
  const found = new Map<string, JointCase[]>();
  for (const [person, own] of most)
    found.set(
      person,
      [...own.values()].sort((x, y) => byDay(x.one, y.one)),
    );
  return found;
};

/** A difference of a month that a frame over several months folds anew anyway is in its lines already. */
const isFolded = (rules: Rules, { fromMonth }: Carried, month: Month | undefined): boolean => {
  const period = rules.frame.period ?? 'month';
  return period !== 'month' && month !== undefined && periodOf(fromMonth, period) === periodOf(month, period);
};

const nothing: readonly never[] = [];

const foldAll = (
  rules: Rules,
  subjects: readonly string[],
  cases: readonly CountedCase[],
  bonuses: readonly CountedBonus[],
  carried: readonly Carried[],
  beside: Beside,
  subjectsOf: (one: CountedCase) => readonly string[],
): Score[] => {
  // A frame over several months folds the earlier months of its period as its own.
  const period = rules.frame.period ?? 'month';
  const own = (month: Month): boolean =>
    period !== 'month' &&
    beside.month !== undefined &&
    periodOf(month, period) === periodOf(beside.month, period);
  const { earlier = [], earlierBonuses = [] } = beside;
  const casesOf = byPerson(
    period === 'month' ? cases : [...cases, ...earlier.filter((one) => own(one.month) && !one.opening)],
    subjectsOf,
  );
  const bonusesOf = byPerson(
    [...bonuses, ...earlierBonuses.filter((one) => own(one.month))],
    (one) => one.persons,
  );
  const carriedOf = byPerson(
    carried.filter((one) => !isFolded(rules, one, beside.month)),
    (one) => [one.person],
  );
  const earlierOf = byPerson(
    earlier.filter((one) => !own(one.month) || one.opening),
    subjectsOf,
  );
  const earlierBonusesOf = byPerson(
    earlierBonuses.filter((one) => !own(one.month)),
    (one) => one.persons,
  );
  const figuresOf = byPerson(beside.figures ?? [], (one) => [one.subject]);
  const daysOf = new Map((beside.days ?? []).map((one) => [one.person, one]));
  const joint = rules.kind === 'staff' && beside.joint ? jointOf(rules, cases, beside.joint) : undefined;
  return subjects.map((subject) =>
    fold(rules, {
      subject,
      cases: casesOf.get(subject) ?? nothing,
      bonuses: bonusesOf.get(subject) ?? nothing,
      carried: carriedOf.get(subject) ?? nothing,
      earlier: earlierOf.get(subject) ?? nothing,
      earlierBonuses: earlierBonusesOf.get(subject) ?? nothing,
      joint: joint?.get(subject) ?? nothing,
      figures: figuresOf.get(subject) ?? nothing,
      days: daysOf.get(subject),
    }),
  );
};

/** Everybody's score of one month (or of a longer frame's months), in the order of `people`; each list is walked once. */
export const scoreMonth = (
  book: RuleBook,
  people: readonly string[],
  cases: readonly CountedCase[],
  bonuses: readonly CountedBonus[],
  carried: readonly Carried[],
  beside: Beside = {},
): Score[] => foldAll(rulesOf(book), people, cases, bonuses, carried, beside, subjectsOf('staff'));

/** The scores of windows or departments by their own frame: the same lines, one for each case of theirs. */
export const scorePlaces = (
  book: RuleBook,
  kind: Exclude<FrameKind, 'staff'>,
  places: readonly string[],
  cases: readonly CountedCase[],
  beside: Beside = {},
  carried: readonly Carried[] = nothing,
): Score[] => foldAll(rulesOf(book, kind), places, cases, nothing, carried, beside, subjectsOf(kind));

/** Whom of a kind a counted case stands against. */
export const subjectsOf =
  (kind: FrameKind) =>
  (one: CountedCase): readonly string[] => {
    if (kind === 'staff') return one.persons;
    if (kind === 'department') return departmentsIn(one);
    return one.window === undefined ? nothing : [one.window];
  };
