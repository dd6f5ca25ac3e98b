// The states of records as the API shows them: one flat object a kind, with what its stage adds left out before it.
import * as z from 'zod';
import { praiseWays } from './bonus.ts';
import { sources } from './case.ts';
import { severity } from './catalog.ts';
import { answerWays, complaintSources, obstacles, outcomes, satisfactions } from './complaint.ts';
import { coverWays } from './cover.ts';
import { enforcedKinds } from './enforcement.ts';
import { figureSources } from './figure.ts';
import { day, instant, month } from './ids.ts';
import { inspectionKinds } from './inspection.ts';
import { leaveKinds } from './leave.ts';
import { handOverWays, letterFacts } from './letter.ts';
import { objectionWays, remedies } from './objection.ts';
import { roles } from './people.ts';
import { measureKinds } from './rulebook-frame.ts';
import { frameKinds } from './rulebook-terms.ts';
import { talkKinds } from './talk.ts';

export const acting = z.strictObject({
  person: z.string(),
  role: z.enum([...roles, 'system']),
  /** Whose role it is when it is held by delegation: 某某(代). */
  for: z.string().optional(),
});

const evidenceEntry = z.strictObject({
  n: z.int(),
  kind: z.enum(['photo', 'video', 'audio', 'document']),
  size: z.int(),
  sha256: z.string(),
  announcedIn: z.int(),
  state: z.enum(['announced', 'uploaded', 'received', 'rejected', 'purged']),
  storedVersion: z.string().optional(),
  keepUntil: day.optional(),
});

const points = z.int();
const verdict = z.strictObject({
  severity,
  clause: z.string(),
  family: z.string(),
  quantity: z.int(),
  minutes: z.int().optional(),
  chosen: z.strictObject({ points, by: z.string(), reason: z.string() }).optional(),
});
const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('persons'), persons: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('unidentified') }),
  z.strictObject({ kind: z.literal('window') }),
  z.strictObject({ kind: z.literal('department') }),
  z.strictObject({ kind: z.literal('area'), area: z.string(), departments: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('contractor'), contractor: z.string() }),
]);
const review = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('asked'), at: instant, decideBy: instant }),
  z.strictObject({
    state: z.literal('decided'),
    at: instant,
    outcome: z.enum(['upheld', 'reduced', 'overturned']),
    points: points.optional(),
    by: z.string(),
    for: z.string().optional(),
  }),
]);

export const caseState = z.strictObject({
  id: z.string(),
  month,
  /** For telephone and paper: 26-11-0042. */
  number: z.string().optional(),
  foundBy: z.string().optional(),
  stage: z.enum([
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
  ]),
  type: z.string(),
  source: z.enum(sources),
  reportedAt: instant,
  reportedBy: acting,
  happened: z.strictObject({ from: instant, to: instant, doubtSeconds: z.int() }),
  window: z.string().optional(),
  grid: z.string().optional(),
  department: z.string().optional(),
  subject,
  inspection: z.string().optional(),
  suggested: z.strictObject({ clause: z.string(), severity, points: points.optional() }).optional(),
  lead: z.boolean(),
  campaign: z.string().optional(),
  evidence: z.array(evidenceEntry),
  joined: z.array(z.string()),
  joinedReporters: z.array(z.string()),
  decidedBefore: z.array(z.string()),
  reviewedBefore: z.array(z.string()).optional(),
  sealedWith: z.string().optional(),
  rectification: z.string().optional(),
  /** Who was named before it was found to be somebody else. */
  formerly: z.array(z.string()).optional(),
  hearing: z
    .strictObject({ told: z.array(z.string()), answered: z.array(z.string()), objected: z.boolean() })
    .optional(),
  decidedBy: acting.optional(),
  decidedAt: instant.optional(),
  into: z.string().optional(),
  verdict: verdict.optional(),
  notice: z
    .strictObject({
      way: z.enum(['opened', 'tablet', 'paper', 'refused', 'representative']),
      at: instant,
      answerBy: instant,
      appealBy: instant,
    })
    .optional(),
  since: instant.optional(),
  heard: z.enum(['answered', 'noObjection', 'silent']).optional(),
  review: review.optional(),
});

export const bonusState = z.strictObject({
  id: z.string(),
  month,
  day,
  stage: z.enum(['reported', 'confirmed', 'dismissed', 'merged', 'revoked']),
  type: z.string(),
  persons: z.array(z.string()),
  department: z.string(),
  grids: z.array(z.string()),
  quantity: z.int(),
  inspection: z.string().optional(),
  way: z.enum(praiseWays).optional(),
  object: z.string().optional(),
  joined: z.array(z.string()).optional(),
  joinedReporters: z.array(z.string()).optional(),
  into: z.string().optional(),
  reportedAt: instant,
  reportedBy: acting,
  evidence: z.array(evidenceEntry),
  recognition: z
    .strictObject({
      clause: z.string(),
      quantity: z.int(),
      chosen: z.strictObject({ points, by: z.string(), reason: z.string() }).optional(),
    })
    .optional(),
  decidedBy: acting.optional(),
  decidedAt: instant.optional(),
});

