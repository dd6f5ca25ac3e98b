import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attendanceOf } from '../../shared/attendance.ts';
import type { LeaveKind, LeaveState } from '../../shared/leave.ts';
import { calendarOf, type RegistryEntry, registryOf } from '../../shared/people.ts';
import type { ServiceHours } from '../../shared/service-hours.ts';
import type { Stretch } from '../../shared/slip.ts';
import { instantAt, plusMinutes } from '../../shared/time.ts';
import { calendar, entries, registry } from '../cast.ts';

const month = '2026-11';
let made = 0;
const newId = (): string => {
  made += 1;
  return `leave-2026-11-${String(made).padStart(4, '0')}`;
};
const leave = (kind: LeaveKind, stretch: Stretch, change: Partial<LeaveState> = {}): LeaveState => ({
  id: newId(),
  stage: 'standing',
  person: 'chuang',
  department: 'department-tax',
  grids: ['grid-a'],
  imported: false,
  evidence: [],
  months: [month],
  filings: [{ at: '2026-11-01T00:00:00.000Z', by: 'shou', entry: { kind, stretch } }],
  ...change,
});
const days = (from: string, until = from, halves: object = {}): Stretch => ({
  kind: 'days',
  from,
  until,
  ...halves,
});
const monthOf = (leaves: LeaveState[], known = registry, person = 'chuang') => {
  const found = attendanceOf(
    { registry: known, calendar: calendarOf(known), slips: { leaves, covers: [] } },
    person,
    month,
  );
  if (!found.ok) throw new Error(found.problem.code);
  return found.value;
};
const withEntries = (...more: RegistryEntry[]) =>
  registryOf(1, [
    ...entries.filter((entry) => !more.some((one) => one.kind === entry.kind && one.id === entry.id)),
    ...more,
  ]);

describe('a month', () => {
  it('is all its working days without leave', () => {
    expect(monthOf([])).toMatchObject({ working: 21, onPost: 21, leave: { personal: 0 } });
    expect(
      attendanceOf({ registry, calendar, slips: { leaves: [], covers: [] } }, 'chuang', '2031-01'),
    ).toMatchObject({
      problem: { code: 'time.unknown-year' },
    });
  });

  it('loses days and half-days to leave, and none to days off within it', () => {
    // Friday to Monday: two working days.
    expect(monthOf([leave('sick', days('2026-11-13', '2026-11-16'))])).toMatchObject({
      onPost: 19,
      leave: { sick: 2 },
    });
    expect(
      monthOf([leave('personal', days('2026-11-13', '2026-11-13', { untilHalf: 'morning' }))]),
    ).toMatchObject({
      onPost: 20.5,
      leave: { personal: 0.5 },
    });
  });

  it('loses nothing to an hour out, and a half to a whole morning by the clock', () => {
    const out = (from: string, to: string) =>
      leave('out', { kind: 'clock', from: instantAt('2026-11-12', from), to: instantAt('2026-11-12', to) });
    expect(monthOf([out('09:30', '11:00')]).onPost).toBe(21);
    expect(monthOf([out('09:00', '12:00')]).onPost).toBe(20.5);
    expect(monthOf([out('09:00', '10:30'), out('10:30', '12:00')]).onPost).toBe(20.5);
  });

  it('counts 公出 as on post, and tells it apart', () => {
    expect(monthOf([leave('business', days('2026-11-12'))])).toMatchObject({
      onPost: 21,
      leave: { business: 1 },
    });
    const both = [leave('business', days('2026-11-12')), leave('sick', days('2026-11-12'))];
    expect(monthOf(both).onPost).toBe(20);
  });

  it('does not count one day twice, nor what was withdrawn or is somebody else’s', () => {
    const twice = [leave('sick', days('2026-11-12')), leave('personal', days('2026-11-12', '2026-11-13'))];
    expect(monthOf(twice)).toMatchObject({ onPost: 19, leave: { sick: 1, personal: 1 } });
    const gone = leave('sick', days('2026-11-12'));
    gone.filings.push({ at: '2026-11-02T00:00:00.000Z', by: 'ban', entry: null });
    expect(monthOf([gone, leave('sick', days('2026-11-12'), { person: 'staff-0102' })]).onPost).toBe(21);
  });

  it('is only the days in service of somebody who came or left', () => {
    const staff = {
      kind: 'staff',
      id: 'chuang',
      name: '庄窗',
      department: 'department-tax',
      post: 'window',
    } as const;
    const came = withEntries({ ...staff, from: '2026-11-16' });
    expect(monthOf([], came)).toMatchObject({ working: 21, onPost: 11 });
    const left = withEntries({ ...staff, from: '2026-01-01', until: '2026-11-06' });
    expect(monthOf([leave('sick', days('2026-11-05', '2026-11-09'))], left)).toMatchObject({
      onPost: 3,
      leave: { sick: 2 },
    });
  });

  it('takes a day that is worked in one half only as a whole one', () => {
    const friday: ServiceHours = {
      ...{ kind: 'hours', id: 'friday', service: 'regular', scope: { hall: 'hall-1' }, from: '2026-01-01' },
      ...{ spans: [{ from: '09:00', to: '12:00' }], weekdays: [5] },
    };
    const known = withEntries(friday);
    expect(monthOf([], known).onPost).toBe(21);
    expect(monthOf([leave('sick', days('2026-11-13'))], known)).toMatchObject({
      onPost: 20,
      leave: { sick: 1 },
    });
  });

  it('adds service on days off, for whoever is on duty', () => {
    const saturday: ServiceHours = {
      ...{
        kind: 'hours',
        id: 'saturday',
        service: 'extended',
        scope: { window: 'window-a01' },
        daysOff: true,
      },
      ...{ spans: [{ from: '09:00', to: '12:00' }], weekdays: [6], from: '2026-11-07', until: '2026-11-14' },
    };
    expect(monthOf([], withEntries(saturday)).onPost).toBe(22);
    expect(monthOf([], withEntries({ ...saturday, persons: ['staff-0102'] })).onPost).toBe(21);
    expect(monthOf([leave('sick', days('2026-11-14'))], withEntries(saturday)).onPost).toBe(21.5);
  });
});

