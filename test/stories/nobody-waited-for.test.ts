// Nobody is waited for, through the doors on the real engines: a leader goes away and hands on the role; a leader's own
// finding passes to the next one.
import { beforeAll, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});
const verdict = { severity: 'evident', clause: '3', reason: '调阅现场照片,属实' };

test('a grid leader hands on the grid, and what the deputy does is shown as 代', async () => {
  const given = await hall.as('ge').post('/api/registry/delegate', {
    ...{ to: 'wai', role: 'gridLeader', grid: 'grid-a', from: '2026-11-18', until: '2026-11-20' },
  });
  expect(given.status).toBe(201);
  const me = await hall.as('wai').get('/api/me');
  expect(me.body).toMatchObject({ roles: [{ role: 'gridLeader', grid: 'grid-a', delegatedBy: 'ge' }] });
  const { body } = await hall.as('xun').post('/api/cases', finding());
  const at = `/api/cases/${body.id}`;
  expect((await hall.as('wai').post(`${at}/confirm`, verdict)).status).toBe(200);
  const read = await hall.as('ke').get(at);
  expect(read.body).toMatchObject({
    state: { decidedBy: { person: 'wai', role: 'gridLeader', for: 'ge' } },
    history: [{ byName: '荀巡' }, { byName: '卫外(代)' }],
    names: { ge: '葛格', wai: '卫外' },
  });
  const ended = await hall
    .as('ge')
    .post(`/api/registry/${given.body.id}/end-delegation`, { until: '2026-11-17' });
  expect(ended.status).toBe(200);
  expect((await hall.as('wai').get(at)).status).toBe(404);
});

test('what a grid leader found passes to another one, who is told of it, or to a section head', async () => {
  const { body } = await hall.as('ge').post('/api/cases', finding());
  const at = `/api/cases/${body.id}`;
  expect((await hall.as('ge').post(`${at}/confirm`, verdict)).body.code).toBe('access.own-report');
  const due = await hall.as('gong').get('/api/obligations');
  expect(due.body.items).toContainEqual(
    expect.objectContaining({ kind: 'verify', matter: { kind: 'case', id: body.id } }),
  );
  expect((await hall.as('gong').get(at)).body.abilities).toContain('case.confirm');
  expect((await hall.as('gong').post(`${at}/confirm`, verdict)).status).toBe(200);
  const ordinary = await hall.as('xun').post('/api/cases', finding());
  expect((await hall.as('gong').get(`/api/cases/${ordinary.body.id}`)).status).toBe(404);
  const second = await hall.as('ge').post('/api/cases', finding());
  expect((await hall.as('ke').post(`/api/cases/${second.body.id}/confirm`, verdict)).status).toBe(200);
});

test('the cases of a leader on leave pass to the next one, until the leader is back', async () => {
  const { body } = await hall.as('xun').post('/api/cases', finding());
  const at = `/api/cases/${body.id}`;
  const waiting = expect.objectContaining({ matter: { kind: 'case', id: body.id }, kind: 'verify' });
  const dueOf = async (who: string) => (await hall.as(who).get('/api/obligations')).body.items;
  const file = (stretch: object, kind = 'annual') =>
    hall.as('ban').post('/api/leaves', { person: 'ge', kind, stretch });
  // Out for an hour is not away.
  const out = { from: '2026-11-18T01:30:00.000Z', to: '2026-11-18T03:30:00.000Z' };
  expect((await file({ kind: 'clock', ...out }, 'out')).status).toBe(201);
  expect((await hall.as('gong').post(`${at}/confirm`, verdict)).body.code).toBe('access.denied');
  expect(await dueOf('gong')).not.toContainEqual(waiting);
  const away = await file({ kind: 'days', from: '2026-11-18', until: '2026-11-20' });
  expect(await dueOf('gong')).toContainEqual(waiting);
  expect((await hall.as('gong').get(at)).body.abilities).toContain('case.confirm');
  expect((await hall.as('shou').post(`${at}/confirm`, verdict)).body.code).toBe('access.denied');
  expect((await hall.as('gong').post(`${at}/confirm`, verdict)).status).toBe(200);
  const second = await hall.as('xun').post('/api/cases', finding());
  const back = { stretch: { kind: 'days', from: '2026-11-17', until: '2026-11-17' }, reason: '提前销假' };
  expect((await hall.as('ban').post(`/api/leaves/${away.body.id}/correct`, back)).status).toBe(200);
  expect((await hall.as('gong').post(`/api/cases/${second.body.id}/confirm`, verdict)).body.code).toBe(
    'access.denied',
  );
  expect((await hall.as('gong').get(`/api/cases/${second.body.id}`)).status).toBe(404);
});
