// What may be done with a violation case. Each command: its fields, whom it concerns, the decision.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { type Calendar, deadlineAfter } from './calendar.ts';
import {
  type CaseState,
  decidersOf,
  type NoticeWay,
  personsOf,
  reviewOf,
  sources,
  type Verdict,
} from './case.ts';
import { severity, violationType } from './catalog.ts';
import { type Command, type Context, command, type Deciding, happened as done } from './command.ts';
import { manifest } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import { inspectionId, instant, monthlyId, newMonthlyId, registryId } from './ids.ts';
import { campaignOn, holdsOn, type Registry, windowsOf } from './people.ts';
import { ok, type ProblemCode, type Result, refuse } from './problems.ts';
import { clauseOf, clausesFor, priceOf } from './rulebook.ts';
import { type Day, dayOf, type Instant, isAhead, monthOf, plusMinutes } from './time.ts';

/** A verdict as the confirming person sends it; points come from the clause. */
const verdictFields = {
  severity,
  clause: z.string().min(1).max(40),
  quantity: z.int().min(1).max(1000).default(1),
  minutes: z.int().min(0).max(1440).optional(),
  /** Points within the clause's range, in hundredths, and why that figure. */
  chosen: z.strictObject({ points: z.int().min(0).max(10_000), reason: freeText(200) }).optional(),
};

const happenedField = z
  .strictObject({
    from: instant,
    to: instant,
    doubtSeconds: z
      .int()
      .min(0)
      .max(7 * 86_400),
  })
  .refine((span) => span.from <= span.to, { path: ['to'], message: '结束时间早于开始时间' });

const personsField = z
  .array(registryId)
  .min(1)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, '人员重复');

const subjectField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('persons'), persons: personsField }),
  z.strictObject({ kind: z.literal('unidentified') }),
  z.strictObject({ kind: z.literal('window') }),
  z.strictObject({ kind: z.literal('department') }),
]);

const reportFields = z.strictObject({
  violation: z.string().min(1).max(30),
  source: z.enum(sources),
  happened: happenedField,
  window: registryId.optional(),
  grid: registryId.optional(),
  department: registryId.optional(),
  subject: subjectField,
  inspection: inspectionId.optional(),
  description: freeText(2000),
  place: optionalText(100),
  camera: registryId.optional(),
  evidence: manifest.default([]),
});
type ReportFields = z.infer<typeof reportFields>;

const reportersOf = (state: CaseState): string[] => [
  state.reportedBy.person,
  ...(state.reportedBy.for === undefined ? [] : [state.reportedBy.for]),
];

/** Facts of a case for the permission. Who confirmed has decided; who identified the person has not. */
export const aboutCase = (state: CaseState): About =>
  about({
    grids: state.grid === undefined ? [] : [state.grid],
    departments: state.department === undefined ? [] : [state.department],
    persons: personsOf(state),
    reporters: [...reportersOf(state), ...state.joinedReporters],
    deciders: [...decidersOf(state), ...state.decidedBefore],
    sealed: state.stage === 'transferred' || violationType(state.type)?.sealed === true,
  });

const existing = (state: CaseState | undefined): CaseState => {
  if (!state) throw new Error('run loads the head before deciding');
  return state;
};

const wrongStage = (state: CaseState) => refuse('case.wrong-stage', `当前状态:${stageTitles[state.stage]}`);

export const stageTitles: Record<CaseState['stage'], string> = {
  reported: '待核实',
  settledOnSpot: '当场提醒、已改正',
  dismissed: '不属实',
  merged: '已并入其他问题',
  transferred: '已移送',
  confirmed: '属实,待告知',
  noticed: '已告知,待陈述申辩',
  counting: '已认定',
};

