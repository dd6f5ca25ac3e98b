// Lines that come from figures instead of cases: a category filled by a mark, points for what lies beyond a target, and
// the weighting of several sources. A figure nobody brought costs nobody points: the line says so. A line's words
// are part of what a frozen month is recomputed to: they are not reworded.
import { fen, pointsText } from './price.ts';
import type { FigureRule, Target } from './rulebook-figures.ts';
import type { ScoreLine } from './score.ts';
import { type ByCategory, put, type Rules } from './score-lines.ts';

/** A figure as it was handed in for one subject: a mark, an amount, two numbers, answers, or the people's scores. */
export interface FigureFact {
  figure: string;
  subject: string;
  /** Where it came from, as it is told on the line. */
  source?: string;
  /** A mark in hundredths of a point, or an amount in hundredths of its unit. */
  value?: number;
  /** The self-assessment beside a mark. */
  self?: number;
  numerator?: number;
  denominator?: number;
  /** An amount by kinds; the kinds the rule book excepts do not count. */
  parts?: { kind: string; value: number }[];
  answers?: { answer: string; count: number; by?: string }[];
  /** Totals of the people, hundredths. */
  totals?: number[];
}

/** What a figure comes to, in its hundredths, with what it is made of. */
export interface FigureValue {
  value: number;
  told: string;
  self?: number;
  numerator?: number;
  denominator?: number;
  sample?: number;
  source?: string;
}

/** The most a figure can come to, for scaling it into a category or a weighted sum; none for a plain amount. */
const scaleOf = (rule: FigureRule, base: number): number | undefined => {
  switch (rule.kind) {
    case 'mark':
      return rule.most;
    case 'ratio':
      return 10_000;
    case 'rating':
      return Math.max(...rule.scale.map(({ points }) => points));
    case 'people':
      return base;
    case 'amount':
    case 'cases':
      return undefined;
  }
};

const mean = (sum: number, of: number): number => Math.round(sum / of);

/** The value of a figure by what was handed in, with its source told; undefined as `reckoned` is. */
export const figureValue = (
  rule: FigureRule,
  fact: FigureFact | undefined,
  clausesOf: readonly { clause: string; quantity: number }[] = [],
): FigureValue | undefined => {
  const found = reckoned(rule, fact, clausesOf);
  return found && fact?.source !== undefined
    ? { ...found, told: `${found.told}(来源:${fact.source})`, source: fact.source }
    : found;
};

