// What was done about a measure that is neither a talk nor a letter (催办单、限期整改、通报批评、取消评优资格、提请处理、约谈):
// carried out, with its words and its date; where it asks for an answer, answered; withdrawn when its ground fell. Its id
// names the measure. Knows no rule book: whether the measure is asked for is decided when it is carried out.
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
import type { Subject } from './tally.ts';
import type { Instant, Month } from './time.ts';

export const enforcedKinds = ['urge', 'rectify', 'criticise', 'bar', 'refer', 'leaderTalk'] as const;
export type EnforcedKind = (typeof enforcedKinds)[number];
/** What a director or chief does themselves; anything else the office does. */
export const byLeader: ReadonlySet<EnforcedKind> = new Set(['criticise', 'refer', 'leaderTalk']);
/** What whoever is met has to answer to. */
export const isAnswered: ReadonlySet<EnforcedKind> = new Set(['urge', 'rectify', 'refer']);

interface CarriedOut {
  id: string;
  month: Month;
  measure: string;
  kind: EnforcedKind;
  subject: Subject;
  /** The department that answers for whoever is met. */
  department: string;
  cases: string[];
  by: Acting;
  /** Its own date, also when it is entered later from paper. */
  doneAt: Instant;
  recordedAt: Instant;
  answerBy?: Instant;
  evidence: EvidenceEntry[];
}
export type EnforcementState = CarriedOut &
  (
    | { stage: 'carriedOut' }
    | { stage: 'answered'; answeredBy: Acting; answeredAt: Instant }
    | { stage: 'withdrawn'; withdrawnAt: Instant }
  );
export const enforcementTitles: Record<EnforcementState['stage'], string> = {
  carriedOut: '已落实',
  answered: '已反馈',
  withdrawn: '已撤销',
};

export type EnforcementEvent =
  | {
      type: 'enforcement.carriedOut';
      v: 1;
      month: Month;
      measure: string;
      kind: EnforcedKind;
      subject: Subject;
      department: string;
      cases: string[];
      /** Who did it, when the clerk enters the paper for them. */
      leader?: Acting;
      doneAt: Instant;
      words: FreeText;
      answerBy?: Instant;
      evidence: ManifestEntry[];
    }
  | { type: 'enforcement.answered'; v: 1; answeredAt: Instant; answer: FreeText; evidence: ManifestEntry[] }
  | { type: 'enforcement.withdrawn'; v: 1; reason: FreeText }
  | EvidenceEvent;

/** The state after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldEnforcement = (
  state: EnforcementState | undefined,
  event: EnforcementEvent,
  meta: EventMeta,
): EnforcementState => {
  if (event.type === 'enforcement.carriedOut')
    return {
      stage: 'carriedOut',
      id: meta.stream,
      month: event.month,
      measure: event.measure,
      kind: event.kind,
      subject: event.subject,
      department: event.department,
      cases: event.cases,
      by: event.leader ?? meta.by,
      doneAt: event.doneAt,
      recordedAt: meta.at,
      ...(event.answerBy === undefined ? {} : { answerBy: event.answerBy }),
      // Withdrawn and carried out anew it keeps its earlier files.
      evidence: announce(state?.evidence ?? [], event.evidence, meta.version),
    };
  if (!state) throw new Error(`${event.type} before enforcement.carriedOut in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'enforcement.answered':
      if (state.stage !== 'carriedOut') throw new Error(`${event.type} at stage ${state.stage}`);
      return {
        ...state,
        stage: 'answered',
        answeredBy: meta.by,
        answeredAt: event.answeredAt,
        evidence: announce(state.evidence, event.evidence, meta.version),
      };
    case 'enforcement.withdrawn':
      return { ...kept(state), stage: 'withdrawn', withdrawnAt: meta.at };
  }
};

/** What every stage keeps, so that nothing of a left stage lingers in the head. */
const kept = (state: EnforcementState): CarriedOut => ({
  id: state.id,
  month: state.month,
  measure: state.measure,
  kind: state.kind,
  subject: state.subject,
  department: state.department,
  cases: state.cases,
  by: state.by,
  doneAt: state.doneAt,
  recordedAt: state.recordedAt,
  ...(state.answerBy === undefined ? {} : { answerBy: state.answerBy }),
  evidence: state.evidence,
});

/** Whose record it stands in. */
export const enforcementSubject = (state: EnforcementState): string =>
  'person' in state.subject ? state.subject.person : state.department;

/** When somebody must look at it next: at the end of its answer time, then when its files are purged. */
export const enforcementNext = (state: EnforcementState): Instant | undefined =>
  state.stage === 'carriedOut' && state.answerBy !== undefined ? state.answerBy : nextPurge(state.evidence);
