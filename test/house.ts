// The real house for a test file: a table and buckets of its own on the running engines, a clock that is set by hand,
// people who sign in with real tokens, and the small hall entered through `run`.
import { randomUUID } from 'node:crypto';
import { DynamoDBClient, type DynamoDBClientConfig, ScanCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Hono } from 'hono';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { inject } from 'vitest';
import { createEvidenceStore } from '../functions/evidence-store.ts';
import { createHouse, type House } from '../functions/house.ts';
import { createApp } from '../functions/http.ts';
import { sha256 } from '../functions/keys.ts';
import { createPaperStore } from '../functions/paper-store.ts';
import { createSealStore } from '../functions/seal-store.ts';
import { createStore, type Meter } from '../functions/store.ts';
import { createTokenCheck } from '../functions/token.ts';
import { createBuckets, createTable } from '../local/create-table.ts';
import { fontsIn, notoFolders } from '../local/font-folders.ts';
import { canonical } from '../shared/canonical.ts';
import type { RegistryEntry } from '../shared/people.ts';
import type { Instant } from '../shared/time.ts';
import { centreId, entries, wednesday } from './cast.ts';
import { holdToContract } from './contract.ts';
import { enactRuleBook, foundCentre } from './founding.ts';

const issuer = 'https://issuer.example';
const audience = 'mingchuang';

/** What came back over HTTP. */
export interface Told {
  status: number;
  type: string;
  headers: Headers;
  body: Body;
}
/** Members that tests look at; everything else is there too. */
export interface Body extends Record<string, unknown> {
  code?: unknown;
  id?: unknown;
  version?: unknown;
  items?: unknown;
}

export interface Visiting {
  get(path: string, headers?: Record<string, string>): Promise<Told>;
  /** A fresh command id is put before the fields unless they bring one. */
  /** With a fresh command id; null sends no body, for doors that take none. */
  post(
    path: string,
    fields?: Record<string, unknown> | null,
    headers?: Record<string, string>,
  ): Promise<Told>;
}

export interface TestHouse {
  house: House;
  app: Hono;
  client: DynamoDBClient;
  s3: S3Client;
  table: string;
  clock: { now(): Instant; set(at: Instant): void };
  /** A bearer token for a subject; claims replace the usual ones. */
  token(subject: string, claims?: Record<string, unknown>): Promise<string>;
  /** Somebody who signed in; every answer they get is held against the contract. */
  as(subject: string): Visiting;
  /** SHA-256 over every item of the table. Only a test may scan. */
  digest(): Promise<string>;
  items(): Promise<number>;
  /** Lines the app wrote about what should never happen. */
  log: string[];
  found(centre: string, entries: readonly RegistryEntry[]): Promise<void>;
}

export interface HouseSettings {
  client?: DynamoDBClientConfig;
  meter?: Meter;
  secure?: boolean;
}

