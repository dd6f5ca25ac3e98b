// A draft of a rule book over HTTP: checked with every mistake at once, rehearsed on months that are over; nothing written.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../functions/run.ts';
import type { Actor } from '../../shared/access.ts';
import { commandNamed } from '../../shared/commands.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { Ban, centreId, Ge, ruleBookInput, wednesday, Xun } from '../cast.ts';
import { finding, openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
const deducting = (points: number): RuleBookInput => ({
  ...ruleBookInput,
  clauses: ruleBookInput.clauses.map((clause) => ({ ...clause, price: { kind: 'fixed', points } })),
  ladder: [
    {
      code: 'deduct',
      when: { severity: ['minor', 'evident', 'serious'], times: { again: true }, subject: 'person' },
      measure: 'deduct',
    },
  ],
});

beforeAll(async () => {
  hall = await openHouse();
});

describe('checking a draft', () => {
  test('tells every mistake with its place, its reason and how to mend it', async () => {
    const clerk = hall.as('ban');
    const book = {
      ...deducting(100),
      clauses: [
        { ...deducting(100).clauses[0], category: 'nowhere', price: { kind: 'range', from: 300, to: 200 } },
      ],
    };
    const told = await clerk.post('/api/rulebooks/check', { commandId: undefined, book });
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({
      ok: false,
      errors: [
        { path: 'clauses.0.category', reason: '没有类别“nowhere”', mend: '请在类别中补充,或改用已有的类别' },
        { path: 'clauses.0.price.from', reason: '幅度的下限高于上限', mend: '请对调' },
      ],
    });
  });

  test('warns of a quota larger than the hall', async () => {
    const book = {
      ...deducting(100),
      awards: [
        {
          code: 'star',
          kind: 'star',
          title: '服务之星',
          cadence: 'month',
          quota: 500,
          eligible: {},
          criteria: [{ by: 'score' }],
          tie: 'draw',
        },
      ],
    };
    const told = await hall.as('ban').post('/api/rulebooks/check', { commandId: undefined, book });
    expect(told.body.ok).toBe(true);
    expect(JSON.stringify(told.body.warnings)).toContain('awards.0.quota');
  });
});

const does = async (who: Actor, type: string, at: string, fields: object, target?: string) => {
  hall.clock.set(at);
  const done = await run(hall.house, centreId, who, commandNamed(type), {
    commandId: randomUUID(),
    fields,
    ...(target === undefined ? {} : { target }),
  });
  if (!done.ok) throw new Error(JSON.stringify(done.problem));
  return done.value.id;
};

/** A heard case of somebody on a day, ten minutes before noon. */
const counted = async (day: string): Promise<void> => {
  const happened = `${day}T01:50:00.000Z`;
  const id = await does(
    Xun,
    'case.report',
    `${day}T02:00:00.000Z`,
    finding({ violation: 'BIZ-DELAY', happened: { from: happened, to: happened, doubtSeconds: 2 } }),
  );
  const at = `${day}T03:00:00.000Z`;
  await does(Ge, 'case.confirm', at, { severity: 'evident', clause: '4', reason: '情况清楚' }, id);
  await does(Ge, 'case.notify', at, { way: 'tablet', deliveredAt: at }, id);
  await does(Ban, 'case.answer', at, { noObjection: true, answer: '无异议', ...signed(at) }, id);
};

describe('rehearsing a draft', () => {
  const rehearsed = (book: unknown) =>
    hall.as('ban').post('/api/rulebooks/rehearse', { commandId: undefined, book, months: 2 });

  beforeAll(async () => {
    await does(Ban, 'rulebook.enact', '2026-09-01T02:00:00.000Z', { from: '2026-09', book: deducting(100) });
    await counted('2026-10-14');
    hall.clock.set(wednesday);
  });

  test('the book in force makes no difference, and nothing is written', async () => {
    const before = await hall.digest();
    const told = await rehearsed(deducting(100));
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({ gaining: 0, losing: 0, regraded: 0, measures: 0, letters: 0 });
    expect(await hall.digest()).toBe(before);
  });

  test('a dearer clause shows who loses what, by which lines', async () => {
    const told = await rehearsed(deducting(2500));
    expect(told.body).toMatchObject({
      gaining: 0,
      losing: 1,
      regraded: 1,
      months: [
        { month: '2026-09', scores: [] },
        {
          month: '2026-10',
          scores: [
            {
              person: 'chuang',
              before: 9900,
              after: 7500,
              gradeBefore: '合格',
              gradeAfter: '不合格',
              gone: [{ points: -100 }],
              added: [{ points: -2500 }],
            },
          ],
        },
      ],
    });
  });

  test('a draft with mistakes is told them, and is no business of a window clerk', async () => {
    const told = await rehearsed({ ...deducting(100), title: '' });
    expect([told.status, told.body.code]).toEqual([422, 'rulebook.invalid']);
    const clerk = await hall
      .as('chuang')
      .post('/api/rulebooks/rehearse', { commandId: undefined, book: deducting(100), months: 1 });
    expect(clerk.body.code).toBe('access.denied');
  });
});

describe('a book that looks back on earlier months', () => {
  test('counts the case of October with that of November, before and after the freeze', async () => {
    const twice: RuleBookInput = {
      ...deducting(100),
      counting: [{ kind: 'repeat', code: 'again', title: '第2次起加倍', within: 'quarter', from: 2 }],
    };
    await does(Ban, 'rulebook.enact', '2026-11-02T02:00:00.000Z', { from: '2026-11', book: twice });
    await counted('2026-11-04');
    const score = async () => (await hall.as('ban').get('/api/months/2026-11/scores/chuang')).body;
    // 100 − 1 − 1 more for the second of the quarter.
    expect((await score()).total).toBe(9800);
    hall.clock.set('2026-12-02T02:00:00.000Z');
    expect((await hall.as('ban').post('/api/months/2026-11/sum')).status).toBe(200);
    expect((await hall.as('chu').post('/api/months/2026-11/freeze')).status).toBe(200);
    expect(await score()).toMatchObject({ stage: 'frozen', total: 9800 });
    expect(JSON.stringify((await score()).lines)).toContain('本季度第2次,第2次起加倍,按2倍计,再扣1分');
  });
});
