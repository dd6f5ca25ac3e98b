// 待办: what is due in a centre, for the reader's roles. Gathers the open heads of any month from the index of what is
// next, and the measures of the running month and the two before; the rest is the pure function of shared/obligation.ts.
import { type Actor, about, may } from '../shared/access.ts';
import { countedCase } from '../shared/case.ts';
import type { Measure } from '../shared/measure.ts';
import { type Obligation, obligationsOf } from '../shared/obligation.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import { dayOf, instantAt, type Month, monthOf, plusDays, plusMonths } from '../shared/time.ts';
import type { House } from './house.ts';
import { letterPartition, refOfNext } from './keys.ts';
import { measuresIn } from './ladder.ts';

/** An obligation as it is told: whom it concerns stays inside. */
export type ObligationRow = Omit<Obligation, 'facts'>;

const monthsLookedAt = 3;
/** Further ahead lie only the days on which files are to be purged. */
const daysAhead = 90;

/** Everything due that the reader may know of, the most pressing first. Refuses who may see no obligation anywhere. */
export const readObligations = async (
  house: House,
  centre: string,
  actor: Actor,
): Promise<Result<{ items: ObligationRow[]; next: null }>> => {
  const now = house.clock();
  const today = dayOf(now);
  if (!actor.grants.some((grant) => mayAnywhere(actor, grant, today))) return refuse('access.denied');
  const desk = await house.desk(centre);
  const book = await house.ruleBookInForce(centre, desk, monthOf(now));
  if (!book.ok) return book;
  const months = Array.from({ length: monthsLookedAt }, (_, index) => plusMonths(monthOf(now), -index));
  const found = new Map<string, { kind: string; state: unknown }>();
  const measures: Measure[] = [];
  await Promise.all([
    ...months.map((month) => gatherMonth(house, centre, month, found, measures)),
    gatherNext(house, centre, found, instantAt(plusDays(today, daysAhead), '24:00')),
  ]);
  const of = <K extends keyof States>(kind: K): States[K][] =>
    [...found.values()].flatMap((one) => (one.kind === kind ? [one.state as States[K]] : []));
  const owed = obligationsOf({
    cases: of('case'),
    bonuses: of('bonus'),
    talks: of('talk'),
    letters: of('letter'),
    awards: of('award'),
    measures,
    book: book.value.book,
    calendar: desk.calendar,
    registry: desk.registry,
    now,
  });
  return ok({
    items: owed
      .filter((one) => may(actor, 'obligation.read', one.facts, today).ok)
      .map(({ facts: _inside, ...row }) => row),
    next: null,
  });
};

/** With a grant's own scope as the matter: whether it opens any obligation at all. */
const mayAnywhere = (actor: Actor, grant: Actor['grants'][number], today: string): boolean =>
  may(
    { ...actor, grants: [grant] },
    'obligation.read',
    about({
      grids: grant.grid === undefined ? [] : [grant.grid],
      departments: grant.department === undefined ? [] : [grant.department],
    }),
    today,
  ).ok;

const gatherMonth = async (
  house: House,
  centre: string,
  month: Month,
  found: Map<string, { kind: string; state: unknown }>,
  measures: Measure[],
): Promise<void> => {
  const [desk, partition, letters] = await Promise.all([
    house.desk(centre),
    house.store.month(centre, month),
    house.store.partitionHeads(centre, 'letter', letterPartition(centre, month)),
  ]);
  for (const head of [
    ...partition.case,
    ...partition.bonus,
    ...partition.talk,
    ...partition.award,
    ...letters,
  ])
    found.set(head.ref.id, { kind: head.ref.kind, state: head.state });
  const book = await house.ruleBookInForce(centre, desk, month);
  if (!book.ok) return;
  const cases = partition.case.flatMap(({ state }) => countedCase(state) ?? []);
  measures.push(...(await measuresIn(house, centre, book.value.book, month, cases)));
};

/** Open heads of older months; what is in a month looked at anyway is loaded once. */
const gatherNext = async (
  house: House,
  centre: string,
  found: Map<string, { kind: string; state: unknown }>,
  until: string,
): Promise<void> => {
  const keys = await house.store.index('next', centre, { from: '0', to: until });
  const refs = keys.flatMap((key) => refOfNext(key.gsi3sk) ?? []);
  const heads = await house.store.heads(centre, refs);
  for (const head of heads.values()) found.set(head.ref.id, { kind: head.ref.kind, state: head.state });
};
