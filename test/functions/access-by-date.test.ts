// Access follows the dates of a role: who led a grid last month reads that month's cases of it, and nothing more.
import { beforeAll, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
const ids: Record<string, unknown> = {};
const report = async (name: string, time: string, window = 'window-a01', person = 'chuang') => {
  const told = await hall.as('xun').post('/api/cases', {
    ...finding({ window, subject: { kind: 'persons', persons: [person] } }),
    happened: { from: time, to: time, doubtSeconds: 0 },
  });
  expect(told.status, JSON.stringify(told.body)).toBe(201);
  ids[name] = told.body.id;
};

beforeAll(async () => {
  hall = await openHouse();
  await report('october', '2026-10-28T02:00:00.000Z');
  await report('otherGrid', '2026-10-28T02:00:00.000Z', 'window-b01', 'staff-0104');
  await report('november', '2026-11-03T02:00:00.000Z');
  await report('september', '2026-09-29T02:00:00.000Z');
  const grant = (id: string, change: object) => ({
    ...{ kind: 'grant', id, role: 'gridLeader', grid: 'grid-a' },
    ...change,
  });
  const entered = await hall.as('guan').post('/api/registry', {
    entries: [
      grant('ge-gridleader', { person: 'ge', from: '2026-10-01', until: '2026-10-31' }),
      grant('wai-gridleader', { person: 'wai', from: '2026-11-01' }),
    ],
  });
  expect(entered.status, JSON.stringify(entered.body)).toBe(201);
});

const codeOf = async (who: string, path: string): Promise<unknown> => {
  const told = await hall.as(who).get(path);
  return told.status === 200 ? 'read' : told.body.code;
};

test('the leader of last month reads the cases of his days in his grid', async () => {
  expect(await codeOf('ge', `/api/cases/${ids.october}`)).toBe('read');
  for (const name of ['november', 'september', 'otherGrid'])
    expect(await codeOf('ge', `/api/cases/${ids[name]}`), name).toBe('thing.not-found');
});

test('he finds them on the board of that month, without anybody’s score', async () => {
  const { body } = await hall.as('ge').get('/api/months/2026-10/board');
  expect(body).toMatchObject({ people: [], cases: [{ id: ids.october }] });
  for (const month of ['2026-09', '2026-11'])
    expect(await codeOf('ge', `/api/months/${month}/board`), month).toBe('access.denied');
});

test('and nothing more: he decides nothing, sees no score, no measure, no leave, nothing due', async () => {
  const verdict = { severity: 'minor', clause: '2', reason: '核实' };
  const decided = await hall.as('ge').post(`/api/cases/${ids.october}/confirm`, verdict);
  expect(decided.body.code).toBe('access.denied');
  for (const path of [
    '/api/months/2026-10/scores/chuang',
    '/api/months/2026-10/measures',
    '/api/months/2026-10/attendance',
    '/api/leaves?month=2026-10',
    '/api/obligations',
    `/api/cases/${ids.october}/presence`,
  ])
    expect(await codeOf('ge', path), path).toBe('access.denied');
});

test('the leader of today answers for the grid, its earlier cases too', async () => {
  for (const name of ['october', 'november', 'september'])
    expect(await codeOf('wai', `/api/cases/${ids[name]}`), name).toBe('read');
  expect(await codeOf('wai', `/api/cases/${ids.otherGrid}`)).toBe('thing.not-found');
});
