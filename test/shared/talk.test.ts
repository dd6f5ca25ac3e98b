import { describe, expect, it } from 'vitest';
import { system } from '../../shared/access.ts';
import { talkNext, talkSubject } from '../../shared/talk.ts';
import { aboutTalk } from '../../shared/talk-decide.ts';
import { Ban, Chu, Chuang, Er, Ge, Ke, Wai, Zhu } from '../cast.ts';
import { givenIn } from '../given.ts';
import { at, caseId, caseLife, happen, overturn, paperScene, scan } from '../papers.ts';

const sectionTalk = 'talk-2026-11-section-chuang-1';
const directorTalk = 'talk-2026-11-director-chuang-1';
const evident = { clause: '3', severity: 'evident' } as const;

const talk = {
  id: sectionTalk,
  kind: 'section',
  person: 'chuang',
  cases: [caseId(1), caseId(2)],
  recorder: 'ban',
  heldAt: at(-30),
  place: '二楼谈话室',
  reason: '本月明显问题累计三次',
  content: '指出离岗问题,要求遵守工作纪律',
  statement: '认识到问题,今后改正',
  promise: { text: '不再擅自离岗', by: '2026-12-18' },
  copies: ['department-tax'],
};
const serious = { ...talk, id: directorTalk, kind: 'director' };

const cases = () => givenIn(paperScene, ...caseLife(1, evident), ...caseLife(2, evident));
const held = () => cases().after('talk.hold', talk, Ke, at(0));
const signed = () => held().after('talk.sign', { way: 'tablet', signedAt: at(5) }, Chuang, at(5));
const refused = () =>
  held().after(
    'talk.refuse',
    { refusedAt: at(5), witnesses: ['ban', 'kang'], reason: '不同意所列事实', evidence: [scan] },
    Ke,
    at(5),
  );
const filed = () => signed().after('talk.file', {}, Ban, at(10));
const stateOf = (told: ReturnType<typeof held>) => {
  const state = told.house.head('talk', told.id);
  if (!state) throw new Error('no talk');
  return state;
};

