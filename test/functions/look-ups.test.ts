// Every address under which a file can be seen stands in the register, however often and by whomever it is asked for;
// and when its time is over nothing of the file is left, in any version.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { nightOf } from '../../functions/night.ts';
import { checkEvidence } from '../../local/evidence-check.ts';
import { evidenceKey } from '../../shared/evidence.ts';
import { instantAt, plusDays } from '../../shared/time.ts';
import { centreId, commandIdOf } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';
import { photoOf, reportWithPhoto } from '../proof-hall.ts';

let hall: TestHouse;
let record: string;
const issued: string[] = [];
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
});
