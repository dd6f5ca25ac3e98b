// A slip (单子) of the leave and cover register: an exception to the roster for whole days, half-days or from one clock
// time to another. It is corrected and withdrawn by further filings and remembers what stood on it at every moment,
// so that leave entered after a finding shows as such (事后补报). Knows neither leave nor cover, no registry, no rights.
import * as z from 'zod';
import { type Calendar, hoursOn } from './calendar.ts';
import { day, instant } from './ids.ts';
import { refuse } from './problems.ts';
import {
  type ClockTime,
  type Day,
  dayOf,
  daysFrom,
  type Instant,
  instantAt,
  type Month,
  monthOf,
  monthOfDay,
  plusMonths,
} from './time.ts';

/** From when to when. `fromHalf`: begins at midday of the first day; `untilHalf`: ends at midday of the last. */
export type Stretch =
  | { kind: 'days'; from: Day; fromHalf?: 'afternoon'; until: Day; untilHalf?: 'morning' }
  | { kind: 'clock'; from: Instant; to: Instant };

const inOrder = (stretch: Stretch): boolean =>
  stretch.kind === 'clock'
    ? stretch.from < stretch.to
    : stretch.from < stretch.until ||
      (stretch.from === stretch.until && (stretch.fromHalf === undefined || stretch.untilHalf === undefined));

export const stretchField = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('days'),
      from: day,
      fromHalf: z.literal('afternoon').exactOptional(),
      until: day,
      untilHalf: z.literal('morning').exactOptional(),
    }),
    z.strictObject({ kind: z.literal('clock'), from: instant, to: instant }),
  ])
  .refine(inOrder, '结束时间应晚于开始时间');

export const firstDayOfStretch = (stretch: Stretch): Day =>
  stretch.kind === 'days' ? stretch.from : dayOf(stretch.from);
/** The last day any moment of which belongs to it; an end at midnight belongs to the day before. */
export const lastDayOfStretch = (stretch: Stretch): Day =>
  stretch.kind === 'days' ? stretch.until : dayOf(new Date(Date.parse(stretch.to) - 1).toISOString());

/** The months it touches, first one first. */
export const monthsOfStretch = (stretch: Stretch): Month[] => {
  const last = monthOfDay(lastDayOfStretch(stretch));
  const months: Month[] = [];
  for (let month = monthOfDay(firstDayOfStretch(stretch)); month <= last; month = plusMonths(month, 1))
    months.push(month);
  return months;
};

/** Half a year: whoever is away longer leaves the roster, and a filing with its copies stays one transaction. */
const longest = 184;
export const isTooLong = (stretch: Stretch): boolean =>
  daysFrom(firstDayOfStretch(stretch), lastDayOfStretch(stretch)).length > longest;

/**
 * Where a day divides into its halves: the end of the morning shift of the whole centre, noon where it has no break or
 * nobody knows its hours. One border for everybody, so that a half-day is equal at every window.
 */
export const middayOf = (calendar: Calendar, on: Day): ClockTime => {
  const hours = hoursOn(calendar, on);
  const [morning, ...rest] = hours.ok ? hours.value : [];
  return morning && rest.length > 0 ? morning.to : '12:00';
};

/** As instants; `from` belongs to it, `to` no longer does. */
export const intervalOf = (stretch: Stretch, calendar: Calendar): { from: Instant; to: Instant } =>
  stretch.kind === 'clock'
    ? { from: stretch.from, to: stretch.to }
    : {
        from: instantAt(
          stretch.from,
          stretch.fromHalf === undefined ? '00:00' : middayOf(calendar, stretch.from),
        ),
        to: instantAt(
          stretch.until,
          stretch.untilHalf === undefined ? '24:00' : middayOf(calendar, stretch.until),
        ),
      };

/** What was written on the slip, when and by whom; null when it was withdrawn. */
export interface Filing<Entry> {
  at: Instant;
  by: string;
  entry: Entry | null;
}
export interface Slip<Entry> {
  id: string;
  /** The months it may touch: an equal copy lies in each, so that a month's exceptions are one Query. */
  months: Month[];
  filings: Filing<Entry>[];
}

/** What stands on it now, or stood at a moment; undefined before it was filed and after it was withdrawn. */
export const entryOf = <Entry>(slip: Slip<Entry>, asOf?: Instant): Entry | undefined =>
  slip.filings.findLast((filing) => asOf === undefined || filing.at <= asOf)?.entry ?? undefined;

/** `leave-2026-11-<uuid>`: the same filing in another month has the same end. */
export const filingOf = (id: string): string => id.slice(id.indexOf(`-${monthIn(id)}-`) + 9);
const monthIn = (id: string): string => /-(20\d\d-\d\d)-/.exec(id)?.[1] ?? '';

/** Of copies of one slip the first; what a reader is shown of several months. */
export const withoutCopies = <S extends { id: string }>(slips: readonly S[]): S[] => {
  const seen = new Set<string>();
  return slips.filter(({ id }) => {
    const filing = filingOf(id);
    if (seen.has(filing)) return false;
    seen.add(filing);
    return true;
  });
};

/** More corrections than this are no correction: the head stays small. */
const mostFilings = 10;

/** Whether one more filing may be made, and with this stretch where it has one. */
export const refuseFiling = <Entry>(slip: Slip<Entry>, stretch?: Stretch) => {
  if (entryOf(slip) === undefined) return refuse('slip.withdrawn');
  if (slip.filings.length >= mostFilings && stretch !== undefined) return refuse('slip.corrected-often');
  if (stretch !== undefined && monthsOfStretch(stretch).some((month) => !slip.months.includes(month)))
    return refuse('slip.other-month');
  return undefined;
};

export const monthOfFiling = (stretch: Stretch): Month =>
  stretch.kind === 'days' ? monthOfDay(stretch.from) : monthOf(stretch.from);
