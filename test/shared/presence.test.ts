import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, type RegistryEntry, registryOf } from '../../shared/people.ts';
import { excuseOf, momentsOf, presenceAt, type Roster, type Slips } from '../../shared/presence.ts';
import type { ServiceHours } from '../../shared/service-hours.ts';
import { instantAt, plusMinutes } from '../../shared/time.ts';
import { Ban, calendar, entries, Ge, Ke, registry, Shou, wednesday, Xun } from '../cast.ts';
import { given, type PaperHouse } from '../given.ts';

const day = '2026-11-18';
const clock = (time: string) => instantAt(day, time);
const at = (minutes: number) => plusMinutes(wednesday, minutes);
const days = (from: string, until: string, halves: object = {}) => ({ kind: 'days', from, until, ...halves });
const from = (start: string, end: string) => ({ kind: 'clock', from: clock(start), to: clock(end) });
const leave = (person: string, stretch: object, kind = 'personal') => ({ person, kind, stretch });
const cover = (person: string, stretch: object, change: object = {}) => ({
  ...{ window: 'window-a01', person, way: 'standIn', stretch },
  ...change,
});

const slipsIn = (house: PaperHouse): Slips => {
  const ids = [...new Set(house.journal.map(({ stream }) => stream))];
  return {
    leaves: ids.flatMap((id) => (id.startsWith('leave-') ? (house.head('leave', id) ?? []) : [])),
    covers: ids.flatMap((id) => (id.startsWith('cover-') ? (house.head('cover', id) ?? []) : [])),
  };
};
const rosterIn = (house: PaperHouse, change: Partial<Roster> = {}): Roster => ({
  ...{ registry, calendar, slips: slipsIn(house) },
  ...change,
});
const ask = (roster: Roster, time: string, window = 'window-a01') => {
  const found = presenceAt(roster, window, clock(time));
  if (!found.ok) throw new Error(found.problem.code);
  return found.value;
};
const nobodyFiled = { registry, calendar, slips: { leaves: [], covers: [] } };

describe('who should have sat there', () => {
  it('is everybody assigned, while the window is open', () => {
    expect(ask(nobodyFiled, '10:20')).toMatchObject({
      opening: { open: true, why: 'regular' },
      should: [
        { person: 'chuang', by: { kind: 'assignment', id: 'chuang-window-a01' } },
        { person: 'staff-0102', by: { kind: 'assignment', id: 'staff-0102-window-a01' } },
      ],
      did: ['chuang', 'staff-0102'],
    });
    expect(ask(nobodyFiled, '12:20')).toMatchObject({ opening: { open: false }, should: [], did: [] });
  });

  it('is refused for a window that is none and a year nobody entered', () => {
    expect(presenceAt(nobodyFiled, 'window-z99', clock('10:00'))).toMatchObject({
      problem: { code: 'registry.unknown' },
    });
    expect(presenceAt(nobodyFiled, 'window-a01', instantAt('2031-01-08', '10:00'))).toMatchObject({
      problem: { code: 'time.unknown-year' },
    });
  });

  it('follows rotation by weekday and half-day, and whoever is on duty at noon', () => {
    const rota = (id: string, staff: string, change: object): RegistryEntry => ({
      ...{ kind: 'assignment', id, staff, window: 'window-d01', from: '2026-01-01' },
      ...change,
    });
    const noon: ServiceHours = {
      ...{ kind: 'hours', id: 'noon', service: 'noonDuty', scope: { hall: 'hall-2' } },
      ...{ spans: [{ from: '12:00', to: '13:30' }], persons: ['staff-0107'], from: '2026-01-01' },
    };
    const known = registryOf(1, [
      ...entries.filter((entry) => entry.id !== 'staff-0108-window-d01'),
      rota('one', 'staff-0106', { half: 'morning' }),
      rota('two', 'staff-0108', { half: 'afternoon', weekdays: [3] }),
      rota('three', 'staff-0104', { weekdays: [2] }),
      noon,
    ]);
    const roster = { ...nobodyFiled, registry: known, calendar: calendarOf(known) };
    expect(ask(roster, '10:00', 'window-d01').did).toEqual(['staff-0106']);
    expect(ask(roster, '15:00', 'window-d01').did).toEqual(['staff-0108']);
    expect(ask(roster, '12:30', 'window-d01')).toMatchObject({
      should: [{ person: 'staff-0107', by: { kind: 'duty', id: 'noon' } }],
    });
  });
});

