// Every title a rule book names, on the real table: by the week, the month and the quarter, for people and windows; with
// self-nomination, a committee drawn by lot and the public draw, both told again from the journal alone.
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readEvent } from '../../functions/store.ts';
import { committeeOf } from '../../shared/committee.ts';
import { drawOf } from '../../shared/draw.ts';
import type { DomainEvent } from '../../shared/events.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { Ban, centreId, Gong, ruleBookInput } from '../cast.ts';
import { deductingLadder, stepsIn } from '../hall-months.ts';
import { openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
let steps: ReturnType<typeof stepsIn>;

const titled: RuleBookInput = {
  ...ruleBookInput,
  ladder: deductingLadder,
  awards: [
    {
      code: 'smile',
      kind: 'other',
      title: '每周微笑之星',
      cadence: 'week',
      quota: 2,
      eligible: { atMost: { minor: 0, evident: 0, serious: 0 }, daysOnPostAtLeast: 4 },
      criteria: [{ by: 'praise' }],
      tie: 'meeting',
    },
    {
      code: 'window',
      kind: 'civilisedWindow',
      title: '文明窗口',
      cadence: 'month',
      recipient: 'window',
      quota: 2,
      eligible: { scoreAtLeast: 9900, nominated: false },
      criteria: [{ by: 'votes' }, { by: 'casesHandled' }],
      tie: 'draw',
      votes: [
        { code: 'duty', title: '值班长', weight: 4000 },
        { code: 'public', title: '服务对象', weight: 6000 },
      ],
    },
    {
      code: 'model',
      kind: 'pacesetter',
      title: '季度服务标兵',
      cadence: 'quarter',
      quota: 1,
      selfNomination: true,
      committee: { seats: 2, byLot: true },
      eligible: { scoreAtLeast: 9800, nominated: true, material: { deeds: 1, characters: 10 } },
      criteria: [{ by: 'score' }],
      tie: 'meeting',
    },
    {
      code: 'advance',
      kind: 'other',
      title: '半年先进进驻部门',
      cadence: 'halfYear',
      recipient: 'department',
      quota: 2,
      eligible: { atMost: { serious: 0 }, nominated: false },
      criteria: [{ by: 'score' }, { by: 'praise' }],
      tie: 'meeting',
    },
  ],
};

/** Events of an award as the journal keeps them. */
const journalOf = async (id: string): Promise<DomainEvent[]> =>
  (await hall.house.store.events(centreId, { kind: 'award', id })).map((item) => readEvent(item).event);
const ofType = <T extends DomainEvent['type']>(events: readonly DomainEvent[], type: T) => {
  const found = events.find((event): event is Extract<DomainEvent, { type: T }> => event.type === type);
  if (!found) throw new Error(`no ${type}`);
  return found;
};
interface Standing {
  candidate: string;
  outcome: string;
  why: string[];
}
const standingsIn = (body: Record<string, unknown>): Standing[] =>
  Array.isArray(body.standings) ? body.standings : [];

beforeAll(async () => {
  hall = await openHouse();
  steps = stepsIn(hall);
  await steps.does(Ban, 'rulebook.enact', '2026-04-01T00:00:00.000Z', { from: '2026-04', book: titled });
  await steps.delayed({ person: 'chuang', window: 'window-a01', day: '2026-04-15', quantity: 3 });
  await steps.close('2026-04', '2026-05-08');
  await steps.close('2026-05', '2026-06-08');
  await steps.delayed({
    person: 'staff-0104',
    window: 'window-b01',
    day: '2026-06-10',
    quantity: 3,
    leader: Gong,
  });
});

describe('a title of the week', () => {
  const opening = { month: '2026-06', code: 'smile', week: '2026-06-08' };

  test('waits for the week’s end, and for no frozen month', async () => {
    hall.clock.set('2026-06-14T08:00:00.000Z');
    const early = await hall.as('ban').post('/api/awards', opening);
    expect(early.body.code).toBe('award.period-open');
    hall.clock.set('2026-06-15T02:00:00.000Z');
    const noMonday = await hall.as('ban').post('/api/awards', { ...opening, week: '2026-06-09' });
    expect(noMonday.body.code).toBe('award.week');
    const told = await hall.as('ban').post('/api/awards', opening);
    expect(told.body.id).toBe('award-2026-06-smile-2026-06-08');
  });

  test('looks at its own days alone', async () => {
    const proposal = await hall.as('ban').get('/api/awards/award-2026-06-smile-2026-06-08/proposal');
    const out = standingsIn(proposal.body).filter(({ outcome }) => outcome === 'out');
    expect(out.map(({ candidate }) => candidate)).toEqual(['staff-0104']);
    // The next week knows nothing of the case.
    hall.clock.set('2026-06-22T02:00:00.000Z');
    const next = await hall.as('ban').post('/api/awards', { ...opening, week: '2026-06-15' });
    const after = await hall.as('ban').get(`/api/awards/${String(next.body.id)}/proposal`);
    expect(standingsIn(after.body).map(({ outcome }) => outcome)).not.toContain('out');
  });
});

describe('a title of windows', () => {
  const id = 'award-2026-06-window';
  const votes = (voters: string, rows: readonly object[]) => ({
    month: '2026-06',
    of: 'window',
    figure: `window.${voters}`,
    source: 'survey',
    rows,
  });

  beforeAll(async () => {
    hall.clock.set('2026-07-02T02:00:00.000Z');
    const clerk = hall.as('ban');
    const duty = [
      { subject: 'window-a01', value: 9000 },
      { subject: 'window-a02', value: 8000 },
      { subject: 'window-c01', value: 8000 },
    ];
    const visitors = [
      { subject: 'window-a01', numerator: 90, denominator: 100 },
      { subject: 'window-a02', numerator: 45, denominator: 50 },
      { subject: 'window-c01', numerator: 9, denominator: 10 },
    ];
    expect((await clerk.post('/api/figures', votes('duty', duty))).status).toBe(201);
    expect((await clerk.post('/api/figures', votes('public', visitors))).status).toBe(201);
    const handled = [
      { subject: 'window-a02', value: 12_000 },
      { subject: 'window-c01', value: 12_000 },
    ];
    const told = await clerk.post('/api/figures', { ...votes('', handled), figure: 'casesHandled' });
    expect(told.status).toBe(201);
    await steps.close('2026-06', '2026-07-08');
  });

  test('is won by votes weighted as the book says, then by cases handled; equals are drawn', async () => {
    const clerk = hall.as('ban');
    expect((await clerk.post('/api/awards', { month: '2026-06', code: 'window' })).body.id).toBe(id);
    const proposal = await clerk.get(`/api/awards/${id}/proposal`);
    expect(proposal.body).toMatchObject({
      quota: 2,
      chosen: ['window-a01'],
      ties: [{ candidates: ['window-a02', 'window-c01'], places: 1, by: 'draw' }],
      names: { 'window-a01': 'A01 号窗口' },
    });
    const told = JSON.stringify(proposal.body.standings);
    // 90 × 40 % + 90 × 60 %, against 80 × 40 % + 90 × 60 %.
    expect(told).toContain('“投票和评议”优于下一名:90分 / 86分');
    // One of two people lost three points: the mean of its people keeps the window out.
    const social = standingsIn(proposal.body).find(({ candidate }) => candidate === 'window-b01');
    expect(social).toMatchObject({ outcome: 'out', why: ['得分98.5分,低于99分'] });
  });

  test('is proposed by the own chief representative, decided, drawn, published and announced', async () => {
    const at = (day: string) => hall.clock.set(`${day}T02:00:00.000Z`);
    at('2026-07-09');
    const nomination = { person: 'window-a01', material: '全月零差评' };
    expect((await hall.as('shou').post(`/api/awards/${id}/nominate`, nomination)).status).toBe(200);
    const other = { ...nomination, person: 'window-c01' };
    expect((await hall.as('shou').post(`/api/awards/${id}/nominate`, other)).body.code).toBe('access.denied');
    const decision = {
      list: [{ person: 'window-a01', criterion: '投票和评议' }],
      draw: { persons: ['window-a02', 'window-c01'], places: 1, source: '7月10日福彩3D' },
      minutes: '会议研究',
    };
    expect((await hall.as('chu').post(`/api/awards/${id}/decide`, decision)).status).toBe(200);
    at('2026-07-11');
    expect((await hall.as('ban').post(`/api/awards/${id}/draw`, { publicNumber: '305' })).status).toBe(200);
    const journal = await journalOf(id);
    const { draw } = ofType(journal, 'award.decided');
    const drawn = ofType(journal, 'award.drawn');
    // Whoever holds the journal draws the same order.
    expect(drawOf(draw?.persons ?? [], `${id}:305`)).toEqual(drawn.order);
    expect((await hall.as('ban').post(`/api/awards/${id}/publish`)).status).toBe(200);
    // Whoever objects reads it again with its answer; a colleague does not.
    const toldTo = async (who: string): Promise<string> =>
      JSON.stringify((await hall.as(who).get(`/api/awards/${id}`)).body.history);
    await hall.as('chuang').post(`/api/awards/${id}/object`, { grounds: '排队时间偏长' });
    const answer = { n: 1, outcome: 'dismissed', reason: '数据核对无误' };
    expect((await hall.as('chu').post(`/api/awards/${id}/answer-objection`, answer)).status).toBe(200);
    expect(await toldTo('chuang')).toMatch(/排队时间偏长.*数据核对无误/);
    expect(await toldTo('shou')).not.toMatch(/排队时间偏长|数据核对无误/);
    at('2026-07-21');
    expect((await hall.as('chu').post(`/api/awards/${id}/announce`)).status).toBe(200);
    const record = await hall.as('chuang').get(`/api/awards/${id}`);
    expect(record.body).toMatchObject({
      state: {
        stage: 'announced',
        recipient: 'window',
        recipients: [{ person: 'window-a01' }, { person: drawn.winners[0] }],
      },
    });
  });
});

describe('a title of the quarter', () => {
  const id = 'award-2026-06-model';

  test('opens with the quarter’s last month, by the mean of its months', async () => {
    const clerk = hall.as('ban');
    const early = await clerk.post('/api/awards', { month: '2026-05', code: 'model' });
    expect(early.body.code).toBe('award.period-open');
    expect((await clerk.post('/api/awards', { month: '2026-06', code: 'model' })).body.id).toBe(id);
    const record = await clerk.get(`/api/awards/${id}`);
    expect(record.body).toMatchObject({
      state: { term: { from: '2026-04-01', until: '2026-06-30' }, committee: { seats: 2, byLot: true } },
    });
    const proposal = await clerk.get(`/api/awards/${id}/proposal`);
    const told = JSON.stringify(proposal.body.standings);
    expect(told).toContain('没有首席代表推荐');
  });

  test('is shown to a department with those of its own who may win it', async () => {
    const { body } = await hall.as('shou').get('/api/awards?month=2026-06');
    const items = z.array(
      z.looseObject({ id: z.string(), state: z.looseObject({ eligible: z.array(z.string()) }) }),
    );
    const found = items.parse(body.items).find((one) => one.id === id);
    const own = ['chuang', 'staff-0102', 'staff-0103', 'staff-0107'];
    expect(found?.state.eligible.toSorted()).toEqual(own);
  });

  test('has a committee only once there is somebody to judge', async () => {
    const clerk = hall.as('ban');
    const list = ['staff-0104', 'staff-0105', 'staff-0103', 'ke', 'chuang'];
    const uncalled = await clerk.post(`/api/awards/${id}/draw-committee`, { publicNumber: '123' });
    expect(uncalled.body.code).toBe('award.no-committee');
    expect(
      (await clerk.post(`/api/awards/${id}/call-committee`, { list, source: '7月22日福彩3D' })).status,
    ).toBe(200);
    const early = await clerk.post(`/api/awards/${id}/draw-committee`, { publicNumber: '123' });
    expect(early.body.code).toBe('award.nobody-nominated');
    const { abilities } = (await clerk.get(`/api/awards/${id}`)).body;
    expect(abilities).toContain('award.callCommittee');
    expect(abilities).not.toContain('award.drawCommittee');
    const owed = async (who: string) => JSON.stringify((await hall.as(who).get('/api/obligations')).body);
    expect(await owed('ban')).toContain('产生评审组:2026年第二季度');
    expect(await owed('chu')).not.toContain('研究确定:2026年第二季度');
  });

  test('takes self-nominations with material, by oneself alone', async () => {
    const own = { person: 'chuang', material: '延时服务四十小时,无一差错', deeds: 1 };
    const short = await hall
      .as('chuang')
      .post(`/api/awards/${id}/nominate-self`, { ...own, material: '很好' });
    expect(short.body.code).toBe('award.material-short');
    const none = await hall.as('chuang').post(`/api/awards/${id}/nominate-self`, { ...own, deeds: 0 });
    expect(none.body.code).toBe('award.material-short');
    const other = await hall.as('staff-0102').post(`/api/awards/${id}/nominate-self`, own);
    expect(other.body.code).toBe('access.denied');
    expect((await hall.as('chuang').post(`/api/awards/${id}/nominate-self`, own)).status).toBe(200);
    const back = `/api/awards/${id}/take-back-nomination`;
    // What somebody handed in of themselves is theirs alone to take back, not their department's.
    expect((await hall.as('shou').post(back, { person: 'chuang' })).body.code).toBe('access.denied');
    expect((await hall.as('chuang').post(back, { person: 'chuang' })).status).toBe(200);
    expect((await hall.as('chuang').post(back, { person: 'chuang' })).body.code).toBe(
      'award.nomination-gone',
    );
    expect((await hall.as('chuang').post(`/api/awards/${id}/nominate-self`, own)).status).toBe(200);
    const window = 'award-2026-06-window';
    const unasked = await hall
      .as('chuang')
      .post(`/api/awards/${window}/nominate-self`, { ...own, person: 'window-a01' });
    expect(unasked.body.code).toBe('award.no-self-nomination');
  });

  test('is judged by a committee drawn by lot, candidates’ departments barred, told again from the journal', async () => {
    const clerk = hall.as('ban');
    const decision = { list: [{ person: 'chuang', criterion: '得分' }], minutes: '评审' };
    expect((await hall.as('chu').post(`/api/awards/${id}/decide`, decision)).body.code).toBe(
      'award.no-committee',
    );
    const list = ['staff-0104', 'staff-0105', 'staff-0103', 'ke', 'chuang'];
    const called = await clerk.post(`/api/awards/${id}/call-committee`, { list, source: '7月22日福彩3D' });
    expect(called.status).toBe(200);
    expect((await clerk.post(`/api/awards/${id}/draw-committee`, { publicNumber: '123' })).status).toBe(200);
    const journal = await journalOf(id);
    const { list: fixed } = ofType(journal, 'award.committeeCalled');
    const drawn = ofType(journal, 'award.committeeDrawn');
    const again = committeeOf(
      fixed,
      [{ id: 'chuang', department: 'department-tax' }],
      2,
      `${id}:committee:123`,
    );
    expect(again).toEqual({ seats: drawn.seats, reserve: drawn.reserve, barred: drawn.barred });
    expect(drawn.barred).toEqual([
      { id: 'chuang', why: '本人参评,回避' },
      { id: 'staff-0103', why: '本部门有人参评,回避' },
    ]);
    const late = await hall.as('shou').post(`/api/awards/${id}/nominate`, {
      person: 'staff-0102',
      material: '延时服务四十小时,无一差错',
      deeds: 1,
    });
    expect(late.body.code).toBe('award.committee-drawn');
    // Chuang lost three points in April: 9900 on the quarter's mean.
    const proposal = await clerk.get(`/api/awards/${id}/proposal`);
    expect(proposal.body).toMatchObject({ chosen: ['chuang'] });
    expect((await hall.as('chu').post(`/api/awards/${id}/decide`, decision)).status).toBe(200);
  });

  test('tells whoever falls out over an objection why, and no colleague', async () => {
    expect((await hall.as('ban').post(`/api/awards/${id}/publish`)).status).toBe(200);
    const doubt = { person: 'chuang', grounds: '延时服务的时数不实' };
    expect((await hall.as('staff-0102').post(`/api/awards/${id}/object`, doubt)).status).toBe(200);
    const answer = { n: 1, outcome: 'upheld', reason: '经查只有二十小时' };
    expect((await hall.as('chu').post(`/api/awards/${id}/answer-objection`, answer)).status).toBe(200);
    const toldTo = async (who: string): Promise<string> =>
      JSON.stringify((await hall.as(who).get(`/api/awards/${id}`)).body);
    expect(await toldTo('chuang')).toContain('经查只有二十小时');
    expect(await toldTo('chuang')).not.toContain('延时服务的时数不实');
    expect(await toldTo('staff-0107')).not.toContain('经查只有二十小时');
  });
});

describe('a title of departments for half a year', () => {
  test('opens with June and goes by the people of each department over the months since the hall began', async () => {
    const clerk = hall.as('ban');
    const id = 'award-2026-06-advance';
    expect((await clerk.post('/api/awards', { month: '2026-05', code: 'advance' })).body.code).toBe(
      'award.period-open',
    );
    expect((await clerk.post('/api/awards', { month: '2026-06', code: 'advance' })).body.id).toBe(id);
    const record = await clerk.get(`/api/awards/${id}`);
    expect(record.body).toMatchObject({
      state: { recipient: 'department', term: { from: '2026-01-01', until: '2026-06-30' } },
    });
    const proposal = await clerk.get(`/api/awards/${id}/proposal`);
    expect(proposal.body).toMatchObject({
      chosen: ['department-centre', 'department-tax'],
      names: { 'department-tax': '市税务局' },
    });
    // One of the tax department's four lost 3 points in April, one of social security's three in June: 99.25 and two
    // full months against two full months and 99.
    const told = JSON.stringify(proposal.body.standings);
    expect(told).toContain('99.75分 / 99.67分');
  });
});
