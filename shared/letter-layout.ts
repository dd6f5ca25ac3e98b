// Where everything on a paper stands, in millimetres: the 函 by GB/T 9704-2012 clause 10.1, the red-head 通报 by clause 7,
// forms by the same habits. Pure: equal content and equal fonts give equal places. Knows no PDF.
import type { Annex, PaperContent } from './paper-content.ts';
import { annexNote, endingStrips, footStrips } from './paper-endings.ts';
import { openingOf } from './paper-heads.ts';
import { breakLines, type FontMetrics, runsOf, type Style, titleLines } from './paper-lines.ts';
import { area, grid, head, letter, mm, pageNumber, redHead, size } from './paper-measures.ts';
import { type Column, type StackedPage, stack } from './paper-stacking.ts';
import {
  blank,
  blocksStrips,
  bodyStyle,
  glued,
  lineStrip,
  type Mark,
  placed,
  type Setting,
  type Strip,
} from './paper-strips.ts';

export interface PlacedPaper {
  pages: { marks: Mark[] }[];
  /** Bookmarks: page from 0, `y` in millimetres. */
  outline: { title: string; page: number; y: number }[];
  /** Free height between the last line and the 版记, millimetres. */
  aboveFoot: number;
}

/** Places a paper. Throws nothing: whatever is too long goes on to the next page. */
export const layPaper = (paper: PaperContent, metrics: FontMetrics): PlacedPaper => {
  const opening = openingOf(paper, metrics);
  const main = mainPages(paper, metrics, opening.from);
  const annexes = paper.annexes.map((annex, n) =>
    stack(annexStrips(annex, n, paper.annexes.length, { metrics, pitch: grid.pitch }), wholeColumn),
  );
  const stacked = [main, ...annexes].flat();
  const marks = stacked.map((one) => [...one.marks]);
  marks[0]?.unshift(...opening.marks);
  const aboveFoot = placeFoot(paper, metrics, stacked, marks);
  for (const [n, on] of marks.entries()) {
    if (isNumbered(paper, n, marks.length)) on.push(...numberMarks(n, metrics));
    if (paper.banner !== undefined) on.push(...bannerMarks(paper.banner, metrics));
  }
  return {
    pages: marks.map((on) => ({ marks: on })),
    aboveFoot,
    outline: [
      { title: paper.title, page: 0, y: opening.from },
      ...stacked.flatMap((one, n) => one.outline.map(({ title, y }) => ({ title, page: n, y }))),
    ],
  };
};

const wholeColumn = (): Column => ({ top: area.top, bottom: area.bottom });

/** Title, text and signature. A closer line is used only where it keeps a signature from standing nearly alone (7.3.5.5). */
const mainPages = (paper: PaperContent, metrics: FontMetrics, from: number): StackedPage[] => {
  const column = (n: number): Column => (n === 0 ? { top: from, bottom: area.bottom } : wholeColumn());
  const at = (pitch: number) => stack(mainStrips(paper, { metrics, pitch }), column);
  const usual = at(grid.pitch);
  if (!paper.signature || usual.length < 2 || (usual.at(-1)?.lines ?? 0) > 9) return usual;
  const closer = at(grid.tightest);
  return closer.length < usual.length ? closer : usual;
};

const mainStrips = (paper: PaperContent, setting: Setting): Strip[] => {
  const text = [...addresseeStrips(paper, setting), ...blocksStrips(paper.blocks, setting)];
  const note = annexNote(paper, setting);
  const ending = endingStrips(paper, setting);
  if (ending.length > 0) {
    // The last two lines of text go with the signature, so that no page bears the signature alone.
    for (const strip of text.slice(-2)) strip.glue = true;
    // A list of annexes goes along as far as half a page.
    if (note.length <= 10) for (const strip of note) strip.glue = true;
    else for (const strip of note.slice(-2)) strip.glue = true;
  }
  return [...titleStrips(paper, setting), ...text, ...note, ...ending];
};

