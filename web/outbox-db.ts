// What this device keeps until the house has it: records in the order they were made, their files, drafts, rounds, and
// what a shift was given along. Bytes lie apart, so that counting a thousand records touches no picture. Sends nothing.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Noted } from '../shared/device-clock.ts';
import type { ManifestEntry } from '../shared/evidence.ts';
import type { LookResult } from '../shared/inspection.ts';
import type { View } from '../shared/views.ts';
import type { Refusal } from './client.ts';

/** A command made on this device; its id is the command's, so that sent twice it is done once. */
export interface QueuedRecord {
  id: string;
  /** Grows with every record of this device. */
  order: number;
  /** Who made it; only they may send it. */
  person: string;
  personName: string;
  path: string;
  body: Record<string, unknown>;
  /** `A01 · 违规使用手机` */
  title: string;
  madeAt: string;
  /** When it happened by the device's clock: stated, and gone from here, as soon as it is first sent. */
  noted?: Noted;
  /** The command that must have arrived before. */
  needs?: string;
  /** What it makes: the files go there. */
  creates?: string;
  state: 'waiting' | 'sent' | 'refused';
  tries: number;
  /** Not before this moment of the device's clock. */
  after: number;
  refusal?: Refusal;
}

/** A file of a record; its bytes lie in `bytes` under the same id. */
export interface QueuedFile {
  id: string;
  command: string;
  /** Its place among the files of the record, from 1. */
  n: number;
  record: string;
  manifest: ManifestEntry;
  /** The signed slip of a queue that the clerk took in; the tablet's own record would not have it. */
  slip?: boolean;
  state: 'waiting' | 'checking' | 'refused';
  /** Bytes the store is known to have. */
  there: number;
  tries: number;
  after: number;
  refusal?: Refusal;
}

/** A photo, clip, voice note or scan as it was taken. */
export interface TakenFile {
  id: string;
  manifest: ManifestEntry;
  /** The photo this is a drawing on. */
  drawnOn?: string;
}

/** A form somebody is filling in, as of the last stroke. */
export interface Draft {
  id: string;
  person: string;
  kind: 'finding' | 'deed';
  madeAt: string;
  noted?: Noted;
  changedAt: string;
  window?: string;
  windowTitle: string;
  /** The round it was begun on, and that round's id in the house. */
  inspection?: string;
  fields: DraftFields;
  files: TakenFile[];
}
export interface DraftFields {
  /** A violation or, for a good deed, a bonus type. */
  type?: string;
  clause?: string;
  points?: number;
  subject: 'persons' | 'unidentified' | 'window' | 'contractor';
  persons: string[];
  contractor?: string;
  description?: string;
  settled: boolean;
}

export interface Mark {
  window: string;
  at: string;
  result: LookResult;
  staffSeen: string[];
}
/** A round on this device. `unsaved`: marks not yet handed to the queue. */
export interface LocalRound {
  id: string;
  open: string;
  person: string;
  grid: string;
  startedAt: string;
  marks: Record<string, Mark>;
  unsaved: string[];
  /** Suggested order of windows; empty: by number. */
  route: string[];
  /** The last command of the round, which the next one waits for. */
  last: string;
}

export type Shift = View<'shift.read'>;

