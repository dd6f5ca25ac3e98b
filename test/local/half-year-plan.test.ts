// The plan of the half-year: the facts give the reference hall's figures, and every deed is one that its doer may do by
// its date. Whether the platform agrees is the story's matter (test/stories/half-year.test.ts).
import { expect, test } from 'vitest';
import { months } from '../../local/half-year-facts.ts';
import { caseIdOf, plannedHalfYear } from '../../local/half-year-plan.ts';
import { isOpenAt, isWorkday } from '../../shared/calendar.ts';
import { calendarOf, staffAt, windowsOf } from '../../shared/people.ts';
import { clausesFor } from '../../shared/rulebook.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { dayOf } from '../../shared/time.ts';

const { registry, facts, plan } = plannedHalfYear('https://issuer.example');
const calendar = calendarOf(registry);
const counting = facts.incidents.filter((one) => one.fate === 'counts' && one.review !== 'overturned');

test('72 person-times stand: 11, 10, 13, 14, 13 and 11 a month', () => {
  expect(
    months.map((month) =>
      counting.filter((one) => one.month === month).reduce((sum, one) => sum + one.persons.length, 0),
    ),
  ).toEqual([11, 10, 13, 14, 13, 11]);
});

test('every way of delivery, every end of a hearing and every outcome of a review occurs', () => {
  const seen = <T>(of: (one: (typeof facts.incidents)[number]) => T) =>
    new Set(facts.incidents.filter((one) => one.fate === 'counts').map(of));
  expect([...seen((one) => one.way)].sort()).toEqual([
    'opened',
    'paper',
    'refused',
    'representative',
    'tablet',
  ]);
  expect([...seen((one) => one.heard)].sort()).toEqual(['answered', 'noObjection', 'silent']);
  expect([...seen((one) => one.review ?? 'none')].sort()).toEqual([
    'none',
    'overturned',
    'reduced',
    'upheld',
  ]);
  expect([...seen((one) => one.late ?? 'none')].sort()).toEqual(['finding', 'none', 'review']);
});

test('everything is found in open hours, at a window of the person, under a clause that serves it', () => {
  for (const one of facts.incidents) {
    expect(isOpenAt(calendar, one.at), one.key).toEqual({ ok: true, value: true });
    for (const person of one.persons)
      expect(registry.of.staff.get(person)?.department, one.key).toBe(one.department);
    const [first] = one.persons;
    if (first !== undefined) {
      expect(windowsOf(registry, first, dayOf(one.at)), one.key).toContain(one.window);
      expect(staffAt(registry, one.window, dayOf(one.at)), one.key).toContain(first);
    }
    if (one.fate !== 'transferred')
      expect(
        clausesFor(referenceHall, one.violation).map((clause) => clause.code),
        one.key,
      ).toContain(one.clause);
  }
});

test('fifteen stars and three in reserve a month, two of a department at most, nobody who was found', () => {
  for (const { month, list, reserve } of facts.stars) {
    expect(new Set([...list, ...reserve]).size, month).toBe(18);
    const departments = [...list, ...reserve].map((person) => registry.of.staff.get(person)?.department);
    for (const department of departments)
      expect(departments.filter((one) => one === department).length, month).toBeLessThanOrEqual(2);
    const found = facts.incidents.filter((one) => one.month === month).flatMap((one) => one.persons);
    expect(
      [...list, ...reserve].filter((person) => found.includes(person)),
      month,
    ).toEqual([]);
  }
});

test('the deeds stand in order of time, on working days, by people with an account, each under an id of its own', () => {
  const at = plan.deeds.map((deed) => deed.at);
  expect(at).toEqual(at.toSorted());
  const posts = plan.deeds.flatMap((deed) => (deed.do === 'post' ? [deed] : []));
  expect(new Set(posts.map((deed) => deed.body.commandId)).size).toBe(posts.length);
  for (const deed of posts) {
    expect(isWorkday(calendar, dayOf(deed.at)), deed.path).toEqual({ ok: true, value: true });
    expect(registry.of.account.has(deed.by), `${deed.by} ${deed.path}`).toBe(true);
  }
  expect(plan.deeds.length).toBeLessThan(3000);
});

test('a case is reported before anything else is done about it', () => {
  for (const one of facts.incidents) {
    const id = caseIdOf(one);
    const later = plan.deeds
      .filter((deed) => deed.do === 'post' && deed.path.includes(id))
      .map((deed) => deed.at);
    const reported = plan.deeds.find(
      (deed) => deed.do === 'post' && deed.path === '/api/cases' && id.endsWith(String(deed.body.commandId)),
    );
    expect(
      later.filter((at) => reported === undefined || at <= reported.at),
      one.key,
    ).toEqual([]);
  }
});

test('is the same every time', () => {
  expect(plannedHalfYear('https://issuer.example').plan).toEqual(plan);
});
