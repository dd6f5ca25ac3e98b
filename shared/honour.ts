// 光荣榜: who holds a title and has been told so in public. Names stand here only because somebody won something and it was
// published (PIPL art. 25); everything else of an award stays in the office. Knows no permissions and no screen.
import type { AwardState } from './award.ts';
import { departmentNameOn, departmentOn, type Registry } from './people.ts';
import { publicityEnds } from './publicity.ts';
import { type Day, type Instant, lastDayOf, type Month } from './time.ts';

export interface Honoured {
  name: string;
  department?: string;
  /** Number of the window the person sits at, or of the window that won. */
  window?: string;
}
export interface HonourList {
  month: Month;
  /** The days it is given for; absent: the whole month. */
  term?: { from: Day; until: Day };
  code: string;
  title: string;
  /** announced: the title is theirs; publicity: the names are up and may be objected to until `until`. */
  stage: 'announced' | 'publicity';
  until?: Instant;
  people: Honoured[];
}

const lastDay = ({ month, term }: Pick<HonourList, 'month' | 'term'>): Day => term?.until ?? lastDayOf(month);

const honoured = (registry: Registry, id: string, on: Day): Honoured => {
  const window = registry.of.window.get(id);
  if (window)
    return {
      name: window.name,
      window: window.number,
      department: departmentNameOn(registry, window.department, on),
    };
  // A department is named once, by itself.
  if (registry.of.department.has(id)) return { name: departmentNameOn(registry, id, on) };
  const department = departmentOn(registry, id, on);
  const seat = (registry.assignmentsByStaff.get(id) ?? [])
    .filter((entry) => entry.from <= on && (entry.until ?? on) >= on)
    .flatMap((entry) => registry.of.window.get(entry.window)?.number ?? [])[0];
  return {
    name: registry.of.staff.get(id)?.name ?? id,
    ...(department === undefined ? {} : { department: departmentNameOn(registry, department, on) }),
    ...(seat === undefined ? {} : { window: seat }),
  };
};

/**
 * The lists of the wall, newest term first. Of an award only those whose title was announced, and, apart from them,
 * those whose names are in publicity at `now`; an award with neither leaves no list.
 */
export const honourWall = (awards: readonly AwardState[], registry: Registry, now: Instant): HonourList[] => {
  const lists: HonourList[] = [];
  for (const award of awards) {
    if (award.stage === 'open' || award.stage === 'toDraw') continue;
    const { month, term, code, title } = award;
    const given = { month, ...(term === undefined ? {} : { term }), code, title };
    const named = (ids: readonly string[]): Honoured[] =>
      ids.map((id) => honoured(registry, id, lastDay(award)));
    const won = award.recipients.filter((one) => one.announcedAt !== undefined);
    if (won.length > 0)
      lists.push({ ...given, stage: 'announced', people: named(won.map((one) => one.person)) });
    const shown = award.recipients.filter(
      ({ publicity, announcedAt }) =>
        announcedAt === undefined && publicity !== undefined && publicity.from <= now,
    );
    const until = publicityEnds(shown).at(-1);
    if (until !== undefined)
      lists.push({
        ...given,
        ...{ stage: 'publicity', until },
        people: named(shown.map((one) => one.person)),
      });
  }
  return lists.sort((a, b) => {
    const [first, second] = [lastDay(a), lastDay(b)];
    return first === second ? (a.code < b.code ? -1 : 1) : first < second ? 1 : -1;
  });
};
