// The built-in accounts as they lie in the table: what is kept of a password, tries, promises of tokens. Read by the
// function where people sign in and by nobody else; the API may put a first password down, never read one. No event and
// no archive carries any of it.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../shared/time.ts';
import type { Grants } from './issuer-app.ts';
import { digestOf, randomName } from './issuer-app.ts';
import { signInKey } from './keys.ts';

const account = z.object({
  subject: z.string(),
  name: z.string(),
  /** Of the password; see passwords.ts. */
  kept: z.string(),
  /** Handed over by somebody else: good for nothing but choosing one's own, and only so long. */
  first: z.boolean(),
  ends: z.string(),
  changedAt: z.string(),
  tries: z.int().default(0),
  triedAt: z.string().default(''),
});
export type BuiltInAccount = z.infer<typeof account>;

const promised = z.object({
  subject: z.string(),
  redirectUri: z.string(),
  challenge: z.string(),
  nonce: z.string().optional(),
});
const code = z.object({ what: promised, ends: z.number(), signIn: z.string().optional() });
const begun = z.object({ subject: z.string(), digest: z.string(), at: z.string(), ends: z.number() });

/** GB/T 22239-2019, 8.1.4.1 b: tries are limited. Wrong ones in a row, and milliseconds of rest after them. */
export const mostTries = 5;
const rest = 15 * 60_000;
/** A first password lies about on paper. */
const firstLife = 7 * 86_400_000;
/** To choose a password, after the first one was right. */
const ticketLife = 10 * 60_000;
/** A code is fetched by the page that asked for it; a sign-in ends after a week without use. */
const codeLife = 60_000;
const signInLife = 7 * 86_400_000;

export type SignInBook = ReturnType<typeof openSignInBook>;

