// The lines of a score, each with its sentence: deductions and reviews, caps, floors, bonuses, carried differences.
// Every writer is handed one person's facts in their total order (score.ts) and says which cases a cut hit.
import type { Severity } from './catalog.ts';
import { amountOf, arithmetic, fen, type PriceFacts } from './price.ts';
import { type Problem, problems } from './problems.ts';
import { type BonusClause, type Clause, clauseLabel, type Frame, type RuleBook } from './rulebook.ts';
import type { Carried, CountedBonus, CountedCase, Review, Score, ScoreLine } from './score.ts';
import type { Day, Month } from './time.ts';

/** The rule book laid out for folding; made once for a whole month. */
export interface Rules {
  book: RuleBook;
  clauses: Map<string, Clause>;
  bonuses: Map<string, BonusClause>;
  /** Each clause as it is called in a sentence. */
  labels: Map<string, string>;
  /** Clauses with a monthly cap, by category. */
  capped: Map<string, { code: string; cap: number }[]>;
  /** Severities that lose points: those for which the ladder has a rung `deduct`. */
  deducted: Set<Severity>;
}

export const rulesOf = (book: RuleBook): Rules => ({
  book,
  clauses: new Map(book.clauses.map((clause) => [clause.code, clause])),
  bonuses: new Map(book.bonuses.map((bonus) => [bonus.code, bonus])),
  labels: new Map(book.clauses.map((clause) => [clause.code, clauseLabel(clause)])),
  capped: new Map(
    book.frames.staff.categories.map(({ code: category }) => [
      category,
      book.clauses.flatMap((clause) =>
        clause.category === category && clause.capPerMonth !== undefined
          ? { code: clause.code, cap: clause.capPerMonth }
          : [],
      ),
    ]),
  ),
  deducted: new Set(book.ladder.flatMap((step) => (step.measure === 'deduct' ? step.when.severity : []))),
});

/** What is taken for a case, or gained by a bonus, so far (hundredths, positive): what caps and floors work on. */
export interface Share {
  id: string;
  points: number;
}

interface ClauseShare extends Share {
  clause: string;
}

const sumOf = (shares: readonly Share[]): number => shares.reduce((sum, share) => sum + share.points, 0);

/** Takes an excess off the shares, the latest first, and answers whose points were cut, wholly or in part. */
const cutOff = (shares: readonly Share[], excess: number): string[] => {
  const cut: string[] = [];
  let open = excess;
  for (const share of shares.toReversed()) {
    const points = Math.min(share.points, open);
    if (points <= 0) continue;
    share.points -= points;
    open -= points;
    cut.push(share.id);
  }
  return [...new Set(cut.reverse())];
};

const unpadded = (two: string): string => (two.startsWith('0') ? two.slice(1) : two);
const dayText = (day: Day): string => `${unpadded(day.slice(5, 7))}月${unpadded(day.slice(8, 10))}日`;
const monthText = (month: Month): string => `${month.slice(0, 4)}年${unpadded(month.slice(5, 7))}月`;
const signed = (points: number): string => (points < 0 ? `扣${fen(-points)}` : `加${fen(points)}`);

// What cannot be priced is shown with nothing taken or given, rather than lost or stopping a whole hall's month.
const unpriced = (problem: Problem | undefined): string =>
  `${problems[problem?.code ?? 'clause.unknown'].title},未计分,请督查科内勤核对`;

