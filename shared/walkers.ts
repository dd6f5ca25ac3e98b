// Whose patrol a sheet of paper may be. Apart from what a tablet takes along, which needs no table of rights.
import { permits } from './access.ts';
import { holdsOn, type Registry } from './people.ts';
import type { Day } from './time.ts';

export interface Walker {
  id: string;
  name: string;
  /** Only there; everywhere when absent. */
  grid?: string;
  from: Day;
  until?: Day;
}

type Walking = 'inspection.open' | 'inspection.openVideo' | 'inspection.openThirdParty';

/** Everybody who could ever walk, once for each right. The clerk opens a round only to enter what others walked. */
export const walkersOf = (registry: Registry, walking: Walking = 'inspection.open'): Walker[] =>
  [...registry.of.grant.values()].flatMap(({ person, role, grid, from, until }) => {
    const name = registry.of.staff.get(person)?.name;
    const walks = role !== 'clerk' && permits[walking].some((permit) => permit.role === role);
    if (name === undefined || !walks) return [];
    return [
      {
        ...{ id: person, name, from },
        ...(grid === undefined ? {} : { grid }),
        ...(until === undefined ? {} : { until }),
      },
    ];
  });

/** Whether a round of that day can have been theirs: in that grid, or in any when none is named. */
export const mayHaveWalked = (
  registry: Registry,
  round: { person: string; walking: Walking; grid: string | undefined; on: Day },
): boolean =>
  walkersOf(registry, round.walking).some(
    (walker) =>
      walker.id === round.person &&
      holdsOn(walker, round.on) &&
      (walker.grid === undefined || round.grid === undefined || walker.grid === round.grid),
  );
