// A centre's whole record as a portable archive: every item of its partitions as it lies in the table, its papers, the
// list of its evidence with hashes; a few small files, each with its hash in the archive's own list. Written piece by
// piece, so a large centre needs no more memory than a small one. Secrets of channels and passing work stay behind.
import { createHash } from 'node:crypto';
import { canonical } from '../shared/canonical.ts';
import type { EvidenceEntry } from '../shared/evidence.ts';
import { evidenceKey } from '../shared/evidence.ts';
import { monthlyKinds, monthOfId, type StreamRef } from '../shared/ids.ts';
import { type Day, dayOf, daysFrom, type Month, monthOf, monthOfDay, plusMonths } from '../shared/time.ts';
import { findFile, versionHere } from './evidence.ts';
import type { House } from './house.ts';
import {
  accountKey,
  carryPartition,
  caseNumberKey,
  centreKey,
  checkKey,
  complaintPartition,
  counterKey,
  cutPartition,
  eventOfKey,
  eventPartition,
  figurePartition,
  headKey,
  inspectionPartition,
  type Key,
  letterPartition,
  markPartition,
  monthPartition,
  openingPartition,
  paperPartition,
  parkedPartition,
  projectedKey,
  provinceKey,
  receiptKey,
  registryPartition,
  rosterPartition,
  ruleBookPartition,
  sealPartition,
  sha256,
} from './keys.ts';
import { type EventItem, readEvent, type Store } from './store.ts';

/** Where an archive is laid down: a folder, or a prefix of a bucket. */
export interface Shelf {
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array>;
  /** Lays a stored file down without its bytes passing through here; answers the hash the store found over the copy. */
  take?(name: string, from: { key: string; version: string }): Promise<string>;
}
/** The bucket of papers, as an archive needs it. */
export interface Papers {
  list(prefix: string): Promise<string[]>;
  read(key: string): Promise<Uint8Array>;
}

export interface ArchiveList {
  format: 'mingchuang-archive-1';
  centre: string;
  name: string;
  writtenAt: string;
  /** Events, and the hash over all of them in the journal's order: what an import must reach again. */
  journal: { events: number; head: string };
  files: { name: string; sha256: string; items: number }[];
  papers: { key: string; sha256: string }[];
  /** Where the bytes of evidence are in the archive too, under `evidence/`: how many files. */
  evidence?: { files: number };
}
export const listName = 'archive.json';

type Item = Key & Record<string, unknown>;
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Papers lie by centre under both; keys.ts and the papers' own files spell them. */
const paperPrefixes = (centre: string): string[] => [`papers/${centre}/`, `${centre}/`];

const daysOf = async (store: Store, centre: string, today: Day): Promise<Day[]> => {
  const founded = await store.founding(centre);
  return founded === undefined ? [] : daysFrom(dayOf(founded), today);
};

/** The journal day by day: what was recorded, in order. */
async function* journal(store: Store, centre: string, today: Day): AsyncGenerator<EventItem[]> {
  for (const day of await daysOf(store, centre, today)) {
    const keys = await store.index('journal', `${centre}#${day}`);
    const found = new Map<string, EventItem>();
    for (const item of await store.eventItems(keys.map(({ pk, sk }) => ({ pk, sk }))))
      found.set(`${item.pk} ${item.sk}`, item);
    yield keys.flatMap(({ pk, sk }) => found.get(`${pk} ${sk}`) ?? []);
  }
}

/** The hash over every event of a centre, by key and hash, in the journal's order. */
export const journalHead = async (
  store: Store,
  centre: string,
  today: Day,
): Promise<ArchiveList['journal']> => {
  let events = 0;
  let head = '0'.repeat(64);
  for await (const items of journal(store, centre, today))
    for (const { pk, sk, hash } of items) {
      events += 1;
      head = sha256(`${head} ${pk} ${sk} ${hash}`);
    }
  return { events, head };
};

/** What the journal says there is: its streams, its commands, the months and days it touches, the cuts it took. */
interface Reach {
  streams: Map<string, StreamRef>;
  commands: Set<string>;
  months: Set<Month>;
  cuts: { month: Month; digest: string }[];
}
const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
const isMonthly = (kind: string): boolean => monthlyKinds.some((one) => one === kind);

