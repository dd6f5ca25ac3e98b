// The month as the API shows it: board, one person's score, measures. Shapes only.
import * as z from 'zod';
import { severity } from './catalog.ts';
import { day, instant, month } from './ids.ts';
import { measureKinds } from './rulebook-frame.ts';
import { frameKinds, period } from './rulebook-terms.ts';
import { lineKinds } from './score.ts';

const stage = z.enum(['open', 'summing', 'frozen']);
const caseStage = z.enum([
  'reported',
  'settledOnSpot',
  'dismissed',
  'merged',
  'transferred',
  'confirmed',
  'noticed',
  'counting',
  'rectifying',
  'withdrawn',
]);
const bySeverity = { minor: z.int(), evident: z.int(), serious: z.int() };
/** Of what stands: 人次 with its severities, and apart from it 起 (nobody in person answers) with theirs. */
const counts = {
  personTimes: z.int(),
  ...bySeverity,
  incidents: z.int(),
  incidentsBy: z.strictObject(bySeverity),
};
/** Hundredths of a point. */
const points = z.int();

const group = z.strictObject({
  ...counts,
  id: z.string(),
  name: z.string(),
  people: z.int(),
  mean: points.optional(),
  /** Its own score, where the rule book scores windows or departments. */
  total: points.optional(),
  grade: z.string().optional(),
});

export const boardView = z.strictObject({
  month,
  stage,
  sumsOf: z.string().optional(),
  ruleBook: z.string().optional(),
  /** Integrity leads: only how many, for those who see the whole centre. */
  sealed: z.int().optional(),
  stages: z.partialRecord(caseStage, z.int()),
  counts: z.strictObject(counts),
  people: z.array(
    z.strictObject({
      ...counts,
      person: z.string(),
      name: z.string(),
      department: z.string(),
      grids: z.array(z.string()),
      windows: z.array(z.string()),
      total: points,
      grade: z.string().optional(),
      heldBack: z.boolean(),
    }),
  ),
  departments: z.array(group),
  grids: z.array(group),
  windows: z.array(group),
  /** Orders of the month (整改单); they are counted apart and take no points. */
  rectifications: z.array(
    z.strictObject({
      id: z.string(),
      stage: z.enum(['ordered', 'done', 'passed', 'struckOff', 'withdrawn']),
      responsible: z.string(),
      name: z.string(),
      window: z.string().optional(),
      area: z.string().optional(),
      grid: z.string().optional(),
      dueBy: instant,
      overdue: z.boolean(),
      sentBack: z.int(),
      urged: z.int(),
      case: z.string().optional(),
    }),
  ),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      number: z.string().optional(),
      type: z.string(),
      stage: caseStage,
      severity: severity.optional(),
      day,
      window: z.string().optional(),
      grid: z.string().optional(),
      department: z.string().optional(),
      persons: z.array(z.string()),
      missing: z.int(),
      review: z.enum(['asked', 'upheld', 'reduced', 'overturned']).optional(),
    }),
  ),
  /** Who is not assessed, and why. */
  leftOut: z.array(z.strictObject({ person: z.string(), name: z.string(), why: z.string() })),
  titles: z.array(
    z.strictObject({ code: z.string(), title: z.string(), cadence: z.string(), quota: z.int() }),
  ),
  published: z.strictObject({ own: z.array(z.string()), late: z.array(z.string()) }).optional(),
});

/** The months of a year back, the latest first. Days are those by which sums and candidates are due, if the calendar knows. */
export const monthsView = z.strictObject({
  items: z.array(
    z.strictObject({
      month,
      stage,
      version: z.int(),
      summedAt: instant.optional(),
      frozenAt: instant.optional(),
      ruleBook: z.string().optional(),
      /** Of cases and good deeds in the last cut. */
      heads: z.int().optional(),
      sumBy: day.optional(),
      candidatesBy: day.optional(),
    }),
  ),
  next: z.null(),
});

const line = z.strictObject({
  kind: z.enum(lineKinds),
  clause: z.string().optional(),
  category: z.string().optional(),
  cases: z.array(z.string()),
  /** Days on post may be halves. */
  quantity: z.number().optional(),
  unit: z.string().optional(),
  points,
  chosen: points.optional(),
  chosenBy: z.string().optional(),
  reason: z.string().optional(),
  confirmedBy: z.string().optional(),
  review: z
    .strictObject({
      outcome: z.enum(['upheld', 'reduced', 'overturned']),
      points: points.optional(),
      by: z.string(),
    })
    .optional(),
  note: z.string(),
  fromMonth: month.optional(),
  rule: z.string().optional(),
  ratio: z.int().optional(),
  figure: z
    .strictObject({
      code: z.string(),
      value: z.int(),
      self: z.int().optional(),
      numerator: z.number().optional(),
      denominator: z.number().optional(),
      sample: z.int().optional(),
      source: z.string().optional(),
    })
    .optional(),
});