/** The window's grid and department on the day fill what the reporter left out; what contradicts them is refused. */
const whereOf = (
  fields: ReportFields,
  registry: Registry,
): Result<{ window?: string; grid?: string; department?: string }> => {
  const on = dayOf(fields.happened.from);
  if (fields.window === undefined) {
    if (fields.grid !== undefined && !registry.of.grid.has(fields.grid))
      return refuse('registry.unknown', `网格 ${fields.grid}`);
    if (fields.department !== undefined && !registry.of.department.has(fields.department))
      return refuse('registry.unknown', `部门 ${fields.department}`);
    return ok({
      ...(fields.grid === undefined ? {} : { grid: fields.grid }),
      ...(fields.department === undefined ? {} : { department: fields.department }),
    });
  }
  const window = registry.of.window.get(fields.window);
  if (!window || !holdsOn(window, on)) return refuse('registry.unknown', `窗口 ${fields.window}`);
  if (fields.grid !== undefined && fields.grid !== window.grid)
    return refuse('assignment.outside', '该窗口不属于所报网格');
  if (fields.department !== undefined && fields.department !== window.department)
    return refuse('assignment.outside', '该窗口不属于所报部门');
  return ok({ window: window.id, grid: window.grid, department: window.department });
};

/** People named must be in service, and at the window or in the department they are named for, on that day. */
const checkPersons = (
  persons: readonly string[],
  where: { window?: string; department?: string },
  on: string,
  registry: Registry,
): Result<{ department?: string }> => {
  let department = where.department;
  for (const id of persons) {
    const person = registry.of.staff.get(id);
    if (!person) return refuse('registry.unknown', `人员 ${id}`);
    if (!holdsOn(person, on)) return refuse('assignment.outside', `${person.name}当日不在岗位名册`);
    const windows = windowsOf(registry, id, on);
    if (
      where.window !== undefined &&
      !windows.includes(where.window) &&
      person.department !== where.department
    )
      return refuse('assignment.outside', `${person.name}当日不在该窗口,也不属于该窗口的部门`);
    if (where.window === undefined && department !== undefined && person.department !== department)
      return refuse('assignment.outside', '人员不属于所报部门,或分属不同部门;请分别上报');
    department ??= person.department;
  }
  return ok(department === undefined ? {} : { department });
};

const report: Command = command({
  type: 'case.report',
  action: 'case.report',
  summary: '上报一条问题(巡查、视频、第三方、投诉等),附证据清单',
  on: 'case',
  fields: reportFields,
  creates: (fields, sent) => newMonthlyId('case', monthOf(fields.happened.from), sent.command),
  about: (_state, fields, context) => aboutReport(fields, context),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    const type = violationType(fields.violation);
    if (!type) return refuse('violation.unknown', fields.violation);
    // A device may run ahead by the doubt it states.
    const latest = plusMinutes(context.now, fields.happened.doubtSeconds / 60);
    if (isAhead(fields.happened.to, latest)) return refuse('time.future');
    if (fields.evidence.some((file) => isAhead(file.takenAt, latest)))
      return refuse('time.future', '证据的拍摄时间晚于现在');
    if (fields.source === 'video' && context.registry.centre.videoLegalBasis === undefined)
      return refuse('video.no-legal-basis');
    if (fields.source === 'video' && fields.camera === undefined) return refuse('video.camera-missing');
    const on = dayOf(fields.happened.from);
    const where = whereOf(fields, context.registry);
    if (!where.ok) return where;
    const place = where.value;
    const who =
      fields.subject.kind === 'persons'
        ? checkPersons(fields.subject.persons, place, on, context.registry)
        : ok<{ department?: string }>(place.department === undefined ? {} : { department: place.department });
    if (!who.ok) return who;
    if (fields.subject.kind === 'window' && place.window === undefined)
      return refuse('case.subject-incomplete', '请选择窗口');
    if (fields.subject.kind === 'department' && who.value.department === undefined)
      return refuse('case.subject-incomplete', '请选择部门');
    // Without a window, the grid where the persons sit on that day answers for them, if it is one.
    const grid = place.grid ?? onlyGridOf(fields, on, context.registry);
    const campaign = campaignOn(context.registry, on);
    return done({
      type: 'case.reported',
      v: 1,
      violation: type.code,
      source: fields.source,
      happened: fields.happened,
      ...(place.window === undefined ? {} : { window: place.window }),
      ...(grid === undefined ? {} : { grid }),
      ...(who.value.department === undefined ? {} : { department: who.value.department }),
      subject: fields.subject,
      ...(fields.inspection === undefined ? {} : { inspection: fields.inspection }),
      lead: fields.source === 'machine' || fields.source === 'import',
      ...(campaign === undefined ? {} : { campaign: campaign.id }),
      description: { text: fields.description },
      ...(fields.place === undefined ? {} : { place: { text: fields.place } }),
      ...(fields.camera === undefined ? {} : { camera: fields.camera }),
      evidence: fields.evidence,
    });
  },
});

