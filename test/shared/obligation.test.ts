import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, system } from '../../shared/access.ts';
import { countedCase } from '../../shared/case.ts';
import type { StreamKind } from '../../shared/ids.ts';
import { measuresOf } from '../../shared/measure.ts';
import { type Obligation, obligationsOf } from '../../shared/obligation.ts';
import type { ObligationKind, Outstanding } from '../../shared/obligation-due.ts';
import type { States } from '../../shared/states.ts';
import type { Instant } from '../../shared/time.ts';
import { Ban, Chu, calendar, Ge, Kang, Ke, Lian, registry, Xun } from '../cast.ts';
import { type PaperHouse, paperHouse } from '../given.ts';
import {
  at,
  caseId,
  caseLife,
  clip,
  days,
  frozenMonth,
  happen,
  overturn,
  paperBook,
  paperScene,
  scan,
} from '../papers.ts';

// A loop and not flatMap: the checker would compare the heads of every kind with each other for half a minute.
const heads = <K extends StreamKind>(paper: PaperHouse, kind: K): States[K][] => {
  const found: States[K][] = [];
  const ids = new Set(paper.journal.filter((one) => one.ref.kind === kind).map((one) => one.stream));
  for (const id of ids) {
    const head = paper.head(kind, id);
    if (head) found.push(head);
  }
  return found;
};

const outstanding = (paper: PaperHouse, now: Instant): Outstanding => {
  const cases = heads(paper, 'case');
  const counted = cases.flatMap((state) => countedCase(state) ?? []);
  return {
    cases,
    bonuses: heads(paper, 'bonus'),
    talks: heads(paper, 'talk'),
    letters: heads(paper, 'letter'),
    awards: heads(paper, 'award'),
    measures: measuresOf(paperBook, '2026-11', counted, []),
    book: paperBook,
    calendar,
    registry,
    now,
  };
};
const dueIn = (paper: PaperHouse, now: Instant): Obligation[] => obligationsOf(outstanding(paper, now));
const find = (all: readonly Obligation[], kind: ObligationKind): Obligation | undefined =>
  all.find((one) => one.kind === kind);
const kindsOf = (all: readonly Obligation[]): ObligationKind[] => all.map((one) => one.kind).sort();

const paperWith = (...lives: ReturnType<typeof caseLife>[]): PaperHouse => {
  const paper = paperHouse(paperScene);
  happen(paper, ...lives.flat());
  return paper;
};
const evident = { clause: '3', violation: 'DIS-PHONE', severity: 'evident' } as const;

const letterFields = {
  kind: 'violation',
  month: '2026-11',
  department: 'department-tax',
  title: '关于派驻窗口违纪问题的函',
  body: '现将有关情况函告如下。',
};
const talkFields = {
  recorder: 'ban',
  place: '谈话室',
  reason: '事由',
  content: '内容',
  statement: '陈述',
};
const opening = {
  month: '2026-10',
  code: 'star',
  candidates: ['chuang', 'staff-0102', 'staff-0104', 'staff-0105', 'staff-0108'].map((person) => ({
    person,
    eligible: true,
    heldBack: false,
    why: [],
  })),
};
const listed = (...persons: string[]) => persons.map((person) => ({ person, criterion: '表扬' }));

/** A command that must succeed. */
const done = (
  paper: PaperHouse,
  type: string,
  fields: object,
  actor: Actor,
  now: Instant,
  target?: string,
): string => {
  const result = paper.send(type, fields, actor, now, target);
  if (!result.ok) throw new Error(`${type}: ${JSON.stringify(result.problem)}`);
  return result.value.ref.id;
};

