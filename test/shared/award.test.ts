import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwardState, awardForAll, awardNext, isToldToAll } from '../../shared/award.ts';
import { aboutAward } from '../../shared/award-decide.ts';
import { drawOf } from '../../shared/draw.ts';
import { ok } from '../../shared/problems.ts';
import { actorOf, Ban, Chu, Chuang, Ke, Lian, Shou, Wai, Zhu } from '../cast.ts';
import { givenIn, paperHouse } from '../given.ts';
import { at, bookWith, days, frozenMonth, happen, paperBookInput, paperScene, scan } from '../papers.ts';

const id = 'award-2026-10-star';
const staff = ['chuang', 'staff-0102', 'staff-0103', 'staff-0104', 'staff-0105', 'staff-0106', 'staff-0108'];
const assessed = (person: string, change: object = {}) => ({
  person,
  eligible: true,
  heldBack: false,
  why: [],
  ...change,
});
/** Two tax people too many for their department, three of social security, one of the centre; 0107 is held back. */
const candidates = [
  ...staff.map((person) => assessed(person)),
  assessed('staff-0107', { eligible: false, heldBack: true, why: ['有1件严重问题尚未了结,暂缓评选'] }),
];
const opening = { month: '2026-10', code: 'star', candidates };
const listed = (...persons: string[]) => persons.map((person) => ({ person, criterion: '首席代表推荐' }));
const minutes = '经会议研究决定';

const frozen = () => givenIn(paperScene, ...frozenMonth('2026-10'));
const opened = () => frozen().after('award.openWith', opening, Ban, at(0));
const decision = {
  list: listed('chuang', 'staff-0104', 'staff-0108'),
  reserve: listed('staff-0102', 'staff-0105'),
  minutes,
};
const decided = (change: object = {}) =>
  opened().after('award.decide', { ...decision, ...change }, Chu, at(10));
const published = () => decided().after('award.publish', {}, Ban, at(20));
/** Five working days after Wednesday 2026-11-18 at the close of office. */
const until = '2026-11-25T09:30:00.000Z';
const afterwards = '2026-11-26T02:00:00.000Z';
const announced = () => published().after('award.announce', {}, Chu, afterwards);
const stateOf = (told: ReturnType<typeof opened>): AwardState => {
  const state = told.house.head('award', id);
  if (!state) throw new Error('no award');
  return state;
};
const personsOf = (state: AwardState): string[] =>
  state.stage === 'open' ? [] : state.recipients.map((one) => one.person);

describe('opening', () => {
  it('takes its rules from the rule book and its candidates from frozen scores', () => {
    frozen()
      .when('award.openWith', opening, Ban, at(0))
      .then({ type: 'award.opened', title: '服务之星', quota: 3, limits: [{ number: 2 }], candidates });
    expect(stateOf(opened())).toMatchObject({
      id,
      stage: 'open',
      candidates: 8,
      eligible: staff,
      heldBack: ['staff-0107'],
    });
    expect(awardNext(stateOf(opened()))).toBe(at(0));
  });

  it('waits for the month’s freeze, and happens once', () => {
    givenIn(paperScene).when('award.openWith', opening, Ban, at(0)).refused('award.month-open');
    frozen()
      .when('award.openWith', { ...opening, code: 'moon' }, Ban, at(0))
      .refused('award.unknown');
    opened().when('award.openWith', opening, Ban, at(1)).refused('thing.exists');
    frozen().when('award.openWith', opening, Shou, at(0)).refused('access.denied');
    const twice = { ...opening, candidates: [assessed('chuang'), assessed('chuang')] };
    frozen().when('award.openWith', twice, Ban, at(0)).refused('request.invalid');
  });

  it('assesses anew until the meeting decides', () => {
    const free = candidates.map((one) => assessed(one.person));
    const told = opened().after('award.reassess', { candidates: free }, Ban, at(5));
    expect(stateOf(told)).toMatchObject({ heldBack: [], eligible: free.map((one) => one.person) });
    decided().when('award.reassess', { candidates }, Ban, at(20)).refused('award.wrong-stage');
  });
});

