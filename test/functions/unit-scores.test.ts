// Windows and departments with a frame of their own: on the board, summed, frozen and carried like people, told line by
// line to those it concerns; what follows from a score follows once the month is frozen.
import { beforeAll, describe, expect, test } from 'vitest';
import { readBoard, readMeasures, readScore, readUnitScore } from '../../functions/board.ts';
import { monthPartition, projectedKey } from '../../functions/keys.ts';
import { projectMonth } from '../../functions/month.ts';
import { loadCut } from '../../functions/month-facts.ts';
import type { Actor } from '../../shared/access.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import type { Month } from '../../shared/time.ts';
import { Ban, centreId, entries, Ge, Gong, Ke, ruleBookInput } from '../cast.ts';
import { deductingLadder, ok, stepsIn } from '../hall-months.ts';
import { openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
let steps: ReturnType<typeof stepsIn>;

/** A window's hundred: what its cases cost, and ten points for the mean of its people. Temporary people are not scored. */
const withUnits: RuleBookInput = {
  ...ruleBookInput,
  frames: {
    staff: {
      base: 10_000,
      categories: [
        { code: 'discipline', title: '工作纪律' },
        { code: 'service', title: '服务质量' },
      ],
      floor: 'total',
      grades: [
        { name: '合格', from: 8000 },
        { name: '不合格', to: 8000 },
      ],
      pool: { without: ['临时顶岗'] },
      consequences: [
        { code: 'low', below: 9900, measure: 'criticise' },
        { code: 'twice', below: 9900, inARow: 2, measure: 'leaderTalk', on: 'department' },
      ],
    },
    window: {
      base: 10_000,
      categories: [
        { code: 'service', title: '服务质量' },
        { code: 'people', title: '人员得分', full: 1000, from: 'mean' },
      ],
      floor: 'total',
      grades: [
        { name: '优秀', from: 9900 },
        { name: '合格', to: 9900 },
      ],
    },
    department: {
      base: 10_000,
      categories: [{ code: 'service', title: '服务质量' }],
      floor: 'total',
      grades: [],
      consequences: [{ code: 'last', last: 1, measure: 'letter' }],
    },
  },
  figures: [{ kind: 'people', code: 'mean', title: '人员平均分', of: 'window' }],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'month',
      quota: 15,
      quotaShare: 3000,
      eligible: {},
      criteria: [{ by: 'score' }],
      tie: 'draw',
    },
  ],
  ladder: deductingLadder,
};

const unit = async (month: Month, of: 'window' | 'department', id: string, actor: Actor = Ban) =>
  ok(await readUnitScore(hall.house, centreId, actor, { month, of, unit: id }));
const measures = async (month: Month) =>
  ok(await readMeasures(hall.house, centreId, Ban, { month })).measures.filter(
    ({ step }) => step !== 'deduct',
  );

let june: string;
beforeAll(async () => {
  hall = await openHouse();
  steps = stepsIn(hall);
  hall.clock.set('2026-06-01T00:00:00.000Z');
  const temporary = entries.find((entry) => entry.kind === 'staff' && entry.id === 'staff-0103');
  await steps.does(Ban, 'registry.enter', '2026-06-01T01:00:00.000Z', {
    entries: [{ ...temporary, kinds: ['临时顶岗'] }],
  });
  await steps.does(Ban, 'rulebook.enact', '2026-06-01T01:00:00.000Z', { from: '2026-06', book: withUnits });
  june = await steps.delayed({ person: 'chuang', day: '2026-06-10', quantity: 2 });
  const asked = '2026-06-11T02:00:00.000Z';
  await steps.does(Ban, 'case.appeal', asked, { grounds: '当时在取件', ...signed(asked) }, june);
});

describe('an open month', () => {
  test('shows windows and departments with their own score, who is left out, and what there is to win', async () => {
    hall.clock.set('2026-06-20T02:00:00.000Z');
    const told = await hall.as('ban').get('/api/months/2026-06/board');
    expect(told.body.windows).toContainEqual(
      expect.objectContaining({ id: 'window-a01', total: 9790, grade: '合格', mean: 9900 }),
    );
    expect(told.body.windows).toContainEqual(expect.objectContaining({ id: 'window-b01', total: 10_000 }));
    expect(told.body.departments).toContainEqual(
      expect.objectContaining({ id: 'department-tax', total: 9800 }),
    );
    expect(told.body.leftOut).toEqual([{ person: 'staff-0103', name: '税三', why: '临时顶岗不参加考核' }]);
    // Seven are assessed, and three in ten of them may win.
    expect(told.body.titles).toEqual([{ code: 'star', title: '服务之星', cadence: 'month', quota: 2 }]);
    expect(JSON.stringify(told.body.people)).not.toContain('staff-0103');
  });

  test('asks for no measure by its score yet', async () => {
    expect(await measures('2026-06')).toEqual([]);
  });
});

