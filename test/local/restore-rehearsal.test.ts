// A centre with a photo is brought back from its archive into a place that holds nothing: the photo is there, locked, and
// can be looked at; everything verifies. A changed byte comes in nowhere.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectRetentionCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { checkArchive } from '../../functions/archive-import.ts';
import { versionHere } from '../../functions/evidence.ts';
import { createEvidenceStore } from '../../functions/evidence-store.ts';
import { createHouse, type House } from '../../functions/house.ts';
import { createSealStore } from '../../functions/seal-store.ts';
import { createStore } from '../../functions/store.ts';
import { folderShelf } from '../../local/archive.ts';
import { createBuckets, createTable } from '../../local/create-table.ts';
import { type Rehearsed, rehearse } from '../../local/restore-rehearsal.ts';
import { evidenceKey } from '../../shared/evidence.ts';
import { centreId } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';
import { photograph } from '../picture.ts';

const folder = mkdtempSync(join(tmpdir(), 'mingchuang-restore-'));
const photo = photograph('as bytes');
const sha256 = createHash('sha256').update(photo).digest('hex');
let hall: TestHouse;
let record: string;
let restored: House;
let evidence: string;
let done: Rehearsed;

const sent = z.object({
  id: z.string(),
  uploads: z.array(
    z.object({ put: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }) }),
  ),
});

beforeAll(async () => {
  hall = await openHouse();
  const entry = { name: '现场.jpg', kind: 'photo', mediaType: 'image/jpeg', size: photo.length, sha256 };
  const xun = hall.as('xun');
  const { body } = await xun.post(
    '/api/cases',
    finding({ evidence: [{ ...entry, takenAt: hall.clock.now() }] }),
  );
  const { id, uploads } = sent.parse(body);
  record = id;
  const { url = '', headers = {} } = uploads[0]?.put ?? {};
  const { 'content-length': _set, ...signed } = headers;
  expect((await fetch(url, { method: 'PUT', headers: signed, body: photo })).status).toBe(200);
  expect((await xun.post(`/api/evidence/${id}/1/complete`, null)).status).toBe(200);

  const table = `${hall.table}-restored`;
  evidence = `${table}-evidence`;
  const papers = `${table}-papers`;
  await createTable(hall.client, table);
  await createBuckets(hall.s3, { evidence, papers, origin: 'https://hall.example' });
  const client = async () => hall.s3;
  restored = createHouse({
    store: createStore({ client: hall.client, table }),
    files: createEvidenceStore({ client, bucket: evidence }),
    seals: createSealStore({ client, bucket: papers }),
    clock: hall.clock.now,
  });
  const { s3 } = hall;
  done = await rehearse(
    { house: hall.house, s3, evidence: `${hall.table}-evidence`, papers: `${hall.table}-papers` },
    { house: restored, s3, evidence, papers },
    centreId,
    folder,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a restored centre', () => {
  test('is whole: every stream replayed, every file read', () => {
    expect(done).toMatchObject({ centre: centreId, files: 1, bad: [] });
    expect(done.events).toBeGreaterThan(50);
  });

  test('shows and keeps its evidence, though the store counts versions of its own', async () => {
    const head = await restored.store.head(centreId, { kind: 'case', id: record });
    const [entry] = head?.state.evidence ?? [];
    if (!entry) throw new Error('no evidence');
    const key = evidenceKey(centreId, record, entry);
    const version = await versionHere(restored, centreId, { key, entry });
    expect(version).not.toBe(entry.storedVersion);
    const shown = await fetch(await restored.files.viewUrl(key, version, '现场.jpg', 1));
    expect([shown.headers.get('content-type'), Buffer.from(await shown.arrayBuffer())]).toEqual([
      'image/jpeg',
      photo,
    ]);
    const lock = await hall.s3.send(new GetObjectRetentionCommand({ Bucket: evidence, Key: key }));
    expect(lock.Retention?.Mode).toBe('GOVERNANCE');
    expect(await versionHere(hall.house, centreId, { key, entry })).toBe(entry.storedVersion);
  });

  test('does not come from an archive whose photo was changed, or is missing', async () => {
    const shelf = folderShelf(folder);
    const head = await restored.store.head(centreId, { kind: 'case', id: record });
    const key = evidenceKey(centreId, record, { n: 1, sha256: head?.state.evidence[0]?.sha256 ?? '' });
    const path = join(folder, 'evidence', key);
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.from('another photo'));
    await expect(checkArchive(shelf)).rejects.toThrow('被改动过');
    rmSync(path);
    await expect(checkArchive(shelf)).rejects.toThrow();
    writeFileSync(path, bytes);
    expect((await checkArchive(shelf)).evidence).toEqual({ files: 1 });
  });
});
