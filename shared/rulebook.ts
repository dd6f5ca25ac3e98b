// A rule book (考核办法) as data: the score's frame, clauses with their prices, bonuses, the ladder of measures,
// grades, awards and settings. Knows the shape and how to look things up; the check across parts is rulebook-check.ts,
// the arithmetic score.ts and measure.ts. Points are whole hundredths everywhere: 1 point is written 100.
import * as z from 'zod';
import { bonusCode, isSealedType, severity, violationCode } from './catalog.ts';
import { amountOf, bandEnds, bonusPrice, hundredths, type PriceFacts, price } from './price.ts';
import { type Result, refuse } from './problems.ts';

/** Text that goes onto forms and notices: one line, no invisible characters. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, '含有不可见的控制字符');
const count = z.int().min(1).max(10_000);
/** Codes become parts of measure ids (`talk-2026-11-section-…`) and of printed lines. */
const word = z.string().regex(/^[a-z][A-Za-z0-9]{0,15}$/, '代码应以小写字母开头,只含字母和数字,最长 16 位');
const stepCode = z.string().regex(/^[a-z][a-z0-9]{0,15}$/, '代码只能用小写字母和数字,最长 16 位');
const clauseCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,15}$/, '条款编号只能用字母、数字、点和短横线,最长 16 位');

const clause = z.strictObject({
  /** As printed in the centre's own paper: `3` is shown as 第3条. */
  code: clauseCode,
  category: word,
  title: line(60),
  /** Violation types that may be confirmed under this clause; a type may have several clauses. */
  types: z.array(violationCode).min(1),
  /** One incident, one deduction: findings of one family, person and time are proposed for merging. */
  family: word,
  price,
  /** 次, 件, 半天, 工作日 … */
  unit: line(8),
  /** Offered to the person who confirms, never imposed. */
  severity,
  /** At most this much is taken under the clause from one person in a month. */
  capPerMonth: hundredths.optional(),
});
export type Clause = z.infer<typeof clause>;

const bonus = z.strictObject({
  code: clauseCode,
  title: line(60),
  type: bonusCode,
  price: bonusPrice,
  unit: line(8),
  capPerMonth: hundredths.optional(),
});
export type BonusClause = z.infer<typeof bonus>;

const category = z.strictObject({
  code: word,
  title: line(20),
  /** Full marks, in which the category's deductions stay when the frame's floor is `category`. */
  full: hundredths.optional(),
  /** The lowest the category can sink to (扣完为止: 0). */
  floor: hundredths.default(0),
});

/** How one kind of subject is scored. Only the staff frame exists so far; a window and a department frame will join. */
const frame = z.strictObject({
  base: hundredths,
  categories: z.array(category).min(1).max(30),
  /** none: the total may go negative (RB06); total: it stops at 0; category: each category stops, the total too. */
  floor: z.enum(['none', 'total', 'category']),
  /** The most a total can reach with bonuses (RB02: 110). */
  ceiling: hundredths.optional(),
  /** The most all bonuses of one month can bring. */
  bonusCap: hundredths.optional(),
  /** By total, best first. */
  grades: z.array(z.strictObject({ name: line(20), ...bandEnds })).max(10),
});
export type Frame = z.infer<typeof frame>;

/** Calendar periods; a quarter is January-March and so on, a half-year 上半年 or 下半年. */
export const periods = ['month', 'quarter', 'halfYear', 'year'] as const;
export type Period = (typeof periods)[number];
const scope = z.enum(['all', 'sameCategory', 'sameFamily', 'sameClause']);
export type Scope = z.infer<typeof scope>;

export const measureKinds = [
  'remind',
  'deduct',
  'sectionTalk',
  'directorTalk',
  'letter',
  'letterWithEvidence',
] as const;
export type MeasureKind = (typeof measureKinds)[number];
export const measureNames: Record<MeasureKind, string> = {
  remind: '提醒',
  deduct: '扣分',
  sectionTalk: '科室负责人谈话',
  directorTalk: '分管领导谈话',
  letter: '函告派出单位',
  letterWithEvidence: '函告派出单位并附音视频',
};

/** One rung: when so many of such a kind have come together for a subject, then this measure. */
const step = z.strictObject({
  code: stepCode,
  when: z.strictObject({
    severity: z.array(severity).min(1),
    times: z.strictObject({
      atLeast: count.default(1),
      within: z.enum(periods).default('month'),
      of: scope.default('all'),
      /** 人次 counts person × case; incidents counts each case once, also one without a person (起). */
      unit: z.enum(['personTimes', 'incidents']).default('personTimes'),
      /** Reached in this many months one after the other (持续偏多). */
      monthsInARow: z.int().min(1).max(12).default(1),
      /** true: again at every further `atLeast` of the period; false: once a period. */
      again: z.boolean().default(false),
    }),
    /** true: only what happened during a campaign (专项检查期间). */
    campaign: z.boolean().default(false),
    subject: z.enum(['person', 'department']),
  }),
  measure: z.enum(measureKinds),
  /** Codes of lighter steps this one stands in for, for the same subject in the same month. */
  insteadOf: z.array(stepCode).default([]),
});
export type Step = z.infer<typeof step>;

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
    ]),
  }),
  z.strictObject({ by: z.literal('notAwardedWithin'), months: z.int().min(1).max(36) }),
]);
export type Criterion = z.infer<typeof criterion>;

