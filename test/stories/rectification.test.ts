// The lift's lamp, through the doors on the real engines: found, made into an order, urged in the night, put right on
// paper, sent back once, struck off; and a finding its reporter took back.
import { beforeAll, expect, test } from 'vitest';
import { nightOf } from '../../functions/night.ts';
import { centreId } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
const from = '2026-01-01';
beforeAll(async () => {
  hall = await openHouse();
  const entered = await hall.as('ban').post('/api/registry', {
    entries: [
      { kind: 'department', id: 'contractor-lift', name: '安达电梯公司', employer: 'contractor', from },
    ],
  });
  expect(entered.body).not.toHaveProperty('code');
});

const photo = (name: string, takenAt: string) => ({
  ...{ name, kind: 'photo', mediaType: 'image/jpeg', size: 200_000, sha256: 'a'.repeat(64), takenAt },
});
const kinds = async (who: string): Promise<string[]> => {
  const { body } = await hall.as(who).get('/api/obligations');
  const items = Array.isArray(body.items) ? body.items : [];
  return items
    .map((item: { kind: string }) => item.kind)
    .filter((kind) => kind !== 'missingEvidence')
    .sort();
};

test('an order goes from the finding to being struck off, and nobody loses a point', async () => {
  const found = await hall.as('xun').post('/api/cases', {
    ...finding({
      ...{ violation: 'ENV-FACIL', window: undefined, grid: 'grid-a', description: '电梯照明损坏' },
      subject: { kind: 'contractor', contractor: 'contractor-lift' },
      evidence: [photo('before.jpg', '2026-11-18T01:50:00.000Z')],
    }),
  });
  const abilities = (await hall.as('ge').get(`/api/cases/${found.body.id}`)).body.abilities;
  expect(abilities).toContain('rectification.order');
  const ordered = await hall.as('ge').post('/api/rectifications', {
    ...{ foundOn: '2026-11-18', case: found.body.id, responsible: 'contractor-lift', grid: 'grid-a' },
    ...{ requirement: '更换灯具', dueOn: '2026-11-20' },
  });
  expect(ordered.status).toBe(201);
  const at = `/api/rectifications/${ordered.body.id}`;
  expect((await hall.as('xun').get(`/api/cases/${found.body.id}`)).body).toMatchObject({
    state: { stage: 'rectifying', rectification: ordered.body.id },
  });
  expect(await kinds('ge')).toEqual(['rectify']);

  hall.clock.set('2026-11-23T02:00:00.000Z');
  expect(await nightOf(hall.house, centreId)).toMatchObject({ urged: 1, failed: 0 });
  expect(await nightOf(hall.house, centreId)).toMatchObject({ urged: 0, failed: 0 });
  expect((await hall.as('ge').get('/api/months/2026-11/board')).body.rectifications).toMatchObject([
    { stage: 'ordered', overdue: true, urged: 1, name: '安达电梯公司' },
  ]);

  const step = async (who: string, verb: string, fields: Record<string, unknown>) => {
    const answer = await hall.as(who).post(`${at}/${verb}`, fields);
    expect(answer.body, `${who} ${verb}`).not.toHaveProperty('code');
  };
  const done = (day: string) => ({
    ...{ doneAt: `${day}T01:00:00.000Z`, what: '已更换,见签字的维修单' },
    evidence: [photo(`after-${day}.jpg`, `${day}T01:00:00.000Z`)],
  });
  await step('ban', 'finish', done('2026-11-23'));
  expect(await kinds('ge')).toEqual(['recheck']);
  await step('xun', 'recheck', {
    ...{ passed: false, checkedAt: hall.clock.now(), opinion: '仍有一盏不亮', dueOn: '2026-11-24' },
  });
  await step('ban', 'finish', done('2026-11-23'));
  await step('ge', 'recheck', { passed: true, checkedAt: hall.clock.now(), opinion: '照明正常' });
  await step('ban', 'strike-off', {});
  expect(await kinds('ge')).toEqual([]);
  const { body } = await hall.as('ke').get(at);
  expect(body).toMatchObject({
    state: { stage: 'struckOff', sentBack: 1, urged: 1 },
    names: { 'contractor-lift': '安达电梯公司' },
    abilities: [],
  });
  const board = (await hall.as('ke').get('/api/months/2026-11/board')).body;
  expect(board).toMatchObject({ stages: { rectifying: 1 }, counts: { incidents: 0, personTimes: 0 } });
  expect((await hall.as('wai').get(at)).status).toBe(404);
  expect((await hall.as('lian').get(at)).status).toBe(404);
});

test('a reporter takes back what was a mistake, and sees the outcome of what was not', async () => {
  const report = async () => `/api/cases/${(await hall.as('xun').post('/api/cases', finding())).body.id}`;
  const mistake = await report();
  expect((await hall.as('xun').get(mistake)).body.abilities).toContain('case.withdraw');
  await hall.as('xun').post(`${mistake}/withdraw`, { reason: '看错了窗口' });
  expect((await hall.as('xun').get(mistake)).body).toMatchObject({ state: { stage: 'withdrawn' } });
  const kept = await report();
  await hall.as('ge').post(`${kept}/dismiss`, { reason: '当时在为群众查询政策' });
  const outcome = await hall.as('xun').get(kept);
  expect(outcome.body).toMatchObject({ state: { stage: 'dismissed' }, abilities: [] });
  expect(JSON.stringify(outcome.body)).toContain('当时在为群众查询政策');
  const late = await hall.as('xun').post(`${kept}/withdraw`, { reason: '撤回' });
  expect(late.body.code).toBe('case.wrong-stage');
});
