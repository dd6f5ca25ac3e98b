// A hall that begins in September with the old ledgers of the year (期初导入), through the doors on the real engines: rows
// come in all or none, count where something looks back over months, never cost a point here, and cannot be edited.
import { beforeAll, describe, expect, test } from 'vitest';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { centreEntry, ruleBookInput } from '../cast.ts';
import { finding, openHouse, signed, type TestHouse } from '../house.ts';

const book: RuleBookInput = {
  ...ruleBookInput,
  counting: [
    {
      kind: 'convert',
      code: 'phones',
      title: '三次使用手机折算擅自离岗一次',
      clauses: ['3'],
      within: 'year',
      every: 3,
      to: '4',
      originals: 'kept',
    },
  ],
  ladder: [
    {
      code: 'deduct',
      when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
      measure: 'deduct',
    },
    {
      code: 'section',
      when: { severity: ['evident'], times: { atLeast: 3, within: 'year' }, subject: 'person' },
      measure: 'sectionTalk',
    },
    {
      code: 'letter',
      when: {
        severity: ['evident', 'serious'],
        times: { atLeast: 4, within: 'year', unit: 'incidents' },
        subject: 'department',
      },
      measure: 'letter',
    },
    {
      code: 'clips',
      when: {
        severity: ['evident', 'serious'],
        times: { atLeast: 5, within: 'year', unit: 'incidents', again: true },
        subject: 'department',
      },
      measure: 'letterWithEvidence',
    },
  ],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'month',
      quota: 2,
      eligible: { scoreAtLeast: 0 },
      criteria: [{ by: 'notAwardedWithin', months: 6 }, { by: 'score' }],
      tie: 'meeting',
    },
    {
      code: 'pace',
      kind: 'pacesetter',
      title: '服务标兵',
      cadence: 'month',
      quota: 2,
      eligible: { earlierTitlesAtLeast: 1 },
      earlier: { award: 'star', within: 'year' },
      criteria: [{ by: 'earlierTitles' }],
      tie: 'meeting',
    },
  ],
};

const phone = { kind: '问题', persons: '庄窗', violation: '违规使用手机', severity: '明显', points: 1 };
const ledger = [
  { line: 2, day: '2026-03-12', ...phone, reference: '台账3-1', measure: '扣分' },
  { line: 3, day: '2026年5月6日', ...phone, reference: '台账5-2' },
  {
    line: 4,
    kind: '问题',
    day: '2026/6/9',
    persons: '税三',
    clause: '第5条',
    severity: '严重',
    window: 'A02',
  },
  { line: 5, kind: '措施', day: '2026-06-11', department: '市税务局', measure: '函告' },
  { line: 6, kind: '称号', day: '2026年8月', persons: '税二', award: '服务之星' },
];
const wrong = [
  { line: 7, day: '2026-03-12', ...phone, persons: '查无此人' },
  { line: 8, day: '2026-09-12', ...phone },
  { line: 9, day: '2026-03-12', ...phone, severity: '很重' },
  { line: 10, day: '2026-03-12', ...phone, violation: 'INT-BRIBE' },
  { line: 11, day: '2026-03-12', ...phone, reference: '台账3-1', measure: '扣分' },
];

let hall: TestHouse;
const post = (who: string, path: string, fields: Record<string, unknown>) => hall.as(who).post(path, fields);
const send = (rows: object[], leaveOut: number[] = [], who = 'ban') =>
  post(who, '/api/openings/import', { rows, leaveOut });
const idOfLine = async (line: number): Promise<string> => {
  const { rows } = (await send(ledger)).body;
  const found = Array.isArray(rows) ? rows.find((row: { line?: number }) => row.line === line) : undefined;
  return String(found?.id);
};
const measuresIn = async (month: string): Promise<Record<string, unknown>[]> => {
  const { measures } = (await hall.as('ke').get(`/api/months/${month}/measures`)).body;
  return Array.isArray(measures) ? measures : [];
};
const counting = async (day: string, more: Record<string, unknown> = {}): Promise<string> => {
  const at = `${day}T01:50:00.000Z`;
  hall.clock.set(`${day}T02:00:00.000Z`);
  const reported = await post('xun', '/api/cases', {
    ...finding({ happened: { from: at, to: at, doubtSeconds: 2 }, ...more }),
  });
  const path = `/api/cases/${reported.body.id}`;
  for (const [who, verb, fields] of [
    ['ge', 'confirm', { severity: 'evident', clause: '3', reason: '属实' }],
    ['ge', 'notify', { way: 'tablet', deliveredAt: `${day}T02:00:00.000Z` }],
    ['shou', 'answer', { noObjection: true, answer: '无异议', ...signed(`${day}T02:00:00.000Z`) }],
  ] as const)
    expect((await post(who, `${path}/${verb}`, fields)).body, verb).not.toHaveProperty('code');
  return String(reported.body.id);
};
const freeze = async (month: string, at: string): Promise<void> => {
  hall.clock.set(at);
  for (const [who, verb] of [
    ['ban', 'sum'],
    ['chu', 'freeze'],
  ] as const)
    expect((await post(who, `/api/months/${month}/${verb}`, {})).status, verb).toBe(200);
};

