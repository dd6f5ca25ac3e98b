// What may be entered into the registry, and the founding of a centre. An entry must fit what is there and what comes
// with it in the same batch: nothing in the registry refers to something unknown.
import * as z from 'zod';
import { about } from './access.ts';
import { canonical } from './canonical.ts';
import { type Change, type Command, command, type Decision, happened } from './command.ts';
import { oneLine } from './free-text.ts';
import { registryId, type StreamRef } from './ids.ts';
import { notedElsewhere } from './letter-numbers.ts';
import {
  centreEntry,
  type EntryKind,
  type Grant,
  holdsOn,
  type Registry,
  type RegistryEntry,
  registryEntry,
  registryOf,
} from './people.ts';
import { type FieldProblem, ok, type ProblemCode, type Result, refuse } from './problems.ts';
import { entered, registryRef } from './registry.ts';
import { changedEntries, changedRefs, registryChange } from './registry-change.ts';
import type { ServiceHours } from './service-hours.ts';
import { type Day, dayOf } from './time.ts';

const distinct = (entries: readonly RegistryEntry[]): boolean =>
  new Set(entries.map((entry) => registryRef(entry).id)).size === entries.length;

/** 30 entries at once: three items each, and one transaction holds a hundred. */
const batch = z.array(registryEntry).min(1).max(30).refine(distinct, '同一条目在一批中重复');

interface Fault {
  code: ProblemCode;
  /** Within the entry. */
  field: string;
  reason: string;
}

const unknown = (field: string, id: string): Fault => ({
  code: 'registry.unknown',
  field,
  reason: `没有登记 ${id}`,
});

/** The reference is to an entry that is there or comes along. */
const refers = (registry: Registry, kind: EntryKind, field: string, id: string | undefined): Fault[] =>
  id === undefined || registry.of[kind].has(id) ? [] : [unknown(field, id)];

const dates = (entry: { from: Day; until?: Day | undefined }): Fault[] =>
  entry.until !== undefined && entry.until < entry.from
    ? [{ code: 'time.order', field: 'until', reason: '截止日期早于起始日期' }]
    : [];

/** A scope where the role has none would promise a limit that nobody keeps; a missing one would open everything. */
export const scopeFaults = (grant: Grant): Fault[] => {
  const needsGrid = grant.role === 'gridLeader';
  const needsDepartment = grant.role === 'chiefRepresentative' || grant.role === 'liaison';
  const fault = (field: string, reason: string): Fault => ({ code: 'registry.scope', field, reason });
  return [
    ...(needsGrid && grant.grid === undefined ? [fault('grid', '格长须填网格')] : []),
    ...(!needsGrid && grant.grid !== undefined ? [fault('grid', '该角色不按网格划分')] : []),
    ...(needsDepartment && grant.department === undefined ? [fault('department', '该角色须填部门')] : []),
    ...(!needsDepartment && grant.department !== undefined
      ? [fault('department', '该角色不按部门划分')]
      : []),
  ];
};

/** Only what one holds oneself can be handed on, for no longer than one holds it. */
export const delegationFaults = (grant: Grant, registry: Registry): Fault[] => {
  if (grant.delegatedBy === undefined) return [];
  const fits = (registry.grantsByPerson.get(grant.delegatedBy) ?? []).some(
    (held) =>
      held.delegatedBy === undefined &&
      held.role === grant.role &&
      held.grid === grant.grid &&
      held.department === grant.department &&
      holdsOn(held, grant.from) &&
      (held.until === undefined || (grant.until !== undefined && grant.until <= held.until)),
  );
  return fits && grant.delegatedBy !== grant.person
    ? []
    : [{ code: 'registry.delegation', field: 'delegatedBy', reason: '委托人在此期间没有同一职责' }];
};

/** Added hours without a span would open nothing; spans that overlap or run backwards say two things at once. */
const hoursFaults = ({ service, spans, scope, daysOff }: ServiceHours): Fault[] => {
  const fault = (field: string, reason: string): Fault => ({ code: 'registry.hours', field, reason });
  const adds = service === 'noonDuty' || service === 'extended';
  return [
    ...(adds && spans.length === 0 ? [fault('spans', '午间值班、延时服务须填时段')] : []),
    ...(spans.some((each, n) => n > 0 && (spans[n - 1]?.to ?? '') > each.from)
      ? [fault('spans', '各时段应按先后排列,不得重叠')]
      : []),
    ...(service === 'regular' && Object.keys(scope).length === 0
      ? [fault('scope', '全中心的工作时间在中心信息中填写')]
      : []),
    ...(daysOff && !adds ? [fault('daysOff', '只有午间值班、延时服务可以安排在休息日')] : []),
  ];
};

