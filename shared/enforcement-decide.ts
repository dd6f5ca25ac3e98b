// Recording that a measure was carried out, its answer, and its withdrawal. The measure must be one the month's rule book
// asks for under that id; a leader's measure is a leader's, or entered by the clerk from paper with its scan.
import * as z from 'zod';
import { type About, type Acting, about } from './access.ts';
import { deadlineAfter } from './calendar.ts';
import { type CaseState, caseStands } from './case.ts';
import { aboutCase } from './case-facts.ts';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import {
  byLeader,
  type EnforcedKind,
  type EnforcementState,
  enforcedKinds,
  enforcementTitles,
  isAnswered,
} from './enforcement.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText } from './free-text.ts';
import { enforcementOf, instant, measureId, monthlyId, monthOfId, registryId } from './ids.ts';
import { measureIdKinds } from './measure.ts';
import { departmentOn, holdsOn, type Registry } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import type { RuleBook } from './rulebook.ts';
import type { SubjectKind } from './rulebook-frame.ts';
import { frameKinds } from './rulebook-terms.ts';
import type { Subject } from './tally.ts';
import { dayOf, type Instant, isAhead, lastDayOf } from './time.ts';

const people = ({ person, for: absent }: Acting): string[] => [
  person,
  ...(absent === undefined ? [] : [absent]),
];

/** Facts of an enforced measure for the permission. */
export const aboutEnforcement = (state: EnforcementState): About =>
  about({
    departments: [state.department],
    persons: 'person' in state.subject ? [state.subject.person] : [],
    deciders: people(state.by),
  });

const subject = z.union([
  z.strictObject({ person: registryId }),
  z.strictObject({ window: registryId }),
  z.strictObject({ department: registryId }),
]);
const carryOutFields = z.strictObject({
  /** The id of the measure, as the month's measures tell it. */
  measure: measureId,
  kind: z.enum(enforcedKinds),
  subject,
  cases: z
    .array(monthlyId('case'))
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, '问题重复')
    .default([]),
  /** Who did it, when the clerk enters the paper for them (补录). */
  leader: registryId.optional(),
  doneAt: instant,
  words: freeText(2000),
  evidence: manifest.default([]),
});
type CarryOutFields = z.infer<typeof carryOutFields>;
type Refusal = { ok: false; problem: Problem } | undefined;

const subjectKindOf = (of: Subject): SubjectKind =>
  'person' in of ? 'person' : 'window' in of ? 'window' : 'department';
const subjectIdOf = (of: Subject): string =>
  'person' in of ? of.person : 'window' in of ? of.window : of.department;

const departmentFor = (registry: Registry, of: Subject, id: string): string | undefined => {
  if ('person' in of)
    return (
      departmentOn(registry, of.person, lastDayOf(monthOfId(id))) ??
      registry.of.staff.get(of.person)?.department
    );
  if ('window' in of) return registry.of.window.get(of.window)?.department;
  return registry.of.department.has(of.department) ? of.department : undefined;
};

/** Whether a rung of the ladder, or a consequence of a score, brings this measure to this subject under this id. */
const isAsked = (book: RuleBook, { measure, kind, subject: met }: CarryOutFields): boolean => {
  const begins = (code: string): string => `${measureIdKinds[kind]}-${monthOfId(measure)}-${code}-`;
  const fits = (code: string, counted: SubjectKind, on: SubjectKind | undefined): boolean =>
    measure.startsWith(begins(code)) &&
    subjectKindOf(met) === (on ?? counted) &&
    (on !== undefined || measure.startsWith(`${begins(code)}${subjectIdOf(met)}-`));
  return (
    book.ladder.some((step) => step.measure === kind && fits(step.code, step.when.subject, step.on)) ||
    frameKinds.some((of) =>
      (book.frames[of]?.consequences ?? []).some(
        (rule) => rule.measure === kind && fits(rule.code, of === 'staff' ? 'person' : of, rule.on),
      ),
    )
  );
};

/** Whoever does it now; or, entered from paper, whoever held the role on that day, with the scan. */
const leaderOf = (fields: CarryOutFields, context: Deciding): Result<Acting | undefined> => {
  if (fields.leader === undefined) return ok(undefined);
  if (fields.evidence.length === 0) return refuse('enforcement.scan-missing');
  const held = (context.registry.grantsByPerson.get(fields.leader) ?? []).find(
    (grant) => (grant.role === 'director' || grant.role === 'chief') && holdsOn(grant, dayOf(fields.doneAt)),
  );
  if (!held) return refuse('enforcement.leader-unfit');
  return ok(
    held.delegatedBy === undefined
      ? { person: held.person, role: held.role }
      : { person: held.person, role: held.role, for: held.delegatedBy },
  );
};

const unfitCase = (fields: CarryOutFields, context: Deciding): Refusal => {
  for (const id of fields.cases) {
    const found = context.other('case', id);
    if (!found || aboutCase(found).sealed) return refuse('thing.not-found', id);
    if (!caseStands(found)) return refuse('enforcement.case-unfit', `${id} 未认定或已撤销`);
  }
  return undefined;
};

