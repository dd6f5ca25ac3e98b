// What an attacker with the keys of table and bucket could do: edits, deletions, exchanges and insertions of events, heads,
// frozen scores, cuts, seals and evidence, some clumsy, some with every hash made good again. Each is made straight in the
// real engines and taken back after the verification has had its look.
import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createHouse, type House } from '../functions/house.ts';
import { sha256 } from '../functions/keys.ts';
import { createStore } from '../functions/store.ts';
import { verifyCentre } from '../local/verification.ts';
import { canonical } from '../shared/canonical.ts';
import { centreId } from './cast.ts';
import type { TestHouse } from './house.ts';
import { numbersOf } from './numbers.ts';
import { reportWithPhoto } from './proof-hall.ts';
import { scanTable, snapshotClient, type WireItem } from './table-snapshot.ts';

const text = (item: WireItem, name: string): string => item[name]?.S ?? '';
const keyOf = (item: WireItem): string => `${text(item, 'pk')} ${text(item, 'sk')}`;
const string = (S: string): AttributeValue => ({ S });

/** The tampered table: items to put and keys to delete; what was there is known and put back. */
interface Change {
  what: string;
  put?: WireItem[];
  remove?: WireItem[];
}

interface Chance {
  next(): number;
  of<T>(all: readonly T[]): T;
  /** Another text of the same length: one sign changed. */
  spoiled(given: string): string;
}

