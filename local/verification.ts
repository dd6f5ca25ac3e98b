// Proof that a centre's records are whole: every stream replayed from the stored bytes; heads, receipts, numbers and
// accounts held against what the events say; seals, frozen months and the bytes of evidence checked. Reads only, and
// never scans: the journal lists by day, the partitions of months, days and the registry list the heads.
import type { House } from '../functions/house.ts';
import {
  accountKey,
  caseNumberKey,
  centreKey,
  complaintPartition,
  eventOfKey,
  figurePartition,
  headKey,
  inspectionPartition,
  type Key,
  letterPartition,
  monthPartition,
  monthsPartition,
  openingPartition,
  receiptKey,
  registryPartition,
  rosterPartition,
  ruleBookPartition,
} from '../functions/keys.ts';
import type { EventItem, Head, Store } from '../functions/store.ts';
import { monthlyKinds, type StreamKind, type StreamRef } from '../shared/ids.ts';
import {
  type Day,
  dayOf,
  daysFrom,
  type Instant,
  type Month,
  monthOf,
  plusDays,
  plusMonths,
} from '../shared/time.ts';
import { checkEvidence } from './evidence-check.ts';
import { checkLooks } from './look-check.ts';
import { checkMonths } from './month-check.ts';
import { checkSeals } from './seal-check.ts';
import { type Checked, checkHead, checkStream } from './stream-check.ts';

export interface Verification {
  days: number;
  streams: number;
  events: number;
  /** Events whose receipt was there and true; receipts go after 45 days. */
  receipts: number;
  /** Free texts that were purged on time: their digest still stands in the chain. */
  purgedTexts: number;
  seals: number;
  sealed: number;
  /** Frozen months, and scores recomputed of them. */
  frozen: number;
  scores: number;
  /** Files read through and found whole. */
  files: number;
  /** Addresses under which files were seen, each of which has its row in the look-up register. */
  looks: number;
  /** Everything that is not as it should be: the record, and what is wrong with it, in Chinese; the journal's first. */
  bad: string[];
}

/** Days looked at together, and how many without an entry mean that the journal has begun: no hall rests so long. */
const daysAtOnce = 20;
const emptyDays = 100;
/** Receipts are promised for 45 days; the last of them may already be expiring. */
const receiptDays = 44;
const atOnce = 16;

type Item = Key & Record<string, unknown>;

const nameOf = (ref: StreamRef): string => `${ref.kind}/${ref.id}`;

/**
 * Replays one centre up to `now`. Seals, frozen months and files are checked where a house is given to read them, looks
 * at files where there is an `accessLog` of the bucket: a file, or a folder of them.
 */
export const verifyCentre = async (
  store: Store,
  centre: string,
  now: Instant,
  house?: House,
  accessLog?: string,
): Promise<Verification> => {
  const found: Verification = {
    ...{ days: 0, streams: 0, events: 0, receipts: 0, purgedTexts: 0 },
    ...{ seals: 0, sealed: 0, frozen: 0, scores: 0, files: 0, looks: 0, bad: [] },
  };
  const later: string[] = [];
  const bad = (record: string, what: string) => later.push(`${record}: ${what}`);
  const listed = await listedStreams(store, centre, now, found);
  const months = await monthsOf(store, centre, now, listed);
  const items = await headItems(
    store,
    centre,
    months,
    found.days === 0 ? [] : await daysOf(store, centre, now),
  );
  for (const [name, { ref }] of items) if (!listed.has(name)) listed.set(name, { ref, versions: new Set() });
  const checked = await checkStreams(store, centre, listed, found);
  const folded = [...checked.values()].flatMap(({ head }) => head ?? []);
  await checkHeads(store, centre, listed, checked, items, bad);
  await checkReceipts(store, centre, checked, now, found, bad);
  await checkPointers(store, centre, folded, bad);
  found.streams = [...checked.values()].filter(({ sealable }) => sealable.size > 0).length;
  if (house) {
    const journal = new Map<string, string>();
    for (const { sealable } of checked.values()) for (const [key, hash] of sealable) journal.set(key, hash);
    const seals = await checkSeals(house, centre, journal, now, bad);
    const frozen = await checkMonths(house, centre, folded.flatMap(monthHead), months, bad);
    Object.assign(found, seals, frozen, { files: await checkEvidence(house, centre, folded, bad) });
  }
  if (accessLog !== undefined) found.looks = await checkLooks(store, centre, accessLog, bad);
  found.bad.push(...later);
  return found;
};

