// A round as it is walked on this device: begun by the first mark, marks kept at every tap and handed to the queue in
// batches, ended by hand. A window nobody marked stays 未查. Sends nothing.
import * as z from 'zod';
import { newInspectionId } from '../../shared/ids.ts';
import { dayOf } from '../../shared/time.ts';
import { houseNow } from '../clock.ts';
import { changed, database, enqueue, type LocalRound, type Mark, readQueue } from '../outbox-db.ts';
import type { Me } from '../visitor-here.ts';

/** Begins a round of a grid; nothing is in the house yet, but the command to open it is in the queue. */
export const beginRound = async (
  me: Me,
  grid: { id: string; name: string },
  route: readonly string[],
): Promise<LocalRound> => {
  const open = crypto.randomUUID();
  const startedAt = houseNow().toISOString();
  const id = newInspectionId(dayOf(startedAt), open);
  const round: LocalRound = {
    ...{ id, open, person: me.person, grid: grid.id, startedAt },
    ...{ marks: {}, unsaved: [], route: [...route], last: open },
  };
  await (await database()).put('rounds', round);
  await enqueue({
    ...{ id: open, person: me.person, personName: me.name, path: '/api/inspections' },
    // A suggested way goes through several grids: its windows are what is planned.
    body: {
      ...{ kind: 'patrol', startedAt },
      ...(route.length > 0 ? { windows: [...route] } : { grid: grid.id }),
    },
    title: `开始巡查 · ${grid.name}`,
    madeAt: startedAt,
    creates: id,
  });
  return round;
};

export const roundsHere = async (person: string): Promise<LocalRound[]> =>
  (await (await database()).getAll('rounds'))
    .filter((round) => round.person === person)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));

/** A round that was begun on another tablet, gone on with on this one. */
export const adopt = async (
  me: Me,
  found: { id: string; grid?: string | undefined; startedAt: string; looks: readonly Mark[] },
): Promise<LocalRound | undefined> => {
  if (found.grid === undefined) return undefined;
  const round: LocalRound = {
    ...{ id: found.id, open: '', person: me.person, grid: found.grid, startedAt: found.startedAt },
    marks: Object.fromEntries(found.looks.map((look) => [look.window, { ...look }])),
    ...{ unsaved: [], route: [], last: '' },
  };
  await (await database()).put('rounds', round);
  return round;
};

/** Never before what was noted last: the device's clock may have been set back meanwhile. */
const momentOf = (round: LocalRound): string =>
  [houseNow().toISOString(), round.startedAt, ...Object.values(round.marks).map(({ at }) => at)]
    .sort()
    .at(-1) ?? round.startedAt;

/** Marks windows; kept before the answer comes. The same mark again is taken back as long as it was not handed over. */
export const mark = async (
  round: LocalRound,
  marks: readonly Omit<Mark, 'at'>[],
  how: { takeBack?: boolean } = {},
): Promise<LocalRound> => {
  const at = momentOf(round);
  const next = { ...round, marks: { ...round.marks }, unsaved: [...round.unsaved] };
  for (const one of marks) {
    const before = next.marks[one.window];
    if (how.takeBack && before?.result === one.result && next.unsaved.includes(one.window)) {
      delete next.marks[one.window];
      next.unsaved = next.unsaved.filter((id) => id !== one.window);
      continue;
    }
    next.marks[one.window] = { ...one, at };
    if (!next.unsaved.includes(one.window)) next.unsaved.push(one.window);
  }
  await (await database()).put('rounds', next);
  changed();
  return next;
};

/** Takes marks back as far as they were not handed over; such a window is 未查 again. */
export const takeBack = async (round: LocalRound, windows: readonly string[]): Promise<LocalRound> => {
  const back = new Set(windows.filter((id) => round.unsaved.includes(id)));
  const next = {
    ...round,
    marks: Object.fromEntries(Object.entries(round.marks).filter(([id]) => !back.has(id))),
    unsaved: round.unsaved.filter((id) => !back.has(id)),
  };
  await (await database()).put('rounds', next);
  changed();
  return next;
};

const perBatch = 100;

const bare = (mark: Mark) => ({
  window: mark.window,
  at: mark.at,
  result: mark.result,
  staffSeen: mark.staffSeen,
});

/** Hands what was marked to the queue. */
export const saveMarks = async (me: Me, round: LocalRound, gridName: string): Promise<LocalRound> => {
  let next = round;
  while (next.unsaved.length > 0) {
    const batch = next.unsaved.slice(0, perBatch);
    const id = crypto.randomUUID();
    const looks = batch.flatMap((window) => next.marks[window] ?? []).map(bare);
    await enqueue({
      ...{ id, person: me.person, personName: me.name },
      path: `/api/inspections/${encodeURIComponent(round.id)}/record`,
      body: { looks },
      title: `巡查记录 · ${gridName} ${looks.length} 个窗口`,
      madeAt: momentOf(next),
      ...(next.last === '' ? {} : { needs: next.last }),
    });
    next = { ...next, unsaved: next.unsaved.slice(batch.length), last: id };
    await (await database()).put('rounds', next);
  }
  return next;
};

/** Ends a round: what is marked is handed over, then the end itself; the round leaves this device. */
export const endRound = async (me: Me, round: LocalRound, gridName: string): Promise<void> => {
  const saved = await saveMarks(me, round, gridName);
  const endedAt = momentOf(saved);
  await enqueue({
    ...{ id: crypto.randomUUID(), person: me.person, personName: me.name },
    path: `/api/inspections/${encodeURIComponent(round.id)}/close`,
    body: { endedAt },
    title: `结束巡查 · ${gridName}`,
    madeAt: endedAt,
    ...(saved.last === '' ? {} : { needs: saved.last }),
  });
  await (await database()).delete('rounds', round.id);
  changed();
};

const queuedLooks = z.array(z.looseObject({ window: z.string(), at: z.string(), result: z.string() }));

/** When each window was really looked at by what lies on this device: its rounds, and what waits to be sent. */
export const seenHere = async (person: string): Promise<ReadonlyMap<string, string>> => {
  const seen = new Map<string, string>();
  const note = ({ window, at, result }: { window: string; at: string; result: string }): void => {
    if (result !== 'notSeen' && at > (seen.get(window) ?? '')) seen.set(window, at);
  };
  for (const { marks } of await roundsHere(person)) for (const one of Object.values(marks)) note(one);
  for (const { body, person: by } of (await readQueue()).records) {
    const looks = by === person ? queuedLooks.safeParse(body.looks) : undefined;
    for (const look of looks?.data ?? []) note(look);
  }
  return seen;
};

const endedKey = 'mingchuang.ended';
/** Rounds ended here whose end may still be in the queue: the house calls them open. */
export const endedHere = (id: string): boolean =>
  (localStorage.getItem(endedKey) ?? '').split(',').includes(id);
export const rememberEnded = (id: string): void => {
  const kept = (localStorage.getItem(endedKey) ?? '').split(',').slice(-20);
  localStorage.setItem(endedKey, [...kept, id].join(','));
};
