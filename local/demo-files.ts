// Small real files for the demonstration: a picture that every viewer opens, and a clip large enough to travel in parts.
// The bytes follow from the name alone, so that a repeated upload is the same file.
import { createHash } from 'node:crypto';
import { type ManifestEntry, partSize, smallFileLimit } from '../shared/evidence.ts';
import type { Instant } from '../shared/time.ts';
import { painted } from './demo-photo.ts';

interface DemoFile {
  bytes: Uint8Array;
  entry: ManifestEntry;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A PNG of 96 × 64 pixels in one colour that the name gives, with a darker counter in its lower third. */
const picture = (name: string): Uint8Array => {
  const [red = 0, green = 0, blue = 0] = createHash('sha256').update(name).digest();
  const height = 64;
  return painted(96, height, (_x, y) => {
    const shade = y > height * 0.66 ? 0.5 : 1;
    return [red * shade, green * shade, blue * shade];
  });
};

/** An MP4 box structure of 200 kB more than one part holds; its frames are noise. */
const clip = (name: string): Uint8Array => {
  const type = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');
  const length = smallFileLimit + 200_000;
  const frames = Buffer.alloc(length - type.length);
  frames.writeUInt32BE(frames.length, 0);
  frames.write('mdat', 4, 'latin1');
  let noise = createHash('sha256').update(name).digest();
  for (let at = 8; at < frames.length; at += 4096) {
    if (at % 65_536 === 8) noise = createHash('sha256').update(noise).digest();
    noise.copy(frames, at);
  }
  return Buffer.concat([type, frames]);
};

const partsOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / partSize) }, (_, at) =>
    bytes.subarray(at * partSize, (at + 1) * partSize),
  );

/** `scan`: a signed paper as a picture. */
export const demoFile = (kind: 'photo' | 'clip' | 'scan', name: string, takenAt: Instant): DemoFile => {
  const bytes = kind === 'clip' ? clip(name) : picture(name);
  const common = { size: bytes.length, sha256: sha256(bytes), takenAt };
  switch (kind) {
    case 'photo':
      return { bytes, entry: { ...common, name: `${name}.png`, kind: 'photo', mediaType: 'image/png' } };
    case 'scan':
      return { bytes, entry: { ...common, name: `${name}.png`, kind: 'document', mediaType: 'image/png' } };
    case 'clip':
      return {
        bytes,
        entry: {
          ...common,
          name: `${name}.mp4`,
          kind: 'video',
          mediaType: 'video/mp4',
          seconds: 42,
          parts: partsOf(bytes).map(sha256),
        },
      };
  }
};
