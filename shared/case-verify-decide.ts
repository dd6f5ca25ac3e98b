// Verifying a case: confirmed with clause and severity, dismissed, settled on the spot, merged into the main case of the
// same incident, or transferred and sealed.
import * as z from 'zod';
import { type CaseState, decidersOf, personsOf, reviewersOf, type Verdict } from './case.ts';
import { refuseExcused, rosterMonths } from './case-excuse.ts';
import { aboutCase, isHandedOver, reportersOf, wrongStage } from './case-facts.ts';
import { settledOnSpot, settleFields } from './case-settle.ts';
import { isSealedType, severity, violationType } from './catalog.ts';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import { freeText, optionalText } from './free-text.ts';
import { monthlyId } from './ids.ts';
import { ok, type Result, refuse } from './problems.ts';
import { clauseOf, clausesFor, priceOf } from './rulebook.ts';

/** A verdict as the confirming person sends it; points come from the clause. */
const verdictFields = {
  severity,
  clause: z.string().min(1).max(40),
  quantity: z.int().min(1).max(1000).default(1),
  minutes: z.int().min(0).max(1440).optional(),
  /** Points within the clause's range, in hundredths, and why that figure. */
  chosen: z.strictObject({ points: z.int().min(0).max(10_000), reason: freeText(200) }).optional(),
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
  fields: z.strictObject({
    ...verdictFields,
    reason: freeText(1000),
    /** Why leave filed after the finding (事后补报) is not accepted. */
    despite: optionalText(500),
  }),
  months: (_fields, state) => [existing(state).month],
  rosters: (_fields, state) => rosterMonths(existing(state)),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    // What goes by a rectification order takes points only where the rule book has a clause for it.
    if (open.stage !== 'reported' && open.stage !== 'rectifying') return wrongStage(open);
    if (open.subject.kind === 'unidentified') return refuse('case.person-unidentified');
    const excused = refuseExcused(open, context, fields.despite);
    if (excused) return excused;
    const verdict = verdictOf(open, fields, context);
    if (!verdict.ok) return verdict;
    return done({
      type: 'case.confirmed',
      v: 1,
      verdict: verdict.value,
      reason: { text: fields.reason },
      ...(fields.despite === undefined ? {} : { despite: { text: fields.despite } }),
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
  fields: settleFields,
  months: (_fields, state) => [existing(state).month],
  rosters: (_fields, state) => rosterMonths(existing(state)),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const settled = settledOnSpot(existing(state), fields, context);
    return settled.ok ? done(settled.value) : settled;
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

/** Both are about one person, one window, or, where nobody and no window is named, one department. */
const sameSubject = (a: CaseState, b: CaseState): boolean =>
  personsOf(a).some((person) => personsOf(b).includes(person)) ||
  (a.window !== undefined && a.window === b.window) ||
  (personsOf(a).length + personsOf(b).length === 0 &&
    (a.window === undefined || b.window === undefined) &&
    a.department !== undefined &&
    a.department === b.department);

/** Same subject, same family, times that touch within `minutes` and both clocks' doubt: one incident, one deduction. */
const sameIncident = (a: CaseState, b: CaseState, minutes: number): boolean => {
  const slack = minutes * 60_000 + (a.happened.doubtSeconds + b.happened.doubtSeconds) * 1000;
  return (
    sameSubject(a, b) &&
    violationType(a.type)?.family === violationType(b.type)?.family &&
    Date.parse(b.happened.to) + slack >= Date.parse(a.happened.from) &&
    Date.parse(b.happened.from) - slack <= Date.parse(a.happened.to)
  );
};

const merge: Command = command({
  type: 'case.merge',
  action: 'case.merge',
  summary: '同一事件由多个来源上报:并入主问题,只计一次',
  on: 'case',
  fields: z.strictObject({ into: monthlyId('case'), reason: freeText(500) }),
  months: (_fields, state) => [existing(state).month],
  also: (fields) => [{ kind: 'case', id: fields.into }],
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    const main = context.other('case', fields.into);
    // A sealed one is not there, not even to be merged into.
    if (!main || aboutCase(main).sealed) return refuse('thing.not-found', fields.into);
    if (main.id === open.id) return refuse('case.merge-self');
    if (
      main.stage === 'merged' ||
      main.stage === 'dismissed' ||
      main.stage === 'transferred' ||
      main.stage === 'withdrawn'
    )
      return wrongStage(main);
    const book = context.ruleBook(open.month);
    if (!book.ok) return book;
    if (!sameIncident(open, main, book.value.settings.mergeWithinMinutes))
      return refuse('case.other-incident');
    // Whoever is named only here would slip away with the merged case.
    if (personsOf(open).some((person) => !personsOf(main).includes(person)))
      return refuse('case.other-incident', '本条所列人员不在主问题之中,请先在主问题中查明人员');
    const reporters = [...reportersOf(open), ...open.joinedReporters];
    // Whoever verified or reviewed the main one would become one of those who reported it.
    const took = [...decidersOf(main), ...main.decidedBefore, ...reviewersOf(main)];
    if (reporters.some((person) => took.includes(person)))
      return refuse('access.took-part', '本条的上报人核实或复核了主问题;主问题须先由他人重新核实');
    return ok({
      events: [{ type: 'case.merged', v: 1, into: main.id, reason: { text: fields.reason } }],
      also: [
        {
          ref: { kind: 'case', id: main.id },
          events: [
            {
              type: 'case.joined',
              v: 1,
              case: open.id,
              reporters,
              ...(open.joined.length === 0 ? {} : { with: open.joined }),
            },
          ],
        },
      ],
    });
  },
});

const integrityType = z
  .string()
  .min(1)
  .max(30)
  .refine((code) => isSealedType(code), '请选择廉洁纪律类型');

const transfer: Command = command({
  type: 'case.transfer',
  action: 'case.transfer',
  summary: '廉洁问题线索移送纪检监察,此后对他人封存;并入本条的问题一并封存',
  on: 'case',
  fields: z.strictObject({
    reason: freeText(1000),
    /** What it turned out to be, when it was reported as something else. */
    violation: integrityType.optional(),
  }),
  also: (_fields, state) => existing(state).joined.map((id) => ({ kind: 'case', id })),
  // Asked before sealing: whoever holds the lead may hand it over, though not read it afterwards.
  about: (state) => ({ ...aboutCase(existing(state)), sealed: isHandedOver(existing(state)) }),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (!isSealedType(open.type) && fields.violation === undefined) return refuse('case.not-integrity');
    const joined = open.joined.flatMap((id) => context.other('case', id) ?? []);
    return ok({
      events: [
        {
          type: 'case.transferred',
          v: 1,
          reason: { text: fields.reason },
          ...(fields.violation === undefined ? {} : { violation: fields.violation }),
        },
      ],
      // What was merged into it is evidence of the same matter.
      also: joined
        .filter((one) => !isHandedOver(one))
        .map((one) => ({
          ref: { kind: 'case' as const, id: one.id },
          events: [{ type: 'case.sealed' as const, v: 1 as const, with: open.id }],
        })),
    });
  },
});

const withdraw: Command = command({
  type: 'case.withdraw',
  action: 'case.withdraw',
  summary: '上报人在核实前撤回自己上报的问题,说明理由',
  on: 'case',
  fields: z.strictObject({ reason: freeText(500) }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    // Reopened or joined by another report it is no longer the reporter's alone.
    if (open.stage !== 'reported' || open.decidedBefore.length > 0) return wrongStage(open);
    if (open.joined.length > 0) return refuse('case.joined-by-others');
    return done({ type: 'case.withdrawn', v: 1, reason: { text: fields.reason } });
  },
});

export const caseVerifyCommands: Command[] = [confirm, dismiss, withdraw, settleOnSpot, merge, transfer];
