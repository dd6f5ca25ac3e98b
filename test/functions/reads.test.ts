// What is read over HTTP, and by whom: the same record is whole for those who decide, less for those who reported, and
// not there for anybody else. Every answer here is also held against the contract.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { followEvent } from '../../functions/follow-up.ts';
import { centreId } from '../cast.ts';
import { finding, openHouse, type TestHouse, type Told } from '../house.ts';
import { photograph } from '../picture.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const path = (answer: Told, kind = 'cases'): string => {
  expect(answer.body).not.toHaveProperty('code');
  return `/api/${kind}/${answer.body.id}`;
};
const reported = async (more: Record<string, unknown> = {}, who = 'xun'): Promise<string> =>
  path(await hall.as(who).post('/api/cases', finding(more)));
const step = async (who: string, at: string, fields: Record<string, unknown> = {}): Promise<void> => {
  const answer = await hall.as(who).post(at, fields);
  expect(answer.body, `${who} ${at}`).not.toHaveProperty('code');
};
const statusFor = async (who: string, at: string) => (await hall.as(who).get(at)).status;

describe('a case', () => {
  let heard: string;
  beforeAll(async () => {
    heard = await reported({ violation: 'DIS-OFFPOST' });
    await step('ge', `${heard}/confirm`, {
      ...{ severity: 'evident', clause: '2', reason: '调阅现场照片,属实' },
      chosen: { points: 200, reason: '离岗二十分钟' },
    });
    await step('ge', `${heard}/notify`, { way: 'tablet', deliveredAt: hall.clock.now() });
    await step('chuang', `${heard}/answer`, { noObjection: false, answer: '当时去库房取票据' });
  });

  test('is there for those whose grid, department, person or office it concerns, and for nobody else', async () => {
    const sees = ['xun', 'ge', 'ke', 'chu', 'zhu', 'ban', 'ji', 'chuang', 'shou'];
    const doesNot = ['gong', 'shi', 'san', 'staff-0102', 'lian', 'guan', 'wai'];
    for (const who of sees) expect(await statusFor(who, heard), who).toBe(200);
    for (const who of doesNot) {
      const answer = await hall.as(who).get(heard);
      expect(answer.body, who).toMatchObject({ status: 404, code: 'thing.not-found' });
    }
  });

  test('shows its whole way, with words and names, to who decides', async () => {
    const { body } = await hall.as('ke').get(heard);
    expect(body).toMatchObject({
      version: 4,
      state: { stage: 'counting', heard: 'answered', verdict: { clause: '2', chosen: { points: 200 } } },
      history: [
        { version: 1, by: { person: 'xun', role: 'inspector' }, event: { type: 'case.reported' } },
        { event: { type: 'case.confirmed', reason: { text: '调阅现场照片,属实' } } },
        { event: { type: 'case.noticed', way: 'tablet' } },
        { by: { person: 'chuang' }, event: { answer: { text: '当时去库房取票据' } } },
      ],
      missing: 0,
      names: {
        chuang: '庄窗',
        xun: '荀巡',
        'window-a01': 'A01 号窗口',
        'grid-a': '甲区',
        'department-tax': '市税务局',
      },
    });
  });

  test('shows its reporter what became of it, but neither the figure nor what was said in defence', async () => {
    const { body } = await hall.as('xun').get(heard);
    expect(body).toMatchObject({ state: { stage: 'counting', verdict: { clause: '2' } } });
    const text = JSON.stringify(body);
    expect(text).not.toContain('"chosen"');
    expect(text).not.toContain('库房');
    expect(text).toContain('调阅现场照片');
  });

  test('shows a third party nothing but what it handed in itself', async () => {
    const handedIn = await reported({ source: 'thirdParty' }, 'san');
    await step('ge', `${handedIn}/confirm`, { severity: 'minor', clause: '3', reason: '属实,内部意见' });
    const { body } = await hall.as('san').get(handedIn);
    expect(body).toMatchObject({ history: [{ event: { type: 'case.reported' } }] });
    expect(JSON.stringify(body)).not.toContain('内部意见');
  });

  test('offers each viewer what they may do now, and nothing else', async () => {
    const abilities = async (who: string, at: string) => (await hall.as(who).get(at)).body.abilities;
    const open = await reported();
    expect(await abilities('ge', open)).toEqual([
      ...['case.addEvidence', 'case.dismiss', 'case.merge', 'case.reassign', 'case.confirm'],
      ...['case.settleOnSpot', 'case.transfer'],
    ]);
    expect(await abilities('xun', open)).toEqual([
      ...['case.addEvidence', 'case.withdraw', 'case.settleOnSpot'],
    ]);
    expect(await abilities('ji', open)).toEqual([]);
    expect(await abilities('chuang', open)).toEqual([]);
    expect(await abilities('chuang', heard)).toEqual(['case.appeal']);
    const own = await reported({ source: 'patrol' }, 'ge');
    expect(await abilities('ge', own)).not.toContain('case.confirm');
    expect(await abilities('ke', own)).toContain('case.confirm');
  });

  test('of integrity is sealed from the first moment: there for the auditor alone', async () => {
    const sealed = await reported({ violation: 'INT-BRIBE' });
    for (const who of ['xun', 'ge', 'ke', 'chu', 'ban', 'chuang', 'shou'])
      expect(await statusFor(who, sealed), who).toBe(404);
    expect(await statusFor('ji', sealed)).toBe(200);
    const touched = await hall.as('ge').post(`${sealed}/dismiss`, { reason: '不属实' });
    expect(touched.body.code).toBe('thing.not-found');
    await step('ge', `${sealed}/transfer`, { reason: '移送纪检监察' });
    const again = await hall.as('ge').post(`${sealed}/transfer`, { reason: '移送纪检监察' });
    expect(again.body.code).toBe('thing.not-found');
  });
});

