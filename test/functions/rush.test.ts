// Many at once, and a table that stumbles: the same report is one report, one case has one decision, and what can be
// tried again is tried again before anybody hears of it.
import { randomUUID } from 'node:crypto';
import {
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
  await hall.as('guan').post('/api/registry', {
    entries: [
      {
        ...{ kind: 'grant', id: 'gong-grid-a', person: 'gong', role: 'gridLeader' },
        ...{ grid: 'grid-a', from: '2026-01-01' },
      },
    ],
  });
});

const eight = <T>(what: (nth: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 8 }, (_, nth) => what(nth)));

describe('at once', () => {
  test('the same new report sent eight times, ten rounds: eighty times the same success, ten cases', async () => {
    const before = await hall.items();
    let after = before;
    for (let round = 0; round < 10; round += 1) {
      const commandId = randomUUID();
      const answers = await eight(() => hall.as('xun').post('/api/cases', finding({ commandId })));
      expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
        Array.from({ length: 8 }, () => ({
          status: 201,
          body: { id: `case-2026-11-${commandId}`, version: 1, at: hall.clock.now() },
        })),
      );
      // One event, one head, one receipt, one number.
      expect(await hall.items()).toBe(after + 4);
      after += 4;
    }
  });

  test('eight different reports: eight cases', async () => {
    const answers = await eight(() => hall.as('xun').post('/api/cases', finding()));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(8);
  });

  test('two grid leaders decide one case: one decision, the other is told', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id } = (await hall.as('xun').post('/api/cases', finding())).body;
      const seen = round % 2 === 0 ? { expectedVersion: 1 } : {};
      const [one, other] = await Promise.all([
        hall.as('ge').post(`/api/cases/${id}/confirm`, {
          ...{ severity: 'minor', clause: '3', reason: '属实', ...seen },
        }),
        hall.as('gong').post(`/api/cases/${id}/dismiss`, { reason: '不属实', ...seen }),
      ]);
      expect([one.status, other.status].sort()).toEqual([200, 409]);
      const loser = one.status === 409 ? one : other;
      expect(loser.body.code).toBe(round % 2 === 0 ? 'version.stale' : 'case.wrong-stage');
      const read = await hall.as('ji').get(`/api/cases/${id}`);
      expect(read.body).toMatchObject({
        version: 2,
        state: { stage: one.status === 200 ? 'confirmed' : 'dismissed' },
      });
    }
  });

  test('two different commands under one id: one is done, the other refused', async () => {
    const commandId = randomUUID();
    const answers = await Promise.all([
      hall.as('xun').post('/api/cases', finding({ commandId })),
      hall.as('xun').post('/api/cases', finding({ commandId, violation: 'DIS-LATE' })),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('when the table stumbles', () => {
  const $metadata = {};
  const cancelled = (Code: string) => () =>
    new TransactionCanceledException({
      $metadata,
      message: 'cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code }, { Code: 'None' }],
    });
  const stumbles: [string, () => Error][] = [
    ['a transaction conflict among the reasons', cancelled('TransactionConflict')],
    ['throttling among the reasons', cancelled('ThrottlingError')],
    ['a spent throughput among the reasons', cancelled('ProvisionedThroughputExceeded')],
    ['a transaction conflict', () => new TransactionConflictException({ $metadata, message: 'conflict' })],
    ['throttling', () => new ThrottlingException({ $metadata, message: 'slow down' })],
    [
      'a spent throughput',
      () => new ProvisionedThroughputExceededException({ $metadata, message: 'slow down' }),
    ],
    [
      'a transaction in progress',
      () => new TransactionInProgressException({ $metadata, Message: 'in progress', message: 'in progress' }),
    ],
  ];

  /** Makes the first `times` sends of some command fail, before the table hears of them or after it has answered. */
  const trip = (names: RegExp, times: number, error: () => Error, when: 'before' | 'after' = 'before') => {
    let left = times;
    hall.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (!names.test(context.commandName ?? '') || left === 0) return next(args);
        left -= 1;
        if (when === 'after') await next(args);
        throw error();
      },
      { step: 'initialize', name: 'trip', override: true },
    );
    return () => times - left;
  };
  afterEach(() => {
    hall.client.middlewareStack.remove('trip');
    expect(hall.log).toEqual([]);
  });

  test.each(stumbles)('%s three times over is survived, and the case stands once', async (_what, error) => {
    const before = await hall.items();
    const tripped = trip(/^TransactWrite/, 3, error);
    const answer = await hall.as('xun').post('/api/cases', finding());
    expect(answer).toMatchObject({ status: 201, body: { version: 1 } });
    expect(tripped()).toBe(3);
    expect(await hall.items()).toBe(before + 4);
  });

  test('a write whose answer was lost is found again, and answered the same', async () => {
    const before = await hall.items();
    trip(/^TransactWrite/, 1, () => new ThrottlingException({ $metadata, message: 'lost' }), 'after');
    const commandId = randomUUID();
    const answer = await hall.as('xun').post('/api/cases', finding({ commandId }));
    expect(answer).toMatchObject({ status: 201, body: { id: `case-2026-11-${commandId}`, version: 1 } });
    expect(await hall.items()).toBe(before + 4);
  });

  test('a table that stays busy says so, says that trying again helps, and keeps nothing', async () => {
    const before = await hall.digest();
    trip(/^TransactWrite/, 1_000, cancelled('TransactionConflict'));
    const commandId = randomUUID();
    const busy = await hall.as('xun').post('/api/cases', finding({ commandId }));
    expect(busy).toMatchObject({ status: 503, body: { code: 'busy.try-again', retry: true } });
    expect(busy.headers.get('retry-after')).toBe('1');
    expect(await hall.digest()).toBe(before);
    hall.client.middlewareStack.remove('trip');
    expect((await hall.as('xun').post('/api/cases', finding({ commandId }))).status).toBe(201);
  });

  test('a read that is throttled is told to come again', async () => {
    trip(/^(Get|Query)/, 1, () => new ThrottlingException({ $metadata, message: 'slow down' }));
    expect((await hall.as('xun').get('/api/me')).body.code).toBe('busy.try-again');
    expect((await hall.as('xun').get('/api/me')).status).toBe(200);
  });
});

test('what should never happen is told without a reason, and written into the log on one line', async () => {
  hall.client.middlewareStack.add(
    () => async () => {
      throw new TypeError('the table is made of cheese');
    },
    { step: 'initialize', name: 'cheese' },
  );
  const answer = await hall.as('xun').get('/api/me');
  hall.client.middlewareStack.remove('cheese');
  expect(answer).toMatchObject({ status: 500, type: 'application/problem+json', body: { code: 'internal' } });
  expect(JSON.stringify(answer.body)).not.toContain('cheese');
  expect(hall.log).toHaveLength(1);
  expect(hall.log[0]).not.toContain('\n');
  expect(JSON.parse(hall.log[0] ?? '')).toMatchObject({ level: 'error', method: 'GET', error: 'TypeError' });
});
