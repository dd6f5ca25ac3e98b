// The table: heads, events, receipts, counters, and every question the house asks of them. Answers with values;
// throws only when the table is broken or unreachable. Knows no permissions and decides nothing.
import { randomBytes } from 'node:crypto';
import {
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
  type ReturnConsumedCapacity,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Acting } from '../shared/access.ts';
import { canonical } from '../shared/canonical.ts';
import { concepts } from '../shared/concepts.ts';
import { type DomainEvent, type FreeText, lift, type Recorded } from '../shared/events.ts';
import type { StreamKind, StreamRef } from '../shared/ids.ts';
import { monthOfId } from '../shared/ids.ts';
import type { UnitKind, UnitScore } from '../shared/month.ts';
import type { RegistryEntry } from '../shared/people.ts';
import type { Score } from '../shared/score.ts';
import type { States } from '../shared/states.ts';
import type { Tally } from '../shared/tally.ts';
import { type Day, dayOf, type Instant, type Month } from '../shared/time.ts';
import {
  accountKey,
  accountPartition,
  caseNumberKey,
  centreKey,
  counterKey,
  eventKey,
  eventPartition,
  headKey,
  journalKeys,
  type Key,
  monthPartition,
  nextKeys,
  openingPartition,
  receiptKey,
  registryPartition,
  registryVersionKey,
  rosterPartition,
  ruleBookPartition,
  scoreKey,
  sha256,
  subjectKeys,
  tableShape,
  unitScoreKey,
} from './keys.ts';
import { unitsOfTransaction } from './write-units.ts';

/** The folded state of a stream at a version, with the hash of its last event. */
export interface Head<K extends StreamKind = StreamKind> {
  ref: { kind: K; id: string };
  version: number;
  hash: string;
  /** Command that created the stream; the same one again finds it after its receipt is gone. */
  command: string;
  state: States[K];
}

/** What a command was answered; kept with the hash of what was asked. */
export interface Receipt {
  request: string;
  answer: Answer;
}
export interface Answer {
  id: string;
  version: number;
  at: Instant;
}

export interface Commit {
  centre: string;
  at: Instant;
  by: Acting;
  command: string;
  /** Hash of what was asked, so that the same id with another body is noticed. */
  request: string;
  answer: Answer;
  changes: { ref: StreamRef; before: Head | undefined; events: DomainEvent[] }[];
  takes?: { counter: string; number: number; after?: number };
  claims?: { number: string; case: string }[];
}

export type Committed = 'done' | 'repeated' | 'clash' | 'busy';

/** What one Query of a month's partition gives. */
export interface MonthPartition {
  case: Head<'case'>[];
  bonus: Head<'bonus'>[];
  talk: Head<'talk'>[];
  award: Head<'award'>[];
  rectification: Head<'rectification'>[];
  enforcement: Head<'enforcement'>[];
  objection: Head<'objection'>[];
  /** Frozen months only. */
  scores: Score[];
  tallies: Tally[];
}

type MonthlyKind = Exclude<keyof MonthPartition, 'scores' | 'tallies'>;

/** Units by operation, as the engine counts reads and single writes, and as published for transactions; the bench and docs/table.md read them. */
export type Meter = (operation: string, units: number, kind: 'read' | 'write') => void;

export interface StoreSettings {
  client: DynamoDBClient;
  table: string;
  meter?: Meter;
}

interface StoredEvent {
  at: Instant;
  by: Acting;
  command: string;
  event: DomainEvent;
  kind: StreamKind;
  prev: string;
  stream: string;
  v: 1;
  version: number;
}

/** An event as it lies in the table: the canonical bytes, the free texts beside them, the hash over the bytes. */
export interface EventItem extends Key {
  body: string;
  texts?: Record<string, { salt: string; text: string }>;
  hash: string;
  request: string;
}

const receiptDays = 45;
const chainStart = '0'.repeat(64);
export const eventHash = (body: string): string => sha256(body);

const isFreeText = (value: object): value is FreeText =>
  'text' in value && typeof value.text === 'string' && Object.keys(value).length === 1;

