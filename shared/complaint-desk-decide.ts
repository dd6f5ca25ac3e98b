// What the desk does with a complaint at first: takes it in, accepts or declines it, says whom it concerns and who looks
// into it, urges. Deciding is complaint-inquiry-decide.ts, telling the complainant complaint-feedback-decide.ts.
import * as z from 'zod';
import { about, may } from './access.ts';
import { deadlineAfter } from './calendar.ts';
import { happenedField } from './case-report-decide.ts';
import { isSealedType } from './catalog.ts';
import { type Command, type Context, command, type Deciding, happened as done, existing } from './command.ts';
import { type ComplaintState, complaintSources, urgingWays } from './complaint.ts';
import {
  aboutComplaint,
  answerBy,
  concerningFrom,
  filesRefused,
  personsOfComplaint,
  termsFor,
  urgeRefused,
  wrongStage,
} from './complaint-facts.ts';
import { urgeRest } from './complaint-terms.ts';
import { manifest } from './evidence.ts';
import { freeText, oneLine, optionalText } from './free-text.ts';
import { day, instant, newMonthlyId, registryId } from './ids.ts';
import { ok, type Result, refuse } from './problems.ts';
import { dayOf, type Instant, isAhead, monthOf } from './time.ts';

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
    const refused = urgeRefused(open, context);
    if (refused) return refused;
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

export const complaintDeskCommands: Command[] = [receive, accept, decline, assign, place, urge];