export const openSignInBook = (settings: { client: DynamoDBClient; table: string; clock(): Instant }) => {
  const { table, clock } = settings;
  const documents = DynamoDBDocumentClient.from(settings.client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const now = (): number => Date.parse(clock());
  /** When the table may forget it by itself, in seconds. */
  const expires = (ends: number): number => Math.ceil(ends / 1000) + 86_400;

  const read = async (what: 'P' | 'T' | 'C' | 'S', name: string): Promise<unknown> =>
    (
      await documents.send(
        new GetCommand({ TableName: table, Key: signInKey(what, name), ConsistentRead: true }),
      )
    ).Item;
  const write = async (item: Record<string, unknown>): Promise<void> => {
    await documents.send(new PutCommand({ TableName: table, Item: item }));
  };
  /** Changes an item under a condition; false when it did not hold. */
  const changed = async (
    what: 'P' | 'T' | 'C' | 'S',
    name: string,
    change: string,
    condition: string,
    values: Record<string, unknown>,
  ): Promise<boolean> => {
    try {
      await documents.send(
        new UpdateCommand({
          TableName: table,
          Key: signInKey(what, name),
          UpdateExpression: change,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  const accountOf = async (subject: string): Promise<BuiltInAccount | undefined> =>
    account.optional().parse(await read('P', subject));

  /**
   * Counts a try before it is made, so that a hundred at once are still five: the account, or undefined when there is
   * none or it rests after too many.
   */
  const tried = async (subject: string): Promise<BuiltInAccount | undefined> => {
    const found = await accountOf(subject);
    if (found === undefined) return undefined;
    const rested = found.tries >= mostTries && Date.parse(found.triedAt) + rest <= now();
    if (found.tries >= mostTries && !rested) return undefined;
    // The count that was read is the count that is changed; whoever was slower tries nothing.
    const counted = await changed(
      'P',
      subject,
      'SET tries = :tries, triedAt = :at',
      'tries = :seen AND kept = :kept',
      {
        ...{ ':tries': rested ? 1 : found.tries + 1, ':at': clock() },
        ...{ ':seen': found.tries, ':kept': found.kept },
      },
    );
    return counted ? found : undefined;
  };

  const setPassword = (of: Pick<BuiltInAccount, 'subject' | 'name' | 'kept' | 'first'>): Promise<void> =>
    write({
      ...signInKey('P', of.subject),
      ...of,
      ...{ tries: 0, triedAt: '', changedAt: clock() },
      ends: of.first ? new Date(now() + firstLife).toISOString() : '9999',
    });

  const grants: Grants = {
    promise: async (what) => {
      const secret = randomName();
      const ends = now() + codeLife;
      await write({ ...signInKey('C', digestOf(secret)), what, ends, expires: expires(ends) });
      return secret;
    },
    redeem: async (shown, fits) => {
      const name = digestOf(shown);
      const found = code.optional().parse(await read('C', name));
      if (found === undefined || found.ends <= now()) return undefined;
      if (found.signIn !== undefined) {
        await end(found.signIn); // RFC 6749, 4.1.2
        return undefined;
      }
      const id = randomName();
      // Used up, whether it fits or not; of two at once one comes too late.
      const mine = await changed(
        'C',
        name,
        'SET signIn = :id',
        'attribute_exists(pk) AND attribute_not_exists(signIn)',
        { ':id': id },
      );
      if (!mine || !fits(found.what)) return undefined;
      return { what: found.what, refresh: await begin(found.what.subject, id) };
    },
    renew: async (refresh) => {
      const [id = '', secret = ''] = refresh.split('.');
      const found = begun.optional().parse(await read('S', id));
      if (found === undefined || found.ends <= now()) return undefined;
      const next = randomName();
      const ends = now() + signInLife;
      const mine = await changed(
        'S',
        id,
        'SET digest = :next, ends = :ends, expires = :expires',
        'digest = :shown',
        { ':next': digestOf(next), ':ends': ends, ':expires': expires(ends), ':shown': digestOf(secret) },
      );
      if (!mine) {
        await end(id); // RFC 9700, 4.14.2: shown twice, so it was copied
        return undefined;
      }
      return { subject: found.subject, at: found.at, refresh: `${id}.${next}` };
    },
  };
  const begin = async (subject: string, id: string): Promise<string> => {
    const secret = randomName();
    const ends = now() + signInLife;
    await write({
      ...{ ...signInKey('S', id), subject, digest: digestOf(secret), at: clock() },
      ...{ ends, expires: expires(ends) },
    });
    return `${id}.${secret}`;
  };
  const end = async (id: string): Promise<void> => {
    await changed('S', id, 'SET ends = :over', 'attribute_exists(pk)', { ':over': 0 });
  };

  return {
    grants,
    accountOf,
    tried,
    /** The password was right: tries count anew. */
    right: async ({ subject, kept }: BuiltInAccount): Promise<void> => {
      await changed('P', subject, 'SET tries = :none', 'kept = :kept', { ':none': 0, ':kept': kept });
    },
    /** Puts down what is kept of a first password, in place of whatever was there; every sign-in of before has ended. */
    giveFirst: (subject: string, name: string, kept: string): Promise<void> =>
      setPassword({ subject, name, kept, first: true }),
    choose: ({ subject, name }: BuiltInAccount, kept: string): Promise<void> =>
      setPassword({ subject, name, kept, first: false }),
    /** To choose a password with, once. */
    ticket: async (subject: string): Promise<string> => {
      const secret = randomName();
      const ends = now() + ticketLife;
      await write({ ...signInKey('T', digestOf(secret)), subject, ends, expires: expires(ends) });
      return secret;
    },
    ticketOf: async (secret: string): Promise<string | undefined> => {
      const found = z
        .object({ subject: z.string(), ends: z.number() })
        .optional()
        .parse(await read('T', digestOf(secret)));
      return found !== undefined && found.ends > now() ? found.subject : undefined;
    },
    /** False when somebody used it first. */
    spendTicket: (secret: string): Promise<boolean> =>
      changed('T', digestOf(secret), 'SET ends = :over', 'ends > :over', { ':over': 0 }),
  };
};
