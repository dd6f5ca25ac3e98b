// Content into strips: pieces of a column, each with its height and the marks on it, to be stacked on pages. A strip may be
// glued to the next; tables repeat their head and are closed where a page ends. Knows no page yet.
import type { Block, Row } from './paper-content.ts';
import {
  breakLines,
  type Colour,
  type FontMetrics,
  type GlyphRun,
  type Line,
  runsOf,
  type Style,
} from './paper-lines.ts';
import { area, em, grid, mm, pictureHeight, size, table } from './paper-measures.ts';

export interface Rule {
  kind: 'rule';
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** Millimetres. */
  width: number;
  colour: Colour;
}
export interface PictureMark {
  kind: 'picture';
  picture: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
/** A filled area: a bar of a chart, a module of the square code. */
export interface Fill {
  kind: 'fill';
  x: number;
  y: number;
  width: number;
  height: number;
  colour: Colour;
}
/** Where the seal comes to stand: left free, unless a picture of it is named. `x` and `y` are its centre. */
export interface SealMark {
  kind: 'seal';
  picture?: string;
  x: number;
  y: number;
  diameter: number;
}
export type Mark = GlyphRun | Rule | PictureMark | Fill | SealMark;

export interface Strip {
  height: number;
  /** Placed from the strip's upper edge; `x` from the page's left edge. */
  marks: Mark[];
  /** Not to be parted from the strip after it. */
  glue: boolean;
  /** Left out where a page begins with it. */
  blank?: boolean;
  /** Text that a signature may stand with. */
  text?: boolean;
  /** Inside a table: what is repeated when a page begins here, and the line that closes it. */
  inside?: { head: readonly Strip[]; left: number; right: number };
  /** A bookmark. */
  outline?: string;
}

export interface Setting {
  metrics: FontMetrics;
  /** Distance of body lines, millimetres. */
  pitch: number;
}

export const bodyStyle: Style = { face: 'fangsong', size: size.body, cell: grid.cell };
/** 7.3.3: 一、黑体, （一）楷体, 1. and （1）仿宋. */
export const levelFaces = ['fangsong', 'hei', 'kai', 'fangsong', 'fangsong'] as const;

/** The baseline of a line `height` high whose characters stand in its middle. */
export const baseline = (height: number, points: number): number =>
  (height - mm(points)) / 2 + em.above * mm(points);

export const lineStrip = (line: Line, height: number, left: number = area.left): Strip => ({
  height,
  marks: runsOf(line, left, baseline(height, line.style.size)),
  glue: false,
  text: true,
});

export const blank = (height: number): Strip => ({ height, marks: [], glue: false, blank: true });

export const placed = (line: Line, align: 'left' | 'centre' | 'right', width: number): Line => {
  const rest = width - line.width - line.indent;
  return { ...line, indent: line.indent + (align === 'left' ? 0 : align === 'centre' ? rest / 2 : rest) };
};

const paragraphStrips = (text: string, level: 0 | 1 | 2 | 3 | 4, setting: Setting): Strip[] => {
  const style = { ...bodyStyle, face: levelFaces[level] };
  const room = { width: area.width, first: 2 * grid.cell };
  const strips = breakLines(text, style, setting.metrics, room).map((line) => lineStrip(line, setting.pitch));
  const heading = level === 1 || level === 2;
  const last = strips.at(-1);
  if (heading && last) last.glue = true;
  if (level === 1 && strips[0]) strips[0].outline = text;
  return strips;
};

/** Blocks one below the other; a table or chart stands a little apart from text, and never from its heading. */
export const blocksStrips = (blocks: readonly Block[], setting: Setting): Strip[] => {
  const strips: Strip[] = [];
  for (const [n, block] of blocks.entries()) {
    const before = blocks[n - 1];
    const apart =
      before && ((before.kind === 'table') !== (block.kind === 'table') || before.kind === 'bars');
    if (apart) strips.push({ ...blank(table.apart), blank: false, glue: strips.at(-1)?.glue === true });
    const own = blockStrips(block, setting);
    const last = own.at(-1);
    if (last && block.kind === 'line' && blocks[n + 1]?.kind === 'bars') last.glue = true;
    strips.push(...own);
  }
  return strips;
};

const blockStrips = (block: Block, setting: Setting): Strip[] => {
  switch (block.kind) {
    case 'paragraph':
      return block.text.split('\n').flatMap((part) => paragraphStrips(part, block.level ?? 0, setting));
    case 'line': {
      const style: Style = {
        ...bodyStyle,
        face: block.face ?? 'fangsong',
        size: block.size ?? size.body,
        ...(block.size === undefined || block.size === size.body ? {} : { cell: mm(block.size) }),
      };
      const height = Math.max(mm(style.size) * 1.5, block.size === undefined ? setting.pitch : 0);
      return breakLines(block.text, style, setting.metrics, { width: area.width }).map((line) =>
        lineStrip(placed(line, block.align ?? 'left', area.width), height),
      );
    }
    case 'blank':
      return [blank(setting.pitch)];
    case 'table':
      return tableStrips(block.head, block.rows, setting.metrics);
    case 'picture':
      return pictureStrips(block, setting);
    case 'bars':
      return chartStrips(block.bars, setting.metrics);
  }
};

const tableStrips = (head: Row | undefined, rows: readonly Row[], metrics: FontMetrics): Strip[] => {
  const top = head ? rowStrips(head, metrics, [], 'hei') : [];
  for (const strip of top) strip.glue = true;
  return [...top, ...rows.flatMap((row) => rowStrips(row, metrics, top, 'fangsong'))];
};

const across = (y: number, x1: number = area.left, x2: number = area.right): Rule => ({
  kind: 'rule',
  x1,
  y1: y,
  x2,
  y2: y,
  width: table.rule,
  colour: 'black',
});

const rowStrips = (
  row: Row,
  metrics: FontMetrics,
  head: readonly Strip[],
  face: 'hei' | 'fangsong',
): Strip[] => {
  const shares = row.cells.reduce((sum, cell) => sum + cell.width, 0);
  let left: number = area.left;
  const cells = row.cells.map((cell) => {
    const width = (cell.width / shares) * area.width;
    const room = width - 2 * table.padding;
    const style: Style = { face: cell.face ?? face, size: size.table };
    const align = cell.align ?? (face === 'hei' ? 'centre' : 'left');
    const lines = breakLines(cell.text, style, metrics, { width: room, ragged: room < table.spread }).map(
      (line) => placed(line, align, room),
    );
    const at = left;
    left += width;
    return { at, lines };
  });
  const count = Math.max(row.lines ?? 1, ...cells.map((cell) => cell.lines.length));
  const strips: Strip[] = [];
  for (let n = 0; n < count; n += 1) {
    const above = n === 0 ? table.padding / 2 : 0;
    const below = n === count - 1 ? table.padding / 2 : 0;
    const height = table.line + above + below;
    const marks: Mark[] = [];
    for (const { at, lines } of cells) {
      const free = count <= table.rowTogether ? count - lines.length : 0;
      const line = lines[n - Math.floor(free / 2)];
      const half = (free % 2) * (table.line / 2);
      const y = above + half + baseline(table.line, size.table);
      if (line) marks.push(...runsOf(line, at + table.padding, y));
      marks.push(upright(at, height));
    }
    marks.push(upright(area.right, height));
    if (n === 0) marks.push(across(0));
    if (n === count - 1) marks.push(across(height));
    strips.push({
      height,
      marks,
      // Short rows stay whole; of long ones at least two lines stand together.
      glue: n < count - 1 && (count <= table.rowTogether || n === 0 || n === count - 2),
      inside: { head, left: area.left, right: area.right },
    });
  }
  return strips;
};

const upright = (x: number, height: number): Rule => ({
  kind: 'rule',
  x1: x,
  y1: 0,
  x2: x,
  y2: height,
  width: table.rule,
  colour: 'black',
});

/** Pictures keep their shape, at most 95 mm high, two on a page; the caption stands below and is never parted from it. */
const pictureStrips = (block: Extract<Block, { kind: 'picture' }>, { metrics }: Setting): Strip[] => {
  const scale = Math.min(area.width / block.width, pictureHeight / block.height);
  const [width, height] = [block.width * scale, block.height * scale];
  const x = area.left + (area.width - width) / 2;
  const style: Style = { face: 'song', size: size.caption };
  const captions = block.caption.flatMap((words) =>
    breakLines(words, style, metrics, { width: area.width }).map((line) =>
      lineStrip(placed(line, 'centre', area.width), 5.4),
    ),
  );
  const picture: Strip = {
    height: height + 2,
    marks: [{ kind: 'picture', picture: block.picture, x, y: 0, width, height }],
    glue: true,
  };
  return [picture, ...glued(captions), { ...blank(4) }];
};

/** A chart is one picture: it stays on one page unless it is taller than half of one. */
const chartStrips = (bars: Extract<Block, { kind: 'bars' }>['bars'], metrics: FontMetrics): Strip[] => {
  const strips = bars.map((bar) => barStrip(bar, bars, metrics));
  const height = strips.reduce((sum, strip) => sum + strip.height, 0);
  return height > area.height / 2 ? strips : glued(strips);
};

/** One bar of a chart: its name on the left, the bar, its figure behind it. */
const barStrip = (
  bar: { label: string; value: number; text: string },
  all: readonly { value: number }[],
  metrics: FontMetrics,
): Strip => {
  const most = Math.max(...all.map((one) => one.value), 1);
  const [labels, figures] = [52, 20];
  const style: Style = { face: 'fangsong', size: size.table };
  const width = (bar.value / most) * (area.width - labels - figures);
  const names = breakLines(bar.label, style, metrics, { width: labels - 3, ragged: true });
  const height = 2 + 5 * Math.max(1, names.length);
  const [figure] = breakLines(bar.text, style, metrics, { width: figures });
  return {
    height,
    marks: [
      ...names.flatMap((line, n) =>
        runsOf(placed(line, 'right', labels - 3), area.left, 1 + n * 5 + baseline(5, size.table)),
      ),
      {
        kind: 'fill',
        x: area.left + labels,
        y: height / 2 - 2,
        width: Math.max(width, 0.2),
        height: 4,
        colour: 'grey',
      },
      ...(figure ? runsOf(figure, area.left + labels + width + 2, baseline(height, size.table)) : []),
    ],
    glue: false,
  };
};

export const glued = (strips: Strip[]): Strip[] =>
  strips.map((strip, n) => (n < strips.length - 1 ? { ...strip, glue: true } : strip));

/** A mark moved down. */
export const moved = (mark: Mark, down: number): Mark => {
  switch (mark.kind) {
    case 'rule':
      return { ...mark, y1: mark.y1 + down, y2: mark.y2 + down };
    case 'glyphs':
    case 'picture':
    case 'fill':
    case 'seal':
      return { ...mark, y: mark.y + down };
  }
};
