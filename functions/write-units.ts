// What a transaction costs in write units, by DynamoDB's published rules, from the items it writes. Counted here because
// DynamoDB Local 3.3.0 answers the units of one item for a transaction of a hundred. Only a meter asks for it.
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { tableShape } from './keys.ts';

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>;
const indexes = Object.values(tableShape.indexes);
const { next } = tableShape.indexes;

const bytes = (value: unknown): number =>
  Buffer.byteLength(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/**
 * Two units for each begun kB of each item, and two for each entry of a keys-only index. A replaced head keeps its
 * subject, which costs nothing; its next date counts as changed, which takes the old entry away and puts a new one.
 */
export const unitsOfTransaction = (items: Items): number =>
  items.reduce((sum, { Put: put }) => {
    if (put?.Item === undefined) return sum + 2;
    const item = put.Item;
    const size = Object.entries(item).reduce((all, [name, value]) => all + bytes(name) + bytes(value), 0);
    const replaces = put.ExpressionAttributeValues !== undefined;
    const entries = indexes
      .filter((index) => index.pk in item)
      .reduce((all, index) => all + (replaces ? (index === next ? 2 : 0) : 1), 0);
    return sum + 2 * Math.ceil(size / 1024) + 2 * entries;
  }, 0);
