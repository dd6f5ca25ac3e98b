// The road of a letter from draft to issue (核稿 → 签发、编号 → 用印 → 印发), with the four-eyes rule: who wrote it neither
// checks nor signs it. A document number is taken with the signature, in one decision: none without the other.
import * as z from 'zod';
import type { Acting } from './access.ts';
import { deadlineAfter } from './calendar.ts';
import {
  type Command,
  command,
  type Deciding,
  type Decision,
  happened as done,
  existing,
} from './command.ts';
import { type ManifestEntry, manifest, manifestEntry } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import { instant, registryId } from './ids.ts';
import type { LetterEvent, LetterState } from './letter.ts';
import { deliveryCommands } from './letter-delivery.ts';
import {
  aboutLetter,
  draftingCommands,
  factMonths,
  factRefs,
  internalLetterCommands,
  stillTrue,
  wrongStage,
} from './letter-drafting.ts';
import { internalLinkCommands, linkCommands } from './letter-link-decide.ts';
import { maskingCommands } from './letter-masking.ts';
import { mayTake, nextFree } from './letter-numbers.ts';
import { holdsOn } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { dayOf, type Instant, isAhead, monthOf } from './time.ts';

const check: Command = command({
  type: 'letter.check',
  action: 'letter.check',
  summary: '核稿:事实与所列问题一致,提交签发',
  on: 'letter',
  fields: z.strictObject({ opinion: optionalText(500) }),
  months: (_fields, state) => factMonths(existing(state)),
  also: (_fields, state) => factRefs(existing(state)),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'draft') return wrongStage(open);
    const fresh = stillTrue(open, context);
    if (!fresh.ok) return fresh;
    return done({
      type: 'letter.checked',
      v: 1,
      ...(fields.opinion === undefined ? {} : { opinion: { text: fields.opinion } }),
    });
  },
});

const sendBack: Command = command({
  type: 'letter.return',
  action: 'letter.return',
  summary: '退回修改,说明理由',
  on: 'letter',
  fields: z.strictObject({ reason: freeText(500) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'draft' && open.stage !== 'checked') return wrongStage(open);
    return done({ type: 'letter.returned', v: 1, reason: { text: fields.reason } });
  },
});

const yearOf = (at: Instant): number => Number(monthOf(at).slice(0, 4));
const word = (state: LetterState): '函' | '通报' => (state.kind === 'bulletin' ? '通报' : '函');

/** Numbers run by code word, kind of paper and year, without gaps; a voided one stays voided. */
export const counterOf = (state: LetterState, now: Instant): string =>
  `${state.organ}-${word(state)}-${yearOf(now)}`;

/** 机关代字 + 〔年份〕 + 序号 + 号: six-cornered brackets, the year in full, no leading zero (GB/T 9704-2012, 7.2.5). */
export const documentNumberOf = (state: LetterState, year: number, number: number): string =>
  `${state.organ}${word(state)}〔${year}〕${number}号`;

const numberField = z.int().min(1).max(99_999).optional();
/** Figures of the text that the system did not count, as the signer was shown them. */
const seenField = z.array(z.string().max(20)).max(12).optional();

/** Refuses to sign over what changed unseen: facts of the cases, or figures in the text that nobody counted. */
const unseen = (
  state: LetterState,
  seen: readonly string[] | undefined,
  context: Deciding,
): { ok: false; problem: Problem } | undefined => {
  const fresh = stillTrue(state, context);
  if (!fresh.ok) return fresh;
  const hidden = (state.altered ?? []).filter((figure) => !seen?.includes(figure));
  return hidden.length === 0 ? undefined : refuse('letter.figures-unseen', hidden.join('、'));
};

