// Makes the table and the buckets on the engines of one machine, with the shape the cloud gives them. Safe to call
// again: what is there stays as it is.
import {
  type AttributeDefinition,
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { tableShape } from '../functions/keys.ts';

const indexes = Object.values(tableShape.indexes);
const text = (AttributeName: string): AttributeDefinition => ({ AttributeName, AttributeType: 'S' });
const keys = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' as const },
  { AttributeName: sk, KeyType: 'RANGE' as const },
];

/** Resolves when the table takes writes; its stream carries new images, its receipts expire. */
export const createTable = async (client: DynamoDBClient, name: string): Promise<void> => {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          ...[tableShape.pk, tableShape.sk],
          ...indexes.flatMap((index) => [index.pk, index.sk]),
        ].map(text),
        KeySchema: keys(tableShape.pk, tableShape.sk),
        GlobalSecondaryIndexes: indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: keys(index.pk, index.sk),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        })),
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );
  } catch (error) {
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName: name });
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: tableShape.ttl, Enabled: true },
    }),
  );
};

export interface Buckets {
  evidence: string;
  papers: string;
  /** Where the pages come from that put and read files directly: `https://host`. */
  origin: string;
}

/** Versions and object lock from the first day, as in the cloud. */
export const createBuckets = async (s3: S3Client, { evidence, papers, origin }: Buckets): Promise<void> => {
  for (const Bucket of [evidence, papers]) {
    try {
      await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    } catch (error) {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    }
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await s3.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: {
          CORSRules: [
            {
              AllowedOrigins: [origin],
              AllowedMethods: ['PUT', 'GET', 'HEAD'],
              AllowedHeaders: ['content-type', 'if-none-match', 'range', 'x-amz-*'],
              ExposeHeaders: ['Content-Range', 'ETag', 'x-amz-checksum-sha256', 'x-amz-version-id'],
              MaxAgeSeconds: 3600,
            },
          ],
        },
      }),
    );
  }
};
