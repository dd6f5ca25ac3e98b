// The complaint desk and the praise register through the API, on the real engines: from the person at the counter to the
// archive, with nobody learning who complained but those who talk to them.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { followEvent } from '../../functions/follow-up.ts';
import { nightOf } from '../../functions/night.ts';
import { verifyCentre } from '../../local/verification.ts';
import { plusDays } from '../../shared/time.ts';
import { centreId, ruleBookInput, wednesday } from '../cast.ts';
import { type Body, finding, openHouse, type TestHouse } from '../house.ts';
import { png } from '../picture.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
  // The hall keeps who complained for sixty days after filing.
  await step('ban', '/api/rulebooks', {
    from: '2026-11',
    book: { ...ruleBookInput, settings: { complaint: { keepComplainantDays: 60 } } },
  });
});

const inDays = (days: number, clock = '02:00'): string => `${plusDays('2026-11-18', days)}T${clock}:00.000Z`;
const step = async (who: string, path: string, fields: Record<string, unknown> = {}): Promise<Body> => {
  const answer = await hall.as(who).post(path, fields);
  expect(answer.body, `${who} ${path}`).not.toHaveProperty('code');
  return answer.body;
};
const read = async (who: string, path: string): Promise<Body> => (await hall.as(who).get(path)).body;
const codeOf = async (who: string, path: string, fields: Record<string, unknown>) =>
  (await hall.as(who).post(path, fields)).body.code;
const itemsOf = (body: Body): Record<string, unknown>[] => (Array.isArray(body.items) ? body.items : []);

const complaint = {
  source: 'desk',
  receivedAt: '2026-11-18T01:55:00.000Z',
  violation: 'ATT-RUDE',
  happened: { from: '2026-11-18T01:20:00.000Z', to: '2026-11-18T01:30:00.000Z', doubtSeconds: 300 },
  window: 'window-a01',
  complainant: { name: '钱多多', contact: '13812345678' },
  content: 'A01窗口人员言语生硬,材料没有一次说清,来回跑了两趟',
};
const register = async (more: Record<string, unknown> = {}): Promise<string> =>
  `/api/complaints/${(await step('ban', '/api/complaints', { ...complaint, ...more })).id}`;
/** Everything anybody but the desk, the investigator and the auditor can get hold of. */
const everybodyElse = [
  'xun',
  'gong',
  'ke',
  'chu',
  'zhu',
  'shou',
  'lian',
  'chuang',
  'staff-0102',
  'guan',
  'wai',
];

