// Who was there, as it is asked: a month's leave and cover, a window at a moment, the window of a case while it
// happened. What is told of leave depends on who may read that leave (PIPL art. 28). Changes nothing.
import { hasRoleFor } from '../shared/abilities.ts';
import { type Actor, about, may } from '../shared/access.ts';
import { hoursOn, type Span } from '../shared/calendar.ts';
import { caseExcuse, rosterMonths, rosterOf, seatOf } from '../shared/case-excuse.ts';
import { aboutCase } from '../shared/case-facts.ts';
import { aboutCover } from '../shared/cover-decide.ts';
import { aboutLeave } from '../shared/leave-decide.ts';
import { placeOn, type Registry } from '../shared/people.ts';
import {
  type Away,
  doubtfulBorders,
  momentsOf,
  type Presence,
  presenceAt,
  type Roster,
  type Sighting,
} from '../shared/presence.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import {
  type Day,
  dayOf,
  type Instant,
  instantAt,
  type Month,
  minutesOf,
  monthOf,
  monthOfDay,
  plusMinutes,
} from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { House } from './house.ts';
import { inspectionPartition } from './keys.ts';
import { type Listed, type Page, type Paging, pageOf } from './lists.ts';
import { slipsOf } from './roster.ts';
import { readEvent } from './store.ts';

export type RosterItem =
  | ({ kind: 'leave' } & Listed<States['leave']>)
  | ({ kind: 'cover' } & Listed<States['cover']>);

/** Leave and cover that touch a month, by id. */
export const listRoster = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month },
): Promise<Result<Page<RosterItem>>> => {
  const today = dayOf(house.clock());
  if (!hasRoleFor(actor, 'leave.read', today)) return refuse('access.denied');
  const { leaves, covers } = await house.store.roster(centre, asked.month);
  const items: RosterItem[] = [];
  for (const { ref, version, state } of leaves)
    if (may(actor, 'leave.read', aboutLeave(state), today).ok)
      items.push({ kind: 'leave', id: ref.id, version, state });
  for (const { ref, version, state } of covers)
    if (may(actor, 'leave.read', aboutCover(state), today).ok)
      items.push({ kind: 'cover', id: ref.id, version, state });
  return ok(
    pageOf(
      items.sort((a, b) => (a.id < b.id ? -1 : 1)),
      (one) => one.id,
      asked,
    ),
  );
};

/** Who should have sat at a window at a moment, and who did. */
export const readPresence = async (
  house: House,
  centre: string,
  actor: Actor,
  { window, at }: { window: string; at: Instant },
): Promise<Result<View<'presence.at'>>> => {
  const { registry, calendar } = await house.desk(centre);
  const place = placeOn(registry, window, dayOf(at));
  const facts = place ? { grids: [place.grid], departments: [place.department] } : {};
  const allowed = may(actor, 'presence.read', about(facts), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const [slips, sightings] = await Promise.all([
    slipsOf(house, centre, [monthOf(at)]),
    sightingsOn(house, centre, window, [dayOf(at)]),
  ]);
  const roster: Roster = { registry, calendar, slips, sightings };
  const found = presenceAt(roster, window, at);
  if (!found.ok) return found;
  const shown = shownTo(house, actor, roster, found.value);
  return ok({ ...shown, names: namesOf(registry, [shown]) });
};

/** Every window of a day the reader may know of, in the middle of its morning and of its afternoon. */
export const readDay = async (
  house: House,
  centre: string,
  actor: Actor,
  { day }: { day: Day },
): Promise<Result<View<'presence.day'>>> => {
  const today = dayOf(house.clock());
  if (!hasRoleFor(actor, 'presence.read', today)) return refuse('access.denied');
  const { registry, calendar } = await house.desk(centre);
  const roster: Roster = { registry, calendar, slips: await slipsOf(house, centre, [monthOfDay(day)]) };
  const hours = hoursOn(calendar, day);
  if (!hours.ok) return hours;
  const middle = (span: Span | undefined, otherwise: string): Instant =>
    span === undefined
      ? instantAt(day, otherwise)
      : plusMinutes(instantAt(day, span.from), Math.floor((minutesOf(span.to) - minutesOf(span.from)) / 2));
  const moments = [middle(hours.value[0], '10:30'), middle(hours.value.at(-1), '15:30')] as const;
  const windows: View<'presence.day'>['windows'] = [];
  const shown: Omit<View<'presence.at'>, 'names'>[] = [];
  for (const { id, number, name } of registry.of.window.values()) {
    const place = placeOn(registry, id, day);
    if (!place) continue;
    const facts = about({ grids: [place.grid], departments: [place.department] });
    if (!may(actor, 'presence.read', facts, today).ok) continue;
    const morning = presenceAt(roster, id, moments[0]);
    const afternoon = presenceAt(roster, id, moments[1]);
    if (!morning.ok) return morning;
    if (!afternoon.ok) return afternoon;
    const halves = [morning.value, afternoon.value].map((one) => shownTo(house, actor, roster, one));
    shown.push(...halves);
    const [first, second] = halves.map(({ window: _window, ...half }) => half);
    if (first && second)
      windows.push({ window: id, number, name, ...place, morning: first, afternoon: second });
  }
  windows.sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }));
  const places = windows.flatMap(({ grid, department }) => [grid, department]);
  const called = (id: string): string =>
    registry.of.grid.get(id)?.name ?? registry.of.department.get(id)?.name ?? id;
  return ok({
    day,
    windows,
    names: { ...namesOf(registry, shown), ...Object.fromEntries(places.map((id) => [id, called(id)])) },
  });
};

