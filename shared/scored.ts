// Whom a month is scored for: window staff with the department, windows and grids they had in it, less those whom the
// rule book leaves out; and the windows and departments that have a frame of their own.
import { leftOut } from './consequence.ts';
import type { Scored, Units } from './month.ts';
import { departmentOn, gridsOn, holdsOn, type Registry, scoredStaff } from './people.ts';
import type { RuleBook } from './rulebook.ts';
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

/** Whole calendar months from the one somebody came in to another. */
const monthsSince = (from: string, month: Month): number =>
  (Number(month.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
  Number(month.slice(5, 7)) -
  Number(from.slice(5, 7));

/** Who is assessed in a month and who is left out of it, each with the sentence that says why. */
export interface Pooled {
  people: Scored[];
  leftOut: (Scored & { why: string })[];
}
export const pooledIn = (registry: Registry, book: RuleBook, month: Month): Pooled => {
  const pooled: Pooled = { people: [], leftOut: [] };
  const pool = book.frames.staff?.pool;
  for (const one of scoredIn(registry, month)) {
    const member = registry.of.staff.get(one.person);
    const why = leftOut(pool, {
      id: one.person,
      kinds: member?.kinds ?? [],
      windows: one.windows,
      months: member ? monthsSince(member.from, month) : 0,
    });
    if (why === undefined) pooled.people.push(one);
    else pooled.leftOut.push({ ...one, why });
  }
  return pooled;
};

/** The windows and departments that a book scores in a month: those that stood in it and had people; absent: none. */
export const unitsIn = (registry: Registry, book: RuleBook, month: Month): Units | undefined => {
  const { window, department } = book.frames;
  if (!window && !department) return undefined;
  const all = scoredIn(registry, month);
  const without = new Set(window?.pool?.withoutWindows);
  const stood = (kind: 'window' | 'department', id: string): boolean => {
    const entry = registry.of[kind].get(id);
    return entry !== undefined && entry.from <= lastDayOf(month) && (entry.until ?? '9') >= firstDayOf(month);
  };
  const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort();
  return {
    ...(window && {
      window: sorted(all.flatMap((one) => one.windows)).filter(
        (id) => stood('window', id) && !without.has(id),
      ),
    }),
    ...(department && {
      department: sorted(all.map((one) => one.department)).filter((id) => stood('department', id)),
    }),
  };
};
