// The public honour wall of a centre: the awards of the last twelve months, and of them only what everybody was told.
// Asked by nobody in particular, so it is kept for a minute: a display in a hall costs no more than one person would.
import type { AwardState } from '../shared/award.ts';
import { type HonourList, honourWall } from '../shared/honour.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { type Instant, monthOf, plusMonths } from '../shared/time.ts';
import type { House } from './house.ts';

export interface Wall {
  centre: { id: string; name: string };
  at: Instant;
  lists: HonourList[];
}

const kept = new WeakMap<House['store'], Map<string, Wall>>();
const keepSeconds = 60;

/** Without a centre named, the only one of the house; where there are several, the name must be given. */
const centreAsked = async (house: House, asked: string | undefined): Promise<string | undefined> => {
  const centres = (await house.store.centres()).map(({ sk }) => sk);
  if (asked !== undefined) return centres.find((id) => id === asked);
  return centres.length === 1 ? centres[0] : undefined;
};

export const readHonour = async (house: House, asked: { centre?: string }): Promise<Result<Wall>> => {
  const now = house.clock();
  const walls = kept.get(house.store) ?? new Map<string, Wall>();
  kept.set(house.store, walls);
  const known = walls.get(asked.centre ?? '');
  if (known && Math.abs(Date.parse(now) - Date.parse(known.at)) < keepSeconds * 1000) return ok(known);
  const id = await centreAsked(house, asked.centre);
  if (id === undefined) return refuse('thing.not-found', asked.centre ?? '请指明中心');
  const { registry } = await house.desk(id);
  const months = Array.from({ length: 12 }, (_, back) => plusMonths(monthOf(now), -back));
  const found = await Promise.all(months.map((month) => house.store.awards(id, month)));
  const awards: AwardState[] = found.flatMap((heads) => heads.map(({ state }) => state));
  const wall = {
    centre: { id, name: registry.centre.name },
    at: now,
    lists: honourWall(awards, registry, now),
  };
  walls.set(asked.centre ?? '', wall);
  return ok(wall);
};
