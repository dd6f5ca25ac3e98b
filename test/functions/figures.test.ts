// Figures handed in over HTTP: many rows at once or none, each wrong row told; on the score line with their source; in the
// cut; corrected later, the difference is carried once.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { readScore } from '../../functions/board.ts';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { loadCut } from '../../functions/month-facts.ts';
import { run } from '../../functions/run.ts';
import { commandNamed } from '../../shared/commands.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { Ban, Chu, centreId, ruleBookInput } from '../cast.ts';
import { ok } from '../hall-months.ts';
import { openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
const july = '2026-07-06T02:00:00.000Z';

/** 办结率 under 95 %: one point for each percentage point; 事假 over two days: half a point a day. */
const withFigures: RuleBookInput = {
  ...ruleBookInput,
  figures: [
    { kind: 'ratio', code: 'onTime', title: '按时办结率' },
    { kind: 'amount', code: 'leave', title: '事假', unit: '天', except: ['培训'] },
    {
      kind: 'rating',
      code: 'answers',
      title: '服务评价',
      scale: [
        { answer: '满意', points: 1000 },
        { answer: '不满意', points: 400 },
      ],
      leastAnswers: 5,
    },
  ],
  targets: [
    {
      code: 'T1',
      title: '办结率不足',
      figure: 'onTime',
      category: 'service',
      when: 'under',
      than: 9500,
      each: 100,
      points: 100,
    },
    {
      code: 'T2',
      title: '事假过多',
      figure: 'leave',
      category: 'discipline',
      when: 'over',
      than: 200,
      each: 100,
      points: 50,
    },
  ],
};

beforeAll(async () => {
  hall = await openHouse();
  hall.clock.set('2026-06-01T00:00:00.000Z');
  ok(
    await run(hall.house, centreId, Ban, commandNamed('rulebook.enact'), {
      commandId: randomUUID(),
      fields: { from: '2026-06', book: withFigures },
    }),
  );
  hall.clock.set(july);
});

const onTime = (rows: readonly object[], more: object = {}) => ({
  month: '2026-06',
  figure: 'onTime',
  source: 'system',
  origin: '审批系统',
  rows,
  ...more,
});

describe('handing in', () => {
  test('one wrong row, and nothing of the request is written; each wrong row is told by its number', async () => {
    const before = await hall.digest();
    const told = await hall.as('ban').post(
      '/api/figures',
      onTime([
        { subject: 'chuang', numerator: 92, denominator: 100 },
        { subject: 'nobody', numerator: 1, denominator: 1 },
        { subject: 'staff-0102', numerator: 5, denominator: 4 },
        { subject: 'staff-0103', value: 9500 },
      ]),
    );
    expect(told.body).toMatchObject({
      code: 'figure.rows',
      fields: [
        { path: 'rows.1.subject', reason: '名册中当月没有个人“nobody”' },
        { path: 'rows.2.numerator', reason: '分子大于分母' },
        { path: 'rows.3.value', reason: '“按时办结率”不填数值' },
        { path: 'rows.3.numerator', reason: '分子、分母都要填写' },
      ],
    });
    expect(await hall.digest()).toBe(before);
  });

  test('only the office hands in, and only what the book asks for', async () => {
    const row = [{ subject: 'chuang', numerator: 92, denominator: 100 }];
    expect((await hall.as('ge').post('/api/figures', onTime(row))).body.code).toBe('access.denied');
    expect((await hall.as('ban').post('/api/figures', onTime(row, { figure: 'smiles' }))).body.code).toBe(
      'figure.unknown',
    );
    expect((await hall.as('ban').post('/api/figures', onTime(row, { month: '2026-08' }))).body.code).toBe(
      'time.future',
    );
  });

  test('shows on the line with its source, in the list with who is missing', async () => {
    const clerk = hall.as('ban');
    const told = await clerk.post(
      '/api/figures',
      onTime([
        { subject: 'chuang', numerator: 92, denominator: 100 },
        { subject: 'staff-0102', numerator: 100, denominator: 100 },
      ]),
    );
    expect(told.status).toBe(201);
    // One more by itself; what is the same is said again without harm.
    const again = await clerk.post(
      '/api/figures',
      onTime([
        { subject: 'chuang', numerator: 92, denominator: 100 },
        { subject: 'staff-0103', numerator: 190, denominator: 200 },
      ]),
    );
    expect(again.body.version).toBe(2);
    const other = await clerk.post(
      '/api/figures',
      onTime([{ subject: 'chuang', numerator: 93, denominator: 100 }]),
    );
    expect(other.body).toMatchObject({
      code: 'figure.rows',
      fields: [{ path: 'rows.0.subject', reason: '已经录入,数据不同;请用更正' }],
    });
    const own = await hall.as('chuang').get('/api/months/2026-06/scores/chuang');
    expect(own.body).toMatchObject({
      total: 9700,
      lines: [
        { kind: 'base' },
        {
          kind: 'target',
          points: -300,
          figure: {
            code: 'onTime',
            value: 9200,
            numerator: 92,
            denominator: 100,
            source: '业务系统:审批系统',
          },
          note: '办结率不足:按时办结率92/100 = 92%(来源:业务系统:审批系统),低于95%,每1%扣1分,3 × 1分 = 扣3分',
        },
      ],
    });
    const list = await clerk.get('/api/months/2026-06/figures');
    expect(list.body.items).toMatchObject([
      { code: 'onTime', handedIn: 3, says: '分子和分母', version: 2 },
      { code: 'leave', handedIn: 0 },
      { code: 'answers', handedIn: 0, says: '各档份数:满意(10)、不满意(4)' },
      { code: 'casesHandled', title: '办件量' },
      { code: 'goodRating', title: '好评率' },
    ]);
    expect(JSON.stringify(list.body.items)).toContain('staff-0104');
    expect((await hall.as('chuang').get('/api/months/2026-06/figures')).body.code).toBe('access.denied');
  });

  test('an excepted kind of leave does not count', async () => {
    const told = await hall.as('ban').post('/api/figures', {
      month: '2026-06',
      figure: 'leave',
      source: 'import',
      rows: [
        {
          subject: 'staff-0104',
          parts: [
            { kind: '事假', value: 400 },
            { kind: '培训', value: 300 },
          ],
        },
      ],
    });
    expect(told.status).toBe(201);
    const score = ok(await readScore(hall.house, centreId, Ban, { month: '2026-06', person: 'staff-0104' }));
    expect(score.total).toBe(9900);
    expect(JSON.stringify(score.lines)).toContain('培训3天不计');
  });
});

describe('a correction after freezing', () => {
  test('is a further event, leaves the frozen month alone and is carried once', async () => {
    const cutOf = async (month: string) => {
      const head = await hall.house.store.head(centreId, { kind: 'month', id: month });
      if (!head?.state.cut) throw new Error('no cut');
      return loadCut(hall.house, centreId, month, head.state.cut);
    };
    const close = async (month: string, at: string) => {
      hall.clock.set(at);
      ok(await sumMonth(hall.house, centreId, Ban, { commandId: randomUUID(), month }));
      hall.clock.set(at.replace('T02', 'T05'));
      ok(await freezeMonth(hall.house, centreId, Chu, { commandId: randomUUID(), month }));
    };
    await close('2026-06', '2026-07-08T02:00:00.000Z');
    const cut = await cutOf('2026-06');
    expect(cut.figures).toContainEqual(['figure-2026-06-staff-onTime', 2]);
    expect(cut.beside?.figures).toContainEqual(
      expect.objectContaining({ subject: 'chuang', numerator: 92, denominator: 100 }),
    );
    hall.clock.set('2026-07-20T02:00:00.000Z');
    const fields = {
      source: 'system',
      origin: '审批系统',
      rows: [{ subject: 'chuang', numerator: 94, denominator: 100 }],
      reason: '两件退件误计为超期',
    };
    const told = await hall.as('ban').post('/api/figures/figure-2026-06-staff-onTime/correct', fields);
    expect(told.body.version).toBe(3);
    const total = async (month: string) =>
      ok(await readScore(hall.house, centreId, Ban, { month, person: 'chuang' })).total;
    expect(await total('2026-06')).toBe(9700);
    await close('2026-07', '2026-08-07T02:00:00.000Z');
    expect((await cutOf('2026-07')).carried).toEqual([
      { fromMonth: '2026-06', person: 'chuang', points: 200, cases: [] },
    ]);
    expect(await total('2026-06')).toBe(9700);
    expect(await total('2026-07')).toBe(10_200);
    await close('2026-08', '2026-09-07T02:00:00.000Z');
    expect((await cutOf('2026-08')).carried).toEqual([]);
    const record = await hall.as('ban').get('/api/figures/figure-2026-06-staff-onTime');
    expect(record.body).toMatchObject({ history: [{}, {}, { event: { type: 'figure.corrected' } }] });
  });

  test('taking back a row leaves the subject without a figure', async () => {
    hall.clock.set('2026-09-10T02:00:00.000Z');
    const clerk = hall.as('ban');
    const id = 'figure-2026-06-staff-onTime';
    const unknown = await clerk.post(`/api/figures/${id}/withdraw`, { subjects: ['ge'], reason: '录错' });
    expect(unknown.body.code).toBe('figure.rows');
    const told = await clerk.post(`/api/figures/${id}/withdraw`, {
      subjects: ['staff-0102'],
      reason: '录错',
    });
    expect(told.status).toBe(200);
    const record = await clerk.get(`/api/figures/${id}`);
    expect(JSON.stringify(record.body.state)).not.toContain('staff-0102');
  });
});