/** Opens a fresh house with the small hall in it and a rule book in force since January. */
export const openHouse = async (settings: HouseSettings = {}): Promise<TestHouse> => {
  const table = `test-${randomUUID()}`;
  const local = { region: 'local', credentials: { accessKeyId: 'tests', secretAccessKey: 'tests' } };
  const client = new DynamoDBClient({ endpoint: inject('tableUrl'), ...local, ...settings.client });
  await createTable(client, table);
  const s3 = new S3Client({
    endpoint: inject('objectStoreUrl'),
    region: 'local',
    forcePathStyle: true,
    credentials: inject('objectStoreCredentials'),
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await createBuckets(s3, {
    evidence: `${table}-evidence`,
    papers: `${table}-papers`,
    origin: 'https://hall.example',
  });
  const clock = handClock(wednesday);
  const house = createHouse({
    store: createStore({ client, table, ...(settings.meter === undefined ? {} : { meter: settings.meter }) }),
    files: createEvidenceStore({ client: async () => s3, bucket: `${table}-evidence` }),
    seals: createSealStore({ client: async () => s3, bucket: `${table}-papers` }),
    papers: createPaperStore({
      client: async () => s3,
      bucket: `${table}-papers`,
      fonts: fontsIn(notoFolders),
    }),
    clock: clock.now,
  });
  const signing = await signer(clock.now);
  const log: string[] = [];
  const app = createApp({
    house,
    checkToken: createTokenCheck({
      issuers: [{ issuer, audience, algorithms: ['ES256'], jwks: signing.jwks }],
      clock: clock.now,
      warn: (line) => log.push(line),
    }),
    secure: settings.secure ?? false,
    log: (line) => log.push(line),
  });
  const found = (centre: string, all: readonly RegistryEntry[]) => foundCentre(house, centre, all);
  await found(centreId, entries);
  await enactRuleBook(house, centreId);
  const scan = () => scanned(client, table);
  return {
    ...{ house, app, client, s3, table, clock, log, found },
    token: signing.token,
    as: (subject) => visiting(app, () => signing.token(subject)),
    digest: async () => sha256((await scan()).sort().join('\n')),
    items: async () => (await scan()).length,
  };
};

const handClock = (start: Instant) => {
  let at = start;
  return {
    now: () => at,
    set: (to: Instant) => {
      at = to;
    },
  };
};

const signer = async (now: () => Instant) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'tests', alg: 'ES256' };
  const token = (subject: string, claims: Record<string, unknown> = {}): Promise<string> => {
    const seconds = Math.floor(Date.parse(now()) / 1000);
    return new SignJWT({
      ...{ iss: issuer, aud: audience, sub: subject, iat: seconds, exp: seconds + 3600 },
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'tests' })
      .sign(privateKey);
  };
  return { jwks: { keys: [key] }, token };
};

const visiting = (app: Hono, token: () => Promise<string>): Visiting => {
  const ask = async (path: string, init: RequestInit, headers: Record<string, string>): Promise<Told> => {
    const answer = await told(
      await app.request(path, {
        ...init,
        headers: { authorization: `Bearer ${await token()}`, ...headers },
      }),
    );
    if (answer.status !== 500) holdToContract(init.method ?? 'GET', path, answer);
    return answer;
  };
  return {
    get: (path, headers = {}) => ask(path, {}, headers),
    post: (path, fields = {}, headers = {}) =>
      ask(
        path,
        { method: 'POST', body: fields && JSON.stringify({ commandId: randomUUID(), ...fields }) },
        { 'content-type': 'application/json', ...headers },
      ),
  };
};

export const told = async (response: Response): Promise<Told> => {
  const type = response.headers.get('content-type') ?? '';
  const body: unknown = type.includes('json') ? await response.json() : { text: await response.text() };
  return { status: response.status, type, headers: response.headers, body: isBody(body) ? body : {} };
};
const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null;

const scanned = async (client: DynamoDBClient, table: string): Promise<string[]> => {
  const items: string[] = [];
  let from: Parameters<typeof marked>[0];
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...marked(from) }),
    );
    items.push(...(page.Items ?? []).map(canonical));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};
const marked = (from: ScanCommand['input']['ExclusiveStartKey']) =>
  from === undefined ? {} : { ExclusiveStartKey: from };

/** A paper signed at a moment, with its scan, as whoever takes it down enters it. */
export const signed = (at: Instant) => ({
  paper: {
    signedAt: at,
    evidence: [
      {
        ...{ name: '签字页.jpg', kind: 'document' as const, mediaType: 'image/jpeg', size: 90_000 },
        ...{ sha256: 'c'.repeat(64), takenAt: at },
      },
    ],
  },
});

/** A finding at window-a01 on Wednesday morning, as a patrol inspector reports it. */
export const finding = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  violation: 'DIS-PHONE',
  source: 'patrol',
  happened: { from: '2026-11-18T01:50:00.000Z', to: '2026-11-18T01:50:00.000Z', doubtSeconds: 2 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '办理业务期间长时间使用手机',
  ...more,
});
