// How fast scores are folded on one core: one figure a second over many people, one for a whole month's work.

import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import type { CountedCase } from '../../shared/score.ts';
import { scoreMonth } from '../../shared/score.ts';

const staff = (nth: number): string => `staff-${String(nth).padStart(4, '0')}`;
const kinds = [
  { type: 'DIS-LATE', clause: '1', family: 'presence', quantity: 2 },
  { type: 'DIS-OFFPOST', clause: '4', family: 'presence', quantity: 1, minutes: 45 },
  { type: 'ATT-RUDE', clause: '19', family: 'attitude', quantity: 1 },
  {
    type: 'ATT-COMPLAINT',
    clause: '23',
    family: 'attitude',
    quantity: 1,
    chosen: { points: 400, by: 'staff-ge', reason: '经查属实' },
  },
  { type: 'APP-DRESS', clause: '25', family: 'appearance', quantity: 1 },
];

const casesOf = (count: number, people: number): CountedCase[] =>
  Array.from({ length: count }, (_, nth) => {
    const kind = kinds[nth % kinds.length];
    if (!kind) throw new Error('no kind');
    return {
      id: `case-2026-11-${String((nth * 7919) % count).padStart(6, '0')}`,
      month: '2026-11',
      day: `2026-11-${String(1 + ((nth * 13) % 30)).padStart(2, '0')}`,
      ...kind,
      severity: 'evident',
      persons: [staff((nth * 31) % people)],
      department: `department-${nth % 40}`,
      confirmedBy: 'staff-ge',
      counts: true,
      settledOnSpot: false,
      ...(nth % 9 === 0 && { review: { outcome: 'overturned', by: 'staff-ke' } as const }),
    };
  });

/** Processor milliseconds of one run, over the best of several batches: the machine is shared, the work is not. */
const processorTime = (batches: number, runs: number, work: () => void): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < batches; batch += 1) {
    const start = process.cpuUsage();
    for (let run = 0; run < runs; run += 1) work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000 / runs);
  }
  return best;
};

/** A hall's month as it is closed: 300 staff, 1000 cases, every kind of price, one review in nine. */
export async function scoreFold(): Promise<{ name: string; value: string }[]> {
  const cases = casesOf(1000, 300);
  const people = Array.from({ length: 300 }, (_, nth) => staff(nth));
  const month = processorTime(10, 40, () => scoreMonth(referenceHall, people, cases, [], []));
  return [
    {
      name: 'score fold, cases a second on one core',
      value: String(Math.round((cases.length / month) * 1000)),
    },
    { name: 'scores of a month, 300 staff and 1000 cases, ms', value: month.toFixed(1) },
  ];
}
