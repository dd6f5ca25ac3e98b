// Every address under which a file can be seen stands in the register, however often and by whomever it is asked for;
// and when its time is over nothing of the file is left, in any version.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, inject, test } from 'vitest';
import { createEvidenceStore } from '../../functions/evidence-store.ts';
import { nightOf } from '../../functions/night.ts';
import { checkEvidence } from '../../local/evidence-check.ts';
import { checkLooks } from '../../local/look-check.ts';
import { evidenceKey } from '../../shared/evidence.ts';
import { instantAt, plusDays } from '../../shared/time.ts';
import { centreId, commandIdOf } from '../cast.ts';
import { noteFigures } from '../figures.ts';
import { openHouse, type TestHouse } from '../house.ts';
import { photoOf, reportWithPhoto } from '../proof-hall.ts';

let hall: TestHouse;
let record: string;
const issued: string[] = [];
const figures: Record<string, number> = {};
beforeAll(async () => {
  hall = await openHouse();
  record = (await reportWithPhoto(hall, 'seen')).split('/').at(-1) ?? '';
  const { files } = hall.house;
  const real = files.viewUrl;
  files.viewUrl = async (...given) => {
    const url = await real(...given);
    issued.push(url);
    return url;
  };
});

const whereItLies = async () => {
  const head = await hall.house.store.head(centreId, { kind: 'case', id: record });
  const [entry] = head?.state.evidence ?? [];
  if (entry?.storedVersion === undefined) throw new Error('nothing lies there');
  return { key: evidenceKey(centreId, record, entry), version: entry.storedVersion, name: '现场.jpg' };
};

const rows = async () =>
  (await hall.house.store.events(centreId, { kind: 'lookup', id: `${record}~1` })).length;

test('an address is given for each row of the register, and a row stands for each address', async () => {
  const view = (who: string, fields: object) =>
    hall.as(who).post(`/api/evidence/${record}/1/views`, { reason: '核对', ...fields });
  const everybody = [
    'xun',
    'ge',
    'gong',
    'ke',
    'chu',
    'ban',
    'ji',
    'shou',
    'lian',
    'chuang',
    'staff-0104',
    'wai',
  ];
  let given = 0;
  for (const who of everybody) given += 'url' in (await view(who, {})).body ? 1 : 0;
  const alone = given;
  // Pressed twice, sent eight times at once, sent again later: an address is only ever had with a row of its own time.
  const again = { commandId: commandIdOf(701) };
  for (const told of await Promise.all(Array.from({ length: 8 }, () => view('ke', again))))
    given += 'url' in told.body ? 1 : 0;
  hall.clock.set('2026-11-18T05:00:00.000Z');
  expect((await view('ke', again)).body.code).toBe('command.reused');
  expect((await view('ke', { reason: '' })).body.code).toBe('request.invalid');
  expect(issued.length).toBe(given);
  expect(alone).toBeGreaterThan(5);
  expect(await rows()).toBe(alone + 1);
  const register = await hall.as('ji').get(`/api/evidence/${record}/1/views`);
  expect(register.body.items).toHaveLength(await rows());
  Object.assign(figures, {
    'people who asked to see a file': everybody.length,
    'addresses given for it': issued.length,
    'rows in its register (eight presses of one look are one row)': await rows(),
    'addresses without a row': 0,
  });
});

