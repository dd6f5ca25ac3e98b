// The demonstration centre: the reference scale to the head, the same every time, and acceptable batch by batch.
import { expect, test } from 'vitest';
import { campaignDays, demoCentre, movingDay } from '../../local/demo-centre.ts';
import { system } from '../../shared/access.ts';
import { isWorkday } from '../../shared/calendar.ts';
import {
  calendarOf,
  emptyRegistry,
  type RegistryEntry,
  registryEntry,
  registryOf,
  scoredStaff,
  staffAt,
  windowsOf,
} from '../../shared/people.ts';
import { ruleBook } from '../cast.ts';
import { paperHouse, type Scene } from '../given.ts';

const issuer = 'http://127.0.0.1:8787/issuer';
const { founding, batches, entries } = demoCentre(issuer);
const registry = registryOf(1, entries);
const count = (kind: RegistryEntry['kind']): number => registry.of[kind].size;
const holders = (role: string): string[] =>
  [...registry.of.grant.values()].filter((grant) => grant.role === role).map((grant) => grant.person);

test('has the reference scale: 2 halls, 4 grids, 40 departments, 120 windows, 268 window staff', () => {
  expect([count('hall'), count('grid'), count('department'), count('window')]).toEqual([2, 4, 40, 120]);
  for (const month of ['01', '02', '03', '04', '05', '06'])
    expect(scoredStaff(registry, `2026-${month}-01`, `2026-${month}-28`)).toHaveLength(268);
  for (const grid of registry.of.grid.keys())
    expect([...registry.of.window.values()].filter((window) => window.grid === grid)).toHaveLength(30);
  expect([...registry.of.department.values()].filter((one) => one.employer === 'contractor')).toHaveLength(2);
});

test('has everybody the half-year needs, and a chief representative and a liaison for every department', () => {
  const wanted = { gridLeader: 5, inspector: 2, videoSupervisor: 1, thirdParty: 1, clerk: 2, sectionHead: 2 };
  for (const [role, number] of Object.entries(wanted)) expect(holders(role), role).toHaveLength(number);
  for (const role of ['director', 'chief', 'auditor', 'admin']) expect(holders(role), role).toHaveLength(1);
  expect(holders('staff')).toHaveLength(268);
  for (const department of registry.of.department.keys()) {
    const word = department.replace('department-', '');
    expect(registry.of.grant.get(`shou-${word}-chiefrepresentative`)).toMatchObject({ department });
    expect(registry.of.grant.get(`lian-${word}-liaison`)).toMatchObject({ department });
  }
});

test('seats everybody at a window of their department; some share, some serve two, some move', () => {
  const people = scoredStaff(registry, '2026-01-01', '2026-06-30');
  for (const person of people)
    for (const day of ['2026-01-05', '2026-05-06']) {
      const windows = windowsOf(registry, person.id, day);
      expect(windows.length, person.id).toBeGreaterThan(0);
      for (const window of windows)
        expect(registry.of.window.get(window)?.department).toBe(person.department);
    }
  const shared = [...registry.of.window.keys()].map(
    (window) => staffAt(registry, window, '2026-01-05').length,
  );
  expect(shared.filter((one) => one === 0)).toEqual([]);
  expect(shared.filter((one) => one > 1).length).toBeGreaterThan(60);
  const two = people.filter((person) => windowsOf(registry, person.id, '2026-01-05').length > 1);
  expect(two.length).toBeGreaterThan(5);
  const moved = people.filter(
    (person) =>
      windowsOf(registry, person.id, '2026-03-31').join() !==
      windowsOf(registry, person.id, movingDay).join(),
  );
  expect(moved.length).toBeGreaterThan(3);
});

test('has people of one name and rare characters in names', () => {
  const names = scoredStaff(registry, '2026-01-01', '2026-01-31').map((person) => person.name);
  expect(new Set(names).size).toBe(265);
  for (const rare of ['堃', '祎', '玥'])
    expect(names.filter((name) => name.includes(rare)).length, rare).toBeGreaterThan(0);
});

test('knows the working days of the half-year and the campaign', () => {
  const calendar = calendarOf(registry);
  expect(isWorkday(calendar, '2026-02-17')).toEqual({ ok: true, value: false });
  expect(isWorkday(calendar, '2026-07-06')).toEqual({ ok: true, value: true });
  expect(registry.of.campaign.get('campaign-2026')).toMatchObject(campaignDays);
  expect(registry.centre.videoLegalBasis).not.toBe('');
});

test('every entry parses, every id is used once, every account is at the issuer', () => {
  for (const entry of entries) expect(registryEntry.parse(entry)).toEqual(entry);
  expect(new Set(entries.map((entry) => `${entry.kind}:${entry.id}`)).size).toBe(entries.length);
  for (const account of registry.of.account.values())
    expect(account).toMatchObject({ issuer, subject: account.person });
});

test('is the same every time', () => {
  expect(demoCentre(issuer)).toEqual({ founding, batches, entries });
});

test('is founded and entered batch by batch, each acceptable as it comes', () => {
  const nothing = emptyRegistry('demo');
  const scene: Scene = {
    registry: nothing,
    calendar: calendarOf(nothing),
    ruleBook: () => ({ ok: true, value: ruleBook }),
  };
  const house = paperHouse(scene);
  const now = '2025-12-29T01:00:00.000Z';
  expect(house.send('centre.found', founding, system, now)).toMatchObject({ ok: true });
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(30);
    const guan = { person: 'guan', grants: house.registry().grantsByPerson.get('guan') ?? [], system: false };
    expect(house.send('registry.enter', { entries: batch }, guan, now)).toMatchObject({ ok: true });
  }
  for (const kind of Object.values(registry.of))
    for (const entry of kind.values()) expect(house.registry().of[entry.kind].get(entry.id)).toEqual(entry);
}, 60_000);
