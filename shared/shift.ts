// What a tablet takes along for a shift without network: who sits at each window through one day, from one change to the
// next, and which rules a finding may fall under. Says that somebody is on leave, never which leave (PIPL art. 28).

import type { Calendar } from './calendar.ts';
import type { Severity } from './catalog.ts';
import { type Away, momentsOf, presenceAt, type Roster } from './presence.ts';
import type { Price } from './price.ts';
import type { RuleBook } from './rulebook.ts';
import { entryOf, intervalOf, type Stretch } from './slip.ts';
import { type Day, type Instant, instantAt } from './time.ts';

/** Who sits at a window from `from` until the next span of the day begins. */
export interface SeatSpan {
  from: Instant;
  open: boolean;
  /** What the notice at a closed window says, as far as one is entered. */
  notice?: string;
  /** Who should sit there, with why they do not. */
  should: { person: string; away?: Away['kind'] }[];
  /** Who sits there in another's stead. */
  covering: string[];
}

/** Without the slips that do not touch the day: a month's leave would otherwise be looked through for each window. */
export const rosterOn = (roster: Roster, on: Day): Roster => {
  const from = instantAt(on, '00:00');
  const to = instantAt(on, '24:00');
  const touches = (stretch: Stretch | undefined, calendar: Calendar): boolean => {
    if (!stretch) return false;
    const within = intervalOf(stretch, calendar);
    return within.from < to && from < within.to;
  };
  const { leaves, covers } = roster.slips;
  return {
    ...roster,
    slips: {
      leaves: leaves.filter((one) => touches(entryOf(one)?.stretch, roster.calendar)),
      covers: covers.filter((one) => touches(entryOf(one)?.stretch, roster.calendar)),
    },
  };
};

/** A window through a day; empty for a window that is none on that day, or a day the calendar does not know. */
export const seatsThroughDay = (roster: Roster, window: string, on: Day): SeatSpan[] => {
  const spans: SeatSpan[] = [];
  const all = { window, from: instantAt(on, '00:00'), to: instantAt(on, '24:00') };
  for (const at of momentsOf(roster, all)) {
    const found = presenceAt(roster, window, at);
    if (!found.ok) return [];
    const { opening, should, covering } = found.value;
    const span: SeatSpan = {
      from: at,
      open: opening.open,
      ...(opening.notice === undefined ? {} : { notice: opening.notice }),
      should: should.map(({ person, away }) => ({ person, ...(away ? { away: away.kind } : {}) })),
      covering: covering.flatMap(({ person, away }) => (away ? [] : [person])),
    };
    const last = spans.at(-1);
    if (!last || JSON.stringify({ ...last, from: '' }) !== JSON.stringify({ ...span, from: '' }))
      spans.push(span);
  }
  return spans;
};

/** The span that a moment falls into. */
export const seatsNow = <S extends { from: Instant }>(spans: readonly S[], at: Instant): S | undefined =>
  spans.findLast((span) => span.from <= at);

/** A clause as a reporter needs it: what it is for, how grave it usually is, and the range when there is one. */
export interface ClauseInHand {
  code: string;
  title: string;
  types: string[];
  severity: Severity;
  /** Hundredths of a point, only where the clause leaves a choice (酌情). */
  range?: { from: number; to: number };
}

const rangeOf = (price: Price): { from: number; to: number } | undefined =>
  price.kind === 'range' ? { from: price.from, to: price.to } : undefined;

export const clausesInHand = (book: RuleBook): ClauseInHand[] =>
  book.clauses.map((clause) => {
    const range = rangeOf(clause.price);
    return {
      ...{ code: clause.code, title: clause.title, types: [...clause.types], severity: clause.severity },
      ...(range === undefined ? {} : { range }),
    };
  });
