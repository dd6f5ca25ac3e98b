// The house's time on a device that is often alone. A browser's only counter that runs through sleep and restart is the
// device's clock, which a person may set: each run of it ends when it is seen to go back, and the last contact with the
// house is kept over a restart. What a moment was is stated when there is contact again (shared/device-clock.ts). Knows no
// screen.
import * as z from 'zod';
import type { Contact, Noted, Reading } from '../shared/device-clock.ts';
import { type Day, dayOf, type Month, monthOf } from '../shared/time.ts';

const reading = z.object({ ticks: z.number(), run: z.string() });
const contact = z.object({ sent: reading, received: reading, server: z.string() });
const kept = z.object({
  /** As long as the clock is not seen to go back. */
  run: z.string(),
  /** The device's clock when it was last looked at. */
  seen: z.number(),
  contact: contact.optional(),
});
type Kept = z.infer<typeof kept>;
/** A noted moment that was kept with what it belongs to. */
export const notedShape: z.ZodType<Noted> = z
  .object({ moment: reading, before: contact.optional() })
  .transform(({ moment, before }) => (before === undefined ? { moment } : { moment, before }));

const key = 'mingchuang.device-clock';
const load = (): Kept => {
  const text = localStorage.getItem(key);
  const read = text === null ? undefined : kept.safeParse(JSON.parse(text));
  return read?.success ? read.data : { run: crypto.randomUUID(), seen: Date.now() };
};
let known = load();
const keep = (next: Kept): void => {
  known = next;
  localStorage.setItem(key, JSON.stringify(next));
};

/** A jump back of more than this is a changed clock, not rounding. Milliseconds. */
const jump = 2_000;

/** Looks at the clock, so that a jump back is noticed also over a restart; called now and then. */
export const watchClock = (): void => {
  const now = Date.now();
  // Another tab may have seen more.
  const { run, seen, contact: heard } = load();
  keep({
    run: now < seen - jump ? crypto.randomUUID() : run,
    seen: now,
    ...(heard === undefined ? {} : { contact: heard }),
  });
};

const readClock = (): Reading => {
  watchClock();
  return { ticks: known.seen, run: known.run };
};

/** Takes the house's time from an answer; moments of the device's clock in milliseconds. */
export const heardHouse = (house: string, askedAt: number, answeredAt: number): void => {
  const { run } = readClock();
  keep({
    run,
    seen: answeredAt,
    contact: { sent: { ticks: askedAt, run }, received: { ticks: answeredAt, run }, server: house },
  });
};

/** A moment to be stated later, and the last contact before it. */
export const noteMoment = (): Noted => ({
  moment: readClock(),
  ...(known.contact === undefined ? {} : { before: known.contact }),
});

/** The last contact with the house, if there was one since a moment was noted. */
export const contactSince = ({ before }: Noted): Contact | undefined => {
  const last = load().contact;
  const same = last?.server === before?.server && last?.received.ticks === before?.received.ticks;
  return same ? undefined : last;
};

const offsetOf = ({ sent, received, server }: Contact): number =>
  Date.parse(server) - (sent.ticks + received.ticks) / 2;

/** The house's time now, as well as this device knows it. */
export const houseNow = (): Date => new Date(Date.now() + (known.contact ? offsetOf(known.contact) : 0));
/** The working day in the hall, and its month. */
export const today = (): Day => dayOf(houseNow().toISOString());
export const monthNow = (): Month => monthOf(houseNow().toISOString());

/** What a clock of a tablet gains or loses, at worst: 200 parts in a million (see shared/device-clock.ts). */
const drift = 2e-4;
const week = 7 * 86_400;

/** Whole seconds by which `houseNow` may be off; a week, the most a record may say, when it was never told. */
export const clockDoubt = (): number => {
  const { contact: heard, run } = known;
  if (!heard) return week;
  const alone = Math.abs(Date.now() - heard.received.ticks);
  const flight = (heard.received.ticks - heard.sent.ticks) / 2;
  // Set back since: nobody knows by how much in all.
  const off = heard.received.run === run ? flight + alone * drift : Math.max(alone, 3_600_000);
  return Math.min(week, Math.ceil(off / 1000));
};

/** For showing: offset in seconds, when it was heard, and whether the device's clock was set back since. */
export const clockState = (): { offset: number; at: number; lost: boolean; doubt: number } | undefined =>
  known.contact && {
    offset: Math.round(offsetOf(known.contact) / 1000),
    at: known.contact.received.ticks,
    lost: known.contact.received.run !== known.run,
    doubt: clockDoubt(),
  };
