// The nightly seal: an hour after midnight the day's events, by key and hash in the journal's order, go under a lock in
// the bucket and are chained to the seal before. Nights that were missed are made up in order; a seal that was broken off
// is taken up where it lies. The object first put is the truth, the table's item repeats it.
import {
  daysOfSeal,
  lastSealable,
  makeSeal,
  nothingBefore,
  readChunk,
  type Seal,
  type SealedEvent,
  seal,
  sealedBy,
  sealedRef,
  sealText,
} from '../shared/seal.ts';
import { type Day, dayOf, daysFrom, type Instant, plusDays } from '../shared/time.ts';
import type { House } from './house.ts';
import {
  type Key,
  sealAlarmKey,
  sealChunkObject,
  sealKey,
  sealObject,
  sealPartition,
  sha256,
} from './keys.ts';

/** A seal as the table repeats it: the canonical text and its digest. */
export interface SealItem extends Key {
  seal: string;
  digest: string;
}
/** What the last night found without a seal though older than 48 hours. */
export interface SealAlarm extends Key {
  events: number;
  first?: string;
  at: Instant;
}

export const readSeal = (text: string): Seal | undefined => {
  try {
    const read = seal.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
};

const mustRead = (text: string, of: Day): Seal => {
  const read = readSeal(text);
  if (!read) throw new Error(`the seal of ${of} cannot be read`);
  return read;
};

/** The last seal of a centre; undefined before its first. */
const lastSeal = async (house: House, centre: string): Promise<SealItem | undefined> => {
  const [item] = await house.store.query<SealItem>('seals', {
    KeyConditionExpression: 'pk = :pk AND sk < :alarm',
    ExpressionAttributeValues: { ':pk': sealPartition(centre), ':alarm': sealAlarmKey(centre).sk },
    ScanIndexForward: false,
    Limit: 1,
    ConsistentRead: true,
  });
  return item;
};

/** The events under a seal. Throws when a chunk is missing or altered: nothing may be built on it. */
export const eventsUnder = async (house: House, of: Seal): Promise<SealedEvent[]> => {
  const events: SealedEvent[] = [];
  for (const chunk of of.chunks) {
    const kept = await house.seals.first(sealChunkObject(of.centre, of.day, chunk.digest));
    const read = kept && sha256(kept.text) === chunk.digest ? readChunk(kept.text) : undefined;
    if (!read) throw new Error(`a chunk of the seal of ${of.day} is missing or altered`);
    for (const event of read) events.push(event);
  }
  return events;
};

export interface SealReport {
  centre: string;
  /** Days sealed now, and their events. */
  days: number;
  events: number;
  /** Events older than 48 hours that no seal holds. */
  unsealed: number;
}

/** The last seals by day, kept while one day after the other is made up. */
type Recent = Map<Day, Seal>;

const lookedBack = 14;

const recentSeals = async (house: House, centre: string, from: Day): Promise<Recent> => {
  const items = await house.store.query<SealItem>('seals', {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': sealPartition(centre), ':from': from, ':to': '9' },
    ConsistentRead: true,
  });
  return new Map(items.map((item) => [item.sk, mustRead(item.seal, item.sk)]));
};

/** Journal keys of a recorded day that none of the recent seals holds. */
const unsealedKeys = async (
  house: House,
  centre: string,
  day: Day,
  recent: Recent,
): Promise<(Key & Record<string, string>)[]> => {
  const keys = await house.store.index('journal', `${centre}#${day}`);
  const holding = [...recent.values()].filter((one) => one.days.some((of) => of.day === day));
  const sealed = holding.flatMap((one) => one.days).filter((of) => of.day === day);
  if (keys.length === sealed.reduce((sum, of) => sum + of.events, 0)) return [];
  const under = new Set<string>();
  for (const one of holding) for (const event of await eventsUnder(house, one)) under.add(event.key);
  return keys.filter((key) => !under.has(key.gsi1sk ?? ''));
};

/** Seals every day of a centre that is due and was not sealed yet, oldest first. Safe to call again, and by several. */
export const sealCentre = async (house: House, centre: string): Promise<SealReport> => {
  const report: SealReport = { centre, days: 0, events: 0, unsealed: 0 };
  const now = house.clock();
  const last = await lastSeal(house, centre);
  const founded = await house.store.founding(centre);
  if (founded === undefined) return report;
  const from = last ? plusDays(last.sk, 1) : dayOf(founded);
  const recent = await recentSeals(house, centre, plusDays(from, -2 * lookedBack));
  let prev = last?.digest ?? nothingBefore;
  for (const day of daysFrom(from, lastSealable(now))) {
    const made = await sealDay(house, centre, day, prev, recent);
    prev = made.digest;
    report.days += 1;
    report.events += made.seal.events;
  }
  const missed = await unsealedOf(house, centre, now, recent);
  report.unsealed = missed.length;
  const [first] = missed;
  const alarm: SealAlarm & Record<string, unknown> = {
    ...sealAlarmKey(centre),
    events: missed.length,
    ...(first === undefined ? {} : { first }),
    at: now,
  };
  await house.store.put(alarm);
  return report;
};

const sealDay = async (
  house: House,
  centre: string,
  day: Day,
  prev: string,
  recent: Recent,
): Promise<{ seal: Seal; digest: string }> => {
  const fresh: (Key & Record<string, string>)[] = [];
  for (const one of daysOfSeal(day))
    for (const key of await unsealedKeys(house, centre, one, recent)) fresh.push(key);
  const events = await hashesOf(house, fresh);
  const made = makeSeal({ centre, day, prev, sealedAt: house.clock(), events }, sha256);
  for (const [digest, text] of made.texts)
    await house.seals.putOnce(sealChunkObject(centre, day, digest), text, house.clock());
  const kept = await keepSeal(house, made.seal);
  recent.set(day, kept.seal);
  return kept;
};

const hashesOf = async (
  house: House,
  keys: readonly (Key & Record<string, string>)[],
): Promise<SealedEvent[]> => {
  const events: SealedEvent[] = [];
  for (let start = 0; start < keys.length; start += 100) {
    const part = keys.slice(start, start + 100);
    const items = await house.store.eventItems(part.map(({ pk, sk }) => ({ pk, sk })));
    const hashes = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item.hash]));
    for (const key of part) {
      const hash = hashes.get(`${key.pk} ${key.sk}`);
      // An index may still name what its table does not show: the next night meets it again.
      if (hash !== undefined && key.gsi1sk !== undefined) events.push({ key: key.gsi1sk, hash });
    }
  }
  return events;
};

