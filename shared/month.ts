// The month of a centre: open → summing (sums shown, objections) → frozen (月度定稿). Holds what was cut and frozen,
// never the scores themselves: those are projections, recomputed from the cut by anyone.
import type { EventMeta } from './events.ts';
import type { Instant, Month } from './time.ts';

/** A cut: which heads, at which versions, the sums rest on. The list itself lies in chunks beside the month. */
export interface Cut {
  nth: number;
  takenAt: Instant;
  chunks: number;
  heads: number;
  /** SHA-256 of the canonical list, so that nobody can exchange a chunk. */
  digest: string;
  /** The months whose late changes this cut carries. */
  carries: Month[];
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
  | { type: 'month.frozen'; v: 1; nth: number; scores: string };

export const foldMonth = (state: MonthState | undefined, event: MonthEvent, meta: EventMeta): MonthState => {
  switch (event.type) {
    case 'month.summed':
      return { id: meta.stream, stage: 'summing', cut: event.cut };
    case 'month.frozen': {
      if (state?.cut?.nth !== event.nth) throw new Error(`frozen without its cut: ${meta.stream}`);
      return { ...state, stage: 'frozen', frozenAt: meta.at, scores: event.scores };
    }
  }
};
