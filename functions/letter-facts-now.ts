// The facts of a letter side by side, as its text was written on them and as they are now, with the text re-worded where the
// facts changed. What a checker and a signer are shown. Changes nothing.
import { type Actor, may } from '../shared/access.ts';
import type { LetterFacts, LetterState } from '../shared/letter.ts';
import { linkedFacts } from '../shared/letter.ts';
import { aboutLetter } from '../shared/letter-decide.ts';
import { factMonths } from '../shared/letter-drafting.ts';
import { letterFactsOf, sourceOf } from '../shared/letter-facts.ts';
import { type ChangedWords, type FactRow, factRows, relinked } from '../shared/letter-figures.ts';
import { type DraftText, draftText } from '../shared/letter-wording.ts';
import { ofTheOffice } from '../shared/office.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import { dayOf, type Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { type Head, readEvent } from './store.ts';

export interface FactsNow {
  rows: FactRow[];
  /** Whether any fact changed since the text was written: then nobody can check, sign or issue it. */
  stale: boolean;
  /** Figures in the text that the system did not count; the signer names them as seen. */
  altered: string[];
  /** Sentences of the system that read otherwise now, and the text with those that stood unaltered replaced. */
  changed: ChangedWords[];
  body: string;
}

/** Refuses a letter of which no case stands any longer, as a decision on it would. */
export const readFactsNow = async (
  house: House,
  centre: string,
  actor: Actor,
  id: string,
): Promise<Result<FactsNow>> => {
  const head = await house.store.head(centre, { kind: 'letter', id });
  const allowed = head && may(actor, 'letter.read', aboutLetter(head.state), dayOf(house.clock()));
  if (!head || !allowed?.ok || !ofTheOffice(allowed.value)) return refuse('thing.not-found', id);
  const { state } = head;
  const { facts: before, body } = await writtenOn(house, centre, head);
  const now = state.cases.length === 0 ? ok(before) : await countedNow(house, centre, state);
  if (!now.ok) return now;
  const words = await wordingOf(house, centre, state);
  const reworded = relinked(body, words(before), words(now.value));
  const rows = factRows(linkedFacts(before), linkedFacts(now.value));
  return ok({
    rows,
    stale: rows.some(({ was, now: is }) => was !== is),
    altered: state.altered ?? [],
    ...reworded,
  });
};

/** The text that stands, and the facts it was written on: a revision of a month's letter brings none of its own. */
const writtenOn = async (
  house: House,
  centre: string,
  head: Head<'letter'>,
): Promise<{ facts: LetterFacts; body: string }> => {
  const items = await house.store.events(centre, head.ref, head.version);
  let facts: LetterFacts | undefined;
  let body = '';
  for (const { event } of items.map(readEvent)) {
    if (event.type === 'letter.drafted') facts = event.facts;
    if (event.type === 'letter.revised' && event.linked) facts = event.linked.facts;
    if (event.type === 'letter.drafted' || event.type === 'letter.revised') body = event.body.text;
  }
  if (!facts) throw new Error(`${head.ref.id} has no facts`);
  return { facts, body };
};

const countedNow = async (house: House, centre: string, state: LetterState): Promise<Result<LetterFacts>> => {
  const desk = await house.desk(centre);
  const [cases, talks] = await Promise.all([
    Promise.all(state.cases.map((one) => house.store.head(centre, { kind: 'case', id: one.id }))),
    Promise.all(state.talks.map((one) => house.store.head(centre, { kind: 'talk', id: one }))),
  ]);
  const books = new Map<Month, Result<RuleBook>>();
  for (const month of factMonths(state)) books.set(month, (await house.ruleBook(centre, desk, month)).found);
  return letterFactsOf(
    sourceOf(
      cases.flatMap((found) => found?.state ?? []),
      talks.flatMap((found) => found?.state ?? []),
      (month) => books.get(month) ?? refuse('rulebook.none', month),
    ),
  );
};

const wordingOf = async (
  house: House,
  centre: string,
  state: LetterState,
): Promise<(facts: LetterFacts) => DraftText> => {
  const { registry } = await house.desk(centre);
  const { department, corrects } = state;
  const before =
    corrects === undefined ? undefined : await house.store.head(centre, { kind: 'letter', id: corrects });
  const corrected =
    before && 'issuedAt' in before.state
      ? { documentNumber: before.state.documentNumber, issuedOn: dayOf(before.state.issuedAt) }
      : undefined;
  return (facts) =>
    draftText({
      kind: state.kind,
      centre: registry.centre.name,
      ...(department === undefined ? {} : { department: registry.of.department.get(department)?.name ?? '' }),
      month: state.month,
      facts,
      replyWorkingDays: state.replyWorkingDays,
      shares: state.cases.reduce((sum, { shares }) => sum + shares.length, 0),
      ...(corrected === undefined ? {} : { corrects: corrected }),
    });
};