describe('holding a talk', () => {
  it('records who talked, who wrote, about which cases, and when it was held', () => {
    cases()
      .when('talk.hold', talk, Ke, at(0))
      .then({
        type: 'talk.held',
        month: '2026-11',
        kind: 'section',
        department: 'department-tax',
        heldAt: at(-30),
        place: { text: '二楼谈话室' },
        promise: { text: { text: '不再擅自离岗' }, by: '2026-12-18' },
      });
    expect(stateOf(held())).toMatchObject({
      id: sectionTalk,
      stage: 'held',
      talker: { person: 'ke', role: 'sectionHead' },
      recordedAt: at(0),
      promisedBy: '2026-12-18',
    });
  });

  it('keeps no word that was spoken in the head', () => {
    const state = JSON.stringify(stateOf(held()));
    for (const word of ['谈话室', '离岗', '改正']) expect(state).not.toContain(word);
    expect(Buffer.byteLength(state)).toBeLessThan(2048);
  });

  it('is entered later from paper with its own time, and never ahead of it', () => {
    cases()
      .when('talk.hold', { ...talk, heldAt: at(-2000) }, Ke, at(3000))
      .then({ type: 'talk.held', heldAt: at(-2000) });
    cases()
      .when('talk.hold', { ...talk, heldAt: at(30) }, Ke, at(0))
      .refused('time.future');
    cases()
      .when('talk.hold', { ...talk, heldAt: at(-9000) }, Ke, at(0))
      .refused('time.order');
  });

  it('is entered by the clerk from the signed record of whoever held it', () => {
    const paper = { ...talk, talker: 'ke', recorder: 'kang', heldAt: at(-20), evidence: [scan] };
    const told = cases().after('talk.hold', paper, Ban, at(5));
    expect(stateOf(told)).toMatchObject({ talker: { person: 'ke', role: 'sectionHead' }, heldAt: at(-20) });
    cases()
      .when('talk.hold', { ...paper, evidence: [] }, Ban, at(5))
      .refused('talk.scan-missing');
    cases()
      .when('talk.hold', { ...paper, talker: 'ge' }, Ban, at(5))
      .refused('talk.talker-unfit');
    cases()
      .when('talk.hold', { ...paper, recorder: 'ke' }, Ban, at(5))
      .refused('talk.parties');
    const leader = { ...paper, id: directorTalk, kind: 'director' };
    cases().when('talk.hold', leader, Ban, at(5)).refused('talk.talker-unfit');
    cases()
      .when('talk.hold', { ...leader, talker: 'chu' }, Ban, at(5))
      .then({ type: 'talk.held', talker: { person: 'chu', role: 'director' } });
    cases().when('talk.hold', paper, Ge, at(5)).refused('access.denied');
  });

  it('is of the kind the ladder asks for, by somebody high enough', () => {
    cases().when('talk.hold', serious, Ke, at(0)).refused('access.denied');
    cases().when('talk.hold', serious, Chu, at(0)).then({ type: 'talk.held', kind: 'director' });
    cases().when('talk.hold', talk, Zhu, at(0)).then({ type: 'talk.held', kind: 'section' });
    cases()
      .when('talk.hold', { ...talk, id: directorTalk }, Ke, at(0))
      .refused('talk.other-measure');
    cases()
      .when('talk.hold', { ...talk, id: 'talk-2026-11-section-staff-0102-1' }, Ke, at(0))
      .refused('talk.other-measure');
    cases().when('talk.hold', talk, Ge, at(0)).refused('access.denied');
    cases().when('talk.hold', talk, Wai, at(0)).refused('access.denied');
  });

  it('rests on confirmed cases of that person', () => {
    const other = givenIn(paperScene, ...caseLife(1, { persons: ['staff-0102'] }), ...caseLife(2));
    other.when('talk.hold', talk, Ke, at(0)).refused('talk.case-unfit');
    for (const until of ['reported', 'overturned'] as const)
      givenIn(paperScene, ...caseLife(1, { until }), ...caseLife(2))
        .when('talk.hold', talk, Ke, at(0))
        .refused('talk.case-unfit');
    givenIn(paperScene, ...caseLife(1))
      .when('talk.hold', talk, Ke, at(0))
      .refused('thing.not-found');
  });

  it('has three parties', () => {
    cases()
      .when('talk.hold', { ...talk, recorder: 'ke' }, Ke, at(0))
      .refused('talk.parties');
    cases()
      .when('talk.hold', { ...talk, recorder: 'chuang' }, Ke, at(0))
      .refused('talk.parties');
    cases()
      .when('talk.hold', { ...talk, recorder: 'nobody' }, Ke, at(0))
      .refused('registry.unknown');
    cases()
      .when('talk.hold', { ...talk, copies: ['nowhere'] }, Ke, at(0))
      .refused('registry.unknown');
  });

  it('happens once for one measure', () => {
    held().when('talk.hold', talk, Ke, at(5)).refused('thing.exists');
  });
});

describe('signing', () => {
  it('is done by the person on the tablet, or on paper with its scan', () => {
    held()
      .when('talk.sign', { way: 'tablet', signedAt: at(5) }, Chuang, at(5))
      .then({ type: 'talk.signed', way: 'tablet' });
    held()
      .when('talk.sign', { way: 'paper', signedAt: at(-20), evidence: [scan] }, Ban, at(5))
      .then({ type: 'talk.signed', way: 'paper', signedAt: at(-20) });
    held()
      .when('talk.sign', { way: 'paper', signedAt: at(5) }, Ban, at(5))
      .refused('talk.scan-missing');
  });

  it('is not done by a colleague, before the talk, or twice', () => {
    held()
      .when('talk.sign', { way: 'tablet', signedAt: at(5) }, Er, at(5))
      .refused('access.denied');
    held()
      .when('talk.sign', { way: 'tablet', signedAt: at(-60) }, Chuang, at(5))
      .refused('time.order');
    signed()
      .when('talk.sign', { way: 'tablet', signedAt: at(6) }, Chuang, at(6))
      .refused('talk.wrong-stage');
  });

  it('may be refused before two witnesses who took no part', () => {
    const refusal = { refusedAt: at(5), reason: '不同意', evidence: [scan] };
    held()
      .when('talk.refuse', { ...refusal, evidence: [], witnesses: ['ban', 'kang'] }, Ke, at(5))
      .refused('talk.scan-missing');
    held()
      .when('talk.refuse', { ...refusal, witnesses: ['ban', 'kang'] }, Ke, at(5))
      .then({ type: 'talk.refused', witnesses: ['ban', 'kang'] });
    for (const witnesses of [[], ['ban'], ['ban', 'ban'], ['ban', 'ke'], ['ban', 'chuang']])
      held()
        .when('talk.refuse', { ...refusal, witnesses }, Ke, at(5))
        .refused('talk.two-witnesses');
    held()
      .when('talk.refuse', { ...refusal, witnesses: ['ban', 'nobody'] }, Ke, at(5))
      .refused('registry.unknown');
    held()
      .when('talk.refuse', { ...refusal, witnesses: ['ban', 'kang'] }, Chuang, at(5))
      .refused('access.denied');
  });
});

