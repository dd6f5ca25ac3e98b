// Letters that rest on a frozen month: the regular letter to a department and the month's bulletin. The facts are
// counted here from the frozen cut, so the clerk words them but cannot change them.
import { type Actor, about, may } from '../shared/access.ts';
import { departmentsOf, personsOf } from '../shared/case.ts';
import { commandNamed } from '../shared/commands.ts';
import { carriedOnBy, type Matter, toldTo } from '../shared/heirs.ts';
import { monthOfId } from '../shared/ids.ts';
import { casesOfBulletin, type LetterFacts } from '../shared/letter.ts';
import { endedDepartment } from '../shared/letter-drafting.ts';
import { letterFactsOf } from '../shared/letter-facts.ts';
import { bodyText, draftText } from '../shared/letter-wording.ts';
import type { Cut } from '../shared/month.ts';
import { departmentNameOn, type Registry } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import { type CountedCase, departmentsIn, stands } from '../shared/score.ts';
import { chineseDate, type Day, dayOf, firstDayOf, lastDayOf, type Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { sha256 } from './keys.ts';
import { publishedBy } from './month.ts';
import { currentFacts, recompute } from './month-facts.ts';
import { run } from './run.ts';
import type { Answer, MonthPartition } from './store.ts';

export interface MonthLetter {
  kind: 'monthly' | 'bulletin';
  month: Month;
  /** The department a monthly letter goes to. */
  department?: string;
  /** Violations of a split department that nobody can tell whose they are: taken into this letter, or left out. */
  unclear?: 'take' | 'leave';
  /** Departments a bulletin is copied to; all that sent people into the hall when left out. */
  copies?: string[];
  title?: string;
  body?: string;
  replyWorkingDays?: number;
}
export interface MonthLetterRequest extends MonthLetter {
  commandId: string;
}

export interface MonthDraft {
  facts: LetterFacts;
  title: string;
  body: string;
  list?: { digest: string; count: number };
}

/** The facts of a frozen month and a proposed text, nothing written: what the clerk sees before drafting. */
export const proposeMonthLetter = async (
  house: House,
  centre: string,
  actor: Actor,
  letter: MonthLetter,
): Promise<Result<MonthDraft>> => {
  const allowed = may(actor, 'letter.draft', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const head = await house.store.head(centre, { kind: 'month', id: letter.month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return refuse('letter.month-open');
  const desk = await house.desk(centre);
  const partition = await house.store.month(centre, letter.month);
  const { published, onSpot, book } = await publishedIn(
    house,
    centre,
    letter.month,
    head.state.cut,
    partition,
  );
  const today = dayOf(house.clock());
  const { registry } = desk;
  const ended =
    letter.department === undefined
      ? undefined
      : endedDepartment(letter.department, { registry, now: house.clock() });
  if (ended) return ended;
  const concerns = (matter: Matter): 'yes' | 'no' | 'unclear' =>
    letter.department === undefined ? 'yes' : toldTo(registry, matter, letter.department, today);
  const listed = (matter: Matter): boolean => {
    const told = concerns(matter);
    return told === 'yes' || (told === 'unclear' && letter.unclear === 'take');
  };
  const unclear = published.filter((one) => concerns(matterOf(one)) === 'unclear');
  if (unclear.length > 0 && letter.unclear === undefined)
    return refuse('letter.heir-unclear', unclearText(registry, unclear));
  const cases = published.filter((one) => listed(matterOf(one)));
  const talks = partition.talk.filter(
    ({ state }) =>
      state.stage !== 'withdrawn' && listed({ departments: [state.department], persons: [state.person] }),
  );
  const books = await booksOf(house, centre, letter.month, book, cases);
  const counted = letterFactsOf({
    cases,
    onSpot: onSpot.filter((one) => concerns(matterOf(one)) === 'yes'),
    underReview: partition.case.filter(
      ({ state }) =>
        state.stage === 'counting' &&
        state.review?.state === 'asked' &&
        listed({ departments: departmentsOf(state), persons: personsOf(state), window: state.window }),
    ).length,
    sectionTalks: talks.filter(({ state }) => state.kind === 'section').length,
    directorTalks: talks.filter(({ state }) => state.kind === 'director').length,
    ruleBook: (month) => books.get(month) ?? refuse('rulebook.none', month),
    period: { from: firstDayOf(letter.month), to: lastDayOf(letter.month) },
    ...(letter.kind === 'bulletin'
      ? { departmentName: (id: string) => departmentNameOn(registry, id, lastDayOf(letter.month)) }
      : {}),
  });
  if (!counted.ok) return counted;
  const { department: to } = letter;
  const department = to === undefined ? undefined : departmentNameOn(registry, to, today);
  const formerly = to === undefined ? [] : formerNames(registry, to, cases, letter.month, today);
  const text = draftText({
    kind: letter.kind,
    centre: desk.registry.centre.name,
    ...(department === undefined ? {} : { department }),
    month: letter.month,
    ...(formerly.length === 0 ? {} : { formerly }),
    facts: counted.value,
    replyWorkingDays: letter.replyWorkingDays ?? 0,
  });
  const list = casesOfBulletin(cases.map((one) => one.id));
  return ok({
    facts: counted.value,
    title: letter.title ?? text.title,
    body: letter.body ?? bodyText(text),
    ...(letter.kind === 'bulletin' ? { list: { digest: sha256(list.text), count: list.count } } : {}),
  });
};

const matterOf = (one: CountedCase): Matter => ({
  departments: departmentsIn(one),
  persons: one.persons,
  window: one.window,
});

/** 原市税务局2件(2026年9月3日、2026年9月10日): what the clerk must say something about. */
const unclearText = (registry: Registry, unclear: readonly CountedCase[]): string => {
  const byDepartment = new Map<string, CountedCase[]>();
  for (const one of unclear)
    for (const id of departmentsIn(one)) byDepartment.set(id, [...(byDepartment.get(id) ?? []), one]);
  return [...byDepartment]
    .map(([id, cases]) => {
      const days = cases.map(({ day }) => chineseDate(day)).join('、');
      return `原${departmentNameOn(registry, id, cases[0]?.day ?? '')}${cases.length}件(${days})`;
    })
    .join(';');
};

/** Departments that have ended and stand behind some of the violations, by the names they had in that month. */
const formerNames = (
  registry: Registry,
  department: string,
  cases: readonly CountedCase[],
  month: Month,
  today: Day,
): string[] =>
  carriedOnBy(registry, department, today)
    .filter((id) => cases.some((one) => departmentsIn(one).includes(id)))
    .map((id) => departmentNameOn(registry, id, lastDayOf(month)));
/** What a frozen month publishes: its own cases that stand, and those of earlier months that it carries. */
const publishedIn = async (
  house: House,
  centre: string,
  month: Month,
  cut: Cut,
  partition: MonthPartition,
): Promise<{ published: CountedCase[]; onSpot: CountedCase[]; book: RuleBook }> => {
  const { manifest, facts, book } = await recompute(house, centre, month, cut, partition);
  const own = new Set(publishedBy(facts.cases));
  return {
    published: [
      ...facts.cases.filter((one) => own.has(one.id)),
      ...(await lateCases(house, centre, manifest.late)),
    ],
    onSpot: facts.cases.filter((one) => one.settledOnSpot && stands(one)),
    book,
  };
};

/** The departments a frozen month has something to write to, heirs in place of those that ended, in order of their ids. */
export const departmentsOfMonth = async (
  house: House,
  centre: string,
  actor: Actor,
  month: Month,
): Promise<Result<string[]>> => {
  const allowed = may(actor, 'letter.draft', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return refuse('letter.month-open');
  const { registry } = await house.desk(centre);
  const partition = await house.store.month(centre, month);
  const { published } = await publishedIn(house, centre, month, head.state.cut, partition);
  const today = dayOf(house.clock());
  return ok(
    [...registry.of.department.values()]
      .filter((one) => one.from <= today && (one.until ?? today) >= today)
      .filter(({ id }) => published.some((one) => toldTo(registry, matterOf(one), id, today) !== 'no'))
      .map(({ id }) => id)
      .sort(),
  );
};

/** The cases behind a monthly letter, in the frozen cut: what its closed annex lists. `count` is how many the letter states. */
export const casesOfMonth = async (
  house: House,
  centre: string,
  month: Month,
  department: string,
  count: number,
): Promise<string[]> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return [];
  const partition = await house.store.month(centre, month);
  const { published } = await publishedIn(house, centre, month, head.state.cut, partition);
  const { registry } = await house.desk(centre);
  const told = (one: CountedCase) => toldTo(registry, matterOf(one), department, dayOf(house.clock()));
  const surely = published.filter((one) => told(one) === 'yes');
  // What nobody could tell was taken along or left out when the letter was drafted: its own count says which.
  const listed = surely.length === count ? surely : published.filter((one) => told(one) !== 'no');
  return listed.map((one) => one.id);
};

const lateCases = async (house: House, centre: string, late: readonly string[]): Promise<CountedCase[]> => {
  const months = [...new Set(late.map(monthOfId))];
  const facts = await Promise.all(months.map((month) => currentFacts(house, centre, month)));
  const wanted = new Set(late);
  return facts.flatMap(({ cases }) => cases.filter((one) => wanted.has(one.id)));
};

const booksOf = async (
  house: House,
  centre: string,
  own: Month,
  book: RuleBook,
  cases: readonly CountedCase[],
): Promise<Map<Month, Result<RuleBook>>> => {
  const desk = await house.desk(centre);
  const months = [...new Set(cases.map((one) => one.month))].filter((month) => month !== own);
  const found = await Promise.all(months.map((month) => house.ruleBook(centre, desk, month)));
  return new Map([[own, ok(book)], ...found.map(({ month, found: one }) => [month, one] as const)]);
};

/** Drafts the letter with the month's facts; title and text as proposed where the clerk sends none. */
export const draftMonthLetter = async (
  house: House,
  centre: string,
  actor: Actor,
  { commandId, ...letter }: MonthLetterRequest,
): Promise<Result<Answer>> => {
  const receipt = await house.store.receipt(centre, commandId);
  const proposed = await proposeMonthLetter(house, centre, actor, letter);
  if (!proposed.ok) return proposed;
  if (receipt) return ok(receipt.answer);
  const { facts, title, body, list } = proposed.value;
  const copies = letter.kind === 'bulletin' ? (letter.copies ?? (await residents(house, centre))) : [];
  return run(house, centre, actor, commandNamed('letter.draftFromMonth'), {
    commandId,
    fields: {
      kind: letter.kind,
      month: letter.month,
      ...(letter.department === undefined ? {} : { department: letter.department }),
      copies,
      facts,
      ...(list === undefined ? {} : { list }),
      title,
      body,
      ...(letter.replyWorkingDays === undefined ? {} : { replyWorkingDays: letter.replyWorkingDays }),
    },
  });
};

/** 抄送各进驻部门: those with people in the hall today. */
const residents = async (house: House, centre: string): Promise<string[]> => {
  const { registry } = await house.desk(centre);
  const today = dayOf(house.clock());
  return [...registry.of.department.values()]
    .filter((one) => one.employer === 'resident' && one.from <= today && (one.until ?? today) >= today)
    .map((one) => one.id)
    .sort()
    .slice(0, 60);
};
