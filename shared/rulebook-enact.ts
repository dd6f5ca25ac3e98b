// The versions of a centre's rule book: one stream for each first month, `rulebook-2026-07`. Enacting again for the same
// month, as long as nothing of it is frozen, is the stream's next version; the last one counts.
import type { EventMeta } from './events.ts';
import type { RuleBook } from './rulebook.ts';
import type { Instant, Month } from './time.ts';

export interface RuleBookState {
  id: string;
  /** In force from this month on, until a later first month begins. */
  from: Month;
  enactedAt: Instant;
  book: RuleBook;
}

export interface RuleBookEvent {
  type: 'rulebook.enacted';
  v: 1;
  from: Month;
  /** Whole, with all defaults filled in: later defaults of ours must not change what was enacted. */
  book: RuleBook;
}

export const ruleBookStream = (from: Month): string => `rulebook-${from}`;

/** The last version wins. */
export const foldRuleBook = (
  _state: RuleBookState | undefined,
  event: RuleBookEvent,
  meta: EventMeta,
): RuleBookState => ({ id: meta.stream, from: event.from, enactedAt: meta.at, book: event.book });

/** The version in force in a month: the latest first month that is not later. */
export const inForce = <V extends { from: Month }>(versions: readonly V[], month: Month): V | undefined =>
  versions
    .filter((version) => version.from <= month)
    .sort((a, b) => (a.from < b.from ? 1 : -1))
    .at(0);
