// One machine rings what the cloud's schedules ring, at the same hours, once each, and catches up with what it slept through.
import { describe, expect, test } from 'vitest';
import { dueJobs } from '../../local/schedules.ts';
import { instantAt } from '../../shared/time.ts';

const rung = { night: '2026-11-18', seal: '2026-11-17', morning: '2026-11-18', month: '2026-11' };
const at = (day: string, time: string, before = rung) => {
  const { ring, after } = dueJobs(before, instantAt(day, time));
  return { jobs: ring.map(({ job, call }) => ('work' in call ? 'seal' : job)), after };
};

describe('a machine’s schedules', () => {
  test.each([
    ['2026-11-18', '23:59', []],
    ['2026-11-19', '00:00', ['night']],
    ['2026-11-19', '08:20', ['night', 'seal', 'morning']],
    ['2026-11-19', '12:00', ['night', 'seal']], // too late for a list of the morning
    ['2026-12-04', '08:00', ['night', 'seal']],
    ['2026-12-05', '00:59', ['night']],
    ['2026-12-05', '01:00', ['night', 'seal', 'month']],
    ['2026-12-20', '07:00', ['night', 'seal', 'month']], // it was off on the 5th
  ])('on %s at %s ring %j', (day, time, jobs) => {
    const before = time === '00:59' ? { ...rung, seal: '2026-12-03' } : rung;
    expect(at(day, time, before).jobs).toEqual(jobs);
  });

  test('ring each once', () => {
    const { after } = at('2026-12-05', '09:00');
    expect(at('2026-12-05', '09:01', after).jobs).toEqual([]);
    expect(at('2026-12-06', '01:00', after).jobs).toEqual(['night', 'seal']);
  });
});
