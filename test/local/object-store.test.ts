// What our own store does beyond the contract: it comes through restarts and pulled plugs, stays small, can be mounted
// on another server, and says no where it does not know.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startObjectStore } from '../../local/object-store.ts';
import {
  answered,
  Buckets,
  clientOf,
  type Endpoint,
  outcome,
  partSize,
  pause,
  photo,
  sha256,
} from './s3-contract.ts';

const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local secret' };
const endpointAt = (url: string): Endpoint => ({ url, region: 'us-east-1', ...credentials });

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'object-store-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  return folder;
};
const startIn = async (folder: string, clock?: () => Date) => {
  const store = await startObjectStore({ folder, port: 0, credentials, ...(clock && { clock }) });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await store.close();
    open = false;
  };
  cleanups.push(close);
  return { url: store.url, s3: clientOf(endpointAt(store.url)), close };
};

const childSays = z.object({ url: z.string().optional(), peak: z.number().optional() });
const heard = async (child: ChildProcess): Promise<z.infer<typeof childSays>> => {
  const [message] = await once(child, 'message');
  return childSays.parse(message);
};
/** The store in a process of its own, to be killed and to be weighed. */
const spawnIn = async (folder: string) => {
  const program = `
    import { startObjectStore } from ${JSON.stringify(new URL('../../local/object-store.ts', import.meta.url).href)};
    const store = await startObjectStore(${JSON.stringify({ folder, port: 0, credentials })});
    process.on('message', () => process.send({ peak: process.resourceUsage().maxRSS / 1024 }));
    process.send({ url: store.url });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  cleanups.push(kill);
  const { url = '' } = await heard(child);
  /** Megabytes of memory at the highest. */
  const peak = async (): Promise<number> => {
    child.send('peak');
    return (await heard(child)).peak ?? 0;
  };
  return { url, s3: clientOf(endpointAt(url)), kill, peak };
};

describe('after a restart', () => {
  it('everything is as it was: contents, notes, versions, rules, unfinished uploads', async () => {
    const folder = await newFolder();
    const before = await startIn(folder);
    const at = new Buckets(() => endpointAt(before.url));
    await at.make();
    await at.put('证据/1', photo, {
      ContentType: 'image/jpeg',
      Metadata: { a: '1' },
      ChecksumSHA256: sha256(photo),
    });
    const where = { Bucket: at.locked, Key: 'v' };
    const until = new Date(Math.ceil(Date.now() / 1000 + 3600) * 1000);
    const lock = {
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: until,
      ChecksumAlgorithm: 'SHA256',
    } as const;
    const first = await at.s3.send(new PutObjectCommand({ ...where, ...lock, Body: 'first' }));
    await at.s3.send(new PutObjectCommand({ ...where, Body: 'second' }));
    const upload = await at.begin('clip', { ChecksumAlgorithm: 'SHA256' });
    const bytes = Buffer.alloc(partSize, 7);
    const one = await at.part(upload, 1, bytes, { ChecksumSHA256: sha256(bytes) });
    await before.close();

    const after = await startIn(folder);
    const again = clientOf(endpointAt(after.url));
    const get = (Bucket: string, Key: string, VersionId?: string) =>
      again.send(
        new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED', ...(VersionId && { VersionId }) }),
      );
    const clip = await get(at.plain, '证据/1');
    expect(clip).toMatchObject({
      ContentType: 'image/jpeg',
      Metadata: { a: '1' },
      ChecksumSHA256: sha256(photo),
    });
    expect(Buffer.from((await clip.Body?.transformToByteArray()) ?? []).equals(photo)).toBe(true);
    expect(await (await get(at.locked, 'v')).Body?.transformToString()).toBe('second');
    expect(await (await get(at.locked, 'v', first.VersionId)).Body?.transformToString()).toBe('first');
    const deletion = new DeleteObjectCommand({ ...where, VersionId: first.VersionId });
    expect(await outcome(again.send(deletion))).toBe('403 AccessDenied');
    const parts = await again.send(new ListPartsCommand(upload));
    expect(parts.Parts?.map(({ ETag, ChecksumSHA256 }) => [ETag, ChecksumSHA256])).toEqual([
      [one.ETag, sha256(bytes)],
    ]);
    const later = new Buckets(() => endpointAt(after.url));
    const two = await later.part(upload, 2, photo, { ChecksumSHA256: sha256(photo) });
    expect((await later.complete(upload, [one, two])).ETag).toMatch(/-2"$/);
  });

  it('contents that nothing names any more are gone from the disk', async () => {
    const folder = await newFolder();
    const store = await startIn(folder);
    const at = new Buckets(() => endpointAt(store.url));
    await at.make();
    const files = async (): Promise<number> => (await readdir(join(folder, 'data'))).length;
    await at.put('a', photo);
    await at.put('a', photo);
    const Tagging = { TagSet: [{ Key: 'k', Value: 'v' }] };
    await at.s3.send(new PutObjectTaggingCommand({ Bucket: at.plain, Key: 'a', Tagging }));
    await Promise.all([1, 2, 3, 4].map(() => outcome(at.put('once', photo, { IfNoneMatch: '*' }))));
    await at.s3.send(new DeleteObjectCommand({ Bucket: at.plain, Key: 'once' }));
    expect(await files()).toBe(1);
    const upload = await at.begin('b');
    const part = await at.part(upload, 1, photo);
    await at.part(upload, 2, photo);
    expect(await files()).toBe(3);
    await at.complete(upload, [part]);
    expect(await files()).toBe(2);
    expect(await outcome(at.put('c', photo, { ContentMD5: Buffer.alloc(16).toString('base64') }))).toBe(
      '400 BadDigest',
    );
    await at.s3.send(new DeleteObjectCommand({ Bucket: at.plain, Key: 'a' }));
    await at.s3.send(new DeleteObjectCommand({ Bucket: at.plain, Key: 'b' }));
    expect([await files(), (await readdir(join(folder, 'incoming'))).length]).toEqual([0, 0]);
    await store.close();
    await writeFile(join(folder, 'data', 'stray'), 'left by a process that was killed');
    await (await startIn(folder)).close();
    expect(await files()).toBe(0);
  });

  it('a journal that grew by overwriting is short again', async () => {
    const folder = await newFolder();
    const store = await startIn(folder);
    await store.s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    const put = () => store.s3.send(new PutObjectCommand({ Bucket: 'clips', Key: 'same', Body: 'x' }));
    for (let round = 0; round < 21; round += 1) await Promise.all(Array.from({ length: 50 }, put));
    await store.close();
    const long = (await stat(join(folder, 'journal'))).size;
    const again = await startIn(folder);
    expect((await stat(join(folder, 'journal'))).size).toBeLessThan(long / 100);
    expect((await again.s3.send(new HeadObjectCommand({ Bucket: 'clips', Key: 'same' }))).ContentLength).toBe(
      1,
    );
  });
});

describe('when the plug is pulled', () => {
  it('everything answered is there and nothing is there by half', async () => {
    const folder = await newFolder();
    for (let round = 0; round < 3; round += 1) {
      const { s3, kill } = await spawnIn(folder);
      if (round === 0) await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
      const half = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'clips', Key: `half-${round}` }));
      const sending = request(half, { method: 'PUT', headers: { 'content-length': 2 * photo.length } });
      sending.on('error', () => {});
      sending.write(photo);
      const answeredKeys: string[] = [];
      const burst = Array.from({ length: 60 }, async (_, n) => {
        const Key = `whole-${round}-${n}`;
        await s3.send(new PutObjectCommand({ Bucket: 'clips', Key, Body: photo }));
        answeredKeys.push(Key);
        if (answeredKeys.length === 20) await kill();
      });
      await Promise.allSettled(burst);
      const acknowledged = [...answeredKeys];

      const after = await startIn(folder);
      const listed = await after.s3.send(new ListObjectsV2Command({ Bucket: 'clips' }));
      expect(listed.Contents?.map(({ Key }) => Key)).toEqual(expect.arrayContaining(acknowledged));
      for (const { Key = '', Size } of listed.Contents ?? []) {
        expect([Key.startsWith('whole-'), Size]).toEqual([true, photo.length]);
        const got = await after.s3.send(new GetObjectCommand({ Bucket: 'clips', Key }));
        expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(photo)).toBe(true);
      }
      expect(await readdir(join(folder, 'incoming'))).toEqual([]);
      expect(await readdir(join(folder, 'data'))).toHaveLength(listed.Contents?.length ?? -1);
      await after.close();
    }
  });

  it('an entry torn off is left out, and damage before the end is told', async () => {
    const folder = await newFolder();
    const store = await startIn(folder);
    await store.s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    await store.s3.send(new PutObjectCommand({ Bucket: 'clips', Key: 'kept', Body: 'x' }));
    await store.close();
    const journal = join(folder, 'journal');
    await appendFile(journal, '12345678 [{"did":"bucketGone","bucket":"clips"}]\n\0\0\0\0');
    const again = await startIn(folder);
    await again.s3.send(new PutObjectCommand({ Bucket: 'clips', Key: 'later', Body: 'x' }));
    await again.close();
    const third = await startIn(folder);
    const keys = (await third.s3.send(new ListObjectsV2Command({ Bucket: 'clips' }))).Contents?.map(
      ({ Key }) => Key,
    );
    expect(keys).toEqual(['kept', 'later']);
    await third.close();
    const file = await open(journal, 'r+');
    await file.write('#', 20);
    await file.close();
    await expect(startIn(folder)).rejects.toThrow('is damaged in entry 1');
  });

  it('a client that goes away in the middle leaves nothing', async () => {
    const folder = await newFolder();
    const { s3 } = await startIn(folder);
    await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'clips', Key: 'half' }));
    const sending = request(url, { method: 'PUT', headers: { 'content-length': 2 * photo.length } });
    sending.on('error', () => {});
    sending.write(photo);
    const waiting = async (): Promise<number> => (await readdir(join(folder, 'incoming'))).length;
    while ((await waiting()) === 0) await pause(10);
    sending.destroy();
    while ((await waiting()) > 0) await pause(10);
    expect(await readdir(join(folder, 'data'))).toEqual([]);
    expect(await outcome(s3.send(new HeadObjectCommand({ Bucket: 'clips', Key: 'half' })))).toBe(
      '404 NotFound',
    );
  });
});

describe('one process', () => {
  it('minds no client that goes away in the middle of a download', async () => {
    const { s3 } = await startIn(await newFolder());
    await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    await s3.send(new PutObjectCommand({ Bucket: 'clips', Key: 'long', Body: Buffer.alloc(30_000_000) }));
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'clips', Key: 'long' }));
    for (let n = 0; n < 3; n += 1) {
      const gone = new AbortController();
      const answer = await fetch(url, { signal: gone.signal });
      await answer.body?.getReader().read();
      gone.abort();
    }
    expect((await s3.send(new HeadObjectCommand({ Bucket: 'clips', Key: 'long' }))).ContentLength).toBe(
      30_000_000,
    );
  });

  it.runIf(process.platform === 'linux')('has the folder to itself', async () => {
    const folder = await newFolder();
    const first = await startIn(folder);
    await expect(startIn(join(folder, '.'))).rejects.toThrow('is already open');
    await first.close();
    await expect(startIn(folder)).resolves.toBeDefined();
  });

  it('needs no more memory for 4 clips of 50 MB at once than for small ones', async () => {
    const { s3, peak } = await spawnIn(await newFolder());
    await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    const upload = (Key: string, megabytes: number) => {
      const Body = Readable.from(
        (function* (): Generator<Buffer> {
          for (let n = 0; n < megabytes; n += 1) yield Buffer.alloc(2 ** 20, n);
        })(),
      );
      const ContentLength = megabytes * 2 ** 20;
      return s3.send(
        new PutObjectCommand({ Bucket: 'clips', Key, Body, ContentLength, ChecksumAlgorithm: 'SHA256' }),
      );
    };
    const four = (megabytes: number) =>
      Promise.all([1, 2, 3, 4].map((n) => upload(`${megabytes}-${n}`, megabytes)));
    await four(8);
    const before = await peak();
    await four(50);
    expect((await peak()) - before).toBeLessThan(40);
  });
});

describe('mounted on another server', () => {
  it('believes URLs made for the name the client used, and no other', async () => {
    const store = await startObjectStore({ folder: await newFolder(), credentials });
    cleanups.push(store.close);
    const app = createServer((req, res) => {
      if (req.url?.startsWith('/evidence')) void store.handle(req, res);
      else res.end('the app');
    });
    app.listen(0, '127.0.0.1');
    await once(app, 'listening');
    cleanups.push(async () => {
      app.closeAllConnections();
      app.close();
    });
    const address = app.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const s3 = clientOf(endpointAt(`http://127.0.0.1:${port}`));
    await s3.send(new CreateBucketCommand({ Bucket: 'evidence' }));
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('the app');
    const shown = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'evidence', Key: '照片 1.jpg' }));
    const elsewhere = await getSignedUrl(
      clientOf(endpointAt('https://tablets.hall.example')),
      new GetObjectCommand({ Bucket: 'evidence', Key: '照片 1.jpg' }),
    );
    expect(await answered(fetch(shown, { method: 'PUT', body: photo }))).toBe('accepted');
    expect(await answered(fetch(shown.replace('127.0.0.1', 'localhost'), { method: 'PUT', body: 'x' }))).toBe(
      '403 SignatureDoesNotMatch',
    );
    const asked = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const { pathname, search } = new URL(elsewhere);
        request({ host: '127.0.0.1', port, path: pathname + search, headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect([await asked('tablets.hall.example'), await asked(`127.0.0.1:${port}`)]).toEqual([200, 403]);
  });
});

