// The lines of a score, each with its sentence: deductions and reviews, caps, floors, bonuses, carried differences.
// Every writer is handed one person's facts in their total order (score.ts) and says which cases a cut hit.
import type { Severity } from './catalog.ts';
import { amountOf, arithmetic, fen, type PriceFacts, priceAt } from './price.ts';
import { type Problem, problems } from './problems.ts';
import { type BonusClause, type Clause, clauseLabel, frameOf, type RuleBook } from './rulebook.ts';
import type { FigureRule, Target } from './rulebook-figures.ts';
import type { Frame } from './rulebook-frame.ts';
import type { FrameKind } from './rulebook-terms.ts';
import type { Carried, CountedBonus, CountedCase, Review, Score, ScoreLine } from './score.ts';
import type { Day, Month } from './time.ts';

/** The rule book laid out for folding; made once for a whole month. */
export interface Rules {
  book: RuleBook;
  kind: FrameKind;
  frame: Frame;
  /** Codes of the frame's categories: a clause outside them leaves no line here. */
  categories: Set<string>;
  figures: Map<string, FigureRule>;
  /** Targets of figures about this kind of subject. */
  targets: readonly Target[];
  /** Whether any clause stands in for lighter ones, or asks for an earlier reminder. */
  displacing: boolean;
  reminding: boolean;
  /** Whether the book asks for anything beyond the single case: only then a subject's cases are looked at together. */
  together: boolean;
  /** Days already worked out while a month is folded: how they are told, and so many days before them. */
  dayTexts: Map<Day, string>;
  daysBefore: Map<string, Day>;
  clauses: Map<string, Clause>;
  bonuses: Map<string, BonusClause>;
  /** Each clause as it is called in a sentence. */
  labels: Map<string, string>;
  /** Clauses with a monthly cap, by category. */
  capped: Map<string, { code: string; cap: number }[]>;
  /** Severities that lose points: those for which the ladder has a rung `deduct`. */
  deducted: Set<Severity>;
}

export const rulesOf = (book: RuleBook, kind: FrameKind = 'staff'): Rules => {
  const frame = frameOf(book, kind);
  const figures = new Map((book.figures ?? []).map((each) => [each.code, each]));
  const targets = (book.targets ?? []).filter((each) => figures.get(each.figure)?.of === kind);
  const displacing = book.clauses.some((clause) => clause.displaces !== undefined);
  const reminding = book.clauses.some((clause) => clause.afterReminder !== undefined);
  return {
    book,
    kind,
    frame,
    together:
      displacing ||
      reminding ||
      targets.length > 0 ||
      book.counting !== undefined ||
      frame.sources !== undefined ||
      frame.vetoes !== undefined ||
      frame.categories.some(({ from }) => from !== undefined),
    dayTexts: new Map(),
    daysBefore: new Map(),
    categories: new Set(frame.categories.map(({ code }) => code)),
    figures,
    targets,
    displacing,
    reminding,
    clauses: new Map(book.clauses.map((clause) => [clause.code, clause])),
    bonuses: new Map(book.bonuses.map((bonus) => [bonus.code, bonus])),
    labels: new Map(book.clauses.map((clause) => [clause.code, clauseLabel(clause)])),
    capped: new Map(
      frame.categories.map(({ code: category }) => [
        category,
        book.clauses.flatMap((clause) =>
          clause.category === category && clause.capPerMonth !== undefined
            ? { code: clause.code, cap: clause.capPerMonth }
            : [],
        ),
      ]),
    ),
    deducted: new Set(book.ladder.flatMap((step) => (step.measure === 'deduct' ? step.when.severity : []))),
  };
};

/** What is taken for a case, or gained by a bonus, so far (hundredths, positive): what caps and floors work on. */
export interface Share {
  id: string;
  points: number;
}

export interface ClauseShare extends Share {
  clause: string;
  month?: Month;
}

export const sumOf = (shares: readonly Share[]): number =>
  shares.reduce((sum, share) => sum + share.points, 0);

/** Takes an excess off the shares, the latest first, and answers whose points were cut, wholly or in part. */
export const cutOff = (shares: readonly Share[], excess: number): string[] => {
  const cut: string[] = [];
  let open = excess;
  for (const share of shares.toReversed()) {
    const points = Math.min(share.points, open);
    if (points <= 0) continue;
    share.points -= points;
    open -= points;
    // What a figure took has no case to name.
    if (share.id !== '') cut.push(share.id);
  }
  return [...new Set(cut.reverse())];
};

