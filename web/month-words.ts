// Months as people of the hall say them, and going from one to the next.
import { type Month, plusMonths } from '../shared/time.ts';
import { monthNow } from './clock.ts';

export const monthWords = (month: Month): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

/** `2026-11-18` → `11月18日` */
export const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** The last `count` months, this one first. */
export const lastMonths = (count: number): Month[] =>
  Array.from({ length: count }, (_, back) => plusMonths(monthNow(), -back));
