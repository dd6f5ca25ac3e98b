// The end of a complaint: the complainant is told what came of it, or why that was impossible, asked whether they are
// content; then it is filed, and some time after who complained is forgotten. Until then whoever talks to them may ask
// for their name, with a reason that is registered.
import * as z from 'zod';
import { about } from './access.ts';
import { type Command, command, happened as done, existing } from './command.ts';
import { answerWays, obstacles, satisfactions } from './complaint.ts';
import {
  aboutComplaint,
  filesRefused,
  isMainOpen,
  type Refusal,
  termsFor,
  wrongStage,
} from './complaint-facts.ts';
import { manifest } from './evidence.ts';
import { freeText } from './free-text.ts';
import { instant, monthlyId } from './ids.ts';
import { refuse } from './problems.ts';
import { dayOf, type Instant, isAhead, plusDays, plusMinutes } from './time.ts';

const outOfOrder = (at: Instant, notBefore: Instant, now: Instant): Refusal => {
  if (isAhead(at, now)) return refuse('time.future');
  // People write whole minutes.
  return plusMinutes(at, 1) <= notBefore ? refuse('time.order', '早于处置、反馈的时间') : undefined;
};

const answer: Command = command({
  type: 'complaint.answer',
  action: 'complaint.answer',
  summary: '反馈:已告知投诉人处理结果(来信须书面答复)',
  on: 'complaint',
  fields: z.strictObject({
    way: z.enum(answerWays),
    /** When the complainant was told; entered later it keeps its own date. */
    answeredAt: instant,
    words: freeText(3000),
    evidence: manifest.default([]),
  }),
  also: (_fields, state) => {
    const open = existing(state);
    return 'into' in open && open.into !== undefined ? [{ kind: 'complaint', id: open.into }] : [];
  },
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    const before = open.stage === 'answered' && open.feedback.how === 'impossible';
    if (open.stage !== 'decided' && !(open.stage === 'answered' && before)) return wrongStage(open);
    const wrong =
      outOfOrder(fields.answeredAt, open.decidedAt, context.now) ??
      filesRefused(open.evidence, fields.evidence, context.now);
    if (wrong) return wrong;
    // Joined to another one, its answer is that one's.
    const main = open.into === undefined ? undefined : context.other('complaint', open.into);
    if (main && isMainOpen(main)) return refuse('complaint.main-open');
    // A complaint in writing gets an answer in writing, as published centre rules have it.
    if (open.source === 'letter' && fields.way !== 'letter') return refuse('complaint.answer-in-writing');
    return done({
      type: 'complaint.answered',
      v: 1,
      feedback: { how: 'told', way: fields.way, at: fields.answeredAt, by: context.acting.person },
      words: { text: fields.words },
      evidence: fields.evidence,
    });
  },
});

const cannotAnswer: Command = command({
  type: 'complaint.cannotAnswer',
  action: 'complaint.cannotAnswer',
  summary: '无法反馈(匿名、联系不上、本人不愿接受),写明经过',
  on: 'complaint',
  fields: z.strictObject({ why: z.enum(obstacles), words: freeText(1000) }),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'decided') return wrongStage(open);
    // Who left a name is not anonymous: it must be said how they were tried.
    if (fields.why === 'anonymous' && open.complainant !== 'anonymous')
      return refuse('complaint.named', '投诉人留有姓名');
    return done({
      type: 'complaint.answered',
      v: 1,
      feedback: { how: 'impossible', why: fields.why, at: context.now, by: context.acting.person },
      words: { text: fields.words },
      evidence: [],
    });
  },
});

const revisit: Command = command({
  type: 'complaint.revisit',
  action: 'complaint.revisit',
  summary: '回访:投诉人对处理是否满意',
  on: 'complaint',
  fields: z.strictObject({ result: z.enum(satisfactions), at: instant, words: freeText(1000) }),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'answered' || open.feedback.how !== 'told') return wrongStage(open);
    const wrong = outOfOrder(fields.at, open.feedback.at, context.now);
    if (wrong) return wrong;
    return done({
      type: 'complaint.revisited',
      v: 1,
      result: fields.result,
      at: fields.at,
      words: { text: fields.words },
    });
  },
});

const archive: Command = command({
  type: 'complaint.archive',
  action: 'complaint.archive',
  summary: '归档:已反馈并回访,或写明无法反馈;此后不再变动',
  on: 'complaint',
  fields: z.strictObject({}),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, _fields, context) => {
    const open = existing(state);
    if (open.stage !== 'answered') return wrongStage(open);
    if (open.feedback.how === 'told' && open.revisit === undefined) return refuse('complaint.not-revisited');
    const days = termsFor(open, context).keepComplainantDays;
    return done({
      type: 'complaint.archived',
      v: 1,
      keepComplainantUntil: plusDays(dayOf(context.now), days),
    });
  },
});

const purgeComplainant: Command = command({
  type: 'complaint.purgeComplainant',
  action: 'complaint.purgeComplainant',
  summary: '保存期限届满,清除投诉人姓名和联系方式(仅由系统执行)',
  on: 'complaint',
  fields: z.strictObject({}),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, _fields, context) => {
    const open = existing(state);
    if (open.stage !== 'archived' || open.complainant !== 'named') return wrongStage(open);
    if (dayOf(context.now) <= open.keepComplainantUntil)
      return refuse('complaint.time-open', `保存至 ${open.keepComplainantUntil}`);
    return done({ type: 'complaint.complainantPurged', v: 1, keptUntil: open.keepComplainantUntil });
  },
});

/** The register of who asked for the complainant's name lies beside those of the complaint's files, under number 0. */
export const complainantRegister = (complaint: string): string => `${complaint}~0`;

/** Asked for with a reason, by those who talk to them; entered in a register of its own, so the complaint is not changed. */
export const seeComplainant: Command = command({
  type: 'lookup.seeComplainant',
  action: 'complaint.readComplainant',
  summary: '查看投诉人姓名和联系方式:登记事由',
  on: 'lookup',
  fields: z.strictObject({ complaint: monthlyId('complaint'), reason: freeText(200) }),
  creates: (fields) => complainantRegister(fields.complaint),
  also: (fields) => [{ kind: 'complaint', id: fields.complaint }],
  about: (_state, fields, context) => {
    const complaint = context.other('complaint', fields.complaint);
    // Of a record that is not there nobody may learn that it is not.
    return complaint === undefined ? about({ sealed: true }) : aboutComplaint(complaint);
  },
  decide: (_state, fields, context) => {
    const complaint = context.other('complaint', fields.complaint);
    if (complaint === undefined) return refuse('thing.not-found', fields.complaint);
    if (complaint.complainant !== 'named') return refuse('complaint.nobody-named');
    return done({
      type: 'evidence.viewed',
      v: 1,
      n: 0,
      reason: { text: fields.reason },
      expires: context.now,
    });
  },
});

export const complaintFeedbackCommands: Command[] = [
  answer,
  cannotAnswer,
  revisit,
  archive,
  purgeComplainant,
];
