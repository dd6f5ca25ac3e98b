// What follows from an event, as one table. The stream brings events here soon after they are written; the nightly
// sweep brings those it missed. Every follow-up may be done twice without harm, leaves a completion mark, and is
// parked in the table, to be seen, when it fails. The stream is speed, not truth.
import { type Actor, about, may } from '../shared/access.ts';
import type { DomainEvent, Recorded } from '../shared/events.ts';
import type { StreamRef } from '../shared/ids.ts';
import { ok, type Result } from '../shared/problems.ts';
import { type Day, dayOf, daysFrom, plusDays } from '../shared/time.ts';
import { checkWhole, dropRejected, lockReceived } from './evidence.ts';
import type { House } from './house.ts';
import { eventOfKey, type Key, markKey, markPartition, parkedPartition } from './keys.ts';
import { projectMonth } from './month.ts';
import { type EventItem, readEvent } from './store.ts';
import { toldEvents } from './told-events.ts';
import { withdrawTalks } from './withdrawals.ts';

interface FollowUp {
  name: string;
  on: readonly DomainEvent['type'][];
  do(house: House, centre: string, recorded: Recorded): Promise<void>;
}

export const followUps: readonly FollowUp[] = [
  { name: 'check-whole', on: ['evidence.uploaded'], do: checkWhole },
  { name: 'lock', on: ['evidence.received'], do: lockReceived },
  { name: 'drop-rejected', on: ['evidence.rejected'], do: dropRejected },
  {
    name: 'project-month',
    on: ['month.frozen'],
    do: (house, centre, recorded) => projectMonth(house, centre, recorded.stream),
  },
  {
    name: 'typeset-letter',
    on: ['letter.numbered', 'letter.sealed', 'letter.issued'],
    do: async (house, centre, recorded) =>
      (await import('./letter-file.ts')).typesetLetter(house, centre, recorded),
  },
  {
    name: 'forget-complainant',
    on: ['complaint.complainantPurged'],
    do: async (house, centre, recorded) =>
      (await import('./complaints.ts')).forgetComplainant(house, centre, recorded),
  },
  {
    name: 'withdraw-talks',
    on: ['case.appealDecided', 'case.reassigned', 'case.transferred'],
    do: withdrawTalks,
  },
  {
    name: 'tell',
    on: toldEvents,
    do: async (house, centre, recorded) => (await import('./messages.ts')).tell(house, centre, recorded),
  },
  {
    name: 'province-row',
    on: ['month.frozen'],
    do: async (house, centre, recorded) =>
      (await import('./province.ts')).writeProvinceRow(house, centre, recorded.stream),
  },
];

const followingFrom = (type: DomainEvent['type']): FollowUp[] =>
  followUps.filter((followUp) => followUp.on.includes(type));

/** A mark with `failed` says only that it was tried; without, that it is done. */
interface Mark extends Key {
  failed?: number;
}

export interface Parked {
  pk: string;
  sk: string;
  /** Name of the error; never its text, which may carry what must not be shown. */
  error: string;
  tries: number;
  at: string;
}

const eventName = (ref: StreamRef, version: number): string => `${ref.kind}#${ref.id}#${version}`;

/** Does what follows from one event and was not done yet. Answers how many follow-ups failed and were parked. */
export const followEvent = async (house: House, centre: string, item: EventItem): Promise<number> => {
  const recorded = readEvent(item);
  let failed = 0;
  for (const followUp of followingFrom(recorded.event.type)) {
    const name = eventName(recorded.ref, recorded.version);
    const mark = markKey(centre, dayOf(recorded.at), name, followUp.name);
    const before = await house.store.get<Mark>(mark, 'mark');
    if (before && before.failed === undefined) continue;
    const parked: Key = { pk: parkedPartition(centre), sk: `${name}#${followUp.name}` };
    try {
      await followUp.do(house, centre, recorded);
      const tried = await house.store.exchange({ ...mark, at: house.clock() });
      if (tried?.failed !== undefined) await house.store.remove(parked);
    } catch (error) {
      // The stream and the sweep may be at it together: what one of them has done is not parked by the other.
      const tries = (before?.failed ?? 0) + 1;
      const at = house.clock();
      if (!(await house.store.putOnce({ ...mark, at, failed: tries }, 'failed'))) continue;
      failed += 1;
      await house.store.put({
        ...parked,
        error: error instanceof Error ? error.name : 'unknown',
        tries,
        at,
      });
      const since = await house.store.get<Mark>(mark, 'mark');
      if (since?.failed === undefined) await house.store.remove(parked);
    }
  }
  return failed;
};

/** Compares the journal of some days with the marks and does what is missing. Answers what it did and what failed. */
export const sweep = async (
  house: House,
  centre: string,
  since: Day,
): Promise<{ done: number; failed: number }> => {
  let done = 0;
  let failed = 0;
  for (const day of daysFrom(since, dayOf(house.clock()))) {
    const [keys, marks] = await Promise.all([
      house.store.index('journal', `${centre}#${day}`),
      house.store.partition<Mark>('marks', markPartition(centre, day)),
    ]);
    const marked = new Set(marks.flatMap((mark) => (mark.failed === undefined ? [mark.sk] : [])));
    const items = await house.store.eventItems(keys.map(({ pk, sk }) => ({ pk, sk })));
    for (const item of items) {
      const found = eventOfKey(item);
      if (!found) continue;
      const names = followingFrom(readEvent(item).event.type).map((followUp) => followUp.name);
      const open = names.filter((name) => !marked.has(`${eventName(found.ref, found.version)}#${name}`));
      if (open.length === 0) continue;
      const failures = await followEvent(house, centre, item);
      failed += failures;
      done += open.length - failures;
    }
  }
  return { done, failed };
};

/** How far back the sweep looks: what was parked longer stays visible in the list. */
export const sweepFrom = (today: Day): Day => plusDays(today, -3);

/** What is parked, for those who look after the house; names events and errors, never their content. */
export const readParked = async (
  house: House,
  centre: string,
  actor: Actor,
): Promise<
  Result<{ items: { followUp: string; error: string; tries: number; at: string }[]; next: null }>
> => {
  const allowed = may(actor, 'followUp.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const parked = await house.store.partition<Parked>('parked', parkedPartition(centre));
  return ok({
    items: parked.map(({ sk, error, tries, at }) => ({ followUp: sk, error, tries, at })),
    next: null,
  });
};
