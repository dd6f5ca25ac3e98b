// What the simulated tablets capture: the same findings with the same bytes for the same seed, so that the tablet that
// makes them and the run that looks for them agree without speaking. Also the seeded chance both draw from.
import { createCipheriv, createHash } from 'node:crypto';
import { partSize } from '../../shared/evidence.ts';

const digest = (...parts: (string | number)[]): Buffer =>
  createHash('sha256').update(parts.join('/')).digest();

/** Numbers from 0 to 1, the same for the same name (mulberry32). */
export const chance = (...name: (string | number)[]): (() => number) => {
  let state = digest('chance', ...name).readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const heads = {
  photo: Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  video: Buffer.from('0000001c6674797069736f6d0000020069736f6d69736f32', 'hex'),
};
const bytesOf = (kind: keyof typeof heads, size: number, name: string): Buffer => {
  const key = digest('bytes', name);
  const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16, 32));
  const bytes = cipher.update(Buffer.alloc(size));
  heads[kind].copy(bytes);
  return bytes;
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export interface Captured {
  /** The words by which the run knows it again. */
  words: string;
  files: {
    id: string;
    bytes: Buffer;
    kind: 'photo' | 'video';
    mediaType: string;
    sha256: string;
    parts?: string[];
  }[];
}

/** How one run is laid out: how many each tablet finds, and which of them carry a clip of several parts. */
export interface Plan {
  seed: number;
  tablets: number;
  findings: number;
  /** One of so many findings carries a clip of two parts. */
  clipEvery: number;
}

export const captured = (plan: Plan, tablet: number, nth: number): Captured => {
  const name = `${plan.seed}-${tablet}-${nth}`;
  const random = chance('capture', name);
  const count = random() < 0.2 ? 0 : random() < 0.7 ? 1 : 2;
  const sizes: { kind: 'photo' | 'video'; size: number }[] = Array.from({ length: count }, () => ({
    kind: 'photo',
    size: 20_000 + Math.floor(random() * 130_000),
  }));
  if ((nth * plan.tablets + tablet) % plan.clipEvery === plan.clipEvery - 1)
    sizes.push({ kind: 'video', size: partSize + 50_000 + Math.floor(random() * 400_000) });
  return {
    words: `演练 ${name}`,
    files: sizes.map(({ kind, size }, at) => {
      const id = `${name}-${at}`;
      const bytes = bytesOf(kind, size, id);
      const parts =
        size > partSize
          ? Array.from({ length: Math.ceil(size / partSize) }, (_, part) =>
              sha256(bytes.subarray(part * partSize, (part + 1) * partSize)),
            )
          : undefined;
      return {
        ...{ id, bytes, kind, mediaType: kind === 'photo' ? 'image/jpeg' : 'video/mp4' },
        sha256: sha256(bytes),
        ...(parts === undefined ? {} : { parts }),
      };
    }),
  };
};