const feedback = { at: instant, by: z.string() };
/** Of who complained it says only whether a name was left. */
export const complaintState = z.strictObject({
  id: z.string(),
  month,
  stage: z.enum(['received', 'accepted', 'investigated', 'decided', 'answered', 'archived', 'transferred']),
  source: z.enum(complaintSources),
  ticket: z.string().optional(),
  ticketBy: day.optional(),
  receivedAt: instant,
  recordedAt: instant,
  receivedBy: acting,
  violation: z.string().optional(),
  happened: z.strictObject({ from: instant, to: instant, doubtSeconds: z.int() }).optional(),
  window: z.string().optional(),
  grid: z.string().optional(),
  department: z.string().optional(),
  persons: z.array(z.string()),
  complainant: z.enum(['named', 'anonymous', 'purged']),
  investigator: z.string().optional(),
  explanations: z.int(),
  urged: z.int(),
  urgedAt: instant.optional(),
  extensions: z.int(),
  reopened: z.boolean(),
  decidedBefore: z.array(z.string()),
  cases: z.array(z.string()),
  joined: z.array(z.string()),
  evidence: z.array(evidenceEntry),
  acceptedAt: instant.optional(),
  answerBy: instant.optional(),
  investigatedBy: acting.optional(),
  investigatedAt: instant.optional(),
  outcome: z.enum([...outcomes, 'declined', 'joined']).optional(),
  into: z.string().optional(),
  decidedBy: acting.optional(),
  decidedAt: instant.optional(),
  feedback: z
    .discriminatedUnion('how', [
      z.strictObject({ how: z.literal('told'), way: z.enum(answerWays), ...feedback }),
      z.strictObject({ how: z.literal('impossible'), why: z.enum(obstacles), ...feedback }),
    ])
    .optional(),
  revisit: z.strictObject({ result: z.enum(satisfactions), at: instant }).optional(),
  archivedAt: instant.optional(),
  keepComplainantUntil: day.optional(),
});

export const talkState = z.strictObject({
  id: z.string(),
  month,
  stage: z.enum(['held', 'signed', 'refused', 'filed', 'withdrawn']),
  kind: z.enum(talkKinds),
  person: z.string(),
  department: z.string(),
  cases: z.array(z.string()),
  talker: acting,
  recorder: z.string(),
  heldAt: instant,
  recordedAt: instant,
  promisedBy: day.optional(),
  copies: z.array(z.string()),
  evidence: z.array(evidenceEntry),
  end: z
    .discriminatedUnion('how', [
      z.strictObject({ how: z.literal('signed'), way: z.enum(['tablet', 'paper']), at: instant }),
      z.strictObject({ how: z.literal('refused'), at: instant, witnesses: z.array(z.string()) }),
    ])
    .optional(),
  filedAt: instant.optional(),
  withdrawnAt: instant.optional(),
});

export const rectificationState = z.strictObject({
  id: z.string(),
  month,
  stage: z.enum(['ordered', 'done', 'passed', 'struckOff', 'withdrawn']),
  case: z.string().optional(),
  responsible: z.string(),
  window: z.string().optional(),
  area: z.string().optional(),
  grid: z.string().optional(),
  orderedAt: instant,
  orderedBy: acting,
  dueBy: instant,
  sentBack: z.int(),
  urged: z.int(),
  urgedAt: instant.optional(),
  evidence: z.array(evidenceEntry),
  doneBy: acting.optional(),
  doneAt: instant.optional(),
  checkedBy: acting.optional(),
  checkedAt: instant.optional(),
  struckOffAt: instant.optional(),
  withdrawnAt: instant.optional(),
});

export const inspectionState = z.strictObject({
  id: z.string(),
  stage: z.enum(['open', 'closed']),
  kind: z.enum(inspectionKinds),
  grid: z.string().optional(),
  startedAt: instant,
  openedBy: acting,
  walkedBy: z.string().optional(),
  round: z.string().optional(),
  planned: z.int(),
  counts: z.strictObject({
    fine: z.int(),
    finding: z.int(),
    notSeen: z.int(),
    views: z.int(),
    items: z.int(),
    rows: z.int(),
  }),
  seenUntil: instant,
  evidence: z.array(evidenceEntry),
  endedAt: instant.optional(),
});

