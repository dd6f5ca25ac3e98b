// Letters that rest on a frozen month: the regular letter to a department and the month's bulletin. The facts are
// counted here from the frozen cut, so the clerk words them but cannot change them.
import { type Actor, about, may } from '../shared/access.ts';
import { departmentsOf } from '../shared/case.ts';
import { commandNamed } from '../shared/commands.ts';
import { monthOfId } from '../shared/ids.ts';
import { casesOfBulletin, type LetterFacts } from '../shared/letter.ts';
import { letterFactsOf } from '../shared/letter-facts.ts';
import { bodyText, draftText } from '../shared/letter-wording.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import { type CountedCase, departmentsIn } from '../shared/score.ts';
import { dayOf, firstDayOf, lastDayOf, type Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { sha256 } from './keys.ts';
import { publishedBy } from './month.ts';
import { currentFacts, recompute } from './month-facts.ts';
import { run } from './run.ts';
import type { Answer } from './store.ts';

export interface MonthLetter {
  kind: 'monthly' | 'bulletin';
  month: Month;
  /** The department a monthly letter goes to. */
  department?: string;
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
  const { manifest, facts, book } = await recompute(house, centre, letter.month, head.state.cut, partition);
  const own = new Set(publishedBy(facts.cases));
  const published = [
    ...facts.cases.filter((one) => own.has(one.id)),
    ...(await lateCases(house, centre, manifest.late)),
  ];
  const concerns = (of: readonly string[]): boolean =>
    letter.department === undefined || of.includes(letter.department);
  const cases = published.filter((one) => concerns(departmentsIn(one)));
  const talks = partition.talk.filter(
    ({ state }) => state.stage !== 'withdrawn' && concerns([state.department]),
  );
  const books = await booksOf(house, centre, letter.month, book, cases);
  const counted = letterFactsOf({
    cases,
    underReview: partition.case.filter(
      ({ state }) =>
        state.stage === 'counting' && state.review?.state === 'asked' && concerns(departmentsOf(state)),
    ).length,
    sectionTalks: talks.filter(({ state }) => state.kind === 'section').length,
    directorTalks: talks.filter(({ state }) => state.kind === 'director').length,
    ruleBook: (month) => books.get(month) ?? refuse('rulebook.none', month),
    period: { from: firstDayOf(letter.month), to: lastDayOf(letter.month) },
    ...(letter.kind === 'bulletin'
      ? { departmentName: (id: string) => desk.registry.of.department.get(id)?.name ?? id }
      : {}),
  });
  if (!counted.ok) return counted;
  const department = desk.registry.of.department.get(letter.department ?? '')?.name;
  const text = draftText({
    kind: letter.kind,
    centre: desk.registry.centre.name,
    ...(department === undefined ? {} : { department }),
    month: letter.month,
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
