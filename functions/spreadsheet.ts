// Tables as .xlsx, the one file that knows the library. Texts that a spreadsheet would take for a formula are written as
// the text they are.
import { writeXlsx } from 'hucre/xlsx';

export interface Column {
  title: string;
  /** Characters. */
  width: number;
}
export const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One sheet with a head. Rows have a cell for every column. */
export const spreadsheetOf = async (
  name: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): Promise<Buffer> => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name,
        columns: columns.map(({ title, width }, n) => ({ header: title, key: `c${n}`, width })),
        data: rows.map((row) =>
          Object.fromEntries(columns.map((_column, n) => [`c${n}`, harmless(row[n] ?? '')])),
        ),
      },
    ],
  });
  return Buffer.from(bytes);
};

/** A cell that begins like a formula is led by an apostrophe (formula injection). */
const harmless = (cell: string | number): string | number =>
  typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
