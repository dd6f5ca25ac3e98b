// Hours that a hall, a department or a window keeps besides the regular ones: 午间值班, 延时服务 (also on days off), and
// 暂停服务, which closes. Says of a moment whether a window is open and by which entry. Regular hours are the calendar's.
import * as z from 'zod';
import { type Calendar, hoursOn, hoursScope, isWorkday, span } from './calendar.ts';
import { oneLine } from './free-text.ts';
import { day, registryId } from './ids.ts';
import { ok, type Result } from './problems.ts';
import { type ClockTime, clockTimeOf, type Day, dayOf, type Instant, weekdayOf } from './time.ts';

export const services = ['regular', 'noonDuty', 'extended', 'suspended'] as const;
export type Service = (typeof services)[number];

/**
 * One entry of the registry. regular: like the centre's own hours, for a narrower scope or from a later day; noonDuty
 * and extended add spans; suspended takes spans away, or the whole day when it names none.
 */
export const serviceHours = z.strictObject({
  kind: z.literal('hours'),
  id: registryId,
  service: z.enum(services),
  /** Empty: the whole centre. A window names nothing else: hall and department follow from it. */
  scope: hoursScope,
  spans: z.array(span).max(8),
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7).optional(),
  /** 周末、节假日延时服务: on days off only, instead of on working days only. */
  daysOff: z.literal(true).optional(),
  /** Who is on duty in these spans; absent: everybody assigned. */
  persons: z.array(registryId).min(1).max(40).optional(),
  /** What the notice at the window says (设备检修 …). */
  notice: oneLine(60).optional(),
  from: day,
  until: day.optional(),
});
export type ServiceHours = z.infer<typeof serviceHours>;

/** Where hours are asked for: a window with the department and hall it stands in. */
export interface Place {
  hall?: string | undefined;
  department?: string | undefined;
  window?: string | undefined;
}

/** An open span of a day; `from` belongs to it, `to` no longer does. */
export interface OpenSpan {
  from: ClockTime;
  to: ClockTime;
  service: 'regular' | 'noonDuty' | 'extended';
  /** The registry's entry that opens it; absent for regular hours. */
  entry?: string;
  persons?: string[];
}

/** Why a window is open or closed at a moment. */
export interface Opening {
  open: boolean;
  why: Service | 'dayOff' | 'outside';
  entry?: string;
  notice?: string;
  persons?: string[];
}

const covers = (scope: ServiceHours['scope'], at: Place): boolean =>
  (scope.hall === undefined || scope.hall === at.hall) &&
  (scope.department === undefined || scope.department === at.department) &&
  (scope.window === undefined || scope.window === at.window);

const holds = (entry: ServiceHours, on: Day, at: Place): boolean =>
  entry.from <= on &&
  (entry.until === undefined || on <= entry.until) &&
  (entry.weekdays === undefined || entry.weekdays.includes(weekdayOf(on))) &&
  covers(entry.scope, at);

const within = (spans: readonly { from: ClockTime; to: ClockTime }[], clock: ClockTime): boolean =>
  spans.some((each) => each.from <= clock && clock < each.to);

const inOrder = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** The day as far as it concerns a place: its regular spans, and the entries that add and take away, in order of id. */
const dayAt = (calendar: Calendar, entries: Iterable<ServiceHours>, on: Day, at: Place) => {
  const worked = isWorkday(calendar, on);
  if (!worked.ok) return worked;
  const regular = hoursOn(calendar, on, placed(at));
  if (!regular.ok) return regular;
  const mine = [...entries].filter((entry) => holds(entry, on, at)).sort(inOrder);
  return ok({
    worked: worked.value,
    regular: regular.value,
    added: mine.filter(
      (entry) =>
        (entry.service === 'noonDuty' || entry.service === 'extended') &&
        (entry.daysOff === true) !== worked.value,
    ),
    suspended: mine.filter((entry) => entry.service === 'suspended'),
  });
};

const placed = ({ hall, department, window }: Place) => ({
  ...(hall === undefined ? {} : { hall }),
  ...(department === undefined ? {} : { department }),
  ...(window === undefined ? {} : { window }),
});

type DayHours = (ReturnType<typeof dayAt> & { ok: true })['value'];

const openingIn = (hours: DayHours, clock: ClockTime): Opening => {
  const closing = hours.suspended.find((entry) => entry.spans.length === 0 || within(entry.spans, clock));
  const added = hours.added.find((entry) => within(entry.spans, clock));
  const regular = within(hours.regular, clock);
  if (closing && (regular || added))
    return {
      open: false,
      why: 'suspended',
      entry: closing.id,
      ...(closing.notice === undefined ? {} : { notice: closing.notice }),
    };
  if (regular) return { open: true, why: 'regular' };
  if (added)
    return {
      open: true,
      why: added.service,
      entry: added.id,
      ...(added.persons === undefined ? {} : { persons: added.persons }),
    };
  return { open: false, why: hours.worked ? 'outside' : 'dayOff' };
};

/**
 * Whether a place is open at a moment, and by what. Where spans meet, regular hours speak before added ones, and a
 * suspension before both. Refuses a day the calendar does not know.
 */
export const openingAt = (
  calendar: Calendar,
  entries: Iterable<ServiceHours>,
  at: Instant,
  place: Place,
): Result<Opening> => {
  const hours = dayAt(calendar, entries, dayOf(at), place);
  return hours.ok ? ok(openingIn(hours.value, clockTimeOf(at))) : hours;
};

/** The open spans of a day, in order, none overlapping. Refuses a day the calendar does not know. */
export const openSpansOn = (
  calendar: Calendar,
  entries: Iterable<ServiceHours>,
  on: Day,
  place: Place,
): Result<OpenSpan[]> => {
  const hours = dayAt(calendar, entries, on, place);
  if (!hours.ok) return hours;
  const all = [
    hours.value.regular,
    ...[...hours.value.added, ...hours.value.suspended].map((each) => each.spans),
  ];
  const borders = [...new Set(all.flat().flatMap(({ from, to }) => [from, to]))].sort();
  const open: OpenSpan[] = [];
  borders.forEach((from, nth) => {
    const to = borders[nth + 1];
    const opening = openingIn(hours.value, from);
    if (to === undefined || !opening.open || opening.why === 'outside') return;
    if (opening.why !== 'regular' && opening.why !== 'noonDuty' && opening.why !== 'extended') return;
    const last = open.at(-1);
    if (last?.to === from && last.service === opening.why && last.entry === opening.entry) last.to = to;
    else
      open.push({
        from,
        to,
        service: opening.why,
        ...(opening.entry === undefined ? {} : { entry: opening.entry }),
        ...(opening.persons === undefined ? {} : { persons: opening.persons }),
      });
  });
  return ok(open);
};
