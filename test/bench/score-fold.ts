// How fast scores are folded on one core: one figure a second over many people, one for a whole month's work.

import { type PastMonth, rehearse } from '../../shared/rehearsal.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import type { CountedCase } from '../../shared/score.ts';
import { scoreMonth } from '../../shared/score.ts';
import { plusMonths } from '../../shared/time.ts';
import { richBook } from '../shared/rich-hall.ts';

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

/** Under the book of every concept: bands, ranges, conversions, repetition, tables, joint liability, displacement. */
const richKinds = [
  { type: 'DIS-LATE', clause: 'late', family: 'presence', quantity: 2 },
  { type: 'DIS-OFFPOST', clause: 'away', family: 'presence', quantity: 1, minutes: 45 },
  { type: 'DIS-ABSENT', clause: 'absent', family: 'presence', quantity: 1 },
  { type: 'ATT-RUDE', clause: 'rude', family: 'attitude', quantity: 1 },
  { type: 'DIS-PHONE', clause: 'phone', family: 'conduct', quantity: 1 },
  { type: 'APP-GROOM', clause: 'groom', family: 'appearance', quantity: 1 },
];

const casesOf = (
  count: number,
  people: number,
  kinds: readonly Partial<CountedCase>[],
  month = '2026-11',
): CountedCase[] =>
  Array.from({ length: count }, (_, nth) => ({
    id: `case-${month}-${String((nth * 7919) % count).padStart(6, '0')}`,
    month,
    day: `${month}-${String(1 + ((nth * 13) % 28)).padStart(2, '0')}`,
    type: '',
    clause: '',
    family: '',
    quantity: 1,
    ...kinds[nth % kinds.length],
    severity: 'evident',
    persons: [staff((nth * 31) % people)],
    department: `department-${nth % 40}`,
    window: `window-${nth % 120}`,
    confirmedBy: 'staff-ge',
    counts: true,
    settledOnSpot: false,
    ...(nth % 9 === 0 && { review: { outcome: 'overturned', by: 'staff-ke' } as const }),
  }));

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

/** Twelve months of the hall under the default book, against a draft with one clause dearer. */
const twelveMonths = (people: readonly string[]): PastMonth[] =>
  Array.from({ length: 12 }, (_, nth) => {
    const month = plusMonths('2025-12', nth);
    return {
      month,
      book: referenceHall,
      people,
      cases: casesOf(1000, 300, kinds, month),
      bonuses: [],
      carried: [],
      candidates: people.map((id, at) => ({
        id,
        department: `department-${at % 40}`,
        heldBack: [],
        daysOnPost: 20,
        nominated: at % 5 === 0,
        casesHandled: (at * 37) % 400,
        praise: at % 3,
        earlierTitles: 0,
        barred: [],
      })),
    };
  });

/** A hall's month as it is closed: 300 staff, 1000 cases, every kind of price, one review in nine. */
export async function scoreFold(): Promise<{ name: string; value: string }[]> {
  const people = Array.from({ length: 300 }, (_, nth) => staff(nth));
  const cases = casesOf(1000, 300, kinds);
  const month = processorTime(10, 40, () => scoreMonth(referenceHall, people, cases, [], []));
  const rich = richBook();
  const richCases = casesOf(1000, 300, richKinds);
  const joint = richCases.map((one, nth) => ({
    case: one.id,
    who: 'chiefRepresentative' as const,
    person: staff(nth % 40),
  }));
  const earlier = casesOf(1000, 300, richKinds, '2026-10');
  const richMonth = processorTime(30, 20, () => scoreMonth(rich, people, richCases, [], [], { joint }));
  const richQuarter = processorTime(30, 20, () =>
    scoreMonth(rich, people, richCases, [], [], { joint, earlier }),
  );
  const past = twelveMonths(people);
  const draft = {
    ...referenceHall,
    clauses: referenceHall.clauses.map((clause) =>
      clause.code === '19' ? { ...clause, price: { kind: 'fixed' as const, points: 300 } } : clause,
    ),
  };
  const year = processorTime(3, 1, () => rehearse(draft, past));
  const aSecond = (all: number, milliseconds: number): string =>
    String(Math.round((all / milliseconds) * 1000));
  return [
    { name: 'score fold, cases a second on one core', value: aSecond(cases.length, month) },
    { name: 'scores of a month, 300 staff and 1000 cases, ms', value: month.toFixed(1) },
    {
      name: 'score fold, the richest book, cases a second on one core',
      value: aSecond(richCases.length, richMonth),
    },
    {
      name: 'score fold, the richest book with the month before, cases a second on one core',
      value: aSecond(richCases.length + earlier.length, richQuarter),
    },
    { name: 'scores of a month by the richest book, ms', value: richMonth.toFixed(1) },
    { name: 'rehearsal of 12 months of 1000 cases, ms', value: year.toFixed(0) },
  ];
}
