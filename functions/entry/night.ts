// The night's work: what the schedule calls at midnight, and an hour later for the seals.
import { houseInTheCloud } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';
import { night } from '../night.ts';
import { sealAll } from '../seals.ts';

const house = houseInTheCloud(readConfig(needs.night));

export const handler = async (call?: { work?: string }): Promise<void> => {
  const reports = call?.work === 'seal' ? await sealAll(house) : await night(house);
  for (const report of reports) console.log(JSON.stringify(report));
};