/** Takes the number with the signature, in one decision; `onPaper`: who signed where, with the scan. */
const numbered = (
  state: LetterState,
  { number: asked, seen }: { number?: number | undefined; seen?: readonly string[] | undefined },
  context: Deciding,
  onPaper: Pick<LetterEvent & { type: 'letter.signed' }, 'paper' | 'evidence'> = {},
): Result<Decision> => {
  const hidden = unseen(state, seen, context);
  if (hidden) return hidden;
  const year = yearOf(context.now);
  const last = context.nextNumber() - 1;
  const plans = context.registry.centre.papers?.numbers ?? [];
  const series = { word: word(state), year };
  if (asked !== undefined && !mayTake(plans, series, last, asked))
    return refuse('letter.number-taken', `${last}号及以前或外部占用的文号不能再用`);
  const number = asked ?? nextFree(plans, series, last);
  return ok({
    events: [
      {
        type: 'letter.signed',
        v: 1,
        ...(state.altered === undefined ? {} : { seen: state.altered }),
        ...onPaper,
      },
      {
        type: 'letter.numbered',
        v: 1,
        number,
        year,
        documentNumber: documentNumberOf(state, year, number),
      },
    ],
    takes: { counter: counterOf(state, context.now), number, after: last },
  });
};

/** What signing reads, in the system or on paper: the facts as they are now, and the numbers given so far. */
const towardsNumber = {
  months: (_fields: unknown, state: LetterState | undefined) => factMonths(existing(state)),
  also: (_fields: unknown, state: LetterState | undefined) => factRefs(existing(state)),
  counter: (_fields: unknown, state: LetterState | undefined, sent: { now: Instant }) =>
    counterOf(existing(state), sent.now),
  about: (state: LetterState | undefined) => aboutLetter(existing(state)),
};

const sign: Command = command({
  type: 'letter.sign',
  action: 'letter.sign',
  summary: '签发并编号;文中有系统未统计的数字的,须列明已看过',
  on: 'letter',
  fields: z.strictObject({
    /** Typed in where another system of the office assigns the numbers; must come after the last one here. */
    number: numberField,
    seen: seenField,
  }),
  ...towardsNumber,
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'checked') return wrongStage(open);
    return numbered(open, fields, context);
  },
});

const signOnPaper: Command = command({
  type: 'letter.signOnPaper',
  action: 'letter.signOnPaper',
  summary: '补录纸面签发:领导在发文稿纸上签发的,附签字件扫描件,随即编号',
  on: 'letter',
  fields: z.strictObject({
    signer: registryId,
    signedAt: instant,
    evidence: manifest.min(1, '请附签字的发文稿纸'),
    number: numberField,
    seen: seenField,
  }),
  ...towardsNumber,
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'checked') return wrongStage(open);
    const signer = paperSigner(open, fields, context);
    if (!signer.ok) return signer;
    const paper = { by: signer.value, at: fields.signedAt };
    return numbered(open, fields, context, { paper, evidence: fields.evidence });
  },
});

/** On paper the same two may sign as in the system: a director or chief who did not write the letter. */
const paperSigner = (
  state: LetterState,
  { signer, signedAt, evidence }: { signer: string; signedAt: Instant; evidence: readonly ManifestEntry[] },
  { now, registry }: Deciding,
): Result<Acting> => {
  if (isAhead(signedAt, now) || evidence.some((file) => isAhead(file.takenAt, now)))
    return refuse('time.future');
  if (dayOf(signedAt) < dayOf(state.draftedAt)) return refuse('time.order', '早于拟稿日期');
  const held = (registry.grantsByPerson.get(signer) ?? []).find(
    (grant) => (grant.role === 'director' || grant.role === 'chief') && holdsOn(grant, dayOf(signedAt)),
  );
  if (!held || state.authors.some((author) => author === held.person || author === held.delegatedBy))
    return refuse('letter.signer-unfit');
  return ok({
    person: held.person,
    role: held.role,
    ...(held.delegatedBy === undefined ? {} : { for: held.delegatedBy }),
  });
};

/** As a reprint it is sent through the API, whose answers stay under 4 MB. */
const scanLimit = 3 * 1024 * 1024;
const scanField = manifestEntry.refine(
  (file) => file.kind === 'document' && file.mediaType === 'application/pdf' && file.size <= scanLimit,
  '用印后的扫描件应为 3 MB 以内的 PDF',
);

