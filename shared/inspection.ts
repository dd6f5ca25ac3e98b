// An inspection (巡查、视频督查、第三方测评): a round that is opened, recorded in batches and closed, or one imported from
// a file. The head holds counts only; results stay in the events, and findings are cases of their own that name the
// inspection, so it never grows with them. Knows no permissions.
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
import type { Day, Instant } from './time.ts';

export const inspectionKinds = ['patrol', 'video', 'thirdParty', 'imported'] as const;
export type InspectionKind = (typeof inspectionKinds)[number];
/** notSeen: the inspector came by and could not tell (blocked view, window in talks). A window without any result is 未查. */
export const lookResults = ['fine', 'finding', 'notSeen'] as const;
export type LookResult = (typeof lookResults)[number];

/** One look at one window. */
export interface Look {
  window: string;
  at: Instant;
  result: LookResult;
  /** Who was there, as far as the inspector knew them. */
  staffSeen: string[];
  note?: FreeText;
}
/** What was watched on video, and what for: the log that decree 799 art. 16 asks for. */
export interface View {
  camera: string;
  from: Instant;
  to: Instant;
  purpose: FreeText;
}
/** One scored item of a third party's form; points in hundredths out of `outOf`. */
export interface ScoredItem {
  item: string;
  window?: string;
  points: number;
  outOf: number;
  note?: FreeText;
}

interface Opened {
  id: string;
  kind: InspectionKind;
  grid?: string;
  startedAt: Instant;
  openedBy: Acting;
  /** Who walked the round and wrote the sheet, when somebody else entered it (补录). */
  walkedBy?: string;
  /** Round of the third party's contract: `2026-11-1`. */
  round?: string;
  /** How many windows the round is to see. */
  planned: number;
  /** Looks by result (a window looked at twice counts twice; `lastLooks` tells them apart), views, scored items, rows. */
  counts: { fine: number; finding: number; notSeen: number; views: number; items: number; rows: number };
  /** The latest time anything was seen; it cannot have ended before. */
  seenUntil: Instant;
  evidence: EvidenceEntry[];
}
export type InspectionState = Opened & ({ stage: 'open' } | { stage: 'closed'; endedAt: Instant });

export type InspectionEvent =
  | {
      type: 'inspection.opened';
      v: 1;
      kind: Exclude<InspectionKind, 'imported'>;
      grid?: string;
      startedAt: Instant;
      walkedBy?: string;
      round?: string;
      /** The windows to be seen, so that 未查 can be told later though the roster has changed. */
      windows: string[];
    }
  | {
      type: 'inspection.recorded';
      v: 1;
      looks: Look[];
      views: View[];
      items: ScoredItem[];
      evidence: ManifestEntry[];
    }
  | { type: 'inspection.closed'; v: 1; endedAt: Instant }
  | {
      type: 'inspection.imported';
      v: 1;
      grid?: string;
      startedAt: Instant;
      endedAt: Instant;
      sourceFile: FreeText;
      rows: number;
    }
  | EvidenceEvent;

type Meta = EventMeta;

/** The inspection after one more event. Throws on an event out of its order: that is a bug or a broken journal. */
export const foldInspection = (
  state: InspectionState | undefined,
  event: InspectionEvent,
  meta: Meta,
): InspectionState => {
  if (event.type === 'inspection.opened') return opened(event, meta);
  if (event.type === 'inspection.imported') return imported(event, meta);
  if (!state) throw new Error(`${event.type} before inspection.opened in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'inspection.recorded':
      if (state.stage !== 'open') throw new Error(`${event.type} after the end of ${state.id}`);
      return recorded(state, event, meta);
    case 'inspection.closed':
      if (state.stage !== 'open') throw new Error(`${event.type} after the end of ${state.id}`);
      return { ...state, stage: 'closed', endedAt: event.endedAt };
  }
};

const nothing = { fine: 0, finding: 0, notSeen: 0, views: 0, items: 0, rows: 0 };

const opened = (
  event: Extract<InspectionEvent, { type: 'inspection.opened' }>,
  meta: Meta,
): InspectionState => ({
  stage: 'open',
  id: meta.stream,
  kind: event.kind,
  ...(event.grid === undefined ? {} : { grid: event.grid }),
  startedAt: event.startedAt,
  openedBy: meta.by,
  ...(event.walkedBy === undefined ? {} : { walkedBy: event.walkedBy }),
  ...(event.round === undefined ? {} : { round: event.round }),
  planned: event.windows.length,
  counts: nothing,
  seenUntil: event.startedAt,
  evidence: [],
});

const imported = (
  event: Extract<InspectionEvent, { type: 'inspection.imported' }>,
  meta: Meta,
): InspectionState => ({
  stage: 'closed',
  id: meta.stream,
  kind: 'imported',
  ...(event.grid === undefined ? {} : { grid: event.grid }),
  startedAt: event.startedAt,
  openedBy: meta.by,
  planned: 0,
  counts: { ...nothing, rows: event.rows },
  seenUntil: event.endedAt,
  evidence: [],
  endedAt: event.endedAt,
});

type Recorded = Extract<InspectionEvent, { type: 'inspection.recorded' }>;

const recorded = (state: InspectionState, event: Recorded, meta: Meta): InspectionState => {
  const looks = (result: LookResult): number => event.looks.filter((look) => look.result === result).length;
  const { counts } = state;
  return {
    ...state,
    counts: {
      fine: counts.fine + looks('fine'),
      finding: counts.finding + looks('finding'),
      notSeen: counts.notSeen + looks('notSeen'),
      views: counts.views + event.views.length,
      items: counts.items + event.items.length,
      rows: counts.rows,
    },
    seenUntil: [state.seenUntil, ...seenTimes(event)].sort().at(-1) ?? state.seenUntil,
    evidence: announce(state.evidence, event.evidence, meta.version),
  };
};

/** When something was seen: every look, and the end of every view. */
export const seenTimes = ({
  looks,
  views,
}: {
  looks: readonly { at: Instant }[];
  views: readonly { to: Instant }[];
}): Instant[] => [...looks.map((look) => look.at), ...views.map((view) => view.to)];

/** The last look at each window; of two at one instant, the one recorded later. Events in stream order. */
export const lastLooks = (events: readonly InspectionEvent[]): Map<string, Look> => {
  const last = new Map<string, Look>();
  for (const event of events)
    if (event.type === 'inspection.recorded')
      for (const look of event.looks) {
        const known = last.get(look.window);
        if (!known || known.at <= look.at) last.set(look.window, look);
      }
  return last;
};

/** 未查: windows of the round that nobody looked at, in the order of the plan. */
export const unseenWindows = (events: readonly InspectionEvent[]): string[] => {
  const last = lastLooks(events);
  return events
    .flatMap((event) => (event.type === 'inspection.opened' ? event.windows : []))
    .filter((window) => !last.has(window));
};

/** The files of a closed round wait until they must be purged; an open one waits since its last look. */
export const inspectionNext = (state: InspectionState): Instant | Day | undefined =>
  state.stage === 'open' ? state.seenUntil : nextPurge(state.evidence);
