// Instants as a person of the hall reads them: working time is Asia/Shanghai, fixed +08:00, wherever the device thinks
// it is.
const shifted = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();

/** `2026-11-18T02:05:00.000Z` → `11月18日 10:05` */
export const dateTimeWords = (instant: string): string => {
  const at = shifted(instant);
  return `${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日 ${at.slice(11, 16)}`;
};

/** A deadline; midnight ends the day that was agreed on, and that day is named: `11月18日`. */
export const deadlineWords = (instant: string): string =>
  timeWords(instant) === '00:00'
    ? (dateTimeWords(new Date(Date.parse(instant) - 1).toISOString()).split(' ')[0] ?? '')
    : dateTimeWords(instant);

/** `10:05` */
export const timeWords = (instant: string): string => shifted(instant).slice(11, 16);
