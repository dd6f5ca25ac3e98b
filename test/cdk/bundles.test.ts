// The very bundles that are deployed, called with the events of the cloud: the gateway's, the stream's, the schedule's.
// Table, stream and store are the real engines; only the clock stands on a Wednesday of the small hall.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { GetObjectRetentionCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { bundleAll, type Entry, type Folders, root } from '../../cdk/bundle.ts';
import { importArchive } from '../../functions/archive-import.ts';
import { bucketShelf } from '../../functions/bucket-shelf.ts';
import { createEvidenceStore } from '../../functions/evidence-store.ts';
import { createHouse } from '../../functions/house.ts';
import { firstPassword } from '../../functions/passwords.ts';
import { createSealStore } from '../../functions/seal-store.ts';
import { openSignInBook } from '../../functions/sign-in-book.ts';
import { createStore } from '../../functions/store.ts';
import { putEvidenceIn, putPaperIn } from '../../local/archive.ts';
import { createBuckets, createTable } from '../../local/create-table.ts';
import { startObjectStore } from '../../local/object-store.ts';
import { evidenceKey } from '../../shared/evidence.ts';
import { centreId, commandIdOf, wednesday } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';
import { type Invoked, type PackedFunction, startPacked } from '../lambda.ts';
import { photograph } from '../picture.ts';

const issuer = 'https://issuer.example';
const keys = { accessKeyId: 'tests', secretAccessKey: 'tests' };
const host = 'abc123.execute-api.cn-north-1.amazonaws.com.cn';
const photo = photograph('as bytes');
const sha256 = createHash('sha256').update(photo).digest('hex');

let folder: string;
let folders: Folders;
let hall: TestHouse;
let environment: Record<string, string>;
let s3: S3Client;
let token: string;
let evidence: string;
/** The SDK finds out by itself that its clock is wrong; an address it signed keeps the moment of the function's clock. */
let storeLate = 0;
const running: PackedFunction[] = [];
const closing: (() => Promise<void>)[] = [];

const start = async (entry: Entry, at = wednesday, changed: Record<string, string> = {}) => {
  const packed = await startPacked(folders[entry], { ...environment, ...changed }, at);
  running.push(packed);
  return packed;
};

beforeAll(async () => {
  mkdirSync(join(root, '.build'), { recursive: true });
  folder = mkdtempSync(join(root, '.build', 'test-'));
  [folders, hall] = await Promise.all([bundleAll(join(folder, 'functions')), openHouse()]);
  const store = await startObjectStore({
    folder: join(folder, 'objects'),
    port: 0,
    credentials: keys,
    clock: () => new Date(Date.now() + storeLate),
  });
  closing.push(store.close);
  s3 = new S3Client({
    ...{ endpoint: store.url, region: 'local', forcePathStyle: true, credentials: keys },
  });
  evidence = `${hall.table}-evidence`;
  await createBuckets(s3, { evidence, papers: `${hall.table}-papers`, origin: `https://${host}` });

  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwksFile = join(folder, 'keys.json');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'tests', alg: 'ES256' };
  writeFileSync(jwksFile, JSON.stringify({ keys: [jwk] }));
  const seconds = Math.floor(Date.parse(wednesday) / 1000);
  token = await new SignJWT({ iss: issuer, aud: 'mingchuang', sub: 'xun', iat: seconds, exp: seconds + 3600 })
    .setProtectedHeader({ alg: 'ES256', kid: 'tests' })
    .sign(privateKey);
  environment = {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: inject('tableUrl'),
    AWS_ENDPOINT_URL_S3: store.url,
    TABLE_NAME: hall.table,
    EVIDENCE_BUCKET: evidence,
    PAPERS_BUCKET: `${hall.table}-papers`,
    TOKEN_ISSUERS: JSON.stringify([{ issuer, audience: 'mingchuang', algorithms: ['ES256'], jwksFile }]),
    WEB_SETTINGS: JSON.stringify({ issuer, clientId: 'web', scope: 'openid' }),
    WEB_ORIGINS: JSON.stringify([issuer, 'https://evidence.s3.cn-north-1.amazonaws.com.cn']),
  };
});
afterAll(async () => {
  for (const one of running) one.stop();
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** As HTTP API sends it, payload format 2.0. */
const request = (method: string, path: string, body?: object, headers: Record<string, string> = {}) => ({
  version: '2.0',
  routeKey: 'ANY /api/{proxy+}',
  rawPath: path,
  rawQueryString: '',
  headers: { host, 'content-type': 'application/json', 'x-forwarded-proto': 'https', ...headers },
  requestContext: {
    ...{
      accountId: '123456789012',
      apiId: 'abc123',
      domainName: host,
      domainPrefix: 'abc123',
      stage: '$default',
    },
    ...{ requestId: 'r-1', routeKey: 'ANY /api/{proxy+}', time: '18/Nov/2026:02:00:00 +0000', timeEpoch: 1 },
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'tablet' },
  },
  pathParameters: { proxy: path.slice('/api/'.length) },
  ...(body === undefined
    ? { isBase64Encoded: false }
    : { body: Buffer.from(JSON.stringify(body)).toString('base64'), isBase64Encoded: true }),
});
const answered = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  isBase64Encoded: z.boolean(),
});
const told = ({ result }: Invoked) => answered.parse(result);
const schedule = {
  ...{
    version: '0',
    id: '5c1f',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
  },
  ...{ time: '2026-11-18T16:00:00Z', region: 'cn-north-1', resources: [], detail: {} },
};
const reports = ({ log }: Invoked): unknown[] => log.map((line): unknown => JSON.parse(line));

