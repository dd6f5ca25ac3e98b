// A day at window A01 through the API: leave and cover are filed, a patrol finds the seat empty, the grid leader is told
// who should have sat there and who did.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { instantAt } from '../../shared/time.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const day = '2026-11-18';
const clock = (time: string) => instantAt(day, time);
const morning = { kind: 'days', from: day, until: day, untilHalf: 'morning' };
const empty = (person: string, time: string) =>
  finding({
    violation: 'DIS-LATE',
    happened: { from: clock(time), to: clock(time), doubtSeconds: 0 },
    subject: { kind: 'persons', persons: [person] },
    description: '窗口无人',
  });
const verdict = { severity: 'minor', clause: '1', minutes: 10, reason: '现场核实' };
const presence = (who: string, time: string) =>
  hall.as(who).get(`/api/presence?window=window-a01&at=${clock(time)}`);

describe('a day at a window', () => {
  test('who was there has one answer, with its sources', async () => {
    hall.clock.set(clock('08:30'));
    const sick = { person: 'chuang', kind: 'sick', stretch: morning, reason: '发热' };
    const filed = await hall.as('shou').post('/api/leaves', sick);
    expect(filed.status).toBe(201);
    const cover = {
      ...{ window: 'window-a01', person: 'staff-0103', absent: 'chuang', way: 'abRole' },
      stretch: { kind: 'clock', from: clock('10:00'), to: clock('11:00') },
    };
    expect((await hall.as('shou').post('/api/covers', cover)).status).toBe(201);
    hall.clock.set(clock('10:20'));
    const seen = await presence('ge', '10:20');
    expect(seen.body).toMatchObject({
      opening: { open: true, why: 'regular' },
      should: [
        { person: 'chuang', away: { kind: 'leave', slip: filed.body.id, leave: 'sick', late: false } },
        { person: 'staff-0102' },
      ],
      covering: [{ person: 'staff-0103', absent: 'chuang' }],
      did: ['staff-0102', 'staff-0103'],
      names: { chuang: '庄窗' },
    });
    expect((await presence('ge', '12:20')).body).toMatchObject({ opening: { open: false }, did: [] });
  });

  test('the kind of leave is told to those who may read the leave, and nobody else is told anything', async () => {
    const patrol = await presence('xun', '10:20');
    expect(patrol.body).toMatchObject({ should: [{ person: 'chuang', away: { kind: 'leave' } }, {}] });
    expect(JSON.stringify(patrol.body)).not.toContain('sick');
    for (const stranger of ['gong', 'san', 'chuang', 'lian', 'wai'])
      expect((await presence(stranger, '10:20')).body.code, stranger).toBe('access.denied');
  });

  test('an empty seat during leave is no violation', async () => {
    hall.clock.set(clock('10:30'));
    const { id } = (await hall.as('xun').post('/api/cases', empty('chuang', '10:20'))).body;
    const told = await hall.as('ge').get(`/api/cases/${id}/presence`);
    expect(told.body).toMatchObject({
      excuse: { why: 'away', late: false },
      moments: [{ at: clock('10:20') }],
    });
    const confirmed = await hall.as('ge').post(`/api/cases/${id}/confirm`, verdict);
    expect(confirmed.body.code).toBe('case.excused');
    expect((await hall.as('ge').post(`/api/cases/${id}/dismiss`, { reason: '病假' })).status).toBe(200);
    expect((await hall.as('gong').get(`/api/cases/${id}/presence`)).body.code).toBe('thing.not-found');
  });

  test('leave entered after the finding is for the grid leader to decide', async () => {
    hall.clock.set(clock('10:50'));
    const { id } = (await hall.as('xun').post('/api/cases', empty('staff-0102', '10:40'))).body;
    hall.clock.set(clock('14:00'));
    await hall.as('shou').post('/api/leaves', { person: 'staff-0102', kind: 'out', stretch: morning });
    const told = await hall.as('ge').get(`/api/cases/${id}/presence`);
    expect(told.body).toMatchObject({ excuse: { why: 'away', late: true } });
    const asked = await hall.as('ge').post(`/api/cases/${id}/confirm`, verdict);
    expect(asked.body.code).toBe('case.leave-filed-late');
    const despite = { ...verdict, despite: '监控显示在大厅内闲聊' };
    expect((await hall.as('ge').post(`/api/cases/${id}/confirm`, despite)).status).toBe(200);
    expect(JSON.stringify((await hall.as('ke').get(`/api/cases/${id}`)).body.history)).toContain('闲聊');
  });

  test('an empty seat while the window is suspended is no violation', async () => {
    const repair = {
      ...{
        kind: 'hours',
        id: 'repair',
        service: 'suspended',
        scope: { window: 'window-a01' },
        notice: '设备检修',
      },
      ...{ spans: [{ from: '15:00', to: '16:00' }], from: day, until: day },
    };
    await hall.as('ban').post('/api/registry', { entries: [repair] });
    hall.clock.set(clock('15:40'));
    expect((await presence('ge', '15:30')).body).toMatchObject({
      opening: { open: false, why: 'suspended', entry: 'repair', notice: '设备检修' },
    });
    const { id } = (await hall.as('xun').post('/api/cases', empty('chuang', '15:30'))).body;
    const refused = await hall.as('ge').post(`/api/cases/${id}/confirm`, verdict);
    expect(refused.body.code).toBe('case.excused');
  });
});