beforeAll(async () => {
  hall = await openHouse();
  hall.clock.set('2026-09-01T02:00:00.000Z');
  const enacted = await post('ban', '/api/rulebooks', { from: '2026-01', book });
  expect(enacted.body.fields).toBeUndefined();
});

describe('the old ledgers', () => {
  test('come in for no month of ours, and by the clerk only', async () => {
    const before = await hall.digest();
    expect((await send(ledger)).body).toMatchObject({
      ...{ entered: 0, refused: 5 },
      rows: [
        { line: 2, outcome: 'refused', reason: '该月由本系统考核,不能期初导入:2026-03' },
        {},
        {},
        {},
        {},
      ],
    });
    expect((await send(ledger, [], 'ge')).body.code).toBe('access.denied');
    expect(await hall.digest()).toBe(before);
    const entries = [{ ...centreEntry, firstMonth: '2026-09' }];
    expect((await post('guan', '/api/registry', { entries })).status).toBe(201);
    expect((await post('ban', '/api/months/2026-08/sum', {})).body.code).toBe('month.not-ours');
  });

  test('come in whole or not at all, each bad row told with its reason', async () => {
    const before = await hall.digest();
    expect((await send([...ledger, ...wrong])).body).toMatchObject({
      ...{ entered: 0, before: 0, refused: 5, leftOut: 0 },
      rows: [
        ...ledger.map(({ line }) => ({ line, outcome: 'good' })),
        { line: 7, outcome: 'refused', reason: '名册中没有人员“查无此人”' },
        { line: 8, outcome: 'refused', reason: '该月由本系统考核,不能期初导入:2026-09' },
        { line: 9, outcome: 'refused', reason: '看不懂严重程度“很重”' },
        { line: 10, outcome: 'refused', reason: '廉洁问题线索不作期初导入' },
        { line: 11, outcome: 'refused', reason: '与第2行相同;如确为两件,请分别填写原台账编号' },
      ],
    });
    expect(await hall.digest()).toBe(before);
    const done = await send([...ledger, ...wrong], [7, 8, 9, 10, 11]);
    expect(done.body).toMatchObject({ entered: 5, refused: 0, leftOut: 5 });
  });

  test('come in once, however often they are sent', async () => {
    const before = await hall.digest();
    const sent = await Promise.all(Array.from({ length: 8 }, () => send(ledger)));
    for (const { body } of sent) expect(body).toMatchObject({ entered: 0, before: 5 });
    expect(await hall.digest()).toBe(before);
    const { items } = (await hall.as('shou').get('/api/openings?month=2026-03')).body;
    expect(items).toMatchObject([{ state: { fact: { points: 100, measure: 'deduct' }, grids: ['grid-a'] } }]);
    expect((await hall.as('xun').get('/api/openings?month=2026-03')).body.code).toBe('access.denied');
  });

  test('stand in the own record, and nowhere for a colleague', async () => {
    const record = async (after: string) =>
      (await hall.as('chuang').get(`/api/people/chuang/record?after=${after}`)).body.items;
    expect(await record('2026-07')).toMatchObject([{ kind: 'opening', state: { month: '2026-05' } }]);
    expect(await record('2026-04')).toMatchObject([{ kind: 'opening', state: { month: '2026-03' } }]);
    const id = await idOfLine(2);
    expect((await hall.as('chuang').get(`/api/openings/${id}`)).status).toBe(200);
    expect((await hall.as('staff-0102').get(`/api/openings/${id}`)).body.code).toBe('thing.not-found');
  });
});

