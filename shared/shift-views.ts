// The answers a tablet works a shift with, as the API shows them.
import * as z from 'zod';
import { severity } from './catalog.ts';
import { centreId, day, instant } from './ids.ts';
import { lookResults } from './inspection.ts';

const named = { id: z.string(), name: z.string() };

const seatSpan = z.strictObject({
  from: instant,
  open: z.boolean(),
  notice: z.string().optional(),
  should: z.array(z.strictObject({ person: z.string(), away: z.enum(['leave', 'elsewhere']).optional() })),
  covering: z.array(z.string()),
});

/** Everything for one day: places, people, who sits where from when on, what may be found, and one's own open rounds. */
export const shiftView = z.strictObject({
  day,
  now: instant,
  centre: z.strictObject({ id: centreId, name: z.string(), photosFromAlbum: z.boolean() }),
  grids: z.array(z.strictObject({ ...named, hall: z.string() })),
  departments: z.array(z.strictObject({ ...named, contractor: z.boolean() })),
  windows: z.array(
    z.strictObject({
      ...named,
      number: z.string(),
      grid: z.string(),
      department: z.string(),
      seats: z.array(seatSpan),
    }),
  ),
  areas: z.array(z.strictObject({ ...named, grid: z.string() })),
  staff: z.array(z.strictObject({ ...named, department: z.string(), post: z.enum(['window', 'office']) })),
  /** For who enters sheets of paper: who may have walked, where and when. */
  walkers: z
    .array(z.strictObject({ ...named, grid: z.string().optional(), from: day, until: day.optional() }))
    .optional(),
  /** Absent when no rule book is in force this month; findings can be reported all the same. */
  rules: z
    .strictObject({
      title: z.string(),
      clauses: z.array(
        z.strictObject({
          code: z.string(),
          title: z.string(),
          types: z.array(z.string()),
          severity,
          range: z.strictObject({ from: z.int(), to: z.int() }).exactOptional(),
        }),
      ),
      bonuses: z.array(z.strictObject({ code: z.string(), title: z.string(), type: z.string() })),
    })
    .optional(),
  /** Types most often reported lately, most often first. */
  frequent: z.array(z.string()),
  rounds: z.array(
    z.strictObject({
      id: z.string(),
      grid: z.string().optional(),
      startedAt: instant,
      looks: z.array(
        z.strictObject({
          window: z.string(),
          at: instant,
          result: z.enum(lookResults),
          staffSeen: z.array(z.string()),
        }),
      ),
    }),
  ),
});

/** How often each window was looked at on patrol in a span of days; windows nobody looked at are there with 0. */
export const coverageView = z.strictObject({
  from: day,
  to: day,
  rounds: z.int(),
  windows: z.array(
    z.strictObject({
      ...named,
      number: z.string(),
      grid: z.string(),
      /** Days on which somebody looked at it, and looks in all. */
      days: z.int(),
      looks: z.int(),
      last: instant.optional(),
    }),
  ),
});
