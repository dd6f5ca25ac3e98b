// What a font file says of its characters: which it has, and how wide each is. Reads the tables cmap, hhea, hmtx and head
// of TrueType and OpenType (ISO/IEC 14496-22); draws nothing.

export interface FontFile {
  bytes: Buffer;
  /** Width in em; undefined when the font has no such character. */
  advance(character: string): number | undefined;
}

/** Reads a font file. Throws when it is none, or one of many in a collection (.ttc). */
export const readFont = (bytes: Buffer): FontFile => {
  const tables = tablesOf(bytes);
  const at = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`the font has no table ${name}`);
    return offset;
  };
  const unitsPerEm = bytes.readUInt16BE(at('head') + 18);
  const widths = bytes.readUInt16BE(at('hhea') + 34);
  const metrics = at('hmtx');
  const glyphOf = glyphReader(bytes, at('cmap'));
  return {
    bytes,
    advance: (character) => {
      const glyph = glyphOf(character.codePointAt(0) ?? 0);
      if (glyph === 0) return undefined;
      return bytes.readUInt16BE(metrics + 4 * Math.min(glyph, widths - 1)) / unitsPerEm;
    },
  };
};

const tablesOf = (bytes: Buffer): Map<string, number> => {
  const kind = bytes.length < 12 ? 0 : bytes.readUInt32BE(0);
  if (kind !== 0x00010000 && kind !== 0x4f54544f && kind !== 0x74727565)
    throw new Error('not a TrueType or OpenType font');
  const tables = new Map<string, number>();
  for (let n = 0; n < bytes.readUInt16BE(4); n += 1) {
    const record = 12 + 16 * n;
    tables.set(bytes.toString('latin1', record, record + 4), bytes.readUInt32BE(record + 8));
  }
  return tables;
};

/** The widest of the character maps that are known here: format 12 (all planes) before 4 (the first plane only). */
const glyphReader = (bytes: Buffer, cmap: number): ((code: number) => number) => {
  const found = new Map<number, number>();
  for (let n = 0; n < bytes.readUInt16BE(cmap + 2); n += 1) {
    const offset = cmap + bytes.readUInt32BE(cmap + 4 + 8 * n + 4);
    const format = bytes.readUInt16BE(offset);
    if (!found.has(format)) found.set(format, offset);
  }
  const all = found.get(12);
  if (all !== undefined) return (code) => groupedGlyph(bytes, all, code);
  const plane = found.get(4);
  if (plane !== undefined) return (code) => segmentGlyph(bytes, plane, code);
  throw new Error('the font maps no Unicode characters');
};

const groupedGlyph = (bytes: Buffer, table: number, code: number): number => {
  let [low, high] = [0, bytes.readUInt32BE(table + 12) - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = table + 16 + 12 * middle;
    const first = bytes.readUInt32BE(group);
    if (code < first) high = middle - 1;
    else if (code > bytes.readUInt32BE(group + 4)) low = middle + 1;
    else return bytes.readUInt32BE(group + 8) + code - first;
  }
  return 0;
};

const segmentGlyph = (bytes: Buffer, table: number, code: number): number => {
  if (code > 0xffff) return 0;
  const doubled = bytes.readUInt16BE(table + 6);
  for (let n = 0; n < doubled; n += 2) {
    if (code > bytes.readUInt16BE(table + 14 + n)) continue;
    const starts = table + 16 + doubled;
    const first = bytes.readUInt16BE(starts + n);
    if (code < first) return 0;
    const delta = bytes.readUInt16BE(starts + doubled + n);
    const rangeAt = starts + 2 * doubled + n;
    const range = bytes.readUInt16BE(rangeAt);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = bytes.readUInt16BE(rangeAt + range + 2 * (code - first));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
};