describe('a person', () => {
  test('learns who they are here and what their roles let them do', async () => {
    expect((await hall.as('ge').get('/api/me')).body).toMatchObject({
      person: 'ge',
      name: '葛格',
      centre: { id: 'mingchuang', name: '明窗市政务服务中心' },
      centres: ['mingchuang'],
      roles: [{ role: 'gridLeader', title: '格长', grid: 'grid-a', from: '2026-01-01' }],
      abilities: expect.arrayContaining(['case.confirm', 'score.read']),
      now: hall.clock.now(),
    });
    expect((await hall.as('wai').get('/api/me')).body).toMatchObject({ roles: [], abilities: [] });
  });

  test('finds every case of their own, also one in which they were named second', async () => {
    const both = await reported({ subject: { kind: 'persons', persons: ['chuang', 'staff-0102'] } });
    const { body } = await hall.as('staff-0102').get('/api/people/staff-0102/record');
    expect(body).toMatchObject({
      items: [{ kind: 'case', id: both.split('/').at(-1), state: { stage: 'reported' } }],
      next: '2026-09',
    });
  });

  test('turns the pages of their record back to the month they came', async () => {
    const months: unknown[] = [];
    for (let after: unknown = ''; after !== null; ) {
      const { body } = await hall
        .as('chuang')
        .get(`/api/people/chuang/record${after === '' ? '' : `?after=${after}`}`);
      months.push(body.next);
      after = body.next;
    }
    expect(months).toEqual(['2026-09', '2026-06', '2026-03', null]);
  });

  test('does not find the record of a colleague; their own leaders do', async () => {
    const record = '/api/people/staff-0102/record';
    for (const who of ['staff-0102', 'ge', 'shou', 'ke', 'ban', 'ji'])
      expect(await statusFor(who, record), who).toBe(200);
    for (const who of ['chuang', 'gong', 'xun', 'guan', 'wai', 'lian'])
      expect(await statusFor(who, record), who).toBe(404);
    expect(await statusFor('ji', '/api/people/nobody/record')).toBe(404);
  });
});