const monthHead = (head: Head): Head<'month'>[] => {
  const { ref, state, ...rest } = head;
  return ref.kind === 'month' && 'stage' in state && isMonthState(state)
    ? [{ ...rest, ref: { kind: 'month', id: ref.id }, state }]
    : [];
};
const isMonthState = (state: Head['state']): state is Head<'month'>['state'] =>
  'stage' in state && (state.stage === 'summing' || state.stage === 'frozen') && 'cut' in state;

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
  const founded = await store.founding(centre);
  const first = founded === undefined ? undefined : plusDays(dayOf(founded), -daysAtOnce);
  let empty = 0;
  for (let last = plusDays(dayOf(now), 1); ; last = plusDays(last, -daysAtOnce)) {
    if (first === undefined ? empty >= emptyDays : last < first) return listed;
    const days = Array.from({ length: daysAtOnce }, (_, back) => plusDays(last, -back));
    for (const keys of await Promise.all(days.map((day) => store.index('journal', `${centre}#${day}`)))) {
      empty = keys.length === 0 ? empty + 1 : 0;
      if (keys.length > 0) found.days += 1;
      for (const key of keys) list(key, listed, found);
    }
  }
};

const list = (key: Key, listed: Map<string, Listed>, found: Verification): void => {
  const event = eventOfKey(key);
  if (!event) {
    found.bad.push(`${key.pk} ${key.sk}: 日志索引中的条目不是记录`);
    return;
  }
  const name = nameOf(event.ref);
  const known = listed.get(name) ?? { ref: event.ref, versions: new Set<number>() };
  known.versions.add(event.version);
  listed.set(name, known);
};

const checkStreams = async (
  store: Store,
  centre: string,
  listed: ReadonlyMap<string, Listed>,
  found: Verification,
): Promise<Map<string, Checked>> => {
  const streams = [...listed].sort(([a], [b]) => (a < b ? -1 : 1));
  const checked = new Map<string, Checked>();
  for (let start = 0; start < streams.length; start += atOnce) {
    const part = streams.slice(start, start + atOnce);
    const events = await Promise.all(part.map(([, { ref }]) => store.events(centre, ref)));
    for (const [index, [name, { ref, versions }]] of part.entries()) {
      const items = (events[index] ?? []).map((item): EventItem & Record<string, unknown> => ({ ...item }));
      found.events += items.length;
      const one = checkStream(centre, ref, items, versions, (version, what) =>
        found.bad.push(`${name} 第${version}版: ${what}`),
      );
      found.purgedTexts += one.purgedTexts;
      checked.set(name, one);
    }
  }
  return checked;
};

const checkHeads = async (
  store: Store,
  centre: string,
  listed: ReadonlyMap<string, Listed>,
  checked: ReadonlyMap<string, Checked>,
  items: ReadonlyMap<string, { ref: StreamRef; item: Item }>,
  bad: (record: string, what: string) => void,
): Promise<void> => {
  // Registers of looks have partitions of their own, which nothing lists but their events.
  const apart = [...listed.values()].filter(({ ref }) => !items.has(nameOf(ref)));
  const single = new Map<string, Item>();
  for (const item of await store.items(apart.map(({ ref }) => headKey(centre, ref))))
    single.set(`${item.pk} ${item.sk}`, item);
  for (const [name, { ref }] of listed) {
    const one = checked.get(name);
    const key = headKey(centre, ref);
    const item = items.get(name)?.item ?? single.get(`${key.pk} ${key.sk}`);
    if (one?.head) checkHead(centre, one.head, item, (what) => bad(name, what));
    else if (one?.sealable.size === 0) bad(name, '有当前状态而没有记录');
  }
};

const checkReceipts = async (
  store: Store,
  centre: string,
  checked: ReadonlyMap<string, Checked>,
  now: Instant,
  found: Verification,
  bad: (record: string, what: string) => void,
): Promise<void> => {
  const commands = new Set(
    [...checked.values()].flatMap((one) => one.commands.map(({ command }) => command)),
  );
  const receipts = new Map<string, Item>();
  for (const item of await store.items([...commands].map((command) => receiptKey(centre, command))))
    receipts.set(item.pk, item);
  for (const [name, { commands: events }] of checked)
    for (const { command, at, request, version } of events) {
      const receipt = receipts.get(receiptKey(centre, command).pk);
      const record = `${name} 第${version}版`;
      if (receipt === undefined) {
        if (dayOf(at) > plusDays(dayOf(now), -receiptDays)) bad(record, `回执缺失(${command})`);
      } else if (receipt.request !== request) bad(record, `回执答复的是另一项提交(${command})`);
      else found.receipts += 1;
    }
};

