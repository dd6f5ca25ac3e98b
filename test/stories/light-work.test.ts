// Light work, through the doors on the real engines: one tap for a reminder, one request for the undisputed minor ones,
// one command for the windows at opening time.
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});
const idOf = async (more: Record<string, unknown> = {}, who = 'xun'): Promise<string> =>
  String((await hall.as(who).post('/api/cases', finding(more))).body.id);
interface Item {
  id: string;
  commandId: string;
  done: boolean;
  version?: number;
  problem?: { code: string };
}
const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && 'done' in value;
const itemsOf = (body: { items?: unknown }): Item[] =>
  Array.isArray(body.items) ? body.items.filter(isItem) : [];

test('a minor finding is reported and settled with one command', async () => {
  const settled = { clause: '3', said: '当场提醒,立即收起手机' };
  const done = await hall.as('xun').post('/api/cases/report-settled', { ...finding(), settled });
  expect(done).toMatchObject({ status: 201, body: { version: 2 } });
  expect((await hall.as('chuang').get(`/api/cases/${done.body.id}`)).body).toMatchObject({
    state: { stage: 'settledOnSpot', verdict: { severity: 'minor' } },
    abilities: ['case.appeal'],
  });
});

test('undisputed minor ones are confirmed in one request, each with its own receipt; what fails is told case by case', async () => {
  const good = [await idOf(), await idOf()];
  const own = await idOf({}, 'ge');
  const unknown = await idOf({ subject: { kind: 'unidentified' } });
  const far = await idOf({ window: 'window-b01', subject: { kind: 'persons', persons: ['staff-0104'] } });
  const sealed = await idOf({ violation: 'INT-BRIBE' });
  const grave = await idOf({ violation: 'ATT-ARGUE' });
  const none = `case-2026-11-${randomUUID()}`;
  const commandId = randomUUID();
  const cases = [...good, own, unknown, far, sealed, none].map((id) => ({ id, clause: '3' }));
  const body = {
    commandId,
    reason: '巡查照片清楚,本人无异议',
    cases: [...cases, { id: grave, clause: '5' }],
  };
  const answer = await hall.as('ge').post('/api/cases/confirm-batch', body);
  expect(answer.status).toBe(200);
  const items = itemsOf(answer.body);
  expect(items.map(({ id, done, problem }) => [id, done, problem?.code])).toEqual([
    [good[0], true, undefined],
    [good[1], true, undefined],
    [own, false, 'access.own-report'],
    [unknown, false, 'case.person-unidentified'],
    [far, false, 'access.denied'],
    [sealed, false, 'thing.not-found'],
    [none, false, 'thing.not-found'],
    [grave, false, 'case.not-minor'],
  ]);
  expect(new Set(items.map((item) => item.commandId)).size).toBe(8);
  const digest = await hall.digest();
  const again = itemsOf((await hall.as('ge').post('/api/cases/confirm-batch', body)).body);
  expect(again.slice(0, 2)).toEqual(items.slice(0, 2));
  expect(await hall.digest()).toBe(digest);
  expect((await hall.as('ke').get(`/api/cases/${good[0]}`)).body).toMatchObject({
    state: { stage: 'confirmed', verdict: { severity: 'minor', clause: '3' }, decidedBy: { person: 'ge' } },
  });
  expect((await hall.as('xun').post('/api/cases/confirm-batch', body)).status).toBe(403);
});

test('开门查岗 is one command that makes one finding for each empty window', async () => {
  const commandId = randomUUID();
  const call = {
    ...{ commandId, at: '2026-11-18T01:05:00.000Z' },
    windows: [
      { window: 'window-a01', result: 'finding', persons: ['chuang'] },
      { window: 'window-a02', result: 'finding' },
      { window: 'window-b01', result: 'fine' },
    ],
  };
  const done = await hall.as('xun').post('/api/inspections/roll-call', call);
  expect(done).toMatchObject({ status: 201, body: { id: `inspection-2026-11-18-${commandId}`, version: 3 } });
  for (const [nth, person] of [
    [1, 'chuang'],
    [2, 'staff-0103'],
  ] as const) {
    const read = await hall.as('xun').get(`/api/cases/case-2026-11-${commandId}.${nth}`);
    expect(read.body).toMatchObject({ state: { subject: { persons: [person] }, inspection: done.body.id } });
  }
  const again = await hall.as('xun').post('/api/inspections/roll-call', call);
  expect(again.body).toEqual(done.body);
  const round = await hall.as('ke').get(`/api/inspections/${done.body.id}`);
  expect(round.body).toMatchObject({ state: { stage: 'closed', counts: { finding: 2, fine: 1 } } });
});
