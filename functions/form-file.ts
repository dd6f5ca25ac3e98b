// Forms and dossiers of records as files. What somebody may read of a record they may print of it: everything comes through
// the same read. Pictures are printed only after a look at each has been entered in its own register.

import * as z from 'zod';
import type { Actor } from '../shared/access.ts';
import { personsOf } from '../shared/case.ts';
import { dossierPaper, stepTitle } from '../shared/dossier-paper.ts';
import {
  type CaseWords,
  type FormContext,
  type LookRow,
  noticePaper,
  patrolPaper,
  rectificationPaper,
  talkPaper,
  urgingPaper,
} from '../shared/form-paper.ts';
import { honourPaper } from '../shared/honour-paper.ts';
import { lookResults } from '../shared/inspection.ts';
import type { SharedFile } from '../shared/letter-paper.ts';
import type { PaperContent } from '../shared/paper-content.ts';
import type { PrintedPicture } from '../shared/paper-pictures.ts';
import { type Result, refuse } from '../shared/problems.ts';
import { clauseLabel, clauseOf } from '../shared/rulebook.ts';
import type { States } from '../shared/states.ts';
import { type Instant, monthOf } from '../shared/time.ts';
import { derivedCommandId } from './derived-id.ts';
import { findFile } from './evidence.ts';
import type { House } from './house.ts';
import { type PaperFile, printedFile } from './paper-file.ts';
import { photoFor } from './paper-photos.ts';
import { type RecordedView, type RecordView, readRecord } from './read.ts';

type Form = 'pdf' | 'docx';
const textField = z.union([z.string(), z.looseObject({ text: z.string() }).transform(({ text }) => text)]);

const textOf = (value: unknown): string => {
  const found = textField.safeParse(value);
  if (found.success) return found.data;
  const nested = z.looseObject({ text: textField }).safeParse(value);
  return nested.success ? nested.data.text : '';
};

const contextOf = async (
  house: House,
  centre: string,
  { history, names }: RecordView<unknown>,
): Promise<FormContext> => {
  const { registry } = await house.desk(centre);
  return {
    organ: registry.centre.name,
    nameOf: (id) => names[id] ?? registry.of.staff.get(id)?.name ?? id,
    said: (type, field) => textOf(history.findLast(({ event }) => event.type === type)?.event[field]),
  };
};

const wordsOfCase = async (
  house: House,
  centre: string,
  view: RecordView<States['case']>,
): Promise<CaseWords> => {
  const { state } = view;
  const desk = await house.desk(centre);
  const book = await house.ruleBookInForce(centre, desk, monthOf(state.happened.from));
  const settings = book.ok ? book.value.book.settings : undefined;
  const clause = book.ok && 'verdict' in state ? clauseOf(book.value.book, state.verdict.clause) : undefined;
  return {
    state,
    context: await contextOf(house, centre, view),
    answerDays: settings?.answerWorkingDays ?? 2,
    appealDays: settings?.appealWorkingDays ?? 3,
    ...(clause === undefined ? {} : { clause: clauseLabel(clause) }),
  };
};

/** The notice of a case, for one of its persons; of several the one asked for, else the name is left to the pen. */
export const readNotice = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, form, person }: { id: string; form: Form; person?: string | undefined },
): Promise<Result<PaperFile>> => {
  const view = await readRecord(house, centre, actor, 'case', id);
  if (!view.ok) return view;
  const persons = personsOf(view.value.state);
  if (person !== undefined && !persons.includes(person)) return refuse('thing.not-found', person);
  const words = await wordsOfCase(house, centre, view.value);
  const named = person ?? (persons.length === 1 ? persons[0] : undefined);
  return sent(house, noticePaper(words, named), form, '问题告知单', view.value);
};

const sent = (
  house: House,
  content: PaperContent,
  form: Form,
  name: string,
  { history }: Pick<RecordView<unknown>, 'history'>,
  pictures?: ReadonlyMap<string, Buffer>,
): Promise<Result<PaperFile>> =>
  printedFile(house, content, form, {
    name,
    at: history.at(-1)?.at ?? house.clock(),
    ...(pictures === undefined ? {} : { pictures }),
  });

export const readTalkPaper = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, form }: { id: string; form: Form },
): Promise<Result<PaperFile>> => {
  const view = await readRecord(house, centre, actor, 'talk', id);
  if (!view.ok) return view;
  const context = await contextOf(house, centre, view.value);
  return sent(house, talkPaper(view.value.state, context), form, '谈话记录', view.value);
};

