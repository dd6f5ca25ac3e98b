// How long a month takes to close: sum, freeze and projection, 300 staff and 1000 cases, on the engines on disk; and how
// long, how large and with how much memory it then leaves the house as one file: one request, which has 20 seconds.
import { randomUUID } from 'node:crypto';
import { eventPartition, type Key } from '../../functions/keys.ts';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { exportMonth } from '../../functions/month-export.ts';
import { type BenchHall, centre, type Figure, month, openHall, value } from './hall.ts';
import { copyOf, countedHead, fillMonth } from './units.ts';

const grantOf = (person: string, role: 'auditor') => ({
  ...{ kind: 'grant' as const, id: `${person}-${role}`, person, role, from: '2025-01-01' },
});

/** The history of each copied case: the template's, under its own name. */
const fillStreams = async (
  hall: BenchHall,
  template: Key & Record<string, unknown>,
  count: number,
): Promise<void> => {
  const idOf = (head: Key): string => head.sk.slice('CASE#'.length);
  const pkOf = (id: string): string => eventPartition(centre, { kind: 'case', id });
  const events = await hall.house.store.partition<Key & Record<string, unknown>>(
    'template',
    pkOf(idOf(template)),
  );
  const items: (Key & Record<string, unknown>)[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const id = idOf(copyOf(template, { centre, month, person: 'chuang-0001', nth }));
    for (const { gsi1pk: _day, gsi1sk: _time, ...event } of events) items.push({ ...event, pk: pkOf(id) });
  }
  const quarter = Math.ceil(items.length / 4);
  await Promise.all(
    [0, 1, 2, 3].map((nth) => hall.house.store.putAll(items.slice(nth * quarter, (nth + 1) * quarter))),
  );
};

export const monthClose = async (): Promise<Figure[]> => {
  const hall = await openHall();
  try {
    const template = await countedHead(hall);
    await fillMonth(hall, template, 999);
    hall.clock.set('2026-07-08T02:00:00.000Z');
    const [clerk, director] = [await hall.actor('ban'), await hall.actor('chu')];
    await hall.machine.settled();
    const start = performance.now();
    value(await sumMonth(hall.house, centre, clerk, { commandId: randomUUID(), month }));
    const summed = performance.now();
    value(await freezeMonth(hall.house, centre, director, { commandId: randomUUID(), month }));
    const frozen = performance.now();
    await fillStreams(hall, template, 999);
    await hall.machine.settled();
    const auditor = { person: 'ji', grants: [grantOf('ji', 'auditor')], system: false };
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const exporting = performance.now();
    const told = value(await exportMonth(hall.house, centre, auditor, { month }));
    const exported = performance.now() - exporting;
    const grown = Math.max(0, process.memoryUsage().rss - before);
    if (told.streams < 1000) throw new Error(`only ${told.streams} streams left the house`);
    return [
      { name: 'month close, 300 staff and 1000 cases, ms', value: (frozen - start).toFixed(0) },
      {
        name: 'of it sum / freeze with projection, ms',
        value: `${(summed - start).toFixed(0)} / ${(frozen - summed).toFixed(0)}`,
      },
      {
        name: `month export, ${told.streams} streams and ${told.events} events, ms`,
        value: exported.toFixed(0),
      },
      {
        name: 'of it size of the file / growth of memory, MB',
        value: `${(told.size / 1e6).toFixed(1)} / ${(grown / 1e6).toFixed(0)}`,
      },
    ];
  } finally {
    await hall.close();
  }
};
