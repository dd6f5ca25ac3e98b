// Positions read back out of the rendered PDF, within the tolerances a public checker of GB/T 9704-2012 uses: mark's top
// 1.5 mm, first rule 1.5 mm, second 1 mm, length 2 mm, number 1.5 mm.
import { describe, expect, it } from 'vitest';
import { openFonts } from '../../functions/paper-fonts.ts';
import { pdfOf } from '../../functions/paper-pdf.ts';
import { fontsIn, notoFolders } from '../../local/font-folders.ts';
import { layPaper } from '../../shared/letter-layout.ts';
import type { PaperContent } from '../../shared/paper-content.ts';
import { paragraphs, sampleAnnex, sampleBulletin, sampleLetter } from '../paper-samples.ts';
import { linesOf, type ReadPage, readPdf } from '../pdf-reader.ts';

const fonts = await openFonts(fontsIn(notoFolders));
const issued = '2026-12-05T02:00:00.000Z';
const printed = (paper: PaperContent): Promise<Buffer> =>
  pdfOf(layPaper(paper, fonts.metrics), fonts, { title: paper.title, organ: paper.mark, at: issued });
const pagesOf = async (paper: PaperContent): Promise<ReadPage[]> => readPdf(await printed(paper));
const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error('nothing there');
  return one;
};
const line = (page: ReadPage | undefined, start: string) => {
  const found = page && linesOf(page).find(({ text }) => text.startsWith(start));
  if (!found) throw new Error(`no line ${start}`);
  return found;
};
/** 3号 in millimetres: a character's height. */
const third = (16 * 25.4) / 72;

describe('a 函 on paper', () => {
  it('keeps the measures of clause 10.1', async () => {
    const [page] = await pagesOf(sampleLetter());
    if (!page) throw new Error('no page');
    expect([page.width, page.height].map(Math.round)).toEqual([210, 297]);

    const mark = line(page, '某某市政务服务中心');
    const height = (mark.size * 25.4) / 72;
    expect(mark.y - 0.85 * height).toBeCloseTo(30, 0);
    expect((mark.left + mark.right) / 2).toBeCloseTo(106, 0);

    const [upper, thin, lowerThin, lower] = page.rules;
    if (!upper || !thin || !lowerThin || !lower) throw new Error('four rules');
    expect(upper.y1 - upper.width / 2 - (mark.y + 0.08 * height)).toBeCloseTo(4, 1);
    expect(upper.width).toBeGreaterThan(thin.width);
    expect(lower.width).toBeGreaterThan(lowerThin.width);
    expect(297 - (lower.y1 + lower.width / 2)).toBeCloseTo(20, 1);
    for (const rule of page.rules) {
      expect(rule.x2 - rule.x1).toBeCloseTo(170, 1);
      expect((rule.x1 + rule.x2) / 2).toBeCloseTo(106, 1);
    }

    const number = line(page, '某政务函');
    expect(number.right).toBeCloseTo(184, 0);
    expect(number.y - 0.88 * third - (thin.y1 + thin.width / 2)).toBeCloseTo((7 / 8) * third, 1);

    const title = line(page, '某某市政务服务中心关于');
    const between = title.y - number.y;
    expect(between).toBeGreaterThan(2 * 10.2 + third);
    expect(between).toBeLessThan(3 * 10.3 + third);
    expect(linesOf(page).some(({ text }) => /^— \d+ —$/.test(text))).toBe(false);
  });

  it('fills the type area line by line, 28 characters wide, and signs under its text', async () => {
    const [page] = await pagesOf(sampleLetter());
    const [one, two] = [line(page, '2026年11月'), line(page, '窗口违纪问题')];
    expect(one.left).toBeCloseTo(28 + (2 * 156) / 28, 1);
    expect(two.left).toBeCloseTo(28, 1);
    expect(two.right).toBeCloseTo(184, 0);
    expect(two.y - one.y).toBeCloseTo(225 / 22, 2);
  });

  it('signs with the name centred over the date, four places from the right', async () => {
    const pages = await pagesOf(sampleLetter());
    const last = pages.at(-1);
    const date = line(last, '2026年12月5日');
    expect(date.right).toBeCloseTo(184 - (4 * 156) / 28, 0);
    const names = linesOf(last ?? first(pages)).filter(({ text }) => text === '某某市政务服务中心');
    const name = names.at(-1);
    if (!name) throw new Error('no name');
    expect(date.y - name.y).toBeCloseTo(225 / 22, 1);
    expect((name.left + name.right) / 2).toBeCloseTo((date.left + date.right) / 2, 0);
  });

  it('numbers from its second page, even ones on the left, odd ones on the right, 7 mm under the type area', async () => {
    const pages = await pagesOf(sampleLetter({ annexes: [sampleAnnex(60)] }));
    expect(pages.length).toBeGreaterThan(3);
    expect(linesOf(first(pages)).some(({ text }) => text.startsWith('—'))).toBe(false);
    const [two, three] = [line(pages[1], '— 2 —'), line(pages[2], '— 3 —')];
    expect(two.left).toBeCloseTo(28 + (14 * 25.4) / 72, 1);
    expect(three.right).toBeCloseTo(184 - (14 * 25.4) / 72, 0);
    expect(two.y - 0.36 * ((14 * 25.4) / 72)).toBeCloseTo(269, 1);
  });

  it('repeats the head of a table on every page and loses no row', async () => {
    const pages = await pagesOf(sampleLetter({ annexes: [sampleAnnex(60)] }));
    const rest = pages.slice(1).filter((page) => linesOf(page).some(({ text }) => text.includes('争吵')));
    expect(rest.length).toBeGreaterThan(1);
    for (const page of rest) expect(line(page, '序号').text).toBe('序号时间人员问题');
    const rows = rest.flatMap(linesOf).filter(({ text }) => text.includes('11月5日'));
    expect(rows).toHaveLength(60);
  });
});