const unpadded = (two: string): string => (two.startsWith('0') ? two.slice(1) : two);
export const dayText = (day: Day): string => `${unpadded(day.slice(5, 7))}月${unpadded(day.slice(8, 10))}日`;
/** How a clause is called in a sentence, with the day it was broken. */
export const labelOf = (rules: Rules, { clause, day }: { clause: string; day: Day }): string => {
  let told = rules.dayTexts.get(day);
  if (told === undefined) {
    told = dayText(day);
    rules.dayTexts.set(day, told);
  }
  return `${rules.labels.get(clause) ?? `条款${clause}`}(${told})`;
};
const monthText = (month: Month): string => `${month.slice(0, 4)}年${unpadded(month.slice(5, 7))}月`;
const signed = (points: number): string => (points < 0 ? `扣${fen(-points)}` : `加${fen(points)}`);

// What cannot be priced is shown with nothing taken or given, rather than lost or stopping a whole hall's month.
export const unpriced = (problem: Problem | undefined): string =>
  `${problems[problem?.code ?? 'clause.unknown'].title},未计分,请督查科内勤核对`;

// Lines are filled in place: these run for every case of a month, where spreading costs more than the arithmetic.
export const choose = (line: ScoreLine, { chosen }: CountedCase | CountedBonus): void => {
  if (!chosen) return;
  line.chosen = chosen.points;
  line.chosenBy = chosen.by;
  line.reason = chosen.reason;
};
export const count = (
  line: ScoreLine,
  { price, unit }: Clause | BonusClause,
  { quantity, severity }: PriceFacts,
): void => {
  const of = price.kind === 'bySeverity' ? priceAt(price, severity) : price;
  if (of.kind !== 'perQuantity') return;
  line.quantity = quantity;
  line.unit = unit;
};

export const baseLine = ({ base }: Frame): ScoreLine => ({
  kind: 'base',
  cases: [],
  points: base,
  note: `基础分${fen(base)}`,
});

/** What is still taken after a review, never more than before it: a review cannot make it worse. */
const afterReview = (points: number, review: Review | undefined): number => {
  switch (review?.outcome) {
    case undefined:
    case 'upheld':
      return points;
    case 'reduced':
      return Math.max(0, Math.min(points, review.points ?? points));
    case 'overturned':
      return 0;
  }
};

const reviewNote = (points: number, left: number, review: Review): string => {
  switch (review.outcome) {
    case 'upheld':
      return '复核维持';
    case 'reduced':
      return `复核由扣${fen(points)}改为扣${fen(left)},退回${fen(points - left)}`;
    case 'overturned':
      return `复核撤销,退回${fen(points)}`;
  }
};

/** One case as it was written: its line, the further line its review adds, and what is still taken. */
export interface Written {
  line: ScoreLine;
  review?: ScoreLine;
  share?: ClauseShare;
  one?: CountedCase;
}
export type ByCategory = Map<string | undefined, Written[]>;

export const put = (to: ByCategory, category: string | undefined, next: Written): void => {
  const others = to.get(category);
  if (others) others.push(next);
  else to.set(category, [next]);
};

/**
 * What of a clause's price falls on this subject: divided among those named where the clause says so (the first by id
 * bear the odd hundredths), once for each of them in the score of a window or department that counts 人次.
 */
const portion = (rules: Rules, clause: Clause, one: CountedCase, subject: string, whole: number): number => {
  const persons = one.persons.length;
  if (rules.kind !== 'staff') return clause.perPerson === true ? whole * Math.max(1, persons) : whole;
  if (clause.split !== 'equally' || persons < 2) return whole;
  const sorted = [...new Set(one.persons)].sort();
  const least = Math.floor(whole / sorted.length);
  return least + (sorted.indexOf(subject) < whole - least * sorted.length ? 1 : 0);
};

/** Someone other than the person who answers for a case with a share of it. */
export interface JointCase {
  one: CountedCase;
  who: string;
  /** Hundredths of a per cent. */
  ratio: number;
}

