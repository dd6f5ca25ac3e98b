// Proof that a centre's records are whole: every stream of its journal replayed from the stored bytes, and heads,
// receipts and listings held against what the events say. Reads only, and never scans: the journal lists by day, the
// partitions of months, days and the registry list the heads.

import {
  complaintPartition,
  eventOfKey,
  inspectionPartition,
  type Key,
  letterPartition,
  registryPartition,
  ruleBookPartition,
  sha256,
} from '../functions/keys.ts';
import { type EventItem, eventHash, type Head, readEvent, type Store } from '../functions/store.ts';
import { canonical } from '../shared/canonical.ts';
import { dayOfId, monthOfId, type StreamKind, type StreamRef } from '../shared/ids.ts';
import { type Day, dayOf, type Instant, plusDays } from '../shared/time.ts';

export interface Verification {
  days: number;
  streams: number;
  events: number;
  /** Events whose receipt was there and true; receipts go after 45 days. */
  receipts: number;
  /** Free texts that were purged on time: their digest still stands in the chain. */
  purgedTexts: number;
  /** Everything that is not as it should be, in the order it was met. */
  bad: string[];
}

/** Days looked at together, and how many without an entry mean that the journal has begun: no hall rests so long. */
const daysAtOnce = 20;
const emptyDays = 100;
/** Receipts are promised for 45 days; the last of them may already be expiring. */
const receiptDays = 44;
const atOnce = 16;
const chainStart = '0'.repeat(64);

const nameOf = (ref: StreamRef): string => `${ref.kind}/${ref.id}`;

/** Replays one centre up to `now`. */
export const verifyCentre = async (store: Store, centre: string, now: Instant): Promise<Verification> => {
  const found: Verification = { days: 0, streams: 0, events: 0, receipts: 0, purgedTexts: 0, bad: [] };
  const listed = await listedStreams(store, centre, now, found);
  const streams = [...listed.values()];
  for (let start = 0; start < streams.length; start += atOnce)
    await Promise.all(
      streams
        .slice(start, start + atOnce)
        .map(({ ref, versions }) => verifyStream(store, centre, ref, versions, now, found)),
    );
  for (const head of await headsOf(store, centre, streams))
    if (!listed.has(nameOf(head.ref))) found.bad.push(`${nameOf(head.ref)}: a head without events`);
  found.streams = streams.length;
  return found;
};

interface Listed {
  ref: StreamRef;
  versions: Set<number>;
}

const listedStreams = async (
  store: Store,
  centre: string,
  now: Instant,
  found: Verification,
): Promise<Map<string, Listed>> => {
  const listed = new Map<string, Listed>();
  let empty = 0;
  for (let last = dayOf(now); empty < emptyDays; last = plusDays(last, -daysAtOnce)) {
    const days = Array.from({ length: daysAtOnce }, (_, back) => plusDays(last, -back));
    for (const keys of await Promise.all(days.map((day) => store.index('journal', `${centre}#${day}`)))) {
      empty = keys.length === 0 ? empty + 1 : 0;
      if (keys.length > 0) found.days += 1;
      for (const key of keys) list(key, listed, found);
    }
  }
  return listed;
};

const list = (key: Key, listed: Map<string, Listed>, found: Verification): void => {
  const event = eventOfKey(key);
  if (!event) {
    found.bad.push(`${key.pk} ${key.sk}: a journal entry that names no event`);
    return;
  }
  const name = nameOf(event.ref);
  const known = listed.get(name) ?? { ref: event.ref, versions: new Set<number>() };
  known.versions.add(event.version);
  listed.set(name, known);
};

const verifyStream = async (
  store: Store,
  centre: string,
  ref: StreamRef,
  versions: ReadonlySet<number>,
  now: Instant,
  found: Verification,
): Promise<void> => {
  const name = nameOf(ref);
  const bad = (version: number, what: string) => found.bad.push(`${name} ${version}: ${what}`);
  const items = await store.events(centre, ref);
  let prev = chainStart;
  for (const [index, item] of items.entries()) {
    const version = index + 1;
    found.events += 1;
    if (Number(item.sk) !== version) bad(version, `the version is missing, ${item.sk} follows`);
    if (!versions.has(version)) bad(version, 'not in the journal');
    if (eventHash(item.body) !== item.hash) bad(version, 'the bytes do not match their hash');
    const stored = readStored(item);
    if (stored.prev !== prev) bad(version, 'does not follow from the event before');
    if (stored.version !== version || stored.stream !== ref.id || stored.kind !== ref.kind)
      bad(version, 'lies under another key than its bytes say');
    found.purgedTexts += verifyTexts(item, (what) => bad(version, what));
    await verifyReceipt(store, centre, item, now, found, (what) => bad(version, what));
    prev = item.hash;
  }
  for (const version of versions) if (version > items.length) bad(version, 'in the journal only');
  await verifyHead(store, centre, ref, items, (what) => bad(items.length, what));
};

