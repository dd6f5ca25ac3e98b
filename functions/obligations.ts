// 待办: what is due in a centre, for the reader's roles. Gathers the open heads of any month from the index of what is
// next, and the measures of the running month and the two before; the rest is the pure function of shared/obligation.ts.
import { type About, type Action, type Actor, about, may } from '../shared/access.ts';
import type { AwardState } from '../shared/award.ts';
import type { BonusState } from '../shared/bonus.ts';
import { type CaseState, countedCase } from '../shared/case.ts';
import type { ComplaintState } from '../shared/complaint.ts';
import type { EnforcementState } from '../shared/enforcement.ts';
import type { StreamKind } from '../shared/ids.ts';
import type { LetterState } from '../shared/letter.ts';
import type { Measure } from '../shared/measure.ts';
import type { ObjectionState } from '../shared/objection.ts';
import { type Obligation, obligationsOf } from '../shared/obligation.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RectificationState } from '../shared/rectification.ts';
import { sealDue } from '../shared/seal.ts';
import type { TalkState } from '../shared/talk.ts';
import {
  chineseDate,
  dayOf,
  type Instant,
  instantAt,
  type Month,
  monthOf,
  plusDays,
  plusMonths,
} from '../shared/time.ts';
import { withAway } from './away.ts';
import type { House } from './house.ts';
import { letterPartition, refInIndex } from './keys.ts';
import { measuresIn } from './ladder.ts';
import { sealState } from './seals.ts';

/** An obligation as it is told: whom it concerns stays inside. */
export type ObligationRow = Omit<Obligation, 'facts' | 'kind' | 'matter'> & {
  kind: Obligation['kind'] | 'sealJournal';
  matter: Obligation['matter'] | { kind: 'journal'; id: string };
};

/** Open heads by id, kind by kind. */
interface Found {
  case: Map<string, CaseState>;
  bonus: Map<string, BonusState>;
  talk: Map<string, TalkState>;
  letter: Map<string, LetterState>;
  award: Map<string, AwardState>;
  complaint: Map<string, ComplaintState>;
  rectification: Map<string, RectificationState>;
  enforcement: Map<string, EnforcementState>;
  objection: Map<string, ObjectionState>;
}

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
  const journal = await journalDues(house, centre, actor, now);
  if (!actor.grants.some((grant) => mayAnywhere(actor, grant, today)))
    return journal === undefined ? refuse('access.denied') : ok({ items: journal, next: null });
  const asking = await withAway(house, centre, actor);
  const desk = await house.desk(centre);
  const book = await house.ruleBookInForce(centre, desk, monthOf(now));
  if (!book.ok) return book;
  const months = Array.from({ length: monthsLookedAt }, (_, index) => plusMonths(monthOf(now), -index));
  const found: Found = {
    case: new Map(),
    bonus: new Map(),
    talk: new Map(),
    letter: new Map(),
    award: new Map(),
    complaint: new Map(),
    rectification: new Map(),
    enforcement: new Map(),
    objection: new Map(),
  };
  const measures: Measure[] = [];
  await Promise.all([
    ...months.map((month) => gatherMonth(house, centre, month, found, measures)),
    gatherNext(house, centre, found, instantAt(plusDays(today, daysAhead), '24:00')),
  ]);
  const owed = obligationsOf({
    cases: [...found.case.values()],
    bonuses: [...found.bonus.values()],
    talks: [...found.talk.values()],
    letters: [...found.letter.values()],
    awards: [...found.award.values()],
    complaints: [...found.complaint.values()],
    rectifications: [...found.rectification.values()],
    enforcements: [...found.enforcement.values()],
    objections: [...found.objection.values()],
    measures,
    book: book.value.book,
    calendar: desk.calendar,
    registry: desk.registry,
    now,
  });
  const rows = owed
    .filter(
      (one) =>
        may(actor, 'obligation.read', one.facts, today).ok || passedOn(asking, one.action, one.facts, today),
    )
    .map(({ facts: _inside, ...row }): ObligationRow => row);
  return ok({ items: [...(journal ?? []), ...rows], next: null });
};