const award = z.strictObject({
  code: stepCode,
  kind: z.enum(['star', 'pacesetter', 'civilisedWindow']),
  title: line(20),
  cadence: z.enum(periods),
  quota: z.int().min(1).max(500),
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
  }),
  criteria: z.array(criterion).min(1).max(12),
  /** Who settles a tie at the border of the quota: 会议研究 or 公开抽签. */
  tie: z.enum(['meeting', 'draw']),
});
export type AwardRule = z.infer<typeof award>;

/** A period of working days: figures the sources left open carry a default which the hall sees and may change. */
const workingDays = (days: number) => z.int().min(0).max(60).default(days);
const settings = z.strictObject({
  verifyWorkingDays: workingDays(2),
  seriousVerifyWorkingDays: workingDays(1),
  noticeWorkingDays: workingDays(2),
  /** A notice that reached the chief representative is delivered after so many days. */
  deemedDeliveredWorkingDays: workingDays(2),
  answerWorkingDays: workingDays(2),
  appealWorkingDays: workingDays(3),
  decideWorkingDays: workingDays(5),
  talkWorkingDays: workingDays(5),
  letterWorkingDays: workingDays(5),
  letterReplyWorkingDays: workingDays(10),
  rectifyWorkingDays: workingDays(5),
  recheckWorkingDays: workingDays(2),
  urgeAfterWorkingDays: workingDays(1),
  publicityWorkingDays: workingDays(5),
  /** Day of the following month; a non-working day moves on (RB38: sums by the 5th, candidates by the 10th). */
  sumByDayOfMonth: z.int().min(1).max(28).default(5),
  candidatesByDayOfMonth: z.int().min(1).max(28).default(10),
  /** Evidence is a copy with its own purpose; never under the 30 days of decree 799, art. 17. */
  evidenceKeepDays: z.int().min(30).max(3650).default(365),
  /** Findings of one family and person this close together are proposed for merging. */
  mergeWithinMinutes: z.int().min(0).max(1440).default(15),
  /** From the nth minor one of a month on it counts as evident (轻微累计); null: off. */
  minorBecomesEvident: z
    .strictObject({ from: z.int().min(2).max(100), of: scope.default('all') })
    .nullable()
    .default(null),
});

export const ruleBook = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, '编号只能用小写字母、数字和短横线,最长 48 位'),
  title: line(80),
  frames: z.strictObject({ staff: frame }),
  clauses: z.array(clause).max(500),
  bonuses: z.array(bonus).max(100),
  ladder: z.array(step).max(50),
  awards: z.array(award).max(20),
  settings: settings.prefault({}),
});
export type RuleBook = z.infer<typeof ruleBook>;
/** A rule book as it is written: settings and other defaults may be left out. */
export type RuleBookInput = z.input<typeof ruleBook>;

export const clauseOf = (book: RuleBook, code: string): Clause | undefined =>
  book.clauses.find((each) => each.code === code);
export const bonusOf = (book: RuleBook, code: string): BonusClause | undefined =>
  book.bonuses.find((each) => each.code === code);

/** The clauses under which a violation of this type may be confirmed; none for sealed types. */
export const clausesFor = (book: RuleBook, type: string): Clause[] =>
  isSealedType(type) ? [] : book.clauses.filter((each) => each.types.some((served) => served === type));

/** `3` is read 第3条; any other code stands as printed. */
export const clauseLabel = ({ code, title }: { code: string; title: string }): string =>
  `${/^\d+(\.\d+)*$/.test(code) ? `第${code}条` : code} ${title}`;

/**
 * What a violation costs under a clause, in hundredths (a positive figure). Refuses an unknown clause, a choice outside
 * the range or where there is none, missing minutes, and a quantity where the clause counts none.
 */
export const priceOf = (book: RuleBook, code: string, facts: PriceFacts): Result<number> => {
  const clause = clauseOf(book, code);
  return clause ? amountOf(clause.price, facts) : refuse('clause.unknown', code);
};

/** What a good deed brings, in hundredths. */
export const bonusPriceOf = (book: RuleBook, code: string, facts: PriceFacts): Result<number> => {
  const found = bonusOf(book, code);
  return found ? amountOf(found.price, facts) : refuse('clause.unknown', code);
};

/** Which of a subject's violations are counted together: the key of the clause within the scope. */
export const scopeKey = (book: RuleBook, of: Scope, code: string): string => {
  switch (of) {
    case 'all':
      return '';
    case 'sameClause':
      return code;
    case 'sameCategory':
      return clauseOf(book, code)?.category ?? code;
    case 'sameFamily':
      return clauseOf(book, code)?.family ?? code;
  }
};