const step = z.strictObject({ by: acting, at: instant });
export const letterState = z.strictObject({
  id: z.string(),
  stage: z.enum([
    'draft',
    'returned',
    'checked',
    'signed',
    'numbered',
    'sealed',
    'issued',
    'closed',
    'withdrawn',
    'void',
  ]),
  kind: z.enum(['violation', 'evidence', 'correction', 'monthly', 'bulletin']),
  month,
  organ: z.string(),
  title: z.string(),
  department: z.string().optional(),
  measure: z.string().optional(),
  corrects: z.string().optional(),
  cases: z.array(z.strictObject({ id: z.string(), shares: z.array(z.int()) })),
  talks: z.array(z.string()),
  list: z.strictObject({ digest: z.string(), count: z.int() }).optional(),
  facts: z.strictObject({
    ...letterFacts.omit({ clauses: true, departments: true }).shape,
    clauses: z.array(letterFacts.shape.clauses.element.pick({ clause: true, of: true })),
  }),
  replyWorkingDays: z.int(),
  copies: z.array(z.string()),
  authors: z.array(z.string()),
  draftedAt: instant,
  altered: z.array(z.string()).optional(),
  figures: z.array(z.string()).optional(),
  masks: z.array(z.strictObject({ of: z.string(), n: z.int() })).optional(),
  evidence: z.array(evidenceEntry),
  checked: step.optional(),
  signed: step.extend({ paper: z.literal(true).optional() }).optional(),
  /** The file that is the issued copy, where the paper was sealed wet. */
  scan: z.int().optional(),
  number: z.int().optional(),
  year: z.int().optional(),
  documentNumber: z.string().optional(),
  sealed: z.strictObject({ way: z.enum(['wet', 'system']), at: instant }).optional(),
  issuedAt: instant.optional(),
  replyBy: instant.optional(),
  delivery: z
    .strictObject({
      handedOver: z.strictObject({ way: z.enum(handOverWays), at: instant }).optional(),
      openedAt: instant.optional(),
      acknowledgedAt: instant.optional(),
      answeredAt: instant.optional(),
      answers: z.int(),
      urged: z.int(),
      urgedAt: instant.optional(),
    })
    .optional(),
  /** Ways in for a liaison without an account; never what they open with. */
  links: z
    .array(
      z.strictObject({
        n: z.int(),
        codeUntil: instant,
        until: instant,
        tries: z.int(),
        spent: z.boolean(),
        open: instant.optional(),
        withdrawn: z.literal(true).optional(),
      }),
    )
    .optional(),
  linksMade: z.int().optional(),
  closedAt: instant.optional(),
  withdrawnAt: instant.optional(),
  voidedAt: instant.optional(),
});

const clockStretch = z.strictObject({ kind: z.literal('clock'), from: instant, to: instant });
const stretch = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('days'),
    from: day,
    fromHalf: z.literal('afternoon').optional(),
    until: day,
    untilHalf: z.literal('morning').optional(),
  }),
  clockStretch,
]);
const slip = <Entry extends z.ZodType>(entry: Entry) => ({
  id: z.string(),
  stage: z.enum(['standing', 'withdrawn']),
  department: z.string(),
  months: z.array(month),
  filings: z.array(z.strictObject({ at: instant, by: z.string(), entry: entry.nullable() })),
});

export const leaveState = z.strictObject({
  ...slip(z.strictObject({ kind: z.enum(leaveKinds), stretch })),
  person: z.string(),
  grids: z.array(z.string()),
  imported: z.boolean(),
  evidence: z.array(evidenceEntry),
});
export const coverState = z.strictObject({
  ...slip(z.strictObject({ person: z.string(), stretch })),
  window: z.string(),
  grid: z.string(),
  way: z.enum(coverWays),
  absent: z.string().optional(),
});

export const enforcementState = z.strictObject({
  id: z.string(),
  month,
  stage: z.enum(['carriedOut', 'answered', 'withdrawn']),
  measure: z.string(),
  kind: z.enum(enforcedKinds),
  subject: z.union([
    z.strictObject({ person: z.string() }),
    z.strictObject({ window: z.string() }),
    z.strictObject({ department: z.string() }),
  ]),
  department: z.string(),
  cases: z.array(z.string()),
  by: acting,
  doneAt: instant,
  recordedAt: instant,
  answerBy: instant.optional(),
  evidence: z.array(evidenceEntry),
  answeredBy: acting.optional(),
  answeredAt: instant.optional(),
  withdrawnAt: instant.optional(),
});

