// A province's overview: one row a centre and frozen month, written when the month freezes. Whoever looks at the province
// reads these rows alone; no centre's partition is touched, and its cost grows with the centres, never with their records.
// Rows carry counts only: no person, no department, no case.
import * as z from 'zod';
import type { Tally } from '../shared/tally.ts';
import type { Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { monthPartition, projectedKey, provinceKey, provincePartition } from './keys.ts';

const counts = {
  /** 人次 by severity, over all persons. */
  minor: z.int(),
  evident: z.int(),
  serious: z.int(),
  personTimes: z.int(),
  /** Incidents without a person (起). */
  incidents: z.int(),
  letters: z.int(),
};
const row = z.strictObject({
  centre: z.string(),
  name: z.string(),
  month: z.string(),
  /** People scored. */
  people: z.int(),
  /** Mean of the totals, in hundredths of a point, rounded down. */
  meanScore: z.int(),
  ...counts,
});
export type ProvinceRow = z.infer<typeof row>;

/** Follow-up of `month.frozen`, after the month's projections are written. The same month gives the same row. */
export const writeProvinceRow = async (house: House, centre: string, of: Month): Promise<void> => {
  const { store } = house;
  if ((await store.get(projectedKey(centre, of), 'mark')) === undefined)
    throw new Error(`the projections of ${of} are not written yet`);
  const [tallies, scores, { registry }] = await Promise.all([
    store.tallies(centre, of),
    store.partition<{ score: string }>('scores', monthPartition(centre, of), 'SCORE#'),
    house.desk(centre),
  ]);
  const totals = scores.map(({ score }) => z.looseObject({ total: z.int() }).parse(JSON.parse(score)).total);
  const written: ProvinceRow = {
    centre,
    name: registry.centre.name,
    month: of,
    people: totals.length,
    meanScore:
      totals.length === 0 ? 0 : Math.floor(totals.reduce((sum, one) => sum + one, 0) / totals.length),
    ...summed(tallies),
  };
  await store.put({ ...provinceKey(of, centre), row: JSON.stringify(written) });
};

/** Persons' tallies count 人次; incidents without a person and letters stand with departments, once each. */
const summed = (tallies: readonly Tally[]): Pick<ProvinceRow, keyof typeof counts> => {
  const sum = { minor: 0, evident: 0, serious: 0, personTimes: 0, incidents: 0, letters: 0 };
  for (const tally of tallies) {
    if ('person' in tally.subject) {
      sum.minor += tally.minor;
      sum.evident += tally.evident;
      sum.serious += tally.serious;
      sum.personTimes += tally.personTimes;
    }
    if ('department' in tally.subject) {
      sum.incidents += tally.incidents;
      sum.letters += tally.letters;
    }
  }
  return sum;
};

/** The overview of a month: every centre that froze it, by id. One Query of small rows. */
export const readProvince = async (house: House, of: Month): Promise<ProvinceRow[]> =>
  (await house.store.partition<{ row: string }>('province', provincePartition(of))).map((item) =>
    row.parse(JSON.parse(item.row)),
  );
