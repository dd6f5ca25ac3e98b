// What the scores of a month rest on beside its own heads, gathered from the table where the rule book asks for it. A cut
// keeps it whole, so that a frozen month comes again whatever happens to the months before it.
import { jointFactsOf, monthsBeside } from '../shared/beside.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import { type FrameKind, frameKinds, periodOf } from '../shared/rulebook-terms.ts';
import type { Beside, CountedBonus, CountedCase } from '../shared/score.ts';
import type { FigureFact } from '../shared/score-figures.ts';
import type { Month } from '../shared/time.ts';
import type { Desk, House } from './house.ts';
import { currentFacts } from './month-facts.ts';
import { factsOver, figureHeads } from './month-figures.ts';
import { openingsIn } from './openings.ts';

/**
 * The figures a book scores by: of the month, and, where a frame goes over several months, of the earlier ones of its
 * period too. undefined where it declares none that are handed in.
 */
const figuresFor = async (
  house: House,
  centre: string,
  book: RuleBook,
  month: Month,
): Promise<{ facts: FigureFact[]; heads: [id: string, version: number][] } | undefined> => {
  const declared = new Set(
    (book.figures ?? []).flatMap(({ kind, code }) => (kind === 'people' || kind === 'cases' ? [] : [code])),
  );
  if (declared.size === 0) return undefined;
  const within = (of: FrameKind, other: Month): boolean => {
    const period = book.frames[of]?.period ?? 'month';
    return periodOf(other, period) === periodOf(month, period);
  };
  const months = [month, ...monthsBeside(book, month)].filter((each) =>
    frameKinds.some((of) => within(of, each)),
  );
  const heads = (await Promise.all(months.map((each) => figureHeads(house, centre, each)))).flat();
  const own = heads.filter(
    ({ state }) => declared.has(state.figure) && within(state.of, state.month) && state.rows.length > 0,
  );
  return {
    facts: factsOver(
      book,
      own.map(({ state }) => state),
    ),
    heads: own.map(({ ref, version }) => [ref.id, version]),
  };
};

/** Earlier cases and bonuses, joint liability, figures; undefined for a book that looks at a month by itself. */
export const besideFor = async (...asked: Parameters<typeof restOf>): Promise<Beside | undefined> =>
  (await restOf(...asked)).beside;

/** The same, with the figures it rests on by id and version, for a cut. */
export const restOf = async (
  house: House,
  centre: string,
  desk: Desk,
  book: RuleBook,
  month: Month,
  cases: readonly CountedCase[],
): Promise<{ beside?: Beside; figures?: [id: string, version: number][] }> => {
  const months = monthsBeside(book, month);
  const joint = jointFactsOf(book, desk.registry, cases);
  const figures = await figuresFor(house, centre, book, month);
  if (months.length === 0 && joint === undefined && figures === undefined) return {};
  const earlier: CountedCase[] = (await openingsIn(house, centre, book, months)).cases;
  const earlierBonuses: CountedBonus[] = [];
  for (const each of months) {
    const facts = await currentFacts(house, centre, each);
    earlier.push(...facts.cases);
    earlierBonuses.push(...facts.bonuses);
  }
  const beside: Beside = {
    month,
    ...(months.length > 0 ? { earlier, earlierBonuses } : {}),
    ...(joint === undefined ? {} : { joint }),
    ...(figures === undefined ? {} : { figures: figures.facts }),
  };
  return { beside, ...(figures === undefined ? {} : { figures: figures.heads }) };
};
