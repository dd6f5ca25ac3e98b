// The working calendar of a centre: which days are worked, at which hours, and when a time limit ends. Pure data and
// arithmetic in working time (+08:00). It may not guess: a year whose State Council notice nobody entered, or a day
// before the first working hours, is refused and never taken for an ordinary one.
import * as z from 'zod';
import { clockTime, day, registryId } from './ids.ts';
import { ok, type Result, refuse } from './problems.ts';
import {
  clockTimeOf,
  type Day,
  dayOf,
  daysFrom,
  firstDayOf,
  type Instant,
  instantAt,
  lastDayOf,
  type Month,
  plusDays,
  weekdayOf,
} from './time.ts';

const namedDay = z.strictObject({
  day,
  name: z.string().trim().min(1, '不能为空').max(20, '最长 20 字'),
});

// 《全国年节及纪念日放假办法》 art. 2: these are holidays in every year (the others follow the moon and the sun). A year
// without them was entered halfway, and half a year is as dangerous as none.
const fixedHolidays = ['01-01', '05-01', '10-01', '10-02', '10-03'];

/**
 * One yearly State Council notice (国务院办公厅关于…年部分节假日安排的通知): the days off, weekends within a holiday included,
 * and the weekend days worked instead (调休). A notice may reach into the December before (2019's did: 12月29日 to 31日).
 */
export const calendarYear = z
  .strictObject({
    year: z.int().min(2000).max(2099),
    holidays: z.array(namedDay).max(80),
    makeUpDays: z.array(namedDay).max(30),
  })
  .superRefine((entry, context) => {
    const seen = new Set<Day>();
    const wrong = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    for (const list of ['holidays', 'makeUpDays'] as const) {
      for (const [index, named] of entry[list].entries()) {
        const path = [list, index, 'day'];
        if (!named.day.startsWith(`${entry.year}-`) && !named.day.startsWith(`${entry.year - 1}-12-`))
          wrong(path, `${named.day} 不属于${entry.year}年的放假安排`);
        if (seen.has(named.day)) wrong(path, `${named.day} 重复`);
        if (list === 'makeUpDays' && !isWeekend(named.day))
          wrong(path, `${named.day} 不是周末,不能作为调休上班日`);
        seen.add(named.day);
      }
    }
    const holidays = new Set(entry.holidays.map((named) => named.day));
    for (const fixed of fixedHolidays)
      if (!holidays.has(`${entry.year}-${fixed}`))
        wrong(['holidays'], `缺少法定节假日 ${entry.year}-${fixed}`);
  });
export type CalendarYear = z.infer<typeof calendarYear>;

export const span = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine((entry) => entry.from < entry.to, { path: ['to'], message: '下班时间应晚于上班时间' });
/** One shift on the clock on the wall; `from` belongs to it, `to` no longer does. */
export type Span = z.infer<typeof span>;

/** Where hours are asked for, or for what they were set: a window names its department and hall as well. */
export const hoursScope = z.strictObject({
  hall: registryId.optional(),
  department: registryId.optional(),
  window: registryId.optional(),
});
export type HoursScope = z.infer<typeof hoursScope>;

/**
 * Working hours from a day on (`until` is the last day), so that summer and winter, a Friday without an afternoon, and
 * the 午间值班 or 延时服务 of a hall, a department or a window are further entries. No spans: closed. Weekdays as in
 * `weekdayOf`, 0 is Sunday; a make-up day keeps its own weekday.
 */
export const workingHours = z
  .strictObject({
    from: day,
    until: day.optional(),
    spans: z.array(span).max(8),
    weekdays: z.array(z.int().min(0).max(6)).min(1).optional(),
    scope: hoursScope.refine((scope) => reach(scope) > 0, '请指明大厅、部门或窗口').optional(),
  })
  .refine((entry) => entry.until === undefined || entry.from <= entry.until, {
    path: ['until'],
    message: '截止日期早于起始日期',
  })
  .refine((entry) => entry.spans.every((each, n) => n === 0 || (entry.spans[n - 1]?.to ?? '') <= each.from), {
    path: ['spans'],
    message: '各时段应按先后排列,不得重叠',
  });
export type WorkingHours = z.infer<typeof workingHours>;

/**
 * All working hours of a centre. One standing entry (whole centre, every working day, no end) must be among them, or
 * a make-up Saturday would find no hours when the others name Monday to Friday.
 */
export const centreHours = z
  .array(workingHours)
  .max(500)
  .refine(
    (all) =>
      all.some((each) => !each.scope && !each.weekdays && each.until === undefined && each.spans.length > 0),
    {
      message: '须有一条适用全中心、不限星期、不设截止日期的工作时间',
    },
  );

/** What a centre has loaded: the years it knows and its working hours (`centreHours`). */
export interface Calendar {
  years: readonly CalendarYear[];
  hours: readonly WorkingHours[];
}

