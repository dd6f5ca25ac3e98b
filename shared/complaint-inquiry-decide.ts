// Looking into a complaint and deciding on it: the department explains itself, somebody who did not take it in
// investigates and decides; what is substantiated becomes a finding in the same transaction, or joins the case of the
// same incident. A finding then goes the way of every other: somebody else verifies it, whom it concerns is heard.
import * as z from 'zod';
import { deadlineAfter, plusWorkingDays } from './calendar.ts';
import type { CaseEvent } from './case.ts';
import { caseNumberOf } from './case-number.ts';
import { caseReportCommands, happenedField, subjectField } from './case-report-decide.ts';
import { isSealedType } from './catalog.ts';
import {
  type BoundCommand,
  type Change,
  type Command,
  command,
  type Deciding,
  type Decision,
  happened as done,
  existing,
  type Sent,
} from './command.ts';
import { type ComplaintState, means, outcomes, people } from './complaint.ts';
import { aboutComplaint, answerBy, filesRefused, termsFor, wrongStage } from './complaint-facts.ts';
import { concerningOfCase, couldBeOne } from './complaint-incident.ts';
import { manifest } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import { monthlyId, newMonthlyId, registryId } from './ids.ts';
import { ok, type Result, refuse } from './problems.ts';
import { dayOf, instantAt, type Month, monthOf } from './time.ts';

const explain: Command = command({
  type: 'complaint.explain',
  action: 'complaint.explain',
  summary: '首席代表就投诉作出说明(可附材料)',
  on: 'complaint',
  fields: z.strictObject({ explanation: freeText(3000), evidence: manifest.default([]) }),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'accepted' && open.stage !== 'investigated') return wrongStage(open);
    const wrong = filesRefused(open.evidence, fields.evidence, context.now);
    if (wrong) return wrong;
    return done({
      type: 'complaint.explained',
      v: 1,
      explanation: { text: fields.explanation },
      evidence: fields.evidence,
    });
  },
});

const extend: Command = command({
  type: 'complaint.extend',
  action: 'complaint.extend',
  summary: '延期:期满前提出,至多两次,第二次由领导批准;理由须告知投诉人',
  on: 'complaint',
  fields: z.strictObject({ workingDays: z.int().min(1).max(60), reason: freeText(500) }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'accepted' && open.stage !== 'investigated') return wrongStage(open);
    if (open.extensions >= 2) return refuse('complaint.extended-often');
    if (context.now > open.answerBy) return refuse('complaint.extend-late');
    const terms = termsFor(open, context);
    const most = open.extensions === 0 ? terms.extendWorkingDays : terms.extendAgainWorkingDays;
    if (fields.workingDays > most) return refuse('complaint.extend-long', `本次最多 ${most} 个工作日`);
    if (open.extensions === 1 && context.acting.role === 'sectionHead')
      return refuse('complaint.extend-by-leader');
    const last = plusWorkingDays(context.calendar, dayOf(open.answerBy), fields.workingDays);
    if (!last.ok) return last;
    const end = deadlineAfter(context.calendar, instantAt(last.value, '00:00'), 0);
    if (!end.ok) return end;
    return done({
      type: 'complaint.extended',
      v: 1,
      workingDays: fields.workingDays,
      answerBy: end.value,
      reason: { text: fields.reason },
    });
  },
});

const investigate: Command = command({
  type: 'complaint.investigate',
  action: 'complaint.investigate',
  summary: '调查记录:问了谁、调了什么、查明什么(可补充)',
  on: 'complaint',
  fields: z.strictObject({
    /** With whom and from what: complainant, window, records, witness, video. */
    means: z
      .array(z.enum(means))
      .min(1)
      .max(means.length)
      .refine((all) => new Set(all).size === all.length, '方式重复'),
    record: freeText(4000),
    evidence: manifest.default([]),
  }),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'accepted' && open.stage !== 'investigated') return wrongStage(open);
    // Hall video may settle complaints (PIPL art. 26 names public safety; the centre states its basis for more).
    if (fields.means.includes('video') && context.registry.centre.videoLegalBasis === undefined)
      return refuse('video.no-legal-basis');
    const wrong = filesRefused(open.evidence, fields.evidence, context.now);
    if (wrong) return wrong;
    return done({
      type: 'complaint.investigated',
      v: 1,
      means: fields.means,
      record: { text: fields.record },
      evidence: fields.evidence,
    });
  },
});

