// Leave (请假、公出): who was away from the post, when and of what kind, as filed and corrected. The reason stays in the
// events. Knows no permissions and nothing of findings.

import type { Calendar } from './calendar.ts';
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import { entryOf, intervalOf, type Slip, type Stretch } from './slip.ts';
import type { Instant, Month } from './time.ts';

export const leaveKinds = ['business', 'personal', 'sick', 'annual', 'out', 'other'] as const;
export type LeaveKind = (typeof leaveKinds)[number];
/** other: what the law gives besides (婚假、产假、丧假 …). */
export const leaveTitles: Record<LeaveKind, string> = {
  business: '公出',
  personal: '事假',
  sick: '病假',
  annual: '年假',
  out: '临时外出',
  other: '其他假',
};

export interface LeaveEntry {
  kind: LeaveKind;
  stretch: Stretch;
}

export interface LeaveState extends Slip<LeaveEntry> {
  stage: 'standing' | 'withdrawn';
  person: string;
  /** Under whom the person stood on the first day. */
  department: string;
  grids: string[];
  /** From an attendance file. */
  imported: boolean;
  /** The slip as it was signed (假条、公出单), in the first month's copy only. */
  evidence: EvidenceEntry[];
}

export type LeaveEvent =
  | {
      type: 'leave.filed';
      v: 1;
      person: string;
      department: string;
      grids: string[];
      kind: LeaveKind;
      stretch: Stretch;
      months: Month[];
      imported: boolean;
      reason?: FreeText;
      evidence?: ManifestEntry[];
    }
  | {
      type: 'leave.corrected';
      v: 1;
      kind: LeaveKind;
      stretch: Stretch;
      reason: FreeText;
      evidence?: ManifestEntry[];
    }
  | { type: 'leave.withdrawn'; v: 1; reason: FreeText }
  | EvidenceEvent;

/** The leave after one more event. Throws on an event that cannot follow: that is a bug or a broken journal. */
export const foldLeave = (state: LeaveState | undefined, event: LeaveEvent, meta: EventMeta): LeaveState => {
  const filing = { at: meta.at, by: meta.by.person };
  if (event.type === 'leave.filed')
    return {
      id: meta.stream,
      stage: 'standing',
      person: event.person,
      department: event.department,
      grids: event.grids,
      imported: event.imported,
      months: event.months,
      filings: [{ ...filing, entry: { kind: event.kind, stretch: event.stretch } }],
      evidence: announce([], event.evidence ?? [], meta.version),
    };
  if (!state) throw new Error(`${event.type} before leave.filed in ${meta.stream}`);
  // A scan may arrive after the leave was withdrawn.
  const standing = entryOf(state) !== undefined;
  if (!standing && !event.type.startsWith('evidence.'))
    throw new Error(`${event.type} out of place in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'leave.corrected': {
      const entry = { kind: event.kind, stretch: event.stretch };
      return {
        ...state,
        filings: [...state.filings, { ...filing, entry }],
        evidence: announce(state.evidence, event.evidence ?? [], meta.version),
      };
    }
    case 'leave.withdrawn':
      return { ...state, stage: 'withdrawn', filings: [...state.filings, { ...filing, entry: null }] };
  }
};

/**
 * Who is on leave by whole or half days at a moment. Somebody out for an hour comes back to their desk: nothing passes on
 * for that.
 */
export const awayAt = (leaves: readonly LeaveState[], calendar: Calendar, at: Instant): Set<string> =>
  new Set(
    leaves.flatMap((leave) => {
      const stretch = entryOf(leave)?.stretch;
      if (stretch?.kind !== 'days') return [];
      const { from, to } = intervalOf(stretch, calendar);
      return from <= at && at < to ? [leave.person] : [];
    }),
  );

/** The scan waits for its last day. */
export const leaveNext = (state: LeaveState): Instant | undefined => nextPurge(state.evidence);

/** Whose record it stands in. */
export const leaveSubject = (state: LeaveState): string => state.person;
