// The machines of case, month, letter and award, every path of them to the depth stated: what must never be is looked for in
// every world that can be reached, by everybody, at every time. The long run goes deeper (`npm run model`).
import { describe, expect, test } from 'vitest';
import { type Actor, system } from '../../shared/access.ts';
import { deadlineAfter, isWorkday } from '../../shared/calendar.ts';
import { canonical } from '../../shared/canonical.ts';
import { type CaseState, countedCase, personsOf } from '../../shared/case.ts';
import { commandNamed } from '../../shared/commands.ts';
import { monthCommands } from '../../shared/month-decide.ts';
import { freezable } from '../../shared/objection-decide.ts';
import { obligationsOf } from '../../shared/obligation.ts';
import { dayOf, daysFrom, type Instant, instantAt, plusMinutes } from '../../shared/time.ts';
import {
  Ban,
  Chu,
  Chuang,
  calendar,
  commandIdOf,
  Er,
  everybody,
  Ge,
  Kang,
  Ke,
  Lian,
  registry,
  Shou,
  Xun,
} from '../cast.ts';
import { type Deed, type Explored, explore, headIn, type Move, type World, worldOf } from '../explorer.ts';
import { noteFigures, times } from '../figures.ts';
import { smallHall } from '../given.ts';
import { caseId, caseLife, frozenMonth, paperBook, paperScene } from '../papers.ts';

const deadline = (at: Instant, workingDays: number): Instant => {
  const end = deadlineAfter(calendar, at, workingDays);
  if (!end.ok) throw new Error(end.problem.code);
  return end.value;
};

/** In the slice, one of each who may do something, and the second of those who must be somebody else. */
const few: readonly Actor[] = [Xun, Ge, Ke, Kang, Chu, Ban, Lian, Shou, Chuang, system];
const cast: readonly Actor[] =
  times(few.length, 99) === few.length ? few : [...Object.values(everybody), system];
const by = (world: World, ...types: string[]): string[] => [
  ...new Set(world.way.filter((deed) => types.includes(deed.type)).map((deed) => deed.by.person)),
];
const figures: Record<string, string | number> = {};
const note = (name: string, depth: number, found: Explored): void => {
  figures[`${name}: depth`] = depth;
  figures[`${name}: worlds`] = found.worlds;
  figures[`${name}: commands tried`] = found.tried;
  figures[`${name}: every reachable world seen`] = found.complete ? 'yes' : 'to this depth';
  noteFigures('model', figures);
};
const disjoint = (...sets: readonly string[][]): void => {
  const all = sets.flat();
  expect(new Set(all).size, JSON.stringify(sets)).toBe(all.length);
};
const allDone = (found: Explored, moves: readonly Move[]): void => {
  for (const { command } of moves) expect(found.done.get(command.type), command.type).toBeGreaterThan(0);
};

const outstanding = (world: World, now: Instant) => {
  const of = (kind: string) => [...world.heads.values()].filter((head) => head.kind === kind);
  const states = (kind: string) => of(kind).map(({ state }) => state) as never[];
  return obligationsOf({
    ...{ cases: states('case'), bonuses: [], talks: [], letters: states('letter'), awards: states('award') },
    ...{ measures: [], book: paperBook, calendar, registry, now },
  });
};
const yearsEnd = '2026-12-31T15:00:00.000Z';
/** What is due is due on a date; before it nothing is overdue, after it everything is. */
const endsOrShows = (world: World, now: Instant): void => {
  for (const one of outstanding(world, now)) {
    expect(one.due, one.id).toBeDefined();
    expect(one.overdue).toBe((one.due ?? '') < now);
  }
  const late = outstanding(world, yearsEnd);
  expect(late.filter((one) => !one.overdue).map((one) => one.id)).toEqual([]);
};

