// The square code (二维码) of a short link: ISO/IEC 18004, byte mode, correction level M, versions 1 to 6, mask 0. Answers
// rows of dark modules. What is longer than 106 bytes is a mistake of the caller and throws.

/** Level M: correction words a block, blocks, data words a block; sides are 17 + 4 × version. */
const versions = [
  { version: 1, correction: 10, blocks: 1, data: 16 },
  { version: 2, correction: 16, blocks: 1, data: 28 },
  { version: 3, correction: 26, blocks: 1, data: 44 },
  { version: 4, correction: 18, blocks: 2, data: 32 },
  { version: 5, correction: 24, blocks: 2, data: 43 },
  { version: 6, correction: 16, blocks: 4, data: 27 },
] as const;

/** Level M with mask 0, its check bits and the standard's mask over them (table C.1). */
const formatBits = 0x5412;

// Arithmetic in GF(256) by x^8 + x^4 + x^3 + x^2 + 1.
const powers: number[] = [];
for (let value = 1, n = 0; n < 255; n += 1) {
  powers.push(value);
  value <<= 1;
  if (value > 255) value ^= 0x11d;
}
const logarithms = new Map(powers.map((value, n) => [value, n]));
const product = (a: number, b: number): number => {
  const [left, right] = [logarithms.get(a), logarithms.get(b)];
  return left === undefined || right === undefined ? 0 : (powers[(left + right) % 255] ?? 0);
};

const generatorOf = (degree: number): number[] => {
  let found = [1];
  for (let n = 0; n < degree; n += 1) {
    const root = powers[n] ?? 0;
    const next = [...found, 0];
    for (const [at, value] of found.entries()) next[at + 1] = (next[at + 1] ?? 0) ^ product(value, root);
    found = next;
  }
  return found;
};

const correctionOf = (data: readonly number[], degree: number): number[] => {
  const generator = generatorOf(degree);
  const rest = [...data, ...Array.from({ length: degree }, () => 0)];
  for (let at = 0; at < data.length; at += 1) {
    const factor = rest[at] ?? 0;
    for (const [n, value] of generator.entries()) rest[at + n] = (rest[at + n] ?? 0) ^ product(value, factor);
  }
  return rest.slice(data.length);
};

/** Links are ASCII; whatever is not has been percent-encoded before. */
const bytesOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0) & 0xff);

/** Rows of modules, dark as `true`; without the quiet zone. */
export const squareCode = (text: string): boolean[][] => {
  const bytes = bytesOf(text);
  const found = versions.find(({ blocks, data }) => bytes.length + 2 <= blocks * data);
  if (!found) throw new Error(`${bytes.length} bytes are too many for a square code`);
  const words = wordsOf(bytes, found.blocks * found.data);
  const blocks = Array.from({ length: found.blocks }, (_, n) =>
    words.slice(n * found.data, (n + 1) * found.data),
  );
  const corrections = blocks.map((block) => correctionOf(block, found.correction));
  const bits = [...interleaved(blocks), ...interleaved(corrections)].flatMap((word) =>
    Array.from({ length: 8 }, (_, n) => (word >> (7 - n)) & 1),
  );
  return drawn(found.version, bits);
};

const wordsOf = (bytes: readonly number[], room: number): number[] => {
  const bits = [
    0,
    1,
    0,
    0,
    ...bitsOf(bytes.length, 8),
    ...bytes.flatMap((byte) => bitsOf(byte, 8)),
    0,
    0,
    0,
    0,
  ];
  const words: number[] = [];
  for (let at = 0; at + 8 <= bits.length; at += 8)
    words.push(bits.slice(at, at + 8).reduce((sum, bit) => sum * 2 + bit, 0));
  for (let n = 0; words.length < room; n += 1) words.push(n % 2 === 0 ? 0xec : 0x11);
  return words.slice(0, room);
};

const bitsOf = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => (value >> (count - 1 - n)) & 1);

const interleaved = (blocks: readonly number[][]): number[] =>
  Array.from({ length: Math.max(...blocks.map((block) => block.length)) }, (_, n) => n).flatMap((n) =>
    blocks.flatMap((block) => block[n] ?? []),
  );

const drawn = (version: number, bits: readonly number[]): boolean[][] => {
  const side = 17 + 4 * version;
  const cells: (boolean | undefined)[][] = Array.from({ length: side }, () =>
    Array.from({ length: side }, () => undefined),
  );
  const set = (x: number, y: number, dark: boolean): void => {
    const row = cells[y];
    if (row && x >= 0 && x < side && y >= 0) row[x] = dark;
  };
  for (const [cx, cy] of [
    [3, 3],
    [side - 4, 3],
    [3, side - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy += 1)
      for (let dx = -4; dx <= 4; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
      }
  const corner = side - 7;
  if (version > 1)
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -2; dx <= 2; dx += 1)
        set(corner + dx, corner + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  for (let n = 8; n < side - 8; n += 1) {
    set(n, 6, n % 2 === 0);
    set(6, n, n % 2 === 0);
  }
  drawFormat(set, side);
  fill(cells, side, bits);
  return cells.map((row) => row.map((dark) => dark === true));
};

const drawFormat = (set: (x: number, y: number, dark: boolean) => void, side: number): void => {
  const bit = (n: number): boolean => ((formatBits >> n) & 1) === 1;
  for (let n = 0; n < 6; n += 1) set(8, n, bit(n));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let n = 9; n < 15; n += 1) set(14 - n, 8, bit(n));
  for (let n = 0; n < 8; n += 1) set(side - 1 - n, 8, bit(n));
  for (let n = 8; n < 15; n += 1) set(8, side - 15 + n, bit(n));
  set(8, side - 8, true);
};

/** Two columns at a time from the right, up and down in turn; mask 0 turns every second module. */
const fill = (cells: (boolean | undefined)[][], side: number, bits: readonly number[]): void => {
  let n = 0;
  let upward = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < side; step += 1) {
      const y = upward ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = cells[y];
        if (!row || row[x] !== undefined) continue;
        row[x] = (bits[n] === 1) !== ((x + y) % 2 === 0);
        n += 1;
      }
    }
    upward = !upward;
  }
};
