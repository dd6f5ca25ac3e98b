// What the old ledgers say of earlier months (期初), as ladders, conversions and titles read it: one Query for the whole span.
import type { DoneBefore } from '../shared/measure.ts';
import { type OpeningState, openingCase, openingMeasure } from '../shared/opening.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { CountedCase } from '../shared/score.ts';
import type { Month } from '../shared/time.ts';
import type { House } from './house.ts';

export interface Openings {
  cases: CountedCase[];
  /** Talks and letters that were done then. */
  done: DoneBefore[];
}

const standing = async (house: House, centre: string, months: readonly Month[]): Promise<OpeningState[]> => {
  const [from, until] = [months[0], months.at(-1)];
  if (from === undefined || until === undefined) return [];
  const heads = await house.store.openings(centre, from, until);
  return heads.map(({ state }) => state).filter(({ stage }) => stage === 'standing');
};

/** Opening facts of some months in a row, earliest first, by a rule book's clauses. */
export const openingsIn = async (
  house: House,
  centre: string,
  book: RuleBook,
  months: readonly Month[],
): Promise<Openings> => {
  const found = await standing(house, centre, months);
  return {
    cases: found.flatMap((state) => openingCase(book, state) ?? []),
    done: found.flatMap((state) => openingMeasure(state) ?? []),
  };
};

/** Who won a title by the old ledgers, and in which months, earliest first. */
export const openingTitles = async (
  house: House,
  centre: string,
  award: string,
  months: readonly Month[],
): Promise<Map<string, Month[]>> => {
  const titles = new Map<string, Month[]>();
  for (const { fact } of await standing(house, centre, months))
    if (fact.kind === 'title' && fact.award === award)
      titles.set(fact.person, [...(titles.get(fact.person) ?? []), fact.month]);
  return titles;
};
