// The month of a centre: open → summing (sums shown, objections) → frozen (月度定稿). Holds what was cut and frozen,
// never the scores themselves: those are projections, recomputed from the cut by anyone.
import type { EventMeta } from './events.ts';
import type { Beside, Carried, CountedBonus, CountedCase, DaysFact, Score } from './score.ts';
import type { Instant, Month } from './time.ts';

/** Somebody who is scored in a month, as the roster had them when the cut was taken. */
export interface Scored {
  person: string;
  department: string;
  grids: string[];
  windows: string[];
}

/** The windows and departments that are scored, sorted by id. */
export interface Units {
  window?: string[];
  department?: string[];
}
export const unitKinds = ['window', 'department'] as const;
export type UnitKind = (typeof unitKinds)[number];

/** The score of a window or department; its `person` is the id of that one. */
export interface UnitScore extends Score {
  of: UnitKind;
}

/** A difference of a finished month that no score can carry: the person left, or the year is over (更正通知). */
export interface Correction extends Carried {
  why: 'left' | 'yearOver';
}

/**
 * What a month's sums rest on, whole: heads with their versions, the people, the rule book, what is carried in.
 * Stored in chunks under the hash of its canonical bytes, so it can neither change nor be exchanged.
 */
export interface CutManifest {
  month: Month;
  ruleBook: string;
  cases: [id: string, version: number][];
  bonuses: [id: string, version: number][];
  people: Scored[];
  /** Who is not assessed, and why. */
  leftOut?: { person: string; why: string }[];
  units?: Units;
  carried: Carried[];
  corrections: Correction[];
  /** Figures handed in that the scores rest on, by id and version; their rows stand in `beside`. */
  figures?: [id: string, version: number][];
  /** Days on post, where the rule book's full marks follow them. */
  days?: DaysFact[];
  /** Earlier months and joint liability, where the rule book asks for them. */
  beside?: Beside;
  /** Cases of finished months that this month's bulletin is the first to publish. */
  late: string[];
}

export interface Cut {
  /** SHA-256 of the canonical manifest; names its chunks. */
  digest: string;
  takenAt: Instant;
  chunks: number;
  heads: number;
  ruleBook: string;
}

export interface MonthState {
  id: Month;
  stage: 'open' | 'summing' | 'frozen';
  cut?: Cut;
  frozenAt?: Instant;
  /** SHA-256 of the canonical scores of the frozen cut. */
  scores?: string;
}

export type MonthEvent =
  | { type: 'month.summed'; v: 1; cut: Cut }
  | { type: 'month.frozen'; v: 1; cut: string; scores: string };

export const foldMonth = (state: MonthState | undefined, event: MonthEvent, meta: EventMeta): MonthState => {
  switch (event.type) {
    case 'month.summed':
      return { id: meta.stream, stage: 'summing', cut: event.cut };
    case 'month.frozen': {
      if (state?.cut?.digest !== event.cut) throw new Error(`frozen without its cut: ${meta.stream}`);
      return { ...state, stage: 'frozen', frozenAt: meta.at, scores: event.scores };
    }
  }
};

/** The counted things of a cut, folded up to the versions it names. */
export interface CutFacts {
  cases: readonly CountedCase[];
  bonuses: readonly CountedBonus[];
}
