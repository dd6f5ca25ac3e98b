// A month with everything in it at once, through the API on the real engines: 200 findings, 60 leaves, 30 covers, 8 moves,
// one merger, one absent director. Board, days on post, who was there, scores, ladder and letters are held against a count
// of its own: plain loops over the planned facts, nothing of the house's arithmetic.
import { beforeAll, expect, test } from 'vitest';
import { nightOf } from '../../functions/night.ts';
import { openHouse, signed, type TestHouse } from '../house.ts';
import {
  at,
  book,
  centre,
  covers,
  entries,
  findings,
  firstDepartment,
  gridAt,
  heir,
  leaves,
  mergeDay,
  merged,
  month,
  moveDay,
  moves,
  type Planned,
  praise,
  staffAt,
  windowAt,
  workdays,
} from './month-plan.ts';

let hall: TestHouse;
/** Ids of the findings by their number. */
const ids = new Map<number, string>();
const idOf = ({ nth }: Planned): string => ids.get(nth) ?? '';

const get = async (who: string, path: string) => (await hall.as(who).get(path)).body;
const post = async (who: string, path: string, fields: Record<string, unknown>): Promise<string> => {
  const { body } = await hall.as(who).post(path, fields);
  if (body.code !== undefined) throw new Error(`${path} ${JSON.stringify(fields)}: ${JSON.stringify(body)}`);
  return String(body.id);
};
/** Eight at a time. */
const abreast = async <T>(all: readonly T[], todo: (one: T) => Promise<unknown>): Promise<void> => {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await todo(one);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
};

// ── the plan's own view of where things stand, in plain words ──
const departmentNow = (window: number, day: string): string => {
  const own = firstDepartment(window);
  return own === merged && day >= mergeDay ? heir : own;
};
const departmentsOf = (one: Planned): string[] => {
  if (one.subject === 'area') return ['d-00', 'd-01'];
  if (one.subject === 'contractor') return ['d-firm'];
  if (one.subject === 'department') return ['d-05'];
  return [departmentNow(one.window ?? 0, one.day)];
};
const gridOf = (one: Planned): string | undefined =>
  one.window !== undefined ? gridAt(one.window) : one.subject === 'area' ? 'g-0' : undefined;
/** Stands on the board: heard or settled on the spot, and not overturned. */
const standing = findings.filter(
  ({ end, review }) => (end === 'counts' || end === 'settled') && review !== 'overturned',
);

const subjectOf = (one: Planned): Record<string, unknown> => {
  if (one.unidentified) return { kind: 'unidentified' };
  switch (one.subject) {
    case 'persons':
      return { kind: 'persons', persons: one.persons };
    case 'area':
      return { kind: 'area', area: 'a-1' };
    case 'contractor':
      return { kind: 'contractor', contractor: 'd-firm' };
    case 'window':
    case 'department':
      return { kind: one.subject };
  }
};
const leaderOf = (one: Planned): string =>
  one.window === undefined ? (one.subject === 'area' ? 'n-ge-0' : 'n-ke') : `n-ge-${one.window % 4}`;

const report = async (one: Planned): Promise<void> => {
  const happened = at(one.day, '10:20');
  const video = one.end === 'merged';
  const fields = {
    violation: one.violation,
    source: video ? 'video' : 'patrol',
    ...(video ? { camera: 'cam-1' } : {}),
    happened: { from: happened, to: happened, doubtSeconds: 5 },
    ...(one.window === undefined ? {} : { window: windowAt(one.window) }),
    ...(one.subject === 'department' ? { department: 'd-05' } : {}),
    subject: subjectOf(one),
    description: `计划中的第${one.nth}件`,
  };
  const who = video ? 'n-shi' : one.byLeader ? leaderOf(one) : 'n-xun';
  const id =
    one.end === 'settled'
      ? await post(who, '/api/cases/report-settled', {
          ...fields,
          settled: { clause: 'late', said: '已提醒' },
        })
      : await post(who, '/api/cases', fields);
  ids.set(one.nth, id);
};

const confirmFields = (one: Planned): Record<string, unknown> => ({
  ...{ severity: one.severity, clause: one.clause, quantity: one.quantity, reason: '属实' },
  ...(one.chosen === undefined ? {} : { chosen: { points: one.chosen, reason: '视情节' } }),
});