describe('a case', () => {
  const id = caseId(1);
  const move = (type: string, fields: Move['fields'] | object, actors = cast): Move => ({
    ...{ command: commandNamed(type), target: id, actors },
    fields: typeof fields === 'function' ? (now) => Object(fields)(now) : () => fields,
  });
  const photo = { name: 'a.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 1, sha256: 'a'.repeat(64) };
  // Over a weekend, past the answer time, past the time for a review.
  const moments = ['2026-11-20T02:00:00.000Z', '2026-11-24T08:00:00.000Z', '2026-11-27T02:00:00.000Z'];
  const scan = { ...photo, kind: 'document', takenAt: moments[0] };
  const moves = [
    move('case.confirm', { severity: 'serious', clause: '5', reason: '属实' }),
    move('case.dismiss', { reason: '不属实' }),
    move('case.withdraw', { reason: '误报' }),
    move('case.reassign', { subject: { kind: 'persons', persons: ['staff-0102'] }, reason: '认错人' }),
    move('case.addEvidence', (now: Instant) => ({ evidence: [{ ...photo, takenAt: now }], reason: '补充' }), [
      ...[Xun, Ge, Ban, Chuang],
    ]),
    move('case.notify', (now: Instant) => ({ way: 'tablet', deliveredAt: now })),
    move('case.notify', (now: Instant) => ({ way: 'opened', deliveredAt: now })),
    move('case.answer', { noObjection: true, answer: '无异议' }),
    move('case.appeal', { grounds: '当时在取件' }),
    // Taken down by another, signed before or after it was told.
    ...[moments[0], moments[1]].map((signedAt) =>
      move('case.appeal', { grounds: '当时在取件', paper: { signedAt, evidence: [scan] } }, [Ban, Shou]),
    ),
    move('case.decideAppeal', { outcome: 'overturned', reason: '查明' }),
    move('case.decideAppeal', { outcome: 'upheld', reason: '维持' }),
    move('case.settle', {}),
  ];
  const heard = (world: World) => ({
    reporters: by(world, 'case.reported'),
    confirmers: by(world, 'case.confirmed'),
    reviewers: by(world, 'case.appealDecided'),
    types: world.way
      .map(({ type }) => type)
      .filter((type) => type !== 'case.evidenceAdded')
      .slice(-4),
  });

  test('counts only what was heard, and nobody holds two of reporter, confirmer and reviewer', () => {
    const depth = times(5, 6);
    const found = explore({
      scene: paperScene,
      from: [worldOf(...caseLife(1, { until: 'reported', from: '2026-11-20T01:00:00.000Z' }))],
      moves,
      times: moments,
      depth,
      mark: heard,
      watch: (world, now) => {
        const state = headIn(world, 'case', id);
        if (!state) throw new Error('the case is gone');
        const { reporters, confirmers, reviewers } = heard(world);
        disjoint(reporters, confirmers, reviewers);
        reviewedOnce(world);
        unheard(world, state, now);
        endsOrShows(world, now);
      },
    });
    allDone(found, moves);
    expect(found.worlds).toBeGreaterThan(100);
    note('case', depth, found);
  });

  /** However often it is opened again: nobody reviews it twice. */
  const reviewedOnce = ({ way }: World): void => {
    const reviews = way.filter(({ type }) => type === 'case.appealDecided').map((deed) => deed.by.person);
    expect(new Set(reviews).size, JSON.stringify(reviews)).toBe(reviews.length);
  };

  /** What counts was told to each of its persons after it was last confirmed, and answered, or its time ran out. */
  const unheard = (world: World, state: CaseState, now: Instant): void => {
    if (countedCase(state)?.counts !== true) return;
    const last = world.way.findLastIndex(({ type }) => type === 'case.confirmed');
    const since = world.way.slice(last);
    for (const person of personsOf(state)) {
      const told = since.find(({ event }) => event.type === 'case.noticed' && event.persons.includes(person));
      if (told?.event.type !== 'case.noticed') throw new Error(`${person} was never told`);
      const answered = since.some(
        // Who asks for a review has spoken: by themselves, or on a paper they signed after they were told.
        ({ event, by: who }) =>
          (event.type === 'case.answered' || event.type === 'case.appealed') &&
          event.persons.includes(person) &&
          (who.person === person || (event.paper?.signedAt ?? '') >= told.at),
      );
      const silent = since.some(({ type }) => type === 'case.settled') && told.event.answerBy < now;
      expect(answered || silent, `${person} was not heard`).toBe(true);
    }
  };

  test('settles once, on the first night after its answer time, whenever it was told', () => {
    const settle = commandNamed('case.settle');
    let nights = 0;
    const all = daysFrom('2026-02-01', '2026-11-30');
    for (const day of all.filter((_day, nth) => nth % times(6, 1) === 0)) {
      const answerBy = deadline(instantAt(day, '10:00'), 2);
      const world = worldOf(
        ...caseLife(1, { until: 'confirmed', from: instantAt(day, '09:00') }).map((one) => ({
          ...one,
          at: instantAt(day, '09:30'),
        })),
        {
          ref: { kind: 'case', id: caseId(1, day.slice(0, 7)) },
          by: { person: 'ge', role: 'gridLeader' },
          at: instantAt(day, '10:00'),
          event: {
            ...{ type: 'case.noticed', v: 1, way: 'tablet', deliveredAt: instantAt(day, '10:00') },
            ...{ answerBy, appealBy: plusMinutes(answerBy, 1440), witnesses: [], persons: ['chuang'] },
          },
        },
      );
      const midnights = daysFrom(day, '2026-12-20')
        .slice(1, 16)
        .map((one) => instantAt(one, '00:00'));
      const fired: Instant[] = [];
      let here = world;
      for (const midnight of midnights) {
        const found = explore({
          scene: smallHall,
          from: [here],
          moves: [
            { command: settle, target: caseId(1, day.slice(0, 7)), fields: () => ({}), actors: [system] },
          ],
          times: [midnight],
          depth: 1,
          mark: () => '',
          watch: (next) => {
            if (next.way.length > here.way.length) {
              fired.push(midnight);
              here = next;
            }
          },
        });
        nights += found.tried;
      }
      expect(fired, day).toEqual([midnights.find((midnight) => midnight > answerBy)]);
    }
    expect(nights).toBeGreaterThan(700);
    figures['nights on which an answer time was looked at'] = nights;
  });

  test('has deadlines that end on working days at the close of office, one working day apart, over every holiday', () => {
    for (const day of daysFrom('2026-01-05', '2026-11-30')) {
      const start = instantAt(day, '10:00');
      const ends = [1, 2, 3, 4, 5].map((days) => deadline(start, days));
      expect(ends).toEqual([...new Set(ends)].sort());
      for (const end of ends) {
        expect(isWorkday(calendar, dayOf(end)), end).toEqual({ ok: true, value: true });
        expect(end > start).toBe(true);
      }
    }
  });
});

describe('a month', () => {
  const digest = (sign: string) => sign.repeat(64);
  const cut = (sign: string, takenAt: Instant) => ({
    ...{ digest: digest(sign), takenAt, chunks: 1, heads: 1, ruleBook: 'rulebook-2026-01@1' },
  });
  const months = ['2026-09', '2026-10', '2026-11'];
  const moves = months.flatMap((month): Move[] => [
    ...['a', 'b'].map(
      (sign): Move => ({
        command: monthCommands.sum,
        fields: (now) => ({ month, cut: cut(sign, now) }),
        actors: cast,
      }),
    ),
    ...['a', 'b'].map(
      (sign): Move => ({
        command: monthCommands.freeze,
        target: month,
        fields: () => ({ month, cut: digest(sign), scores: digest('c') }),
        actors: cast,
      }),
    ),
  ]);

  test('never changes once it is frozen, is frozen on its last cut only, and after the month before it', () => {
    const depth = times(5, 7);
    const frozen = new Map<string, string>();
    const found = explore({
      scene: smallHall,
      from: [worldOf()],
      moves,
      times: ['2026-12-01T02:00:00.000Z', '2026-12-02T02:00:00.000Z'],
      depth,
      // Worlds that agree differ by how each month came to be frozen, and by nothing else.
      mark: (world) => world.way.filter(({ type }) => type === 'month.frozen').length,
      watch: (world) => {
        for (const [at, month] of months.entries()) {
          const state = headIn(world, 'month', month);
          if (state?.stage !== 'frozen') continue;
          const own = world.way.filter(({ ref }) => ref.id === month);
          expect(own.at(-1)?.type).toBe('month.frozen');
          expect(own.at(-2)?.event).toMatchObject({
            type: 'month.summed',
            cut: { digest: state.cut?.digest },
          });
          // The month before it, where it had been begun by then, was frozen by then.
          const then = world.way.slice(
            0,
            world.way.findLastIndex(({ ref, type }) => ref.id === month && type === 'month.frozen'),
          );
          const before = then.filter(({ ref }) => ref.id === months[at - 1]);
          if (before.length > 0) expect(before.at(-1)?.type).toBe('month.frozen');
          // What it is now is what it was when it was frozen.
          const fixed = canonical({ cut: state.cut?.digest, scores: state.scores, at: state.frozenAt });
          const path = canonical(world.way.filter(({ type, by: who }) => type === 'month.frozen' && who));
          const known = frozen.get(`${month} ${path}`);
          frozen.set(`${month} ${path}`, known ?? fixed);
          expect(known ?? fixed).toBe(fixed);
        }
        // Nothing came in behind a frozen month, and none was left out between two.
        const order = world.way.filter(({ type }) => type === 'month.frozen').map(({ ref }) => ref.id);
        expect(order).toEqual(
          months.filter((month) => month >= (order[0] ?? '9') && month <= (order.at(-1) ?? '')),
        );
        for (const [at, { ref, type }] of world.way.entries())
          if (type === 'month.summed')
            for (const deed of world.way.slice(0, at))
              expect(deed.type === 'month.frozen' && deed.ref.id > ref.id).toBe(false);
        for (const one of by(world, 'month.frozen')) expect(['chu', 'zhu']).toContain(one);
        for (const one of by(world, 'month.summed')) expect(['ban', 'system']).toContain(one);
      },
    });
    allDone(found, moves);
    expect(found.refused.get('month.frozen')).toBeGreaterThan(0);
    note('month', depth, found);
  });
});

describe('objections to the sums of a month', () => {
  const month = '2026-10';
  const persons = ['chuang', 'staff-0102'];
  // Somebody of a window who leads the section meanwhile has a sum as well, and answers nobody's objection to their own.
  const leading: Actor = {
    ...Er,
    grants: [...Er.grants, ...Ke.grants.map((grant) => ({ ...grant, person: Er.person }))],
  };
  const people: readonly Actor[] = [...cast.filter(({ person }) => person !== Er.person), leading];
  const cut = (sign: string, takenAt: Instant) => ({
    ...{ digest: sign.repeat(64), takenAt, chunks: 1, heads: 1, ruleBook: 'rulebook-2026-01@1' },
  });
  const moments = ['2026-11-02T02:00:00.000Z', '2026-11-03T02:00:00.000Z'];
  const scan = (now: Instant) => ({
    ...{ name: '异议书.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 1 },
    ...{ sha256: 'e'.repeat(64), takenAt: now },
  });
  const own = (person: string) => (now: Instant) => ({
    ...{ month, person, way: 'self', raisedAt: now, grounds: '当天是公出' },
  });
  const moveTo = (type: string, person: string, fields: object): Move => ({
    command: commandNamed(type),
    ...{ target: `objection-${month}-${person}`, actors: people, fields: () => fields },
  });
  const moves: Move[] = [
    { command: monthCommands.sum, fields: (now) => ({ month, cut: cut('b', now) }), actors: [Ban] },
    ...persons.map(
      (person): Move => ({
        ...{ command: commandNamed('objection.raise'), fields: own(person), actors: people },
      }),
    ),
    {
      command: commandNamed('objection.raise'),
      fields: (now) => ({ ...own('chuang')(now), line: { nth: 2, words: '迟到扣1分', cases: [] } }),
      actors: [Chuang],
    },
    {
      command: commandNamed('objection.raise'),
      fields: (now) => ({ ...own('chuang')(now), way: 'paper', evidence: [scan(now)] }),
      actors: people,
    },
    ...persons.map((person) =>
      moveTo('objection.answer', person, { n: 1, outcome: 'kept', reason: '记录无误' }),
    ),
    moveTo('objection.answer', 'chuang', { n: 1, outcome: 'upheld', remedy: 'case', reason: '属实' }),
    moveTo('objection.answer', 'chuang', { n: 2, outcome: 'upheld', remedy: 'leave', reason: '属实' }),
    moveTo('objection.withdraw', 'chuang', { n: 1, reason: '已核对清楚' }),
  ];

  test('are answered by somebody they do not concern, and hold the month until they are heard and summed', () => {
    const depth = times(4, 5);
    let held = 0;
    let free = 0;
    const found = explore({
      scene: paperScene,
      from: [
        worldOf({
          ...{ ref: { kind: 'month', id: month }, by: { person: 'ban', role: 'clerk' } },
          ...{ at: moments[0] ?? '', event: { type: 'month.summed', v: 1, cut: cut('a', moments[0] ?? '') } },
        }),
      ],
      moves,
      times: moments,
      depth,
      // How each was heard, and whether it was summed since.
      mark: ({ way }) => way.map(({ type, ref, by: who }) => [type, ref.id, who.person]),
      watch: (world) => {
        const { way } = world;
        const states = persons.flatMap((person) => {
          const state = headIn(world, 'objection', `objection-${month}-${person}`);
          return state ? [state] : [];
        });
        // From the way alone: what was raised and neither answered nor taken back, what was upheld after the last sum.
        const open = new Map<string, Deed>();
        let upheld: Instant[] = [];
        for (const deed of way) {
          const { event, ref } = deed;
          // What was upheld in the very moment of the cut may not be in it: it is summed once more.
          if (event.type === 'month.summed') upheld = upheld.filter((at) => at >= deed.at);
          if (event.type === 'objection.raised') {
            const same = [...open.values()].filter(
              (one) =>
                one.ref.id === ref.id &&
                one.event.type === 'objection.raised' &&
                one.event.line?.nth === event.line?.nth,
            );
            expect(same).toEqual([]);
            if (event.way === 'self') expect(deed.by.person).toBe(event.person);
            else expect(event.evidence.length).toBeGreaterThan(0);
            open.set(`${ref.id} ${event.n}`, deed);
          }
          if (event.type !== 'objection.answered' && event.type !== 'objection.withdrawn') continue;
          const raised = open.get(`${ref.id} ${event.n}`);
          if (raised?.event.type !== 'objection.raised') throw new Error(`${event.type} of nothing open`);
          open.delete(`${ref.id} ${event.n}`);
          if (event.type === 'objection.withdrawn') continue;
          disjoint([deed.by.person], [raised.event.person]);
          disjoint([deed.by.person], [raised.by.person]);
          if (event.outcome === 'upheld') upheld.push(deed.at);
        }
        const takenAt = way.findLast(({ type }) => type === 'month.summed')?.at ?? '';
        const answer = freezable(states, takenAt);
        expect(answer.ok, JSON.stringify(answer)).toBe(open.size === 0 && upheld.length === 0);
        if (answer.ok) free += 1;
        else held += 1;
      },
    });
    allDone(found, moves);
    expect(held).toBeGreaterThan(0);
    expect(free).toBeGreaterThan(0);
    note('objection', depth, found);
  });
});

describe('a letter', () => {
  const id = `letter-2026-11-${commandIdOf(900)}`;
  const move = (type: string, fields: Move['fields'] | object): Move => ({
    ...{ command: commandNamed(type), target: id, actors: cast },
    fields: typeof fields === 'function' ? (now) => Object(fields)(now) : () => fields,
  });
  const moves = [
    move('letter.revise', { title: '关于派驻窗口违纪问题的函(修改)', body: '修改后的正文。' }),
    move('letter.check', {}),
    move('letter.return', { reason: '修改' }),
    move('letter.sign', {}),
    move('letter.seal', { way: 'wet' }),
    move('letter.issue', {}),
    move('letter.void', { reason: '作废' }),
    move('letter.open', {}),
    move('letter.acknowledge', (now: Instant) => ({ receivedAt: now })),
    move('letter.answer', (now: Instant) => ({ answer: '已整改', answeredAt: now })),
    move('letter.urge', { way: 'message' }),
    move('letter.close', { reason: '不再等待' }),
  ];
  const draft = (): World => {
    const drafted: World[] = [];
    explore({
      scene: paperScene,
      from: [worldOf(...caseLife(1), ...caseLife(2))],
      moves: [
        {
          command: commandNamed('letter.draft'),
          fields: () => ({
            ...{ kind: 'violation', month: '2026-11', department: 'department-tax' },
            ...{ measure: 'letter-2026-11-letter-department-tax-1', cases: [caseId(1), caseId(2)] },
            ...{ title: '关于派驻窗口违纪问题的函', body: '现将有关情况函告如下。' },
          }),
          actors: [Ban],
        },
      ],
      times: ['2026-11-18T02:00:00.000Z'],
      depth: 1,
      mark: () => '',
      watch: (world) => world.way.some(({ type }) => type === 'letter.drafted') && drafted.push(world),
    });
    const [first] = drafted;
    if (!first) throw new Error('nobody drafted');
    return first;
  };

  test('goes out drafted, checked and signed by three people, under one number, and waits for nobody unseen', () => {
    const depth = times(6, 8);
    const begun = draft();
    const letter = [...begun.heads.values()].find(({ kind }) => kind === 'letter');
    const own = moves.map((one): Move => ({ ...one, target: letter?.id ?? id }));
    const found = explore({
      scene: paperScene,
      from: [begun],
      moves: own,
      times: ['2026-11-18T03:00:00.000Z', '2026-12-03T02:00:00.000Z'],
      depth,
      mark: (world) => [
        by(world, 'letter.drafted', 'letter.revised'),
        by(world, 'letter.checked').at(-1),
        by(world, 'letter.signed'),
      ],
      watch: (world, now) => {
        const state = headIn(world, 'letter', letter?.id ?? id);
        if (!state) throw new Error('the letter is gone');
        const authors = by(world, 'letter.drafted', 'letter.revised');
        const signed = by(world, 'letter.signed');
        if (state.stage === 'issued' || state.stage === 'closed') {
          const lastCheck = world.way.findLast(({ type }) => type === 'letter.checked')?.by.person ?? '';
          disjoint(signed, [lastCheck]);
          expect(authors).not.toContain(signed[0]);
          expect(authors).not.toContain(lastCheck);
          expect(state.documentNumber).toBe('明政服函〔2026〕1号');
        }
        expect(signed.length).toBeLessThanOrEqual(1);
        if (state.stage !== 'void' && state.stage !== 'closed')
          expect(
            outstanding(world, now).filter((one) => one.matter.kind === 'letter').length,
          ).toBeGreaterThan(0);
        endsOrShows(world, now);
      },
    });
    allDone(found, own);
    note('letter', depth, found);
  });
});

describe('a title', () => {
  const id = 'award-2026-10-star';
  const staff = ['chuang', 'staff-0103', 'staff-0104', 'staff-0108'];
  const candidates = [
    ...staff.map((person) => ({ person, eligible: true, heldBack: false, why: [] })),
    { person: 'staff-0107', eligible: false, heldBack: true, why: ['有1件严重问题尚未了结,暂缓评选'] },
  ];
  const listed = (...persons: string[]) => persons.map((person) => ({ person, criterion: '首席代表推荐' }));
  const minutes = '经会议研究决定';
  const actors = [Ban, Chu, Ke, Ge, Shou, Chuang, Lian, Xun, ...Object.values(everybody).slice(-2), system];
  const move = (type: string, fields: object): Move => ({
    ...{ command: commandNamed(type), target: id, actors, fields: () => fields },
  });
  const moves = [
    move('award.decide', { list: listed('chuang', 'staff-0104'), reserve: listed('staff-0108'), minutes }),
    move('award.decide', { list: listed('staff-0107'), reserve: [], minutes }),
    move('award.decide', { list: listed(...staff), reserve: [], minutes }),
    move('award.publish', {}),
    move('award.object', { person: 'chuang', grounds: '当月迟到' }),
    move('award.answerObjection', { n: 1, outcome: 'upheld', reason: '属实' }),
    move('award.answerObjection', { n: 1, outcome: 'dismissed', reason: '不属实' }),
    move('award.withdraw', { person: 'staff-0104', reason: '本人放弃' }),
    move('award.announce', {}),
  ];

  test('is announced to nobody held back, unpublished or objected to, and never to more than its quota', () => {
    const depth = times(6, 9);
    const opening: Move = {
      command: commandNamed('award.openWith'),
      fields: () => ({ month: '2026-10', code: 'star', candidates }),
      actors: [Ban],
    };
    const opened: World[] = [];
    explore({
      scene: paperScene,
      from: [worldOf(...frozenMonth('2026-10'))],
      moves: [opening],
      times: ['2026-11-18T02:00:00.000Z'],
      depth: 1,
      mark: () => '',
      watch: (world) => headIn(world, 'award', id) && opened.push(world),
    });
    const found = explore({
      scene: paperScene,
      from: opened,
      moves,
      times: ['2026-11-18T03:00:00.000Z', '2026-11-20T02:00:00.000Z', '2026-11-27T02:00:00.000Z'],
      depth,
      mark: (world) => world.way.filter(({ type }) => type === 'award.announced').length,
      watch: (world, now) => {
        const state = headIn(world, 'award', id);
        if (!state) throw new Error('the award is gone');
        const recipients = 'recipients' in state ? state.recipients : [];
        expect(recipients.length).toBeLessThanOrEqual(state.quota);
        for (const one of recipients) {
          expect(one.person).not.toBe('staff-0107');
          if (one.announcedAt === undefined) continue;
          expect(one.publicity && one.publicity.until < one.announcedAt, one.person).toBe(true);
        }
        for (const [at, { event }] of world.way.entries()) {
          if (event.type !== 'award.announced') continue;
          const open = world.way.slice(0, at).filter(({ type }) => type === 'award.objected').length;
          const answered = world.way
            .slice(0, at)
            .filter(({ type }) => type === 'award.objectionAnswered').length;
          expect(answered).toBe(open);
        }
        // While it is shown to the public nothing is due; afterwards something is, until it is announced.
        if (state.stage !== 'announced' && (state.stage === 'open' || recipients.length > 0))
          expect(outstanding(world, yearsEnd).length).toBeGreaterThan(0);
        endsOrShows(world, now);
      },
    });
    for (const { command } of moves)
      expect(found.done.get(command.type) ?? 0, command.type).toBeGreaterThan(0);
    note('title', depth, found);
  });
});
