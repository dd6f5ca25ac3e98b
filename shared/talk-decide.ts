// What may be done with a talk. Each command: its fields, whom it concerns, the decision.
import * as z from 'zod';
import { type About, type Acting, about } from './access.ts';
import { type CaseState, caseStands, personsOf } from './case.ts';
import { aboutCase } from './case-facts.ts';
import { type Command, type Context, command, type Deciding, happened as done, existing } from './command.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText } from './free-text.ts';
import { day, instant, monthlyId, monthOfId, registryId, talkId } from './ids.ts';
import { holdsOn, type Role } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import type { RuleBook } from './rulebook.ts';
import type { MeasureKind } from './rulebook-frame.ts';
import { type TalkKind, type TalkStage, type TalkState, talkKinds } from './talk.ts';
import { dayOf, type Instant, isAhead } from './time.ts';

const talkStageTitles: Record<TalkStage, string> = {
  held: '已谈话,待签字',
  signed: '已签字,待归档',
  refused: '拒绝签字,待归档',
  filed: '已归档',
  withdrawn: '已撤销',
};

/** Facts of a talk for the permission. */
export const aboutTalk = (state: TalkState): About =>
  about({
    departments: [state.department],
    persons: [state.person],
    deciders: [state.talker.person, ...(state.talker.for === undefined ? [] : [state.talker.for])],
  });

const wrongStage = (state: TalkState) =>
  refuse('talk.wrong-stage', `当前状态:${talkStageTitles[state.stage]}`);

const filesAhead = (files: readonly ManifestEntry[], now: Instant): boolean =>
  files.some((file) => isAhead(file.takenAt, now));

const holdFields = z.strictObject({
  /** The id of the measure that is carried out; it names the person. */
  id: talkId,
  kind: z.enum(talkKinds),
  person: registryId,
  cases: z
    .array(monthlyId('case'))
    .min(1)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, '问题重复'),
  /** Who held it, when the clerk enters the signed record for them (补录). */
  talker: registryId.optional(),
  recorder: registryId,
  /** Its own date, also when it is entered later from paper (补录). */
  heldAt: instant,
  place: freeText(100),
  reason: freeText(500),
  content: freeText(4000),
  statement: freeText(2000),
  promise: z.strictObject({ text: freeText(500), by: day }).optional(),
  copies: z.array(registryId).max(10).default([]),
  evidence: manifest.default([]),
});
type HoldFields = z.infer<typeof holdFields>;

const hold: Command = command({
  type: 'talk.hold',
  action: (fields) =>
    fields.talker !== undefined
      ? 'talk.enter'
      : fields.kind === 'director'
        ? 'talk.holdDirector'
        : 'talk.hold',
  summary: '谈话并记录(谈话人为本人;事后补录填写当时时间)',
  on: 'talk',
  fields: holdFields,
  creates: (fields) => fields.id,
  months: (fields) => [monthOfId(fields.id)],
  also: (fields) => fields.cases.map((id) => ({ kind: 'case', id })),
  about: (_state, fields, context) => {
    const department = context.registry.of.staff.get(fields.person)?.department;
    return about({
      persons: [fields.person],
      departments: department === undefined ? [] : [department],
    });
  },
  decide: (state, fields, context) => {
    if (state && state.stage !== 'withdrawn') return refuse('thing.exists', talkStageTitles[state.stage]);
    const person = context.registry.of.staff.get(fields.person);
    if (!person) return refuse('registry.unknown', `人员 ${fields.person}`);
    const book = context.ruleBook(monthOfId(fields.id));
    if (!book.ok) return book;
    if (talkKindOf(book.value, fields) !== fields.kind) return refuse('talk.other-measure');
    const talker = talkerOf(fields, context);
    if (!talker.ok) return talker;
    const wrong =
      wrongParties(fields, talker.value, context) ??
      wrongTimes(fields, context) ??
      unfitCase(fields, context);
    if (wrong) return wrong;
    return done({
      type: 'talk.held',
      v: 1,
      month: monthOfId(fields.id),
      kind: fields.kind,
      person: person.id,
      department: person.department,
      cases: fields.cases,
      ...(fields.talker === undefined ? {} : { talker: talker.value }),
      recorder: fields.recorder,
      heldAt: fields.heldAt,
      place: { text: fields.place },
      reason: { text: fields.reason },
      content: { text: fields.content },
      statement: { text: fields.statement },
      ...(fields.promise === undefined
        ? {}
        : { promise: { text: { text: fields.promise.text }, by: fields.promise.by } }),
      copies: fields.copies,
      evidence: fields.evidence,
    });
  },
});

