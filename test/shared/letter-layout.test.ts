// Where things stand, computed with a font whose every character is as wide as it is high and Latin half of it: line
// ends, pages, signatures, awkward names. No font file, no PDF.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layPaper, type PlacedPaper } from '../../shared/letter-layout.ts';
import { type PaperContent, wordsOf } from '../../shared/paper-content.ts';
import { breakLines, type FontMetrics, type GlyphRun, titleLines } from '../../shared/paper-lines.ts';
import { area, grid } from '../../shared/paper-measures.ts';
import { paragraphs, sampleAnnex, sampleBulletin, sampleLetter } from '../paper-samples.ts';

const square: FontMetrics = (_face, character) => ({
  font: 'square',
  advance: /[ -~–·]/.test(character) ? 0.5 : 1,
});
const body = { face: 'fangsong' as const, size: 16, cell: grid.cell };
const broken = (text: string): string[] =>
  breakLines(text, body, square, { width: area.width }).map((line) =>
    line.glyphs.map((glyph) => glyph.text).join(''),
  );
const textsOf = (page: PlacedPaper['pages'][number] | undefined): GlyphRun[] =>
  (page?.marks ?? []).flatMap((mark) => (mark.kind === 'glyphs' ? [mark] : []));
const said = (page: PlacedPaper['pages'][number] | undefined): string =>
  textsOf(page)
    .toSorted((a, b) => a.y - b.y || a.x - b.x)
    .map(({ text }) => text)
    .join('');

describe('lines', () => {
  it('hold 28 characters', () => {
    expect(broken('窗'.repeat(60)).map((line) => line.length)).toEqual([28, 28, 4]);
  });

  it('begin with no closing mark and end with no opening one', () => {
    expect(broken(`${'窗'.repeat(28)}，明`)).toEqual(['窗'.repeat(27), '窗，明']);
    expect(broken(`${'窗'.repeat(27)}（明）`)).toEqual(['窗'.repeat(27), '（明）']);
    // A mark that may give way holds its neighbour on the line.
    expect(broken(`${'窗'.repeat(20)}、${'窗'.repeat(6)}。”明`)[0]).toBe(
      `${'窗'.repeat(20)}、${'窗'.repeat(6)}。”`,
    );
  });

  it('keep figures, Latin words and numbers of documents whole', () => {
    expect(broken(`${'窗'.repeat(26)}20261122`)).toEqual(['窗'.repeat(26), '20261122']);
    expect(broken(`${'窗'.repeat(24)}某函〔2026〕7号`)[1]).toBe('〔2026〕7号');
  });

  it('never lose or double a character, and obey the rules whatever is written', () => {
    const characters = fc.constantFrom(...'窗口，。（）“”、；ab12〔〕—…《》％');
    fc.assert(
      fc.property(fc.array(characters, { minLength: 1, maxLength: 200 }), (list) => {
        const text = list.join('');
        const lines = broken(text);
        expect(lines.join('')).toBe(text);
        for (const line of lines) expect(line.length).toBeGreaterThan(0);
      }),
    );
  });

  it('stay inside the type area for ordinary text', () => {
    const words = fc.constantFrom(
      '本中心',
      '，',
      '2026年',
      '（含App）',
      '“窗口”',
      '。',
      '核实有关情况',
      '、',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 60 }), (list) => {
        const tidy = `中${list.join('中')}`;
        for (const line of breakLines(tidy, body, square, { width: area.width })) {
          const text = line.glyphs.map((glyph) => glyph.text).join('');
          expect(line.width).toBeLessThan(area.width + 0.01);
          expect(text).not.toMatch(/^[，。、）”]/);
          expect(text).not.toMatch(/[（“]$/);
        }
      }),
    );
  });
});

describe('titles', () => {
  const lines = (text: string): string[] =>
    titleLines(text, { face: 'title', size: 22 }, square, area.width).map((line) =>
      line.glyphs.map((glyph) => glyph.text).join(''),
    );

  it('part into lines of like length, after words as far as that can be seen', () => {
    expect(lines('某某市政务服务中心关于派驻窗口违纪问题的函')).toEqual([
      '某某市政务服务中心关于',
      '派驻窗口违纪问题的函',
    ]);
  });

  it('never part a word where another place will do', () => {
    expect(lines('某某市高新区政务服务中心关于派驻窗口工作人员违反考勤纪律有关情况的函')).toEqual([
      '某某市高新区政务服务中心关于',
      '派驻窗口工作人员违反考勤纪律有关情况的函',
    ]);
    for (const word of ['违纪', '违反', '核实', '纪律'])
      for (let more = 0; more < 12; more += 1) {
        const text = `关于${'核查'.repeat(more)}窗口${word}问题处理情况并请反馈整改结果的函`;
        expect(
          lines(text).some((line) => line.endsWith(word[0] ?? '')),
          text,
        ).toBe(false);
      }
  });

  it('of three lines stay whole', () => {
    const text =
      '某某市政务服务和数据管理局关于移交派驻窗口违纪问题音视频资料并商请约谈有关人员和调整窗口人员的函';
    const found = lines(text);
    expect(found).toHaveLength(3);
    expect(found.join('')).toBe(text);
  });
});

