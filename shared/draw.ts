// The public draw (公开抽签): a list of ids and a seed give one order, the same for everybody who repeats it. The list is
// fixed and published first and the seed contains a public number announced later, so nobody who fixes the list can
// know the order, and nobody who reads the number can change the list. The generator therefore needs no secrecy, only
// an even spread and a description short enough to be repeated elsewhere; a cryptographic one would add nothing.
//
// Recipe: sort the ids by code unit. State: four 32-bit words, the FNV-1a hash of `<n>:<seed>` (n = 1…4, over UTF-16
// code units, low byte then high byte) with murmur3's finalizer. Step: xoshiro128** (Blackman, Vigna 2018). Like lots
// from an urn: the number modulo those left is the place of the next one drawn; a number beyond the largest multiple of
// those left is thrown away, so that no place is favoured.

const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** 32-bit numbers, evenly spread, from a seed. */
const numbersFrom = (seed: string): (() => number) => {
  let a = fnv1a(`1:${seed}`);
  let b = fnv1a(`2:${seed}`);
  let c = fnv1a(`3:${seed}`);
  // The state must not be all zero; one fixed bit makes sure.
  let d = fnv1a(`4:${seed}`) | 1;
  return () => {
    const drawn = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return drawn;
  };
};

/** All candidates in the order drawn, first wins; the order they are handed in does not matter. */
export const drawOf = (candidates: readonly string[], seed: string): string[] => {
  const next = numbersFrom(seed);
  const below = (range: number): number => {
    const limit = 2 ** 32 - (2 ** 32 % range);
    let drawn = next();
    while (drawn >= limit) drawn = next();
    return drawn % range;
  };
  const left = [...new Set(candidates)].sort();
  const order: string[] = [];
  while (left.length > 0) order.push(...left.splice(below(left.length), 1));
  return order;
};