/** People named by date: each known, none ending before they begin. */
const namedFaults = (
  registry: Registry,
  field: string,
  named: readonly { person: string; from: Day; until?: Day | undefined }[] = [],
): Fault[] =>
  named.flatMap(({ person, from, until }, at) => [
    ...refers(registry, 'staff', `${field}.${at}.person`, person),
    ...(until !== undefined && until < from
      ? [{ code: 'time.order' as const, field: `${field}.${at}.until`, reason: '结束日期早于开始日期' }]
      : []),
  ]);

interface Lasting {
  id: string;
  from: Day;
  until?: Day | undefined;
}
/** Another entry that is called the same and holds on some day still to come on which this one does: two of old can be ended. */
const doubledBy = <Entry extends Lasting>(
  entry: Entry,
  all: ReadonlyMap<string, Entry>,
  on: Day,
  same: (other: Entry) => boolean,
  fault: { field: string; reason: string },
): Fault[] =>
  [...all.values()].some(
    (other) =>
      other.id !== entry.id &&
      same(other) &&
      other.from <= (entry.until ?? '9') &&
      entry.from <= (other.until ?? '9') &&
      on <= (entry.until ?? '9') &&
      on <= (other.until ?? '9'),
  )
    ? [{ code: 'registry.doubled', ...fault }]
    : [];

const hallOf = (registry: Registry, grid: string): string | undefined => registry.of.grid.get(grid)?.hall;

/** What is wrong with one entry, in a registry that already holds the whole batch. */
const faultsOf = (entry: RegistryEntry, registry: Registry, on: Day): Fault[] => {
  switch (entry.kind) {
    case 'centre':
      return entry.id === registry.centre.id
        ? []
        : [{ code: 'centre.other', field: 'id', reason: '不是本中心' }];
    case 'hall':
      return dates(entry);
    case 'grid':
      return [
        ...dates(entry),
        ...refers(registry, 'hall', 'hall', entry.hall),
        ...namedFaults(registry, 'keepers', entry.keepers),
        ...namedFaults(registry, 'examiners', entry.examiners),
      ];
    case 'area':
      return [
        ...dates(entry),
        ...refers(registry, 'grid', 'grid', entry.grid),
        ...entry.responsible.flatMap(({ department }) =>
          refers(registry, 'department', 'responsible', department),
        ),
        ...namedFaults(registry, 'keepers', entry.keepers),
      ];
    case 'department':
      return [
        ...dates(entry),
        ...namedFaults(registry, 'examiners', entry.examiners),
        ...doubledBy(entry, registry.of.department, on, ({ name }) => name === entry.name, {
          field: 'name',
          reason: `已经有同名的部门:${entry.name}`,
        }),
        ...refers(registry, 'department', 'successor', entry.successor),
        ...(entry.successors ?? []).flatMap((id) => refers(registry, 'department', 'successors', id)),
        ...(entry.successors?.includes(entry.id) ? [unknown('successors', '自身以外的承继部门')] : []),
        ...(entry.successor === entry.id ? [unknown('successor', '自身以外的承继部门')] : []),
      ];
    case 'window':
      return [
        ...dates(entry),
        ...refers(registry, 'grid', 'grid', entry.grid),
        ...refers(registry, 'department', 'department', entry.department),
        ...doubledBy(
          entry,
          registry.of.window,
          on,
          ({ number, grid }) =>
            number === entry.number && hallOf(registry, grid) === hallOf(registry, entry.grid),
          { field: 'number', reason: `本大厅已经有 ${entry.number} 号窗口` },
        ),
      ];
    case 'staff':
      return [...dates(entry), ...refers(registry, 'department', 'department', entry.department)];
    case 'assignment':
      return [
        ...dates(entry),
        ...refers(registry, 'staff', 'staff', entry.staff),
        ...refers(registry, 'window', 'window', entry.window),
      ];
    case 'grant':
      return [
        ...dates(entry),
        ...refers(registry, 'staff', 'person', entry.person),
        ...refers(registry, 'grid', 'grid', entry.grid),
        ...refers(registry, 'department', 'department', entry.department),
        ...scopeFaults(entry),
        ...delegationFaults(entry, registry),
      ];
    case 'campaign':
      return dates(entry);
    case 'calendar':
      return [...registry.of.calendar.values()].some(
        (other) => other.id !== entry.id && other.year.year === entry.year.year,
      )
        ? [{ code: 'registry.doubled', field: 'year', reason: '该年度已有另一份工作日历' }]
        : [];
    case 'hours':
      return [
        ...dates(entry),
        ...refers(registry, 'hall', 'scope.hall', entry.scope.hall),
        ...refers(registry, 'department', 'scope.department', entry.scope.department),
        ...refers(registry, 'window', 'scope.window', entry.scope.window),
        ...(entry.persons ?? []).flatMap((person) => refers(registry, 'staff', 'persons', person)),
        ...hoursFaults(entry),
      ];
    case 'account':
      return [
        ...dates(entry),
        ...refers(registry, 'staff', 'person', entry.person),
        ...([...registry.of.account.values()].some(
          (other) =>
            other.id !== entry.id && other.issuer === entry.issuer && other.subject === entry.subject,
        )
          ? [{ code: 'registry.doubled' as const, field: 'subject', reason: '该登录账号已登记' }]
          : []),
      ];
  }
};