describe('a list', () => {
  const pages = async (who: string, at: string): Promise<{ id: string; kind: string }[]> => {
    const all: { id: string; kind: string }[] = [];
    for (let next: unknown = ''; next !== null; ) {
      const { body } = await hall.as(who).get(`${at}${next === '' ? '' : `&after=${next}`}`);
      expect(Array.isArray(body.items)).toBe(true);
      all.push(...(body.items as typeof all));
      next = body.next;
    }
    return all;
  };

  test('of the registry comes page by page, each entry once; logins are for admin and auditor', async () => {
    const whole = await pages('ji', '/api/registry?limit=200');
    const small = await pages('ji', '/api/registry?limit=7');
    expect(small).toEqual(whole);
    expect(new Set(whole.map((entry) => `${entry.kind}:${entry.id}`)).size).toBe(whole.length);
    const withoutLogins = await pages('ban', '/api/registry?limit=200');
    expect(withoutLogins).toEqual(whole.filter((entry) => entry.kind !== 'account'));
    expect(await pages('ban', '/api/registry?kind=account&limit=50')).toEqual([]);
    expect((await pages('ge', '/api/registry?kind=grid&limit=3')).map((entry) => entry.id)).toEqual([
      ...['grid-a', 'grid-b', 'grid-c', 'grid-d'],
    ]);
    expect(await statusFor('chuang', '/api/registry')).toBe(403);
  });

  test('of inspections shows each one their own, and the office all', async () => {
    const open = (who: string, fields: Record<string, unknown>) =>
      hall.as(who).post('/api/inspections', { startedAt: '2026-11-18T01:30:00.000Z', ...fields });
    const patrol = await open('xun', { kind: 'patrol', grid: 'grid-a' });
    const video = await open('shi', { kind: 'video' });
    const ids = async (who: string) => {
      const { body } = await hall.as(who).get('/api/inspections?day=2026-11-18');
      return Array.isArray(body.items) ? body.items.map((item) => item.id).sort() : body.code;
    };
    expect(await ids('xun')).toEqual([patrol.body.id]);
    expect(await ids('shi')).toEqual([video.body.id]);
    expect(await ids('ge')).toEqual([patrol.body.id]);
    expect(await ids('ban')).toEqual([patrol.body.id, video.body.id].sort());
    expect(await ids('chuang')).toBe('access.denied');
    const { body } = await hall.as('xun').get(path(patrol, 'inspections'));
    expect(body).toMatchObject({ state: { stage: 'open', planned: 2 }, abilities: expect.any(Array) });
  });

  test('of rule books names them, and one is read whole', async () => {
    const { body } = await hall.as('chuang').get('/api/rulebooks');
    expect(body).toMatchObject({
      items: [{ id: 'rulebook-2026-01', from: '2026-01', version: 1 }],
      next: null,
    });
    const book = await hall.as('chuang').get('/api/rulebooks/rulebook-2026-01');
    expect(book.body).toMatchObject({ book: { id: 'small-hall' } });
    expect(await statusFor('chuang', '/api/rulebooks/rulebook-2025-01')).toBe(404);
    expect(await statusFor('wai', '/api/rulebooks')).toBe(403);
  });

  test('of letters of a month may be empty', async () => {
    expect((await hall.as('lian').get('/api/letters?month=2026-11')).body).toEqual({ items: [], next: null });
  });

  test('of what is due and of what failed answers who may ask', async () => {
    expect(await statusFor('ge', '/api/obligations')).toBe(200);
    expect(await statusFor('guan', '/api/follow-ups')).toBe(200);
    expect(await statusFor('wai', '/api/obligations')).toBe(403);
  });
});

