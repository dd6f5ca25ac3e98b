// Small pictures made by the tests themselves, and how a test sends a file the way a device does.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect } from 'vitest';
import type { TestHouse } from './house.ts';

const crc = (data: Buffer): number => {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let n = 0; n < 8; n += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
};

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** A grey PNG of so many pixels. */
export const png = (width = 8, height = 6, grey = 0x80): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const line = width + 1;
  const rows = Buffer.alloc(height * line, grey).map((byte, at) => (at % line === 0 ? 0 : byte));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Words behind the first bytes of a JPEG: what a door takes for a photo, different for different words. */
export const photograph = (words: string): Buffer =>
  Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from(words)]);

/** What a device says of a file before it travels. */
export const announced = (bytes: Buffer, more: { name: string; kind: string; mediaType: string }) => ({
  ...more,
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  takenAt: '2026-11-18T01:50:00.000Z',
});

/** Sends an announced file as `who`: plan, bytes, done. */
export const sendFile = async (
  hall: TestHouse,
  who: string,
  record: string,
  n: number,
  bytes: Buffer,
): Promise<void> => {
  const file = `/api/evidence/${record}/${n}`;
  const plan = await hall.as(who).post(`${file}/upload`, null);
  const { url, headers } = plan.body.put as { url: string; headers: Record<string, string> };
  const put = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  expect(put.status).toBe(200);
  expect((await hall.as(who).post(`${file}/complete`, null)).status).toBe(200);
};
