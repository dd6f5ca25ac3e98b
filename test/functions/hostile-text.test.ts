// What somebody writes is text wherever it comes out: in a cell no formula, in a document no element, in a PDF no action.
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { docxOf } from '../../functions/paper-docx.ts';
import { openFonts } from '../../functions/paper-fonts.ts';
import { pdfOf } from '../../functions/paper-pdf.ts';
import { spreadsheetOf } from '../../functions/spreadsheet.ts';
import { fontsIn, notoFolders } from '../../local/font-folders.ts';
import { layPaper } from '../../shared/letter-layout.ts';
import { paragraphs, sampleLetter } from '../paper-samples.ts';
import { readPdf } from '../pdf-reader.ts';
import { zipParts } from '../zip-reader.ts';

const hostile = [
  '<script>alert(1)</script>',
  '</w:t></w:r></w:p><w:p><w:r><w:t>伪造',
  ']]>&lt;&amp;"\'><!--',
  ') Tj /JS (app.alert(1)) /OpenAction (',
];
const paper = sampleLetter({ title: hostile[0] ?? '', blocks: paragraphs(...hostile) });
const fonts = await openFonts(fontsIn(notoFolders));

test.each(['=HYPERLINK("http://a","b")', "+1+cmd|' /C calc'!A0", '-2+3', '@SUM(A1:A9)', '\t=1+1', '\r=1+1'])(
  'in a spreadsheet %j is the words it is',
  async (words) => {
    const bytes = await spreadsheetOf(
      '表',
      [
        { title: '内容', width: 20 },
        { title: '数', width: 8 },
      ],
      [[words, 3]],
    );
    const sheet = [...zipParts(bytes)]
      .filter(([name]) => name.startsWith('xl/'))
      .map(([, xml]) => xml)
      .join('');
    expect(sheet).not.toMatch(/<f[ >]/);
    const { sheets } = await readXlsx(bytes);
    const [, row] = sheets[0]?.rows ?? [];
    expect(String(row?.[0]).startsWith("'")).toBe(true);
    expect(row?.[1]).toBe(3);
  },
);

test('in a document an element somebody wrote is text, and nothing is fetched from outside', async () => {
  const parts = zipParts(await docxOf(paper, fonts.metrics));
  const xml = parts.get('word/document.xml') ?? '';
  expect(xml).not.toContain('<script');
  const read = xml
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
  for (const words of hostile) expect(read).toContain(words);
  expect([...parts.values()].join('')).not.toContain('TargetMode="External"');
});

test('in a PDF it is drawn, and opens, starts and runs nothing', async () => {
  const bytes = Buffer.from(
    await pdfOf(layPaper(paper, fonts.metrics), fonts, {
      title: paper.title,
      organ: paper.mark,
      at: '2026-11-18T02:00:00.000Z',
    }),
  );
  const drawn = readPdf(bytes)
    .flatMap(({ texts }) => texts.map(({ text }) => text))
    .join('');
  expect(drawn).toContain('alert(1)');
  expect(bytes.toString('latin1')).not.toMatch(/\/(JavaScript|JS|OpenAction|Launch|AA|EmbeddedFile)\b/);
});
