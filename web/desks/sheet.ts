// Excel files in and out, behind this one small file: only here is it known which package reads them. A file that would
// inflate beyond reason is refused before it is parsed, and no cell that is written can be taken for a formula.
import { readXlsx, writeXlsx } from 'hucre/xlsx';

/** One sheet as text: the first row its head, everything else by line number as Excel counts. */
export interface SheetRead {
  name: string;
  head: string[];
  rows: { line: number; cells: string[] }[];
}
export type BookRead = { ok: true; sheets: SheetRead[] } | { ok: false; reason: string };

const mostBytes = 5 * 1024 * 1024;
const mostInflated = 50 * 1024 * 1024;
const mostRows = 20_000;

interface ZipEntry {
  method: number;
  packed: number;
  at: number;
}

/** The entries of a zip by its central directory (APPNOTE 4.3.12); undefined for what is none. */
const zipEntries = (bytes: Uint8Array): ZipEntry[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    entries.push({
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

/** How far the file inflates, counted by inflating it: what a directory says of itself can be a lie. Stops at the limit. */
const inflatedSize = async (bytes: Uint8Array, entries: readonly ZipEntry[]): Promise<number> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size = 0;
  for (const { method, packed, at } of entries) {
    if (at + 30 > bytes.length) return Number.POSITIVE_INFINITY;
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const body = bytes.slice(start, start + packed);
    if (method !== 8) {
      size += body.length;
      continue;
    }
    const reader = new Blob([body]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > mostInflated) {
        await reader.cancel();
        return size;
      }
    }
  }
  return size;
};

const dateText = (at: Date): string => {
  const text = at.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
};
const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  const text = String(value).trim();
  // What writeBook put before a cell that begins like a formula.
  return /^'[=+\-@\t]/.test(text) ? text.slice(1) : text;
};

/** Reads a workbook as text, or says in Chinese why not. Nothing is written anywhere. */
export const readBook = async (bytes: Uint8Array): Promise<BookRead> => {
  const no = (reason: string): BookRead => ({ ok: false, reason });
  if (bytes.length > mostBytes) return no('文件超过 5 MB,请分成几份,或删去无关的工作表和图片');
  const entries = zipEntries(bytes);
  if (!entries) return no('这不是 Excel 文件(.xlsx);旧的 .xls 请另存为 .xlsx');
  try {
    if ((await inflatedSize(bytes, entries)) > mostInflated)
      return no('文件解压后超过 50 MB,不予打开;请只保留需要的行和列');
    const book = await readXlsx(bytes);
    const sheets = book.sheets.map(({ name, rows }): SheetRead => {
      const texts = rows.map((row) => row.map(cellText));
      const head = texts.findIndex((row) => row.filter((cell) => cell !== '').length > 1);
      return {
        name: name.trim(),
        head: texts[head] ?? [],
        rows: texts
          .map((cells, nth) => ({ line: nth + 1, cells }))
          .slice(head + 1)
          .filter(({ cells }) => cells.some((cell) => cell !== '')),
      };
    });
    if (sheets.some(({ rows }) => rows.length > mostRows)) return no(`一张工作表最多 ${mostRows} 行`);
    return { ok: true, sheets };
  } catch {
    return no('文件已损坏,或设有密码,无法打开');
  }
};

/** Text a spreadsheet program may not run: what begins like a formula gets an apostrophe before it (OWASP, CSV injection). */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

export interface SheetToWrite {
  name: string;
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

export const writeBook = async (sheets: readonly SheetToWrite[]): Promise<Uint8Array> =>
  writeXlsx({
    sheets: sheets.map(({ name, head, rows }) => ({
      name,
      rows: [
        [...head],
        ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : harmless(cell)))),
      ],
      columns: head.map((title) => ({ width: Math.max(12, title.length * 2 + 4) })),
      freezePane: { rows: 1 },
    })),
  });
