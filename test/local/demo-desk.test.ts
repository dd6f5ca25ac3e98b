// The demonstration's complaint desk: every step is one the house takes, on whatever day of the month it is seeded.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demoCentre } from '../../local/demo-centre.ts';
import { type DeskStep, deskCommandId, deskOfPastMonth, deskOfRunningMonth } from '../../local/demo-desk.ts';
import { roundOn } from '../../local/demo-life.ts';
import { workdaysOf } from '../../shared/calendar.ts';
import { calendarOf, registryOf } from '../../shared/people.ts';
import { ok } from '../../shared/problems.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { instantAt, plusMinutes } from '../../shared/time.ts';
import { actorOf } from '../cast.ts';
import { paperHouse, type Scene } from '../given.ts';

const registry = registryOf(1, demoCentre('http://127.0.0.1:8787/issuer').entries);
const calendar = calendarOf(registry);
const scene: Scene = { registry, calendar, ruleBook: () => ok(referenceHall) };
const daysOf = (month: string): string[] => {
  const days = workdaysOf(calendar, month);
  if (!days.ok) throw new Error(days.problem.code);
  return days.value;
};

/** Plays what lies before `until`, in the order of time, and answers where complaints and praise stand. */
const played = (steps: readonly DeskStep[], until: string) => {
  const house = paperHouse(scene);
  for (const { who, type, at, key, target, fields } of [...steps].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (at > until) continue;
    const done = house.send(type, fields, actorOf(who, registry), at, target, deskCommandId(key));
    if (!done.ok) throw new Error(`${key} ${type}: ${JSON.stringify(done.problem)}`);
  }
  const stages = (kind: 'complaint' | 'bonus' | 'case'): string[] =>
    [...new Set(house.journal.flatMap(({ ref }) => (ref.kind === kind ? [ref.id] : [])))]
      .map((id) => house.head(kind, id)?.stage ?? '')
      .sort();
  return { house, complaints: stages('complaint'), praise: stages('bonus'), cases: stages('case') };
};

describe('the desk of the demonstration', () => {
  test('has filed last month’s complaints, one with a finding', () => {
    const { steps, finding } = deskOfPastMonth(registry, '2026-10', daysOf('2026-10'));
    const past = played(steps, instantAt('2026-10-31', '18:00'));
    expect(past.complaints).toEqual(['archived', 'archived']);
    expect(past.cases).toEqual(['reported']);
    expect(past.house.head('case', finding?.id ?? '')).toMatchObject({ source: 'complaint' });
    expect(past.praise).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed', 'merged']);
  });

  test('has this month’s at every stage', () => {
    const days = daysOf('2026-11').filter((day) => day <= '2026-11-20');
    const now = played(deskOfRunningMonth(registry, '2026-11', days), instantAt('2026-11-20', '18:00'));
    expect(now.complaints).toEqual(['accepted', 'decided', 'received', 'transferred']);
  });

  test('can be seeded on any day', () => {
    for (const month of ['2026-01', '2026-02', '2026-10', '2026-11'])
      for (const [index, day] of daysOf(month).entries()) {
        const days = daysOf(month).slice(0, index + 1);
        expect(() =>
          played(deskOfRunningMonth(registry, month, days), instantAt(day, '10:01')),
        ).not.toThrow();
      }
    expect(deskOfRunningMonth(registry, '2026-11', [])).toEqual([]);
  });
});

test('the demonstration’s round of today is walked only when it is over, at whatever hour the hall is opened', () => {
  fc.assert(
    fc.property(fc.nat(22), fc.nat(23 * 60), (nth, minute) => {
      const now = plusMinutes(instantAt('2026-11-23', '00:00'), minute);
      const start = roundOn('2026-11-23', nth, now);
      if (start !== undefined) expect(plusMinutes(start, 48) <= now).toBe(true);
    }),
  );
  expect(roundOn('2026-11-23', 15, instantAt('2026-11-23', '11:20'))).toBeUndefined();
  expect(roundOn('2026-11-23', 15, instantAt('2026-11-23', '17:00'))).toBe(instantAt('2026-11-23', '14:20'));
  expect(roundOn('2026-11-23', 16, instantAt('2026-11-23', '11:20'))).toBe(instantAt('2026-11-23', '09:40'));
});
