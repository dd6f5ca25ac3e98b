// What a patrol takes along and brings home: all a tablet needs for a shift in one answer, how evenly the windows were
// looked at, and what became of one's own reports. Changes nothing.
import { hasRoleFor } from '../shared/abilities.ts';
import { type Actor, about, may } from '../shared/access.ts';
import { aboutBonus } from '../shared/bonus-decide.ts';
import { aboutCase } from '../shared/case-facts.ts';
import { isSealedType } from '../shared/catalog.ts';
import { type EvidenceEntry, missingFiles } from '../shared/evidence.ts';
import { lastLooks } from '../shared/inspection.ts';
import { type EntryKind, holdsOn, placeOn, type Registry } from '../shared/people.ts';
import type { Roster } from '../shared/presence.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { clausesInHand, rosterOn, seatsThroughDay } from '../shared/shift.ts';
import { type Day, dayOf, daysFrom, type Month, monthOf, plusDays, plusMonths } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import { walkersOf } from '../shared/walkers.ts';
import type { House } from './house.ts';
import { inspectionPartition } from './keys.ts';
import type { Paging } from './lists.ts';
import { namesIn, shownTo } from './read.ts';
import { slipsOf } from './roster.ts';
import { readEvent } from './store.ts';

const heldOn = <K extends EntryKind>(registry: Registry, kind: K, on: Day) =>
  [...registry.of[kind].values()].filter((entry) => !('from' in entry) || holdsOn(entry, on));

/** Everything for today, as this person may know it: only windows whose presence they may read. */
export const readShift = async (
  house: House,
  centre: string,
  actor: Actor,
): Promise<Result<View<'shift.read'>>> => {
  const now = house.clock();
  const today = dayOf(now);
  if (!hasRoleFor(actor, 'shift.read', today)) return refuse('access.denied');
  const desk = await house.desk(centre);
  const { registry, calendar } = desk;
  const month = monthOf(now);
  const [slips, book, frequent, rounds] = await Promise.all([
    slipsOf(house, centre, [month]),
    house.ruleBook(centre, desk, month),
    frequentTypes(house, centre, [month, plusMonths(month, -1)]),
    ownRounds(house, centre, actor, today),
  ]);
  const roster: Roster = rosterOn({ registry, calendar, slips }, today);
  const windows = heldOn(registry, 'window', today).flatMap((window) => {
    const place = placeOn(registry, window.id, today);
    if (!place) return [];
    const facts = about({ grids: [place.grid], departments: [place.department] });
    if (!may(actor, 'presence.read', facts, today).ok) return [];
    const { id, name, number } = window;
    return [{ ...{ id, name, number }, ...place, seats: seatsThroughDay(roster, id, today) }];
  });
  return ok({
    day: today,
    now,
    centre: {
      id: centre,
      name: registry.centre.name,
      photosFromAlbum: registry.centre.photosFromAlbum ?? false,
    },
    grids: heldOn(registry, 'grid', today)
      .filter(({ id }) => windows.some((window) => window.grid === id))
      .map(({ id, name, hall }) => ({ id, name, hall: registry.of.hall.get(hall)?.name ?? hall })),
    departments: heldOn(registry, 'department', today).map(({ id, name, employer }) => ({
      ...{ id, name },
      contractor: employer === 'contractor',
    })),
    windows: windows.sort((a, b) => (a.number < b.number ? -1 : 1)),
    areas: heldOn(registry, 'area', today).map(({ id, name, grid }) => ({ id, name, grid })),
    staff: heldOn(registry, 'staff', today).map(({ id, name, department, post }) => ({
      ...{ id, name, department, post },
    })),
    ...(actor.grants.some((grant) => grant.role === 'clerk' && holdsOn(grant, today))
      ? { walkers: walkersOf(registry) }
      : {}),
    ...(book.found.ok
      ? {
          rules: {
            title: book.found.value.title,
            clauses: clausesInHand(book.found.value),
            bonuses: book.found.value.bonuses.map(({ code, title, type }) => ({ code, title, type })),
          },
        }
      : {}),
    frequent,
    rounds,
  });
};

const mostFrequent = 12;

const frequentTypes = async (house: House, centre: string, months: readonly Month[]): Promise<string[]> => {
  const times = new Map<string, number>();
  for (const heads of await Promise.all(months.map((month) => house.store.month(centre, month))))
    for (const { state } of heads.case)
      if (!isSealedType(state.type) && state.stage !== 'transferred')
        times.set(state.type, (times.get(state.type) ?? 0) + 1);
  return [...times]
    .sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1))
    .slice(0, mostFrequent)
    .map(([type]) => type);
};

