// A tablet's database in a process: as much of IndexedDB as the app uses, kept in a file that grows by one line a
// transaction, so that a killed process leaves whole transactions only. A full device says so when a transaction ends,
// and then nothing of it is kept, as browsers do.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  openAsBlob,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import * as z from 'zod';

type Row = Map<string, unknown>;
interface Table {
  keyPath?: string;
  indexes: Map<string, string>;
  rows: Row;
}
interface Kept {
  folder: string;
  tables: Map<string, Table>;
  version: number;
  /** Whether the device has no room for what is being written. */
  full: () => boolean;
  /** One transaction after the other. */
  last: Promise<unknown>;
}

const memberOf = (value: unknown, path: string): unknown => Reflect.get(Object(value), path);
const blobFile = (kept: Kept, key: string): string => join(kept.folder, `${encodeURIComponent(key)}.bytes`);

/** One line of the file: what a transaction left. `$bytes`: the value lies in a file of its own. */
const line = z.array(z.tuple([z.string(), z.string(), z.unknown()]));
const lines = (kept: Kept): string => join(kept.folder, 'lines');

const load = async (kept: Kept): Promise<void> => {
  if (!existsSync(lines(kept))) return;
  for (const text of readFileSync(lines(kept), 'utf8').split('\n')) {
    let read: unknown;
    try {
      read = JSON.parse(text);
    } catch {
      continue; // torn by the kill, so never told as done
    }
    for (const [name, key, value] of line.parse(read)) {
      const table = kept.tables.get(name) ?? { indexes: new Map(), rows: new Map() };
      kept.tables.set(name, table);
      if (value === null) table.rows.delete(key);
      else table.rows.set(key, value);
    }
  }
  for (const table of kept.tables.values())
    for (const [key, value] of table.rows)
      if (memberOf(value, '$bytes') === true) table.rows.set(key, await openAsBlob(blobFile(kept, key)));
};

class TabletRequest extends EventTarget {
  result: unknown;
  error: DOMException | null = null;
  transaction: TabletTransaction | null = null;
}

class TabletTransaction extends EventTarget {
  error: DOMException | null = null;
  readonly objectStoreNames: string[];
  readonly kept: Kept;
  readonly #asked: { request: TabletRequest; work: () => unknown }[] = [];
  readonly #before: (() => void)[] = [];
  readonly #written = new Map<string, [table: string, key: string]>();

  constructor(kept: Kept, names: string[]) {
    super();
    this.kept = kept;
    this.objectStoreNames = names;
    kept.last = kept.last.then(() => this.#carryOut());
  }

  objectStore(name: string): TabletObjectStore {
    const table = this.kept.tables.get(name);
    if (!table) throw new DOMException(name, 'NotFoundError');
    return new TabletObjectStore(this, name, table);
  }

  ask(work: () => unknown): TabletRequest {
    const request = new TabletRequest();
    request.transaction = this;
    this.#asked.push({ request, work });
    return request;
  }

  /** Changes one row and remembers how it was. */
  change(name: string, table: Table, key: string, value: unknown): void {
    const before = table.rows.get(key);
    this.#before.push(() => (before === undefined ? table.rows.delete(key) : table.rows.set(key, before)));
    this.#written.set(`${name}/${key}`, [name, key]);
    if (value === undefined) table.rows.delete(key);
    else table.rows.set(key, value);
  }

  async #carryOut(): Promise<void> {
    await turn();
    for (let next = this.#asked.shift(); next; next = this.#asked.shift()) {
      next.request.result = next.work();
      next.request.dispatchEvent(new Event('success'));
      await turn();
    }
    const wrote = [...this.#written.values()];
    const puts = wrote.some(([name, key]) => this.kept.tables.get(name)?.rows.has(key));
    if (puts && this.kept.full()) {
      for (const back of this.#before.reverse()) back();
      this.error = new DOMException('no room', 'QuotaExceededError');
      this.dispatchEvent(new Event('abort'));
      return;
    }
    if (wrote.length > 0) await this.#keep(wrote);
    this.dispatchEvent(new Event('complete'));
  }

  async #keep(wrote: [table: string, key: string][]): Promise<void> {
    const gone: string[] = [];
    const entries: [string, string, unknown][] = [];
    for (const [name, key] of wrote) {
      const value = this.kept.tables.get(name)?.rows.get(key);
      if (value instanceof Blob)
        writeFileSync(blobFile(this.kept, key), Buffer.from(await value.arrayBuffer()));
      if (value === undefined && name === 'bytes') gone.push(key);
      entries.push([name, key, value instanceof Blob ? { $bytes: true } : (value ?? null)]);
    }
    appendFileSync(lines(this.kept), `${JSON.stringify(entries)}\n`);
    for (const key of gone) rmSync(blobFile(this.kept, key), { force: true });
  }
}

class TabletIndex {
  readonly #transaction: TabletTransaction;
  readonly #table: Table;
  readonly #path: string;
  constructor(transaction: TabletTransaction, table: Table, path: string) {
    this.#transaction = transaction;
    this.#table = table;
    this.#path = path;
  }
  #found(value?: unknown): [string, unknown][] {
    const path = this.#path;
    const rows = [...this.#table.rows].filter(
      ([, row]) => value === undefined || memberOf(row, path) === value,
    );
    return rows.sort(([, a], [, b]) => (Number(memberOf(a, path)) || 0) - (Number(memberOf(b, path)) || 0));
  }
  getAll(value?: unknown): TabletRequest {
    return this.#transaction.ask(() => this.#found(value).map(([, row]) => structuredClone(row)));
  }
  getAllKeys(value?: unknown): TabletRequest {
    return this.#transaction.ask(() => this.#found(value).map(([key]) => key));
  }
  count(value?: unknown): TabletRequest {
    return this.#transaction.ask(() => this.#found(value).length);
  }
  /** Where a cursor begins; it goes no further here. */
  openKeyCursor(_range: unknown, direction: 'next' | 'prev' = 'next'): TabletRequest {
    return this.#transaction.ask(() => {
      const row = this.#found().at(direction === 'prev' ? -1 : 0)?.[1];
      return row === undefined ? null : { key: memberOf(row, this.#path) };
    });
  }
}