/** The registry as it would stand with the batch in it. */
const withBatch = (registry: Registry, entries: readonly RegistryEntry[]): Registry => {
  const all: RegistryEntry[] = [registry.centre];
  for (const kind of Object.values(registry.of)) all.push(...kind.values());
  // A centre of another id must not displace the own one; it is refused below.
  return registryOf(registry.version, [
    ...all,
    ...entries.filter((entry) => entry.kind !== 'centre' || entry.id === registry.centre.id),
  ]);
};

/** Someone must be able to sign in and let others in, from that day on. */
const hasAdmin = (registry: Registry, on: Day): boolean =>
  [...registry.of.grant.values()].some(
    (grant) =>
      grant.role === 'admin' &&
      holdsOn(grant, on) &&
      [...registry.of.account.values()].some(
        (account) => account.person === grant.person && holdsOn(account, on),
      ),
  );

/** All faults of a batch at once, each by its path; the code is the first one's. */
const check = (registry: Registry, entries: readonly RegistryEntry[], on: Day): Result<true> => {
  const after = withBatch(registry, entries);
  const faults = entries.flatMap((entry, index) =>
    faultsOf(entry, after, on).map((fault) => ({ ...fault, path: `entries.${index}.${fault.field}` })),
  );
  const [first] = faults;
  if (first) {
    const fields: FieldProblem[] = faults.map(({ path, reason }) => ({ path, reason }));
    return { ok: false, problem: { code: first.code, detail: first.reason, fields } };
  }
  const touchesAccess = entries.some((entry) => entry.kind === 'grant' || entry.kind === 'account');
  return touchesAccess && !hasAdmin(after, on) ? refuse('registry.last-admin') : ok(true);
};

/** Entered anew without a word of its earlier names and departments, an entry keeps them. */
const withHistory = (entry: RegistryEntry, stored: RegistryEntry | undefined): RegistryEntry => {
  if (entry.kind === 'staff' && stored?.kind === 'staff' && stored.before)
    return { before: stored.before, ...entry };
  if (entry.kind === 'window' && stored?.kind === 'window' && stored.before)
    return { before: stored.before, ...entry };
  if (entry.kind === 'department' && stored?.kind === 'department' && stored.before)
    return { before: stored.before, ...entry };
  return entry;
};

/** What changes: an entry equal to the stored one is left out. */
const changes = (
  entries: readonly RegistryEntry[],
  stored: (ref: StreamRef) => RegistryEntry | undefined,
): Change[] =>
  entries.flatMap((entry) => {
    const ref = registryRef(entry);
    const before = stored(ref);
    return before && canonical(before) === canonical(entry) ? [] : [{ ref, events: [entered(entry)] }];
  });

const decisionOf = (primary: string, all: readonly Change[]): Decision => ({
  events: all.find((change) => change.ref.id === primary)?.events ?? [],
  also: all.filter((change) => change.ref.id !== primary),
});

const streamOf = (entry: RegistryEntry | undefined): string => {
  if (!entry) throw new Error('a batch has at least one entry');
  return registryRef(entry).id;
};

/** Kinds that give someone power, or set the house itself. */
const guarded: ReadonlySet<EntryKind> = new Set(['grant', 'account', 'centre']);

const enter: Command = command({
  type: 'registry.enter',
  action: (fields) =>
    fields.entries.some((entry) => guarded.has(entry.kind)) ? 'registry.enterAccounts' : 'registry.enter',
  summary: '登记或修改名册条目(大厅、网格、部门、窗口、人员、岗位、授权、账号等),一次最多 30 条',
  on: 'registry',
  fields: z.strictObject({ entries: batch }),
  creates: (fields) => streamOf(fields.entries[0]),
  also: (fields) => fields.entries.slice(1).map(registryRef),
  about: () => about({}),
  decide: (state, fields, context) => {
    const fits = check(context.registry, fields.entries, dayOf(context.now));
    if (!fits.ok) return fits;
    const primary = streamOf(fields.entries[0]);
    const stored = (ref: StreamRef) => (ref.id === primary ? state : context.other('registry', ref.id));
    const all = changes(
      fields.entries.map((entry) => withHistory(entry, stored(registryRef(entry)))),
      stored,
    );
    return ok(decisionOf(primary, all));
  },
});

