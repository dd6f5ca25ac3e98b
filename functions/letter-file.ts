// The paper of a letter as a file: a preview while it is a draft; once it has its number, one PDF that is set once, stored
// once and registered with its hash, so that every reprint is the same bytes. Checked by anybody who holds the paper.
import { type Actor, about, may, system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { Recorded } from '../shared/events.ts';
import type { PaperCopy } from '../shared/evidence.ts';
import { type LetterKind, type LetterState, letterKindTitles } from '../shared/letter.ts';
import { aboutLetter } from '../shared/letter-decide.ts';
import { layPaper } from '../shared/letter-layout.ts';
import { dispatchSheet, handOverPaper, type LetterWords, letterPaper } from '../shared/letter-paper.ts';
import { checkCode, checkedText, readCheckCode } from '../shared/paper-check.ts';
import type { Face, PaperContent } from '../shared/paper-content.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { type Day, dayOf, type Instant } from '../shared/time.ts';
import { findFile, versionHere } from './evidence.ts';
import type { House } from './house.ts';
import { checkKey, paperKey, sha256 } from './keys.ts';
import { picturesOfLetter, wordsOfLetter } from './letter-words.ts';
import { type PaperFile, printedFile } from './paper-file.ts';
import { pictureSize } from './picture-size.ts';
import { run } from './run.ts';
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

/** A paper of a letter for somebody who may read it. Drafts come with a banner; of a numbered one the issued copy, entered as printed. */
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
    const copy = await issuedCopy(house, centre, head);
    if (!copy.ok) return copy;
    const noted = await notePrint(house, centre, actor, id, copy.value);
    return noted.ok
      ? ok({ file: true, bytes: copy.value.bytes, mediaType: 'application/pdf', name: `${name}.pdf` })
      : noted;
  }
  const words = await wordsOfLetter(house, centre, head);
  if (!words.ok) return words;
  const look = {
    ...{ actor, reason: `查看${name}照片附件` },
    // Asked for twice in a minute is one look.
    once: `${id} ${actor.person} ${house.clock().slice(0, 16)}`,
  };
  const photos =
    of === 'paper' ? await picturesOfLetter(house, centre, head.state, words.value, look) : undefined;
  if (photos && !photos.ok) return photos;
  const { pictures, bytes } = photos?.value ?? { pictures: [], bytes: new Map<string, Buffer>() };
  const content = contentOf({ ...words.value, pictures }, of);
  return printedFile(house, content, form, { name, at: head.state.draftedAt, pictures: bytes });
};

/** What a reprint gives: the scan of the sealed paper once it has arrived, the copy with the seal's picture, else what was set. */
interface IssuedCopy {
  bytes: Buffer;
  sha256: string;
  copy: PaperCopy;
}

const issuedCopy = async (
  house: House,
  centre: string,
  head: Head<'letter'>,
): Promise<Result<IssuedCopy>> => {
  const { state } = head;
  if ('scan' in state && state.scan !== undefined) {
    const found = await findFile(house, centre, { record: state.id, n: state.scan });
    if (found?.entry.state === 'received') {
      const bytes = await house.files.readWhole(found.key, await versionHere(house, centre, found));
      if (!bytes || sha256(bytes) !== found.entry.sha256)
        throw new Error(`the scan of ${state.id} is damaged`);
      return ok({ bytes, sha256: found.entry.sha256, copy: 'scan' });
    }
  }
  const which = 'sealed' in state && state.sealed?.way === 'system' ? 'sealed' : 'paper';
  const stored = await storedPaper(house, centre, head, which);
  if (!stored.ok) return stored;
  const { entry, file } = stored.value;
  return ok({ bytes: file.bytes, sha256: entry.sha256, copy: which === 'sealed' ? 'sealed' : 'set' });
};