describe('who did', () => {
  it('leaves out who was on leave and counts who covered, with the slips it rests on', () => {
    const told = given()
      .after('leave.file', leave('chuang', days(day, day, { untilHalf: 'morning' }), 'sick'), Shou, at(-90))
      .after('cover.file', cover('staff-0103', from('10:00', '11:00'), { absent: 'chuang' }), Shou, at(-80));
    const roster = rosterIn(told.house);
    expect(ask(roster, '10:20')).toMatchObject({
      should: [
        { person: 'chuang', away: { kind: 'leave', leave: 'sick', late: false } },
        { person: 'staff-0102' },
      ],
      covering: [{ person: 'staff-0103', absent: 'chuang' }],
      did: ['staff-0102', 'staff-0103'],
    });
    expect(ask(roster, '11:20').did).toEqual(['staff-0102']);
    expect(ask(roster, '14:00').did).toEqual(['chuang', 'staff-0102']);
    expect(ask(roster, '10:20', 'window-a02')).toMatchObject({
      should: [{ person: 'staff-0103', away: { kind: 'elsewhere', window: 'window-a01' } }],
      did: [],
    });
  });

  it('leaves out a deputy who was on leave too', () => {
    const told = given()
      .after('cover.file', cover('staff-0103', from('10:00', '11:00')), Shou, at(-80))
      .after('leave.file', leave('staff-0103', days(day, day)), Shou, at(-70));
    expect(ask(rosterIn(told.house), '10:20')).toMatchObject({
      covering: [{ person: 'staff-0103', away: { kind: 'leave' } }],
      did: ['chuang', 'staff-0102'],
    });
  });

  it('tells leave that was filed after the moment, or after the finding, as 事后补报', () => {
    const told = given().after('leave.file', leave('chuang', days(day, day)), Shou, clock('11:00'));
    const away = (change: Partial<Roster>) => ask(rosterIn(told.house, change), '10:20').should[0]?.away;
    expect(away({})).toMatchObject({ late: true, filedAt: clock('11:00') });
    expect(away({ knownAt: clock('10:59') })).toMatchObject({ late: true });
    expect(away({ knownAt: clock('11:00') })).toMatchObject({ late: false });
  });

  it('judges a correction by what stood before: shortened leave was in time, stretched leave is late', () => {
    const told = given()
      .after('leave.file', leave('chuang', from('10:00', '12:00')), Shou, at(-90))
      .after('leave.correct', { stretch: from('09:00', '11:00'), reason: '提前' }, Shou, clock('11:30'));
    const roster = rosterIn(told.house);
    expect(ask(roster, '10:30').should[0]?.away).toMatchObject({ late: false, filedAt: at(-90) });
    expect(ask(roster, '09:30').should[0]?.away).toMatchObject({ late: true, filedAt: clock('11:30') });
    expect(ask(roster, '11:30').should[0]?.away).toBeUndefined();
  });

  it('takes the leave that was in time where two say the same', () => {
    const told = given()
      .after('leave.file', leave('chuang', days(day, day), 'out'), Shou, clock('11:00'))
      .after('leave.file', leave('chuang', days(day, day), 'sick'), Ban, at(-90));
    expect(ask(rosterIn(told.house), '10:20').should[0]?.away).toMatchObject({ leave: 'sick', late: false });
  });
});