const chanceOf = (next: () => number): Chance => {
  const of = <T>(all: readonly T[]): T => {
    const found = all[Math.floor(next() * all.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  const spoiled = (given: string): string => {
    const at = Math.floor(next() * given.length);
    const sign = given[at] === 'x' ? 'y' : 'x';
    return given.slice(0, at) + sign + given.slice(at + 1);
  };
  return { next, of, spoiled };
};

/** The table sorted for whoever tampers. */
const layOut = (items: readonly WireItem[]) => {
  const own = items.filter((item) => text(item, 'pk').startsWith(`${centreId}#`));
  const in_ = (pattern: RegExp) => own.filter((item) => pattern.test(keyOf(item)));
  const events = in_(/#E#/);
  const streams = new Map<string, WireItem[]>();
  for (const item of events) streams.set(text(item, 'pk'), [...(streams.get(text(item, 'pk')) ?? []), item]);
  for (const list of streams.values()) list.sort((a, b) => (text(a, 'sk') < text(b, 'sk') ? -1 : 1));
  return {
    events,
    streams,
    heads: own.filter((item) => item.state !== undefined),
    scores: in_(/ SCORE#/),
    tallies: in_(/ TALLY#/),
    chunks: in_(/#CUT#/),
    seals: in_(/#SEALS 2/),
    receipts: in_(/#R#/),
  };
};
type Layout = ReturnType<typeof layOut>;

const headOf = (layout: Layout, event: WireItem): WireItem | undefined => {
  const [, kind = '', id = ''] = /#E#([a-z]+)#(.+)$/.exec(text(event, 'pk')) ?? [];
  return layout.heads.find(
    (head) =>
      [id, `${kind.toUpperCase()}#${id}`].includes(text(head, 'sk')) || text(head, 'pk').endsWith(`#${id}`),
  );
};

/** A stream's events from one on with every hash made good again, as a forger who knows the house would. */
const rechained = (events: readonly WireItem[], from: number, forged: string): WireItem[] => {
  let prev = '';
  return events.slice(from).map((item, index) => {
    const stored: unknown = JSON.parse(index === 0 ? forged : text(item, 'body'));
    const body = canonical(index === 0 ? stored : { ...Object(stored), prev });
    prev = sha256(body);
    return { ...item, body: string(body), hash: string(prev) };
  });
};

type Tamper = (layout: Layout, chance: Chance) => Change;

const editing: Record<string, Tamper> = {
  'event: a sign of its bytes': ({ events }, chance) => {
    const item = chance.of(events);
    return { what: keyOf(item), put: [{ ...item, body: string(chance.spoiled(text(item, 'body'))) }] };
  },
  'event: its time, hash made good': ({ events }, chance) => {
    const item = chance.of(events);
    const body = text(item, 'body').replace(/"at":"2026-(\d\d)-/, '"at":"2025-$1-');
    return { what: keyOf(item), put: [{ ...item, body: string(body), hash: string(sha256(body)) }] };
  },
  'event: who did it, the whole chain and the head made good': (layout, chance) => {
    const [, events = []] = chance.of([...layout.streams]);
    const at = Math.floor(chance.next() * events.length);
    const item = events[at];
    if (!item) throw new Error('a stream without events');
    const forged = text(item, 'body').replace(/"person":"[^"]+"/, '"person":"forger"');
    const put = rechained(events, at, forged);
    const head = headOf(layout, item);
    const last = put.at(-1);
    return {
      what: keyOf(item),
      put: head && last ? [...put, { ...head, hash: last.hash ?? string('') }] : put,
    };
  },
  'event: a text': ({ events }, chance) => {
    const item = chance.of(events.filter((one) => Object.keys(one.texts?.M ?? {}).length > 0));
    const texts = structuredClone(item.texts?.M ?? {});
    const [digest = ''] = Object.keys(texts);
    const entry = texts[digest]?.M;
    if (entry) entry.text = string(`${entry.text?.S ?? ''}。`);
    return { what: keyOf(item), put: [{ ...item, texts: { M: texts } }] };
  },
  'event: a text taken out': ({ events }, chance) => {
    const item = chance.of(events.filter((one) => Object.keys(one.texts?.M ?? {}).length > 0));
    return { what: keyOf(item), put: [{ ...item, texts: { M: {} } }] };
  },
  'event: its place in the journal': ({ events }, chance) => {
    const item = chance.of(events);
    const moved = text(item, 'gsi1pk').replace(/\d\d$/, (day) =>
      String((Number(day) % 28) + 1).padStart(2, '0'),
    );
    return { what: keyOf(item), put: [{ ...item, gsi1pk: string(moved) }] };
  },
  'event: what was asked': ({ events }, chance) => {
    const item = chance.of(events);
    return { what: keyOf(item), put: [{ ...item, request: string(chance.spoiled(text(item, 'request'))) }] };
  },
  'head: its state': ({ heads }, chance) => {
    const item = chance.of(heads);
    const state: object = JSON.parse(text(item, 'state'));
    const [name = ''] = Object.keys(state).slice(Math.floor(chance.next() * Object.keys(state).length));
    return {
      what: keyOf(item),
      put: [{ ...item, state: string(JSON.stringify({ ...state, [name]: 'forged' })) }],
    };
  },
  'head: its version or hash': ({ heads }, chance) => {
    const item = chance.of(heads);
    const other =
      chance.next() < 0.5
        ? { version: { N: String(Number(item.version?.N) + 1) } }
        : { hash: string(chance.spoiled(text(item, 'hash'))) };
    return { what: keyOf(item), put: [{ ...item, ...other }] };
  },
  'head: when it is looked at next': ({ heads }, chance) => {
    const item = chance.of(heads.filter((head) => head.gsi3sk !== undefined));
    return { what: keyOf(item), put: [{ ...item, gsi3sk: string(`2030${text(item, 'gsi3sk').slice(4)}`) }] };
  },
  'score: its total': ({ scores }, chance) => {
    const item = chance.of(scores);
    const score: object = JSON.parse(text(item, 'score'));
    const forged = { ...score, total: Math.floor(chance.next() * 9_000) };
    return { what: keyOf(item), put: [{ ...item, score: string(JSON.stringify(forged)) }] };
  },
  'tally: its count': ({ tallies }, chance) => {
    const item = chance.of(tallies);
    const tally: object = JSON.parse(text(item, 'tally'));
    return {
      what: keyOf(item),
      put: [{ ...item, tally: string(JSON.stringify({ ...tally, personTimes: 9 })) }],
    };
  },
  'cut: a sign of its list': ({ chunks }, chance) => {
    const item = chance.of(chunks);
    return { what: keyOf(item), put: [{ ...item, text: string(chance.spoiled(text(item, 'text'))) }] };
  },
  'seal: a sign of it': ({ seals }, chance) => {
    const item = chance.of(seals);
    return { what: keyOf(item), put: [{ ...item, seal: string(chance.spoiled(text(item, 'seal'))) }] };
  },
};

const deleting: Record<string, Tamper> = {
  'an event': ({ events }, chance) => {
    const item = chance.of(events);
    return { what: keyOf(item), remove: [item] };
  },
  'the last event, and the head set back': (layout, chance) => {
    const [, events = []] = chance.of([...layout.streams].filter(([, list]) => list.length > 1));
    const [before, last] = events.slice(-2);
    if (!before || !last) throw new Error('a stream too short');
    const head = headOf(layout, last);
    const back = head && {
      ...head,
      version: { N: String(events.length - 1) },
      hash: before.hash ?? string(''),
    };
    return { what: keyOf(last), remove: [last], put: back ? [back] : [] };
  },
  'a whole stream with its head and receipts': (layout, chance) => {
    const [, events = []] = chance.of([...layout.streams]);
    const [first] = events;
    const head = first && headOf(layout, first);
    const commands = events.map((item) => String(Object(JSON.parse(text(item, 'body'))).command));
    const receipts = layout.receipts.filter((item) =>
      commands.some((id) => text(item, 'pk').endsWith(`#R#${id}`)),
    );
    return { what: first ? keyOf(first) : '', remove: [...events, ...(head ? [head] : []), ...receipts] };
  },
  'a head': ({ heads }, chance) => {
    const item = chance.of(heads);
    return { what: keyOf(item), remove: [item] };
  },
  'a score': ({ scores }, chance) => {
    const item = chance.of(scores);
    return { what: keyOf(item), remove: [item] };
  },
  'a tally': ({ tallies }, chance) => {
    const item = chance.of(tallies);
    return { what: keyOf(item), remove: [item] };
  },
  'a seal in the table': ({ seals }, chance) => {
    const item = chance.of(seals);
    return { what: keyOf(item), remove: [item] };
  },
};

/** Two items exchange what they say; each keeps its key. */
const exchanged = (one: WireItem, other: WireItem, names: readonly string[]): WireItem[] => {
  const taken = (from: WireItem): WireItem =>
    Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : [])));
  return [
    { ...one, ...taken(other) },
    { ...other, ...taken(one) },
  ];
};
const two = (all: readonly WireItem[], chance: Chance, differ: string): [WireItem, WireItem] => {
  const one = chance.of(all);
  return [one, chance.of(all.filter((item) => text(item, differ) !== text(one, differ)))];
};
const swapping: Record<string, Tamper> = {
  'two events': ({ events }, chance) => {
    const [one, other] = two(events, chance, 'hash');
    return {
      what: `${keyOf(one)} / ${keyOf(other)}`,
      put: exchanged(one, other, ['body', 'hash', 'texts', 'request']),
    };
  },
  'two events of one stream': ({ streams }, chance) => {
    const [, events = []] = chance.of([...streams].filter(([, list]) => list.length > 1));
    const [one, other] = two(events, chance, 'hash');
    return { what: `${keyOf(one)} / ${keyOf(other)}`, put: exchanged(one, other, ['body', 'hash']) };
  },
  'two heads': ({ heads }, chance) => {
    const [one, other] = two(heads, chance, 'hash');
    return {
      what: `${keyOf(one)} / ${keyOf(other)}`,
      put: exchanged(one, other, ['state', 'version', 'hash']),
    };
  },
  'two scores': ({ scores }, chance) => {
    const [one, other] = two(scores, chance, 'score');
    return { what: `${keyOf(one)} / ${keyOf(other)}`, put: exchanged(one, other, ['score']) };
  },
};

const inserting: Record<string, Tamper> = {
  'an event at the end, chain, head and journal made good': (layout, chance) => {
    const [, events = []] = chance.of([...layout.streams]);
    const last = events.at(-1);
    if (!last) throw new Error('a stream without events');
    const version = events.length + 1;
    const stored = Object(JSON.parse(text(last, 'body')));
    const body = canonical({ ...stored, prev: text(last, 'hash'), version });
    const sk = String(version).padStart(8, '0');
    const added: WireItem = {
      ...last,
      ...{ sk: string(sk), body: string(body), hash: string(sha256(body)) },
      gsi1sk: string(text(last, 'gsi1sk').replace(/\d{8}$/, sk)),
    };
    const head = headOf(layout, last);
    const put = head
      ? [added, { ...head, version: { N: String(version) }, hash: added.hash ?? string('') }]
      : [added];
    return { what: keyOf(added), put };
  },
  'an event nobody lists': ({ streams }, chance) => {
    const [, events = []] = chance.of([...streams]);
    const last = events.at(-1);
    if (!last) throw new Error('a stream without events');
    const { gsi1pk: _day, gsi1sk: _place, ...rest } = last;
    const added: WireItem = { ...rest, sk: string(String(events.length + 1).padStart(8, '0')) };
    return { what: keyOf(added), put: [added] };
  },
  'a whole case with head and receipt': (layout, chance) => {
    const cases = [...layout.streams].filter(([pk]) => pk.includes('#E#case#'));
    const [pk, events = []] = chance.of(cases);
    const [first] = events;
    if (!first) throw new Error('a stream without events');
    const id = pk.slice(pk.indexOf('#E#case#') + 8);
    const forged = id.replace(/.{12}$/, randomUUID().slice(-12));
    const head = headOf(layout, first);
    const put = [...events, ...(head ? [head] : [])].map(
      (item): WireItem =>
        Object.fromEntries(
          Object.entries(item).map(([name, member]) => [
            name,
            member.S === undefined ? member : string(member.S.replaceAll(id, forged)),
          ]),
        ),
    );
    const whole = put.map((item) =>
      item.body ? { ...item, hash: string(sha256(text(item, 'body'))) } : item,
    );
    return { what: `case ${forged}`, put: whole };
  },
  'a head': ({ heads }, chance) => {
    const item = chance.of(
      heads.filter((head) => / (CASE|BONUS|letter|leave|staff|inspection)/.test(keyOf(head))),
    );
    const sk = text(item, 'sk').replace(/.{4}$/, 'fade');
    return { what: `${text(item, 'pk')} ${sk}`, put: [{ ...item, sk: string(sk) }] };
  },
  'a score': ({ scores }, chance) => {
    const item = chance.of(scores);
    const sk = `${text(item, 'sk')}-2`;
    return { what: `${text(item, 'pk')} ${sk}`, put: [{ ...item, sk: string(sk) }] };
  },
  'a tally': ({ tallies }, chance) => {
    const item = chance.of(tallies);
    const sk = `${text(item, 'sk')}-2`;
    return { what: `${text(item, 'pk')} ${sk}`, put: [{ ...item, sk: string(sk) }] };
  },
};

const kinds = { edit: editing, delete: deleting, swap: swapping, insert: inserting } as const;

export interface Attempt {
  nth: number;
  how: string;
  what: string;
  /** The first bad record that was not bad before; undefined when nothing was noticed. */
  found: string | undefined;
}

export interface TamperReport {
  attempts: Attempt[];
  /** Faults left at the end that no deleted file explains: what was tampered with was not put back. */
  left: string[];
}

/** Tampers `times` times, the same for the same seed, and says of each what verification found first. */
export const tamper = async (
  hall: TestHouse,
  { seed, times, say }: { seed: number; times: number; say?: (attempt: Attempt) => void },
): Promise<TamperReport> => {
  const chance = chanceOf(numbersOf(seed));
  const verified = async (): Promise<string[]> => {
    const house = momentOf(hall, await scanTable(hall.client, hall.table));
    return (await verifyCentre(house.store, centreId, hall.clock.now(), house)).bad;
  };
  const known = new Set(await verified());
  if (known.size > 0) throw new Error(`not whole to begin with: ${[...known][0]}`);
  const layout = layOut(await scanTable(hall.client, hall.table));
  const attempts: Attempt[] = [];
  /** Files spoiled for good: what is bad already cannot be found to be bad. */
  const gone = new Set<string>();
  for (let nth = 1; nth <= times; nth += 1) {
    const done =
      chance.next() < 0.15
        ? await tamperWithFiles(hall, chance, gone)
        : await tamperWithItems(hall.client, hall.table, layout, chance);
    const bad = await verified();
    const found = bad.find((one) => !known.has(one));
    attempts.push({ nth, how: done.how, what: done.what, found });
    say?.({ nth, how: done.how, what: done.what, found });
    await done.undo();
    if (done.forGood) for (const one of await verified()) known.add(one);
  }
  return { attempts, left: (await verified()).filter((one) => !known.has(one)) };
};

/** The house over one moment of the table; bucket and seals are read where they lie. */
const momentOf = (hall: TestHouse, items: readonly WireItem[]): House =>
  createHouse({
    store: createStore({ client: snapshotClient(items), table: hall.table }),
    files: hall.house.files,
    seals: hall.house.seals,
    clock: hall.clock.now,
  });

interface Done {
  how: string;
  what: string;
  undo(): Promise<void>;
  /** What is gone for good stays bad; its faults are known from then on. */
  forGood?: boolean;
}

const tamperWithItems = async (
  client: DynamoDBClient,
  table: string,
  layout: Layout,
  chance: Chance,
): Promise<Done> => {
  const kind = chance.of(['edit', 'delete', 'swap', 'insert'] as const);
  const [name, make] = chance.of(Object.entries(kinds[kind]));
  const { what, put = [], remove = [] } = make(layout, chance);
  const before = new Map(
    [...layout.events, ...layout.heads, ...layout.scores, ...layout.tallies, ...layout.chunks]
      .concat(layout.seals, layout.receipts)
      .map((item) => [keyOf(item), item]),
  );
  const drop = (item: WireItem) =>
    client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: { pk: string(text(item, 'pk')), sk: string(text(item, 'sk')) },
      }),
    );
  const lay = (item: WireItem) => client.send(new PutItemCommand({ TableName: table, Item: item }));
  for (const item of remove) await drop(item);
  for (const item of put) await lay(item);
  const undo = async () => {
    for (const item of [...put, ...remove]) {
      const was = before.get(keyOf(item));
      if (was) await lay(was);
      else await drop(item);
    }
  };
  return { how: `${kind}: ${name}`, what, undo };
};

/** Tampers with a file in the bucket. What cannot be put back is done to a file that was handed in for it. */
const tamperWithFiles = async (hall: TestHouse, chance: Chance, gone: Set<string>): Promise<Done> => {
  const Bucket = `${hall.table}-evidence`;
  const list = async () => {
    const found = await hall.s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: `${centreId}/evidence/` }),
    );
    return (found.Versions ?? []).flatMap(({ Key, VersionId }) =>
      Key && VersionId && !gone.has(Key) ? [{ Key, VersionId }] : [],
    );
  };
  const drop = (Key: string, VersionId: string | undefined) =>
    hall.s3.send(
      new DeleteObjectCommand({
        ...{ Bucket, Key, BypassGovernanceRetention: true },
        ...(VersionId === undefined ? {} : { VersionId }),
      }),
    );
  const over = async (Key: string, Body: string) =>
    (await hall.s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
  switch (chance.of(['over', 'mark', 'insert', 'swap', 'delete', 'replace'] as const)) {
    case 'over': {
      const { Key } = chance.of(await list());
      const version = await over(Key, 'other bytes');
      return {
        how: 'evidence: bytes put over',
        what: Key,
        undo: async () => void (await drop(Key, version)),
      };
    }
    case 'mark': {
      const { Key } = chance.of(await list());
      const mark = await drop(Key, undefined);
      return {
        how: 'evidence: deleted by a mark',
        what: Key,
        undo: async () => void (await drop(Key, mark.VersionId)),
      };
    }
    case 'insert': {
      const Key = `${centreId}/evidence/case-2026-11-${randomUUID()}/1-${'a'.repeat(64)}`;
      const version = await over(Key, 'nobody announced this');
      return { how: 'evidence: put in', what: Key, undo: async () => void (await drop(Key, version)) };
    }
    case 'swap': {
      const all = await list();
      const one = chance.of(all);
      const other = chance.of(all.filter(({ Key }) => Key !== one.Key));
      const versions = [await over(one.Key, other.Key), await over(other.Key, one.Key)];
      return {
        how: 'evidence: two exchanged',
        what: `${one.Key} / ${other.Key}`,
        undo: async () => {
          await drop(one.Key, versions[0]);
          await drop(other.Key, versions[1]);
        },
      };
    }
    case 'delete':
    case 'replace': {
      const path = await reportWithPhoto(hall, randomUUID());
      const id = path.split('/').at(-1) ?? '';
      const [file] = (await list()).filter(({ Key }) => Key.includes(id));
      if (!file) throw new Error('the photo did not arrive');
      gone.add(file.Key);
      await drop(file.Key, file.VersionId);
      const replaced = chance.next() < 0.5;
      if (replaced) await over(file.Key, 'other bytes');
      return {
        how: replaced ? 'evidence: replaced' : 'evidence: deleted',
        what: file.Key,
        undo: async () => undefined,
        forGood: true,
      };
    }
  }
};
