// Objecting to the sums of a month through the doors: by whom, what each may see of it, and that the month waits.
import { beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
const month = '2026-10';
beforeAll(async () => {
  hall = await openHouse();
});

const own = {
  ...{ month, person: 'chuang', way: 'self', raisedAt: '2026-11-18T01:59:00.000Z' },
  ...{ line: { nth: 1, words: '基础分100', cases: [] }, grounds: '15 日是公出' },
};
const scan = {
  ...{ name: '异议书.jpg', kind: 'document', mediaType: 'image/jpeg', size: 90_000 },
  ...{ sha256: 'd'.repeat(64), takenAt: '2026-11-18T01:00:00.000Z' },
};
const paper = { ...own, way: 'paper', line: undefined, evidence: [scan] };

test('a month is heard before it is frozen', async () => {
  const freeze = () => hall.as('chu').post(`/api/months/${month}/freeze`);
  const sum = () => hall.as('ban').post(`/api/months/${month}/sum`);
  const list = async (who: string) => (await hall.as(who).get(`/api/months/${month}/objections`)).body;
  expect((await hall.as('chuang').post('/api/objections', own)).body.code).toBe('objection.not-summing');
  expect((await sum()).status).toBe(200);

  const raised = await hall.as('chuang').post('/api/objections', own);
  expect(raised.status).toBe(201);
  const at = `/api/objections/${raised.body.id}`;
  expect((await hall.as('staff-0102').post('/api/objections', own)).body.code).toBe('access.denied');
  expect((await hall.as('chuang').post('/api/objections', own)).body.code).toBe('objection.raised-before');
  expect((await hall.as('lian').post('/api/objections', paper)).status).toBe(201);

  // The person and their department see it, colleagues and other desks do not.
  expect(await list('chuang')).toMatchObject({
    items: [
      { n: 1, grounds: '15 日是公出', lineWords: '基础分100', abilities: ['objection.withdraw'] },
      { n: 2, way: 'paper', byName: expect.anything() },
    ],
    people: [],
  });
  expect((await list('shou')).people).toContainEqual({ id: 'chuang', name: expect.any(String) });
  for (const who of ['staff-0102']) expect((await list(who)).items).toEqual([]);
  for (const who of ['ge', 'xun', 'san', 'wai']) expect((await list(who)).code).toBe('access.denied');
  expect((await hall.as('staff-0102').get(at)).status).toBe(404);
  const record = await hall.as('chuang').get('/api/people/chuang/record');
  expect(record.body.items).toContainEqual(expect.objectContaining({ kind: 'objection' }));

  const due = (await hall.as('ke').get('/api/obligations')).body.items;
  expect(due).toContainEqual(
    expect.objectContaining({
      kind: 'answerSumObjection',
      roles: ['sectionHead', 'director'],
      sentence: expect.stringContaining('答复对得分的异议'),
    }),
  );
  expect((await freeze()).body.code).toBe('month.objections-open');

  // Who raised it, or whose it is, does not answer it.
  const kept = { n: 1, outcome: 'kept', reason: '公出单是 16 日' };
  for (const who of ['chuang', 'lian', 'ban', 'ge'])
    expect((await hall.as(who).post(`${at}/answer`, kept)).body.code).toBe('access.denied');
  expect((await hall.as('ke').post(`${at}/answer`, kept)).status).toBe(200);
  expect(
    (await hall.as('chu').post(`${at}/answer`, { n: 2, outcome: 'upheld', remedy: 'leave', reason: '补登' }))
      .status,
  ).toBe(200);
  expect((await freeze()).body.code).toBe('month.objections-unsummed');
  hall.clock.set('2026-11-18T02:05:00.000Z');
  expect((await sum()).status).toBe(200);
  expect((await freeze()).status).toBe(200);
  expect((await hall.as('chuang').post('/api/objections', own)).body.code).toBe('objection.month-frozen');
});