const written = (
  rules: Rules,
  subject: string,
  one: CountedCase,
  severity: Severity,
  unreminded: ReadonlySet<string> | undefined,
): Written | undefined => {
  const clause = rules.clauses.get(one.clause);
  if (clause && !rules.categories.has(clause.category)) return undefined;
  const priced = clause && amountOf(clause.price, one);
  const label = labelOf(rules, one);
  const line: ScoreLine = { kind: 'deduction', clause: one.clause, cases: [one.id], points: 0, note: '' };
  line.confirmedBy = one.confirmedBy;
  if (clause) line.category = clause.category;
  choose(line, one);
  if (!clause || !priced?.ok) {
    line.note = `${label}:${unpriced(priced?.ok === false ? priced.problem : undefined)}`;
    return { line };
  }
  count(line, clause, one);
  if (!rules.deducted.has(severity)) {
    line.note = `${label}:提醒,不扣分`;
    return { line };
  }
  if (unreminded?.has(one.id)) {
    line.note = `${label}:本条须在${clause.afterReminder?.withinDays ?? 0}天内已有提醒,此前没有,按提醒处理,不扣分`;
    return { line };
  }
  const points = portion(rules, clause, one, subject, priced.value);
  line.points = 0 - points;
  line.note = `${label}:${arithmetic(clause.price, '扣', priced.value, one, clause.unit)}`;
  if (points !== priced.value)
    line.note +=
      points > priced.value
        ? `,${one.persons.length}人次共扣${fen(points)}`
        : `,${one.persons.length}人分担,本人扣${fen(points)}`;
  const left = one.review
    ? portion(rules, clause, one, subject, afterReview(priced.value, one.review))
    : points;
  const share: ClauseShare = { id: one.id, points: left, clause: clause.code, month: one.month };
  if (!one.review) return { line, share, one };
  const review: ScoreLine = {
    kind: 'review',
    clause: clause.code,
    category: clause.category,
    cases: [one.id],
    points: points - share.points,
    review: one.review,
    note: `${label}:${reviewNote(points, share.points, one.review)}`,
  };
  return { line, review, share, one };
};

/** The line of somebody who answers along: a share of what the case costs, taken back as its review says. */
export const jointWritten = (rules: Rules, { one, who, ratio }: JointCase): Written | undefined => {
  const clause = rules.clauses.get(one.clause);
  const priced = clause && amountOf(clause.price, one);
  if (!clause || !priced?.ok || !rules.categories.has(clause.category)) return undefined;
  if (!one.counts || one.settledOnSpot || !rules.deducted.has(one.severity)) return undefined;
  const part = (whole: number): number => Math.round((whole * ratio) / 10_000);
  const points = part(priced.value);
  const left = part(afterReview(priced.value, one.review));
  const label = labelOf(rules, one);
  const line: ScoreLine = {
    kind: 'joint',
    clause: clause.code,
    category: clause.category,
    cases: [one.id],
    points: 0 - points,
    ratio,
    confirmedBy: one.confirmedBy,
    note: `${label}:${who}连带责任,${fen(priced.value)} × ${ratio / 100}% = 扣${fen(points)}`,
  };
  const share: ClauseShare = { id: one.id, points: left, clause: clause.code, month: one.month };
  if (!one.review) return { line, share };
  const review: ScoreLine = {
    kind: 'review',
    clause: clause.code,
    category: clause.category,
    cases: [one.id],
    points: points - left,
    review: one.review,
    note: `${label}:${who}连带责任,${reviewNote(points, left, one.review)}`,
  };
  return { line, review, share };
};

const overCap = (
  rules: Rules,
  category: string,
  shares: readonly ClauseShare[],
  lines: ScoreLine[],
): void => {
  for (const { code, cap } of rules.capped.get(category) ?? []) {
    const all = shares.filter(({ clause }) => clause === code);
    // A frame over a longer period holds several months, each with its own cap.
    for (const month of (rules.frame.period ?? 'month') === 'month'
      ? [undefined]
      : [...new Set(all.map((share) => share.month))].sort()) {
      const own = month === undefined ? all : all.filter((share) => share.month === month);
      const sum = sumOf(own);
      if (sum <= cap) continue;
      lines.push({
        kind: 'cap',
        clause: code,
        category,
        cases: cutOff(own, sum - cap),
        points: sum - cap,
        note: `${rules.labels.get(code)}:每月最多扣${fen(cap)},${month === undefined ? '本月' : monthText(month)}应扣${fen(sum)},多出的${fen(sum - cap)}不再扣`,
      });
    }
  }
};