const workday = fc.constantFrom('2026-11-11', '2026-11-12', '2026-11-13', '2026-11-16');
const someLeave = fc.record({
  kind: fc.constantFrom<LeaveKind>('personal', 'sick', 'business', 'out'),
  on: workday,
  start: fc.integer({ min: 0, max: 16 }),
  length: fc.integer({ min: 1, max: 40 }),
  withdrawn: fc.boolean(),
});

describe('days on post', () => {
  it('are what a half-hour by half-hour count says, in any order of entries', () => {
    fc.assert(
      fc.property(fc.array(someLeave, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (list, chance) => {
        const leaves = list.map(({ kind, on, start, length, withdrawn }) => {
          const from = plusMinutes(instantAt(on, '09:00'), start * 30);
          const one = leave(kind, { kind: 'clock', from, to: plusMinutes(from, length * 30) });
          if (withdrawn) one.filings.push({ at: '2026-11-02T00:00:00.000Z', by: 'ban', entry: null });
          return one;
        });
        // The independent count: half-hours of the four days in which nobody was away on any leave but 公出.
        const away = (at: string) =>
          list.some(({ kind, on, start, length, withdrawn }) => {
            const from = plusMinutes(instantAt(on, '09:00'), start * 30);
            return !withdrawn && kind !== 'business' && from <= at && at < plusMinutes(from, length * 30);
          });
        let expected = 17;
        for (const on of ['2026-11-11', '2026-11-12', '2026-11-13', '2026-11-16'])
          for (const half of [
            [0, 1, 2, 3, 4, 5],
            [9, 10, 11, 12, 13, 14, 15, 16],
          ])
            if (half.some((n) => !away(plusMinutes(instantAt(on, '09:00'), n * 30)))) expected += 0.5;
        // A leave that runs over night may reach a day that is not counted above.
        const spill = list.some(({ on, start, length }) => on === '2026-11-16' && start + length > 30);
        const told = monthOf(leaves);
        const shuffled = leaves
          .map((one) => ({ one, key: chance.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(monthOf(shuffled)).toEqual(told);
        if (!spill) expect(told.onPost).toBe(expected);
        expect(told.onPost).toBeLessThanOrEqual(told.working);
      }),
    );
  });
});
