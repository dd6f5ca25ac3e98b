// Hearing a case: notice, answer, silence, review. Nobody is punished unheard, and whoever took part does not review.
import * as z from 'zod';
import { type Calendar, deadlineAfter } from './calendar.ts';
import { type CaseState, type NoticeWay, type Paper, papersOf, personsOf, reviewOf } from './case.ts';
import { aboutCase, isClosed, personsField, wrongStage } from './case-facts.ts';
import {
  type Command,
  command,
  type Deciding,
  type Decision,
  happened as done,
  existing,
} from './command.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText } from './free-text.ts';
import { instant, registryId } from './ids.ts';
import { ok, type Problem, type ProblemCode, type Result, refuse } from './problems.ts';
import { priceOf } from './rulebook.ts';
import { entryOf, intervalOf } from './slip.ts';
import { type Instant, isAhead, monthOf, plusMonths } from './time.ts';

/** Of the persons named, those meant by a notice, an answer or an appeal; each must still wait for it. */
const among = (
  waiting: readonly string[],
  named: readonly string[] | undefined,
  otherwise: ProblemCode,
): Result<string[]> => {
  const stranger = named?.find((person) => !waiting.includes(person));
  return stranger === undefined ? ok([...(named ?? waiting)]) : refuse(otherwise, stranger);
};
const without = (ids: readonly string[], gone: readonly string[]): string[] =>
  ids.filter((id) => !gone.includes(id));

const notify: Command = command({
  type: 'case.notify',
  // Only the person himself can open his notice; everything else is done for him by those who deliver it.
  action: (fields) => (fields.way === 'opened' ? 'case.openNotice' : 'case.notify'),
  summary: '告知已送达(本人打开、平板签字、纸质送达、拒收见证、经首席代表)',
  on: 'case',
  fields: z.strictObject({
    way: z.enum(['opened', 'tablet', 'paper', 'refused', 'representative']),
    deliveredAt: instant,
    /** Who of several persons named was told; absent: all who were not told yet. Opened: always the person himself. */
    persons: personsField.optional(),
    witnesses: z.array(registryId).max(5).default([]),
    /** The signed slip of a notice on paper, or of its refusal. */
    evidence: manifest.default([]),
  }),
  months: (_fields, state) => [existing(state).month],
  rosters: (fields) =>
    fields.way === 'representative'
      ? [monthOf(fields.deliveredAt), plusMonths(monthOf(fields.deliveredAt), 1)]
      : [],
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'confirmed') return wrongStage(open);
    const opened = fields.way === 'opened';
    // What was opened is opened now; a device cannot date it back into a limit that has passed.
    const handedOver = opened ? context.now : fields.deliveredAt;
    if (isAhead(handedOver, context.now)) return refuse('time.future');
    if (handedOver < open.decidedAt) return refuse('time.order', '送达早于核实');
    const told = among(
      without(personsOf(open), open.hearing.told),
      opened ? [context.acting.person] : fields.persons,
      'case.told-before',
    );
    if (!told.ok) return told;
    const files = wrongFiles(open, fields.evidence, context.now);
    if (files) return files;
    const witnessed = checkWitnesses(open, fields, context);
    if (!witnessed.ok) return witnessed;
    if (restsOnPaper(fields.way) && fields.evidence.length === 0) return refuse('case.scan-missing');
    const book = context.ruleBook(open.month);
    if (!book.ok) return book;
    const settings = book.value.settings;
    const limit = (days: number) => deadlineAfter(context.calendar, delivered, days);
    // Handed to the chief representative, it counts as delivered some working days later.
    const deemed =
      fields.way === 'representative'
        ? deadlineAfter(
            context.calendar,
            backFrom(told.value, handedOver, context),
            settings.deemedDeliveredWorkingDays,
          )
        : ok(handedOver);
    if (!deemed.ok) return deemed;
    const delivered = deemed.value;
    const answerBy = limit(settings.answerWorkingDays);
    if (!answerBy.ok) return answerBy;
    const appealBy = limit(settings.appealWorkingDays);
    if (!appealBy.ok) return appealBy;
    return done({
      type: 'case.noticed',
      v: 1,
      way: fields.way,
      deliveredAt: delivered,
      answerBy: answerBy.value,
      appealBy: appealBy.value,
      witnesses: fields.witnesses,
      ...(fields.evidence.length === 0 ? {} : { evidence: fields.evidence }),
      persons: told.value,
    });
  },
});