describe('a complaint at the desk', () => {
  let at: string;
  let found: string;

  test('is taken in, and found again by the month', async () => {
    at = await register({ ticket: 'FW-2026-118' });
    const body = await read('ban', '/api/complaints?month=2026-11');
    expect(itemsOf(body).map(({ id }) => id)).toContain(at.split('/').at(-1));
    expect(itemsOf(await read('ban', '/api/complaints?month=2026-11&stage=archived'))).toEqual([]);
    expect(itemsOf(await read('ban', '/api/complaints?month=2026-10'))).toEqual([]);
  });

  test('is due to be accepted, and says so to those who may', async () => {
    const owed = itemsOf(await read('ban', '/api/obligations'));
    expect(owed).toContainEqual(
      expect.objectContaining({
        kind: 'acceptComplaint',
        due: '2026-11-19T09:30:00.000Z',
        sentence: '受理投诉:2026年11月18日收到的窗口反映(A01窗口)',
      }),
    );
  });

  test('hides who complained from everybody who reads it; only a registered reason opens it', async () => {
    await step('ban', `${at}/accept`, { investigator: 'ge' });
    for (const who of ['ban', 'ke', 'chu', 'ji', 'ge', 'shou']) {
      const answer = await hall.as(who).get(at);
      expect(answer.status, who).toBe(200);
      expect(JSON.stringify(answer.body), who).not.toMatch(/钱多多|13812345678/);
    }
    for (const who of ['chuang', 'staff-0102', 'xun', 'gong', 'lian', 'guan', 'wai'])
      expect((await hall.as(who).get(at)).status, who).toBe(404);
    // The department could look the ticket up elsewhere.
    expect(JSON.stringify(await read('shou', at))).not.toContain('FW-2026-118');
    for (const who of everybodyElse)
      expect(await codeOf(who, `${at}/complainant`, { reason: '看看' }), who).toMatch(
        /access.denied|thing.not-found/,
      );
    expect(await step('ge', `${at}/complainant`, { reason: '电话了解经过' })).toMatchObject({
      name: '钱多多',
      contact: '13812345678',
    });
    expect(itemsOf(await read('ji', `${at}/complainant`))).toMatchObject([
      { version: 1, by: { person: 'ge', role: 'gridLeader' }, reason: '电话了解经过' },
    ]);
    expect((await hall.as('ge').get(`${at}/complainant`)).status).toBe(404);
    expect(await codeOf('ge', `${at}/complainant`, { reason: '' })).toBe('request.invalid');
  });

  test('is explained by the department and looked into by somebody else', async () => {
    await step('shou', `${at}/explain`, { explanation: '当日人多,已向窗口人员了解' });
    expect(await codeOf('ban', `${at}/investigate`, { means: ['window'], record: '已问' })).toBe(
      'access.denied',
    );
    await step('ge', `${at}/investigate`, {
      means: ['complainant', 'window'],
      record: '投诉人补充:第一次未告知需要委托书;窗口人员承认语气急躁',
    });
    const seen = await read('shou', at);
    expect(JSON.stringify(seen)).not.toContain('委托书');
    expect(seen.abilities).toEqual(['complaint.explain']);
  });

  test('proposes what a patrol has seen of the same incident, and joins it', async () => {
    const seen = await step(
      'xun',
      '/api/cases',
      finding({ violation: 'ATT-RUDE', happened: { ...complaint.happened, doubtSeconds: 0 } }),
    );
    found = `/api/cases/${seen.id}`;
    const items = itemsOf(await read('ke', `${at}/same-incident`));
    expect(items).toMatchObject([{ kind: 'case', id: seen.id, window: 'window-a01', sameFamily: true }]);
    await step('ke', `${at}/decide`, {
      outcome: 'partly',
      findings: [
        { into: seen.id },
        {
          violation: 'ATT-ONEGO',
          subject: { kind: 'persons', persons: ['chuang'] },
          description: '未一次告知',
        },
      ],
      reason: '双方陈述一致',
      demand: '窗口对照清单一次告知',
    });
    const { state } = await read('ke', at);
    expect(state).toMatchObject({
      stage: 'decided',
      outcome: 'partly',
      cases: [seen.id, expect.any(String)],
    });
    expect(await read('ke', found)).toMatchObject({ state: { joined: [at.split('/').at(-1)] } });
  });

  test('leads to findings like any other: somebody else verifies them, whom they concern sees them', async () => {
    const second = `/api/cases/${String(Object(await read('ke', at)).state.cases[1])}`;
    expect(await read('ke', second)).toMatchObject({
      state: { stage: 'reported', source: 'complaint', reportedBy: { person: 'ke' }, window: 'window-a01' },
    });
    expect(await codeOf('ke', `${second}/dismiss`, { reason: '不属实' })).toBe('access.own-report');
    const { number } = Object(await read('ke', second)).state;
    expect((await hall.as('ke').get(`/api/case-numbers/${String(number)}`)).body).toMatchObject({
      id: second.split('/').at(-1),
    });
    await step('ge', `${found}/confirm`, { severity: 'serious', clause: '5', reason: '属实' });
    const own = JSON.stringify(await read('chuang', found));
    expect(own).not.toMatch(/钱多多|13812345678|委托书/);
  });

  test('is answered and followed up before it is filed', async () => {
    expect(await codeOf('ban', `${at}/archive`, {})).toBe('complaint.wrong-stage');
    hall.clock.set(inDays(1));
    await step('ban', `${at}/answer`, {
      way: 'phone',
      answeredAt: inDays(1),
      words: '已对窗口人员核实处理,并告知所需材料',
    });
    expect(await codeOf('ban', `${at}/archive`, {})).toBe('complaint.not-revisited');
    hall.clock.set(inDays(5));
    await step('ban', `${at}/revisit`, { result: 'satisfied', at: inDays(5), words: '满意' });
    await step('ban', `${at}/archive`);
    expect(await read('ji', at)).toMatchObject({
      state: { stage: 'archived', feedback: { how: 'told' }, revisit: { result: 'satisfied' } },
      abilities: [],
    });
    expect(await codeOf('ke', `${at}/reopen`, { reason: '再查' })).toBe('complaint.wrong-stage');
    const figures = await read('ke', '/api/months/2026-11/complaints');
    expect(figures).toMatchObject({
      ...{ received: 1, open: 0, answered: 1, answeredInTime: 1, substantiated: 1, revisited: 1, content: 1 },
      departments: [{ id: 'department-tax', name: '市税务局', received: 1, substantiated: 1 }],
    });
  });

  test('forgets the complainant when the hall’s time is over, and the chain still stands', async () => {
    const id = at.split('/').at(-1) ?? '';
    const ref = { kind: 'complaint' as const, id };
    const before = await hall.house.store.event(centreId, ref, 1);
    expect(JSON.stringify(before)).toContain('钱多多');
    hall.clock.set(inDays(60, '20:00'));
    await nightOf(hall.house, centreId);
    expect(await read('ban', at)).toMatchObject({ state: { complainant: 'named' } });
    hall.clock.set(inDays(67, '20:00'));
    await nightOf(hall.house, centreId);
    const last = (await hall.house.store.events(centreId, ref)).at(-1);
    if (last) await followEvent(hall.house, centreId, last);
    const after = await hall.house.store.event(centreId, ref, 1);
    expect(JSON.stringify(after)).not.toMatch(/钱多多|13812345678/);
    expect(JSON.stringify(after)).toContain('言语生硬');
    expect(after?.hash).toBe(before?.hash);
    expect(
      createHash('sha256')
        .update(after?.body ?? '')
        .digest('hex'),
    ).toBe(after?.hash);
    expect(await read('ban', at)).toMatchObject({ state: { complainant: 'purged' } });
    expect(await codeOf('ban', `${at}/complainant`, { reason: '补问' })).toBe('complaint.nobody-named');
    hall.clock.set(wednesday);
  });
});

