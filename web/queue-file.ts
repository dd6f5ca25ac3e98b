// The queue as an encrypted file, for when a tablet cannot reach the house any more: taken to an office computer, taken in
// there by the same person, and sent with the same command ids, so that nothing is done twice. AES-256-GCM, the key from a
// passphrase by PBKDF2 (NIST SP 800-132); each piece has its own nonce and knows its place.
import * as z from 'zod';
import { manifestEntry } from '../shared/evidence.ts';
import {
  changed,
  database,
  type QueuedFile,
  type QueuedRecord,
  queued,
  type TakenFile,
} from './outbox-db.ts';
import { type Handover, handedOver } from './queue-handover.ts';

const magic = 'MINGCHUANG-QUEUE-1\n';
const iterations = 600_000;
const pieceBytes = 8 * 1024 * 1024;
/** A passphrase shorter than this is guessed too soon. */
export const shortestPassphrase = 8;

const head = z.object({
  salt: z.string(),
  nonce: z.string(),
  iterations: z.int().min(100_000).max(10_000_000),
});
const content = z.object({
  person: z.string(),
  personName: z.string(),
  records: z.array(
    z.object({
      id: z.string(),
      path: z.string().regex(/^\/api\//),
      body: z.record(z.string(), z.unknown()),
      title: z.string(),
      madeAt: z.string(),
      needs: z.string().optional(),
      creates: z.string().optional(),
      sent: z.boolean(),
    }),
  ),
  files: z.array(
    z.object({
      id: z.string(),
      command: z.string(),
      n: z.int(),
      record: z.string(),
      manifest: manifestEntry,
    }),
  ),
});
type Content = z.infer<typeof content>;

const toText = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const keyOf = async (
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<CryptoKey> => {
  const words = new TextEncoder().encode(passphrase.normalize('NFC'));
  const material = await crypto.subtle.importKey('raw', words, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
};

/** The nonce of the nth piece: eight bytes of the file, four of the count; no two pieces share one. */
const nonceOf = (base: Uint8Array<ArrayBuffer>, nth: number): Uint8Array<ArrayBuffer> => {
  const nonce = new Uint8Array(12);
  nonce.set(base.subarray(0, 8));
  new DataView(nonce.buffer).setUint32(8, nth);
  return nonce;
};

/** Everything of one person that is only on this device, as one file. */
export const exportQueue = async (person: string, passphrase: string): Promise<Blob> => {
  const db = await database();
  const records = (await db.getAllFromIndex('records', 'order')).filter((record) => record.person === person);
  const ids = new Set(records.map(({ id }) => id));
  const files = (await db.getAll('files')).filter(({ command }) => ids.has(command));
  const told: Content = {
    person,
    personName: records[0]?.personName ?? person,
    records: records.map(({ id, path, body, title, madeAt, needs, creates, state }) => ({
      ...{ id, path, body, title, madeAt, needs, creates },
      sent: state === 'sent',
    })),
    files: files.map(({ id, command, n, record, manifest }) => ({ id, command, n, record, manifest })),
  };
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const base = crypto.getRandomValues(new Uint8Array(8));
  const key = await keyOf(passphrase, salt, iterations);
  const first = JSON.stringify({ salt: toText(salt), nonce: toText(base), iterations });
  const pieces: BlobPart[] = [magic, `${first}\n`];
  let nth = 0;
  const add = async (plain: BufferSource): Promise<void> => {
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonceOf(base, nth) }, key, plain);
    nth += 1;
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, sealed.byteLength);
    pieces.push(length.buffer, new Blob([sealed]));
  };
  await add(new TextEncoder().encode(JSON.stringify(told)));
  for (const file of files) {
    const bytes = (await db.get('bytes', file.id)) ?? new Blob();
    for (let at = 0; at < file.manifest.size; at += pieceBytes)
      await add(await bytes.slice(at, at + pieceBytes).arrayBuffer());
  }
  return new Blob(pieces, { type: 'application/octet-stream' });
};

interface Opened {
  told: Content;
  kept: { file: Content['files'][number]; bytes: Blob }[];
}
type Closed = { ok: false; why: 'not-a-queue' | 'passphrase' };

