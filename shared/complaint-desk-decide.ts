// What the desk does with a complaint: takes it in, accepts or declines it, urges, tells the complainant what came of it,
// asks whether they are content, files it. Looking into it and deciding on it is complaint-inquiry-decide.ts.
import * as z from 'zod';
import { about, may } from './access.ts';
import { deadlineAfter } from './calendar.ts';
import { happenedField } from './case-report-decide.ts';
import { isSealedType } from './catalog.ts';
import { type Command, type Context, command, type Deciding, happened as done } from './command.ts';
import {
  answerWays,
  type ComplaintState,
  complaintSources,
  obstacles,
  satisfactions,
  urgingWays,
} from './complaint.ts';
import {
  aboutComplaint,
  acceptBy,
  answerBy,
  concerningFrom,
  existing,
  personsOfComplaint,
  termsFor,
  wrongStage,
} from './complaint-facts.ts';
import { type EvidenceEntry, type ManifestEntry, manifest } from './evidence.ts';
import { freeText, oneLine, optionalText } from './free-text.ts';
import { day, instant, monthlyId, newMonthlyId, registryId } from './ids.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { dayOf, type Instant, isAhead, monthOf, plusDays, plusMinutes } from './time.ts';

type Refusal = { ok: false; problem: Problem } | undefined;

/** A head holds every file of its record and stays small. */
const mostFiles = 12;
export const filesRefused = (
  before: readonly EvidenceEntry[],
  added: readonly ManifestEntry[],
  now: Instant,
): Refusal => {
  if (added.some((file) => isAhead(file.takenAt, now)))
    return refuse('time.future', '材料的拍摄时间晚于现在');
  return before.length + added.length > mostFiles
    ? refuse('evidence.too-many', `一件投诉最多 ${mostFiles} 个文件`)
    : undefined;
};

const concerningFields = {
  /** Type of the catalog as the desk takes it; an integrity type seals it at once. */
  violation: z.string().min(1).max(30).optional(),
  happened: happenedField.optional(),
  window: registryId.optional(),
  grid: registryId.optional(),
  department: registryId.optional(),
};

const receiveFields = z.strictObject({
  source: z.enum(complaintSources),
  ticket: oneLine(40).optional(),
  /** The last day the ticket itself sets; the desk's own term does not count then. */
  ticketBy: day.optional(),
  /** When it came in; what is entered later keeps its own date (补录). */
  receivedAt: instant,
  ...concerningFields,
  persons: personsOfComplaint.default([]),
  /** Absent: anonymous. Kept apart from everything else, shown to nobody without a reason that is registered. */
  complainant: z.strictObject({ name: oneLine(40), contact: oneLine(80).optional() }).optional(),
  content: freeText(3000),
  wanted: optionalText(500),
  evidence: manifest.default([]),
});
type ReceiveFields = z.infer<typeof receiveFields>;

/** What the department is told may not name who complained. */
const namesComplainant = ({ complainant, content, wanted }: ReceiveFields): boolean => {
  if (!complainant) return false;
  const told = `${content}\n${wanted ?? ''}`;
  const close = (text: string): string => text.replace(/[\s-]/g, '');
  const numbers = close(complainant.contact ?? '').match(/\d{6,}/g) ?? [];
  return (
    (complainant.name.length > 1 && told.includes(complainant.name)) ||
    numbers.some((number) => close(told).includes(number))
  );
};

