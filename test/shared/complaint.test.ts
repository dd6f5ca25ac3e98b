import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../shared/access.ts';
import { calendarYears } from '../../shared/calendar-years.ts';
import type { CaseState } from '../../shared/case.ts';
import { aboutCase } from '../../shared/case-facts.ts';
import { type ComplaintState, complaintNext, complaintSubject } from '../../shared/complaint.ts';
import { aboutComplaint } from '../../shared/complaint-facts.ts';
import { couldBeOne, proposedAsOne } from '../../shared/complaint-incident.ts';
import { termsOf } from '../../shared/complaint-terms.ts';
import { type Obligation, obligationsOf } from '../../shared/obligation.ts';
import { ok } from '../../shared/problems.ts';
import {
  type Day,
  dayOf,
  type Instant,
  instantAt,
  plusDays,
  plusMinutes,
  weekdayOf,
} from '../../shared/time.ts';
import {
  actorOf,
  Ban,
  Chu,
  Chuang,
  calendar,
  everybody,
  Ge,
  Gong,
  Guan,
  Ji,
  Kang,
  Ke,
  Lian,
  registry,
  ruleBook,
  Shou,
  Wai,
  wednesday,
  Xun,
} from '../cast.ts';
import { given, givenIn, type PaperHouse, smallHall } from '../given.ts';

const at = (minutes: number): Instant => plusMinutes(wednesday, minutes);
const happened = { from: at(-40), to: at(-30), doubtSeconds: 300 };
const complaint = {
  source: 'desk',
  receivedAt: at(-5),
  violation: 'ATT-RUDE',
  happened,
  window: 'window-a01',
  complainant: { name: '钱多多', contact: '手机 138-1234-5678' },
  content: '投诉人称,A01窗口人员言语生硬,要求重跑一趟',
  wanted: '希望道歉并说明所需材料',
};
const rude = {
  violation: 'ATT-RUDE',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '言语生硬,未说明补正材料',
};
const inquiry = { means: ['complainant', 'window'], record: '问过双方,窗口人员承认语气急躁' };
const verdict = { outcome: 'substantiated', findings: [rude], reason: '双方陈述一致' };
const scan = {
  name: '来信.jpg',
  kind: 'photo',
  mediaType: 'image/jpeg',
  size: 90_000,
  sha256: 'c'.repeat(64),
  takenAt: at(-6),
};

type Standing = ReturnType<typeof given>;
const received = (change: object = {}): Standing =>
  given().after('complaint.receive', { ...complaint, ...change }, Ban, at(0));
const accepted = (change: object = {}): Standing =>
  received(change).after('complaint.accept', {}, Ban, at(5));
const investigated = (change: object = {}): Standing =>
  accepted(change).after('complaint.investigate', inquiry, Ge, at(60));
const decided = (change: object = {}): Standing =>
  investigated(change).after('complaint.decide', verdict, Ke, at(90));
const told = { way: 'phone', answeredAt: at(120), words: '已告知处理结果和所需材料' };
const answered = (): Standing => decided().after('complaint.answer', told, Ban, at(121));
const asked = (result: string) => ({ result, at: at(1500), words: '电话回访' });
const stateOf = ({ house, id }: { house: PaperHouse; id: string }): ComplaintState => {
  const state = house.head('complaint', id);
  if (!state) throw new Error('no complaint');
  return state;
};
const caseOf = (house: PaperHouse, id: string | undefined): CaseState => {
  const state = house.head('case', id ?? '');
  if (!state) throw new Error('no case');
  return state;
};

