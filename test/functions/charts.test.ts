// What is read to be looked at rather than acted on: the public wall, who is where on a day, the charts. Over HTTP, held
// against the contract.
import { beforeAll, describe, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

describe('the honour wall', () => {
  test('is there for anybody, without signing in, and begins empty', async () => {
    const answer = await hall.app.request('/api/honour');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      centre: { id: 'mingchuang', name: '明窗市政务服务中心' },
      lists: [],
    });
  });

  test('of a centre that is not there is not there', async () => {
    expect((await hall.app.request('/api/honour?centre=elsewhere')).status).toBe(404);
  });
});

describe('a day of the hall', () => {
  test('shows every window with who should sit there, and who is away', async () => {
    const filed = await hall.as('ban').post('/api/leaves', {
      person: 'chuang',
      kind: 'sick',
      stretch: { kind: 'days', from: '2026-11-18', until: '2026-11-18', untilHalf: 'morning' },
    });
    expect(filed.body).not.toHaveProperty('code');
    const { body } = await hall.as('ban').get('/api/presence/2026-11-18');
    expect(body).toMatchObject({
      day: '2026-11-18',
      names: { chuang: '庄窗', 'grid-a': '甲区' },
    });
    const windows = JSON.parse(JSON.stringify(body)).windows;
    expect(windows).toHaveLength(6);
    expect(windows[0]).toMatchObject({
      number: 'A01',
      morning: { should: [{ person: 'chuang', away: { kind: 'leave', leave: 'sick' } }, {}] },
      afternoon: { did: ['chuang', 'staff-0102'] },
    });
  });

  test('tells a grid leader their own grid only, and staff nothing', async () => {
    const { body } = await hall.as('ge').get('/api/presence/2026-11-18');
    expect(JSON.stringify(body)).not.toContain('B01');
    expect((await hall.as('chuang').get('/api/presence/2026-11-18')).status).toBe(403);
  });
});

describe('the charts', () => {
  test('count what stands, for the office', async () => {
    const { body: reported } = await hall.as('xun').post('/api/cases', finding());
    const settled = await hall
      .as('ge')
      .post(`/api/cases/${reported.id}/settle-on-spot`, { clause: '3', said: '当场提醒' });
    expect(settled.body).not.toHaveProperty('code');
    const { status, body } = await hall.as('ban').get('/api/charts?from=2026-11&until=2026-11');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 1,
      types: [{ key: 'DIS-PHONE', total: 1, minor: 1 }],
      departments: [{ key: 'department-tax', total: 1 }],
      trend: [{ key: '2026-11', total: 1 }],
      repeats: { people: 1, again: 0 },
      names: { 'department-tax': '市税务局' },
    });
  });

  test('are not for grid leaders or departments, and at most twelve months at once', async () => {
    for (const who of ['ge', 'shou', 'lian', 'chuang'])
      expect((await hall.as(who).get('/api/charts?from=2026-11&until=2026-11')).status, who).toBe(403);
    expect((await hall.as('ban').get('/api/charts?from=2025-01&until=2026-11')).body.code).toBe(
      'request.invalid',
    );
  });
});