const onlyGridOf = ({ subject }: ReportFields, on: Day, registry: Registry): string | undefined => {
  const windows =
    subject.kind === 'persons' ? subject.persons.flatMap((id) => windowsOf(registry, id, on)) : [];
  const [grid, other] = new Set(windows.flatMap((id) => registry.of.window.get(id)?.grid ?? []));
  return other === undefined ? grid : undefined;
};

const aboutReport = (fields: ReportFields, context: Context): About => {
  const window = fields.window === undefined ? undefined : context.registry.of.window.get(fields.window);
  const grid = window?.grid ?? fields.grid;
  const department = window?.department ?? fields.department;
  return about({
    grids: grid === undefined ? [] : [grid],
    departments: department === undefined ? [] : [department],
    persons: fields.subject.kind === 'persons' ? fields.subject.persons : [],
    reporters: [context.actor.person],
  });
};

const verdictOf = (
  state: CaseState,
  fields: z.infer<z.ZodObject<typeof verdictFields>>,
  context: Deciding,
): Result<Verdict> => {
  const book = context.ruleBook(state.month);
  if (!book.ok) return book;
  const clause = clauseOf(book.value, fields.clause);
  if (!clause) return refuse('clause.unknown', fields.clause);
  if (!clausesFor(book.value, state.type).includes(clause))
    return refuse('clause.unfit', `${clause.title}不适用于该违纪行为类型`);
  const verdict: Verdict = {
    severity: fields.severity,
    clause: clause.code,
    family: clause.family,
    quantity: fields.quantity,
    ...(fields.minutes === undefined ? {} : { minutes: fields.minutes }),
    ...(fields.chosen === undefined
      ? {}
      : {
          chosen: { points: fields.chosen.points, by: context.acting.person, reason: fields.chosen.reason },
        }),
  };
  const price = priceOf(book.value, clause.code, verdict);
  return price.ok ? ok(verdict) : price;
};

const confirm: Command = command({
  type: 'case.confirm',
  action: 'case.confirm',
  summary: '核实属实:定严重程度、条款和数量',
  on: 'case',
  fields: z.strictObject({ ...verdictFields, reason: freeText(1000) }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    if (open.subject.kind === 'unidentified') return refuse('case.person-unidentified');
    const verdict = verdictOf(open, fields, context);
    if (!verdict.ok) return verdict;
    return done({
      type: 'case.confirmed',
      v: 1,
      verdict: verdict.value,
      reason: { text: fields.reason },
      seen: open.evidence
        .filter((entry) => entry.state === 'received')
        .map((entry) => ({ n: entry.n, sha256: entry.sha256 })),
    });
  },
});

const settleOnSpot: Command = command({
  type: 'case.settleOnSpot',
  action: 'case.settleOnSpot',
  summary: '轻微问题当场提醒、已改正,不扣分',
  on: 'case',
  fields: z.strictObject({ clause: verdictFields.clause, said: freeText(500) }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    if (open.subject.kind === 'unidentified') return refuse('case.person-unidentified');
    if (open.lead) return refuse('case.lead-needs-confirmation');
    const book = context.ruleBook(open.month);
    if (!book.ok) return book;
    const clause = clauseOf(book.value, fields.clause);
    if (!clause) return refuse('clause.unknown', fields.clause);
    if (!clausesFor(book.value, open.type).includes(clause)) return refuse('clause.unfit', clause.title);
    if (clause.severity !== 'minor') return refuse('case.not-minor', clause.title);
    return done({
      type: 'case.settledOnSpot',
      v: 1,
      verdict: { severity: 'minor', clause: clause.code, family: clause.family, quantity: 1 },
      said: { text: fields.said },
    });
  },
});