const change: Command = command({
  type: 'registry.change',
  action: 'registry.change',
  summary: '从某日起变更:人员调动、窗口调整网格或部门、部门更名、合并、分立;此前的仍按当日',
  on: 'registry',
  fields: z.strictObject({ change: registryChange }),
  creates: (fields, sent) => changedRefs(fields.change, sent.command)[0]?.id ?? '',
  also: (fields, _state, sent) => changedRefs(fields.change, sent.command).slice(1),
  about: () => about({}),
  decide: (state, fields, context) => {
    const entries = changedEntries(fields.change, context.registry, context.command);
    if (!entries.ok) return entries;
    const fits = check(context.registry, entries.value, dayOf(context.now));
    if (!fits.ok) return fits;
    const primary = changedRefs(fields.change, context.command)[0]?.id ?? '';
    const all = changes(entries.value, (ref) =>
      ref.id === primary ? state : context.other('registry', ref.id),
    );
    return ok(decisionOf(primary, all));
  },
});

const noteNumber: Command = command({
  type: 'registry.noteNumber',
  action: 'registry.noteNumber',
  summary: '登记外部占用的文号:由其他系统或纸上编用,本平台不再给出',
  on: 'registry',
  fields: z.strictObject({
    word: z.enum(['函', '通报']),
    year: z.int().min(2020).max(2099),
    number: z.int().min(1).max(99_999),
    note: oneLine(60),
  }),
  about: () => about({}),
  decide: (state, { word, year, number, note }) => {
    if (state?.kind !== 'centre') return refuse('thing.not-found');
    const numbers = notedElsewhere(state.papers?.numbers ?? [], { word, year }, { number, note });
    if (!numbers) return refuse('registry.doubled', `${year}年${number}号已登记为外部占用`);
    return happened(entered({ ...state, papers: { ...state.papers, numbers } }));
  },
});

const found: Command = command({
  type: 'centre.found',
  action: 'centre.found',
  summary: '建立一个中心:中心本身与首位系统管理员(仅由系统执行)',
  on: 'registry',
  fields: z.strictObject({
    centre: centreEntry,
    /** At least the first admin: department, staff, grant and account. */
    entries: z
      .array(registryEntry)
      .min(1)
      .max(29)
      .refine(distinct, '同一条目在一批中重复')
      .refine((entries) => entries.every((entry) => entry.kind !== 'centre'), '中心只填一次'),
  }),
  creates: (fields) => registryRef(fields.centre).id,
  about: () => about({}),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', fields.centre.id);
    if (fields.centre.id !== context.registry.centre.id) return refuse('centre.other', fields.centre.id);
    const on = dayOf(context.now);
    const fits = check({ ...context.registry, centre: fields.centre }, fields.entries, on);
    if (!fits.ok) return fits;
    if (!hasAdmin(withBatch(context.registry, fields.entries), on)) return refuse('registry.last-admin');
    return ok(
      decisionOf(
        registryRef(fields.centre).id,
        changes([fields.centre, ...fields.entries], () => undefined),
      ),
    );
  },
});

/** A subject is only known to its issuer: where another signs in from now on, every account names the new one. */
const rebind: Command = command({
  type: 'registry.rebindAccounts',
  action: 'registry.rebindAccounts',
  summary: '换认证系统后把登录账号改绑到新的签发者,原账号即时失效(仅由系统执行)',
  on: 'registry',
  fields: z.strictObject({
    accounts: z
      .array(z.strictObject({ id: registryId, issuer: z.string().min(1), subject: z.string().min(1) }))
      .min(1)
      .max(30),
  }),
  creates: (fields) => fields.accounts.map(({ id }) => registryRef({ kind: 'account', id }).id)[0] ?? '',
  also: (fields) => fields.accounts.slice(1).map(({ id }) => registryRef({ kind: 'account', id })),
  about: () => about({}),
  decide: (state, { accounts }, context) => {
    const entries: RegistryEntry[] = [];
    for (const { id, issuer, subject } of accounts) {
      const known = context.registry.of.account.get(id);
      if (!known) return refuse('registry.unknown', `账号 ${id}`);
      entries.push({ ...known, issuer, subject });
    }
    const fits = check(context.registry, entries, dayOf(context.now));
    if (!fits.ok) return fits;
    const primary = streamOf(entries[0]);
    const all = changes(entries, (ref) => (ref.id === primary ? state : context.other('registry', ref.id)));
    return ok(decisionOf(primary, all));
  },
});

export const registryCommands: Command[] = [enter, change, noteNumber, found, rebind];
