// `npm run verify`: replays every centre of a data folder whose platform is stopped and says whether the records are
// whole. Ends with 1 at the first thing that is not, which it names.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { createEvidenceStore } from '../functions/evidence-store.ts';
import { createHouse } from '../functions/house.ts';
import { createSealStore } from '../functions/seal-store.ts';
import { createStore } from '../functions/store.ts';
import { accessLogName, engineKeys, evidenceBucket, papersBucket, tableName } from './machine.ts';
import { startObjectStore } from './object-store.ts';
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
  const objects = await startObjectStore({ folder: join(folder, 'objects'), credentials, port: 0 });
  const s3 = new S3Client({ endpoint: objects.url, region: 'local', forcePathStyle: true, credentials });
  const client = new DynamoDBClient({ endpoint: engine.url, region: 'local', credentials });
  try {
    const now = new Date().toISOString();
    const store = createStore({ client, table: tableName });
    const house = createHouse({
      store,
      files: createEvidenceStore({ client: async () => s3, bucket: evidenceBucket }),
      seals: createSealStore({ client: async () => s3, bucket: papersBucket }),
      clock: () => now,
    });
    const accessLog = existsSync(join(folder, accessLogName)) ? join(folder, accessLogName) : undefined;
    let bad = 0;
    for (const { sk: centre, name } of await store.centres()) {
      const found = await verifyCentre(store, centre, now, house, accessLog);
      console.log(
        [
          `${name} (${centre})`,
          `streams: ${found.streams}`,
          `events: ${found.events} on ${found.days} days`,
          `receipts: ${found.receipts}`,
          `seals: ${found.seals} over ${found.sealed} events`,
          `frozen months: ${found.frozen}, scores recomputed: ${found.scores}`,
          `files read: ${found.files}`,
          `addresses used to look at files, each with its row: ${found.looks}`,
          `purged texts: ${found.purgedTexts}`,
          `bad: ${found.bad.length}`,
        ].join('\n  '),
      );
      if (found.bad[0] !== undefined) console.error(`记录不完整,首条 · not whole, first: ${found.bad[0]}`);
      bad += found.bad.length;
    }
    return bad === 0 ? 0 : 1;
  } finally {
    client.destroy();
    s3.destroy();
    await objects.close();
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