describe('nominating', () => {
  const nomination = { person: 'chuang', material: '本月办理疑难事项三十件' };

  it('is for the chief representative and the own department', () => {
    opened()
      .when('award.nominate', { ...nomination, evidence: [scan] }, Shou, at(1))
      .then({ type: 'award.nominated', person: 'chuang', material: { text: nomination.material } });
    opened()
      .when('award.nominate', { ...nomination, person: 'staff-0104' }, Shou, at(1))
      .refused('access.denied');
    opened().when('award.nominate', nomination, Lian, at(1)).refused('access.denied');
    const told = opened().after('award.nominate', nomination, Shou, at(1));
    expect(aboutAward(stateOf(told)).reporters).toEqual(['shou']);
  });

  it('is taken back by the department that made it, and may be made anew for somebody else', () => {
    const put = () => opened().after('award.nominate', nomination, Shou, at(1));
    put()
      .when('award.takeBackNomination', { person: 'chuang' }, Shou, at(2))
      .then({ type: 'award.nominationTakenBack', person: 'chuang' });
    // Not by another department, nor by whom the department put forward.
    put().when('award.takeBackNomination', { person: 'chuang' }, Lian, at(2)).refused('access.denied');
    put().when('award.takeBackNomination', { person: 'chuang' }, Chuang, at(2)).refused('access.denied');
    const back = put().after('award.takeBackNomination', { person: 'chuang' }, Shou, at(2));
    expect(stateOf(back).nominated).toEqual([]);
    back.when('award.takeBackNomination', { person: 'chuang' }, Shou, at(3)).refused('award.nomination-gone');
    back.when('award.nominate', nomination, Shou, at(3)).then({ type: 'award.nominated' });
    decided()
      .when('award.takeBackNomination', { person: 'chuang' }, Shou, at(20))
      .refused('award.wrong-stage');
  });

  it('refuses who is not eligible, who is held back, who is nominated already, and one too many', () => {
    const told = opened().after('award.nominate', nomination, Shou, at(1));
    told.when('award.nominate', nomination, Shou, at(2)).refused('award.nominated-before');
    told
      .when('award.nominate', { ...nomination, person: 'staff-0107' }, Shou, at(2))
      .refused('award.held-back');
    told
      .after('award.nominate', { ...nomination, person: 'staff-0102' }, Shou, at(2))
      .when('award.nominate', { ...nomination, person: 'staff-0103' }, Shou, at(3))
      .refused('award.department-full');
    frozen()
      .after(
        'award.openWith',
        { ...opening, candidates: [assessed('chuang', { eligible: false, why: ['得分99,低于100'] })] },
        Ban,
        at(0),
      )
      .when('award.nominate', nomination, Shou, at(1))
      .refused('award.not-eligible');
    decided().when('award.nominate', nomination, Shou, at(20)).refused('award.wrong-stage');
  });
});

describe('deciding', () => {
  it('keeps list, order and what decided, with the minutes', () => {
    opened()
      .when('award.decide', { ...decision, evidence: [scan] }, Chu, at(10))
      .then({
        type: 'award.decided',
        list: decision.list,
        reserve: decision.reserve,
        minutes: { text: minutes },
      });
    const state = stateOf(decided());
    expect(state).toMatchObject({ stage: 'decided', reserve: ['staff-0102', 'staff-0105'] });
    expect(personsOf(state)).toEqual(['chuang', 'staff-0104', 'staff-0108']);
    opened().when('award.decide', decision, Ke, at(10)).refused('access.denied');
    decided().when('award.decide', decision, Chu, at(11)).refused('award.wrong-stage');
  });

  it('takes nobody outside the eligible, nobody held back, nobody twice, never more than the quota', () => {
    const refusals = [
      [{ list: listed('staff-0107') }, 'award.held-back'],
      [{ list: listed('wai') }, 'award.not-eligible'],
      [{ reserve: listed('staff-0107') }, 'award.held-back'],
      [{ reserve: listed('chuang') }, 'award.listed-twice'],
      [{ list: listed('chuang', 'staff-0104', 'staff-0105', 'staff-0108') }, 'award.over-quota'],
      [{ list: listed('chuang', 'staff-0102', 'staff-0103'), reserve: [] }, 'award.department-full'],
      [{ list: [], reserve: [] }, 'award.list-empty'],
      [
        {
          list: listed('chuang', 'staff-0104'),
          reserve: [],
          draw: { persons: ['staff-0105', 'staff-0106', 'staff-0108'], places: 2, source: '双色球第1期' },
        },
        'award.over-quota',
      ],
    ] as const;
    for (const [change, code] of refusals)
      opened()
        .when('award.decide', { ...decision, ...change }, Chu, at(10))
        .refused(code);
  });

  it('asks for a nomination where the rule book does', () => {
    const [rule] = paperBookInput.awards ?? [];
    if (!rule) throw new Error('no award');
    const book = bookWith({ awards: [{ ...rule, eligible: { nominated: true } }] });
    const scene = { ...paperScene, ruleBook: () => ok(book) };
    const told = givenIn(scene, ...frozenMonth('2026-10')).after('award.openWith', opening, Ban, at(0));
    told.when('award.decide', decision, Chu, at(10)).refused('award.not-nominated');
    told
      .after('award.nominate', { person: 'chuang', material: '事迹' }, Shou, at(1))
      .when('award.decide', { ...decision, list: listed('chuang'), reserve: [] }, Chu, at(10))
      .then({ type: 'award.decided' });
  });
});

