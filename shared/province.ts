// A centre's row of a frozen month as the office of a province sees it: counts only, no person, no department, no case.
import * as z from 'zod';
import { centreId, month } from './ids.ts';

export const provinceRow = z.strictObject({
  centre: centreId,
  name: z.string(),
  month,
  /** People scored. */
  people: z.int(),
  /** Mean of the totals, in hundredths of a point, rounded down. */
  meanScore: z.int(),
  /** 人次 by severity, over all persons. */
  minor: z.int(),
  evident: z.int(),
  serious: z.int(),
  personTimes: z.int(),
  /** Incidents without a person (起). */
  incidents: z.int(),
  letters: z.int(),
});
export type ProvinceRow = z.infer<typeof provinceRow>;