/** Every print is in the paper's own register: who, when, and the hash of what was handed out. */
const notePrint = (
  house: House,
  centre: string,
  actor: Actor,
  id: string,
  { sha256: hash, copy }: IssuedCopy,
): Promise<Result<unknown>> =>
  run(house, centre, actor, commandNamed('lookup.print'), {
    commandId: crypto.randomUUID(),
    fields: { letter: id, sha256: hash, copy },
  });

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

type Fixed = LetterState & { stage: 'numbered' | 'sealed' | 'issued' | 'closed' | 'withdrawn' };
const isFixed = (state: LetterState): state is Fixed =>
  state.stage === 'numbered' ||
  state.stage === 'sealed' ||
  state.stage === 'issued' ||
  state.stage === 'closed' ||
  state.stage === 'withdrawn';

/** What is set of a numbered letter: the paper to be sealed wet, and the one with the seal's picture where that is how it was sealed. */
type SetOf = 'paper' | 'sealed';

/**
 * The one PDF of a numbered letter: read from the store, or set now if nobody has. Whoever sets it at the same time
 * finds the other's entry and takes that.
 */
const storedPaper = async (
  house: House,
  centre: string,
  head: Head<'letter'>,
  which: SetOf,
): Promise<Result<{ entry: PaperEntry; file: PaperFile }>> => {
  const { papers } = house;
  if (!papers) throw new Error('this house keeps no papers');
  const key = paperKey(centre, head.ref.id, which);
  const entry =
    (await house.store.get<PaperEntry>(key, 'paper')) ?? (await setPaper(house, centre, head, which));
  if ('problem' in entry) return entry;
  const bytes = await papers.read(entry.object, entry.version);
  if (!bytes || sha256(bytes) !== entry.sha256) throw new Error(`the paper of ${head.ref.id} is damaged`);
  return ok({ entry, file: { file: true, bytes, mediaType: 'application/pdf', name: entry.number } });
};

const setPaper = async (
  house: House,
  centre: string,
  head: Head<'letter'>,
  which: SetOf,
): Promise<PaperEntry | Extract<Result<never>, { ok: false }>> => {
  const { state } = head;
  if (!isFixed(state) || !house.papers) throw new Error(`${state.id} has no number yet`);
  const words = await wordsOfLetter(house, centre, head);
  if (!words.ok) return words;
  const look = { actor: system, reason: `排印${state.documentNumber}照片附件`, once: `${state.id} ${which}` };
  const photos = await picturesOfLetter(house, centre, state, words.value, look);
  if (!photos.ok) return photos;
  const { pictures, bytes: bytesOf } = photos.value;
  const content = letterPaper({ ...words.value, pictures });
  const digest = sha256(checkedText(content));
  const code = checkCode(digest);
  const { checkAt, seal } = words.value.template;
  const stamped = which === 'sealed' ? await sealPicture(house, centre, seal?.sha256) : undefined;
  if (stamped) bytesOf.set('seal', stamped);
  const image = { picture: 'seal', diameter: seal?.diameter ?? 42 };
  const marked: PaperContent = {
    ...content,
    ...(content.signature && stamped ? { signature: { ...content.signature, image } } : {}),
    check: {
      ...(checkAt === undefined ? {} : { link: `${checkAt}/api/paper-checks/${code}/page` }),
      words: [`校验码 ${code}`, ...(checkAt === undefined ? [] : ['扫码核对文号、日期和内容'])],
    },
  };
  const fonts = await house.papers.fonts();
  const placed = layPaper(marked, fonts.metrics);
  const { pdfOf } = await import('./paper-pdf.ts');
  const facts = { title: content.title, organ: words.value.organ, at: state.signed.at };
  const bytes = await pdfOf(placed, fonts, facts, bytesOf);
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
  const key = paperKey(centre, head.ref.id, which);
  await house.store.putOnce({ ...checkKey(code), centre, record: head.ref.id });
  if (await house.store.putOnce({ ...key, ...entry })) return entry;
  const earlier = await house.store.get<PaperEntry>(key, 'paper');
  if (!earlier) throw new Error(`the paper of ${head.ref.id} came and went`);
  return earlier;
};