describe('taking a complaint in', () => {
  it('keeps what it is about, and of the complainant only that there is one', () => {
    const state = stateOf(received());
    expect(state).toMatchObject({
      stage: 'received',
      month: '2026-11',
      source: 'desk',
      window: 'window-a01',
      grid: 'grid-a',
      department: 'department-tax',
      persons: [],
      complainant: 'named',
    });
    expect(JSON.stringify(state)).not.toMatch(/钱多多|1234|言语生硬/);
    expect(complaintSubject(state)).toBe('department-tax');
    expect(stateOf(received({ complainant: undefined })).complainant).toBe('anonymous');
  });

  it('refuses words that would tell the department who complained', () => {
    for (const content of ['钱多多称窗口人员态度不好', '请回电13812345678', '电话 138 1234 5678']) {
      given()
        .when('complaint.receive', { ...complaint, content }, Ban, at(0))
        .refused('complaint.names-complainant');
      given()
        .when('complaint.receive', { ...complaint, wanted: content }, Ban, at(0))
        .refused('complaint.names-complainant');
    }
    given()
      .when('complaint.receive', { ...complaint, complainant: undefined, content: '钱多多' }, Ban, at(0))
      .then({ type: 'complaint.received' });
  });

  it('fills in where a person sits, and refuses whom or what the registry does not know', () => {
    expect(stateOf(received({ window: undefined, persons: ['chuang'] }))).toMatchObject({
      grid: 'grid-a',
      department: 'department-tax',
    });
    expect(stateOf(received({ window: undefined }))).not.toHaveProperty('grid');
    const wrong: [object, Parameters<ReturnType<Standing['when']>['refused']>[0]][] = [
      [{ window: 'window-z99' }, 'registry.unknown'],
      [{ persons: ['nobody'] }, 'registry.unknown'],
      [{ window: undefined, grid: 'grid-z' }, 'registry.unknown'],
      [{ window: undefined, department: 'department-z' }, 'registry.unknown'],
      [{ department: 'department-social' }, 'assignment.outside'],
      [{ grid: 'grid-b' }, 'assignment.outside'],
      [{ persons: ['staff-0104'] }, 'assignment.outside'],
      [{ violation: 'DIS-DANCE' }, 'violation.unknown'],
      [{ receivedAt: at(10) }, 'time.future'],
      [{ happened: { from: at(5), to: at(9), doubtSeconds: 0 } }, 'time.future'],
      [{ receivedAt: at(-60) }, 'time.order'],
      [{ source: 'hotline', ticketBy: '2026-11-17' }, 'time.order'],
      [{ evidence: [{ ...scan, takenAt: at(30) }] }, 'time.future'],
      [{ persons: ['chuang', 'chuang'] }, 'request.invalid'],
    ];
    for (const [change, code] of wrong)
      given()
        .when('complaint.receive', { ...complaint, ...change }, Ban, at(0))
        .refused(code);
  });

  it('is the desk’s and the section head’s, nobody else’s', () => {
    for (const actor of Object.values(everybody)) {
      const tried = given().when('complaint.receive', complaint, actor, at(0));
      if (actor === Ban || actor === Ke || actor === Kang) tried.then({ type: 'complaint.received' });
      else tried.refused('access.denied');
    }
  });

  it('hands an integrity complaint to the discipline organ at once, and shuts it', () => {
    const sealed = received({ violation: 'INT-BRIBE', content: '称被索要好处费' });
    expect(stateOf(sealed).stage).toBe('transferred');
    expect(aboutComplaint(stateOf(sealed)).sealed).toBe(true);
    for (const actor of [Ban, Ke, Ge, Chu])
      sealed.when('complaint.accept', {}, actor, at(5)).refused('thing.not-found');
    expect(owedIn(sealed)).toEqual([]);
  });
});

describe('accepting it', () => {
  it('promises an answer within seven working days of receipt', () => {
    received()
      .when('complaint.accept', {}, Ban, at(5))
      .then({ type: 'complaint.accepted', answerBy: instantAt('2026-11-27', '17:30') });
    // Accepted two days late, the promise does not move.
    received()
      .when('complaint.accept', {}, Ban, at(2 * 1440))
      .then({ type: 'complaint.accepted', answerBy: instantAt('2026-11-27', '17:30') });
  });

  it('gives a bad rating fifteen, and a hotline ticket the day it brings along', () => {
    received({ source: 'rating' })
      .when('complaint.accept', {}, Ban, at(5))
      .then({ type: 'complaint.accepted', answerBy: instantAt('2026-12-09', '17:30') });
    received({ source: 'hotline', ticket: 'RX-1', ticketBy: '2026-11-21' })
      .when('complaint.accept', {}, Ban, at(5))
      .then({ type: 'complaint.accepted', answerBy: instantAt('2026-11-21', '24:00') });
  });

  it('goes by the terms of the rule book where it has some', () => {
    const complaintTerms = { ...termsOf({}), answerWorkingDays: 3 };
    const quick = { ...ruleBook, settings: { ...ruleBook.settings, complaint: complaintTerms } };
    givenIn({ ...smallHall, ruleBook: () => ok(quick) })
      .after('complaint.receive', complaint, Ban, at(0))
      .when('complaint.accept', {}, Ban, at(5))
      .then({ type: 'complaint.accepted', answerBy: instantAt('2026-11-23', '17:30') });
  });

  it('names only an investigator who may look into it', () => {
    const name = (investigator: string, change: object = {}) =>
      received(change).when('complaint.accept', { investigator }, Ban, at(5));
    for (const fit of ['ge', 'ke', 'chu']) name(fit).then({ type: 'complaint.accepted', investigator: fit });
    // Another grid, the receiver, no right, the one complained of.
    for (const unfit of ['gong', 'ban', 'xun', 'nobody']) name(unfit).refused('complaint.investigator-unfit');
    name('ke', { window: undefined, persons: ['ke'] }).refused('complaint.investigator-unfit');
    accepted()
      .when('complaint.assign', { investigator: 'gong', reason: '改派' }, Ban, at(9))
      .refused('complaint.investigator-unfit');
    accepted()
      .when('complaint.assign', { investigator: 'kang', reason: '格长休假' }, Ban, at(9))
      .then({ type: 'complaint.assigned', investigator: 'kang' });
  });

  it('or declining it is a decision, so not the receiver’s; an answer is owed all the same', () => {
    const away = { reason: '属不动产登记中心职责,已告知去处' };
    received().when('complaint.decline', away, Ban, at(5)).refused('access.denied');
    given()
      .after('complaint.receive', complaint, Ke, at(0))
      .when('complaint.decline', away, Ke, at(5))
      .refused('access.own-report');
    const declined = received().after('complaint.decline', away, Ke, at(5));
    expect(stateOf(declined)).toMatchObject({
      stage: 'decided',
      outcome: 'declined',
      answerBy: instantAt('2026-11-27', '17:30'),
    });
    declined.when('complaint.archive', {}, Ban, at(9)).refused('complaint.wrong-stage');
  });

  it('is done once', () => {
    accepted().when('complaint.accept', {}, Ban, at(9)).refused('complaint.wrong-stage');
    accepted().when('complaint.decline', { reason: '不属' }, Ke, at(9)).refused('complaint.wrong-stage');
  });
});

