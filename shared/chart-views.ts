// What the charts and the public honour wall are made of, as the API shows it. Shapes only.
import * as z from 'zod';
import { day, instant, month } from './ids.ts';

export const honourView = z.strictObject({
  centre: z.strictObject({ id: z.string(), name: z.string() }),
  at: instant,
  lists: z.array(
    z.strictObject({
      month,
      /** The days it is given for; absent: the whole month. */
      term: z.strictObject({ from: day, until: day }).optional(),
      code: z.string(),
      title: z.string(),
      /** publicity: the names are up and may be objected to until `until`. */
      stage: z.enum(['announced', 'publicity']),
      until: instant.optional(),
      people: z.array(
        z.strictObject({
          name: z.string(),
          department: z.string().optional(),
          window: z.string().optional(),
        }),
      ),
    }),
  ),
});

const bar = z.strictObject({
  key: z.string(),
  total: z.int(),
  minor: z.int(),
  evident: z.int(),
  serious: z.int(),
});
/** Rates are hundredths: violations per 100 days on post; `looks`: looks at a window a working day. */
const side = z.strictObject({
  violations: z.int(),
  days: z.number(),
  looks: z.int(),
  rate: z.int().optional(),
  adjusted: z.int().optional(),
});

export const chartView = z.strictObject({
  from: month,
  until: month,
  total: z.int(),
  types: z.array(bar),
  grids: z.array(bar),
  departments: z.array(bar),
  hours: z.array(z.strictObject({ weekday: z.int(), hour: z.int(), total: z.int() })),
  trend: z.array(bar),
  reviews: z.array(
    z.strictObject({
      clause: z.string(),
      confirmed: z.int(),
      asked: z.int(),
      upheld: z.int(),
      reduced: z.int(),
      overturned: z.int(),
    }),
  ),
  coverage: z.array(
    z.strictObject({ month, grid: z.string(), rounds: z.int(), planned: z.int(), seen: z.int() }),
  ),
  /** 函告成效: 30 working days before and after each letter or talk. */
  effects: z.array(
    z.strictObject({
      kind: z.enum(['letter', 'talk']),
      id: z.string(),
      department: z.string(),
      day,
      persons: z.int(),
      again: z.int(),
      complete: z.boolean(),
      before: side,
      after: side,
    }),
  ),
  repeats: z.strictObject({ people: z.int(), again: z.int() }),
  /** Letters that asked for an answer and those that got one; orders of the time and those struck off. */
  mended: z.strictObject({
    asked: z.int(),
    answered: z.int(),
    answeredInTime: z.int(),
    ordered: z.int(),
    struckOff: z.int(),
  }),
  /** What types, grids, departments and clauses are called. */
  names: z.record(z.string(), z.string()),
});