/** The window of a case while it happened, and whether leave, cover or closed hours excuse it. */
export const readCasePresence = async (
  house: House,
  centre: string,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<View<'case.presence'>>> => {
  const head = await house.store.head(centre, { kind: 'case', id });
  const facts = head && aboutCase(head.state);
  const today = dayOf(house.clock());
  // The answer belongs to the case: who may not read the one is not told the other.
  if (!head || !facts || !may(actor, 'case.read', facts, today).ok) return refuse('thing.not-found');
  const allowed = may(actor, 'presence.read', facts, today);
  if (!allowed.ok) return allowed;
  const { state } = head;
  const days = [...new Set([dayOf(state.happened.from), dayOf(state.happened.to)])];
  const [desk, slips, sightings] = await Promise.all([
    house.desk(centre),
    slipsOf(house, centre, [...new Set([monthOf(state.happened.from), ...rosterMonths(state)])]),
    state.window === undefined ? [] : sightingsOn(house, centre, state.window, days),
  ]);
  const roster: Roster = {
    ...rosterOf(state, { registry: desk.registry, calendar: desk.calendar, slips }),
    sightings,
  };
  const doubtful = doubtfulBorders(roster, state.window, state.happened);
  const excuse = caseExcuse(state, roster);
  const { window } = state;
  const moments =
    window === undefined
      ? []
      : [...new Set([...momentsOf(roster, seatOf(state)), ...doubtful])].sort().flatMap((at) => {
          const found = presenceAt(roster, window, at);
          return found.ok ? [shownTo(house, actor, roster, found.value)] : [];
        });
  return ok({
    case: id,
    moments,
    ...(doubtful.length === 0 ? {} : { doubtful }),
    ...(excuse === undefined ? {} : { excuse }),
    names: namesOf(desk.registry, moments),
  });
};

/** What the rounds of some days wrote of a window. The looks lie in the rounds' events, not in their heads. */
const sightingsOn = async (
  house: House,
  centre: string,
  window: string,
  days: readonly Day[],
): Promise<Sighting[]> => {
  const heads = await Promise.all(
    days.map((day) => house.store.partitionHeads(centre, 'inspection', inspectionPartition(centre, day))),
  );
  const found = await Promise.all(
    heads.flat().map(async ({ ref }) =>
      (await house.store.events(centre, ref)).map(readEvent).flatMap(({ event }): Sighting[] =>
        event.type !== 'inspection.recorded'
          ? []
          : event.looks
              .filter((look) => look.window === window)
              .map(({ at, result, staffSeen }) => ({
                ...{ inspection: ref.id, window, at, result, persons: staffSeen },
              })),
      ),
    ),
  );
  return found.flat();
};

/** The same answer without the kind of leave that the reader may not know. */
const shownTo = (
  house: House,
  actor: Actor,
  { slips }: Roster,
  presence: Presence,
): Omit<View<'presence.at'>, 'names'> => {
  const today = dayOf(house.clock());
  const readable = (slip: string): boolean =>
    slips.leaves.some((leave) => leave.id === slip && may(actor, 'leave.read', aboutLeave(leave), today).ok);
  const told = <T extends { away?: Away }>(one: T): T => {
    if (one.away?.kind !== 'leave' || readable(one.away.slip)) return one;
    const { leave: _kind, ...away } = one.away;
    return { ...one, away };
  };
  return { ...presence, should: presence.should.map(told), covering: presence.covering.map(told) };
};

const namesOf = (
  registry: Registry,
  all: readonly Omit<View<'presence.at'>, 'names'>[],
): Record<string, string> => {
  const names: Record<string, string> = {};
  const person = (id: string): void => {
    names[id] = registry.of.staff.get(id)?.name ?? id;
  };
  const window = (id: string): void => {
    names[id] = registry.of.window.get(id)?.name ?? id;
  };
  for (const one of all) {
    window(one.window);
    for (const { persons } of one.sightings) persons.forEach(person);
    for (const { person: id, away } of [...one.should, ...one.covering]) {
      person(id);
      if (away?.kind === 'elsewhere') window(away.window);
    }
  }
  return names;
};