/** Takes every free text out and leaves its salted digest, so that purging a text leaves the hash over the rest true. */
const sealTexts = (value: unknown, texts: Record<string, { salt: string; text: string }>): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((member) => sealTexts(member, texts));
  if (isFreeText(value)) {
    const salt = randomBytes(16).toString('hex');
    const textDigest = sha256(salt + value.text);
    texts[textDigest] = { salt, text: value.text };
    return { textDigest };
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sealTexts(member, texts)]));
};

export const purgedText = '〔已按期限清除〕';

const openTexts = (value: unknown, texts: EventItem['texts']): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((member) => openTexts(member, texts));
  if ('textDigest' in value && typeof value.textDigest === 'string')
    return { text: texts?.[value.textDigest]?.text ?? purgedText };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, openTexts(member, texts)]));
};

const digestsIn = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return [];
  return 'textDigest' in value && typeof value.textDigest === 'string'
    ? [value.textDigest]
    : Object.values(value).flatMap(digestsIn);
};

export const readEvent = (item: EventItem): Recorded => {
  const stored = JSON.parse(item.body) as StoredEvent;
  return {
    ref: { kind: stored.kind, id: stored.stream },
    stream: stored.stream,
    version: stored.version,
    at: stored.at,
    by: stored.by,
    command: stored.command,
    event: lift(openTexts(stored.event, item.texts) as DomainEvent),
  };
};

/** Folds one more event onto a head. */
const advance = (before: Head | undefined, recorded: Recorded, hash: string): Head => ({
  ref: recorded.ref,
  version: recorded.version,
  hash,
  command: before?.command ?? recorded.command,
  state: foldOne(recorded.ref.kind, before?.state, recorded),
});

/** The head as these events make it, the first of them first; undefined when there are none. Throws where they cannot follow each other. */
export const foldItems = (items: readonly EventItem[]): Head | undefined => {
  let head: Head | undefined;
  for (const item of items) head = advance(head, readEvent(item), item.hash);
  return head;
};

const foldOne = <K extends StreamKind>(kind: K, state: unknown, recorded: Recorded): States[K] =>
  concepts[kind].fold(state as States[K] | undefined, recorded.event, recorded);

/** The head as it lies in the table, with the keys of its indexes. */
export const headItem = (centre: string, head: Head): Record<string, unknown> => {
  const concept = concepts[head.ref.kind] as {
    [P in 'subject' | 'next']?: (state: unknown) => string | undefined;
  };
  const subject = concept.subject?.(head.state);
  const next = concept.next?.(head.state);
  return {
    ...headKey(centre, head.ref),
    shape: concepts[head.ref.kind].shape,
    version: head.version,
    hash: head.hash,
    command: head.command,
    state: JSON.stringify(head.state),
    ...(subject === undefined ? {} : subjectKeys(centre, subject, monthOfId(head.ref.id), head.ref)),
    ...(next === undefined ? {} : nextKeys(centre, next, head.ref)),
  };
};

interface HeadItem extends Key {
  shape: number;
  version: number;
  hash: string;
  command: string;
  state: string;
}

const isBusy = (error: unknown): boolean =>
  error instanceof ThrottlingException ||
  error instanceof ProvisionedThroughputExceededException ||
  error instanceof TransactionConflictException ||
  error instanceof TransactionInProgressException;

export type Store = ReturnType<typeof createStore>;

