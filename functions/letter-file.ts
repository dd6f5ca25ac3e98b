// The paper of a letter as a file: a preview while it is a draft; once it has its number, one PDF that is set once, stored
// once and registered with its hash, so that every reprint is the same bytes. Checked by anybody who holds the paper.
import { type Actor, may } from '../shared/access.ts';
import type { Recorded } from '../shared/events.ts';
import { type LetterKind, type LetterState, letterKindTitles } from '../shared/letter.ts';
import { aboutLetter } from '../shared/letter-decide.ts';
import { layPaper } from '../shared/letter-layout.ts';
import { dispatchSheet, handOverPaper, type LetterWords, letterPaper } from '../shared/letter-paper.ts';
import { checkCode, checkedText, readCheckCode } from '../shared/paper-check.ts';
import type { Face, PaperContent } from '../shared/paper-content.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { type Day, dayOf, type Instant } from '../shared/time.ts';
import type { House } from './house.ts';
import { checkKey, paperKey, sha256 } from './keys.ts';
import { wordsOfLetter } from './letter-words.ts';
import { type PaperFile, printedFile } from './paper-file.ts';
import type { Head } from './store.ts';

/** What is known of a stored paper; the same in every reprint. */
export interface PaperEntry {
  record: string;
  kind: LetterKind;
  number: string;
  /** The day it bears. */
  date: Day;
  organ: string;
  sha256: string;
  size: number;
  pages: number;
  object: string;
  version: string;
  /** SHA-256 of number, date and every word (shared/paper-check.ts), and the code that follows from it. */
  content: string;
  code: string;
  /** By face: which open typeface stands in for the official one. */
  substituted: Partial<Record<Face, string>>;
  at: Instant;
}

export interface PaperRequest {
  id: string;
  form: 'pdf' | 'docx';
  /** paper: the letter itself; dispatch: 发文稿纸; handOver: 移交清单. */
  of: 'paper' | 'dispatch' | 'handOver';
}

/** A paper of a letter for somebody who may read it. Drafts come with a banner, an issued one from the store. */
export const readLetterPaper = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, form, of }: PaperRequest,
): Promise<Result<PaperFile>> => {
  const head = await house.store.head(centre, { kind: 'letter', id });
  const allowed = head && may(actor, 'letter.read', aboutLetter(head.state), dayOf(house.clock()));
  if (!head || !allowed?.ok) return refuse('thing.not-found', id);
  if (of === 'dispatch' && allowed.value.role === 'liaison') return refuse('thing.not-found', id);
  const name = `${'documentNumber' in head.state ? head.state.documentNumber : head.state.title}`;
  if (of === 'paper' && form === 'pdf' && isFixed(head.state)) {
    const stored = await storedPaper(house, centre, head);
    return stored.ok ? ok({ ...stored.value.file, name: `${name}.pdf` }) : stored;
  }
  const words = await wordsOfLetter(house, centre, head);
  if (!words.ok) return words;
  return printedFile(house, contentOf(words.value, of), form, { name, at: head.state.draftedAt });
};

const contentOf = (words: LetterWords, of: PaperRequest['of']): PaperContent => {
  switch (of) {
    case 'paper':
      return letterPaper(words);
    case 'dispatch':
      return dispatchSheet(words);
    case 'handOver':
      return handOverPaper(words);
  }
};

type Fixed = LetterState & { stage: 'numbered' | 'sealed' | 'issued' | 'closed' };
const isFixed = (state: LetterState): state is Fixed =>
  state.stage === 'numbered' ||
  state.stage === 'sealed' ||
  state.stage === 'issued' ||
  state.stage === 'closed';

/**
 * The one PDF of a numbered letter: read from the store, or set now if nobody has. Whoever sets it at the same time
 * finds the other's entry and takes that.
 */
const storedPaper = async (
  house: House,
  centre: string,
  head: Head<'letter'>,
): Promise<Result<{ entry: PaperEntry; file: PaperFile }>> => {
  const { papers } = house;
  if (!papers) throw new Error('this house keeps no papers');
  const key = paperKey(centre, head.ref.id, 'paper');
  const entry = (await house.store.get<PaperEntry>(key, 'paper')) ?? (await setPaper(house, centre, head));
  if ('problem' in entry) return entry;
  const bytes = await papers.read(entry.object, entry.version);
  if (!bytes || sha256(bytes) !== entry.sha256) throw new Error(`the paper of ${head.ref.id} is damaged`);
  return ok({ entry, file: { file: true, bytes, mediaType: 'application/pdf', name: entry.number } });
};