describe('by the clock it was given', () => {
  it('URLs and retentions run out', async () => {
    let now = new Date();
    const { s3 } = await startIn(await newFolder(), () => now);
    await s3.send(new CreateBucketCommand({ Bucket: 'clips', ObjectLockEnabledForBucket: true }));
    const ObjectLockRetainUntilDate = new Date(now.getTime() + 600_000);
    const where = { Bucket: 'clips', Key: 'a' };
    const lock = {
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate,
      ChecksumAlgorithm: 'SHA256',
    } as const;
    const { VersionId } = await s3.send(new PutObjectCommand({ ...where, ...lock, Body: 'x' }));
    const url = await getSignedUrl(s3, new GetObjectCommand(where), { expiresIn: 300 });
    const remove = () => outcome(s3.send(new DeleteObjectCommand({ ...where, VersionId })));
    expect([await answered(fetch(url)), await remove()]).toEqual(['accepted', '403 AccessDenied']);
    now = new Date(now.getTime() + 301_000);
    expect(await answered(fetch(url))).toBe('403 AccessDenied');
    now = new Date(ObjectLockRetainUntilDate.getTime() + 1000);
    expect(await outcome(s3.send(new GetObjectRetentionCommand(where)))).toBe('accepted');
    expect(await remove()).toBe('accepted');
  });
});

