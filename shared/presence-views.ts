// The answer to "who was there" as the API shows it. What kind of leave it was is left out for those who may not read
// that leave: sick leave is health data (PIPL art. 28).
import * as z from 'zod';
import { day, instant } from './ids.ts';
import { lookResults } from './inspection.ts';
import { leaveKinds } from './leave.ts';
import { services } from './service-hours.ts';

const away = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('leave'),
    slip: z.string(),
    leave: z.enum(leaveKinds).optional(),
    filedAt: instant,
    /** 事后补报: filed after the moment asked about, or after the finding was reported. */
    late: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('elsewhere'),
    slip: z.string(),
    window: z.string(),
    filedAt: instant,
    late: z.boolean(),
  }),
]);

export const presenceView = z.strictObject({
  window: z.string(),
  at: instant,
  opening: z.strictObject({
    open: z.boolean(),
    why: z.enum([...services, 'dayOff', 'outside']),
    entry: z.string().optional(),
    notice: z.string().optional(),
    persons: z.array(z.string()).optional(),
  }),
  should: z.array(
    z.strictObject({
      person: z.string(),
      by: z.strictObject({ kind: z.enum(['assignment', 'duty']), id: z.string() }),
      away: away.optional(),
      /** When a round saw them there. */
      seenAt: instant.optional(),
    }),
  ),
  covering: z.array(
    z.strictObject({
      person: z.string(),
      slip: z.string(),
      absent: z.string().optional(),
      away: away.optional(),
      seenAt: instant.optional(),
    }),
  ),
  did: z.array(z.string()),
  /** 巡查所见: what rounds saw there within the hour before and after. */
  sightings: z.array(
    z.strictObject({
      inspection: z.string(),
      window: z.string(),
      at: instant,
      result: z.enum(lookResults),
      persons: z.array(z.string()),
    }),
  ),
  /** What people and windows in it are called. */
  names: z.record(z.string(), z.string()),
});

/** Days of one person's month; half-days are .5. */
export const attendanceView = z.strictObject({
  person: z.string(),
  name: z.string(),
  working: z.int(),
  onPost: z.number(),
  /** By kind; only for those who may read this person's leave. */
  leave: z.record(z.enum(leaveKinds), z.number()).optional(),
});

export const casePresenceView = z.strictObject({
  case: z.string(),
  /** At the beginning of the finding and wherever the answer changed during it; none where no window was named. */
  moments: z.array(presenceView.omit({ names: true })),
  /** Borders of shifts within the doubt of the clock: whether it was in service is for a person to say. */
  doubtful: z.array(instant).optional(),
  /** Why the empty seat is no violation; absent when nothing excuses it, or the finding is not about an empty seat. */
  excuse: z
    .strictObject({ why: z.enum(['closed', 'away']), late: z.boolean(), slips: z.array(z.string()) })
    .optional(),
  names: z.record(z.string(), z.string()),
});

/** One half of a day at one window, at the middle of its hours. */
const half = presenceView.omit({ names: true, window: true });
export const presenceDayView = z.strictObject({
  day,
  windows: z.array(
    z.strictObject({
      window: z.string(),
      number: z.string(),
      name: z.string(),
      grid: z.string(),
      department: z.string(),
      morning: half,
      afternoon: half,
    }),
  ),
  names: z.record(z.string(), z.string()),
});
