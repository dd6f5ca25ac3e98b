// Changes of the house from a day on: people move, windows come to another grid or department, departments are renamed
// and merged. Each is spelled as registry entries that remember what held before, so that every earlier day stays as it
// was. In a split every window and person goes to a successor, or one successor takes whatever no other took over.
import * as z from 'zod';
import { oneLine } from './free-text.ts';
import { day, registryId, type StreamRef } from './ids.ts';
import { holdsOn, type Registry, type RegistryEntry } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import { registryRef } from './registry.ts';
import { type Day, plusDays } from './time.ts';

const some = z.array(registryId).max(10).default([]);

export const registryChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('moveStaff'),
    staff: registryId,
    /** The first day on which the new holds. */
    from: day,
    department: registryId.optional(),
    /** Assignments that end the day before, and windows that begin. */
    ends: some,
    windows: some,
  }),
  z.strictObject({
    kind: z.literal('moveWindow'),
    window: registryId,
    from: day,
    grid: registryId.optional(),
    department: registryId.optional(),
  }),
  z.strictObject({
    kind: z.literal('renameDepartment'),
    department: registryId,
    from: day,
    name: oneLine(60),
  }),
  z.strictObject({
    kind: z.literal('mergeDepartments'),
    departments: z.array(registryId).min(1).max(10),
    into: registryId,
    from: day,
  }),
  z.strictObject({
    kind: z.literal('splitDepartment'),
    department: registryId,
    from: day,
    into: z
      .array(z.strictObject({ department: registryId, windows: some, staff: some }))
      .min(2)
      .max(10)
      .refine((parts) => new Set(parts.map(({ department }) => department)).size === parts.length, '部门重复')
      .refine(
        (parts) => parts.reduce((sum, { windows, staff }) => sum + windows.length + staff.length, 0) <= 25,
        '一次最多划转 25 个窗口和人员,其余的先行调动,或由 rest 承继',
      ),
    /** Takes whatever no other took over. */
    rest: registryId.optional(),
  }),
]);
export type RegistryChange = z.infer<typeof registryChange>;

const seatId = (command: string, nth: number): string => `seat-${command}-${nth + 1}`;

/** Streams the change writes to; the first is the one it is known by. */
export const changedRefs = (
  change: RegistryChange,
  command: string,
): (StreamRef & { kind: 'registry' })[] => {
  switch (change.kind) {
    case 'moveStaff':
      return [
        registryRef({ kind: 'staff', id: change.staff }),
        ...change.ends.map((id) => registryRef({ kind: 'assignment', id })),
        ...change.windows.map((_, nth) => registryRef({ kind: 'assignment', id: seatId(command, nth) })),
      ];
    case 'moveWindow':
      return [registryRef({ kind: 'window', id: change.window })];
    case 'renameDepartment':
      return [registryRef({ kind: 'department', id: change.department })];
    case 'mergeDepartments':
      return change.departments.map((id) => registryRef({ kind: 'department', id }));
    case 'splitDepartment':
      return [
        registryRef({ kind: 'department', id: change.department }),
        ...change.into.flatMap(({ windows, staff }) => [
          ...windows.map((id) => registryRef({ kind: 'window', id })),
          ...staff.map((id) => registryRef({ kind: 'staff', id })),
        ]),
      ];
  }
};

const unknown = (what: string) => refuse('registry.unknown', what);

/** A change must lie after the last one: history is told once, in order. */
const tooEarly = (entry: { from: Day; before?: { until: Day }[] | undefined }, from: Day): boolean =>
  from <= entry.from || (entry.before ?? []).some(({ until }) => until >= plusDays(from, -1));

/** The entries as they stand after the change. `command` names the seats that begin. */
export const changedEntries = (
  change: RegistryChange,
  registry: Registry,
  command: string,
): Result<RegistryEntry[]> => {
  const eve = plusDays(change.from, -1);
  switch (change.kind) {
    case 'moveStaff':
      return movedStaff(change, registry, eve, command);
    case 'moveWindow': {
      const entry = registry.of.window.get(change.window);
      if (!entry) return unknown(`窗口 ${change.window}`);
      if (tooEarly(entry, change.from)) return refuse('registry.change-order');
      const { grid, department } = entry;
      return ok([
        {
          ...entry,
          grid: change.grid ?? grid,
          department: change.department ?? department,
          before: [...(entry.before ?? []), { grid, department, until: eve }],
        },
      ]);
    }
    case 'renameDepartment': {
      const entry = registry.of.department.get(change.department);
      if (!entry) return unknown(`部门 ${change.department}`);
      if (tooEarly(entry, change.from)) return refuse('registry.change-order');
      const before = [...(entry.before ?? []), { name: entry.name, until: eve }];
      return ok([{ ...entry, name: change.name, before }]);
    }
    case 'mergeDepartments':
      return merged(change, registry, eve);
    case 'splitDepartment':
      return split(change, registry, eve);
  }
};