const dismiss: Command = command({
  type: 'case.dismiss',
  action: 'case.dismiss',
  summary: '核实不属实',
  on: 'case',
  fields: z.strictObject({ reason: freeText(1000) }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    return done({ type: 'case.dismissed', v: 1, reason: { text: fields.reason } });
  },
});

const identify: Command = command({
  type: 'case.identify',
  action: 'case.identify',
  summary: '查明人员待核的问题是谁',
  on: 'case',
  fields: z.strictObject({ persons: personsField, reason: freeText(500) }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported' || open.subject.kind !== 'unidentified') return wrongStage(open);
    const where = {
      ...(open.window === undefined ? {} : { window: open.window }),
      ...(open.department === undefined ? {} : { department: open.department }),
    };
    const who = checkPersons(fields.persons, where, dayOf(open.happened.from), context.registry);
    if (!who.ok) return who;
    return done({
      type: 'case.identified',
      v: 1,
      persons: fields.persons,
      ...(who.value.department === undefined ? {} : { department: who.value.department }),
      reason: { text: fields.reason },
    });
  },
});

/** Same person or window, same family, overlapping time: one incident, one deduction. */
const sameIncident = (a: CaseState, b: CaseState): boolean => {
  const shared =
    personsOf(a).some((person) => personsOf(b).includes(person)) ||
    (a.window !== undefined && a.window === b.window) ||
    (personsOf(a).length + personsOf(b).length === 0 && a.department === b.department);
  const early = Date.parse(a.happened.from) - a.happened.doubtSeconds * 1000 - 15 * 60_000;
  const late = Date.parse(a.happened.to) + a.happened.doubtSeconds * 1000 + 15 * 60_000;
  return (
    shared &&
    violationType(a.type)?.family === violationType(b.type)?.family &&
    Date.parse(b.happened.to) + b.happened.doubtSeconds * 1000 >= early &&
    Date.parse(b.happened.from) - b.happened.doubtSeconds * 1000 <= late
  );
};

const merge: Command = command({
  type: 'case.merge',
  action: 'case.merge',
  summary: '同一事件由多个来源上报:并入主问题,只计一次',
  on: 'case',
  fields: z.strictObject({ into: monthlyId('case'), reason: freeText(500) }),
  also: (fields) => [{ kind: 'case', id: fields.into }],
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    const main = context.other('case', fields.into);
    if (!main) return refuse('thing.not-found', fields.into);
    if (main.id === open.id) return refuse('case.merge-self');
    if (main.stage === 'merged' || main.stage === 'dismissed' || main.stage === 'transferred')
      return wrongStage(main);
    if (!sameIncident(open, main)) return refuse('case.other-incident');
    // Whoever is named only here would slip away with the merged case.
    if (personsOf(open).some((person) => !personsOf(main).includes(person)))
      return refuse('case.other-incident', '本条所列人员不在主问题之中,请先在主问题中查明人员');
    const reporters = [...reportersOf(open), ...open.joinedReporters];
    return ok({
      events: [{ type: 'case.merged', v: 1, into: main.id, reason: { text: fields.reason } }],
      also: [
        {
          ref: { kind: 'case', id: main.id },
          events: [{ type: 'case.joined', v: 1, case: open.id, reporters }],
        },
      ],
    });
  },
});

