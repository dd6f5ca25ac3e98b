// The whole platform on one machine: engines as children, the same handlers as in the cloud, streams polled, schedules
// ticking. Assembles only; what each part does stands in its own file.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createEvidenceStore } from '../functions/evidence-store.ts';
import { createHouse, type House } from '../functions/house.ts';
import { ownClientId } from '../functions/issuer-app.ts';
import { createPaperStore } from '../functions/paper-store.ts';
import { createSealStore } from '../functions/seal-store.ts';
import { createStore, type Meter } from '../functions/store.ts';
import type { Instant } from '../shared/time.ts';
import { createBuckets, createTable } from './create-table.ts';
import { acknowledgeWhenWritten } from './durable-writes.ts';
import { type Entries, loadEntries } from './entries.ts';
import { fontFolders, fontsIn } from './font-folders.ts';
import { gatewayTo } from './gateway.ts';
import { type Account, type BuiltInIssuer, createIssuer } from './issuer.ts';
import { startObjectStore } from './object-store.ts';
import { followStream } from './stream.ts';
import { StartProblem, startTableEngine } from './table-engine.ts';

export const tableName = 'mingchuang';
export const evidenceBucket = 'mingchuang-evidence';
export const papersBucket = 'mingchuang-papers';
export const audience = 'mingchuang';

export interface MachineOptions {
  /** Where everything lies; made when missing. */
  folder: string;
  port: number;
  /** As people reach it; by default `http://localhost:<port>`. */
  publicUrl?: string;
  tls?: { cert: string; key: string };
  clock?: () => Instant;
  meter?: Meter;
  /** Where the built web app lies; without it the address leads to the API's page. */
  web?: string;
  accounts(house: House): Promise<Account[]>;
}

