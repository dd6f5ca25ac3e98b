// Everything a letter says, gathered from its records: the text that stands, the closed annex, the files that go along, the
// centre's own words. Asks no permission and sets nothing.
import type { CaseState } from '../shared/case.ts';
import type { LetterState } from '../shared/letter.ts';
import type { LetterWords, SharedFile } from '../shared/letter-paper.ts';
import { type AnnexRow, annexOf } from '../shared/letter-wording.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { monthOf } from '../shared/time.ts';
import { findFile } from './evidence.ts';
import type { Desk, House } from './house.ts';
import { casesOfMonth } from './month-letters.ts';
import { type Head, readEvent } from './store.ts';

/** The words of a letter as it stands now. Refuses with what a rule book of one of its months refuses with. */
export const wordsOfLetter = async (
  house: House,
  centre: string,
  head: Head<'letter'>,
): Promise<Result<LetterWords>> => {
  const { state } = head;
  const [desk, items, listed] = await Promise.all([
    house.desk(centre),
    house.store.events(centre, head.ref, head.version),
    listedCases(house, centre, state),
  ]);
  const text = items
    .map((item) => readEvent(item).event)
    .findLast((event) => event.type === 'letter.drafted' || event.type === 'letter.revised');
  if (text?.type !== 'letter.drafted' && text?.type !== 'letter.revised')
    throw new Error(`${state.id} has no text`);
  const rows = await annexRows(house, centre, desk, state, listed);
  if (!rows.ok) return rows;
  const { of, centre: about } = desk.registry;
  const department = state.department === undefined ? undefined : of.department.get(state.department)?.name;
  return ok({
    state,
    title: state.title,
    body: text.body.text,
    organ: about.name,
    ...(department === undefined ? {} : { department }),
    copies: state.copies.map((id) => of.department.get(id)?.name ?? id),
    annex: rows.value,
    files: await sharedFiles(house, centre, state),
    template: about.papers ?? {},
    nameOf: (person) => of.staff.get(person)?.name,
  });
};

const listedCases = async (house: House, centre: string, state: LetterState): Promise<CaseState[]> => {
  const ids =
    state.kind === 'monthly' && state.department !== undefined
      ? await casesOfMonth(house, centre, state.month, state.department, state.facts.cases)
      : state.cases.map(({ id }) => id);
  const heads = await Promise.all(ids.map((id) => house.store.head(centre, { kind: 'case', id })));
  return heads.flatMap((found) => found?.state ?? []);
};

const annexRows = async (
  house: House,
  centre: string,
  desk: Desk,
  state: LetterState,
  cases: readonly CaseState[],
): Promise<Result<AnnexRow[]>> => {
  const months = [...new Set(cases.map(({ happened }) => monthOf(happened.from)))];
  const books = new Map(
    (await Promise.all(months.map((month) => house.ruleBook(centre, desk, month)))).map(
      ({ month, found }) => [month, found] as const,
    ),
  );
  const shares = new Map(state.cases.map((one) => [one.id, one.shares.length]));
  return annexOf(
    cases,
    desk.registry,
    (month) => books.get(month) ?? refuse('rulebook.none', month),
    (id) => shares.get(id) ?? 0,
  );
};

const sharedFiles = async (house: House, centre: string, state: LetterState): Promise<SharedFile[]> => {
  const wanted = state.cases.flatMap(({ id, shares }) => shares.map((n) => ({ record: id, n })));
  const found = await Promise.all(wanted.map((of) => findFile(house, centre, of)));
  return wanted.flatMap(({ record, n }, at): SharedFile[] => {
    const file = found[at]?.file;
    if (!file) return [];
    const { kind, takenAt, seconds, sha256 } = file;
    return [{ case: record, n, kind, takenAt, sha256, ...(seconds === undefined ? {} : { seconds }) }];
  });
};
