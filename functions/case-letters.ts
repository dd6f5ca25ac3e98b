// A letter about single cases before it is drafted: its facts, counted from the cases as they stand, and a proposed text.
// Writes nothing; what of it may be sent is decided when it is drafted.
import { type Actor, about, may } from '../shared/access.ts';
import type { CaseState } from '../shared/case.ts';
import { aboutCase } from '../shared/case-facts.ts';
import { monthOfId } from '../shared/ids.ts';
import type { LetterFacts } from '../shared/letter.ts';
import { letterFactsOf, sourceOf } from '../shared/letter-facts.ts';
import { bodyText, draftText } from '../shared/letter-wording.ts';
import { departmentNameOn } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { TalkState } from '../shared/talk.ts';
import { dayOf, type Month } from '../shared/time.ts';
import type { House } from './house.ts';

export interface CaseLetter {
  kind: 'violation' | 'evidence' | 'correction';
  month: Month;
  department: string;
  cases: readonly string[];
  talks: readonly string[];
  /** How many files go along. */
  shares: number;
  replyWorkingDays?: number;
}

/** The facts of these cases and a proposed text. Refuses a case that is not there or sealed. */
export const proposeCaseLetter = async (
  house: House,
  centre: string,
  actor: Actor,
  letter: CaseLetter,
): Promise<Result<{ facts: LetterFacts; title: string; body: string }>> => {
  const today = dayOf(house.clock());
  const allowed = may(actor, 'letter.draft', about({}), today);
  if (!allowed.ok) return allowed;
  const desk = await house.desk(centre);
  const cases: CaseState[] = [];
  for (const id of letter.cases) {
    const head = await house.store.head(centre, { kind: 'case', id });
    if (!head || aboutCase(head.state).sealed) return refuse('thing.not-found', id);
    cases.push(head.state);
  }
  const talks: TalkState[] = [];
  for (const id of letter.talks) {
    const head = await house.store.head(centre, { kind: 'talk', id });
    if (!head) return refuse('thing.not-found', id);
    talks.push(head.state);
  }
  const books = new Map<Month, Result<RuleBook>>();
  for (const month of new Set([letter.month, ...letter.cases.map(monthOfId)]))
    books.set(month, (await house.ruleBook(centre, desk, month)).found);
  const facts = letterFactsOf(
    sourceOf(cases, talks, (month) => books.get(month) ?? refuse('rulebook.none', month)),
  );
  if (!facts.ok) return facts;
  const book = books.get(letter.month);
  const reply = book?.ok && letter.kind !== 'correction' ? book.value.settings.letterReplyWorkingDays : 0;
  const text = draftText({
    kind: letter.kind,
    centre: desk.registry.centre.name,
    department: departmentNameOn(desk.registry, letter.department, today),
    month: letter.month,
    facts: facts.value,
    replyWorkingDays: letter.replyWorkingDays ?? reply,
    ...(letter.shares === 0 ? {} : { shares: letter.shares }),
  });
  return ok({ facts: facts.value, title: text.title, body: bodyText(text) });
};
