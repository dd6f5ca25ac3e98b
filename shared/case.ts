// A violation case (违规问题): what happened to it, and the state its events fold to, by stage. Knows no permissions.
import type { Acting } from './access.ts';
import type { Severity } from './catalog.ts';
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import type { CountedCase } from './score.ts';
import { dayOf, type Instant, type Month } from './time.ts';

export const sources = [
  'patrol',
  'video',
  'thirdParty',
  'complaint',
  'hotline',
  'rating',
  'machine',
  'import',
] as const;
export type Source = (typeof sources)[number];

/** Whose fault it is. 人次 counts persons × incident, everything else counts as 起. */
export type Subject =
  | { kind: 'persons'; persons: string[] }
  | { kind: 'unidentified' }
  | { kind: 'window' }
  | { kind: 'department' };

/** When it happened, in device time corrected by the device's offset to the server, with its doubt in seconds. */
export interface Happened {
  from: Instant;
  to: Instant;
  doubtSeconds: number;
}

/** Clause and measure of what was done, set by the person who confirms. */
export interface Verdict {
  severity: Severity;
  clause: string;
  family: string;
  quantity: number;
  minutes?: number;
  chosen?: { points: number; by: string; reason: string };
}

export type NoticeWay = 'opened' | 'tablet' | 'paper' | 'refused' | 'representative';
export type Review =
  | { state: 'asked'; at: Instant; decideBy: Instant }
  | {
      state: 'decided';
      at: Instant;
      outcome: 'upheld' | 'reduced' | 'overturned';
      points?: number;
      by: string;
    };

interface Reported {
  id: string;
  /** The month of the incident as first reported; the partition of the head. */
  month: Month;
  type: string;
  source: Source;
  reportedAt: Instant;
  reportedBy: Acting;
  happened: Happened;
  /** Where it happened and under whom it stood on that day. */
  window?: string;
  grid?: string;
  department?: string;
  subject: Subject;
  inspection?: string;
  /** From a machine or a file: a named person must confirm it (PIPL art. 24). */
  lead: boolean;
  campaign?: string;
  evidence: EvidenceEntry[];
  /** Cases of the same incident that were merged into this one. */
  joined: string[];
}
interface Decided {
  decidedBy: Acting;
  decidedAt: Instant;
}
interface Confirmed extends Decided {
  verdict: Verdict;
}
interface Noticed extends Confirmed {
  notice: { way: NoticeWay; at: Instant; answerBy: Instant; appealBy: Instant };
}

export type CaseState = Reported &
  (
    | { stage: 'reported' }
    | ({ stage: 'settledOnSpot' } & Confirmed)
    | ({ stage: 'dismissed' } & Decided)
    | ({ stage: 'merged'; into: string } & Decided)
    | ({ stage: 'transferred' } & Decided)
    | ({ stage: 'confirmed' } & Confirmed)
    | ({ stage: 'noticed' } & Noticed)
    | ({
        stage: 'counting';
        since: Instant;
        heard: 'answered' | 'noObjection' | 'silent';
        review?: Review;
      } & Noticed)
  );
export type Stage = CaseState['stage'];

export type CaseEvent =
  | {
      type: 'case.reported';
      v: 1;
      violation: string;
      source: Source;
      happened: Happened;
      window?: string;
      grid?: string;
      department?: string;
      subject: Subject;
      inspection?: string;
      lead: boolean;
      campaign?: string;
      description: FreeText;
      place?: FreeText;
      camera?: string;
      evidence: ManifestEntry[];
    }
  | { type: 'case.evidenceAdded'; v: 1; evidence: ManifestEntry[]; reason: FreeText }
  | { type: 'case.identified'; v: 1; persons: string[]; department?: string; reason: FreeText }
  | { type: 'case.settledOnSpot'; v: 1; verdict: Verdict; said: FreeText }
  | {
      type: 'case.confirmed';
      v: 1;
      verdict: Verdict;
      reason: FreeText;
      seen: { n: number; sha256: string }[];
    }
  | { type: 'case.dismissed'; v: 1; reason: FreeText }
  | { type: 'case.merged'; v: 1; into: string; reason: FreeText }
  | { type: 'case.joined'; v: 1; case: string }
  | { type: 'case.transferred'; v: 1; reason: FreeText }
  | {
      type: 'case.noticed';
      v: 1;
      way: NoticeWay;
      deliveredAt: Instant;
      answerBy: Instant;
      appealBy: Instant;
      witnesses: string[];
    }
  | { type: 'case.answered'; v: 1; noObjection: boolean; answer: FreeText }
  | { type: 'case.settled'; v: 1; answerBy: Instant }
  | { type: 'case.appealed'; v: 1; grounds: FreeText; decideBy: Instant }
  | {
      type: 'case.appealDecided';
      v: 1;
      outcome: 'upheld' | 'reduced' | 'overturned';
      points?: number;
      reason: FreeText;
    }
  | { type: 'case.reopened'; v: 1; reason: FreeText }
  | EvidenceEvent;

