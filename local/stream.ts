// Polls the table's stream and hands every inserted event to the function behind it, as the event source does in the cloud.
// Starts at the newest record: what was written while nobody listened is the nightly sweep's, run once at start.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamRecord } from '../functions/stream-batch.ts';

interface Options {
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  table: string;
  client: DynamoDBClient;
  /** The function behind the stream. */
  follow(event: { Records: StreamRecord[] }): Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
}

const every = 150;
/** As cdk/jobs.ts sets the event source. */
const batchSize = 10;
const retries = 5;

export const followStream = async ({ endpoint, credentials, table, client, follow }: Options) => {
  const streams = new DynamoDBStreamsClient({ endpoint, region: 'local', credentials });
  const described = await client.send(new DescribeTableCommand({ TableName: table }));
  const arn = described.Table?.LatestStreamArn;
  if (arn === undefined) throw new Error('the table has no stream');
  /** Shard → the next iterator; undefined once a shard is closed and read. */
  const iterators = new Map<string, string | undefined>();
  let first = true;
  let rounds = 0;
  let stopped = false;

  const discover = async (): Promise<void> => {
    const found = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    for (const shard of found.StreamDescription?.Shards ?? []) {
      if (shard.ShardId === undefined || iterators.has(shard.ShardId)) continue;
      const got = await streams.send(
        new GetShardIteratorCommand({
          StreamArn: arn,
          ShardId: shard.ShardId,
          ShardIteratorType: first ? 'LATEST' : 'TRIM_HORIZON',
        }),
      );
      iterators.set(shard.ShardId, got.ShardIterator);
    }
    first = false;
  };

  /** A batch as the event source hands it over: again from the first that failed, and parked in the end. */
  const handed = async (batch: StreamRecord[]): Promise<void> => {
    let left = batch;
    for (let tries = 0; tries <= retries && left.length > 0 && !stopped; tries += 1) {
      if (tries > 0) await new Promise((resume) => setTimeout(resume, 100 * 2 ** tries));
      const { batchItemFailures } = await follow({ Records: left });
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const first = left.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
      left = first < 0 ? [] : left.slice(first);
    }
    if (left.length > 0 && !stopped)
      console.error(JSON.stringify({ stream: 'parked', records: left.length }));
  };

  const poll = async (): Promise<number> => {
    let read = 0;
    for (const [shard, iterator] of iterators) {
      if (iterator === undefined) continue;
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 500 }));
      const records = page.Records ?? [];
      read += records.length;
      const inserted = records.filter(({ eventName }) => eventName === 'INSERT') as StreamRecord[];
      for (let start = 0; start < inserted.length; start += batchSize)
        await handed(inserted.slice(start, start + batchSize));
      iterators.set(shard, page.NextShardIterator);
    }
    return read;
  };

  await discover();
  const loop = (async () => {
    while (!stopped) {
      try {
        const read = await poll();
        rounds += 1;
        if (rounds % 20 === 0) await discover();
        if (read > 0) continue;
      } catch (error) {
        if (!stopped)
          console.error(JSON.stringify({ stream: error instanceof Error ? error.name : 'unknown' }));
        iterators.clear();
        if (!stopped) await discover().catch(() => undefined);
      }
      await new Promise((resume) => setTimeout(resume, every));
    }
  })();

  return {
    /** Two whole rounds after this moment have found nothing left to read. */
    settled: async (): Promise<void> => {
      const until = rounds + 3;
      while (rounds < until && !stopped) await new Promise((resume) => setTimeout(resume, every / 3));
    },
    stop: async (): Promise<void> => {
      stopped = true;
      await loop;
      streams.destroy();
    },
  };
};