describe('an empty seat', () => {
  const chuang = { window: 'window-a01', persons: ['chuang'] };
  const span = (start: string, end: string) => ({ from: clock(start), to: clock(end) });

  it('is excused through the whole of its time, or not at all', () => {
    const told = given().after('leave.file', leave('chuang', from('10:00', '11:00')), Shou, at(-90));
    const roster = rosterIn(told.house);
    expect(excuseOf(roster, { ...chuang, ...span('10:10', '10:50') })).toMatchObject({
      why: 'away',
      late: false,
    });
    expect(excuseOf(roster, { ...chuang, ...span('10:10', '11:10') })).toBeUndefined();
    expect(excuseOf(roster, { ...chuang, ...span('09:50', '10:50') })).toBeUndefined();
    expect(
      excuseOf(roster, { ...chuang, persons: ['chuang', 'staff-0102'], ...span('10:10', '10:10') }),
    ).toBe(undefined);
  });

  it('is excused while the window is closed', () => {
    expect(excuseOf(nobodyFiled, { ...chuang, ...span('12:10', '13:00') })).toEqual({
      ...{ why: 'closed', late: false, slips: [] },
    });
    expect(excuseOf(nobodyFiled, { persons: ['chuang'], ...span('12:10', '13:00') })).toMatchObject({
      why: 'closed',
    });
    expect(excuseOf(nobodyFiled, { ...chuang, ...span('11:50', '12:10') })).toBeUndefined();
    expect(momentsOf(nobodyFiled, { window: 'window-a01', ...span('11:50', '12:10') })).toEqual([
      clock('11:50'),
      clock('12:00'),
    ]);
  });

  it('of a window nobody is named at needs everybody away, the deputy too', () => {
    const window = { window: 'window-a01', persons: [], ...span('10:10', '10:20') };
    const one = given().after('leave.file', leave('chuang', days(day, day)), Shou, at(-90));
    expect(excuseOf(rosterIn(one.house), window)).toBeUndefined();
    const both = one.after('leave.file', leave('staff-0102', days(day, day)), Shou, at(-80));
    expect(excuseOf(rosterIn(both.house), window)?.slips).toHaveLength(2);
    const covered = both.after('cover.file', cover('staff-0103', days(day, day)), Shou, at(-70));
    expect(excuseOf(rosterIn(covered.house), window)).toBeUndefined();
  });
});

describe('confirming an empty seat', () => {
  const finding = (change: object = {}) => ({
    violation: 'DIS-LATE',
    source: 'patrol',
    happened: { from: clock('10:20'), to: clock('10:20'), doubtSeconds: 0 },
    window: 'window-a01',
    subject: { kind: 'persons', persons: ['chuang'] },
    description: '窗口无人',
    ...change,
  });
  const verdict = { severity: 'minor', clause: '1', minutes: 10, reason: '现场核实' };
  const filed = (told: ReturnType<typeof given>, minutes: number) =>
    told.after('leave.file', leave('chuang', days(day, day)), Shou, at(minutes));
  const reported = (told: ReturnType<typeof given>, change: object = {}) =>
    told.after('case.report', finding(change), Xun, clock('10:30'));

  it('is refused when leave was in the register, also on the spot', () => {
    const told = reported(filed(given(), -90));
    told.when('case.confirm', verdict, Ge, clock('15:00')).refused('case.excused');
    told.when('case.confirm', { ...verdict, despite: '不认可' }, Ge, clock('15:00')).refused('case.excused');
    told.when('case.settleOnSpot', { clause: '1', said: '提醒' }, Ge, clock('15:00')).refused('case.excused');
    told.when('case.dismiss', { reason: '当日请假' }, Ge, clock('15:00')).then({ type: 'case.dismissed' });
  });

  it('asks why leave filed after the finding is not accepted', () => {
    const told = reported(given());
    const { id } = told;
    const late = told.after('leave.file', leave('chuang', days(day, day)), Shou, clock('14:00'));
    late.when('case.confirm', verdict, Ge, clock('15:00'), id).refused('case.leave-filed-late');
    late
      .when('case.confirm', { ...verdict, despite: '监控显示在大厅内闲聊' }, Ke, clock('15:00'), id)
      .then({ type: 'case.confirmed', despite: { text: '监控显示在大厅内闲聊' } });
  });

  it('is refused outside the hours of the window', () => {
    const noon = { happened: { from: clock('12:20'), to: clock('12:20'), doubtSeconds: 0 } };
    given()
      .after('case.report', finding(noon), Xun, clock('12:30'))
      .when('case.confirm', verdict, Ge, clock('15:00'))
      .refused('case.excused');
  });

  it('is none of the business of other findings', () => {
    const phone = reported(filed(given(), -90), { violation: 'DIS-PHONE' });
    const result = phone.when('case.confirm', { ...verdict, clause: '2' }, Ge, clock('15:00')).result;
    expect(result).not.toMatchObject({ problem: { code: 'case.excused' } });
  });
});

