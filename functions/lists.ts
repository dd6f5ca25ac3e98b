// Simple lists, paged: an item is on the page only if its viewer may read it. Lists lie in partitions that a month, a
// day or a centre keeps small, so a page is cut from what one Query gave. Changes nothing.
import { hasRoleFor } from '../shared/abilities.ts';
import { type Acting, type Action, type Actor, about, isAction, may, permits } from '../shared/access.ts';
import { nominableBy } from '../shared/award-decide.ts';
import { type BonusState, sameDeed } from '../shared/bonus.ts';
import { personsOf } from '../shared/case.ts';
import { evidenceId } from '../shared/evidence.ts';
import { aboutRecord, recordOfEvidence } from '../shared/evidence-decide.ts';
import { personsOfFact } from '../shared/opening.ts';
import {
  type EntryKind,
  holdsOn,
  type RegistryEntry,
  roleTitles,
  type StaffMember,
} from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import {
  type Day,
  dayOf,
  type Instant,
  type Month,
  monthOf,
  monthOfDay,
  plusMonths,
} from '../shared/time.ts';
import type { Desk, House } from './house.ts';
import { inspectionPartition, letterPartition, ruleBookPartition } from './keys.ts';
import { type RecordKind, shownTo } from './read.ts';
import { type Head, readEvent } from './store.ts';

export interface Paging {
  limit: number;
  after?: string;
}
export interface Page<T> {
  items: T[];
  /** To be sent back as `after`; null on the last page. */
  next: string | null;
}

/** The page after a key; `all` stands in the order of its keys. */
export const pageOf = <T>(all: readonly T[], key: (item: T) => string, { limit, after }: Paging): Page<T> => {
  const left = after === undefined ? all : all.filter((item) => key(item) > after);
  const items = left.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && items.length < left.length ? key(last) : null };
};

export interface Listed<S> {
  id: string;
  version: number;
  state: S;
}

const listed = <K extends RecordKind>(
  actor: Actor,
  kind: K,
  heads: readonly Head<K>[],
  now: Instant,
): Listed<States[K]>[] =>
  heads.flatMap((head) => {
    const seen = shownTo(actor, kind, head.state, now);
    return seen ? [{ id: head.ref.id, version: head.version, state: seen.state }] : [];
  });

const admitted = (house: House, actor: Actor, action: Action): Result<true> =>
  hasRoleFor(actor, action, dayOf(house.clock())) ? ok(true) : refuse('access.denied');

export const listInspections = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { day: Day },
): Promise<Result<Page<Listed<States['inspection']>>>> => {
  const admission = admitted(house, actor, 'inspection.read');
  if (!admission.ok) return admission;
  const heads = await house.store.partitionHeads(
    centre,
    'inspection',
    inspectionPartition(centre, asked.day),
  );
  return ok(pageOf(listed(actor, 'inspection', heads, house.clock()), (one) => one.id, asked));
};

/** The praise register of a month: whoever it names, and which entries may be of the same deed. */
export const listBonuses = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month; person?: string; stage?: BonusState['stage'] },
): Promise<Result<Page<Listed<States['bonus']> & { same: string[] }>>> => {
  const admission = admitted(house, actor, 'bonus.read');
  if (!admission.ok) return admission;
  const { bonus } = await house.store.month(centre, asked.month);
  const { person, stage } = asked;
  const mine = listed(actor, 'bonus', bonus, house.clock());
  const found = mine
    .filter(({ state }) => person === undefined || state.persons.includes(person))
    .filter(({ state }) => stage === undefined || state.stage === stage)
    .map((one) => ({
      ...one,
      same: mine.filter(({ state }) => sameDeed(one.state, state)).map(({ id }) => id),
    }));
  return ok(pageOf(found, (one) => one.id, asked));
};

export const listLetters = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month },
): Promise<Result<Page<Listed<States['letter']>>>> => {
  const admission = admitted(house, actor, 'letter.read');
  if (!admission.ok) return admission;
  const heads = await house.store.partitionHeads(centre, 'letter', letterPartition(centre, asked.month));
  return ok(pageOf(listed(actor, 'letter', heads, house.clock()), (one) => one.id, asked));
};

/** Talks of a month, those of withdrawn measures too. */
export const listTalks = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month },
): Promise<Result<Page<Listed<States['talk']>>>> => {
  const admission = admitted(house, actor, 'talk.read');
  if (!admission.ok) return admission;
  const { talk } = await house.store.month(centre, asked.month);
  return ok(pageOf(listed(actor, 'talk', talk, house.clock()), (one) => one.id, asked));
};

