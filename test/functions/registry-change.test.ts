// The hall changes in mid-year, through the API: somebody moves, a window comes to another grid, a department is merged.
// What happened stays where it happened; from then on the new holds, and letters go to the heir.
import { beforeAll, expect, test } from 'vitest';
import { finding, openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const at = (time: string) => ({ happened: { from: time, to: time, doubtSeconds: 0 } });
const report = async (change: object) =>
  (await hall.as('xun').post('/api/cases', finding({ ...change }))).body;
const stateOf = async (id: unknown) => (await hall.as('ke').get(`/api/cases/${id}`)).body.state;
const change = (fields: object, who = 'ban') => hall.as(who).post('/api/registry/change', { change: fields });

test('a finding of last week stays with the grid of last week', async () => {
  const cut = { kind: 'moveWindow', window: 'window-a01', grid: 'grid-b', from: '2026-11-16' };
  expect((await change(cut, 'shou')).body.code).toBe('access.denied');
  expect((await change(cut)).status).toBe(201);
  const before = await report(at('2026-11-13T01:50:00.000Z'));
  const after = await report(at('2026-11-17T01:50:00.000Z'));
  expect(await stateOf(before.id)).toMatchObject({ grid: 'grid-a' });
  expect(await stateOf(after.id)).toMatchObject({ grid: 'grid-b' });
  expect((await hall.as('ge').get(`/api/cases/${before.id}`)).status).toBe(200);
  expect((await hall.as('ge').get(`/api/cases/${after.id}`)).body.code).toBe('thing.not-found');
  expect((await hall.as('gong').get(`/api/cases/${after.id}`)).status).toBe(200);
});

test('somebody who moved is told of under each department on its days', async () => {
  const move = {
    ...{ kind: 'moveStaff', staff: 'staff-0107', department: 'department-social', from: '2026-11-16' },
    ...{ ends: ['staff-0107-window-c02'], windows: ['window-c01'] },
  };
  expect((await change(move)).status).toBe(201);
  const subject = { kind: 'persons', persons: ['staff-0107'] };
  const before = await report({ ...at('2026-11-13T01:50:00.000Z'), window: 'window-c02', subject });
  const after = await report({ ...at('2026-11-17T01:50:00.000Z'), window: 'window-c01', subject });
  expect(await stateOf(before.id)).toMatchObject({ department: 'department-tax' });
  expect(await stateOf(after.id)).toMatchObject({ department: 'department-social' });
});

test('a merged department keeps its cases, its people have a new one, and letters go to the heir', async () => {
  const { id } = await report({
    ...{ violation: 'BIZ-DELAY', description: '超过承诺时限办理' },
    ...at('2026-11-17T02:50:00.000Z'),
  });
  const verdict = { severity: 'evident', clause: '4', reason: '已核对' };
  expect((await hall.as('gong').post(`/api/cases/${id}/confirm`, verdict)).status).toBe(200);
  const notice = await hall.as('shou').post(`/api/cases/${id}/notify`, {
    ...{ way: 'paper', persons: ['chuang'], deliveredAt: hall.clock.now() },
    evidence: signed(hall.clock.now()).paper.evidence,
  });
  expect(notice.status, JSON.stringify(notice.body)).toBe(200);
  const answer = { noObjection: true, answer: '无异议', persons: ['chuang'], ...signed(hall.clock.now()) };
  const answered = await hall.as('shou').post(`/api/cases/${id}/answer`, answer);
  expect(answered.status, JSON.stringify(answered.body)).toBe(200);
  const merger = { kind: 'mergeDepartments', departments: ['department-tax'], into: 'department-social' };
  expect((await change({ ...merger, from: '2026-11-18' })).status).toBe(201);
  expect(await stateOf(id)).toMatchObject({ department: 'department-tax', stage: 'counting' });
  const later = await report({ happened: finding().happened });
  expect(await stateOf(later.id)).toMatchObject({ department: 'department-social' });
  const letter = {
    month: '2026-11',
    kind: 'violation',
    cases: [id],
    title: '关于窗口服务情况的函',
    body: '请核实整改。',
  };
  const draft = (department: string) => hall.as('ban').post('/api/letters', { ...letter, department });
  expect((await draft('department-tax')).body.code).toBe('letter.department-ended');
  expect((await draft('department-centre')).body.code).toBe('letter.case-elsewhere');
  const drafted = await draft('department-social');
  expect(drafted.status, JSON.stringify(drafted.body)).toBe(201);
});
