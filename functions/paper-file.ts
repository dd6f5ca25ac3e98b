// Papers as files to send: set from their content in the form somebody asked for. Nothing here is stored.
import { layPaper } from '../shared/letter-layout.ts';
import type { PaperContent } from '../shared/paper-content.ts';
import { ok, type Result } from '../shared/problems.ts';
import type { Instant } from '../shared/time.ts';
import type { House } from './house.ts';

/** An answer that is no JSON but a file. */
export interface PaperFile {
  file: true;
  bytes: Buffer;
  mediaType: string;
  /** With its ending. */
  name: string;
}

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
      const placed = layPaper(content, fonts.metrics);
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
