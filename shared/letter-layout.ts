// Where everything on a paper stands, in millimetres: the 函 by GB/T 9704-2012 clause 10.1, the red-head 通报 by clause 7,
// forms by the same habits. Pure: equal content and equal fonts give equal places. Knows no PDF.
import type { Annex, PaperContent } from './paper-content.ts';
import { breakLines, type FontMetrics, runsOf, type Style, textWidth, titleLines } from './paper-lines.ts';
import {
  area,
  checkMark,
  doubleRule,
  em,
  grid,
  head,
  imprint,
  letter,
  mm,
  page,
  pageNumber,
  redHead,
  seal,
  size,
  unsealed,
} from './paper-measures.ts';
import { type Column, type StackedPage, stack } from './paper-stacking.ts';
import {
  baseline,
  blank,
  blockStrips,
  bodyStyle,
  glued,
  lineStrip,
  type Mark,
  placed,
  type Rule,
  type Setting,
  type Strip,
} from './paper-strips.ts';
import { squareCode } from './square-code.ts';

export interface PlacedPaper {
  pages: { marks: Mark[] }[];
  /** Bookmarks: page from 0, `y` in millimetres. */
  outline: { title: string; page: number; y: number }[];
}

const red = 'red' as const;

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
  placeFoot(paper, metrics, stacked, marks);
  for (const [n, on] of marks.entries()) {
    if (isNumbered(paper, n, marks.length)) on.push(...numberMarks(n, metrics));
    if (paper.banner !== undefined) on.push(...bannerMarks(paper.banner, metrics));
  }
  return {
    pages: marks.map((on) => ({ marks: on })),
    outline: [
      { title: paper.title, page: 0, y: opening.from },
      ...stacked.flatMap((one, n) => one.outline.map(({ title, y }) => ({ title, page: n, y }))),
    ],
  };
};

const wholeColumn = (): Column => ({ top: area.top, bottom: area.bottom });

/** The head that stands by its own measures, and where the text below it begins. */
const openingOf = (paper: PaperContent, metrics: FontMetrics): { marks: Mark[]; from: number } => {
  switch (paper.format) {
    case 'letter':
      return letterOpening(paper, metrics);
    case 'redHead':
      return redHeadOpening(paper, metrics);
    case 'form':
      return { marks: [], from: area.top };
  }
};

const letterOpening = (paper: PaperContent, metrics: FontMetrics): { marks: Mark[]; from: number } => {
  const mark = organMark(paper.mark, letter.markTop, metrics);
  const rule = mark.bottom + letter.ruleBelowMark;
  const under = rule + doubleRule.thick + doubleRule.gap + doubleRule.thin;
  const number = under + letter.numberBelowRule;
  const [line] = breakLines(paper.number, bodyStyle, metrics, { width: area.width });
  const lower = page.height - letter.ruleAboveEdge;
  return {
    marks: [
      ...mark.marks,
      ...double(rule, 'thickFirst'),
      ...double(lower, 'thinFirst'),
      ...(line
        ? runsOf(placed(line, 'right', area.width), area.left, number + em.above * mm(size.body))
        : []),
    ],
    from: number + mm(size.body),
  };
};

/** Two rules; `y` is the upper edge of the first, or for the one at the foot the lower edge of the last. */
const double = (y: number, order: 'thickFirst' | 'thinFirst'): Rule[] => {
  const left = area.left + area.width / 2 - letter.ruleLength / 2;
  const rule = (middle: number, width: number): Rule => ({
    kind: 'rule',
    x1: left,
    y1: middle,
    x2: left + letter.ruleLength,
    y2: middle,
    width,
    colour: red,
  });
  const { thick, gap, thin } = doubleRule;
  return order === 'thickFirst'
    ? [rule(y + thick / 2, thick), rule(y + thick + gap + thin / 2, thin)]
    : [rule(y - thick - gap - thin / 2, thin), rule(y - thick / 2, thick)];
};

const redHeadOpening = (paper: PaperContent, metrics: FontMetrics): { marks: Mark[]; from: number } => {
  const mark = organMark(paper.mark, area.top + redHead.markBelowArea, metrics);
  const number = mark.bottom + redHead.linesAboveNumber * grid.pitch;
  const [line] = breakLines(paper.number, bodyStyle, metrics, { width: area.width });
  const rule = number + mm(size.body) + redHead.ruleBelowNumber + redHead.rule / 2;
  return {
    marks: [
      ...mark.marks,
      ...(line
        ? runsOf(placed(line, 'centre', area.width), area.left, number + em.above * mm(size.body))
        : []),
      {
        kind: 'rule',
        x1: area.left,
        y1: rule,
        x2: area.right,
        y2: rule,
        width: redHead.rule,
        colour: red,
      },
    ],
    from: rule + redHead.rule / 2,
  };
};

