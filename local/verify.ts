// `npm run verify`: replays every centre of a data folder whose platform is stopped and says whether the records are
// whole. Ends with 1 at the first thing that is not, which it names.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createStore } from '../functions/store.ts';
import { engineKeys, tableName } from './machine.ts';
import { StartProblem, startTableEngine } from './table-engine.ts';
import { verifyCentre } from './verification.ts';

const folder = resolve(process.env.DATA_DIR || '.data');

const main = async (): Promise<number> => {
  if (!existsSync(join(folder, 'engine-keys.json')))
    throw new StartProblem(`${folder} 中没有数据 · holds no data, name the folder with DATA_DIR`);
  const credentials = engineKeys(folder);
  const engine = await startTableEngine({
    folder: join(folder, 'table'),
    accessKeyId: credentials.accessKeyId,
  });
  const client = new DynamoDBClient({ endpoint: engine.url, region: 'local', credentials });
  try {
    const store = createStore({ client, table: tableName });
    let bad = 0;
    for (const { sk: centre, name } of await store.centres()) {
      const found = await verifyCentre(store, centre, new Date().toISOString());
      console.log(
        [
          `${name} (${centre})`,
          `streams: ${found.streams}`,
          `events: ${found.events} on ${found.days} days`,
          `receipts: ${found.receipts}`,
          `purged texts: ${found.purgedTexts}`,
          `bad: ${found.bad.length}`,
        ].join('\n  '),
      );
      if (found.bad[0] !== undefined) console.error(`记录不完整 · not whole: ${found.bad[0]}`);
      bad += found.bad.length;
    }
    return bad === 0 ? 0 : 1;
  } finally {
    client.destroy();
    await engine.stop();
  }
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  },
);