const openQueue = async (file: Blob, passphrase: string): Promise<({ ok: true } & Opened) | Closed> => {
  const start = await file.slice(0, 1_024).text();
  if (!start.startsWith(magic)) return { ok: false, why: 'not-a-queue' };
  const line = start.slice(magic.length).split('\n')[0] ?? '';
  const read = head.safeParse(JSON.parse(line));
  if (!read.success) return { ok: false, why: 'not-a-queue' };
  const key = await keyOf(passphrase, toBytes(read.data.salt), read.data.iterations);
  const base = toBytes(read.data.nonce);
  let at = new TextEncoder().encode(`${magic}${line}\n`).length;
  let nth = 0;
  const next = async (): Promise<ArrayBuffer> => {
    const length = new DataView(await file.slice(at, at + 4).arrayBuffer()).getUint32(0);
    const sealed = await file.slice(at + 4, at + 4 + length).arrayBuffer();
    at += 4 + length;
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonceOf(base, nth) }, key, sealed);
    nth += 1;
    return plain;
  };
  let told: Content;
  try {
    told = content.parse(JSON.parse(new TextDecoder().decode(await next())));
  } catch {
    return { ok: false, why: 'passphrase' };
  }
  const kept: { file: Content['files'][number]; bytes: Blob }[] = [];
  for (const one of told.files) {
    const parts: ArrayBuffer[] = [];
    for (let done = 0; done < one.manifest.size; done += pieceBytes) parts.push(await next());
    kept.push({ file: one, bytes: new Blob(parts, { type: one.manifest.mediaType }) });
  }
  return { ok: true, told, kept };
};

export type Intake =
  | { ok: true; records: number; files: number; before: number; left: string[] }
  | Closed
  | { ok: false; why: 'other-person'; person: string; name: string; titles: string[] };

/** Who takes a file in: the person it belongs to, or the clerk for them with the scan of the slip both signed. */
export interface Taker {
  person: string;
  name: string;
  /** Only with it is another person's file taken in. */
  slip?: TakenFile;
}

/**
 * Takes a file in on another device. What lies here already, or lay here and was sent, is not taken twice: the ids stay the
 * commands' own, and the house answers a repeated command with its first answer.
 */
export const takeIn = async (file: Blob, passphrase: string, taker: Taker): Promise<Intake> => {
  const opened = await openQueue(file, passphrase);
  if (!opened.ok) return opened;
  const { told, kept } = opened;
  const { slip } = taker;
  const own = told.person === taker.person;
  if (!own && !slip)
    return {
      ...{ ok: false, why: 'other-person', person: told.person, name: told.personName },
      titles: told.records.map(({ title }) => title),
    };
  const handover: Handover<Content['records'][number]> =
    own || !slip
      ? { taken: told.records.map((record) => ({ record })), left: [] }
      : handedOver(told.records, { person: told.person, name: told.personName, slip: slip.manifest });
  const db = await database();
  const slipBytes = slip && (await db.get('bytes', slip.id));
  const known = new Set(await db.getAllKeys('records'));
  const fresh = handover.taken.filter(({ record }) => !known.has(record.id));
  const ids = new Set(fresh.map(({ record }) => record.id));
  const work = db.transaction(['records', 'files', 'bytes'], 'readwrite');
  const writes: Promise<unknown>[] = [];
  const waiting = { state: 'waiting', there: 0, tries: 0, after: 0 } as const;
  const keepFile = (one: QueuedFile, bytes: Blob): void => {
    writes.push(work.objectStore('files').put(one), work.objectStore('bytes').put(bytes, one.id));
  };
  for (const { record: whole, slipAt } of fresh) {
    const { sent, needs, creates, ...rest } = whole;
    const record: QueuedRecord = {
      ...queued({
        ...{ ...rest, person: taker.person, personName: taker.name },
        ...(needs === undefined ? {} : { needs }),
        ...(creates === undefined ? {} : { creates }),
      }),
      state: sent ? 'sent' : 'waiting',
    };
    writes.push(work.objectStore('records').put(record));
    if (slipAt !== undefined && slip && slipBytes && !sent)
      keepFile(
        {
          ...{ id: crypto.randomUUID(), command: record.id, n: slipAt, record: creates ?? '' },
          ...{ slip: true, manifest: slip.manifest, ...waiting },
        },
        slipBytes,
      );
  }
  let files = 0;
  for (const { file: one, bytes } of kept) {
    if (!ids.has(one.command)) continue;
    files += 1;
    keepFile({ ...one, ...waiting }, bytes);
  }
  await Promise.all([...writes, work.done]);
  changed();
  return {
    ...{ ok: true, records: fresh.length, files, left: handover.left },
    before: handover.taken.length - fresh.length,
  };
};
