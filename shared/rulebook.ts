// A rule book (考核办法) as data: the score's frame, clauses with their prices, bonuses, the ladder of measures,
// grades, awards and settings. Its parts have files of their own (rulebook-frame, -figures, -counting, -award); this one
// puts them together and looks things up. The check across parts is rulebook-check.ts, the arithmetic score.ts and
// measure.ts. What joined later is optional: a book enacted before still parses, and means what it meant. Points are whole hundredths everywhere: 1 point is written 100.
import * as z from 'zod';
import { bonusCode, isSealedType, severity, violationCode } from './catalog.ts';
import { complaintTerms } from './complaint-terms.ts';
import { amountOf, bonusPrice, hundredths, type PriceFacts, price } from './price.ts';
import { type Result, refuse } from './problems.ts';
import { award } from './rulebook-award.ts';
import { countingRule } from './rulebook-counting.ts';
import { figure, target } from './rulebook-figures.ts';
import { type Frame, frame, outcome, subjectKind } from './rulebook-frame.ts';
import {
  clauseCode,
  count,
  type FrameKind,
  line,
  period,
  periods,
  ratio,
  type Scope,
  scope,
  stepCode,
  word,
} from './rulebook-terms.ts';

/** Who may answer along with somebody: 首席代表、格长、区域责任人、徇私的考核人员 (RB06: at double). */
export const jointRoles = ['chiefRepresentative', 'gridLeader', 'areaKeeper', 'examiner'] as const;
export type JointRole = (typeof jointRoles)[number];
export const jointNames: Record<JointRole, string> = {
  chiefRepresentative: '首席代表',
  gridLeader: '格长',
  areaKeeper: '区域责任人',
  examiner: '考核人员',
};

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
  /** Lighter clauses that this one stands in for, for the same person on the same day (择重处理). */
  displaces: z.array(clauseCode).min(1).max(20).optional(),
  /** Costs only after an earlier reminder of the kind within so many days (教育不改, RB03). */
  afterReminder: z
    .strictObject({ withinDays: z.int().min(1).max(366), of: scope.default('sameFamily') })
    .optional(),
  /** Who loses along with the person, by which share (首席代表连带扣一半). */
  joint: z
    .array(z.strictObject({ who: z.enum(jointRoles), ratio }))
    .min(1)
    .max(4)
    .optional(),
  /** each: everybody named answers for all of it; equally: it is divided among them (共用区域). */
  split: z.enum(['each', 'equally']).optional(),
  /** In a window's or department's score it counts once for each person named (每人次), otherwise once. */
  perPerson: z.boolean().optional(),
});
export type Clause = z.infer<typeof clause>;

const bonus = z.strictObject({
  code: clauseCode,
  title: line(60),
  type: bonusCode,
  price: bonusPrice,
  unit: line(8),
  capPerMonth: hundredths.optional(),
  /** The most it can bring over longer periods (信息报送全年最多加几分). */
  caps: z
    .array(z.strictObject({ within: period, points: hundredths }))
    .min(1)
    .max(4)
    .optional(),
});
export type BonusClause = z.infer<typeof bonus>;

/** One rung: when so many of such a kind have come together for a subject, then this measure. */
const step = z.strictObject({
  code: stepCode,
  when: z.strictObject({
    severity: z.array(severity).min(1),
    /** Only cases under these clauses (手机使用, RB17; 投诉, RB20); absent: all. */
    clauses: z.array(clauseCode).min(1).max(100).optional(),
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
    subject: subjectKind,
  }),
  ...outcome,
  /** Codes of lighter steps this one stands in for, for the same subject in the same month. */
  insteadOf: z.array(stepCode).default([]),
});
export type Step = z.infer<typeof step>;

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
  /** Time limits of the complaint desk; absent: the standing ones. */
  complaint: complaintTerms.optional(),
});

export const ruleBook = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, '编号只能用小写字母、数字和短横线,最长 48 位'),
  title: line(80),
  /** At least one; a clause counts in every frame that has its category. */
  frames: z.strictObject({
    staff: frame.optional(),
    window: frame.optional(),
    department: frame.optional(),
  }),
  clauses: z.array(clause).max(500),
  bonuses: z.array(bonus).max(100),
  ladder: z.array(step).max(50),
  awards: z.array(award).max(20),
  settings: settings.prefault({}),
  figures: z.array(figure).max(50).optional(),
  targets: z.array(target).max(50).optional(),
  counting: z.array(countingRule).max(30).optional(),
  /** What the paper does not say and this book therefore assumes: where, and what. Shown to the hall. */
  assumed: z
    .array(z.strictObject({ path: line(80), what: line(120) }))
    .max(100)
    .optional(),
});
export type RuleBook = z.infer<typeof ruleBook>;
/** A rule book as it is written: settings and other defaults may be left out. */
export type RuleBookInput = z.input<typeof ruleBook>;

export const clauseOf = (book: RuleBook, code: string): Clause | undefined =>
  book.clauses.find((each) => each.code === code);
export const bonusOf = (book: RuleBook, code: string): BonusClause | undefined =>
  book.bonuses.find((each) => each.code === code);

/** A frame that scores nobody: what a book without a frame for its people comes to. */
const noFrame: Frame = { base: 0, categories: [], floor: 'none', grades: [] };
export const frameOf = (book: RuleBook, kind: FrameKind): Frame => book.frames[kind] ?? noFrame;

/** The title of a category, in whichever frame it stands. */
export const categoryTitle = (book: RuleBook, code: string | undefined): string | undefined => {
  for (const each of [book.frames.staff, book.frames.window, book.frames.department]) {
    const found = each?.categories.find((one) => one.code === code);
    if (found) return found.title;
  }
  return undefined;
};

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