/** The lines of a subject's own cases, by category; cases not yet heard and those settled on the spot leave none. */
export const caseLines = (
  rules: Rules,
  subject: string,
  mine: readonly CountedCase[],
  severities: readonly Severity[],
  unreminded?: ReadonlySet<string>,
): ByCategory => {
  const byCategory: ByCategory = new Map();
  mine.forEach((one, at) => {
    if (!one.counts || one.settledOnSpot) return;
    const next = written(rules, subject, one, severities[at] ?? one.severity, unreminded);
    if (next) put(byCategory, next.line.category, next);
  });
  return byCategory;
};

/**
 * Writes deductions, reviews, clause caps and category floors, category by category in the rule book's order; in each
 * the cases by day and id and whatever was added to them, then what was cut. `scale` is the part of the full marks that
 * the days on post leave of a category.
 */
export const deductionLines = (
  rules: Rules,
  byCategory: ByCategory,
  lines: ScoreLine[],
  scale: (category: Frame['categories'][number]) => number = () => 1,
): { taken: Share[]; categories: Score['categories'] } => {
  const { categories, floor } = rules.frame;
  const taken: Share[] = [];
  const left = categories.map((category) => {
    const { code, title } = category;
    const part = scale(category);
    const full = category.full === undefined ? undefined : Math.round(category.full * part);
    const lowest = Math.round(category.floor * part);
    const shares: ClauseShare[] = [];
    for (const { line, review, share } of byCategory.get(code) ?? []) {
      lines.push(line);
      if (review) lines.push(review);
      if (share) shares.push(share);
    }
    if (shares.length === 0) return { code, points: full ?? 0 };
    overCap(rules, code, shares, lines);
    const sum = sumOf(shares);
    const most = floor === 'category' && full !== undefined ? full - lowest : sum;
    if (sum > most)
      lines.push({
        kind: 'floor',
        category: code,
        cases: cutOff(shares, sum - most),
        points: sum - most,
        note: `${title}最多扣${fen(most)},扣完为止,本月应扣${fen(sum)},多出的${fen(sum - most)}不再扣`,
      });
    for (const share of shares) taken.push(share);
    return { code, points: (full ?? 0) - Math.min(sum, most) };
  });
  for (const { line } of byCategory.get(undefined) ?? []) lines.push(line);
  return { taken, categories: left };
};

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const carriedOrder = (a: Carried, b: Carried): number =>
  inOrder(a.fromMonth, b.fromMonth) || inOrder(a.cases.join(), b.cases.join()) || a.points - b.points;

/**
 * Writes the differences of finished months, a category of its own before the total's floor, by month and cases. A
 * difference is cut as a whole, its first case stands for it; the shares keep its sign.
 */
export const carriedLines = (carried: readonly Carried[], lines: ScoreLine[]): Share[] => {
  const sorted = carried.map((one) => ({ ...one, cases: one.cases.toSorted() })).sort(carriedOrder);
  for (const { fromMonth, points, cases } of sorted)
    lines.push({
      kind: 'carried',
      cases,
      points,
      note: `${monthText(fromMonth)}定稿后的更正结转:${signed(points)}`,
      fromMonth,
    });
  return sorted.flatMap(({ cases, points }) => cases.slice(0, 1).map((id) => ({ id, points })));
};

/** Writes the line that brings a total back inside the frame, if it left it: the floor at 0, or the ceiling. */
export const closingLine = (
  { floor, ceiling }: Frame,
  total: number,
  shares: { taken: readonly Share[]; gained: readonly Share[]; brought: readonly Share[] },
  lines: ScoreLine[],
): void => {
  const { taken, gained, brought } = shares;
  if (floor !== 'none' && total < 0)
    lines.push({
      kind: 'floor',
      cases: cutOff([...taken, ...brought.map(({ id, points }) => ({ id, points: -points }))], -total),
      points: -total,
      note: `合计扣至0分为止,多出的${fen(-total)}不再扣`,
    });
  if (ceiling !== undefined && total > ceiling)
    lines.push({
      kind: 'ceiling',
      cases: cutOff([...gained, ...brought], total - ceiling),
      points: ceiling - total,
      note: `总分最高${fen(ceiling)},多出的${fen(total - ceiling)}不计`,
    });
};
