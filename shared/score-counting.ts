// Lines that follow from several cases of one subject: the heavier clause standing in for a lighter one on the same day,
// conversions, repeated ones made heavier, step tables. Everything works on what is left after reviews and on cases that
// stand, so an overturned case leaves exactly the score without it. Knows caps and floors come later (score-lines.ts).
import { amountOf, bandAt, fen } from './price.ts';

import type { ConvertRule, CountingRule, RepeatRule, TableRule } from './rulebook-counting.ts';
import { periodNames, periodOf, type Scope } from './rulebook-terms.ts';
import type { CountedCase, ScoreLine } from './score.ts';
import { type ByCategory, labelOf, put, type Rules, type Written } from './score-lines.ts';
import { type Day, plusDays } from './time.ts';

/** One subject's cases that stand (score.ts), by day: those folded now and those of earlier months they count with. */
export interface Standing {
  one: CountedCase;
  /** false: of an earlier month; it moves the count on and costs nothing here. */
  now: boolean;
}

const writtenOf = (byCategory: ByCategory): Map<string, Written> => {
  const found = new Map<string, Written>();
  for (const all of byCategory.values()) for (const each of all) if (each.one) found.set(each.one.id, each);
  return found;
};

/**
 * On one day a clause stands in for the lighter ones it names: what they took is given back, as far as the heavier one
 * takes itself. The person so pays the greater of both and never less for having done more (择重处理).
 */
const displace = (rules: Rules, written: Map<string, Written>, byCategory: ByCategory): void => {
  for (const heavy of written.values()) {
    const lighter = heavy.share && rules.clauses.get(heavy.share.clause)?.displaces;
    if (!lighter || !heavy.one) continue;
    let room = heavy.share?.points ?? 0;
    for (const { one, share } of written.values()) {
      if (!one || !share || one.day !== heavy.one.day || !lighter.includes(share.clause)) continue;
      const points = Math.min(share.points, room);
      if (points <= 0) continue;
      share.points -= points;
      room -= points;
      const category = rules.clauses.get(share.clause)?.category;
      put(byCategory, category, {
        line: {
          kind: 'displaced',
          clause: share.clause,
          ...(category !== undefined && { category }),
          cases: [one.id],
          points,
          note: `${labelOf(rules, one)}:同日已按${rules.labels.get(heavy.share?.clause ?? '') ?? ''}从重处理,不重复扣分,退回${fen(points)}`,
        },
      });
    }
  }
};

interface Group {
  period: string;
  scope: string;
  all: Standing[];
}

/** The key of a case within a scope; looked up, for this runs for every case and rule. */
const keyOf = (rules: Rules, of: Scope, code: string): string => {
  switch (of) {
    case 'all':
      return '';
    case 'sameClause':
      return code;
    case 'sameCategory':
      return rules.clauses.get(code)?.category ?? code;
    case 'sameFamily':
      return rules.clauses.get(code)?.family ?? code;
  }
};

const groupsOf = (rules: Rules, rule: CountingRule, standing: readonly Standing[]): Group[] => {
  const groups: Group[] = [];
  for (const each of standing) {
    const { clause, month } = each.one;
    if (rule.clauses && !rule.clauses.includes(clause)) continue;
    const period = rule.within === 'month' ? month : periodOf(month, rule.within);
    const scope = keyOf(rules, rule.of, clause);
    const found = groups.find((group) => group.scope === scope && group.period === period);
    if (found) found.all.push(each);
    else groups.push({ period, scope, all: [each] });
  }
  return groups;
};

/** How many of those counted come from old ledgers. */
const openingText = (counted: readonly Standing[]): string => {
  const times = counted.filter(({ one }) => one.opening).length;
  return times === 0 ? '' : `(其中期初${times}次)`;
};

/** 当月、本季度 …, as the count is told. */
const within = (rule: CountingRule): string => periodNames[rule.within];

const convert = (
  rules: Rules,
  rule: ConvertRule,
  group: Group,
  used: Set<string>,
  written: Map<string, Written>,
  byCategory: ByCategory,
): void => {
  const to = rules.clauses.get(rule.to);
  if (!to) return;
  const free = group.all.filter(
    ({ one }) =>
      !used.has(one.id) &&
      (!rule.minutes || (one.minutes !== undefined && bandAt([rule.minutes], one.minutes))),
  );
  const cost = amountOf(to.price, { quantity: to.price.kind === 'perQuantity' ? rule.quantity : 1 });
  const each = cost.ok ? cost.value * (to.price.kind === 'perQuantity' ? 1 : rule.quantity) : 0;
  for (let at = 0; at + rule.every <= free.length; at += rule.every) {
    const part = free.slice(at, at + rule.every);
    for (const { one } of part) used.add(one.id);
    const last = part.at(-1);
    // One completed in an earlier month has cost its points there.
    if (!last?.now || !rules.categories.has(to.category)) continue;
    const ids = part.map(({ one }) => one.id);
    const counted =
      rule.every === 1 ? labelOf(rules, last.one) : `${within(rule)}${rule.every}次${openingText(part)}`;
    put(byCategory, to.category, {
      line: {
        kind: 'conversion',
        rule: rule.code,
        clause: to.code,
        category: to.category,
        cases: ids,
        quantity: rule.quantity,
        unit: to.unit,
        points: 0 - each,
        note: `${rule.title}:${counted}折算为${rules.labels.get(to.code) ?? ''}${rule.quantity}${to.unit},扣${fen(each)}`,
      },
      share: { id: last.one.id, points: each, clause: to.code, month: last.one.month },
    });
    if (rule.originals === 'withdrawn') giveBack(rule, part, written, byCategory);
  }
};

