import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BonusState, countedBonus, sameDeed } from '../../shared/bonus.ts';
import { bonusTypes } from '../../shared/catalog.ts';
import { obligationsOf } from '../../shared/obligation.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  actorOf,
  Ban,
  Chu,
  calendar,
  Ge,
  Kang,
  Ke,
  registry,
  ruleBook,
  San,
  Shou,
  wednesday,
  Xun,
} from '../cast.ts';
import { given, type PaperHouse } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const letter = {
  type: 'BON-PRAISE',
  day: '2026-11-17',
  persons: ['chuang'],
  way: 'letter',
  object: '2026-031',
  sender: '孙先生',
  description: '来信表扬A01窗口耐心细致',
};
const scan = {
  name: '表扬信.jpg',
  kind: 'photo',
  mediaType: 'image/jpeg',
  size: 90_000,
  sha256: 'e'.repeat(64),
  takenAt: at(-1),
};
const original = { clause: 'J1', original: '原件存督查科', reason: '内容属实' };
const house = { person: 'system', grants: [], system: true };

type Standing = ReturnType<typeof given>;
const entered = (change: object = {}, on: Standing = given()): Standing =>
  on.after('bonus.report', { ...letter, ...change }, Ban, at(0));
const stateOf = ({ house: paper, id }: { house: PaperHouse; id: string }, other = id): BonusState => {
  const state = paper.head('bonus', other);
  if (!state) throw new Error('no bonus');
  return state;
};

describe('entering praise', () => {
  it('keeps how it came and its number; who praised stays in the words', () => {
    expect(stateOf(entered())).toMatchObject({ way: 'letter', object: '2026-031' });
    expect(JSON.stringify(stateOf(entered()))).not.toContain('孙先生');
  });

  it('is open to whoever saw or received it; what the office’s tables tell only the office enters', () => {
    const records = bonusTypes.filter(({ fromRecords }) => fromRecords).map(({ code }) => code);
    expect(records).toEqual(['BON-ATTEND', 'BON-EVAL']);
    for (const { code, fromRecords } of bonusTypes)
      for (const actor of [Xun, Shou, San, Ge, Ban, Ke]) {
        const tried = given().when('bonus.report', { ...letter, type: code }, actor, at(0));
        if (fromRecords && actor !== Ban && actor !== Ke) tried.refused('access.denied');
        else tried.then({ type: 'bonus.reported', bonus: code });
      }
  });

  it('knows helping, overtime, door-to-door service, study and information by their own types', () => {
    for (const type of ['BON-HELP', 'BON-DELAY', 'BON-VISIT', 'BON-STUDY', 'BON-INFO'])
      entered({ type })
        .when('bonus.dismiss', { reason: '系本职' }, Ge, at(5))
        .then({ type: 'bonus.dismissed' });
  });
});

describe('verifying praise', () => {
  const bare = { clause: 'J1', reason: '内容属实' };
  it('needs the thing itself: a file that arrived, or the original seen', () => {
    expect(entered().when('bonus.confirm', bare, Ge, at(5)).refused('bonus.proof-missing').detail).toBe(
      '实物编号、收到日期、来源',
    );
    const announced = entered({ evidence: [scan] });
    announced.when('bonus.confirm', bare, Ge, at(5)).refused('bonus.proof-missing');
    announced
      .after('bonus.receiveEvidence', { n: 1, storedVersion: 'v1' }, house, at(2))
      .when('bonus.confirm', bare, Ge, at(5))
      .then({ type: 'bonus.confirmed', seen: [{ n: 1, sha256: scan.sha256 }] });
    entered()
      .when('bonus.confirm', original, Ge, at(5))
      .then({ type: 'bonus.confirmed', original: { text: '原件存督查科' } });
  });

  it('takes a patrol’s own record for proof', () => {
    const round = `inspection-2026-11-17-${'0'.repeat(8)}-0000-4000-8000-000000000001`;
    given()
      .after('bonus.report', { ...letter, way: 'patrol', inspection: round }, Xun, at(0))
      .when('bonus.confirm', bare, Ge, at(5))
      .then({ type: 'bonus.confirmed' });
  });
});