describe('two complaints of one matter', () => {
  test('are told of each other, and offer no step that would be refused', async () => {
    const happened = { from: '2026-11-16T02:00:00.000Z', to: '2026-11-16T02:00:00.000Z', doubtSeconds: 0 };
    const main = await register({ happened });
    const twin = await register({ happened });
    const ids = [main, twin].map((at) => at.split('/').at(-1));
    const offered = async (at: string, who = 'ban') => (await read(who, at)).abilities;
    const proposed = async (at: string) =>
      itemsOf(await read('ban', `${at}/same-incident`)).map(({ id }) => id);
    // Nothing is late yet.
    expect(await offered(twin)).toEqual(expect.arrayContaining(['complaint.accept', 'complaint.join']));
    expect(await offered(twin)).not.toContain('complaint.urge');
    expect(await proposed(twin)).toEqual([ids[0]]);
    await step('ban', `${twin}/join`, { into: ids[0], reason: '同一件事' });
    expect(await read('ban', twin)).toMatchObject({ state: { into: ids[0] } });
    expect(await read('ban', main)).toMatchObject({ state: { joined: [ids[1]] } });
    expect(await proposed(main)).toEqual([]);
    expect(await offered(main)).not.toContain('complaint.join');
    const third = await register({ happened });
    expect(await codeOf('ban', `${main}/join`, { into: third.split('/').at(-1), reason: '同' })).toBe(
      'complaint.join-unfit',
    );
    // Its complainant hears what the other one leads to.
    expect(await offered(twin)).toEqual(['complaint.cannotAnswer']);
    await step('ban', `${main}/accept`, { investigator: 'ge' });
    await step('ge', `${main}/investigate`, { means: ['window'], record: '已问' });
    await step('ke', `${main}/decide`, { outcome: 'unverifiable', reason: '无从查证' });
    expect(await offered(twin)).toEqual(['complaint.answer', 'complaint.cannotAnswer']);
    const toldAt = hall.clock.now();
    await step('ban', `${twin}/answer`, { way: 'phone', answeredAt: toldAt, words: '已电话告知' });
    await step('ban', `${twin}/revisit`, { result: 'dissatisfied', at: toldAt, words: '不服' });
    // Looking into it again is for the one that was looked into.
    expect(await offered(twin, 'ke')).toEqual(['complaint.revisit']);
    hall.clock.set(inDays(2));
    expect(await offered(third)).toContain('complaint.urge');
    await step('ban', `${third}/urge`, { way: 'phone', words: '请受理' });
    expect(await offered(third)).not.toContain('complaint.urge');
    hall.clock.set(wednesday);
  });
});

