// A seal is the same for whoever makes it, of any size, and says of every change that it is another.
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lastSealable,
  makeSeal,
  readChunk,
  sealCode,
  sealedRef,
  sealLine,
  sealText,
} from '../../shared/seal.ts';
import { sha256Of } from '../../shared/sha256.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const event = (nth: number) => ({
  key: `2026-11-18T02:00:${String(nth % 60).padStart(2, '0')}.000Z#case#case-2026-11-${nth}#00000001`,
  hash: hash(String(nth)),
});
const of = { centre: 'c', day: '2026-11-18', prev: '0'.repeat(64), sealedAt: '2026-11-18T17:00:00.000Z' };

describe('SHA-256 in plain arithmetic', () => {
  test('is the machine’s, for every text and every length', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, (given) => {
        expect(sha256Of(given)).toBe(hash(given));
      }),
    );
    for (let length = 0; length < 140; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => index * 7);
      expect(sha256Of(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});

describe('a seal', () => {
  test('has no largest size, and is the same in any order of its events', () => {
    const events = Array.from({ length: 5_001 }, (_, nth) => event(nth));
    const one = makeSeal({ ...of, events }, hash);
    expect(one.seal.chunks.map((chunk) => chunk.events)).toEqual([2_000, 2_000, 1_001]);
    expect(sealText(makeSeal({ ...of, events: events.toReversed() }, hash).seal)).toBe(sealText(one.seal));
    const read = [...one.texts.values()].flatMap((text) => readChunk(text) ?? []);
    expect(new Set(read.map(({ key }) => key)).size).toBe(5_001);
  });

  test('differs whatever is changed, left out or put in', () => {
    const events = Array.from({ length: 20 }, (_, nth) => event(nth));
    const whole = hash(sealText(makeSeal({ ...of, events }, hash).seal));
    const others = [
      events.slice(1),
      [...events, event(99)],
      events.with(3, { ...event(3), hash: hash('x') }),
      events.with(3, { key: event(77).key, hash: event(3).hash }),
    ];
    for (const changed of others)
      expect(hash(sealText(makeSeal({ ...of, events: changed }, hash).seal))).not.toBe(whole);
    expect(hash(sealText(makeSeal({ ...of, prev: hash('y'), events }, hash).seal))).not.toBe(whole);
  });

  test('counts what came late, and is printed in one line', () => {
    const late = { key: '2026-11-17T15:59:59.000Z#case#x#00000002', hash: hash('late') };
    const { seal } = makeSeal({ ...of, events: [event(1), late] }, hash);
    const digest = hash(sealText(seal));
    expect(sealLine(seal, digest)).toBe(
      `日志封存 2026年11月18日 记录2条(含补收1条) 封存码 ${sealCode(digest)}`,
    );
    expect(sealCode(digest).replaceAll(' ', '')).toBe(digest);
  });

  test('is due an hour after midnight by the clocks of the hall', () => {
    expect(lastSealable('2026-11-18T16:59:59.000Z')).toBe('2026-11-17');
    expect(lastSealable('2026-11-18T17:00:00.000Z')).toBe('2026-11-18');
  });

  test('names a record by its key, even where an id holds signs of its own', () => {
    expect(sealedRef('2026-11-18T02:00:00.000Z#lookup#case-x~1#00000003')).toEqual({
      at: '2026-11-18T02:00:00.000Z',
      name: 'lookup#case-x~1',
      version: 3,
    });
    expect(sealedRef('nothing')).toBeUndefined();
  });
});
