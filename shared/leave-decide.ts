// Filing, correcting and withdrawing leave. Each change goes to every month the slip touches, so that a day's and a
// month's exceptions are one Query and two filers never meet on one item.
import * as z from 'zod';
import { type About, about } from './access.ts';
import {
  type Change,
  type Command,
  type CommandSpec,
  type Context,
  command,
  type Decision,
  existing,
} from './command.ts';
import type { DomainEvent } from './events.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import { newMonthlyId, registryId } from './ids.ts';
import { type LeaveState, leaveKinds } from './leave.ts';
import { departmentOn, gridsOn, holdsOn } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import {
  filingOf,
  firstDayOfStretch,
  isTooLong,
  lastDayOfStretch,
  monthOfFiling,
  monthsOfStretch,
  refuseFiling,
  type Slip,
  stretchField,
} from './slip.ts';
import { isAhead } from './time.ts';

/** The copies of a slip in the other months it touches. */
export const copiesOf = <K extends 'leave' | 'cover'>(kind: K, slip: Slip<unknown> | undefined) =>
  (slip?.months ?? []).flatMap((month) => {
    const id = newMonthlyId(kind, month, filingOf(slip?.id ?? ''));
    return id === slip?.id ? [] : [{ kind, id }];
  });

/** The same events to a slip and to its copies, all or nothing. */
export const toAll = (kind: 'leave' | 'cover', slip: Slip<unknown>, event: DomainEvent) =>
  ok({
    events: [event],
    also: copiesOf(kind, slip).map((ref): Change => ({ ref, events: [event] })),
  });

const mostScans = 6;

/** The scan goes with the slip itself, not with its copies in other months: it is one file and is sent once. */
const withScan = (
  filed: ReturnType<typeof toAll>,
  evidence: readonly ManifestEntry[],
  { now }: Context,
  before = 0,
): Result<Decision> => {
  if (!filed.ok || evidence.length === 0) return filed;
  if (evidence.some((file) => isAhead(file.takenAt, now)))
    return refuse('time.future', '扫描件的时间晚于现在');
  if (before + evidence.length > mostScans)
    return refuse('evidence.too-many', `一条登记最多 ${mostScans} 个文件`);
  const events = filed.value.events.map((event) =>
    event.type === 'leave.filed' || event.type === 'leave.corrected'
      ? { ...event, evidence: [...evidence] }
      : event,
  );
  return ok({ ...filed.value, events });
};

/** Facts of a leave for the permission. */
export const aboutLeave = (state: LeaveState): About =>
  about({ grids: state.grids, departments: [state.department], persons: [state.person] });

const filedFields = z.strictObject({
  person: registryId,
  kind: z.enum(leaveKinds),
  stretch: stretchField,
  reason: optionalText(200),
  /** The signed slip (假条、公出单). */
  evidence: manifest.default([]),
  /** 批量导入: the row stood in an attendance file. */
  imported: z.boolean().default(false),
});

const fileSpec: CommandSpec<'leave', z.infer<typeof filedFields>> = {
  type: 'leave.file',
  action: 'leave.file',
  summary: '登记请假或公出:整天、半天或起止钟点',
  on: 'leave',
  fields: filedFields,
  creates: (fields, sent) => newMonthlyId('leave', monthOfFiling(fields.stretch), sent.command),
  about: (_state, fields, { registry }) => {
    const on = firstDayOfStretch(fields.stretch);
    const department = departmentOn(registry, fields.person, on);
    return about({
      departments: department === undefined ? [] : [department],
      persons: [fields.person],
    });
  },
  decide: (state, fields, context) => {
    const { registry, command: id } = context;
    if (state) return refuse('thing.exists', state.id);
    if (isTooLong(fields.stretch)) return refuse('slip.too-long');
    const on = firstDayOfStretch(fields.stretch);
    const person = registry.of.staff.get(fields.person);
    const department = departmentOn(registry, fields.person, on);
    if (!person || department === undefined) return refuse('registry.unknown', `人员 ${fields.person}`);
    if (!holdsOn(person, on) || !holdsOn(person, lastDayOfStretch(fields.stretch)))
      return refuse('assignment.outside', `${person.name}在此期间不在岗位名册`);
    const months = monthsOfStretch(fields.stretch);
    const grids = gridsOn(registry, person.id, on);
    const event: DomainEvent = {
      type: 'leave.filed',
      v: 1,
      person: person.id,
      department,
      grids,
      kind: fields.kind,
      stretch: fields.stretch,
      months,
      imported: fields.imported,
      ...(fields.reason === undefined ? {} : { reason: { text: fields.reason } }),
    };
    const slip = { id: newMonthlyId('leave', months[0] ?? '', id), months, filings: [] };
    return withScan(toAll('leave', slip, event), fields.evidence, context);
  },
};

const correct: Command = command({
  type: 'leave.correct',
  action: 'leave.correct',
  summary: '更正请假:提前销假、改种类或起止时间',
  on: 'leave',
  fields: z.strictObject({
    kind: z.enum(leaveKinds).optional(),
    stretch: stretchField,
    reason: freeText(200),
    evidence: manifest.default([]),
  }),
  also: (_fields, state) => copiesOf('leave', state),
  about: (state) => aboutLeave(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    const refused = refuseFiling(open, fields.stretch);
    if (refused) return refused;
    const kind = fields.kind ?? open.filings.at(-1)?.entry?.kind ?? 'other';
    const corrected = toAll('leave', open, {
      type: 'leave.corrected',
      v: 1,
      kind,
      stretch: fields.stretch,
      reason: { text: fields.reason },
    });
    return withScan(corrected, fields.evidence, context, open.evidence.length);
  },
});

const withdraw: Command = command({
  type: 'leave.withdraw',
  action: 'leave.withdraw',
  summary: '撤销一条请假登记',
  on: 'leave',
  fields: z.strictObject({ reason: freeText(200) }),
  also: (_fields, state) => copiesOf('leave', state),
  about: (state) => aboutLeave(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    const refused = refuseFiling(open);
    return (
      refused ?? toAll('leave', open, { type: 'leave.withdrawn', v: 1, reason: { text: fields.reason } })
    );
  },
});

export const leaveCommands: Command[] = [command(fileSpec), correct, withdraw];
