// What the API answers, as schemas: the page is written from them and the tests hold every real answer against them.
// Never loaded by a function at start; the reads are bound to them by type alone.
import * as z from 'zod';
import { chartView, honourView } from './chart-views.ts';
import { firstViews } from './first-views.ts';
import { day, instant, month } from './ids.ts';
import { letterFacts } from './letter.ts';
import {
  boardView,
  bookCheckView,
  figuresView,
  measuresView,
  monthsView,
  obligationsView,
  proposalView,
  rehearsalView,
  scoreView,
  unitScoreView,
} from './month-views.ts';
import { registryEntry } from './people.ts';
import { attendanceView, casePresenceView, presenceDayView, presenceView } from './presence-views.ts';
import { provinceRow } from './province.ts';
import { ruleBook } from './rulebook.ts';
import {
  acting,
  awardState,
  bonusState,
  caseState,
  complaintState,
  coverState,
  enforcementState,
  figureState,
  inspectionState,
  leaveState,
  letterState,
  objectionRow,
  objectionState,
  openingState,
  rectificationState,
  talkState,
} from './state-views.ts';

/** One recorded event. Words that were purged, or are not the reader's business, are left out or replaced. */
const recorded = z.strictObject({
  version: z.int(),
  at: instant,
  by: acting,
  /** 某某, or 某某(代) under a delegation. */
  byName: z.string(),
  event: z.looseObject({ type: z.string(), v: z.number() }),
});

/** A record with its history. `abilities`: what the reader may do with it now. `names`: what the ids in it are called. */
const record = <State extends z.ZodType>(state: State) =>
  z.strictObject({
    id: z.string(),
    version: z.int(),
    state,
    history: z.array(recorded),
    /** Announced files that have not arrived. */
    missing: z.int(),
    abilities: z.array(z.string()),
    names: z.record(z.string(), z.string()),
  });

const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

const listed = <State extends z.ZodType>(state: State) =>
  z.strictObject({ id: z.string(), version: z.int(), state });
const listedAs = <Kind extends string, State extends z.ZodType>(kind: Kind, state: State) =>
  z.strictObject({ kind: z.literal(kind), id: z.string(), version: z.int(), state });

/** What somebody reported, with what its ids are called. */
const ownReport = <Kind extends string, State extends z.ZodType>(kind: Kind, state: State) =>
  z.strictObject({
    kind: z.literal(kind),
    id: z.string(),
    version: z.int(),
    state,
    /** Announced files that have not arrived. */
    missing: z.int(),
    names: z.record(z.string(), z.string()),
  });

const ruleBookState = { id: z.string(), from: month, enactedAt: instant };

/** 日志封存: one night's seal. `code` is the digest in groups, `line` what the day's sheet prints. */
const sealed = {
  day,
  digest: z.string(),
  code: z.string(),
  prev: z.string(),
  sealedAt: instant,
  events: z.int(),
  late: z.int(),
  line: z.string(),
};

/** One print of a numbered paper: which copy was handed out, by its hash. */
const printEntry = z.strictObject({
  at: instant,
  by: z.string(),
  copy: z.enum(['set', 'sealed', 'scan']),
  sha256: z.string(),
});