/** Awards of a month, as far as each is told to the reader. */
export const listAwards = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month },
): Promise<Result<Page<Listed<States['award']>>>> => {
  const admission = admitted(house, actor, 'award.read');
  if (!admission.ok) return admission;
  const now = house.clock();
  const [{ award }, { registry }] = await Promise.all([
    house.store.month(centre, asked.month),
    house.desk(centre),
  ]);
  const seen = award.flatMap((head) =>
    listed(actor, 'award', [head], now).map(({ state, ...one }) => {
      // Whoever puts somebody forward is told who of theirs may win; the rest of the list stays with the office.
      const own = nominableBy(actor, head.state, registry, dayOf(now));
      return { ...one, state: { ...state, eligible: [...new Set([...state.eligible, ...own])] } };
    }),
  );
  return ok(pageOf(seen, (one) => one.id, asked));
};

/** Opening facts of a month. */
export const listOpenings = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month },
): Promise<Result<Page<Listed<States['opening']>>>> => {
  const admission = admitted(house, actor, 'opening.read');
  if (!admission.ok) return admission;
  const heads = await house.store.openings(centre, asked.month, asked.month);
  return ok(pageOf(listed(actor, 'opening', heads, house.clock()), (one) => one.id, asked));
};

export const listRuleBooks = async (house: House, centre: string, actor: Actor, asked: Paging) => {
  const allowed = may(actor, 'rulebook.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const heads = await house.store.partitionHeads(centre, 'rulebook', ruleBookPartition(centre));
  const books = heads.map(({ version, state: { id, from, enactedAt, book } }) => ({
    ...{ id, from, enactedAt, version },
    title: book.title,
  }));
  return ok(pageOf(books, (one) => one.id, asked));
};

export const readRuleBook = async (house: House, centre: string, actor: Actor, { id }: { id: string }) => {
  const allowed = may(actor, 'rulebook.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const head = await house.store.head(centre, { kind: 'rulebook', id });
  return head ? ok({ ...head.state, version: head.version }) : refuse('thing.not-found');
};

/** Entries of the registry by kind, then id. Which login belongs to whom is for those who enter accounts, and the auditor. */
export const listRegistry = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { kind?: EntryKind },
): Promise<Result<Page<RegistryEntry>>> => {
  const today = dayOf(house.clock());
  const allowed = may(actor, 'registry.read', about({}), today);
  if (!allowed.ok) return allowed;
  const { registry } = await house.desk(centre);
  const accounts = may(actor, 'registry.readAccounts', about({}), today).ok;
  const all = Object.values(registry.of)
    .flatMap((entries): RegistryEntry[] => [...entries.values()])
    .filter((entry) => asked.kind === undefined || entry.kind === asked.kind)
    .filter((entry) => accounts || entry.kind !== 'account');
  const key = (entry: RegistryEntry): string => `${entry.kind}:${entry.id}`;
  return ok(
    pageOf(
      all.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
      key,
      asked,
    ),
  );
};

const pageMonths = 3;

export type RecordItem =
  | ({ kind: 'case' } & Listed<States['case']>)
  | ({ kind: 'bonus' } & Listed<States['bonus']>)
  | ({ kind: 'talk' } & Listed<States['talk']>)
  | ({ kind: 'objection' } & Listed<States['objection']>)
  | ({ kind: 'opening' } & Listed<States['opening']>);

/**
 * One person's record, newest month first, down to the month they came. Read month by month: a case of several persons
 * stands in the subject index of the first one only, and everyone may see their own record whole (PIPL art. 45).
 */
export const readOwnRecord = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: { id: string; after?: Month },
): Promise<Result<Page<RecordItem>>> => {
  const now = house.clock();
  const desk = await house.desk(centre);
  const person = desk.registry.of.staff.get(asked.id);
  const facts = person && aboutPerson(desk, person);
  if (!person || !facts || !may(actor, 'score.read', facts, dayOf(now)).ok) return refuse('thing.not-found');
  const first = monthOfDay(person.from);
  const newest = asked.after === undefined ? monthOf(now) : plusMonths(asked.after, -1);
  const months = Array.from({ length: pageMonths }, (_, index) => plusMonths(newest, -index)).filter(
    (month) => month >= first && month <= monthOf(now),
  );
  const last = months.at(-1);
  const more = last !== undefined && last > first;
  const [found, openings] = await Promise.all([
    Promise.all(months.map((month) => monthOfPerson(house, centre, actor, person.id, month))),
    // The old ledgers may go back further than the register.
    openingsOfPerson(house, centre, actor, person.id, more ? last : beginning, newest),
  ]);
  return ok({ items: [...found.flat(), ...openings], next: more ? last : null });
};
const beginning: Month = '2000-01';