const uploads = z.object({
  id: z.string(),
  uploads: z.array(
    z.object({ put: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }) }),
  ),
});
/** A finding with its photo, sent as a tablet sends it. */
const reported = async (api: PackedFunction, nth: number): Promise<string> => {
  const entry = { name: '现场.jpg', kind: 'photo', mediaType: 'image/jpeg', size: photo.length, sha256 };
  const fields = finding({ evidence: [{ ...entry, takenAt: wednesday }] });
  const bearer = { authorization: `Bearer ${token}` };
  const answer = told(
    await api.invoke(request('POST', '/api/cases', { commandId: commandIdOf(nth), ...fields }, bearer)),
  );
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  const {
    id,
    uploads: [first],
  } = uploads.parse(JSON.parse(answer.body));
  const { 'content-length': _set, ...headers } = first?.put.headers ?? {};
  storeLate = Date.parse(wednesday) - Date.now();
  const put = await fetch(first?.put.url ?? '', { method: 'PUT', headers, body: photo });
  storeLate = 0;
  expect(put.status).toBe(200);
  const done = told(await api.invoke(request('POST', `/api/evidence/${id}/1/complete`, undefined, bearer)));
  expect([done.statusCode, done.body]).toEqual([200, expect.stringContaining('received')]);
  return id;
};
const lockOf = async (id: string): Promise<string | undefined> => {
  const head = await hall.house.store.head(centreId, { kind: 'case', id });
  const [entry] = head?.state.evidence ?? [];
  const Key = evidenceKey(centreId, id, { n: 1, sha256: entry?.sha256 ?? '' });
  const found = await s3
    .send(new GetObjectRetentionCommand({ Bucket: evidence, Key }))
    .catch(() => undefined);
  return found?.Retention?.Mode;
};

/** Everything the table's stream holds, as the event source mapping hands it on. */
const streamed = async (): Promise<{ Records: object[] }> => {
  const client = new DynamoDBStreamsClient({
    endpoint: inject('tableUrl'),
    region: 'local',
    credentials: keys,
  });
  const { Table } = await hall.client.send(new DescribeTableCommand({ TableName: hall.table }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const Records: object[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const got = await client.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    let next = got.ShardIterator;
    for (let empty = 0; next !== undefined && empty < 3; ) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: next }));
      empty = page.Records?.length ? 0 : empty + 1;
      for (const { eventID, eventName, dynamodb } of page.Records ?? [])
        Records.push({
          ...{
            eventID,
            eventName,
            eventVersion: '1.1',
            eventSource: 'aws:dynamodb',
            awsRegion: 'cn-north-1',
          },
          ...{ dynamodb: JSON.parse(JSON.stringify(dynamodb)), eventSourceARN: StreamArn },
        });
      next = page.NextShardIterator;
    }
  }
  client.destroy();
  return { Records };
};

