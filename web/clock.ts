// The house's time on a device that is often alone: the offset to the server's clock as last heard, kept over a restart,
// and how far it may be off. Knows no screen.
import * as z from 'zod';

const kept = z.object({
  /** House minus device, in milliseconds. */
  offset: z.number(),
  /** Half the journey of the answer that told it. */
  doubt: z.number(),
  /** The device's clock when it was told, and when it was last looked at. */
  at: z.number(),
  seen: z.number(),
  /** The device's clock went backwards since then: nobody knows by how much in all. */
  lost: z.boolean(),
});
type Kept = z.infer<typeof kept>;

const key = 'mingchuang.clock';
const load = (): Kept | undefined => {
  const text = localStorage.getItem(key);
  const read = text === null ? undefined : kept.safeParse(JSON.parse(text));
  return read?.success ? read.data : undefined;
};
let known = load();
const keep = (next: Kept): void => {
  known = next;
  localStorage.setItem(key, JSON.stringify(next));
};

/** A jump back of more than this is a changed clock, not rounding. Milliseconds. */
const jump = 2_000;
/** Look at the clock, so that a jump back is noticed also over a restart; called now and then. */
export const watchClock = (): void => {
  if (!known) return;
  const now = Date.now();
  keep({ ...known, seen: now, lost: known.lost || now < known.seen - jump });
};

const moves = new Set<(milliseconds: number) => void>();
/** Told when the house's time proves other than was doubted: what was noted in between may be off by as much. */
export const onClockMoved = (listener: (milliseconds: number) => void): void => void moves.add(listener);

/** Takes the house's time from an answer; moments of the device's clock in milliseconds. */
export const heardHouse = (house: string, askedAt: number, answeredAt: number): void => {
  const offset = Date.parse(house) - (askedAt + answeredAt) / 2;
  const doubt = (answeredAt - askedAt) / 2;
  const before = known;
  keep({ offset, doubt, at: answeredAt, seen: answeredAt, lost: false });
  const moved = before ? Math.abs(offset - before.offset) - before.doubt - doubt : 0;
  if (moved > jump) for (const listener of moves) listener(moved);
};

/** The house's time now, as well as this device knows it. */
export const houseNow = (): Date => new Date(Date.now() + (known?.offset ?? 0));

/** What a clock of a tablet gains or loses, at worst: 100 parts in a million. */
const drift = 1e-4;
const week = 7 * 86_400;

/** Whole seconds by which `houseNow` may be off; a week, the most a record may say, when it was never told. */
export const clockDoubt = (): number => {
  if (!known) return week;
  const alone = Math.max(0, Date.now() - known.at);
  const off = known.lost ? alone + Math.abs(known.seen - Date.now()) : known.doubt + alone * drift;
  return Math.min(week, Math.ceil(off / 1000));
};

/** For showing: offset in seconds, when it was heard, and whether the device's clock was changed since. */
export const clockState = (): { offset: number; at: number; lost: boolean; doubt: number } | undefined =>
  known && { offset: Math.round(known.offset / 1000), at: known.at, lost: known.lost, doubt: clockDoubt() };