/** First everything that names people and joins reports, then the verdicts. */
const verify = async (): Promise<void> => {
  await abreast(
    findings.filter(({ unidentified }) => unidentified),
    (one) =>
      post(leaderOf(one), `/api/cases/${idOf(one)}/identify`, { persons: one.persons, reason: '查看排班' }),
  );
  await abreast(findings, async (one) => {
    const path = `/api/cases/${idOf(one)}`;
    const leader = leaderOf(one);
    switch (one.end) {
      case 'settled':
        return;
      case 'dismissed':
        return post(leader, `${path}/dismiss`, { reason: '不属实' });
      case 'withdrawn':
        return post('n-xun', `${path}/withdraw`, { reason: '看错' });
      case 'sealed':
        return post('n-ke', `${path}/transfer`, { reason: '移送' });
      case 'merged':
        return post(leader, `${path}/merge`, { into: ids.get(one.nth - 2), reason: '同一事件' });
      case 'rectified':
        return post(leader, '/api/rectifications', {
          ...{ case: idOf(one), foundOn: one.day, responsible: departmentNow(one.window ?? 0, one.day) },
          ...{ window: windowAt(one.window ?? 0), requirement: '清理' },
          evidence: signed(at(one.day, '10:20')).paper.evidence,
        });
      case 'excused': {
        const refused = await hall.as(leader).post(`${path}/confirm`, confirmFields(one));
        expect(refused.body.code, `${one.nth}`).toBe('case.excused');
        return post(leader, `${path}/dismiss`, { reason: '当日请假' });
      }
      case 'counts':
        if (one.batch) return;
        return post(one.byLeader ? 'n-ke' : leader, `${path}/confirm`, confirmFields(one));
    }
  });
  await abreast([0, 1, 2, 3], async (grid) => {
    const cases = findings.filter(({ batch, window }) => batch && (window ?? 0) % 4 === grid);
    if (cases.length === 0) return;
    const asked = { reason: '无争议', cases: cases.map((one) => ({ id: idOf(one), clause: one.clause })) };
    const { body } = await hall.as(`n-ge-${grid}`).post('/api/cases/confirm-batch', asked);
    expect(body.items, `grid ${grid}`).toEqual(cases.map(() => expect.objectContaining({ done: true })));
  });
};

const hear = async (): Promise<void> => {
  const heard = findings.filter(({ end }) => end === 'counts');
  await abreast(heard, (one) =>
    post('n-ban', `/api/cases/${idOf(one)}/notify`, { way: 'tablet', deliveredAt: hall.clock.now() }),
  );
  hall.clock.set(at('2026-12-01', '15:00'));
  const paper = signed(at('2026-12-01', '14:30'));
  await abreast(
    heard.filter(({ silent }) => !silent),
    (one) =>
      post('n-ban', `/api/cases/${idOf(one)}/answer`, { noObjection: true, answer: '无异议', ...paper }),
  );
  const reviewed = heard.filter(({ review }) => review !== undefined);
  await abreast(reviewed, (one) =>
    post('n-ban', `/api/cases/${idOf(one)}/appeal`, { grounds: '请求复核', ...paper }),
  );
  await abreast(reviewed, ({ review = '', ...one }) =>
    post('n-kang', `/api/cases/${idOf(one)}/decide-appeal`, {
      ...{ outcome: review, reason: '复核' },
      ...(review === 'reduced' ? { points: 150 } : {}),
    }),
  );
  hall.clock.set(at('2026-12-05', '01:00'));
  await nightOf(hall.house, centre);
};

const fileLeaves = async (): Promise<void> => {
  const halves = { morning: '上午', afternoon: '下午' } as const;
  const word = (day: string, half?: 'morning' | 'afternoon') =>
    half === undefined ? day : `${day} ${halves[half]}`;
  const rows = leaves.slice(30).map((one) => ({
    ...{ person: one.person, kind: one.word, from: word(one.from, one.half) },
    ...(one.until === one.from ? {} : { to: one.until }),
  }));
  const imported = await hall.as('n-ban').post('/api/leaves/import', { rows });
  expect(imported.body).toMatchObject({ entered: 30, refused: 0 });
  const stretchOf = ({ from, until, half }: (typeof leaves)[number]) => ({
    ...{ kind: 'days', from, until },
    ...(half === 'afternoon' ? { fromHalf: 'afternoon' } : {}),
    ...(half === 'morning' ? { untilHalf: 'morning' } : {}),
  });
  await abreast(leaves.slice(0, 30), (one) =>
    post('n-ban', '/api/leaves', { person: one.person, kind: one.kind, stretch: stretchOf(one) }),
  );
  await abreast(covers, ({ leave, deputy }) =>
    post('n-ban', '/api/covers', {
      ...{ window: windowAt(leave.nth), person: deputy, absent: leave.person, way: 'standIn' },
      stretch: stretchOf(leave),
    }),
  );
};