describe('the same praise entered twice', () => {
  it('is one where the number is one, or the same kind for the same person within three days', () => {
    const one = stateOf(entered());
    const like = (change: object): boolean => {
      const on = entered(change, entered());
      const [first] = on.house.journal;
      return sameDeed(stateOf(on, first?.stream), stateOf(on));
    };
    expect(like({})).toBe(true);
    expect(like({ object: undefined })).toBe(true);
    expect(like({ object: undefined, day: '2026-11-14' })).toBe(true);
    expect(like({ object: undefined, day: '2026-11-13' })).toBe(false);
    expect(like({ object: '2026-032' })).toBe(false);
    expect(like({ object: undefined, persons: ['staff-0102'] })).toBe(false);
    expect(like({ persons: ['staff-0102'] })).toBe(true);
    expect(like({ type: 'BON-VISIT' })).toBe(false);
    expect(sameDeed(one, one)).toBe(false);
  });

  it('is merged: it counts once, and who entered either verifies neither', () => {
    const first = entered();
    const twice = first.after('bonus.report', { ...letter, way: 'desk', object: undefined }, Ke, at(1));
    const merge = { into: first.id, reason: '同一封信' };
    twice.when('bonus.merge', merge, Ke, at(2)).refused('access.own-report');
    twice.when('bonus.merge', merge, Ban, at(2)).refused('access.denied');
    const merged = twice.after('bonus.merge', merge, Kang, at(2));
    expect(stateOf(merged)).toMatchObject({ stage: 'merged', into: first.id });
    expect(countedBonus(stateOf(merged))).toBeUndefined();
    expect(stateOf(merged, first.id)).toMatchObject({ joined: [twice.id], joinedReporters: ['ke'] });
    merged.when('bonus.confirm', original, Ke, at(5), first.id).refused('access.own-report');
    merged.when('bonus.confirm', original, Ge, at(5), first.id).then({ type: 'bonus.confirmed' });
    merged.when('bonus.confirm', original, Ge, at(5)).refused('bonus.wrong-stage');
  });

  it('refuses to merge what is not the same, or would lose somebody’s praise', () => {
    const first = entered();
    const merge = { into: first.id, reason: '同' };
    const second = (change: object) => entered(change, first);
    second({ type: 'BON-VISIT' }).when('bonus.merge', merge, Ge, at(2)).refused('bonus.other-deed');
    second({ persons: ['chuang', 'staff-0102'] })
      .when('bonus.merge', merge, Ge, at(2))
      .refused('bonus.other-deed');
    first.when('bonus.merge', merge, Ge, at(2), first.id).refused('bonus.other-deed');
    const gone = first.after('bonus.dismiss', { reason: '非本人' }, Ge, at(3), first.id);
    entered({}, gone).when('bonus.merge', merge, Ge, at(4)).refused('bonus.wrong-stage');
    entered()
      .when('bonus.merge', { ...merge, into: `${first.id.slice(0, -1)}f` }, Ge, at(2))
      .refused('thing.not-found');
  });

  it('is said where it waits to be verified', () => {
    const twice = entered({}, entered());
    const ids = twice.house.journal.map(({ stream }) => stream);
    const owed = obligationsOf({
      ...{ cases: [], talks: [], letters: [], measures: [], book: ruleBook, calendar, registry },
      bonuses: ids.map((id) => stateOf(twice, id)),
      now: at(5),
    });
    expect(owed.map(({ sentence }) => sentence)).toEqual([
      ...['核实加分:2026年11月17日 表扬信、锦旗、感谢信(可能重复上报)'],
      ...['核实加分:2026年11月17日 表扬信、锦旗、感谢信(可能重复上报)'],
    ]);
  });
});

describe('praise that proves false', () => {
  it('is revoked by somebody who neither entered nor verified it', () => {
    const counted = entered().after('bonus.confirm', original, Ke, at(5));
    const why = { reason: '来信系本人代笔' };
    counted.when('bonus.revoke', why, Ke, at(9)).refused('access.took-part');
    counted.when('bonus.revoke', why, Ge, at(9)).refused('access.denied');
    const gone = counted.after('bonus.revoke', why, Chu, at(9));
    expect(stateOf(gone)).toMatchObject({ stage: 'revoked', decidedBy: { person: 'chu' } });
    expect(stateOf(gone)).not.toHaveProperty('recognition');
    expect(countedBonus(stateOf(gone))).toBeUndefined();
    gone.when('bonus.revoke', why, Kang, at(10)).refused('bonus.wrong-stage');
    entered().when('bonus.revoke', why, Ke, at(9)).refused('bonus.wrong-stage');
  });
});

describe('whatever is entered and decided, in whatever order', () => {
  const move = fc.record({
    type: fc.constantFrom('bonus.confirm', 'bonus.dismiss', 'bonus.merge', 'bonus.revoke'),
    who: fc.constantFrom('ge', 'ke', 'kang', 'chu', 'ban', 'xun'),
    which: fc.nat(2),
    into: fc.nat(2),
  });
  it('an entry ends at most once, a merged one is known to its main one, and nobody verifies their own', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        const paper = given().house;
        const ids = [Ban, Xun, Shou].map((actor, index) => {
          const told = paper.send('bonus.report', { ...letter, object: undefined }, actor, at(index));
          if (!told.ok) throw new Error('not entered');
          return told.value.ref.id;
        });
        const idOf = (nth: number): string => ids[nth] ?? '';
        for (const [index, { type, who, which, into }] of moves.entries()) {
          const fields =
            type === 'bonus.confirm'
              ? original
              : type === 'bonus.merge'
                ? { into: idOf(into), reason: '同' }
                : { reason: '查' };
          paper.send(type, fields, actorOf(who), at(10 + index), idOf(which));
        }
        const states = ids.map((id) => stateOf({ house: paper, id }));
        for (const state of states) {
          ends.add(state.stage);
          // Folding the journal again in one go is the same head.
          const own = paper.journal.filter(({ stream }) => stream === state.id);
          expect(
            own.filter(({ event }) => /confirmed|dismissed|merged/.test(event.type)).length,
          ).toBeLessThan(2);
          for (const { event, by } of own)
            if (event.type === 'bonus.confirmed') expect(by.person).not.toBe(state.reportedBy.person);
          if (state.stage === 'merged') {
            const main = states.find(({ id }) => id === state.into);
            expect(main?.joined).toContain(state.id);
          }
          expect(countedBonus(state) === undefined).toBe(state.stage !== 'confirmed');
        }
      }),
      { numRuns: 300 },
    );
    expect([...ends].sort()).toEqual(['confirmed', 'dismissed', 'merged', 'reported', 'revoked']);
  });
});
