// Small painted pictures that stand in for photos in the demonstration: valid PNGs.
import { crc32, deflateSync } from 'node:zlib';

const chunk = (type: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
  return Buffer.concat([head, data, tail]);
};

/** A PNG of so many pixels, the colour of each (0–255 red, green, blue) by its place from the upper left corner. */
export const painted = (
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [red: number, green: number, blue: number],
): Buffer => {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows.set(colour(x, y), y * (width * 3 + 1) + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A counter with a bright window above it, shaded by the number. */
export const paintedPhoto = (seed: number): Buffer =>
  painted(320, 200, (x, y) => {
    if (y > 150) return [120, 80 + (seed % 50), 50];
    const pane = y < 120 && x % 80 > 8 && y % 60 > 8;
    return pane ? [200 + (seed % 40), 225, 240 - (x % 16)] : [90, 100, 110 + (seed % 30)];
  });
