// A rectification order (整改单) for environment and equipment: somebody answers for it, by a date, with a photo before
// and one after; it is checked again and struck off. Takes no points: only a rule book does. Knows no permissions.
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
import type { Instant, Month } from './time.ts';

interface Ordered {
  id: string;
  month: Month;
  /** The finding it came from. */
  case?: string;
  /** Department, centre or contractor that has to put it right. */
  responsible: string;
  window?: string;
  area?: string;
  grid?: string;
  orderedAt: Instant;
  orderedBy: Acting;
  dueBy: Instant;
  /** How often a re-check sent it back. */
  sentBack: number;
  urged: number;
  urgedAt?: Instant;
  evidence: EvidenceEntry[];
}
/** Who says when that it is put right. */
interface Done {
  doneBy: Acting;
  doneAt: Instant;
}
/** Who found when that it is. */
interface Checked extends Done {
  checkedBy: Acting;
  checkedAt: Instant;
}

export type RectificationState = Ordered &
  (
    | { stage: 'ordered' }
    | ({ stage: 'done' } & Done)
    | ({ stage: 'passed' } & Checked)
    | ({ stage: 'struckOff'; struckOffAt: Instant } & Checked)
    | { stage: 'withdrawn'; withdrawnAt: Instant }
  );
export type RectificationStage = RectificationState['stage'];
export const rectificationTitles: Record<RectificationStage, string> = {
  ordered: '待整改',
  done: '已整改,待复查',
  passed: '复查合格,待销号',
  struckOff: '已销号',
  withdrawn: '已撤回',
};

export const urgingWays = ['system', 'call', 'visit', 'message'] as const;

export type RectificationEvent =
  | {
      type: 'rectification.ordered';
      v: 1;
      month: Month;
      case?: string;
      responsible: string;
      window?: string;
      area?: string;
      grid?: string;
      requirement: FreeText;
      dueBy: Instant;
      evidence: ManifestEntry[];
    }
  | { type: 'rectification.done'; v: 1; doneAt: Instant; what: FreeText; evidence: ManifestEntry[] }
  | {
      type: 'rectification.rechecked';
      v: 1;
      passed: boolean;
      checkedAt: Instant;
      opinion: FreeText;
      /** The new date, when it is sent back. */
      dueBy?: Instant;
      evidence: ManifestEntry[];
    }
  | { type: 'rectification.struckOff'; v: 1; opinion?: FreeText }
  | { type: 'rectification.urged'; v: 1; way: (typeof urgingWays)[number]; text: FreeText }
  | { type: 'rectification.withdrawn'; v: 1; reason: FreeText }
  | EvidenceEvent;

/** The order after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldRectification = (
  state: RectificationState | undefined,
  event: RectificationEvent,
  meta: EventMeta,
): RectificationState => {
  if (event.type === 'rectification.ordered') return ordered(event, meta);
  if (!state) throw new Error(`${event.type} before rectification.ordered in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'rectification.done':
      if (state.stage !== 'ordered') throw outOfPlace(state, event);
      return {
        ...kept(state),
        evidence: announce(state.evidence, event.evidence, meta.version),
        stage: 'done',
        doneBy: meta.by,
        doneAt: event.doneAt,
      };
    case 'rectification.rechecked':
      return rechecked(state, event, meta);
    case 'rectification.struckOff': {
      if (state.stage !== 'passed') throw outOfPlace(state, event);
      const { doneBy, doneAt, checkedBy, checkedAt } = state;
      return {
        ...kept(state),
        ...{ doneBy, doneAt, checkedBy, checkedAt },
        stage: 'struckOff',
        struckOffAt: meta.at,
      };
    }
    case 'rectification.urged':
      return { ...state, urged: state.urged + 1, urgedAt: meta.at };
    case 'rectification.withdrawn':
      return { ...kept(state), stage: 'withdrawn', withdrawnAt: meta.at };
  }
};

const outOfPlace = (state: RectificationState, event: RectificationEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

const ordered = (
  event: Extract<RectificationEvent, { type: 'rectification.ordered' }>,
  meta: EventMeta,
): RectificationState => ({
  stage: 'ordered',
  id: meta.stream,
  month: event.month,
  ...(event.case === undefined ? {} : { case: event.case }),
  responsible: event.responsible,
  ...(event.window === undefined ? {} : { window: event.window }),
  ...(event.area === undefined ? {} : { area: event.area }),
  ...(event.grid === undefined ? {} : { grid: event.grid }),
  orderedAt: meta.at,
  orderedBy: meta.by,
  dueBy: event.dueBy,
  sentBack: 0,
  urged: 0,
  evidence: announce([], event.evidence, meta.version),
});

/** Sent back it is due anew; urging starts afresh with the new date. */
const rechecked = (
  state: RectificationState,
  event: Extract<RectificationEvent, { type: 'rectification.rechecked' }>,
  meta: EventMeta,
): RectificationState => {
  if (state.stage !== 'done') throw outOfPlace(state, event);
  const evidence = announce(state.evidence, event.evidence, meta.version);
  if (!event.passed) {
    const { urgedAt: _before, ...again } = kept(state);
    return {
      ...again,
      evidence,
      stage: 'ordered',
      dueBy: event.dueBy ?? state.dueBy,
      sentBack: state.sentBack + 1,
    };
  }
  return {
    ...kept(state),
    evidence,
    stage: 'passed',
    doneBy: state.doneBy,
    doneAt: state.doneAt,
    checkedBy: meta.by,
    checkedAt: event.checkedAt,
  };
};

/** What every stage keeps, written field by field, so that nothing of a left stage lingers in the head. */
const kept = (state: RectificationState): Ordered => ({
  id: state.id,
  month: state.month,
  ...(state.case === undefined ? {} : { case: state.case }),
  responsible: state.responsible,
  ...(state.window === undefined ? {} : { window: state.window }),
  ...(state.area === undefined ? {} : { area: state.area }),
  ...(state.grid === undefined ? {} : { grid: state.grid }),
  orderedAt: state.orderedAt,
  orderedBy: state.orderedBy,
  dueBy: state.dueBy,
  sentBack: state.sentBack,
  urged: state.urged,
  ...(state.urgedAt === undefined ? {} : { urgedAt: state.urgedAt }),
  evidence: state.evidence,
});

/** Whose record an order stands in. */
export const rectificationSubject = (state: RectificationState): string => state.responsible;

/** When somebody must look at it next: at its date, then at each step left, then when its files are purged. */
export const rectificationNext = (state: RectificationState): Instant | undefined => {
  switch (state.stage) {
    case 'ordered':
      return state.dueBy;
    case 'done':
      return state.doneAt;
    case 'passed':
      return state.checkedAt;
    case 'struckOff':
    case 'withdrawn':
      return nextPurge(state.evidence);
  }
};
