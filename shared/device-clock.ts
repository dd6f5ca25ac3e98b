// 诚实的时钟: what a device may say about when something happened. It keeps its clock's distance to the server from each
// contact, by a counter that only runs while the device does and never jumps, and says of every moment the interval in
// which the true time lies: by the last contact forwards, by the next one backwards, the narrower of the two. Where the
// counter began anew in between, it says no more than "after the last contact, before the receipt". Pure: both clocks
// are handed in.
import type { Instant } from './time.ts';

/** What the device reads at one moment. */
export interface Reading {
  /** Milliseconds of a counter that runs evenly while the device runs, and is set by nobody. */
  ticks: number;
  /** Which run of the device it is: another one after every start. */
  run: string;
}

/** One exchange with the server: sent, answered, and the server's time in the answer. */
export interface Contact {
  sent: Reading;
  received: Reading;
  server: Instant;
}

/** Milliseconds since 1970: the true time lies between them, both ends included. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Share by which an even counter may go wrong: 200 in a million, four times what a tablet's crystal does over the
 * temperatures of a hall and twice the worst that is sold.
 */
const drift = 200 / 1_000_000;

/** The server's time was read somewhere between sending and receiving. */
const around = (contact: Contact): Span | undefined => {
  const at = Date.parse(contact.server);
  const flight = contact.received.ticks - contact.sent.ticks;
  if (contact.sent.run !== contact.received.run || flight < 0) return undefined;
  return { from: at, to: at + Math.ceil(flight * (1 + drift)) };
};

/** The moment as one contact of the same run places it; undefined where the counter does not reach from one to the other. */
const placed = (moment: Reading, contact: Contact): Span | undefined => {
  const received = around(contact);
  if (!received || contact.received.run !== moment.run) return undefined;
  const since = moment.ticks - contact.received.ticks;
  const wrong = Math.ceil(Math.abs(since) * drift);
  return { from: received.from + since - wrong, to: received.to + since + wrong };
};

/**
 * Where the true time of a moment lies. `before` and `after`: the contacts on either side of it, as far as there are any;
 * `receipt`: when the server had the record, by its own clock. Undefined while nothing is known at all.
 */
export const trueTime = (
  moment: Reading,
  { before, after, receipt }: { before?: Contact; after?: Contact; receipt: Instant },
): Span | undefined => {
  const bounds: Span[] = [];
  for (const contact of [before, after]) {
    const span = contact && placed(moment, contact);
    if (span) bounds.push(span);
  }
  // Whatever was answered before it happened bounds it from below, and the receipt from above, whoever restarted between.
  const from = before ? Date.parse(before.server) : undefined;
  const to = Date.parse(receipt);
  if (from !== undefined) bounds.push({ from, to: Math.max(from, to) });
  if (bounds.length === 0) return undefined;
  return {
    from: Math.max(...bounds.map((span) => span.from)),
    to: Math.min(to, ...bounds.map((span) => span.to)),
  };
};

/** What a finding states: the middle of the span and how far the truth may lie from it, in whole seconds, rounded up. */
export const stated = ({ from, to }: Span): { at: Instant; doubtSeconds: number } => ({
  at: new Date(Math.round((from + to) / 2)).toISOString(),
  doubtSeconds: Math.max(0, Math.ceil((to - from) / 2000)),
});

/** A moment as a device noted it, with the last contact it had had by then. */
export interface Noted {
  moment: Reading;
  before?: Contact;
}

/**
 * What a record states of its moment once there is contact again, for a device whose only counter through sleep and
 * restart is a clock that a person may set: then the contact before and the one after must agree. Where they exclude each
 * other, or the clock was set back in between, it says no more than "after the last contact, before this one". Undefined:
 * there was no contact before, and the clock cannot be trusted back to the moment.
 */
export const statedAfter = (
  { moment, before }: Noted,
  after: Contact,
): { at: Instant; doubtSeconds: number } | undefined => {
  const receipt = after.server;
  const since = after.received.run === moment.run ? trueTime(moment, { after, receipt }) : undefined;
  if (!before) return since && stated(since);
  const until = before.received.run === moment.run ? trueTime(moment, { before, receipt }) : undefined;
  // Both, not what they share: a clock that was set by a second or two is right by one of them only.
  if (since && until && since.from <= until.to && until.from <= since.to)
    return stated({ from: Math.min(since.from, until.from), to: Math.max(since.to, until.to) });
  const [from, to] = [Date.parse(before.server), Date.parse(after.server)];
  return stated({ from: Math.min(from, to), to });
};
