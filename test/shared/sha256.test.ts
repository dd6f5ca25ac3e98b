// Our own SHA-256 agrees with the reference at every length and however the bytes are cut.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSha256 } from '../../shared/sha256.ts';

const reference = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('agrees with the reference around every border of a block', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) % 256);
    const hash = createSha256();
    hash.update(bytes);
    expect(hash.hex(), String(length)).toBe(reference(bytes));
  }
});

test('does not mind how the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), (pieces) => {
      const hash = createSha256();
      for (const piece of pieces) hash.update(piece);
      expect(hash.hex()).toBe(reference(Uint8Array.from(pieces.flatMap((piece) => [...piece]))));
    }),
  );
});
