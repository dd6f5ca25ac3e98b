// SHA-256 (FIPS 180-4) in plain arithmetic, for whoever checks the journal without a machine's own: the verifier in a page
// that was opened from a file. Slower than the machine's, and the same to the bit.

const primes = (count: number): number[] => {
  const found: number[] = [];
  for (let next = 2; found.length < count; next += 1)
    if (found.every((prime) => next % prime !== 0)) found.push(next);
  return found;
};
/** The first 32 bits of the fraction of a root. */
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;

// FIPS 180-4, 4.2.2 and 5.3.3: fractions of the cube roots of 64 primes, of the square roots of 8.
const rounds = Int32Array.from(primes(64), (prime) => fraction(prime ** (1 / 3)));
const start = primes(8).map((prime) => fraction(prime ** 0.5));

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** UTF-8 as a machine's encoder writes it: half a surrogate pair becomes U+FFFD. */
const utf8 = (text: string): Uint8Array => {
  const bytes: number[] = [];
  for (const sign of text) {
    const given = sign.codePointAt(0) ?? 0;
    const code = given >= 0xd800 && given <= 0xdfff ? 0xfffd : given;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        ...[0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)],
      );
  }
  return Uint8Array.from(bytes);
};

const padded = (bytes: Uint8Array): DataView => {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  return view;
};

/** The digest of bytes, or of a text in UTF-8, as 64 hexadecimal digits. */
export const sha256Of = (given: string | Uint8Array): string => {
  const view = padded(typeof given === 'string' ? utf8(given) : given);
  const words = new Int32Array(64);
  const state = Int32Array.from(start);
  const at = (of: Int32Array, index: number): number => of[index] ?? 0;
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(block + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const [near, far] = [at(words, i - 15), at(words, i - 2)];
      const low = turned(near, 7) ^ turned(near, 18) ^ (near >>> 3);
      const high = turned(far, 17) ^ turned(far, 19) ^ (far >>> 10);
      words[i] = (at(words, i - 16) + low + at(words, i - 7) + high) | 0;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i += 1) {
      const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const first = (h + mixed + ((e & f) ^ (~e & g)) + at(rounds, i) + at(words, i)) | 0;
      const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (at(state, i) + word) | 0;
  }
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
