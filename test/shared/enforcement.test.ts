// 催办、整改、通报、取消评优、提请、约谈: who must do what by when follows from the rule book, ends when it is recorded, asks for
// an answer where the measure does, and falls with its ground.
import { describe, expect, it } from 'vitest';
import { type CaseState, countedCase } from '../../shared/case.ts';
import type { EnforcementState } from '../../shared/enforcement.ts';
import { measuresOf } from '../../shared/measure.ts';
import { obligationsOf } from '../../shared/obligation.ts';
import { ok } from '../../shared/problems.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  Ban,
  Chu,
  Chuang,
  calendar,
  Ge,
  Ke,
  Lian,
  registry,
  ruleBookInput,
  Shou,
  wednesday,
  Xun,
} from '../cast.ts';
import { givenIn } from '../given.ts';

const step = (code: string, measure: string, subject: string, more: object = {}) => ({
  code,
  when: { severity: ['evident', 'serious'], times: { again: true }, subject },
  measure,
  ...more,
});
const written: unknown = {
  ...ruleBookInput,
  ladder: [
    step('u', 'urge', 'department'),
    step('r', 'rectify', 'department'),
    step('c', 'criticise', 'person'),
    step('b', 'bar', 'person', { on: 'window', bars: ['month'] }),
    step('p', 'refer', 'department', { says: '提请派出单位调换人员' }),
    step('l', 'leaderTalk', 'department'),
  ],
} satisfies Omit<RuleBookInput, 'ladder'> & { ladder: unknown };
const checked = checkRuleBook(written);
if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
const book = checked.value;
const scene = { registry, calendar, ruleBook: () => ok(book) };

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const happened = at(-25);
const report = {
  violation: 'BIZ-DELAY',
  source: 'patrol',
  happened: { from: happened, to: happened, doubtSeconds: 2 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '超承诺时限',
};
const scan = {
  name: '约谈记录.jpg',
  kind: 'photo',
  mediaType: 'image/jpeg',
  size: 90_000,
  sha256: 'e'.repeat(64),
  takenAt: at(-1),
};

const counted = () =>
  givenIn(scene)
    .after('case.report', report, Xun, at(0))
    .after('case.confirm', { severity: 'evident', clause: '4', reason: '属实' }, Ge, at(5))
    .after('case.notify', { way: 'tablet', deliveredAt: at(6) }, Ge, at(6))
    .after('case.answer', { noObjection: true, answer: '无异议' }, Chuang, at(7));
type Standing = ReturnType<typeof counted>;

const caseOf = ({ house }: Standing, id: string): CaseState => {
  const state = house.head('case', id);
  if (!state) throw new Error('no case');
  return state;
};
const measuresIn = (told: Standing, id: string) =>
  measuresOf(book, '2026-11', [countedCase(caseOf(told, id)) ?? []].flat(), []);
const measureOf = (told: Standing, id: string, code: string) => {
  const found = measuresIn(told, id).find((measure) => measure.step === code);
  if (!found) throw new Error(`no measure ${code}`);
  return found;
};
const dues = (told: Standing, id: string, enforcements: readonly EnforcementState[] = []) =>
  obligationsOf({
    cases: [caseOf(told, id)],
    bonuses: [],
    talks: [],
    letters: [],
    enforcements,
    measures: measuresIn(told, id),
    book,
    calendar,
    registry,
    now: at(60),
  }).map((one) => ({ ...one, short: `${one.kind} ${one.matter.id.split('-')[0]}` }));

const doing = (told: Standing, id: string, code: string, more: object = {}) => {
  const { id: measure, kind, subject, cases } = measureOf(told, id, code);
  return { measure, kind, subject, cases, doneAt: at(30), words: '请于五日内整改', ...more };
};
const enforced = ({ house }: Standing, id: string): EnforcementState => {
  const state = house.head('enforcement', id);
  if (!state) throw new Error('not enforced');
  return state;
};

describe('what a measure asks for', () => {
  it('is due for whoever must do it, in the working days of the book', () => {
    const told = counted();
    const found = dues(told, told.id);
    expect(found.map(({ short, action, due }) => [short, action, due])).toEqual(
      ['bar', 'criticise', 'leader', 'rectify', 'refer', 'urge'].map((each) => [
        `enforce ${each}`,
        each === 'bar' || each === 'rectify' || each === 'urge'
          ? 'enforcement.carryOut'
          : 'enforcement.carryOutByLeader',
        // Five working days after Wednesday 2026-11-18.
        '2026-11-25T09:30:00.000Z',
      ]),
    );
    expect(found.find(({ short }) => short === 'enforce refer')).toMatchObject({
      roles: ['director', 'chief'],
      sentence: expect.stringContaining('提请派出单位调换人员'),
    });
  });

  it('ends when it is recorded; one that asks for an answer then waits for it', () => {
    const told = counted();
    const urged = told.after('enforcement.carryOut', doing(told, told.id, 'u'), Ban, at(30));
    const state = enforced(urged, urged.id);
    expect(state).toMatchObject({
      id: `enforcement-${measureOf(told, told.id, 'u').id}`,
      subject: { department: 'department-tax' },
      department: 'department-tax',
      answerBy: '2026-11-25T09:30:00.000Z',
    });
    const left = dues(urged, told.id, [state]);
    expect(left.map(({ short }) => short)).not.toContain('enforce urge');
    expect(left.find(({ kind }) => kind === 'answerMeasure')).toMatchObject({
      action: 'enforcement.answer',
      due: '2026-11-25T09:30:00.000Z',
      facts: { departments: ['department-tax'] },
    });
    const answered = urged.after(
      'enforcement.answer',
      { answeredAt: at(50), answer: '已补办并电话致歉' },
      Lian,
      at(50),
    );
    expect(
      dues(answered, told.id, [enforced(answered, urged.id)]).filter(
        ({ matter }) => matter.kind === 'enforcement',
      ),
    ).toEqual([]);
    answered
      .when('enforcement.answer', { answeredAt: at(50), answer: '再说一遍' }, Shou, at(51))
      .refused('enforcement.wrong-stage');
  });

  it('is withdrawn when its ground fell, and only then', () => {
    const told = counted();
    const urged = told.after('enforcement.carryOut', doing(told, told.id, 'u'), Ban, at(30));
    urged.when('enforcement.withdraw', { reason: '撤销' }, Ke, at(31)).refused('enforcement.cases-stand');
    const fallen = urged
      .after('case.appeal', { grounds: '当时在取件' }, Chuang, at(32), told.id)
      .after('case.decideAppeal', { outcome: 'overturned', reason: '查明不属实' }, Ke, at(40), told.id);
    const state = enforced(fallen, urged.id);
    expect(dues(fallen, told.id, [state]).map(({ kind }) => kind)).toEqual(['withdrawMeasure']);
    const withdrawn = fallen.after('enforcement.withdraw', { reason: '问题已撤销' }, Ke, at(45), urged.id);
    expect(enforced(withdrawn, urged.id)).toMatchObject({ stage: 'withdrawn' });
    expect(dues(withdrawn, told.id, [enforced(withdrawn, urged.id)])).toEqual([]);
  });
});

describe('recording it', () => {
  it('is the office’s; a leader’s measure is a leader’s, or entered from paper with its scan', () => {
    const told = counted();
    const talk = doing(told, told.id, 'l');
    told.when('enforcement.carryOut', talk, Ban, at(30)).refused('access.denied');
    const paper = { ...talk, leader: 'chu' };
    told.when('enforcement.carryOut', paper, Ban, at(30)).refused('enforcement.scan-missing');
    const other = { ...talk, leader: 'ke', evidence: [scan] };
    told.when('enforcement.carryOut', other, Ban, at(30)).refused('enforcement.leader-unfit');
    told.when('enforcement.carryOut', doing(told, told.id, 'u'), Chuang, at(30)).refused('access.denied');
    told
      .when('enforcement.carryOut', { ...paper, evidence: [scan] }, Ban, at(30))
      .then({ type: 'enforcement.carriedOut', leader: { person: 'chu', role: 'director' } });
    const refer = doing(told, told.id, 'p');
    told.when('enforcement.carryOut', refer, Chu, at(31)).then({ type: 'enforcement.carriedOut' });
  });

  it('is of a measure the rule book asks for, of whom it meets, once', () => {
    const told = counted();
    const urge = doing(told, told.id, 'u');
    const elsewhere = { ...urge, subject: { department: 'department-social' } };
    told.when('enforcement.carryOut', elsewhere, Ban, at(30)).refused('enforcement.other-measure');
    const otherwise = { ...urge, kind: 'rectify' };
    told.when('enforcement.carryOut', otherwise, Ban, at(30)).refused('enforcement.other-measure');
    told.when('enforcement.carryOut', { ...urge, doneAt: at(300) }, Ban, at(30)).refused('time.future');
    // A person's fault takes the title from the window.
    told
      .when('enforcement.carryOut', doing(told, told.id, 'b'), Ban, at(30))
      .then({ type: 'enforcement.carriedOut', subject: { window: 'window-a01' } });
    const once = told.after('enforcement.carryOut', urge, Ban, at(30));
    once.when('enforcement.carryOut', urge, Ban, at(31)).refused('thing.exists');
  });
});