export const readRectificationPaper = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, form, of }: { id: string; form: Form; of: 'order' | 'urging' },
): Promise<Result<PaperFile>> => {
  const view = await readRecord(house, centre, actor, 'rectification', id);
  if (!view.ok) return view;
  const context = await contextOf(house, centre, view.value);
  const { state } = view.value;
  switch (of) {
    case 'order':
      return sent(house, rectificationPaper(state, context), form, '整改单', view.value);
    case 'urging':
      return sent(house, urgingPaper(state, context), form, '整改催办单', view.value);
  }
};

export const readHonourPaper = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, form, of }: { id: string; form: Form; of: 'publicity' | 'commendation' },
): Promise<Result<PaperFile>> => {
  const view = await readRecord(house, centre, actor, 'award', id);
  if (!view.ok) return view;
  const { registry } = await house.desk(centre);
  const { nameOf, organ } = await contextOf(house, centre, view.value);
  const content = honourPaper(
    {
      state: view.value.state,
      organ,
      template: registry.centre.papers ?? {},
      nameOf,
      departmentOf: (id) => {
        const department = registry.of.staff.get(id)?.department ?? registry.of.window.get(id)?.department;
        return registry.of.department.get(department ?? '')?.name ?? '';
      },
    },
    of,
  );
  return content === undefined
    ? refuse('award.wrong-stage')
    : sent(house, content, form, of === 'publicity' ? '公示' : '表彰通报', view.value);
};

const look = z.looseObject({
  window: z.string(),
  at: z.string(),
  result: z.enum(lookResults),
  note: z.unknown().optional(),
});
export const readPatrolSheet = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, form }: { id: string; form: Form },
): Promise<Result<PaperFile>> => {
  const view = await readRecord(house, centre, actor, 'inspection', id);
  if (!view.ok) return view;
  const { history, state } = view.value;
  const windows = history.flatMap(({ event }) => z.array(z.string()).safeParse(event.windows).data ?? []);
  const looks = history
    .flatMap(({ event }) => z.array(look).safeParse(event.looks).data ?? [])
    .map(({ window, at, result, note }): LookRow => ({ window, at, result, note: textOf(note) }));
  const context = await contextOf(house, centre, view.value);
  return sent(house, patrolPaper(state, context, windows, looks), form, '窗口巡查表', view.value);
};

/** The dossier of a case. Each picture in it is a look, registered with the reason before the file is made. */
export const makeDossier = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, form, commandId, reason }: { id: string; form: Form; commandId: string; reason: string },
): Promise<Result<PaperFile>> => {
  const view = await readRecord(house, centre, actor, 'case', id);
  if (!view.ok) return view;
  const { state, history } = view.value;
  const pictures: PrintedPicture[] = [];
  const bytesOf = new Map<string, Buffer>();
  const files: SharedFile[] = [];
  const window = state.window === undefined ? '' : (view.value.names[state.window] ?? state.window);
  for (const { n, state: standing } of state.evidence) {
    const found = await findFile(house, centre, { record: id, n });
    if (!found || standing === 'rejected') continue;
    const { kind, takenAt, seconds, sha256 } = found.file;
    files.push({ case: id, n, kind, takenAt, sha256, ...(seconds === undefined ? {} : { seconds }) });
    if (kind !== 'photo' || standing !== 'received') continue;
    const look = { reason, commandId: derivedCommandId('dossier', commandId, String(n)) };
    const photo = await photoFor(house, centre, actor, { record: id, n }, look);
    if (!photo.ok) return photo;
    if (!photo.value) continue;
    const picture = String(n);
    const { bytes, ...shape } = photo.value;
    bytesOf.set(picture, bytes);
    const { doubtSeconds } = state.happened;
    pictures.push({ picture, ...shape, takenAt, sha256, window, doubtSeconds });
  }
  const words = await wordsOfCase(house, centre, view.value);
  const content = dossierPaper(words, personsOf(state), history.flatMap(stepOf), pictures, files);
  return sent(house, content, form, `问题档案 ${state.number ?? ''}`.trim(), view.value, bytesOf);
};

/** The words of a step, whichever field its event keeps them in. */
const wordFields = ['description', 'reason', 'said', 'answer', 'grounds'];
const stepOf = ({
  at,
  byName,
  event,
}: RecordedView): { at: Instant; by: string; what: string; words: string }[] => {
  const what = stepTitle(event.type);
  if (what === undefined) return [];
  const words = wordFields.map((field) => textOf(event[field])).filter((text) => text !== '');
  return [{ at, by: byName, what, words: words.join('；') }];
};
