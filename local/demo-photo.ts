// A small painted picture that stands in for a photo in the demonstration: a valid PNG, another one for each number.
import { crc32, deflateSync } from 'node:zlib';

const width = 320;
const height = 200;

const chunk = (type: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
  return Buffer.concat([head, data, tail]);
};

/** A counter with a bright window above it, shaded by the number. */
export const paintedPhoto = (seed: number): Buffer => {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      const pane = y < 120 && x % 80 > 8 && y % 60 > 8;
      const counter = y > 150;
      rows[at] = counter ? 120 : pane ? 200 + (seed % 40) : 90;
      rows[at + 1] = counter ? 80 + (seed % 50) : pane ? 225 : 100;
      rows[at + 2] = counter ? 50 : pane ? 240 - (x % 16) : 110 + (seed % 30);
    }
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
