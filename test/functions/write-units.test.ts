// What a transaction costs, against DynamoDB's published examples: two units for each begun kB, indexes on top.
import { describe, expect, it } from 'vitest';
import { unitsOfTransaction } from '../../functions/write-units.ts';

const put = (item: Record<string, unknown>, replaces = false) => ({
  Put: {
    TableName: 'table',
    Item: { pk: 'p', sk: 's', ...item },
    ...(replaces
      ? { ConditionExpression: '#version = :before', ExpressionAttributeValues: { ':before': 1 } }
      : {}),
  },
});
const journal = { gsi1pk: 'day', gsi1sk: 'time' };
const subject = { gsi2pk: 'person', gsi2sk: 'month' };
const next = { gsi3pk: 'centre', gsi3sk: 'date' };

describe('the write units of a transaction', () => {
  it('are two for each item of up to a kB, however many there are', () => {
    expect(unitsOfTransaction([put({})])).toBe(2);
    expect(unitsOfTransaction(Array.from({ length: 100 }, () => put({})))).toBe(200);
    expect(
      unitsOfTransaction([{ Update: { TableName: 'table', Key: {}, UpdateExpression: 'ADD n :one' } }]),
    ).toBe(2);
  });

  it('grow with every begun kB, names and Chinese signs counted in bytes', () => {
    expect(unitsOfTransaction([put({ body: 'x'.repeat(1024 - 10) })])).toBe(2);
    expect(unitsOfTransaction([put({ body: 'x'.repeat(1024 - 9) })])).toBe(4);
    expect(unitsOfTransaction([put({ body: '窗'.repeat(400) })])).toBe(4);
  });

  it('count an entry in each index an item stands in; of a replaced head only its next date moves', () => {
    expect(unitsOfTransaction([put(journal)])).toBe(4);
    expect(unitsOfTransaction([put({ ...subject, ...next })])).toBe(6);
    expect(unitsOfTransaction([put({ ...subject, ...next }, true)])).toBe(6);
    expect(unitsOfTransaction([put(subject, true)])).toBe(2);
  });
});
