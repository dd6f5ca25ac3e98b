// The night's work: what the schedule calls at midnight.
import { houseInTheCloud } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';
import { night } from '../night.ts';

const house = houseInTheCloud(readConfig(needs.night));

export const handler = async (): Promise<void> => {
  for (const report of await night(house)) console.log(JSON.stringify(report));
};
