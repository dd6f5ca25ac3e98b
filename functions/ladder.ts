// The measures a month asks for, from the table: its cases, the cases of earlier open months, the tallies of frozen ones.
import { type Measure, measuresOf, monthsBefore } from '../shared/measure.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { CountedCase } from '../shared/score.ts';
import type { Tally } from '../shared/tally.ts';
import type { Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { currentFacts } from './month-facts.ts';

/** Derives the measures of one month; `cases` are the month's own, at whatever versions the caller looks at. */
export const measuresIn = async (
  house: House,
  centre: string,
  book: RuleBook,
  month: Month,
  cases: readonly CountedCase[],
): Promise<Measure[]> => {
  const earlier = monthsBefore(book, month);
  const heads = await house.store.heads(
    centre,
    earlier.map((id) => ({ kind: 'month' as const, id })),
  );
  const all: CountedCase[] = [...cases];
  const tallies: Tally[] = [];
  await Promise.all(
    earlier.map(async (id) => {
      const head = heads.get(`month/${id}`);
      const frozen = head?.ref.kind === 'month' && 'stage' in head.state && head.state.stage === 'frozen';
      if (frozen) tallies.push(...(await house.store.tallies(centre, id)));
      else all.push(...(await currentFacts(house, centre, id)).cases);
    }),
  );
  return measuresOf(book, month, all, tallies);
};
