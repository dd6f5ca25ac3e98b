// Who answers today for what happened under a department that ended: heirs of heirs, persons before windows, never a guess.
import { describe, expect, test } from 'vitest';
import { carriedOnBy, heirsOf, toldTo } from '../../shared/heirs.ts';
import { type RegistryEntry, registryOf } from '../../shared/people.ts';
import { centreEntry } from '../cast.ts';

const from = '2026-01-01';
const department = (id: string, more: object = {}): RegistryEntry => ({
  ...{ kind: 'department', id, name: id, employer: 'resident', from },
  ...more,
});
const until = '2026-06-30';
const registry = registryOf(1, [
  centreEntry,
  department('old', { until: '2026-03-31', successor: 'tax' }),
  department('tax', { until, successors: ['levy', 'fees'] }),
  department('rest', { until, successor: 'fees', successors: ['levy', 'fees'] }),
  department('round', { until, successor: 'round' }),
  department('levy'),
  department('fees'),
  department('other'),
  ...(['levy', 'fees', 'other'] as const).map(
    (of): RegistryEntry => ({
      ...{ kind: 'staff', id: `staff-${of}`, name: of, department: of, post: 'window', from },
      before: [{ department: 'tax', until }],
    }),
  ),
  {
    ...{ kind: 'window', id: 'window-1', number: '1', name: '1', grid: 'grid', department: 'levy', from },
    before: [{ grid: 'grid', department: 'tax', until }],
  },
]);
const [then, now] = ['2026-06-30', '2026-07-01'];
const matter = (of: string, persons: string[] = [], window?: string) => ({
  ...{ departments: [of], persons },
  window,
});

test('a department is its own heir until it ends, then whoever follows, however many steps on', () => {
  expect(heirsOf(registry.of, 'tax', then)).toEqual(['tax']);
  expect(heirsOf(registry.of, 'tax', now)).toEqual(['fees', 'levy']);
  expect(heirsOf(registry.of, 'old', then)).toEqual(['tax']);
  expect(heirsOf(registry.of, 'old', now)).toEqual(['fees', 'levy']);
  expect(heirsOf(registry.of, 'round', now)).toEqual([]);
  expect(heirsOf(registry.of, 'nobody', now)).toEqual(['nobody']);
  expect(carriedOnBy(registry, 'fees', now)).toEqual(['old', 'rest', 'tax']);
});

describe('after a split', () => {
  const told = (of: ReturnType<typeof matter>, on = now) =>
    (['levy', 'fees'] as const).map((to) => toldTo(registry, of, to, on));

  test('the person goes before the window, the window before the rest', () => {
    expect(told(matter('tax', ['staff-fees'], 'window-1'))).toEqual(['no', 'yes']);
    expect(told(matter('tax', ['staff-other'], 'window-1'))).toEqual(['yes', 'no']);
    expect(told(matter('rest', [], 'window-1'))).toEqual(['yes', 'no']);
    expect(told(matter('rest'))).toEqual(['no', 'yes']);
    expect(told(matter('old', ['staff-levy']))).toEqual(['yes', 'no']);
  });

  test('what cannot be told is told to nobody', () => {
    expect(told(matter('tax'))).toEqual(['unclear', 'unclear']);
    expect(told(matter('tax', ['staff-levy', 'staff-fees']))).toEqual(['unclear', 'unclear']);
    expect(told(matter('tax'), then)).toEqual(['no', 'no']);
    expect(told(matter('other'))).toEqual(['no', 'no']);
  });
});
