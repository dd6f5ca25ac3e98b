// Handing a workbook to the person: as a file in their own downloads. The package that writes it is loaded then.
import type { SheetToWrite } from './sheet.ts';

export const saveBook = async (name: string, sheets: readonly SheetToWrite[]): Promise<void> => {
  const { writeBook } = await import('./sheet.ts');
  const bytes = await writeBook(sheets);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.xlsx`;
  link.click();
  URL.revokeObjectURL(url);
};