describe('the public draw', () => {
  const equals = ['staff-0104', 'staff-0105', 'staff-0106'];
  const toDraw = () =>
    decided({
      list: listed('chuang'),
      reserve: listed('staff-0102'),
      draw: { persons: equals, places: 2, source: '11月20日福彩3D开奖号码' },
    });

  it('is decided by a number announced after the list', () => {
    const order = drawOf(equals, `${id}:582`);
    toDraw()
      .when('award.draw', { publicNumber: '582' }, Ban, at(30))
      .then({ type: 'award.drawn', seed: `${id}:582`, order, winners: order.slice(0, 2) });
    const state = stateOf(toDraw().after('award.draw', { publicNumber: '582' }, Ban, at(30)));
    expect(personsOf(state)).toEqual(['chuang', ...order.slice(0, 2)]);
    expect(state).toMatchObject({ stage: 'decided', reserve: [order[2], 'staff-0102'] });
    expect(state).not.toHaveProperty('draw');
  });

  it('comes before publicity and withdrawal, and once', () => {
    toDraw().when('award.publish', {}, Ban, at(20)).refused('award.wrong-stage');
    toDraw()
      .when('award.withdraw', { person: 'chuang', reason: '否决' }, Chu, at(20))
      .refused('award.wrong-stage');
    decided().when('award.draw', { publicNumber: '582' }, Ban, at(30)).refused('award.wrong-stage');
    toDraw().when('award.draw', { publicNumber: '五' }, Ban, at(30)).refused('request.invalid');
    toDraw().when('award.draw', { publicNumber: '582' }, Chu, at(30)).refused('access.denied');
  });

  it('keeps a department’s limit: the next drawn takes the place', () => {
    const full = {
      list: listed('chuang', 'staff-0102'),
      reserve: [],
      draw: { persons: ['staff-0103', 'staff-0108'], places: 1, source: '开奖号码' },
    };
    for (const publicNumber of ['11', '12', '13', '14', '15'])
      decided(full)
        .when('award.draw', { publicNumber }, Ban, at(30))
        .then({ type: 'award.drawn', winners: ['staff-0108'] });
  });

  it('is not held where the rule book leaves ties to the meeting', () => {
    const [rule] = paperBookInput.awards ?? [];
    if (!rule) throw new Error('no award');
    const book = bookWith({ awards: [{ ...rule, tie: 'meeting' }] });
    givenIn({ ...paperScene, ruleBook: () => ok(book) }, ...frozenMonth('2026-10'))
      .after('award.openWith', opening, Ban, at(0))
      .when(
        'award.decide',
        { list: listed('chuang'), draw: { persons: equals, places: 1, source: '号码' }, minutes },
        Chu,
        at(10),
      )
      .refused('award.no-draw');
  });
});

