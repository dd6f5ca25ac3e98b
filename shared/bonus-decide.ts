// What may be done with a good deed. Each command: its fields, whom it concerns, the decision.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { type BonusState, bonusStageTitles, praiseWays, type Recognition, sameDeed } from './bonus.ts';
import { bonusCode, bonusType } from './catalog.ts';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import { manifest } from './evidence.ts';
import { freeText, oneLine } from './free-text.ts';
import { day, inspectionId, monthlyId, newMonthlyId, registryId } from './ids.ts';
import { departmentOn, gridsOn, holdsOn, type Registry } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import { bonusOf, bonusPriceOf } from './rulebook.ts';
import { type Day, dayOf, isAhead, monthOfDay } from './time.ts';

const quantity = z.int().min(1).max(1000);

const reportFields = z.strictObject({
  type: bonusCode,
  /** The day of the deed; its month's rule book counts. */
  day,
  persons: z
    .array(registryId)
    .min(1)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, '人员重复'),
  quantity: quantity.default(1),
  inspection: inspectionId.optional(),
  way: z.enum(praiseWays).optional(),
  /** Number under which the letter or pennant is kept; two entries with one number are one deed. */
  object: oneLine(40).optional(),
  /** Who praised, as far as they said; for the office alone. */
  sender: oneLine(80).optional(),
  description: freeText(2000),
  evidence: manifest.default([]),
});

const people = (state: { person: string; for?: string }): string[] => [
  state.person,
  ...(state.for === undefined ? [] : [state.for]),
];

/** Facts of a bonus for the permission. */
export const aboutBonus = (state: BonusState): About =>
  about({
    grids: state.grids,
    departments: [state.department],
    persons: state.persons,
    reporters: [...people(state.reportedBy), ...(state.joinedReporters ?? [])],
    deciders: 'decidedBy' in state ? people(state.decidedBy) : [],
  });

const wrongStage = (state: BonusState) =>
  refuse('bonus.wrong-stage', `当前状态:${bonusStageTitles[state.stage]}`);

/** Grids in which people sat on a day. */
const gridsOf = (persons: readonly string[], on: Day, registry: Registry): string[] => {
  return [...new Set(persons.flatMap((person) => gridsOn(registry, person, on)))].sort();
};

/** The people must be in service on that day, all of one department: its chief representative answers for them. */
const departmentOf = (persons: readonly string[], on: Day, registry: Registry): Result<string> => {
  const departments = new Set<string>();
  for (const id of persons) {
    const person = registry.of.staff.get(id);
    if (!person) return refuse('registry.unknown', `人员 ${id}`);
    if (!holdsOn(person, on)) return refuse('assignment.outside', `${person.name}当日不在岗位名册`);
    departments.add(departmentOn(registry, id, on) ?? person.department);
  }
  const [department, other] = departments;
  if (department === undefined) return refuse('registry.unknown', '未填人员');
  return other === undefined ? ok(department) : refuse('assignment.outside', '人员分属不同部门,请分别上报');
};

const report: Command = command({
  type: 'bonus.report',
  action: ({ type }) => (bonusType(type)?.fromRecords ? 'bonus.reportRecords' : 'bonus.report'),
  summary: '上报一件好人好事(表扬信、锦旗、上门服务等),附证明材料清单',
  on: 'bonus',
  fields: reportFields,
  creates: (fields, sent) => newMonthlyId('bonus', monthOfDay(fields.day), sent.command),
  about: (_state, fields, context) =>
    about({
      grids: gridsOf(fields.persons, fields.day, context.registry),
      departments: [
        ...new Set(fields.persons.map((id) => context.registry.of.staff.get(id)?.department ?? '')),
      ],
      persons: fields.persons,
      reporters: [context.actor.person],
    }),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (fields.day > dayOf(context.now)) return refuse('time.future');
    if (fields.evidence.some((file) => isAhead(file.takenAt, context.now)))
      return refuse('time.future', '证明材料的拍摄时间晚于现在');
    const department = departmentOf(fields.persons, fields.day, context.registry);
    if (!department.ok) return department;
    return done({
      type: 'bonus.reported',
      v: 1,
      bonus: fields.type,
      day: fields.day,
      persons: fields.persons,
      department: department.value,
      grids: gridsOf(fields.persons, fields.day, context.registry),
      quantity: fields.quantity,
      ...(fields.inspection === undefined ? {} : { inspection: fields.inspection }),
      ...(fields.way === undefined ? {} : { way: fields.way }),
      ...(fields.object === undefined ? {} : { object: fields.object }),
      ...(fields.sender === undefined ? {} : { sender: { text: fields.sender } }),
      description: { text: fields.description },
      evidence: fields.evidence,
    });
  },
});

