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

/** The hash S3 computes over a copy as it makes it, so that nothing is believed of it that was not read. */
const copyObject = async (
  client: S3Client,
  from: { bucket: string; key: string; version: string },
  to: { bucket: string; key: string },
): Promise<string> => {
  const { CopyObjectCommand } = await import('@aws-sdk/client-s3');
  const key = from.key.split('/').map(encodeURIComponent).join('/');
  const copied = await client.send(
    new CopyObjectCommand({
      Bucket: to.bucket,
      Key: to.key,
      CopySource: `${from.bucket}/${key}?versionId=${encodeURIComponent(from.version)}`,
      ChecksumAlgorithm: 'SHA256',
      TaggingDirective: 'REPLACE',
    }),
  );
  return Buffer.from(copied.CopyObjectResult?.ChecksumSHA256 ?? '', 'base64').toString('hex');
};

/** `evidence`: the bucket of the files that may be taken along, copied by the store itself. */
export const bucketShelf = (client: S3Client, bucket: string, prefix: string, evidence?: string): Shelf => ({
  ...(evidence === undefined
    ? {}
    : {
        take: (name, { key, version }) =>
          copyObject(client, { bucket: evidence, key, version }, { bucket, key: `${prefix}${name}` }),
      }),
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