const changeTheHouse = async (): Promise<void> => {
  for (const { person, after } of moves)
    await post('n-ban', '/api/registry/change', {
      change: {
        ...{ kind: 'moveStaff', staff: person, from: moveDay, department: firstDepartment(after) },
        ...{ ends: [`${person}-seat`], windows: [windowAt(after)] },
      },
    });
  await post('n-ban', '/api/registry/change', {
    change: { kind: 'mergeDepartments', departments: [merged], into: heir, from: mergeDay },
  });
  // The director is away all month; somebody acts for them.
  await post('n-ban', '/api/leaves', {
    ...{ person: 'n-chu', kind: 'business' },
    stretch: { kind: 'days', from: '2026-11-02', until: '2026-12-31' },
  });
  await post('n-chu', '/api/registry/delegate', {
    ...{ to: 'n-fu', role: 'director', from: '2026-11-02', until: '2026-12-31' },
  });
};

beforeAll(async () => {
  hall = await openHouse();
  hall.clock.set(at('2026-11-01', '09:00'));
  await hall.found(centre, entries);
  await post('n-ban', '/api/rulebooks', { from: month, book });
  await changeTheHouse();
  await fileLeaves();
  for (const day of workdays) {
    hall.clock.set(at(day, '17:00'));
    await abreast(
      findings.filter((one) => one.day === day),
      report,
    );
  }
  await abreast(praise, async ({ person, day }) => {
    const id = await post('n-xun', '/api/bonuses', {
      ...{ type: 'BON-PRAISE', day, persons: [person], quantity: 1, way: 'letter', description: '表扬信' },
    });
    await post('n-ke', `/api/bonuses/${id}/confirm`, { clause: 'J', reason: '核实', original: '原件存档' });
  });
  hall.clock.set(at('2026-12-01', '09:30'));
  await verify();
  hall.clock.set(at('2026-12-01', '14:00'));
  await hear();
  hall.clock.set(at('2026-12-07', '09:00'));
  await post('n-ban', `/api/months/${month}/sum`, {});
  await post('n-fu', `/api/months/${month}/freeze`, {});
}, 240_000);

/** 人次 and 起 of some findings, apart, each by severity. */
const counted = (some: readonly Planned[], persons = (one: Planned): number => one.persons.length) => {
  const all = {
    ...{ personTimes: 0, incidents: 0, minor: 0, evident: 0, serious: 0 },
    incidentsBy: { minor: 0, evident: 0, serious: 0 },
  };
  for (const one of some) {
    if (one.persons.length === 0) {
      all.incidents += 1;
      all.incidentsBy[one.severity] += 1;
    } else {
      all.personTimes += persons(one);
      all[one.severity] += persons(one);
    }
  }
  return all;
};
interface Row {
  id: string;
  person: string;
  total: number;
}
const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value : []);
const daysOn = (person: string): number => {
  let days = workdays.length;
  for (const leave of leaves)
    if (leave.person === person && leave.kind !== 'business')
      days -= leave.half !== undefined ? 0.5 : leave.from === leave.until ? 1 : 2;
  return days;
};

test('the plan is the month it says it is', () => {
  const by = (end: string): number => findings.filter((one) => one.end === end).length;
  expect([findings.length, leaves.length, covers.length, moves.length]).toEqual([200, 60, 30, 8]);
  for (const end of [
    'counts',
    'settled',
    'dismissed',
    'merged',
    'excused',
    'withdrawn',
    'sealed',
    'rectified',
  ])
    expect(by(end), end).toBeGreaterThan(0);
  for (const review of ['upheld', 'reduced', 'overturned'])
    expect(findings.filter((one) => one.review === review).length, review).toBeGreaterThan(0);
  const moved = moves.map(({ person }) => person);
  const ofMoved = findings.filter(({ persons }) => persons.some((one) => moved.includes(one)));
  expect(ofMoved.some(({ day }) => day < moveDay) && ofMoved.some(({ day }) => day >= moveDay)).toBe(true);
  const ofMerged = findings.filter(({ window = 0 }) => firstDepartment(window) === merged);
  expect(ofMerged.some(({ day }) => day < mergeDay) && ofMerged.some(({ day }) => day >= mergeDay)).toBe(
    true,
  );
});

