// The leave and cover register as it is read: a month's exceptions to the roster in one Query. An item is told only to
// who may read it: sick leave is health data (PIPL art. 28). Changes nothing.
import { hasRoleFor } from '../shared/abilities.ts';
import { type Actor, may } from '../shared/access.ts';
import { aboutCover } from '../shared/cover-decide.ts';
import { aboutLeave } from '../shared/leave-decide.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import { dayOf, type Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { type Listed, type Page, type Paging, pageOf } from './lists.ts';

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
