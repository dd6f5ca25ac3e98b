// From when to when: whole days, half-days, or clock times, as people fill in a leave slip.
import { type ReactElement, useId } from 'react';
import type { Stretch } from '../../shared/slip.ts';
import { clockTimeOf, dayOf, instantAt } from '../../shared/time.ts';
import { today } from '../clock.ts';
import type { ToldStretch } from '../slip-words.ts';

export interface Filled {
  kind: 'days' | 'clock';
  from: string;
  fromHalf: 'all' | 'afternoon';
  until: string;
  untilHalf: 'all' | 'morning';
  begin: string;
  end: string;
}

export const emptyStretch = (): Filled => ({
  kind: 'days',
  from: today(),
  fromHalf: 'all',
  until: today(),
  untilHalf: 'all',
  begin: '09:00',
  end: '11:00',
});

/** What was filed before, to be put right. */
export const filledOf = (stretch: ToldStretch): Filled =>
  stretch.kind === 'clock'
    ? {
        ...emptyStretch(),
        ...{ kind: 'clock', from: dayOf(stretch.from), until: dayOf(stretch.from) },
        ...{ begin: clockTimeOf(stretch.from), end: clockTimeOf(stretch.to) },
      }
    : {
        ...emptyStretch(),
        ...{ from: stretch.from, fromHalf: stretch.fromHalf ?? 'all' },
        ...{ until: stretch.until, untilHalf: stretch.untilHalf ?? 'all' },
      };

/** As the API wants it. */
export const stretchOf = (filled: Filled): Stretch =>
  filled.kind === 'clock'
    ? {
        kind: 'clock',
        from: instantAt(filled.from, filled.begin),
        to: instantAt(filled.from, filled.end),
      }
    : {
        kind: 'days',
        from: filled.from,
        ...(filled.fromHalf === 'afternoon' ? { fromHalf: 'afternoon' as const } : {}),
        until: filled.until,
        ...(filled.untilHalf === 'morning' ? { untilHalf: 'morning' as const } : {}),
      };

export const StretchField = ({
  value,
  change,
}: {
  value: Filled;
  change(value: Filled): void;
}): ReactElement => {
  const id = useId();
  const set = (more: Partial<Filled>): void => change({ ...value, ...more });
  return (
    <div className="light-form">
      <fieldset className="choices">
        <legend className="unseen">按天还是按钟点</legend>
        <label>
          <input
            type="radio"
            name={`${id}kind`}
            checked={value.kind === 'days'}
            onChange={() => set({ kind: 'days' })}
          />
          按天、半天
        </label>
        <label>
          <input
            type="radio"
            name={`${id}kind`}
            checked={value.kind === 'clock'}
            onChange={() => set({ kind: 'clock' })}
          />
          按钟点
        </label>
      </fieldset>
      {value.kind === 'days' ? (
        <div className="pair">
          <label className="field">
            从
            <input
              type="date"
              required
              value={value.from}
              onChange={({ target }) =>
                set({
                  from: target.value,
                  ...(value.until < target.value ? { until: target.value } : {}),
                })
              }
            />
          </label>
          <label className="field">
            起
            <select
              value={value.fromHalf}
              onChange={({ target }) => set({ fromHalf: target.value === 'afternoon' ? 'afternoon' : 'all' })}
            >
              <option value="all">全天</option>
              <option value="afternoon">下午起</option>
            </select>
          </label>
          <label className="field">
            到
            <input
              type="date"
              required
              min={value.from}
              value={value.until}
              onChange={({ target }) => set({ until: target.value })}
            />
          </label>
          <label className="field">
            止
            <select
              value={value.untilHalf}
              onChange={({ target }) => set({ untilHalf: target.value === 'morning' ? 'morning' : 'all' })}
            >
              <option value="all">全天</option>
              <option value="morning">中午止</option>
            </select>
          </label>
        </div>
      ) : (
        <div className="pair">
          <label className="field">
            日期
            <input
              type="date"
              required
              value={value.from}
              onChange={({ target }) => set({ from: target.value })}
            />
          </label>
          <label className="field">
            从
            <input
              type="time"
              required
              value={value.begin}
              onChange={({ target }) => set({ begin: target.value })}
            />
          </label>
          <label className="field">
            到
            <input
              type="time"
              required
              value={value.end}
              onChange={({ target }) => set({ end: target.value })}
            />
          </label>
        </div>
      )}
    </div>
  );
};
