// Leave (请假、公出): who was away from the post, when and of what kind, as filed and corrected. The reason stays in the
// events. Knows no permissions and nothing of findings.
import type { EventMeta, FreeText } from './events.ts';
import { entryOf, type Slip, type Stretch } from './slip.ts';
import type { Month } from './time.ts';

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
    }
  | { type: 'leave.corrected'; v: 1; kind: LeaveKind; stretch: Stretch; reason: FreeText }
  | { type: 'leave.withdrawn'; v: 1; reason: FreeText };

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
    };
  if (!state || entryOf(state) === undefined) throw new Error(`${event.type} out of place in ${meta.stream}`);
  switch (event.type) {
    case 'leave.corrected': {
      const entry = { kind: event.kind, stretch: event.stretch };
      return { ...state, filings: [...state.filings, { ...filing, entry }] };
    }
    case 'leave.withdrawn':
      return { ...state, stage: 'withdrawn', filings: [...state.filings, { ...filing, entry: null }] };
  }
};

/** Whose record it stands in. */
export const leaveSubject = (state: LeaveState): string => state.person;
