// Nobody is waited for: roles handed on for some days, and decisions that pass on when nobody nearer is left.
import { describe, expect, it } from 'vitest';
import { about, actingName, may } from '../../shared/access.ts';
import { type RegistryEntry, registryOf } from '../../shared/people.ts';
import { plusMinutes } from '../../shared/time.ts';
import { actorOf, Chu, Er, entries, Ge, Gong, Ji, Kang, Ke, Wai, wednesday, Xun, Zhu } from '../cast.ts';
import { given, givenIn, paperHouse, smallHall } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const today = '2026-11-18';
const away = { to: 'wai', role: 'gridLeader', grid: 'grid-a', from: today, until: '2026-11-20' };
const onPhone = {
  violation: 'DIS-PHONE',
  source: 'patrol',
  happened: { from: at(-30), to: at(-28), doubtSeconds: 10 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '上班时间在窗口看手机视频',
};
const verdict = { severity: 'evident', clause: '3', reason: '经核对录像属实' };

describe('a delegation', () => {
  it('hands on one’s own role and scope for some days, and the deputy acts 代', () => {
    const told = given()
      .after('registry.delegate', away, Ge, at(0))
      .after('case.report', onPhone, Xun, at(1));
    const deputy = actorOf('wai', told.house.registry());
    const done = told.when('case.confirm', verdict, deputy, at(5)).then({ type: 'case.confirmed' });
    expect(done.by).toEqual({ person: 'wai', role: 'gridLeader', for: 'ge' });
    expect(actingName(done.by, (id) => told.house.registry().of.staff.get(id)?.name)).toBe('卫外(代)');
    expect(actingName({ person: 'ge' }, () => '葛格')).toBe('葛格');
    expect(may(deputy, 'case.confirm', about({ grids: ['grid-a'] }), '2026-11-21')).toMatchObject({
      ok: false,
    });
  });

  it('keeps both apart from what one of them reported', () => {
    const told = given().after('registry.delegate', away, Ge, at(0)).after('case.report', onPhone, Ge, at(1));
    const deputy = actorOf('wai', told.house.registry());
    told.when('case.confirm', verdict, deputy, at(5)).refused('access.own-report');
  });

  it('works for any role: the director’s signature, a department’s representative, the chief’s list', () => {
    const house = given().house;
    const hand = (role: string, by: typeof Chu, scope: object = {}) =>
      house.send('registry.delegate', { ...away, grid: undefined, role, ...scope }, by, at(0));
    expect(hand('director', Chu)).toMatchObject({ ok: true });
    expect(hand('chief', Zhu)).toMatchObject({ ok: true });
    expect(hand('chiefRepresentative', actorOf('shou'), { department: 'department-tax' })).toMatchObject({
      ok: true,
    });
    const deputy = actorOf('wai', house.registry());
    expect(may(deputy, 'letter.sign', about({}), today)).toMatchObject({ value: { for: 'chu' } });
    expect(may(deputy, 'month.freeze', about({}), today)).toMatchObject({ ok: true });
  });

  it('ends when its giver says so', () => {
    const told = given().after('registry.delegate', away, Ge, at(0));
    const ended = told.after('registry.endDelegation', { until: '2026-11-17' }, Ge, at(9));
    const deputy = actorOf('wai', ended.house.registry());
    expect(may(deputy, 'case.dismiss', about({ grids: ['grid-a'] }), today)).toMatchObject({ ok: false });
  });

  it.each([
    ['of a role one does not hold', { role: 'director', grid: undefined }, 'registry.delegation'],
    ['of another grid', { grid: 'grid-b' }, 'registry.delegation'],
    ['without its scope', { grid: undefined }, 'registry.scope'],
    ['to oneself', { to: 'ge' }, 'registry.delegation'],
    ['to somebody unknown', { to: 'nobody' }, 'registry.unknown'],
    ['from yesterday', { from: '2026-11-17' }, 'time.order'],
    ['that ends before it begins', { until: '2026-11-17' }, 'time.order'],
  ] as const)('is refused %s', (_what, change, code) => {
    given()
      .when('registry.delegate', { ...away, ...change }, Ge, at(0))
      .refused(code);
  });

  it('is not handed on again, not ended by others, not made longer, and never the auditor’s', () => {
    const told = given().after('registry.delegate', away, Ge, at(0));
    const deputy = actorOf('wai', told.house.registry());
    told.when('registry.delegate', { ...away, to: 'kang' }, deputy, at(1)).refused('registry.delegation');
    told.when('registry.endDelegation', { until: today }, Gong, at(1)).refused('access.denied');
    told.when('registry.endDelegation', { until: '2026-11-25' }, Ge, at(1)).refused('time.order');
    told.when('registry.endDelegation', { until: '2026-11-16' }, Ge, at(1)).refused('time.order');
    told
      .when('registry.delegate', { ...away, role: 'auditor', grid: undefined }, Ji, at(1))
      .refused('access.denied');
    const own: RegistryEntry = { kind: 'hall', id: 'hall-9', name: '九号大厅', from: '2026-01-01' };
    const house = paperHouse();
    house.send('registry.enter', { entries: [own] }, actorOf('ban'), at(0));
    expect(
      house.send('registry.endDelegation', { until: today }, actorOf('guan'), at(1), 'hall:hall-9'),
    ).toMatchObject({
      problem: { code: 'registry.no-delegation' },
    });
  });
});

describe('a decision passes on when nobody nearer is left', () => {
  const reportedBy = (who: typeof Ge, change: object = {}) =>
    given().after('case.report', { ...onPhone, ...change }, who, at(0));

  it('stays with the grid’s own leader as long as there is one', () => {
    reportedBy(Xun).when('case.confirm', verdict, Gong, at(5)).refused('access.denied');
    expect(may(Gong, 'case.read', about({ grids: ['grid-a'] }), today)).toMatchObject({ ok: false });
  });

  it('goes to another grid leader when the own one reported it, and they may read it', () => {
    const own = reportedBy(Ge);
    expect(may(Gong, 'case.read', about({ grids: ['grid-a'], reporters: ['ge'] }), today)).toMatchObject({
      ok: true,
    });
    own.when('case.confirm', verdict, Gong, at(5)).then({ type: 'case.confirmed' });
  });

  it('goes to another grid leader where a grid has none', () => {
    const far = { window: 'window-c01', subject: { kind: 'persons', persons: ['staff-0106'] } };
    reportedBy(Xun, far).when('case.confirm', verdict, Ge, at(5)).then({ type: 'case.confirmed' });
  });

  it('goes to a section head at any time, who also confirms a grid leader’s own finding', () => {
    reportedBy(Ge).when('case.confirm', verdict, Ke, at(5)).then({ type: 'case.confirmed' });
  });

  it('goes to the director only when neither leader nor section head is left', () => {
    reportedBy(Ge).when('case.confirm', verdict, Chu, at(5)).refused('access.denied');
    const without = entries.filter((entry) => !(entry.kind === 'grant' && entry.role === 'sectionHead'));
    const scene = { ...smallHall, registry: registryOf(2, without) };
    const chu = actorOf('chu', scene.registry);
    const ge = actorOf('ge', scene.registry);
    givenIn(scene)
      .after('case.report', onPhone, ge, at(0))
      .when('case.confirm', verdict, chu, at(5))
      .then({ type: 'case.confirmed' });
  });

  it('of a review goes to the chief when section heads and director all took part', () => {
    const facts = { persons: ['chuang'], reporters: ['chu'], deciders: ['ke', 'kang'] };
    expect(may(Zhu, 'case.decideAppeal', about(facts), today)).toMatchObject({
      ok: true,
      value: { role: 'chief' },
    });
    expect(may(Zhu, 'case.decideAppeal', about({ ...facts, deciders: ['ke'] }), today)).toMatchObject({
      ok: false,
    });
    expect(may(Kang, 'case.decideAppeal', about(facts), today)).toMatchObject({
      problem: { code: 'access.took-part' },
    });
  });

  it('passes to no grid leader what lies in no grid, nor to anybody without the right', () => {
    expect(may(Ge, 'case.confirm', about({}), today)).toMatchObject({ ok: false });
    for (const actor of [Wai, Er, Xun])
      expect(may(actor, 'case.confirm', about({ grids: ['grid-c'] }), today)).toMatchObject({ ok: false });
  });

  it('passes nothing on for an actor who cannot say who else there is', () => {
    const { everybody: _others, ...alone } = Gong;
    expect(may(alone, 'case.confirm', about({ grids: ['grid-a'], reporters: ['ge'] }), today)).toMatchObject({
      ok: false,
    });
  });
});
