// Who should have sat at a window at a moment, and who did: one answer, with the entries it rests on. Roster, hours,
// leave and cover in any order give the same answer; knows no rights and decides nothing.
import type { Calendar } from './calendar.ts';
import type { CoverState } from './cover.ts';
import type { LookResult } from './inspection.ts';
import type { LeaveKind, LeaveState } from './leave.ts';
import { holdsOn, placeOn, type Registry, sitsOn } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import { type Opening, openingAt, openSpansOn } from './service-hours.ts';
import { entryOf, intervalOf, middayOf, type Slip, type Stretch } from './slip.ts';
import { clockTimeOf, dayOf, daysFrom, type Instant, instantAt } from './time.ts';

/** The exceptions to the roster that are known: those of the months asked about. */
export interface Slips {
  leaves: readonly LeaveState[];
  covers: readonly CoverState[];
}

/** What a patrol or camera round wrote of a window (巡查所见): who was there, as far as the inspector knew them. */
export interface Sighting {
  inspection: string;
  window: string;
  at: Instant;
  result: LookResult;
  persons: string[];
}

/** What the answer is drawn from. `knownAt`: when the finding was reported; leave filed later is 事后补报. */
export interface Roster {
  registry: Registry;
  calendar: Calendar;
  slips: Slips;
  /** What rounds of the day saw, where it is to be named as a source. */
  sightings?: readonly Sighting[] | undefined;
  knownAt?: Instant | undefined;
}

/** Why somebody was not at the window. */
export type Away =
  | { kind: 'leave'; slip: string; leave: LeaveKind; filedAt: Instant; late: boolean }
  | { kind: 'elsewhere'; slip: string; window: string; filedAt: Instant; late: boolean };

/** Somebody who should have sat there: by the assignment, or named by the hours of that moment. */
export interface Seat {
  person: string;
  by: { kind: 'assignment' | 'duty'; id: string };
  away?: Away;
  /** When a round saw them there, nearest to the moment. */
  seenAt?: Instant;
}
/** Somebody who sat there in another's stead, or besides. */
export interface Deputy {
  person: string;
  slip: string;
  absent?: string;
  away?: Away;
  seenAt?: Instant;
}

