// Who is away right now: a decision passes on where everybody nearer is on leave, not only where nobody holds the role.
import { type Action, type Actor, permits } from '../shared/access.ts';
import { awayAt } from '../shared/leave.ts';
import { monthOf } from '../shared/time.ts';
import type { House } from './house.ts';
import { slipsOf } from './roster.ts';

/** Whether an action passes on to somebody else while nobody nearer is left. */
export const passesOn = (action: Action): boolean =>
  permits[action].some((permit) => 'insteadOf' in permit && permit.insteadOf !== undefined);

/** The actor with those who are on leave at this moment: one Query, asked for only where a decision may pass on. */
export const withAway = async (house: House, centre: string, actor: Actor): Promise<Actor> => {
  if (actor.everybody === undefined) return actor;
  const now = house.clock();
  const [{ calendar }, { leaves }] = await Promise.all([
    house.desk(centre),
    slipsOf(house, centre, [monthOf(now)]),
  ]);
  return { ...actor, away: awayAt(leaves, calendar, now) };
};
