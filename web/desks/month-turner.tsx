// Turning the months, or the years, of a list: which one the address names, and the way to the one before and after.
import type { ReactElement } from 'react';
import { plusMonths } from '../../shared/time.ts';
import { monthNow } from '../clock.ts';
import { followLink, useAsked } from '../route.ts';
import { monthWords } from './wall-time.ts';

const shape = /^20\d\d-(0[1-9]|1[0-2])$/;

/** The month of `?month=`, or the running one; `back`: so many months before it. */
export const useMonth = (back = 0): string => {
  const asked = useAsked().get('month') ?? '';
  return shape.test(asked) ? asked : plusMonths(monthNow(), -back);
};

/** `/talks` → links to `/talks?month=…` */
export const MonthTurner = ({ base, month }: { base: string; month: string }): ReactElement => (
  <>
    <a className="button small" href={`${base}?month=${plusMonths(month, -1)}`} onClick={followLink}>
      上月
    </a>
    <strong>{monthWords(month)}</strong>
    <a className="button small" href={`${base}?month=${plusMonths(month, 1)}`} onClick={followLink}>
      下月
    </a>
  </>
);

/** The year of `?year=`, or the running one. */
export const useYear = (): number => {
  const asked = useAsked().get('year') ?? '';
  return Number(/^20[2-9]\d$/.test(asked) ? asked : monthNow().slice(0, 4));
};

export const YearTurner = ({ base, year }: { base: string; year: number }): ReactElement => (
  <>
    <a className="button small" href={`${base}?year=${year - 1}`} onClick={followLink}>
      上一年
    </a>
    <strong>{year}年</strong>
    <a className="button small" href={`${base}?year=${year + 1}`} onClick={followLink}>
      下一年
    </a>
  </>
);