describe('looking into it', () => {
  it('is not the receiver’s, and stands apart from the one complained of', () => {
    accepted().when('complaint.investigate', inquiry, Ge, at(60)).then({ type: 'complaint.investigated' });
    for (const actor of [Ban, Gong, Xun, Shou, Chuang, Ji, Lian, Guan, Wai])
      accepted().when('complaint.investigate', inquiry, actor, at(60)).refused('access.denied');
    given()
      .after('complaint.receive', complaint, Ke, at(0))
      .after('complaint.accept', {}, Ban, at(5))
      .when('complaint.investigate', inquiry, Ke, at(60))
      .refused('access.own-report');
    accepted({ window: undefined, persons: ['ke'] })
      .when('complaint.investigate', inquiry, Ke, at(60))
      .refused('access.own-matter');
  });

  it('may look at the hall’s video only on the centre’s stated basis', () => {
    const watched = { ...inquiry, means: ['video'] };
    accepted().when('complaint.investigate', watched, Ge, at(60)).then({ type: 'complaint.investigated' });
    const { videoLegalBasis: _none, ...bare } = registry.centre;
    givenIn({ ...smallHall, registry: { ...registry, centre: bare } })
      .after('complaint.receive', complaint, Ban, at(0))
      .after('complaint.accept', {}, Ban, at(5))
      .when('complaint.investigate', watched, Ge, at(60))
      .refused('video.no-legal-basis');
  });

  it('hears the department through its own chief representative', () => {
    const words = { explanation: '当日排队人多,已提醒' };
    accepted().when('complaint.explain', words, Shou, at(30)).then({ type: 'complaint.explained' });
    expect(stateOf(accepted().after('complaint.explain', words, Shou, at(30))).explanations).toBe(1);
    accepted({ window: 'window-b01' })
      .when('complaint.explain', words, Shou, at(30))
      .refused('access.denied');
    received().when('complaint.explain', words, Shou, at(3)).refused('complaint.wrong-stage');
  });

  it('finds out whom and where it concerns; a window brings its own grid and department', () => {
    const vague = accepted({ window: undefined, happened: undefined });
    const placed = vague.after('complaint.place', { window: 'window-b01', reason: '查叫号' }, Ban, at(20));
    expect(stateOf(placed)).toMatchObject({ grid: 'grid-b', department: 'department-social', persons: [] });
    const again = placed.after(
      'complaint.place',
      { persons: ['staff-0104'], reason: '查排班' },
      Gong,
      at(25),
    );
    expect(stateOf(again)).toMatchObject({ window: 'window-b01', persons: ['staff-0104'] });
    const moved = again.after('complaint.place', { window: 'window-a01', reason: '更正' }, Ban, at(30));
    expect(stateOf(moved)).toMatchObject({ grid: 'grid-a', department: 'department-tax', persons: [] });
    moved
      .when('complaint.place', { violation: 'INT-FAIR', reason: '查明' }, Ban, at(35))
      .refused('complaint.integrity');
    moved
      .when(
        'complaint.place',
        { happened: { from: at(90), to: at(95), doubtSeconds: 0 }, reason: '更正' },
        Ban,
        at(35),
      )
      .refused('time.future');
  });

  it('hands over what turns out to concern integrity, whoever holds it', () => {
    for (const actor of [Ban, Ge, Ke, Chu])
      investigated()
        .when('complaint.transfer', { violation: 'INT-BRIBE', reason: '涉嫌收受礼品' }, actor, at(70))
        .then({ type: 'complaint.transferred' });
    const gone = investigated().after(
      'complaint.transfer',
      { violation: 'INT-BRIBE', reason: '涉嫌收受礼品' },
      Ge,
      at(70),
    );
    gone.when('complaint.decide', verdict, Ke, at(90)).refused('thing.not-found');
    investigated()
      .when('complaint.transfer', { violation: 'ATT-RUDE', reason: '态度' }, Ge, at(70))
      .refused('complaint.not-integrity');
  });
});

describe('extending it', () => {
  const days = (workingDays: number) => ({ workingDays, reason: '须调取外单位记录' });
  it('adds working days to the promise: twice at most, the second time by the leader', () => {
    const once = accepted().after('complaint.extend', days(5), Ke, at(60));
    expect(stateOf(once)).toMatchObject({ answerBy: instantAt('2026-12-04', '17:30'), extensions: 1 });
    once.when('complaint.extend', days(10), Ke, at(61)).refused('complaint.extend-by-leader');
    const twice = once.after('complaint.extend', days(10), Chu, at(62));
    expect(stateOf(twice)).toMatchObject({ answerBy: instantAt('2026-12-18', '17:30') });
    twice.when('complaint.extend', days(1), Chu, at(63)).refused('complaint.extended-often');
  });
  it('is asked for in time and within measure', () => {
    accepted().when('complaint.extend', days(6), Ke, at(60)).refused('complaint.extend-long');
    accepted()
      .when('complaint.extend', days(5), Ke, at(20 * 1440))
      .refused('complaint.extend-late');
    accepted().when('complaint.extend', days(5), Ban, at(60)).refused('access.denied');
  });
});

