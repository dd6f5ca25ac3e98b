// Titles as a rule book names them (服务之星、服务标兵、文明窗口、红旗窗口 …): who may win, in what order, how many, who decides.
// Only the shape; star-rule.ts ranks.
import * as z from 'zod';
import { bandEnds, hundredths } from './price.ts';
import { clauseCode, count, line, period, periods, ratio, stepCode, word } from './rulebook-terms.ts';

/** What orders the eligible, most telling first; more is better, an absent figure is last. */
const criterion = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.enum([
      'nominated',
      'score',
      'casesHandled',
      'goodRating',
      'praise',
      'bonus',
      'daysOnPost',
      'earlierTitles',
      'votes',
    ]),
  }),
  z.strictObject({ by: z.literal('notAwardedWithin'), months: z.int().min(1).max(36) }),
  z.strictObject({ by: z.literal('figure'), figure: word }),
]);
export type Criterion = z.infer<typeof criterion>;

/** One body that votes or rates, with its share (值班长投票20%、服务对象投票20%, RB08). */
const voters = z.strictObject({ code: word, title: line(20), weight: ratio.max(10_000) });

const awardKinds = ['star', 'pacesetter', 'civilisedWindow', 'other'] as const;

export const award = z.strictObject({
  code: stepCode,
  kind: z.enum(awardKinds),
  title: line(20),
  cadence: z.enum(['week', ...periods]),
  quota: z.int().min(1).max(500),
  /** A share of those assessed instead of the fixed number; never more than `quota`. */
  quotaShare: ratio.max(10_000).optional(),
  /** Who receives it; a window is also a team. */
  recipient: z.enum(['person', 'window', 'department']).optional(),
  /** At most so many per hall, grid or department; `only` names a single one. */
  atMost: z
    .array(
      z.strictObject({
        per: z.enum(['hall', 'grid', 'department']),
        number: count,
        only: line(48).optional(),
      }),
    )
    .default([]),
  /** First inside the group, then the hall: only the best so many of each group go on. */
  bestOfEach: z.strictObject({ per: z.enum(['hall', 'grid', 'department']), number: count }).optional(),
  eligible: z.strictObject({
    scoreAtLeast: hundredths.optional(),
    grades: z.array(line(20)).min(1).optional(),
    /** More than so many confirmed violations of a severity bar from the title. */
    atMost: z
      .strictObject({
        minor: z.int().min(0).optional(),
        evident: z.int().min(0).optional(),
        serious: z.int().min(0).optional(),
      })
      .default({}),
    daysOnPostAtLeast: z.int().min(0).max(366).default(0),
    nominated: z.boolean().default(false),
    earlierTitlesAtLeast: z.int().min(0).max(100).default(0),
    /** Cases under these clauses, together, at most so many of the period (迟到早退累计2次及以上不得参评, RB22). */
    clauses: z
      .array(z.strictObject({ clauses: z.array(clauseCode).min(1).max(100), atMost: z.int().min(0) }))
      .max(20)
      .optional(),
    /** A figure must lie in a band (满意率高于90%, RB21; 事假少于2次, RB22). */
    figures: z
      .array(z.strictObject({ figure: word, ...bandEnds }))
      .max(20)
      .optional(),
    /** Outstanding deeds and the length of the material, in characters (RB22: one deed, 500 characters). */
    material: z
      .strictObject({
        deeds: z.int().min(0).max(20).default(0),
        characters: z.int().min(0).max(10_000).default(0),
      })
      .optional(),
    /** Kinds of people left out of this title only (大厅主任除外, RB21). */
    without: z.array(line(20)).max(20).optional(),
  }),
  criteria: z.array(criterion).min(1).max(12),
  /** Who settles a tie at the border of the quota: 会议研究 or 公开抽签. */
  tie: z.enum(['meeting', 'draw']),
  /** Which earlier title makes a candidate (月度之星三次为年度候选人, RB21), counted over a period. */
  earlier: z.strictObject({ award: stepCode, within: period.default('year') }).optional(),
  /** Votes and ratings by several bodies; their weights are together 10000. */
  votes: z.array(voters).min(1).max(8).optional(),
  /** Who may put somebody forward: the chief representative (推荐), or oneself with material (自荐). */
  selfNomination: z.boolean().optional(),
  /** So many members drawn by lot; those of a candidate's own department stay out (RB10: 领导小组). */
  committee: z.strictObject({ seats: z.int().min(1).max(30), byLot: z.boolean().default(true) }).optional(),
});
export type AwardRule = z.infer<typeof award>;