const sumObjection = {
  n: z.int(),
  line: z.strictObject({ nth: z.int(), cases: z.array(z.string()) }).optional(),
  cut: z.string(),
  way: z.enum(objectionWays),
  by: acting,
  raisedAt: instant,
  recordedAt: instant,
  answer: z
    .strictObject({
      outcome: z.enum(['upheld', 'kept']),
      remedy: z.enum(remedies).optional(),
      by: acting,
      at: instant,
    })
    .optional(),
  withdrawnAt: instant.optional(),
};
export const objectionState = z.strictObject({
  id: z.string(),
  month,
  person: z.string(),
  department: z.string(),
  objections: z.array(z.strictObject(sumObjection)),
  evidence: z.array(evidenceEntry),
});
/** One objection with the words on both sides. */
export const objectionRow = z.strictObject({
  ...sumObjection,
  id: z.string(),
  version: z.int(),
  person: z.string(),
  name: z.string(),
  department: z.string(),
  byName: z.string(),
  grounds: z.string(),
  lineWords: z.string().optional(),
  answerWords: z.string().optional(),
  answererName: z.string().optional(),
  unsummed: z.boolean(),
  abilities: z.array(z.string()),
});

export const figureState = z.strictObject({
  id: z.string(),
  month,
  figure: z.string(),
  of: z.enum(frameKinds),
  rows: z.array(
    z.strictObject({
      subject: z.string(),
      value: z.int().optional(),
      self: z.int().optional(),
      numerator: z.int().optional(),
      denominator: z.int().optional(),
      parts: z.array(z.strictObject({ kind: z.string(), value: z.int() })).optional(),
      answers: z
        .array(z.strictObject({ answer: z.string(), count: z.int(), by: z.string().optional() }))
        .optional(),
      source: z.enum(figureSources),
      origin: z.string().optional(),
      since: z.int(),
    }),
  ),
  changedAt: instant,
  evidence: z.array(evidenceEntry),
});

const openingFact = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('case'),
    day,
    persons: z.array(z.string()),
    department: z.string().optional(),
    window: z.string().optional(),
    violation: z.string().optional(),
    clause: z.string().optional(),
    severity,
    points: points.optional(),
    measure: z.enum(measureKinds).optional(),
  }),
  z.strictObject({
    kind: z.literal('measure'),
    day,
    measure: z.enum(measureKinds),
    person: z.string().optional(),
    department: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('title'), month, award: z.string(), person: z.string() }),
]);
/** 期初: of an old ledger; counted where something looks back over months, never in a score. */
export const openingState = z.strictObject({
  id: z.string(),
  month,
  stage: z.enum(['standing', 'struckOut']),
  fact: openingFact,
  reference: z.string().optional(),
  departments: z.array(z.string()),
  grids: z.array(z.string()),
  enteredAt: instant,
  enteredBy: acting,
  struckOutAt: instant.optional(),
});

export const awardState = z.strictObject({
  id: z.string(),
  stage: z.enum(['open', 'toDraw', 'decided', 'published', 'announced']),
  month,
  code: z.string(),
  title: z.string(),
  quota: z.int(),
  mustBeNominated: z.boolean(),
  limits: z.array(z.strictObject({ number: z.int(), only: z.string().optional() })),
  candidates: z.int(),
  eligible: z.array(z.string()),
  heldBack: z.array(z.string()),
  term: z.strictObject({ from: day, until: day }).optional(),
  /** Absent: a person. */
  recipient: z.enum(['window', 'department']).optional(),
  selfNomination: z.literal(true).optional(),
  material: z.strictObject({ deeds: z.int(), characters: z.int() }).optional(),
  committee: z
    .strictObject({
      seats: z.int(),
      byLot: z.boolean(),
      called: z
        .strictObject({
          list: z.array(z.strictObject({ id: z.string(), department: z.string().optional() })),
          source: z.string(),
          at: instant,
        })
        .optional(),
      sitting: z.strictObject({ seats: z.array(z.string()), reserve: z.array(z.string()) }).optional(),
    })
    .optional(),
  nominated: z.array(
    z.strictObject({
      person: z.string(),
      by: z.string(),
      self: z.literal(true).optional(),
      deeds: z.int().optional(),
      characters: z.int().optional(),
      announcedIn: z.int().optional(),
    }),
  ),
  openedAt: instant,
  evidence: z.array(evidenceEntry),
  draw: z.strictObject({ persons: z.array(z.string()), places: z.int(), source: z.string() }).optional(),
  decidedBy: acting.optional(),
  decidedAt: instant.optional(),
  recipients: z
    .array(
      z.strictObject({
        person: z.string(),
        publicity: z.strictObject({ from: instant, until: instant }).optional(),
        announcedAt: instant.optional(),
      }),
    )
    .optional(),
  reserve: z.array(z.string()).optional(),
  withdrawn: z.array(z.string()).optional(),
  objections: z
    .array(
      z.strictObject({
        n: z.int(),
        about: z.string().optional(),
        at: instant,
        answer: z.enum(['upheld', 'dismissed']).optional(),
      }),
    )
    .optional(),
});