/** What the old ledgers say of somebody, newest first. */
const openingsOfPerson = async (
  house: House,
  centre: string,
  actor: Actor,
  person: string,
  from: Month,
  until: Month,
): Promise<RecordItem[]> => {
  const heads = await house.store.openings(centre, from, until);
  const own = heads.filter(({ state }) => personsOfFact(state.fact).includes(person)).reverse();
  return listed(actor, 'opening', own, house.clock()).map((one) => ({ kind: 'opening' as const, ...one }));
};

const aboutPerson = ({ registry }: Desk, person: StaffMember) => {
  const windows = registry.assignmentsByStaff.get(person.id) ?? [];
  return about({
    persons: [person.id],
    departments: [person.department],
    grids: windows.flatMap((entry) => registry.of.window.get(entry.window)?.grid ?? []),
  });
};

const monthOfPerson = async (
  house: House,
  centre: string,
  actor: Actor,
  person: string,
  month: Month,
): Promise<RecordItem[]> => {
  const heads = await house.store.month(centre, month);
  const now = house.clock();
  const cases = heads.case.filter(
    ({ state }) => personsOf(state).includes(person) || state.formerly?.includes(person),
  );
  const bonuses = heads.bonus.filter((head) => head.state.persons.includes(person));
  const talks = heads.talk.filter((head) => head.state.person === person);
  const objections = heads.objection.filter((head) => head.state.person === person);
  return [
    ...listed(actor, 'case', cases, now).map((one) => ({ kind: 'case' as const, ...one })),
    ...listed(actor, 'bonus', bonuses, now).map((one) => ({ kind: 'bonus' as const, ...one })),
    ...listed(actor, 'talk', talks, now).map((one) => ({ kind: 'talk' as const, ...one })),
    ...listed(actor, 'objection', objections, now).map((one) => ({ kind: 'objection' as const, ...one })),
  ];
};

export interface Lookup {
  version: number;
  at: Instant;
  by: Acting;
  reason: string;
  expires: Instant;
}

/** Who looked at a piece of evidence, when and why (decree 799, art. 16). */
export const listLookups = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { record: string; n: number },
): Promise<Result<Page<Lookup>>> => {
  const evidence = evidenceId(asked.record, asked.n);
  const { kind, id } = recordOfEvidence(evidence);
  const head = await house.store.head(centre, { kind, id });
  if (!head?.state.evidence.some((entry) => entry.n === asked.n)) return refuse('thing.not-found');
  // Who is complained of learns neither that there is a complaint nor who looked at its files.
  const facts = aboutRecord(kind, head.state);
  const whose = kind === 'complaint' ? { ...facts, persons: [] } : facts;
  const allowed = may(actor, 'lookup.read', whose, dayOf(house.clock()));
  if (!allowed.ok) return refuse('thing.not-found');
  const items = await house.store.events(centre, { kind: 'lookup', id: evidence });
  const lookups = items
    .map(readEvent)
    .flatMap(({ version, at, by, event }): Lookup[] =>
      event.type === 'evidence.viewed'
        ? [{ version, at, by, reason: event.reason.text, expires: event.expires }]
        : [],
    );
  return ok(pageOf(lookups, (one) => String(one.version).padStart(8, '0'), asked));
};

/** Who the visitor is here, and what their roles let them do at all. */
export const readMe = async (house: House, centre: string, actor: Actor, centres: string[]) => {
  const now = house.clock();
  const today = dayOf(now);
  const { registry } = await house.desk(centre);
  const grants = actor.grants.filter((grant) => holdsOn(grant, today));
  return ok({
    person: actor.person,
    name: registry.of.staff.get(actor.person)?.name ?? actor.person,
    centre: { id: centre, name: registry.centre.name },
    centres,
    roles: grants.map(({ role, grid, department, from, until, delegatedBy }) => ({
      ...{ role, title: roleTitles[role], grid, department, from, until, delegatedBy },
    })),
    abilities: Object.keys(permits)
      .filter(isAction)
      .filter((action) => hasRoleFor(actor, action, today)),
    now,
  });
};