/** Rounds of one's own that are still open, from today and yesterday, with what was seen on them. */
const ownRounds = async (house: House, centre: string, actor: Actor, today: Day) => {
  const heads = await roundsOf(house, centre, [plusDays(today, -1), today]);
  const own = heads.filter(
    ({ state }) =>
      state.stage === 'open' &&
      state.kind === 'patrol' &&
      state.openedBy.person === actor.person &&
      state.walkedBy === undefined,
  );
  return Promise.all(
    own.map(async ({ ref, state }) => ({
      id: ref.id,
      ...(state.grid === undefined ? {} : { grid: state.grid }),
      startedAt: state.startedAt,
      looks: (await looksOf(house, centre, ref.id)).map(({ window, at, result, staffSeen }) => ({
        ...{ window, at, result, staffSeen },
      })),
    })),
  );
};

const roundsOf = async (house: House, centre: string, days: readonly Day[]) =>
  (
    await Promise.all(
      days.map((on) => house.store.partitionHeads(centre, 'inspection', inspectionPartition(centre, on))),
    )
  ).flat();

const looksOf = async (house: House, centre: string, id: string) => {
  const items = await house.store.events(centre, { kind: 'inspection', id });
  const events = items.flatMap((item) => {
    const { event } = readEvent(item);
    return event.type === 'inspection.recorded' ? [event] : [];
  });
  return [...lastLooks(events).values()];
};

/** The longest stretch that is read at once; one Query a day and one a round. */
const longest = 31;

/** How often each window was really looked at on patrol; what somebody could not see (notSeen) is no look. */
export const readCoverage = async (
  house: House,
  centre: string,
  actor: Actor,
  { from, to }: { from: Day; to: Day },
): Promise<Result<View<'shift.coverage'>>> => {
  const today = dayOf(house.clock());
  if (!hasRoleFor(actor, 'shift.coverage', today)) return refuse('access.denied');
  const { registry } = await house.desk(centre);
  const first = from > plusDays(to, 1 - longest) ? from : plusDays(to, 1 - longest);
  const rounds = (await roundsOf(house, centre, daysFrom(first, to))).filter(
    ({ state }) => state.kind === 'patrol',
  );
  const seen = new Map<string, { days: Set<Day>; looks: number; last: string }>();
  const all = await Promise.all(rounds.map(({ ref }) => looksOf(house, centre, ref.id)));
  for (const look of all.flat()) {
    if (look.result === 'notSeen') continue;
    const known = seen.get(look.window) ?? { days: new Set<Day>(), looks: 0, last: '' };
    known.days.add(dayOf(look.at));
    seen.set(look.window, {
      ...known,
      looks: known.looks + 1,
      last: [known.last, look.at].sort().at(-1) ?? look.at,
    });
  }
  const windows = heldOn(registry, 'window', today).flatMap(({ id, name, number }) => {
    const place = placeOn(registry, id, today);
    const facts = about({ grids: place ? [place.grid] : [], departments: place ? [place.department] : [] });
    if (!place || !may(actor, 'shift.coverage', facts, today).ok) return [];
    const one = seen.get(id);
    return [
      {
        ...{ id, name, number, grid: place.grid },
        ...{ days: one?.days.size ?? 0, looks: one?.looks ?? 0 },
        ...(one ? { last: one.last } : {}),
      },
    ];
  });
  return ok({ from: first, to, rounds: rounds.length, windows });
};

/** What I reported in a month and what became of it, the latest first. */
export const readOwnReports = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month },
): Promise<Result<View<'shift.reports'>>> => {
  const now = house.clock();
  if (!hasRoleFor(actor, 'shift.reports', dayOf(now))) return refuse('access.denied');
  const [heads, { registry }] = await Promise.all([
    house.store.month(centre, asked.month),
    house.desk(centre),
  ]);
  const mine: View<'shift.reports'>['items'] = [];
  const beside = (state: { evidence: readonly EvidenceEntry[] }) => ({
    missing: missingFiles(state.evidence),
    names: namesIn(registry, [state]),
  });
  for (const { ref, version, state } of heads.case) {
    if (!aboutCase(state).reporters.includes(actor.person)) continue;
    const seen = shownTo(actor, 'case', state, now);
    if (seen) mine.push({ kind: 'case', id: ref.id, version, state: seen.state, ...beside(state) });
  }
  for (const { ref, version, state } of heads.bonus) {
    if (!aboutBonus(state).reporters.includes(actor.person)) continue;
    const seen = shownTo(actor, 'bonus', state, now);
    if (seen) mine.push({ kind: 'bonus', id: ref.id, version, state: seen.state, ...beside(state) });
  }
  const key = (one: { id: string; state: { reportedAt: string } }) => `${one.state.reportedAt}#${one.id}`;
  return ok(pageBack(mine, key, asked));
};

/** Like `pageOf`, from the latest key backwards. */
const pageBack = <T>(all: readonly T[], key: (item: T) => string, { limit, after }: Paging) => {
  const left = [...all]
    .sort((a, b) => (key(a) < key(b) ? 1 : -1))
    .filter((item) => after === undefined || key(item) < after);
  const items = left.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && items.length < left.length ? key(last) : null };
};
