// A hall without accounts, through the doors on the real engines: the patrol sheet, the notice, the answer and the
// review come in on paper and are entered by the clerk and the chief representative with their scans; on the telephone
// the case is called by its number.
import { beforeAll, describe, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});
const scan = (name: string, takenAt: string) => ({
  ...{ name, kind: 'document', mediaType: 'image/jpeg', size: 90_000, sha256: 'c'.repeat(64), takenAt },
});

test('a case goes its whole way on paper, each step with its own date', async () => {
  const paper = (name: string, signedAt: string) => ({
    paper: { signedAt, evidence: [scan(name, signedAt)] },
  });
  const round = await hall.as('ban').post('/api/inspections', {
    ...{ kind: 'patrol', grid: 'grid-a', startedAt: '2026-11-18T01:30:00.000Z', walkedBy: 'xun' },
  });
  expect(round.status).toBe(201);
  const reported = await hall.as('ban').post('/api/cases', {
    ...finding({
      foundBy: 'xun',
      inspection: round.body.id,
      evidence: [scan('sheet.jpg', '2026-11-18T01:55:00.000Z')],
    }),
  });
  const at = `/api/cases/${reported.body.id}`;
  expect((await hall.as('xun').get(at)).body).toMatchObject({
    state: { foundBy: 'xun', reportedBy: { person: 'ban' } },
  });
  const step = async (who: string, verb: string, fields: Record<string, unknown>) => {
    const answer = await hall.as(who).post(`${at}/${verb}`, fields);
    expect(answer.body, verb).not.toHaveProperty('code');
  };
  await step('ge', 'confirm', { severity: 'evident', clause: '3', reason: '属实' });
  hall.clock.set('2026-11-19T02:00:00.000Z');
  await step('ban', 'notify', {
    ...{ way: 'refused', deliveredAt: '2026-11-18T06:00:00.000Z', witnesses: ['gong', 'ke'] },
    evidence: [scan('refused.jpg', '2026-11-18T06:00:00.000Z')],
  });
  await step('shou', 'answer', {
    ...{ noObjection: false, answer: '当时在查询政策' },
    ...paper('answer.jpg', '2026-11-18T08:00:00.000Z'),
  });
  hall.clock.set('2026-11-25T02:00:00.000Z');
  const late = await hall.as('ban').post(`${at}/appeal`, { grounds: '申请复核' });
  expect(late.body.code).toBe('case.appeal-late');
  await step('ban', 'appeal', { grounds: '申请复核', ...paper('appeal.jpg', '2026-11-19T08:00:00.000Z') });
  await step('kang', 'decide-appeal', { outcome: 'overturned', reason: '录像可见在查询政策' });
  // The scans travel after the record, like every other file.
  for (const n of [1, 2, 3, 4]) {
    const plan = await hall.as('ban').post(`/api/evidence/${reported.body.id}/${n}/upload`, null);
    expect(plan, String(n)).toMatchObject({ status: 200, body: { state: 'put' } });
  }
  const { body } = await hall.as('ke').get(at);
  expect(body).toMatchObject({ state: { stage: 'counting', review: { outcome: 'overturned' } }, missing: 4 });
});

test('what rests on paper is refused without its scan', async () => {
  const round = await hall.as('ban').post('/api/inspections', {
    ...{ kind: 'patrol', grid: 'grid-a', startedAt: '2026-11-24T01:30:00.000Z', walkedBy: 'xun' },
  });
  const inspection = `/api/inspections/${round.body.id}`;
  const ended = { endedAt: '2026-11-24T02:30:00.000Z' };
  expect((await hall.as('ban').post(`${inspection}/close`, ended)).body.code).toBe('inspection.scan-missing');
  const sheet = { evidence: [scan('sheet.jpg', '2026-11-24T02:35:00.000Z')] };
  expect((await hall.as('ban').post(`${inspection}/record`, sheet)).status).toBe(200);
  expect((await hall.as('ban').post(`${inspection}/close`, ended)).status).toBe(200);
  expect((await hall.as('ban').post('/api/cases', finding({ foundBy: 'xun' }))).body.code).toBe(
    'case.scan-missing',
  );
  const { body } = await hall.as('xun').post('/api/cases', finding());
  const at = `/api/cases/${body.id}`;
  const send = (who: string, verb: string, fields: Record<string, unknown>) =>
    hall.as(who).post(`${at}/${verb}`, fields);
  await send('ge', 'confirm', { severity: 'evident', clause: '3', reason: '属实' });
  const deliveredAt = hall.clock.now();
  for (const fields of [{ way: 'paper' }, { way: 'refused', witnesses: ['gong', 'ke'] }])
    expect((await send('ban', 'notify', { ...fields, deliveredAt })).body.code).toBe('case.scan-missing');
  expect((await send('shou', 'notify', { way: 'representative', deliveredAt })).status).toBe(200);
  hall.clock.set('2026-11-27T10:00:00.000Z');
  for (const who of ['shou', 'ban']) {
    const answer = await send(who, 'answer', { noObjection: true, answer: '无异议' });
    expect(answer.body.code, who).toBe('case.scan-missing');
    const appeal = await send(who, 'appeal', { grounds: '申请复核' });
    expect(appeal.body.code, who).toBe('case.scan-missing');
  }
  expect((await send('chuang', 'answer', { noObjection: true, answer: '无异议' })).status).toBe(200);
});

