// Who answers today for what happened under a department that has ended since: its heir after a merger (合并), after a
// split (分立) the successor that took over the person or the window. Says when it cannot be told; guesses nothing.
import { departmentOn, heirOf, placeOn, type Registry } from './people.ts';
import type { Day } from './time.ts';

/** Who carries on a department's business on a day: itself, its heir, or after a split every successor; sorted. */
export const heirsOf = (of: Pick<Registry['of'], 'department'>, department: string, on: Day): string[] => {
  const found = new Set<string>();
  const seen = new Set<string>();
  const follow = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const entry = of.department.get(id);
    const next = entry?.successors ?? (entry?.successor === undefined ? [] : [entry.successor]);
    if (next.length === 0 || entry?.until === undefined || on <= entry.until) found.add(id);
    else next.forEach(follow);
  };
  follow(department);
  return [...found].sort();
};

/** What a matter says of itself: under whom it happened, whom it names, at which window. */
export interface Matter {
  departments: readonly string[];
  persons: readonly string[];
  window?: string | undefined;
}

/**
 * Who answers on a day for one of the matter's departments: the successor its persons belong to now, else the one that has
 * the window, else the one named for the rest. Several: it cannot be told, and somebody must say.
 */
const answererOf = (registry: Registry, matter: Matter, department: string, on: Day): string[] => {
  const heirs = heirsOf(registry.of, department, on);
  const only = (ids: readonly (string | undefined)[]): string[] => [
    ...new Set(ids.filter((id): id is string => id !== undefined && heirs.includes(id))),
  ];
  if (heirs.length < 2) return heirs;
  const byPersons = only(matter.persons.map((person) => departmentOn(registry, person, on)));
  if (byPersons.length === 1) return byPersons;
  const byWindow =
    matter.window === undefined ? [] : only([placeOn(registry, matter.window, on)?.department]);
  if (byWindow.length === 1) return byWindow;
  const rest = heirOf(registry.of, department, on);
  return heirs.includes(rest) ? [rest] : heirs;
};

/** Whether a matter is told to a department on a day: `unclear` where a split does not say to which of its successors. */
export const toldTo = (
  registry: Registry,
  matter: Matter,
  department: string,
  on: Day,
): 'yes' | 'no' | 'unclear' => {
  const answers = matter.departments.map((of) => answererOf(registry, matter, of, on));
  if (answers.some((ids) => ids.length === 1 && ids[0] === department)) return 'yes';
  return answers.some((ids) => ids.includes(department)) ? 'unclear' : 'no';
};

/** The departments that have ended and that a department carries on, at least in part; sorted. */
export const carriedOnBy = (registry: Registry, department: string, on: Day): string[] =>
  [...registry.of.department.keys()]
    .filter((id) => id !== department && heirsOf(registry.of, id, on).includes(department))
    .sort();
