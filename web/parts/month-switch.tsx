// One month back or forward; never past the current one.
import type { ReactElement } from 'react';
import { plusMonths } from '../../shared/time.ts';
import { monthNow } from '../clock.ts';
import { monthWords } from '../month-words.ts';

export const MonthSwitch = ({
  month,
  change,
}: {
  month: string;
  change(month: string): void;
}): ReactElement => (
  <div className="month-switch">
    <button
      type="button"
      className="button bare small"
      aria-label="上一个月"
      onClick={() => change(plusMonths(month, -1))}
    >
      ‹
    </button>
    <strong aria-live="polite">{monthWords(month)}</strong>
    <button
      type="button"
      className="button bare small"
      aria-label="下一个月"
      disabled={month >= monthNow()}
      onClick={() => change(plusMonths(month, 1))}
    >
      ›
    </button>
  </div>
);