/** 发文机关标志: red, centred, as large as one line takes; a long name parts into two lines before it grows too small. */
const organMark = (text: string, top: number, metrics: FontMetrics): { marks: Mark[]; bottom: number } => {
  const style = (points: number): Style => ({ face: 'title', size: points, colour: red });
  const full = textWidth(text, style(size.markLargest), metrics);
  const fits = Math.floor((size.markLargest * area.width) / full);
  const one = fits >= head.markSmallest;
  const points = one ? Math.min(size.markLargest, fits) : Math.min(30, Math.floor(fits * 1.8));
  const lines = titleLines(text, style(points), metrics, area.width);
  let y = top;
  const marks: Mark[] = [];
  for (const line of lines) {
    marks.push(...runsOf(placed(line, 'centre', area.width), area.left, y + em.inkAbove * mm(points)));
    y += mm(points) * (em.inkAbove + em.inkBelow) + head.markLineGap;
  }
  return { marks, bottom: y - head.markLineGap };
};

/** Title, text and signature. A closer line is used only where it keeps a signature from standing nearly alone (7.3.5.5). */
const mainPages = (paper: PaperContent, metrics: FontMetrics, from: number): StackedPage[] => {
  const column = (n: number): Column => (n === 0 ? { top: from, bottom: area.bottom } : wholeColumn());
  const at = (pitch: number) => stack(mainStrips(paper, { metrics, pitch }), column);
  const usual = at(grid.pitch);
  if (!paper.signature || usual.length < 2 || (usual.at(-1)?.lines ?? 0) > 6) return usual;
  const closer = at(grid.tightest);
  return closer.length < usual.length ? closer : usual;
};

const mainStrips = (paper: PaperContent, setting: Setting): Strip[] => {
  const text = [
    ...addresseeStrips(paper, setting),
    ...paper.blocks.flatMap((block) => blockStrips(block, setting)),
  ];
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

/** 7.3.4: a blank line, 附件 with its number when there are several, names without a mark at their end. */
const annexNote = (paper: PaperContent, setting: Setting): Strip[] => {
  if (paper.annexes.length === 0) return [];
  const { metrics, pitch } = setting;
  const several = paper.annexes.length > 1;
  const before = '附件：';
  const indent = 2 * grid.cell;
  const under = indent + textWidth(before, bodyStyle, metrics);
  const lines = paper.annexes.flatMap(({ name }, n) => {
    const number = several ? `${n + 1}.` : '';
    const written = n === 0 ? `${before}${number}${name}` : `${number}${name}`;
    const rest = under + textWidth(number, bodyStyle, metrics);
    return breakLines(written, bodyStyle, metrics, {
      width: area.width,
      first: n === 0 ? indent : under,
      rest,
    }).map((line) => lineStrip(line, pitch));
  });
  return [blank(pitch), ...lines];
};

/** Signature with its seal's room, the 附注 below, and the square code on the free left side. */
const endingStrips = (paper: PaperContent, setting: Setting): Strip[] => {
  const { metrics, pitch } = setting;
  const check = checkStrips(paper, metrics);
  if (!paper.signature) return check ? [blank(4), check] : [];
  const { organ, date, seal: way } = paper.signature;
  const lines = signatureLines(organ, date, way, metrics);
  const strips: Strip[] = lines.map((line) => lineStrip(line, pitch));
  const above = way === 'space' ? seal.linesAbove : unsealed.linesAbove;
  const block = [...Array.from({ length: above }, () => blank(pitch)), ...strips];
  const dated = lines.at(-1);
  const last = strips.at(-1);
  if (way === 'space' && dated && last)
    last.marks.push({
      kind: 'seal',
      x: area.left + dated.indent + dated.width / 2,
      // Name and date stand a little below the middle of the seal.
      y: -2,
      diameter: seal.diameter,
    });
  if (check && block[0]) {
    block[0].marks.push(...check.marks);
    block[0].blank = false;
  }
  const rest = check ? Math.max(0, check.height - block.length * pitch) : 0;
  const note =
    paper.note === undefined
      ? []
      : breakLines(`（${paper.note}）`, bodyStyle, metrics, { width: area.width, first: 2 * grid.cell }).map(
          (line) => lineStrip(line, pitch),
        );
  return glued([...block, ...(rest > 0 ? [blank(rest)] : []), ...note]);
};

/** 7.3.5.1: the name centred over the date, the date four places from the right; 7.3.5.2 without a seal. */
const signatureLines = (organ: string, date: string, way: 'space' | 'none', metrics: FontMetrics) => {
  const width = area.width - (way === 'space' ? 0 : unsealed.places * grid.cell);
  const names = breakLines(organ, bodyStyle, metrics, { width: 20 * grid.cell });
  const dates = breakLines(date, bodyStyle, metrics, { width: area.width });
  const dated = dates[0];
  if (!dated) return names;
  const widest = Math.max(...names.map((line) => line.width));
  if (way === 'none') {
    // The date begins two characters after the name; when it is the longer one, it is what stands two from the right.
    const left = Math.min(width - widest, width - dated.width - unsealed.places * grid.cell);
    return [
      ...names.map((line) => ({ ...line, indent: left })),
      { ...dated, indent: left + unsealed.places * grid.cell },
    ];
  }
  const middle = Math.min(
    area.width - seal.datePlaces * grid.cell - dated.width / 2,
    // A name too long to stand over the date so far right moves both to the left.
    area.width - widest / 2,
  );
  return [...names, dated].map((line) => ({ ...line, indent: middle - line.width / 2 }));
};

const checkStrips = (paper: PaperContent, metrics: FontMetrics): Strip | undefined => {
  if (!paper.check) return undefined;
  const rows = squareCode(paper.check.link);
  const module = checkMark.side / rows.length;
  const marks: Mark[] = rows.flatMap((row, y) =>
    darkRuns(row).map(
      ({ from, length }): Mark => ({
        kind: 'fill',
        x: area.left + from * module,
        y: 2 + y * module,
        width: length * module,
        height: module,
        colour: 'black',
      }),
    ),
  );
  const style: Style = { face: 'song', size: size.note };
  const words = paper.check.words.flatMap((text) => breakLines(text, style, metrics, { width: 60 }));
  for (const [n, line] of words.entries())
    marks.push(...runsOf(line, area.left, 2 + checkMark.side + 1 + n * 4.2 + baseline(4.2, size.note)));
  return { height: checkMark.side + 4 + words.length * 4.2, marks, glue: false };
};

const darkRuns = (row: readonly boolean[]): { from: number; length: number }[] => {
  const runs: { from: number; length: number }[] = [];
  for (const [x, dark] of row.entries()) {
    if (!dark) continue;
    const last = runs.at(-1);
    if (last && last.from + last.length === x) last.length += 1;
    else runs.push({ from: x, length: 1 });
  }
  return runs;
};

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
    ...annex.blocks.flatMap((block) => blockStrips(block, setting)),
  ];
};

