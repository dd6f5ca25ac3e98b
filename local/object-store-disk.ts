// What our object store remembers, and how it comes through a pull of the plug: one journal says what there is, the
// contents lie beside it under names of their own making (never made from a key). Knows no HTTP and no rules of S3.

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Algorithm, Checksum } from './object-store-wire.ts';

/** A stretch of an object's content: one file of the data folder, size in bytes. */
export interface Segment {
  file: string;
  size: number;
}
export interface Part extends Segment {
  number: number;
  etag: string;
  at: string;
  checksum?: Checksum;
}
export interface Retention {
  mode: 'GOVERNANCE' | 'COMPLIANCE';
  until: string;
}
/** What is told about an object with its content: headers to send back, tags, lock. Header values as on the wire. */
export interface Description {
  headers: Record<string, string>;
  tags: [key: string, value: string][];
  legalHold: boolean;
  retention?: Retention;
}
/** One version of one object, or the mark that it was deleted. Never changed, only replaced. */
export interface Version extends Description {
  key: string;
  /** `null` for an object of a bucket without versions, as S3 calls it. */
  id: string;
  deleted: boolean;
  etag: string;
  size: number;
  at: string;
  segments: Segment[];
  checksum?: Checksum;
  checksumType?: 'FULL_OBJECT' | 'COMPOSITE';
  /** Only of objects made from parts. */
  parts?: Omit<Part, 'file'>[];
}
export interface Upload extends Description {
  id: string;
  key: string;
  at: string;
  algorithm?: Algorithm;
  checksumType?: 'FULL_OBJECT' | 'COMPOSITE';
}
export interface CorsRule {
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAge?: number;
}
export interface BucketSettings {
  name: string;
  at: string;
  versioning?: 'Enabled' | 'Suspended';
  /** Present once object lock is on; with a default retention in days if one was set. */
  lock?: { mode?: Retention['mode']; days?: number; years?: number };
  cors?: CorsRule[];
}

/** A step of the journal. Steps of one entry happen together or not at all. */
export type Step =
  | { did: 'bucket'; bucket: BucketSettings }
  | { did: 'bucketGone'; bucket: string }
  | { did: 'version'; bucket: string; version: Version }
  | { did: 'versionGone'; bucket: string; key: string; id: string }
  | { did: 'upload'; bucket: string; upload: Upload }
  | { did: 'part'; bucket: string; upload: string; part: Part }
  | { did: 'uploadGone'; bucket: string; upload: string };

/** Code points in ascending order, which is the order of UTF-8 bytes in which S3 lists; JavaScript compares UTF-16. */
export const inUtf8Order = (left: string, right: string): number => {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return (a >= 0xd800 && b >= 0xd800 ? Number(a < 0xe000) - Number(b < 0xe000) : 0) || a - b;
  }
  return left.length - right.length;
};

