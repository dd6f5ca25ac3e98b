// What a rule book asks for beside a month's own cases and bonuses: earlier months of the periods it looks back on, and who
// answers along for a case as the registry had them that day. A book that asks for nothing gets nothing.
import { holdsOn, type Registry } from './people.ts';
import type { JointRole, RuleBook } from './rulebook.ts';
import { frameKinds, type Period, periodOf } from './rulebook-terms.ts';
import { type CountedCase, departmentsIn, type JointFact } from './score.ts';
import { type Day, firstDayOf, type Month, monthOfDay, plusDays, plusMonths } from './time.ts';

/** The earlier months whose cases count with those of this month, earliest first: of a calendar period, or a few days. */
export const monthsBeside = (book: RuleBook, month: Month): Month[] => {
  const periods = new Set<Period>();
  for (const { within } of book.counting ?? []) periods.add(within);
  for (const { caps = [] } of book.bonuses) for (const { within } of caps) periods.add(within);
  for (const kind of frameKinds) periods.add(book.frames[kind]?.period ?? 'month');
  const days = Math.max(0, ...book.clauses.map(({ afterReminder }) => afterReminder?.withinDays ?? 0));
  const since = monthOfDay(plusDays(firstDayOf(month), -days));
  const months: Month[] = [];
  for (let back = 1; back <= 12; back += 1) {
    const earlier = plusMonths(month, -back);
    const counted = [...periods].some((period) => periodOf(earlier, period) === periodOf(month, period));
    if (counted || earlier >= since) months.unshift(earlier);
  }
  return months;
};

/** Whom the registry names for a role in a case on its day: by grants, by the area or grid it lies in, by its department. */
const holdersOf = (registry: Registry, who: JointRole, one: CountedCase): string[] => {
  switch (who) {
    case 'chiefRepresentative':
    case 'gridLeader': {
      const grid = registry.of.window.get(one.window ?? '')?.grid;
      const departments = departmentsIn(one);
      return [...registry.of.grant.values()].flatMap((grant) =>
        grant.role === who &&
        holdsOn(grant, one.day) &&
        (who === 'gridLeader'
          ? grid !== undefined && grant.grid === grid
          : grant.department !== undefined && departments.includes(grant.department))
          ? [grant.person]
          : [],
      );
    }
    case 'areaKeeper':
      return namedOn(one, [
        ...(registry.of.area.get(one.area ?? '')?.keepers ?? []),
        ...(one.area === undefined ? (registry.of.grid.get(gridOf(registry, one))?.keepers ?? []) : []),
      ]);
    case 'examiner':
      return namedOn(one, [
        ...(registry.of.grid.get(gridOf(registry, one))?.examiners ?? []),
        ...departmentsIn(one).flatMap((id) => registry.of.department.get(id)?.examiners ?? []),
      ]);
  }
};

const namedOn = (
  { day }: CountedCase,
  named: readonly { person: string; from: Day; until?: Day | undefined }[],
): string[] => named.flatMap((each) => (holdsOn(each, day) ? [each.person] : []));

const gridOf = (registry: Registry, one: CountedCase): string =>
  one.grid ?? registry.of.window.get(one.window ?? '')?.grid ?? '';

/** Who answers along for these cases; undefined where no clause asks for it. */
export const jointFactsOf = (
  book: RuleBook,
  registry: Registry,
  cases: readonly CountedCase[],
): JointFact[] | undefined => {
  const joint = new Map(
    book.clauses.flatMap((clause) => (clause.joint ? [[clause.code, clause.joint]] : [])),
  );
  if (joint.size === 0) return undefined;
  return cases.flatMap((one) =>
    (joint.get(one.clause) ?? []).flatMap(({ who }) =>
      [...new Set(holdersOf(registry, who, one))].map((person) => ({ case: one.id, who, person })),
    ),
  );
};
