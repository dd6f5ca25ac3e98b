// Reads a zip as somebody else would: what a document or a table consists of.
import { inflateRawSync } from 'node:zlib';

/** The parts of a zip by name, as text, from its central directory. */
export const zipParts = (zip: Buffer): Map<string, string> => {
  const parts = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  for (let n = 0; n < zip.readUInt16LE(end + 10); n += 1) {
    const [packed, name, extra, note] = [20, 28, 30, 32].map((offset, nth) =>
      nth === 0 ? zip.readUInt32LE(at + offset) : zip.readUInt16LE(at + offset),
    );
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const raw = zip.subarray(from, from + (packed ?? 0));
    const stored = zip.readUInt16LE(at + 10) === 0;
    parts.set(
      zip.toString('utf8', at + 46, at + 46 + (name ?? 0)),
      (stored ? raw : inflateRawSync(raw)).toString('utf8'),
    );
    at += 46 + (name ?? 0) + (extra ?? 0) + (note ?? 0);
  }
  return parts;
};