type Meta = EventMeta;

const evidenceOf = (state: CaseState, files: readonly ManifestEntry[], meta: Meta): CaseState => ({
  ...state,
  evidence: announce(state.evidence, files, meta.version),
});

/** The case after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldCase = (state: CaseState | undefined, event: CaseEvent, meta: Meta): CaseState => {
  if (event.type === 'case.reported') return reported(event, meta);
  if (!state) throw new Error(`${event.type} before case.reported in ${meta.stream}`);
  const decided = { decidedBy: meta.by, decidedAt: meta.at };
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'case.evidenceAdded':
      return evidenceOf(state, event.evidence, meta);
    case 'case.identified':
      return {
        ...state,
        subject: { kind: 'persons', persons: event.persons },
        ...(event.department === undefined ? {} : { department: event.department }),
      };
    case 'case.settledOnSpot':
      return { ...base(state), stage: 'settledOnSpot', verdict: event.verdict, ...decided };
    case 'case.confirmed':
      return { ...base(state), stage: 'confirmed', verdict: event.verdict, ...decided };
    case 'case.dismissed':
      return { ...base(state), stage: 'dismissed', ...decided };
    case 'case.merged':
      return { ...base(state), stage: 'merged', into: event.into, ...decided };
    case 'case.joined':
      return { ...state, joined: [...state.joined, event.case] };
    case 'case.transferred':
      return { ...base(state), stage: 'transferred', ...decided };
    case 'case.noticed':
      return {
        ...confirmedOf(state, event),
        stage: 'noticed',
        notice: {
          way: event.way,
          at: event.deliveredAt,
          answerBy: event.answerBy,
          appealBy: event.appealBy,
        },
      };
    case 'case.answered':
      return {
        ...noticedOf(state, event),
        stage: 'counting',
        since: meta.at,
        heard: event.noObjection ? 'noObjection' : 'answered',
      };
    case 'case.settled':
      return { ...noticedOf(state, event), stage: 'counting', since: event.answerBy, heard: 'silent' };
    case 'case.appealed': {
      const review: Review = { state: 'asked', at: meta.at, decideBy: event.decideBy };
      if (state.stage === 'counting') return { ...state, review };
      return { ...noticedOf(state, event), stage: 'counting', since: meta.at, heard: 'answered', review };
    }
    case 'case.appealDecided': {
      if (state.stage !== 'counting') throw outOfPlace(state, event);
      const review: Review = {
        state: 'decided',
        at: meta.at,
        outcome: event.outcome,
        by: meta.by.person,
        ...(event.points === undefined ? {} : { points: event.points }),
      };
      return { ...state, review };
    }
    case 'case.reopened':
      return { ...base(state), stage: 'reported' };
  }
};

const outOfPlace = (state: CaseState, event: CaseEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

const reported = (event: Extract<CaseEvent, { type: 'case.reported' }>, meta: Meta): CaseState => ({
  stage: 'reported',
  id: meta.stream,
  month: dayOf(event.happened.from).slice(0, 7),
  type: event.violation,
  source: event.source,
  reportedAt: meta.at,
  reportedBy: meta.by,
  happened: event.happened,
  ...(event.window === undefined ? {} : { window: event.window }),
  ...(event.grid === undefined ? {} : { grid: event.grid }),
  ...(event.department === undefined ? {} : { department: event.department }),
  subject: event.subject,
  ...(event.inspection === undefined ? {} : { inspection: event.inspection }),
  lead: event.lead,
  ...(event.campaign === undefined ? {} : { campaign: event.campaign }),
  evidence: announce([], event.evidence, meta.version),
  joined: [],
});

/** What every stage keeps. Written field by field, so that nothing of a left stage lingers in the head. */
const base = (state: CaseState): Reported => ({
  id: state.id,
  month: state.month,
  type: state.type,
  source: state.source,
  reportedAt: state.reportedAt,
  reportedBy: state.reportedBy,
  happened: state.happened,
  ...(state.window === undefined ? {} : { window: state.window }),
  ...(state.grid === undefined ? {} : { grid: state.grid }),
  ...(state.department === undefined ? {} : { department: state.department }),
  subject: state.subject,
  ...(state.inspection === undefined ? {} : { inspection: state.inspection }),
  lead: state.lead,
  ...(state.campaign === undefined ? {} : { campaign: state.campaign }),
  evidence: state.evidence,
  joined: state.joined,
});