/** The value of a figure by what was handed in; undefined where it is missing, too small a sample, or by nothing. */
const reckoned = (
  rule: FigureRule,
  fact: FigureFact | undefined,
  clausesOf: readonly { clause: string; quantity: number }[],
): FigureValue | undefined => {
  switch (rule.kind) {
    case 'mark': {
      if (fact?.value === undefined) return undefined;
      const value = Math.max(0, Math.min(rule.most, fact.value));
      const own = fact.self === undefined ? '' : `(自评${fen(fact.self)})`;
      return { value, told: `评定${fen(value)}${own}`, ...(fact.self !== undefined && { self: fact.self }) };
    }
    case 'amount': {
      if (!fact) return undefined;
      const counted = (fact.parts ?? []).filter(({ kind }) => !rule.except.includes(kind));
      const left = (fact.parts ?? []).filter(({ kind }) => rule.except.includes(kind));
      if (fact.value === undefined && fact.parts === undefined) return undefined;
      const value = (fact.value ?? 0) + counted.reduce((sum, part) => sum + part.value, 0);
      const except = left.map((part) => `,${part.kind}${pointsText(part.value)}${rule.unit}不计`).join('');
      return { value, told: `${pointsText(value)}${rule.unit}${except}` };
    }
    case 'ratio': {
      if (fact?.numerator === undefined || fact.denominator === undefined || fact.denominator <= 0)
        return undefined;
      const { numerator, denominator } = fact;
      const value = Math.floor((numerator * 10_000) / denominator);
      return { value, told: `${numerator}/${denominator} = ${pointsText(value)}%`, numerator, denominator };
    }
    case 'rating': {
      const points = new Map(rule.scale.map((each) => [each.answer, each.points]));
      const counted = (fact?.answers ?? []).filter(
        (each) => points.has(each.answer) && !(rule.withoutOneself && each.by === fact?.subject),
      );
      const sample = counted.reduce((sum, each) => sum + each.count, 0);
      if (sample < rule.leastAnswers || sample === 0) return undefined;
      const sum = counted.reduce((all, each) => all + each.count * (points.get(each.answer) ?? 0), 0);
      const value = mean(sum, sample);
      const told = rule.scale.flatMap(({ answer }) => {
        const times = counted.reduce((all, each) => all + (each.answer === answer ? each.count : 0), 0);
        return times > 0 ? [`${answer}${times}`] : [];
      });
      return { value, told: `${sample}份(${told.join('、')}),平均${fen(value)}`, sample };
    }
    case 'people': {
      const totals = fact?.totals ?? [];
      if (totals.length === 0) return undefined;
      const value = mean(
        totals.reduce((sum, each) => sum + each, 0),
        totals.length,
      );
      return { value, told: `${totals.length}人平均${fen(value)}`, sample: totals.length };
    }
    case 'cases': {
      const own = clausesOf.filter(({ clause }) => rule.clauses.includes(clause));
      const value =
        100 * (rule.count === 'cases' ? own.length : own.reduce((sum, each) => sum + each.quantity, 0));
      return { value, told: `${pointsText(value)}次` };
    }
  }
};

/** The values of one subject, reckoned once. */
export type Values = (code: string) => FigureValue | undefined;

const figureOf = (code: string, { told: _told, ...rest }: FigureValue): NonNullable<ScoreLine['figure']> => ({
  code,
  ...rest,
});

/** A category that a figure fills: what the figure leaves of its full marks is taken; nothing, where there is none. */
const filledCategories = (rules: Rules, base: number, values: Values, byCategory: ByCategory): void => {
  for (const { code, title, full, from } of rules.frame.categories) {
    const rule = from === undefined ? undefined : rules.figures.get(from);
    if (!rule || full === undefined) continue;
    const value = values(rule.code);
    const scale = scaleOf(rule, base);
    if (!value || !scale) {
      const note = `${title}:没有“${rule.title}”的数据,按满分计`;
      put(byCategory, code, { line: { kind: 'figure', category: code, cases: [], points: 0, note } });
      continue;
    }
    const got = Math.round((Math.min(value.value, scale) * full) / scale);
    const scaled = scale === full ? '' : `,折合${fen(got)}`;
    put(byCategory, code, {
      line: {
        kind: 'figure',
        category: code,
        cases: [],
        points: got - full,
        figure: figureOf(rule.code, value),
        note: `${title}:${rule.title}${value.told}${scaled},满分${fen(full)},扣${fen(full - got)}`,
      },
      share: { id: '', points: full - got, clause: '' },
    });
  }
};

/** How many steps a value lies beyond a target; part of a step counts only where the rule book says so. */
const stepsBeyond = (target: Target, value: number): number => {
  const beyond = target.when === 'over' ? value - target.than : target.than - value;
  if (beyond <= 0) return 0;
  return target.begun ? Math.ceil(beyond / target.each) : Math.floor(beyond / target.each);
};

const inUnits = (rule: FigureRule, value: number): string => {
  switch (rule.kind) {
    case 'amount':
      return `${pointsText(value)}${rule.unit}`;
    case 'ratio':
      return `${pointsText(value)}%`;
    case 'cases':
      return `${pointsText(value)}次`;
    case 'mark':
    case 'rating':
    case 'people':
      return fen(value);
  }
};