const transfer: Command = command({
  type: 'case.transfer',
  action: 'case.transfer',
  summary: '廉洁问题线索移送纪检监察,此后对他人封存',
  on: 'case',
  fields: z.strictObject({ reason: freeText(1000) }),
  // Asked before sealing: whoever holds the lead may hand it over, though not read it afterwards.
  about: (state) => ({ ...aboutCase(existing(state)), sealed: existing(state).stage === 'transferred' }),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    if (violationType(open.type)?.sealed !== true) return refuse('case.not-integrity');
    return done({ type: 'case.transferred', v: 1, reason: { text: fields.reason } });
  },
});

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
  }),
  months: (_fields, state) => [existing(state).month],
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
    const witnessed = checkWitnesses(open, fields, context);
    if (!witnessed.ok) return witnessed;
    const book = context.ruleBook(open.month);
    if (!book.ok) return book;
    const settings = book.value.settings;
    const limit = (days: number) => deadlineAfter(context.calendar, delivered, days);
    // Handed to the chief representative, it counts as delivered some working days later (DESIGN: delivery).
    const deemed =
      fields.way === 'representative'
        ? deadlineAfter(context.calendar, handedOver, settings.deemedDeliveredWorkingDays)
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
      persons: told.value,
    });
  },
});

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
  }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'noticed' && !(open.stage === 'confirmed' && open.hearing.told.length > 0))
      return wrongStage(open);
    const own = context.acting.role === 'staff';
    if (own && open.hearing.answered.includes(context.acting.person)) return refuse('case.answered-before');
    const who = among(
      without(open.hearing.told, open.hearing.answered),
      own ? [context.acting.person] : fields.persons,
      'case.not-told',
    );
    if (!who.ok) return who;
    if (personsOf(open).length > 0 && who.value.length === 0) return refuse('case.answered-before');
    return done({
      type: 'case.answered',
      v: 1,
      persons: who.value,
      noObjection: fields.noObjection,
      answer: { text: fields.answer },
    });
  },
});

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
      return ok(undefined);
  }
};

const appeal: Command = command({
  type: 'case.appeal',
  action: 'case.appeal',
  summary: '申请复核(每案一次);当场提醒的也可申请',
  on: 'case',
  fields: z.strictObject({
    /** For whom somebody else asks; absent: all who may. */
    persons: personsField.optional(),
    grounds: freeText(2000),
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
    if (context.now > until.value) return refuse('case.appeal-late');
    const told = open.stage === 'confirmed' || open.stage === 'noticed' ? open.hearing.told : personsOf(open);
    const who = among(
      told,
      context.acting.role === 'staff' ? [context.acting.person] : fields.persons,
      'case.not-told',
    );
    if (!who.ok) return who;
    const decideBy = deadlineAfter(context.calendar, context.now, settings.decideWorkingDays);
    if (!decideBy.ok) return decideBy;
    return done({
      type: 'case.appealed',
      v: 1,
      persons: who.value,
      grounds: { text: fields.grounds },
      decideBy: decideBy.value,
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

/** A head holds every file of its record and stays small. */
const mostFiles = 12;

const addEvidence: Command = command({
  type: 'case.addEvidence',
  action: 'case.addEvidence',
  summary: '补充证据:新文件是新的条目;尚未认定的问题退回重新核实',
  on: 'case',
  fields: z.strictObject({ evidence: manifest.min(1), reason: freeText(500) }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage === 'merged' || open.stage === 'transferred' || open.stage === 'dismissed')
      return wrongStage(open);
    // What already counts was heard on its files; only an undecided review may still see new ones.
    if (open.stage === 'counting' && open.review?.state !== 'asked') return wrongStage(open);
    if (fields.evidence.some((file) => isAhead(file.takenAt, context.now)))
      return refuse('time.future', '证据的拍摄时间晚于现在');
    if (open.evidence.length + fields.evidence.length > mostFiles)
      return refuse('evidence.too-many', `一条问题最多 ${mostFiles} 个文件`);
    const added = {
      type: 'case.evidenceAdded' as const,
      v: 1 as const,
      evidence: fields.evidence,
      reason: { text: fields.reason },
    };
    return open.stage === 'confirmed' || open.stage === 'noticed'
      ? done(added, { type: 'case.reopened', v: 1, reason: { text: '核实后补充了新证据' } })
      : done(added);
  },
});

export const caseCommands: Command[] = [
  report,
  addEvidence,
  identify,
  confirm,
  dismiss,
  settleOnSpot,
  merge,
  transfer,
  notify,
  answer,
  settle,
  appeal,
  decideAppeal,
];