const isWeekend = (on: Day): boolean => weekdayOf(on) % 6 === 0;
const yearOf = (on: Day): number => Number(on.slice(0, 4));

interface Notices {
  years: ReadonlySet<number>;
  holidays: ReadonlySet<Day>;
  makeUpDays: ReadonlySet<Day>;
}
// Hundreds of cases ask one calendar for their time limits: its notices are put in sets once per list of years.
const notices = new WeakMap<readonly CalendarYear[], Notices>();

const noticesOf = ({ years }: Calendar): Notices => {
  const known = notices.get(years);
  if (known) return known;
  const days = (list: 'holidays' | 'makeUpDays') =>
    new Set(years.flatMap((entry) => entry[list].map((named) => named.day)));
  const all: Notices = {
    years: new Set(years.map((entry) => entry.year)),
    holidays: days('holidays'),
    makeUpDays: days('makeUpDays'),
  };
  notices.set(years, all);
  return all;
};

const missingYear = (calendar: Calendar, from: Day, to: Day): ReturnType<typeof refuse> | undefined => {
  const { years } = noticesOf(calendar);
  for (let year = yearOf(from); year <= yearOf(to); year += 1)
    if (!years.has(year)) return refuse('time.unknown-year', `${year}年`);
  return undefined;
};

// Asked only of days whose year is loaded. All loaded notices are heard, for one may reach into the December before;
// should two contradict each other, the day is off.
const works = (calendar: Calendar, on: Day): boolean => {
  const { holidays, makeUpDays } = noticesOf(calendar);
  return !holidays.has(on) && (!isWeekend(on) || makeUpDays.has(on));
};

/** Whether `on` is worked. Refuses a year that is not loaded (`time.unknown-year`), as everything below does. */
export const isWorkday = (calendar: Calendar, on: Day): Result<boolean> =>
  missingYear(calendar, on, on) ?? ok(works(calendar, on));

/**
 * The nth working day after `from`, which itself is not counted (as 民法典 art. 201 counts days); 0 gives `from` itself.
 * Throws on a number of days that is negative or broken: rule books are parsed before they get here.
 */
export const plusWorkingDays = (calendar: Calendar, from: Day, days: number): Result<Day> => {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`${days} working days`);
  const start = isWorkday(calendar, from);
  if (!start.ok) return start;
  let on = from;
  for (let left = days; left > 0; ) {
    on = plusDays(on, 1);
    const worked = isWorkday(calendar, on);
    if (!worked.ok) return worked;
    if (worked.value) left -= 1;
  }
  return ok(on);
};

/** Working days after `from` up to and including `to`: what `plusWorkingDays` added. Negative when `to` is earlier. */
export const workingDaysBetween = (calendar: Calendar, from: Day, to: Day): Result<number> => {
  const [early, late] = from <= to ? [from, to] : [to, from];
  const missing = missingYear(calendar, early, late);
  if (missing) return missing;
  const count = daysFrom(plusDays(early, 1), late).filter((on) => works(calendar, on)).length;
  return ok(from <= to ? count : 0 - count);
};

/** 顺延: `from` itself when it is worked, otherwise the next day that is. */
export const nextWorkdayOnOrAfter = (calendar: Calendar, from: Day): Result<Day> => {
  for (let on = from; ; on = plusDays(on, 1)) {
    const worked = isWorkday(calendar, on);
    if (!worked.ok) return worked;
    if (worked.value) return ok(on);
  }
};

/** The working days of a month in order. */
export const workdaysOf = (calendar: Calendar, month: Month): Result<Day[]> => {
  const days = daysFrom(firstDayOf(month), lastDayOf(month));
  return (
    missingYear(calendar, firstDayOf(month), lastDayOf(month)) ?? ok(days.filter((on) => works(calendar, on)))
  );
};

// A window's own hours beat its department's, those its hall's, those the centre's; naming two of them is narrower still.
const reach = (scope: HoursScope | undefined): number =>
  (scope?.window ? 4 : 0) + (scope?.department ? 2 : 0) + (scope?.hall ? 1 : 0);

const covers = (set: HoursScope | undefined, asked: HoursScope): boolean =>
  (set?.hall === undefined || set.hall === asked.hall) &&
  (set?.department === undefined || set.department === asked.department) &&
  (set?.window === undefined || set.window === asked.window);

const holds = (entry: WorkingHours, on: Day, asked: HoursScope): boolean =>
  entry.from <= on &&
  (entry.until === undefined || on <= entry.until) &&
  (entry.weekdays === undefined || entry.weekdays.includes(weekdayOf(on))) &&
  covers(entry.scope, asked);

// Of two entries of one scope and `from`, the one that names weekdays, then the one that ends first, is the exception
// to the other; of equals the first in the list holds.
const precedence = (a: WorkingHours, b: WorkingHours): number =>
  reach(b.scope) - reach(a.scope) ||
  compare(b.from, a.from) ||
  Number(b.weekdays !== undefined) - Number(a.weekdays !== undefined) ||
  compare(a.until ?? '9999-12-31', b.until ?? '9999-12-31');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The shifts of a day, in order; none on a day off and when closed. The most specific scope wins, then the latest
 * `from`. Refuses a working day before the first hours of the centre (`time.unknown-hours`).
 */