describe('what a case asks for', () => {
  it('to be verified in working days, a serious one sooner', () => {
    const paper = paperWith(
      caseLife(1, { until: 'reported', from: at(-10) }),
      caseLife(2, { until: 'reported', from: at(-10), violation: 'DIS-PHONE' }),
    );
    expect(dueIn(paper, at(0)).map(({ id, due, overdue }) => ({ id, due, overdue }))).toEqual([
      { id: `verify~${caseId(1)}`, due: '2026-11-19T09:30:00.000Z', overdue: false },
      { id: `verify~${caseId(2)}`, due: '2026-11-20T09:30:00.000Z', overdue: false },
    ]);
    expect(find(dueIn(paper, at(0)), 'verify')).toMatchObject({
      action: 'case.confirm',
      roles: ['gridLeader', 'sectionHead'],
      matter: { kind: 'case', id: caseId(1) },
      facts: { grids: ['grid-a'] },
      sentence: '核实:2026年11月18日 A01窗口 与群众争吵',
    });
    expect(dueIn(paper, days(2)).map((one) => one.overdue)).toEqual([true, false]);
  });

  it('to be handed on, without a word about it, when it is an integrity lead', () => {
    const paper = paperWith(caseLife(1, { until: 'reported', violation: 'INT-BRIBE', evidence: [clip] }));
    const [only, ...others] = dueIn(paper, at(0));
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      kind: 'transfer',
      facts: { sealed: false },
      sentence: '移送一条廉洁问题线索',
    });
  });

  it('to be told, settled and reviewed in its time', () => {
    const confirmed = paperWith(caseLife(1, { until: 'confirmed' }));
    expect(kindsOf(dueIn(confirmed, at(0)))).toEqual(['notify']);
    const noticed = paperWith(caseLife(1, { until: 'noticed' }));
    expect(dueIn(noticed, at(-1500))).toEqual([]);
    expect(find(dueIn(noticed, at(0)), 'settle')?.roles).toEqual(['system']);
    const asked = paperWith(caseLife(1, { until: 'asked', ...evident }));
    expect(kindsOf(dueIn(asked, at(0)))).toEqual(['decideReview']);
    expect(dueIn(paperWith(caseLife(1, { ...evident })), at(0))).toEqual([]);
  });

  it('its missing files, also when they arrived broken', () => {
    const paper = paperWith(caseLife(1, { ...evident, evidence: [clip, clip], received: false }));
    expect(find(dueIn(paper, at(0)), 'missingEvidence')).toMatchObject({
      sentence: '补传证据:有2个文件尚未收到',
      overdue: false,
    });
    expect(find(dueIn(paper, days(1)), 'missingEvidence')?.overdue).toBe(true);
    const ref = { kind: 'case' as const, id: caseId(1) };
    const by = { person: 'system', role: 'system' as const };
    happen(
      paper,
      { ref, by, at: at(0), event: { type: 'evidence.rejected', v: 1, n: 1, storedVersion: 'v' } },
      {
        ref,
        by,
        at: at(0),
        event: { type: 'evidence.received', v: 1, n: 2, storedVersion: 'v', keepUntil: '2028-01-01' },
      },
    );
    expect(find(dueIn(paper, at(1)), 'missingEvidence')?.sentence).toContain('有1个文件');
    happen(paper, {
      ref,
      by,
      at: at(2),
      event: { type: 'evidence.received', v: 1, n: 1, storedVersion: 'v', keepUntil: '2028-01-01' },
    });
    expect(find(dueIn(paper, at(3)), 'missingEvidence')).toBeUndefined();
  });

  it('something without a date while the calendar is missing, and says so', () => {
    const paper = paperWith(caseLife(1, { until: 'reported' }));
    const [only] = obligationsOf({
      ...outstanding(paper, at(0)),
      calendar: { years: [], hours: calendar.hours },
    });
    expect(only).toMatchObject({ overdue: false });
    expect(only).not.toHaveProperty('due');
    expect(only?.sentence).toContain('工作日历未录入');
  });
});