/** A finding of its own, or the case that already stands for the same incident. */
const findingField = z.union([
  z.strictObject({ into: monthlyId('case') }),
  z.strictObject({
    violation: z.string().min(1).max(30),
    /** Time, window and department are the complaint's where they are left out. */
    happened: happenedField.optional(),
    window: registryId.optional(),
    grid: registryId.optional(),
    department: registryId.optional(),
    subject: subjectField,
    description: freeText(2000),
    place: optionalText(100),
    evidence: manifest.default([]),
  }),
]);
type Finding = z.infer<typeof findingField>;
type NewFinding = Exclude<Finding, { into: string }>;

const decideFields = z.strictObject({
  outcome: z.enum(outcomes),
  findings: z.array(findingField).max(5).default([]),
  reason: freeText(2000),
  /** What the department is asked to mend. */
  demand: optionalText(1000),
});
type DecideFields = z.infer<typeof decideFields>;

const reporting = caseReportCommands.find(({ type }) => type === 'case.report');

/** The finding as the report of a case would be sent: it passes the same door, so it is held to the same rules. */
const asReport = (finding: NewFinding, state: ComplaintState): Result<BoundCommand> => {
  if (!reporting) throw new Error('no way to report a case');
  const happened = finding.happened ?? state.happened;
  if (!happened) return refuse('complaint.time-missing');
  const elsewhere = finding.window ?? finding.grid ?? finding.department;
  const { window, department } = elsewhere === undefined ? state : finding;
  return reporting.bind({
    violation: finding.violation,
    source: 'complaint',
    happened,
    ...(window === undefined ? {} : { window }),
    ...(finding.grid === undefined ? {} : { grid: finding.grid }),
    ...(department === undefined ? {} : { department }),
    subject: finding.subject,
    description: finding.description,
    ...(finding.place === undefined ? {} : { place: finding.place }),
    evidence: finding.evidence,
  });
};

const newOnes = ({ findings }: DecideFields): NewFinding[] =>
  findings.flatMap((finding) => ('into' in finding ? [] : [finding]));
const bounds = (fields: DecideFields, state: ComplaintState): BoundCommand[] =>
  newOnes(fields).flatMap((finding) => {
    const bound = asReport(finding, state);
    return bound.ok ? [bound.value] : [];
  });

/** A complaint is one more report of the incident; who took it in reported it too. */
const joins = (state: ComplaintState): CaseEvent => ({
  type: 'case.joined',
  v: 1,
  case: state.id,
  reporters: people(state.receivedBy),
});

interface Made {
  change: Change;
  claims: NonNullable<Decision['claims']>;
}

const caseFor = (finding: Finding, nth: number, state: ComplaintState, context: Deciding): Result<Made> => {
  if ('into' in finding) {
    const change = joinedCase(finding.into, state, context);
    return change.ok ? ok({ change: change.value, claims: [] }) : change;
  }
  if (isSealedType(finding.violation)) return refuse('complaint.integrity');
  const bound = asReport(finding, state);
  if (!bound.ok) return bound;
  const report = bound.value.decide(undefined, context);
  if (!report.ok) return report;
  const month = monthOf((finding.happened ?? state.happened)?.from ?? context.now);
  const id = newMonthlyId('case', month, context.command, nth);
  // One command, several cases: each asks for a number of its own.
  const number = caseNumberOf(month, context.command, context.attempt ?? 0, nth - 1);
  const events = report.value.events.map((event) =>
    event.type === 'case.reported' ? { ...event, number } : event,
  );
  return ok({
    change: { ref: { kind: 'case', id }, events: [...events, joins(state)] },
    claims: [{ number, case: id }],
  });
};

const joinedCase = (id: string, state: ComplaintState, context: Deciding): Result<Change> => {
  const main = context.other('case', id);
  if (!main) return refuse('thing.not-found', id);
  if (main.stage === 'merged' || main.stage === 'dismissed' || main.stage === 'transferred')
    return refuse('complaint.case-unfit');
  const book = context.ruleBook(state.month);
  if (!book.ok) return book;
  if (!couldBeOne(state, concerningOfCase(main), book.value.settings.mergeWithinMinutes))
    return refuse('complaint.other-incident');
  return ok({ ref: { kind: 'case', id }, events: main.joined.includes(state.id) ? [] : [joins(state)] });
};

