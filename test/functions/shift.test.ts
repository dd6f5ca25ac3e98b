// A patrol's day through the API: one answer to take along, the round it walks, how evenly the windows were seen, and
// what became of the reports.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { instantAt } from '../../shared/time.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const day = '2026-11-18';
const clock = (time: string) => instantAt(day, time);
const morning = { kind: 'days', from: day, until: day, untilHalf: 'morning' };

describe('a shift', () => {
  test('takes along who sits where through the day, without telling which leave it is', async () => {
    hall.clock.set(clock('08:30'));
    const sick = { person: 'chuang', kind: 'sick', stretch: morning, reason: '发热' };
    expect((await hall.as('shou').post('/api/leaves', sick)).status).toBe(201);
    const cover = {
      ...{ window: 'window-a01', person: 'staff-0103', absent: 'chuang', way: 'abRole' },
      stretch: { kind: 'clock', from: clock('10:00'), to: clock('11:00') },
    };
    expect((await hall.as('shou').post('/api/covers', cover)).status).toBe(201);
    const { body } = await hall.as('xun').get('/api/shift');
    expect(body).toMatchObject({
      day,
      centre: { photosFromAlbum: false },
      grids: [{ id: 'grid-a', hall: '一号大厅' }, {}, {}, {}],
      rules: { clauses: [{ code: '1' }, { code: '2', range: { from: 100, to: 500 } }, {}, {}, {}] },
      rounds: [],
    });
    expect(JSON.stringify(body)).not.toContain('sick');
    const [a01] = Object(body.windows);
    const at = (time: string) => a01.seats.findLast((span: { from: string }) => span.from <= clock(time));
    expect(a01).toMatchObject({ number: 'A01', grid: 'grid-a', department: 'department-tax' });
    expect(at('10:30')).toMatchObject({
      open: true,
      should: [{ person: 'chuang', away: 'leave' }, { person: 'staff-0102' }],
      covering: ['staff-0103'],
    });
    expect(at('12:30')).toMatchObject({ open: false, should: [] });
    expect(at('14:30')).toMatchObject({
      should: [{ person: 'chuang' }, { person: 'staff-0102' }],
      covering: [],
    });
    expect(at('14:30').should[0]).not.toHaveProperty('away');
  });

  test('is for those who walk rounds; a grid leader is told of their own grid', async () => {
    const { body } = await hall.as('ge').get('/api/shift');
    expect(Object(body.windows).map(({ number }: { number: string }) => number)).toEqual(['A01', 'A02']);
    for (const stranger of ['san', 'chuang', 'lian', 'wai'])
      expect((await hall.as(stranger).get('/api/shift')).body.code, stranger).toBe('access.denied');
  });

  test('tells who enters sheets of paper whose patrol one may be', async () => {
    const { body } = await hall.as('ban').get('/api/shift');
    expect(body.walkers).toContainEqual({ id: 'xun', name: '荀巡', from: expect.any(String) });
    expect(body.walkers).toContainEqual(expect.objectContaining({ id: 'ge', grid: 'grid-a' }));
    const known = Object(body.walkers).map(({ id }: { id: string }) => id);
    for (const stranger of ['ban', 'ke', 'guan', 'san']) expect(known).not.toContain(stranger);
    expect((await hall.as('xun').get('/api/shift')).body).not.toHaveProperty('walkers');
  });

  test('goes on with a round that was begun, on whichever tablet', async () => {
    hall.clock.set(clock('10:20'));
    const opened = await hall
      .as('xun')
      .post('/api/inspections', { kind: 'patrol', grid: 'grid-a', startedAt: clock('10:15') });
    const round = String(opened.body.id);
    const looks = [
      { window: 'window-a01', at: clock('10:16'), result: 'fine', staffSeen: ['staff-0102'] },
      { window: 'window-a02', at: clock('10:17'), result: 'notSeen' },
    ];
    expect((await hall.as('xun').post(`/api/inspections/${round}/record`, { looks })).status).toBe(200);
    const { body } = await hall.as('xun').get('/api/shift');
    expect(body.rounds).toMatchObject([
      { id: round, grid: 'grid-a', looks: [{ window: 'window-a01', staffSeen: ['staff-0102'] }, {}] },
    ]);
    await hall.as('xun').post(`/api/inspections/${round}/close`, { endedAt: clock('10:18') });
    expect((await hall.as('xun').get('/api/shift')).body.rounds).toEqual([]);
  });

  test('coverage counts what was really seen, and windows nobody looked at are there with nothing', async () => {
    const { body } = await hall.as('ke').get(`/api/shift/coverage?from=2026-11-01&to=${day}`);
    expect(body).toMatchObject({ from: '2026-11-01', to: day, rounds: 1 });
    const looks = Object.fromEntries(
      Object(body.windows).map((one: { number: string; looks: number }) => [one.number, one.looks]),
    );
    expect(looks).toEqual({ A01: 1, A02: 0, B01: 0, C01: 0, C02: 0, D01: 0 });
    const tooLong = await hall.as('ke').get(`/api/shift/coverage?from=2026-01-01&to=${day}`);
    expect(tooLong.body.from).toBe('2026-10-19');
    const backwards = await hall.as('ke').get(`/api/shift/coverage?from=${day}&to=2026-11-01`);
    expect(backwards.body).toMatchObject({ rounds: 0 });
  });

  test('reporters see what became of their own reports, with what they took it for, and no others', async () => {
    hall.clock.set(clock('10:40'));
    const phone = finding({
      happened: { from: clock('10:30'), to: clock('10:30'), doubtSeconds: 3 },
      suggested: { clause: '3', severity: 'minor' },
    });
    const { id } = (await hall.as('xun').post('/api/cases', { ...phone, commandId: randomUUID() })).body;
    await hall.as('ge').post('/api/cases', { ...finding(), commandId: randomUUID() });
    hall.clock.set(clock('10:45'));
    const praise = { type: 'BON-VISIT', day, persons: ['staff-0102'], description: '为行动不便的群众上门' };
    await hall.as('xun').post('/api/bonuses', praise);
    const { body } = await hall.as('xun').get('/api/shift/reports?month=2026-11');
    expect(body.items).toMatchObject([
      { kind: 'bonus' },
      { kind: 'case', id, state: { stage: 'reported', suggested: { clause: '3' } }, missing: 0 },
    ]);
    expect(Object(body.items)).toHaveLength(2);
    expect((await hall.as('chuang').get('/api/shift/reports?month=2026-11')).body.code).toBe('access.denied');
    const page = await hall.as('xun').get('/api/shift/reports?month=2026-11&limit=1');
    const rest = await hall
      .as('xun')
      .get(`/api/shift/reports?month=2026-11&after=${encodeURIComponent(String(page.body.next))}`);
    expect(Object(rest.body.items)).toHaveLength(1);
    expect(rest.body.next).toBeNull();
  });
});
