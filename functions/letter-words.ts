// Everything a letter says, gathered from its records: the text that stands, the closed annex, the files that go along, the
// centre's own words. Asks no permission and sets nothing.
import type { Actor } from '../shared/access.ts';
import type { CaseState } from '../shared/case.ts';
import { evidenceId } from '../shared/evidence.ts';
import type { LetterFacts, LetterState } from '../shared/letter.ts';
import { bulletinCharts, type LetterWords, type SharedFile } from '../shared/letter-paper.ts';
import { type AnnexRow, annexOf } from '../shared/letter-wording.ts';
import type { PrintedPicture } from '../shared/paper-pictures.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { monthOf } from '../shared/time.ts';
import { derivedCommandId } from './derived-id.ts';
import { type FileOf, findFile } from './evidence.ts';
import type { Desk, House } from './house.ts';
import { casesOfMonth } from './month-letters.ts';
import { photoFor, photosLimit } from './paper-photos.ts';
import { type EventItem, type Head, readEvent } from './store.ts';

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
  const facts = draftedFacts(items);
  return ok({
    state,
    title: state.title,
    body: text.body.text,
    organ: about.name,
    ...(department === undefined ? {} : { department }),
    copies: state.copies.map((id) => of.department.get(id)?.name ?? id),
    annex: rows.value,
    files: await sharedFiles(house, centre, state, copiesIn(items)),
    charts: state.kind === 'bulletin' && facts ? bulletinCharts(facts) : [],
    pictures: [],
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

/** The facts a letter was drafted on. */
const draftedFacts = (items: readonly EventItem[]): LetterFacts | undefined => {
  const drafted = items.map((item) => readEvent(item).event).find((event) => event.type === 'letter.drafted');
  return drafted?.type === 'letter.drafted' ? drafted.facts : undefined;
};

/** The watermarked copies entered last for each file. */
const copiesIn = (items: readonly EventItem[]): ReadonlyMap<string, string> =>
  new Map(
    items.flatMap((item) => {
      const { event } = readEvent(item);
      return event.type === 'letter.discPrepared'
        ? event.copies.map(({ of, sha256 }) => [of, sha256] as const)
        : [];
    }),
  );

const sharedFiles = async (
  house: House,
  centre: string,
  state: LetterState,
  copies: ReadonlyMap<string, string>,
): Promise<SharedFile[]> => {
  const wanted = state.cases.flatMap(({ id, shares }) => shares.map((n) => ({ record: id, n })));
  const found = await Promise.all(wanted.map((of) => findFile(house, centre, of)));
  return wanted.flatMap(({ record, n }, at): SharedFile[] => {
    const file = found[at]?.file;
    if (!file) return [];
    const { kind, takenAt, seconds, sha256 } = file;
    const of = evidenceId(record, n);
    const copy = copies.get(of);
    return [
      {
        ...{ case: record, n, kind, takenAt, sha256 },
        ...(seconds === undefined ? {} : { seconds }),
        ...(maskOf(state, of) === undefined ? {} : { masked: true }),
        ...(copy === undefined ? {} : { copy }),
      },
    ];
  });
};

/** The derived copy that goes along in a file's place, once it has arrived. */
export const maskOf = (state: LetterState, of: string): number | undefined => {
  const n = state.masks?.find((mask) => mask.of === of)?.n;
  return state.evidence.find((entry) => entry.n === n)?.state === 'received' ? n : undefined;
};

/** Where a shared file is read: the case it belongs to, or the letter that has a masked copy of it. */
export const sharedFrom = (state: LetterState, record: string, n: number): FileOf => {
  const mask = maskOf(state, evidenceId(record, n));
  return mask === undefined ? { record, n } : { record: state.id, n: mask };
};

/**
 * The photos of a letter for its annex, each look registered for `actor` with its reason. Photos beyond what one paper
 * carries stay in the list of files only.
 */
export const picturesOfLetter = async (
  house: House,
  centre: string,
  state: LetterState,
  { files }: LetterWords,
  look: { actor: Actor; reason: string; once: string },
): Promise<Result<{ pictures: PrintedPicture[]; bytes: Map<string, Buffer> }>> => {
  const pictures: PrintedPicture[] = [];
  const bytes = new Map<string, Buffer>();
  const { registry } = await house.desk(centre);
  let room = photosLimit;
  for (const file of files) {
    if (file.kind !== 'photo') continue;
    const of = evidenceId(file.case, file.n);
    const photo = await photoFor(
      house,
      centre,
      look.actor,
      sharedFrom(state, file.case, file.n),
      { reason: look.reason, commandId: derivedCommandId('letter-photo', look.once, of) },
      room,
    );
    if (!photo.ok) return photo;
    const head = await house.store.head(centre, { kind: 'case', id: file.case });
    if (!photo.value || !head) continue;
    const { window, happened } = head.state;
    room -= photo.value.bytes.length;
    bytes.set(of, photo.value.bytes);
    pictures.push({
      ...{ picture: of, width: photo.value.width, height: photo.value.height },
      ...{ takenAt: file.takenAt, sha256: file.sha256, doubtSeconds: happened.doubtSeconds },
      window: (window === undefined ? undefined : registry.of.window.get(window)?.number) ?? '',
      ...(file.masked ? { masked: true } : {}),
    });
  }
  return ok({ pictures, bytes });
};