describe('deciding on it', () => {
  it('makes the finding in the same transaction, reported by whoever decided and by the desk', () => {
    const done = decided();
    const state = stateOf(done);
    expect(state).toMatchObject({ stage: 'decided', outcome: 'substantiated', decidedBy: { person: 'ke' } });
    const found = caseOf(done.house, state.cases[0]);
    expect(found).toMatchObject({
      stage: 'reported',
      source: 'complaint',
      type: 'ATT-RUDE',
      happened,
      window: 'window-a01',
      joined: [done.id],
    });
    // Reporter ≠ confirmer: neither who decided on the complaint nor who took it in.
    expect(aboutCase(found).reporters).toEqual(['ke', 'ban']);
    const confirmation = { severity: 'serious', clause: '5', reason: '核实' };
    done.when('case.confirm', confirmation, Ke, at(99), found.id).refused('access.own-report');
    done.when('case.confirm', confirmation, Ge, at(99), found.id).then({ type: 'case.confirmed' });
    expect(JSON.stringify(found)).not.toContain('钱多多');
  });

  it('makes several, each checked as if it had been reported by hand', () => {
    const second = { ...rude, violation: 'DIS-PHONE', subject: { kind: 'window' } };
    const both = investigated().after(
      'complaint.decide',
      { ...verdict, findings: [rude, second] },
      Ke,
      at(90),
    );
    expect(stateOf(both).cases).toHaveLength(2);
    expect(stateOf(both).cases.map((id) => caseOf(both.house, id).type)).toEqual(['ATT-RUDE', 'DIS-PHONE']);
    const numbers = stateOf(both).cases.map((id) => caseOf(both.house, id).number);
    expect(new Set(numbers).size).toBe(2);
    const decide = (findings: object[], more: object = {}) =>
      investigated().when('complaint.decide', { ...verdict, findings, ...more }, Ke, at(90));
    decide([{ ...rude, subject: { kind: 'persons', persons: ['staff-0104'] } }]).refused(
      'assignment.outside',
    );
    decide([{ ...rude, violation: 'DIS-DANCE' }]).refused('violation.unknown');
    decide([{ ...rude, violation: 'INT-BRIBE' }]).refused('complaint.integrity');
    decide([]).refused('complaint.finding-missing');
    decide([rude], { outcome: 'unsubstantiated' }).refused('complaint.finding-unneeded');
    decide([], { outcome: 'unverifiable' }).then({ type: 'complaint.decided', cases: [] });
    investigated({ happened: undefined })
      .when('complaint.decide', verdict, Ke, at(90))
      .refused('complaint.time-missing');
  });

  it('comes after somebody looked into it, and is not the receiver’s', () => {
    accepted().when('complaint.decide', verdict, Ke, at(90)).refused('complaint.wrong-stage');
    for (const actor of [Ban, Gong, Xun, Shou, Chuang, Ji])
      investigated().when('complaint.decide', verdict, actor, at(90)).refused('access.denied');
    for (const actor of [Ge, Ke, Kang, Chu])
      investigated()
        .when('complaint.decide', { ...verdict, outcome: 'unverifiable', findings: [] }, actor, at(90))
        .then({ type: 'complaint.decided' });
    given()
      .after('complaint.receive', complaint, Ke, at(0))
      .after('complaint.accept', {}, Ban, at(5))
      .after('complaint.investigate', inquiry, Ge, at(60))
      .when('complaint.decide', verdict, Ke, at(90))
      .refused('access.own-report');
  });

  it('joins the case that already stands for the incident: one incident, one deduction', () => {
    const patrol = {
      violation: 'ATT-RUDE',
      source: 'patrol',
      happened,
      window: 'window-a01',
      subject: { kind: 'persons', persons: ['chuang'] },
      description: '巡查所见',
    };
    const seen = given().after('case.report', patrol, Xun, at(-20));
    const both = seen
      .after('complaint.receive', complaint, Ban, at(0))
      .after('complaint.accept', {}, Ban, at(5))
      .after('complaint.investigate', inquiry, Ge, at(60));
    both
      .when('complaint.decide', { ...verdict, findings: [{ into: seen.id }] }, Ke, at(90))
      .then({ type: 'complaint.decided', cases: [seen.id] }, { type: 'case.joined', case: both.id });
    expect(aboutCase(caseOf(both.house, seen.id)).reporters).toEqual(['xun', 'ban']);
    both
      .when('complaint.decide', { ...verdict, findings: [{ into: seen.id }] }, Kang, at(91))
      .refused('complaint.wrong-stage');
  });

  it('refuses to join what is of another incident, or has ended', () => {
    const elsewhere = {
      violation: 'ATT-RUDE',
      source: 'patrol',
      happened,
      window: 'window-b01',
      subject: { kind: 'window' },
      description: '巡查所见',
    };
    const at2 = given().after('case.report', elsewhere, Xun, at(-20));
    const on = at2
      .after('complaint.receive', complaint, Ban, at(0))
      .after('complaint.accept', {}, Ban, at(5))
      .after('complaint.investigate', inquiry, Ge, at(60));
    const join = { ...verdict, findings: [{ into: at2.id }] };
    on.when('complaint.decide', join, Ke, at(90)).refused('complaint.other-incident');
    on.when(
      'complaint.decide',
      { ...verdict, findings: [{ into: `${at2.id.slice(0, -1)}f` }] },
      Ke,
      at(90),
    ).refused('thing.not-found');
    const fallen = on.after('case.dismiss', { reason: '不属实' }, Ke, at(80), at2.id);
    fallen.when('complaint.decide', join, Ke, at(90), on.id).refused('complaint.case-unfit');
  });
});