describe('publicity', () => {
  it('lasts whole working days from its own day', () => {
    decided()
      .when('award.publish', {}, Ban, at(20))
      .then({
        type: 'award.published',
        persons: ['chuang', 'staff-0104', 'staff-0108'],
        from: at(20),
        until,
      });
    expect(awardNext(stateOf(published()))).toBe(until);
    published().when('award.publish', {}, Ban, at(30)).refused('award.wrong-stage');
    opened().when('award.publish', {}, Ban, at(30)).refused('award.wrong-stage');
  });

  it('takes objections while it lasts, against whoever is up', () => {
    const objection = { person: 'chuang', grounds: '本月有迟到' };
    published()
      .when('award.object', objection, Chuang, until)
      .then({ type: 'award.objected', n: 1, about: 'chuang' });
    published()
      .when('award.object', { grounds: '名额分配不公' }, Chuang, at(30))
      .then({ type: 'award.objected' });
    published().when('award.object', objection, Chuang, afterwards).refused('award.publicity-over');
    published()
      .when('award.object', { ...objection, person: 'staff-0102' }, Chuang, at(30))
      .refused('award.not-published');
    decided().when('award.object', objection, Chuang, at(15)).refused('award.publicity-over');
    published().when('award.object', objection, Wai, at(30)).refused('access.denied');
  });

  it('answers each objection; an upheld one takes the person off and moves the next up', () => {
    const told = published().after(
      'award.object',
      { person: 'chuang', grounds: '本月有迟到' },
      Chuang,
      at(30),
    );
    told
      .when('award.answerObjection', { n: 1, outcome: 'dismissed', reason: '经核不属实' }, Chu, at(40))
      .then({ type: 'award.objectionAnswered', outcome: 'dismissed' });
    const again = published().after(
      'award.object',
      { person: 'chuang', grounds: '本月有迟到' },
      Chuang,
      at(30),
    );
    again
      .when('award.answerObjection', { n: 1, outcome: 'upheld', reason: '经核属实' }, Chu, at(40))
      .then(
        { type: 'award.objectionAnswered', outcome: 'upheld' },
        { type: 'award.withdrawn', person: 'chuang' },
        { type: 'award.movedUp', person: 'staff-0102' },
      );
    again
      .when('award.answerObjection', { n: 1, outcome: 'dismissed', reason: '再答' }, Chu, at(50))
      .refused('award.objection-answered');
    again
      .when('award.answerObjection', { n: 2, outcome: 'dismissed', reason: '再答' }, Chu, at(50))
      .refused('award.objection-unknown');
    again
      .when('award.answerObjection', { n: 1, outcome: 'upheld', reason: '属实' }, Ke, at(50))
      .refused('access.denied');
  });
});

describe('announcing', () => {
  it('waits for the whole publicity and every answer', () => {
    published()
      .when('award.announce', {}, Chu, afterwards)
      .then({ type: 'award.announced', persons: ['chuang', 'staff-0104', 'staff-0108'] });
    expect(stateOf(announced()).stage).toBe('announced');
    published().when('award.announce', {}, Chu, until).refused('award.publicity-running');
    decided().when('award.announce', {}, Chu, afterwards).refused('award.not-published');
    opened().when('award.announce', {}, Chu, afterwards).refused('award.wrong-stage');
    announced().when('award.announce', {}, Chu, afterwards).refused('award.wrong-stage');
    published().when('award.announce', {}, Ban, afterwards).refused('access.denied');
    const told = published().after('award.object', { grounds: '名额分配不公' }, Chuang, at(30));
    told.when('award.announce', {}, Chu, afterwards).refused('award.objection-open');
    told
      .after('award.answerObjection', { n: 1, outcome: 'dismissed', reason: '符合办法' }, Zhu, at(40))
      .when('award.announce', {}, Chu, afterwards)
      .then({ type: 'award.announced' });
  });

  it('gives whoever moves up a publicity of their own, and names the others meanwhile', () => {
    const told = published().after(
      'award.withdraw',
      { person: 'staff-0104', reason: '一票否决' },
      Chu,
      days(2),
    );
    expect(stateOf(told).stage).toBe('decided');
    const up = told.after('award.publish', {}, Ban, days(2));
    expect(stateOf(up)).toMatchObject({
      recipients: [
        { person: 'chuang', publicity: { until } },
        { person: 'staff-0108', publicity: { until } },
        { person: 'staff-0102', publicity: { until: '2026-11-27T09:30:00.000Z' } },
      ],
    });
    const first = up.after('award.announce', {}, Chu, afterwards);
    first.when('award.announce', {}, Chu, afterwards).refused('award.publicity-running');
    expect(stateOf(first).stage).toBe('published');
    first
      .when('award.announce', {}, Chu, '2026-11-30T02:00:00.000Z')
      .then({ type: 'award.announced', persons: ['staff-0102'] });
  });
});

