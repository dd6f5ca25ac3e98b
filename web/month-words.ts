// Months as people of the hall say them, and going from one to the next.
import { type Month, monthOf, plusMonths } from '../shared/time.ts';
import { houseNow } from './client.ts';

export const monthWords = (month: Month): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

/** `2026-11-18` → `11月18日` */
export const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

export const monthNow = (): Month => monthOf(houseNow().toISOString());

/** The last `count` months, this one first. */
export const lastMonths = (count: number): Month[] =>
  Array.from({ length: count }, (_, back) => plusMonths(monthNow(), -back));

/** What a title is given for: its month, or the days of its week, quarter or year. */
export const termWords = ({
  month,
  term,
}: {
  month: Month;
  term?: { from: string; until: string } | undefined;
}): string => {
  if (term === undefined) return monthWords(month);
  if (
    term.from.slice(0, 7) === term.until.slice(0, 7) ||
    Date.parse(term.until) - Date.parse(term.from) < 7 * 86_400_000
  )
    return `${dayWords(term.from)}至${dayWords(term.until)}`;
  return `${monthWords(term.from.slice(0, 7))}至${Number(term.until.slice(5, 7))}月`;
};
