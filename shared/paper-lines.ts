// Text into lines by the habits of Chinese print: no closing mark begins a line, no opening mark ends one, Latin words
// and figures stay whole, marks give way before a character is pushed down. Widths of glyphs are handed in.
import type { Face } from './paper-content.ts';
import { mm } from './paper-measures.ts';

export interface Measured {
  /** Which font file draws it: the face's own, or the one that stands in for a rare character. */
  font: string;
  /** In em. */
  advance: number;
}
export type FontMetrics = (face: Face, character: string) => Measured;

export interface Style {
  face: Face;
  /** Points. */
  size: number;
  /** Width of a full-width character on the grid, in millimetres; its natural width when absent. */
  cell?: number;
  colour?: Colour;
}
export type Colour = 'black' | 'red' | 'grey';

/** Consecutive glyphs of one font at one distance. `x` and `y` (the baseline) in millimetres, `track` added after each glyph. */
export interface GlyphRun {
  kind: 'glyphs';
  x: number;
  y: number;
  text: string;
  font: string;
  face: Face;
  size: number;
  track: number;
  width: number;
  colour: Colour;
}

interface Glyph {
  text: string;
  font: string;
  /** Natural width, millimetres. */
  natural: number;
  /** Width on this line. */
  width: number;
  /** Moved to the left by this much: an opening mark that gave up its empty half. */
  back: number;
}
export interface Line {
  glyphs: Glyph[];
  /** From the left edge given. */
  indent: number;
  width: number;
  style: Style;
}

const closing = new Set([...'，。、；：？！）〕】》〉」』”’…—～·％‰℃,.;:?!)]}%']);
const opening = new Set([...'（〔【《〈「『“‘([{']);
/** Marks whose ink fills half of their square. */
const halfEmpty = new Set([...'，。、；：？！）〕】》〉」』”’（〔【《〈「『“‘']);

