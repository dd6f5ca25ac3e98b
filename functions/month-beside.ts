// What the scores of a month rest on beside its own heads, gathered from the table where the rule book asks for it. A cut
// keeps it whole, so that a frozen month comes again whatever happens to the months before it.
import { jointFactsOf, monthsBeside } from '../shared/beside.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { Beside, CountedBonus, CountedCase } from '../shared/score.ts';
import type { Month } from '../shared/time.ts';
import type { Desk, House } from './house.ts';
import { currentFacts } from './month-facts.ts';

/** Earlier cases and bonuses, and joint liability; undefined for a book that looks at a month by itself. */
export const besideFor = async (
  house: House,
  centre: string,
  desk: Desk,
  book: RuleBook,
  month: Month,
  cases: readonly CountedCase[],
): Promise<Beside | undefined> => {
  const months = monthsBeside(book, month);
  const joint = jointFactsOf(book, desk.registry, cases);
  if (months.length === 0 && joint === undefined) return undefined;
  const earlier: CountedCase[] = [];
  const earlierBonuses: CountedBonus[] = [];
  for (const each of months) {
    const facts = await currentFacts(house, centre, each);
    earlier.push(...facts.cases);
    earlierBonuses.push(...facts.bonuses);
  }
  return {
    month,
    ...(months.length > 0 ? { earlier, earlierBonuses } : {}),
    ...(joint === undefined ? {} : { joint }),
  };
};
