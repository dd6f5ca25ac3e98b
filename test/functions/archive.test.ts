// A centre's archive goes out of one table and into another, on the real engines: nothing is lost, nothing is changed, the
// journal's head is the same; and a month that freezes leaves one row for the province.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { type ArchiveList, journalHead, writeArchive } from '../../functions/archive.ts';
import { checkArchive, importArchive } from '../../functions/archive-import.ts';
import { bucketPapers, putObject } from '../../functions/bucket-shelf.ts';
import { enterChannel } from '../../functions/channels.ts';
import { sweep } from '../../functions/follow-up.ts';
import type { House } from '../../functions/house.ts';
import { createHouse } from '../../functions/house.ts';
import { checkKey, paperKey, tableRows } from '../../functions/keys.ts';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { readProvince } from '../../functions/province.ts';
import { createSealStore } from '../../functions/seal-store.ts';
import { sealAll } from '../../functions/seals.ts';
import { createStore } from '../../functions/store.ts';
import { folderShelf, putPaperIn } from '../../local/archive.ts';
import { createBuckets, createTable } from '../../local/create-table.ts';
import { system } from '../../shared/access.ts';
import { canonical } from '../../shared/canonical.ts';
import { Chu, centreEntry, centreId, commandIdOf, entries } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

const folder = mkdtempSync(join(tmpdir(), 'mingchuang-archive-'));
const shelf = folderShelf(folder);
const letter = `papers/${centreId}/letter/a.pdf`;
let hall: TestHouse;
let house: House;
let s3: S3Client;
let papers: string;
let elsewhere: House;
let otherPapers: string;
let list: ArchiveList;

