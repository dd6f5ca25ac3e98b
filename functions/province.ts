// A province's overview: one row a centre and frozen month, written when the month freezes. Whoever looks at the province
// reads these rows alone; no centre's partition is touched, and its cost grows with the centres, never with their records.
// Rows carry counts only: no person, no department, no case.
import * as z from 'zod';
import { type Actor, about, may } from '../shared/access.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { type ProvinceRow, provinceRow } from '../shared/province.ts';
import type { Tally } from '../shared/tally.ts';
import { dayOf, type Month } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { House } from './house.ts';
import { monthPartition, overseerKey, projectedKey, provinceKey, provincePartition } from './keys.ts';

type Counted = 'minor' | 'evident' | 'serious' | 'personTimes' | 'incidents' | 'letters';

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
const summed = (tallies: readonly Tally[]): Pick<ProvinceRow, Counted> => {
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
    provinceRow.parse(JSON.parse(item.row)),
  );

/** Lets a centre see the province: the operator's word, kept outside every register, so that no centre can say it of itself. */
export const letOversee = (house: House, centre: string): Promise<void> =>
  house.store.put({ ...overseerKey(centre), since: dayOf(house.clock()) });

/** The overview as a door. Refuses with `province.not-yours` where the operator did not let the centre oversee. */
export const readOverview = async (
  house: House,
  centre: string,
  actor: Actor,
  { month }: { month: Month },
): Promise<Result<View<'province.overview'>>> => {
  const allowed = may(actor, 'province.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  if ((await house.store.get(overseerKey(centre), 'overseer')) === undefined)
    return refuse('province.not-yours');
  return ok({ items: await readProvince(house, month), next: null });
};
