// What a liaison without an account does with one letter: enters by link and code, reads it, looks at its evidence, receives
// and answers it. The link names centre and letter; its secret and code come in the body and are hashed at once. Everything
// then goes the same way as for a liaison who signed in, as one of that department and for this letter only.
import { randomBytes } from 'node:crypto';
import { type Actor, system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { ManifestEntry } from '../shared/evidence.ts';
import type { LetterState } from '../shared/letter.ts';
import { codeText, linkInUse, linkVisitor } from '../shared/letter-link-decide.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { type Day, dayOf, type Instant } from '../shared/time.ts';
import { completeUpload, findFile, type UploadPlan, uploadPlan, viewEvidence } from './evidence.ts';
import type { House } from './house.ts';
import { sha256 } from './keys.ts';
import { readLetterPaper } from './letter-file.ts';
import { maskOf, sharedFrom } from './letter-words.ts';
import type { PaperFile } from './paper-file.ts';
import { readRecord } from './read.ts';
import { run } from './run.ts';
import type { Answer } from './store.ts';

export interface LinkTo {
  centre: string;
  letter: string;
}
/** Somebody inside: what they were given when they entered. */
export interface LinkPass extends LinkTo {
  pass: string;
}

/**
 * Enters by a link: its code opens once, five wrong ones lock it. Answers what every further door asks for, good for half
 * an hour. A link that never was and one that is over are told alike.
 */
export const openLink = async (
  house: House,
  { centre, letter, secret, code }: LinkTo & { secret: string; code: string },
): Promise<Result<{ pass: string; until: Instant }>> => {
  const pass = randomBytes(24).toString('base64url');
  const head = await house.store.head(centre, { kind: 'letter', id: letter });
  if (!head) return refuse('letter.link-gone');
  const tried = await run(house, centre, system, commandNamed('letter.tryLink'), {
    commandId: crypto.randomUUID(),
    target: letter,
    fields: {
      secretHash: sha256(secret),
      codeHash: sha256(codeText(secret, code)),
      pass: sha256(pass),
    },
  });
  if (!tried.ok) return tried;
  const after = await house.store.head(centre, { kind: 'letter', id: letter });
  const link = after && linkInUse(after.state, sha256(pass), house.clock());
  return link?.open === undefined ? refuse('letter.link-code') : ok({ pass, until: link.open });
};

interface Inside {
  actor: Actor;
  state: LetterState;
  until: Instant;
}

const inside = async (house: House, { centre, letter, pass }: LinkPass): Promise<Result<Inside>> => {
  const head = await house.store.head(centre, { kind: 'letter', id: letter });
  const link = head && linkInUse(head.state, sha256(pass), house.clock());
  const department = head?.state.department;
  if (!head || !link || department === undefined) return refuse('letter.link-gone');
  const person = linkVisitor(link.n);
  const grant = {
    kind: 'grant',
    id: person,
    person,
    role: 'liaison',
    department,
    from: '2000-01-01',
  } as const;
  return ok({
    actor: { person, grants: [grant], system: false },
    state: head.state,
    until: link.open ?? link.until,
  });
};

/** One file that goes with the letter, by its place in the list; where it lies is nobody's business. */
export interface LinkedFile {
  nth: number;
  kind: ManifestEntry['kind'];
  takenAt: Instant;
  seconds?: number;
  masked: boolean;
}
export interface LinkedLetter {
  title: string;
  documentNumber: string;
  organ: string;
  department: string;
  body: string;
  date: Day;
  replyBy?: Instant;
  acknowledgedAt?: Instant;
  answers: number;
  closed: boolean;
  files: LinkedFile[];
  /** Files announced with an answer that have not arrived. */
  waiting: { n: number; sha256: string; state: string }[];
  until: Instant;
  now: Instant;
}

export const readLinked = async (house: House, asked: LinkPass): Promise<Result<LinkedLetter>> => {
  const found = await inside(house, asked);
  if (!found.ok) return found;
  const { actor, state, until } = found.value;
  const view = await readRecord(house, asked.centre, actor, 'letter', asked.letter);
  if (!view.ok) return view;
  if (!('issuedAt' in state)) return refuse('letter.link-gone');
  const { registry } = await house.desk(asked.centre);
  const text = view.value.history
    .map(({ event }) => event.body)
    .findLast((body) => typeof body === 'object' && body !== null && 'text' in body);
  // The first look of a department is entered, by whichever way it came.
  if (state.stage === 'issued' && state.delivery.openedAt === undefined)
    await run(house, asked.centre, actor, commandNamed('letter.open'), {
      commandId: crypto.randomUUID(),
      target: asked.letter,
      fields: {},
    });
  const files = await Promise.all(
    sharesIn(state).map(({ record, n }) => findFile(house, asked.centre, { record, n })),
  );
  return ok({
    title: state.title,
    documentNumber: state.documentNumber,
    organ: registry.centre.name,
    department: registry.of.department.get(state.department ?? '')?.name ?? '',
    body: text && 'text' in text && typeof text.text === 'string' ? text.text : '',
    date: dayOf(state.signed.at),
    ...(state.replyBy === undefined ? {} : { replyBy: state.replyBy }),
    ...(state.delivery.acknowledgedAt === undefined ? {} : { acknowledgedAt: state.delivery.acknowledgedAt }),
    answers: state.delivery.answers,
    closed: state.stage === 'closed',
    files: files.flatMap((found, at): LinkedFile[] => {
      if (!found) return [];
      const { kind, takenAt, seconds } = found.file;
      const of = sharesIn(state)[at];
      const masked = of !== undefined && maskOf(state, `${of.record}~${of.n}`) !== undefined;
      return [{ nth: at + 1, kind, takenAt, masked, ...(seconds === undefined ? {} : { seconds }) }];
    }),
    waiting: state.evidence.flatMap(({ n, sha256, state: standing }) =>
      standing === 'announced' || standing === 'rejected' ? [{ n, sha256, state: standing }] : [],
    ),
    until,
    now: house.clock(),
  });
};

const sharesIn = (state: LetterState): { record: string; n: number }[] =>
  state.cases.flatMap(({ id, shares }) => shares.map((n) => ({ record: id, n })));

export const readLinkedPaper = async (house: House, asked: LinkPass): Promise<Result<PaperFile>> => {
  const found = await inside(house, asked);
  return found.ok
    ? readLetterPaper(house, asked.centre, found.value.actor, { id: asked.letter, form: 'pdf', of: 'paper' })
    : found;
};

/** A short-lived URL for one file, entered in that file's register under the visitor of the link. */
export const viewLinked = async (
  house: House,
  asked: LinkPass & { nth: number; reason: string },
): Promise<Result<{ url: string; expires: Instant; sha256: string; mediaType: string }>> => {
  const found = await inside(house, asked);
  if (!found.ok) return found;
  const { actor, state } = found.value;
  const share = sharesIn(state)[asked.nth - 1];
  if (!share) return refuse('evidence.unknown', `第 ${asked.nth} 份`);
  return viewEvidence(house, asked.centre, actor, {
    ...sharedFrom(state, share.record, share.n),
    commandId: crypto.randomUUID(),
    reason: asked.reason,
  });
};

/** Acknowledging and answering by a link: the same commands, under the same rules, for this letter. */
export const actLinked = async (
  house: House,
  asked: LinkPass & { commandId: string },
  verb: 'acknowledge' | 'answer',
  fields: object,
): Promise<Result<Answer>> => {
  const found = await inside(house, asked);
  if (!found.ok) return found;
  return run(house, asked.centre, found.value.actor, commandNamed(`letter.${verb}`), {
    commandId: asked.commandId,
    target: asked.letter,
    fields,
  });
};

/** The files of an answer travel as everybody's do; only those this letter announced. */
export const uploadLinked = async (
  house: House,
  asked: LinkPass & { n: number },
): Promise<Result<UploadPlan>> => {
  const found = await inside(house, asked);
  if (!found.ok) return found;
  return uploadPlan(house, asked.centre, found.value.actor, { record: asked.letter, n: asked.n });
};
export const completeLinked = async (
  house: House,
  asked: LinkPass & { n: number },
): Promise<Result<{ state: 'received' | 'checking' }>> => {
  const found = await inside(house, asked);
  if (!found.ok) return found;
  return completeUpload(house, asked.centre, found.value.actor, { record: asked.letter, n: asked.n });
};