/** Words and figures that stay whole: Latin, digits with their marks, and a document's 〔2026〕7号. */
const pieces = /〔\d{4}〕\d*号?|[A-Za-z0-9À-ɏ]+(?:[.,:/'’@_+\-–][A-Za-z0-9À-ɏ]+)*[%°]?|[ \t]+|./gsu;
/** In a title a date stays whole as well. */
const titlePieces = new RegExp(`\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?|${pieces.source}`, 'gsu');

interface Piece {
  text: string;
  glyphs: Glyph[];
  width: number;
}

const piecesOf = (text: string, style: Style, metrics: FontMetrics, width: number, parts = pieces): Piece[] =>
  (text.match(parts) ?? []).flatMap((found): Piece[] => {
    const written = /^[ \t]+$/.test(found) ? ' ' : found;
    const glyphs = [...written].map((character) => glyphOf(character, style, metrics));
    const total = widthOf(glyphs);
    // What is longer than half a line has to be broken somewhere.
    if (glyphs.length > 1 && total > width / 2)
      return glyphs.map((glyph) => ({ text: glyph.text, glyphs: [glyph], width: glyph.width }));
    return [{ text: written, glyphs, width: total }];
  });

const glyphOf = (character: string, style: Style, metrics: FontMetrics): Glyph => {
  const { font, advance } = metrics(style.face, character);
  const natural = advance * mm(style.size);
  // A wide Latin letter (m, W) is no character of the grid; the marks “ ” — … are, from U+2010 on.
  const full = advance > 0.9 && (character.codePointAt(0) ?? 0) >= 0x2010;
  const width = style.cell !== undefined && full ? natural + style.cell - mm(style.size) : natural;
  return { text: character, font, natural, width, back: 0 };
};
const widthOf = (glyphs: readonly Glyph[]): number => glyphs.reduce((sum, glyph) => sum + glyph.width, 0);

/** Width of a text on one line, in millimetres. */
export const textWidth = (text: string, style: Style, metrics: FontMetrics): number =>
  widthOf([...text].map((character) => glyphOf(character, style, metrics)));

export interface Room {
  width: number;
  /** Indent of the first line and of the others, millimetres. */
  first?: number;
  rest?: number;
  /** Narrow columns are left ragged: spreading a few characters over them reads worse. */
  ragged?: boolean;
}

/** A text, line by line. A line break in the text begins a new line. Nothing gives one empty line. */
export const breakLines = (text: string, style: Style, metrics: FontMetrics, room: Room): Line[] =>
  text.split('\n').flatMap((part) => brokenPart(part.replace(/^[ \t]+|[ \t]+$/g, ''), style, metrics, room));

const brokenPart = (text: string, style: Style, metrics: FontMetrics, room: Room): Line[] => {
  const all = piecesOf(text, style, metrics, room.width);
  const lines: Line[] = [];
  let start = 0;
  do {
    const indent = (lines.length === 0 ? room.first : room.rest) ?? 0;
    const width = room.width - indent;
    const end = lineEnd(all, start, width);
    const taken = trimmed(all.slice(start, end));
    const glyphs = taken.flatMap((piece) => piece.glyphs.map((glyph) => ({ ...glyph })));
    justify(glyphs, width, end < all.length && room.ragged !== true);
    lines.push({ glyphs, indent, width: widthOf(glyphs), style });
    start = end;
    while (all[start]?.text === ' ') start += 1;
  } while (start < all.length);
  return lines;
};

const trimmed = (line: Piece[]): Piece[] => {
  const last = line.findLastIndex((piece) => piece.text !== ' ');
  return line.slice(0, last + 1);
};

const slackOf = (piece: Piece): number =>
  halfEmpty.has(piece.text) && piece.glyphs[0] && piece.glyphs[0].natural > 0 ? piece.width * 0.45 : 0;

/** Where the line that begins at `start` ends: as far as it reaches, then back to a lawful place. */
const lineEnd = (all: readonly Piece[], start: number, width: number): number => {
  let used = 0;
  let slack = 0;
  let end = start;
  for (; end < all.length; end += 1) {
    const piece = all[end];
    if (!piece) break;
    // Only a mark that may not begin the next line makes the others give way.
    const give = closing.has(piece.text) ? slack + slackOf(piece) : 0;
    if (used + piece.width - give > width + 0.01) break;
    used += piece.width;
    slack += slackOf(piece);
  }
  if (end >= all.length) return all.length;
  let lawful = end;
  while (lawful > start + 1 && !mayPart(all, lawful)) lawful -= 1;
  return lawful > start + 1 || mayPart(all, lawful) ? Math.max(lawful, start + 1) : Math.max(end, start + 1);
};

const mayPart = (all: readonly Piece[], at: number): boolean => {
  const before = all[at - 1]?.text ?? '';
  const after = all[at]?.text ?? '';
  if (opening.has(before) || closing.has(after)) return false;
  return !(before === '—' && after === '—') && !(before === '…' && after === '…');
};

/** Too long: marks give up their empty halves. Too short and not the last: the rest is spread over the line. */
const justify = (glyphs: Glyph[], width: number, full: boolean): void => {
  const over = widthOf(glyphs) - width;
  if (over > 0.001) {
    const marks = glyphs.filter((glyph) => halfEmpty.has(glyph.text));
    const room = marks.reduce((sum, glyph) => sum + glyph.width * 0.45, 0);
    if (room > 0)
      for (const glyph of marks) {
        const give = Math.min(1, over / room) * glyph.width * 0.45;
        glyph.width -= give;
        if (opening.has(glyph.text)) glyph.back = give;
      }
    return;
  }
  const gaps = glyphs.length - 1;
  if (!full || gaps < 1 || -over < 0.001 || -over > width * 0.2) return;
  const each = -over / gaps;
  for (const glyph of glyphs.slice(0, -1)) glyph.width += each;
};

/** The runs of a line whose text begins at `x` (its indent is added) on the baseline `y`. */
export const runsOf = (line: Line, x: number, y: number): GlyphRun[] => {
  const runs: GlyphRun[] = [];
  let at = x + line.indent;
  for (const glyph of line.glyphs) {
    const track = glyph.width - glyph.natural + glyph.back;
    const last = runs.at(-1);
    const from = at - glyph.back;
    if (
      last &&
      last.font === glyph.font &&
      Math.abs(last.track - track) < 1e-6 &&
      Math.abs(last.x + last.width - from) < 1e-6
    ) {
      last.text += glyph.text;
      last.width += glyph.natural + track;
    } else
      runs.push({
        kind: 'glyphs',
        x: from,
        y,
        text: glyph.text,
        font: glyph.font,
        face: line.style.face,
        size: line.style.size,
        track,
        width: glyph.natural + track,
        colour: line.style.colour ?? 'black',
      });
    at += glyph.width;
  }
  return runs.filter((run) => run.text.trim() !== '');
};

/** Whether the words of a title like to part there. */
const likesBreak = (before: string, after: string): boolean =>
  /[于的及和、》）]$/.test(before) || /^(关于|的函|的通报|及|和)/.test(after);

const words = new Intl.Segmenter('zh', { granularity: 'word' });
/** Words of the field that a dictionary of everyday Chinese takes apart. */
const ownWords = /违纪|违规|派驻|进驻|函告|派出单位|服务之星|\p{Script=Han}{2}[区县市局]/gu;

/** Inside of which words a title would part, counted in UTF-16 units (GB/T 9704 7.3.1: 回行时词意完整). */
const insideWords = (text: string): Set<number> => {
  const inside = new Set<number>();
  const keep = (from: number, length: number): void => {
    for (let at = from + 1; at < from + length; at += 1) inside.add(at);
  };
  for (const { segment, index } of words.segment(text)) keep(index, segment.length);
  for (const { 0: word, index } of text.matchAll(ownWords)) keep(index, word.length);
  return inside;
};

/**
 * A title over as few lines as it needs, in the shape of a trapezium or lozenge rather than a full line and a rest
 * (7.3.1): every line about as long as the others, parted where words end as far as that can be seen.
 */
export const titleLines = (text: string, style: Style, metrics: FontMetrics, width: number): Line[] => {
  const all = piecesOf(text, style, metrics, width, titlePieces);
  const total = all.reduce((sum, piece) => sum + piece.width, 0);
  const least = Math.max(1, Math.ceil(total / width - 1e-6));
  for (let count = least; count <= all.length; count += 1) {
    const ends = bestEnds(all, count, width, total / count);
    if (!ends) continue;
    let start = 0;
    return ends.map((end) => {
      const glyphs = trimmed(all.slice(start, end)).flatMap((piece) =>
        piece.glyphs.map((one) => ({ ...one })),
      );
      start = end;
      return { glyphs, indent: 0, width: widthOf(glyphs), style };
    });
  }
  return breakLines(text, style, metrics, { width });
};

/** Ends of `count` lines with the least cost: distance from equal lengths, and a fine for parting inside words. */
const bestEnds = (
  all: readonly Piece[],
  count: number,
  width: number,
  wanted: number,
): number[] | undefined => {
  const before = [0];
  const text = all.map((piece) => piece.text);
  for (const piece of all) before.push((before.at(-1) ?? 0) + piece.width);
  const inside = insideWords(text.join(''));
  const found = new Map<string, { cost: number; ends: number[] } | undefined>();
  const from = (start: number, lines: number): { cost: number; ends: number[] } | undefined => {
    const key = `${start}/${lines}`;
    if (found.has(key)) return found.get(key);
    let best: { cost: number; ends: number[] } | undefined;
    for (let end = start + 1; end <= all.length; end += 1) {
      const length = (before[end] ?? 0) - (before[start] ?? 0);
      if (length > width + 0.01) break;
      if (lines === 1 ? end !== all.length : end === all.length || !mayPart(all, end)) continue;
      const rest = lines === 1 ? { cost: 0, ends: [] } : from(end, lines - 1);
      if (!rest) continue;
      const off = (length - wanted) / wanted;
      const [ahead, behind] = [text.slice(0, end).join(''), text.slice(end).join('')];
      const nice = lines === 1 || likesBreak(ahead, behind);
      const fine = nice ? 0 : inside.has(ahead.length) ? 0.6 : 0.12;
      const cost = rest.cost + off * off + fine;
      if (!best || cost < best.cost) best = { cost, ends: [end, ...rest.ends] };
    }
    found.set(key, best);
    return best;
  };
  return from(0, count)?.ends;
};