export const scoreView = z.strictObject({
  month,
  stage,
  ruleBook: z.string().optional(),
  person: z.string(),
  name: z.string(),
  total: points,
  grade: z.string().optional(),
  categories: z.array(z.strictObject({ code: z.string(), points })),
  /** Their sum is the total. */
  lines: z.array(line),
});

/** A window's or department's score. Its own people see no cases in it. */
const { person: _of, ...unitShape } = scoreView.shape;
export const unitScoreView = z.strictObject({
  ...unitShape,
  of: z.enum(['window', 'department']),
  unit: z.string(),
});

const measure = {
  id: z.string(),
  kind: z.enum(measureKinds),
  subject: z.union([
    z.strictObject({ person: z.string() }),
    z.strictObject({ department: z.string() }),
    z.strictObject({ window: z.string() }),
  ]),
  month,
  cases: z.array(z.string()),
  /** 期初: facts of old ledgers that led here, and the one that says it was done already. */
  openings: z.array(z.string()).optional(),
  before: z.string().optional(),
  step: z.string(),
  reason: z.string(),
  bars: z.array(period).optional(),
};

export const measuresView = z.strictObject({
  month,
  measures: z.array(z.strictObject({ ...measure, doneBy: z.string().optional() })),
});

const mistakes = z.array(z.strictObject({ path: z.string(), reason: z.string(), mend: z.string() }));
/** What is wrong with a draft of a rule book, and what to look at twice. */
export const bookCheckView = z.strictObject({ ok: z.boolean(), errors: mistakes, warnings: mistakes });

const scoreChange = z.strictObject({
  person: z.string(),
  before: points,
  after: points,
  gradeBefore: z.string().optional(),
  gradeAfter: z.string().optional(),
  gone: z.array(line),
  added: z.array(line),
});

/** What a draft would have changed, month by month; only what differs. */
export const rehearsalView = z.strictObject({
  months: z.array(
    z.strictObject({
      month,
      scores: z.array(scoreChange),
      units: z.array(z.strictObject({ ...scoreChange.shape, of: z.enum(['window', 'department']) })),
      measures: z.strictObject({
        gone: z.array(z.strictObject(measure)),
        added: z.array(z.strictObject(measure)),
      }),
      titles: z.array(
        z.strictObject({
          award: z.string(),
          title: z.string(),
          gone: z.array(z.string()),
          added: z.array(z.string()),
        }),
      ),
      titlesLeft: z.array(z.strictObject({ award: z.string(), title: z.string(), why: z.string() })),
      withoutClause: z.array(z.string()),
    }),
  ),
  gaining: z.int(),
  losing: z.int(),
  regraded: z.int(),
  measures: z.int(),
  letters: z.int(),
  names: z.record(z.string(), z.string()),
});

/** The figures a month's rule book asks for, and of whom they are still missing. */
export const figuresView = z.strictObject({
  month,
  items: z.array(
    z.strictObject({
      id: z.string(),
      code: z.string(),
      of: z.enum(frameKinds),
      title: z.string(),
      /** What a row says: 数量,单位件. */
      says: z.string(),
      handedIn: z.int(),
      missing: z.array(z.strictObject({ subject: z.string(), name: z.string() })),
      version: z.int(),
    }),
  ),
});

/** The ranked list for the meeting. */
export const proposalView = z.strictObject({
  award: z.string(),
  month,
  quota: z.int(),
  standings: z.array(
    z.strictObject({
      candidate: z.string(),
      place: z.int().optional(),
      outcome: z.enum(['in', 'out', 'undecided']),
      why: z.array(z.string()),
      decided: z
        .strictObject({
          criterion: z.string(),
          over: z.string(),
          mine: z.number().nullable(),
          theirs: z.number().nullable(),
        })
        .optional(),
    }),
  ),
  chosen: z.array(z.string()),
  ties: z.array(
    z.strictObject({ candidates: z.array(z.string()), places: z.int(), by: z.enum(['meeting', 'draw']) }),
  ),
  names: z.record(z.string(), z.string()),
});

/** What is due, the most pressing first. */
export const obligationsView = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      action: z.string(),
      roles: z.array(z.string()),
      matter: z.strictObject({
        kind: z.enum([
          'case',
          'complaint',
          'bonus',
          'talk',
          'letter',
          'award',
          'measure',
          'rectification',
          'enforcement',
          'objection',
          'journal',
        ]),
        id: z.string(),
      }),
      due: instant.optional(),
      overdue: z.boolean(),
      sentence: z.string(),
    }),
  ),
  next: z.null(),
});