export interface Machine {
  url: string;
  house: House;
  /** What schedules ring, as in the cloud. */
  jobs: Pick<Entries, 'night' | 'morning' | 'month'>;
  issuer: BuiltInIssuer;
  /** A client signed for the table engine, for verification and for tests. */
  client: DynamoDBClient;
  /** Where the engines answer, for commands that work beside a running platform. */
  engines: { table: string; objects: string };
  /** Waits until every event written so far has been followed. */
  settled(): Promise<void>;
  /** Resolves when the table engine has died by itself. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** In a data folder: who read what by a signed address. */
export const accessLogName = 'objects-access.log';

/** Keys of this machine's engines, made once: nobody else on the machine can guess them. */
export const engineKeys = (folder: string): { accessKeyId: string; secretAccessKey: string } => {
  const file = join(folder, 'engine-keys.json');
  if (!existsSync(file)) {
    const keys = {
      accessKeyId: `MC${randomBytes(9).toString('hex')}`,
      secretAccessKey: randomBytes(24).toString('hex'),
    };
    writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  }
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (
    typeof read === 'object' &&
    read !== null &&
    'accessKeyId' in read &&
    'secretAccessKey' in read &&
    typeof read.accessKeyId === 'string' &&
    typeof read.secretAccessKey === 'string'
  )
    return { accessKeyId: read.accessKeyId, secretAccessKey: read.secretAccessKey };
  throw new StartProblem(`${file} 已损坏,请删除数据目录后重试 · is damaged`);
};

const now = (): Instant => new Date().toISOString();

/** Starts everything and resolves when the API answers. What was started is stopped again when a part fails. */
export const startMachine = async (options: MachineOptions): Promise<Machine> => {
  mkdirSync(options.folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return await assemble(options, stops, stop);
  } catch (problem) {
    await stop();
    throw problem;
  }
};

const assemble = async (
  options: MachineOptions,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Machine> => {
  const { folder } = options;
  const clock = options.clock ?? now;
  const credentials = engineKeys(folder);
  const engine = await startTableEngine({
    folder: join(folder, 'table'),
    accessKeyId: credentials.accessKeyId,
  });
  stops.push(engine.stop);
  const objects = await startObjectStore({
    folder: join(folder, 'objects'),
    accessLog: join(folder, accessLogName),
    credentials,
    port: 0,
  });
  stops.push(objects.close);

  // Listening first on a free port when none is given: presigned URLs need the address before anything is signed.
  const root: { handle: (request: IncomingMessage, response: ServerResponse) => unknown } = {
    handle: (_request, response) => response.writeHead(503).end(),
  };
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    root.handle(request, response);
  };
  const server: Server = options.tls ? createSecureServer(options.tls, listen) : createServer(listen);
  server.requestTimeout = 0;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartProblem(`端口 ${options.port} 已被占用,请用 PORT=… 换一个 · port in use, choose another`)
          : error,
      ),
    );
    server.listen(options.port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : options.port);
    });
  });
  stops.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const url = options.publicUrl ?? `${options.tls ? 'https' : 'http'}://localhost:${port}`;

  const client = new DynamoDBClient({ endpoint: engine.url, region: 'local', credentials });
  acknowledgeWhenWritten(client, tableName);
  await createTable(client, tableName);
  const s3 = new S3Client({
    endpoint: objects.url,
    region: 'local',
    forcePathStyle: true,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await createBuckets(s3, { evidence: evidenceBucket, papers: papersBucket, origin: url });
  const signing = new S3Client({
    endpoint: url,
    region: 'local',
    forcePathStyle: true,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const house = createHouse({
    store: createStore({
      client,
      table: tableName,
      ...(options.meter === undefined ? {} : { meter: options.meter }),
    }),
    files: createEvidenceStore({
      client: async () => s3,
      signingClient: async () => signing,
      bucket: evidenceBucket,
    }),
    seals: createSealStore({
      client: async () => s3,
      signingClient: async () => signing,
      bucket: papersBucket,
    }),
    papers: createPaperStore({
      client: async () => s3,
      bucket: papersBucket,
      fonts: fontsIn(fontFolders()),
    }),
    clock,
  });
  const issuerUrl = `${url}/oidc`;
  const issuer = await createIssuer({
    issuer: issuerUrl,
    audience,
    keyFolder: join(folder, 'issuer'),
    accounts: () => options.accounts(house),
    clock: now,
  });
  const signIn = getRequestListener(new Hono().route('/oidc', issuer.app).fetch);
  const jwksFile = join(folder, 'issuer', 'jwks.json');
  writeFileSync(jwksFile, JSON.stringify(issuer.jwks));
  const entries = await loadEntries(
    {
      ...{ client, s3, signing, clock, fonts: fontsIn(fontFolders()) },
      ...(options.meter === undefined ? {} : { meter: options.meter }),
      ...(options.web === undefined ? {} : { web: options.web }),
    },
    {
      ...{ table: tableName, evidence: evidenceBucket, papers: papersBucket },
      issuers: JSON.stringify([{ issuer: issuerUrl, audience, algorithms: ['ES256'], jwksFile }]),
      pages: JSON.stringify({
        ...{ issuer: issuerUrl, clientId: ownClientId, scope: 'openid profile offline_access' },
      }),
      origins: '[]', // sign-in and evidence share the address here
    },
  );
  const secure = options.tls !== undefined;
  const api = gatewayTo(entries.api, { secure });
  const web = entries.web && gatewayTo(entries.web, { secure });
  root.handle = (request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith(`/${evidenceBucket}/`) || path.startsWith(`/${papersBucket}/`))
      return objects.handle(request, response);
    if (/^\/oidc(\/|$)/.test(path)) return signIn(request, response);
    if (/^\/api(\/|$)/.test(path)) return api(request, response);
    if (web) return web(request, response);
    return path === '/' ? response.writeHead(302, { location: '/api/docs' }).end() : api(request, response);
  };
  const stream = await followStream({
    endpoint: engine.url,
    credentials,
    table: tableName,
    client,
    follow: entries.stream,
  });
  stops.push(stream.stop);
  const engines = { table: engine.url, objects: objects.url };
  const { night, morning, month } = entries;
  const jobs = { night, morning, month };
  return { url, house, jobs, issuer, client, engines, settled: stream.settled, ended: engine.ended, stop };
};
