// 日志封存: what a night's seal fixes. The day's events by their keys and hashes in order, and the seal before; so that of a
// sealed day nothing can be changed, left out, put in or exchanged without the seal, and all after it, saying so. Knows no
// table and no bucket; hashing is handed in.
import * as z from 'zod';
import { canonical } from './canonical.ts';
import { day, instant } from './ids.ts';
import { chineseDate, type Day, dayOf, type Instant, instantAt, plusDays, plusMinutes } from './time.ts';

/** SHA-256 of a text in UTF-8, 64 hexadecimal digits. */
export type Digest = (text: string) => string;

/** What comes before the first seal, and before the first event of a stream. */
export const nothingBefore = '0'.repeat(64);

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** One night's seal. Its digest, over the canonical spelling, is what is printed on the day's sheet. */
export const seal = z.strictObject({
  v: z.literal(1),
  centre: z.string(),
  day,
  /** Digest of the seal of the day before. */
  prev: digest,
  sealedAt: instant,
  events: z.int().min(0),
  /** Of them, recorded on the three days before and met only now. */
  late: z.int().min(0),
  /** How many of each recorded day, so that a day whose count agrees need not be looked through. */
  days: z.array(z.strictObject({ day, events: z.int().min(1) })),
  /** The list in parts, each under the digest of its text: the size of a day has no limit. */
  chunks: z.array(z.strictObject({ digest, events: z.int().min(1) })),
});
export type Seal = z.infer<typeof seal>;

/** One sealed event: its place in the journal and the hash of its bytes. */
export interface SealedEvent {
  /** `<instant>#<kind>#<id>#<version, eight digits>`, as the journal orders it. */
  key: string;
  hash: string;
}

/** Days whose late events a seal still takes. */
const lateDays = 3;
/** Hours after which an event without a seal raises the alarm. */
const alarmHours = 48;
const chunkEvents = 2_000;

/** The days a seal looks at, its own last. */
export const daysOfSeal = (of: Day): Day[] =>
  Array.from({ length: lateDays + 1 }, (_, index) => plusDays(of, index - lateDays));

/** The last day that may be sealed: its night is an hour old. */
export const lastSealable = (now: Instant): Day => plusDays(dayOf(plusMinutes(now, -60)), -1);

/** What was recorded until then should lie under a seal. */
export const sealedBy = (now: Instant): Instant => plusMinutes(now, -alarmHours * 60);

/** The end of the time in which a day is to be sealed. */
export const sealDue = (of: Day): Instant => instantAt(plusDays(of, 1 + alarmHours / 24), '00:00');

const inOrder = (a: SealedEvent, b: SealedEvent): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

const chunkText = (events: readonly SealedEvent[]): string =>
  events.map(({ key, hash }) => `${key} ${hash}`).join('\n');

/** The events of a chunk; undefined when its text is none. */
export const readChunk = (text: string): SealedEvent[] | undefined => {
  const events: SealedEvent[] = [];
  for (const line of text.split('\n')) {
    const [, key, hash] = /^(\S+) ([0-9a-f]{64})$/.exec(line) ?? [];
    if (key === undefined || hash === undefined) return undefined;
    events.push({ key, hash });
  }
  return events;
};

/** Makes the seal of a day, and the texts its chunks are named by. */
export const makeSeal = (
  of: { centre: string; day: Day; prev: string; sealedAt: Instant; events: readonly SealedEvent[] },
  hash: Digest,
): { seal: Seal; texts: Map<string, string> } => {
  const events = of.events.toSorted(inOrder);
  const texts = new Map<string, string>();
  const chunks: Seal['chunks'] = [];
  for (let start = 0; start < events.length; start += chunkEvents) {
    const part = events.slice(start, start + chunkEvents);
    const text = chunkText(part);
    const name = hash(text);
    texts.set(name, text);
    chunks.push({ digest: name, events: part.length });
  }
  const byDay = new Map<Day, number>();
  for (const { key } of events) {
    const recorded = dayOf(key.slice(0, key.indexOf('#')));
    byDay.set(recorded, (byDay.get(recorded) ?? 0) + 1);
  }
  const late = events.length - (byDay.get(of.day) ?? 0);
  const days = [...byDay].map(([recorded, number]) => ({ day: recorded, events: number }));
  const { centre, day: on, prev, sealedAt } = of;
  return {
    seal: { v: 1, centre, day: on, prev, sealedAt, events: events.length, late, days, chunks },
    texts,
  };
};

export const sealText = (of: Seal): string => canonical(of);

/** The stream and version behind a sealed key; undefined when it names none. */
export const sealedRef = (key: string): { at: Instant; name: string; version: number } | undefined => {
  const [, at, name, version] = /^([^#]+)#([a-z]+#.+)#(\d{8})$/.exec(key) ?? [];
  if (at === undefined || name === undefined || version === undefined) return undefined;
  return { at, name, version: Number(version) };
};

/** Eight groups of eight, to be read aloud and compared on paper. */
export const sealCode = (of: string): string => (of.match(/.{1,8}/g) ?? []).join(' ');

/** The line that the day's sheet prints. */
export const sealLine = (of: Seal, digestOf: string): string => {
  const late = of.late === 0 ? '' : `(含补收${of.late}条)`;
  return `日志封存 ${chineseDate(of.day)} 记录${of.events}条${late} 封存码 ${sealCode(digestOf)}`;
};
