// Days on post of a month's people, from the table: one Query of the month's leave and cover beside the registry.
import { hasRoleFor } from '../shared/abilities.ts';
import { type Actor, about, may } from '../shared/access.ts';
import { type Attendance, attendanceOf } from '../shared/attendance.ts';
import type { Scored } from '../shared/month.ts';

import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { DaysFact } from '../shared/score.ts';
import { scoredIn } from '../shared/scored.ts';
import { dayOf, type Month } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { Desk, House } from './house.ts';
import { type Paging, pageOf } from './lists.ts';
import { slipsOf } from './roster.ts';

export const attendanceIn = async (
  house: House,
  centre: string,
  { registry, calendar }: Desk,
  month: Month,
  people: readonly string[],
): Promise<Result<Attendance[]>> => {
  const slips = await slipsOf(house, centre, [month]);
  const all: Attendance[] = [];
  for (const person of people) {
    const found = attendanceOf({ registry, calendar, slips }, person, month);
    if (!found.ok) return found;
    all.push(found.value);
  }
  return ok(all);
};

/** What a cut keeps of the days on post: only where the rule book's full marks follow them. */
export const daysFor = async (
  house: House,
  centre: string,
  desk: Desk,
  book: RuleBook,
  month: Month,
  people: readonly Scored[],
): Promise<Result<DaysFact[] | undefined>> => {
  if ((book.frames.staff?.proration ?? 'none') === 'none') return ok(undefined);
  const ids = people.map((one) => one.person);
  const found = await attendanceIn(house, centre, desk, month, ids);
  return found.ok
    ? ok(found.value.map(({ person, onPost, working }) => ({ person, onPost, working })))
    : found;
};

/** Everybody's month that the reader may know of; leave by kind only where the leave itself may be read. */
export const readAttendance = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month },
): Promise<Result<View<'month.attendance'>>> => {
  const today = dayOf(house.clock());
  if (!hasRoleFor(actor, 'score.read', today)) return refuse('access.denied');
  const desk = await house.desk(centre);
  const factsOf = (one: Scored) =>
    about({ persons: [one.person], departments: [one.department], grids: one.grids });
  const people = scoredIn(desk.registry, asked.month).filter(
    (one) => may(actor, 'score.read', factsOf(one), today).ok,
  );
  const page = pageOf(people, (one) => one.person, asked);
  const found = await attendanceIn(
    house,
    centre,
    desk,
    asked.month,
    page.items.map((one) => one.person),
  );
  if (!found.ok) return found;
  const scored = new Map(people.map((one) => [one.person, one]));
  return ok({
    next: page.next,
    items: found.value.map(({ leave, ...days }) => {
      const one = scored.get(days.person);
      const readable = one !== undefined && may(actor, 'leave.read', factsOf(one), today).ok;
      const name = desk.registry.of.staff.get(days.person)?.name ?? days.person;
      return { ...days, name, ...(readable ? { leave } : {}) };
    }),
  });
};
