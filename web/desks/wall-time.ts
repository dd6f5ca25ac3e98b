// Times as people write them at a desk (fixed +08:00) and as the API takes them (ISO UTC). Knows no screen.
import { clockTimeOf, dayOf } from '../../shared/time.ts';

/** `2026-11-18T02:05:33.120Z` → `2026-11-18T10:05`, as a date-and-time field holds it. */
export const wallOf = (instant: string): string => `${dayOf(instant)}T${clockTimeOf(instant)}`;

/** `2026-11-18T10:05` → `2026-11-18T02:05:00.000Z`; undefined while it is not whole. */
export const instantOfWall = (wall: string): string | undefined => {
  const at = new Date(`${wall}:00.000+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** `2026-11` → `2026年11月` */
export const monthWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

/** `2026-11-18` → `11月18日` */
export const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** 9850 → `98.5`, always signed when asked for. */
export const pointsWords = (points: number, how: { signed?: boolean } = {}): string =>
  `${how.signed && points > 0 ? '+' : ''}${(points / 100).toLocaleString('zh-CN', { maximumFractionDigits: 2 })}`;

/** How the points of one column are written: all with as many decimals as any of them needs, so that they line up. */
export const pointsAligned = (column: readonly (number | undefined)[]): ((points: number) => string) => {
  const known = column.map((points) => Math.round(points ?? 0));
  const digits = known.some((points) => points % 10 !== 0) ? 2 : known.some((one) => one % 100 !== 0) ? 1 : 0;
  return (points) =>
    (points / 100).toLocaleString('zh-CN', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};