describe('two complaints of one matter', () => {
  const second = { ...complaint, source: 'hotline', ticket: 'RX-2', receivedAt: at(-2) };
  it('are looked into once and answered twice', () => {
    const main = received();
    const twin = main.after('complaint.receive', second, Ban, at(1));
    const joined = twin.after('complaint.join', { into: main.id, reason: '同一件事' }, Ban, at(2));
    expect(stateOf(joined)).toMatchObject({ stage: 'decided', outcome: 'joined', into: main.id });
    expect(joined.house.head('complaint', main.id)).toMatchObject({ joined: [twin.id] });
    joined
      .when('complaint.answer', { ...told, answeredAt: at(3) }, Ban, at(4))
      .refused('complaint.main-open');
    const done = joined
      .after('complaint.accept', {}, Ban, at(5), main.id)
      .after('complaint.investigate', inquiry, Ge, at(60), main.id)
      .after('complaint.decide', verdict, Ke, at(90), main.id);
    done.when('complaint.answer', told, Ban, at(121), twin.id).then({ type: 'complaint.answered' });
  });

  it('must not contradict each other, and a joined one takes no third', () => {
    const main = received();
    const other = main.after('complaint.receive', { ...second, window: 'window-b01' }, Ban, at(1));
    other
      .when('complaint.join', { into: main.id, reason: '同' }, Ban, at(2))
      .refused('complaint.other-incident');
    main.when('complaint.join', { into: main.id, reason: '同' }, Ban, at(2)).refused('complaint.join-unfit');
    const twin = main.after('complaint.receive', second, Ban, at(1));
    twin.after('complaint.join', { into: main.id, reason: '同' }, Ban, at(2));
    const third = twin.after('complaint.receive', second, Ban, at(3));
    third.when('complaint.join', { into: twin.id, reason: '同' }, Ban, at(4)).refused('complaint.join-unfit');
    const sealed = third.after('complaint.receive', { ...second, violation: 'INT-FAIR' }, Ban, at(5));
    third
      .when('complaint.join', { into: sealed.id, reason: '同' }, Ban, at(6), third.id)
      .refused('thing.not-found');
  });
});

describe('telling the complainant', () => {
  it('comes before filing; so does asking whether they are content', () => {
    decided().when('complaint.archive', {}, Ban, at(130)).refused('complaint.wrong-stage');
    answered().when('complaint.archive', {}, Ban, at(130)).refused('complaint.not-revisited');
    const done = answered()
      .after('complaint.revisit', asked('satisfied'), Ban, at(1501))
      .after('complaint.archive', {}, Ban, at(1502));
    expect(stateOf(done)).toMatchObject({
      stage: 'archived',
      feedback: { how: 'told', way: 'phone', at: at(120), by: 'ban' },
      revisit: { result: 'satisfied' },
      keepComplainantUntil: plusDays(dayOf(at(1502)), 180),
    });
    for (const [type, fields] of [
      ['complaint.revisit', asked('satisfied')],
      ['complaint.urge', { way: 'phone', words: '催' }],
      ['complaint.archive', {}],
    ] as const)
      done.when(type, fields, Ban, at(1600)).refused('complaint.wrong-stage');
  });

  it('is in its order, and in writing for a letter', () => {
    decided()
      .when('complaint.answer', { ...told, answeredAt: at(60) }, Ban, at(121))
      .refused('time.order');
    decided()
      .when('complaint.answer', { ...told, answeredAt: at(190) }, Ban, at(121))
      .refused('time.future');
    const letter = decided({ source: 'letter', evidence: [scan] });
    letter.when('complaint.answer', told, Ban, at(121)).refused('complaint.answer-in-writing');
    letter
      .when('complaint.answer', { ...told, way: 'letter' }, Ban, at(121))
      .then({ type: 'complaint.answered' });
  });

  it('may be impossible, with a reason that fits; then there is nobody to ask', () => {
    const why = { why: 'anonymous', words: '未留联系方式' };
    decided().when('complaint.cannotAnswer', why, Ban, at(121)).refused('complaint.named');
    const nobody = decided({ complainant: undefined }).after('complaint.cannotAnswer', why, Ban, at(121));
    nobody.when('complaint.revisit', asked('satisfied'), Ban, at(1501)).refused('complaint.wrong-stage');
    nobody.when('complaint.archive', {}, Ban, at(130)).then({ type: 'complaint.archived' });
    // Found after all, they are told after all.
    const unreached = decided().after(
      'complaint.cannotAnswer',
      { why: 'unreachable', words: '三次未接' },
      Ban,
      at(121),
    );
    const reached = unreached.after('complaint.answer', { ...told, answeredAt: at(140) }, Ban, at(141));
    reached.when('complaint.archive', {}, Ban, at(150)).refused('complaint.not-revisited');
  });

  it('reopens it once when they are not content, and somebody else decides', () => {
    const content = answered().after('complaint.revisit', asked('satisfied'), Ban, at(1501));
    content.when('complaint.reopen', { reason: '再查' }, Ke, at(1502)).refused('complaint.wrong-stage');
    const again = answered()
      .after('complaint.revisit', asked('dissatisfied'), Ban, at(1501))
      .after('complaint.reopen', { reason: '投诉人提出新情况' }, Ke, at(1502));
    expect(stateOf(again)).toMatchObject({ stage: 'accepted', reopened: true, decidedBefore: ['ke'] });
    const looked = again.after('complaint.investigate', inquiry, Ge, at(1600));
    const plain = { outcome: 'unverifiable', reason: '仍无法查证' };
    looked.when('complaint.decide', plain, Ke, at(1700)).refused('access.took-part');
    const second = looked
      .after('complaint.decide', plain, Kang, at(1700))
      .after('complaint.answer', { ...told, answeredAt: at(1710) }, Ban, at(1711))
      .after('complaint.revisit', { ...asked('dissatisfied'), at: at(1720) }, Ban, at(1721));
    second.when('complaint.reopen', { reason: '再查' }, Chu, at(1730)).refused('complaint.reopened-before');
    second.when('complaint.archive', {}, Ban, at(1731)).then({ type: 'complaint.archived' });
  });
});

