// Instants, days and months in the working time of every hall: Asia/Shanghai, fixed +08:00 (no summer time since
// 1991), so plain arithmetic is exact. Never asks what time it is.

/** ISO 8601 in UTC with milliseconds: `2026-11-22T02:15:00.000Z`. */
export type Instant = string;
/** Calendar day in working time: `2026-11-22`. */
export type Day = string;
/** Calendar month in working time: `2026-11`. */
export type Month = string;
/** Clock time in working time: `09:05`, at most `24:00`. */
export type ClockTime = string;

const offset = 8 * 3_600_000;
const dayLength = 86_400_000;

const local = (at: Instant): string => new Date(Date.parse(at) + offset).toISOString();

export const dayOf = (at: Instant): Day => local(at).slice(0, 10);
export const monthOf = (at: Instant): Month => local(at).slice(0, 7);
export const clockTimeOf = (at: Instant): ClockTime => local(at).slice(11, 16);
export const monthOfDay = (day: Day): Month => day.slice(0, 7);

/** Minutes since midnight of a clock time. */
export const minutesOf = (time: ClockTime): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The instant at which the clock on the wall shows `time` on `day`. */
export const instantAt = (day: Day, time: ClockTime): Instant =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) - offset + minutesOf(time) * 60_000).toISOString();

export const plusMinutes = (at: Instant, minutes: number): Instant =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** Whole minutes from `from` to `to`, rounded down. */
export const minutesBetween = (from: Instant, to: Instant): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);

export const plusDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayLength).toISOString().slice(0, 10);

export const plusMonths = (month: Month, months: number): Month => {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
};

export const firstDayOf = (month: Month): Day => `${month}-01`;
export const lastDayOf = (month: Month): Day => plusDays(firstDayOf(plusMonths(month, 1)), -1);

/** Every day from `from` to `to`, both included; empty when `to` is earlier. */
export const daysFrom = (from: Day, to: Day): Day[] => {
  const days: Day[] = [];
  for (let day = from; day <= to; day = plusDays(day, 1)) days.push(day);
  return days;
};

export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00.000Z`).getUTCDay();

/** 2026年3月5日, Arabic digits without zero padding: GB/T 9704-2012, 7.3.5.4. */
export const chineseDate = (day: Day): string =>
  `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** 2026年3月, like the date. */
export const chineseMonth = (month: Month): string =>
  `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`;

/** Whether a stated time lies after `now`; a device's clock may run ahead by two minutes. */
export const isAhead = (at: Instant, now: Instant): boolean => Date.parse(at) > Date.parse(now) + 120_000;