const reachOf = async (store: Store, centre: string, now: string): Promise<Reach> => {
  const reach: Reach = { streams: new Map(), commands: new Set(), months: new Set(), cuts: [] };
  for await (const items of journal(store, centre, dayOf(now)))
    for (const item of items) {
      const found = eventOfKey(item);
      if (!found) continue;
      const { ref } = found;
      const { command, event } = readEvent(item);
      reach.streams.set(`${ref.kind}/${ref.id}`, ref);
      reach.commands.add(command);
      const inId = /-(20\d\d-\d\d)(-|$)/.exec(ref.id)?.[1];
      if (isMonthly(ref.kind)) reach.months.add(monthOfId(ref.id));
      else if (inId !== undefined) reach.months.add(inId);
      if (ref.kind === 'month') reach.months.add(ref.id);
      if (event.type === 'month.summed') reach.cuts.push({ month: ref.id, digest: event.cut.digest });
    }
  const known = [...reach.months, ...(await daysOf(store, centre, dayOf(now))).map(monthOfDay)].sort();
  // Leave may reach beyond the month it was filed in, so a year ahead is looked at too.
  const last = plusMonths([...known, monthOf(now)].sort().at(-1) ?? monthOf(now), 13);
  for (let month = known[0] ?? monthOf(now); month <= last; month = plusMonths(month, 1))
    reach.months.add(month);
  return reach;
};

/** Every partition of a centre, one after the other. Those of channels (secrets) and of broken uploads stay behind. */
async function* partitions(store: Store, centre: string, now: string, reach: Reach): AsyncGenerator<string> {
  yield registryPartition(centre);
  yield ruleBookPartition(centre);
  yield headKey(centre, { kind: 'month', id: monthOf(now) }).pk;
  yield counterKey(centre, '-').pk;
  yield openingPartition(centre);
  yield projectedKey(centre, monthOf(now)).pk;
  yield sealPartition(centre);
  yield parkedPartition(centre);
  yield paperPartition(centre);
  for (const month of [...reach.months].sort()) {
    yield monthPartition(centre, month);
    yield rosterPartition(centre, month);
    yield letterPartition(centre, month);
    yield complaintPartition(centre, month);
    yield figurePartition(centre, month);
    yield caseNumberKey(centre, `${month.slice(2)}-0001`).pk;
    yield carryPartition(centre, month);
  }
  for (const day of await daysOf(store, centre, dayOf(now))) {
    yield inspectionPartition(centre, day);
    yield markPartition(centre, day);
  }
  for (const { month, digest } of reach.cuts) yield cutPartition(centre, month, digest);
  for (const ref of reach.streams.values()) {
    yield eventPartition(centre, ref);
    if (ref.kind === 'lookup') yield headKey(centre, ref).pk;
  }
}

/** Single items that lie outside the centre's partitions, or in partitions of one item. */
const lone = async (store: Store, centre: string, reach: Reach): Promise<Key[]> => [
  centreKey(centre),
  ...(await store.registryEntries(centre)).entries.flatMap((entry) =>
    entry.kind === 'account' ? [accountKey(entry.issuer, entry.subject, centre)] : [],
  ),
  ...[...reach.months].map((month) => provinceKey(month, centre)),
  ...(await store.partition<Item>('archive', paperPartition(centre))).flatMap(({ code }) =>
    typeof code === 'string' ? [checkKey(code)] : [],
  ),
  ...[...reach.commands].map((command) => receiptKey(centre, command)),
];

/** Files of evidence under way together. */
const atOnce = 8;
/** Bytes after which a file is closed. */
const fileBytes = 4_000_000;

const pad = (n: number): string => String(n).padStart(5, '0');

const linesTo = (shelf: Shelf, kind: string, files: ArchiveList['files']) => {
  let lines: string[] = [];
  let size = 0;
  let nth = 0;
  const close = async (): Promise<void> => {
    if (lines.length === 0) return;
    nth += 1;
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    const name = `${kind}-${pad(nth)}.ndjson`;
    await shelf.put(name, bytes);
    files.push({ name, sha256: hashOf(bytes), items: lines.length });
    lines = [];
    size = 0;
  };
  const add = async (value: unknown): Promise<void> => {
    const line = canonical(value);
    lines.push(line);
    size += line.length;
    if (size >= fileBytes) await close();
  };
  return { add, close };
};

interface EvidenceLine extends EvidenceEntry {
  key: string;
  record: string;
}

