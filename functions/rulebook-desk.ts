// A rule book before it counts: checked against this centre's size, and rehearsed on months that are over. Reads only.
import { type Actor, about, may } from '../shared/access.ts';
import { countedBonus } from '../shared/bonus.ts';
import { workdaysOf } from '../shared/calendar.ts';
import { holdsBack } from '../shared/case.ts';
import type { Scored, Units } from '../shared/month.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { type PastMonth, type Rehearsal, rehearse } from '../shared/rehearsal.ts';
import type { Unscored } from '../shared/rehearsal-titles.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import { checkRuleBook, soundBook } from '../shared/rulebook-check.ts';
import type { Pools } from '../shared/rulebook-doubts.ts';
import type { Mistake } from '../shared/rulebook-mistakes.ts';
import { type FrameKind, frameKinds } from '../shared/rulebook-terms.ts';
import type { Beside, CountedCase } from '../shared/score.ts';
import { pooledIn, scoredIn, unitsIn } from '../shared/scored.ts';
import { dayOf, type Month, monthOf, plusMonths } from '../shared/time.ts';
import { meanOf, ownPeople, praiseFor, recipientName, stateIsOf, titleIds } from '../shared/title-score.ts';
import type { Desk, House } from './house.ts';
import { besideFor } from './month-beside.ts';
import { currentFacts, recompute } from './month-facts.ts';
import { openingsIn } from './openings.ts';
import type { MonthPartition } from './store.ts';

const poolsOf = (desk: Desk, month: Month): Pools => ({
  staff: scoredIn(desk.registry, month).length,
  window: desk.registry.of.window.size,
  department: desk.registry.of.department.size,
});

/** Every mistake and every doubt of a draft, a quota larger than this centre's pool among them. */
export const checkDraft = async (
  house: House,
  centre: string,
  actor: Actor,
  { book }: { book?: unknown },
): Promise<Result<{ ok: boolean; errors: Mistake[]; warnings: Mistake[] }>> => {
  const now = house.clock();
  const allowed = may(actor, 'rulebook.read', about({}), dayOf(now));
  if (!allowed.ok) return allowed;
  const checked = checkRuleBook(book, poolsOf(await house.desk(centre), monthOf(now)));
  return ok({ ok: checked.ok, errors: checked.ok ? [] : checked.errors, warnings: checked.warnings });
};

/** Who stood for titles: everybody scored, their windows and departments, with what the month's records say of them. */
const candidatesOf = (
  desk: Desk,
  month: Month,
  people: readonly Scored[],
  units: Units,
  heads: MonthPartition,
  nominated: ReadonlySet<string>,
): Unscored[] => {
  const workdays = workdaysOf(desk.calendar, month);
  const { staff, window: windows, grid: grids } = desk.registry.of;
  const bonuses = heads.bonus.flatMap(({ state }) => countedBonus(state) ?? []);
  const held = heads.case.flatMap(({ state }) => (holdsBack(state) ? [state] : []));
  const daysOf = (person: string): number => {
    const member = staff.get(person);
    if (!workdays.ok || !member) return 0;
    return workdays.value.filter((day) => member.from <= day && day <= (member.until ?? day)).length;
  };
  const placeOf = (window: string | undefined) => {
    const grid = windows.get(window ?? '')?.grid;
    const hall = grids.get(grid ?? '')?.hall;
    return { ...(hall === undefined ? {} : { hall }), ...(grid === undefined ? {} : { grid }) };
  };
  const candidate = (kind: FrameKind, id: string): Unscored => {
    const own = ownPeople(kind, id, people);
    const members = new Set(own.map(({ person }) => person));
    const department =
      kind === 'department' ? id : kind === 'window' ? windows.get(id)?.department : own[0]?.department;
    const place = kind === 'staff' ? placeOf(own[0]?.windows[0]) : kind === 'window' ? placeOf(id) : {};
    return {
      ...(kind === 'staff' ? {} : { of: kind }),
      id,
      ...place,
      ...(kind === 'staff' && own[0]?.grids[0] !== undefined ? { grid: own[0].grids[0] } : {}),
      ...(department === undefined ? {} : { department }),
      heldBack: held.flatMap((state) => (stateIsOf(kind, id, state) ? [state.id] : [])),
      daysOnPost: meanOf(own.map(({ person }) => daysOf(person))) ?? 0,
      nominated: nominated.has(id),
      praise: praiseFor(bonuses, members),
      earlierTitles: 0,
      barred: [],
    };
  };
  return frameKinds.flatMap((kind) => titleIds(kind, people, units).map((id) => candidate(kind, id)));
};

