// Leave and cover as the table holds them, month by month; each slip once, in whichever month it was found first.
import type { Slips } from '../shared/presence.ts';
import { withoutCopies } from '../shared/slip.ts';
import type { Month } from '../shared/time.ts';
import type { House } from './house.ts';

export const slipsOf = async (house: House, centre: string, months: readonly Month[]): Promise<Slips> => {
  const found = await Promise.all(months.map((month) => house.store.roster(centre, month)));
  return {
    leaves: withoutCopies(found.flatMap(({ leaves }) => leaves.map(({ state }) => state))),
    covers: withoutCopies(found.flatMap(({ covers }) => covers.map(({ state }) => state))),
  };
};
