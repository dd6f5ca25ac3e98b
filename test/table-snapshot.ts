// A reader of one moment: answers the table client's GetItem, BatchGetItem and Query from items that were scanned from the
// real table a moment before, in the engine's own wire format. The house on top cannot tell, so what is verified is what
// lies in the engine, and a thousand verifications cost a thousand scans instead of a million requests.
import { Readable } from 'node:stream';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { tableShape } from '../functions/keys.ts';

export type WireItem = Record<string, AttributeValue>;

export const scanTable = async (client: DynamoDBClient, table: string): Promise<WireItem[]> => {
  const items: WireItem[] = [];
  let from: WireItem | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    for (const item of page.Items ?? []) items.push(item);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};

const value = z.object({ S: z.string() });
const key = z.object({ pk: value, sk: value });
const asked = z.object({
  IndexName: z.string().optional(),
  Key: key.optional(),
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(key) })).optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeValues: z.record(z.string(), value).optional(),
  ScanIndexForward: z.boolean().optional(),
  Limit: z.number().optional(),
});
type Asked = z.output<typeof asked>;

const text = (item: WireItem, name: string): string => item[name]?.S ?? '';
const plain = (item: WireItem): unknown =>
  JSON.parse(JSON.stringify(item, (_name, member) => (member instanceof Uint8Array ? undefined : member)));

/** The part of a condition that speaks of the sort key. */
const sortTest = (condition: string, values: Record<string, { S: string }>): ((sk: string) => boolean) => {
  const of = (name: string): string => values[name]?.S ?? '';
  const starts = /begins_with\(\w+, (:\w+)\)/.exec(condition)?.[1];
  if (starts !== undefined) return (sk) => sk.startsWith(of(starts));
  const [, from, to] = /BETWEEN (:\w+) AND (:\w+)/.exec(condition) ?? [];
  if (from !== undefined && to !== undefined) return (sk) => of(from) <= sk && sk <= of(to);
  const [, sign, limit] = /AND \w+ (<=|<) (:\w+)/.exec(condition) ?? [];
  if (limit !== undefined) return (sk) => (sign === '<' ? sk < of(limit) : sk <= of(limit));
  return () => true;
};

const query = (byPartition: Map<string, Map<string, WireItem[]>>, question: Asked): unknown => {
  const index = Object.values(tableShape.indexes).find(({ name }) => name === question.IndexName);
  const [pk, sk] = index ? [index.pk, index.sk] : [tableShape.pk, tableShape.sk];
  const values = question.ExpressionAttributeValues ?? {};
  const fits = sortTest(question.KeyConditionExpression ?? '', values);
  const lying = (byPartition.get(pk)?.get(values[':pk']?.S ?? '') ?? []).filter((item) =>
    fits(text(item, sk)),
  );
  const ordered = lying.toSorted((a, b) => (text(a, sk) < text(b, sk) ? -1 : 1));
  if (question.ScanIndexForward === false) ordered.reverse();
  const items = ordered.slice(0, question.Limit ?? ordered.length);
  const keysOnly = (item: WireItem): WireItem => {
    const keys: WireItem = {};
    for (const name of [tableShape.pk, tableShape.sk, pk, sk]) {
      const member = item[name];
      if (member) keys[name] = member;
    }
    return keys;
  };
  return { Items: items.map((item) => plain(index ? keysOnly(item) : item)), Count: items.length };
};

/** A client that reads these items and nothing else. It writes nothing: whatever else is asked of it throws. */
export const snapshotClient = (items: readonly WireItem[]): DynamoDBClient => {
  const byKey = new Map(items.map((item) => [`${text(item, 'pk')} ${text(item, 'sk')}`, item]));
  const byPartition = new Map<string, Map<string, WireItem[]>>();
  for (const name of [tableShape.pk, ...Object.values(tableShape.indexes).map(({ pk }) => pk)]) {
    const partitions = new Map<string, WireItem[]>();
    for (const item of items) {
      if (item[name] === undefined) continue;
      const known = partitions.get(text(item, name));
      if (known) known.push(item);
      else partitions.set(text(item, name), [item]);
    }
    byPartition.set(name, partitions);
  }
  const get = (of: z.output<typeof key>) => byKey.get(`${of.pk.S} ${of.sk.S}`);
  const answer = (operation: string, question: Asked): unknown => {
    switch (operation) {
      case 'GetItem': {
        const found = question.Key && get(question.Key);
        return found ? { Item: plain(found) } : {};
      }
      case 'BatchGetItem': {
        const responses: Record<string, unknown[]> = {};
        for (const [table, { Keys }] of Object.entries(question.RequestItems ?? {})) {
          const found: unknown[] = [];
          for (const one of Keys) {
            const item = get(one);
            if (item) found.push(plain(item));
          }
          responses[table] = found;
        }
        return { Responses: responses, UnprocessedKeys: {} };
      }
      case 'Query':
        return query(byPartition, question);
      default:
        throw new Error(`a moment of the past takes no ${operation}`);
    }
  };
  return new DynamoDBClient({
    endpoint: 'http://snapshot.invalid',
    region: 'local',
    credentials: { accessKeyId: 'tests', secretAccessKey: 'tests' },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body?: unknown }) => {
        const operation = (request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
        const told = answer(operation, asked.parse(JSON.parse(String(request.body))));
        return {
          response: {
            statusCode: 200,
            headers: { 'content-type': 'application/x-amz-json-1.0' },
            body: Readable.from([Buffer.from(JSON.stringify(told))]),
          },
        };
      },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
    },
  });
};
