// Papers as files to send: set from their content in the form somebody asked for. Nothing here is stored.
import { layPaper } from '../shared/letter-layout.ts';
import { faces, faceTitles, type PaperContent } from '../shared/paper-content.ts';
import { ok, type Result } from '../shared/problems.ts';
import type { Instant } from '../shared/time.ts';
import type { House } from './house.ts';
import type { PaperFonts } from './paper-fonts.ts';
import type { Column } from './spreadsheet.ts';

/** An answer that is no JSON but a file. */
export interface PaperFile {
  file: true;
  bytes: Buffer;
  mediaType: string;
  /** With its ending. */
  name: string;
}

/** A preview says which typefaces it had to replace; a paper to be sealed says it in its entry. */
const previewed = (content: PaperContent, { substituted }: PaperFonts): PaperContent => {
  const instead = faces.flatMap((face) =>
    substituted[face] === undefined ? [] : [`${faceTitles[face]}（${substituted[face]}）`],
  );
  return content.banner === undefined || instead.length === 0
    ? content
    : { ...content, banner: `${content.banner}　字体替代：${instead.join('、')}` };
};

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Sets a paper. `at` goes into the file's own dates, so that the same paper asked for twice is the same file. */
export const printedFile = async (
  house: House,
  content: PaperContent,
  form: 'pdf' | 'docx',
  { name, at, pictures }: { name: string; at: Instant; pictures?: ReadonlyMap<string, Buffer> },
): Promise<Result<PaperFile>> => {
  if (!house.papers) throw new Error('this house keeps no papers');
  const fonts = await house.papers.fonts();
  switch (form) {
    case 'pdf': {
      const { pdfOf } = await import('./paper-pdf.ts');
      const placed = layPaper(previewed(content, fonts), fonts.metrics);
      const facts = { title: content.title, organ: content.mark, at };
      const bytes = await pdfOf(placed, fonts, facts, pictures);
      return ok({ file: true, bytes, mediaType: 'application/pdf', name: `${name}.pdf` });
    }
    case 'docx': {
      const { docxOf } = await import('./paper-docx.ts');
      const bytes = await docxOf(content, fonts.metrics, pictures);
      return ok({ file: true, bytes, mediaType: docxType, name: `${name}.docx` });
    }
  }
};

/** A register as a spreadsheet. */
export const spreadsheetFile = async (
  name: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): Promise<PaperFile> => {
  const { spreadsheetOf, spreadsheetType } = await import('./spreadsheet.ts');
  const bytes = await spreadsheetOf(name, columns, rows);
  return { file: true, bytes, mediaType: spreadsheetType, name: `${name}.xlsx` };
};