/** Deductions for figures beyond their targets go into their categories; bonuses are handed back. */
const targetLines = (rules: Rules, values: Values, byCategory: ByCategory): ScoreLine[] => {
  const bonuses: ScoreLine[] = [];
  for (const target of rules.targets) {
    const rule = rules.figures.get(target.figure);
    const value = rule && values(rule.code);
    const steps = value ? stepsBeyond(target, value.value) : 0;
    if (!rule || !value || steps === 0) continue;
    const whole = steps * target.points;
    const points = Math.min(whole, target.capPerMonth ?? whole);
    const verb = target.gives === 'bonus' ? '加' : '扣';
    const beyond = target.when === 'over' ? '超过' : '低于';
    const cut = points < whole ? `,最多${verb}${fen(points)}` : '';
    const note = `${target.title}:${rule.title}${value.told},${beyond}${inUnits(rule, target.than)},每${inUnits(rule, target.each)}${verb}${fen(target.points)},${steps} × ${fen(target.points)} = ${verb}${fen(whole)}${cut}`;
    const line: ScoreLine = {
      kind: 'target',
      rule: target.code,
      cases: [],
      quantity: steps,
      points: target.gives === 'bonus' ? points : 0 - points,
      figure: figureOf(rule.code, value),
      note,
    };
    if (target.gives === 'bonus') bonuses.push(line);
    else if (target.category !== undefined) {
      line.category = target.category;
      put(byCategory, target.category, { line, share: { id: '', points, clause: '' } });
    }
  }
  return bonuses;
};

/** Adds what figures bring to the categories; answers the bonus lines they earn. */
export const figureLines = (
  rules: Rules,
  base: number,
  values: Values,
  byCategory: ByCategory,
): ScoreLine[] => {
  filledCategories(rules, base, values, byCategory);
  return targetLines(rules, values, byCategory);
};

/**
 * The weighted sum of several sources (RB08, RB21): the own score so far is brought down to its weight, each figure adds
 * its part, scaled to the frame's base. The weight of a missing figure goes to the others, unless it counts as 0.
 */
export const sourceLines = (rules: Rules, own: number, values: Values, lines: ScoreLine[]): void => {
  const { sources, base } = rules.frame;
  if (!sources) return;
  const found = sources.map((source) => {
    const rule = rules.figures.get(source.of);
    const scale = rule && scaleOf(rule, base);
    const value = rule && values(rule.code);
    return {
      source,
      rule,
      value: value && scale ? { ...value, value: Math.round((value.value * base) / scale) } : undefined,
    };
  });
  const present = found.filter(
    ({ source, value }) => source.of === 'own' || value || source.missing === 'zero',
  );
  const whole = present.reduce((sum, { source }) => sum + source.weight, 0);
  const part = (points: number, weight: number): number =>
    whole > 0 ? Math.round((points * weight) / whole) : 0;
  const share = (weight: number): string =>
    `${pointsText(Math.round((weight * 10_000) / Math.max(1, whole)))}%`;
  const mine = sources.find((source) => source.of === 'own');
  const kept = mine ? part(own, mine.weight) : 0;
  if (mine || own !== 0)
    lines.push({
      kind: 'weight',
      cases: [],
      points: kept - own,
      note: mine
        ? `考核得分${fen(own)},按${share(mine.weight)}计入${fen(kept)}`
        : `考核得分${fen(own)}不计入,总分由各项来源加权得出`,
    });
  for (const { source, rule, value } of found) {
    if (source.of === 'own' || !rule) continue;
    const spread = source.missing === 'spread';
    const points = value ? part(value.value, source.weight) : 0;
    lines.push({
      kind: 'source',
      cases: [],
      points,
      ...(value && { figure: figureOf(rule.code, value) }),
      note: value
        ? `${rule.title}:${value.told},按${share(source.weight)}计入${fen(points)}`
        : `${rule.title}:没有数据,${spread ? '权重由其他来源分担' : '计0分'}`,
    });
  }
};