const movedStaff = (
  change: RegistryChange & { kind: 'moveStaff' },
  registry: Registry,
  eve: Day,
  command: string,
): Result<RegistryEntry[]> => {
  const entry = registry.of.staff.get(change.staff);
  if (!entry) return unknown(`人员 ${change.staff}`);
  const entries: RegistryEntry[] = [];
  if (change.department !== undefined && change.department !== entry.department) {
    if (tooEarly(entry, change.from)) return refuse('registry.change-order');
    const before = [...(entry.before ?? []), { department: entry.department, until: eve }];
    entries.push({ ...entry, department: change.department, before });
  } else entries.push(entry);
  for (const id of change.ends) {
    const seat = registry.of.assignment.get(id);
    if (seat?.staff !== change.staff) return unknown(`岗位 ${id}`);
    if (!holdsOn(seat, eve)) return refuse('registry.change-order', `岗位 ${id}`);
    entries.push({ ...seat, until: eve });
  }
  change.windows.forEach((window, nth) => {
    entries.push({
      kind: 'assignment',
      id: seatId(command, nth),
      staff: change.staff,
      window,
      from: change.from,
    });
  });
  return ok(entries);
};

const merged = (
  change: RegistryChange & { kind: 'mergeDepartments' },
  registry: Registry,
  eve: Day,
): Result<RegistryEntry[]> => {
  const heir = registry.of.department.get(change.into);
  if (!heir || !holdsOn(heir, change.from)) return unknown(`部门 ${change.into}`);
  const entries: RegistryEntry[] = [];
  for (const id of new Set(change.departments)) {
    const entry = registry.of.department.get(id);
    if (!entry || id === change.into) return unknown(`部门 ${id}`);
    if (!holdsOn(entry, eve)) return refuse('registry.change-order', entry.name);
    entries.push({ ...entry, until: eve, successor: change.into });
  }
  return ok(entries);
};

const split = (
  change: RegistryChange & { kind: 'splitDepartment' },
  registry: Registry,
  eve: Day,
): Result<RegistryEntry[]> => {
  const entry = registry.of.department.get(change.department);
  if (!entry) return unknown(`部门 ${change.department}`);
  if (!holdsOn(entry, eve) || !holdsOn(entry, change.from))
    return refuse('registry.change-order', entry.name);
  const successors = change.into.map(({ department }) => department);
  for (const id of successors) {
    const heir = registry.of.department.get(id);
    if (!heir || id === entry.id || !holdsOn(heir, change.from)) return unknown(`部门 ${id}`);
  }
  if (change.rest !== undefined && !successors.includes(change.rest))
    return unknown(`承继部门 ${change.rest}`);
  const left = leftBehind(change, registry);
  if (left !== undefined && change.rest === undefined) return refuse('registry.split-rest', left);
  const successor = change.rest === undefined ? {} : { successor: change.rest };
  const { successor: _before, ...own } = entry;
  const entries: RegistryEntry[] = [{ ...own, until: eve, ...successor, successors }];
  for (const part of change.into) {
    const moved = movedTo(part, change, registry, eve);
    if (!moved.ok) return moved;
    entries.push(...moved.value);
  }
  return ok(entries);
};

type Part = (RegistryChange & { kind: 'splitDepartment' })['into'][number];

/** The windows and people that one successor takes over, each with what held before. */
const movedTo = (
  { department, windows, staff }: Part,
  change: RegistryChange & { kind: 'splitDepartment' },
  registry: Registry,
  eve: Day,
): Result<RegistryEntry[]> => {
  const entries: RegistryEntry[] = [];
  for (const id of windows) {
    const window = registry.of.window.get(id);
    if (window?.department !== change.department) return unknown(`窗口 ${id}`);
    if (tooEarly(window, change.from)) return refuse('registry.change-order', window.number);
    const was = { grid: window.grid, department: window.department, until: eve };
    entries.push({ ...window, department, before: [...(window.before ?? []), was] });
  }
  for (const id of staff) {
    const person = registry.of.staff.get(id);
    if (person?.department !== change.department) return unknown(`人员 ${id}`);
    if (tooEarly(person, change.from)) return refuse('registry.change-order', id);
    const was = { department: person.department, until: eve };
    entries.push({ ...person, department, before: [...(person.before ?? []), was] });
  }
  return ok(entries);
};

/** The first window or person in service that no successor takes over. */
const leftBehind = (
  { department, from, into }: RegistryChange & { kind: 'splitDepartment' },
  registry: Registry,
): string | undefined => {
  const taken = new Set(into.flatMap(({ windows, staff }) => [...windows, ...staff]));
  const here = (one: { id: string; department: string; from: Day; until?: Day | undefined }): boolean =>
    one.department === department && holdsOn(one, from) && !taken.has(one.id);
  const window = [...registry.of.window.values()].find(here);
  const person = [...registry.of.staff.values()].find(here);
  const left = window ? `窗口 ${window.number}` : person && `人员 ${person.name}`;
  return left && `${left} 还没有承继部门`;
};
