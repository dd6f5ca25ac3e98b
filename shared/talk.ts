// A talk (谈话): held, signed or refused, filed; withdrawn when its cases fell. What is due is no talk yet: it is derived
// as a measure. Keeps ids and dates only, the words spoken stay in the events. Knows no permissions.
import type { Acting } from './access.ts';
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import type { Day, Instant, Month } from './time.ts';

/** section: 科室负责人谈话 (evident and often); director: 分管领导谈话 (serious). */
export const talkKinds = ['section', 'director'] as const;
export type TalkKind = (typeof talkKinds)[number];
export const talkTitles: Record<TalkKind, string> = { section: '科室谈话', director: '领导谈话' };

interface Held {
  /** The id of the measure that this talk carries out: one measure, one stream. */
  id: string;
  month: Month;
  kind: TalkKind;
  person: string;
  department: string;
  cases: string[];
  talker: Acting;
  recorder: string;
  /** When it was held; what was entered later from paper (补录) has a later `recordedAt`. */
  heldAt: Instant;
  recordedAt: Instant;
  /** Promised correction: by this day. */
  promisedBy?: Day;
  copies: string[];
  evidence: EvidenceEntry[];
}
/** How the record was closed by the person: with a signature, or by refusing it before two witnesses. */
export type TalkEnd =
  | { how: 'signed'; way: 'tablet' | 'paper'; at: Instant }
  | { how: 'refused'; at: Instant; witnesses: string[] };

export type TalkState = Held &
  (
    | { stage: 'held' }
    | { stage: 'signed'; end: TalkEnd & { how: 'signed' } }
    | { stage: 'refused'; end: TalkEnd & { how: 'refused' } }
    | { stage: 'filed'; end: TalkEnd; filedAt: Instant }
    | { stage: 'withdrawn'; end?: TalkEnd; withdrawnAt: Instant }
  );
export type TalkStage = TalkState['stage'];

/** Fields as 谈话记录 have them: parties with their roles, time, place, 事由, content, copies. */
export type TalkEvent =
  | {
      type: 'talk.held';
      v: 1;
      month: Month;
      kind: TalkKind;
      person: string;
      department: string;
      cases: string[];
      /** Who held it, when the clerk enters it from the signed record (补录). */
      talker?: Acting;
      recorder: string;
      heldAt: Instant;
      place: FreeText;
      reason: FreeText;
      content: FreeText;
      statement: FreeText;
      promise?: { text: FreeText; by: Day };
      copies: string[];
      evidence: ManifestEntry[];
    }
  | {
      type: 'talk.signed';
      v: 1;
      way: 'tablet' | 'paper';
      signedAt: Instant;
      evidence: ManifestEntry[];
    }
  | {
      type: 'talk.refused';
      v: 1;
      refusedAt: Instant;
      witnesses: string[];
      reason: FreeText;
      evidence: ManifestEntry[];
    }
  | { type: 'talk.filed'; v: 1 }
  | { type: 'talk.withdrawn'; v: 1; cases: string[]; reason: FreeText }
  | EvidenceEvent;

/** The talk after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldTalk = (state: TalkState | undefined, event: TalkEvent, meta: EventMeta): TalkState => {
  if (event.type === 'talk.held') {
    // A measure that fell with an overturned case may come back with another one; then the talk is held again.
    if (state && state.stage !== 'withdrawn') throw outOfPlace(state, event);
    return { ...held(event, state?.evidence ?? [], meta), stage: 'held' };
  }
  if (!state) throw new Error(`${event.type} before talk.held in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'talk.signed':
      if (state.stage !== 'held') throw outOfPlace(state, event);
      return {
        ...kept(state),
        evidence: announce(state.evidence, event.evidence, meta.version),
        stage: 'signed',
        end: { how: 'signed', way: event.way, at: event.signedAt },
      };
    case 'talk.refused':
      if (state.stage !== 'held') throw outOfPlace(state, event);
      return {
        ...kept(state),
        evidence: announce(state.evidence, event.evidence, meta.version),
        stage: 'refused',
        end: { how: 'refused', at: event.refusedAt, witnesses: event.witnesses },
      };
    case 'talk.filed':
      if (state.stage !== 'signed' && state.stage !== 'refused') throw outOfPlace(state, event);
      return { ...kept(state), stage: 'filed', end: state.end, filedAt: meta.at };
    case 'talk.withdrawn':
      if (state.stage === 'withdrawn') throw outOfPlace(state, event);
      return {
        ...kept(state),
        stage: 'withdrawn',
        ...('end' in state ? { end: state.end } : {}),
        withdrawnAt: meta.at,
      };
  }
};

const outOfPlace = (state: TalkState, event: TalkEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

const held = (
  event: Extract<TalkEvent, { type: 'talk.held' }>,
  before: readonly EvidenceEntry[],
  meta: EventMeta,
): Held => ({
  id: meta.stream,
  month: event.month,
  kind: event.kind,
  person: event.person,
  department: event.department,
  cases: event.cases,
  talker: event.talker ?? meta.by,
  recorder: event.recorder,
  heldAt: event.heldAt,
  recordedAt: meta.at,
  ...(event.promise === undefined ? {} : { promisedBy: event.promise.by }),
  copies: event.copies,
  evidence: announce(before, event.evidence, meta.version),
});

/** What every stage keeps, written field by field, so that nothing of a left stage lingers in the head. */
const kept = (state: TalkState): Held => ({
  id: state.id,
  month: state.month,
  kind: state.kind,
  person: state.person,
  department: state.department,
  cases: state.cases,
  talker: state.talker,
  recorder: state.recorder,
  heldAt: state.heldAt,
  recordedAt: state.recordedAt,
  ...(state.promisedBy === undefined ? {} : { promisedBy: state.promisedBy }),
  copies: state.copies,
  evidence: state.evidence,
});

/** Whose record a talk stands in. */
export const talkSubject = (state: TalkState): string => state.person;

/** When somebody must look at it next: what is not signed or not filed waits since then, then its files' last day. */
export const talkNext = (state: TalkState): Instant | undefined => {
  switch (state.stage) {
    case 'held':
      return state.recordedAt;
    case 'signed':
    case 'refused':
      return state.end.at;
    case 'filed':
    case 'withdrawn':
      return nextPurge(state.evidence);
  }
};
