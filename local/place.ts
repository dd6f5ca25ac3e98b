// Where a command of the operator works: the platform of a data folder, running or not, or a deployed stage by the
// outputs its deployment left and the operator's own credentials. Opens a house there and closes it again.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { createEvidenceStore } from '../functions/evidence-store.ts';
import { createHouse, type House } from '../functions/house.ts';
import { createSealStore } from '../functions/seal-store.ts';
import { openSignInBook } from '../functions/sign-in-book.ts';
import { createStore } from '../functions/store.ts';
import { createBuckets, createTable } from './create-table.ts';
import { engineKeys, evidenceBucket, papersBucket, tableName } from './machine.ts';
import { startObjectStore } from './object-store.ts';
import { StartProblem, startTableEngine } from './table-engine.ts';

export interface Place {
  house: House;
  s3: S3Client;
  evidence: string;
  papers: string;
  /** Who signs tokens there, when it is known. */
  issuer: string | undefined;
  /** In words, for the one line that says where something was done. */
  name: string;
  close(): Promise<void>;
}

const outputs = z.record(
  z.string(),
  z.object({
    Region: z.string(),
    TableName: z.string(),
    EvidenceBucket: z.string(),
    PapersBucket: z.string(),
    Issuer: z.string().optional(),
    /** Only where people sign in with passwords of our own. */
    SigningSecret: z.string().optional(),
  }),
);
/** What a running instance says of itself; see local/start.ts. */
const instance = z.object({ url: z.string(), pid: z.number(), table: z.string(), objects: z.string() });

const root = resolve(import.meta.dirname, '..');
const clock = (): string => new Date().toISOString();

interface Parts {
  table: string;
  evidence: string;
  papers: string;
  client: DynamoDBClient;
  s3: S3Client;
  /** Who signs tokens, where that is our own sign-in with passwords. */
  ownIssuer?: string | undefined;
}
const houseOf = ({ table, evidence, papers, client, s3, ownIssuer }: Parts): House =>
  createHouse({
    store: createStore({ client, table }),
    files: createEvidenceStore({ bucket: evidence, client: async () => s3 }),
    seals: createSealStore({ client: async () => s3, bucket: papers }),
    ...(ownIssuer === undefined
      ? {}
      : { builtIn: { issuer: ownIssuer, book: async () => openSignInBook({ client, table, clock }) } }),
    clock,
  });

/** @throws StartProblem in one line when the stage was never deployed from here */
const deployed = (stage: string): Place => {
  const file = join(root, '.build', `${stage}.outputs.json`);
  if (!existsSync(file))
    throw new StartProblem(
      `没有 .build/${stage}.outputs.json:请先 npm run deploy -- ${stage} · not deployed from here`,
    );
  const [told] = Object.values(outputs.parse(JSON.parse(readFileSync(file, 'utf8'))));
  if (!told) throw new StartProblem(`${file} 是空的 · is empty`);
  const client = new DynamoDBClient({ region: told.Region });
  const s3 = new S3Client({ region: told.Region, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const parts = {
    table: told.TableName,
    evidence: told.EvidenceBucket,
    papers: told.PapersBucket,
    client,
    s3,
    ownIssuer: told.SigningSecret === undefined ? undefined : told.Issuer,
  };
  return {
    house: houseOf(parts),
    s3,
    evidence: told.EvidenceBucket,
    papers: told.PapersBucket,
    issuer: told.Issuer,
    name: `${stage} (${told.Region})`,
    close: async () => {
      client.destroy();
      s3.destroy();
    },
  };
};

const runningAt = (folder: string): z.infer<typeof instance> | undefined => {
  const note = join(folder, 'instance.json');
  if (!existsSync(note)) return undefined;
  const read = instance.safeParse(JSON.parse(readFileSync(note, 'utf8')));
  if (!read.success) return undefined;
  try {
    process.kill(read.data.pid, 0);
    return read.data;
  } catch {
    return undefined; // it went without saying so
  }
};

/** The engines of a data folder; when it is empty but for its keys, with nothing in them. */
export const onThisMachine = async (folder: string): Promise<Place> => {
  if (!existsSync(join(folder, 'engine-keys.json')))
    throw new StartProblem(
      `${folder} 中没有数据,请先 npm start · holds no data, name the folder with DATA_DIR`,
    );
  const credentials = engineKeys(folder);
  const running = runningAt(folder);
  const stops: (() => Promise<void>)[] = [];
  let where = running;
  if (!where) {
    const engine = await startTableEngine({
      folder: join(folder, 'table'),
      accessKeyId: credentials.accessKeyId,
    });
    stops.push(engine.stop);
    const objects = await startObjectStore({ folder: join(folder, 'objects'), credentials, port: 0 });
    stops.push(objects.close);
    where = { url: '', pid: process.pid, table: engine.url, objects: objects.url };
  }
  const client = new DynamoDBClient({ endpoint: where.table, region: 'local', credentials });
  const s3 = new S3Client({
    ...{ endpoint: where.objects, region: 'local', forcePathStyle: true, credentials },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  if (!running) {
    await createTable(client, tableName);
    await createBuckets(s3, { evidence: evidenceBucket, papers: papersBucket, origin: 'http://localhost' });
  }
  return {
    house: houseOf({ table: tableName, evidence: evidenceBucket, papers: papersBucket, client, s3 }),
    s3,
    evidence: evidenceBucket,
    papers: papersBucket,
    issuer: running && `${running.url}/oidc`,
    name: folder,
    close: async () => {
      client.destroy();
      s3.destroy();
      for (const stop of stops.reverse()) await stop();
    },
  };
};

/** `--stage` names a deployment; without it, DATA_DIR or `.data` of this machine. */
export const openPlace = async (stage: string | undefined): Promise<Place> =>
  stage === undefined ? onThisMachine(resolve(process.env.DATA_DIR || '.data')) : deployed(stage);
