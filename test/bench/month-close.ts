// How long a month takes to close: sum, freeze and projection, 300 staff and 1000 cases, on the engines on disk.
import { randomUUID } from 'node:crypto';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { centre, type Figure, month, openHall, value } from './hall.ts';
import { countedHead, fillMonth } from './units.ts';

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
    return [
      { name: 'month close, 300 staff and 1000 cases, ms', value: (frozen - start).toFixed(0) },
      {
        name: 'of it sum / freeze with projection, ms',
        value: `${(summed - start).toFixed(0)} / ${(frozen - summed).toFixed(0)}`,
      },
    ];
  } finally {
    await hall.close();
  }
};