test('the board counts what was planned: 人次 and 起 apart, by department, grid and window of each day', async () => {
  const board = await get('n-ke', `/api/months/${month}/board`);
  expect(board).toMatchObject({ stage: 'frozen', counts: counted(standing) });
  const stages: Record<string, number> = {};
  const stageOf = {
    ...{ counts: 'counting', settled: 'settledOnSpot', dismissed: 'dismissed', excused: 'dismissed' },
    ...{ merged: 'merged', withdrawn: 'withdrawn', sealed: '', rectified: 'rectifying' },
  } as const;
  for (const { end } of findings)
    if (stageOf[end] !== '') stages[stageOf[end]] = (stages[stageOf[end]] ?? 0) + 1;
  expect(board.stages).toEqual(stages);
  expect(board.sealed).toBe(findings.filter(({ end }) => end === 'sealed').length);
  const places = [
    ['departments', departmentsOf],
    ['grids', (one: Planned) => gridOf(one) ?? []],
    ['windows', (one: Planned) => (one.window === undefined ? [] : windowAt(one.window))],
  ] as const;
  for (const [group, placesOf] of places) {
    const expected = new Map<string, Planned[]>();
    for (const one of standing)
      for (const id of [placesOf(one)].flat()) expected.set(id, [...(expected.get(id) ?? []), one]);
    const told = rowsOf(board[group]);
    for (const [id, some] of expected)
      expect(
        told.find((row) => row.id === id),
        `${group} ${id}`,
      ).toMatchObject(counted(some));
    const quiet = told.filter(({ id }) => !expected.has(id));
    for (const row of quiet)
      expect(row, `${group} ${row.id}`).toMatchObject({ personTimes: 0, incidents: 0 });
  }
});

test('everybody’s days on post and who sat at every covered window are as planned', async () => {
  const told = rowsOf((await get('n-ke', `/api/months/${month}/attendance?limit=200`)).items);
  expect(told).toHaveLength(60);
  for (const row of told)
    expect(row, row.person).toMatchObject({ working: workdays.length, onPost: daysOn(row.person) });
  await abreast(covers, async ({ leave, deputy }) => {
    const when = at(leave.from, leave.half === 'afternoon' ? '15:20' : '10:20');
    const seat = await get('n-ke', `/api/presence?window=${windowAt(leave.nth)}&at=${when}`);
    expect(seat, `${leave.nth}`).toMatchObject({
      should: [{ person: leave.person, away: { kind: 'leave', leave: leave.kind, late: false } }],
      covering: [{ person: deputy, absent: leave.person }],
      did: [deputy],
    });
  });
});

test('everybody’s score is the sum that the paper says', async () => {
  const board = await get('n-ke', `/api/months/${month}/board`);
  const people = rowsOf(board.people);
  expect(people).toHaveLength(60);
  let taken = 0;
  for (let nth = 0; nth < 60; nth += 1) {
    const person = staffAt(nth);
    let phones = 0;
    let deducted = 0;
    for (const one of standing) {
      if (!one.persons.includes(person) || one.end !== 'counts') continue;
      if (one.clause === 'phone') phones += 100;
      if (one.clause === 'off') deducted += one.chosen ?? 0;
      if (one.clause === 'delay') deducted += 100 * one.quantity;
      if (one.clause === 'argue') deducted += one.review === 'reduced' ? 150 : 300;
    }
    deducted += Math.min(phones, 150);
    taken += deducted;
    const gained = praise.filter((one) => one.person === person).length * 200;
    const full = Math.round((10_000 * daysOn(person)) / workdays.length);
    const total = Math.max(0, full - deducted + gained);
    expect(people.find((row) => row.person === person)?.total, person).toBe(total);
    if (nth % 10 === 0) {
      const score = await get('n-ke', `/api/months/${month}/scores/${person}`);
      const lines = Array.isArray(score.lines) ? score.lines : [];
      expect(lines.reduce((sum: number, line: { points: number }) => sum + line.points, 0)).toBe(total);
    }
  }
  expect(taken).toBeGreaterThan(5_000);
});