describe('withdrawing', () => {
  it('takes a title back after the announcement too', () => {
    announced()
      .when('award.withdraw', { person: 'chuang', reason: '同期发现严重问题' }, Chu, days(10))
      .then({ type: 'award.withdrawn', person: 'chuang' }, { type: 'award.movedUp', person: 'staff-0102' });
  });

  it('passes over whom the department’s limit bars, and leaves the place open when nobody is left', () => {
    const told = decided({
      list: listed('chuang', 'staff-0102', 'staff-0104'),
      reserve: listed('staff-0103', 'staff-0105'),
    });
    told
      .when('award.withdraw', { person: 'staff-0104', reason: '否决' }, Chu, at(20))
      .then({ type: 'award.withdrawn' }, { type: 'award.movedUp', person: 'staff-0105' });
    decided({ reserve: [] })
      .when('award.withdraw', { person: 'chuang', reason: '否决' }, Chu, at(20))
      .then({ type: 'award.withdrawn' });
  });

  it('also strikes somebody off the reserve, and refuses whom nobody listed', () => {
    const told = decided();
    told
      .when('award.withdraw', { person: 'staff-0102', reason: '否决' }, Chu, at(20))
      .then({ type: 'award.withdrawn' });
    told
      .when('award.withdraw', { person: 'staff-0102', reason: '否决' }, Chu, at(21))
      .refused('award.not-listed');
    told
      .when('award.withdraw', { person: 'staff-0106', reason: '否决' }, Chu, at(21))
      .refused('award.not-listed');
    told.when('award.withdraw', { person: 'chuang', reason: '否决' }, Ban, at(21)).refused('access.denied');
  });
});

describe('what everybody may see', () => {
  it('is who is up and who won, never who is not', () => {
    const seen = awardForAll(stateOf(published()), 'wai');
    expect(seen).toMatchObject({
      recipients: [{ person: 'chuang' }, { person: 'staff-0104' }, { person: 'staff-0108' }],
      reserve: [],
      eligible: [],
      heldBack: [],
      nominated: [],
    });
    const early = JSON.stringify([
      awardForAll(stateOf(opened()), 'wai'),
      awardForAll(stateOf(decided()), 'wai'),
    ]);
    for (const person of [...staff, 'staff-0107']) expect(early).not.toContain(`"${person}"`);
    const told = published().after('award.object', { person: 'chuang', grounds: '有迟到' }, Chuang, at(30));
    expect(awardForAll(stateOf(told), 'wai')).toMatchObject({ objections: [] });
  });

  it('shows somebody where they stand themselves, and whom they put forward', () => {
    const open = stateOf(opened());
    const [person = ''] = open.eligible;
    const by = { person, by: 'shou', announcedIn: 2 };
    const files = [
      {
        ...{ n: 1, kind: 'document' as const, size: 9, sha256: 'a'.repeat(64) },
        announcedIn: 2,
        state: 'announced' as const,
      },
      {
        ...{ n: 2, kind: 'document' as const, size: 9, sha256: 'b'.repeat(64) },
        announcedIn: 3,
        state: 'announced' as const,
      },
    ];
    const put: AwardState = {
      ...open,
      evidence: files,
      nominated: [by, { person: 'staff-0104', by: 'kang', announcedIn: 3 }],
    };
    expect(awardForAll(put, person)).toMatchObject({ eligible: [person], nominated: [by], evidence: [] });
    expect(awardForAll(put, 'shou')).toMatchObject({ eligible: [], nominated: [by], evidence: [{ n: 1 }] });
  });

  it('tells who fell out, and who put them forward, that they did; nobody else', () => {
    const told = published()
      .after('award.object', { person: 'chuang', grounds: '有迟到' }, Chuang, at(30))
      .after('award.answerObjection', { n: 1, outcome: 'upheld', reason: '经核属实' }, Chu, at(40));
    const state: AwardState = { ...stateOf(told), nominated: [{ person: 'chuang', by: 'shou' }] };
    for (const viewer of ['chuang', 'shou'])
      expect(awardForAll(state, viewer)).toMatchObject({ withdrawn: ['chuang'] });
    expect(awardForAll(state, 'staff-0104')).toMatchObject({ withdrawn: [] });
    told
      .after('award.publish', {}, Ban, at(45))
      .when('award.object', { person: 'staff-0104', grounds: '有迟到' }, Chuang, afterwards)
      .refused('award.publicity-over');
  });

  it('leaves out of the history what concerns colleagues', () => {
    const journal = announced().house.journal.filter((one) => one.ref.kind === 'award');
    const told = journal.filter(({ event }) => isToldToAll(event)).map(({ event }) => event.type);
    expect(told).toEqual(['award.published', 'award.announced']);
  });
});