describe('evidence', () => {
  const bytes = photograph('of an empty chair');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const photo = {
    ...{ name: '空椅.jpg', kind: 'photo', mediaType: 'image/jpeg', size: bytes.length, sha256 },
    takenAt: '2026-11-18T01:50:00.000Z',
  };

  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a picture with an archive behind it', `\u00ff\u00d8\u00ff\u00e0 PK\u0005\u0006${'\0'.repeat(18)}`],
  ])('that is %s is refused and kept nowhere, under whatever name', async (_what, content) => {
    const page = Buffer.from(content, 'latin1');
    const hash = createHash('sha256').update(page).digest('hex');
    const entry = { ...photo, size: page.length, sha256: hash };
    const { body } = await hall.as('xun').post('/api/cases', finding({ evidence: [entry] }));
    const file = `/api/evidence/${body.id}/1`;
    const plan = await hall.as('xun').post(`${file}/upload`, null);
    const { url, headers } = plan.body.put as { url: string; headers: Record<string, string> };
    expect((await fetch(url, { method: 'PUT', headers, body: page })).status).toBe(200);
    expect((await hall.as('xun').post(`${file}/complete`, null)).body.code).toBe('evidence.other-content');
    expect((await hall.as('ge').post(`${file}/views`, { reason: '核实' })).body.code).toBe(
      'evidence.not-received',
    );
    const item = await hall.house.store.event(centreId, { kind: 'case', id: String(body.id) }, 2);
    if (item) await followEvent(hall.house, centreId, item);
    const lying = await hall.house.files.everyVersion(`mingchuang/evidence/${body.id}`);
    expect([...lying.keys()].filter((key) => key.includes(hash))).toEqual([]);
  });

  test('goes to the store by a signed address, is received, and every look at it is registered', async () => {
    const answer = await hall.as('xun').post('/api/cases', finding({ evidence: [photo] }));
    const at = path(answer);
    expect(answer.body.uploads).toMatchObject([
      { n: 1, put: { url: expect.stringContaining(photo.sha256) } },
    ]);
    const file = `/api/evidence/${at.split('/').at(-1)}/1`;
    const missing = async () => (await hall.as('ge').get(at)).body.missing;
    expect(await missing()).toBe(1);
    expect((await hall.as('xun').post(`${file}/complete`, null)).body.code).toBe('evidence.not-complete');
    const plan = await hall.as('xun').post(`${file}/upload`, null);
    const { url, headers } = plan.body.put as { url: string; headers: Record<string, string> };
    expect((await fetch(url, { method: 'PUT', headers, body: bytes })).status).toBe(200);
    expect((await hall.as('xun').post(`${file}/complete`, null)).body).toEqual({ state: 'received' });
    expect(await missing()).toBe(0);

    const viewed = await hall.as('ge').post(`${file}/views`, { reason: '核实当日情况' });
    expect(viewed.body).toMatchObject({ sha256, mediaType: 'image/jpeg' });
    expect(Buffer.from(await (await fetch(String(viewed.body.url))).arrayBuffer())).toEqual(bytes);
    const register = await hall.as('ji').get(`${file}/views?limit=1`);
    expect(register.body).toMatchObject({
      items: [{ version: 1, by: { person: 'ge', role: 'gridLeader' }, reason: '核实当日情况' }],
      next: null,
    });
    expect((await hall.as('chuang').get(`${file}/views`)).body.items).toHaveLength(1);
    expect(await statusFor('xun', `${file}/views`)).toBe(404);
  });

  test('of nobody, of another grid, without a reason: refused', async () => {
    const at = await reported({ evidence: [photo] });
    const record = at.split('/').at(-1);
    const look = async (who: string, n: string, fields: object) =>
      (await hall.as(who).post(`/api/evidence/${record}/${n}/views`, { ...fields })).body.code;
    expect(await look('ge', '1', { reason: '核实' })).toBe('evidence.not-received');
    expect(await look('ge', '2', { reason: '核实' })).toBe('evidence.unknown');
    expect(await look('ge', '1', {})).toBe('request.invalid');
    expect(await look('ge', '0', { reason: '核实' })).toBe('thing.not-found');
    expect(await look('gong', '1', { reason: '核实' })).toBe('access.denied');
    expect((await hall.as('xun').post('/api/evidence/elsewhere/1/upload', null)).body.code).toBe(
      'thing.not-found',
    );
    expect((await hall.as('gong').post(`/api/evidence/${record}/1/upload`, null)).body.code).toBe(
      'access.denied',
    );
  });
});

describe('a month', () => {
  test('is read as it stands, summed by the clerk and frozen by the director', async () => {
    for (const who of ['ke', 'ge', 'shou']) {
      expect(await statusFor(who, '/api/months/2026-11/board'), who).toBe(200);
      expect(await statusFor(who, '/api/months/2026-11/measures'), who).toBe(200);
    }
    expect(await statusFor('chuang', '/api/months/2026-11/board')).toBe(403);
    expect((await hall.as('chuang').get('/api/months/2026-11/scores/chuang')).body).toMatchObject({
      person: 'chuang',
      stage: 'open',
      lines: expect.any(Array),
    });
    expect((await hall.as('ban').post('/api/months/2026-11/sum')).body.code).toBe('month.not-over');
    expect((await hall.as('ban').post('/api/months/2026-13/sum')).body.code).toBe('thing.not-found');
    await step('ban', '/api/months/2026-10/sum');
    expect((await hall.as('ban').post('/api/months/2026-10/freeze')).body.code).toBe('access.denied');
    await step('chu', '/api/months/2026-10/freeze');
    expect((await hall.as('ke').get('/api/months/2026-10/board')).body).toMatchObject({ stage: 'frozen' });
    expect((await hall.as('ban').post('/api/months/2026-10/sum')).body.code).toBe('month.frozen');
  });
});
