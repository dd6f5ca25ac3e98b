// What the API answers a device that is opened for a round, and a command and its files while it goes on: the part of views.ts
// that is set up on every start, kept small since a tablet builds each of these schemas before anything is drawn.
import * as z from 'zod';
import { centreId, day, instant } from './ids.ts';
import { roles } from './people.ts';
import { coverageView, shiftView } from './shift-views.ts';

const grantView = z.strictObject({
  role: z.enum(roles),
  title: z.string(),
  grid: z.string().optional(),
  department: z.string().optional(),
  from: day,
  until: day.optional(),
  delegatedBy: z.string().optional(),
});

/** One request the device makes itself, straight to the store: PUT the bytes with exactly these headers. */
const put = z.strictObject({ url: z.string(), headers: z.record(z.string(), z.string()) });

export const firstViews = {
  answer: z.strictObject({
    id: z.string(),
    version: z.int(),
    at: instant,
    /** Where the files announced with a new record go; larger ones ask for their plan. */
    uploads: z.array(z.strictObject({ n: z.int(), put })).exactOptional(),
  }),
  'me.read': z.strictObject({
    person: z.string(),
    name: z.string(),
    centre: z.strictObject({ id: centreId, name: z.string() }),
    centres: z.array(centreId),
    roles: z.array(grantView),
    abilities: z.array(z.string()),
    /** The clock of the house; a device keeps its offset to it. */
    now: instant,
  }),
  'shift.read': shiftView,
  'shift.coverage': coverageView,
  'evidence.upload': z.discriminatedUnion('state', [
    z.strictObject({ state: z.enum(['received', 'checking', 'rejected', 'purged']) }),
    z.strictObject({ state: z.literal('put'), put }),
    z.strictObject({
      state: z.literal('parts'),
      parts: z.array(z.strictObject({ n: z.int(), size: z.int(), have: z.boolean(), put: put.optional() })),
    }),
  ]),
  'evidence.complete': z.strictObject({ state: z.enum(['received', 'checking']) }),
} as const satisfies Record<string, z.ZodType>;

/** RFC 9457, with what a person and a program need besides. */
export const problemView = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  /** What to do next, in Chinese. */
  next: z.string(),
  /** Whether the same request may succeed later, unchanged. */
  retry: z.boolean(),
  /** `name`: what the field is called in Chinese. */
  fields: z
    .array(z.strictObject({ path: z.string(), name: z.string().optional(), reason: z.string() }))
    .optional(),
});