describe('what the ladder asks for', () => {
  const serious = () => paperWith(caseLife(1));

  it('a talk, until it is held; then its signature, or its withdrawal when the case fell', () => {
    const paper = serious();
    const talk = find(dueIn(paper, at(0)), 'talk');
    expect(talk).toMatchObject({
      action: 'talk.holdDirector',
      roles: ['director', 'chief'],
      matter: { kind: 'measure' },
      facts: { persons: ['chuang'], departments: ['department-tax'], grids: ['grid-a'] },
    });
    expect(talk?.sentence).toMatch(/^分管领导谈话:庄窗。/);
    const id = talk?.matter.id ?? '';
    const hold = { ...talkFields, id, kind: 'director', person: 'chuang', cases: [caseId(1)], heldAt: at(0) };
    done(paper, 'talk.hold', hold, Chu, at(0));
    expect(kindsOf(dueIn(paper, at(1)))).toEqual(['signTalk']);
    overturn(paper, 1, at(10));
    expect(kindsOf(dueIn(paper, at(20)))).toEqual(['withdrawTalk']);
    done(paper, 'talk.withdraw', { reason: '复核撤销' }, system, at(30), id);
    expect(dueIn(paper, at(40))).toEqual([]);
  });

  it('the same talk again when it was withdrawn and another case brought the measure back', () => {
    const social = { ...evident, department: 'department-social' };
    const paper = paperWith(...[1, 2, 3].map((nth) => caseLife(nth, social)));
    const id = 'talk-2026-11-section-chuang-1';
    const hold = { ...talkFields, id, kind: 'section', person: 'chuang', heldAt: at(0) };
    done(paper, 'talk.hold', { ...hold, cases: [1, 2, 3].map((n) => caseId(n)) }, Ke, at(0));
    overturn(paper, 1, at(10));
    done(paper, 'talk.withdraw', { reason: '复核撤销' }, system, at(20), id);
    expect(dueIn(paper, at(30))).toEqual([]);
    happen(paper, ...caseLife(4, social));
    expect(dueIn(paper, at(40)).map((one) => one.id)).toEqual([`talk~${id}`]);
  });

  it('within days of the last case to count, whichever comes first in the list', () => {
    const social = { ...evident, department: 'department-social' };
    const paper = paperWith(
      caseLife(1, { ...social, from: at(-1440) }),
      caseLife(2, { ...social, from: at(-7 * 1440) }),
      caseLife(3, { ...social, from: at(-2 * 1440) }),
    );
    const of = outstanding(paper, at(0));
    for (const cases of [of.cases, of.cases.toReversed()])
      expect(obligationsOf({ ...of, cases })).toMatchObject([
        { kind: 'talk', due: '2026-11-24T09:30:00.000Z' },
      ]);
  });

  it('no talk while the case is unheard, and none for a reminder or a deduction', () => {
    expect(kindsOf(dueIn(paperWith(caseLife(1, { until: 'noticed' })), at(-1500)))).toEqual([]);
    expect(dueIn(paperWith(caseLife(1, { ...evident })), at(0))).toEqual([]);
  });

  it('a letter, until it is drafted; again when that was voided', () => {
    const four = [1, 2, 3, 4].map((nth) => caseLife(nth, { ...evident, persons: [`staff-010${nth + 1}`] }));
    const paper = paperWith(...four);
    const letter = find(dueIn(paper, at(0)), 'letter');
    expect(letter).toMatchObject({
      action: 'letter.draft',
      facts: { departments: ['department-tax'] },
      sentence: expect.stringMatching(/^函告派出单位:市税务局。/),
    });
    const draft = { ...letterFields, measure: letter?.matter.id, cases: [1, 2, 3, 4].map((n) => caseId(n)) };
    const id = done(paper, 'letter.draft', draft, Ban, at(0));
    expect(kindsOf(dueIn(paper, at(1)))).toEqual(['check']);
    done(paper, 'letter.void', { reason: '重拟' }, Ban, at(2), id);
    expect(kindsOf(dueIn(paper, at(3)))).toEqual(['letter']);
  });

  it('nothing of a talk whose measure still stands though one of its cases fell', () => {
    const lives = [1, 2, 3, 4].map((nth) => caseLife(nth, { ...evident, department: 'department-social' }));
    const paper = paperWith(...lives);
    const talk = find(dueIn(paper, at(0)), 'talk');
    expect(talk?.matter.id).toBe('talk-2026-11-section-chuang-1');
    const hold = {
      ...talkFields,
      id: talk?.matter.id,
      kind: 'section',
      person: 'chuang',
      cases: [1, 2, 3].map((n) => caseId(n)),
      heldAt: at(0),
    };
    done(paper, 'talk.hold', hold, Ke, at(0));
    overturn(paper, 1, at(10));
    expect(find(dueIn(paper, at(20)), 'withdrawTalk')).toBeUndefined();
    overturn(paper, 2, at(30));
    expect(find(dueIn(paper, at(40)), 'withdrawTalk')).toBeDefined();
  });
});

