// The nights of the journal: every day is sealed once, upon the day before, whatever breaks off between; what comes late is
// taken in; what stays out raises the alarm; and people who write at the same time never do.
import { randomUUID } from 'node:crypto';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { sealKey, sealObject } from '../../functions/keys.ts';
import { run } from '../../functions/run.ts';
import { eventsUnder, readSeal, type SealItem, sealAll, sealCentre } from '../../functions/seals.ts';
import { verifyCentre } from '../../local/verification.ts';
import { commandNamed } from '../../shared/commands.ts';
import { instantAt } from '../../shared/time.ts';
import { centreId, Xun } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeEach(async () => {
  hall = await openHouse();
});

const report = async (): Promise<string> => {
  const done = await hall.as('xun').post('/api/cases', finding());
  expect(done.status).toBe(201);
  return String(done.body.id);
};
const at = (day: string, clock: string) => hall.clock.set(instantAt(day, clock));
const sealOf = async (day: string) => {
  const item = await hall.house.store.get<SealItem>(sealKey(centreId, day), 'test');
  const read = item && readSeal(item.seal);
  if (!item || !read) throw new Error(`no seal of ${day}`);
  return { ...read, digest: item.digest, keys: (await eventsUnder(hall.house, read)).map(({ key }) => key) };
};
const verified = () => verifyCentre(hall.house.store, centreId, hall.clock.now(), hall.house);

