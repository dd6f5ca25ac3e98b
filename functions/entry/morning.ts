// The list of the morning: what the schedule calls before the hall opens.
import { houseInTheCloud } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';
import { morning } from '../messages.ts';

const house = houseInTheCloud(readConfig(needs.morning));

export const handler = async (): Promise<void> => {
  for (const report of await morning(house)) console.log(JSON.stringify(report));
};
