// The road of a letter from draft to issue (核稿 → 签发、编号 → 用印 → 印发), with the four-eyes rule: who wrote it neither
// checks nor signs it. A document number is taken with the signature, in one decision: none without the other.
import * as z from 'zod';
import { deadlineAfter } from './calendar.ts';
import { type Command, command, happened as done, existing } from './command.ts';
import { manifest } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import type { LetterState } from './letter.ts';
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
import { mayTake, nextFree } from './letter-numbers.ts';
import { ok, refuse } from './problems.ts';
import { type Instant, isAhead, monthOf } from './time.ts';

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

const sign: Command = command({
  type: 'letter.sign',
  action: 'letter.sign',
  summary: '签发并编号',
  on: 'letter',
  fields: z.strictObject({
    /** Typed in where another system of the office assigns the numbers; must come after the last one here. */
    number: z.int().min(1).max(99_999).optional(),
  }),
  months: (_fields, state) => factMonths(existing(state)),
  also: (_fields, state) => factRefs(existing(state)),
  counter: (_fields, state, sent) => counterOf(existing(state), sent.now),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'checked') return wrongStage(open);
    const fresh = stillTrue(open, context);
    if (!fresh.ok) return fresh;
    const year = yearOf(context.now);
    const last = context.nextNumber() - 1;
    const plans = context.registry.centre.papers?.numbers ?? [];
    const series = { word: word(open), year };
    if (fields.number !== undefined && !mayTake(plans, series, last, fields.number))
      return refuse('letter.number-taken', `${last}号及以前或外部占用的文号不能再用`);
    const number = fields.number ?? nextFree(plans, series, last);
    return ok({
      events: [
        { type: 'letter.signed', v: 1 },
        {
          type: 'letter.numbered',
          v: 1,
          number,
          year,
          documentNumber: documentNumberOf(open, year, number),
        },
      ],
      takes: { counter: counterOf(open, context.now), number, after: last },
    });
  },
});

const seal: Command = command({
  type: 'letter.seal',
  action: 'letter.seal',
  summary: '用印(实体印章或电子印章)',
  on: 'letter',
  fields: z.strictObject({ way: z.enum(['wet', 'system']), evidence: manifest.default([]) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'numbered') return wrongStage(open);
    if (fields.evidence.some((file) => isAhead(file.takenAt, context.now))) return refuse('time.future');
    return done({ type: 'letter.sealed', v: 1, way: fields.way, evidence: fields.evidence });
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

export const letterCommands: Command[] = [
  ...draftingCommands,
  check,
  sendBack,
  sign,
  seal,
  issue,
  cancel,
  ...deliveryCommands,
];
export { aboutLetter, internalLetterCommands };
