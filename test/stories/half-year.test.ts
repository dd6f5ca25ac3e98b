// The reference hall's half-year on the real engines, through the API alone: 72 person-times, 11 departments written to,
// 15 stars a month. What the platform says of it is held against an independent count from the plan.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createEvidenceStore } from '../../functions/evidence-store.ts';
import { createHouse } from '../../functions/house.ts';
import { createApp } from '../../functions/http.ts';
import { night } from '../../functions/night.ts';
import { run } from '../../functions/run.ts';
import { createSealStore } from '../../functions/seal-store.ts';
import { sealAll } from '../../functions/seals.ts';
import { createStore } from '../../functions/store.ts';
import { createBuckets, createTable } from '../../local/create-table.ts';
import { campaignDays, demoCentre } from '../../local/demo-centre.ts';
import { eve, playHalfYear } from '../../local/half-year.ts';
import { type Incident, months } from '../../local/half-year-facts.ts';
import { type Figures, linesOf } from '../../local/half-year-figures.ts';
import { caseIdOf, commandIdOf, plannedHalfYear } from '../../local/half-year-plan.ts';
import { type Api, doorsOf } from '../../local/half-year-stage.ts';
import { startTableEngine } from '../../local/table-engine.ts';
import { type Verification, verifyCentre } from '../../local/verification.ts';
import { system } from '../../shared/access.ts';
import { commandNamed } from '../../shared/commands.ts';
import { ok } from '../../shared/problems.ts';
import { dayOf, type Instant, type Month, plusMonths } from '../../shared/time.ts';
import { views } from '../../shared/views.ts';

const issuer = 'https://issuer.example';
const { facts, plan } = plannedHalfYear(issuer);
let now: Instant = eve;
let failed = 0;
let figures: Figures;
let api: Api;
let proof: () => Promise<Verification>;

// Half a year is much for one engine beside everybody else's tests: this story has its own.
const engine = await startTableEngine({ folder: 'memory' });
const client = new DynamoDBClient({
  endpoint: engine.url,
  region: 'local',
  credentials: { accessKeyId: 'halfyear', secretAccessKey: 'tests' },
});
const s3 = new S3Client({
  endpoint: inject('objectStoreUrl'),
  region: 'local',
  forcePathStyle: true,
  credentials: inject('objectStoreCredentials'),
  requestChecksumCalculation: 'WHEN_REQUIRED',
});

beforeAll(async () => {
  const buckets = { evidence: 'half-year-evidence', papers: 'half-year-papers', origin: 'http://localhost' };
  await Promise.all([createTable(client, 'half-year'), createBuckets(s3, buckets)]);
  const house = createHouse({
    store: createStore({ client, table: 'half-year' }),
    files: createEvidenceStore({ client: async () => s3, bucket: buckets.evidence }),
    seals: createSealStore({ client: async () => s3, bucket: buckets.papers }),
    clock: () => now,
  });
  const app = createApp({
    house,
    // Who signs in is not this story's matter: the header names the account.
    checkToken: async (authorization) =>
      ok({ issuer, subject: (authorization ?? '').slice('Bearer '.length) }),
    secure: false,
  });
  const call = async (account: string, path: string, init: RequestInit) => {
    const reply = await app.request(path, {
      ...init,
      headers: { authorization: `Bearer ${account}`, 'content-type': 'application/json' },
    });
    return { status: reply.status, body: await reply.json() };
  };
  proof = () => verifyCentre(house.store, 'demo', now, house);
  api = {
    as: (account) => ({
      get: (path) => call(account, path, {}),
      post: (path, body) => call(account, path, { method: 'POST', body: JSON.stringify(body) }),
    }),
  };
  const founded = await run(house, 'demo', system, commandNamed('centre.found'), {
    commandId: commandIdOf('found'),
    fields: demoCentre(issuer).founding,
  });
  expect(founded).toMatchObject({ ok: true });
  figures = await playHalfYear({
    api,
    issuer,
    setClock: (at) => {
      now = at;
    },
    night: async () => {
      for (const report of await night(house)) failed += report.failed;
      for (const report of await sealAll(house)) failed += report.failed === undefined ? 0 : 1;
    },
  });
}, 2_400_000);
afterAll(async () => {
  client.destroy();
  s3.destroy();
  await engine.stop();
});

const counting = facts.incidents.filter((one) => one.fate === 'counts' && one.review !== 'overturned');
const personTimes = (list: readonly Incident[]): number =>
  list.reduce((sum, one) => sum + one.persons.length, 0);