/** What leads from a token to a centre, and from a spoken number to a case, says what the events say. */
const checkPointers = async (
  store: Store,
  centre: string,
  heads: readonly Head[],
  bad: (record: string, what: string) => void,
): Promise<void> => {
  const wanted = new Map<string, { key: Key; record: string; says: Record<string, unknown> }>();
  for (const { ref, state } of heads) {
    const want = (key: Key, says: Record<string, unknown>) =>
      wanted.set(`${key.pk} ${key.sk}`, { key, record: nameOf(ref), says });
    if (ref.kind === 'registry' && 'kind' in state && state.kind === 'account')
      want(accountKey(state.issuer, state.subject, centre), {
        ...{ person: state.person, from: state.from },
        until: state.until,
      });
    if (ref.kind === 'registry' && 'kind' in state && state.kind === 'centre')
      want(centreKey(centre), { name: state.name });
    if (ref.kind === 'case' && 'number' in state && typeof state.number === 'string')
      want(caseNumberKey(centre, state.number), { case: ref.id });
  }
  const lying = new Map<string, Item>();
  for (const item of await store.items([...wanted.values()].map(({ key }) => key)))
    lying.set(`${item.pk} ${item.sk}`, item);
  for (const [at, { record, says }] of wanted) {
    const item = lying.get(at);
    if (!item) bad(record, `指向它的条目缺失(${at})`);
    else if (Object.entries(says).some(([name, value]) => item[name] !== value))
      bad(record, `指向它的条目与记录不符(${at})`);
  }
};

const monthsOf = async (
  store: Store,
  centre: string,
  now: Instant,
  listed: ReadonlyMap<string, Listed>,
): Promise<Month[]> => {
  const named = [...listed.values()].flatMap(({ ref }) => /20\d\d-(0[1-9]|1[0-2])/.exec(ref.id)?.[0] ?? []);
  const founded = await store.founding(centre);
  const months = new Set(named);
  if (founded !== undefined)
    for (let month = monthOf(founded); month <= plusMonths(monthOf(now), 1); month = plusMonths(month, 1))
      months.add(month);
  return [...months].sort();
};

const daysOf = async (store: Store, centre: string, now: Instant): Promise<Day[]> => {
  const founded = await store.founding(centre);
  return founded === undefined ? [] : daysFrom(dayOf(founded), plusDays(dayOf(now), 1));
};

/** Heads as their own partitions list them, so that one without events is met too. */
const headItems = async (
  store: Store,
  centre: string,
  months: readonly Month[],
  days: readonly Day[],
): Promise<Map<string, { ref: StreamRef; item: Item }>> => {
  const partitions: [string, (item: Item) => StreamRef | undefined][] = [];
  const holding = (pk: string, kind: StreamKind) =>
    partitions.push([pk, ({ sk }) => (sk === 'VERSION' ? undefined : { kind, id: sk })]);
  holding(registryPartition(centre), 'registry');
  holding(ruleBookPartition(centre), 'rulebook');
  holding(monthsPartition(centre), 'month');
  holding(openingPartition(centre), 'opening');
  for (const month of months) {
    partitions.push([monthPartition(centre, month), monthRef]);
    holding(letterPartition(centre, month), 'letter');
    holding(complaintPartition(centre, month), 'complaint');
    holding(figurePartition(centre, month), 'figure');
    partitions.push([rosterPartition(centre, month), rosterRef]);
  }
  for (const day of days) holding(inspectionPartition(centre, day), 'inspection');
  const found = new Map<string, { ref: StreamRef; item: Item }>();
  for (let start = 0; start < partitions.length; start += atOnce)
    await Promise.all(
      partitions.slice(start, start + atOnce).map(async ([pk, refOf]) => {
        for (const item of await store.partition<Item>('verify', pk, undefined, true)) {
          const ref = refOf(item);
          if (ref) found.set(nameOf(ref), { ref, item });
        }
      }),
    );
  return found;
};

const monthRef = ({ sk }: Item): StreamRef | undefined => {
  const kind = monthlyKinds.find((one) => sk.startsWith(`${one.toUpperCase()}#`));
  return kind && { kind, id: sk.slice(kind.length + 1) };
};
const rosterRef = ({ sk }: Item): StreamRef => ({
  kind: sk.startsWith('leave-') ? 'leave' : 'cover',
  id: sk,
});