describe('a complaint of integrity', () => {
  test('is the discipline organ’s from its first moment; everybody else only knows how many', async () => {
    const at = await register({ violation: 'INT-BRIBE', content: '称被索要好处费' });
    for (const who of [...everybodyElse, 'ban', 'ge'])
      expect((await hall.as(who).get(at)).status, who).toBe(404);
    expect(await codeOf('ban', `${at}/accept`, {})).toBe('thing.not-found');
    expect(await codeOf('ban', `${at}/complainant`, { reason: '回电' })).toBe('thing.not-found');
    expect(await read('ji', at)).toMatchObject({ state: { stage: 'transferred', violation: 'INT-BRIBE' } });
    expect(await step('ji', `${at}/complainant`, { reason: '核查线索' })).toMatchObject({ name: '钱多多' });
    for (const who of ['ban', 'ke', 'chu'])
      expect(JSON.stringify(await read(who, '/api/complaints?month=2026-11'))).not.toContain('INT-BRIBE');
    // Where else would they find what was handed to them?
    expect(itemsOf(await read('ji', '/api/complaints?month=2026-11')).map(({ id }) => id)).toContain(
      at.split('/').at(-1),
    );
    expect(JSON.stringify(await read('chu', '/api/obligations'))).not.toContain(at.split('/').at(-1));
    expect(await read('chu', '/api/months/2026-11/complaints')).toMatchObject({
      received: 5,
      transferred: 1,
    });
  });
});

describe('a hotline ticket that waits too long', () => {
  test('is urged by the night once, and then rests for five working days', async () => {
    const at = await register({ source: 'hotline', ticket: 'RX-77', ticketBy: '2026-11-20' });
    await step('ban', `${at}/accept`, { investigator: 'ge' });
    const urged = async (days: number): Promise<unknown> => {
      hall.clock.set(inDays(days, '20:00'));
      await nightOf(hall.house, centreId);
      return Object(await read('ban', at)).state.urged;
    };
    expect([await urged(1), await urged(2), await urged(3), await urged(4), await urged(12)]).toEqual([
      0, 1, 1, 1, 2,
    ]);
    expect(itemsOf(await read('ban', '/api/obligations'))).toContainEqual(
      expect.objectContaining({ kind: 'investigateComplaint', overdue: true }),
    );
    hall.clock.set(wednesday);
  });
});

