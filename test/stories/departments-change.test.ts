// A department is split in mid-year, another renamed, through the doors on the real engines: cases stay with the department
// of their day and under its name, letters go to whoever took over the person or the window, and what cannot be told is
// asked of the clerk.
import { beforeAll, describe, expect, test } from 'vitest';
import { finding, openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
const post = (who: string, path: string, fields: Record<string, unknown> = {}) =>
  hall.as(who).post(path, fields);
const done = async (who: string, path: string, fields: Record<string, unknown> = {}): Promise<string> => {
  const answer = await post(who, path, fields);
  expect(answer.body, path).not.toHaveProperty('code');
  return String(answer.body.id);
};

/** A finding of October that counts. */
const counting = async (day: string, more: Record<string, unknown>): Promise<string> => {
  const at = `${day}T01:50:00.000Z`;
  hall.clock.set(`${day}T02:00:00.000Z`);
  const id = await done('xun', '/api/cases', {
    ...finding({ happened: { from: at, to: at, doubtSeconds: 2 }, ...more }),
  });
  await done('ke', `/api/cases/${id}/confirm`, { severity: 'minor', clause: '3', reason: '属实' });
  await done('ke', `/api/cases/${id}/notify`, { way: 'tablet', deliveredAt: hall.clock.now() });
  await done('ban', `/api/cases/${id}/answer`, {
    ...{ noObjection: true, answer: '无异议' },
    ...signed(hall.clock.now()),
  });
  return id;
};
const monthly = (department: string, more: object = {}) =>
  post('ban', '/api/letters/draft-from-month', { month: '2026-10', kind: 'monthly', department, ...more });
const proposal = async (department: string, unclear: string) =>
  (
    await hall
      .as('ban')
      .get(`/api/months/2026-10/letter-proposal?kind=monthly&department=${department}&unclear=${unclear}`)
  ).body;

let byPerson = '';
let byWindow = '';
let ofTheDepartment = '';
beforeAll(async () => {
  hall = await openHouse();
  hall.clock.set('2026-10-08T02:00:00.000Z');
  byPerson = await counting('2026-10-12', {});
  byWindow = await counting('2026-10-13', { window: 'window-a02', subject: { kind: 'window' } });
  ofTheDepartment = await counting('2026-10-14', {
    window: undefined,
    department: 'department-tax',
    subject: { kind: 'department' },
  });
  await counting('2026-10-15', {
    window: 'window-b01',
    subject: { kind: 'persons', persons: ['staff-0104'] },
  });
});

describe('a split', () => {
  const into = [
    { department: 'department-levy', windows: ['window-a01'], staff: ['chuang', 'staff-0102'] },
    {
      ...{ department: 'department-fees', windows: ['window-a02', 'window-c02'] },
      staff: ['staff-0103', 'staff-0107'],
    },
  ];
  const split = { kind: 'splitDepartment', department: 'department-tax', from: '2026-11-01', into };
  const change = (fields: object) => post('ban', '/api/registry/change', { change: fields });

  test('names who takes over every window and person, or who takes the rest', async () => {
    const department = { kind: 'department', employer: 'resident', from: '2026-10-20' };
    await done('ban', '/api/registry', {
      entries: [
        { ...department, id: 'department-levy', name: '市税收征管局' },
        { ...department, id: 'department-fees', name: '市非税收入局' },
      ],
    });
    const [levy, fees] = into;
    const short = { ...fees, staff: ['staff-0103'] };
    expect((await change({ ...split, into: [levy, short] })).body).toMatchObject({
      ...{ code: 'registry.split-rest', detail: '人员 税七 还没有承继部门' },
    });
    expect((await change({ ...split, rest: 'department-social' })).body.code).toBe('registry.unknown');
    expect((await change({ ...split, into: [levy, levy] })).body.code).toBe('request.invalid');
    expect((await change(split)).status).toBe(201);
    expect((await change(split)).body.code).toBe('registry.change-order');
  });

  test('leaves the cases where they were, and new findings under the successors', async () => {
    hall.clock.set('2026-11-05T02:00:00.000Z');
    const before = (await hall.as('ke').get(`/api/cases/${byPerson}`)).body;
    expect(before).toMatchObject({
      state: { department: 'department-tax' },
      names: { 'department-tax': '市税务局' },
    });
    const at = '2026-11-04T01:50:00.000Z';
    const report = async (window: string) => {
      const id = await done('xun', '/api/cases', {
        ...finding({ happened: { from: at, to: at, doubtSeconds: 0 }, window, subject: { kind: 'window' } }),
      });
      return (await hall.as('ke').get(`/api/cases/${id}`)).body.state;
    };
    expect(await report('window-a01')).toMatchObject({ department: 'department-levy' });
    expect(await report('window-a02')).toMatchObject({ department: 'department-fees' });
  });

  test('sends the month’s letters to whoever took over the person or the window', async () => {
    await done('ban', '/api/months/2026-10/sum');
    await done('chu', '/api/months/2026-10/freeze');
    expect((await monthly('department-tax')).body).toMatchObject({
      ...{ code: 'letter.department-ended', detail: '请致函市非税收入局或市税收征管局' },
    });
    expect((await monthly('department-levy')).body).toMatchObject({
      ...{ code: 'letter.heir-unclear', detail: '原市税务局1件(2026年10月14日)' },
    });
    expect(await proposal('department-levy', 'leave')).toMatchObject({
      facts: { cases: 1, total: { personTimes: 1, incidents: 0 } },
      body: expect.stringContaining('以上含原市税务局派驻窗口由你单位承继的问题。'),
    });
    expect(await proposal('department-fees', 'leave')).toMatchObject({
      facts: { cases: 1, total: { personTimes: 0, incidents: 1 } },
    });
    const letter = await monthly('department-fees', { unclear: 'take' });
    expect(letter.status).toBe(201);
    expect((await hall.as('ke').get(`/api/letters/${letter.body.id}`)).body).toMatchObject({
      state: { department: 'department-fees', facts: { cases: 2 } },
    });
    expect(await proposal('department-social', 'leave')).not.toMatchObject({
      body: expect.stringContaining('原市税务局'),
    });
  });

  test('lets a letter on single cases go to the right one only; where nobody can tell, whoever writes says so', async () => {
    const draft = async (department: string, cases: string[]) =>
      (
        await post('ban', '/api/letters', {
          ...{ month: '2026-11', kind: 'violation', department, cases },
          ...{ title: '关于窗口服务情况的函', body: '请核实整改。', replyWorkingDays: 0 },
        })
      ).body.code;
    expect(await draft('department-tax', [byPerson])).toBe('letter.department-ended');
    expect(await draft('department-fees', [byPerson])).toBe('letter.case-elsewhere');
    expect(await draft('department-levy', [byWindow])).toBe('letter.case-elsewhere');
    expect(await draft('department-levy', [byPerson, ofTheDepartment])).toBeUndefined();
    expect(await draft('department-fees', [byWindow, ofTheDepartment])).toBeUndefined();
  });
});

test('boards and bulletins call a department as it was called in their month', async () => {
  await done('ban', '/api/registry/change', {
    change: {
      ...{ kind: 'renameDepartment', department: 'department-levy', name: '市税收服务局' },
      from: '2026-11-20',
    },
  });
  const namesOf = async (month: string): Promise<unknown[]> => {
    const { departments } = (await hall.as('ke').get(`/api/months/${month}/board`)).body;
    return Array.isArray(departments) ? departments.map(({ name }: { name: unknown }) => name) : [];
  };
  hall.clock.set('2026-12-02T02:00:00.000Z');
  expect(await namesOf('2026-10')).toContain('市税务局');
  expect(await namesOf('2026-11')).toContain('市税收服务局');
  await done('ban', '/api/registry/change', {
    change: {
      ...{ kind: 'renameDepartment', department: 'department-social', name: '市人力资源局' },
      from: '2026-12-01',
    },
  });
  expect(await namesOf('2026-11')).toContain('市人社局');
  expect(await namesOf('2026-12')).toContain('市人力资源局');
  const bulletin = (await hall.as('ban').get('/api/months/2026-10/letter-proposal?kind=bulletin')).body;
  expect(JSON.stringify(bulletin.facts)).toContain('市人社局');
});
