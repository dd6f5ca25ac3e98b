// Excel files in and out: what is read is text, what is too much is refused before it is parsed, what is written runs nothing.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { harmless, readBook, writeBook } from '../../web/desks/sheet.ts';

/** A zip of one entry whose directory says whatever it likes. */
const zipOf = (content: Buffer, claimed: number): Uint8Array => {
  const packed = deflateRawSync(content, { level: 9 });
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(claimed, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, name, packed, central, name, end]));
};

describe('a workbook', () => {
  it('is read as it was written: sheets, heads, lines', async () => {
    const bytes = await writeBook([
      {
        name: '窗口',
        head: ['窗口号', '部门'],
        rows: [
          ['A01', '市税务局'],
          ['A02', '=1+1'],
        ],
      },
    ]);
    expect(await readBook(bytes)).toEqual({
      ok: true,
      sheets: [
        {
          name: '窗口',
          head: ['窗口号', '部门'],
          rows: [
            { line: 2, cells: ['A01', '市税务局'] },
            { line: 3, cells: ['A02', '=1+1'] },
          ],
        },
      ],
    });
  });

  it('that inflates beyond reason is refused, whatever its directory says', async () => {
    const bomb = zipOf(Buffer.alloc(60 * 1024 * 1024), 1000);
    expect(bomb.length).toBeLessThan(200_000);
    expect(await readBook(bomb)).toMatchObject({ ok: false, reason: expect.stringContaining('50 MB') });
  });

  it('that is none, or broken, is refused in words', async () => {
    expect(await readBook(new TextEncoder().encode('姓名,部门'))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('.xlsx'),
    });
    expect(await readBook(zipOf(Buffer.from('<nothing/>'), 10))).toMatchObject({ ok: false });
    expect(await readBook(new Uint8Array(6 * 1024 * 1024))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('5 MB'),
    });
  });
});

describe('a cell that is written', () => {
  it.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)'])('%s runs nothing', (text) => {
    expect(harmless(text)).toBe(`'${text}`);
  });
  it('stays as it is otherwise', () => expect(harmless('市税务局')).toBe('市税务局'));
});