interface Schema extends DBSchema {
  records: { key: string; value: QueuedRecord; indexes: { order: number } };
  files: { key: string; value: QueuedFile; indexes: { command: string } };
  bytes: { key: string; value: Blob };
  drafts: { key: string; value: Draft };
  rounds: { key: string; value: LocalRound };
  shifts: { key: string; value: { person: string; at: number; shift: Shift } };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;
export const database = (): Promise<IDBPDatabase<Schema>> => {
  opened ??= openDB<Schema>('mingchuang', 1, {
    upgrade: (db) => {
      db.createObjectStore('records', { keyPath: 'id' }).createIndex('order', 'order');
      db.createObjectStore('files', { keyPath: 'id' }).createIndex('command', 'command');
      db.createObjectStore('bytes');
      db.createObjectStore('drafts', { keyPath: 'id' });
      db.createObjectStore('rounds', { keyPath: 'id' });
      db.createObjectStore('shifts', { keyPath: 'person' });
    },
    // A newer version of the app in another tab may change the tables: let it.
    blocking: (_old, _new, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
      opened = undefined;
    },
    terminated: () => {
      opened = undefined;
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
};

/** Whether an error says that the device has no room left. */
export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

const channel = new BroadcastChannel('mingchuang.outbox');
const listeners = new Set<() => void>();
channel.addEventListener('message', () => {
  for (const listener of listeners) listener();
});
/** Tells every tab that what is kept has changed. */
export const changed = (): void => {
  channel.postMessage('changed');
  for (const listener of listeners) listener();
};
export const onChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What a record is made from; order and state are given here. */
export type NewRecord = Pick<
  QueuedRecord,
  'id' | 'person' | 'personName' | 'path' | 'body' | 'title' | 'madeAt' | 'noted' | 'needs' | 'creates'
>;

const orderKey = 'mingchuang.order';
/** Two tabs may take numbers at the same time: the device's clock keeps them apart well enough. */
const nextOrder = (): number => {
  const order = Math.max(Date.now(), Number(localStorage.getItem(orderKey) ?? 0) + 1);
  localStorage.setItem(orderKey, String(order));
  return order;
};

export const queued = (record: NewRecord): QueuedRecord => ({
  ...record,
  order: nextOrder(),
  state: 'waiting',
  tries: 0,
  after: 0,
});

/**
 * Puts a record, its files and the end of its draft down in one transaction: after a crash there is either the draft or
 * the record, never both and never neither. The bytes were kept when they were taken.
 */
export const enqueue = (record: NewRecord, files: readonly TakenFile[] = [], draft?: string): Promise<void> =>
  enqueueAll([{ record, files }], draft);

/** The same for what belongs together: all of it or nothing. */
export const enqueueAll = async (
  all: readonly { record: NewRecord; files?: readonly TakenFile[] }[],
  draft?: string,
): Promise<void> => {
  const db = await database();
  const work = db.transaction(['records', 'files', 'drafts'], 'readwrite');
  const writes: Promise<unknown>[] = [];
  for (const { record, files = [] } of all) {
    writes.push(work.objectStore('records').put(queued(record)));
    for (const [index, file] of files.entries())
      writes.push(
        work.objectStore('files').put({
          id: file.id,
          command: record.id,
          n: index + 1,
          record: record.creates ?? '',
          manifest: file.manifest,
          state: 'waiting',
          there: 0,
          tries: 0,
          after: 0,
        }),
      );
  }
  if (draft !== undefined) writes.push(work.objectStore('drafts').delete(draft));
  await Promise.all([...writes, work.done]);
  changed();
};

/** Keeps a draft as it is now. Throws what the device says when it is full. */
export const saveDraft = async (draft: Draft): Promise<void> => {
  const db = await database();
  await db.put('drafts', draft);
};
export const draftsOf = async (person: string): Promise<Draft[]> => {
  const all = await (await database()).getAll('drafts');
  return all.filter((draft) => draft.person === person).sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
};
/** Forms begun and windows marked that are not in the queue yet: only this device knows of them. */
export const unfinishedOf = async (person: string): Promise<{ drafts: number; marks: number }> => {
  const [drafts, rounds] = await Promise.all([draftsOf(person), (await database()).getAll('rounds')]);
  const own = rounds.filter((round) => round.person === person);
  return {
    drafts: drafts.length,
    marks: own.reduce((sum, { unsaved }) => sum + unsaved.length, 0),
  };
};
/** Under which names the bytes of a clip lie that is being recorded for a form. */
export const recordingsOf = (form: string): string => `recording#${form}#`;
export const rangeOf = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
export const dropDraft = async (draft: Draft): Promise<void> => {
  const db = await database();
  const work = db.transaction(['drafts', 'bytes'], 'readwrite');
  await Promise.all([
    work.objectStore('drafts').delete(draft.id),
    ...draft.files.map(({ id }) => work.objectStore('bytes').delete(id)),
    work.objectStore('bytes').delete(rangeOf(recordingsOf(draft.id))),
    work.done,
  ]);
  changed();
};

/** The queue as it stands, without bytes. */
export interface Queue {
  records: QueuedRecord[];
  files: QueuedFile[];
}
/** The place of the last record in the queue, 0 when there is none. */
export const newestOrder = async (): Promise<number> => {
  const records = (await database()).transaction('records').store;
  return (await records.index('order').openKeyCursor(null, 'prev'))?.key ?? 0;
};
export const readQueue = async (): Promise<Queue> => {
  const db = await database();
  const [records, files] = await Promise.all([db.getAllFromIndex('records', 'order'), db.getAll('files')]);
  return { records, files };
};

export interface Summary {
  /** Records of which something is only here. */
  count: number;
  /** Bytes of files that are only here. */
  bytes: number;
  /** When the oldest was made. */
  oldest?: string;
  /** Records or files that were refused for good. */
  refused: number;
  /** Of them, what somebody else made on this device. */
  others: { person: string; name: string; count: number }[];
}

/** One number for the queue, seen by one person: what they made, and how much lies here of others. */
export const summaryOf = ({ records, files }: Queue, person: string | undefined): Summary => {
  const own = records.filter((record) => record.person === person);
  const ids = new Set(own.map(({ id }) => id));
  const mine = files.filter(({ command }) => ids.has(command));
  const oldest = own[0]?.madeAt;
  const others = new Map<string, { person: string; name: string; count: number }>();
  for (const record of records)
    if (record.person !== person) {
      const known = others.get(record.person);
      others.set(record.person, {
        person: record.person,
        name: record.personName,
        count: (known?.count ?? 0) + 1,
      });
    }
  return {
    count: own.length,
    bytes: mine.reduce((sum, { manifest, there }) => sum + manifest.size - there, 0),
    ...(oldest === undefined ? {} : { oldest }),
    refused:
      own.filter(({ state }) => state === 'refused').length +
      mine.filter(({ state }) => state === 'refused').length,
    others: [...others.values()],
  };
};
