// Taking a talk back through the doors: only once a case it rests on has fallen, and by whoever may.
import { beforeAll, expect, test } from 'vitest';
import { ruleBookInput } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const talking = {
  code: 'talk',
  measure: 'sectionTalk',
  when: { severity: ['serious'], times: { again: true }, subject: 'person' },
};
const finding = {
  ...{ violation: 'DIS-PHONE', source: 'patrol', window: 'window-a01', description: '看手机' },
  ...{ subject: { kind: 'persons', persons: ['chuang'] }, evidence: [] },
  happened: { from: '2026-11-18T01:30:00.000Z', to: '2026-11-18T01:30:00.000Z', doubtSeconds: 2 },
};
const record = {
  ...{ kind: 'section', person: 'chuang', recorder: 'ban', place: '谈话室', reason: '严重问题' },
  ...{ content: '提醒纪律', statement: '今后注意', copies: [], evidence: [] },
};

test('a talk is taken back once its case has fallen, by the office alone', async () => {
  const step = async (who: string, at: string, fields: Record<string, unknown>) => {
    const told = await hall.as(who).post(at, fields);
    expect(told.body, at).not.toHaveProperty('code');
    return told.body;
  };
  await step('ban', '/api/rulebooks', { from: '2026-11', book: { ...ruleBookInput, ladder: [talking] } });
  const id = (await step('xun', '/api/cases', finding)).id;
  const at = `/api/cases/${id}`;
  await step('ge', `${at}/confirm`, { severity: 'serious', clause: '3', reason: '照片清楚' });
  await step('ge', `${at}/notify`, { way: 'tablet', deliveredAt: hall.clock.now() });
  await step('chuang', `${at}/answer`, { noObjection: true, answer: '无异议' });
  const due = (await hall.as('ke').get('/api/months/2026-11/measures')).body.measures;
  expect(due).toMatchObject([{ kind: 'sectionTalk', cases: [id] }]);
  const measure = Array.isArray(due) ? String(due[0].id) : '';
  await step('ke', '/api/talks', { ...record, id: measure, cases: [id], heldAt: hall.clock.now() });
  const talk = `/api/talks/${measure}`;
  const withdraw = (who: string) => hall.as(who).post(`${talk}/withdraw`, { reason: '复核撤销' });
  const offered = async (who: string) => (await hall.as(who).get(talk)).body.abilities;

  // Its case stands: nobody is offered it, whoever may is told why not.
  expect(await offered('ke')).not.toContain('talk.withdraw');
  expect((await withdraw('ke')).body.code).toBe('talk.cases-stand');

  await step('chuang', `${at}/appeal`, { grounds: '当时在查业务系统' });
  await step('chu', `${at}/decide-appeal`, { outcome: 'overturned', reason: '系统记录可以证明' });
  for (const who of ['ban', 'ke', 'chu']) expect(await offered(who), who).toContain('talk.withdraw');
  expect(await offered('chuang')).not.toContain('talk.withdraw');
  for (const who of ['chuang', 'ge', 'xun', 'shou', 'ji', 'guan'])
    expect((await withdraw(who)).body.code, who).toBe('access.denied');
  expect((await withdraw('ban')).status).toBe(200);
  expect((await hall.as('chuang').get(talk)).body.state).toMatchObject({ stage: 'withdrawn' });
  expect((await withdraw('ban')).body.code).toBe('talk.wrong-stage');
});