// Lines are filled in place: these run for every case of a month, where spreading costs more than the arithmetic.
const choose = (line: ScoreLine, { chosen }: CountedCase | CountedBonus): void => {
  if (!chosen) return;
  line.chosen = chosen.points;
  line.chosenBy = chosen.by;
  line.reason = chosen.reason;
};
const count = (line: ScoreLine, { price, unit }: Clause | BonusClause, { quantity }: PriceFacts): void => {
  if (price.kind !== 'perQuantity') return;
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
interface Written {
  line: ScoreLine;
  review?: ScoreLine;
  share?: ClauseShare;
}

const written = (rules: Rules, one: CountedCase, severity: Severity): Written => {
  const clause = rules.clauses.get(one.clause);
  const priced = clause && amountOf(clause.price, one);
  const label = `${rules.labels.get(one.clause) ?? `条款${one.clause}`}(${dayText(one.day)})`;
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
  const points = priced.value;
  line.points = 0 - points;
  line.note = `${label}:${arithmetic(clause.price, '扣', points, one, clause.unit)}`;
  const share = { id: one.id, points: afterReview(points, one.review), clause: clause.code };
  if (!one.review) return { line, share };
  const review: ScoreLine = {
    kind: 'review',
    clause: clause.code,
    category: clause.category,
    cases: [one.id],
    points: points - share.points,
    review: one.review,
    note: `${label}:${reviewNote(points, share.points, one.review)}`,
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
    const own = shares.filter(({ clause }) => clause === code);
    const sum = sumOf(own);
    if (sum <= cap) continue;
    lines.push({
      kind: 'cap',
      clause: code,
      category,
      cases: cutOff(own, sum - cap),
      points: sum - cap,
      note: `${rules.labels.get(code)}:每月最多扣${fen(cap)},本月应扣${fen(sum)},多出的${fen(sum - cap)}不再扣`,
    });
  }
};

/**
 * Writes deductions, reviews, clause caps and category floors, category by category in the rule book's order; in each
 * the cases by day and id, then what was cut. Cases not yet heard and those settled on the spot leave no line.
 */
export const deductionLines = (
  rules: Rules,
  mine: readonly CountedCase[],
  severities: readonly Severity[],
  lines: ScoreLine[],
): { taken: Share[]; categories: Score['categories'] } => {
  const { categories, floor } = rules.book.frames.staff;
  const byCategory = new Map<string | undefined, Written[]>();
  mine.forEach((one, at) => {
    if (!one.counts || one.settledOnSpot) return;
    const next = written(rules, one, severities[at] ?? one.severity);
    const others = byCategory.get(next.line.category);
    if (others) others.push(next);
    else byCategory.set(next.line.category, [next]);
  });
  const taken: Share[] = [];
  const left = categories.map(({ code, title, full, floor: lowest }) => {
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

const bonusLine = (rules: Rules, one: CountedBonus): ScoreLine => {
  const bonus = rules.bonuses.get(one.clause);
  const priced = bonus && amountOf(bonus.price, one);
  const points = priced?.ok ? priced.value : 0;
  const note =
    bonus && priced?.ok
      ? arithmetic(bonus.price, '加', points, one, bonus.unit)
      : unpriced(priced?.ok === false ? priced.problem : undefined);
  const line: ScoreLine = {
    kind: 'bonus',
    clause: one.clause,
    cases: [one.id],
    points,
    confirmedBy: one.confirmedBy,
    note: `${bonus ? clauseLabel(bonus) : `加分项${one.clause}`}(${dayText(one.day)}):${note}`,
  };
  choose(line, one);
  if (bonus) count(line, bonus, one);
  return line;
};

/** Writes bonuses by day and id, then the caps: of each bonus in the rule book's order, of all together. */
export const bonusLines = (rules: Rules, mine: readonly CountedBonus[], lines: ScoreLine[]): Share[] => {
  const gained = mine.map((one) => {
    const line = bonusLine(rules, one);
    lines.push(line);
    return { id: one.id, points: line.points, clause: one.clause };
  });
  if (gained.length === 0) return gained;
  const cap = (shares: readonly Share[], most: number | undefined, what: string, clause?: string): void => {
    const sum = sumOf(shares);
    if (most === undefined || sum <= most) return;
    lines.push({
      kind: 'cap',
      ...(clause !== undefined && { clause }),
      cases: cutOff(shares, sum - most),
      points: most - sum,
      note: `${what}每月最多加${fen(most)},本月应加${fen(sum)},多出的${fen(sum - most)}不计`,
    });
  };
  for (const bonus of rules.book.bonuses)
    cap(
      gained.filter(({ clause }) => clause === bonus.code),
      bonus.capPerMonth,
      `${clauseLabel(bonus)}:`,
      bonus.code,
    );
  cap(gained, rules.book.frames.staff.bonusCap, '各项加分合计');
  return gained;
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