const titleStrips = (paper: PaperContent, setting: Setting): Strip[] => {
  const style: Style = { face: 'title', size: size.title };
  const lines = titleLines(paper.title, style, setting.metrics, area.width).map((line) =>
    lineStrip(placed(line, 'centre', area.width), head.titleLine),
  );
  const above = (count: number) => Array.from({ length: count }, () => blank(setting.pitch));
  switch (paper.format) {
    case 'letter':
      return [...above(letter.linesAboveTitle), ...glued(lines), blank(setting.pitch)];
    case 'redHead':
      return [...above(redHead.linesAboveTitle), ...glued(lines), blank(setting.pitch)];
    case 'form':
      return [...glued(lines), ...formNumber(paper, setting)];
  }
};

const formNumber = (paper: PaperContent, { metrics }: Setting): Strip[] => {
  if (paper.number === '') return [blank(3)];
  const style: Style = { face: 'fangsong', size: size.table };
  return breakLines(paper.number, style, metrics, { width: area.width }).map((line) =>
    lineStrip(placed(line, 'right', area.width), 8),
  );
};

const addresseeStrips = (paper: PaperContent, setting: Setting): Strip[] =>
  paper.addressee === undefined
    ? []
    : breakLines(`${paper.addressee}：`, bodyStyle, setting.metrics, { width: area.width }).map((line) => ({
        ...lineStrip(line, setting.pitch),
        glue: true,
      }));

/** 7.3.7: 附件 and its number in 黑体 at the upper left, the title on the third line. */
const annexStrips = (annex: Annex, n: number, count: number, setting: Setting): Strip[] => {
  const { metrics, pitch } = setting;
  const label = count > 1 ? `附件${n + 1}` : '附件';
  const [first] = breakLines(label, { ...bodyStyle, face: 'hei' }, metrics, { width: area.width });
  const titles = titleLines(annex.name, { face: 'title', size: size.annexTitle }, metrics, area.width);
  return [
    ...(first ? [{ ...lineStrip(first, pitch), outline: `${label} ${annex.name}`, glue: true }] : []),
    { ...blank(pitch), blank: false, glue: true },
    ...titles.map((line) => ({
      ...lineStrip(placed(line, 'centre', area.width), head.titleLine),
      glue: true,
    })),
    { ...blank(pitch / 2), blank: false, glue: true },
    ...blocksStrips(annex.blocks, setting),
  ];
};

/** 版记 at the foot of the last page; of a 函 only the copies, without rules (10.1). Too little room: a page of its own. */
const placeFoot = (
  paper: PaperContent,
  metrics: FontMetrics,
  stacked: readonly StackedPage[],
  marks: Mark[][],
): number => {
  const foot = footStrips(paper, metrics);
  if (foot.length === 0) return 0;
  const height = foot.reduce((sum, strip) => sum + strip.height, 0);
  const end = stacked.at(-1)?.end ?? area.top;
  const free = area.bottom - height - end;
  if (free < 0) marks.push([]);
  const on = marks.at(-1);
  for (const one of stack(foot, () => ({ top: area.bottom - height, bottom: area.bottom })))
    on?.push(...one.marks);
  return Math.max(0, free);
};

/** The first page of a 函 bears no number (10.1); a form of one page needs none. */
const isNumbered = (paper: PaperContent, n: number, count: number): boolean => {
  switch (paper.format) {
    case 'letter':
      return n > 0;
    case 'redHead':
      return true;
    case 'form':
      return count > 1;
  }
};

/** 7.5: odd pages on the right, even ones on the left, one character from the margin, 4号 with a 一字线 on each side. */
const numberMarks = (n: number, metrics: FontMetrics): Mark[] => {
  const style: Style = { face: 'song', size: size.pageNumber };
  const [line] = breakLines(`— ${n + 1} —`, style, metrics, { width: area.width });
  if (!line) return [];
  const indent = pageNumber.indent * mm(size.pageNumber);
  const from = n % 2 === 0 ? area.right - indent - line.width : area.left + indent;
  // The line of a 一字线 lies about a third of an em above the baseline.
  return runsOf(line, from, area.bottom + pageNumber.belowArea + 0.36 * mm(size.pageNumber));
};

const bannerMarks = (text: string, metrics: FontMetrics): Mark[] => {
  const style: Style = { face: 'hei', size: size.note, colour: 'grey' };
  return breakLines(text, style, metrics, { width: area.width, ragged: true }).flatMap((line, n) =>
    runsOf(placed(line, 'right', area.width), area.left, 14 + n * 4.5),
  );
};