const measureTalks: Partial<Record<MeasureKind, TalkKind>> = {
  sectionTalk: 'section',
  directorTalk: 'director',
};

/** The kind of talk the ladder asks for by this measure of this person; undefined when it asks for none. */
const talkKindOf = (book: RuleBook, { id, person }: HoldFields): TalkKind | undefined => {
  const step = book.ladder.find(({ code }) => id.startsWith(`talk-${monthOfId(id)}-${code}-${person}-`));
  return step && measureTalks[step.measure];
};

type Refusal = { ok: false; problem: Problem } | undefined;

/** Whoever holds it now; or, entered from paper, whoever held the role on that day, with the scan. */
const talkerOf = (fields: HoldFields, context: Deciding): Result<Acting> => {
  if (fields.talker === undefined) return ok(context.acting);
  if (fields.evidence.length === 0) return refuse('talk.scan-missing');
  const roles: readonly Role[] =
    fields.kind === 'director' ? ['director', 'chief'] : ['sectionHead', 'director', 'chief'];
  const held = (context.registry.grantsByPerson.get(fields.talker) ?? []).find(
    (grant) => roles.includes(grant.role) && holdsOn(grant, dayOf(fields.heldAt)),
  );
  if (!held) return refuse('talk.talker-unfit');
  return ok(
    held.delegatedBy === undefined
      ? { person: held.person, role: held.role }
      : { person: held.person, role: held.role, for: held.delegatedBy },
  );
};

/** Talker, recorder and the person talked to are three people. */
const wrongParties = (fields: HoldFields, acting: Acting, context: Deciding): Refusal => {
  const { registry } = context;
  if (acting.person === fields.person || acting.for === fields.person)
    return refuse('talk.parties', '不能同本人谈话');
  if (!registry.of.staff.has(fields.recorder)) return refuse('registry.unknown', `记录人 ${fields.recorder}`);
  if (fields.recorder === fields.person) return refuse('talk.parties', '谈话对象不能作记录人');
  if (fields.recorder === acting.person) return refuse('talk.parties', '谈话人不能同时作记录人');
  const unknown = fields.copies.find((id) => !registry.of.department.has(id));
  return unknown === undefined ? undefined : refuse('registry.unknown', `抄送部门 ${unknown}`);
};

const wrongTimes = (fields: HoldFields, context: Context): Refusal => {
  if (isAhead(fields.heldAt, context.now)) return refuse('time.future');
  if (filesAhead(fields.evidence, context.now)) return refuse('time.future', '证据的拍摄时间晚于现在');
  if (fields.promise && fields.promise.by < dayOf(fields.heldAt))
    return refuse('time.order', '整改期限早于谈话');
  return undefined;
};

const unfitCase = (fields: HoldFields, context: Context): Refusal => {
  for (const id of fields.cases) {
    const found = context.other('case', id);
    if (!found || aboutCase(found).sealed) return refuse('thing.not-found', id);
    if (!caseStands(found)) return refuse('talk.case-unfit', `${id} 未认定或已撤销`);
    if (!personsOf(found).includes(fields.person)) return refuse('talk.case-unfit', `${id} 不是该人员的问题`);
    if (found.happened.from > fields.heldAt) return refuse('time.order', '谈话早于问题发生时间');
  }
  return undefined;
};

