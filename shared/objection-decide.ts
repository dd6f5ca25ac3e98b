// Objecting to the sums of a month, answering, withdrawing. Only while the month is summing: before there are no sums, and a
// frozen month never changes. Whoever answers is neither the person nor whoever raised it for them.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText } from './free-text.ts';
import { instant, month, monthlyId, objectionIdOf, registryId } from './ids.ts';
import {
  isOpen,
  type ObjectionState,
  objectionWays,
  openObjections,
  remedies,
  type SumObjection,
  unsummedObjections,
} from './objection.ts';
import { departmentOn, type Registry } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { type Instant, isAhead, lastDayOf, type Month } from './time.ts';

/** Facts of somebody's objections for the permission. */
export const aboutObjection = (state: ObjectionState): About =>
  about({
    departments: [state.department],
    persons: [state.person],
    reporters: [...new Set(state.objections.map((one) => one.by.person))],
  });

/** Whose department answers for somebody in a month: where they were at its end. */
export const departmentIn = (registry: Registry, person: string, of: Month): string | undefined =>
  departmentOn(registry, person, lastDayOf(of)) ?? registry.of.staff.get(person)?.department;

type Refusal = { ok: false; problem: Problem } | undefined;
/** More against one sum than this can be said in one of them. */
const mostOfOne = 20;

const filesAhead = (files: readonly ManifestEntry[], { now }: Deciding): Refusal =>
  files.some((file) => isAhead(file.takenAt, now)) ? refuse('time.future') : undefined;

const raise: Command = command({
  type: 'objection.raise',
  action: ({ way }) => (way === 'paper' ? 'objection.enter' : 'objection.raise'),
  summary: '汇总公布后、定稿前,对月度得分或其中一行提出异议;代本人提出的附本人签字的扫描件',
  on: 'objection',
  fields: z.strictObject({
    month,
    person: registryId,
    way: z.enum(objectionWays),
    /** Its own date, also when it is entered later from paper (补录). */
    raisedAt: instant,
    /** Absent: the whole sum. `words`: the line as it read. */
    line: z
      .strictObject({
        nth: z.int().min(1).max(1000),
        words: freeText(1000),
        cases: z.array(z.union([monthlyId('case'), monthlyId('bonus')])).max(60),
      })
      .optional(),
    grounds: freeText(2000),
    evidence: manifest.default([]),
  }),
  creates: (fields) => objectionIdOf(fields.month, fields.person),
  also: (fields) => [{ kind: 'month', id: fields.month }],
  about: (_state, fields, { registry }) => {
    const department = departmentIn(registry, fields.person, fields.month);
    return about({
      persons: [fields.person],
      departments: department === undefined ? [] : [department],
    });
  },
  decide: (state, fields, context) => {
    const department = departmentIn(context.registry, fields.person, fields.month);
    if (department === undefined) return refuse('registry.unknown', `人员 ${fields.person}`);
    const of = context.other('month', fields.month);
    if (of?.stage === 'frozen') return refuse('objection.month-frozen', fields.month);
    if (!of?.cut) return refuse('objection.not-summing', fields.month);
    if (fields.way === 'paper' && fields.evidence.length === 0) return refuse('objection.scan-missing');
    if (isAhead(fields.raisedAt, context.now)) return refuse('time.future');
    const before = state?.objections ?? [];
    if (before.some((one) => isOpen(one) && one.line?.nth === fields.line?.nth))
      return refuse('objection.raised-before');
    if (before.length >= mostOfOne) return refuse('objection.too-many');
    const wrong = filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    return done({
      type: 'objection.raised',
      v: 1,
      month: fields.month,
      person: fields.person,
      department,
      n: before.length + 1,
      cut: of.cut.digest,
      ...(fields.line === undefined
        ? {}
        : {
            line: {
              nth: fields.line.nth,
              cases: fields.line.cases,
              words: { text: fields.line.words },
            },
          }),
      way: fields.way,
      raisedAt: fields.raisedAt,
      grounds: { text: fields.grounds },
      evidence: fields.evidence,
    });
  },
});

const openOne = (state: ObjectionState, n: number): Result<SumObjection> => {
  const found = state.objections.find((one) => one.n === n);
  if (!found) return refuse('objection.unknown', `第 ${n} 项`);
  return isOpen(found) ? ok(found) : refuse('objection.closed');
};

const answer: Command = command({
  type: 'objection.answer',
  action: 'objection.answer',
  summary: '答复对得分的异议:成立的写明怎样更正,更正后重新汇总;维持的说明理由',
  on: 'objection',
  fields: z.strictObject({
    n: z.int().min(1),
    outcome: z.enum(['upheld', 'kept']),
    remedy: z.enum(remedies).optional(),
    reason: freeText(1000),
  }),
  about: (state) => aboutObjection(existing(state)),
  decide: (state, fields) => {
    const open = openOne(existing(state), fields.n);
    if (!open.ok) return open;
    if (fields.outcome === 'upheld' && fields.remedy === undefined) return refuse('objection.remedy-missing');
    if (fields.outcome === 'kept' && fields.remedy !== undefined) return refuse('objection.remedy-unneeded');
    return done({
      type: 'objection.answered',
      v: 1,
      n: fields.n,
      outcome: fields.outcome,
      ...(fields.remedy === undefined ? {} : { remedy: fields.remedy }),
      reason: { text: fields.reason },
    });
  },
});

const withdraw: Command = command({
  type: 'objection.withdraw',
  action: 'objection.withdraw',
  summary: '本人撤回异议;内勤代为撤回的附本人签字的扫描件',
  on: 'objection',
  fields: z.strictObject({ n: z.int().min(1), reason: freeText(500), evidence: manifest.default([]) }),
  about: (state) => aboutObjection(existing(state)),
  decide: (state, fields, context) => {
    const all = existing(state);
    const open = openOne(all, fields.n);
    if (!open.ok) return open;
    if (context.acting.person !== all.person && fields.evidence.length === 0)
      return refuse('objection.scan-missing');
    const wrong = filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    return done({
      type: 'objection.withdrawn',
      v: 1,
      n: fields.n,
      reason: { text: fields.reason },
      evidence: fields.evidence,
    });
  },
});

/** What stands in the way of freezing a month: nothing open, and nothing upheld that the last cut does not hold. */
export const freezable = (states: readonly ObjectionState[], takenAt: Instant): Result<true> => {
  const open = states.flatMap(openObjections);
  if (open.length > 0) return refuse('month.objections-open', `还有 ${open.length} 项`);
  const unsummed = states.flatMap((state) => unsummedObjections(state, { takenAt }));
  return unsummed.length > 0 ? refuse('month.objections-unsummed', `有 ${unsummed.length} 项`) : ok(true);
};

export const objectionCommands: Command[] = [raise, answer, withdraw];
