// Titles of earlier months, by the awards and by the old ledgers: who won this one lately, and how often somebody won the
// one that makes a candidate. Reads only.

import { awardIdsIn } from '../shared/award-term.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { AwardRule } from '../shared/rulebook-award.ts';
import { type Period, periodOf } from '../shared/rulebook-terms.ts';
import { chineseMonth, type Month, plusMonths } from '../shared/time.ts';
import type { House } from './house.ts';
import { openingTitles } from './openings.ts';

/** What is known of one candidate's earlier titles. */
export interface EarlierTitles {
  /** The last month in which they won this one. */
  last?: Month;
  /** How often they won the one that counts towards it, in the period the rule names. */
  counted: number;
  /** What the old ledgers brought, in words. */
  told: string[];
}

/** Months before this one in which a title of the same kind is still recent, latest first. */
const lookedBack = (rule: AwardRule, month: Month): Month[] => {
  const back = Math.max(0, ...rule.criteria.map((one) => (one.by === 'notAwardedWithin' ? one.months : 0)));
  return Array.from({ length: back }, (_, index) => plusMonths(month, -1 - index));
};

/** This month and those before it in one calendar period, earliest first. */
const periodBefore = (month: Month, within: Period): Month[] =>
  Array.from({ length: 12 }, (_, back) => plusMonths(month, -back))
    .filter((each) => periodOf(each, within) === periodOf(month, within))
    .reverse();

/** The winners of a kind of title, award by award in the order of the months asked; `announced`: only those told in public. */
const winners = async (
  house: House,
  centre: string,
  code: string,
  cadence: AwardRule['cadence'] | undefined,
  months: readonly Month[],
  announced: boolean,
): Promise<{ month: Month; ids: string[] }[]> => {
  const asked = months.flatMap((month) => awardIdsIn(code, cadence, month).map((id) => ({ month, id })));
  const heads = await house.store.heads(
    centre,
    asked.map(({ id }) => ({ kind: 'award' as const, id })),
  );
  return asked.flatMap(({ month, id }) => {
    const head = heads.get(`award/${id}`);
    const recipients =
      head && 'recipients' in head.state && Array.isArray(head.state.recipients) ? head.state.recipients : [];
    return [
      {
        month,
        ids: recipients.flatMap(({ person, announcedAt }) =>
          announced && announcedAt === undefined ? [] : [person],
        ),
      },
    ];
  });
};

/** Everybody's earlier titles, as far back as a rule asks; who is not in it has none. */
export const earlierTitles = async (
  house: House,
  centre: string,
  book: RuleBook,
  rule: AwardRule,
  month: Month,
): Promise<Map<string, EarlierTitles>> => {
  const { earlier } = rule;
  const recent = lookedBack(rule, month);
  const period = earlier ? periodBefore(month, earlier.within) : [];
  const counts = book.awards.find(({ code }) => code === earlier?.award)?.cadence;
  const [own, counting, ownOld, countingOld] = await Promise.all([
    winners(house, centre, rule.code, rule.cadence, recent, false),
    earlier ? winners(house, centre, earlier.award, counts, period, true) : [],
    openingTitles(house, centre, rule.code, recent.toSorted()),
    earlier ? openingTitles(house, centre, earlier.award, period) : new Map<string, Month[]>(),
  ]);
  const found = new Map<string, EarlierTitles>();
  const of = (id: string): EarlierTitles => {
    const known = found.get(id) ?? { counted: 0, told: [] };
    found.set(id, known);
    return known;
  };
  const won = (id: string, when: Month): void => {
    const known = of(id);
    if (known.last === undefined || known.last < when) known.last = when;
  };
  for (const { month: when, ids } of own) for (const id of ids) won(id, when);
  for (const { ids } of counting) for (const id of ids) of(id).counted += 1;
  for (const [id, months] of ownOld) {
    for (const when of months) won(id, when);
    of(id).told.push(`期初:${months.map(chineseMonth).join('、')}获同一称号`);
  }
  for (const [id, months] of countingOld) {
    of(id).counted += months.length;
    of(id).told.push(`期初:${months.map(chineseMonth).join('、')}获所要求的称号,计${months.length}次`);
  }
  return found;
};