describe('a frozen month', () => {
  beforeAll(() => steps.close('2026-06', '2026-07-08'));

  test('keeps their lines as it keeps people’s, and restores them when they are lost', async () => {
    const { store } = hall.house;
    const pk = monthPartition(centreId, '2026-06');
    const items = () => store.partition<{ sk: string; unit: string }>('test', pk, 'UNITSCORE#', true);
    const before = await items();
    expect(before.map(({ sk }) => sk)).toEqual([
      'UNITSCORE#department#department-centre',
      'UNITSCORE#department#department-social',
      'UNITSCORE#department#department-tax',
      ...['a01', 'a02', 'b01', 'c01', 'c02', 'd01'].map((one) => `UNITSCORE#window#window-${one}`),
    ]);
    await store.remove({ pk, sk: 'UNITSCORE#window#window-a01' });
    await store.remove(projectedKey(centreId, '2026-06'));
    await projectMonth(hall.house, centreId, '2026-06');
    expect(await items()).toEqual(before);
  });

  test('tells a window what its case cost and what its people come to', async () => {
    const window = await unit('2026-06', 'window', 'window-a01');
    expect(window).toMatchObject({ stage: 'frozen', of: 'window', unit: 'window-a01', total: 9790 });
    expect(window.lines.map(({ kind, points, cases }) => [kind, points, cases.length])).toEqual([
      ['base', 10_000, 0],
      ['deduction', -200, 1],
      ['figure', -10, 0],
    ]);
    // Word for word: the hash of a frozen month binds them.
    expect(window.lines.at(-1)?.note).toBe('人员得分:人员平均分2人平均99分,折合9.9分,满分10分,扣0.1分');
  });

  test('is read by its own department and grid; its people see no colleague’s case', async () => {
    const path = '/api/months/2026-06/scores/department/department-tax';
    expect((await hall.as('shou').get(path)).body).toMatchObject({ total: 9800 });
    const own = await hall.as('chuang').get(path);
    expect(own.body).toMatchObject({ total: 9800 });
    expect(JSON.stringify(own.body)).not.toContain(june);
    expect(JSON.stringify(own.body)).not.toContain('confirmedBy');
    expect((await hall.as('wai').get(path)).body.code).toBe('access.denied');
    const social = '/api/months/2026-06/scores/department/department-social';
    expect((await hall.as('chuang').get(social)).body.code).toBe('access.denied');
    expect((await hall.as('shou').get(social)).body.code).toBe('access.denied');
    const window = { month: '2026-06', of: 'window', unit: 'window-a01' } as const;
    expect((await readUnitScore(hall.house, centreId, Ge, window)).ok).toBe(true);
    expect((await readUnitScore(hall.house, centreId, Gong, window)).ok).toBe(false);
    const none = await hall.as('ban').get('/api/months/2026-06/scores/window/window-z99');
    expect(none.body.code).toBe('thing.not-found');
  });

  test('asks for what follows from a score, and from being last', async () => {
    expect(await measures('2026-06')).toMatchObject([
      { kind: 'criticise', subject: { person: 'chuang' }, reason: '2026年6月得分98分,低于99分:通报批评' },
      { kind: 'letter', subject: { department: 'department-tax' }, step: 'last' },
    ]);
  });
});

describe('what comes late', () => {
  test('is carried once into the window’s and the department’s next month too', async () => {
    await steps.does(
      Ke,
      'case.decideAppeal',
      '2026-07-09T02:00:00.000Z',
      { outcome: 'overturned', reason: '查明不属实' },
      june,
    );
    await steps.delayed({ person: 'chuang', day: '2026-07-14', quantity: 3 });
    await steps.close('2026-07', '2026-08-07');
    const head = await hall.house.store.head(centreId, { kind: 'month', id: '2026-07' });
    if (!head?.state.cut) throw new Error('no cut');
    const cut = await loadCut(hall.house, centreId, '2026-07', head.state.cut);
    expect(cut.carried.map(({ person, of, points }) => [of ?? 'person', person, points])).toEqual([
      ['person', 'chuang', 200],
      ['window', 'window-a01', 210],
      ['department', 'department-tax', 200],
    ]);
    // July: three late ones for 3 points; the people's mean counts July alone, or June would count twice.
    expect((await unit('2026-07', 'department', 'department-tax')).total).toBe(10_000 - 300 + 200);
    expect((await unit('2026-07', 'window', 'window-a01')).total).toBe(10_000 - 300 - 15 + 210);
    expect((await unit('2026-06', 'window', 'window-a01')).total).toBe(9790);
    expect(ok(await readScore(hall.house, centreId, Ban, { month: '2026-07', person: 'chuang' })).total).toBe(
      9900,
    );
    // 99.00 is not under 99: neither this month nor two in a row.
    expect((await measures('2026-07')).map(({ step }) => step)).toEqual(['last']);
  });

  test('two months in a row under the line meet the department', async () => {
    await steps.delayed({ person: 'chuang', day: '2026-08-12', quantity: 2 });
    await steps.close('2026-08', '2026-09-07');
    await steps.delayed({ person: 'chuang', day: '2026-09-09', quantity: 2 });
    await steps.close('2026-09', '2026-10-12');
    expect(await measures('2026-09')).toContainEqual(
      expect.objectContaining({ kind: 'leaderTalk', subject: { department: 'department-tax' } }),
    );
    const board = ok(await readBoard(hall.house, centreId, Ban, { month: '2026-09' }));
    expect(board.windows.find(({ id }) => id === 'window-a01')?.total).toBe(9790);
  });
});