describe('who complained', () => {
  const why = { reason: '电话反馈处理结果' };
  const see = (told: Standing, actor: Actor) =>
    told.when('lookup.seeComplainant', { ...why, complaint: told.id }, actor, at(100));
  it('is told to the desk and to who was asked to look into it, each time with a reason in a register', () => {
    const given1 = received().after('complaint.accept', { investigator: 'ge' }, Ban, at(5));
    for (const actor of [Ban, Ge, Ji]) see(given1, actor).then({ type: 'evidence.viewed', n: 0 });
    for (const actor of [Ke, Chu, Gong, Shou, Chuang, Xun, Lian, Guan, Wai])
      see(given1, actor).refused('access.denied');
    expect(stateOf(given1).stage).toBe('accepted');
  });
  it('of an integrity complaint to the auditor alone, and of nobody nothing', () => {
    const sealed = received({ violation: 'INT-BRIBE' });
    for (const actor of [Ban, Ke, Chu]) see(sealed, actor).refused('thing.not-found');
    see(sealed, Ji).then({ type: 'evidence.viewed' });
    see(received({ complainant: undefined }), Ban).refused('complaint.nobody-named');
    given()
      .when(
        'lookup.seeComplainant',
        { ...why, complaint: `complaint-2026-11-${'0'.repeat(8)}-0000-4000-8000-000000000009` },
        Ban,
        at(1),
      )
      .refused('thing.not-found');
  });
  it('is forgotten by the house alone when the time is over', () => {
    const done = answered()
      .after('complaint.revisit', asked('satisfied'), Ban, at(1501))
      .after('complaint.archive', {}, Ban, at(1502));
    const house = { person: 'system', grants: [], system: true };
    done.when('complaint.purgeComplainant', {}, house, at(1600)).refused('complaint.time-open');
    done.when('complaint.purgeComplainant', {}, Ban, at(300 * 1440)).refused('access.denied');
    expect(complaintNext(stateOf(done))).toBe(instantAt(plusDays(dayOf(at(1502)), 180), '24:00'));
    const gone = done.after('complaint.purgeComplainant', {}, house, at(300 * 1440));
    expect(stateOf(gone).complainant).toBe('purged');
    gone.when('complaint.purgeComplainant', {}, house, at(301 * 1440)).refused('complaint.wrong-stage');
    expect(complaintNext(stateOf(gone))).toBeUndefined();
  });
});

/** What the complaints of a house owe at a moment. */
const owedIn = ({ house }: { house: PaperHouse }, now: Instant = at(200)): Obligation[] => {
  const ids = new Set(house.journal.flatMap(({ ref }) => (ref.kind === 'complaint' ? [ref.id] : [])));
  return obligationsOf({
    cases: [],
    bonuses: [],
    talks: [],
    letters: [],
    measures: [],
    complaints: [...ids].flatMap((id) => house.head('complaint', id) ?? []),
    book: ruleBook,
    calendar,
    registry: house.registry(),
    now,
  });
};
const kinds = (owed: readonly Obligation[]): string[] => owed.map(({ kind }) => kind).sort();

describe('what is due', () => {
  it('follows the complaint from the desk to the archive', () => {
    expect(owedIn(received())).toMatchObject([
      {
        kind: 'acceptComplaint',
        due: instantAt('2026-11-19', '17:30'),
        sentence: '受理投诉:2026年11月18日收到的窗口反映(A01窗口)',
        roles: ['clerk', 'sectionHead'],
      },
    ]);
    expect(kinds(owedIn(accepted()))).toEqual(['explainComplaint', 'investigateComplaint']);
    expect(kinds(owedIn(investigated()))).toEqual(['decideComplaint']);
    expect(kinds(owedIn(decided()))).toEqual(['answerComplaint']);
    expect(kinds(owedIn(answered()))).toEqual(['revisitComplaint']);
    const revisited = answered().after('complaint.revisit', asked('satisfied'), Ban, at(1501));
    expect(kinds(owedIn(revisited, at(1600)))).toEqual(['archiveComplaint']);
    expect(owedIn(revisited.after('complaint.archive', {}, Ban, at(1602)), at(1700))).toEqual([]);
  });

  it('is urged when late: by the desk at most daily, by the house every five working days', () => {
    const late = instantAt('2026-11-30', '09:00');
    expect(kinds(owedIn(investigated(), late))).toEqual(['decideComplaint', 'urgeComplaint']);
    const urging = { way: 'phone', words: '请尽快处置' };
    investigated().when('complaint.urge', urging, Ban, at(200)).refused('complaint.time-open');
    const urged = investigated().after('complaint.urge', urging, Ban, late);
    expect(kinds(owedIn(urged, plusMinutes(late, 60)))).toEqual(['decideComplaint']);
    urged.when('complaint.urge', urging, Ban, plusMinutes(late, 60)).refused('complaint.urged-today');
    const house = { person: 'system', grants: [], system: true };
    urged.when('complaint.urge', urging, house, plusMinutes(late, 1440)).refused('complaint.urged-today');
    urged
      .when('complaint.urge', urging, house, instantAt('2026-12-08', '09:00'))
      .then({ type: 'complaint.urged', way: 'system' });
    answered().when('complaint.urge', urging, Ban, late).refused('complaint.wrong-stage');
  });
});