test('whoever saw a file stands in its register: the store’s own log is held against it', async () => {
  // Addresses are stamped by the machine's clock, so here the house has the same.
  hall.clock.set(new Date().toISOString());
  const view = async (reason: string) =>
    String((await hall.as('ke').post(`/api/evidence/${record}/1/views`, { reason })).body.url);
  const told: string[] = [];
  const log = join(mkdtempSync(join(tmpdir(), 'mingchuang-looks-')), 'access.log');
  const check = async (inside = hall.house.store) => {
    const lines = readFileSync(inject('objectStoreLog'), 'utf8').split(/(?<=\n)/);
    writeFileSync(log, lines.filter((line) => line.startsWith(`- ${hall.table}-evidence `)).join(''));
    return checkLooks(inside, centreId, log, (what, wrong) => told.push(`${what}: ${wrong}`));
  };
  const before = await check();
  const [one, two] = [await view('复核'), await view('再看一遍')];
  for (const url of [one, one, two]) expect((await fetch(url)).status).toBe(200);
  expect(await check()).toBe(before + 2);
  expect(told).toEqual([]);
  // Neither the row nor the day of an address can be changed by whoever holds it; an unsigned read leaves no line.
  expect((await fetch(one.replace(/x-look=\d+/, 'x-look=1'))).status).toBe(403);
  expect(await check()).toBe(before + 2);

  const { key, version, name } = await whereItLies();
  const files = createEvidenceStore({ client: async () => hall.s3, bucket: `${hall.table}-evidence` });
  const past = async (row: number): Promise<string[]> => {
    told.length = 0;
    expect((await fetch(await files.viewUrl(key, version, name, row))).status).toBe(200);
    await check();
    return [...told];
  };
  expect(await past(99)).toEqual([`证据 ${record}~1: 有人看过,而调阅登记中没有这一次`]);
  expect(await past(1)).toContain(`证据 ${record}~1: 看过的地址不是登记第 1 行当时签发的`);
  // A row taken out of the register leaves an address without one.
  told.length = 0;
  const { event } = hall.house.store;
  const gone = await rows();
  await check({
    ...hall.house.store,
    event: async (centre, ref, at) => (at === gone ? undefined : event(centre, ref, at)),
  });
  expect(told.filter((line) => line.endsWith('没有这一次'))).toHaveLength(2);
  Object.assign(figures, {
    'addresses used, by the log of the store': await check(),
    'made past the register, or their row taken out: found': 3,
    'of these missed': 0,
  });
});

test('when its time is over every version is gone, the record says so, and no address is given', async () => {
  const head = await hall.house.store.head(centreId, { kind: 'case', id: record });
  const [entry] = head?.state.evidence ?? [];
  if (!entry?.keepUntil) throw new Error('nothing says how long it is kept');
  const key = evidenceKey(centreId, record, entry);
  const lying = async () => (await hall.house.files.everyVersion(`${centreId}/evidence/`)).get(key) ?? [];
  hall.clock.set(instantAt(entry.keepUntil, '23:00'));
  await nightOf(hall.house, centreId);
  expect(await lying()).toHaveLength(1);
  hall.clock.set(instantAt(plusDays(entry.keepUntil, 1), '01:00'));
  expect(await nightOf(hall.house, centreId)).toMatchObject({ purged: 1, failed: 0 });
  expect(await lying()).toEqual([]);
  expect(await nightOf(hall.house, centreId)).toMatchObject({ purged: 0 });
  const before = await rows();
  expect((await hall.as('ke').post(`/api/evidence/${record}/1/views`, { reason: '核对' })).body.code).toBe(
    'evidence.already-purged',
  );
  expect(await rows()).toBe(before);
  const faults = async (): Promise<string[]> => {
    const now = await hall.house.store.head(centreId, { kind: 'case', id: record });
    const found: string[] = [];
    await checkEvidence(hall.house, centreId, now ? [now] : [], (what, wrong) =>
      found.push(`${what}: ${wrong}`),
    );
    return found;
  };
  expect(await faults()).toEqual([]);
  // Put back by hand, even the very same bytes are reported.
  await hall.s3.send(
    new PutObjectCommand({ Bucket: `${hall.table}-evidence`, Key: key, Body: photoOf('seen').bytes }),
  );
  expect(await faults()).toEqual([`证据 ${record}~1: 已登记清除,而文件仍在`]);
  noteFigures('privacy.looks', {
    ...figures,
    'versions and delete marks left of a purged file': 0,
    'the same bytes put back by hand: reported': 1,
  });
});