/** Follow-up of `letter.numbered`, `letter.sealed` and `letter.issued`: the paper is there before anybody asks to print it. */
export const typesetLetter = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  if (!house.papers) return;
  const head = await house.store.head(centre, { kind: 'letter', id: recorded.stream });
  if (!head || !isFixed(head.state)) return;
  const stored = await storedPaper(house, centre, head, 'paper');
  if (!stored.ok) throw new Error(stored.problem.code);
  if (!('sealed' in head.state) || head.state.sealed.way !== 'system') return;
  const sealed = await storedPaper(house, centre, head, 'sealed');
  if (!sealed.ok) throw new Error(sealed.problem.code);
};

const sealObjectOf = (centre: string, hash: string): string => `seal-images/${centre}/${hash}.png`;

const sealPicture = async (
  house: House,
  centre: string,
  hash: string | undefined,
): Promise<Buffer | undefined> => {
  const bytes = hash === undefined ? undefined : await house.papers?.read(sealObjectOf(centre, hash));
  if (!bytes) throw new Error(`the picture of ${centre}'s seal is not there`);
  return bytes;
};

/** Lays down a picture of the seal; it is used once the centre's papers name its hash. A PNG, as its ground must be clear. */
export const keepSeal = async (
  house: House,
  centre: string,
  actor: Actor,
  { picture }: { picture: string },
): Promise<Result<{ sha256: string }>> => {
  const allowed = may(actor, 'registry.keepSeal', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const bytes = Buffer.from(picture, 'base64');
  const shape = pictureSize(bytes);
  if (!house.papers || bytes[0] !== 0x89 || !shape || shape.width !== shape.height)
    return refuse('request.invalid', '印章图片应为正方形 PNG');
  const hash = sha256(bytes);
  await house.papers.putOnce(sealObjectOf(centre, hash), bytes, 'image/png');
  return ok({ sha256: hash });
};

/** What anybody may learn who holds a paper: whether it is one of ours, and what number and day it bears. */
export interface PaperCheck {
  genuine: boolean;
  number?: string;
  date?: Day;
  organ?: string;
  kind?: string;
  /** A paper that was voided before it was issued, or not issued yet, is genuine and not in force. */
  standing?: 'issued' | 'notIssued' | 'withdrawn' | 'void';
}
export interface CheckRequest {
  code: string;
  /** As read on the paper; what differs from the register is no genuine paper. */
  number?: string;
  date?: Day;
  /** Hash of the file, where somebody holds the file. */
  sha256?: string;
}

/** The paper as it was set, the one with the seal's picture, or the scan that was issued: each is the paper. */
const isCopyOf = async (
  house: House,
  { centre, record }: { centre: string; record: string },
  entry: PaperEntry,
  hash: string,
): Promise<boolean> => {
  if (hash === entry.sha256) return true;
  const [sealed, head] = await Promise.all([
    house.store.get<PaperEntry>(paperKey(centre, record, 'sealed'), 'paper'),
    house.store.head(centre, { kind: 'letter', id: record }),
  ]);
  const scan = head && 'scan' in head.state ? head.state.scan : undefined;
  const scanned = head?.state.evidence.find(({ n, state }) => n === scan && state === 'received');
  return hash === sealed?.sha256 || hash === scanned?.sha256;
};

const standingOf = (stage: LetterState['stage'] | undefined): NonNullable<PaperCheck['standing']> => {
  if (stage === 'issued' || stage === 'closed') return 'issued';
  return stage === 'void' || stage === 'withdrawn' ? stage : 'notIssued';
};

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
    (request.sha256 === undefined || (await isCopyOf(house, found, entry, request.sha256)));
  if (!same) return ok({ genuine: false });
  const head = await house.store.head(found.centre, { kind: 'letter', id: found.record });
  return ok({
    genuine: true,
    ...{ number, date, organ },
    kind: letterKindTitles[kind],
    standing: standingOf(head?.state.stage),
  });
};