export const hoursOn = (calendar: Calendar, on: Day, scope: HoursScope = {}): Result<readonly Span[]> => {
  const worked = isWorkday(calendar, on);
  if (!worked.ok) return worked;
  if (!worked.value) return ok([]);
  const [first] = calendar.hours.filter((entry) => holds(entry, on, scope)).sort(precedence);
  return first ? ok(first.spans) : refuse('time.unknown-hours', on);
};

/** The index of the shift in `hoursOn` that an instant falls into; undefined outside the shifts. */
export const shiftOf = (
  calendar: Calendar,
  at: Instant,
  scope: HoursScope = {},
): Result<number | undefined> => {
  const hours = hoursOn(calendar, dayOf(at), scope);
  if (!hours.ok) return hours;
  const clock = clockTimeOf(at);
  const index = hours.value.findIndex((shift) => shift.from <= clock && clock < shift.to);
  return ok(index < 0 ? undefined : index);
};

export const isOpenAt = (calendar: Calendar, at: Instant, scope: HoursScope = {}): Result<boolean> => {
  const shift = shiftOf(calendar, at, scope);
  return shift.ok ? ok(shift.value !== undefined) : shift;
};

/**
 * Whether the ends of an interval lie in different shifts or outside any: then a finding whose clock is in doubt by
 * this interval may belong to another shift, or to none, and waits for a person. Refuses `to` before `from`.
 */
export const crossesShiftBorder = (
  calendar: Calendar,
  from: Instant,
  to: Instant,
  scope: HoursScope = {},
): Result<boolean> => {
  if (to < from) return refuse('time.order');
  const first = shiftOf(calendar, from, scope);
  if (!first.ok) return first;
  const last = shiftOf(calendar, to, scope);
  if (!last.ok) return last;
  return ok(first.value === undefined || first.value !== last.value || dayOf(from) !== dayOf(to));
};

/** Whole minutes of open hours between two instants, rounded down. Refuses `to` before `from` (`time.order`). */
export const openMinutesBetween = (
  calendar: Calendar,
  from: Instant,
  to: Instant,
  scope: HoursScope = {},
): Result<number> => {
  if (to < from) return refuse('time.order');
  let open = 0;
  let on = dayOf(from);
  do {
    const hours = hoursOn(calendar, on, scope);
    if (!hours.ok) return hours;
    for (const shift of hours.value)
      open += overlap(instantAt(on, shift.from), instantAt(on, shift.to), from, to);
    on = plusDays(on, 1);
  } while (instantAt(on, '00:00') < to);
  return ok(Math.floor(open / 60_000));
};

// Milliseconds that two intervals share.
const overlap = (from: Instant, to: Instant, otherFrom: Instant, otherTo: Instant): number =>
  Math.max(
    0,
    Math.min(Date.parse(to), Date.parse(otherTo)) - Math.max(Date.parse(from), Date.parse(otherFrom)),
  );

// The first day from `from` on that the centre is open at all, and the end of its office hours. It may differ from the
// next working day: a hall closed for a day by its own hours must not let a time limit end behind locked doors.
const nextOfficeDay = (calendar: Calendar, from: Day): Result<{ day: Day; close: Instant }> => {
  for (let on = from; ; on = plusDays(on, 1)) {
    const hours = hoursOn(calendar, on);
    if (!hours.ok) return hours;
    const last = hours.value.at(-1);
    if (last) return ok({ day: on, close: instantAt(on, last.to) });
  }
};

/**
 * The instant at which a time limit of n working days ends that begins with an event at `at`: the end of the centre's
 * office hours on the nth working day after the event's day (民法典 art. 201 and 203: the day of the event is not counted,
 * a limit ends with business hours, a last day that is off moves on). What is done before that instant is in time.
 *
 * An event at or after the close of office hours, or on a day off, counts as happening when the centre next opens: a
 * notice handed over on a Saturday starts to count like one of Monday morning. An event before opening or in the lunch
 * break counts on its own day. 0 days gives the close of the event's own day. The hours of the whole centre count even
 * if a window keeps others, so that one limit is equal for all.
 */
export const deadlineAfter = (calendar: Calendar, at: Instant, workingDays: number): Result<Instant> => {
  let event = nextOfficeDay(calendar, dayOf(at));
  if (event.ok && event.value.close <= at) event = nextOfficeDay(calendar, plusDays(event.value.day, 1));
  if (!event.ok) return event;
  const last = plusWorkingDays(calendar, event.value.day, workingDays);
  if (!last.ok) return last;
  const end = nextOfficeDay(calendar, last.value);
  return end.ok ? ok(end.value.close) : end;
};
