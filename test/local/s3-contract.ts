// What this house relies on in S3, told to whichever endpoint is under test: our own store in every run, another one
// when S3_CONTRACT_ENDPOINT names it. The chapters are the object-store-*.test.ts beside this file.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BucketLocationConstraint,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll } from 'vitest';
import { startObjectStore } from '../../local/object-store.ts';

export interface Endpoint {
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The endpoint named by S3_CONTRACT_ENDPOINT, _REGION, _ACCESS_KEY_ID and _SECRET_ACCESS_KEY, if there is one. */
const endpointOf = (env: NodeJS.ProcessEnv): Endpoint | undefined => {
  const url = env.S3_CONTRACT_ENDPOINT;
  const [accessKeyId, secretAccessKey] = [env.S3_CONTRACT_ACCESS_KEY_ID, env.S3_CONTRACT_SECRET_ACCESS_KEY];
  if (!url || !accessKeyId || !secretAccessKey) return undefined;
  return { url, accessKeyId, secretAccessKey, region: env.S3_CONTRACT_REGION ?? 'us-east-1' };
};

/** A client that never tries twice and adds no checksum unasked, so that a test says what is sent. */
export const clientOf = (endpoint: Endpoint, more: { systemClockOffset?: number } = {}): S3Client =>
  new S3Client({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: endpoint.accessKeyId, secretAccessKey: endpoint.secretAccessKey },
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...more,
  });

/** Status and code of the refusal a call ends with, or `accepted`. */
export const outcome = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'accepted';
  } catch (refusal) {
    if (!(refusal instanceof S3ServiceException)) throw refusal;
    return `${refusal.$metadata.httpStatusCode} ${refusal.name}`;
  }
};
/** The same of a plain request. */
export const answered = async (call: Promise<Response>): Promise<string> => {
  const answer = await call;
  const text = await answer.text();
  return answer.ok ? 'accepted' : `${answer.status} ${/<Code>(.*?)<\/Code>/.exec(text)?.[1]}`;
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');
export const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();
export const partSize = 5 * 2 ** 20;
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((wake) => setTimeout(wake, milliseconds));
export const soon = (seconds: number): Date => new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);

/** Two buckets of an endpoint, and the few requests that nearly every test makes. */
export class Buckets {
  readonly plain = `contract-${randomBytes(4).toString('hex')}`;
  readonly locked = `${this.plain}-locked`;
  private readonly endpointNow: () => Endpoint;
  private client: S3Client | undefined;
  constructor(endpointNow: () => Endpoint) {
    this.endpointNow = endpointNow;
  }
  get endpoint(): Endpoint {
    return this.endpointNow();
  }
  get s3(): S3Client {
    this.client ??= clientOf(this.endpoint);
    return this.client;
  }
  async make(): Promise<void> {
    const region = Object.values(BucketLocationConstraint).find((one) => one === this.endpoint.region);
    const where = region ? { CreateBucketConfiguration: { LocationConstraint: region } } : {};
    await this.s3.send(new CreateBucketCommand({ Bucket: this.plain, ...where }));
    await this.s3.send(
      new CreateBucketCommand({ Bucket: this.locked, ObjectLockEnabledForBucket: true, ...where }),
    );
  }
  key(kind: string): string {
    return `${kind}/${randomBytes(6).toString('hex')}`;
  }
  put(
    Key: string,
    Body: NonNullable<PutObjectCommandInput['Body']>,
    more: Partial<PutObjectCommandInput> = {},
  ) {
    return this.s3.send(new PutObjectCommand({ Bucket: this.plain, Key, Body, ...more }));
  }
  async get(Key: string, more: Partial<GetObjectCommandInput> = {}) {
    const answer = await this.s3.send(new GetObjectCommand({ Bucket: this.plain, Key, ...more }));
    return { ...answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) };
  }
  async holds(Key: string, Bucket = this.plain): Promise<boolean> {
    return (await outcome(this.s3.send(new HeadObjectCommand({ Bucket, Key })))) === 'accepted';
  }
  /** A URL to put to with these headers, all of them signed as headers. */
  signedPut(
    Key: string,
    headers: Record<string, string>,
    more: Partial<PutObjectCommandInput> = {},
  ): Promise<string> {
    const command = new PutObjectCommand({ Bucket: this.plain, Key, ...more });
    return getSignedUrl(this.s3, command, {
      expiresIn: 60,
      unhoistableHeaders: new Set(Object.keys(headers)),
    });
  }
  async begin(Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}) {
    const begun = await this.s3.send(new CreateMultipartUploadCommand({ Bucket: this.plain, Key, ...more }));
    return { Bucket: this.plain, Key, UploadId: begun.UploadId ?? '' };
  }
  async part(
    upload: Awaited<ReturnType<Buckets['begin']>>,
    PartNumber: number,
    Body: Buffer,
    more: Partial<UploadPartCommandInput> = {},
  ) {
    const { $metadata: _, ...said } = await this.s3.send(
      new UploadPartCommand({ ...upload, PartNumber, Body, ...more }),
    );
    return {
      PartNumber,
      ETag: said.ETag,
      ChecksumSHA256: said.ChecksumSHA256,
      ChecksumCRC32: said.ChecksumCRC32,
    };
  }
  complete(
    upload: Awaited<ReturnType<Buckets['begin']>>,
    Parts: NonNullable<CompleteMultipartUploadCommandInput['MultipartUpload']>['Parts'],
    more: Partial<CompleteMultipartUploadCommandInput> = {},
  ) {
    return this.s3.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...more }),
    );
  }
}

/** A photograph of the usual size. */
export const photo = randomBytes(200_000);

/** The buckets of this test file: at the endpoint of the environment, or in a store of its own that ends with it. */
export const openBuckets = (): Buckets => {
  let endpoint = endpointOf(process.env);
  let stop = async (): Promise<void> => {};
  const at = new Buckets(() => {
    if (!endpoint) throw new Error('no endpoint yet: ask within a test');
    return endpoint;
  });
  beforeAll(async () => {
    if (!endpoint) {
      const credentials = { accessKeyId: 'contract', secretAccessKey: 'contract secret' };
      const folder = await mkdtemp(join(tmpdir(), 'object-store-'));
      const store = await startObjectStore({ folder, port: 0, credentials });
      endpoint = { url: store.url, region: 'cn-north-1', ...credentials };
      stop = async () => {
        await store.close();
        await rm(folder, { recursive: true });
      };
    }
    await at.make();
  });
  afterAll(() => stop());
  return at;
};
