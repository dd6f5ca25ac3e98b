// Sets one letter of four pages several times and says how long the first and the others took, how large it is, and how
// much memory the process needed at most. Started by letter.ts.
import { docxOf } from '../../functions/paper-docx.ts';
import { openFonts } from '../../functions/paper-fonts.ts';
import { pdfOf } from '../../functions/paper-pdf.ts';
import { fontFolders, fontsIn } from '../../local/font-folders.ts';
import { layPaper } from '../../shared/letter-layout.ts';
import { sampleAnnex, sampleLetter } from '../paper-samples.ts';

const paper = sampleLetter({ annexes: [sampleAnnex(40)] });
const times: number[] = [];
let size = 0;
let pages = 0;
let began = performance.now();
const fonts = await openFonts(fontsIn(fontFolders()));
for (let n = 0; n < 6; n += 1) {
  const placed = layPaper(paper, fonts.metrics);
  const facts = { title: paper.title, organ: paper.mark, at: '2026-12-05T02:00:00.000Z' };
  const pdf = await pdfOf(placed, fonts, facts);
  await docxOf(paper, fonts.metrics);
  size = pdf.length;
  pages = placed.pages.length;
  times.push(performance.now() - began);
  began = performance.now();
}
const [first = 0, ...others] = times;
const warm = others.toSorted((a, b) => a - b)[Math.floor(others.length / 2)] ?? 0;
const memory = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ first, warm, size, pages, memory }));
