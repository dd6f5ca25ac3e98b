// An attendance file through the API: good rows enter, bad ones are told by line, and the same file again changes nothing.
import { beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const rows = [
  { person: '庄窗', kind: '病假', from: '2026-11-12 上午', reason: '发热' },
  { line: 12, person: 'staff-0102', kind: '年假', from: '2026-11-30', to: '2026-12-02' },
  { line: 13, person: '税三', kind: '顶岗', from: '2026-11-12 上午', window: 'A01', absent: '庄窗' },
  { line: 14, person: '无此人', kind: '事假', from: '2026-11-12' },
  { line: 15, person: 'chuang', kind: '事假', from: '2025-11-12' },
];
const send = (list: object[], who = 'ban') => hall.as(who).post('/api/leaves/import', { rows: list });

test('each row is entered or refused by itself, with its line and the reason', async () => {
  const told = await send(rows);
  expect(told.body).toMatchObject({
    ...{ entered: 3, before: 0, refused: 2 },
    rows: [
      { line: 1, outcome: 'entered' },
      { line: 12, outcome: 'entered' },
      { line: 13, outcome: 'entered' },
      { line: 14, outcome: 'refused', reason: '名册中没有“无此人”' },
      { line: 15, outcome: 'refused', reason: '人员、窗口和部门当时对不上:庄窗在此期间不在岗位名册' },
    ],
  });
});

test('the same rows again, once or eight times at once, enter nothing', async () => {
  const before = await hall.digest();
  expect((await send(rows)).body).toMatchObject({ entered: 0, before: 3, refused: 2 });
  expect((await send([{ ...rows[0], reason: '发热,附病历' }])).body).toMatchObject({ before: 1 });
  await Promise.all(Array.from({ length: 8 }, () => send(rows)));
  expect(await hall.digest()).toBe(before);
  const november = await hall.as('ban').get('/api/leaves?month=2026-11');
  expect(november.body.items).toHaveLength(3);
});

test('eight clerks sending one new file at once enter each row once', async () => {
  const file = ['02', '03', '04'].map((date) => ({
    ...{ person: 'staff-0104', kind: '公出', from: `2026-11-${date}` },
  }));
  await Promise.all(Array.from({ length: 8 }, () => send(file)));
  const november = await hall.as('ban').get('/api/leaves?month=2026-11');
  expect(november.body.items).toHaveLength(6);
});

test('a withdrawn row stays withdrawn, and says so', async () => {
  const { items } = (await hall.as('ban').get('/api/leaves?month=2026-12')).body;
  const [id] = JSON.stringify(items).match(/leave-2026-12-[0-9a-f-]+/) ?? [];
  expect((await hall.as('ban').post(`/api/leaves/${id}/withdraw`, { reason: '未休' })).status).toBe(200);
  expect((await send(rows.slice(1, 2))).body).toMatchObject({
    rows: [{ line: 12, outcome: 'before', reason: '此前已登记,后已撤销' }],
  });
});

test('it is the clerk’s', async () => {
  for (const who of ['shou', 'ge', 'chuang', 'guan'])
    expect((await send(rows, who)).body.code, who).toBe('access.denied');
});