describe('a bulletin on paper', () => {
  it('keeps the measures of clause 7: head, red rule, imprint', async () => {
    const [page] = await pagesOf(sampleBulletin());
    if (!page) throw new Error('no page');
    const mark = line(page, '某某市政务服务中心文件');
    const height = (mark.size * 25.4) / 72;
    expect(mark.y - 0.85 * height).toBeCloseTo(37 + 35, 0);
    const number = line(page, '某政务通报');
    expect((number.left + number.right) / 2).toBeCloseTo(106, 0);
    const [red] = page.rules;
    if (!red) throw new Error('no rule');
    expect(red.y1 - red.width / 2 - (number.y + 0.12 * third)).toBeCloseTo(4, 1);
    expect(red.x2 - red.x1).toBeCloseTo(156, 1);
    expect(line(page, '— 1 —').right).toBeCloseTo(184 - (14 * 25.4) / 72, 0);
  });

  it('ends with copies, printing organ and date between rules as wide as the type area', async () => {
    const pages = await pagesOf(sampleBulletin());
    const last = pages.at(-1);
    if (!last) throw new Error('no page');
    expect(line(last, '抄送：').text).toMatch(/^抄送：市市场监督管理局，/);
    expect(line(last, '某某市政务服务中心2026年').text).toBe('某某市政务服务中心2026年12月5日印发');
    const widths = last.rules
      .filter((rule) => rule.colour.startsWith('0 '))
      .map((rule) => rule.width.toFixed(2));
    expect(widths).toEqual(['0.35', '0.25', '0.35']);
    const bottom = Math.max(...last.rules.map((rule) => rule.y1));
    expect(bottom).toBeCloseTo(262, 0);
  });
});

describe('the file', () => {
  it('is the same bytes when printed again, and small', async () => {
    const paper = sampleLetter({ annexes: [sampleAnnex(40)] });
    const [once, again] = [await printed(paper), await printed(paper)];
    expect(once.equals(again)).toBe(true);
    expect(once.length).toBeLessThan(300_000);
  });

  it('embeds its fonts as subsets and keeps every character to be searched, the rare ones too', async () => {
    const paper = sampleLetter({ blocks: paragraphs('经核实，张㛃、李𬭎（A01窗口）于9:32使用App。') });
    const bytes = await printed(paper);
    const pages = readPdf(bytes);
    expect(
      pages
        .flatMap(linesOf)
        .map(({ text }) => text)
        .join(''),
    ).toContain('张㛃、李𬭎（A01窗口）于9:32使用App。');
    for (const page of pages) for (const text of page.texts) expect(text.font).toMatch(/^[A-Z]{6}\+Noto/);
    expect(bytes.toString('latin1')).toMatch(/\/Lang \(zh-CN\)/);
  });

  it('says which typefaces were substituted', () => {
    expect(fonts.substituted).toEqual({
      title: 'Noto Serif SC',
      fangsong: 'Noto Serif SC',
      kai: 'Noto Serif SC',
      hei: 'Noto Sans SC',
      song: 'Noto Serif SC',
    });
  });
});
