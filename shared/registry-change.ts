// Changes of the house from a day on: people move, windows come to another grid or department, departments are renamed
// and merged. Each is spelled as registry entries that remember what held before, so that every earlier day stays as it
// was. A split is a merger into the heir, and moves of those who go elsewhere.
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