const confirmedOf = (state: CaseState, event: CaseEvent): Reported & Confirmed => {
  if (state.stage !== 'confirmed') throw outOfPlace(state, event);
  return { ...base(state), verdict: state.verdict, decidedBy: state.decidedBy, decidedAt: state.decidedAt };
};
const noticedOf = (state: CaseState, event: CaseEvent): Reported & Noticed => {
  if (state.stage !== 'noticed') throw outOfPlace(state, event);
  return {
    ...base(state),
    verdict: state.verdict,
    decidedBy: state.decidedBy,
    decidedAt: state.decidedAt,
    notice: state.notice,
  };
};

export const personsOf = (state: CaseState): string[] =>
  state.subject.kind === 'persons' ? state.subject.persons : [];

/** Held back (暂缓评选): an evident or serious case whose end is open. */
export const holdsBack = (state: CaseState): boolean => {
  switch (state.stage) {
    case 'confirmed':
    case 'noticed':
      return state.verdict.severity !== 'minor';
    case 'counting':
      return state.verdict.severity !== 'minor' && state.review?.state === 'asked';
    case 'reported':
    case 'settledOnSpot':
    case 'dismissed':
    case 'merged':
    case 'transferred':
      return false;
  }
};

/** What the score and the ladder read of a case; undefined while it is no confirmed fault. */
export const countedCase = (state: CaseState): CountedCase | undefined => {
  switch (state.stage) {
    case 'reported':
    case 'dismissed':
    case 'merged':
    case 'transferred':
      return undefined;
    case 'settledOnSpot':
    case 'confirmed':
    case 'noticed':
    case 'counting':
      return {
        id: state.id,
        month: state.month,
        day: dayOf(state.happened.from),
        type: state.type,
        clause: state.verdict.clause,
        family: state.verdict.family,
        severity: state.verdict.severity,
        persons: personsOf(state),
        ...(state.department === undefined ? {} : { department: state.department }),
        ...(state.window === undefined ? {} : { window: state.window }),
        quantity: state.verdict.quantity,
        ...(state.verdict.minutes === undefined ? {} : { minutes: state.verdict.minutes }),
        ...(state.verdict.chosen === undefined ? {} : { chosen: state.verdict.chosen }),
        confirmedBy: state.decidedBy.person,
        counts: state.stage === 'counting',
        settledOnSpot: state.stage === 'settledOnSpot',
        ...(state.stage === 'counting' && state.review?.state === 'decided'
          ? {
              review: {
                outcome: state.review.outcome,
                by: state.review.by,
                ...(state.review.points === undefined ? {} : { points: state.review.points }),
              },
            }
          : {}),
        ...(state.campaign === undefined ? {} : { campaign: state.campaign }),
      };
  }
};

/** Whose record a case stands in: the first person named, else the department. */
export const caseSubject = (state: CaseState): string | undefined => personsOf(state)[0] ?? state.department;

/** When somebody must look at it next: what is reported waits since then, a notice until its answer time. */
export const caseNext = (state: CaseState): Instant | undefined => {
  switch (state.stage) {
    case 'reported':
      return state.reportedAt;
    case 'confirmed':
      return state.decidedAt;
    case 'noticed':
      return state.notice.answerBy;
    case 'counting':
      return state.review?.state === 'asked' ? state.review.decideBy : nextPurge(state.evidence);
    case 'settledOnSpot':
    case 'dismissed':
    case 'merged':
    case 'transferred':
      return nextPurge(state.evidence);
  }
};

/** Whether a case still carries what was built on it (a talk, a letter): confirmed and not overturned since. */
export const caseStands = (state: CaseState): boolean => {
  switch (state.stage) {
    case 'settledOnSpot':
    case 'confirmed':
    case 'noticed':
      return true;
    case 'counting':
      return !(state.review?.state === 'decided' && state.review.outcome === 'overturned');
    case 'reported':
    case 'dismissed':
    case 'merged':
    case 'transferred':
      return false;
  }
};
