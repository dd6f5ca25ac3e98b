// The editable document: it says the same words, names the official typefaces, keeps the measures of the page; and where
// LibreOffice is installed it has as many pages as the PDF.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docxOf } from '../../functions/paper-docx.ts';
import { openFonts } from '../../functions/paper-fonts.ts';
import { fontsIn, notoFolders } from '../../local/font-folders.ts';
import { layPaper } from '../../shared/letter-layout.ts';
import { wordsOf } from '../../shared/paper-content.ts';
import { paragraphs, sampleAnnex, sampleBulletin, sampleLetter } from '../paper-samples.ts';
import { zipParts } from '../zip-reader.ts';

const fonts = await openFonts(fontsIn(notoFolders));

const long =
  '主要情形：迟到、早退2人次；上班时间使用手机（含短视频App等）1人次；未按规定着装、佩戴工牌1人次；窗口环境不整洁1起。';
const samples = {
  letter: sampleLetter({
    annexes: [sampleAnnex(30), sampleAnnex(3, '音视频资料移交清单')],
    note: '联系人：督查科',
  }),
  short: sampleLetter(),
  long: sampleLetter({ blocks: paragraphs(...Array.from({ length: 14 }, () => long)) }),
  bulletin: sampleBulletin({ blocks: paragraphs(...Array.from({ length: 9 }, () => long)) }),
};

describe('a document', () => {
  it('says every word of the paper and names the official typefaces', async () => {
    const parts = zipParts(await docxOf(samples.letter, fonts.metrics));
    const written = [...parts]
      .filter(([name]) => /word\/(document|header|footer)/.test(name))
      .map(([, xml]) => xml);
    const text = written.join('').replace(/<[^>]+>/g, '');
    for (const words of wordsOf(samples.letter).split('\n')) expect(text).toContain(words.slice(0, 10));
    for (const face of ['方正小标宋简体', '仿宋_GB2312', '黑体', '宋体'])
      expect(written.join('')).toContain(face);
  });

  it('keeps paper, margins and the pitch of 22 lines', async () => {
    const xml = zipParts(await docxOf(samples.letter, fonts.metrics)).get('word/document.xml') ?? '';
    expect(xml).toContain('w:w="11906" w:h="16838"');
    for (const margin of ['w:top="2098"', 'w:bottom="1984"', 'w:left="1587"', 'w:right="1474"'])
      expect(xml).toContain(margin);
    expect(xml).toContain('w:line="579"');
    expect(579 * 22).toBeLessThanOrEqual((225 * 1440) / 25.4);
  });

  it.runIf(existsSync('/usr/bin/soffice'))(
    'has as many pages in LibreOffice as the PDF',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'mingchuang-docx-'));
      try {
        const names = Object.keys(samples);
        for (const [name, paper] of Object.entries(samples))
          writeFileSync(join(folder, `${name}.docx`), await docxOf(paper, fonts.metrics));
        execFileSync(
          'soffice',
          [
            `-env:UserInstallation=file://${folder}/profile`,
            ...['--headless', '--convert-to', 'pdf', '--outdir', folder],
            ...names.map((name) => join(folder, `${name}.docx`)),
          ],
          { stdio: 'ignore', timeout: 110_000 },
        );
        for (const [name, paper] of Object.entries(samples)) {
          const pdf = readFileSync(join(folder, `${name}.pdf`)).toString('latin1');
          const pages = [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
          expect(pages, name).toBe(layPaper(paper, fonts.metrics).pages.length);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