describe('what looks back over months', () => {
  let own = '';
  beforeAll(async () => {
    own = await counting('2026-09-10');
    await freeze('2026-09', '2026-10-08T02:00:00.000Z');
    await freeze('2026-10', '2026-11-05T02:00:00.000Z');
  });

  test('counts them: the third of the year asks for a talk and says which were 期初', async () => {
    const [talk] = (await measuresIn('2026-09')).filter(({ kind }) => kind === 'sectionTalk');
    expect(talk).toMatchObject({
      cases: [own],
      openings: [await idOfLine(2), await idOfLine(3)],
      reason: '2026年明显问题累计3次(其中期初2次),达到3次的标准:科室负责人谈话',
    });
  });

  test('converts them, and costs only what was completed here', async () => {
    const { lines, total } = (await hall.as('chuang').get('/api/months/2026-09/scores/chuang')).body;
    expect(lines).toMatchObject([
      { kind: 'base', points: 10_000 },
      { kind: 'deduction', points: -100, cases: [own] },
      {
        kind: 'conversion',
        points: -100,
        cases: [await idOfLine(2), await idOfLine(3), own],
        note: expect.stringContaining('本年3次(其中期初2次)'),
      },
    ]);
    expect(total).toBe(9_800);
    expect((await hall.as('ke').get('/api/months/2026-09/board')).body).toMatchObject({
      counts: { personTimes: 1, incidents: 0 },
    });
  });

  test('counts them over months that are frozen, and does not ask for what the old ledger has done', async () => {
    const later = await counting('2026-11-10');
    const openings = [await idOfLine(2), await idOfLine(3), await idOfLine(4)];
    const [letter] = (await measuresIn('2026-09')).filter(({ kind }) => kind === 'letter');
    expect(letter).toMatchObject({
      ...{ cases: [own], openings, before: await idOfLine(5) },
      reason: '2026年明显、严重问题累计4起(其中期初3起),达到4起的标准:函告派出单位(期初已办:2026年6月)',
    });
    const [clips] = (await measuresIn('2026-11')).filter(({ kind }) => kind === 'letterWithEvidence');
    expect(clips).toMatchObject({
      ...{ cases: [later], openings },
      reason: '2026年明显、严重问题累计5起(其中期初3起),达到每5起的标准:函告派出单位并附音视频',
    });
    const { items } = (await hall.as('ban').get('/api/obligations')).body;
    expect(JSON.stringify(items)).not.toContain('-letter-department-tax');
  });

  test('knows who won a title before', async () => {
    expect((await post('ban', '/api/awards', { month: '2026-10', code: 'star' })).status).toBe(201);
    const stars = await hall.as('ke').get('/api/awards/award-2026-10-star/proposal');
    const { standings } = stars.body;
    const two = Array.isArray(standings) ? standings.find((one) => one.candidate === 'staff-0102') : {};
    expect(two).toMatchObject({ place: 8, outcome: 'out' });
    expect(two.why).toContain('期初:2026年8月获同一称号');
    expect((await post('ban', '/api/awards', { month: '2026-10', code: 'pace' })).status).toBe(201);
    const pace = await hall.as('ke').get('/api/awards/award-2026-10-pace/proposal');
    expect(pace.body).toMatchObject({
      chosen: ['staff-0102'],
      standings: [{ candidate: 'staff-0102', outcome: 'in' }, {}, {}, {}, {}, {}, {}, {}],
    });
  });

  test('lets go of what was struck out, which nobody can edit', async () => {
    const id = await idOfLine(3);
    expect((await post('ban', `/api/openings/${id}/correct`, { points: 0 })).status).toBe(404);
    expect((await post('ge', `/api/openings/${id}/strike-out`, { reason: '重复' })).body.code).toBe(
      'access.denied',
    );
    const struck = await post('ban', `/api/openings/${id}/strike-out`, { reason: '与台账3-1为同一件' });
    expect(struck.status).toBe(200);
    expect((await post('ban', `/api/openings/${id}/strike-out`, { reason: '重复' })).body.code).toBe(
      'opening.struck-out',
    );
    expect((await send(ledger)).body).toMatchObject({
      rows: [{}, { line: 3, outcome: 'before', reason: '此前已导入,后已作废' }, {}, {}, {}],
    });
    const [talk] = (await measuresIn('2026-11')).filter(({ kind }) => kind === 'sectionTalk');
    expect(talk).toMatchObject({
      openings: [await idOfLine(2)],
      reason: expect.stringContaining('累计3次(其中期初1次)'),
    });
    // A frozen month stays as it was cut.
    const { total } = (await hall.as('chuang').get('/api/months/2026-09/scores/chuang')).body;
    expect(total).toBe(9_800);
  });
});