export const views = {
  ...firstViews,
  'case.read': record(caseState),
  /** In the order sent; each done by a command of its own, or refused with why. */
  'case.confirmBatch': z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        commandId: z.string(),
        done: z.boolean(),
        version: z.int().optional(),
        at: instant.optional(),
        problem: z
          .strictObject({
            code: z.string(),
            title: z.string(),
            detail: z.string(),
            next: z.string(),
            retry: z.boolean(),
          })
          .optional(),
      }),
    ),
  }),
  'case.sameIncident': z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        number: z.string().optional(),
        stage: z.string(),
        violation: z.string(),
        from: instant,
        window: z.string().optional(),
        persons: z.array(z.string()),
        /** Of the same kind of fault, and names everybody this one names: it may take this one in. */
        mayTakeIn: z.boolean(),
      }),
    ),
    names: z.record(z.string(), z.string()),
    next: z.null(),
  }),
  'case.byNumber': z.strictObject({ number: z.string(), id: z.string() }),
  'bonus.read': record(bonusState),
  'bonus.list': page(
    z.strictObject({
      id: z.string(),
      version: z.int(),
      state: bonusState,
      /** Entries that may be of the same deed. */
      same: z.array(z.string()),
    }),
  ),
  'complaint.read': record(complaintState),
  'complaint.list': page(listed(complaintState)),
  'complaint.sameIncident': z.strictObject({
    items: z.array(
      z.strictObject({
        kind: z.enum(['case', 'complaint']),
        id: z.string(),
        stage: z.string(),
        violation: z.string().optional(),
        from: instant.optional(),
        window: z.string().optional(),
        department: z.string().optional(),
        persons: z.array(z.string()),
        /** The same kind of fault, as far as both are classified. */
        sameFamily: z.boolean(),
      }),
    ),
    next: z.null(),
  }),
  'complaint.complainant': z.strictObject({ name: z.string(), contact: z.string().optional() }),
  'complaint.complainantRegister': page(
    z.strictObject({ version: z.int(), at: instant, by: acting, reason: z.string() }),
  ),
  'person.fileRegister': page(
    z.strictObject({ version: z.int(), at: instant, by: acting, reason: z.string() }),
  ),
  'complaint.figures': z.strictObject({
    month,
    received: z.int(),
    bySource: z.strictObject({ desk: z.int(), hotline: z.int(), rating: z.int(), letter: z.int() }),
    /** Integrity complaints handed to the discipline organ: only how many. */
    transferred: z.int(),
    open: z.int(),
    overdue: z.int(),
    answered: z.int(),
    answeredInTime: z.int(),
    impossible: z.int(),
    substantiated: z.int(),
    revisited: z.int(),
    content: z.int(),
    departments: z.array(
      z.strictObject({ id: z.string(), name: z.string(), received: z.int(), substantiated: z.int() }),
    ),
  }),
  'rectification.read': record(rectificationState),
  'talk.read': record(talkState),
  'leave.read': record(leaveState),
  'cover.read': record(coverState),
  'inspection.read': record(inspectionState),
  'letter.read': record(letterState),
  'award.read': record(awardState),
  'letter.proposal': z.strictObject({
    facts: letterFacts,
    title: z.string(),
    body: z.string(),
    list: z.strictObject({ digest: z.string(), count: z.int() }).optional(),
  }),
  'enforcement.read': record(enforcementState),
  'objection.read': record(objectionState),
  'objection.list': z.strictObject({
    items: z.array(objectionRow),
    /** For whom the reader may enter one from paper. */
    people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    next: z.null(),
  }),
  'figure.read': record(figureState),
  'figure.list': figuresView,
  /** Not JSON: the bytes of a PDF, a document, a table or a page. */
  file: z.custom<{ file: true; bytes: Uint8Array; mediaType: string; name: string }>(),
  'letter.facts': z.strictObject({
    rows: z.array(z.strictObject({ name: z.string(), was: z.string(), now: z.string() })),
    stale: z.boolean(),
    altered: z.array(z.string()),
    changed: z.array(z.strictObject({ was: z.string(), now: z.string(), placed: z.boolean() })),
    body: z.string(),
  }),
  'letter.prints': page(printEntry),
  'letter.printRegister': page(
    printEntry.extend({ id: z.string(), nth: z.int(), documentNumber: z.string(), title: z.string() }),
  ),
  'letter.keptSeal': z.strictObject({ sha256: z.string() }),
  'link.open': z.strictObject({ pass: z.string(), until: instant }),
  'link.read': z.strictObject({
    title: z.string(),
    documentNumber: z.string(),
    organ: z.string(),
    department: z.string(),
    body: z.string(),
    date: day,
    replyBy: instant.optional(),
    acknowledgedAt: instant.optional(),
    answers: z.int(),
    closed: z.boolean(),
    files: z.array(
      z.strictObject({
        nth: z.int(),
        kind: z.enum(['photo', 'video', 'audio', 'document']),
        takenAt: instant,
        seconds: z.number().optional(),
        masked: z.boolean(),
      }),
    ),
    /** Files announced with an answer that have not arrived. */
    waiting: z.array(z.strictObject({ n: z.int(), sha256: z.string(), state: z.string() })),
    until: instant,
    /** The clock of the house: what the liaison states of time goes by it, however their device is set. */
    now: instant,
  }),
  'letter.mailing': z.strictObject({
    total: z.int(),
    done: z.int(),
    items: z.array(
      z.strictObject({
        department: z.string(),
        name: z.string(),
        letter: z.string().optional(),
        problem: z.strictObject({ code: z.string(), title: z.string(), detail: z.string() }).optional(),
      }),
    ),
    next: z.null(),
  }),
  'letter.register': page(
    z.strictObject({
      word: z.enum(['函', '通报']),
      number: z.int(),
      /** Absent for a number that was given outside this house. */
      id: z.string().optional(),
      documentNumber: z.string(),
      kind: z.string().optional(),
      title: z.string(),
      to: z.string(),
      signed: day.optional(),
      issued: day.optional(),
      standing: z.string(),
      sha256: z.string().optional(),
    }),
  ),
  'paper.check': z.strictObject({
    genuine: z.boolean(),
    number: z.string().optional(),
    date: day.optional(),
    organ: z.string().optional(),
    kind: z.string().optional(),
    standing: z.enum(['issued', 'notIssued', 'withdrawn', 'void']).optional(),
  }),
  'award.proposal': proposalView,
  'inspection.list': page(listed(inspectionState)),
  'letter.list': page(listed(letterState)),
  'talk.list': page(listed(talkState)),
  'award.list': page(listed(awardState)),
  'month.list': monthsView,
  'person.record': page(
    z.discriminatedUnion('kind', [
      listedAs('case', caseState),
      listedAs('bonus', bonusState),
      listedAs('talk', talkState),
      listedAs('objection', objectionState),
      listedAs('opening', openingState),
    ]),
  ),
  'leave.list': page(
    z.discriminatedUnion('kind', [listedAs('leave', leaveState), listedAs('cover', coverState)]),
  ),
  'leave.import': z.strictObject({
    entered: z.int(),
    before: z.int(),
    refused: z.int(),
    rows: z.array(
      z.strictObject({
        line: z.int(),
        outcome: z.enum(['entered', 'before', 'refused']),
        id: z.string().optional(),
        reason: z.string().optional(),
      }),
    ),
  }),
  'shift.reports': page(
    z.discriminatedUnion('kind', [ownReport('case', caseState), ownReport('bonus', bonusState)]),
  ),
  'opening.read': record(openingState),
  'opening.list': page(listed(openingState)),
  /** Nothing was entered while a row is refused; `good` are those that would be. */
  'opening.import': z.strictObject({
    entered: z.int(),
    before: z.int(),
    refused: z.int(),
    leftOut: z.int(),
    rows: z.array(
      z.strictObject({
        line: z.int(),
        outcome: z.enum(['entered', 'before', 'good', 'refused', 'leftOut']),
        id: z.string().optional(),
        reason: z.string().optional(),
      }),
    ),
  }),
  'month.attendance': page(attendanceView),
  'presence.at': presenceView,
  'case.presence': casePresenceView,
  'presence.day': presenceDayView,
  'honour.wall': honourView,
  'chart.read': chartView,
  'rulebook.list': page(z.strictObject({ ...ruleBookState, version: z.int(), title: z.string() })),
  'rulebook.check': bookCheckView,
  'rulebook.rehearse': rehearsalView,
  'rulebook.read': z.strictObject({ ...ruleBookState, version: z.int(), book: ruleBook }),
  'registry.list': page(registryEntry),
  'account.firstPasswords': z.strictObject({
    items: z.array(
      z.strictObject({
        account: z.string(),
        subject: z.string(),
        name: z.string(),
        /** Shown once; only a hash of it is kept. */
        password: z.string(),
      }),
    ),
    next: z.null(),
  }),
  'province.overview': page(provinceRow),
  'month.board': boardView,
  'month.score': scoreView,
  'month.unitScore': unitScoreView,
  'month.measures': measuresView,
  'obligation.list': obligationsView,
  'followUp.list': z.strictObject({
    items: z.array(z.strictObject({ followUp: z.string(), error: z.string(), tries: z.int(), at: instant })),
    next: z.null(),
  }),
  'seal.list': page(z.strictObject(sealed)),
  'month.export': z.strictObject({
    url: z.string(),
    name: z.string(),
    size: z.int(),
    sha256: z.string(),
    expires: instant,
    streams: z.int(),
    events: z.int(),
    seals: z.int(),
    scores: z.int(),
    files: z.int(),
  }),
  'seal.read': z.strictObject({
    ...sealed,
    part: z.int(),
    parts: z.int(),
    /** In the journal's order: `<instant>#<kind>#<id>#<version>` and the hash of its bytes. */
    entries: z.array(z.strictObject({ key: z.string(), hash: z.string() })),
  }),
  'evidence.view': z.strictObject({
    url: z.string(),
    expires: instant,
    sha256: z.string(),
    mediaType: z.string(),
  }),
  'evidence.register': page(
    z.strictObject({ version: z.int(), at: instant, by: acting, reason: z.string(), expires: instant }),
  ),
  'problem.list': page(
    z.strictObject({
      code: z.string(),
      status: z.int(),
      title: z.string(),
      next: z.string(),
      retry: z.boolean(),
    }),
  ),
  health: z.strictObject({ status: z.literal('ready') }),
} as const satisfies Record<string, z.ZodType>;

export type ViewName = keyof typeof views;
/** What a read answers. */
export type View<Name extends ViewName> = z.output<(typeof views)[Name]>;
