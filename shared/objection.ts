// Objections to the sums of a month (核对、异议), one stream a person and month: raised against the whole sum or one line of
// it while the month is summing, answered or withdrawn. Keeps ids and dates; grounds and reasons stay in the events. Knows
// no permissions and no sums: a line is named by its place in the cut it was shown from.
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
import type { Cut } from './month.ts';
import type { Instant, Month } from './time.ts';

/** self: by the person; paper: entered for them from what they signed. */
export const objectionWays = ['self', 'paper'] as const;
export type ObjectionWay = (typeof objectionWays)[number];
/** By which existing means an upheld objection is put right before the month is summed anew. */
export const remedies = ['case', 'bonus', 'leave', 'figure', 'registry'] as const;
export type Remedy = (typeof remedies)[number];
export const remedyTitles: Record<Remedy, string> = {
  case: '更正问题(复核、更正当事人、合并)',
  bonus: '更正加分事项',
  leave: '补登或更正请假、顶岗',
  figure: '更正录入的指标',
  registry: '更正名册、岗位',
};

/** The line that is objected to: its place, counted from one, and the cases it named. */
export interface ObjectedLine {
  nth: number;
  cases: string[];
}
export interface SumObjection {
  n: number;
  /** Absent: the whole sum. */
  line?: ObjectedLine;
  /** The cut whose sums were shown. */
  cut: string;
  way: ObjectionWay;
  by: Acting;
  /** Its own date; what was entered later from paper has a later `recordedAt`. */
  raisedAt: Instant;
  recordedAt: Instant;
  answer?: { outcome: 'upheld' | 'kept'; remedy?: Remedy; by: Acting; at: Instant };
  withdrawnAt?: Instant;
}

export interface ObjectionState {
  id: string;
  month: Month;
  person: string;
  department: string;
  objections: SumObjection[];
  evidence: EvidenceEntry[];
}

export type ObjectionEvent =
  | {
      type: 'objection.raised';
      v: 1;
      month: Month;
      person: string;
      department: string;
      n: number;
      cut: string;
      /** `words`: the line as it read. */
      line?: ObjectedLine & { words: FreeText };
      way: ObjectionWay;
      raisedAt: Instant;
      grounds: FreeText;
      evidence: ManifestEntry[];
    }
  | {
      type: 'objection.answered';
      v: 1;
      n: number;
      outcome: 'upheld' | 'kept';
      remedy?: Remedy;
      reason: FreeText;
    }
  | { type: 'objection.withdrawn'; v: 1; n: number; reason: FreeText; evidence: ManifestEntry[] }
  | EvidenceEvent;

/** The objections after one more event. Throws on an event that cannot follow: that is a bug or a broken journal. */
export const foldObjection = (
  state: ObjectionState | undefined,
  event: ObjectionEvent,
  meta: EventMeta,
): ObjectionState => {
  if (event.type === 'objection.raised')
    return {
      id: meta.stream,
      month: event.month,
      person: event.person,
      department: event.department,
      objections: [...(state?.objections ?? []), raised(event, meta)],
      evidence: announce(state?.evidence ?? [], event.evidence, meta.version),
    };
  if (!state) throw new Error(`${event.type} before objection.raised in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'objection.answered':
      return changed(state, event, (one) => ({
        ...one,
        answer: {
          outcome: event.outcome,
          ...(event.remedy === undefined ? {} : { remedy: event.remedy }),
          by: meta.by,
          at: meta.at,
        },
      }));
    case 'objection.withdrawn': {
      const left = changed(state, event, (one) => ({ ...one, withdrawnAt: meta.at }));
      return { ...left, evidence: announce(state.evidence, event.evidence, meta.version) };
    }
  }
};

const raised = (
  event: Extract<ObjectionEvent, { type: 'objection.raised' }>,
  meta: EventMeta,
): SumObjection => ({
  n: event.n,
  ...(event.line === undefined ? {} : { line: { nth: event.line.nth, cases: event.line.cases } }),
  cut: event.cut,
  way: event.way,
  by: meta.by,
  raisedAt: event.raisedAt,
  recordedAt: meta.at,
});

const changed = (
  state: ObjectionState,
  { type, n }: { type: string; n: number },
  change: (one: SumObjection) => SumObjection,
): ObjectionState => {
  const open = state.objections.find((one) => one.n === n);
  if (!open || !isOpen(open)) throw new Error(`${type} of ${n} in ${state.id}`);
  return { ...state, objections: state.objections.map((one) => (one === open ? change(one) : one)) };
};

/** Neither answered nor withdrawn. */
export const isOpen = (one: SumObjection): boolean =>
  one.answer === undefined && one.withdrawnAt === undefined;
export const openObjections = (state: ObjectionState): SumObjection[] => state.objections.filter(isOpen);

/** Upheld since the cut was taken: the sums shown do not hold yet what is to be put right. */
export const unsummedObjections = (
  state: ObjectionState,
  { takenAt }: Pick<Cut, 'takenAt'>,
): SumObjection[] =>
  state.objections.filter(({ answer }) => answer?.outcome === 'upheld' && answer.at >= takenAt);

/** In whose record they stand. */
export const objectionSubject = (state: ObjectionState): string => state.person;

/** What is open waits since it was entered, then the files' last day. */
export const objectionNext = (state: ObjectionState): Instant | undefined =>
  openObjections(state)
    .map((one) => one.recordedAt)
    .sort()[0] ?? nextPurge(state.evidence);