const itemsOf = async ({ store }: House): Promise<string[]> => {
  const items: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await store.documents.send(
      new ScanCommand({
        TableName: store.table,
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    items.push(...(page.Items ?? []).map(canonical));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items.sort();
};
const sealed = (of: House, bucket: string): House => ({
  ...of,
  seals: createSealStore({ client: async () => s3, bucket }),
});

beforeAll(async () => {
  hall = await openHouse();
  s3 = new S3Client({
    ...{ endpoint: inject('objectStoreUrl'), region: 'local', forcePathStyle: true },
    credentials: inject('objectStoreCredentials'),
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  papers = `${hall.table}-papers`;
  house = sealed(hall.house, papers);
  const photo = { name: '现场.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 3, sha256: 'a'.repeat(64) };
  await hall.as('xun').post('/api/cases', finding({ evidence: [{ ...photo, takenAt: hall.clock.now() }] }));
  await hall.as('xun').post('/api/inspections', {});
  hall.clock.set('2026-12-04T18:00:00.000Z');
  await sealAll(house);
  const summed = await sumMonth(house, centreId, system, { commandId: commandIdOf(1), month: '2026-11' });
  expect(summed).toMatchObject({ ok: true });
  expect(
    await freezeMonth(house, centreId, Chu, { commandId: commandIdOf(2), month: '2026-11' }),
  ).toMatchObject({ ok: true });
  expect((await sweep(house, centreId, '2026-11-17')).failed).toBe(0);
  await putObject(s3, papers, letter, Buffer.from([0, 255, 1]));
  await house.store.put({
    ...paperKey(centreId, 'letter-a', 'paper'),
    object: letter,
    version: 'first',
    code: 'K7',
  });
  await house.store.put({ ...checkKey('K7'), centre: centreId, record: 'letter-a' });
  await enterChannel(house, centreId, {
    ...{
      kind: 'webhook',
      name: 'office',
      url: 'https://hall.example/in',
      secret: 'only-for-tests',
      topics: ['cases'],
    },
  });
  // A neighbour in the same table, of whom nothing may leave.
  await hall.found(
    'neighbour',
    entries.map((one) => (one.kind === 'centre' ? { ...centreEntry, id: 'neighbour' } : one)),
  );

  const table = `${hall.table}-elsewhere`;
  await createTable(hall.client, table);
  otherPapers = `${table}-papers`;
  await createBuckets(s3, {
    evidence: `${table}-evidence`,
    papers: otherPapers,
    origin: 'https://other.example',
  });
  const store = createStore({ client: hall.client, table });
  elsewhere = sealed(createHouse({ store, files: hall.house.files, clock: hall.clock.now }), otherPapers);
  list = await writeArchive(house, centreId, shelf, bucketPapers(s3, papers));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an archive', () => {
  test('is whole by its own list, and holds nothing secret and nothing of a neighbour', async () => {
    expect(await checkArchive(shelf)).toEqual(list);
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ndjson'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('');
    expect(all).not.toContain('only-for-tests');
    expect(all).not.toMatch(/"pk":"neighbour#/);
    expect(all).toContain('"record":"case-2026-11');
    expect(list.papers.map(({ key }) => key)).toEqual(
      expect.arrayContaining([`papers/${centreId}/letter/a.pdf`, `${centreId}/seals/2026-11-18/seal`]),
    );
  });

  test('goes in elsewhere item by item as it lay, with the same head of the journal', async () => {
    await importArchive(elsewhere, shelf, putPaperIn({ house: elsewhere, s3, papers: otherPapers }));
    const today = '2026-12-05';
    expect(await journalHead(elsewhere.store, centreId, today)).toEqual(
      await journalHead(house.store, centreId, today),
    );
    expect(list.journal.events).toBeGreaterThan(50);
    const ours = (await itemsOf(house)).filter(
      (item) => !/"pk":"(neighbour#|mingchuang#CHANNELS)|"sk":"neighbour"/.test(item),
    );
    const register = /"pk":"mingchuang#PAPER"/;
    const items = await itemsOf(elsewhere);
    expect(items.filter((one) => !register.test(one))).toEqual(ours.filter((one) => !register.test(one)));
    const [paper] = await elsewhere.store.partition<{ version: string }>('test', `${centreId}#PAPER`);
    const version = z.string().parse(paper?.version);
    const read = new GetObjectCommand({ Bucket: otherPapers, Key: letter, VersionId: version });
    expect([...((await (await s3.send(read)).Body?.transformToByteArray()) ?? [])]).toEqual([0, 255, 1]);
    const [before, after] = await Promise.all([
      house.seals.first(`${centreId}/seals/2026-11-18/seal`),
      elsewhere.seals.first(`${centreId}/seals/2026-11-18/seal`),
    ]);
    expect(after?.text).toBe(before?.text);
  });

  test('knows every kind of item there is: a new one is to be taken along, or left behind on purpose', () => {
    const family = (pk: string) => pk.replace(/^<centre>#/, '').split('#')[0] ?? '';
    const leftBehind = ['CHANNELS', 'UPLOAD', 'SIGNIN', 'OVERSEERS', 'MOVED'];
    const taken = [
      ...[
        '<yyyy-mm>',
        'ACCOUNT',
        'CARRY',
        'CENTRES',
        'CHECK',
        'COMPLAINT',
        'COUNTER',
        'CUT',
        'E',
        'F',
        'FIGURE',
      ],
      ...['INSPECTION', 'LETTER', 'LOOKUP', 'MONTHS', 'NUMBER', 'OPENING', 'PAPER', 'PARKED', 'PROJECTED'],
      ...['PROVINCE', 'R', 'REG', 'ROSTER', 'RULEBOOK', 'SEALS'],
    ];
    expect(new Set(tableRows().map(({ pk }) => family(pk)))).toEqual(new Set([...taken, ...leftBehind]));
  });

  test('goes in once; taken up again it changes nothing', async () => {
    const put = putPaperIn({ house: elsewhere, s3, papers: otherPapers });
    await expect(importArchive(elsewhere, shelf, put)).rejects.toThrow('已经有中心');
    const all = async () => (await itemsOf(elsewhere)).filter((one) => !/#PAPER"/.test(one));
    const before = await all();
    await importArchive(elsewhere, shelf, put, { again: true });
    expect(await all()).toEqual(before);
  });

  test('is refused when a single byte was changed, or it was broken off', async () => {
    const [first] = list.files;
    const path = join(folder, first?.name ?? '');
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[100] = (changed[100] ?? 0) ^ 1;
    writeFileSync(path, changed);
    await expect(checkArchive(shelf)).rejects.toThrow(`${first?.name} 被改动过`);
    writeFileSync(path, bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(first?.sha256);
    await expect(checkArchive(folderShelf(join(folder, 'papers')))).rejects.toThrow();
    await expect(shelf.get('../../etc/passwd')).rejects.toThrow('名字不对');
  });
});

test('what the journal does not know of stops an archive instead of staying behind unseen', async () => {
  const lost = { pk: `${centreId}#2026-11`, sk: 'CASE#case-2026-11-lost' };
  await house.store.put({ ...lost, state: '{}', version: 1, hash: '-', command: '-' });
  const elsewhere = folderShelf(join(folder, 'lost'));
  await expect(writeArchive(house, centreId, elsewhere, bucketPapers(s3, papers))).rejects.toThrow(
    'CASE#case-2026-11-lost stands in the table and not in the journal',
  );
  await hall.client.send(
    new DeleteItemCommand({ TableName: hall.table, Key: { pk: { S: lost.pk }, sk: { S: lost.sk } } }),
  );
});

describe('the overview of a province', () => {
  test('has one row a centre of a frozen month, counts only, and touches no centre', async () => {
    const touched: string[] = [];
    const { store } = house;
    const watched: House = {
      ...house,
      store: {
        ...store,
        partition: (operation, pk, ...more) => {
          touched.push(pk);
          return store.partition(operation, pk, ...more);
        },
      },
    };
    const rows = await readProvince(watched, '2026-11');
    expect(touched).toEqual(['PROVINCE#2026-11']);
    expect(rows).toMatchObject([{ centre: centreId, month: '2026-11', people: 8, name: centreEntry.name }]);
    expect(await readProvince(house, '2026-10')).toEqual([]);
    const names = entries.flatMap((one) => (one.kind === 'staff' ? [one.name] : []));
    expect(names.filter((name) => JSON.stringify(rows).includes(name))).toEqual([]);
  });
});
