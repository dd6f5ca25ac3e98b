// Whom a month is scored for: window staff with the department, windows and grids they had in it.
import type { Scored } from './month.ts';
import { departmentOn, gridsOn, holdsOn, type Registry, scoredStaff } from './people.ts';
import { daysFrom, firstDayOf, lastDayOf, type Month } from './time.ts';

/** Window staff of a month with their department and the windows and grids they sat at. */
export const scoredIn = (registry: Registry, month: Month): Scored[] => {
  const from = firstDayOf(month);
  const to = lastDayOf(month);
  return scoredStaff(registry, from, to).map((person) => {
    const windows = (registry.assignmentsByStaff.get(person.id) ?? [])
      .filter((entry) => entry.from <= to && (entry.until ?? to) >= from)
      .map((entry) => entry.window);
    // Whoever moved in mid-month is scored where they stood last; every grid they sat in may read the score.
    const served = daysFrom(from, to).filter((on) => holdsOn(person, on));
    const last = served.at(-1) ?? to;
    const grids = served.flatMap((on) => gridsOn(registry, person.id, on));
    return {
      person: person.id,
      department: departmentOn(registry, person.id, last) ?? person.department,
      grids: [...new Set(grids)].sort(),
      windows: [...new Set(windows)].sort(),
    };
  });
};
