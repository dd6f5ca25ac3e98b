// What a province's overview costs, and that it does not matter how many centres and months lie in the table: a hundred
// centres with a row for each of twelve months, on an engine in memory.
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createEvidenceStore } from '../../functions/evidence-store.ts';
import { createHouse } from '../../functions/house.ts';
import { provinceKey } from '../../functions/keys.ts';
import { readProvince } from '../../functions/province.ts';
import { createStore } from '../../functions/store.ts';
import { createTable } from '../../local/create-table.ts';
import { startTableEngine } from '../../local/table-engine.ts';
import type { ProvinceRow } from '../../shared/province.ts';
import { plusMonths } from '../../shared/time.ts';
import { type Figure, month } from './hall.ts';

const row = (nth: number, of: string): ProvinceRow => ({
  ...{ centre: `centre-${nth}`, name: `第${nth}区政务服务中心`, month: of, people: 260, meanScore: 9987 },
  ...{ minor: 40, evident: 25, serious: 2, personTimes: 67, incidents: 11, letters: 3 },
});

export const province = async (): Promise<Figure[]> => {
  const engine = await startTableEngine({ folder: 'memory' });
  try {
    const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
    const client = new DynamoDBClient({ endpoint: engine.url, region: 'local', credentials });
    const table = `bench-${randomUUID()}`;
    await createTable(client, table);
    let units = 0;
    const store = createStore({
      client,
      table,
      meter: (_operation, used) => {
        units += used;
      },
    });
    const files = createEvidenceStore({ bucket: '-', client: () => Promise.reject(new Error('no files')) });
    const house = createHouse({ store, files, clock: () => '2026-07-08T02:00:00.000Z' });
    const counted = async (doing: () => Promise<unknown>): Promise<number> => {
      units = 0;
      await doing();
      return units;
    };
    const put = (nth: number, of: string) =>
      counted(() => store.put({ ...provinceKey(of, `centre-${nth}`), row: JSON.stringify(row(nth, of)) }));
    const look = (of: string) => counted(() => readProvince(house, of));

    const first = await put(0, month);
    const one = await look(month);
    for (let nth = 1; nth < 100; nth += 1) await put(nth, month);
    const hundred = await look(month);
    let last = first;
    for (let back = 1; back < 12; back += 1)
      for (let nth = 0; nth < 100; nth += 1) last = await put(nth, plusMonths(month, -back));
    const crowded = await look(month);
    return [
      {
        name: "units to write a centre's row of a frozen month, first / in a full table",
        value: `${first} / ${last}`,
      },
      { name: 'units to read the overview of a month, 1 centre / 100 centres', value: `${one} / ${hundred}` },
      { name: 'the same among 100 centres with 12 months', value: String(crowded) },
      {
        name: "the province's units are the same with 12 months in the table",
        value: first === last && hundred === crowded ? 'yes' : 'NO',
      },
    ];
  } finally {
    await engine.stop();
  }
};
