// Objections to the sums of a month: raised by the person or on paper for them, only while the month is summing; answered by
// somebody else; due until then; and the month waits for them.
import { describe, expect, it } from 'vitest';
import { type ObjectionState, openObjections } from '../../shared/objection.ts';
import { freezable } from '../../shared/objection-decide.ts';
import { obligationsOf } from '../../shared/obligation.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  Ban,
  Chu,
  Chuang,
  calendar,
  Er,
  Ge,
  Ji,
  Kang,
  Ke,
  Lian,
  registry,
  ruleBook,
  Shou,
  wednesday,
  Xun,
} from '../cast.ts';
import { given } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const cut = { digest: 'a'.repeat(64), takenAt: at(0), chunks: 1, heads: 3, ruleBook: 'rulebook-2026-01' };
const month = { kind: 'month' as const, id: '2026-10' };
const by = { person: 'ban', role: 'clerk' as const };
const summed = () => given({ ref: month, event: { type: 'month.summed', v: 1, cut }, by, at: at(0) });
const own = { month: '2026-10', person: 'chuang', way: 'self', raisedAt: at(10), grounds: '15 日是公出' };
const line = { nth: 2, words: '迟到(10月15日)扣1分', cases: [] };
const scan = {
  ...{ name: '异议书.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 90_000 },
  ...{ sha256: 'e'.repeat(64), takenAt: at(1) },
};
const paper = { ...own, way: 'paper', evidence: [scan] };
const stateOf = ({ house, id }: { house: ReturnType<typeof given>['house']; id: string }): ObjectionState => {
  const state = house.head('objection', id);
  if (!state) throw new Error('no objection');
  return state;
};

describe('an objection to a sum', () => {
  it('is raised by the person against the whole sum and against one line', () => {
    const told = summed().after('objection.raise', own, Chuang, at(11));
    told
      .when('objection.raise', { ...own, line }, Chuang, at(12))
      .then({ type: 'objection.raised', n: 2, line: { nth: 2, cases: [] }, cut: cut.digest });
    expect(openObjections(stateOf(told)).map((one) => one.n)).toEqual([1, 2]);
    told.when('objection.raise', { ...own, line }, Chuang, at(13)).refused('objection.raised-before');
  });

  it('is entered by the liaison or the chief representative of the department only with the signed paper', () => {
    for (const who of [Lian, Shou, Ban])
      summed()
        .when('objection.raise', paper, who, at(11))
        .then({ type: 'objection.raised', way: 'paper', department: 'department-tax' });
    summed()
      .when('objection.raise', { ...paper, evidence: [] }, Shou, at(11))
      .refused('objection.scan-missing');
  });

  it('is nobody else’s to raise, nor of another department, nor before the sums or after the freeze', () => {
    for (const who of [Er, Ge, Ke, Xun, Ji])
      for (const how of [own, paper])
        summed().when('objection.raise', how, who, at(11)).refused('access.denied');
    summed()
      .when('objection.raise', { ...paper, person: 'staff-0104' }, Lian, at(11))
      .refused('access.denied');
    given().when('objection.raise', own, Chuang, at(11)).refused('objection.not-summing');
    const frozen = summed();
    frozen.house.put(
      month,
      { type: 'month.frozen', v: 1, cut: cut.digest, scores: 'b'.repeat(64) },
      by,
      at(5),
      '00000000-0000-4000-8000-000000000077',
    );
    frozen.when('objection.raise', own, Chuang, at(11)).refused('objection.month-frozen');
    summed()
      .when('objection.raise', { ...own, raisedAt: at(60 * 24) }, Chuang, at(11))
      .refused('time.future');
  });

  it('is answered once, with how it is put right or why the sum stays, by nobody who raised it', () => {
    const told = summed().after('objection.raise', own, Chuang, at(11));
    const kept = { n: 1, outcome: 'kept', reason: '公出单日期是 16 日' };
    for (const who of [Chuang, Ban, Lian, Ji])
      told.when('objection.answer', kept, who, at(20)).refused('access.denied');
    told
      .when('objection.answer', { ...kept, outcome: 'upheld' }, Ke, at(20))
      .refused('objection.remedy-missing');
    told
      .when('objection.answer', { ...kept, remedy: 'leave' }, Ke, at(20))
      .refused('objection.remedy-unneeded');
    told.when('objection.answer', { ...kept, n: 9 }, Ke, at(20)).refused('objection.unknown');
    const answered = told.after('objection.answer', kept, Ke, at(21));
    answered.when('objection.answer', kept, Chu, at(22)).refused('objection.closed');
    answered.when('objection.withdraw', { n: 1, reason: '算了' }, Chuang, at(22)).refused('objection.closed');
    answered
      .when('objection.raise', { ...own, raisedAt: at(23) }, Chuang, at(23))
      .then({ type: 'objection.raised', n: 2 });
  });

  it('is withdrawn by the person; by the clerk only with what they signed', () => {
    const told = summed().after('objection.raise', own, Chuang, at(11));
    told.when('objection.withdraw', { n: 1, reason: '已说清' }, Shou, at(20)).refused('access.denied');
    told
      .when('objection.withdraw', { n: 1, reason: '已说清' }, Ban, at(20))
      .refused('objection.scan-missing');
    told
      .when('objection.withdraw', { n: 1, reason: '已说清' }, Chuang, at(20))
      .then({ type: 'objection.withdrawn', n: 1 });
  });

  it('is due in the days of a review, and holds the month until it is answered and summed anew', () => {
    const told = summed().after('objection.raise', own, Chuang, at(11));
    const dues = () =>
      obligationsOf({
        ...{ cases: [], bonuses: [], talks: [], letters: [], measures: [] },
        ...{ objections: [stateOf(told)], book: ruleBook, calendar, registry, now: at(30) },
      }).map(({ kind, action, due, roles }) => [kind, action, due?.slice(0, 10), roles]);
    expect(dues()).toEqual([
      ['answerSumObjection', 'objection.answer', '2026-11-25', ['sectionHead', 'director']],
    ]);
    expect(freezable([stateOf(told)], at(0))).toMatchObject({ problem: { code: 'month.objections-open' } });
    const upheld = { n: 1, outcome: 'upheld', remedy: 'leave', reason: '补登公出' };
    told.when('objection.answer', upheld, Kang, at(40)).then({ type: 'objection.answered', remedy: 'leave' });
    expect(dues()).toEqual([]);
    expect(freezable([stateOf(told)], at(0))).toMatchObject({
      problem: { code: 'month.objections-unsummed' },
    });
    expect(freezable([stateOf(told)], at(41)).ok).toBe(true);
  });
});