export const createStore = ({ client, table, meter }: StoreSettings) => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const counting: { ReturnConsumedCapacity?: ReturnConsumedCapacity } =
    meter === undefined ? {} : { ReturnConsumedCapacity: 'TOTAL' };
  const count = (
    operation: string,
    kind: 'read' | 'write',
    consumed: { CapacityUnits?: number | undefined } | { CapacityUnits?: number | undefined }[] | undefined,
  ) => {
    if (!meter || !consumed) return;
    const units = [consumed].flat().reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
    meter(operation, units, kind);
  };

  const get = async <T>(key: Key, operation: string, consistent = true): Promise<T | undefined> => {
    const found = await documents.send(
      new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: consistent, ...counting }),
    );
    count(operation, 'read', found.ConsumedCapacity);
    return found.Item as T | undefined;
  };

  /** All items of a Query, page after page. */
  const query = async <T>(operation: string, input: Omit<QueryCommandInput, 'TableName'>): Promise<T[]> => {
    const items: T[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(
        new QueryCommand({ TableName: table, ...input, ExclusiveStartKey: start, ...counting }),
      );
      count(operation, 'read', page.ConsumedCapacity);
      items.push(...((page.Items ?? []) as T[]));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && (input.Limit === undefined || items.length < input.Limit));
    return items;
  };

  const partition = <T>(operation: string, pk: string, prefix?: string, consistent = false): Promise<T[]> =>
    query<T>(operation, {
      KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ...(prefix === undefined ? {} : { ':prefix': prefix }) },
      ConsistentRead: consistent,
    });

  /** Keys only, from an index: partition, and optionally a span of sort keys, both ends included. */
  const index = async (
    which: keyof typeof tableShape.indexes,
    pk: string,
    span?: { from: string; to: string },
  ): Promise<(Key & Record<string, string>)[]> => {
    const shape = tableShape.indexes[which];
    return query(`index.${which}`, {
      IndexName: shape.name,
      KeyConditionExpression: `${shape.pk} = :pk${span ? ` AND ${shape.sk} BETWEEN :from AND :to` : ''}`,
      ExpressionAttributeValues: {
        ':pk': pk,
        ...(span ? { ':from': span.from, ':to': span.to } : {}),
      },
    });
  };

  const events = async (centre: string, ref: StreamRef, upTo?: number): Promise<EventItem[]> =>
    query<EventItem>('events', {
      KeyConditionExpression: upTo === undefined ? 'pk = :pk' : 'pk = :pk AND sk <= :last',
      ExpressionAttributeValues: {
        ':pk': eventPartition(centre, ref),
        ...(upTo === undefined ? {} : { ':last': eventKey(centre, ref, upTo).sk }),
      },
      ConsistentRead: true,
    });

  /** The head as the events alone make it, up to a version; undefined when there are none. */
  const refold = async (centre: string, ref: StreamRef, upTo?: number): Promise<Head | undefined> =>
    foldItems(await events(centre, ref, upTo));

  const readHead = async (centre: string, ref: StreamRef, item: HeadItem): Promise<Head> => {
    if (item.shape !== concepts[ref.kind].shape) {
      const again = await refold(centre, ref, item.version);
      if (again) return again;
    }
    return {
      ref,
      version: item.version,
      hash: item.hash,
      command: item.command,
      state: JSON.parse(item.state) as States[StreamKind],
    };
  };

  const head = async <K extends StreamKind>(
    centre: string,
    ref: { kind: K; id: string },
  ): Promise<Head<K> | undefined> => {
    const item = await get<HeadItem>(headKey(centre, ref), `head.${ref.kind}`);
    return item === undefined ? undefined : ((await readHead(centre, ref, item)) as Head<K>);
  };

  const heads = async (centre: string, refs: readonly StreamRef[]): Promise<Map<string, Head>> => {
    const byKey = new Map(refs.map((ref) => [JSON.stringify(headKey(centre, ref)), ref]));
    const found = new Map<string, Head>();
    for (const item of await batchGet<HeadItem>([...byKey.values()].map((ref) => headKey(centre, ref)))) {
      const ref = byKey.get(JSON.stringify({ pk: item.pk, sk: item.sk }));
      if (ref) found.set(`${ref.kind}/${ref.id}`, await readHead(centre, ref, item));
    }
    return found;
  };

  const batchGet = async <T>(keys: readonly Key[]): Promise<T[]> => {
    const items: T[] = [];
    for (let start = 0; start < keys.length; start += 100) {
      let left: Record<string, unknown>[] = keys.slice(start, start + 100).map((key) => ({ ...key }));
      while (left.length > 0) {
        const page = await documents.send(
          new BatchGetCommand({
            RequestItems: { [table]: { Keys: left, ConsistentRead: true } },
            ...counting,
          }),
        );
        count('heads', 'read', page.ConsumedCapacity);
        items.push(...((page.Responses?.[table] ?? []) as T[]));
        left = page.UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return items;
  };

  /** A month's partition in one Query: heads by kind, frozen scores and tallies. Consistent when a cut is taken. */
  const month = async (centre: string, of: Month, consistent = false): Promise<MonthPartition> => {
    const found: MonthPartition = {
      ...{ case: [], bonus: [], talk: [], award: [], rectification: [], enforcement: [], objection: [] },
      ...{ scores: [], tallies: [] },
    };
    for (const item of await partition<HeadItem & { score?: string; tally?: string }>(
      'month.board',
      monthPartition(centre, of),
      undefined,
      consistent,
    )) {
      const [prefix = '', id = ''] = item.sk.split(/#(.*)/s);
      if (item.score !== undefined) found.scores.push(JSON.parse(item.score) as Score);
      else if (item.tally !== undefined) found.tallies.push(JSON.parse(item.tally) as Tally);
      else if (prefix === 'CASE')
        found.case.push((await readHead(centre, { kind: 'case', id }, item)) as Head<'case'>);
      else if (prefix === 'BONUS')
        found.bonus.push((await readHead(centre, { kind: 'bonus', id }, item)) as Head<'bonus'>);
      else if (prefix === 'TALK')
        found.talk.push((await readHead(centre, { kind: 'talk', id }, item)) as Head<'talk'>);
      else if (prefix === 'AWARD')
        found.award.push((await readHead(centre, { kind: 'award', id }, item)) as Head<'award'>);
      else if (prefix === 'ENFORCEMENT')
        found.enforcement.push(
          (await readHead(centre, { kind: 'enforcement', id }, item)) as Head<'enforcement'>,
        );
      else if (prefix === 'OBJECTION')
        found.objection.push((await readHead(centre, { kind: 'objection', id }, item)) as Head<'objection'>);
      else if (prefix === 'RECTIFICATION')
        found.rectification.push(
          (await readHead(centre, { kind: 'rectification', id }, item)) as Head<'rectification'>,
        );
    }
    return found;
  };

  /** The item of one person's frozen score. */
  const score = async (centre: string, of: Month, person: string): Promise<Score | undefined> => {
    const item = await get<{ score: string }>(scoreKey(centre, of, person), 'score');
    return item && (JSON.parse(item.score) as Score);
  };

  /** The item of a window's or department's frozen score. */
  const unitScore = async (
    centre: string,
    of: Month,
    kind: UnitKind,
    id: string,
  ): Promise<UnitScore | undefined> => {
    const item = await get<{ unit: string }>(unitScoreKey(centre, of, kind, id), 'score');
    return item && (JSON.parse(item.unit) as UnitScore);
  };

  /** Every frozen score of a month. */
  const frozenScores = async (
    centre: string,
    of: Month,
  ): Promise<{ people: Score[]; units: UnitScore[] }> => {
    const pk = monthPartition(centre, of);
    const [people, units] = await Promise.all([
      partition<{ score: string }>('scores', pk, 'SCORE#', true),
      partition<{ unit: string }>('scores', pk, 'UNITSCORE#', true),
    ]);
    return {
      people: people.map(({ score: one }) => JSON.parse(one) as Score),
      units: units.map(({ unit }) => JSON.parse(unit) as UnitScore),
    };
  };

  const tallies = async (centre: string, of: Month): Promise<Tally[]> =>
    (await partition<{ tally: string }>('tallies', monthPartition(centre, of), 'TALLY#')).map(
      (item) => JSON.parse(item.tally) as Tally,
    );

  /** The awards of a month alone, without its cases and scores. */
  const awards = async (centre: string, of: Month): Promise<Head<'award'>[]> =>
    Promise.all(
      (await partition<HeadItem>('awards', monthPartition(centre, of), 'AWARD#')).map(
        async (item) =>
          (await readHead(
            centre,
            { kind: 'award', id: item.sk.slice('AWARD#'.length) },
            item,
          )) as Head<'award'>,
      ),
    );

  /** Heads of a partition that holds one kind only (inspections of a day, letters of a month, months, rule books). */
  const partitionHeads = async <K extends StreamKind>(
    centre: string,
    kind: K,
    pk: string,
    consistent = false,
  ): Promise<Head<K>[]> =>
    Promise.all(
      (await partition<HeadItem>(`partition.${kind}`, pk, undefined, consistent))
        .filter((item) => item.sk !== 'VERSION')
        .map(async (item) => (await readHead(centre, { kind, id: item.sk }, item)) as Head<K>),
    );

  /** The heads of one kind in a month's partition, in one Query that reads no others. */
  const monthHeads = async <K extends MonthlyKind>(
    centre: string,
    kind: K,
    of: Month,
    consistent = false,
  ): Promise<Head<K>[]> => {
    const prefix = `${kind.toUpperCase()}#`;
    return Promise.all(
      (await partition<HeadItem>(`month.${kind}`, monthPartition(centre, of), prefix, consistent)).map(
        async (item) => (await readHead(centre, { kind, id: item.sk.slice(prefix.length) }, item)) as Head<K>,
      ),
    );
  };

  /** Leave and cover that touch a month, in one Query. */
  const roster = async (
    centre: string,
    of: Month,
  ): Promise<{ leaves: Head<'leave'>[]; covers: Head<'cover'>[] }> => {
    const found: { leaves: Head<'leave'>[]; covers: Head<'cover'>[] } = { leaves: [], covers: [] };
    for (const item of await partition<HeadItem>('roster', rosterPartition(centre, of), undefined, true)) {
      if (item.sk.startsWith('leave-'))
        found.leaves.push((await readHead(centre, { kind: 'leave', id: item.sk }, item)) as Head<'leave'>);
      else found.covers.push((await readHead(centre, { kind: 'cover', id: item.sk }, item)) as Head<'cover'>);
    }
    return found;
  };

  /** Opening facts of a span of months, both ends included, in one Query. */
  const openings = async (centre: string, from: Month, until: Month): Promise<Head<'opening'>[]> => {
    const items = await query<HeadItem>('openings', {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
      ExpressionAttributeValues: {
        ':pk': openingPartition(centre),
        ':from': `opening-${from}`,
        ':until': `opening-${until}~`,
      },
    });
    return Promise.all(
      items.map(
        async (item) => (await readHead(centre, { kind: 'opening', id: item.sk }, item)) as Head<'opening'>,
      ),
    );
  };

  /** The rule book in force in a month: the latest whose first month is not later. */
  const ruleBookAt = async (centre: string, month: Month): Promise<Head<'rulebook'> | undefined> => {
    const [item] = await query<HeadItem>('rulebook', {
      KeyConditionExpression: 'pk = :pk AND sk <= :last',
      ExpressionAttributeValues: { ':pk': ruleBookPartition(centre), ':last': `rulebook-${month}` },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    });
    if (!item) return undefined;
    return (await readHead(centre, { kind: 'rulebook', id: item.sk }, item)) as Head<'rulebook'>;
  };

  /** Puts items that are projections or chunks: rewriting the same bytes does no harm. */
  const putAll = async (items: readonly (Key & Record<string, unknown>)[]): Promise<void> => {
    for (let start = 0; start < items.length; start += 25) {
      let left: Record<string, unknown>[] = [...items.slice(start, start + 25)];
      for (let wait = 20; left.length > 0; wait *= 2) {
        const page = await documents.send(
          new BatchWriteCommand({
            RequestItems: { [table]: left.map((Item) => ({ PutRequest: { Item } })) },
            ...counting,
          }),
        );
        count('put', 'write', page.ConsumedCapacity);
        left = (page.UnprocessedItems?.[table] ?? []).flatMap((one) => one.PutRequest?.Item ?? []);
        if (left.length > 0) await new Promise((resume) => setTimeout(resume, wait));
      }
    }
  };

  /**
   * Puts projections a hundred at a time, all or none of each hundred. Twice the units of single puts, but a month is
   * frozen once, and the engine of one machine writes a transaction as fast as a single item.
   */
  const putTogether = async (items: readonly (Key & Record<string, unknown>)[]): Promise<void> => {
    for (let start = 0; start < items.length; start += 100) {
      const writes = items.slice(start, start + 100).map((Item) => ({ Put: { TableName: table, Item } }));
      // The stream's follow-up may be writing the same items: the later one waits.
      for (let wait = 20; (await transact(writes)) !== 'done'; wait *= 2) {
        if (wait > 5_000) throw new Error('the table stays busy');
        await new Promise((resume) => setTimeout(resume, wait));
      }
    }
  };

  /** Puts one item unless it is there; `but`: nor is one there without this member. Says whether it was put. */
  const putOnce = async (item: Key & Record<string, unknown>, but?: string): Promise<boolean> => {
    const over = { ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(#but)' };
    try {
      const done = await documents.send(
        new PutCommand({
          TableName: table,
          Item: item,
          ...(but === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : { ...over, ExpressionAttributeNames: { '#but': but } }),
          ...counting,
        }),
      );
      count('put', 'write', done.ConsumedCapacity);
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };

  const remove = async (key: Key): Promise<void> => {
    const done = await documents.send(new DeleteCommand({ TableName: table, Key: { ...key }, ...counting }));
    count('put', 'write', done.ConsumedCapacity);
  };

  /** Puts one item and gives the one that lay there. */
  const exchange = async (
    item: Key & Record<string, unknown>,
  ): Promise<Record<string, unknown> | undefined> => {
    const done = await documents.send(
      new PutCommand({ TableName: table, Item: item, ReturnValues: 'ALL_OLD', ...counting }),
    );
    count('put', 'write', done.ConsumedCapacity);
    return done.Attributes;
  };

  /** Puts one item, whatever was there. */
  const put = async (item: Key & Record<string, unknown>): Promise<void> => {
    await exchange(item);
  };

  /**
   * Writes one command's changes, all or nothing. `repeated`: the command id was used before; `clash`: somebody
   * changed a head or took the number first; `busy`: the table asks to come again.
   */
  const commit = async (write: Commit): Promise<Committed> => {
    const recorded = write.changes.map((change) => recordChange(write, change));
    const items: NonNullable<TransactWriteCommandInput['TransactItems']> = [
      {
        Put: {
          TableName: table,
          Item: {
            ...receiptKey(write.centre, write.command),
            request: write.request,
            answer: JSON.stringify(write.answer),
            [tableShape.ttl]: Math.floor(Date.parse(write.at) / 1000) + receiptDays * 86_400,
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      ...recorded.flatMap(({ items: own, head: after, before }) => [
        ...own.map((Item) => ({
          Put: { TableName: table, Item: { ...Item }, ConditionExpression: 'attribute_not_exists(pk)' },
        })),
        {
          Put: {
            TableName: table,
            Item: headItem(write.centre, after),
            ...(before === undefined
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: '#version = :before',
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':before': before.version },
                }),
          },
        },
        ...pointers(write.centre, after).map((Item) => ({ Put: { TableName: table, Item } })),
      ]),
      ...(write.claims ?? []).map((claim) => ({
        Put: {
          TableName: table,
          Item: { ...caseNumberKey(write.centre, claim.number), case: claim.case },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      })),
      ...sharedItems(write),
    ];
    return transact(items);
  };

  const transact = async (
    items: NonNullable<TransactWriteCommandInput['TransactItems']>,
  ): Promise<Committed> => {
    try {
      await documents.send(new TransactWriteCommand({ TransactItems: items }));
      meter?.('commit', unitsOfTransaction(items), 'write');
      return 'done';
    } catch (error) {
      if (isBusy(error)) return 'busy';
      if (!(error instanceof TransactionCanceledException)) throw error;
      return whyCancelled(error.CancellationReasons?.map((reason) => reason.Code) ?? []);
    }
  };

  /** The two shared items: a counter, taken only at the number that was read; the registry's version. */
  const sharedItems = (write: Commit): NonNullable<TransactWriteCommandInput['TransactItems']> => [
    ...(write.takes === undefined
      ? []
      : [
          {
            Update: {
              TableName: table,
              Key: { ...counterKey(write.centre, write.takes.counter) },
              UpdateExpression: 'SET #value = :number',
              ConditionExpression:
                (write.takes.after ?? write.takes.number - 1) === 0
                  ? 'attribute_not_exists(#value) OR #value = :before'
                  : '#value = :before',
              ExpressionAttributeNames: { '#value': 'value' },
              ExpressionAttributeValues: {
                ':number': write.takes.number,
                ':before': write.takes.after ?? write.takes.number - 1,
              },
            },
          },
        ]),
    ...(write.changes.some((change) => change.ref.kind === 'registry' || change.ref.kind === 'rulebook')
      ? [
          {
            Update: {
              TableName: table,
              Key: { ...registryVersionKey(write.centre) },
              UpdateExpression: 'ADD #value :one',
              ExpressionAttributeNames: { '#value': 'value' },
              ExpressionAttributeValues: { ':one': 1 },
            },
          },
        ]
      : []),
  ];

  const counter = async (centre: string, name: string): Promise<number> =>
    (await get<{ value: number }>(counterKey(centre, name), 'counter'))?.value ?? 0;

  /** The id of the case with this number. */
  const caseOfNumber = async (centre: string, number: string): Promise<string | undefined> =>
    (await get<{ case: string }>(caseNumberKey(centre, number), 'number'))?.case;

  const receipt = async (centre: string, command: string): Promise<Receipt | undefined> => {
    const item = await get<{ request: string; answer: string }>(receiptKey(centre, command), 'receipt');
    return item && { request: item.request, answer: JSON.parse(item.answer) as Answer };
  };

  /** The event that created a stream: answers a creating command sent again after its receipt was purged. */
  const firstEvent = (centre: string, ref: StreamRef) => event(centre, ref, 1);
  const event = (centre: string, ref: StreamRef, version: number) =>
    get<EventItem>(eventKey(centre, ref, version), 'events');

  /**
   * Purges the words under one member of an event: text and salt go, the digests in the hashed bytes stay, so that the
   * chain can still be verified (PIPL art. 47).
   */
  const forgetTexts = async (
    centre: string,
    ref: StreamRef,
    version: number,
    member: string,
  ): Promise<void> => {
    const item = await event(centre, ref, version);
    if (!item) return;
    const stored = JSON.parse(item.body) as { event: Record<string, unknown> };
    const gone = digestsIn(stored.event[member]).filter((digest) => item.texts?.[digest] !== undefined);
    if (gone.length === 0) return;
    const done = await documents.send(
      new UpdateCommand({
        TableName: table,
        Key: { ...eventKey(centre, ref, version) },
        UpdateExpression: `REMOVE ${gone.map((_digest, index) => `texts.#d${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(gone.map((digest, index) => [`#d${index}`, digest])),
        ...counting,
      }),
    );
    count('put', 'write', done.ConsumedCapacity);
  };

  const registryVersion = async (centre: string): Promise<number> =>
    (await get<{ value: number }>(registryVersionKey(centre), 'registry.version'))?.value ?? 0;

  const registryEntries = async (centre: string): Promise<{ version: number; entries: RegistryEntry[] }> => {
    const items = await partition<HeadItem & { value?: number }>(
      'registry',
      registryPartition(centre),
      undefined,
      true,
    );
    const entries: RegistryEntry[] = [];
    let version = 0;
    for (const item of items) {
      if (item.sk === 'VERSION') version = item.value ?? 0;
      else {
        const found = await readHead(centre, { kind: 'registry', id: item.sk }, item);
        entries.push(found.state as RegistryEntry);
      }
    }
    return { version, entries };
  };

  const accounts = (
    issuer: string,
    subject: string,
  ): Promise<{ sk: string; person: string; from: Day; until?: Day }[]> =>
    partition('account', accountPartition(issuer, subject), undefined, true);

  const centres = (): Promise<{ sk: string; name: string }[]> => partition('centres', 'CENTRES');

  const eventItems = (keys: readonly Key[]) => batchGet<EventItem>(keys);
  /** Any items, by their keys, in no order; what is not there is left out. */
  const items = (keys: readonly Key[]) => batchGet<Key & Record<string, unknown>>(keys);

  /** The centre's own first event: before it nothing is. */
  const founding = async (centre: string): Promise<Instant | undefined> => {
    const item = await firstEvent(centre, { kind: 'registry', id: `centre:${centre}` });
    return item && readEvent(item).at;
  };

  return {
    table,
    documents,
    accounts,
    caseOfNumber,
    centres,
    commit,
    counter,
    event,
    eventItems,
    events,
    firstEvent,
    forgetTexts,
    founding,
    get,
    head,
    heads,
    index,
    items,
    month,
    monthHeads,
    partition,
    partitionHeads,
    exchange,
    put,
    putAll,
    putOnce,
    putTogether,
    query,
    receipt,
    refold,
    remove,
    openings,
    roster,
    registryEntries,
    registryVersion,
    ruleBookAt,
    score,
    unitScore,
    frozenScores,
    tallies,
    awards,
  };
};

const recordChange = (
  write: Commit,
  change: Commit['changes'][number],
): { items: EventItem[]; head: Head; before: Head | undefined } => {
  let after = change.before;
  const items = change.events.map((event): EventItem => {
    const version = (after?.version ?? 0) + 1;
    const texts: Record<string, { salt: string; text: string }> = {};
    const stored = {
      at: write.at,
      by: write.by,
      command: write.command,
      event: sealTexts(event, texts),
      kind: change.ref.kind,
      prev: after?.hash ?? chainStart,
      stream: change.ref.id,
      v: 1,
      version,
    };
    const body = canonical(stored);
    const hash = eventHash(body);
    const recorded: Recorded = {
      ref: change.ref,
      stream: change.ref.id,
      version,
      at: write.at,
      by: write.by,
      command: write.command,
      event,
    };
    after = advance(after, recorded, hash);
    return {
      ...eventKey(write.centre, change.ref, version),
      body,
      ...(Object.keys(texts).length === 0 ? {} : { texts }),
      hash,
      request: write.request,
      ...journalKeys(write.centre, write.at, dayOf(write.at), change.ref, version),
    };
  });
  if (!after) throw new Error('a change without events');
  return { items, head: after, before: change.before };
};

/** Items other partitions find things by: from a token to its centre, and the list of centres. */
const pointers = (centre: string, head: Head): (Key & Record<string, unknown>)[] => {
  if (head.ref.kind !== 'registry') return [];
  const entry = head.state as RegistryEntry;
  if (entry.kind === 'account')
    return [
      {
        ...accountKey(entry.issuer, entry.subject, centre),
        person: entry.person,
        from: entry.from,
        ...(entry.until === undefined ? {} : { until: entry.until }),
      },
    ];
  if (entry.kind === 'centre') return [{ ...centreKey(centre), name: entry.name }];
  return [];
};

/** Why a transaction was cancelled. The receipt is always the first item. */
const whyCancelled = (codes: readonly (string | undefined)[]): Committed => {
  if (codes[0] === 'ConditionalCheckFailed') return 'repeated';
  if (codes.some((code) => code === 'ConditionalCheckFailed')) return 'clash';
  if (
    codes.some(
      (code) =>
        code === 'TransactionConflict' ||
        code === 'ThrottlingError' ||
        code === 'ProvisionedThroughputExceeded',
    )
  )
    return 'busy';
  throw new Error(`transaction cancelled: ${codes.join(', ')}`);
};
