// The span a title is given for: a week, a month, a quarter, half a year or a year, and the ids of the titles of a kind
// that fall into a month. Pure; whether the span is over and frozen is asked elsewhere.
import { ok, type Result, refuse } from './problems.ts';
import type { AwardRule } from './rulebook-award.ts';
import { periodOf } from './rulebook-terms.ts';
import {
  chineseMonth,
  type Day,
  daysFrom,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOfDay,
  plusDays,
  plusMonths,
  weekdayOf,
} from './time.ts';

export interface Term {
  /** The award's id: `award-2026-11-star`, of a week `award-2026-11-smile-2026-11-09`. */
  id: string;
  /** The month it is kept under, the last of the span. */
  month: Month;
  months: Month[];
  from: Day;
  until: Day;
}

const monday = 1;

const weekTerm = (code: string, from: Day): Term => {
  const until = plusDays(from, 6);
  const month = monthOfDay(until);
  return {
    id: `award-${month}-${code}-${from}`,
    month,
    months: [...new Set([monthOfDay(from), month])],
    from,
    until,
  };
};

/**
 * The term of a title: for one of weeks, `week` is the Monday it begins with; for any other, `month` is the last of the
 * period. Refuses any other day or month.
 */
export const termOf = ({ code, cadence }: AwardRule, month: Month, week?: Day): Result<Term> => {
  if (cadence === 'week') {
    if (week === undefined || weekdayOf(week) !== monday) return refuse('award.week', week ?? '未填起始日');
    const term = weekTerm(code, week);
    return term.month === month ? ok(term) : refuse('award.week', `这一周归入${chineseMonth(term.month)}`);
  }
  if (week !== undefined) return refuse('award.week', '本项评选不按周');
  if (cadence !== 'month' && periodOf(plusMonths(month, 1), cadence) === periodOf(month, cadence))
    return refuse('award.period-open', `${chineseMonth(month)}不是本期最后一个月`);
  const months: Month[] = [month];
  for (
    let each = plusMonths(month, -1);
    periodOf(each, cadence) === periodOf(month, cadence);
    each = plusMonths(each, -1)
  )
    months.unshift(each);
  return ok({
    id: `award-${month}-${code}`,
    month,
    months,
    from: firstDayOf(months[0] ?? month),
    until: lastDayOf(month),
  });
};

/** The Mondays of the weeks that belong to a month: those whose Sunday lies in it. */
const mondaysOf = (month: Month): Day[] =>
  daysFrom(firstDayOf(month), lastDayOf(month))
    .filter((day) => weekdayOf(day) === 0)
    .map((sunday) => plusDays(sunday, -6));

/** The terms of a kind of title that are kept under a month: each of its weeks, or the one period that ends with it. */
export const termsIn = (rule: AwardRule, month: Month): Term[] =>
  rule.cadence === 'week'
    ? mondaysOf(month).map((monday) => weekTerm(rule.code, monday))
    : [termOf(rule, month)].flatMap((term) => (term.ok ? [term.value] : []));

/** The ids under which titles of a kind may lie in a month; by code alone, where the kind is of another book. */
export const awardIdsIn = (
  code: string,
  cadence: AwardRule['cadence'] | undefined,
  month: Month,
): string[] => {
  const whole = `award-${month}-${code}`;
  if (cadence !== undefined && cadence !== 'week') return [whole];
  const weeks = mondaysOf(month).map((day) => weekTerm(code, day).id);
  return cadence === 'week' ? weeks : [whole, ...weeks];
};
