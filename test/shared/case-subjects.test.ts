// Whose fault it is: several persons, somebody not yet known, a window, a department, a shared area, a contractor; and
// what happens when it was somebody else. 人次 and 起 are counted apart in any order of entries and corrections.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseState, caseSubject, countedCase, departmentsOf, personsOf } from '../../shared/case.ts';
import { letterFactsOf } from '../../shared/letter-facts.ts';
import { type RegistryEntry, registryOf } from '../../shared/people.ts';
import { ok } from '../../shared/problems.ts';
import { departmentsIn } from '../../shared/score.ts';
import { talliesOf } from '../../shared/tally.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  actorOf,
  Ban,
  Chuang,
  Er,
  entries,
  Ge,
  Gong,
  Kang,
  Ke,
  ruleBook,
  Shou,
  wednesday,
  Xun,
} from '../cast.ts';
import { givenIn, paperHouse, smallHall } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const from = '2026-01-01';

const lifts: RegistryEntry[] = [
  { kind: 'department', id: 'contractor-lift', name: '安达电梯公司', employer: 'contractor', from },
  {
    kind: 'area',
    id: 'area-waiting',
    name: '一楼等候区',
    grid: 'grid-a',
    responsible: [
      { department: 'department-tax', part: '东侧座椅' },
      { department: 'department-social', part: '西侧座椅' },
    ],
    from,
  },
];
const scene = { ...smallHall, registry: registryOf(2, [...entries, ...lifts]) };

