import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { departmentNameOn, departmentOn, gridsOn, heirOf, placeOn, windowsOf } from '../../shared/people.ts';
import { entered, registryRef } from '../../shared/registry.ts';
import { scoredIn } from '../../shared/scored.ts';
import { plusDays } from '../../shared/time.ts';
import { actorOf, Ban, entries, everybody, wednesday, Xun } from '../cast.ts';
import { given } from '../given.ts';

/** Everything the cast's hall holds, entered as heads of their own. */
const stored = () =>
  given(
    ...entries.map((entry) => ({
      ref: registryRef(entry),
      event: entered(entry),
      by: { person: 'system', role: 'system' as const },
      at: wednesday,
    })),
  );
const change = (fields: object, told = stored()) =>
  told.after('registry.change', { change: fields }, Ban, wednesday);
const move = {
  ...{ kind: 'moveStaff', staff: 'chuang', department: 'department-social', from: '2026-11-16' },
  ...{ ends: ['chuang-window-a01'], windows: ['window-b01'] },
};
const merger = {
  ...{ kind: 'mergeDepartments', departments: ['department-tax'], into: 'department-social' },
  from: '2026-11-16',
};

describe('somebody who moves in mid-month', () => {
  it('belongs to each department and window on its days', () => {
    const registry = change(move).house.registry();
    expect(departmentOn(registry, 'chuang', '2026-11-15')).toBe('department-tax');
    expect(departmentOn(registry, 'chuang', '2026-11-16')).toBe('department-social');
    expect(windowsOf(registry, 'chuang', '2026-11-15')).toEqual(['window-a01']);
    expect(windowsOf(registry, 'chuang', '2026-11-16')).toEqual(['window-b01']);
    expect(scoredIn(registry, '2026-11').find((one) => one.person === 'chuang')).toEqual({
      ...{ person: 'chuang', department: 'department-social' },
      ...{ grids: ['grid-a', 'grid-b'], windows: ['window-a01', 'window-b01'] },
    });
    expect(scoredIn(registry, '2026-10').find((one) => one.person === 'chuang')?.department).toBe(
      'department-tax',
    );
  });

  it('is found at fault where they were that day', () => {
    const told = change(move);
    const finding = (day: string, window: string) => ({
      ...{ violation: 'DIS-PHONE', source: 'patrol', window, description: '使用手机' },
      happened: { from: `${day}T02:00:00.000Z`, to: `${day}T02:00:00.000Z`, doubtSeconds: 0 },
      subject: { kind: 'persons', persons: ['chuang'] },
    });
    told
      .when('case.report', finding('2026-11-13', 'window-a01'), Xun, wednesday)
      .then({ type: 'case.reported', department: 'department-tax', grid: 'grid-a' });
    told
      .when('case.report', finding('2026-11-17', 'window-b01'), Xun, wednesday)
      .then({ type: 'case.reported', department: 'department-social', grid: 'grid-b' });
    told
      .when('case.report', finding('2026-11-17', 'window-a01'), Xun, wednesday)
      .refused('assignment.outside');
  });

  it('keeps the earlier department when the entry is entered anew', () => {
    const told = change(move);
    const again = {
      kind: 'staff',
      id: 'chuang',
      name: '庄小窗',
      department: 'department-social',
      post: 'window',
    };
    const after = told.after(
      'registry.enter',
      { entries: [{ ...again, from: '2026-01-01' }] },
      Ban,
      wednesday,
    );
    const registry = after.house.registry();
    expect(registry.of.staff.get('chuang')?.name).toBe('庄小窗');
    expect(departmentOn(registry, 'chuang', '2026-11-15')).toBe('department-tax');
  });
});

describe('a grid that is cut anew', () => {
  it('has the window from that day on, and not before', () => {
    const registry = change({
      ...{ kind: 'moveWindow', window: 'window-a01', grid: 'grid-b', from: '2026-11-16' },
    }).house.registry();
    expect(placeOn(registry, 'window-a01', '2026-11-15')?.grid).toBe('grid-a');
    expect(placeOn(registry, 'window-a01', '2026-11-16')?.grid).toBe('grid-b');
    expect(gridsOn(registry, 'chuang', '2026-11-16')).toEqual(['grid-b']);
  });
});

