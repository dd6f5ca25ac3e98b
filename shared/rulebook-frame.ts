// How one kind of subject (个人、窗口、部门) is scored: base, categories, floors, grades, where the points come from, who is
// in the pool, what fixes a grade, and what follows from a score. Only the shape; score.ts and consequence.ts use it.
import * as z from 'zod';
import { severity, violationCode } from './catalog.ts';
import { bandEnds, hundredths } from './price.ts';
import { rollUp, source } from './rulebook-figures.ts';
import { clauseCode, count, line, period, stepCode, word } from './rulebook-terms.ts';

const category = z.strictObject({
  code: word,
  title: line(20),
  /** Full marks, in which the category's deductions stay when the frame's floor is `category`. */
  full: hundredths.optional(),
  /** The lowest the category can sink to (扣完为止: 0). */
  floor: hundredths.default(0),
  /** A figure fills the category instead of deductions (RB27: three parts; a window's ten points for its people). */
  from: word.optional(),
  /** With proration `category`: this category's full marks follow the days on post. */
  prorated: z.boolean().optional(),
});

const grade = z.strictObject({ name: line(20), ...bandEnds });

/** Who is left out, in the hall's own words for kinds of people (临时顶岗, 后台审批 …); RB11, RB21, RB38. */
export const pool = z.strictObject({
  without: z.array(line(20)).max(20).default([]),
  withoutWindows: z.array(line(48)).max(500).default([]),
  /** Not scored in the first so many months (试用). */
  trialMonths: z.int().min(0).max(12).default(0),
});
export type Pool = z.infer<typeof pool>;

/** One of these cases and the total, the grade or titles are lost, whatever the points say (一票否决, RB26). */
const veto = z.strictObject({
  code: clauseCode,
  title: line(60),
  clauses: z.array(clauseCode).min(1).max(100).optional(),
  types: z.array(violationCode).min(1).max(50).optional(),
  severity: z.array(severity).min(1).optional(),
  /** So many of them (旷工2天以上: times 2 and not included → 3). */
  times: count.default(1),
  /** The total is at most this. */
  atMost: hundredths.optional(),
  /** The grade it fixes. */
  grade: line(20).optional(),
  /** For which periods titles are out of reach. */
  bars: z.array(period).max(4).default([]),
});
export type Veto = z.infer<typeof veto>;

export const measureKinds = [
  'remind',
  'deduct',
  'sectionTalk',
  'directorTalk',
  'letter',
  'letterWithEvidence',
  'urge',
  'rectify',
  'criticise',
  'bar',
  'refer',
  'leaderTalk',
] as const;
export type MeasureKind = (typeof measureKinds)[number];
export const measureNames: Record<MeasureKind, string> = {
  remind: '提醒',
  deduct: '扣分',
  sectionTalk: '科室负责人谈话',
  directorTalk: '分管领导谈话',
  letter: '函告派出单位',
  letterWithEvidence: '函告派出单位并附音视频',
  urge: '下发催办单',
  rectify: '限期整改',
  criticise: '通报批评',
  bar: '取消评优资格',
  refer: '提请处理',
  leaderTalk: '约谈单位主要领导',
};
export const subjectKind = z.enum(['person', 'window', 'department']);
export type SubjectKind = z.infer<typeof subjectKind>;

/** What follows: the measure, whom it meets, in which words, for how long titles are barred. */
export const outcome = {
  measure: z.enum(measureKinds),
  /** Whom it meets, if not the one counted: one person's fault costs the whole window its title (RB17). */
  on: subjectKind.optional(),
  /** The hall's own words, printed instead of the measure's name. */
  says: line(80).optional(),
  /** For `bar`: the periods whose titles are out of reach. */
  bars: z.array(period).min(1).max(4).optional(),
};

/** What follows from a total, a grade or a place in the ranking; whatever is named must hold together. RB03, RB06. */
const consequence = z.strictObject({
  code: stepCode,
  over: period.default('month'),
  below: z.int().min(-1_000_000).max(1_000_000).optional(),
  grades: z.array(line(20)).min(1).max(10).optional(),
  /** Among the last so many (末位). */
  last: count.optional(),
  inARow: z.int().min(1).max(12).default(1),
  ...outcome,
});
export type Consequence = z.infer<typeof consequence>;

export const frame = z.strictObject({
  base: hundredths,
  categories: z.array(category).min(1).max(30),
  /** none: the total may go negative (RB06); total: it stops at 0; category: each category stops, the total too. */
  floor: z.enum(['none', 'total', 'category']),
  /** The most a total can reach with bonuses (RB02: 110). */
  ceiling: hundredths.optional(),
  /** The most all bonuses of one month can bring. */
  bonusCap: hundredths.optional(),
  /** By total, best first. */
  grades: z.array(grade).max(10),
  /** Over which calendar period the score is folded; its months count from the base together (RB26, RB38: quarter). */
  period: period.optional(),
  sources: z.array(source).min(1).max(12).optional(),
  rollUps: z
    .array(z.strictObject({ ...rollUp.shape, grades: z.array(grade).max(10).default([]) }))
    .max(3)
    .optional(),
  /** days: base and full marks follow the days on post; category: only those of categories so marked. */
  proration: z.enum(['none', 'days', 'category']).optional(),
  pool: pool.optional(),
  vetoes: z.array(veto).max(30).optional(),
  consequences: z.array(consequence).max(30).optional(),
});
export type Frame = z.infer<typeof frame>;