/** What the journal owes, for those who watch over it; undefined for everybody else. */
const journalDues = async (
  house: House,
  centre: string,
  actor: Actor,
  now: Instant,
): Promise<ObligationRow[] | undefined> => {
  if (!may(actor, 'journal.read', about({}), dayOf(now)).ok) return undefined;
  const state = await sealState(house, centre);
  const row = (id: string, due: Instant, sentence: string): ObligationRow => ({
    id: `sealJournal~${id}`,
    kind: 'sealJournal',
    action: 'journal.read',
    roles: ['auditor', 'admin'],
    matter: { kind: 'journal', id },
    due,
    overdue: due < now,
    sentence,
  });
  const { missing, unsealed, first } = state;
  return [
    ...(missing === undefined
      ? []
      : [row(missing, sealDue(missing), `封存日志:自${chineseDate(missing)}起的记录尚未封存`)]),
    ...(first === undefined
      ? []
      : [row('late', first.at, `核查日志:有${unsealed}条记录超过48小时未封存,首条 ${first.record}`)]),
  ];
};

/** What reached somebody because nobody nearer is left: a grid leader sees another grid's case that waits for them. */
const passedOn = (actor: Actor, action: Action, facts: About, today: string): boolean =>
  facts.grids.length > 0 && verifying.has(action) && may(actor, action, facts, today).ok;
const verifying: ReadonlySet<Action> = new Set(['case.confirm', 'bonus.confirm']);

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

/** The head of a kind carries that kind's state: `Store.heads` reads many kinds at once and cannot say so by type. */
const keep = (found: Found, kind: StreamKind, id: string, state: unknown): void => {
  switch (kind) {
    case 'case':
      found.case.set(id, state as CaseState);
      return;
    case 'bonus':
      found.bonus.set(id, state as BonusState);
      return;
    case 'talk':
      found.talk.set(id, state as TalkState);
      return;
    case 'letter':
      found.letter.set(id, state as LetterState);
      return;
    case 'award':
      found.award.set(id, state as AwardState);
      return;
    case 'complaint':
      found.complaint.set(id, state as ComplaintState);
      return;
    case 'enforcement':
      found.enforcement.set(id, state as EnforcementState);
      return;
    case 'objection':
      found.objection.set(id, state as ObjectionState);
      return;
    case 'rectification':
      found.rectification.set(id, state as RectificationState);
      return;
    case 'leave':
    case 'cover':
    case 'opening':
    case 'inspection':
    case 'figure':
    case 'month':
    case 'rulebook':
    case 'lookup':
    case 'registry':
      return;
  }
};

const gatherMonth = async (
  house: House,
  centre: string,
  month: Month,
  found: Found,
  measures: Measure[],
): Promise<void> => {
  const [desk, partition, letters] = await Promise.all([
    house.desk(centre),
    house.store.month(centre, month),
    house.store.partitionHeads(centre, 'letter', letterPartition(centre, month)),
  ]);
  for (const { ref, state } of partition.case) found.case.set(ref.id, state);
  for (const { ref, state } of partition.bonus) found.bonus.set(ref.id, state);
  for (const { ref, state } of partition.talk) found.talk.set(ref.id, state);
  for (const { ref, state } of partition.award) found.award.set(ref.id, state);
  for (const { ref, state } of partition.enforcement) found.enforcement.set(ref.id, state);
  for (const { ref, state } of partition.objection) found.objection.set(ref.id, state);
  for (const { ref, state } of partition.rectification) found.rectification.set(ref.id, state);
  for (const { ref, state } of letters) found.letter.set(ref.id, state);
  const book = await house.ruleBookInForce(centre, desk, month);
  if (!book.ok) return;
  const cases = partition.case.flatMap(({ state }) => countedCase(state) ?? []);
  measures.push(...(await measuresIn(house, centre, book.value.book, month, cases)));
};

/** Open heads of older months; what is in a month looked at anyway is loaded once. */
const gatherNext = async (house: House, centre: string, found: Found, until: string): Promise<void> => {
  const keys = await house.store.index('next', centre, { from: '0', to: until });
  const refs = keys.flatMap((key) => refInIndex(key.gsi3sk) ?? []);
  const heads = await house.store.heads(centre, refs);
  for (const { ref, state } of heads.values()) keep(found, ref.kind, ref.id, state);
};