describe('pages', () => {
  const filled = (count: number): PaperContent =>
    sampleLetter({
      blocks: paragraphs(...Array.from({ length: count }, () => `核实${'有关情况'.repeat(9)}。`)),
    });

  it('never bear the signature alone, however long the text', () => {
    for (let count = 1; count < 40; count += 1) {
      const { pages } = layPaper(filled(count), square);
      const signed = pages.find((page) => said(page).includes('2026年12月5日'));
      expect(said(signed), `${count} paragraphs`).toContain('有关情况');
    }
  });

  it('leave the seal its room: nothing but name and date under it, on the page, within a line of the text', () => {
    for (const count of [3, 9, 17]) {
      const { pages } = layPaper(filled(count), square);
      for (const page of pages) {
        const seal = page.marks.find((mark) => mark.kind === 'seal');
        if (!seal) continue;
        const top = seal.y - seal.diameter / 2;
        const body = textsOf(page).filter(({ text }) => !/中心$|年12月/.test(text));
        const above = Math.max(...body.filter(({ y }) => y < seal.y).map(({ y }) => y));
        // From the lower edge of the characters above.
        expect(top - above - 0.7).toBeLessThan(grid.pitch);
        expect(top).toBeGreaterThan(above);
        expect(seal.y + seal.diameter / 2).toBeLessThan(297);
        expect(seal.x + seal.diameter / 2).toBeLessThan(210);
      }
    }
  });

  it('list annexes, one without a number, several with one and aligned under the first', () => {
    const one = layPaper(sampleLetter({ annexes: [sampleAnnex(1)] }), square);
    expect(one.pages.map(said).join('')).toContain('附件：违纪问题清单');
    const twelve = layPaper(
      sampleLetter({ annexes: Array.from({ length: 12 }, (_, n) => sampleAnnex(1, `第${n + 1}份材料`)) }),
      square,
    );
    const text = twelve.pages.map(said).join('');
    expect(text).toContain('附件：1.第1份材料2.第2份材料');
    expect(text).toContain('12.第12份材料');
    expect(twelve.pages.filter((page) => /^附件\d+第/.test(said(page)))).toHaveLength(12);
  });

  it('give every annex a bookmark', () => {
    const { outline } = layPaper(sampleLetter({ annexes: [sampleAnnex(1)] }), square);
    expect(outline.map(({ title }) => title)).toEqual([
      '某某市政务服务中心关于派驻窗口违纪问题的函',
      '附件 违纪问题清单（内部材料，不得公开）',
    ]);
  });
});

describe('awkward papers', () => {
  const inside = ({ pages }: PlacedPaper): void => {
    for (const page of pages)
      for (const run of textsOf(page)) {
        expect(run.x, run.text).toBeGreaterThan(area.left - 0.01);
        expect(run.x + run.width, run.text).toBeLessThan(area.right + 0.3);
        expect(run.y, run.text).toBeLessThan(275);
      }
  };
  const long = '某某省某某自治州某某新区综合行政执法和营商环境建设及政务服务与数据管理监督局派驻';

  it('take names of forty characters as mark, addressee and signature', () => {
    expect(long.length).toBe(40);
    const paper = sampleLetter({
      mark: long,
      addressee: long,
      signature: { organ: long, date: '2026年12月5日', seal: 'space' },
    });
    const done = layPaper(paper, square);
    inside(done);
    expect(done.pages.map(said).join('')).toContain('2026年12月5日');
  });

  it('take three pages, twelve annexes and a title of three lines', () => {
    const paper = sampleLetter({
      title: `${long}关于派驻窗口违纪问题及移交音视频资料的函`,
      blocks: paragraphs(...Array.from({ length: 30 }, () => '核实有关情况，加强教育管理，督促整改并函复。')),
      annexes: Array.from({ length: 12 }, (_, n) => sampleAnnex(3, `${long}第${n + 1}份材料`)),
    });
    const done = layPaper(paper, square);
    inside(done);
    expect(done.pages.length).toBeGreaterThan(14);
  });

  it('take a word that fits no line and a text without end', () => {
    inside(layPaper(sampleLetter({ blocks: paragraphs('A'.repeat(300), '窗'.repeat(3000)) }), square));
  });

  it('take a bulletin with sixty copies', () => {
    const done = layPaper(
      sampleBulletin({ copies: Array.from({ length: 60 }, (_, n) => `市第${n + 1}局`) }),
      square,
    );
    inside(done);
    expect(done.pages.map(said).join('')).toContain('市第60局。');
  });

  it('print every word they were given', () => {
    const paper = sampleLetter({ annexes: [sampleAnnex(5)], note: '联系人：督查科' });
    const text = layPaper(paper, square).pages.map(said).join('');
    for (const word of wordsOf(paper).split('\n')) {
      const tail = word.slice(-4);
      expect(text).toContain(tail);
    }
  });
});
