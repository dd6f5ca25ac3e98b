// The schedules of the deployment, ticked on one machine: the same functions, rung with the same events at the same hours of
// the wall clock. What was missed while the machine was off is rung once when it is on again; a list of the morning that
// is late is left out.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { lastSealable } from '../shared/seal.ts';
import { clockTimeOf, dayOf, type Instant, monthOf } from '../shared/time.ts';
import { type Entries, ringing } from './entries.ts';

/** What was rung last: days, and the month in which the sums were asked for. */
const marks = z.object({ night: z.string(), seal: z.string(), morning: z.string(), month: z.string() });
type Marks = z.infer<typeof marks>;

/** By the clocks of the hall, as in cdk/jobs.ts. */
const morningFrom = '08:20';
const morningUntil = '12:00';
const sumsFrom = 5;

/** What is to be rung at a moment, given what was rung before; the marks it leaves. */
export const dueJobs = (
  before: Marks,
  now: Instant,
): { ring: { job: 'night' | 'morning' | 'month'; call: object }[]; after: Marks } => {
  const today = dayOf(now);
  const time = clockTimeOf(now);
  const ring: { job: 'night' | 'morning' | 'month'; call: object }[] = [];
  const after = { ...before };
  if (before.night < today) {
    ring.push({ job: 'night', call: ringing(now) });
    after.night = today;
  }
  if (before.seal < lastSealable(now)) {
    ring.push({ job: 'night', call: { work: 'seal' } });
    after.seal = lastSealable(now);
  }
  const month = monthOf(now);
  const onTheFifth = `${month}-${String(sumsFrom).padStart(2, '0')}`;
  if (before.month < month && (today > onTheFifth || (today === onTheFifth && time >= '01:00'))) {
    ring.push({ job: 'month', call: ringing(now) });
    after.month = month;
  }
  if (before.morning < today && time >= morningFrom) {
    if (time < morningUntil) ring.push({ job: 'morning', call: ringing(now) });
    after.morning = today;
  }
  return { ring, after };
};

/** A new place has nothing to catch up with but its night; months before it are the business of whoever seeded it. */
const fresh = (now: Instant): Marks => ({
  ...{ night: '', seal: '' },
  ...{ morning: dayOf(now), month: monthOf(now) },
});

/** Keeps its marks in the data folder. `tick` is to be called every minute, one after the other. */
export const openSchedules = (folder: string, jobs: Pick<Entries, 'night' | 'morning' | 'month'>) => {
  const file = join(folder, 'schedules.json');
  // What was written while nobody listened to the stream is the night's to find, so every start begins with one.
  let known = existsSync(file)
    ? { ...marks.parse(JSON.parse(readFileSync(file, 'utf8'))), night: '', seal: '' }
    : undefined;
  return {
    tick: async (now: Instant): Promise<void> => {
      const { ring, after } = dueJobs(known ?? fresh(now), now);
      known = after; // what fails is not rung every minute: the next night looks again
      for (const { job, call } of ring) await jobs[job](call);
      if (ring.length > 0) writeFileSync(file, JSON.stringify(after));
    },
  };
};