describe('the bundles that are deployed', () => {
  it('answer the gateway, follow the stream, and keep what a tablet sent', async () => {
    const api = await start('api');
    expect(told(await api.invoke(request('GET', '/api/health')))).toMatchObject({ statusCode: 200 });
    const stranger = told(await api.invoke(request('GET', '/api/me')));
    expect([stranger.statusCode, stranger.headers['content-type']]).toEqual([
      401,
      'application/problem+json',
    ]);

    const id = await reported(api, 1);
    expect(await lockOf(id)).toBeUndefined();
    const stream = await start('stream');
    const batch = await streamed();
    expect(batch.Records.length).toBeGreaterThan(3);
    expect((await stream.invoke(batch)).result).toEqual({ batchItemFailures: [] });
    expect(await lockOf(id)).toBe('GOVERNANCE');
    expect((await stream.invoke(batch)).result).toEqual({ batchItemFailures: [] }); // at least once, says the cloud
  });

  it('name every record of a batch that the table could not be reached for, and nothing else', async () => {
    const lost = await start('stream', wednesday, { TABLE_NAME: `${hall.table}-gone` });
    const { Records } = await streamed();
    const one = Records.slice(-40);
    const { result } = await lost.invoke({ Records: one });
    const failures = z
      .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) })
      .parse(result);
    expect(failures.batchItemFailures.length).toBeGreaterThan(0);
    for (const { itemIdentifier } of failures.batchItemFailures)
      expect(JSON.stringify(one)).toContain(`"SequenceNumber":"${itemIdentifier}"`);
  });

  it('do by night what the stream missed, and seal the day an hour later', async () => {
    const id = await reported(await start('api'), 11);
    const night = await start('night', '2026-11-18T16:00:30.000Z');
    expect(reports(await night.invoke(schedule))).toMatchObject([
      { centre: centreId, followed: 1, failed: 0 },
    ]);
    expect(await lockOf(id)).toBe('GOVERNANCE');
    const sealing = await start('night', '2026-11-18T17:00:30.000Z');
    const [sealed] = reports(await sealing.invoke({ work: 'seal' }));
    expect(sealed).toMatchObject({ centre: centreId, unsealed: 0 });
    const seals = await hall.house.store.partition<{ sk: string }>('test', `${centreId}#SEALS`);
    expect(seals.map(({ sk }) => sk)).toContain('2026-11-18');
  });

  it('take a centre’s archive with its files out, copied by the store, and it comes in elsewhere the same', async () => {
    const id = await reported(await start('api'), 21);
    const archive = await start('archive');
    const invoked = async (call: object) =>
      z
        .object({ prefix: z.string(), events: z.number(), head: z.string(), files: z.number() })
        .parse((await archive.invoke(call)).result);
    const out = await invoked({ centre: centreId, files: true });
    expect(out.files).toBeGreaterThan(0);
    expect(await invoked({ check: out.prefix })).toEqual(out);

    const table = `${hall.table}-moved`;
    const moved = { evidence: `${table}-evidence`, papers: `${table}-papers` };
    await createTable(hall.client, table);
    await createBuckets(s3, { ...moved, origin: `https://${host}` });
    const client = async () => s3;
    const house = createHouse({
      store: createStore({ client: hall.client, table }),
      files: createEvidenceStore({ client, bucket: moved.evidence }),
      seals: createSealStore({ client, bucket: moved.papers }),
      clock: hall.clock.now,
    });
    const papers = `${hall.table}-papers`;
    const list = await importArchive(
      house,
      bucketShelf(s3, papers, out.prefix),
      putPaperIn({ house, s3, ...moved }),
      { putEvidence: putEvidenceIn({ house, s3, ...moved }) },
    );
    expect(list.journal).toEqual({ events: out.events, head: out.head });
    const key = evidenceKey(centreId, id, { n: 1, sha256 });
    const there = await house.files.stored(key);
    expect(await house.files.readHash(key, there?.version ?? '')).toBe(sha256);

    // A file exchanged in the archive is named, by the deployed function too.
    await s3.send(
      new PutObjectCommand({
        Bucket: papers,
        Key: `${out.prefix}evidence/${key}`,
        Body: photograph('another'),
      }),
    );
    await expect(archive.invoke({ check: out.prefix })).rejects.toThrow('被改动过');
  });

  it('sum the month that is over on the 5th', async () => {
    const month = await start('month', '2026-12-04T17:00:30.000Z');
    const [summed] = reports(await month.invoke(schedule));
    expect(summed).toMatchObject({ centre: centreId, month: '2026-11', version: 1 });
    const head = await hall.house.store.head(centreId, { kind: 'month', id: '2026-11' });
    expect(head?.state.stage).toBe('summing');
  });

  it('sign somebody in with a password, with keys from the secret of the stage', async () => {
    const asked: string[] = [];
    const secrets = createServer(async (call, answer) => {
      let body = '';
      for await (const chunk of call) body += chunk;
      const { VersionStage } = z.object({ VersionStage: z.string() }).parse(JSON.parse(body));
      asked.push(
        `${VersionStage} ${/Credential=tests\/\d{8}\/local\/secretsmanager/.test(String(call.headers.authorization))}`,
      );
      const known = VersionStage === 'AWSCURRENT';
      answer.writeHead(known ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
      answer.end(
        JSON.stringify(known ? { SecretString: 'x'.repeat(64) } : { __type: 'ResourceNotFoundException' }),
      );
    });
    await new Promise<void>((resolve) => secrets.listen(0, '127.0.0.1', () => resolve()));
    closing.push(async () => void secrets.close());
    const address = z.object({ port: z.number() }).parse(secrets.address());
    const own = `https://${host}/oidc`;
    const signin = await start('signin', wednesday, {
      ...{ SIGN_IN_ISSUER: own, SIGN_IN_SECRET: 'arn:secret' },
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${address.port}/`,
    });
    const book = openSignInBook({ client: hall.client, table: hall.table, clock: hall.clock.now });
    const { password, hash } = await firstPassword();
    await book.giveFirst('xun', '荀巡', hash);

    const keys = told(await signin.invoke(request('GET', '/oidc/jwks')));
    expect(JSON.parse(keys.body)).toMatchObject({ keys: [{ crv: 'Ed25519', alg: 'EdDSA' }] });
    expect(asked).toEqual(['AWSCURRENT true', 'AWSPREVIOUS true']);
    const query = new URLSearchParams({
      ...{ response_type: 'code', client_id: 'mingchuang-web', redirect_uri: `https://${host}/signed-in` },
      ...{ scope: 'openid', code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' },
    });
    const form = new URLSearchParams({ account: 'xun', password });
    const entered = told(
      await signin.invoke({
        ...request('POST', '/oidc/authorize', undefined, {
          'content-type': 'application/x-www-form-urlencoded',
        }),
        ...{ rawQueryString: query.toString(), body: form.toString(), isBase64Encoded: false },
      }),
    );
    expect([entered.statusCode, entered.body]).toEqual([200, expect.stringContaining('设置新口令')]);
  });

  it('serve the built web app with the headers of one machine, small where that is understood', async () => {
    const web = await start('web');
    const page = told(await web.invoke(request('GET', '/round')));
    expect(page).toMatchObject({ statusCode: 200, isBase64Encoded: false });
    expect(page.body).toContain('<div id=');
    expect(page.headers['content-security-policy']).toContain(
      `connect-src 'self' ${issuer} https://evidence.s3.cn-north-1.amazonaws.com.cn;`,
    );
    const script = /\/app\/[\w.-]+\.js/.exec(page.body)?.[0] ?? '';
    const small = told(await web.invoke(request('GET', script, undefined, { 'accept-encoding': 'gzip' })));
    expect(small).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(small.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': expect.stringContaining('immutable'),
    });
    const icon = told(await web.invoke(request('GET', '/icon-192.png')));
    expect(Buffer.from(icon.body, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(JSON.parse(told(await web.invoke(request('GET', '/settings.json'))).body)).toMatchObject({
      issuer,
    });
  });
});