const atDesk = {
  violation: 'DIS-PHONE',
  source: 'patrol',
  happened: { from: at(-30), to: at(-28), doubtSeconds: 10 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '上班时间在窗口看手机视频',
};
const { window: _window, ...anywhere } = atDesk;
const waiting = { ...anywhere, subject: { kind: 'area', area: 'area-waiting' }, description: '座椅破损' };
const lift = { ...anywhere, subject: { kind: 'contractor', contractor: 'contractor-lift' } };
const verdict = { severity: 'evident', clause: '3', reason: '经核对录像属实' };
const er = { kind: 'persons', persons: ['staff-0102'] };
const wrong = { subject: er, reason: '录像显示为同窗口另一人员' };

const reported = (fields: object = atDesk) => givenIn(scene).after('case.report', fields, Xun, at(0));
const confirmed = (fields: object = atDesk) => reported(fields).after('case.confirm', verdict, Ge, at(10));
const counting = () =>
  confirmed()
    .after('case.notify', { way: 'tablet', deliveredAt: at(20) }, Ge, at(20))
    .after('case.answer', { noObjection: true, answer: '无异议' }, Chuang, at(30));
const stateOf = ({ house, id }: ReturnType<typeof reported>): CaseState => {
  const state = house.head('case', id);
  if (!state) throw new Error('no case');
  return state;
};

describe('a shared area', () => {
  it('is split by who answers for its parts on that day', () => {
    const state = stateOf(reported(waiting));
    expect(state).toMatchObject({ grid: 'grid-a', subject: { area: 'area-waiting' } });
    expect(departmentsOf(state)).toEqual(['department-tax', 'department-social']);
    expect(state).not.toHaveProperty('department');
    expect(caseSubject(state)).toBe('department-tax');
  });

  it('concerns one of them only when its part is meant', () => {
    const part = { ...waiting, subject: { ...waiting.subject, departments: ['department-social'] } };
    expect(stateOf(reported(part))).toMatchObject({ department: 'department-social' });
  });

  it('is one incident of the house and one in the count of each department', () => {
    const one = countedCase(stateOf(confirmed(waiting)));
    if (!one) throw new Error('not counted');
    const heard = { ...one, counts: true };
    expect(departmentsIn(heard)).toEqual(['department-tax', 'department-social']);
    const tallies = talliesOf(ruleBook, '2026-11', [heard], [], []);
    expect(tallies.map(({ subject, incidents, personTimes }) => [subject, incidents, personTimes])).toEqual([
      [{ department: 'department-social' }, 1, 0],
      [{ department: 'department-tax' }, 1, 0],
    ]);
    const facts = letterFactsOf({
      ...{ cases: [heard], underReview: 0, sectionTalks: 0, directorTalks: 0 },
      ruleBook: () => ok(ruleBook),
      departmentName: (id) => id,
    });
    expect(facts).toMatchObject({
      ok: true,
      value: { total: { personTimes: 0, incidents: 1 }, departments: [{ of: { incidents: 1 } }, {}] },
    });
  });

  it('is told to the chief representative of each', () => {
    const open = confirmed(waiting);
    open
      .when('case.notify', { way: 'tablet', deliveredAt: at(20) }, Shou, at(20))
      .then({ type: 'case.noticed' });
  });

  it.each([
    ['one that is not registered', { area: 'area-nowhere' }, 'registry.unknown'],
    ['a department that answers for no part', { departments: ['department-centre'] }, 'assignment.outside'],
  ] as const)('is refused: %s', (_what, change, code) => {
    const fields = { ...waiting, subject: { ...waiting.subject, ...change } };
    givenIn(scene).when('case.report', fields, Xun, at(0)).refused(code);
  });
});

describe('a contractor', () => {
  it('answers as a department does: the lift is nobody in person', () => {
    const state = stateOf(confirmed({ ...lift, grid: 'grid-a' }));
    expect(state).toMatchObject({ department: 'contractor-lift', grid: 'grid-a' });
    expect(personsOf(state)).toEqual([]);
  });

  it('keeps its own record also for what happened at somebody else’s window', () => {
    expect(stateOf(reported({ ...lift, window: 'window-a01' }))).toMatchObject({
      department: 'contractor-lift',
      window: 'window-a01',
    });
  });

  it.each([
    ['nobody has registered', 'contractor-none', 'registry.unknown'],
    ['is a resident department', 'department-tax', 'case.subject-incomplete'],
  ] as const)('is refused when it %s', (_what, contractor, code) => {
    givenIn(scene)
      .when('case.report', { ...lift, subject: { kind: 'contractor', contractor } }, Xun, at(0))
      .refused(code);
  });
});

describe('somebody not yet known', () => {
  it('is neither confirmed nor settled until somebody says who', () => {
    const open = reported({ ...atDesk, subject: { kind: 'unidentified' } });
    open.when('case.confirm', verdict, Ge, at(5)).refused('case.person-unidentified');
    open
      .when('case.settleOnSpot', { clause: '3', said: '已提醒' }, Ge, at(5))
      .refused('case.person-unidentified');
    open
      .after('case.identify', { persons: ['chuang', 'staff-0102'], reason: '当班人员确认' }, Ban, at(6))
      .when('case.confirm', verdict, Ge, at(7))
      .then({ type: 'case.confirmed' });
  });

  it('may also turn out to be nobody in person', () => {
    reported({ ...atDesk, subject: { kind: 'unidentified' } })
      .after('case.reassign', { subject: { kind: 'window' }, reason: '窗口物品摆放,不涉及个人' }, Ge, at(6))
      .when('case.confirm', verdict, Ge, at(7))
      .then({ type: 'case.confirmed' });
  });
});

describe('reassignment', () => {
  it('names both, with the reason, and hears the right one from the beginning', () => {
    const told = counting().after('case.reassign', wrong, Ge, at(40));
    expect(told.house.journal.at(-1)?.event).toEqual({
      ...{ type: 'case.reassigned', v: 1, reason: { text: '录像显示为同窗口另一人员' } },
      ...{ from: atDesk.subject, subject: er, department: 'department-tax' },
    });
    const state = stateOf(told);
    expect(state).toMatchObject({ stage: 'reported', formerly: ['chuang'], decidedBefore: ['ge'] });
    expect(state).not.toHaveProperty('verdict');
    expect(countedCase(state)).toBeUndefined();
    told
      .after('case.confirm', verdict, Ge, at(50))
      .after('case.notify', { way: 'tablet', deliveredAt: at(60) }, Ge, at(60))
      .when('case.answer', { noObjection: true, answer: '无异议' }, Er, at(70))
      .then({ type: 'case.answered', persons: ['staff-0102'] });
  });

  it('lets the one named before read on, but neither answer nor appeal', () => {
    const told = counting()
      .after('case.reassign', wrong, Ge, at(40))
      .after('case.confirm', verdict, Ge, at(50))
      .after('case.notify', { way: 'tablet', deliveredAt: at(60) }, Ge, at(60));
    told
      .when('case.answer', { noObjection: true, answer: '无异议' }, Chuang, at(70))
      .refused('case.not-told');
    told.when('case.appeal', { grounds: '不是我' }, Chuang, at(70)).refused('case.not-told');
  });

  it('clears the first name when it was right after all', () => {
    const back = { subject: atDesk.subject, reason: '再次核对,原登记无误' };
    const state = stateOf(
      reported().after('case.reassign', wrong, Ge, at(1)).after('case.reassign', back, Ke, at(2)),
    );
    expect(state).toMatchObject({ subject: atDesk.subject, formerly: ['staff-0102'] });
  });

  it('goes from a person to the department, and takes the department of the day along', () => {
    const person = { ...anywhere, subject: { kind: 'persons', persons: ['staff-0104'] } };
    const state = stateOf(reported(person).after('case.reassign', { ...wrong }, Ke, at(1)));
    expect(state).toMatchObject({ department: 'department-tax', subject: er });
  });

  it('is refused to others, to those it is about, without change, and for what is closed', () => {
    reported().when('case.reassign', wrong, Gong, at(1)).refused('access.denied');
    reported().when('case.reassign', wrong, Xun, at(1)).refused('access.denied');
    const own = reported({ ...anywhere, grid: 'grid-a', subject: { kind: 'persons', persons: ['ge'] } });
    own.when('case.reassign', wrong, Ge, at(1)).refused('access.own-matter');
    reported()
      .when('case.reassign', { ...wrong, subject: atDesk.subject }, Ge, at(1))
      .refused('case.same-subject');
    reported()
      .when('case.reassign', { ...wrong, subject: { kind: 'persons', persons: ['staff-0104'] } }, Ge, at(1))
      .refused('assignment.outside');
    reported()
      .after('case.dismiss', { reason: '不属实' }, Ge, at(1))
      .when('case.reassign', wrong, Ge, at(2))
      .refused('case.wrong-stage');
  });

  it('lets nobody verify again what they reviewed, nor review it twice', () => {
    const upheld = { outcome: 'upheld', reason: '维持' };
    const again = counting()
      .after('case.appeal', { grounds: '不是我' }, Chuang, at(35))
      .after('case.decideAppeal', upheld, Ke, at(36))
      .after('case.reassign', wrong, Ge, at(40));
    expect(stateOf(again)).toMatchObject({ decidedBefore: ['ge'], reviewedBefore: ['ke'] });
    again.when('case.confirm', verdict, Ke, at(50)).refused('access.took-part');
    again.when('case.dismiss', { reason: '不属实' }, Ke, at(50)).refused('access.took-part');
    const asked = again
      .after('case.confirm', verdict, Ge, at(50))
      .after('case.notify', { way: 'tablet', deliveredAt: at(60) }, Ge, at(60))
      .after('case.appeal', { grounds: '也不是我' }, Er, at(70));
    asked.when('case.decideAppeal', upheld, Ke, at(80)).refused('access.took-part');
    asked.when('case.decideAppeal', upheld, Kang, at(80)).then({ type: 'case.appealDecided' });
  });

  it('of a reporter’s own slip is open to them where they lead the grid: another confirms', () => {
    const own = givenIn(scene)
      .after('case.report', atDesk, Ge, at(0))
      .after('case.reassign', wrong, Ge, at(1));
    own.when('case.confirm', verdict, Ge, at(2)).refused('access.own-report');
    own.when('case.confirm', verdict, Ke, at(2)).then({ type: 'case.confirmed' });
  });
});

describe('人次 and 起', () => {
  const subjects = [
    { kind: 'persons', persons: ['chuang'] },
    { kind: 'persons', persons: ['chuang', 'staff-0102'] },
    { kind: 'unidentified' },
    { kind: 'window' },
    { kind: 'area', area: 'area-waiting' },
    { kind: 'contractor', contractor: 'contractor-lift' },
  ];
  const step = fc.oneof(
    fc.record({ what: fc.constant('reassign' as const), to: fc.nat(subjects.length - 1) }),
    fc.record({ what: fc.constant('identify' as const) }),
    fc.record({ what: fc.constant('confirm' as const) }),
    fc.record({ what: fc.constant('dismiss' as const) }),
    fc.record({ what: fc.constant('spot' as const) }),
  );

  it('stay apart and right under any order of entries and corrections', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ of: fc.nat(subjects.length - 1), steps: fc.array(step, { maxLength: 6 }) }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        (cases, order) => {
          const house = paperHouse(scene);
          const ids = cases.map(({ of }) => {
            const done = house.send(
              'case.report',
              { ...atDesk, grid: 'grid-a', subject: subjects[of] },
              Xun,
              at(0),
            );
            if (!done.ok) throw new Error(done.problem.code);
            return done.value.ref.id;
          });
          const left = cases.map(({ steps }) => [...steps]);
          // Whoever comes next is chosen at random: steps of different cases stand in any order.
          for (const pick of order) {
            const open = left.flatMap((steps, index) => (steps.length > 0 ? [index] : []));
            const index = open[pick % Math.max(1, open.length)];
            const next = index === undefined ? undefined : left[index]?.shift();
            const id = ids[index ?? 0];
            if (!next || id === undefined) break;
            switch (next.what) {
              case 'reassign':
                house.send('case.reassign', { subject: subjects[next.to], reason: '更正' }, Ke, at(1), id);
                break;
              case 'identify':
                house.send('case.identify', { persons: ['chuang'], reason: '查明' }, Ban, at(1), id);
                break;
              case 'confirm':
                house.send('case.confirm', verdict, actorOf('kang'), at(1), id);
                break;
              case 'dismiss':
                house.send('case.dismiss', { reason: '不属实' }, Ke, at(1), id);
                break;
              case 'spot':
                house.send('case.settleOnSpot', { clause: '3', said: '已提醒' }, Ke, at(1), id);
                break;
            }
          }
          const states = ids.flatMap((id) => house.head('case', id) ?? []);
          const heard = states.flatMap((state) => {
            const one = countedCase(state);
            return one ? [{ ...one, counts: true }] : [];
          });
          const expected = { personTimes: 0, incidents: 0 };
          for (const state of states) {
            if (state.stage !== 'confirmed' && state.stage !== 'settledOnSpot') continue;
            expect(state.subject.kind).not.toBe('unidentified');
            if (state.subject.kind === 'persons') expected.personTimes += state.subject.persons.length;
            else expected.incidents += 1;
          }
          const facts = letterFactsOf({
            ...{ cases: heard, underReview: 0, sectionTalks: 0, directorTalks: 0 },
            ruleBook: () => ok(ruleBook),
            period: { from: '2026-11-01', to: '2026-11-30' },
          });
          expect(facts).toMatchObject({ ok: true, value: { total: expected } });
          const tallied = talliesOf(ruleBook, '2026-11', heard, [], []);
          const persons = tallied.filter(({ subject }) => 'person' in subject);
          expect(persons.reduce((sum, one) => sum + one.personTimes, 0)).toBe(expected.personTimes);
          expect(persons.every((one) => one.incidents === 0)).toBe(true);
        },
      ),
    );
  });
});