/** One slip of one person, half-hours of the day from 09:00 on, corrected and withdrawn in this order. */
interface Told {
  kind: 'leave' | 'cover';
  person: string;
  window: string;
  steps: ({ from: number; to: number } | 'withdrawn')[];
}
const people = ['chuang', 'staff-0102', 'staff-0103'];
const halfHours = fc
  .tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 6 }))
  .map(([start, length]) => ({ from: start, to: start + length }));
const someSlip: fc.Arbitrary<Told> = fc
  .record({
    kind: fc.constantFrom('leave' as const, 'cover' as const),
    person: fc.constantFrom(...people),
    window: fc.constantFrom('window-a01', 'window-a02'),
    spans: fc.array(halfHours, { minLength: 1, maxLength: 3 }),
    withdrawn: fc.boolean(),
  })
  .map(({ kind, person, window, spans, withdrawn }) => ({
    ...{ kind, person, window },
    steps: withdrawn ? [...spans, 'withdrawn' as const] : spans,
  }));
const half = (n: number) => plusMinutes(clock('09:00'), n * 30);
const stretchOf = ({ from: start, to }: { from: number; to: number }) => ({
  ...{ kind: 'clock', from: half(start), to: half(to) },
});

/** Independent count: who sat at a window in a half-hour, by the last word of every slip. */
const satAt = (slips: readonly Told[], window: string, n: number): string[] => {
  if (n === 6 || n === 7 || n === 8 || n >= 17) return [];
  const standing = slips.flatMap((one) => {
    const last = one.steps.at(-1);
    return last === undefined || last === 'withdrawn' || n < last.from || n >= last.to ? [] : [one];
  });
  const onLeave = (person: string) => standing.some((one) => one.kind === 'leave' && one.person === person);
  const seats: Record<string, string[]> = {
    'window-a01': ['chuang', 'staff-0102'],
    'window-a02': ['staff-0103'],
  };
  const regular = (seats[window] ?? []).filter(
    (person) =>
      !onLeave(person) &&
      !standing.some((one) => one.kind === 'cover' && one.person === person && one.window !== window),
  );
  const deputies = standing.flatMap((one) =>
    one.kind === 'cover' && one.window === window && !onLeave(one.person) ? [one.person] : [],
  );
  return [...new Set([...regular, ...deputies])].sort();
};

describe('the answer', () => {
  it('is what an independent count says, in any order of entries and corrections', () => {
    fc.assert(
      fc.property(fc.array(someSlip, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (slips, chance) => {
        const { house } = given();
        // Every slip keeps its own order; between slips any order will do.
        const left = slips.map((slip) => ({ slip, next: 0, id: '' }));
        let minute = 0;
        for (;;) {
          const open = left.filter(({ slip, next }) => next < slip.steps.length);
          const one = open[chance.next().value % Math.max(1, open.length)];
          if (!one) break;
          const { slip } = one;
          const step = slip.steps[one.next];
          one.next += 1;
          minute += 1;
          const now = plusMinutes(clock('06:00'), minute);
          const send = (verb: string, fields: object) => {
            const done = house.send(`${slip.kind}.${verb}`, fields, Ban, now, one.id);
            if (!done.ok) throw new Error(done.problem.code);
            one.id = done.value.ref.id;
          };
          if (step === 'withdrawn') send('withdraw', { reason: '误报' });
          else if (step && one.id !== '') send('correct', { stretch: stretchOf(step), reason: '更正' });
          else if (step && slip.kind === 'leave') send('file', leave(slip.person, stretchOf(step)));
          else if (step) send('file', cover(slip.person, stretchOf(step), { window: slip.window }));
        }
        const { leaves, covers } = slipsIn(house);
        const roster = rosterIn(house);
        const reversed = rosterIn(house, {
          slips: { leaves: leaves.toReversed(), covers: covers.toReversed() },
        });
        for (const window of ['window-a01', 'window-a02'])
          for (let n = 0; n < 20; n += 1) {
            const found = presenceAt(roster, window, half(n));
            expect(presenceAt(reversed, window, half(n))).toEqual(found);
            // In the break nobody should sit there; a cover of that time is still told.
            if (!found.ok || !found.value.opening.open) continue;
            expect(found.value.did).toEqual(satAt(slips, window, n));
          }
      }),
      { numRuns: 60 },
    );
  });
});
