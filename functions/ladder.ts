// The measures a month asks for, from the table: by the ladder from its cases, the cases of earlier open months, the
// tallies of frozen ones and what the old ledgers say of those before; by what its scores came to once it is frozen.
import { type Measure, measuresOf, monthsBefore } from '../shared/measure.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { CountedCase } from '../shared/score.ts';
import { measuresOfScores, monthsScored, type ScoredMonth } from '../shared/score-measures.ts';
import { type Tally, talliesOf } from '../shared/tally.ts';
import type { Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { currentFacts, loadCut, recompute } from './month-facts.ts';
import { openingsIn } from './openings.ts';

/** The tallies of a frozen month; made anew from its cut where they were written before cases were kept once each. */
const talliesIn = async (house: House, centre: string, month: Month): Promise<Tally[]> => {
  const tallies = await house.store.tallies(centre, month);
  if (tallies.every(({ personTimes, incidents, cases }) => cases || personTimes + incidents === 0))
    return tallies;
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (!head?.state.cut) return tallies;
  const { book, facts } = await recompute(house, centre, month, head.state.cut);
  return talliesOf(book, month, facts.cases, [], []);
};

/**
 * Derives the measures of one month; `cases` are the month's own, at whatever versions the caller looks at, `frozen` its
 * frozen scores where the caller has them at hand.
 */
export const measuresIn = async (
  house: House,
  centre: string,
  book: RuleBook,
  month: Month,
  cases: readonly CountedCase[],
  frozen?: ScoredMonth,
): Promise<Measure[]> => {
  const earlier = monthsBefore(book, month);
  const openings = openingsIn(house, centre, book, earlier);
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
      if (frozen) tallies.push(...(await talliesIn(house, centre, id)));
      else all.push(...(await currentFacts(house, centre, id)).cases);
    }),
  );
  const { cases: old, done } = await openings;
  return [
    ...measuresOf(book, month, [...all, ...old], tallies, done),
    ...(await scoreMeasures(house, centre, book, month, frozen)),
  ];
};

/** While a month still moves nobody is told off for where they stand; only frozen ones are looked at. */
const scoreMeasures = async (
  house: House,
  centre: string,
  book: RuleBook,
  month: Month,
  frozen?: ScoredMonth,
): Promise<Measure[]> => {
  const months = monthsScored(book, month);
  if (months.length === 0) return [];
  const known = new Map<Month, ScoredMonth>(frozen ? [[month, frozen]] : []);
  await Promise.all(
    months.map(async (each) => {
      const found = known.has(each) ? undefined : await frozenMonth(house, centre, each);
      if (found) known.set(each, found);
    }),
  );
  return measuresOfScores(book, month, known);
};

const frozenMonth = async (house: House, centre: string, month: Month): Promise<ScoredMonth | undefined> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return undefined;
  const [{ people }, scored] = await Promise.all([
    loadCut(house, centre, month, head.state.cut),
    house.store.frozenScores(centre, month),
  ]);
  return { people, scores: scored.people, units: scored.units };
};
