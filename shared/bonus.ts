// A good deed (加分: 表扬信、锦旗、上门服务 …): reported, then confirmed with a clause of the rule book or dismissed.
// The same deed entered twice is merged, so that it counts once; one that proves false is revoked. What happened to it and
// the state its events fold to. Knows no permissions and no points.
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
import type { CountedBonus } from './score.ts';
import { type Day, type Instant, type Month, monthOfDay, plusDays } from './time.ts';

/** Under which clause of the rule book it brings points, set by the person who confirms. */
export interface Recognition {
  clause: string;
  quantity: number;
  chosen?: { points: number; by: string; reason: string };
}

/** How the house learnt of it. */
export const praiseWays = [
  'letter',
  'pennant',
  'desk',
  'hotline',
  'rating',
  'media',
  'patrol',
  'record',
] as const;
export type PraiseWay = (typeof praiseWays)[number];
interface Reported {
  id: string;
  /** The month of the deed; the partition of the head. */
  month: Month;
  day: Day;
  /** Bonus type of the catalog. */
  type: string;
  persons: string[];
  department: string;
  /** Grids in which the persons sat on that day; their leaders may confirm. */
  grids: string[];
  quantity: number;
  inspection?: string;
  way?: PraiseWay;
  /** Number under which the thing itself is kept: 锦旗 2026-031. */
  object?: string;
  /** Entries of the same deed that were merged into this one, and who entered those. */
  joined?: string[];
  joinedReporters?: string[];
  reportedAt: Instant;
  reportedBy: Acting;
  evidence: EvidenceEntry[];
}
interface Decided {
  decidedBy: Acting;
  decidedAt: Instant;
}

export type BonusState = Reported &
  (
    | { stage: 'reported' }
    | ({ stage: 'confirmed'; recognition: Recognition } & Decided)
    | ({ stage: 'dismissed' } & Decided)
    | ({ stage: 'merged'; into: string } & Decided)
    | ({ stage: 'revoked' } & Decided)
  );

export const bonusStages = ['reported', 'confirmed', 'dismissed', 'merged', 'revoked'] as const;
export const bonusStageTitles: Record<BonusState['stage'], string> = {
  reported: '待核实',
  confirmed: '已加分',
  dismissed: '不予加分',
  merged: '已并入另一件',
  revoked: '已撤销',
};

export type BonusEvent =
  | {
      type: 'bonus.reported';
      v: 1;
      bonus: string;
      day: Day;
      persons: string[];
      department: string;
      grids: string[];
      quantity: number;
      inspection?: string;
      way?: PraiseWay;
      object?: string;
      /** Who praised; for the office alone. */
      sender?: FreeText;
      description: FreeText;
      evidence: ManifestEntry[];
    }
  | {
      type: 'bonus.confirmed';
      v: 1;
      recognition: Recognition;
      reason: FreeText;
      /** What it rests on: files that had arrived, or where the original was seen. */
      seen?: { n: number; sha256: string }[];
      original?: FreeText;
    }
  | { type: 'bonus.merged'; v: 1; into: string; reason: FreeText }
  | { type: 'bonus.joined'; v: 1; bonus: string; reporters: string[] }
  | { type: 'bonus.revoked'; v: 1; reason: FreeText }
  | { type: 'bonus.dismissed'; v: 1; reason: FreeText }
  | EvidenceEvent;

/** The bonus after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldBonus = (state: BonusState | undefined, event: BonusEvent, meta: EventMeta): BonusState => {
  if (event.type === 'bonus.reported') return reported(event, meta);
  if (!state) throw new Error(`${event.type} before bonus.reported in ${meta.stream}`);
  const decided = { decidedBy: meta.by, decidedAt: meta.at };
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'bonus.confirmed':
      return {
        ...undecided(state, event),
        stage: 'confirmed',
        recognition: event.recognition,
        ...decided,
      };
    case 'bonus.merged':
      return { ...undecided(state, event), stage: 'merged', into: event.into, ...decided };
    case 'bonus.joined':
      return {
        ...state,
        joined: together(state.joined ?? [], [event.bonus]),
        joinedReporters: together(state.joinedReporters ?? [], event.reporters),
      };
    case 'bonus.revoked': {
      if (state.stage !== 'confirmed') throw outOfPlace(state, event);
      const { stage: _left, recognition: _taken, ...rest } = state;
      return { ...rest, stage: 'revoked', ...decided };
    }
    case 'bonus.dismissed':
      return { ...undecided(state, event), stage: 'dismissed', ...decided };
  }
};

const outOfPlace = (state: BonusState, event: BonusEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

const together = (some: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...some, ...more]),
];

const undecided = (state: BonusState, event: BonusEvent): Reported => {
  if (state.stage !== 'reported') throw outOfPlace(state, event);
  const { stage: _left, ...rest } = state;
  return rest;
};

const reported = (event: Extract<BonusEvent, { type: 'bonus.reported' }>, meta: EventMeta): BonusState => ({
  stage: 'reported',
  id: meta.stream,
  month: monthOfDay(event.day),
  day: event.day,
  type: event.bonus,
  persons: event.persons,
  department: event.department,
  grids: event.grids,
  quantity: event.quantity,
  ...(event.inspection === undefined ? {} : { inspection: event.inspection }),
  ...(event.way === undefined ? {} : { way: event.way }),
  ...(event.object === undefined ? {} : { object: event.object }),
  reportedAt: meta.at,
  reportedBy: meta.by,
  evidence: announce([], event.evidence, meta.version),
});

/** What the score reads of a bonus; undefined while nobody has confirmed it. */
export const countedBonus = (state: BonusState): CountedBonus | undefined => {
  switch (state.stage) {
    case 'reported':
    case 'dismissed':
    case 'merged':
    case 'revoked':
      return undefined;
    case 'confirmed':
      return {
        id: state.id,
        month: state.month,
        day: state.day,
        type: state.type,
        clause: state.recognition.clause,
        persons: state.persons,
        department: state.department,
        quantity: state.recognition.quantity,
        ...(state.recognition.chosen === undefined ? {} : { chosen: state.recognition.chosen }),
        confirmedBy: state.decidedBy.person,
      };
  }
};

/** A letter is dated, handed over and entered on different days. */
const daysApart = 3;

/**
 * To be proposed for merging: one numbered thing, or the same kind of deed of the same person within three days. What
 * already ended without points is no duplicate.
 */
export const sameDeed = (a: BonusState, b: BonusState): boolean =>
  a.id !== b.id &&
  [a, b].every(({ stage }) => stage === 'reported' || stage === 'confirmed') &&
  a.type === b.type &&
  (a.object !== undefined && b.object !== undefined
    ? a.object === b.object
    : a.persons.some((person) => b.persons.includes(person)) &&
      plusDays(a.day, -daysApart) <= b.day &&
      b.day <= plusDays(a.day, daysApart));

/** Whose record a bonus stands in: the first person named. */
export const bonusSubject = (state: BonusState): string | undefined => state.persons[0];

/** When somebody must look at it next: what is reported waits since then, its files until they must be purged. */
export const bonusNext = (state: BonusState): Instant | Day | undefined =>
  state.stage === 'reported' ? state.reportedAt : nextPurge(state.evidence);