describe('one incident', () => {
  const base = { happened, window: 'window-a01', department: 'department-tax', persons: [] };
  it('is proposed where times touch and person, window or department is the same', () => {
    expect(proposedAsOne(base, { ...base, persons: ['chuang'] }, 15)).toBe(true);
    expect(proposedAsOne(base, { persons: [], department: 'department-tax', happened }, 15)).toBe(true);
    const later = { from: at(0), to: at(5), doubtSeconds: 0 };
    expect(proposedAsOne(base, { ...base, happened: later }, 15)).toBe(false);
    expect(proposedAsOne(base, { ...base, happened: later }, 30)).toBe(true);
    expect(proposedAsOne(base, { ...base, window: 'window-a02' }, 15)).toBe(false);
    expect(proposedAsOne({ ...base, persons: ['chuang'] }, { ...base, persons: ['staff-0102'] }, 15)).toBe(
      false,
    );
    expect(proposedAsOne({ persons: [] }, base, 15)).toBe(false);
    expect(couldBeOne({ persons: [] }, base, 15)).toBe(true);
  });
  it('is the same whichever of the two is looked at first', () => {
    const one = fc.record({
      happened: fc.option(
        fc.nat(60).map((shift) => ({ from: at(-shift), to: at(5 - shift), doubtSeconds: 30 })),
        { nil: undefined },
      ),
      window: fc.option(fc.constantFrom('window-a01', 'window-a02'), { nil: undefined }),
      department: fc.option(fc.constantFrom('department-tax', 'department-social'), { nil: undefined }),
      persons: fc.subarray(['chuang', 'staff-0102']),
    });
    const known = (raw: object) => JSON.parse(JSON.stringify(raw));
    fc.assert(
      fc.property(one, one, (a, b) => {
        expect(proposedAsOne(known(a), known(b), 15)).toBe(proposedAsOne(known(b), known(a), 15));
        expect(couldBeOne(known(a), known(b), 15)).toBe(couldBeOne(known(b), known(a), 15));
        if (proposedAsOne(known(a), known(b), 15)) expect(couldBeOne(known(a), known(b), 15)).toBe(true);
      }),
    );
  });
});

