// What a request costs in the units the table bills, alone in the table and among a hundred centres with a year each.
import { randomUUID } from 'node:crypto';
import { readBoard, readScore } from '../../functions/board.ts';
import { createHouse } from '../../functions/house.ts';
import type { Key } from '../../functions/keys.ts';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { createStore } from '../../functions/store.ts';
import { tableName } from '../../local/machine.ts';
import { type Month, plusMonths } from '../../shared/time.ts';
import { type BenchHall, centre, does, type Figure, finding, month, openHall, value } from './hall.ts';

interface Sum {
  read: number;
  write: number;
}

export interface UnitFigure {
  request: string;
  alone: Sum;
  crowded: Sum;
}

const staff = (nth: number): string =>
  nth < 268 ? `chuang-${String(nth + 1).padStart(4, '0')}` : `chuang-${733 + nth}`;

/** A real head of a case that counts, as the template of all others. */
export const countedHead = async (hall: BenchHall): Promise<Key & Record<string, unknown>> => {
  const { house } = hall;
  const id = (await does(house, await hall.actor('xun'), 'case.report', finding())).id;
  await through(hall, id);
  const item = await house.store.get<Key & Record<string, unknown>>(
    { pk: `${centre}#${month}`, sk: `CASE#${id}` },
    'template',
  );
  if (!item) throw new Error('the template is gone');
  return item;
};

/** Confirmed, told on paper, no objection. */
const through = async (hall: BenchHall, id: string): Promise<void> => {
  const { house } = hall;
  const leader = await hall.actor('ge-1');
  await does(house, leader, 'case.confirm', verdict, id);
  await does(house, leader, 'case.notify', notice, id);
  await does(house, await hall.actor('ban'), 'case.answer', noObjection, id);
};
const slip = {
  ...{ name: '签字页.jpg', kind: 'document', mediaType: 'image/jpeg', size: 90_000 },
  ...{ sha256: 'c'.repeat(64), takenAt: '2026-06-17T02:00:00.000Z' },
};
const noObjection = {
  ...{ noObjection: true, answer: '无异议,今后注意' },
  paper: { signedAt: '2026-06-17T02:00:00.000Z', evidence: [slip] },
};
const verdict = {
  severity: 'evident',
  clause: '4',
  minutes: 25,
  reason: '现场情况清楚,照片可以印证,本人当场承认',
};
const notice = { way: 'paper', deliveredAt: '2026-06-17T02:00:00.000Z', evidence: [slip] };

/** The template told of another centre, month, person and id. */
export const copyOf = (
  template: Key & Record<string, unknown>,
  to: { centre: string; month: Month; person: string; nth: number },
): Key & Record<string, unknown> => {
  const id = template.sk.slice('CASE#'.length);
  const fresh = `case-${to.month}-00000000-0000-4000-8000-${to.nth.toString(16).padStart(12, '0')}`;
  const text = JSON.stringify(template)
    .replaceAll(id, fresh)
    .replaceAll('chuang-0001', to.person)
    .replaceAll(month, to.month)
    .replaceAll(`"${centre}#`, `"${to.centre}#`)
    .replaceAll(`"${centre}"`, `"${to.centre}"`);
  return JSON.parse(text);
};

export const fillMonth = async (
  hall: BenchHall,
  template: Key & Record<string, unknown>,
  count: number,
): Promise<void> =>
  hall.house.store.putAll(
    Array.from({ length: count }, (_, nth) =>
      copyOf(template, { centre, month, person: staff((nth * 31) % 300), nth }),
    ),
  );

/** A hundred centres, each with heads in each of twelve months; two, since the engine writes some hundred a second. */
const crowd = async (hall: BenchHall, template: Key & Record<string, unknown>): Promise<void> => {
  const items: (Key & Record<string, unknown>)[] = [];
  for (let other = 0; other < 100; other += 1)
    for (let back = 0; back < 12; back += 1)
      for (let nth = 0; nth < 2; nth += 1)
        items.push(
          copyOf(template, {
            centre: `centre-${other}`,
            month: plusMonths(month, -back),
            person: staff(nth),
            nth: 100_000 + back * 10 + nth,
          }),
        );
  const quarter = items.length / 4;
  await Promise.all(
    [0, 1, 2, 3].map((nth) => hall.house.store.putAll(items.slice(nth * quarter, (nth + 1) * quarter))),
  );
};

