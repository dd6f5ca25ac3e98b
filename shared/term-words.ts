// What a title is given for, as a hall says it: 2026年7月, 2026年7月20日至26日, 2026年第三季度, 2026年上半年, 2026年度. The same
// words on screens, on the honour wall and on papers; and what those it goes to are counted in. Knows the span only, not the
// rule that set it.
import { chineseDate, chineseMonth, type Day, lastDayOf, type Month } from './time.ts';

export interface GivenFor {
  month: Month;
  /** Absent: the whole month. */
  term?: { from: Day; until: Day } | undefined;
}

/** How many of them are said: 3人, 3个窗口. */
export const recipientUnits = { person: '人', window: '个窗口', department: '个部门' } as const;

const quarters = ['一', '二', '三', '四'];

/** Several whole months; undefined where the span is none a calendar has a word for. */
const periodWords = (from: Day, until: Day): string | undefined => {
  const first = Number(from.slice(5, 7));
  const count = Number(until.slice(5, 7)) - first + 1;
  if (from.slice(0, 4) !== until.slice(0, 4) || (first - 1) % count !== 0) return undefined;
  const year = `${Number(from.slice(0, 4))}年`;
  if (count === 12) return `${year}度`;
  if (count === 6) return `${year}${first === 1 ? '上' : '下'}半年`;
  if (count === 3) return `${year}第${quarters[(first - 1) / 3]}季度`;
  return count === 1 ? chineseMonth(from.slice(0, 7)) : undefined;
};

/** Days from and until, said as short as they are clear: the year and the month once where they are the same. */
const daysWords = (from: Day, until: Day): string => {
  const full = chineseDate(until);
  if (from.slice(0, 4) !== until.slice(0, 4)) return `${chineseDate(from)}至${full}`;
  const same = from.slice(0, 7) === until.slice(0, 7) ? '月' : '年';
  return `${chineseDate(from)}至${full.slice(full.indexOf(same) + 1)}`;
};

export const termWords = ({ month, term }: GivenFor): string => {
  if (term === undefined) return chineseMonth(month);
  const { from, until } = term;
  const whole = from.endsWith('-01') && until === lastDayOf(until.slice(0, 7));
  return (whole ? periodWords(from, until) : undefined) ?? daysWords(from, until);
};

/**
 * A title with what it is given for, as one name: 2026年11月服务之星. A title that itself names its span says it once:
 * 2026年度服务标兵, not 2026年度年度服务标兵.
 */
export const titleWords = ({ title, ...given }: GivenFor & { title: string }): string => {
  const term = termWords(given);
  for (let shared = title.length; shared > 1; shared -= 1)
    if (term.endsWith(title.slice(0, shared))) return `${term}${title.slice(shared)}`;
  return `${term}${title}`;
};
