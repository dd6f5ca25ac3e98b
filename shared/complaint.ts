// A complaint (服务台、“办不成事”反映窗口): taken in, accepted, looked into, decided, answered, followed up, filed
// (GB/T 36113-2018, 7: 受理、调查、处置、意见反馈、资料归档). What happened to it and the state its events fold to. Who
// complained stands in one event's purgeable words and nowhere else (PIPL art. 6, 19). Knows no permissions.
import type { Acting } from './access.ts';
import type { Happened } from './case.ts';
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import { monthOfId } from './ids.ts';
import { type Day, type Instant, instantAt, type Month } from './time.ts';

export const complaintSources = ['desk', 'hotline', 'rating', 'letter'] as const;
export type ComplaintSource = (typeof complaintSources)[number];
export const complaintSourceTitles: Record<ComplaintSource, string> = {
  desk: '窗口反映',
  hotline: '12345热线',
  rating: '好差评差评',
  letter: '来信',
};

export const outcomes = ['substantiated', 'partly', 'unsubstantiated', 'unverifiable'] as const;
/** declined: not for this desk (不予受理); joined: the same matter as another complaint. */
export type Outcome = (typeof outcomes)[number] | 'declined' | 'joined';
export const means = ['complainant', 'window', 'records', 'witness', 'video'] as const;
export const answerWays = ['inPerson', 'phone', 'letter', 'hotline', 'rating'] as const;
export const obstacles = ['anonymous', 'unreachable', 'declinedContact'] as const;
export const satisfactions = ['satisfied', 'acceptable', 'dissatisfied', 'unreachable'] as const;
export const urgingWays = ['message', 'phone', 'visit'] as const;

/** What it is about, as far as it is known; filled in as the investigation goes. */
export interface Concerning {
  violation?: string;
  happened?: Happened;
  window?: string;
  grid?: string;
  department?: string;
  persons: string[];
}

/** How the complainant was told what came of it; or why that was not possible. */
export type Feedback = { at: Instant; by: string } & (
  | { how: 'told'; way: (typeof answerWays)[number] }
  | { how: 'impossible'; why: (typeof obstacles)[number] }
);

interface Received extends Concerning {
  id: string;
  /** The month it came in; the partition of the head. */
  month: Month;
  source: ComplaintSource;
  /** Number of the hotline ticket or the rating. */
  ticket?: string;
  /** The ticket's own last day, set outside the house. */
  ticketBy?: Day;
  receivedAt: Instant;
  recordedAt: Instant;
  receivedBy: Acting;
  /** Whether anybody is named in the first event's words, and whether those are still there. */
  complainant: 'named' | 'anonymous' | 'purged';
  /** Who was asked to look into it. */
  investigator?: string;
  explanations: number;
  urged: number;
  urgedAt?: Instant;
  extensions: number;
  /** Reopened once, because the complainant was not satisfied. */
  reopened: boolean;
  decidedBefore: string[];
  /** Violation cases it led to, or that were of the same incident. */
  cases: string[];
  /** Complaints of the same matter that were joined to this one. */
  joined: string[];
  evidence: EvidenceEntry[];
}
interface Promised {
  acceptedAt: Instant;
  /** Promised to the complainant when it was accepted. */
  answerBy: Instant;
}
interface Decided {
  outcome: Outcome;
  into?: string;
  answerBy: Instant;
  decidedBy: Acting;
  decidedAt: Instant;
}
interface Answered extends Decided {
  feedback: Feedback;
  revisit?: { result: (typeof satisfactions)[number]; at: Instant };
}

export type ComplaintState = Received &
  (
    | { stage: 'received' }
    | ({ stage: 'accepted' } & Promised)
    | ({ stage: 'investigated'; investigatedBy: Acting; investigatedAt: Instant } & Promised)
    | ({ stage: 'decided' } & Decided)
    | ({ stage: 'answered' } & Answered)
    | ({ stage: 'archived'; archivedAt: Instant; keepComplainantUntil: Day } & Answered)
    | { stage: 'transferred'; decidedBy: Acting; decidedAt: Instant }
  );
