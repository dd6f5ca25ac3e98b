// What one month keeps of a person beside cases, deeds and talks: titles, measures, leave, cover, figures, sums. As they may
// see it themselves, and cut down to themselves.
import type { Actor } from '../shared/access.ts';
import type { AwardState } from '../shared/award.ts';
import type { StreamKind, StreamRef } from '../shared/ids.ts';
import type { Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { figurePartition } from './keys.ts';
import { shownTo } from './read.ts';
import { readEvent } from './store.ts';

/** Where a person's file has what a kind of stream says of them, or why nothing. A new kind must be thought about here. */
export const placeInFile: Record<StreamKind, { in: string } | { not: string }> = {
  case: { in: 'records' },
  bonus: { in: 'records' },
  talk: { in: 'records' },
  opening: { in: 'records' },
  objection: { in: 'records' },
  enforcement: { in: 'measures' },
  award: { in: 'titles' },
  figure: { in: 'figures' },
  leave: { in: 'leave' },
  cover: { in: 'cover' },
  registry: { in: 'register' },
  lookup: { in: 'takings' },
  complaint: { not: 'what it led to is a case; the complaint itself would tell who complained' },
  rectification: { not: 'names departments and contractors only' },
  inspection: { not: 'names who walked it, on duty' },
  letter: { not: 'states departments and counts; its cases stand in the records' },
  month: { not: 'names who summed and froze it, on duty' },
  rulebook: { not: 'names nobody' },
};

export interface Named {
  id: string;
}
export interface PersonMonth {
  scores: unknown[];
  tallies: unknown[];
  measures: Named[];
  titles: Named[];
  figures: Named[];
  leave: Named[];
  cover: Named[];
}

/** Somebody's own part in a title: whether they could have it, what was put forward of them, where they came. */
const titleOf = (state: AwardState, told: AwardState | undefined, person: string): Named | undefined => {
  const among = (list: readonly string[]): boolean => list.includes(person);
  const own = state.nominated.filter((one) => one.person === person);
  // Before it is told to all, who won stays in the office; that somebody was put forward is their own.
  const open = told !== undefined && told.stage !== 'open' ? told : undefined;
  const recipient = open?.recipients.find((one) => one.person === person);
  const part = {
    ...{ eligible: among(state.eligible), heldBack: among(state.heldBack), nominated: own },
    ...(recipient === undefined ? {} : { recipient }),
    ...(open && among(open.reserve) ? { reserve: true } : {}),
    ...(open && among(open.withdrawn) ? { withdrawn: true } : {}),
  };
  const { id, month, title, stage } = state;
  const named =
    part.eligible || part.heldBack || own.length > 0 || 'recipient' in part || 'withdrawn' in part;
  return named ? { ...{ id, month, title, stage }, ...part } : undefined;
};

/** What was written of them when they were put forward. */
const materialOf = async (house: House, centre: string, ref: StreamRef, person: string): Promise<string[]> =>
  (await house.store.events(centre, ref)).flatMap((item) => {
    const { event } = readEvent(item);
    return event.type === 'award.nominated' && event.person === person ? [event.material.text] : [];
  });

export const monthOfPerson = async (
  house: House,
  centre: string,
  eyes: Actor,
  person: string,
  month: Month,
): Promise<PersonMonth> => {
  const now = house.clock();
  const [heads, roster, figures] = await Promise.all([
    house.store.month(centre, month),
    house.store.roster(centre, month),
    house.store.partitionHeads(centre, 'figure', figurePartition(centre, month)),
  ]);
  return {
    scores: heads.scores.filter((score) => score.person === person),
    tallies: heads.tallies.filter(({ subject }) => 'person' in subject && subject.person === person),
    measures: heads.enforcement.flatMap(({ state }) => {
      const seen = 'person' in state.subject && state.subject.person === person;
      const shown = seen ? shownTo(eyes, 'enforcement', state, now) : undefined;
      return shown ? [shown.state] : [];
    }),
    titles: await Promise.all(
      heads.award.flatMap(({ ref, state }) => {
        const own = titleOf(state, shownTo(eyes, 'award', state, now)?.state, person);
        return own ? [materialOf(house, centre, ref, person).then((material) => ({ ...own, material }))] : [];
      }),
    ),
    figures: figures.flatMap(({ state: { id, figure, rows } }) => {
      const own = rows.filter(({ subject }) => subject === person);
      return own.length === 0 ? [] : [{ id, month, figure, rows: own }];
    }),
    leave: roster.leaves.flatMap(({ ref, state }) =>
      state.person === person ? [{ ...state, id: ref.id }] : [],
    ),
    cover: roster.covers.flatMap(({ ref, state }) => {
      const named = state.absent === person || state.filings.some(({ entry }) => entry?.person === person);
      return named ? [{ ...state, id: ref.id }] : [];
    }),
  };
};

/** The same with nobody else in it: the id of a colleague says no more than that there was one. */
export const withoutOthers = (value: unknown, others: ReadonlySet<string>): unknown => {
  if (typeof value === 'string') return others.has(value) ? '其他人员' : value;
  if (Array.isArray(value)) return value.map((one) => withoutOthers(one, others));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutOthers(member, others)]),
  );
};
