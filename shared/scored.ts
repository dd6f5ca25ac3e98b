// Whom a month is scored for: window staff with the department, windows and grids they had in it.
import type { Scored } from './month.ts';
import { type Registry, scoredStaff } from './people.ts';
import { firstDayOf, lastDayOf, type Month } from './time.ts';

/** Window staff of a month with their department and the windows and grids they sat at. */
export const scoredIn = (registry: Registry, month: Month): Scored[] => {
  const from = firstDayOf(month);
  const to = lastDayOf(month);
  return scoredStaff(registry, from, to).map((person) => {
    const windows = (registry.assignmentsByStaff.get(person.id) ?? [])
      .filter((entry) => entry.from <= to && (entry.until ?? to) >= from)
      .map((entry) => entry.window);
    const grids = windows.flatMap((id) => registry.of.window.get(id)?.grid ?? []);
    return {
      person: person.id,
      department: person.department,
      grids: [...new Set(grids)].sort(),
      windows: [...new Set(windows)].sort(),
    };
  });
};