const seal: Command = command({
  type: 'letter.seal',
  action: 'letter.seal',
  summary: '用印:实体印章(扫描件即为印发件,可后补),或中心启用的电子印章',
  on: 'letter',
  fields: z.strictObject({ way: z.enum(['wet', 'system']), evidence: z.array(scanField).max(1).default([]) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'numbered') return wrongStage(open);
    if (fields.evidence.some((file) => isAhead(file.takenAt, context.now))) return refuse('time.future');
    if (fields.way === 'system') {
      // 7.3.5.1 for a picture of the seal: only where the centre has turned it on, on what was signed in the system.
      if (context.registry.centre.papers?.seal === undefined) return refuse('letter.no-seal-image');
      if (open.signed.paper) return refuse('letter.signed-on-paper');
      if (fields.evidence.length > 0) return refuse('letter.scan-unfit');
    }
    return done({ type: 'letter.sealed', v: 1, way: fields.way, evidence: fields.evidence });
  },
});

const addScan: Command = command({
  type: 'letter.addScan',
  action: 'letter.addScan',
  summary: '补交加盖实体印章后的扫描件;收妥后即为印发件,加印以此为准',
  on: 'letter',
  fields: z.strictObject({ evidence: z.array(scanField).length(1, '请附一份扫描件') }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'sealed' && open.stage !== 'issued' && open.stage !== 'closed')
      return wrongStage(open);
    if (open.sealed.way !== 'wet') return refuse('letter.scan-unfit');
    const before = open.evidence.find(({ n }) => n === open.scan);
    // The issued copy never changes; only one that did not arrive whole is sent again.
    if (before && before.state !== 'rejected') return refuse('letter.scanned-before');
    if (fields.evidence.some((file) => isAhead(file.takenAt, context.now))) return refuse('time.future');
    return done({ type: 'letter.scanned', v: 1, evidence: fields.evidence });
  },
});

const issue: Command = command({
  type: 'letter.issue',
  action: 'letter.issue',
  summary: '印发:派出单位自此可见,复函期限自此起算',
  on: 'letter',
  fields: z.strictObject({}),
  months: (_fields, state) => factMonths(existing(state)),
  also: (_fields, state) => factRefs(existing(state)),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, _fields, context) => {
    const open = existing(state);
    if (open.stage !== 'sealed') return wrongStage(open);
    const fresh = stillTrue(open, context);
    if (!fresh.ok) return fresh;
    if (open.replyWorkingDays === 0) return done({ type: 'letter.issued', v: 1 });
    const replyBy = deadlineAfter(context.calendar, context.now, open.replyWorkingDays);
    if (!replyBy.ok) return replyBy;
    return done({ type: 'letter.issued', v: 1, replyBy: replyBy.value });
  },
});

const cancel: Command = command({
  type: 'letter.void',
  action: 'letter.void',
  summary: '印发前作废;已取的文号随之作废,不再使用',
  on: 'letter',
  fields: z.strictObject({ reason: freeText(500) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage === 'issued' || open.stage === 'closed' || open.stage === 'void') return wrongStage(open);
    return done({ type: 'letter.voided', v: 1, reason: { text: fields.reason } });
  },
});

/** Issued by mistake: the department is told, its number stays taken, and it counts for nothing from now on. */
const withdraw: Command = command({
  type: 'letter.withdraw',
  action: 'letter.withdraw',
  summary: '撤回已印发的函件,说明理由;文号不再使用,凭链接的查看随即失效',
  on: 'letter',
  fields: z.strictObject({ reason: freeText(500) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'issued' && open.stage !== 'closed') return wrongStage(open);
    return done({ type: 'letter.withdrawn', v: 1, reason: { text: fields.reason } });
  },
});

export const letterCommands: Command[] = [
  ...draftingCommands,
  ...maskingCommands,
  check,
  sendBack,
  sign,
  signOnPaper,
  seal,
  addScan,
  issue,
  cancel,
  withdraw,
  ...deliveryCommands,
  ...linkCommands,
];
const internalCommands: Command[] = [...internalLetterCommands, ...internalLinkCommands];

export { aboutLetter, internalCommands as internalLetterCommands };
