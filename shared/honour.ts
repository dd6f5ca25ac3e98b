// 光荣榜: who holds a title and has been told so in public. Names stand here only because somebody won something and it was
// published (PIPL art. 25); everything else of an award stays in the office. Knows no permissions and no screen.
import type { AwardState } from './award.ts';
import { departmentNameOn, departmentOn, type Registry } from './people.ts';
import { type Instant, lastDayOf, type Month } from './time.ts';

export interface Honoured {
  name: string;
  department?: string;
  /** Number of the window the person sits at, or of the window that won. */
  window?: string;
}
export interface HonourList {
  month: Month;
  code: string;
  title: string;
  /** announced: the title is theirs; publicity: the names are up and may be objected to until `until`. */
  stage: 'announced' | 'publicity';
  until?: Instant;
  people: Honoured[];
}

const honoured = (registry: Registry, id: string, month: Month): Honoured => {
  const on = lastDayOf(month);
  const window = registry.of.window.get(id);
  if (window)
    return {
      name: window.name,
      window: window.number,
      department: departmentNameOn(registry, window.department, on),
    };
  const department = departmentOn(registry, id, on) ?? (registry.of.department.has(id) ? id : undefined);
  const seat = (registry.assignmentsByStaff.get(id) ?? [])
    .filter((entry) => entry.from <= on && (entry.until ?? on) >= on)
    .flatMap((entry) => registry.of.window.get(entry.window)?.number ?? [])[0];
  return {
    name: registry.of.staff.get(id)?.name ?? registry.of.department.get(id)?.name ?? id,
    ...(department === undefined ? {} : { department: departmentNameOn(registry, department, on) }),
    ...(seat === undefined ? {} : { window: seat }),
  };
};

/**
 * The lists of the wall, newest month first. Of an award only those whose title was announced, and, apart from them,
 * those whose names are in publicity at `now`; an award with neither leaves no list.
 */
export const honourWall = (awards: readonly AwardState[], registry: Registry, now: Instant): HonourList[] => {
  const lists: HonourList[] = [];
  for (const award of awards) {
    if (award.stage === 'open' || award.stage === 'toDraw') continue;
    const { month, code, title } = award;
    const named = (ids: readonly string[]): Honoured[] => ids.map((id) => honoured(registry, id, month));
    const won = award.recipients.filter((one) => one.announcedAt !== undefined);
    if (won.length > 0)
      lists.push({ month, code, title, stage: 'announced', people: named(won.map((one) => one.person)) });
    const shown = award.recipients.flatMap(({ person, publicity, announcedAt }) =>
      announcedAt === undefined && publicity !== undefined && publicity.from <= now
        ? [{ person, until: publicity.until }]
        : [],
    );
    const until = shown
      .map((one) => one.until)
      .sort()
      .at(-1);
    if (until !== undefined)
      lists.push({
        ...{ month, code, title, stage: 'publicity', until },
        people: named(shown.map((one) => one.person)),
      });
  }
  return lists.sort((a, b) =>
    a.month === b.month ? (a.code < b.code ? -1 : 1) : a.month < b.month ? 1 : -1,
  );
};
