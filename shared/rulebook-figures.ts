// What enters a score besides cases: figures (指标) that are handed in for a person, window or department, their targets,
// and how several sources are weighted into one sum. Only the shape; score-figures.ts reckons.
import * as z from 'zod';
import { hundredths } from './price.ts';
import { clauseCode, count, frameKind, line, period, ratio, word } from './rulebook-terms.ts';

const named = { code: word, title: line(40), of: frameKind.default('staff') };

/** A mark given by somebody, in hundredths of a point; a self-assessment stands beside it but does not count. */
const mark = z.strictObject({
  kind: z.literal('mark'),
  ...named,
  most: hundredths,
  self: z.boolean().default(false),
});
/** A number of things in hundredths of the unit (半天写50); parts of a named kind are left out (审批业务外出除外, RB04). */
const amount = z.strictObject({
  kind: z.literal('amount'),
  ...named,
  unit: line(8),
  except: z.array(line(20)).max(20).default([]),
});
/** Numerator by denominator, in hundredths of a per cent; both are kept (办结率, RB02). */
const ratioFigure = z.strictObject({ kind: z.literal('ratio'), ...named });
/** The mean of answers on a scale (满意10分 … 不满意4分, RB21); too few answers are no figure. */
const rating = z.strictObject({
  kind: z.literal('rating'),
  ...named,
  scale: z
    .array(z.strictObject({ answer: line(12), points: hundredths }))
    .min(2)
    .max(10),
  leastAnswers: count.default(1),
  /** Peers do not rate themselves. */
  withoutOneself: z.boolean().default(true),
});
/** The mean of the scores of a window's or department's people (RB09-like roll-up). */
const people = z.strictObject({
  kind: z.literal('people'),
  ...named,
  of: z.enum(['window', 'department']),
});
/** 办件量一类的业务量指标 and the cases counted by clause are amounts; a sum of cases is this one. */
const cases = z.strictObject({
  kind: z.literal('cases'),
  ...named,
  clauses: z.array(clauseCode).min(1).max(100),
  count: z.enum(['cases', 'quantity']).default('cases'),
});
export const figure = z.discriminatedUnion('kind', [mark, amount, ratioFigure, rating, people, cases]);
export type FigureRule = z.infer<typeof figure>;

/** Points for what a figure lies over or under a target: each day over two, each percentage point below (RB02, RB04). */
export const target = z.strictObject({
  code: clauseCode,
  title: line(60),
  figure: word,
  /** A category of the frame the figure is about; a bonus needs none. */
  category: word.optional(),
  when: z.enum(['over', 'under']),
  /** In the figure's hundredths: 2 days 200, 95 % 9500. */
  than: z.int().min(0).max(100_000_000),
  /** Points for each so much; only whole steps count unless `begun`. */
  each: z.int().min(1).max(100_000_000),
  begun: z.boolean().default(false),
  points: hundredths,
  gives: z.enum(['deduction', 'bonus']).default('deduction'),
  capPerMonth: hundredths.optional(),
});
export type Target = z.infer<typeof target>;

/** One source of a weighted sum: `own` is the score by cases and bonuses, anything else a figure. RB08, RB21. */
export const source = z.strictObject({
  of: word,
  /** Hundredths of a per cent; together 10000. */
  weight: ratio.max(10_000),
  /** Without a figure: its weight goes to the others in proportion (nobody pays for data nobody brought), or it is 0. */
  missing: z.enum(['spread', 'zero']).default('spread'),
});

/** From month scores to a longer period (period chain); short periods count by their mean. RB06: sum over the year. */
export const rollUp = z.strictObject({
  period: period.exclude(['month']),
  how: z.enum(['sum', 'mean']),
  /** byMean: missing months stand at the mean of the others; asIs: they bring nothing to a sum. */
  incomplete: z.enum(['byMean', 'asIs']).default('byMean'),
  leastMonths: z.int().min(1).max(12).default(1),
});