/** What the converted cases took themselves, given back category by category. */
const giveBack = (
  rule: ConvertRule,
  part: readonly Standing[],
  written: Map<string, Written>,
  byCategory: ByCategory,
): void => {
  const back = new Map<string, ScoreLine>();
  for (const { one } of part) {
    const found = written.get(one.id);
    const category = found?.line.category;
    if (!found?.share || category === undefined || found.share.points <= 0) continue;
    const line = back.get(category) ?? {
      kind: 'withdrawn',
      rule: rule.code,
      category,
      cases: [],
      points: 0,
      note: '',
    };
    line.cases.push(one.id);
    line.points += found.share.points;
    line.note = `${rule.title}:已折算的${line.cases.length}次原扣${fen(line.points)},不重复扣,退回`;
    found.share.points = 0;
    back.set(category, line);
  }
  for (const [category, line] of back) put(byCategory, category, { line });
};

const repeat = (
  rules: Rules,
  rule: RepeatRule,
  group: Group,
  written: Map<string, Written>,
  byCategory: ByCategory,
): void => {
  const first = rule.fromIncluded ? rule.from : rule.from + 1;
  group.all.forEach(({ one, now }, at) => {
    const share = now && at + 1 >= first ? written.get(one.id)?.share : undefined;
    if (!share || share.points <= 0) return;
    const points = Math.round((share.points * (rule.factor - 10_000)) / 10_000);
    const category = rules.clauses.get(share.clause)?.category;
    put(byCategory, category, {
      line: {
        kind: 'repeat',
        rule: rule.code,
        clause: share.clause,
        ...(category !== undefined && { category }),
        cases: [one.id],
        points: 0 - points,
        note: `${labelOf(rules, one)}:${within(rule)}第${at + 1}次${openingText(group.all.slice(0, at + 1))},${rule.title},按${rule.factor / 10_000}倍计,再扣${fen(points)}`,
      },
      share: { id: one.id, points, clause: share.clause, month: one.month },
    });
  });
};

/** What a count costs by a step table: the highest step reached, and so much for each one beyond the last step. */
const tableCost = (rule: TableRule, times: number): number => {
  const steps = rule.steps.toSorted((a, b) => a.at - b.at);
  const reached = steps.findLast((step) => step.at <= times);
  if (!reached) return 0;
  return reached.points + (reached === steps.at(-1) ? (times - reached.at) * rule.eachMore : 0);
};

const table = (rules: Rules, rule: TableRule, group: Group, byCategory: ByCategory): void => {
  if (!rules.categories.has(rule.category)) return;
  const before = group.all.filter(({ now }) => !now).length;
  const times = group.all.length;
  const points = tableCost(rule, times) - tableCost(rule, before);
  const own = group.all.filter(({ now }) => now);
  const last = own.at(-1);
  if (points <= 0 || !last) return;
  const earlier = before > 0 ? `,此前已扣${fen(tableCost(rule, before))}` : '';
  put(byCategory, rule.category, {
    line: {
      kind: 'table',
      rule: rule.code,
      category: rule.category,
      cases: own.map(({ one }) => one.id),
      quantity: times,
      unit: '次',
      points: 0 - points,
      note: `${rule.title}:${within(rule)}累计${times}次${openingText(group.all)},应扣${fen(tableCost(rule, times))}${earlier},扣${fen(points)}`,
    },
    share: { id: last.one.id, points, clause: '', month: last.one.month },
  });
};

/** Adds to the cases' lines what their number asks for, rule by rule in the book's order. `standing` by day and id. */
export const countingLines = (rules: Rules, standing: readonly Standing[], byCategory: ByCategory): void => {
  const written = writtenOf(byCategory);
  if (rules.displacing) displace(rules, written, byCategory);
  const used = new Set<string>();
  for (const rule of rules.book.counting ?? [])
    for (const group of groupsOf(rules, rule, standing)) {
      switch (rule.kind) {
        case 'convert':
          convert(rules, rule, group, used, written, byCategory);
          break;
        case 'repeat':
          repeat(rules, rule, group, written, byCategory);
          break;
        case 'table':
          table(rules, rule, group, byCategory);
          break;
      }
    }
};

const daysBefore = (rules: Rules, day: Day, days: number): Day => {
  const key = `${day} ${days}`;
  const known = rules.daysBefore.get(key) ?? plusDays(day, -days);
  rules.daysBefore.set(key, known);
  return known;
};

/** Settled on the spot, of a severity that costs nothing, or under a clause without a price. */
const isReminder = (rules: Rules, one: CountedCase): boolean =>
  one.settledOnSpot ||
  !rules.deducted.has(one.severity) ||
  rules.clauses.get(one.clause)?.price.kind === 'none';

/**
 * The cases whose clause asks for an earlier reminder that never was: a case of the kind, settled on the spot or not
 * costing points, at most so many days before (教育不改, RB03).
 */
export const unremindedOf = (rules: Rules, standing: readonly Standing[]): Set<string> => {
  const found = new Set<string>();
  for (const { one, now } of standing) {
    const rule = now ? rules.clauses.get(one.clause)?.afterReminder : undefined;
    if (!rule) continue;
    const from = daysBefore(rules, one.day, rule.withinDays);
    const key = keyOf(rules, rule.of, one.clause);
    const reminded = standing.some(
      ({ one: before }) =>
        before.id !== one.id &&
        from <= before.day &&
        before.day < one.day &&
        isReminder(rules, before) &&
        keyOf(rules, rule.of, before.clause) === key,
    );
    if (!reminded) found.add(one.id);
  }
  return found;
};
