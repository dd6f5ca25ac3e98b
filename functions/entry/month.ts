// The sums of the month that is over: what the schedule calls on the 5th. A centre that cannot be summed yet says so in
// the log and does not stop the next; called again it repeats its answer.
import { system } from '../../shared/access.ts';
import { monthOf, plusMonths } from '../../shared/time.ts';
import { houseInTheCloud } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';
import { derivedCommandId } from '../derived-id.ts';
import { sumMonth } from '../month.ts';

const house = houseInTheCloud(readConfig(needs.month));

export const handler = async (): Promise<void> => {
  const month = plusMonths(monthOf(house.clock()), -1);
  for (const { sk: centre } of await house.store.centres()) {
    const commandId = derivedCommandId('month.sum', centre, month);
    const summed = await sumMonth(house, centre, system, { commandId, month });
    console.log(JSON.stringify({ centre, month, ...(summed.ok ? summed.value : summed.problem) }));
  }
};