describe('a night', () => {
  test('seals the day that is over, an hour after midnight and no sooner', async () => {
    const id = await report();
    at('2026-11-19', '00:59');
    expect(await sealCentre(hall.house, centreId)).toMatchObject({ days: 0 });
    at('2026-11-19', '01:00');
    const [first] = await sealAll(hall.house);
    expect(first).toMatchObject({ centre: centreId, days: 1, unsealed: 0 });
    const seal = await sealOf('2026-11-18');
    expect(seal.prev).toBe('0'.repeat(64));
    expect(seal.keys).toContainEqual(expect.stringContaining(`#case#${id}#00000001`));
    expect(seal.keys).toEqual([...seal.keys].sort());
    expect(seal.events).toBe(first?.events);
    expect(await sealCentre(hall.house, centreId)).toMatchObject({ days: 0, events: 0 });
    expect(await verified()).toMatchObject({ bad: [], seals: 1, sealed: seal.events });
  });

  test('makes up the nights that were missed, each upon the one before', async () => {
    at('2026-11-22', '09:00');
    expect(await sealCentre(hall.house, centreId)).toMatchObject({ days: 4 });
    const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
    const seals = await Promise.all(days.map(sealOf));
    expect(seals.map((seal) => seal.prev)).toEqual([
      '0'.repeat(64),
      ...seals.slice(0, 3).map((s) => s.digest),
    ]);
    expect(seals.map((seal) => seal.events > 0)).toEqual([true, false, false, false]);
  });

  test('that broke off between bucket and table is taken up where it lies', async () => {
    at('2026-11-19', '01:00');
    await sealCentre(hall.house, centreId);
    const before = await sealOf('2026-11-18');
    await hall.house.store.remove(sealKey(centreId, '2026-11-18'));
    expect((await verified()).bad).toContainEqual('封存 2026-11-18: 只在封存文件中,表中缺失');
    at('2026-11-19', '03:00');
    await sealCentre(hall.house, centreId);
    expect(await sealOf('2026-11-18')).toEqual(before);
    expect((await verified()).bad).toEqual([]);
  });

  test('takes in what arrived late, once', async () => {
    at('2026-11-19', '02:00');
    await sealCentre(hall.house, centreId);
    // Another server's clock was behind: it writes yesterday's time after yesterday was sealed.
    at('2026-11-18', '23:59');
    const id = await report();
    at('2026-11-21', '09:00');
    await sealCentre(hall.house, centreId);
    const seal = await sealOf('2026-11-19');
    expect(seal).toMatchObject({ late: 1, keys: [expect.stringContaining(id)] });
    expect((await sealOf('2026-11-20')).events).toBe(0);
    expect((await verified()).bad).toEqual([]);
  });

  test('cannot be undone: the seal lies under a lock nobody lifts, and nothing is put over it', async () => {
    at('2026-11-19', '01:00');
    await sealCentre(hall.house, centreId);
    const key = sealObject(centreId, '2026-11-18');
    expect(await hall.house.seals.putOnce(key, 'another', hall.clock.now())).toBe(false);
    const versions = await hall.s3.send(
      new ListObjectVersionsCommand({ Bucket: `${hall.table}-papers`, Prefix: key }),
    );
    const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
    await expect(
      hall.s3.send(
        new DeleteObjectCommand({
          ...{ Bucket: `${hall.table}-papers`, Key: key, VersionId: versions.Versions?.[0]?.VersionId },
          BypassGovernanceRetention: true,
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('what stays without a seal', () => {
  test('raises the alarm after 48 hours, for the auditor and the admin', async () => {
    await report();
    at('2026-11-20', '23:00');
    const due = async (who: string) => {
      const { body } = await hall.as(who).get('/api/obligations');
      return Array.isArray(body.items) ? body.items.filter(({ kind }) => kind === 'sealJournal') : body.code;
    };
    expect(await due('ji')).toMatchObject([{ matter: { id: '2026-11-18' }, overdue: false }]);
    at('2026-11-21', '00:30');
    expect(await due('guan')).toMatchObject([{ matter: { id: '2026-11-18' }, overdue: true }]);
    expect(await due('ke')).toEqual([]);
    expect((await verified()).bad[0]).toBe('封存 2026-11-18: 自此日起超过48小时未封存');
    await sealCentre(hall.house, centreId);
    expect(await due('ji')).toEqual([]);
  });

  test('is found when it was written behind every seal that still looks back', async () => {
    at('2026-11-24', '02:00');
    await sealCentre(hall.house, centreId);
    at('2026-11-19', '10:00');
    const id = await report();
    at('2026-11-24', '02:10');
    expect(await sealCentre(hall.house, centreId)).toMatchObject({ unsealed: 1 });
    const { body } = await hall.as('ji').get('/api/obligations');
    expect(JSON.stringify(body.items)).toContain('有1条记录超过48小时未封存');
    expect((await verified()).bad).toEqual([`case/${id} 第1版: 超过48小时未封存`]);
  });
});

test('people who write while several seal at the same time never raise an alarm', async () => {
  for (const day of ['2026-11-18', '2026-11-19', '2026-11-20']) {
    at(day, '23:50');
    const writing = Array.from({ length: 6 }, () =>
      run(hall.house, centreId, Xun, commandNamed('case.report'), {
        commandId: randomUUID(),
        fields: finding(),
      }),
    );
    at(
      day.replace(/\d\d$/, (d) => String(Number(d) + 1)),
      '01:00',
    );
    await Promise.all([...writing, ...[1, 2, 3].map(() => sealCentre(hall.house, centreId))]);
  }
  at('2026-11-23', '12:00');
  await sealCentre(hall.house, centreId);
  const found = await verified();
  expect(found.bad).toEqual([]);
  expect(found.sealed).toBe(found.events);
  expect((await hall.house.store.month(centreId, '2026-11', true)).case).toHaveLength(18);
});

describe('the door', () => {
  test('shows the auditor the seals, one seal, and the line for the day’s sheet', async () => {
    at('2026-11-21', '02:00');
    await sealCentre(hall.house, centreId);
    const { body } = await hall.as('ji').get('/api/seals?limit=2');
    expect(body).toMatchObject({ items: [{ day: '2026-11-20' }, { day: '2026-11-19' }], next: '2026-11-19' });
    const { body: rest } = await hall.as('ji').get('/api/seals?limit=2&after=2026-11-19');
    expect(rest).toMatchObject({ items: [{ day: '2026-11-18', prev: '0'.repeat(64) }], next: null });
    const { body: one } = await hall.as('guan').get('/api/seals/2026-11-18');
    expect(one).toMatchObject({
      parts: 1,
      part: 0,
      line: expect.stringContaining('日志封存 2026年11月18日'),
    });
    expect(Array.isArray(one.entries) && one.entries.length).toBe(one.events);
    for (const who of ['ban', 'ke', 'chu', 'xun', 'wai']) {
      expect((await hall.as(who).get('/api/seals')).body.code).toBe('access.denied');
      expect((await hall.as(who).get('/api/seals/2026-11-18')).body.code).toBe('access.denied');
    }
    expect((await hall.as('ji').get('/api/seals/2026-11-30')).body.code).toBe('thing.not-found');
    expect((await hall.as('ji').get(`/api/seals/${randomUUID()}`)).body.code).toBe('thing.not-found');
  });
});
