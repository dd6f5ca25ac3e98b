// What follows from the number of cases rather than from one of them: conversions (四次迟到折算旷工一天, RB26), repeated
// ones made heavier (第五次起加倍, RB06), and step tables (三次扣几分、五次扣几分). Only their shape; score-counting.ts counts.
import * as z from 'zod';
import { bandEnds, hundredths } from './price.ts';
import { clauseCode, count, line, period, ratio, scope, stepCode, word } from './rulebook-terms.ts';

/** What is counted: these clauses (absent: all), within a calendar period, each group of the scope by itself. */
const counted = {
  code: stepCode,
  title: line(60),
  clauses: z.array(clauseCode).min(1).max(100).optional(),
  within: period.default('month'),
  of: scope.default('all'),
};

const convert = z.strictObject({
  kind: z.literal('convert'),
  ...counted,
  /** Only cases of such a length (脱岗超过1小时按旷工). */
  minutes: z.strictObject(bandEnds).optional(),
  /** Every so many are one of `to`; each case is used up at most once. */
  every: count,
  to: clauseCode,
  quantity: count.default(1),
  /** Whether what the converted cases cost themselves is given back. The sources leave it open; the default does. */
  originals: z.enum(['withdrawn', 'kept']).default('withdrawn'),
});

const repeat = z.strictObject({
  kind: z.literal('repeat'),
  ...counted,
  /** 第5次起: 5, included; 5次以后: 5, not included. */
  from: z.int().min(1).max(1000),
  fromIncluded: z.boolean().default(true),
  /** 20000: double. */
  factor: ratio.min(10_001).default(20_000),
});

const table = z.strictObject({
  kind: z.literal('table'),
  ...counted,
  category: word,
  /** The highest step reached is what the count costs as a whole. */
  steps: z
    .array(z.strictObject({ at: count, points: hundredths }))
    .min(1)
    .max(20),
  /** For each one beyond the last step. */
  eachMore: hundredths.default(0),
});

export const countingRule = z.discriminatedUnion('kind', [convert, repeat, table]);
export type CountingRule = z.infer<typeof countingRule>;
export type ConvertRule = z.infer<typeof convert>;
export type RepeatRule = z.infer<typeof repeat>;
export type TableRule = z.infer<typeof table>;
