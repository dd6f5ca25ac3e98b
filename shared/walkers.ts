// Whose patrol a sheet of paper may be. Apart from what a tablet takes along, which needs no table of rights.
import { permits } from './access.ts';
import type { Registry } from './people.ts';
import type { Day } from './time.ts';

export interface Walker {
  id: string;
  name: string;
  /** Only there; everywhere when absent. */
  grid?: string;
  from: Day;
  until?: Day;
}

/** Everybody who could ever walk, once for each right. The clerk opens a round only to enter what others walked. */
export const walkersOf = (registry: Registry): Walker[] =>
  [...registry.of.grant.values()].flatMap(({ person, role, grid, from, until }) => {
    const name = registry.of.staff.get(person)?.name;
    const walks = role !== 'clerk' && permits['inspection.open'].some((permit) => permit.role === role);
    if (name === undefined || !walks) return [];
    return [
      {
        ...{ id: person, name, from },
        ...(grid === undefined ? {} : { grid }),
        ...(until === undefined ? {} : { until }),
      },
    ];
  });