export interface Presence {
  window: string;
  at: Instant;
  opening: Opening;
  should: Seat[];
  covering: Deputy[];
  /** Who sat there by all that was entered, sorted; empty: the window was empty by right, or nobody was assigned. */
  did: string[];
  /** What rounds saw at the window within the hour before and after, nearest first. */
  sightings: Sighting[];
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

const includes = (stretch: Stretch, calendar: Calendar, at: Instant): boolean => {
  const { from, to } = intervalOf(stretch, calendar);
  return from <= at && at < to;
};

/** When the slip came to say what it says now; after `knownAt` it is late, unless an earlier filing held for it too. */
const sinceWhen = <E extends { stretch: Stretch }>(
  slip: Slip<E>,
  { calendar, knownAt }: Roster,
  at: Instant,
  same: (entry: E) => boolean,
): { filedAt: Instant; late: boolean } => {
  const held = (entry: E | undefined | null) =>
    entry !== undefined && entry !== null && same(entry) && includes(entry.stretch, calendar, at);
  const first = slip.filings.findLastIndex(({ entry }) => !held(entry)) + 1;
  const filedAt = slip.filings[first]?.at ?? slip.filings.at(-1)?.at ?? at;
  return { filedAt, late: !held(entryOf(slip, knownAt ?? at)) };
};

/** The leave a person was on; of several the one that was in time, then the one filed first. */
const leaveOf = (roster: Roster, person: string, at: Instant): Away | undefined =>
  roster.slips.leaves
    .filter((leave) => leave.person === person)
    .sort(byId)
    .flatMap((leave): Away[] => {
      const entry = entryOf(leave);
      if (!entry || !includes(entry.stretch, roster.calendar, at)) return [];
      const since = sinceWhen(leave, roster, at, () => true);
      return [{ kind: 'leave', slip: leave.id, leave: entry.kind, ...since }];
    })
    .sort(earliest)[0];

/** The other window a person covered. */
const elsewhereOf = (roster: Roster, person: string, window: string, at: Instant): Away | undefined =>
  roster.slips.covers
    .filter((cover) => cover.window !== window)
    .sort(byId)
    .flatMap((cover): Away[] => {
      const entry = entryOf(cover);
      if (entry?.person !== person || !includes(entry.stretch, roster.calendar, at)) return [];
      const since = sinceWhen(cover, roster, at, (one) => one.person === person);
      return [{ kind: 'elsewhere', slip: cover.id, window: cover.window, ...since }];
    })
    .sort(earliest)[0];

const earliest = (a: Away, b: Away): number =>
  Number(a.late) - Number(b.late) || (a.filedAt < b.filedAt ? -1 : a.filedAt > b.filedAt ? 1 : 0);

/** Why a person was away from a window; leave speaks before cover, and what was filed in time before what was not. */
const awayOf = (
  roster: Roster,
  person: string,
  window: string | undefined,
  at: Instant,
): Away | undefined => {
  const leave = leaveOf(roster, person, at);
  const elsewhere = window === undefined ? undefined : elsewhereOf(roster, person, window, at);
  return leave?.late && elsewhere && !elsewhere.late ? elsewhere : (leave ?? elsewhere);
};

const withAway = <T extends { person: string }>(
  roster: Roster,
  one: T,
  window: string,
  at: Instant,
): T & { away?: Away } => {
  const away = awayOf(roster, one.person, window, at);
  return away === undefined ? one : { ...one, away };
};

const seatsOf = (roster: Roster, window: string, at: Instant, opening: Opening): Seat[] => {
  const { registry, calendar } = roster;
  const on = dayOf(at);
  if (opening.persons)
    return [...opening.persons]
      .filter((person) => inService(registry, person, on))
      .sort()
      .map((person) =>
        withAway(roster, { person, by: { kind: 'duty' as const, id: opening.entry ?? '' } }, window, at),
      );
  const half = clockTimeOf(at) < middayOf(calendar, on) ? 'morning' : 'afternoon';
  const seats = new Map<string, Seat>();
  for (const entry of [...(registry.assignmentsByWindow.get(window) ?? [])].sort(byId))
    if (
      sitsOn(entry, on) &&
      (entry.half ?? half) === half &&
      inService(registry, entry.staff, on) &&
      !seats.has(entry.staff)
    )
      seats.set(
        entry.staff,
        withAway(
          roster,
          { person: entry.staff, by: { kind: 'assignment' as const, id: entry.id } },
          window,
          at,
        ),
      );
  return [...seats.values()].sort((a, b) => (a.person < b.person ? -1 : 1));
};

const inService = (registry: Registry, person: string, on: string): boolean => {
  const entry = registry.of.staff.get(person);
  return entry !== undefined && holdsOn(entry, on);
};

const deputiesOf = (roster: Roster, window: string, at: Instant): Deputy[] =>
  roster.slips.covers
    .filter((cover) => cover.window === window)
    .sort(byId)
    .flatMap((cover): Deputy[] => {
      const entry = entryOf(cover);
      if (!entry || !includes(entry.stretch, roster.calendar, at)) return [];
      const deputy: Deputy = {
        person: entry.person,
        slip: cover.id,
        ...(cover.absent === undefined ? {} : { absent: cover.absent }),
      };
      const leave = leaveOf(roster, entry.person, at);
      return [leave === undefined ? deputy : { ...deputy, away: leave }];
    });

/** Hall, department and window of a window on a day, for its hours. */
const placeOf = (registry: Registry, window: string, on: string) => {
  const place = placeOn(registry, window, on);
  return (
    place && {
      hall: registry.of.grid.get(place.grid)?.hall,
      department: place.department,
      window,
    }
  );
};

/** A round passes a window in seconds; what it saw an hour away says little of this moment. */
const nearMinutes = 60;
const sightingsNear = ({ sightings = [] }: Roster, window: string, at: Instant): Sighting[] => {
  const away = (one: Sighting): number => Math.abs(Date.parse(one.at) - Date.parse(at));
  return sightings
    .filter((one) => one.window === window && away(one) <= nearMinutes * 60_000)
    .sort((a, b) => away(a) - away(b) || (a.at < b.at ? -1 : 1) || (a.inspection < b.inspection ? -1 : 1));
};

const withSighting = <T extends { person: string }>(
  one: T,
  sightings: readonly Sighting[],
): T & { seenAt?: Instant } => {
  const seen = sightings.find(({ persons }) => persons.includes(one.person));
  return seen === undefined ? one : { ...one, seenAt: seen.at };
};

/**
 * Who should have sat at a window at a moment, and who did. Refuses a window that was none on that day
 * (`registry.unknown`) and a day the calendar does not know (`time.unknown-year`, `time.unknown-hours`).
 */
export const presenceAt = (roster: Roster, window: string, at: Instant): Result<Presence> => {
  const { registry, calendar } = roster;
  const place = placeOf(registry, window, dayOf(at));
  if (!place) return refuse('registry.unknown', `窗口 ${window}`);
  const opening = openingAt(calendar, registry.of.hours.values(), at, place);
  if (!opening.ok) return opening;
  const sightings = sightingsNear(roster, window, at);
  const seats = opening.value.open ? seatsOf(roster, window, at, opening.value) : [];
  const should = seats.map((seat) => withSighting(seat, sightings));
  const covering = deputiesOf(roster, window, at).map((deputy) => withSighting(deputy, sightings));
  const sat = [...should, ...covering].filter(({ away }) => away === undefined).map(({ person }) => person);
  return ok({
    window,
    at,
    opening: opening.value,
    should,
    covering,
    did: [...new Set(sat)].sort(),
    sightings,
  });
};

/** What a finding of an empty seat is about. */
export interface EmptySeat {
  window?: string | undefined;
  /** Those named; empty: the window itself. */
  persons: readonly string[];
  from: Instant;
  to: Instant;
}

/** Why an empty seat is no violation. `late`: only leave or cover filed after the finding says so (事后补报). */
export interface Excuse {
  why: 'closed' | 'away';
  late: boolean;
  /** The leave and cover it rests on, sorted. */
  slips: string[];
}

/**
 * Why an empty seat is no violation, if it is none: through all of its time the window was closed, or everybody named
 * (nobody named: everybody who should have sat there, the deputies too) was on leave or covered another window.
 */
export const excuseOf = (roster: Roster, seat: EmptySeat): Excuse | undefined => {
  const found = momentsOf(roster, seat).map((at) => excuseAt(roster, seat, at));
  const all = found.flatMap((one) => one ?? []);
  if (all.length < found.length) return undefined;
  return {
    why: all.every((one) => one.why === 'closed') ? 'closed' : 'away',
    late: all.some((one) => one.late),
    slips: [...new Set(all.flatMap((one) => one.slips))].sort(),
  };
};

const excuseAt = (roster: Roster, { window, persons }: EmptySeat, at: Instant): Excuse | undefined => {
  const windows = window === undefined ? seatsOfPersons(roster.registry, persons, at) : [window];
  const known = windows.flatMap((id) => {
    const found = presenceAt(roster, id, at);
    return found.ok ? [found.value] : [];
  });
  if (known.length > 0 && known.length === windows.length && known.every(({ opening }) => !opening.open))
    return { why: 'closed', late: false, slips: [] };
  const here = known.flatMap(({ should, covering }) => [...should, ...covering]);
  const away =
    persons.length > 0
      ? persons.map((person) => awayOf(roster, person, window, at))
      : here.map((one) => one.away);
  const told = away.flatMap((one) => one ?? []);
  if (told.length === 0 || told.length < away.length) return undefined;
  return { why: 'away', late: told.some((one) => one.late), slips: told.map((one) => one.slip) };
};

const seatsOfPersons = (registry: Registry, persons: readonly string[], at: Instant): string[] => [
  ...new Set(
    persons.flatMap((person) =>
      (registry.assignmentsByStaff.get(person) ?? [])
        .filter((entry) => sitsOn(entry, dayOf(at)))
        .map((entry) => entry.window),
    ),
  ),
];

/** The moments at which the answer may change: the beginning, and every border of hours, leave and cover inside. */
export const momentsOf = (
  { registry, calendar, slips }: Roster,
  { window, from, to }: Pick<EmptySeat, 'window' | 'from' | 'to'>,
): Instant[] => {
  const borders = new Set<Instant>([from]);
  const add = (at: Instant) => {
    if (from < at && at < to) borders.add(at);
  };
  const addStretch = (stretch: Stretch | undefined) => {
    if (!stretch) return;
    const interval = intervalOf(stretch, calendar);
    add(interval.from);
    add(interval.to);
  };
  for (const leave of slips.leaves) addStretch(entryOf(leave)?.stretch);
  for (const cover of slips.covers) addStretch(entryOf(cover)?.stretch);
  for (const on of daysFrom(dayOf(from), dayOf(to))) {
    add(instantAt(on, '00:00'));
    add(instantAt(on, middayOf(calendar, on)));
    const place = window === undefined ? {} : placeOf(registry, window, on);
    const spans = openSpansOn(calendar, registry.of.hours.values(), on, place ?? {});
    for (const span of spans.ok ? spans.value : []) {
      add(instantAt(on, span.from));
      add(instantAt(on, span.to));
    }
  }
  return [...borders].sort();
};

/**
 * Borders of shifts (上下班、午休时刻) that may lie on either side of a finding, because its clock is in doubt: whether it
 * happened in service then is for a person to say. None where the finding itself runs across them.
 */
export const doubtfulBorders = (
  roster: Roster,
  window: string | undefined,
  { from, to, doubtSeconds }: { from: Instant; to: Instant; doubtSeconds: number },
): Instant[] => {
  if (doubtSeconds === 0) return [];
  const shifted = (at: Instant, seconds: number): Instant =>
    new Date(Date.parse(at) + seconds * 1000).toISOString();
  const wide = { window, from: shifted(from, -doubtSeconds), to: shifted(to, doubtSeconds) };
  const none: Slips = { leaves: [], covers: [] };
  return momentsOf({ ...roster, slips: none }, wide)
    .slice(1)
    .filter((border) => border <= from || border >= to);
};