/** Puts the seal under lock, or takes up the one that lies there, and repeats it in the table. */
const keepSeal = async (house: House, made: Seal): Promise<{ seal: Seal; digest: string }> => {
  const at = sealObject(made.centre, made.day);
  const text = sealText(made);
  const own = await house.seals.putOnce(at, text, made.sealedAt);
  const kept = own ? text : (await house.seals.first(at))?.text;
  if (kept === undefined) throw new Error(`the seal of ${made.day} is neither taken nor there`);
  const digest = sha256(kept);
  const read = mustRead(kept, made.day);
  if (read.prev !== made.prev) throw new Error(`the seal of ${made.day} follows another seal`);
  await house.store.putOnce({ ...sealKey(made.centre, made.day), seal: kept, digest });
  return { seal: read, digest };
};

/** Events recorded more than 48 hours ago that no seal holds, of the days a seal no longer looks back to. */
const unsealedOf = async (house: House, centre: string, now: Instant, recent: Recent): Promise<string[]> => {
  const until = sealedBy(now);
  const missed: string[] = [];
  for (const day of daysFrom(plusDays(dayOf(now), -lookedBack), dayOf(until)))
    for (const { gsi1sk } of await unsealedKeys(house, centre, day, recent))
      if (gsi1sk !== undefined && gsi1sk < until) missed.push(gsi1sk);
  return missed;
};

/** Every centre's seals, one after the other; a centre that fails does not stop the next. */
export const sealAll = async (house: House): Promise<(SealReport & { failed?: string })[]> => {
  const reports: (SealReport & { failed?: string })[] = [];
  for (const { sk: centre } of await house.store.centres()) {
    try {
      reports.push(await sealCentre(house, centre));
    } catch (error) {
      const failed = error instanceof Error ? error.message : 'unknown';
      console.error(JSON.stringify({ seal: centre, error: failed }));
      reports.push({ centre, days: 0, events: 0, unsealed: 0, failed });
    }
  }
  return reports;
};

/** What an auditor is told of the journal's seals as a whole; derived, so that a night that never came shows too. */
export interface SealState {
  /** The last sealed day. */
  last?: Day;
  /** The first day that should be sealed and is not. */
  missing?: Day;
  unsealed: number;
  first?: { at: Instant; record: string };
}

export const sealState = async (house: House, centre: string): Promise<SealState> => {
  const [last, founded, alarm] = await Promise.all([
    lastSeal(house, centre),
    house.store.founding(centre),
    house.store.get<SealAlarm>(sealAlarmKey(centre), 'seal'),
  ]);
  const next = last ? plusDays(last.sk, 1) : founded && dayOf(founded);
  const missing = next !== undefined && next <= lastSealable(house.clock()) ? next : undefined;
  const first = alarm?.first === undefined ? undefined : sealedRef(alarm.first);
  return {
    ...(last === undefined ? {} : { last: last.sk }),
    ...(missing === undefined ? {} : { missing }),
    unsealed: alarm?.events ?? 0,
    ...(first === undefined ? {} : { first: { at: first.at, record: first.name } }),
  };
};