const receive: Command = command({
  type: 'complaint.receive',
  action: 'complaint.receive',
  summary: '登记一件投诉(窗口反映、热线工单、差评、来信);投诉人姓名和联系方式另行保存;涉及廉洁的即行封存移送',
  on: 'complaint',
  fields: receiveFields,
  creates: (fields, sent) => newMonthlyId('complaint', monthOf(fields.receivedAt), sent.command),
  about: (_state, fields, context) => about({ persons: fields.persons, reporters: [context.actor.person] }),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (isAhead(fields.receivedAt, context.now)) return refuse('time.future');
    if (fields.happened && isAhead(fields.happened.to, context.now)) return refuse('time.future');
    if (fields.happened && fields.happened.from > fields.receivedAt)
      return refuse('time.order', '投诉早于所反映的事情');
    if (fields.ticketBy !== undefined && fields.ticketBy < dayOf(fields.receivedAt))
      return refuse('time.order', '工单期限早于收到的日期');
    const files = filesRefused([], fields.evidence, context.now);
    if (files) return files;
    if (namesComplainant(fields)) return refuse('complaint.names-complainant');
    const on = dayOf(fields.happened?.from ?? fields.receivedAt);
    const concerning = concerningFrom(fields, on, context.registry);
    if (!concerning.ok) return concerning;
    const { violation } = concerning.value;
    const taken = {
      type: 'complaint.received' as const,
      v: 1 as const,
      source: fields.source,
      ...(fields.ticket === undefined ? {} : { ticket: fields.ticket }),
      ...(fields.ticketBy === undefined ? {} : { ticketBy: fields.ticketBy }),
      receivedAt: fields.receivedAt,
      concerning: concerning.value,
      ...(fields.complainant === undefined ? {} : { complainant: wordsOf(fields.complainant) }),
      content: { text: fields.content },
      ...(fields.wanted === undefined ? {} : { wanted: { text: fields.wanted } }),
      evidence: fields.evidence,
    };
    // Nobody of the office sits on an integrity complaint: it goes to the discipline organ with its first entry.
    return violation !== undefined && isSealedType(violation)
      ? done(taken, {
          type: 'complaint.transferred',
          v: 1,
          violation,
          reason: { text: '登记时即属廉洁问题线索,移送纪检监察' },
        })
      : done(taken);
  },
});

const wordsOf = ({ name, contact }: NonNullable<ReceiveFields['complainant']>) => ({
  name: { text: name },
  ...(contact === undefined ? {} : { contact: { text: contact } }),
});

/** Whoever is to look into it must be able to: in the grid or over it, not the receiver, not the one complained of. */
const investigatorFits = (person: string, state: ComplaintState, context: Context): boolean => {
  const grants = context.registry.grantsByPerson.get(person) ?? [];
  const actor = { person, grants, system: false };
  return may(actor, 'complaint.investigate', aboutComplaint(state), dayOf(context.now)).ok;
};

const accept: Command = command({
  type: 'complaint.accept',
  action: 'complaint.accept',
  summary: '受理:确定反馈期限(自收到之日起的工作日),可指定调查人',
  on: 'complaint',
  fields: z.strictObject({ investigator: registryId.optional() }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'received') return wrongStage(open);
    if (fields.investigator !== undefined && !investigatorFits(fields.investigator, open, context))
      return refuse('complaint.investigator-unfit');
    const end = answerBy(context.calendar, open, termsFor(open, context));
    if (!end.ok) return end;
    return done({
      type: 'complaint.accepted',
      v: 1,
      answerBy: end.value,
      ...(fields.investigator === undefined ? {} : { investigator: fields.investigator }),
    });
  },
});

const decline: Command = command({
  type: 'complaint.decline',
  action: 'complaint.decline',
  summary: '不予受理(不属于本中心等),仍须向投诉人说明理由和去处',
  on: 'complaint',
  fields: z.strictObject({ reason: freeText(1000) }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'received') return wrongStage(open);
    const end = answerBy(context.calendar, open, termsFor(open, context));
    if (!end.ok) return end;
    return done({
      type: 'complaint.decided',
      v: 1,
      outcome: 'declined',
      cases: [],
      answerBy: end.value,
      reason: { text: fields.reason },
    });
  },
});