test('the ladder asks for what the counts ask for, and nothing else', async () => {
  const expected: string[] = [];
  const add = (step: string, subject: string, times = 1): void => {
    for (let nth = 0; nth < times; nth += 1) expected.push(`${step} ${subject}`);
  };
  for (let nth = 0; nth < 60; nth += 1) {
    const own = standing.filter(({ persons }) => persons.includes(staffAt(nth)));
    const of = (...severities: string[]) =>
      own.filter(({ severity }) => severities.includes(severity)).length;
    add('remind', staffAt(nth), of('minor'));
    add('deduct', staffAt(nth), of('evident', 'serious'));
    add('section', staffAt(nth), Math.floor(of('evident') / 3));
    add('director', staffAt(nth), of('serious'));
  }
  const departments = new Set(standing.flatMap(departmentsOf));
  for (const department of departments) {
    const own = standing.filter((one) => departmentsOf(one).includes(department));
    const grave = own.filter(({ severity }) => severity !== 'minor');
    if (grave.reduce((sum, { persons }) => sum + persons.length, 0) >= 9) add('letter', department);
    if (own.length >= 14) add('clips', department);
  }
  const { measures } = await get('n-ke', `/api/months/${month}/measures`);
  const told = (Array.isArray(measures) ? measures : []).map(
    ({ step, subject }: { step: string; subject: Record<string, string> }) =>
      `${step} ${Object.values(subject)[0]}`,
  );
  expect(told.sort()).toEqual(expected.sort());
  for (const step of ['section', 'director', 'letter', 'clips'])
    expect(
      expected.some((one) => one.startsWith(`${step} `)),
      step,
    ).toBe(true);
});

test('the month’s letters and bulletin state the same counts, the heir answering for the merged department', async () => {
  const published = standing.filter(({ end }) => end === 'counts');
  const figures = (some: readonly Planned[]) => {
    const { personTimes, incidents, incidentsBy, ...severities } = counted(some);
    const apart = (severity: 'minor' | 'evident' | 'serious') => ({
      ...{ personTimes: severities[severity], incidents: incidentsBy[severity] },
    });
    return {
      ...{ cases: some.length, total: { personTimes, incidents }, earlier: 0, overturned: 0, underReview: 0 },
      severities: { minor: apart('minor'), evident: apart('evident'), serious: apart('serious') },
      reduced: some.filter(({ review }) => review === 'reduced').length,
    };
  };
  const proposal = `/api/months/${month}/letter-proposal`;
  const answersNow = (department: string): string => (department === merged ? heir : department);
  const departments = [...new Set(published.flatMap(departmentsOf).map(answersNow))];
  await abreast(departments, async (department) => {
    const own = published.filter((one) => departmentsOf(one).map(answersNow).includes(department));
    const { facts } = await get('n-ban', `${proposal}?kind=monthly&department=${department}`);
    expect(facts, department).toMatchObject(figures(own));
  });
  const ended = await hall.as('n-ban').get(`${proposal}?kind=monthly&department=${merged}`);
  expect(ended.body).toMatchObject({ code: 'letter.department-ended', detail: '请致函第11局' });
  const { facts } = await get('n-ban', `${proposal}?kind=bulletin`);
  expect(facts).toMatchObject(figures(published));
});

test('nobody waited for the director: the month was frozen, and a talk is held, by who acts for them', async () => {
  const { measures } = await get('n-ke', `/api/months/${month}/measures`);
  const talk = (Array.isArray(measures) ? measures : []).find(({ step }) => step === 'director');
  const id = await post('n-fu', '/api/talks', {
    ...{ id: talk.id, kind: 'director', person: talk.subject.person, cases: talk.cases, recorder: 'n-ban' },
    ...{
      heldAt: at('2026-12-07', '08:30'),
      place: '谈话室',
      reason: talk.reason,
      content: '谈话',
      statement: '接受',
    },
  });
  expect(await get('n-ke', `/api/talks/${id}`)).toMatchObject({
    state: { talker: { person: 'n-fu', role: 'director', for: 'n-chu' } },
    history: [{ byName: '副庚(代)' }],
  });
});