const setPaper = async (
  house: House,
  centre: string,
  head: Head<'letter'>,
): Promise<PaperEntry | Extract<Result<never>, { ok: false }>> => {
  const { state } = head;
  if (!isFixed(state) || !house.papers) throw new Error(`${state.id} has no number yet`);
  const words = await wordsOfLetter(house, centre, head);
  if (!words.ok) return words;
  const content = letterPaper(words.value);
  const digest = sha256(checkedText(content));
  const code = checkCode(digest);
  const { checkAt } = words.value.template;
  const marked: PaperContent = {
    ...content,
    check: {
      ...(checkAt === undefined ? {} : { link: `${checkAt}/api/paper-checks/${code}/page` }),
      words: [`校验码 ${code}`, ...(checkAt === undefined ? [] : ['扫码核对文号、日期和内容'])],
    },
  };
  const fonts = await house.papers.fonts();
  const placed = layPaper(marked, fonts.metrics);
  const { pdfOf } = await import('./paper-pdf.ts');
  const bytes = await pdfOf(placed, fonts, {
    title: content.title,
    organ: words.value.organ,
    at: state.signed.at,
  });
  const hash = sha256(bytes);
  const object = `papers/${centre}/${head.ref.id}/${hash}.pdf`;
  const entry: PaperEntry = {
    record: head.ref.id,
    kind: state.kind,
    number: state.documentNumber,
    date: dayOf(state.signed.at),
    organ: words.value.organ,
    sha256: hash,
    size: bytes.length,
    pages: placed.pages.length,
    object,
    version: await house.papers.putOnce(object, bytes, 'application/pdf'),
    content: digest,
    code,
    substituted: fonts.substituted,
    at: house.clock(),
  };
  const key = paperKey(centre, head.ref.id, 'paper');
  await house.store.putOnce({ ...checkKey(code), centre, record: head.ref.id });
  if (await house.store.putOnce({ ...key, ...entry })) return entry;
  const earlier = await house.store.get<PaperEntry>(key, 'paper');
  if (!earlier) throw new Error(`the paper of ${head.ref.id} came and went`);
  return earlier;
};

/** Follow-up of `letter.numbered` and `letter.issued`: the paper is there before anybody asks to print it. */
export const typesetLetter = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  if (!house.papers) return;
  const head = await house.store.head(centre, { kind: 'letter', id: recorded.stream });
  if (!head || !isFixed(head.state)) return;
  const stored = await storedPaper(house, centre, head);
  if (!stored.ok) throw new Error(stored.problem.code);
};

/** What anybody may learn who holds a paper: whether it is one of ours, and what number and day it bears. */
export interface PaperCheck {
  genuine: boolean;
  number?: string;
  date?: Day;
  organ?: string;
  kind?: string;
  /** A paper that was voided before it was issued, or not issued yet, is genuine and not in force. */
  standing?: 'issued' | 'notIssued' | 'void';
}
export interface CheckRequest {
  code: string;
  /** As read on the paper; what differs from the register is no genuine paper. */
  number?: string;
  date?: Day;
  /** Hash of the file, where somebody holds the file. */
  sha256?: string;
}

export const checkPaper = async (house: House, request: CheckRequest): Promise<Result<PaperCheck>> => {
  const found = await house.store.get<{ centre: string; record: string }>(
    checkKey(readCheckCode(request.code)),
    'check',
  );
  if (!found) return ok({ genuine: false });
  const entry = await house.store.get<PaperEntry>(paperKey(found.centre, found.record, 'paper'), 'paper');
  if (entry?.code !== readCheckCode(request.code)) return ok({ genuine: false });
  const { number, date, organ, kind } = entry;
  const same =
    (request.number === undefined || request.number === number) &&
    (request.date === undefined || request.date === date) &&
    (request.sha256 === undefined || request.sha256 === entry.sha256);
  if (!same) return ok({ genuine: false });
  const head = await house.store.head(found.centre, { kind: 'letter', id: found.record });
  const stage = head?.state.stage;
  return ok({
    genuine: true,
    ...{ number, date, organ },
    kind: letterKindTitles[kind],
    standing: stage === 'issued' || stage === 'closed' ? 'issued' : stage === 'void' ? 'void' : 'notIssued',
  });
};
