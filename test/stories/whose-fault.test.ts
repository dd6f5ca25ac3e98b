// Whose fault it was, through the doors on the real engines: two at one window, somebody nobody knew at first, the
// wrong clerk, the waiting area of two departments, and the lift.
import { beforeAll, describe, expect, test } from 'vitest';
import { finding, openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
const from = '2026-01-01';
beforeAll(async () => {
  hall = await openHouse();
  const entered = await hall.as('guan').post('/api/registry', {
    entries: [
      { kind: 'department', id: 'contractor-lift', name: '安达电梯公司', employer: 'contractor', from },
      {
        ...{ kind: 'area', id: 'area-waiting', name: '一楼等候区', grid: 'grid-a', from },
        responsible: [
          { department: 'department-tax', part: '东侧座椅' },
          { department: 'department-social', part: '西侧座椅' },
        ],
      },
    ],
  });
  expect(entered.body).not.toHaveProperty('code');
});

const reported = async (more: Record<string, unknown> = {}): Promise<string> => {
  const answer = await hall.as('xun').post('/api/cases', finding(more));
  expect(answer.body).not.toHaveProperty('code');
  return `/api/cases/${answer.body.id}`;
};
const step = async (who: string, at: string, fields: Record<string, unknown> = {}): Promise<void> => {
  const answer = await hall.as(who).post(at, fields);
  expect(answer.body, `${who} ${at}`).not.toHaveProperty('code');
};
const heard = async (at: string): Promise<void> => {
  await step('ge', `${at}/confirm`, { severity: 'evident', clause: '3', reason: '调阅现场照片,属实' });
  await step('ge', `${at}/notify`, { way: 'tablet', deliveredAt: hall.clock.now() });
  await step('ban', `${at}/answer`, { noObjection: true, answer: '无异议', ...signed(hall.clock.now()) });
};
const nowhere = { window: undefined, grid: 'grid-a' };

describe('a finding', () => {
  test('against two shows each of them only themselves, and counts two person-times', async () => {
    const both = await reported({ subject: { kind: 'persons', persons: ['chuang', 'staff-0102'] } });
    await heard(both);
    const office = await hall.as('ke').get(both);
    expect(office.body).toMatchObject({ state: { subject: { persons: ['chuang', 'staff-0102'] } } });
    for (const [who, colleague] of [
      ['chuang', 'staff-0102'],
      ['staff-0102', 'chuang'],
    ] as const) {
      const own = await hall.as(who).get(both);
      expect(own.body).toMatchObject({ state: { stage: 'counting', subject: { persons: [who] } } });
      expect(JSON.stringify(own.body)).not.toContain(colleague);
    }
    const { body } = await hall.as('ke').get('/api/months/2026-11/board');
    expect(body).toMatchObject({ counts: { personTimes: 2, evident: 2, incidents: 0 } });
  });

  test('against somebody nobody knew waits until it is said who it was', async () => {
    const open = await reported({
      subject: { kind: 'unidentified' },
      happened: {
        ...{ from: '2026-11-18T00:50:00.000Z', to: '2026-11-18T00:50:00.000Z' },
        doubtSeconds: 2,
      },
    });
    const early = await hall
      .as('ge')
      .post(`${open}/confirm`, { severity: 'minor', clause: '3', reason: '属实' });
    expect(early.body.code).toBe('case.person-unidentified');
    const { body } = await hall.as('ban').get('/api/obligations');
    expect(body.items).toContainEqual(expect.objectContaining({ kind: 'identify', action: 'case.identify' }));
    await step('ban', `${open}/identify`, { persons: ['staff-0102'], reason: '首席代表指认' });
    await step('ge', `${open}/settle-on-spot`, { clause: '3', said: '当场提醒' });
  });

  test('against the wrong clerk is given to the right one, and both records say so', async () => {
    const wrong = await reported({ window: 'window-a02', subject: { kind: 'persons', persons: ['chuang'] } });
    await heard(wrong);
    await step('ge', `${wrong}/reassign`, {
      subject: { kind: 'persons', persons: ['staff-0103'] },
      reason: '录像显示不是登记的人员',
    });
    const gone = await hall.as('chuang').get(wrong);
    expect(gone.body).toMatchObject({ state: { stage: 'reported', formerly: ['chuang'] } });
    expect(JSON.stringify(gone.body)).toContain('录像显示不是登记的人员');
    expect(JSON.stringify(gone.body)).not.toContain('staff-0103');
    await heard(wrong);
    // What is decided on the right one is no business of the wrong one.
    const after = JSON.stringify((await hall.as('chuang').get(wrong)).body);
    expect(after).not.toContain('staff-0103');
    expect(JSON.parse(after)).toMatchObject({ state: { stage: 'reported' } });
    const own = await hall.as('chuang').get('/api/people/chuang/record');
    expect(JSON.stringify(own.body)).toContain(wrong.slice('/api/cases/'.length));
    const theirs = await hall.as('ke').get('/api/people/staff-0103/record');
    expect(theirs.body.items).toContainEqual(
      expect.objectContaining({
        state: expect.objectContaining({ stage: 'counting', formerly: ['chuang'] }),
      }),
    );
    const history = await hall.as('ke').get(wrong);
    expect(history.body).toMatchObject({ names: { chuang: '庄窗', 'staff-0103': '税三' } });
    const score = await hall.as('chuang').get('/api/months/2026-11/scores/chuang');
    expect(JSON.stringify(score.body)).not.toContain(wrong.slice('/api/cases/'.length));
  });

  test('in the shared area stands in the count of both departments and once in that of the hall', async () => {
    const before = (await hall.as('ke').get('/api/months/2026-11/board')).body;
    const area = await reported({ ...nowhere, subject: { kind: 'area', area: 'area-waiting' } });
    await heard(area);
    await heard(
      await reported({ ...nowhere, subject: { kind: 'contractor', contractor: 'contractor-lift' } }),
    );
    const { body } = await hall.as('ke').get('/api/months/2026-11/board');
    expect(before).toMatchObject({ counts: { incidents: 0 } });
    expect(body).toMatchObject({ counts: { incidents: 2, incidentsBy: { evident: 2 } } });
    const incidents = new Map(
      Array.isArray(body.departments)
        ? body.departments.map((row: { id: string; incidents: number }) => [row.id, row.incidents])
        : [],
    );
    expect(Object.fromEntries(incidents)).toMatchObject({
      'department-tax': 1,
      'department-social': 1,
      'contractor-lift': 1,
    });
    expect((await hall.as('shou').get(area)).status).toBe(200);
    expect(await hall.as('ke').get(area)).toMatchObject({
      body: { names: { 'area-waiting': '一楼等候区', 'department-social': '市人社局' } },
    });
  });
});
