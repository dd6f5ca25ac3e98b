// Which document number comes next: after the last one taken, not before the one the office begins with, never one that was
// given outside this house (外部占用). All of it is data of the centre; the counter itself lies in the table.
import * as z from 'zod';
import { oneLine } from './free-text.ts';

const number = z.int().min(1).max(99_999);
export const numberPlan = z.strictObject({
  word: z.enum(['函', '通报']),
  year: z.int().min(2020).max(2099),
  /** The first number of the year here, where the office has numbered some before. */
  startsAt: number.optional(),
  /** Numbers given by another system or by hand, and what for. */
  elsewhere: z
    .array(z.strictObject({ number, note: oneLine(60) }))
    .max(200)
    .default([]),
});
export type NumberPlan = z.infer<typeof numberPlan>;

export interface Series {
  word: '函' | '通报';
  year: number;
}

/** The plans with one more number given elsewhere; undefined when it is noted already or the plan is full. */
export const notedElsewhere = (
  plans: readonly NumberPlan[],
  { word, year }: Series,
  noted: NumberPlan['elsewhere'][number],
): NumberPlan[] | undefined => {
  const plan = planOf(plans, { word, year }) ?? { word, year, elsewhere: [] };
  if (plan.elsewhere.length === 200 || plan.elsewhere.some((one) => one.number === noted.number))
    return undefined;
  const elsewhere = [...plan.elsewhere, noted].toSorted((a, b) => a.number - b.number);
  return [...plans.filter((one) => one.word !== word || one.year !== year), { ...plan, elsewhere }].toSorted(
    (a, b) => a.year - b.year,
  );
};

const planOf = (plans: readonly NumberPlan[], { word, year }: Series): NumberPlan | undefined =>
  plans.find((plan) => plan.word === word && plan.year === year);

/** The next free number after `last` (0 when none was taken). */
export const nextFree = (plans: readonly NumberPlan[], series: Series, last: number): number => {
  const plan = planOf(plans, series);
  const used = new Set(plan?.elsewhere.map((one) => one.number));
  let next = Math.max(last + 1, plan?.startsAt ?? 1);
  while (used.has(next)) next += 1;
  return next;
};

/** Whether a number typed in from another system may be taken: after the last, and not given elsewhere. */
export const mayTake = (
  plans: readonly NumberPlan[],
  series: Series,
  last: number,
  wanted: number,
): boolean =>
  wanted > last &&
  wanted >= (planOf(plans, series)?.startsAt ?? 1) &&
  !planOf(plans, series)?.elsewhere.some((one) => one.number === wanted);

export interface Gap {
  number: number;
  note: string;
}
/** Numbers below the highest that no paper here bears: given elsewhere, with the note where there is one. */
export const gapsOf = (plans: readonly NumberPlan[], series: Series, taken: readonly number[]): Gap[] => {
  const plan = planOf(plans, series);
  const notes = new Map(plan?.elsewhere.map((one) => [one.number, one.note]));
  const here = new Set(taken);
  const highest = Math.max(0, ...taken);
  const gaps: Gap[] = [];
  for (let at = 1; at <= highest; at += 1) {
    if (here.has(at)) continue;
    const before = at < (plan?.startsAt ?? 1) ? '启用本系统前已编号' : '按外部系统编号跳过';
    gaps.push({ number: at, note: notes.get(at) ?? before });
  }
  const later = [...notes].filter(([at]) => at > highest).map(([at, note]) => ({ number: at, note }));
  return [...gaps, ...later];
};
