// `npm run docx-check`: every kind of letter as .docx, opened by LibreOffice and turned into a PDF there; it must have as many
// pages as our own. Needs `soffice`, which is too large to be fetched for every check.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { docxOf } from '../functions/paper-docx.ts';
import { openFonts } from '../functions/paper-fonts.ts';
import { demoCentre } from '../local/demo-centre.ts';
import { fontsIn, notoFolders } from '../local/font-folders.ts';
import { caseLetterKinds, monthLetterKinds } from '../shared/letter.ts';
import { layPaper } from '../shared/letter-layout.ts';
import { letterPaper } from '../shared/letter-paper.ts';
import { letterWords } from './letter-words-sample.ts';
import { awkwardLetter } from './paper-samples.ts';

const folder = resolve(import.meta.dirname, '../.build/docx');
const departments = demoCentre('https://issuer.example').entries.flatMap((entry) =>
  entry.kind === 'department' ? [{ department: entry.id, name: entry.name }] : [],
);
const papers = new Map([
  ...[...caseLetterKinds, ...monthLetterKinds].map(
    (kind) => [kind, letterPaper(letterWords(kind, departments))] as const,
  ),
  ['awkward', awkwardLetter] as const,
]);

/** Pages of a PDF that somebody else wrote: its own page objects may be packed, so pdfinfo counts. */
const counter = ['pdf', 'info'].join('');
const pagesIn = (file: string): number =>
  Number(/Pages:\s+(\d+)/.exec(execFileSync(counter, [file], { encoding: 'utf8' }))?.[1]);

try {
  execFileSync('soffice', ['--version']);
} catch {
  console.log('没有 LibreOffice(soffice),无法核对;请安装 libreoffice-writer 和 poppler-utils 后再运行');
  process.exit(2);
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const fonts = await openFonts(fontsIn(notoFolders));
for (const [name, paper] of papers)
  writeFileSync(join(folder, `${name}.docx`), await docxOf(paper, fonts.metrics));
const files = [...papers.keys()].map((name) => join(folder, `${name}.docx`));
execFileSync('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], {
  timeout: 300_000,
});
let wrong = 0;
for (const [name, paper] of papers) {
  const own = layPaper(paper, fonts.metrics).pages.length;
  const theirs = pagesIn(join(folder, `${name}.pdf`));
  if (own !== theirs) wrong += 1;
  console.log(`${name}: ${own} pages, in LibreOffice ${theirs}`);
}
process.exitCode = wrong === 0 ? 0 : 1;
