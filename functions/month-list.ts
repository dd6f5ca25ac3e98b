// The months of a year back with how far each has come and by when its sums and candidates are due. Changes nothing.
import { type Actor, about, may } from '../shared/access.ts';
import { type Calendar, nextWorkdayOnOrAfter } from '../shared/calendar.ts';
import type { MonthState } from '../shared/month.ts';
import { ok, type Result } from '../shared/problems.ts';
import {
  type Day,
  dayOf,
  firstDayOf,
  type Instant,
  lastDayOf,
  type Month,
  monthOf,
  plusMonths,
} from '../shared/time.ts';
import type { House } from './house.ts';
import { monthsPartition } from './keys.ts';

interface MonthRow {
  month: Month;
  stage: MonthState['stage'];
  version: number;
  summedAt?: Instant;
  frozenAt?: Instant;
  ruleBook?: string;
  heads?: number;
  sumBy?: Day;
  candidatesBy?: Day;
}

const monthsShown = 12;

/** A day of the following month, moved on when nobody works (顺延); undefined while that year's calendar is missing. */
const dueOn = (calendar: Calendar, month: Month, dayOfMonth: number): Day | undefined => {
  const day = nextWorkdayOnOrAfter(
    calendar,
    `${plusMonths(month, 1)}-${String(dayOfMonth).padStart(2, '0')}`,
  );
  return day.ok ? day.value : undefined;
};

/** Refuses who may see no month at all. A month nobody has summed is open, with version 0. */
export const listMonths = async (
  house: House,
  centre: string,
  actor: Actor,
): Promise<Result<{ items: MonthRow[]; next: null }>> => {
  const now = house.clock();
  const desk = await house.desk(centre);
  const last = monthOf(now);
  const first = plusMonths(last, 1 - monthsShown);
  // Who led a grid in one of them may look back at it.
  const facts = about({
    grids: [...desk.registry.of.grid.keys()],
    days: { from: firstDayOf(first), until: lastDayOf(last) },
  });
  const allowed = may(actor, 'month.read', facts, dayOf(now));
  if (!allowed.ok) return allowed;
  const heads = new Map(
    (await house.store.partitionHeads(centre, 'month', monthsPartition(centre))).map((head) => [
      head.ref.id,
      head,
    ]),
  );
  const items: MonthRow[] = [];
  for (let month = last; month >= first; month = plusMonths(month, -1)) {
    const head = heads.get(month);
    const book = await house.ruleBookInForce(centre, desk, month);
    if (!head && !book.ok) continue;
    const cut = head?.state.cut;
    const settings = book.ok ? book.value.book.settings : undefined;
    const sumBy = settings && dueOn(desk.calendar, month, settings.sumByDayOfMonth);
    const candidatesBy = settings && dueOn(desk.calendar, month, settings.candidatesByDayOfMonth);
    items.push({
      month,
      stage: head?.state.stage ?? 'open',
      version: head?.version ?? 0,
      ...(cut ? { summedAt: cut.takenAt, ruleBook: cut.ruleBook, heads: cut.heads } : {}),
      ...(head?.state.frozenAt === undefined ? {} : { frozenAt: head.state.frozenAt }),
      ...(sumBy === undefined ? {} : { sumBy }),
      ...(candidatesBy === undefined ? {} : { candidatesBy }),
    });
  }
  return ok({ items, next: null });
};