const confirmFields = z.strictObject({
  /** Code of the bonus in the rule book of that month. */
  clause: z.string().min(1).max(40),
  /** Absent: as reported. */
  quantity: quantity.optional(),
  /** Points within the clause's range, in hundredths, and why that figure. */
  chosen: z.strictObject({ points: z.int().min(0).max(10_000), reason: freeText(200) }).optional(),
  /** Where the original was seen, if no file of it has arrived: 锦旗存督查科,编号 2026-031. */
  original: freeText(200).optional(),
  reason: freeText(1000),
});

const recognitionOf = (
  state: BonusState,
  fields: z.infer<typeof confirmFields>,
  context: Deciding,
): Result<Recognition> => {
  const book = context.ruleBook(state.month);
  if (!book.ok) return book;
  const clause = bonusOf(book.value, fields.clause);
  if (!clause) return refuse('clause.unknown', fields.clause);
  if (clause.type !== state.type) return refuse('bonus.unfit', clause.title);
  const recognition: Recognition = {
    clause: clause.code,
    quantity: fields.quantity ?? state.quantity,
    ...(fields.chosen === undefined
      ? {}
      : {
          chosen: { points: fields.chosen.points, by: context.acting.person, reason: fields.chosen.reason },
        }),
  };
  const price = bonusPriceOf(book.value, clause.code, recognition);
  return price.ok ? ok(recognition) : price;
};

const confirm: Command = command({
  type: 'bonus.confirm',
  action: 'bonus.confirm',
  summary: '核实加分:定条款、数量和分值',
  on: 'bonus',
  fields: confirmFields,
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutBonus(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    const seen = open.evidence
      .filter((entry) => entry.state === 'received')
      .map((entry) => ({ n: entry.n, sha256: entry.sha256 }));
    // Nothing counts on word alone; what a patrol saw stands in its own record.
    if (seen.length === 0 && fields.original === undefined && open.inspection === undefined)
      return refuse('bonus.proof-missing', bonusType(open.type)?.proof);
    const recognition = recognitionOf(open, fields, context);
    if (!recognition.ok) return recognition;
    return done({
      type: 'bonus.confirmed',
      v: 1,
      recognition: recognition.value,
      reason: { text: fields.reason },
      ...(seen.length === 0 ? {} : { seen }),
      ...(fields.original === undefined ? {} : { original: { text: fields.original } }),
    });
  },
});

const dismiss: Command = command({
  type: 'bonus.dismiss',
  action: 'bonus.dismiss',
  summary: '核实后不予加分',
  on: 'bonus',
  fields: z.strictObject({ reason: freeText(1000) }),
  about: (state) => aboutBonus(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    return done({ type: 'bonus.dismissed', v: 1, reason: { text: fields.reason } });
  },
});

const merge: Command = command({
  type: 'bonus.merge',
  action: 'bonus.merge',
  summary: '同一件好人好事重复上报:并入另一件,只计一次',
  on: 'bonus',
  fields: z.strictObject({ into: monthlyId('bonus'), reason: freeText(500) }),
  also: (fields) => [{ kind: 'bonus', id: fields.into }],
  about: (state) => aboutBonus(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported') return wrongStage(open);
    const main = context.other('bonus', fields.into);
    if (!main) return refuse('thing.not-found', fields.into);
    if (main.stage !== 'reported' && main.stage !== 'confirmed') return wrongStage(main);
    if (!sameDeed(open, main)) return refuse('bonus.other-deed');
    // Whoever is named only here would lose the praise with the merged entry.
    if (open.persons.some((person) => !main.persons.includes(person)))
      return refuse('bonus.other-deed', '本条所列人员不在另一件之中,请分别核实');
    return ok({
      events: [{ type: 'bonus.merged', v: 1, into: main.id, reason: { text: fields.reason } }],
      also: [
        {
          ref: { kind: 'bonus', id: main.id },
          events: [
            {
              type: 'bonus.joined',
              v: 1,
              bonus: open.id,
              reporters: [...people(open.reportedBy), ...(open.joinedReporters ?? [])],
            },
          ],
        },
      ],
    });
  },
});

const revoke: Command = command({
  type: 'bonus.revoke',
  action: 'bonus.revoke',
  summary: '查明不实,撤销已核实的加分',
  on: 'bonus',
  fields: z.strictObject({ reason: freeText(1000) }),
  about: (state) => aboutBonus(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'confirmed') return wrongStage(open);
    return done({ type: 'bonus.revoked', v: 1, reason: { text: fields.reason } });
  },
});

export const bonusCommands: Command[] = [report, confirm, dismiss, merge, revoke];