const filesAhead = (files: readonly ManifestEntry[], { now }: Deciding): Refusal =>
  files.some((file) => isAhead(file.takenAt, now)) ? refuse('time.future') : undefined;

/** Until when an answer is due; undefined where none is asked for. */
const answerTime = (kind: EnforcedKind, book: RuleBook, context: Deciding): Result<Instant | undefined> => {
  if (!isAnswered.has(kind)) return ok(undefined);
  const { rectifyWorkingDays, letterReplyWorkingDays } = book.settings;
  return deadlineAfter(
    context.calendar,
    context.now,
    kind === 'refer' ? letterReplyWorkingDays : rectifyWorkingDays,
  );
};

const carryOut: Command = command({
  type: 'enforcement.carryOut',
  action: (fields) =>
    fields.leader !== undefined
      ? 'enforcement.carryOutOnPaper'
      : byLeader.has(fields.kind)
        ? 'enforcement.carryOutByLeader'
        : 'enforcement.carryOut',
  summary: '落实一项措施并记录:下发催办单、限期整改、通报批评、取消评优资格、提请处理、约谈单位主要领导',
  on: 'enforcement',
  fields: carryOutFields,
  creates: (fields) => enforcementOf(fields.measure),
  months: (fields) => [monthOfId(fields.measure)],
  also: (fields) => fields.cases.map((id) => ({ kind: 'case', id })),
  about: (_state, fields, context) => {
    const department = departmentFor(context.registry, fields.subject, fields.measure);
    return about({
      persons: 'person' in fields.subject ? [fields.subject.person] : [],
      departments: department === undefined ? [] : [department],
    });
  },
  decide: (state, fields, context) => {
    if (state && state.stage !== 'withdrawn') return refuse('thing.exists', enforcementTitles[state.stage]);
    const department = departmentFor(context.registry, fields.subject, fields.measure);
    if (department === undefined) return refuse('registry.unknown', subjectIdOf(fields.subject));
    const book = context.ruleBook(monthOfId(fields.measure));
    if (!book.ok) return book;
    if (!isAsked(book.value, fields)) return refuse('enforcement.other-measure');
    const leader = leaderOf(fields, context);
    if (!leader.ok) return leader;
    if (isAhead(fields.doneAt, context.now)) return refuse('time.future');
    const wrong = unfitCase(fields, context) ?? filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    const answerBy = answerTime(fields.kind, book.value, context);
    if (!answerBy.ok) return answerBy;
    return done({
      type: 'enforcement.carriedOut',
      v: 1,
      month: monthOfId(fields.measure),
      measure: fields.measure,
      kind: fields.kind,
      subject: fields.subject,
      department,
      cases: fields.cases,
      ...(leader.value === undefined ? {} : { leader: leader.value }),
      doneAt: fields.doneAt,
      words: { text: fields.words },
      ...(answerBy.value === undefined ? {} : { answerBy: answerBy.value }),
      evidence: fields.evidence,
    });
  },
});

const wrongStage = (state: EnforcementState) =>
  refuse('enforcement.wrong-stage', `当前状态:${enforcementTitles[state.stage]}`);

const answer: Command = command({
  type: 'enforcement.answer',
  action: 'enforcement.answer',
  summary: '反馈措施的办理、整改或处理结果',
  on: 'enforcement',
  fields: z.strictObject({ answeredAt: instant, answer: freeText(2000), evidence: manifest.default([]) }),
  about: (state) => aboutEnforcement(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'carriedOut') return wrongStage(open);
    if (open.answerBy === undefined) return refuse('enforcement.no-answer-asked');
    if (isAhead(fields.answeredAt, context.now)) return refuse('time.future');
    if (fields.answeredAt < open.doneAt) return refuse('time.order', '反馈早于措施落实');
    const wrong = filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    return done({
      type: 'enforcement.answered',
      v: 1,
      answeredAt: fields.answeredAt,
      answer: { text: fields.answer },
      evidence: fields.evidence,
    });
  },
});

/** A case it rests on fell; what rests on none, but on a score, may always be taken back. */
export const enforcementFell = (
  { cases }: EnforcementState,
  caseOf: (id: string) => CaseState | undefined,
): boolean =>
  cases.length === 0 ||
  cases.some((id) => {
    const found = caseOf(id);
    return found === undefined || !caseStands(found);
  });

const withdraw: Command = command({
  type: 'enforcement.withdraw',
  action: 'enforcement.withdraw',
  summary: '撤销措施:所依据的问题已撤销',
  on: 'enforcement',
  fields: z.strictObject({ reason: freeText(500) }),
  also: (_fields, state) => existing(state).cases.map((id) => ({ kind: 'case', id })),
  about: (state) => aboutEnforcement(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage === 'withdrawn') return wrongStage(open);
    if (!enforcementFell(open, (id) => context.other('case', id))) return refuse('enforcement.cases-stand');
    return done({ type: 'enforcement.withdrawn', v: 1, reason: { text: fields.reason } });
  },
});

export const enforcementCommands: Command[] = [carryOut, answer, withdraw];