export type ComplaintStage = ComplaintState['stage'];
export const complaintStages = [
  'received',
  'accepted',
  'investigated',
  'decided',
  'answered',
  'archived',
] as const satisfies readonly ComplaintStage[];

export const complaintStageTitles: Record<ComplaintStage, string> = {
  received: '待受理',
  accepted: '调查中',
  investigated: '待处置',
  decided: '待反馈',
  answered: '已反馈',
  archived: '已归档',
  transferred: '已移送',
};
export const outcomeTitles: Record<Outcome, string> = {
  substantiated: '属实',
  partly: '部分属实',
  unsubstantiated: '不属实',
  unverifiable: '无法查证',
  declined: '不予受理',
  joined: '与另一件合并办理',
};

export type ComplaintEvent =
  | {
      type: 'complaint.received';
      v: 1;
      source: ComplaintSource;
      ticket?: string;
      ticketBy?: Day;
      receivedAt: Instant;
      concerning: Concerning;
      /** Absent: nobody is named. Shown to nobody with the history; asked for by a door of its own. */
      complainant?: { name: FreeText; contact?: FreeText };
      content: FreeText;
      wanted?: FreeText;
      evidence: ManifestEntry[];
    }
  | { type: 'complaint.accepted'; v: 1; answerBy: Instant; investigator?: string }
  | { type: 'complaint.assigned'; v: 1; investigator: string; reason: FreeText }
  | { type: 'complaint.placed'; v: 1; concerning: Concerning; reason: FreeText }
  | { type: 'complaint.explained'; v: 1; explanation: FreeText; evidence: ManifestEntry[] }
  | { type: 'complaint.urged'; v: 1; way: 'system' | (typeof urgingWays)[number]; words: FreeText }
  | { type: 'complaint.extended'; v: 1; workingDays: number; answerBy: Instant; reason: FreeText }
  | {
      type: 'complaint.investigated';
      v: 1;
      means: (typeof means)[number][];
      record: FreeText;
      evidence: ManifestEntry[];
    }
  | {
      type: 'complaint.decided';
      v: 1;
      outcome: Outcome;
      into?: string;
      cases: string[];
      answerBy: Instant;
      reason: FreeText;
      demand?: FreeText;
    }
  | { type: 'complaint.took'; v: 1; complaint: string; cases: string[] }
  | { type: 'complaint.answered'; v: 1; feedback: Feedback; words: FreeText; evidence: ManifestEntry[] }
  | {
      type: 'complaint.revisited';
      v: 1;
      result: (typeof satisfactions)[number];
      at: Instant;
      words: FreeText;
    }
  | { type: 'complaint.reopened'; v: 1; answerBy: Instant; reason: FreeText }
  | { type: 'complaint.archived'; v: 1; keepComplainantUntil: Day }
  | { type: 'complaint.transferred'; v: 1; violation: string; reason: FreeText }
  | { type: 'complaint.complainantPurged'; v: 1; keptUntil: Day }
  | EvidenceEvent;

/** What the department may read of its way: not who was asked, and not what was said to the complainant. */
const forDepartment = [
  ...['received', 'accepted', 'placed', 'explained', 'urged', 'extended', 'decided', 'archived'],
].map((word) => `complaint.${word}`);
export const isToldToDepartment = ({ type }: { type: string }): boolean => forDepartment.includes(type);

type Event<T extends ComplaintEvent['type']> = Extract<ComplaintEvent, { type: T }>;
type At<S extends ComplaintStage> = Extract<ComplaintState, { stage: S }>;

