// The bucket in which evidence lies: presigned uploads that enforce size and hash, parts that survive a broken line,
// short-lived views of one recorded version, lock and purge. Loads the S3 client only when a file is asked for.
import { createHash } from 'node:crypto';
import type { ListObjectVersionsCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { type ManifestEntry, partSize } from '../shared/evidence.ts';
import type { Day } from '../shared/time.ts';

/** One request the device makes itself, straight to the store. */
export interface Put {
  url: string;
  headers: Record<string, string>;
}
export interface PartPlan {
  n: number;
  size: number;
  have: boolean;
  put?: Put;
}
export interface StoredFile {
  version: string;
  size: number;
  /** Hex; absent for a file of parts, whose checksum in the store is composite. */
  sha256?: string;
}

/** The first and the last bytes of a file, for a look at what it is. */
export interface Ends {
  first: Uint8Array;
  last: Uint8Array;
}
interface EndSizes {
  head: number;
  tail: number;
}

/** Bytes up to which a file is looked at with one request for all of it instead of one for its facts and two for its ends. */
const oneLook = 1024 * 1024;

export interface KeptVersion {
  version: string;
  /** A delete mark: what lies under it is still there. */
  deleted: boolean;
}

export interface EvidenceStoreSettings {
  /** Called once, on first use. */
  client: () => Promise<S3Client>;
  /** Signs URLs for the address tablets use; the same client unless the store is reached by two names. */
  signingClient?: () => Promise<S3Client>;
  bucket: string;
  uploadSeconds?: number;
  viewSeconds?: number;
}

/** Names the row of the look-up register in every address under which a file can be seen. */
export const lookParameter = 'x-look';

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const hex = (checksum: string): string => Buffer.from(checksum, 'base64').toString('hex');

const factsOf = (told: {
  VersionId?: string | undefined;
  ContentLength?: number | undefined;
  ChecksumSHA256?: string | undefined;
}): StoredFile => {
  const checksum = told.ChecksumSHA256;
  return {
    version: told.VersionId ?? 'null',
    size: told.ContentLength ?? 0,
    ...(checksum === undefined || checksum.includes('-') ? {} : { sha256: hex(checksum) }),
  };
};

const unlessMissing = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey')) return undefined;
    throw error;
  }
};

export type EvidenceStore = ReturnType<typeof createEvidenceStore>;

