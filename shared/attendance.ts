// Days on post of one person in a month, from roster, calendar and leave: a half-day counts unless leave took all of its
// hours. 公出 is duty elsewhere and counts as on post (视同在岗); service on days off counts on top. The same in any
// order of entries. Feeds eligibility for titles and scores that follow the days on post.
import { hoursOn, isWorkday, type Span } from './calendar.ts';
import type { LeaveKind } from './leave.ts';
import { holdsOn, placeOn, windowsOf } from './people.ts';
import type { Roster } from './presence.ts';
import { ok, type Result } from './problems.ts';
import { openSpansOn } from './service-hours.ts';
import { entryOf, intervalOf, middayOf } from './slip.ts';
import { type Day, daysFrom, firstDayOf, type Instant, instantAt, lastDayOf, type Month } from './time.ts';

export interface Attendance {
  person: string;
  /** Working days of the month, in service or not. */
  working: number;
  /** In days; half-days are .5. */
  onPost: number;
  /** Days of leave by kind, on working days in service; 公出 among them, though it counts as on post. */
  leave: Record<LeaveKind, number>;
}

interface Interval {
  from: Instant;
  to: Instant;
}
interface OwnLeave extends Interval {
  kind: LeaveKind;
  id: string;
}

/** What a person's hours of a half-day are: by the windows they sit at, otherwise the centre's. */
const regularHours = ({ registry, calendar }: Roster, person: string, on: Day): Result<Span[]> => {
  const spans: Span[] = [];
  for (const window of windowsOf(registry, person, on)) {
    const place = placeOn(registry, window, on);
    if (!place) continue;
    const hall = registry.of.grid.get(place.grid)?.hall;
    const hours = hoursOn(calendar, on, {
      ...(hall === undefined ? {} : { hall }),
      department: place.department,
      window,
    });
    if (!hours.ok) return hours;
    spans.push(...hours.value);
  }
  if (spans.length > 0) return ok(spans);
  const hours = hoursOn(calendar, on);
  return hours.ok ? ok([...hours.value]) : hours;
};

/** Spans on a day off at which the person is expected: everybody assigned, unless the hours name who is on duty. */
const extraHours = ({ registry, calendar }: Roster, person: string, on: Day): Result<Span[]> => {
  // Most days off nothing opens at all, and a month of everybody asks this of every person, day and window.
  const opens = [...registry.of.hours.values()].some((entry) => entry.daysOff && holdsOn(entry, on));
  if (!opens) return ok([]);
  const spans: Span[] = [];
  for (const [window, entry] of registry.of.window) {
    const place = placeOn(registry, window, on);
    if (!place || !holdsOn(entry, on)) continue;
    const hall = registry.of.grid.get(place.grid)?.hall;
    const at = { hall, department: place.department, window };
    const open = openSpansOn(calendar, registry.of.hours.values(), on, at);
    if (!open.ok) return open;
    const sits = windowsOf(registry, person, on).includes(window);
    spans.push(...open.value.filter(({ persons }) => (persons ? persons.includes(person) : sits)));
  }
  return ok(spans);
};

const asIntervals = (on: Day, spans: readonly Span[]): Interval[] =>
  spans.map(({ from, to }) => ({ from: instantAt(on, from), to: instantAt(on, to) }));

/** Whether every moment of the hours lies in some leave. */
const coveredBy = (hours: readonly Interval[], leave: readonly Interval[]): boolean =>
  hours.every(({ from, to }) => {
    let reached = from;
    for (const one of leave.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
      if (one.from <= reached && reached < one.to) reached = one.to;
    return reached >= to;
  });

const clipped = (hours: readonly Interval[], from: Instant, to: Instant): Interval[] =>
  hours.flatMap((one) => {
    const start = one.from > from ? one.from : from;
    const end = one.to < to ? one.to : to;
    return start < end ? [{ from: start, to: end }] : [];
  });

const overlaps = (hours: readonly Interval[], { from, to }: Interval): boolean =>
  hours.some((one) => one.from < to && from < one.to);

/** The halves of a day that have hours. */
const halvesOf = (roster: Roster, on: Day, spans: readonly Span[]): Interval[][] => {
  const midday = instantAt(on, middayOf(roster.calendar, on));
  const hours = asIntervals(on, spans);
  return [
    clipped(hours, instantAt(on, '00:00'), midday),
    clipped(hours, midday, instantAt(on, '24:00')),
  ].filter((half) => half.length > 0);
};

const leaveOf = ({ slips, calendar }: Roster, person: string): OwnLeave[] =>
  slips.leaves
    .flatMap((leave) => {
      const entry = leave.person === person ? entryOf(leave) : undefined;
      return entry ? [{ id: leave.id, kind: entry.kind, ...intervalOf(entry.stretch, calendar) }] : [];
    })
    .sort((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1));

/**
 * One person's month. `roster.slips` must hold the month's leave. Refuses a month whose year nobody entered
 * (`time.unknown-year`). Somebody who came or left in mid-month has fewer days on post, not fewer working days.
 */
export const attendanceOf = (roster: Roster, person: string, month: Month): Result<Attendance> =>
  attendanceDuring(roster, person, daysFrom(firstDayOf(month), lastDayOf(month)));

/** The same for any days; `roster.slips` must hold the leave of all their months. */
export const attendanceDuring = (
  roster: Roster,
  person: string,
  days: readonly Day[],
): Result<Attendance> => {
  const { registry, calendar } = roster;
  const entry = registry.of.staff.get(person);
  const leave = leaveOf(roster, person);
  const away = leave.filter(({ kind }) => kind !== 'business');
  const found: Attendance = { person, working: 0, onPost: 0, leave: noLeave() };
  for (const on of days) {
    const worked = isWorkday(calendar, on);
    if (!worked.ok) return worked;
    if (worked.value) found.working += 1;
    if (!entry || !holdsOn(entry, on)) continue;
    const spans = worked.value ? regularHours(roster, person, on) : extraHours(roster, person, on);
    if (!spans.ok) return spans;
    const halves = halvesOf(roster, on, spans.value);
    // A day that is worked in one half only (a Friday without an afternoon) is a whole day; a day off is paid by halves.
    const worth = worked.value && halves.length === 1 ? 1 : 0.5;
    for (const half of halves) {
      if (!coveredBy(half, away)) found.onPost += worth;
      const why =
        worked.value && coveredBy(half, leave) ? leave.find((one) => overlaps(half, one)) : undefined;
      if (why) found.leave[why.kind] += worth;
    }
  }
  return ok(found);
};

const noLeave = (): Record<LeaveKind, number> => ({
  business: 0,
  personal: 0,
  sick: 0,
  annual: 0,
  out: 0,
  other: 0,
});