const decide: Command = command({
  type: 'complaint.decide',
  action: 'complaint.decide',
  summary: '处置:属实、部分属实、不属实、无法查证;属实的同时生成问题,或并入同一事件的问题',
  on: 'complaint',
  fields: decideFields,
  months: (fields, state, sent): Month[] => {
    const open = existing(state);
    return [...new Set([open.month, ...bounds(fields, open).flatMap((one) => one.months(undefined, sent))])];
  },
  also: (fields, state, sent: Sent) => [
    ...bounds(fields, existing(state)).flatMap((one) => one.also(undefined, sent)),
    ...fields.findings.flatMap((one) => ('into' in one ? [{ kind: 'case' as const, id: one.into }] : [])),
  ],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'investigated') return wrongStage(open);
    const stands = fields.outcome === 'substantiated' || fields.outcome === 'partly';
    if (stands && fields.findings.length === 0) return refuse('complaint.finding-missing');
    if (!stands && fields.findings.length > 0) return refuse('complaint.finding-unneeded');
    const named = fields.findings.flatMap((one) => ('into' in one ? [one.into] : []));
    if (new Set(named).size !== named.length) return refuse('complaint.case-unfit', '同一问题列了两次');
    const changes: Change[] = [];
    const claims: Made['claims'] = [];
    for (const [index, finding] of fields.findings.entries()) {
      const made = caseFor(finding, index + 1, open, context);
      if (!made.ok) return made;
      changes.push(made.value.change);
      claims.push(...made.value.claims);
    }
    return ok({
      events: [
        {
          type: 'complaint.decided',
          v: 1,
          outcome: fields.outcome,
          cases: changes.map(({ ref }) => ref.id),
          answerBy: open.answerBy,
          reason: { text: fields.reason },
          ...(fields.demand === undefined ? {} : { demand: { text: fields.demand } }),
        },
      ],
      also: changes.filter(({ events }) => events.length > 0),
      ...(claims.length === 0 ? {} : { claims }),
    });
  },
});

const join: Command = command({
  type: 'complaint.join',
  action: 'complaint.join',
  summary: '与同一事情的另一件投诉合并办理;两位投诉人分别反馈',
  on: 'complaint',
  fields: z.strictObject({ into: monthlyId('complaint'), reason: freeText(500) }),
  months: (_fields, state) => [existing(state).month],
  also: (fields) => [{ kind: 'complaint', id: fields.into }],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'received' && open.stage !== 'accepted' && open.stage !== 'investigated')
      return wrongStage(open);
    const main = context.other('complaint', fields.into);
    if (!main || main.stage === 'transferred' || aboutComplaint(main).sealed)
      return refuse('thing.not-found', fields.into);
    if (main.id === open.id || ('outcome' in main && main.outcome === 'joined'))
      return refuse('complaint.join-unfit');
    // Whoever was joined to this one waits for what is decided here.
    if (open.joined.length > 0) return refuse('complaint.join-unfit', '已有投诉并入本件');
    if (main.stage === 'archived') return wrongStage(main);
    const book = context.ruleBook(open.month);
    if (!book.ok) return book;
    if (!couldBeOne(open, main, book.value.settings.mergeWithinMinutes))
      return refuse('complaint.other-incident');
    const end = answerBy(context.calendar, open, termsFor(open, context));
    if (!end.ok) return end;
    return ok({
      events: [
        {
          type: 'complaint.decided',
          v: 1,
          outcome: 'joined',
          into: main.id,
          cases: [],
          answerBy: end.value,
          reason: { text: fields.reason },
        },
      ],
      also: [
        {
          ref: { kind: 'complaint', id: main.id },
          events: [{ type: 'complaint.took', v: 1, complaint: open.id, cases: open.cases }],
        },
      ],
    });
  },
});

const transfer: Command = command({
  type: 'complaint.transfer',
  action: 'complaint.transfer',
  summary: '查出廉洁问题线索,整件封存移送纪检监察',
  on: 'complaint',
  fields: z.strictObject({ violation: z.string().min(1).max(30), reason: freeText(1000) }),
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'received' && open.stage !== 'accepted' && open.stage !== 'investigated')
      return wrongStage(open);
    if (!isSealedType(fields.violation)) return refuse('complaint.not-integrity');
    return done({
      type: 'complaint.transferred',
      v: 1,
      violation: fields.violation,
      reason: { text: fields.reason },
    });
  },
});

const reopen: Command = command({
  type: 'complaint.reopen',
  action: 'complaint.reopen',
  summary: '回访不满意,重新调查(一次),由未参与处置的人员处置',
  on: 'complaint',
  fields: z.strictObject({ reason: freeText(500) }),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutComplaint(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'answered' || open.revisit?.result !== 'dissatisfied') return wrongStage(open);
    if (open.reopened) return refuse('complaint.reopened-before');
    if (open.outcome === 'declined' || open.outcome === 'joined') return wrongStage(open);
    const end = deadlineAfter(context.calendar, context.now, termsFor(open, context).answerWorkingDays);
    if (!end.ok) return end;
    return done({
      type: 'complaint.reopened',
      v: 1,
      answerBy: end.value,
      reason: { text: fields.reason },
    });
  },
});

export const complaintInquiryCommands: Command[] = [
  explain,
  extend,
  investigate,
  decide,
  join,
  transfer,
  reopen,
];
