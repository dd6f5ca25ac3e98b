import { describe, expect, it } from 'vitest';
import { bonusNext, bonusSubject, countedBonus } from '../../shared/bonus.ts';
import { refuse } from '../../shared/problems.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  Ban,
  Chu,
  Chuang,
  commandIdOf,
  everybody,
  Ge,
  Gong,
  Ji,
  Ke,
  Lian,
  Shou,
  Wai,
  wednesday,
  Xun,
} from '../cast.ts';
import { given, givenIn, type PaperHouse, smallHall } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const pennant = {
  type: 'BON-PRAISE',
  day: '2026-11-17',
  persons: ['chuang'],
  description: '群众送来锦旗一面,编号 2026-031',
};
const visit = { ...pennant, type: 'BON-VISIT', description: '为行动不便的老人上门办理' };
const photo = {
  name: '锦旗.jpg',
  kind: 'photo',
  mediaType: 'image/jpeg',
  size: 90_000,
  sha256: 'd'.repeat(64),
  takenAt: at(-1),
};
const confirmation = { clause: 'J1', original: '锦旗存督查科', reason: '实物已核对' };

const reported = (change: object = {}) =>
  given().after('bonus.report', { ...pennant, ...change }, Xun, at(0));
const confirmed = () => reported().after('bonus.confirm', confirmation, Ge, at(5));
const stateOf = (told: { house: PaperHouse; id: string }) => {
  const state = told.house.head('bonus', told.id);
  if (!state) throw new Error('no bonus');
  return state;
};

describe('reporting a good deed', () => {
  it('keeps whose it is, of which department and grids', () => {
    given()
      .when('bonus.report', { ...pennant, evidence: [photo] }, Xun, at(0))
      .then({ type: 'bonus.reported', department: 'department-tax', grids: ['grid-a'], quantity: 1 });
    expect(stateOf(reported())).toMatchObject({ stage: 'reported', month: '2026-11', day: '2026-11-17' });
    expect(bonusSubject(stateOf(reported()))).toBe('chuang');
    expect(bonusNext(stateOf(reported()))).toBe(at(0));
    const again = reported().house.send('bonus.report', pennant, Xun, at(1), undefined, commandIdOf(1));
    expect(again).toMatchObject({ problem: { code: 'thing.exists' } });
  });

  it.each([
    ['a deed of tomorrow', { day: '2026-11-19' }, 'time.future'],
    ['a type that does not exist', { type: 'BON-DANCE' }, 'request.invalid'],
    ['somebody unknown', { persons: ['ghost'] }, 'registry.unknown'],
    ['the same person twice', { persons: ['chuang', 'chuang'] }, 'request.invalid'],
    ['people of two departments', { persons: ['chuang', 'staff-0104'] }, 'assignment.outside'],
    ['a day before somebody came', { day: '2025-12-31' }, 'assignment.outside'],
    ['a photo from the future', { evidence: [{ ...photo, takenAt: at(60) }] }, 'time.future'],
  ] as const)('refuses %s', (_what, change, code) => {
    given()
      .when('bonus.report', { ...pennant, ...change }, Xun, at(0))
      .refused(code);
  });

  it('is open to those who supervise, and to the chief representative for the own department', () => {
    const allowed = Object.values(everybody)
      .filter((actor) => given().when('bonus.report', pennant, actor, at(0)).result.ok)
      .map(({ person }) => person);
    expect(allowed).toEqual(['xun', 'shi', 'san', 'ge', 'gong', 'ke', 'kang', 'chu', 'ban', 'shou']);
    const other = { ...pennant, persons: ['staff-0104'] };
    given().when('bonus.report', other, Shou, at(0)).refused('access.denied');
  });
});