class TabletObjectStore {
  readonly #transaction: TabletTransaction;
  readonly #name: string;
  readonly #table: Table;
  constructor(transaction: TabletTransaction, name: string, table: Table) {
    this.#transaction = transaction;
    this.#name = name;
    this.#table = table;
  }
  createIndex(name: string, path: string): TabletIndex {
    this.#table.indexes.set(name, path);
    return this.index(name);
  }
  index(name: string): TabletIndex {
    return new TabletIndex(this.#transaction, this.#table, this.#table.indexes.get(name) ?? name);
  }
  put(value: unknown, given?: string): TabletRequest {
    const key = given ?? String(memberOf(value, this.#table.keyPath ?? 'id'));
    const copy = value instanceof Blob ? value : structuredClone(value);
    return this.#transaction.ask(() => {
      this.#transaction.change(this.#name, this.#table, key, copy);
      return key;
    });
  }
  delete(key: string): TabletRequest {
    return this.#transaction.ask(() => this.#transaction.change(this.#name, this.#table, key, undefined));
  }
  get(key: string): TabletRequest {
    return this.#transaction.ask(() => {
      const row = this.#table.rows.get(key);
      return row instanceof Blob ? row : structuredClone(row);
    });
  }
  getAll(): TabletRequest {
    return this.#transaction.ask(() => [...this.#table.rows.values()].map((row) => structuredClone(row)));
  }
  count(): TabletRequest {
    return this.#transaction.ask(() => this.#table.rows.size);
  }
}

class TabletDatabase extends EventTarget {
  readonly #kept: Kept;
  constructor(kept: Kept) {
    super();
    this.#kept = kept;
  }
  createObjectStore(name: string, options: { keyPath?: string } = {}): TabletObjectStore {
    const table = this.#kept.tables.get(name) ?? { indexes: new Map(), rows: new Map() };
    const shaped = { ...table, ...options };
    this.#kept.tables.set(name, shaped);
    return new TabletObjectStore(new TabletTransaction(this.#kept, [name]), name, shaped);
  }
  transaction(names: string | string[]): TabletTransaction {
    return new TabletTransaction(this.#kept, typeof names === 'string' ? [names] : [...names]);
  }
  close(): void {}
}

/** Never made here; the app's library only wants to know their names. */
class TabletCursor {
  advance(): void {}
  continue(): void {}
  continuePrimaryKey(): void {}
}

/** Puts the database of this tablet where the app looks for one. */
export const installStore = (folder: string, full: () => boolean): void => {
  mkdirSync(folder, { recursive: true });
  const kept: Kept = { folder, tables: new Map(), version: 0, full, last: Promise.resolve() };
  const open = (): TabletRequest => {
    const request = new TabletRequest();
    void load(kept).then(() => {
      request.result = new TabletDatabase(kept);
      // The tables themselves are made at every start; what lay in them was read before.
      request.dispatchEvent(new Event('upgradeneeded'));
      request.dispatchEvent(new Event('success'));
    });
    return request;
  };
  Object.assign(globalThis, {
    ...{ indexedDB: { open }, IDBRequest: TabletRequest, IDBTransaction: TabletTransaction },
    ...{ IDBObjectStore: TabletObjectStore, IDBIndex: TabletIndex, IDBDatabase: TabletDatabase },
    IDBCursor: TabletCursor,
  });
};
