// Days on post through the API: the month's list follows leave and corrections, shows each reader what is theirs, and
// decides who may be a star.
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { ruleBookInput } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const listed = z.array(z.looseObject({ person: z.string(), onPost: z.number() }));
const october = async (who: string) => {
  const { body } = await hall.as(who).get('/api/months/2026-10/attendance?limit=200');
  return body.items === undefined ? body.code : listed.parse(body.items);
};
const daysOf = async (person: string) => {
  const all = await october('ban');
  return Array.isArray(all) ? all.find((one) => one.person === person) : undefined;
};

test('the month follows leave, its correction and its withdrawal', async () => {
  expect(await daysOf('chuang')).toMatchObject({ name: '庄窗', working: 18, onPost: 18 });
  const sick = {
    person: 'chuang',
    kind: 'sick',
    stretch: { kind: 'days', from: '2026-10-12', until: '2026-10-30' },
  };
  const { id } = (await hall.as('shou').post('/api/leaves', sick)).body;
  expect(await daysOf('chuang')).toMatchObject({ onPost: 3, leave: { sick: 15 } });
  const shorter = {
    stretch: { ...sick.stretch, until: '2026-10-16', untilHalf: 'morning' },
    reason: '提前销假',
  };
  await hall.as('shou').post(`/api/leaves/${id}/correct`, shorter);
  expect(await daysOf('chuang')).toMatchObject({ onPost: 13.5, leave: { sick: 4.5 } });
  await hall.as('ban').post(`/api/leaves/${id}/withdraw`, { reason: '误登' });
  expect(await daysOf('chuang')).toMatchObject({ onPost: 18, leave: { sick: 0 } });
});

test('everybody sees their own, the grid leader the grid, others nothing', async () => {
  expect(await october('chuang')).toMatchObject([{ person: 'chuang', leave: { sick: 0 } }]);
  expect(await october('ge')).toHaveLength(3);
  expect(await october('shou')).toHaveLength(4);
  expect(await october('wai')).toBe('access.denied');
});

test('full marks follow the days on post, and too few keep somebody from a title', async () => {
  const star = {
    code: 'star',
    kind: 'star',
    cadence: 'month',
    title: '服务之星',
    quota: 2,
    eligible: { daysOnPostAtLeast: 10 },
  };
  const frames = { staff: { ...ruleBookInput.frames.staff, proration: 'days' } };
  const book = {
    ...ruleBookInput,
    frames,
    awards: [{ ...star, criteria: [{ by: 'daysOnPost' }], tie: 'meeting' }],
  };
  const enacted = await hall.as('ban').post('/api/rulebooks', { from: '2026-01', book });
  expect(enacted.status, JSON.stringify(enacted.body)).toBe(201);
  const away = { kind: 'annual', stretch: { kind: 'days', from: '2026-10-09', until: '2026-10-31' } };
  await hall.as('shou').post('/api/leaves', { person: 'staff-0102', ...away });
  expect((await hall.as('ban').post('/api/months/2026-10/sum')).status).toBe(200);
  expect((await hall.as('chu').post('/api/months/2026-10/freeze')).status).toBe(200);
  const score = await hall.as('ban').get('/api/months/2026-10/scores/staff-0102');
  expect(JSON.stringify(score.body)).toContain('在岗1天,应出勤18天');
  const opened = await hall.as('ban').post('/api/awards', { month: '2026-10', code: 'star' });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  const proposal = await hall.as('ke').get(`/api/awards/${opened.body.id}/proposal`);
  expect(JSON.stringify(proposal.body)).toMatch(/在岗1天,少于\d+天/);
});

test('leave filed or corrected after the freeze is carried into the next month, once, and leaves the frozen one alone', async () => {
  const scoreOf = async (month: string, person: string) =>
    (await hall.as('ban').get(`/api/months/${month}/scores/${person}`)).body;
  const frozen = [await scoreOf('2026-10', 'staff-0103'), await scoreOf('2026-10', 'staff-0102')];
  hall.clock.set('2026-11-20T02:00:00.000Z');
  const late = { kind: 'personal', stretch: { kind: 'days', from: '2026-10-12', until: '2026-10-12' } };
  expect((await hall.as('shou').post('/api/leaves', { person: 'staff-0103', ...late })).status).toBe(201);
  const { items } = (await hall.as('shou').get('/api/leaves?month=2026-10')).body;
  const long = (Array.isArray(items) ? items : []).find((one) => one.state.person === 'staff-0102');
  const back = { stretch: { kind: 'days', from: '2026-10-09', until: '2026-10-20' }, reason: '提前销假' };
  expect((await hall.as('shou').post(`/api/leaves/${long.id}/correct`, back)).status).toBe(200);
  expect(await daysOf('staff-0103')).toMatchObject({ onPost: 17 });
  hall.clock.set('2026-12-03T02:00:00.000Z');
  for (const _again of [1, 2])
    expect((await hall.as('ban').post('/api/months/2026-11/sum')).status).toBe(200);
  expect((await hall.as('chu').post('/api/months/2026-11/freeze')).status).toBe(200);
  // Seventeen of eighteen days instead of all; ten instead of one.
  const carried = { kind: 'carried', fromMonth: '2026-10', cases: [] };
  expect((await scoreOf('2026-11', 'staff-0103')).lines).toContainEqual(
    expect.objectContaining({ ...carried, points: Math.round((10_000 * 17) / 18) - 10_000 }),
  );
  const { working } = (await daysOf('staff-0102')) ?? {};
  expect(working).toBe(18);
  const then = Math.round(10_000 / 18);
  const now = Math.round((10_000 * Number((await daysOf('staff-0102'))?.onPost)) / 18);
  expect((await scoreOf('2026-11', 'staff-0102')).lines).toContainEqual(
    expect.objectContaining({ ...carried, points: now - then }),
  );
  expect([await scoreOf('2026-10', 'staff-0103'), await scoreOf('2026-10', 'staff-0102')]).toEqual(frozen);
});