describe('praise', () => {
  const photo = png();
  const pennant = {
    ...{ type: 'BON-PRAISE', day: '2026-11-17', persons: ['chuang'], way: 'pennant', object: '2026-031' },
    ...{ sender: '李女士', description: '群众送来锦旗一面' },
  };
  const manifest = {
    ...{ name: '锦旗.png', kind: 'photo', mediaType: 'image/png', size: photo.length },
    sha256: createHash('sha256').update(photo).digest('hex'),
    takenAt: '2026-11-18T01:58:00.000Z',
  };
  let at: string;

  test('counts once its picture has arrived and somebody else has verified it', async () => {
    const entered = await step('ban', '/api/bonuses', { ...pennant, evidence: [manifest] });
    at = `/api/bonuses/${entered.id}`;
    const confirmation = { clause: 'J1', reason: '实物已核对' };
    expect(await codeOf('ge', `${at}/confirm`, confirmation)).toBe('bonus.proof-missing');
    const file = `/api/evidence/${entered.id}/1`;
    const plan = (await hall.as('ban').post(`${file}/upload`, null)).body;
    const put = Object(plan).put;
    const sent = await fetch(put.url, { method: 'PUT', headers: put.headers, body: new Uint8Array(photo) });
    expect(sent.status).toBe(200);
    expect((await hall.as('ban').post(`${file}/complete`, null)).body).toEqual({ state: 'received' });
    await step('ge', `${at}/confirm`, confirmation);
    expect((await read('chuang', '/api/months/2026-11/scores/chuang')).lines).toContainEqual(
      expect.objectContaining({ kind: 'bonus', points: 200 }),
    );
  });

  test('that is entered twice is shown as such, merged, and still counts once', async () => {
    const twice = await step('shou', '/api/bonuses', { ...pennant, way: 'letter', object: undefined });
    const listed = itemsOf(await read('ke', '/api/bonuses?month=2026-11&person=chuang'));
    expect(listed.map(({ id, same }) => [id, same])).toEqual(
      expect.arrayContaining([
        [twice.id, [at.split('/').at(-1)]],
        [at.split('/').at(-1), [twice.id]],
      ]),
    );
    await step('ke', `/api/bonuses/${twice.id}/merge`, { into: at.split('/').at(-1), reason: '同一面锦旗' });
    const lines = Object(await read('ke', '/api/months/2026-11/scores/chuang')).lines;
    expect(lines.filter(({ kind }: { kind: string }) => kind === 'bonus')).toHaveLength(1);
  });

  test('is read by the page, by person and by stage, each by whom it concerns', async () => {
    for (const person of ['staff-0102', 'staff-0104', 'staff-0108'])
      await step('ban', '/api/bonuses', {
        type: 'BON-HELP',
        day: '2026-11-16',
        persons: [person],
        description: '帮办',
      });
    const pages: unknown[] = [];
    for (let after = ''; ; ) {
      const body = await read('ke', `/api/bonuses?month=2026-11&limit=2${after}`);
      pages.push(...itemsOf(body).map(({ id }) => id));
      if (body.next === null) break;
      after = `&after=${String(body.next)}`;
    }
    expect(new Set(pages).size).toBe(5);
    expect(itemsOf(await read('ke', '/api/bonuses?month=2026-11&stage=reported'))).toHaveLength(3);
    expect(itemsOf(await read('shou', '/api/bonuses?month=2026-11'))).toHaveLength(3);
    expect(itemsOf(await read('chuang', '/api/bonuses?month=2026-11'))).toHaveLength(2);
    expect(itemsOf(await read('ke', '/api/bonuses?month=2026-10'))).toEqual([]);
    expect((await hall.as('guan').get('/api/bonuses?month=2026-11')).body.code).toBe('access.denied');
    // Who praised is the office's to thank.
    expect(JSON.stringify(await read('ban', at))).toContain('李女士');
    for (const who of ['ge', 'shou', 'chuang'])
      expect(JSON.stringify(await read(who, at)), who).not.toContain('李女士');
  });

  test('that proves false is taken back by somebody who had no part in it', async () => {
    expect(await codeOf('ge', `${at}/revoke`, { reason: '查明' })).toBe('access.denied');
    await step('chu', `${at}/revoke`, { reason: '锦旗系亲属所送' });
    const lines = Object(await read('ke', '/api/months/2026-11/scores/chuang')).lines;
    expect(lines.filter(({ kind }: { kind: string }) => kind === 'bonus')).toEqual([]);
  });
});

test('after all of it the whole journal verifies, less the two words that were to be forgotten', async () => {
  expect(await verifyCentre(hall.house.store, centreId, inDays(70))).toMatchObject({
    bad: [],
    purgedTexts: 2,
  });
});
