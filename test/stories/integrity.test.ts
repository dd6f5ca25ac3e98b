// An integrity lead, through the doors on the real engines: reported as a rude word, merged with a second report, files
// and all, then handed over. From that moment only the count shows.
import { beforeAll, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});
const photo = {
  ...{ name: 'a01.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 200_000, sha256: 'a'.repeat(64) },
  takenAt: '2026-11-18T01:50:00.000Z',
};

test('what is handed over is there for the auditor alone, and everybody else sees how many', async () => {
  const report = async (who: string) =>
    String(
      (await hall.as(who).post('/api/cases', finding({ violation: 'ATT-RUDE', evidence: [photo] }))).body.id,
    );
  const [main, part] = [await report('xun'), await report('ban')];
  const step = async (who: string, id: string, verb: string, fields: Record<string, unknown>) => {
    const answer = await hall.as(who).post(`/api/cases/${id}/${verb}`, fields);
    expect(answer.body, verb).not.toHaveProperty('code');
  };
  await step('ge', part, 'merge', { into: main, reason: '同一事件' });
  await step('ge', main, 'confirm', { severity: 'serious', clause: '5', reason: '属实' });
  const read = JSON.stringify((await hall.as('ke').get(`/api/cases/${main}`)).body.state);
  const number = /"number":"([^"]+)"/.exec(read)?.[1];
  expect((await hall.as('ke').get('/api/months/2026-11/board')).body).toMatchObject({ sealed: 0 });
  await step('ke', main, 'transfer', { reason: '涉嫌索要好处', violation: 'INT-BRIBE' });

  for (const who of ['xun', 'ban', 'ge', 'ke', 'chu', 'zhu', 'shou', 'chuang', 'lian', 'guan'])
    for (const id of [main, part]) {
      const reads = [`/api/cases/${id}`, `/api/evidence/${id}/1/views`, `/api/case-numbers/${number}`];
      for (const path of reads) {
        const { status, body } = await hall.as(who).get(path);
        expect([403, 404], `${who} ${path}`).toContain(status);
        expect(JSON.stringify(body)).not.toContain('索要');
      }
      const view = await hall.as(who).post(`/api/evidence/${id}/1/views`, { reason: '核对' });
      expect([403, 404], who).toContain(view.status);
    }
  for (const id of [main, part])
    expect((await hall.as('ji').get(`/api/cases/${id}`)).body).toMatchObject({
      id,
      state: { evidence: [{ n: 1 }] },
    });
  const board = await hall.as('ke').get('/api/months/2026-11/board');
  expect(board.body).toMatchObject({ sealed: 2, stages: {}, cases: [], counts: { personTimes: 0 } });
  expect((await hall.as('shou').get('/api/months/2026-11/board')).body).not.toHaveProperty('sealed');
  const own = await hall.as('chuang').get('/api/people/chuang/record');
  expect(own.body.items).toEqual([]);
  for (const who of ['ge', 'ke', 'ban']) {
    const due = JSON.stringify((await hall.as(who).get('/api/obligations')).body);
    expect(due, who).not.toContain(main);
    expect(due, who).not.toContain(part);
  }
  expect((await hall.as('ji').get('/api/months/2026-11/board')).body).toMatchObject({
    stages: { transferred: 1, merged: 1 },
  });
});
