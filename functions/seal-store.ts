// Where seals lie: in the bucket of papers, create-only, each under a compliance lock, so that nobody, not even whoever
// owns the account, deletes or replaces one before its time. Loads the S3 client on first use only.
import type { S3Client } from '@aws-sdk/client-s3';
import { type Instant, plusDays } from '../shared/time.ts';

export interface SealStoreSettings {
  client: () => Promise<S3Client>;
  /** Signs addresses for people; the same client unless the store is reached by two names. */
  signingClient?: () => Promise<S3Client>;
  bucket: string;
}

/** The oldest version of an object, which nobody can replace, and how many versions and delete marks lie over it. */
export interface Kept {
  text: string;
  over: number;
}

/** 定期10年: 国家档案局令第8号 (2006) on how long offices keep their files. Hashes and ids alone are kept so long. */
const keepDays = 3653;
const addressSeconds = 300;

export type SealStore = ReturnType<typeof createSealStore>;

export const createSealStore = ({ client, signingClient, bucket }: SealStoreSettings) => {
  const open = async () => ({ s3: await import('@aws-sdk/client-s3'), send: await client() });

  /** Puts a text unless something lies there; says whether it was put. */
  const putOnce = async (key: string, text: string, now: Instant): Promise<boolean> => {
    const { s3, send } = await open();
    try {
      await send.send(
        new s3.PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: text,
          ContentType: 'text/plain; charset=utf-8',
          IfNoneMatch: '*',
          ChecksumAlgorithm: 'SHA256',
          ObjectLockMode: 'COMPLIANCE',
          ObjectLockRetainUntilDate: new Date(`${plusDays(now.slice(0, 10), keepDays)}T00:00:00.000Z`),
        }),
      );
      return true;
    } catch (error) {
      // 412: it is there; 409: somebody is putting it this moment.
      if (error instanceof Error && /^(PreconditionFailed|ConditionalRequestConflict)$/.test(error.name))
        return false;
      throw error;
    }
  };

  const versionsOf = async (key: string) => {
    const { s3, send } = await open();
    const found = await send.send(new s3.ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
    const own = (found.Versions ?? []).filter((version) => version.Key === key);
    const marks = (found.DeleteMarkers ?? []).filter((mark) => mark.Key === key);
    return { own, marks };
  };

  /** What was put first under a key; undefined when nothing ever was. */
  const first = async (key: string): Promise<Kept | undefined> => {
    const { s3, send } = await open();
    const { own, marks } = await versionsOf(key);
    const oldest = own.at(-1); // the newest comes first: API reference of ListObjectVersions
    if (oldest?.VersionId === undefined) return undefined;
    const found = await send.send(
      new s3.GetObjectCommand({ Bucket: bucket, Key: key, VersionId: oldest.VersionId }),
    );
    const text = (await found.Body?.transformToString()) ?? '';
    return { text, over: own.length - 1 + marks.length };
  };

  /** Lays a file that anyone may make again beside the seals, without a lock; the hash in its key keeps it from changing. */
  const lay = async (key: string, text: string): Promise<void> => {
    const { s3, send } = await open();
    await send.send(
      new s3.PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: text,
        ContentType: 'application/json',
        ChecksumAlgorithm: 'SHA256',
      }),
    );
  };

  /** An address for a file, for a short time. */
  const address = async (key: string, name: string): Promise<string> => {
    const [{ s3, send }, { getSignedUrl }] = await Promise.all([
      open(),
      import('@aws-sdk/s3-request-presigner'),
    ]);
    const signer = (await signingClient?.()) ?? send;
    return getSignedUrl(
      signer,
      new s3.GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        ResponseCacheControl: 'private, no-store',
      }),
      { expiresIn: addressSeconds },
    );
  };

  return { address, addressSeconds, first, lay, putOnce };
};