const sign: Command = command({
  type: 'talk.sign',
  action: 'talk.sign',
  summary: '谈话对象签字确认(平板手写,或纸质签字附扫描件)',
  on: 'talk',
  fields: z.strictObject({
    way: z.enum(['tablet', 'paper']),
    signedAt: instant,
    evidence: manifest.default([]),
  }),
  about: (state) => aboutTalk(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'held') return wrongStage(open);
    const wrong = closingTimes(open, fields.signedAt, fields.evidence, context.now);
    if (wrong) return wrong;
    if (fields.way === 'paper' && fields.evidence.length === 0) return refuse('talk.scan-missing');
    return done({
      type: 'talk.signed',
      v: 1,
      way: fields.way,
      signedAt: fields.signedAt,
      evidence: fields.evidence,
    });
  },
});

const closingTimes = (
  state: TalkState,
  at: Instant,
  files: readonly ManifestEntry[],
  now: Instant,
): Refusal => {
  if (isAhead(at, now) || filesAhead(files, now)) return refuse('time.future');
  return at < state.heldAt ? refuse('time.order', '签字早于谈话') : undefined;
};

const decline: Command = command({
  type: 'talk.refuse',
  action: 'talk.refuse',
  summary: '谈话对象拒绝签字,由两名见证人见证',
  on: 'talk',
  fields: z.strictObject({
    refusedAt: instant,
    witnesses: z.array(registryId).max(5),
    reason: freeText(500),
    evidence: manifest.default([]),
  }),
  about: (state) => aboutTalk(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'held') return wrongStage(open);
    const wrong = closingTimes(open, fields.refusedAt, fields.evidence, context.now);
    if (wrong) return wrong;
    const witnesses = [...new Set(fields.witnesses)];
    if (witnesses.length < 2) return refuse('talk.two-witnesses');
    for (const witness of witnesses) {
      if (!context.registry.of.staff.has(witness)) return refuse('registry.unknown', `见证人 ${witness}`);
      if (witness === open.person || witness === open.talker.person)
        return refuse('talk.two-witnesses', '谈话人和谈话对象不能作见证人');
    }
    if (fields.evidence.length === 0) return refuse('talk.scan-missing', '请附两名见证人签字的记录');
    return done({
      type: 'talk.refused',
      v: 1,
      refusedAt: fields.refusedAt,
      witnesses,
      reason: { text: fields.reason },
      evidence: fields.evidence,
    });
  },
});

const file: Command = command({
  type: 'talk.file',
  action: 'talk.file',
  summary: '谈话记录归档',
  on: 'talk',
  fields: z.strictObject({}),
  about: (state) => aboutTalk(existing(state)),
  decide: (state) => {
    const open = existing(state);
    if (open.stage !== 'signed' && open.stage !== 'refused') return wrongStage(open);
    return done({ type: 'talk.filed', v: 1 });
  },
});

const withdraw: Command = command({
  type: 'talk.withdraw',
  action: 'talk.withdraw',
  summary: '所依据的问题被撤销,谈话随之撤销',
  on: 'talk',
  fields: z.strictObject({ reason: freeText(500) }),
  also: (_fields, state) => existing(state).cases.map((id) => ({ kind: 'case', id })),
  about: (state) => aboutTalk(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage === 'withdrawn') return wrongStage(open);
    const fallen = fallenCases(open, (id) => context.other('case', id));
    if (fallen.length === 0) return refuse('talk.cases-stand');
    return done({ type: 'talk.withdrawn', v: 1, cases: fallen, reason: { text: fields.reason } });
  },
});

/** The cases of a talk that no longer stand. */
export const fallenCases = (state: TalkState, caseOf: (id: string) => CaseState | undefined): string[] =>
  state.cases.filter((id) => {
    const found = caseOf(id);
    return !found || !caseStands(found) || !personsOf(found).includes(state.person);
  });

export const talkCommands: Command[] = [hold, sign, decline, file, withdraw];