/** A late finding is published with the month after its own. */
const bulletinOf = (one: Incident): Month => (one.late === 'finding' ? plusMonths(one.month, 1) : one.month);

test('72 person-times are confirmed, heard and published, each case in exactly one bulletin', () => {
  expect(personTimes(counting)).toBe(72);
  expect(figures.violations).toBe(72);
  expect(figures.incidents).toBe(counting.filter((one) => one.persons.length === 0).length);
  for (const month of months)
    expect(figures.published.get(month), month).toEqual(
      counting
        .filter((one) => bulletinOf(one) === month)
        .map(caseIdOf)
        .sort(),
    );
});

test('every follow-up of every night succeeded', () => {
  expect(failed).toBe(0);
});

test('the figures are printed as name and value, one a line', () => {
  const lines = linesOf(figures);
  expect(lines).toContain('violations: 72');
  expect(lines).toContain('departments written to: 11');
  expect(lines).toContain('stars: 15 15 15 15 15 15');
  expect(lines.filter((line) => !/^[^:]+: .+$/.test(line))).toEqual([]);
});

test('the other findings ended as planned', () => {
  const stages: Record<Incident['fate'], string> = {
    counts: 'counting',
    dismissed: 'dismissed',
    settled: 'settledOnSpot',
    merged: 'merged',
    transferred: 'transferred',
  };
  for (const [fate, stage] of Object.entries(stages))
    expect(figures.findings.get(stage), fate).toBe(facts.incidents.filter((one) => one.fate === fate).length);
  expect([...figures.findings.values()].reduce((sum, one) => sum + one, 0)).toBe(facts.incidents.length);
});

test('11 departments are written to: three person-times in a month, or a serious one during the campaign', () => {
  const due = new Set<string>();
  for (const month of months) {
    const own = facts.incidents.filter(
      (one) =>
        one.month === month &&
        one.late !== 'finding' &&
        (one.fate === 'settled' || (one.fate === 'counts' && one.review !== 'overturned')),
    );
    for (const { department, severity, at } of own) {
      const many = personTimes(own.filter((one) => one.department === department)) >= 3;
      const inCampaign = campaignDays.from <= dayOf(at) && dayOf(at) <= campaignDays.until;
      if (many || (severity === 'serious' && inCampaign)) due.add(department);
    }
  }
  expect(figures.writtenTo).toEqual([...due].sort());
  expect(figures.writtenTo).toHaveLength(11);
});

test('letters carry numbers without a gap, one of them audio and video, and one department had to be urged', () => {
  const monthly = months.map((month) => {
    const published = counting.filter((one) => bulletinOf(one) === month);
    return new Set(published.map((one) => one.department)).size;
  });
  expect(Object.fromEntries(figures.letters)).toEqual({
    bulletin: 6,
    violation: 12,
    evidence: 1,
    monthly: monthly.reduce((sum, one) => sum + one, 0),
  });
  const letters = 13 + monthly.reduce((sum, one) => sum + one, 0);
  expect(figures.numbers.letters).toEqual(['明政务函〔2026〕1号', `明政务函〔2026〕${letters}号`]);
  expect(figures.numbers.bulletins).toEqual(['明政务通报〔2026〕1号', '明政务通报〔2026〕6号']);
  expect(figures.urged).toBe(1);
});

test('the department that persists has looked at the clip it was sent, and the look is registered', async () => {
  const doors = doorsOf(api);
  const list = await doors.read('ji', views['letter.list'], '/api/letters?month=2026-04&limit=100');
  const letter = list.items.find((one) => one.state.kind === 'evidence')?.state;
  expect(letter).toMatchObject({ department: 'department-market', stage: 'closed' });
  const shares = (letter?.cases ?? []).flatMap(({ id, shares }) => shares.map((n) => ({ id, n })));
  expect(shares.length).toBeGreaterThan(3);
  const kindsOf: string[] = [];
  for (const { id, n } of shares) {
    const record = await doors.read('ji', views['case.read'], `/api/cases/${id}`);
    kindsOf.push(record.state.evidence.find((one) => one.n === n)?.kind ?? '');
    const register = await doors.read('ji', views['evidence.register'], `/api/evidence/${id}/${n}/views`);
    expect(register.items.map((one) => one.by.person)).toEqual(['lian-market']);
  }
  expect(kindsOf).toContain('video');
});

