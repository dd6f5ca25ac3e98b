// The lists desks are led by: what may be the same incident, talks and awards of a month, how far each month has come.
// Everybody finds there what they may read one by one, and nothing more.
import { beforeAll, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const reported = async (more: Record<string, unknown> = {}, who = 'xun'): Promise<string> => {
  const { body } = await hall.as(who).post('/api/cases', finding(more));
  expect(body).not.toHaveProperty('code');
  return String(body.id);
};
const same = async (who: string, id: string) =>
  (await hall.as(who).get(`/api/cases/${id}/same-incident`)).body;

test('two reports of one incident are proposed to each other, with who may take the other in', async () => {
  const first = await reported();
  const second = await reported({ source: 'patrol' }, 'ge');
  const other = await reported({ violation: 'ATT-RUDE' });
  const { items, names } = await same('ge', first);
  expect(items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: second, mayTakeIn: true, stage: 'reported' }),
      expect.objectContaining({ id: other, mayTakeIn: false }),
    ]),
  );
  expect(JSON.stringify(items)).not.toContain(first);
  expect(names).toMatchObject({ chuang: '庄窗' });
  expect((await same('gong', first)).code).toBe('thing.not-found');
  expect((await same('lian', first)).code).toBe('access.denied');
});

test('an integrity lead is proposed to nobody', async () => {
  const first = await reported();
  const sealed = await reported({ violation: 'INT-BRIBE' });
  expect(JSON.stringify(await same('ge', first))).not.toContain(sealed);
});

test('the months of a year back say how far they have come and what is due by when', async () => {
  const before = (await hall.as('ban').get('/api/months')).body.items;
  expect(before).toContainEqual({
    ...{ month: '2026-10', stage: 'open', version: 0 },
    // The 5th of November 2026 is a Thursday, the 10th a Tuesday.
    ...{ sumBy: '2026-11-05', candidatesBy: '2026-11-10' },
  });
  expect((await hall.as('ban').post('/api/months/2026-10/sum')).status).toBe(200);
  expect((await hall.as('chu').post('/api/months/2026-10/freeze')).status).toBe(200);
  const after = (await hall.as('ge').get('/api/months')).body.items;
  expect(after).toContainEqual(
    expect.objectContaining({ month: '2026-10', stage: 'frozen', frozenAt: hall.clock.now(), heads: 0 }),
  );
  expect((await hall.as('chuang').get('/api/months')).body.code).toBe('access.denied');
});

test('talks and awards of a month are there for whoever may read one of them', async () => {
  for (const list of ['talks', 'awards']) {
    const at = `/api/${list}?month=2026-11`;
    expect((await hall.as('ke').get(at)).body).toEqual({ items: [], next: null });
    expect((await hall.as('chuang').get(at)).status).toBe(200);
    expect((await hall.as('lian').get(at)).body.code).toBe('access.denied');
  }
});

test('a letter about single cases is proposed with its facts and its text, and written nowhere', async () => {
  const id = await reported({ violation: 'ATT-RUDE' });
  await hall.as('ge').post(`/api/cases/${id}/confirm`, { severity: 'serious', clause: '5', reason: '属实' });
  await hall.as('ge').post(`/api/cases/${id}/notify`, { way: 'tablet', deliveredAt: hall.clock.now() });
  await hall.as('chuang').post(`/api/cases/${id}/answer`, { noObjection: true, answer: '无异议' });
  const asked = { kind: 'violation', month: '2026-11', department: 'department-tax', cases: [id] };
  const before = await hall.digest();
  const { body } = await hall.as('ban').post('/api/letters/proposal', asked);
  expect(body).toMatchObject({ facts: { cases: 1, total: { personTimes: 1 } } });
  expect(String(body.title)).toContain('关于派驻窗口违纪问题的函');
  expect(JSON.stringify(body)).not.toContain('庄窗');
  expect(await hall.digest()).toBe(before);
  expect((await hall.as('ge').post('/api/letters/proposal', asked)).body.code).toBe('access.denied');
  const sealed = await reported({ violation: 'INT-BRIBE' });
  const other = await hall.as('ban').post('/api/letters/proposal', { ...asked, cases: [sealed] });
  expect(other.body.code).toBe('thing.not-found');
});
