// A placed paper as a PDF: embedded subsets of the fonts, selectable text, bookmarks, metadata; the same paper gives the
// same bytes. Places nothing by itself.
import PDFDocument from 'pdfkit';
import * as z from 'zod';
import type { PlacedPaper } from '../shared/letter-layout.ts';
import type { Colour } from '../shared/paper-lines.ts';
import { page, pt } from '../shared/paper-measures.ts';
import type { Mark } from '../shared/paper-strips.ts';
import type { Instant } from '../shared/time.ts';
import type { PaperFonts } from './paper-fonts.ts';

export interface PaperFacts {
  title: string;
  organ: string;
  /** When it was made; part of the bytes, so an issued paper gives the time of its issue. */
  at: Instant;
}

const colours: Record<Colour, string> = { black: '#000000', red: '#d6000f', grey: '#7a7a7a' };

/** Typesets nothing: draws what was placed. `pictures` by the names that the content uses. */
export const pdfOf = async (
  placed: PlacedPaper,
  fonts: PaperFonts,
  facts: PaperFacts,
  pictures: ReadonlyMap<string, Buffer> = new Map(),
): Promise<Buffer> => {
  const at = new Date(facts.at);
  const document = new PDFDocument({
    autoFirstPage: false,
    size: [pt(page.width), pt(page.height)],
    margin: 0,
    // Without a font of its own: the standard ones are not embedded, and a bundle does not find them.
    font: '',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: facts.title,
      Author: facts.organ,
      Creator: '明窗',
      Producer: '明窗',
      CreationDate: at,
      ModDate: at,
    },
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  const used = new Map<string, string>();
  const use = (font: string): void => {
    const known = used.get(font);
    if (known !== undefined) {
      document.font(known);
      return;
    }
    const name = `F${used.size + 1}`;
    document.registerFont(name, fonts.bytes(font));
    used.set(font, name);
    document.font(name);
  };
  for (const [n, { marks }] of placed.pages.entries()) {
    document.addPage();
    for (const { title } of placed.outline.filter((one) => one.page === n)) document.outline.addItem(title);
    for (const mark of marks) draw(document, mark, use, pictures);
  }
  document.end();
  return whole;
};

/**
 * Chinese print knows no ligatures and no kerning; the places were computed without them. The font reader leaves its
 * own features on unless each is turned off by name, which the types of the library do not know.
 */
const unshaped = z
  .custom<PDFKit.Mixins.OpenTypeFeatures[]>()
  .parse({ kern: false, liga: false, clig: false, calt: false, rlig: false, ccmp: false, locl: false });

const draw = (
  document: PDFKit.PDFDocument,
  mark: Mark,
  use: (font: string) => void,
  pictures: ReadonlyMap<string, Buffer>,
): void => {
  switch (mark.kind) {
    case 'glyphs':
      use(mark.font);
      document.fontSize(mark.size).fillColor(colours[mark.colour]);
      document.text(mark.text, pt(mark.x), pt(mark.y), {
        lineBreak: false,
        baseline: 0,
        characterSpacing: pt(mark.track),
        features: unshaped,
      });
      return;
    case 'rule':
      document
        .moveTo(pt(mark.x1), pt(mark.y1))
        .lineTo(pt(mark.x2), pt(mark.y2))
        .lineWidth(pt(mark.width))
        .strokeColor(colours[mark.colour])
        .stroke();
      return;
    case 'fill':
      document.rect(pt(mark.x), pt(mark.y), pt(mark.width), pt(mark.height)).fill(colours[mark.colour]);
      return;
    case 'picture': {
      const bytes = pictures.get(mark.picture);
      const [x, y, width, height] = [pt(mark.x), pt(mark.y), pt(mark.width), pt(mark.height)];
      if (bytes) document.image(bytes, x, y, { width, height });
      else document.rect(x, y, width, height).lineWidth(0.5).strokeColor(colours.grey).stroke();
      return;
    }
    case 'seal': {
      const bytes = mark.picture === undefined ? undefined : pictures.get(mark.picture);
      const [half, side] = [mark.diameter / 2, pt(mark.diameter)];
      if (bytes) document.image(bytes, pt(mark.x - half), pt(mark.y - half), { width: side, height: side });
      return;
    }
  }
};
