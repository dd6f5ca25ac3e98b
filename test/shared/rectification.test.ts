import { describe, expect, it } from 'vitest';
import { system } from '../../shared/access.ts';
import { countedCase } from '../../shared/case.ts';
import { obligationsOf } from '../../shared/obligation.ts';
import { type RegistryEntry, registryOf } from '../../shared/people.ts';
import { type RectificationState, rectificationNext } from '../../shared/rectification.ts';
import { plusMinutes } from '../../shared/time.ts';
import { Ban, Chuang, entries, Ge, Gong, Ke, Lian, ruleBook, Shou, wednesday, Xun } from '../cast.ts';
import { givenIn, smallHall } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const days = (count: number) => at(count * 24 * 60);
const from = '2026-01-01';
const lifts: RegistryEntry[] = [
  { kind: 'department', id: 'contractor-lift', name: '安达电梯公司', employer: 'contractor', from },
  {
    ...{ kind: 'area', id: 'area-waiting', name: '一楼等候区', grid: 'grid-a', from },
    responsible: [{ department: 'department-tax', part: '东侧座椅' }],
  },
];
const scene = { ...smallHall, registry: registryOf(2, [...entries, ...lifts]) };
const photo = {
  ...{ name: 'lift.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 200_000 },
  ...{ sha256: 'a'.repeat(64), takenAt: at(-29) },
};
const order = {
  foundOn: '2026-11-18',
  responsible: 'contractor-lift',
  grid: 'grid-a',
  requirement: '二号电梯照明损坏,更换灯具',
  dueOn: '2026-11-20',
  evidence: [photo],
};
const after = {
  doneAt: at(60),
  what: '已更换灯具',
  evidence: [{ ...photo, name: 'after.jpg', takenAt: at(59) }],
};
const good = { passed: true, checkedAt: at(90), opinion: '照明正常' };

const ordered = (change: object = {}) =>
  givenIn(scene).after('rectification.order', { ...order, ...change }, Ge, at(0));
const finished = () => ordered().after('rectification.finish', after, Ban, at(61));
const passed = () => finished().after('rectification.recheck', good, Ge, at(91));
const stateOf = ({ house, id }: ReturnType<typeof ordered>): RectificationState => {
  const state = house.head('rectification', id);
  if (!state) throw new Error('no order');
  return state;
};
const dueOf = (state: RectificationState, now: string): string[] =>
  obligationsOf({
    ...{ cases: [], bonuses: [], talks: [], letters: [], measures: [], rectifications: [state] },
    ...{ book: ruleBook, calendar: scene.calendar, registry: scene.registry, now },
  })
    .filter(({ kind }) => kind !== 'missingEvidence')
    .map(({ kind }) => kind);

const machine = {
  violation: 'ENV-SELF',
  source: 'patrol',
  happened: { from: at(-30), to: at(-28), doubtSeconds: 10 },
  grid: 'grid-a',
  subject: { kind: 'contractor', contractor: 'contractor-lift' },
  description: '自助设备黑屏',
  evidence: [photo],
};

describe('a rectification order', () => {
  it('names who answers for it, until when, with the photo before', () => {
    const state = stateOf(ordered());
    expect(state).toMatchObject({
      ...{ stage: 'ordered', month: '2026-11', responsible: 'contractor-lift', grid: 'grid-a' },
      ...{ dueBy: '2026-11-20T16:00:00.000Z', orderedBy: { person: 'ge', role: 'gridLeader' } },
    });
    expect(rectificationNext(state)).toBe(state.dueBy);
  });

  it('takes its date from the rule book when none is agreed, and its grid from the area or window', () => {
    const state = stateOf(ordered({ dueOn: undefined, grid: undefined, area: 'area-waiting' }));
    // Five working days after Wednesday the 18th, at the close of office hours.
    expect(state).toMatchObject({ dueBy: '2026-11-25T09:30:00.000Z', grid: 'grid-a', area: 'area-waiting' });
    expect(stateOf(ordered({ window: 'window-a02' }))).toMatchObject({
      grid: 'grid-a',
      window: 'window-a02',
    });
  });

  it('goes from done over the re-check to being struck off, each step due in its turn', () => {
    expect(dueOf(stateOf(ordered()), at(1))).toEqual(['rectify']);
    expect(dueOf(stateOf(finished()), at(62))).toEqual(['recheck']);
    expect(dueOf(stateOf(passed()), at(92))).toEqual(['strikeOff']);
    const end = stateOf(passed().after('rectification.strikeOff', {}, Ban, at(100)));
    expect(end).toMatchObject({ stage: 'struckOff', checkedBy: { person: 'ge' }, doneBy: { person: 'ban' } });
    expect(dueOf(end, days(30))).toEqual([]);
  });

  it('goes back when the re-check finds it is not done, with a new date', () => {
    const back = finished().after(
      'rectification.recheck',
      { ...good, passed: false, opinion: '仍有一盏不亮', dueOn: '2026-11-24' },
      Xun,
      at(91),
    );
    expect(stateOf(back)).toMatchObject({
      ...{ stage: 'ordered', sentBack: 1, dueBy: '2026-11-24T16:00:00.000Z' },
    });
    expect(stateOf(back)).not.toHaveProperty('doneBy');
    back.when('rectification.finish', { ...after, doneAt: days(1) }, Shou, days(1)).refused('access.denied');
    back
      .when('rectification.finish', { ...after, doneAt: days(1) }, Ge, days(1))
      .then({ type: 'rectification.done' });
  });

  it('is urged once its date has passed: by the house once, by people once a day', () => {
    const urge = { way: 'system', text: '请尽快整改' };
    ordered().when('rectification.urge', urge, system, days(1)).refused('rectification.not-overdue');
    expect(dueOf(stateOf(ordered()), days(3))).toEqual(['rectify', 'urgeRectification']);
    const urged = ordered().after('rectification.urge', urge, system, days(3));
    expect(stateOf(urged)).toMatchObject({ urged: 1, urgedAt: days(3) });
    expect(dueOf(stateOf(urged), days(3))).toEqual(['rectify']);
    urged.when('rectification.urge', urge, system, days(4)).refused('rectification.urged-today');
    urged
      .when('rectification.urge', { ...urge, way: 'call' }, Ban, days(3))
      .refused('rectification.urged-today');
    urged
      .when('rectification.urge', { ...urge, way: 'call' }, Ban, days(4))
      .then({ type: 'rectification.urged' });
  });

  it('is not re-checked by whoever put it right', () => {
    const own = ordered().after('rectification.finish', after, Ge, at(61));
    own.when('rectification.recheck', good, Ge, at(91)).refused('access.own-report');
    own.when('rectification.recheck', good, Ke, at(91)).then({ type: 'rectification.rechecked' });
  });

  it('is answered by the department it concerns, on line or through the clerk, and by nobody else’s', () => {
    const tax = () => ordered({ responsible: 'department-tax' });
    for (const actor of [Shou, Lian, Ban])
      tax().when('rectification.finish', after, actor, at(61)).then({ type: 'rectification.done' });
    ordered().when('rectification.finish', after, Lian, at(61)).refused('access.denied');
    tax().when('rectification.finish', after, Chuang, at(61)).refused('access.denied');
  });

  it.each([
    ['without a photo before', { evidence: [] }, 'rectification.no-photo'],
    ['from tomorrow', { foundOn: '2026-11-19' }, 'time.future'],
    ['due yesterday', { dueOn: '2026-11-17' }, 'time.order'],
    ['a department nobody knows', { responsible: 'department-z' }, 'registry.unknown'],
    ['an area nobody knows', { area: 'area-z' }, 'access.denied'],
    ['a photo of tomorrow', { evidence: [{ ...photo, takenAt: days(1) }] }, 'time.future'],
  ] as const)('is refused: %s', (_what, change, code) => {
    givenIn(scene)
      .when('rectification.order', { ...order, ...change }, Ge, at(0))
      .refused(code);
  });

  it('is refused out of its stage, ahead of time, and to those without the right', () => {
    ordered().when('rectification.recheck', good, Ke, at(91)).refused('rectification.wrong-stage');
    finished().when('rectification.finish', after, Ban, at(62)).refused('rectification.wrong-stage');
    finished().when('rectification.strikeOff', {}, Ban, at(62)).refused('rectification.wrong-stage');
    finished()
      .when('rectification.urge', { way: 'call', text: '请' }, Ban, days(5))
      .refused('rectification.wrong-stage');
    passed()
      .when('rectification.withdraw', { reason: '开错' }, Ge, at(95))
      .refused('rectification.wrong-stage');
    finished()
      .when('rectification.recheck', { ...good, checkedAt: at(30) }, Ge, at(91))
      .refused('time.order');
    ordered()
      .when('rectification.finish', { ...after, doneAt: days(1) }, Ban, at(61))
      .refused('time.future');
    givenIn(scene).when('rectification.order', order, Gong, at(0)).refused('access.denied');
    givenIn(scene).when('rectification.order', order, Xun, at(0)).refused('access.denied');
  });
});

describe('an order out of a finding', () => {
  const found = (change: object = {}) =>
    givenIn(scene).after('case.report', { ...machine, ...change }, Xun, at(0));
  const out = (told: ReturnType<typeof found>, change: object = {}) =>
    told.after('rectification.order', { ...order, evidence: [], case: told.id, ...change }, Ge, at(5));

  it('ends the finding’s verification and takes no points', () => {
    const told = found();
    const { house } = out(told);
    const state = house.head('case', told.id);
    expect(state).toMatchObject({ stage: 'rectifying', decidedBy: { person: 'ge' } });
    expect(state && countedCase(state)).toBeUndefined();
  });

  it('takes points only when the rule book has a clause for it', () => {
    const told = found();
    const confirm = { severity: 'minor', clause: '3', reason: '超过二十四小时未处理' };
    out(told).when('case.confirm', confirm, Ke, at(9), told.id).refused('clause.unfit');
    const idle = found({ violation: 'DIS-IDLE', subject: { kind: 'window' }, window: 'window-a01' });
    out(idle).when('case.confirm', confirm, Ke, at(9), idle.id).then({ type: 'case.confirmed' });
  });

  it('opens the finding again when the order was a mistake', () => {
    const told = found();
    const done = out(told).after('rectification.withdraw', { reason: '责任单位写错' }, Ke, at(9));
    const state = done.house.head('case', told.id);
    expect(state).toMatchObject({ stage: 'reported', decidedBefore: ['ge'] });
    expect(state).not.toHaveProperty('rectification');
    expect(dueOf(stateOf(done), days(9))).toEqual([]);
  });

  it.each([
    [
      'of somebody',
      { subject: { kind: 'persons', persons: ['chuang'] }, window: 'window-a01' },
      'case-of-person',
    ],
    ['of somebody unknown', { subject: { kind: 'unidentified' }, window: 'window-a01' }, 'case-of-person'],
  ] as const)('is refused when it is %s', (_what, change, code) => {
    const told = found(change);
    told
      .when('rectification.order', { ...order, evidence: [], case: told.id }, Ge, at(5))
      .refused(`rectification.${code}`);
  });

  it('is refused twice, of what is closed, of what is not there, and of an integrity lead', () => {
    const told = found();
    const again = { ...order, evidence: [], case: told.id };
    out(told).when('rectification.order', again, Ge, at(6)).refused('rectification.ordered-before');
    const closed = found().after('case.dismiss', { reason: '不属实' }, Ge, at(5));
    closed
      .when('rectification.order', { ...again, case: closed.id }, Ge, at(6))
      .refused('rectification.case-closed');
    const none = told.id.replace(/.$/, 'f');
    told.when('rectification.order', { ...again, case: none }, Ge, at(6)).refused('thing.not-found');
    const sealed = found({ violation: 'INT-BRIBE' });
    sealed.when('rectification.order', { ...again, case: sealed.id }, Ge, at(6)).refused('thing.not-found');
  });
});

describe('what somebody reported', () => {
  const found = () => givenIn(scene).after('case.report', machine, Xun, at(0));
  const reason = { reason: '看错了设备' };

  it('may be taken back by them before it is confirmed', () => {
    const told = found().after('case.withdraw', reason, Xun, at(5));
    expect(told.house.head('case', told.id)).toMatchObject({ stage: 'withdrawn' });
    told
      .when('case.confirm', { severity: 'minor', clause: '3', reason: '属实' }, Ge, at(6))
      .refused('case.wrong-stage');
    told.when('case.withdraw', reason, Xun, at(6)).refused('case.wrong-stage');
  });

  it('is not taken back by others, nor once it was decided, nor when others reported it too', () => {
    found().when('case.withdraw', reason, Ge, at(5)).refused('access.denied');
    const told = found();
    told
      .after('rectification.order', { ...order, evidence: [], case: told.id }, Ge, at(5))
      .when('case.withdraw', reason, Xun, at(6), told.id)
      .refused('case.wrong-stage');
    const main = found();
    const other = main.after('case.report', machine, Ban, at(1));
    other
      .after('case.merge', { into: main.id, reason: '同一事件' }, Ge, at(2))
      .when('case.withdraw', reason, Xun, at(3), main.id)
      .refused('case.joined-by-others');
  });
});