/** 版记 at the foot of the last page; of a 函 only the copies, without rules (10.1). Too little room: a page of its own. */
const placeFoot = (
  paper: PaperContent,
  metrics: FontMetrics,
  stacked: readonly StackedPage[],
  marks: Mark[][],
): void => {
  const foot = footStrips(paper, metrics);
  if (foot.length === 0) return;
  const height = foot.reduce((sum, strip) => sum + strip.height, 0);
  const end = stacked.at(-1)?.end ?? area.top;
  if (end + height > area.bottom) marks.push([]);
  const on = marks.at(-1);
  for (const one of stack(foot, () => ({ top: area.bottom - height, bottom: area.bottom })))
    on?.push(...one.marks);
};

const footStrips = (paper: PaperContent, metrics: FontMetrics): Strip[] => {
  const style: Style = { face: 'fangsong', size: size.imprint };
  const cell = mm(size.imprint);
  const width = area.width - cell;
  const copies =
    paper.copies.length === 0
      ? []
      : breakLines(`抄送：${paper.copies.join('，')}。`, style, metrics, {
          width,
          first: cell,
          rest: cell + textWidth('抄送：', style, metrics),
        }).map((line) => lineStrip(line, imprint.line));
  if (paper.format === 'letter') return copies;
  const printed = paper.imprint ? [imprintStrip(paper.imprint, style, metrics)] : [];
  const rows = [copies, printed].filter((row) => row.length > 0);
  return rows.flatMap((row, n) => {
    row[0]?.marks.push(footRule(0, n === 0 ? imprint.outer : imprint.inner));
    if (n === rows.length - 1) row.at(-1)?.marks.push(footRule(imprint.line, imprint.outer));
    return glued(row);
  });
};

const imprintStrip = (of: { organ: string; date: string }, style: Style, metrics: FontMetrics): Strip => {
  const cell = mm(style.size);
  const [organ] = breakLines(of.organ, style, metrics, { width: area.width, first: cell });
  const [date] = breakLines(`${of.date}印发`, style, metrics, { width: area.width });
  const y = baseline(imprint.line, style.size);
  return {
    height: imprint.line,
    marks: [
      ...(organ ? runsOf(organ, area.left, y) : []),
      ...(date ? runsOf(placed(date, 'right', area.width - cell), area.left, y) : []),
    ],
    glue: false,
  };
};

const footRule = (y: number, width: number): Rule => ({
  kind: 'rule',
  x1: area.left,
  y1: y,
  x2: area.right,
  y2: y,
  width,
  colour: 'black',
});

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
  const style: Style = { face: 'hei', size: size.caption, colour: 'grey' };
  const [line] = breakLines(text, style, metrics, { width: area.width });
  return line ? runsOf(placed(line, 'right', area.width), area.left, 18) : [];
};