/** The complaint after one more event. Throws on an event that its stage cannot have: a bug or a broken journal. */
export const foldComplaint = (
  state: ComplaintState | undefined,
  event: ComplaintEvent,
  meta: EventMeta,
): ComplaintState => {
  if (event.type === 'complaint.received') return received(event, meta);
  if (!state) throw new Error(`${event.type} before complaint.received in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'complaint.accepted': {
      const { investigator: _nobody, ...rest } = kept(at(state, event, 'received'));
      return {
        ...rest,
        ...(event.investigator === undefined ? {} : { investigator: event.investigator }),
        stage: 'accepted',
        acceptedAt: meta.at,
        answerBy: event.answerBy,
      };
    }
    case 'complaint.assigned':
      return { ...at(state, event, 'accepted', 'investigated'), investigator: event.investigator };
    case 'complaint.placed':
      return {
        ...without(at(state, event, 'received', 'accepted', 'investigated'), placeWords),
        ...event.concerning,
      };
    case 'complaint.explained': {
      const open = at(state, event, 'accepted', 'investigated');
      return { ...files(open, event.evidence, meta), explanations: open.explanations + 1 };
    }
    case 'complaint.urged': {
      const open = at(state, event, 'received', 'accepted', 'investigated', 'decided');
      return { ...open, urged: open.urged + 1, urgedAt: meta.at };
    }
    case 'complaint.extended': {
      const open = at(state, event, 'accepted', 'investigated');
      return { ...open, extensions: open.extensions + 1, answerBy: event.answerBy };
    }
    case 'complaint.investigated': {
      const open = files(at(state, event, 'accepted', 'investigated'), event.evidence, meta);
      return {
        ...kept(open),
        stage: 'investigated',
        acceptedAt: open.acceptedAt,
        answerBy: open.answerBy,
        investigatedBy: meta.by,
        investigatedAt: meta.at,
      };
    }
    case 'complaint.decided': {
      const open = at(state, event, 'received', 'accepted', 'investigated');
      return {
        ...kept(open),
        stage: 'decided',
        outcome: event.outcome,
        ...(event.into === undefined ? {} : { into: event.into }),
        cases: together(open.cases, event.cases),
        answerBy: event.answerBy,
        decidedBy: meta.by,
        decidedAt: meta.at,
      };
    }
    case 'complaint.took':
      return {
        ...state,
        joined: together(state.joined, [event.complaint]),
        cases: together(state.cases, event.cases),
      };
    case 'complaint.answered': {
      const open = files(at(state, event, 'decided', 'answered'), event.evidence, meta);
      return { ...kept(open), ...decided(open), stage: 'answered', feedback: event.feedback };
    }
    case 'complaint.revisited': {
      const open = at(state, event, 'answered');
      return { ...open, revisit: { result: event.result, at: event.at } };
    }
    case 'complaint.reopened': {
      const open = at(state, event, 'answered');
      return {
        ...kept(open),
        stage: 'accepted',
        acceptedAt: meta.at,
        answerBy: event.answerBy,
        extensions: 0,
        reopened: true,
        decidedBefore: together(open.decidedBefore, people(open.decidedBy)),
      };
    }
    case 'complaint.archived': {
      const open = at(state, event, 'answered');
      return {
        ...kept(open),
        ...decided(open),
        stage: 'archived',
        feedback: open.feedback,
        ...(open.revisit === undefined ? {} : { revisit: open.revisit }),
        archivedAt: meta.at,
        keepComplainantUntil: event.keepComplainantUntil,
      };
    }
    case 'complaint.transferred': {
      const open = at(state, event, 'received', 'accepted', 'investigated');
      return {
        ...kept(open),
        violation: event.violation,
        stage: 'transferred',
        decidedBy: meta.by,
        decidedAt: meta.at,
      };
    }
    case 'complaint.complainantPurged':
      return { ...state, complainant: 'purged' };
  }
};

const at = <S extends ComplaintStage>(
  state: ComplaintState,
  event: ComplaintEvent,
  ...stages: S[]
): At<S> => {
  const fits = (one: ComplaintState): one is At<S> => stages.some((stage) => stage === one.stage);
  if (!fits(state)) throw new Error(`${event.type} at stage ${state.stage} of ${state.id}`);
  return state;
};

const files = <S extends ComplaintState>(state: S, added: readonly ManifestEntry[], meta: EventMeta): S => ({
  ...state,
  evidence: announce(state.evidence, added, meta.version),
});

const together = (some: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...some, ...more]),
];

/** The person and, under a delegation, the absent one. */
export const people = (acting: Acting): string[] => [
  acting.person,
  ...(acting.for === undefined ? [] : [acting.for]),
];

const placeWords = ['violation', 'happened', 'window', 'grid', 'department'] as const;
const without = <S extends ComplaintState>(state: S, words: readonly (typeof placeWords)[number][]): S => {
  const bare = { ...state };
  for (const word of words) delete bare[word];
  return bare;
};

const received = (event: Event<'complaint.received'>, meta: EventMeta): ComplaintState => ({
  stage: 'received',
  id: meta.stream,
  month: monthOfId(meta.stream),
  source: event.source,
  ...(event.ticket === undefined ? {} : { ticket: event.ticket }),
  ...(event.ticketBy === undefined ? {} : { ticketBy: event.ticketBy }),
  receivedAt: event.receivedAt,
  recordedAt: meta.at,
  receivedBy: meta.by,
  ...event.concerning,
  complainant: event.complainant === undefined ? 'anonymous' : 'named',
  explanations: 0,
  urged: 0,
  extensions: 0,
  reopened: false,
  decidedBefore: [],
  cases: [],
  joined: [],
  evidence: announce([], event.evidence, meta.version),
});

/** What every stage keeps, written field by field, so that nothing of a left stage lingers in the head. */
const kept = (state: ComplaintState): Received => ({
  id: state.id,
  month: state.month,
  source: state.source,
  ...(state.ticket === undefined ? {} : { ticket: state.ticket }),
  ...(state.ticketBy === undefined ? {} : { ticketBy: state.ticketBy }),
  receivedAt: state.receivedAt,
  recordedAt: state.recordedAt,
  receivedBy: state.receivedBy,
  ...concerningOf(state),
  complainant: state.complainant,
  ...(state.investigator === undefined ? {} : { investigator: state.investigator }),
  explanations: state.explanations,
  urged: state.urged,
  ...(state.urgedAt === undefined ? {} : { urgedAt: state.urgedAt }),
  extensions: state.extensions,
  reopened: state.reopened,
  decidedBefore: state.decidedBefore,
  cases: state.cases,
  joined: state.joined,
  evidence: state.evidence,
});

export const concerningOf = (state: Concerning): Concerning => ({
  ...(state.violation === undefined ? {} : { violation: state.violation }),
  ...(state.happened === undefined ? {} : { happened: state.happened }),
  ...(state.window === undefined ? {} : { window: state.window }),
  ...(state.grid === undefined ? {} : { grid: state.grid }),
  ...(state.department === undefined ? {} : { department: state.department }),
  persons: state.persons,
});

const decided = (state: Decided): Decided => ({
  outcome: state.outcome,
  ...(state.into === undefined ? {} : { into: state.into }),
  answerBy: state.answerBy,
  decidedBy: state.decidedBy,
  decidedAt: state.decidedAt,
});

/** Whose record it stands in: the department complained of. A person's own record shows the case, not the complaint. */
export const complaintSubject = (state: ComplaintState): string | undefined => state.department;

/** When somebody must look at it next; filed, the day after which the complainant's words go, then the files'. */
export const complaintNext = (state: ComplaintState): Instant | Day | undefined => {
  switch (state.stage) {
    case 'received':
      return state.recordedAt;
    case 'accepted':
    case 'investigated':
    case 'decided':
      return state.answerBy;
    case 'answered':
      return state.revisit?.at ?? state.feedback.at;
    case 'archived':
      return [
        ...(state.complainant === 'named' ? [instantAt(state.keepComplainantUntil, '24:00')] : []),
        ...[nextPurge(state.evidence) ?? []].flat(),
      ].sort()[0];
    case 'transferred':
      return nextPurge(state.evidence);
  }
};