describe('whatever is done with complaints, in whatever order', () => {
  /** An independent count: the days of the year as the notice lists them. */
  const notice = calendarYears.find(({ year }) => year === 2026);
  const off = new Set(notice?.holidays.map(({ day }) => day));
  const made = new Set(notice?.makeUpDays.map(({ day }) => day));
  const isWorked = (day: Day): boolean => made.has(day) || (weekdayOf(day) % 6 !== 0 && !off.has(day));
  const counted = (from: Day, days: number): Day => {
    let day = from;
    // What comes in on a day off counts from the next working day.
    while (!isWorked(day)) day = plusDays(day, 1);
    for (let left = days; left > 0; ) {
      day = plusDays(day, 1);
      if (isWorked(day)) left -= 1;
    }
    return day;
  };

  it('the promised day is right across holidays and make-up days', () => {
    fc.assert(
      fc.property(
        fc.nat(320),
        fc.constantFrom('desk', 'rating', 'letter'),
        fc.nat(3),
        fc.nat(5),
        (days, source, waited, more) => {
          const day = plusDays('2026-01-01', days);
          const came = instantAt(day, '10:00');
          const start = given()
            .after('complaint.receive', { source, receivedAt: came, content: '投诉' }, Ban, came)
            .after('complaint.accept', {}, Ban, plusMinutes(came, waited * 1440 + 1));
          const first = counted(day, source === 'rating' ? 15 : 7);
          expect(stateOf(start)).toMatchObject({ answerBy: instantAt(first, '17:30') });
          if (more === 0) return;
          const longer = start.after(
            'complaint.extend',
            { workingDays: more, reason: '延期' },
            Ke,
            plusMinutes(came, waited * 1440 + 2),
          );
          expect(stateOf(longer)).toMatchObject({ answerBy: instantAt(counted(first, more), '17:30') });
        },
      ),
      { numRuns: 150 },
    );
    expect(off.has('2026-10-01')).toBe(true);
    expect(made.size).toBeGreaterThan(0);
  });

  const steps: readonly [string, object][] = [
    ['complaint.accept', {}],
    ['complaint.accept', { investigator: 'ge' }],
    ['complaint.decline', { reason: '不属本中心' }],
    ['complaint.assign', { investigator: 'ke', reason: '改派' }],
    ['complaint.place', { persons: ['chuang'], reason: '查明' }],
    ['complaint.place', { window: 'window-b01', reason: '更正' }],
    ['complaint.explain', { explanation: '说明' }],
    ['complaint.extend', { workingDays: 3, reason: '延期' }],
    ['complaint.urge', { way: 'phone', words: '催办' }],
    ['complaint.investigate', inquiry],
    ['complaint.decide', { outcome: 'unsubstantiated', reason: '不属实' }],
    ['complaint.decide', { ...verdict, findings: [{ ...rude, window: 'window-a01' }] }],
    ['complaint.decide', verdict],
    ['complaint.transfer', { violation: 'INT-FAIR', reason: '移送' }],
    ['complaint.answer', { way: 'phone', words: '已告知' }],
    ['complaint.cannotAnswer', { why: 'unreachable', words: '联系不上' }],
    ['complaint.revisit', { result: 'satisfied', words: '满意' }],
    ['complaint.revisit', { result: 'dissatisfied', words: '不满意' }],
    ['complaint.reopen', { reason: '重查' }],
    ['complaint.archive', {}],
  ];
  const walk = fc.array(
    fc.record({
      step: fc.nat(steps.length - 1),
      who: fc.constantFrom('ban', 'ban', 'ge', 'ke', 'kang', 'chu', 'shou', 'gong'),
      hours: fc.nat(30),
    }),
    { minLength: 5, maxLength: 60 },
  );

  it('none is filed without an answer or why there was none, none is forgotten, nobody judges their own', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(walk, fc.boolean(), (path, named) => {
        const start = received(named ? {} : { complainant: undefined });
        let now = at(1);
        for (const { step, who, hours } of path) {
          now = plusMinutes(now, hours * 60);
          const [type, fields] = steps[step] ?? ['complaint.accept', {}];
          const timed = {
            ...fields,
            ...(type === 'complaint.answer' ? { answeredAt: now } : {}),
            ...(type === 'complaint.revisit' ? { at: now } : {}),
          };
          start.house.send(type, timed, actorOf(who), now, start.id);
        }
        const state = stateOf(start);
        ends.add(state.stage);
        const events = start.house.journal.filter(({ stream }) => stream === start.id);
        const happened1 = events.map(({ event }) => event.type);
        if (state.stage === 'archived') {
          expect(happened1).toContain('complaint.answered');
          expect(state.feedback.how === 'impossible' || state.revisit !== undefined).toBe(true);
        }
        // Whatever is open owes something; whatever ended owes nothing.
        const owed = owedIn(start, now).filter(({ matter }) => matter.id === start.id);
        const over = state.stage === 'archived' || state.stage === 'transferred';
        expect(owed.length === 0).toBe(over);
        // Who took it in never decides, and no two decisions are one person's.
        const deciders = events.flatMap(({ event, by }) =>
          event.type === 'complaint.decided' ? [by.person] : [],
        );
        expect(deciders).not.toContain('ban');
        expect(new Set(deciders).size).toBe(deciders.length);
        // Every case it led to stands, names it, and is not to be verified by who decided.
        for (const id of state.cases) {
          const found = caseOf(start.house, id);
          expect(found.joined).toContain(start.id);
          expect(aboutCase(found).reporters).toContain('ban');
        }
        const substantiated = events.some(
          ({ event }) => event.type === 'complaint.decided' && event.outcome === 'substantiated',
        );
        expect(state.cases.length > 0).toBe(substantiated);
        expect(JSON.stringify(state)).not.toMatch(/钱多多|1234/);
      }),
      { numRuns: 300 },
    );
    expect([...ends]).toEqual(expect.arrayContaining(['accepted', 'transferred', 'decided', 'answered']));
  });

  it('what is found out last holds, and explaining, urging or extending in between changes nothing of it', () => {
    const corrections = fc.shuffledSubarray(
      [
        { window: 'window-a01' },
        { window: 'window-b01' },
        { persons: ['chuang'], window: 'window-a01' },
        { violation: 'ATT-REFUSE' },
        { department: 'department-social' },
      ],
      { minLength: 1 },
    );
    const between = fc.array(fc.constantFrom('complaint.explain', 'complaint.extend', 'complaint.assign'), {
      maxLength: 5,
    });
    const fieldsOf: Record<string, object> = {
      'complaint.explain': { explanation: '说明' },
      'complaint.extend': { workingDays: 2, reason: '延期' },
      'complaint.assign': { investigator: 'ke', reason: '改派' },
    };
    const place = (told: Standing, all: readonly object[], noise: readonly string[]): ComplaintState => {
      let minute = 10;
      for (const [index, change] of all.entries()) {
        const type = noise[index];
        if (type !== undefined)
          told.house.send(type, fieldsOf[type], type.endsWith('explain') ? Shou : Ke, at(minute), told.id);
        told.house.send('complaint.place', { ...change, reason: '更正' }, Ban, at(minute + 1), told.id);
        minute += 5;
      }
      return stateOf(told);
    };
    const where = ({ violation, window, grid, department, persons }: ComplaintState) => ({
      ...{ violation, window, grid, department, persons },
    });
    fc.assert(
      fc.property(corrections, between, (all, noise) => {
        expect(where(place(accepted(), all, noise))).toEqual(where(place(accepted(), all, [])));
        const last = all.at(-1);
        if (last && 'window' in last) expect(stateOf(accepted()).stage).toBe('accepted');
        if (last && 'window' in last && last.window !== undefined)
          expect(place(accepted(), all, noise).window).toBe(last.window);
      }),
      { numRuns: 60 },
    );
  });
});