describe('filing', () => {
  it('closes what was signed or refused, and nothing else', () => {
    signed().when('talk.file', {}, Ban, at(10)).then({ type: 'talk.filed' });
    refused().when('talk.file', {}, Ban, at(10)).then({ type: 'talk.filed' });
    held().when('talk.file', {}, Ban, at(10)).refused('talk.wrong-stage');
    filed().when('talk.file', {}, Ban, at(11)).refused('talk.wrong-stage');
    signed().when('talk.file', {}, Chuang, at(10)).refused('access.denied');
  });

  it('keeps how it ended', () => {
    expect(stateOf(filed())).toMatchObject({
      stage: 'filed',
      end: { how: 'signed', way: 'tablet', at: at(5) },
    });
    const after = refused().after('talk.file', {}, Ban, at(10));
    expect(stateOf(after)).toMatchObject({ stage: 'filed', end: { how: 'refused' } });
  });
});

describe('withdrawing', () => {
  it('follows an overturned case at any stage, by the house or a person', () => {
    for (const told of [held(), signed(), refused(), filed()]) {
      overturn(told.house, 2, at(60));
      told
        .when('talk.withdraw', { reason: '复核撤销' }, system, at(70))
        .then({ type: 'talk.withdrawn', cases: [caseId(2)] });
    }
  });

  it('is refused while all its cases stand', () => {
    held().when('talk.withdraw', { reason: '误操作' }, Ke, at(10)).refused('talk.cases-stand');
    held().when('talk.withdraw', { reason: '误操作' }, Chuang, at(10)).refused('access.denied');
  });

  it('happens once', () => {
    const told = held();
    overturn(told.house, 1, at(60));
    told
      .after('talk.withdraw', { reason: '复核撤销' }, system, at(70))
      .when('talk.withdraw', { reason: '复核撤销' }, system, at(71))
      .refused('talk.wrong-stage');
  });

  it('leaves room for the same measure on other cases, whose files count on', () => {
    const told = cases().after('talk.hold', { ...talk, evidence: [scan] }, Ke, at(0));
    overturn(told.house, 1, at(60));
    happen(told.house, ...caseLife(3, evident));
    const again = told
      .after('talk.withdraw', { reason: '复核撤销' }, Ke, at(70))
      .after(
        'talk.hold',
        { ...talk, cases: [caseId(2), caseId(3)], heldAt: at(80), evidence: [scan] },
        Ke,
        at(90),
      );
    const state = stateOf(again);
    expect(state.stage).toBe('held');
    expect(state.evidence.map((entry) => entry.n)).toEqual([1, 2]);
  });
});

describe('the head of a talk', () => {
  it('stands in the record of its person and says when to look at it', () => {
    expect(talkSubject(stateOf(held()))).toBe('chuang');
    expect(talkNext(stateOf(held()))).toBe(at(0));
    expect(talkNext(stateOf(signed()))).toBe(at(5));
    expect(talkNext(stateOf(filed()))).toBeUndefined();
  });

  it('concerns the person and the department', () => {
    expect(aboutTalk(stateOf(held()))).toMatchObject({
      persons: ['chuang'],
      departments: ['department-tax'],
      deciders: ['ke'],
    });
  });
});