describe('the register', () => {
  test('lets eight file at once without meeting, and the same filing eight times is one', async () => {
    const annual = (n: number) => ({
      ...{ person: 'staff-0103', kind: 'annual' },
      stretch: { kind: 'days', from: `2026-12-0${n + 1}`, until: '2027-01-04' },
    });
    const apart = await Promise.all(
      Array.from({ length: 8 }, (_, n) => hall.as('shou').post('/api/leaves', annual(n))),
    );
    expect(apart.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const commandId = randomUUID();
    const same = await Promise.all(
      Array.from({ length: 8 }, () => hall.as('ban').post('/api/leaves', { ...annual(0), commandId })),
    );
    expect(new Set(same.map(({ body }) => body.id)).size).toBe(1);
    expect(same.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const january = await hall.as('ban').get('/api/leaves?month=2027-01');
    expect(january.body.items).toHaveLength(9);
  });

  test('shows each reader what is theirs, and a record its way', async () => {
    const months = async (who: string) => (await hall.as(who).get('/api/leaves?month=2026-11')).body;
    expect((await months('ban')).items).toHaveLength(3);
    expect((await months('ge')).items).toHaveLength(3);
    expect((await months('chuang')).items).toMatchObject([{ kind: 'leave', state: { person: 'chuang' } }]);
    expect((await months('gong')).items).toEqual([]);
    expect((await months('wai')).code).toBe('access.denied');
    const { items } = await hall
      .as('shou')
      .get('/api/leaves?month=2026-11&limit=1')
      .then(({ body }) => body);
    const [one] = z.array(z.looseObject({ id: z.string(), kind: z.string() })).parse(items);
    const { id = '', kind = '' } = one ?? {};
    const at = `/api/${kind}s/${id}`;
    const record = await hall.as('shou').get(at);
    expect(record.body).toMatchObject({ abilities: [`${kind}.correct`, `${kind}.withdraw`] });
    expect((await hall.as('shou').post(`${at}/withdraw`, { reason: '未请' })).status).toBe(200);
    expect((await hall.as('shou').post(`${at}/withdraw`, { reason: '未请' })).body.code).toBe(
      'slip.withdrawn',
    );
    expect((await hall.as('shou').get(at)).body).toMatchObject({
      abilities: [],
      state: { stage: 'withdrawn' },
    });
  });
});

describe('what rounds saw, and clocks in doubt', () => {
  test('a patrol that passed by is named as a source, as long as it was near', async () => {
    const round = await hall
      .as('xun')
      .post('/api/inspections', { kind: 'patrol', grid: 'grid-a', startedAt: clock('14:00') });
    const looks = [
      { window: 'window-a01', at: clock('14:05'), result: 'fine', staffSeen: ['staff-0102'] },
      { window: 'window-a02', at: clock('14:06'), result: 'fine', staffSeen: ['staff-0103'] },
    ];
    hall.clock.set(clock('17:00'));
    expect((await hall.as('xun').post(`/api/inspections/${round.body.id}/record`, { looks })).status).toBe(
      200,
    );
    const near = (await presence('ge', '14:20')).body;
    expect(near.sightings).toEqual([
      ...[{ inspection: round.body.id, window: 'window-a01', at: clock('14:05'), result: 'fine' }].map(
        (one) => ({
          ...one,
          persons: ['staff-0102'],
        }),
      ),
    ]);
    expect(near.should).toContainEqual(
      expect.objectContaining({ person: 'staff-0102', seenAt: clock('14:05') }),
    );
    expect((await presence('ge', '16:20')).body.sightings).toEqual([]);
  });

  test('a finding whose doubt spans a shift border is not confirmed in batch, and says so', async () => {
    const found = async (time: string, doubtSeconds: number) => {
      const happened = { from: clock(time), to: clock(time), doubtSeconds };
      return (await hall.as('xun').post('/api/cases', finding({ happened }))).body.id;
    };
    const [sure, doubtful] = [await found('11:58', 60), await found('11:58', 180)];
    const cases = [sure, doubtful].map((id) => ({ id, clause: '3' }));
    const batch = await hall.as('ge').post('/api/cases/confirm-batch', { reason: '无争议', cases });
    expect(batch.body.items).toMatchObject([
      { done: true },
      { done: false, problem: { code: 'case.doubt-at-border', detail: '12:00' } },
    ]);
    const told = (await hall.as('ge').get(`/api/cases/${doubtful}/presence`)).body;
    expect(told).toMatchObject({ doubtful: [clock('12:00')], moments: [{ opening: { open: true } }, {}] });
    expect((await hall.as('ge').get(`/api/cases/${sure}/presence`)).body).not.toHaveProperty('doubtful');
    const alone = { severity: 'minor', clause: '3', reason: '核对录像,在服务时间内' };
    expect((await hall.as('ge').post(`/api/cases/${doubtful}/confirm`, alone)).status).toBe(200);
  });
});
