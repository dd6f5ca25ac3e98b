// The table as the house uses it: all or nothing, told apart by why not; real engine, and the answers of the real
// service that the engine never gives are put in its way.
import { randomUUID } from 'node:crypto';
import {
  DynamoDBClient,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import {
  type Commit,
  createStore,
  eventHash,
  purgedText,
  readEvent,
  type Store,
} from '../../functions/store.ts';
import { createTable } from '../../local/create-table.ts';
import { verifyCentre } from '../../local/verification.ts';
import type { StreamRef } from '../../shared/ids.ts';
import { wednesday } from '../cast.ts';

let client: DynamoDBClient;
let store: Store;
const table = `test-${randomUUID()}`;
const local = { region: 'local', credentials: { accessKeyId: 'tests', secretAccessKey: 'tests' } };
beforeAll(async () => {
  client = new DynamoDBClient({ endpoint: inject('tableUrl'), ...local });
  await createTable(client, table);
  store = createStore({ client, table });
});

const centre = 'mingchuang';
const caseRef = (): StreamRef & { kind: 'case' } => ({ kind: 'case', id: `case-2026-11-${randomUUID()}` });
const reported = (description: string): Commit['changes'][number]['events'][number] => ({
  type: 'case.reported',
  v: 1,
  violation: 'DIS-PHONE',
  source: 'patrol',
  happened: { from: wednesday, to: wednesday, doubtSeconds: 0 },
  window: 'window-a01',
  grid: 'grid-a',
  department: 'department-tax',
  subject: { kind: 'persons', persons: ['chuang'] },
  lead: false,
  description: { text: description },
  evidence: [],
});
const dismissed: Commit['changes'][number]['events'][number] = {
  type: 'case.dismissed',
  v: 1,
  reason: { text: '不属实' },
};
const written = (changes: Commit['changes'], more: Partial<Commit> = {}): Commit => {
  const command = randomUUID();
  const { ref, events = [] } = changes[0] ?? {};
  return {
    centre,
    at: wednesday,
    by: { person: 'xun', role: 'inspector' },
    command,
    request: eventHash(command),
    answer: { id: ref?.id ?? '', version: events.length, at: wednesday },
    changes,
    ...more,
  };
};
const report = async (ref = caseRef()) => {
  const write = written([{ ref, before: undefined, events: [reported('长时间使用手机')] }]);
  expect(await store.commit(write)).toBe('done');
  return { ref, write };
};

describe('a commit', () => {
  test('leaves events, head and receipt that agree', async () => {
    const { ref, write } = await report();
    const head = await store.head(centre, ref);
    const [event] = await store.events(centre, ref);
    expect(head).toMatchObject({ version: 1, command: write.command, state: { stage: 'reported' } });
    expect(head).toEqual(await store.refold(centre, ref));
    expect(event?.hash).toBe(head?.hash);
    expect(await store.receipt(centre, write.command)).toEqual({
      request: write.request,
      answer: write.answer,
    });
  });

  test('used before is told from one that somebody else overtook, and leaves nothing', async () => {
    const { ref, write } = await report();
    const head = await store.head(centre, ref);
    expect(await store.commit(write)).toBe('repeated');
    // Another command that believes the case is not there, and one that saw a version that never was.
    expect(await store.commit(written(write.changes))).toBe('clash');
    const ahead = head && { ...head, version: 7 };
    expect(await store.commit(written([{ ref, before: ahead, events: [dismissed] }]))).toBe('clash');
    expect(await store.events(centre, ref)).toHaveLength(1);
    expect(await store.head(centre, ref)).toEqual(head);
  });

  test('of several streams is all or nothing', async () => {
    const { ref } = await report();
    const other = caseRef();
    const both = written([
      { ref: other, before: undefined, events: [reported('另一件')] },
      { ref, before: undefined, events: [reported('已在')] },
    ]);
    expect(await store.commit(both)).toBe('clash');
    expect(await store.head(centre, other)).toBeUndefined();
    expect(await store.events(centre, other)).toEqual([]);
    expect(await store.receipt(centre, both.command)).toBeUndefined();
  });

  test('takes each number of a counter once, whoever comes at the same time', async () => {
    const numbered = `letter-${randomUUID()}`;
    const taking = (number: number) =>
      store.commit(
        written([{ ref: caseRef(), before: undefined, events: [reported('编号')] }], {
          takes: { counter: numbered, number },
        }),
      );
    const first = await Promise.all([taking(1), taking(1), taking(1)]);
    expect(first.filter((one) => one === 'done')).toHaveLength(1);
    expect(await taking(3)).toBe('clash');
    expect(await taking(2)).toBe('done');
    expect(await store.counter(centre, numbered)).toBe(2);
  });

  test('that the service is too busy for asks to come again; a broken one is a bug', async () => {
    const told = (error: Error) => {
      const other = new DynamoDBClient({ endpoint: inject('tableUrl'), ...local, maxAttempts: 1 });
      other.middlewareStack.add(
        () => async () => {
          throw error;
        },
        { step: 'finalizeRequest', name: 'busy', override: true },
      );
      return createStore({ client: other, table }).commit(
        written([{ ref: caseRef(), before: undefined, events: [reported('忙')] }]),
      );
    };
    const words = { $metadata: {}, message: 'told by the test' };
    const cancelled = (...codes: string[]) =>
      new TransactionCanceledException({
        ...words,
        CancellationReasons: codes.map((Code) => ({ Code })),
      });
    expect(await told(new ThrottlingException(words))).toBe('busy');
    expect(await told(new TransactionConflictException(words))).toBe('busy');
    expect(await told(cancelled('None', 'TransactionConflict', 'None'))).toBe('busy');
    expect(await told(cancelled('None', 'ThrottlingError'))).toBe('busy');
    expect(await told(cancelled('ConditionalCheckFailed', 'TransactionConflict'))).toBe('repeated');
    expect(await told(cancelled('None', 'ConditionalCheckFailed'))).toBe('clash');
    await expect(told(cancelled('None', 'ValidationError'))).rejects.toThrow('ValidationError');
  });
});

describe('the journal', () => {
  test('hashes the stored bytes without free texts, so that purging one leaves the chain true', async () => {
    const { ref } = await report();
    const before = await store.head(centre, ref);
    await store.commit(written([{ ref, before, events: [dismissed] }]));
    const [first, second] = await store.events(centre, ref);
    if (!first || !second) throw new Error('two events');
    expect(first.body).not.toContain('长时间使用手机');
    expect(JSON.parse(second.body).prev).toBe(first.hash);
    const { texts: _purged, ...bare } = first;
    await store.put({ ...bare });
    expect(eventHash(first.body)).toBe(first.hash);
    expect(readEvent(bare).event).toMatchObject({ description: { text: purgedText } });
    expect(await store.refold(centre, ref)).toEqual(await store.head(centre, ref));
  });

  test('lists the day, and a person over the months', async () => {
    const { ref } = await report();
    const day = await store.index('journal', `${centre}#2026-11-18`);
    expect(day.some((key) => key.pk.endsWith(ref.id))).toBe(true);
    expect((await store.index('journal', `${centre}#2026-11-17`)).length).toBe(0);
    const own = await store.index('subject', `${centre}#chuang`, { from: '2026-11', to: '2026-11~' });
    expect(own.some((key) => key.sk === `CASE#${ref.id}`)).toBe(true);
  });
});

describe('a head', () => {
  test('of an older shape is folded anew from its events', async () => {
    const { ref } = await report();
    const key = { pk: `${centre}#2026-11`, sk: `CASE#${ref.id}` };
    const item = await store.get<Record<string, unknown>>(key, 'test');
    await store.put({ ...item, ...key, shape: 0, state: '{"stage":"of long ago"}' });
    expect((await store.head(centre, ref))?.state.stage).toBe('reported');
    const board = await store.month(centre, '2026-11');
    expect(board.case.find((head) => head.ref.id === ref.id)?.state.stage).toBe('reported');
  });
});

describe('verification', () => {
  /** A centre of its own with two cases, one of them dismissed. */
  const whole = async () => {
    const own = `c-${randomUUID().slice(0, 8)}`;
    const [ref, other] = [caseRef(), caseRef()];
    const one = { ref, before: undefined, events: [reported('一')] };
    const two = { ref: other, before: undefined, events: [reported('二')] };
    await store.commit(written([one], { centre: own }));
    await store.commit(written([two], { centre: own }));
    const before = await store.head(own, ref);
    await store.commit(written([{ ref, before, events: [dismissed] }], { centre: own }));
    const event = (version: number) => ({
      pk: `${own}#E#case#${ref.id}`,
      sk: String(version).padStart(8, '0'),
    });
    const look = async () => (await verifyCentre(store, own, wednesday)).bad.join('; ');
    return { own, ref, other, event, look };
  };

  test('counts what is whole', async () => {
    const { own } = await whole();
    expect(await verifyCentre(store, own, wednesday)).toMatchObject({
      ...{ days: 1, streams: 2, events: 3, receipts: 3, purgedTexts: 0, bad: [] },
    });
  });

  test.each<[string, (hall: Awaited<ReturnType<typeof whole>>) => Promise<unknown>]>([
    [
      '内容与散列不符',
      async ({ event }) => {
        const item = await store.get<Record<string, unknown>>(event(1), 'test');
        await store.put({ ...item, ...event(1), body: String(item?.body).replace('DIS-PHONE', 'DIS-IDLE') });
      },
    ],
    [
      '与前一条不衔接',
      async ({ event }) => {
        const item = await store.get<Record<string, unknown>>(event(2), 'test');
        const body = String(item?.body).replace(/"prev":"\w+"/, `"prev":"${'a'.repeat(64)}"`);
        await store.put({ ...item, ...event(2), body, hash: eventHash(body) });
      },
    ],
    ['此版缺失', ({ event }) => store.remove(event(1))],
    [
      '文字与其散列不符',
      async ({ event }) => {
        const item = await store.get<Record<string, unknown>>(event(1), 'test');
        const texts = JSON.parse(JSON.stringify(item?.texts).replace('一', '改'));
        await store.put({ ...item, ...event(1), texts });
      },
    ],
    ['当前状态缺失', ({ own, ref }) => store.remove({ pk: `${own}#2026-11`, sk: `CASE#${ref.id}` })],
    [
      '当前状态与记录还原的结果不符',
      async ({ own, ref }) => {
        const key = { pk: `${own}#2026-11`, sk: `CASE#${ref.id}` };
        const item = await store.get<Record<string, unknown>>(key, 'test');
        await store.put({ ...item, ...key, state: String(item?.state).replace('dismissed', 'transferred') });
      },
    ],
    [
      '回执缺失',
      async ({ own, event }) => {
        const item = await store.get<{ body: string }>(event(1), 'test');
        await store.remove({ pk: `${own}#R#${JSON.parse(item?.body ?? '').command}`, sk: '-' });
      },
    ],
    [
      '有当前状态而没有记录',
      async ({ own, other }) => {
        const key = { pk: `${own}#2026-11`, sk: `CASE#${other.id}` };
        const item = await store.get<Record<string, unknown>>(key, 'test');
        await store.put({ ...item, pk: key.pk, sk: `CASE#${caseRef().id}` });
      },
    ],
  ])('finds that %s', async (words, spoil) => {
    const hall = await whole();
    expect(await hall.look()).toBe('');
    await spoil(hall);
    expect(await hall.look()).toContain(words);
  });
});