describe('what an issued letter asks for', () => {
  const replyBy = '2026-12-02T09:30:00.000Z';
  const issued = (asked: object = { cases: [caseId(1)] }) => {
    const paper = paperWith(caseLife(1, { ...evident }));
    const id = done(paper, 'letter.draft', { ...letterFields, ...asked }, Ban, at(0));
    done(paper, 'letter.check', {}, Ke, at(1), id);
    done(paper, 'letter.sign', {}, Chu, at(2), id);
    done(paper, 'letter.seal', { way: 'wet' }, Ban, at(3), id);
    done(paper, 'letter.issue', {}, Ban, at(4), id);
    return { paper, id };
  };

  it('its receipt and no more, where it asks for no reply; what is written back all the same is looked at', () => {
    const { paper, id } = issued({ cases: [caseId(1)], replyWorkingDays: 0 });
    expect(kindsOf(dueIn(paper, at(5)))).toEqual(['acknowledge']);
    done(paper, 'letter.acknowledge', { receivedAt: at(6) }, Lian, at(6), id);
    expect(dueIn(paper, '2027-03-01T02:00:00.000Z')).toEqual([]);
    done(paper, 'letter.answer', { answer: '收悉', answeredAt: at(7) }, Lian, at(7), id);
    expect(kindsOf(dueIn(paper, at(8)))).toEqual(['closeLetter']);
  });

  it('a receipt and an answer, then urging, then closing', () => {
    const { paper, id } = issued();
    expect(kindsOf(dueIn(paper, at(5)))).toEqual(['acknowledge', 'answerLetter']);
    expect(find(dueIn(paper, at(5)), 'answerLetter')).toMatchObject({
      due: replyBy,
      roles: ['liaison', 'clerk'],
    });
    const late = '2026-12-03T02:00:00.000Z';
    expect(find(dueIn(paper, late), 'answerLetter')?.overdue).toBe(true);
    expect(find(dueIn(paper, replyBy), 'urge')).toBeUndefined();
    expect(find(dueIn(paper, late), 'urge')?.sentence).toBe('催办:违纪问题函告 市税务局 明政服函〔2026〕1号');
    done(paper, 'letter.urge', { way: 'phone' }, Ban, late, id);
    expect(find(dueIn(paper, '2026-12-04T02:00:00.000Z'), 'urge')).toBeUndefined();
    expect(find(dueIn(paper, '2026-12-11T02:00:00.000Z'), 'urge')?.sentence).toMatch(/^再次催办/);
    done(
      paper,
      'letter.answer',
      { answer: '已整改', answeredAt: late },
      Lian,
      '2026-12-11T03:00:00.000Z',
      id,
    );
    expect(kindsOf(dueIn(paper, '2026-12-11T04:00:00.000Z'))).toEqual(['closeLetter']);
    done(paper, 'letter.close', {}, Ban, '2026-12-11T05:00:00.000Z', id);
    expect(dueIn(paper, '2026-12-11T06:00:00.000Z')).toEqual([]);
  });
});

describe('what an award asks for', () => {
  it('a decision by the day of the rule book, moved on when that is off', () => {
    const paper = paperHouse(paperScene);
    happen(paper, ...frozenMonth('2026-10'));
    const id = done(paper, 'award.openWith', opening, Ban, at(-14_000));
    expect(find(dueIn(paper, at(-13_000)), 'decideAward')).toMatchObject({
      due: '2026-11-10T09:30:00.000Z',
      overdue: false,
    });
    expect(find(dueIn(paper, at(0)), 'decideAward')?.overdue).toBe(true);
    done(paper, 'award.decide', { list: listed('chuang'), minutes: '纪要' }, Chu, at(0), id);
    expect(kindsOf(dueIn(paper, at(1)))).toEqual(['publishAward']);
    done(paper, 'award.publish', {}, Ban, at(10), id);
    expect(dueIn(paper, at(20))).toEqual([]);
    done(paper, 'award.object', { grounds: '异议' }, Ban, at(30), id);
    done(paper, 'award.object', { grounds: '另一异议' }, Ban, at(31), id);
    expect(dueIn(paper, at(40)).map((one) => one.id)).toEqual([
      `answerObjection~${id}~1`,
      `answerObjection~${id}~2`,
    ]);
    for (const n of [1, 2])
      done(
        paper,
        'award.answerObjection',
        { n, outcome: 'dismissed', reason: '不成立' },
        Chu,
        at(50 + n),
        id,
      );
    expect(dueIn(paper, at(60))).toEqual([]);
    expect(kindsOf(dueIn(paper, days(9)))).toEqual(['announceAward']);
    done(paper, 'award.announce', {}, Chu, days(9), id);
    expect(dueIn(paper, days(10))).toEqual([]);
  });
});

