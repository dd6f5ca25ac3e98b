// The overview of a province as a door: only where the operator let the centre see it, for those who answer for the whole
// centre, in counts alone.
import { beforeAll, expect, test } from 'vitest';
import { projectMonth } from '../../functions/month.ts';
import { letOversee, writeProvinceRow } from '../../functions/province.ts';
import { Ban, centreId, ruleBookInput } from '../cast.ts';
import { deductingLadder, stepsIn } from '../hall-months.ts';
import { openHouse, type TestHouse } from '../house.ts';

const door = '/api/province/2026-06';
let hall: TestHouse;

beforeAll(async () => {
  hall = await openHouse();
  const { does, delayed, close } = stepsIn(hall);
  const book = { ...ruleBookInput, ladder: deductingLadder };
  await does(Ban, 'rulebook.enact', '2026-06-01T00:00:00.000Z', { from: '2026-06', book });
  await delayed({ day: '2026-06-15', quantity: 3 });
  await close('2026-06', '2026-07-08');
  await projectMonth(hall.house, centreId, '2026-06');
  await writeProvinceRow(hall.house, centreId, '2026-06');
});

test('a centre that was not let see the province is told so, its director too', async () => {
  expect((await hall.as('chu').get(door)).body.code).toBe('province.not-yours');
  expect((await hall.as('chuang').get(door)).body.code).toBe('access.denied');
});

test('a centre that was let see it reads a row of counts for each frozen month, and no name', async () => {
  await letOversee(hall.house, centreId);
  const told = await hall.as('chu').get(door);
  expect(told.body).toMatchObject({
    items: [{ centre: centreId, month: '2026-06', minor: 0, evident: 1, serious: 0, personTimes: 1 }],
    next: null,
  });
  expect(JSON.stringify(told.body)).not.toMatch(/庄窗|"chuang"|department-/);
  expect((await hall.as('chu').get('/api/province/2026-07')).body).toEqual({ items: [], next: null });
  for (const who of ['ban', 'ge', 'shou', 'chuang'])
    expect((await hall.as(who).get(door)).body.code, who).toBe('access.denied');
});