describe('confirming it', () => {
  it('takes the bonus clause of that month and counts from then on', () => {
    const told = reported();
    expect(countedBonus(stateOf(told))).toBeUndefined();
    told.when('bonus.confirm', confirmation, Ge, at(5)).then({
      type: 'bonus.confirmed',
      recognition: { clause: 'J1', quantity: 1 },
    });
    expect(countedBonus(stateOf(told))).toEqual({
      id: told.id,
      month: '2026-11',
      day: '2026-11-17',
      type: 'BON-PRAISE',
      clause: 'J1',
      persons: ['chuang'],
      department: 'department-tax',
      quantity: 1,
      confirmedBy: 'ge',
    });
  });

  it('stores who chose the figure in a range, and why', () => {
    const chosen = {
      ...{ clause: 'J2', chosen: { points: 300, reason: '往返六十公里' } },
      ...{ original: '服务记录存首席代表处', reason: '属实' },
    };
    reported(visit)
      .when('bonus.confirm', chosen, Ge, at(5))
      .then({
        type: 'bonus.confirmed',
        recognition: { chosen: { points: 300, by: 'ge', reason: '往返六十公里' } },
      });
    reported(visit)
      .when('bonus.confirm', { ...chosen, chosen: { points: 400, reason: '加' } }, Ge, at(5))
      .refused('clause.out-of-range');
    reported(visit)
      .when('bonus.confirm', { clause: 'J2', original: '服务记录', reason: '属实' }, Ge, at(5))
      .refused('clause.choice-missing');
  });

  it('counts the quantity as reported unless it is corrected', () => {
    const articles = { type: 'BON-INFO', quantity: 4 };
    const fields = { clause: 'J3', original: '刊物存督查科', reason: '已刊用' };
    reported(articles)
      .when('bonus.confirm', fields, Ge, at(5))
      .then({ type: 'bonus.confirmed', recognition: { quantity: 4 } });
    reported(articles)
      .when('bonus.confirm', { ...fields, quantity: 3 }, Ge, at(5))
      .then({ type: 'bonus.confirmed', recognition: { quantity: 3 } });
    reported({ quantity: 2 })
      .when('bonus.confirm', confirmation, Ge, at(5))
      .refused('clause.quantity-not-allowed');
  });

  it('refuses a clause nobody wrote, one for other deeds, and a month without a rule book', () => {
    reported()
      .when('bonus.confirm', { ...confirmation, clause: 'J9' }, Ge, at(5))
      .refused('clause.unknown');
    reported()
      .when('bonus.confirm', { ...confirmation, clause: 'J3' }, Ge, at(5))
      .refused('bonus.unfit');
    givenIn({ ...smallHall, ruleBook: (month) => refuse('rulebook.none', month) })
      .after('bonus.report', pennant, Xun, at(0))
      .when('bonus.confirm', confirmation, Ge, at(5))
      .refused('rulebook.none');
  });

  it('never falls to who reported it, nor to whom it is about', () => {
    const own = given().after('bonus.report', pennant, Ge, at(0));
    own.when('bonus.confirm', confirmation, Ge, at(5)).refused('access.own-report');
    own.when('bonus.dismiss', { reason: '不符' }, Ge, at(5)).refused('access.own-report');
    own.when('bonus.confirm', confirmation, Ke, at(5)).then({ type: 'bonus.confirmed' });
    given()
      .after('bonus.report', { ...pennant, persons: ['ke'] }, Xun, at(0))
      .when('bonus.confirm', confirmation, Ke, at(5))
      .refused('access.own-matter');
  });

  it('is denied to everybody but the own grid leader and the section heads', () => {
    for (const actor of [Xun, Gong, Shou, Chuang, Ban, Chu, Lian, Ji, Wai])
      reported().when('bonus.confirm', confirmation, actor, at(5)).refused('access.denied');
  });

  it('is done once', () => {
    confirmed().when('bonus.confirm', confirmation, Ke, at(6)).refused('bonus.wrong-stage');
    confirmed().when('bonus.dismiss', { reason: '重复' }, Ke, at(6)).refused('bonus.wrong-stage');
  });
});

describe('dismissing it', () => {
  it('needs a reason and counts nothing', () => {
    const told = reported();
    told.when('bonus.dismiss', { reason: '' }, Ge, at(5)).refused('request.invalid');
    told.when('bonus.dismiss', { reason: '系本职工作' }, Ge, at(5)).then({ type: 'bonus.dismissed' });
    expect(countedBonus(stateOf(told))).toBeUndefined();
    told.when('bonus.confirm', confirmation, Ke, at(6)).refused('bonus.wrong-stage');
  });
});