/** For somebody on leave a notice left with the chief representative waits until they are back. */
const backFrom = (persons: readonly string[], at: Instant, { slips, calendar }: Deciding): Instant => {
  const away = slips.leaves
    .filter((leave) => persons.includes(leave.person))
    .flatMap((leave) => {
      const entry = entryOf(leave);
      return entry === undefined ? [] : [intervalOf(entry.stretch, calendar)];
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  let back = at;
  for (const { from, to } of away) if (from <= back && back < to) back = to;
  return back;
};

type Refusal = { ok: false; problem: Problem } | undefined;
const mostFiles = 20;
const wrongFiles = (state: CaseState, files: readonly ManifestEntry[], now: Instant): Refusal => {
  if (files.some((file) => isAhead(file.takenAt, now))) return refuse('time.future', '扫描件的时间晚于现在');
  return files.length > 0 && state.evidence.length + files.length > mostFiles
    ? refuse('evidence.too-many', `一条问题最多 ${mostFiles} 个文件`)
    : undefined;
};

/** A slip that was signed, or that two witnesses signed instead, is proof only as a scan. */
const restsOnPaper = (way: NoticeWay): boolean => way === 'paper' || way === 'refused';

/**
 * What somebody says in person needs no paper; what another takes down for them was signed by them, and comes with its
 * scan. Where nobody is named the chief representative speaks for the window or department.
 */
const unsigned = (state: CaseState, paper: Paper | undefined, { acting }: Deciding): Refusal => {
  if (paper !== undefined || acting.role === 'staff') return undefined;
  return personsOf(state).length === 0 && acting.role === 'chiefRepresentative'
    ? undefined
    : refuse('case.scan-missing');
};

/** What was signed on paper and is entered later: its own date, and the scan. */
const paperField = z.strictObject({
  signedAt: instant,
  evidence: manifest.min(1, '请附签字页的照片或扫描件'),
});
const wrongPaper = (state: CaseState, paper: Paper | undefined, context: Deciding): Refusal => {
  if (paper === undefined) return undefined;
  if (isAhead(paper.signedAt, context.now)) return refuse('time.future');
  return wrongFiles(state, paper.evidence, context.now);
};

/** A refused notice needs two witnesses who are neither the person nor the one who delivers it. */
const checkWitnesses = (
  state: CaseState,
  fields: { way: NoticeWay; witnesses: readonly string[] },
  context: Deciding,
): Result<true> => {
  for (const witness of fields.witnesses)
    if (!context.registry.of.staff.has(witness)) return refuse('registry.unknown', `见证人 ${witness}`);
  const independent = without(fields.witnesses, [...personsOf(state), context.acting.person]);
  return fields.way === 'refused' && new Set(independent).size < 2 ? refuse('case.two-witnesses') : ok(true);
};

const answer: Command = command({
  type: 'case.answer',
  action: 'case.answer',
  summary: '陈述申辩;无异议即时办结(多人的问题,每人各自答复)',
  on: 'case',
  fields: z.strictObject({
    noObjection: z.boolean(),
    /** Whose answer is entered by somebody else; absent: all who were told and have not answered. */
    persons: personsField.optional(),
    answer: freeText(2000),
    /** Taken down from a signed reply slip. */
    paper: paperField.optional(),
  }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    const paper = wrongPaper(open, fields.paper, context);
    if (paper) return paper;
    if (open.stage === 'counting') return answeredInTime(open, fields, context);
    if (open.stage !== 'noticed' && !(open.stage === 'confirmed' && open.hearing.told.length > 0))
      return wrongStage(open);
    if (fields.paper && open.notice && fields.paper.signedAt < open.notice.at)
      return refuse('time.order', '签字早于告知');
    const own = context.acting.role === 'staff';
    if (own && open.hearing.answered.includes(context.acting.person)) return refuse('case.answered-before');
    const who = among(
      without(open.hearing.told, open.hearing.answered),
      own ? [context.acting.person] : fields.persons,
      'case.not-told',
    );
    if (!who.ok) return who;
    if (personsOf(open).length > 0 && who.value.length === 0) return refuse('case.answered-before');
    const missing = unsigned(open, fields.paper, context);
    if (missing) return missing;
    return done({
      type: 'case.answered',
      v: 1,
      persons: who.value,
      noObjection: fields.noObjection,
      answer: { text: fields.answer },
      ...(fields.paper === undefined ? {} : { paper: fields.paper }),
    });
  },
});

/** A slip signed within the answer time and entered after it: what had been taken for silence was an answer. */
const answeredInTime = (
  state: CaseState & { stage: 'counting' },
  fields: { noObjection: boolean; answer: string; paper?: Paper | undefined },
  context: Deciding,
): Result<Decision> => {
  const signedAt = fields.paper?.signedAt;
  if (state.heard !== 'silent' || signedAt === undefined || fields.paper === undefined)
    return wrongStage(state);
  if (context.acting.role === 'staff') return wrongStage(state);
  if (signedAt < state.notice.at || signedAt > state.notice.answerBy)
    return refuse('time.order', '签字不在答复期限内');
  return done({
    type: 'case.answered',
    v: 1,
    persons: personsOf(state),
    noObjection: fields.noObjection,
    answer: { text: fields.answer },
    paper: fields.paper,
  });
};

const settle: Command = command({
  type: 'case.settle',
  action: 'case.settle',
  summary: '答复期限届满未答复,视为无异议(系统夜间作业)',
  on: 'case',
  fields: z.strictObject({}),
  about: (state) => aboutCase(existing(state)),
  decide: (state, _fields, context) => {
    const open = existing(state);
    if (open.stage !== 'noticed') return wrongStage(open);
    if (context.now <= open.notice.answerBy) return refuse('case.answer-time-open');
    return done({ type: 'case.settled', v: 1, answerBy: open.notice.answerBy });
  },
});

/** Until when a review may be asked for; undefined while nobody was told. What ended on the spot was told on the spot. */
const appealUntil = (state: CaseState, days: number, calendar: Calendar): Result<Instant | undefined> => {
  switch (state.stage) {
    case 'settledOnSpot':
      return deadlineAfter(calendar, state.decidedAt, days);
    case 'confirmed':
    case 'noticed':
    case 'counting':
      return ok(state.notice?.appealBy);
    case 'reported':
    case 'dismissed':
    case 'merged':
    case 'transferred':
    case 'rectifying':
    case 'withdrawn':
      return ok(undefined);
  }
};

/** When it was told: what was signed before cannot speak of it. */
const toldAt = (state: CaseState): Instant =>
  'notice' in state && state.notice ? state.notice.at : 'decidedAt' in state ? state.decidedAt : '';

const appeal: Command = command({
  type: 'case.appeal',
  action: 'case.appeal',
  summary: '申请复核(每案一次);当场提醒的也可申请',
  on: 'case',
  fields: z.strictObject({
    /** For whom somebody else asks; absent: all who may. */
    persons: personsField.optional(),
    grounds: freeText(2000),
    /** Taken down from a signed application; its own date counts for the time limit. */
    paper: paperField.optional(),
  }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    const book = context.ruleBook(open.month);
    if (!book.ok) return book;
    const settings = book.value.settings;
    const until = appealUntil(open, settings.appealWorkingDays, context.calendar);
    if (!until.ok) return until;
    if (until.value === undefined) return wrongStage(open);
    if (reviewOf(open)) return refuse('case.appealed-before');
    const paper = wrongPaper(open, fields.paper, context);
    if (paper) return paper;
    if (fields.paper && fields.paper.signedAt < toldAt(open)) return refuse('time.order', '签字早于告知');
    if ((fields.paper?.signedAt ?? context.now) > until.value) return refuse('case.appeal-late');
    const told = open.stage === 'confirmed' || open.stage === 'noticed' ? open.hearing.told : personsOf(open);
    const who = among(
      told,
      context.acting.role === 'staff' ? [context.acting.person] : fields.persons,
      'case.not-told',
    );
    if (!who.ok) return who;
    const missing = unsigned(open, fields.paper, context);
    if (missing) return missing;
    const decideBy = deadlineAfter(context.calendar, context.now, settings.decideWorkingDays);
    if (!decideBy.ok) return decideBy;
    return done({
      type: 'case.appealed',
      v: 1,
      persons: who.value,
      grounds: { text: fields.grounds },
      decideBy: decideBy.value,
      ...(fields.paper === undefined ? {} : { paper: fields.paper }),
    });
  },
});

const decideAppeal: Command = command({
  type: 'case.decideAppeal',
  action: 'case.decideAppeal',
  summary: '复核决定:维持、减轻或撤销',
  on: 'case',
  fields: z
    .strictObject({
      outcome: z.enum(['upheld', 'reduced', 'overturned']),
      points: z.int().min(0).max(10_000).optional(),
      reason: freeText(2000),
    })
    .refine((fields) => (fields.outcome === 'reduced') === (fields.points !== undefined), {
      path: ['points'],
      message: '减轻时填写新的分值(百分之一分),其他结果不填',
    }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (!('verdict' in open) || open.review?.state !== 'asked') return wrongStage(open);
    if (fields.points !== undefined) {
      if (open.stage === 'settledOnSpot') return refuse('case.not-reduced', '当场提醒不扣分');
      const book = context.ruleBook(open.month);
      if (!book.ok) return book;
      const price = priceOf(book.value, open.verdict.clause, open.verdict);
      if (!price.ok) return price;
      if (fields.points >= price.value) return refuse('case.not-reduced');
    }
    return done({
      type: 'case.appealDecided',
      v: 1,
      outcome: fields.outcome,
      ...(fields.points === undefined ? {} : { points: fields.points }),
      reason: { text: fields.reason },
    });
  },
});

const attachPaper: Command = command({
  type: 'case.attachPaper',
  action: 'case.attachPaper',
  summary: '补录纸质材料的扫描件(巡查记录表、告知回执、答复、复核申请),不影响办理',
  on: 'case',
  fields: z.strictObject({ of: z.enum(papersOf), paper: paperField }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (isClosed(open)) return wrongStage(open);
    const paper = wrongPaper(open, fields.paper, context);
    if (paper) return paper;
    return done({ type: 'case.paperAttached', v: 1, of: fields.of, paper: fields.paper });
  },
});

export const caseHearingCommands: Command[] = [notify, answer, settle, appeal, decideAppeal, attachPaper];