/** One bucket in memory: versions newest first under each key, keys in the order of listing. */
export class Bucket {
  settings: BucketSettings;
  readonly versions = new Map<string, Version[]>();
  readonly uploads = new Map<string, { upload: Upload; parts: Map<number, Part> }>();
  private sorted: string[] | undefined;
  constructor(settings: BucketSettings) {
    this.settings = settings;
  }
  of(key: string): Version[] {
    return this.versions.get(key) ?? [];
  }
  keys(): string[] {
    this.sorted ??= [...this.versions.keys()].sort(inUtf8Order);
    return this.sorted;
  }
  /** Where the first key not before `key` stands. */
  indexOf(key: string): number {
    const keys = this.keys();
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inUtf8Order(keys[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  set(key: string, versions: Version[]): void {
    const [known, stays] = [this.versions.has(key), versions.length > 0];
    if (known !== stays && this.sorted)
      this.sorted.splice(this.indexOf(key), known ? 1 : 0, ...(stays ? [key] : []));
    if (stays) this.versions.set(key, versions);
    else this.versions.delete(key);
  }
}

/** A content on its way in. `keep` answers with the name of the file once it is on the disk for good. */
interface Incoming {
  write: (pieces: Buffer[]) => Promise<void>;
  keep: () => Promise<string>;
  drop: () => Promise<void>;
}

const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder; there a rename is durable by the file system's own journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

/** Two processes in one folder would overwrite each other's journal. The name of a socket is given back by the
 * system however the process ends, so nothing is left behind to lie; macOS has no such names and goes without. */
const claim = (folder: string): Promise<() => Promise<void>> =>
  new Promise((resolve, reject) => {
    const name = `mingchuang-object-store-${crc32(folder).toString(16)}`;
    const path = { linux: `\0${name}`, win32: `\\\\?\\pipe\\${name}` }[String(process.platform)];
    if (path === undefined) return resolve(async () => {});
    const guard = createServer();
    guard.once('error', (cause) =>
      reject(new Error(`the object store in ${folder} is already open`, { cause })),
    );
    guard.listen(path, () => resolve(() => new Promise((closed) => guard.close(() => closed()))));
    guard.unref();
  });

const line = (steps: Step[]): string => {
  const text = JSON.stringify(steps);
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
};

/** Entries of the journal, each under its own CRC32: what this file wrote whole it may believe. An end that was being
 * written when the power went was promised to nobody and is left out; damage before it is an error. */
const readJournal = async (
  path: string,
  take: (steps: Step[]) => void,
): Promise<{ entries: number; torn: boolean }> => {
  let held = Buffer.alloc(0);
  let [entries, torn] = [0, false];
  for await (const chunk of createReadStream(path, { flags: 'a+' })) {
    let rest = Buffer.concat([held, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const text = rest.subarray(9, end);
      const good = rest.toString('latin1', 0, 8) === crc32(text).toString(16).padStart(8, '0');
      if (good && torn) throw new Error(`${path} is damaged in entry ${entries + 1}`);
      if (good) take(JSON.parse(text.toString()));
      if (good) entries += 1;
      else torn = true;
      rest = rest.subarray(end + 1);
    }
    held = rest;
  }
  return { entries, torn: torn || held.length > 0 };
};

/** Buckets of one folder. `commit` shows its steps to everybody at once, synchronously, so that a check made just
 * before it in the same turn still holds; its promise is kept when the steps are durable. */
export class Disk {
  readonly buckets = new Map<string, Bucket>();
  private readonly folder: string;
  private readonly uses = new Map<string, number>();
  private journal: Awaited<ReturnType<typeof open>> | undefined;
  private release = async (): Promise<void> => {};
  private gathering: { lines: string[]; done: Promise<void> } | undefined;
  private last: Promise<void> = Promise.resolve();
  private failure: unknown;
  private renamed = false;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(folder: string): Promise<Disk> {
    await mkdir(folder, { recursive: true });
    const disk = new Disk(await realpath(folder));
    disk.release = await claim(disk.folder);
    try {
      await disk.load();
      return disk;
    } catch (failure) {
      await disk.release();
      throw failure;
    }
  }

  private async load(): Promise<void> {
    const [data, incoming] = [join(this.folder, 'data'), join(this.folder, 'incoming')];
    const path = join(this.folder, 'journal');
    await mkdir(data, { recursive: true });
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming);
    const { entries, torn } = await readJournal(path, (steps) => void this.apply(steps));
    const live = [...this.everything()];
    if (torn || entries > 2 * live.length + 1000) {
      const fresh = await open(`${path}.fresh`, 'w');
      await fresh.writeFile(live.map((step) => line([step])).join(''));
      await fresh.sync().finally(() => fresh.close());
      await rename(`${path}.fresh`, path);
    }
    await syncFolder(this.folder);
    for (const file of await readdir(data)) await this.forget(file);
    this.journal = await open(path, 'a');
  }

  private *everything(): Generator<Step> {
    for (const { settings, versions, uploads } of this.buckets.values()) {
      const bucket = settings.name;
      yield { did: 'bucket', bucket: settings };
      for (const ofKey of versions.values())
        for (const version of ofKey.toReversed()) yield { did: 'version', bucket, version };
      for (const { upload, parts } of uploads.values()) {
        yield { did: 'upload', bucket, upload };
        for (const part of parts.values()) yield { did: 'part', bucket, upload: upload.id, part };
      }
    }
  }

  private use(segments: Segment[], times: 1 | -1, touched: Set<string>): void {
    for (const { file } of segments) {
      this.uses.set(file, (this.uses.get(file) ?? 0) + times);
      touched.add(file);
    }
  }

  /** Answers which files may no longer be needed by anything. */
  private apply(steps: Step[]): string[] {
    const touched = new Set<string>();
    for (const step of steps) {
      if (step.did === 'bucket') {
        const known = this.buckets.get(step.bucket.name);
        if (known) known.settings = step.bucket;
        else this.buckets.set(step.bucket.name, new Bucket(step.bucket));
        continue;
      }
      const bucket = this.buckets.get(step.bucket);
      if (!bucket) throw new Error(`a step for the unknown bucket ${step.bucket}`);
      this.applyTo(bucket, step, touched);
    }
    return [...touched].filter((file) => this.uses.get(file) === 0);
  }

  private applyTo(bucket: Bucket, step: Exclude<Step, { did: 'bucket' }>, touched: Set<string>): void {
    switch (step.did) {
      case 'bucketGone':
        this.buckets.delete(step.bucket);
        return;
      case 'version': {
        const before = bucket.of(step.version.key);
        const at = before.findIndex(({ id }) => id === step.version.id);
        this.use(step.version.segments, 1, touched);
        this.use(before[at]?.segments ?? [], -1, touched);
        bucket.set(step.version.key, at < 0 ? [step.version, ...before] : before.with(at, step.version));
        return;
      }
      case 'versionGone': {
        const [gone, kept] = [bucket.of(step.key).find(({ id }) => id === step.id), bucket.of(step.key)];
        this.use(gone?.segments ?? [], -1, touched);
        bucket.set(
          step.key,
          kept.filter(({ id }) => id !== step.id),
        );
        return;
      }
      case 'upload':
        bucket.uploads.set(step.upload.id, { upload: step.upload, parts: new Map() });
        return;
      case 'part': {
        const parts = bucket.uploads.get(step.upload)?.parts;
        const before = parts?.get(step.part.number);
        this.use([step.part], 1, touched);
        if (before) this.use([before], -1, touched);
        parts?.set(step.part.number, step.part);
        return;
      }
      case 'uploadGone':
        this.use([...(bucket.uploads.get(step.upload)?.parts.values() ?? [])], -1, touched);
        bucket.uploads.delete(step.upload);
        return;
    }
  }

  /** Everything that gathers while the disk is busy goes down with one sync. After a failed write the memory may be
   * ahead of the disk, so nothing more is taken until the store is opened again. */
  async commit(steps: Step[]): Promise<void> {
    if (this.failure !== undefined) throw new Error('the journal cannot be written', { cause: this.failure });
    const idle = this.apply(steps);
    if (!this.gathering) {
      const lines: string[] = [];
      const done = this.last.then(() => {
        this.gathering = undefined;
        return this.write(lines);
      });
      this.gathering = { lines, done };
      this.last = done.catch((failure) => {
        this.failure = failure;
      });
    }
    this.gathering.lines.push(line(steps));
    await this.gathering.done;
    for (const file of idle) await this.forget(file);
  }

  private async write(lines: string[]): Promise<void> {
    if (!this.journal || this.failure !== undefined) throw new Error('the journal is closed');
    if (this.renamed) {
      this.renamed = false;
      await syncFolder(join(this.folder, 'data'));
    }
    await this.journal.appendFile(lines.join(''));
    await this.journal.datasync();
  }

  /** Content goes to a file of its own first and belongs to nothing until a step names it. */
  async incoming(): Promise<Incoming> {
    const file = randomUUID();
    const path = join(this.folder, 'incoming', file);
    const handle = await open(path, 'wx');
    return {
      write: async (pieces) => {
        // A disk that is nearly full may take less than it was given.
        for (let rest = Buffer.concat(pieces); rest.length > 0; )
          rest = rest.subarray((await handle.write(rest)).bytesWritten);
      },
      keep: async () => {
        await handle.datasync();
        await handle.close();
        await rename(path, join(this.folder, 'data', file));
        this.renamed = true;
        return file;
      },
      drop: async () => {
        await handle.close();
        await rm(path, { force: true });
      },
    };
  }

  /** Removes a file that nothing names. One that is still open elsewhere (Windows) is found at the next start. */
  async forget(file: string): Promise<void> {
    if (this.uses.get(file)) return;
    this.uses.delete(file);
    await rm(join(this.folder, 'data', file), { force: true }).catch(() => {});
  }

  /** Content from byte `from` to byte `to`, both included. */
  async *read(segments: Segment[], from: number, to: number): AsyncGenerator<Buffer> {
    let at = 0;
    for (const { file, size } of segments) {
      const [start, end] = [Math.max(from - at, 0), Math.min(to - at, size - 1)];
      if (start <= end)
        yield* createReadStream(join(this.folder, 'data', file), { start, end, highWaterMark: 256 * 1024 });
      at += size;
    }
  }

  async close(): Promise<void> {
    await this.last;
    this.failure ??= 'closed';
    await this.journal?.close();
    await this.release();
  }
}
