// The letters of a frozen month in one go: for each department concerned one, drafted once however often it is asked for.
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../house.ts';
import { countingCase, printedFor } from '../letter-road.ts';
import { linesOf, readPdf } from '../pdf-reader.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
  await countingCase(hall);
});
const mail = async (who = 'ban') =>
  (await hall.as(who).post('/api/months/2026-11/letters', { replyWorkingDays: 10 })).body;

test('wait for the month to be frozen', async () => {
  expect((await mail()).code).toBe('letter.month-open');
  expect((await mail('lian')).code).toBe('access.denied');
});

test('are drafted once each, and each prints its closed annex', async () => {
  hall.clock.set('2026-12-07T02:00:00.000Z');
  const close = (who: string, verb: string) =>
    hall.as(who).post(`/api/months/2026-11/${verb}`, { commandId: randomUUID() });
  expect((await close('ban', 'sum')).status).toBe(200);
  hall.clock.set('2026-12-08T02:00:00.000Z');
  const frozen = await close('chu', 'freeze');
  expect(frozen.status, JSON.stringify(frozen.body)).toBe(200);
  const first = await mail();
  expect(first).toMatchObject({
    total: 1,
    done: 1,
    items: [{ department: 'department-tax', name: '市税务局' }],
  });
  expect(await mail()).toEqual(first);
  const listed = await hall.as('ban').get('/api/letters?month=2026-11');
  expect(listed.body.items).toHaveLength(1);
  const [{ id }] = listed.body.items as [{ id: string }];
  const { bytes } = await printedFor(hall, 'ban', `/api/letters/${id}/paper`);
  const words = readPdf(bytes)
    .flatMap(linesOf)
    .map(({ text }) => text);
  expect(words).toContain('附件：违纪问题清单（内部材料，不得公开）');
  expect(words.join('')).toContain('2026年11月派驻窗口遵规守纪考核情况的函');
});