test('fifteen stars are announced every month; who was objected to with reason moved down', () => {
  for (const { month, list, reserve, objection } of facts.stars) {
    const fell = objection?.outcome === 'upheld' ? objection.about : undefined;
    const expected = [
      ...list.filter((person) => person !== fell),
      ...(fell === undefined ? [] : reserve.slice(0, 1)),
    ];
    expect([...(figures.stars.get(month) ?? [])].sort(), month).toEqual(expected.sort());
  }
  expect(months.map((month) => figures.stars.get(month)?.length)).toEqual([15, 15, 15, 15, 15, 15]);
});

test('talks and reviews end as planned; an overturned case takes its talk back', () => {
  const standing = facts.talks.filter((talk) => talk.end !== 'withdrawn');
  expect(figures.talks).toEqual({
    section: standing.filter((talk) => talk.kind === 'section').length,
    director: standing.filter((talk) => talk.kind === 'director').length,
    refused: facts.talks.filter((talk) => talk.end === 'refused').length,
    withdrawn: 1,
  });
  for (const outcome of ['upheld', 'reduced', 'overturned'] as const)
    expect(figures.appeals[outcome], outcome).toBe(
      facts.incidents.filter((one) => one.fate === 'counts' && one.review === outcome).length,
    );
});

/** Hundredths; what the reference hall's rule book prints for the clauses of this story. */
const prices: Record<string, number> = {
  6: 500,
  8: 300,
  11: 100,
  19: 200,
  20: 300,
  21: 200,
  22: 200,
  35: 200,
  38: 500,
};
const priceOf = (one: Incident): number => {
  if (one.severity === 'minor') return 0;
  return one.clause === '4' ? ((one.minutes ?? 0) < 30 ? 100 : 200) : (prices[one.clause] ?? Number.NaN);
};

test('everybody has the score that the plan gives them, late changes carried into the next month', () => {
  const totals = new Map<string, number>();
  const add = (month: Month, person: string, points: number) =>
    totals.set(`${month} ${person}`, (totals.get(`${month} ${person}`) ?? 10_000) + points);
  for (const one of counting)
    for (const person of one.persons) {
      const after = one.review === 'reduced' ? 50 : priceOf(one);
      if (one.late === 'review') {
        add(one.month, person, -priceOf(one));
        add(plusMonths(one.month, 1), person, priceOf(one) - after);
      } else add(bulletinOf(one), person, -after);
    }
  for (const { month, list } of facts.stars) for (const person of list) add(month, person, 100);
  const expected = new Map<number, number>([[10_000, 268 * 6 - totals.size]]);
  for (const total of totals.values()) expected.set(total, (expected.get(total) ?? 0) + 1);
  expect(Object.fromEntries(figures.scores)).toEqual(Object.fromEntries(expected));
});

test('a carried line says which month it comes from', async () => {
  const doors = doorsOf(api);
  for (const [late, month] of [
    ['finding', '2026-04'],
    ['review', '2026-03'],
  ] as const) {
    const one = facts.incidents.find((incident) => incident.late === late);
    const [person] = one?.persons ?? [];
    const score = await doors.read('ji', views['month.score'], `/api/months/${month}/scores/${person}`);
    expect(
      score.lines.filter((line) => line.kind === 'carried'),
      late,
    ).toMatchObject([{ fromMonth: one?.month, cases: one === undefined ? [] : [caseIdOf(one)] }]);
  }
});

test('every round of the plan was walked, watched or visited', () => {
  const opened = plan.deeds.flatMap((deed) =>
    deed.do === 'post' && deed.path === '/api/inspections' ? [String(deed.body.kind)] : [],
  );
  for (const kind of new Set(opened))
    expect(figures.inspections.get(kind), kind).toBe(opened.filter((one) => one === kind).length);
});

test('a transferred integrity lead is there for the auditor alone', async () => {
  const lead = facts.incidents.find((one) => one.fate === 'transferred');
  if (!lead) throw new Error('the plan has no integrity lead');
  const path = `/api/cases/${caseIdOf(lead)}`;
  expect((await api.as('ji').get(path)).status).toBe(200);
  for (const account of ['chu', 'ke', 'ban', 'zhang'])
    expect((await api.as(account).get(path)).status).toBe(404);
});

test('all of it verifies: journal, seals, heads, frozen months, files', async () => {
  const found = await proof();
  expect(found.bad).toEqual([]);
  expect(found).toMatchObject({ frozen: 6, scores: 268 * 6 });
  expect(found.seals).toBeGreaterThan(180);
  expect(found.files).toBeGreaterThan(10);
});