describe('whatever is outstanding', () => {
  const untils = [
    'reported',
    'settledOnSpot',
    'confirmed',
    'noticed',
    'counting',
    'asked',
    'reduced',
  ] as const;
  const aCase = fc.record({
    until: fc.constantFrom(...untils),
    grave: fc.boolean(),
    files: fc.constantFrom('none', 'missing', 'there'),
    person: fc.constantFrom('chuang', 'staff-0102', 'staff-0103'),
  });
  const hall = fc.record({
    cases: fc.array(aCase, { minLength: 1, maxLength: 8 }),
    bonuses: fc.nat(2),
    letterSteps: fc.option(fc.nat(7)),
    awardSteps: fc.option(fc.nat(4)),
    talks: fc.nat(3),
    overturned: fc.boolean(),
    wait: fc.nat(20),
  });
  type Hall = typeof hall extends fc.Arbitrary<infer H> ? H : never;

  const road = [
    ['letter.check', {}, Ke],
    ['letter.sign', {}, Chu],
    ['letter.seal', { way: 'wet' }, Ban],
    ['letter.issue', {}, Ban],
    ['letter.acknowledge', { receivedAt: at(50) }, Lian],
    ['letter.answer', { answer: '已整改', answeredAt: at(50) }, Lian],
    ['letter.close', {}, Ban],
  ] as const;
  const awardRoad = [
    [
      'award.decide',
      {
        list: listed('chuang'),
        draw: { persons: ['staff-0104', 'staff-0105'], places: 1, source: '号码' },
        minutes: '纪要',
      },
      Chu,
    ],
    ['award.draw', { publicNumber: '123' }, Ban],
    ['award.publish', {}, Ban],
    ['award.object', { grounds: '异议' }, Ban],
  ] as const;

  /** Cases, papers and titles at every stage, brought there by the commands themselves. */
  const build = (wish: Hall): PaperHouse => {
    const paper = paperHouse(paperScene);
    happen(paper, ...frozenMonth('2026-10'));
    wish.cases.forEach((one, nth) => {
      const kind = one.grave ? {} : evident;
      const evidence = one.files === 'none' ? [] : [clip];
      happen(
        paper,
        ...caseLife(nth, {
          ...kind,
          persons: [one.person],
          until: one.until,
          evidence,
          received: one.files === 'there',
        }),
      );
    });
    for (let nth = 0; nth < wish.bonuses; nth += 1)
      done(
        paper,
        'bonus.report',
        { type: 'BON-PRAISE', day: '2026-11-17', persons: ['chuang'], description: '锦旗' },
        Xun,
        at(0),
      );
    const standing = heads(paper, 'case')
      .filter((state) => state.stage === 'counting')
      .slice(0, 3);
    if (wish.letterSteps !== null && standing.length > 0) {
      const id = done(
        paper,
        'letter.draft',
        { ...letterFields, cases: standing.map((state) => state.id) },
        Ban,
        at(10),
      );
      if (wish.letterSteps === 7) done(paper, 'letter.return', { reason: '改' }, Ke, at(11), id);
      else
        for (const [type, fields, actor] of road.slice(0, wish.letterSteps))
          done(paper, type, fields, actor, at(50), id);
    }
    if (wish.awardSteps !== null) {
      const id = done(paper, 'award.openWith', opening, Ban, at(0));
      for (const [type, fields, actor] of awardRoad.slice(0, wish.awardSteps))
        done(paper, type, fields, actor, at(60), id);
    }
    const asked = dueIn(paper, at(70)).filter((one) => one.kind === 'talk');
    asked.slice(0, wish.talks).forEach((one, index) => {
      step(paper, one, at(70));
      const id = one.matter.id;
      if (index > 0) done(paper, 'talk.sign', { way: 'tablet', signedAt: at(71) }, Ke, at(71), id);
    });
    if (wish.overturned)
      for (const talk of heads(paper, 'talk').slice(0, 1))
        for (const id of talk.cases) {
          const state = paper.head('case', id);
          const nth = wish.cases.findIndex((_one, at) => caseId(at) === id);
          if (state?.stage === 'counting' && state.review === undefined) overturn(paper, nth, at(80));
        }
    return paper;
  };

  /** Does what an obligation asks for, as somebody who may. */
  const step = (paper: PaperHouse, { kind, matter }: Obligation, now: Instant): void => {
    const { id } = matter;
    const send = (type: string, fields: object, actor: Actor) => done(paper, type, fields, actor, now, id);
    switch (kind) {
      case 'verify': {
        const grave = paper.head('case', id)?.type === 'ATT-ARGUE';
        const verdict = grave ? { severity: 'serious', clause: '5' } : { severity: 'evident', clause: '3' };
        send('case.confirm', { ...verdict, reason: '属实' }, Ge);
        return;
      }
      case 'notify':
        send('case.notify', { way: 'tablet', deliveredAt: now }, Ge);
        return;
      case 'settle':
        send('case.settle', {}, system);
        return;
      case 'decideReview':
        send('case.decideAppeal', { outcome: 'upheld', reason: '维持' }, Kang);
        return;
      case 'verifyBonus':
        send('bonus.confirm', { clause: 'J1', original: '锦旗存督查科', reason: '属实' }, Ge);
        return;
      case 'talk': {
        const measure = outstanding(paper, now).measures.find((one) => one.id === id);
        if (!measure || !('person' in measure.subject)) throw new Error(`no measure ${id}`);
        done(
          paper,
          'talk.hold',
          {
            ...talkFields,
            id,
            kind: measure.kind === 'directorTalk' ? 'director' : 'section',
            person: measure.subject.person,
            cases: measure.cases,
            heldAt: now,
          },
          Chu,
          now,
        );
        return;
      }
      case 'letter': {
        const measure = outstanding(paper, now).measures.find((one) => one.id === id);
        done(paper, 'letter.draft', { ...letterFields, measure: id, cases: measure?.cases }, Ban, now);
        return;
      }
      case 'signTalk':
        send('talk.sign', { way: 'paper', signedAt: now, evidence: [{ ...scan, takenAt: now }] }, Ban);
        // The scan is on its way until the store has it.
        receiveAll(paper, 'talk', id, now);
        return;
      case 'fileTalk':
        send('talk.file', {}, Ban);
        return;
      case 'withdrawTalk':
        send('talk.withdraw', { reason: '撤销' }, system);
        return;
      case 'check':
        send('letter.check', {}, Ke);
        return;
      case 'revise':
        send('letter.revise', { title: '函', body: '修改稿' }, Ban);
        return;
      case 'sign':
        send('letter.sign', {}, Chu);
        return;
      case 'seal':
        send('letter.seal', { way: 'wet' }, Ban);
        return;
      case 'issue':
        send('letter.issue', {}, Ban);
        return;
      case 'acknowledge':
        send('letter.acknowledge', { receivedAt: now }, Lian);
        return;
      case 'answerLetter':
        send('letter.answer', { answer: '已整改', answeredAt: now }, Lian);
        return;
      case 'urge':
        send('letter.urge', { way: 'phone' }, Ban);
        return;
      case 'closeLetter':
        send('letter.close', {}, Ban);
        return;
      case 'seatCommittee':
        throw new Error(`${kind} is not built here`);
      case 'decideAward':
        send('award.decide', { list: listed('chuang'), minutes: '纪要' }, Chu);
        return;
      case 'drawAward':
        send('award.draw', { publicNumber: '123' }, Ban);
        return;
      case 'publishAward':
        send('award.publish', {}, Ban);
        return;
      case 'answerObjection':
        send('award.answerObjection', { n: 1, outcome: 'dismissed', reason: '不成立' }, Chu);
        return;
      case 'announceAward':
        send('award.announce', {}, Chu);
        return;
      case 'missingEvidence':
        receiveAll(paper, 'case', id, now);
        return;
      case 'identify':
      case 'transfer':
        throw new Error(`${kind} is not built here`);
    }
  };
  const receiveAll = (paper: PaperHouse, kind: 'case' | 'talk', id: string, now: Instant): void => {
    for (const { n, state } of paper.head(kind, id)?.evidence ?? [])
      if (state === 'announced')
        happen(paper, {
          ref: { kind, id },
          by: { person: 'system', role: 'system' },
          at: now,
          event: { type: 'evidence.received', v: 1, n, storedVersion: 'v', keepUntil: '2028-01-01' },
        });
  };
  /** What else of the same matter the doing ends: an answer is a receipt and needs no urging. */
  const along: Partial<Record<ObligationKind, ObligationKind[]>> = {
    answerLetter: ['acknowledge', 'urge'],
    closeLetter: ['acknowledge'],
  };

  it('ends exactly with the doing: nothing else is lost, and the done is not asked again', () => {
    const seen = new Set<ObligationKind>();
    fc.assert(
      fc.property(hall, fc.nat(), (wish, pick) => {
        const paper = build(wish);
        const now = at(100 + wish.wait * 1440);
        const before = dueIn(paper, now);
        // A kind nobody has taken yet comes first, so that the rare ones are taken too.
        const rare = before.find(({ kind }) => !seen.has(kind));
        const one = rare ?? before[pick % Math.max(1, before.length)];
        if (!one) return;
        // Facts that changed under a letter send it back, or a case off its list, first; that is its own rule.
        const stale = ['check', 'revise', 'sign', 'issue'].includes(one.kind) && wish.overturned;
        if (stale) return;
        seen.add(one.kind);
        step(paper, one, now);
        const after = new Set(dueIn(paper, now).map(({ id }) => id));
        expect(after).not.toContain(one.id);
        const lost = before.filter(({ id }) => id !== one.id && !after.has(id));
        expect(lost.every((other) => other.matter.id === one.matter.id)).toBe(true);
        expect(lost.map(({ kind }) => kind).filter((kind) => !along[one.kind]?.includes(kind))).toEqual([]);
      }),
      { numRuns: 600 },
    );
    for (const kind of [
      'verify',
      'notify',
      'settle',
      'decideReview',
      'verifyBonus',
      'talk',
      'signTalk',
      'fileTalk',
      'withdrawTalk',
      'check',
      'revise',
      'sign',
      'seal',
      'issue',
      'acknowledge',
      'answerLetter',
      'closeLetter',
      'missingEvidence',
      'drawAward',
      'publishAward',
      'answerObjection',
      'decideAward',
    ] as const)
      expect([...seen]).toContain(kind);
  });

  it('is the same in whatever order it is handed in', () => {
    fc.assert(
      fc.property(hall, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (wish, chance) => {
        const of = outstanding(build(wish), at(100 + wish.wait * 1440));
        const shuffled = <T>(all: readonly T[]): T[] =>
          all
            .map((one) => [chance.next().value, one] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, one]) => one);
        expect(
          obligationsOf({
            ...of,
            cases: shuffled(of.cases),
            bonuses: shuffled(of.bonuses),
            talks: shuffled(of.talks),
            letters: shuffled(of.letters),
            awards: shuffled(of.awards ?? []),
            measures: shuffled(of.measures),
          }),
        ).toEqual(obligationsOf(of));
      }),
      { numRuns: 100 },
    );
  });

  it('has one id for each thing due, a date, and somebody who may do it', () => {
    fc.assert(
      fc.property(hall, (wish) => {
        const all = dueIn(build(wish), at(100 + wish.wait * 1440));
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        for (const one of all) {
          expect(one.due).toBeDefined();
          expect(one.roles).not.toEqual([]);
          expect(one.sentence).not.toMatch(/undefined|case-20|award-20/);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('shows as overdue once its date has passed, and never ends by waiting', () => {
    fc.assert(
      fc.property(hall, (wish) => {
        const paper = build({ ...wish, wait: 0 });
        const now = dueIn(paper, at(100));
        const later = new Map(dueIn(paper, '2026-12-30T02:00:00.000Z').map((one) => [one.id, one]));
        for (const one of now) expect(later.get(one.id)?.overdue).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