const assign: Command = command({
  type: 'complaint.assign',
  action: 'complaint.assign',
  summary: '改派调查人',
  on: 'complaint',
  fields: z.strictObject({ investigator: registryId, reason: freeText(500) }),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'accepted' && open.stage !== 'investigated') return wrongStage(open);
    if (!investigatorFits(fields.investigator, open, context)) return refuse('complaint.investigator-unfit');
    return done({
      type: 'complaint.assigned',
      v: 1,
      investigator: fields.investigator,
      reason: { text: fields.reason },
    });
  },
});

const place: Command = command({
  type: 'complaint.place',
  action: 'complaint.place',
  summary: '查明或更正所涉事项、时间、窗口、部门、人员',
  on: 'complaint',
  fields: z.strictObject({
    ...concerningFields,
    persons: personsOfComplaint.optional(),
    reason: freeText(500),
  }),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'received' && open.stage !== 'accepted' && open.stage !== 'investigated')
      return wrongStage(open);
    if (fields.violation !== undefined && isSealedType(fields.violation))
      return refuse('complaint.integrity');
    const happened = fields.happened ?? open.happened;
    if (happened && isAhead(happened.to, context.now)) return refuse('time.future');
    // A window brings its own grid and department; without a new one what was known stays.
    const moved = fields.window !== undefined;
    const concerning = concerningFrom(
      {
        violation: fields.violation ?? open.violation,
        happened,
        window: fields.window ?? (fields.department === undefined ? open.window : undefined),
        grid: fields.grid ?? (moved || fields.department !== undefined ? undefined : open.grid),
        department: fields.department ?? (moved ? undefined : open.department),
        persons: fields.persons ?? (moved || fields.department !== undefined ? [] : open.persons),
      },
      dayOf(happened?.from ?? open.receivedAt),
      context.registry,
    );
    if (!concerning.ok) return concerning;
    return done({
      type: 'complaint.placed',
      v: 1,
      concerning: concerning.value,
      reason: { text: fields.reason },
    });
  },
});

/** The house rests so many working days between two urgings of its own (RB37); a person may urge again the next day. */
export const urgeRest = 5;

/** What the complaint waits for has a last instant; after it one may urge. */
const dueNow = (state: ComplaintState, context: Context): Result<Instant> | undefined => {
  switch (state.stage) {
    case 'received':
      return acceptBy(context.calendar, state, termsFor(state, context));
    case 'accepted':
    case 'investigated':
    case 'decided':
      return ok(state.answerBy);
    case 'answered':
    case 'archived':
    case 'transferred':
      return undefined;
  }
};

const urge: Command = command({
  type: 'complaint.urge',
  action: 'complaint.urge',
  summary: '超过期限,催办(每日至多一次,系统每五个工作日一次)',
  on: 'complaint',
  fields: z.strictObject({ way: z.enum(urgingWays), words: freeText(500) }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    const end = dueNow(open, context);
    if (end === undefined) return wrongStage(open);
    if (!end.ok) return end;
    if (context.now <= end.value) return refuse('complaint.time-open');
    if (open.urgedAt !== undefined && dayOf(open.urgedAt) === dayOf(context.now))
      return refuse('complaint.urged-today');
    const rest = restAfter(open.urgedAt, context);
    if (!rest.ok) return rest;
    if (rest.value > context.now) return refuse('complaint.urged-today', '系统催办后尚未满五个工作日');
    return done({
      type: 'complaint.urged',
      v: 1,
      way: context.acting.role === 'system' ? 'system' : fields.way,
      words: { text: fields.words },
    });
  },
});

const restAfter = (urgedAt: Instant | undefined, { acting, calendar }: Deciding): Result<Instant> =>
  urgedAt === undefined || acting.role !== 'system' ? ok('') : deadlineAfter(calendar, urgedAt, urgeRest);

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
    if (main && !('outcome' in main) && main.stage !== 'transferred') return refuse('complaint.main-open');
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

export const complaintDeskCommands: Command[] = [
  receive,
  accept,
  decline,
  assign,
  place,
  urge,
  answer,
  cannotAnswer,
  revisit,
  archive,
  purgeComplainant,
];