describe('whatever is done in whatever order', () => {
  const eligible = fc.constantFrom(...staff);
  const anybody = fc.oneof({ weight: 5, arbitrary: eligible }, fc.constantFrom('staff-0107', 'wai'));
  const people = (most: number) =>
    fc.oneof(
      { weight: 5, arbitrary: fc.uniqueArray(eligible, { maxLength: most }) },
      fc.uniqueArray(anybody, { maxLength: most }),
    );
  const decides = fc.record({
    type: fc.constant('award.decide'),
    list: people(4),
    reserve: people(4),
    draw: fc.option(fc.record({ persons: people(4), places: fc.integer({ min: 1, max: 3 }) })),
  });
  const move = fc.oneof(
    { weight: 1, arbitrary: fc.record({ type: fc.constant('award.nominate'), person: anybody }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('award.takeBackNomination'), person: anybody }) },
    { weight: 6, arbitrary: decides },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('award.draw'), publicNumber: fc.constantFrom('123', '456') }),
    },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('award.publish') }) },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('award.object'), person: fc.option(anybody) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('award.answerObjection'),
        n: fc.integer({ min: 1, max: 3 }),
        outcome: fc.constantFrom('upheld', 'dismissed'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('award.withdraw'), person: anybody }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('award.announce') }) },
  );
  type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
  const sentBy: Record<string, string> = {
    'award.nominate': 'shou',
    'award.takeBackNomination': 'shou',
    'award.draw': 'ban',
    'award.publish': 'ban',
    'award.object': 'ban',
  };
  const fieldsOf = (one: Move): object => {
    const { type: _type, ...rest } = one;
    if ('list' in rest) {
      const drawn = (rest.draw?.persons ?? []).filter((person) => !rest.list.includes(person));
      return {
        list: listed(...rest.list),
        reserve: listed(...rest.reserve.filter((person) => ![...rest.list, ...drawn].includes(person))),
        ...(rest.draw === null ? {} : { draw: { ...rest.draw, persons: drawn, source: '开奖号码' } }),
        minutes,
      };
    }
    if ('outcome' in rest) return { ...rest, reason: '答复' };
    if ('publicNumber' in rest) return rest;
    if (!('person' in rest)) return {};
    const person = rest.person === null ? {} : { person: rest.person };
    switch (one.type) {
      case 'award.nominate':
        return { ...person, material: '事迹' };
      case 'award.takeBackNomination':
        return person;
      case 'award.object':
        return { ...person, grounds: '异议' };
      default:
        return { ...person, reason: '否决' };
    }
  };

  it('never above the quota, never somebody withdrawn, held back or unpublished, never too many of one department', () => {
    const reached = { announced: 0, movedUp: 0, drawn: 0 };
    fc.assert(
      fc.property(fc.array(fc.tuple(move, fc.nat(5)), { minLength: 20, maxLength: 60 }), (sequence) => {
        const paper = paperHouse(paperScene);
        happen(paper, ...frozenMonth('2026-10'));
        paper.send('award.openWith', opening, actorOf('ban'), at(0));
        let now = 1;
        for (const [one, wait] of sequence) {
          now += wait * 1440;
          paper.send(one.type, fieldsOf(one), actorOf(sentBy[one.type] ?? 'chu'), at(now), id);
          const state = paper.head('award', id);
          if (!state || state.stage === 'open') continue;
          const holders = state.recipients.map((each) => each.person);
          expect(holders.length).toBeLessThanOrEqual(state.quota);
          expect(new Set(holders).size).toBe(holders.length);
          for (const person of holders) {
            expect(state.withdrawn).not.toContain(person);
            expect(state.eligible).toContain(person);
            expect(state.heldBack).not.toContain(person);
          }
          for (const person of state.reserve) expect([...holders, ...state.withdrawn]).not.toContain(person);
          const tax = holders.filter((person) => ['chuang', 'staff-0102', 'staff-0103'].includes(person));
          expect(tax.length).toBeLessThanOrEqual(2);
          for (const each of state.recipients)
            if (each.announcedAt !== undefined) {
              expect(each.publicity).toBeDefined();
              expect(each.announcedAt > (each.publicity?.until ?? '9')).toBe(true);
            }
        }
        for (const { event } of paper.journal) {
          if (event.type === 'award.announced') reached.announced += 1;
          if (event.type === 'award.movedUp') reached.movedUp += 1;
          if (event.type === 'award.drawn') reached.drawn += 1;
        }
      }),
      { numRuns: 400 },
    );
    expect(reached.announced).toBeGreaterThan(20);
    expect(reached.movedUp).toBeGreaterThan(20);
    expect(reached.drawn).toBeGreaterThan(20);
  });
});