describe('a department', () => {
  it('bears each name on its days', () => {
    const rename = { kind: 'renameDepartment', department: 'department-tax', name: '市税务和财政局' };
    const registry = change({ ...rename, from: '2026-07-01' }).house.registry();
    expect(departmentNameOn(registry, 'department-tax', '2026-06-30')).toBe('市税务局');
    expect(departmentNameOn(registry, 'department-tax', '2026-07-01')).toBe('市税务和财政局');
  });

  it('that is merged hands people, windows and business to its heir from that day on', () => {
    const registry = change(merger).house.registry();
    expect(heirOf(registry.of, 'department-tax', '2026-11-15')).toBe('department-tax');
    expect(heirOf(registry.of, 'department-tax', '2026-11-16')).toBe('department-social');
    expect(departmentOn(registry, 'chuang', '2026-11-16')).toBe('department-social');
    expect(placeOn(registry, 'window-a01', '2026-11-15')?.department).toBe('department-tax');
    expect(placeOn(registry, 'window-a01', '2026-11-16')?.department).toBe('department-social');
  });

  it('lets whoever acts for the heir act for what it took over', () => {
    const grant = {
      kind: 'grant',
      id: 'heir',
      person: 'wai',
      role: 'chiefRepresentative',
      from: '2026-01-01',
    };
    const told = stored().after(
      'registry.enter',
      { entries: [{ ...grant, department: 'department-social' }] },
      everybody.Guan,
      wednesday,
    );
    const leave = {
      person: 'chuang',
      kind: 'sick',
      stretch: { kind: 'days', from: '2026-11-12', until: '2026-11-12' },
    };
    const as = (house: typeof told.house) => actorOf('wai', house.registry());
    told.when('leave.file', leave, as(told.house), wednesday).refused('access.denied');
    const after = change(merger, told);
    after
      .when('leave.file', leave, as(after.house), wednesday)
      .then({ type: 'leave.filed', department: 'department-tax' });
  });

  it.each([
    ['a heir that is itself', { ...merger, into: 'department-tax' }, 'registry.unknown'],
    ['a department that is none', { ...merger, departments: ['ghost'] }, 'registry.unknown'],
    ['a person who is none', { ...move, staff: 'ghost' }, 'registry.unknown'],
    ['somebody else’s seat', { ...move, ends: ['staff-0102-window-a01'] }, 'registry.unknown'],
    ['a window that is none', { ...move, windows: ['window-z99'] }, 'registry.unknown'],
    ['a move before they came', { ...move, from: '2025-12-01' }, 'registry.change-order'],
  ] as const)('refuses %s', (_what, fields, code) => {
    stored().when('registry.change', { change: fields }, Ban, wednesday).refused(code);
  });

  it('changes in order: nothing is moved to before the last move', () => {
    const told = change(move);
    const back = { ...move, department: 'department-tax', ends: [], windows: [], from: '2026-11-10' };
    told.when('registry.change', { change: back }, Ban, wednesday).refused('registry.change-order');
  });
});

describe('any moves', () => {
  it('leave every earlier day as it was', () => {
    const departments = ['department-tax', 'department-social', 'department-centre'];
    const step = fc.record({ days: fc.integer({ min: 1, max: 40 }), to: fc.constantFrom(...departments) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let told = stored();
        let from = '2026-02-01';
        let last = 'department-tax';
        const expected: { from: string; department: string }[] = [{ from: '2026-01-01', department: last }];
        for (const { days, to } of steps) {
          from = plusDays(from, days);
          if (to === last) continue;
          told = change({ kind: 'moveStaff', staff: 'chuang', department: to, from }, told);
          last = to;
          expected.push({ from, department: to });
        }
        for (let on = '2026-01-15'; on < '2026-11-01'; on = plusDays(on, 3))
          expect(departmentOn(told.house.registry(), 'chuang', on)).toBe(
            expected.findLast((one) => one.from <= on)?.department,
          );
      }),
      { numRuns: 40 },
    );
  });
});
