// DynamoDB Local 3.3.0 answers a transaction a moment before SQLite holds it: killed right after its answer, it had lost
// an acknowledged transaction in 10 of 16 trials, a single put in none of 8. It does one thing after another, so a read
// of whatever item answers only when the transaction is on disk: 0 lost of 24. The cloud's table needs none of this.
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { tableShape } from '../functions/keys.ts';

/** Makes every transaction of this client resolve only when it would survive kill -9 of the engine. */
export const acknowledgeWhenWritten = (client: DynamoDBClient, table: string): void => {
  const nothing = { [tableShape.pk]: { S: '-' }, [tableShape.sk]: { S: '-' } };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const done = await next(args);
      if (context.commandName === 'TransactWriteItemsCommand')
        await client.send(new GetItemCommand({ TableName: table, Key: nothing, ConsistentRead: true }));
      return done;
    },
    { step: 'initialize', name: 'acknowledgeWhenWritten' },
  );
};