test('a leave carries the signed slip, sent once however many months it touches', async () => {
  const days = { kind: 'days', from: '2026-11-26', until: '2026-12-02' };
  const filed = await hall.as('shou').post('/api/leaves', {
    ...{ person: 'staff-0102', kind: 'sick', stretch: days },
    evidence: [scan('leave.jpg', '2026-11-25T08:00:00.000Z')],
  });
  expect(filed.body.uploads).toHaveLength(1);
  const leave = `/api/leaves/${filed.body.id}`;
  expect((await hall.as('shou').get(leave)).body).toMatchObject({
    missing: 1,
    state: { evidence: [{ n: 1 }] },
  });
  const copy = String(filed.body.id).replace('2026-11', '2026-12');
  expect((await hall.as('shou').get(`/api/leaves/${copy}`)).body).toMatchObject({
    ...{ missing: 0, state: { evidence: [] } },
  });
  expect((await hall.as('shou').post(`/api/evidence/${filed.body.id}/1/upload`, null)).body.state).toBe(
    'put',
  );
  expect((await hall.as('xun').post(`/api/evidence/${filed.body.id}/1/upload`, null)).body.code).toBe(
    'access.denied',
  );
  const correction = {
    ...{ stretch: { ...days, until: '2026-12-01' }, reason: '提前销假' },
    evidence: [scan('back.jpg', '2026-11-26T08:00:00.000Z')],
  };
  expect((await hall.as('shou').post(`${leave}/correct`, correction)).status).toBe(200);
  expect((await hall.as('shou').get(leave)).body).toMatchObject({
    state: { evidence: [{ n: 1 }, { n: 2 }], filings: [{}, { entry: { stretch: { until: '2026-12-01' } } }] },
  });
  await hall.as('ban').post(`${leave}/withdraw`, { reason: '未休' });
  expect((await hall.as('ban').get(leave)).body).toMatchObject({ state: { evidence: [{}, {}] }, missing: 2 });
});

describe('the number of a case', () => {
  const tail = '0000-4000-8000-000000000042';

  test('leads to it, for those who may read it', async () => {
    const { body } = await hall.as('xun').post('/api/cases', finding());
    const read = await hall.as('ke').get(`/api/cases/${body.id}`);
    const number = /"number":"([^"]+)"/.exec(JSON.stringify(read.body.state))?.[1] ?? '';
    expect(number).toMatch(/^26-11-\d{4}$/);
    const found = await hall.as('shou').get(`/api/case-numbers/${number}`);
    expect(found).toMatchObject({ status: 200, body: { number, id: body.id } });
    for (const who of ['wai', 'gong', 'staff-0102'])
      expect((await hall.as(who).get(`/api/case-numbers/${number}`)).status).toBe(404);
    expect((await hall.as('ke').get('/api/case-numbers/26-10-9999')).body.code).toBe('thing.not-found');
    expect((await hall.as('ke').get('/api/case-numbers/42')).body.code).toBe('thing.not-found');
  });

  test('belongs to one case only, also when two reports draw the same one at once', async () => {
    const answers = await Promise.all(
      ['11111111', '22222222', '33333333'].map((head) =>
        hall.as('xun').post('/api/cases', { commandId: `${head}-${tail}`, ...finding() }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const { body } = await hall.as('ke').get('/api/months/2026-11/board');
    const rows = Array.isArray(body.cases) ? body.cases : [];
    const numbers = rows.map((row: { number?: string }) => row.number);
    expect(numbers).toContain('26-11-0066');
    expect(new Set(numbers).size).toBe(rows.length);
    const again = await hall.as('xun').post('/api/cases', { commandId: `11111111-${tail}`, ...finding() });
    expect(again.body).toEqual(answers[0]?.body);
  });

  test('of an integrity lead leads nobody to it but the auditor', async () => {
    const commandId = `44444444-${tail.replace('42', '77')}`;
    await hall.as('xun').post('/api/cases', { commandId, ...finding({ violation: 'INT-BRIBE' }) });
    expect((await hall.as('ke').get('/api/case-numbers/26-11-0119')).status).toBe(404);
    expect((await hall.as('ji').get('/api/case-numbers/26-11-0119')).status).toBe(200);
  });
});
