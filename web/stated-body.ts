// A record's body with the time that is stated of it: the moment, as far as two contacts with the house tell it, and no
// time of the device's that lies ahead of the house. Pure.
import * as z from 'zod';
import { type Contact, type Noted, statedAfter } from '../shared/device-clock.ts';

type Body = Record<string, unknown>;

/** The most a record may say of its doubt (shared/case-report-decide.ts). */
const week = 7 * 86_400;

const incident = z.looseObject({ happened: z.object({ from: z.string(), to: z.string() }) });
const rollCall = z.looseObject({ at: z.string(), doubtSeconds: z.number() });

/** ISO 8601 in UTC with milliseconds, as every instant here. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const notAhead = (value: unknown, latest: string): unknown => {
  if (typeof value === 'string') return instant.test(value) && value > latest ? latest : value;
  if (Array.isArray(value)) return value.map((one) => notAhead(one, latest));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, notAhead(one, latest)]));
};

/** `after`: a contact with the house later than the moment. Where nothing can be said of it, the doubt is a week. */
export const statedBody = (body: Body, noted: Noted, after: Contact): Body => {
  const known = statedAfter(noted, after);
  const doubtSeconds = Math.min(week, known?.doubtSeconds ?? week);
  const told = Object.fromEntries(
    Object.entries(body).map(([key, one]) => [key, notAhead(one, after.server)]),
  );
  const found = incident.safeParse(told);
  if (found.success) {
    const at = known?.at ?? found.data.happened.from;
    return { ...told, happened: { from: at, to: at, doubtSeconds } };
  }
  const called = rollCall.safeParse(told);
  return called.success ? { ...told, at: known?.at ?? called.data.at, doubtSeconds } : told;
};
