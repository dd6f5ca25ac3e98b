// How papers end: the list of annexes (GB/T 9704-2012, 7.3.4), name, date and the seal's room (7.3.5), the 附注 (7.3.6), the
// square code on the free left side, the 版记 (7.4). Answers strips; where a page ends is not decided here.
import type { PaperContent } from './paper-content.ts';
import { breakLines, type FontMetrics, runsOf, type Style, textWidth } from './paper-lines.ts';
import { area, checkMark, grid, imprint, mm, seal, size, unsealed } from './paper-measures.ts';
import {
  baseline,
  blank,
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

/** 7.3.4: a blank line, 附件 with its number when there are several, names without a mark at their end. */
export const annexNote = (paper: PaperContent, setting: Setting): Strip[] => {
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
export const endingStrips = (paper: PaperContent, setting: Setting): Strip[] => {
  const { metrics, pitch } = setting;
  const check = checkStrips(paper, metrics);
  if (!paper.signature) return check ? [blank(4), check] : [];
  const { organ, date, seal: way, image } = paper.signature;
  const lines = signatureLines(organ, date, way, metrics);
  const strips: Strip[] = lines.map((line) => lineStrip(line, pitch));
  const diameter = image?.diameter ?? seal.diameter;
  const above = way === 'space' ? linesAboveSeal(diameter, lines.length, pitch) : unsealed.linesAbove;
  const block = [...Array.from({ length: above }, () => blank(pitch)), ...strips];
  const dated = lines.at(-1);
  const last = strips.at(-1);
  if (way === 'space' && dated && last)
    last.marks.push({
      kind: 'seal',
      x: area.left + dated.indent + dated.width / 2,
      // Name and date stand a little below the middle of the seal.
      y: -seal.aboveDate,
      diameter,
      ...(image === undefined ? {} : { picture: image.picture }),
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

/** 7.3.5.1: as many blank lines that the seal's upper edge stands within one line of the text above; never on it. */
export const linesAboveSeal = (diameter: number, written: number, pitch: number): number =>
  Math.max(1, Math.ceil((diameter / 2 + seal.aboveDate) / pitch) - (written - 1));

/** 7.3.5.1: the name centred over the date, the date four places from the right; 7.3.5.2 without a seal. */
export const signatureLines = (organ: string, date: string, way: 'space' | 'none', metrics: FontMetrics) => {
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
  const rows = paper.check.link === undefined ? [] : squareCode(paper.check.link);
  const square = rows.length === 0 ? 0 : checkMark.side;
  const module = square / Math.max(1, rows.length);
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
    marks.push(...runsOf(line, area.left, 2 + square + 1 + n * 4.2 + baseline(4.2, size.note)));
  return { height: square + 4 + words.length * 4.2, marks, glue: false };
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

export const footStrips = (paper: PaperContent, metrics: FontMetrics): Strip[] => {
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
