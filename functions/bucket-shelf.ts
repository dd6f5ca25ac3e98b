// A prefix of a bucket as the shelf of an archive, and the bucket of papers as an archive reads it. Loads nothing of S3
// before it is asked.
import type { S3Client } from '@aws-sdk/client-s3';
import type { Papers, Shelf } from './archive.ts';

const read = async (client: S3Client, Bucket: string, Key: string): Promise<Uint8Array> => {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const found = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await found.Body?.transformToByteArray()) ?? new Uint8Array();
};
/** Answers the version the store gave it. */
export const putObject = async (
  client: S3Client,
  Bucket: string,
  Key: string,
  Body: Uint8Array,
): Promise<string | undefined> => {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const put = await client.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm: 'SHA256' }));
  return put.VersionId;
};

export const bucketShelf = (client: S3Client, bucket: string, prefix: string): Shelf => ({
  put: async (name, bytes) => {
    await putObject(client, bucket, `${prefix}${name}`, bytes);
  },
  get: (name) => read(client, bucket, `${prefix}${name}`),
});

export const bucketPapers = (client: S3Client, bucket: string): Papers => ({
  list: async (prefix) => {
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const keys: string[] = [];
    let from: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(from === undefined ? {} : { ContinuationToken: from }),
        }),
      );
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      from = page.NextContinuationToken;
    } while (from !== undefined);
    return keys;
  },
  read: (key) => read(client, bucket, key),
});