/** What both books ask for: the further look back and everybody either of them holds liable. */
const besideBoth = async (
  house: House,
  centre: string,
  desk: Desk,
  books: readonly RuleBook[],
  month: Month,
  cases: readonly CountedCase[],
): Promise<Beside> => {
  const all: Beside = { month };
  for (const book of books) {
    const own = await besideFor(house, centre, desk, book, month, cases);
    if ((own?.earlier?.length ?? 0) > (all.earlier?.length ?? 0)) all.earlier = own?.earlier ?? [];
    if ((own?.earlierBonuses?.length ?? 0) > (all.earlierBonuses?.length ?? 0))
      all.earlierBonuses = own?.earlierBonuses ?? [];
    if (own?.figures) all.figures = own.figures;
    if (own?.joint) all.joint = [...(all.joint ?? []), ...own.joint];
  }
  return all;
};

/** The twelve months before this one: no ladder looks further back. */
const yearBefore = (month: Month): Month[] =>
  Array.from({ length: 12 }, (_, at) => plusMonths(month, at - 12));

/** The windows and departments that one of the books scores. */
const unitsFor = (desk: Desk, month: Month, books: readonly RuleBook[]): Units | undefined => {
  let found: Units | undefined;
  for (const book of books) {
    const own = unitsIn(desk.registry, book, month);
    if (own) found = { ...found, ...own };
  }
  return found;
};

/** A month as it was counted: by its cut where it has one, else as it stands now. Without a rule book: nothing. */
export const pastMonth = async (
  house: House,
  centre: string,
  desk: Desk,
  month: Month,
  draft?: RuleBook,
): Promise<PastMonth | undefined> => {
  const inForce = await house.ruleBookInForce(centre, desk, month);
  if (!inForce.ok) return undefined;
  const heads = await house.store.month(centre, month);
  const cut = (await house.store.head(centre, { kind: 'month', id: month }))?.state.cut;
  const counted = cut
    ? await recompute(house, centre, month, cut, heads)
    : {
        facts: await currentFacts(house, centre, month),
        book: inForce.value.book,
        manifest: {
          people: pooledIn(desk.registry, inForce.value.book, month).people,
          units: unitsIn(desk.registry, inForce.value.book, month),
          carried: [],
          days: undefined,
        },
      };
  const { book, facts, manifest } = counted;
  const awards = await house.store.heads(
    centre,
    book.awards.map(({ code }) => ({ kind: 'award' as const, id: `award-${month}-${code}` })),
  );
  const nominated = new Set<string>();
  for (const head of awards.values())
    if (head?.ref.kind === 'award' && 'nominated' in head.state)
      for (const { person } of head.state.nominated) nominated.add(person);
  const units = unitsFor(desk, month, [book, ...(draft ? [draft] : [])]) ?? {};
  return {
    month,
    book,
    people: manifest.people.map(({ person }) => person),
    scored: manifest.people,
    units,
    cases: facts.cases,
    bonuses: facts.bonuses,
    carried: manifest.carried,
    openings: (await openingsIn(house, centre, draft ?? book, yearBefore(month))).cases,
    beside: {
      ...(await besideBoth(house, centre, desk, [book, ...(draft ? [draft] : [])], month, facts.cases)),
      ...(manifest.days === undefined ? {} : { days: manifest.days }),
    },
    candidates: candidatesOf(desk, month, manifest.people, units, heads, nominated),
  };
};

/** What a draft would have done to the last months that are over (at most twelve); `names` tells who the ids are. */
export const rehearseDraft = async (
  house: House,
  centre: string,
  actor: Actor,
  { book, months }: { book?: unknown; months: number },
): Promise<Result<Rehearsal & { names: Record<string, string> }>> => {
  const now = house.clock();
  const allowed = may(actor, 'rulebook.rehearse', about({}), dayOf(now));
  if (!allowed.ok) return allowed;
  const checked = soundBook(book);
  if (!checked.ok) return checked;
  const desk = await house.desk(centre);
  const last = monthOf(now);
  const wanted = Array.from({ length: months }, (_, at) => plusMonths(last, at - months));
  const past: PastMonth[] = [];
  for (const month of wanted) {
    const found = await pastMonth(house, centre, desk, month, checked.value);
    if (found) past.push(found);
  }
  if (past.length === 0) return refuse('rulebook.none', wanted[0] ?? last);
  const rehearsal = rehearse(checked.value, past);
  const named = rehearsal.months.flatMap(({ scores, units, titles }) => [
    ...scores.map(({ person }) => person),
    ...units.map(({ person }) => person),
    ...titles.flatMap(({ gone, added }) => [...gone, ...added]),
  ]);
  const names = Object.fromEntries([...new Set(named)].map((id) => [id, recipientName(desk.registry, id)]));
  return ok({ ...rehearsal, names });
};