export const createEvidenceStore = (settings: EvidenceStoreSettings) => {
  const { bucket } = settings;
  const uploadSeconds = settings.uploadSeconds ?? 900;
  const viewSeconds = settings.viewSeconds ?? 120;
  let opened: ReturnType<typeof open> | undefined;
  const open = async () => {
    const [s3, presigner, client] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/s3-request-presigner'),
      settings.client(),
    ]);
    const signer = (await settings.signingClient?.()) ?? client;
    return { s3, getSignedUrl: presigner.getSignedUrl, client, signer };
  };
  const parts = () => {
    opened ??= open();
    return opened;
  };

  /** Headers are signed as headers, so neither size nor hash nor create-only can be left out by the sender. */
  const signing = (headers: Record<string, string>) => ({
    expiresIn: uploadSeconds,
    unhoistableHeaders: new Set(Object.keys(headers)),
    signableHeaders: new Set(['host', ...Object.keys(headers)]),
  });

  const putWhole = async (key: string, file: ManifestEntry): Promise<Put> => {
    const { s3, getSignedUrl, signer } = await parts();
    const headers = {
      'content-length': String(file.size),
      'content-type': file.mediaType,
      'if-none-match': '*',
      'x-amz-checksum-sha256': base64(file.sha256),
    };
    const url = await getSignedUrl(
      signer,
      new s3.PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentType: file.mediaType,
        ContentLength: file.size,
        ChecksumSHA256: base64(file.sha256),
        IfNoneMatch: '*',
      }),
      signing(headers),
    );
    return { url, headers };
  };

  const beginParts = async (key: string, file: ManifestEntry): Promise<string> => {
    const { s3, client } = await parts();
    const begun = await client.send(
      new s3.CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        ContentType: file.mediaType,
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    if (begun.UploadId === undefined) throw new Error('the store began no upload');
    return begun.UploadId;
  };

  /** Parts that lie in the store with the announced size and hash; undefined when the upload itself is gone. */
  const storedParts = async (
    key: string,
    upload: string,
  ): Promise<Map<number, { etag: string; sha256: string; size: number }> | undefined> => {
    const { s3, client } = await parts();
    const found = new Map<number, { etag: string; sha256: string; size: number }>();
    let marker: string | undefined;
    try {
      do {
        const page = await client.send(
          new s3.ListPartsCommand({
            Bucket: bucket,
            Key: key,
            UploadId: upload,
            ...(marker === undefined ? {} : { PartNumberMarker: marker }),
          }),
        );
        for (const part of page.Parts ?? [])
          if (part.PartNumber !== undefined)
            found.set(part.PartNumber, {
              etag: part.ETag ?? '',
              sha256: hex(part.ChecksumSHA256 ?? ''),
              size: part.Size ?? 0,
            });
        marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
      } while (marker !== undefined);
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchUpload') return undefined;
      throw error;
    }
    return found;
  };

  const partLength = (file: ManifestEntry, n: number): number =>
    Math.min(partSize, file.size - (n - 1) * partSize);

  /** What the store has and what is still to be sent, part by part. */
  const planParts = async (
    key: string,
    file: ManifestEntry,
    upload: string,
  ): Promise<PartPlan[] | undefined> => {
    const have = await storedParts(key, upload);
    if (!have) return undefined;
    const { s3, getSignedUrl, signer } = await parts();
    return Promise.all(
      (file.parts ?? []).map(async (sha256, index): Promise<PartPlan> => {
        const n = index + 1;
        const size = partLength(file, n);
        const stored = have.get(n);
        if (stored?.sha256 === sha256 && stored.size === size) return { n, size, have: true };
        const headers = { 'content-length': String(size), 'x-amz-checksum-sha256': base64(sha256) };
        const url = await getSignedUrl(
          signer,
          new s3.UploadPartCommand({
            Bucket: bucket,
            Key: key,
            UploadId: upload,
            PartNumber: n,
            ContentLength: size,
            ChecksumSHA256: base64(sha256),
          }),
          signing(headers),
        );
        return { n, size, have: false, put: { url, headers } };
      }),
    );
  };

  /** Joins the parts, create-only; false when some are missing or other than announced. */
  const joinParts = async (key: string, file: ManifestEntry, upload: string): Promise<boolean> => {
    const have = await storedParts(key, upload);
    const announced = file.parts ?? [];
    if (!have || announced.some((sha256, index) => have.get(index + 1)?.sha256 !== sha256)) return false;
    const { s3, client } = await parts();
    await client.send(
      new s3.CompleteMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        UploadId: upload,
        IfNoneMatch: '*',
        MultipartUpload: {
          Parts: announced.map((sha256, index) => ({
            PartNumber: index + 1,
            ETag: have.get(index + 1)?.etag,
            ChecksumSHA256: base64(sha256),
          })),
        },
      }),
    );
    return true;
  };

  const stored = async (key: string): Promise<StoredFile | undefined> => {
    const { s3, client } = await parts();
    return unlessMissing(async () =>
      factsOf(
        await client.send(new s3.HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })),
      ),
    );
  };

  /** Reads one version through and gives the hash of the whole; for files of parts, in the background. */
  const readHash = async (key: string, version: string): Promise<string> => {
    const { s3, client } = await parts();
    const found = await client.send(
      new s3.GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }),
    );
    const hash = createHash('sha256');
    if (found.Body) for await (const chunk of found.Body.transformToWebStream()) hash.update(chunk);
    return hash.digest('hex');
  };

  /** The bytes of one version, for printing a picture: small files only. */
  const readWhole = async (key: string, version: string): Promise<Buffer | undefined> => {
    const { s3, client } = await parts();
    const found = await client.send(
      new s3.GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }),
    );
    return found.Body ? Buffer.from(await found.Body.transformToByteArray()) : undefined;
  };

  /** The first and the last bytes of one version. */
  const readEnds = async (key: string, version: string, size: number, ends: EndSizes): Promise<Ends> => {
    const { s3, client } = await parts();
    const range = async (Range: string): Promise<Uint8Array> => {
      const found = await client.send(
        new s3.GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version, Range }),
      );
      return found.Body ? found.Body.transformToByteArray() : new Uint8Array();
    };
    const [first, last] = await Promise.all([
      range(`bytes=0-${ends.head - 1}`),
      range(`bytes=${Math.max(0, size - ends.tail)}-${size - 1}`),
    ]);
    return { first, last };
  };

  /**
   * What lies under a key and, where the store knows the hash of the whole, how it begins and ends; undefined when nothing
   * lies there. A small file is fetched once, its bytes held against the store's checksum on the way.
   */
  const lookInto = async (
    key: string,
    size: number,
    ends: EndSizes,
  ): Promise<(StoredFile & Partial<Ends>) | undefined> => {
    if (size > oneLook) {
      const found = await stored(key);
      return found?.sha256 === undefined
        ? found
        : { ...found, ...(await readEnds(key, found.version, found.size, ends)) };
    }
    const { s3, client } = await parts();
    return unlessMissing(async () => {
      const found = await client.send(
        new s3.GetObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }),
      );
      const whole = found.Body ? await found.Body.transformToByteArray() : new Uint8Array();
      const { head, tail } = ends;
      const first = whole.subarray(0, head);
      return { ...factsOf(found), first, last: whole.subarray(Math.max(0, whole.length - tail)) };
    });
  };

  /** Locks a version against deletion until the end of a day (governance: a purge by rule may still be authorised). */
  const lock = async (key: string, version: string, keepUntil: Day): Promise<void> => {
    const { s3, client } = await parts();
    await client.send(
      new s3.PutObjectRetentionCommand({
        Bucket: bucket,
        Key: key,
        VersionId: version,
        Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(`${keepUntil}T16:00:00.000Z`) },
      }),
    );
  };

  /**
   * A URL for one recorded version, for a short time. Issue it only after the look-up is registered: `row` is its version
   * in the register and part of what is signed. S3 overlooks parameters that begin with x- and keeps them in its access
   * log (S3 user guide, "Amazon S3 server access log format", custom access log information), where an auditor meets them.
   */
  const viewUrl = async (key: string, version: string, name: string, row: number): Promise<string> => {
    const { s3, getSignedUrl, signer } = await parts();
    const look = new s3.GetObjectCommand({
      Bucket: bucket,
      Key: key,
      VersionId: version,
      ResponseContentDisposition: `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
      ResponseCacheControl: 'private, no-store',
    });
    look.middlewareStack.add(
      (next) => (given) => {
        const { request } = given;
        if (typeof request === 'object' && request !== null && 'query' in request)
          request.query = { ...Object(request.query), [lookParameter]: String(row) };
        return next(given);
      },
      { step: 'build' },
    );
    return getSignedUrl(signer, look, { expiresIn: viewSeconds });
  };

  /** Deletes every version of a key and says how many there were. */
  const purge = async (key: string): Promise<number> => {
    const { s3, client } = await parts();
    const found = await client.send(new s3.ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
    const versions = [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])].filter(
      (entry) => entry.Key === key,
    );
    for (const version of versions)
      await client.send(
        new s3.DeleteObjectCommand({
          Bucket: bucket,
          Key: key,
          VersionId: version.VersionId,
          BypassGovernanceRetention: true,
        }),
      );
    return versions.length;
  };

  /** Everything that ever lay under a prefix and still does: versions and delete marks by key, the newest first. */
  const everyVersion = async (prefix: string): Promise<Map<string, KeptVersion[]>> => {
    const { s3, client } = await parts();
    const found = new Map<string, KeptVersion[]>();
    let after: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (after !== undefined) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new s3.ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...after }),
      );
      const marks = (page.DeleteMarkers ?? []).map((mark) => ({ ...mark, deleted: true }));
      for (const { Key = '', VersionId = 'null', deleted } of [
        ...(page.Versions ?? []).map((version) => ({ ...version, deleted: false })),
        ...marks,
      ])
        found.set(Key, [...(found.get(Key) ?? []), { version: VersionId, deleted }]);
      after =
        page.IsTruncated === true && page.NextKeyMarker !== undefined
          ? {
              KeyMarker: page.NextKeyMarker,
              ...(page.NextVersionIdMarker === undefined
                ? {}
                : { VersionIdMarker: page.NextVersionIdMarker }),
            }
          : undefined;
    }
    return found;
  };

  return {
    viewSeconds,
    everyVersion,
    beginParts,
    joinParts,
    lock,
    lookInto,
    planParts,
    purge,
    putWhole,
    readEnds,
    readHash,
    readWhole,
    stored,
    viewUrl,
  };
};
