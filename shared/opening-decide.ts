// Entering and striking out opening facts. What may be entered is asked here once, for a single fact and for a file's rows.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { isSealedType, severity, violationCode, violationType } from './catalog.ts';
import { type Command, type Context, command, existing, happened } from './command.ts';
import { freeText, oneLine, optionalText } from './free-text.ts';
import { day, month, newMonthlyId, registryId } from './ids.ts';
import { monthOfFact, type OpeningFact, type OpeningState, personsOfFact } from './opening.ts';
import { departmentOn, gridsOn, placeOn, type Registry } from './people.ts';
import { hundredths } from './price.ts';
import { ok, type Result, refuse } from './problems.ts';
import { clauseOf, clausesFor, type RuleBook } from './rulebook.ts';
import { measureKinds } from './rulebook-frame.ts';
import { clauseCode, stepCode } from './rulebook-terms.ts';
import { type Day, firstDayOf, type Instant, type Month, monthOf } from './time.ts';

export const openingFact = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('case'),
    day,
    persons: z
      .array(registryId)
      .max(20)
      .refine((ids) => new Set(ids).size === ids.length, '人员重复')
      .default([]),
    department: registryId.exactOptional(),
    window: registryId.exactOptional(),
    violation: violationCode.exactOptional(),
    clause: clauseCode.exactOptional(),
    severity,
    points: hundredths.exactOptional(),
    measure: z.enum(measureKinds).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('measure'),
    day,
    measure: z.enum(measureKinds),
    person: registryId.exactOptional(),
    department: registryId.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('title'), month, award: stepCode, person: registryId }),
]);

const enterFields = z.strictObject({
  fact: openingFact,
  /** 原台账编号: tells one from another of the same day and kind. */
  reference: oneLine(40).exactOptional(),
  note: optionalText(200),
});

/** Facts of an opening fact for the permission. */
export const aboutOpening = (state: OpeningState): About =>
  about({ grids: state.grids, departments: state.departments, persons: personsOfFact(state.fact) });

/** What a fact is checked against: the register, the rules its months had here, and those in force now. */
export interface Before {
  registry: Registry;
  /** The rule book in force in the fact's own month, if the centre has one for it. */
  own: Result<RuleBook>;
  inForce: Result<RuleBook>;
  at: Instant;
}

/** A month of ours is no opening month: from the centre's first month on, or from its first rule book. */
const isOurs = ({ registry, own }: Before, of: Month): boolean => {
  const first = registry.centre.firstMonth;
  return first === undefined ? own.ok : of >= first;
};

const placeOf = (fact: OpeningFact, on: Day, registry: Registry) => {
  const window =
    fact.kind === 'case' && fact.window !== undefined ? placeOn(registry, fact.window, on) : undefined;
  const persons = personsOfFact(fact);
  const named = fact.kind === 'title' ? undefined : fact.department;
  const departments = named ?? window?.department;
  return {
    departments:
      departments === undefined
        ? [...new Set(persons.flatMap((id) => departmentOn(registry, id, on) ?? []))].sort()
        : [departments],
    grids: [
      ...new Set([...(window ? [window.grid] : []), ...persons.flatMap((id) => gridsOn(registry, id, on))]),
    ].sort(),
  };
};

/** The fact with the department and grids it stands under on its day, or why it cannot be entered. */
export const checkedOpening = (
  fact: OpeningFact,
  before: Before,
): Result<{ fact: OpeningFact; departments: string[]; grids: string[] }> => {
  const { registry, inForce } = before;
  const of = monthOfFact(fact);
  if (isOurs(before, of)) return refuse('opening.own-month', of);
  if (of > monthOf(before.at)) return refuse('time.future');
  if (!inForce.ok) return inForce;
  for (const id of personsOfFact(fact))
    if (!registry.of.staff.has(id)) return refuse('registry.unknown', `人员 ${id}`);
  const department = fact.kind === 'title' ? undefined : fact.department;
  if (department !== undefined && !registry.of.department.has(department))
    return refuse('registry.unknown', `部门 ${department}`);
  const fits = unfit(fact, registry, inForce.value);
  if (fits) return fits;
  const on = fact.kind === 'title' ? firstDayOf(fact.month) : fact.day;
  const place = placeOf(fact, on, registry);
  const [only, another] = place.departments;
  const under =
    fact.kind === 'case' && only !== undefined && another === undefined ? { department: only } : {};
  return ok({ fact: { ...fact, ...under }, ...place });
};

const unfit = (fact: OpeningFact, registry: Registry, book: RuleBook) => {
  switch (fact.kind) {
    case 'case': {
      if (fact.window !== undefined && !registry.of.window.has(fact.window))
        return refuse('registry.unknown', `窗口 ${fact.window}`);
      if (fact.persons.length === 0 && fact.department === undefined && fact.window === undefined)
        return refuse('opening.incomplete', '请填写人员、窗口或部门');
      if (fact.violation === undefined && fact.clause === undefined)
        return refuse('opening.incomplete', '请填写条款或违纪行为类型');
      if (fact.violation !== undefined && !violationType(fact.violation))
        return refuse('violation.unknown', fact.violation);
      if (fact.violation !== undefined && isSealedType(fact.violation)) return refuse('opening.sealed');
      if (fact.clause === undefined)
        return clausesFor(book, fact.violation ?? '').length === 0
          ? refuse('clause.unfit', `考核办法中没有${violationType(fact.violation ?? '')?.name ?? ''}的条款`)
          : undefined;
      return clauseOf(book, fact.clause) ? undefined : refuse('clause.unknown', fact.clause);
    }
    case 'measure':
      return (fact.person === undefined) === (fact.department === undefined)
        ? refuse('opening.incomplete', '请填写一名人员或一个部门')
        : undefined;
    case 'title':
      return book.awards.some(({ code }) => code === fact.award)
        ? undefined
        : refuse('award.unknown', fact.award);
  }
};

const beforeIn = ({ registry, ruleBook, now }: Context, of: Month): Before => ({
  registry,
  own: ruleBook(of),
  inForce: ruleBook(monthOf(now)),
  at: now,
});

const enter: Command = command({
  type: 'opening.enter',
  action: 'opening.enter',
  summary: '期初登记:启用前月份的问题、措施或称号,只供累计,不计入得分',
  on: 'opening',
  fields: enterFields,
  creates: (fields, sent) => newMonthlyId('opening', monthOfFact(fields.fact), sent.command),
  months: (fields, _state, sent) => [monthOfFact(fields.fact), monthOf(sent.now)],
  about: () => about({}),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    const checked = checkedOpening(fields.fact, beforeIn(context, monthOfFact(fields.fact)));
    if (!checked.ok) return checked;
    const { fact, departments, grids } = checked.value;
    return happened({
      type: 'opening.entered',
      v: 1,
      fact,
      ...(fields.reference === undefined ? {} : { reference: fields.reference }),
      departments,
      grids,
      ...(fields.note === undefined ? {} : { note: { text: fields.note } }),
    });
  },
});

const strikeOut: Command = command({
  type: 'opening.strikeOut',
  action: 'opening.strikeOut',
  summary: '作废一条期初登记,说明理由;期初登记不能修改',
  on: 'opening',
  fields: z.strictObject({ reason: freeText(500) }),
  about: (state) => aboutOpening(existing(state)),
  decide: (state, fields) =>
    existing(state).stage === 'struckOut'
      ? refuse('opening.struck-out')
      : happened({ type: 'opening.struckOut', v: 1, reason: { text: fields.reason } }),
});

export const openingCommands: Command[] = [enter, strikeOut];