const readStored = (
  item: EventItem,
): { prev?: unknown; version?: unknown; stream?: unknown; kind?: unknown } => {
  const parsed: unknown = JSON.parse(item.body);
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
};

/** Every free text still there must be the one whose salted digest is in the chain. Answers how many are gone. */
const verifyTexts = (item: EventItem, bad: (what: string) => void): number => {
  const digests = [...item.body.matchAll(/"textDigest":"([0-9a-f]{64})"/g)].flatMap(
    ([, digest]) => digest ?? [],
  );
  let purged = 0;
  for (const digest of digests) {
    const kept = item.texts?.[digest];
    if (kept === undefined) purged += 1;
    else if (sha256(kept.salt + kept.text) !== digest) bad('a text does not match its digest');
  }
  return purged;
};

const verifyReceipt = async (
  store: Store,
  centre: string,
  item: EventItem,
  now: Instant,
  found: Verification,
  bad: (what: string) => void,
): Promise<void> => {
  const { command, at } = readEvent(item);
  const receipt = await store.receipt(centre, command);
  if (receipt === undefined) {
    if (dayOf(at) > plusDays(dayOf(now), -receiptDays)) bad(`the receipt of ${command} is missing`);
  } else if (receipt.request !== item.request) bad(`the receipt of ${command} answers another request`);
  else found.receipts += 1;
};

const verifyHead = async (
  store: Store,
  centre: string,
  ref: StreamRef,
  items: readonly EventItem[],
  bad: (what: string) => void,
): Promise<void> => {
  // A fold throws on events that cannot follow each other: the journal is broken there, not the verification.
  const folded = await store.refold(centre, ref).catch(() => undefined);
  const head = await store.head(centre, ref).catch(() => undefined);
  if (!head) return bad('the head is missing');
  if (head.version !== items.length || head.hash !== items.at(-1)?.hash)
    bad('the head is at another version than the events');
  else if (folded === undefined || asStored(folded.state) !== asStored(head.state))
    bad('the head is not what the events fold to');
  return undefined;
};

/** As a head is kept: JSON, then one spelling. */
const asStored = (state: unknown): string => canonical(JSON.parse(JSON.stringify(state)));

/** Heads as their own partitions list them, so that one without events is met too. */
const headsOf = async (store: Store, centre: string, streams: readonly Listed[]): Promise<Head[]> => {
  const ids = (...kinds: StreamKind[]): string[] =>
    streams.flatMap(({ ref }) => (kinds.includes(ref.kind) ? [ref.id] : []));
  const months = new Set(
    ids('case', 'bonus', 'talk', 'award', 'letter', 'leave', 'cover', 'complaint').map(monthOfId),
  );
  const days = new Set<Day>(ids('inspection').map(dayOfId));
  const heads: Head[] = [
    ...(await store.partitionHeads(centre, 'registry', registryPartition(centre))),
    ...(await store.partitionHeads(centre, 'rulebook', ruleBookPartition(centre))),
    ...(await store.partitionHeads(centre, 'month', `${centre}#MONTHS`)),
  ];
  for (const month of months) {
    const found = await store.month(centre, month, true);
    heads.push(...found.case, ...found.bonus, ...found.talk, ...found.award);
    heads.push(...(await store.partitionHeads(centre, 'letter', letterPartition(centre, month))));
    heads.push(...(await store.partitionHeads(centre, 'complaint', complaintPartition(centre, month))));
    const roster = await store.roster(centre, month);
    heads.push(...roster.leaves, ...roster.covers);
  }
  for (const day of days)
    heads.push(...(await store.partitionHeads(centre, 'inspection', inspectionPartition(centre, day))));
  return heads;
};
