// What follows from an event is done once, marked, parked when it fails, and done later by the sweep.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { followEvent, type Parked, sweep } from '../../functions/follow-up.ts';
import type { House } from '../../functions/house.ts';
import { markPartition, parkedPartition } from '../../functions/keys.ts';
import { run } from '../../functions/run.ts';
import type { EventItem } from '../../functions/store.ts';
import { followRecords } from '../../functions/stream-batch.ts';
import { system } from '../../shared/access.ts';
import { commandNamed } from '../../shared/commands.ts';
import { centreId, wednesday, Xun } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

/** A house whose store refuses to lock files, and counts how often it was asked. */
const locking = (lock: () => Promise<void>) => {
  const asked: string[] = [];
  const house: House = {
    ...hall.house,
    files: {
      ...hall.house.files,
      lock: async (key) => {
        asked.push(key);
        await lock();
      },
    },
  };
  return { house, asked };
};
const works = async () => undefined;
const fails = async () => {
  throw new RangeError('the name of a person could stand here');
};

/** A finding with a received photo; what follows from that event is its lock. */
const received = async (): Promise<EventItem> => {
  const photo = {
    ...{ name: '现场.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 3, sha256: 'a'.repeat(64) },
    takenAt: wednesday,
  };
  const reported = await run(hall.house, centreId, Xun, commandNamed('case.report'), {
    commandId: randomUUID(),
    fields: finding({ evidence: [photo] }),
  });
  if (!reported.ok) throw new Error(JSON.stringify(reported.problem));
  const { id } = reported.value;
  const done = await run(hall.house, centreId, system, commandNamed('case.receiveEvidence'), {
    commandId: randomUUID(),
    target: id,
    fields: { n: 1, storedVersion: 'v1' },
  });
  if (!done.ok) throw new Error(JSON.stringify(done.problem));
  const item = await hall.house.store.event(centreId, { kind: 'case', id }, 2);
  if (!item) throw new Error('no event');
  return item;
};

const marksOf = async (item: EventItem) =>
  (
    await hall.house.store.partition<{ sk: string; failed?: number }>(
      'test',
      markPartition(centreId, '2026-11-18'),
    )
  ).filter(
    ({ sk, failed }) => sk === `${item.pk.slice(`${centreId}#E#`.length)}#2#lock` && failed === undefined,
  );
const parkedOf = async (item: EventItem) =>
  (await hall.house.store.partition<Parked>('test', parkedPartition(centreId))).filter(({ sk }) =>
    sk.startsWith(item.pk.slice(`${centreId}#E#`.length)),
  );
const day = '2026-11-18';

describe('what follows from an event', () => {
  test('is done once, however often it is brought', async () => {
    const item = await received();
    const { house, asked } = locking(works);
    expect(await followEvent(house, centreId, item)).toBe(0);
    expect(await followEvent(house, centreId, item)).toBe(0);
    expect(asked).toHaveLength(1);
    expect(await marksOf(item)).toHaveLength(1);
  });

  test('is parked when it fails, with the kind of error and no word of it, and struck off when it is done', async () => {
    const item = await received();
    const broken = locking(fails).house;
    expect(await followEvent(broken, centreId, item)).toBe(1);
    expect(await followEvent(broken, centreId, item)).toBe(1);
    expect(await marksOf(item)).toEqual([]);
    const parked = await parkedOf(item);
    expect(parked).toMatchObject([{ error: 'RangeError', tries: 2 }]);
    expect(JSON.stringify(parked)).not.toContain('the name of a person');
    expect(await followEvent(locking(works).house, centreId, item)).toBe(0);
    expect(await parkedOf(item)).toEqual([]);
    expect(await marksOf(item)).toHaveLength(1);
  });

  test.each(['before the other fails', 'after it was parked'])(
    'stays done, and in nobody’s list, when two are at it and one has done it %s',
    async (when) => {
      const item = await received();
      const other = () => followEvent(locking(works).house, centreId, item);
      // Both have looked and found nothing done; then one works while the other fails.
      const slow = locking(async () => {
        if (when === 'before the other fails') await other();
        throw new RangeError('late');
      }).house;
      const store: House['store'] = {
        ...slow.store,
        putOnce: async (mark, but) => {
          const put = await slow.store.putOnce(mark, but);
          if (when === 'after it was parked') await other();
          return put;
        },
      };
      await followEvent({ ...slow, store }, centreId, item);
      expect(await parkedOf(item)).toEqual([]);
      expect(await marksOf(item)).toHaveLength(1);
    },
  );

  test('that the stream missed is done by the sweep, which leaves what is marked alone', async () => {
    await sweep(locking(works).house, centreId, day);
    const missed = [await received(), await received()];
    const { house, asked } = locking(works);
    expect(await sweep(house, centreId, day)).toEqual({ done: 2, failed: 0 });
    expect(await sweep(house, centreId, day)).toEqual({ done: 0, failed: 0 });
    expect(asked).toHaveLength(2);
    for (const item of missed) expect(await marksOf(item)).toHaveLength(1);
  });

  test('that keeps failing does not stop the sweep', async () => {
    const items = [await received(), await received()];
    expect(await sweep(locking(fails).house, centreId, day)).toEqual({ done: 0, failed: 2 });
    for (const item of items) expect(await parkedOf(item)).toHaveLength(1);
    expect(await sweep(locking(works).house, centreId, day)).toEqual({ done: 2, failed: 0 });
    for (const item of items) expect(await parkedOf(item)).toEqual([]);
  });
});

describe('a batch of the stream', () => {
  const image = (item: EventItem) => ({
    ...{ pk: { S: item.pk }, sk: { S: item.sk }, body: { S: item.body }, hash: { S: item.hash } },
    request: { S: item.request },
  });

  test('is worked by its inserted events; heads, changes and receipts are passed over', async () => {
    const item = await received();
    const { house, asked } = locking(works);
    const other = { pk: { S: `${centreId}#2026-11` }, sk: { S: 'CASE#x' } };
    expect(
      await followRecords(house, [
        { eventName: 'MODIFY', dynamodb: { SequenceNumber: '1', NewImage: image(item) } },
        { eventName: 'INSERT', dynamodb: { SequenceNumber: '2', NewImage: other } },
        { eventName: 'REMOVE', dynamodb: { SequenceNumber: '3' } },
      ]),
    ).toEqual({ batchItemFailures: [] });
    expect(asked).toEqual([]);
    await followRecords(house, [
      { eventName: 'INSERT', dynamodb: { SequenceNumber: '4', NewImage: image(item) } },
    ]);
    expect(asked).toHaveLength(1);
  });

  test('names the records for which the table itself was away, and works the others', async () => {
    const [lost, fine] = [await received(), await received()];
    const { house, asked } = locking(works);
    const away: House = {
      ...house,
      store: {
        ...house.store,
        get: (key, operation) =>
          key.sk.includes(lost.pk.slice(`${centreId}#E#`.length))
            ? Promise.reject(new Error('away'))
            : house.store.get(key, operation),
      },
    };
    const records = [lost, fine].map((item, nth) => ({
      ...{ eventName: 'INSERT', dynamodb: { SequenceNumber: `1${nth}`, NewImage: image(item) } },
    }));
    expect(await followRecords(away, records)).toEqual({ batchItemFailures: [{ itemIdentifier: '10' }] });
    expect(asked).toHaveLength(1);
  });
});