/** Every request once in a fresh hall. `report` stands for the door's own reads too, its account look-up aside. */
const once = async (crowded: boolean): Promise<Map<string, Sum>> => {
  const sums = new Map<string, Sum>();
  let sum: Sum = { read: 0, write: 0 };
  const hall = await openHall();
  // A house of its own on the same table: what follows from events is not part of the request that made them.
  const house = createHouse({
    store: createStore({
      client: hall.machine.client,
      table: tableName,
      meter: (_operation, units, kind) => {
        sum[kind] += units;
      },
    }),
    files: hall.house.files,
    clock: hall.house.clock,
  });
  const measured = async <T>(request: string, doing: () => Promise<T>): Promise<T> => {
    sum = { read: 0, write: 0 };
    const done = await doing();
    sums.set(request, sum);
    return done;
  };
  try {
    const template = await countedHead(hall);
    // The registry is kept between requests.
    await house.ruleBook(centre, await house.desk(centre), month);
    if (crowded) await crowd(hall, template);
    await fillMonth(hall, template, 98);
    const inspector = await hall.actor('xun');
    const leader = await hall.actor('ge-1');
    const { id } = await measured('report a violation', () =>
      does(house, inspector, 'case.report', finding()),
    );
    await measured('confirm', () => does(house, leader, 'case.confirm', verdict, id));
    await measured('notify', () => does(house, leader, 'case.notify', notice, id));
    const clerk = await hall.actor('ban');
    await measured('answer', () => does(house, clerk, 'case.answer', noObjection, id));
    const director = await hall.actor('chu');
    const board = async () => value(await readBoard(house, centre, clerk, { month }));
    const open = await measured('board, open month', board);
    if (open.people.length < 300 || open.cases.length !== 100)
      throw new Error(`a board of ${open.people.length} people and ${open.cases.length} cases`);
    await measured('score, open month', async () =>
      value(await readScore(house, centre, clerk, { month, person: 'chuang-0001' })),
    );
    hall.clock.set('2026-07-08T02:00:00.000Z');
    await measured('sum a month', async () =>
      value(await sumMonth(house, centre, clerk, { commandId: randomUUID(), month })),
    );
    await measured('board, summed month', board);
    await measured('freeze a month', async () =>
      value(await freezeMonth(house, centre, director, { commandId: randomUUID(), month })),
    );
    await measured('board, frozen month', board);
    await measured('score, frozen month', async () =>
      value(await readScore(house, centre, clerk, { month, person: 'chuang-0001' })),
    );
    return sums;
  } finally {
    await hall.close();
  }
};

/** Both measurings side by side; docs/table.md prints the same. */
export const unitFigures = async (): Promise<UnitFigure[]> => {
  const alone = await once(false);
  const crowded = await once(true);
  return [...alone].map(([request, sum]) => ({
    request,
    alone: sum,
    crowded: crowded.get(request) ?? { read: Number.NaN, write: Number.NaN },
  }));
};

const said = ({ read, write }: Sum): string =>
  [...(write > 0 ? [`${write} write`] : []), ...(read > 0 ? [`${read} read`] : [])].join(', ');

export const units = async (): Promise<Figure[]> => {
  const figures = await unitFigures();
  const equal = figures.every(
    ({ alone, crowded }) => alone.read === crowded.read && alone.write === crowded.write,
  );
  return [
    ...figures.map(({ request, alone, crowded }) => ({
      name: `units to ${request}`,
      value: `${said(alone)} alone; ${said(crowded)} among 100 centres`,
    })),
    { name: 'units the same with 100 centres and 12 months in the table', value: equal ? 'yes' : 'NO' },
  ];
};
