// What happens to an issued letter: handed over, opened, acknowledged, answered, urged, closed. On line or on paper: what
// happened on paper is entered later with its scan and its own date.
import * as z from 'zod';
import { deadlineAfter } from './calendar.ts';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import { instant } from './ids.ts';
import { handOverWays, type LetterState, urgeWays } from './letter.ts';
import { aboutLetter, sharesOf, wrongStage } from './letter-drafting.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { dayOf, type Instant, isAhead } from './time.ts';

type Issued = LetterState & { stage: 'issued' };
type Refusal = { ok: false; problem: Problem } | undefined;

const wrongTime = (
  state: Issued,
  at: Instant,
  files: readonly ManifestEntry[],
  { now }: Deciding,
): Refusal => {
  if (isAhead(at, now) || files.some((file) => isAhead(file.takenAt, now))) return refuse('time.future');
  // A hand-over is dated to the day on paper, so only a day before the issue is wrong.
  return dayOf(at) < dayOf(state.issuedAt) ? refuse('time.order', '早于印发日期') : undefined;
};

/** What a clerk enters for a department happened on paper and needs its scan. */
const scanMissing = (files: readonly ManifestEntry[], { acting }: Deciding): Refusal =>
  acting.role === 'clerk' && files.length === 0 ? refuse('letter.scan-missing') : undefined;

/** A bulletin is addressed to the windows: there is no department to receive or answer it. */
const toNobody = ({ department }: Issued): Refusal =>
  department === undefined ? refuse('letter.no-answer-asked', '通报发至各窗口,不用签收、复函') : undefined;

const handOver: Command = command({
  type: 'letter.handOver',
  action: 'letter.handOver',
  summary: '离线交接:刻盘移交、当面播放或纸质送达,附签字的移交清单',
  on: 'letter',
  fields: z.strictObject({
    way: z.enum(handOverWays),
    receiver: freeText(40),
    handedAt: instant,
    evidence: manifest.min(1, '请附签字的移交清单'),
  }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'issued') return wrongStage(open);
    const wrong = wrongTime(open, fields.handedAt, fields.evidence, context);
    if (wrong) return wrong;
    const shared = fields.way === 'paper' ? [] : sharesOf(open);
    if (fields.way !== 'paper' && shared.length === 0) return refuse('letter.nothing-shared');
    return done({
      type: 'letter.handedOver',
      v: 1,
      way: fields.way,
      receiver: { text: fields.receiver },
      handedAt: fields.handedAt,
      shared,
      evidence: fields.evidence,
    });
  },
});

const open: Command = command({
  type: 'letter.open',
  action: 'letter.open',
  summary: '派出单位联络员打开函件(首次打开留痕)',
  on: 'letter',
  fields: z.strictObject({}),
  about: (state) => aboutLetter(existing(state)),
  decide: (state) => {
    const letter = existing(state);
    if (letter.stage !== 'issued') return letter.stage === 'closed' ? done() : wrongStage(letter);
    return letter.delivery.openedAt === undefined ? done({ type: 'letter.opened', v: 1 }) : done();
  },
});

const acknowledge: Command = command({
  type: 'letter.acknowledge',
  action: 'letter.acknowledge',
  summary: '签收(联络员在线签收,或内勤补录纸质回执)',
  on: 'letter',
  fields: z.strictObject({ receivedAt: instant, evidence: manifest.default([]) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const letter = existing(state);
    if (letter.stage !== 'issued') return wrongStage(letter);
    if (letter.delivery.acknowledgedAt !== undefined) return refuse('letter.acknowledged-before');
    const wrong =
      toNobody(letter) ??
      wrongTime(letter, fields.receivedAt, fields.evidence, context) ??
      scanMissing(fields.evidence, context);
    if (wrong) return wrong;
    return done({
      type: 'letter.acknowledged',
      v: 1,
      receivedAt: fields.receivedAt,
      evidence: fields.evidence,
    });
  },
});

const answer: Command = command({
  type: 'letter.answer',
  action: 'letter.answer',
  summary: '复函、整改反馈(可补充,至办结为止)',
  on: 'letter',
  fields: z.strictObject({ answer: freeText(5000), answeredAt: instant, evidence: manifest.default([]) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const letter = existing(state);
    if (letter.stage !== 'issued') return wrongStage(letter);
    const wrong =
      toNobody(letter) ??
      wrongTime(letter, fields.answeredAt, fields.evidence, context) ??
      scanMissing(fields.evidence, context);
    if (wrong) return wrong;
    return done({
      type: 'letter.answered',
      v: 1,
      answer: { text: fields.answer },
      answeredAt: fields.answeredAt,
      evidence: fields.evidence,
    });
  },
});

const urge: Command = command({
  type: 'letter.urge',
  action: 'letter.urge',
  summary: '复函期限届满未复函,催办(每日至多一次,系统每五个工作日一次)',
  on: 'letter',
  fields: z.strictObject({ way: z.enum(urgeWays), text: optionalText(500) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const letter = existing(state);
    if (letter.stage !== 'issued') return wrongStage(letter);
    const { replyBy, delivery } = letter;
    if (delivery.answeredAt !== undefined) return refuse('letter.answered-before');
    if (replyBy === undefined) return refuse('letter.no-answer-asked');
    if (context.now <= replyBy) return refuse('letter.answer-time-open');
    if (delivery.urgedAt !== undefined && dayOf(delivery.urgedAt) === dayOf(context.now))
      return refuse('letter.urged-today');
    const again = urgedAgainFrom(letter, context);
    if (!again.ok) return again;
    if (again.value > context.now) return refuse('letter.urged-lately');
    return done({
      type: 'letter.urged',
      v: 1,
      nth: delivery.urged + 1,
      way: fields.way,
      ...(fields.text === undefined ? {} : { text: { text: fields.text } }),
    });
  },
});

/** The house gives a department five working days after it urged (RB37); a person may urge again the next day. */
export const urgeRestDays = 5;
const urgedAgainFrom = ({ delivery }: Issued, { acting, calendar }: Deciding): Result<Instant> =>
  delivery.urgedAt === undefined || acting.role !== 'system'
    ? ok('')
    : deadlineAfter(calendar, delivery.urgedAt, urgeRestDays);

const close: Command = command({
  type: 'letter.close',
  action: 'letter.close',
  summary: '办结;要求复函而未复函的须说明理由',
  on: 'letter',
  fields: z.strictObject({ reason: optionalText(500) }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields) => {
    const letter = existing(state);
    if (letter.stage !== 'issued') return wrongStage(letter);
    const waiting = letter.replyBy !== undefined && letter.delivery.answeredAt === undefined;
    if (waiting && fields.reason === undefined) return refuse('letter.unanswered');
    return done({
      type: 'letter.closed',
      v: 1,
      ...(fields.reason === undefined ? {} : { reason: { text: fields.reason } }),
    });
  },
});

export const deliveryCommands: Command[] = [handOver, open, acknowledge, answer, urge, close];