describe('where it does not follow S3', () => {
  it('says that something is not implemented rather than doing something else', async () => {
    const { s3, url } = await startIn(await newFolder());
    await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    await s3.send(new PutObjectCommand({ Bucket: 'clips', Key: 'a', Body: 'x' }));
    const put = (more: object) =>
      outcome(s3.send(new PutObjectCommand({ Bucket: 'clips', Key: 'a', Body: 'y', ...more })));
    expect(await put({ StorageClass: 'GLACIER' })).toBe('501 NotImplemented');
    expect(await put({ ServerSideEncryption: 'aws:kms' })).toBe('501 NotImplemented');
    expect(await put({ ChecksumAlgorithm: 'CRC32C' })).toBe('501 NotImplemented');
    expect(await put({ IfNoneMatch: '"etag"' })).toBe('501 NotImplemented');
    const AccessControlPolicy = { Grants: [], Owner: { ID: 'somebody' } };
    const where = { Bucket: 'clips', Key: 'a' };
    const acl = s3.send(new PutObjectAclCommand({ ...where, AccessControlPolicy }));
    expect(await outcome(acl)).toBe('501 NotImplemented');
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(where));
    const completion = await getSignedUrl(s3, new CompleteMultipartUploadCommand({ ...where, UploadId }));
    const other = fetch(completion, { method: 'POST', body: '<Other><Part/></Other>' });
    expect(await answered(other)).toBe('400 MalformedXML');
    expect(await answered(fetch(`${url}/clips`, { method: 'PATCH' }))).toBe('403 AccessDenied');
    expect(
      await (await s3.send(new GetObjectCommand({ Bucket: 'clips', Key: 'a' }))).Body?.transformToString(),
    ).toBe('x');
  });

  it('takes a bucket with versions for one with locks, and keeps to them', async () => {
    const { s3 } = await startIn(await newFolder());
    const where = { Bucket: 'clips', Key: 'a' };
    const versioning = (Status: 'Enabled' | 'Suspended') =>
      s3.send(new PutBucketVersioningCommand({ Bucket: 'clips', VersioningConfiguration: { Status } }));
    const hold = (Status: 'ON' | 'OFF') =>
      outcome(s3.send(new PutObjectLegalHoldCommand({ ...where, LegalHold: { Status } })));
    await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    await s3.send(new PutObjectCommand({ ...where, Body: 'x' }));
    expect(await hold('ON')).toBe('400 InvalidRequest');
    await versioning('Enabled');
    expect(await hold('ON')).toBe('accepted');
    await versioning('Suspended');
    expect(await outcome(s3.send(new PutObjectCommand({ ...where, Body: 'y' })))).toBe('403 AccessDenied');
    expect(await outcome(s3.send(new DeleteObjectCommand(where)))).toBe('403 AccessDenied');
    expect(await (await s3.send(new GetObjectCommand(where))).Body?.transformToString()).toBe('x');
  });

  it('keeps buckets by their names until they are empty', async () => {
    const { s3 } = await startIn(await newFolder());
    const make = (Bucket: string) => outcome(s3.send(new CreateBucketCommand({ Bucket })));
    const drop = (Bucket: string) => outcome(s3.send(new DeleteBucketCommand({ Bucket })));
    expect(await make('clips')).toBe('accepted');
    expect(await make('clips')).toBe('409 BucketAlreadyOwnedByYou');
    for (const name of ['ab', 'Clips', 'a_b_c', '-abc', '证据证据'])
      expect(await make(name), name).toBe('400 InvalidBucketName');
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual(['clips']);
    await s3.send(new PutObjectCommand({ Bucket: 'clips', Key: 'a', Body: 'x' }));
    expect(await drop('clips')).toBe('409 BucketNotEmpty');
    await s3.send(new DeleteObjectCommand({ Bucket: 'clips', Key: 'a' }));
    expect([await drop('clips'), await drop('clips')]).toEqual(['accepted', '404 NoSuchBucket']);
  });

  it('lets every page in until a bucket has rules of its own', async () => {
    const { s3 } = await startIn(await newFolder());
    await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    const { CORSRules } = await s3.send(new GetBucketCorsCommand({ Bucket: 'clips' }));
    expect(CORSRules?.[0]).toMatchObject({ AllowedOrigins: ['*'], AllowedHeaders: ['*'] });
  });

  it('names its journal by no key', async () => {
    const folder = await newFolder();
    const { s3 } = await startIn(folder);
    await s3.send(new CreateBucketCommand({ Bucket: 'clips' }));
    await s3.send(new PutObjectCommand({ Bucket: 'clips', Key: '../../../../outside', Body: 'x' }));
    expect((await readdir(folder)).sort()).toEqual(['data', 'incoming', 'journal']);
    expect((await readFile(join(folder, 'journal'), 'utf8')).includes('outside')).toBe(true);
    for (const name of await readdir(join(folder, 'data'))) expect(name).toMatch(/^[0-9a-f-]{36}$/);
  });
});
