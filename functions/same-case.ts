// Which other cases may be of the same incident as one: proposed to whoever verifies, decided by a person. Changes nothing.
import { hasRoleFor } from '../shared/abilities.ts';
import type { Actor } from '../shared/access.ts';
import { personsOf } from '../shared/case.ts';
import { concerningOfCase, proposedAsOne, sameFamily } from '../shared/complaint-incident.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { dayOf, type Instant } from '../shared/time.ts';
import type { House } from './house.ts';
import { namesIn, shownTo } from './read.ts';

interface SameCase {
  id: string;
  number?: string;
  stage: string;
  violation: string;
  from: Instant;
  window?: string;
  persons: string[];
  mayTakeIn: boolean;
}

/** Cases of the same month that touch this one in time and in whom or where it concerns; those alone the reader may read. */
export const proposeSameCases = async (
  house: House,
  centre: string,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<{ items: SameCase[]; names: Record<string, string>; next: null }>> => {
  const now = house.clock();
  if (!hasRoleFor(actor, 'case.read', dayOf(now))) return refuse('access.denied');
  const head = await house.store.head(centre, { kind: 'case', id });
  if (!head || !shownTo(actor, 'case', head.state, now)) return refuse('thing.not-found');
  const own = concerningOfCase(head.state);
  const [desk, partition] = await Promise.all([
    house.desk(centre),
    house.store.month(centre, head.state.month),
  ]);
  const book = await house.ruleBookInForce(centre, desk, head.state.month);
  if (!book.ok) return book;
  const minutes = book.value.book.settings.mergeWithinMinutes;
  const items: SameCase[] = [];
  for (const { ref, state } of partition.case) {
    if (ref.id === id || state.stage === 'merged' || state.stage === 'dismissed') continue;
    if (state.stage === 'transferred' || state.stage === 'withdrawn') continue;
    const other = concerningOfCase(state);
    const seen = proposedAsOne(own, other, minutes) ? shownTo(actor, 'case', state, now) : undefined;
    if (!seen) continue;
    items.push({
      id: ref.id,
      ...(state.number === undefined ? {} : { number: state.number }),
      stage: state.stage,
      violation: state.type,
      from: state.happened.from,
      ...(state.window === undefined ? {} : { window: state.window }),
      persons: personsOf(seen.state),
      mayTakeIn: sameFamily(own, other) && own.persons.every((person) => other.persons.includes(person)),
    });
  }
  return ok({ items, names: namesIn(desk.registry, items), next: null });
};