/** Every file of evidence that the heads know of: where it lies, its size and hash, and the version that was recorded. */
const evidenceLines = (centre: string, item: Item): EvidenceLine[] => {
  if (typeof item.state !== 'string' || !item.state.includes('"evidence"')) return [];
  const state: { id?: string; evidence?: EvidenceEntry[] } = JSON.parse(item.state);
  return (state.evidence ?? []).flatMap((entry) =>
    typeof state.id === 'string'
      ? [{ key: evidenceKey(centre, state.id, entry), record: state.id, ...entry }]
      : [],
  );
};

/** Lays the bytes of a file down beside its line. @throws when they are not what the record says */
const takeAlong = async (
  house: House,
  centre: string,
  shelf: Shelf,
  { key, record, n, sha256: recorded }: EvidenceLine,
): Promise<{ mediaType: string }> => {
  const found = await findFile(house, centre, { record, n });
  if (!found) throw new Error(`${key} is not there`);
  const version = await versionHere(house, centre, found);
  const taken = shelf.take
    ? await shelf.take(`evidence/${key}`, { key, version })
    : await carried(house, shelf, key, version);
  if (taken !== recorded) throw new Error(`${key} is not what was received`);
  return { mediaType: found.file.mediaType };
};

const carried = async (house: House, shelf: Shelf, key: string, version: string): Promise<string> => {
  const bytes = (await house.files.readWhole(key, version)) ?? new Uint8Array();
  await shelf.put(`evidence/${key}`, bytes);
  return hashOf(bytes);
};

/**
 * Writes a centre's archive; its list comes last, so an archive without one was broken off. Nothing is locked: what is
 * recorded while it is written may be in or out, and the list's journal says which; take it when the hall is closed.
 */
export const writeArchive = async (
  house: House,
  centre: string,
  shelf: Shelf,
  papers: Papers,
  { files: withFiles = false }: { files?: boolean } = {},
): Promise<ArchiveList> => {
  const { store } = house;
  const now = house.clock();
  const { registry } = await house.desk(centre);
  const reach = await reachOf(store, centre, now);
  const files: ArchiveList['files'] = [];
  const items = linesTo(shelf, 'items', files);
  const evidence = linesTo(shelf, 'evidence', files);
  let bytesOf = 0;
  let lines: EvidenceLine[] = [];
  const takeLines = async (): Promise<void> => {
    const now = lines;
    lines = [];
    const take = async (line: EvidenceLine) =>
      withFiles && line.state === 'received' ? takeAlong(house, centre, shelf, line) : {};
    const taken = await Promise.all(now.map(take));
    for (const [at, line] of now.entries()) {
      const along = taken[at] ?? {};
      if ('mediaType' in along) bytesOf += 1;
      await evidence.add({ ...line, ...along });
    }
  };
  const heads = new Set([...reach.streams.values()].map((ref) => nameOf(headKey(centre, ref))));
  for await (const pk of partitions(store, centre, now, reach))
    for (const item of await store.partition<Item>('archive', pk, undefined, true)) {
      // Written while we read, or before the journal begins: either way its history would stay behind unseen.
      if (typeof item.state === 'string' && !heads.has(nameOf(item)))
        throw new Error(`${nameOf(item)} stands in the table and not in the journal: take the archive again`);
      await items.add(item);
      lines.push(...evidenceLines(centre, item));
      if (lines.length >= atOnce) await takeLines();
    }
  await takeLines();
  for (const item of await store.items(await lone(store, centre, reach))) await items.add(item);
  await items.close();
  await evidence.close();
  const list: ArchiveList = {
    format: 'mingchuang-archive-1',
    centre,
    name: registry.centre.name,
    writtenAt: now,
    journal: await journalHead(store, centre, dayOf(now)),
    files,
    papers: [],
    ...(withFiles ? { evidence: { files: bytesOf } } : {}),
  };
  for (const prefix of paperPrefixes(centre))
    for (const key of await papers.list(prefix)) {
      if (key.startsWith(`${centre}/archives/`) || key.startsWith(`${centre}/evidence/`)) continue;
      const bytes = await papers.read(key);
      await shelf.put(`papers/${key}`, bytes);
      list.papers.push({ key, sha256: hashOf(bytes) });
    }
  await shelf.put(listName, Buffer.from(canonical(list)));
  return list;
};
