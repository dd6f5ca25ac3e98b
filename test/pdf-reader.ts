// Reads positions back out of a PDF as it lies on paper: glyph runs with their text and size, rules, filled areas, in
// millimetres from the upper left corner. Written for the tests alone, from the file's bytes and not from our layout.
import { inflateSync } from 'node:zlib';

const mm = (points: number): number => (points * 25.4) / 72;

export interface ReadText {
  text: string;
  /** Left end and baseline. */
  x: number;
  y: number;
  /** Points. */
  size: number;
  /** Right end, from the font's widths. */
  right: number;
  font: string;
  colour: string;
}
export interface ReadRule {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  width: number;
  colour: string;
}
export interface ReadPage {
  width: number;
  height: number;
  texts: ReadText[];
  rules: ReadRule[];
  fills: { x: number; y: number; width: number; height: number }[];
}

interface Thing {
  head: string;
  stream?: string;
}

/** Every object of the file by its number; streams inflated. */
const thingsOf = (bytes: Buffer): Map<number, Thing> => {
  const text = bytes.toString('latin1');
  const things = new Map<number, Thing>();
  for (const found of text.matchAll(/(\d+) 0 obj\n/g)) {
    const start = found.index + found[0].length;
    const end = text.indexOf('endobj', start);
    const body = text.slice(start, end);
    const at = body.indexOf('stream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const number = Number(found[1]);
    if (at < 0) things.set(number, { head });
    else {
      const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
      const raw = bytes.subarray(start + at + 7, start + at + 7 + length);
      const stream = head.includes('/FlateDecode') && !head.includes('/Image') ? inflateSync(raw) : raw;
      things.set(number, { head, stream: stream.toString('latin1') });
    }
  }
  return things;
};

const reference = (head: string, key: string): number | undefined => {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(head);
  return found ? Number(found[1]) : undefined;
};

interface Font {
  name: string;
  /** From two-byte codes. */
  text: Map<number, string>;
  widths: Map<number, number>;
}

const fontOf = (things: Map<number, Thing>, number: number): Font => {
  const head = things.get(number)?.head ?? '';
  const descendant = Number(/\/DescendantFonts \[(\d+) 0 R\]/.exec(head)?.[1]);
  const inner = things.get(descendant)?.head ?? '';
  const text = new Map<number, string>();
  const cmap = things.get(reference(head, 'ToUnicode') ?? -1)?.stream ?? '';
  for (const range of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    let code = Number.parseInt(range[1] ?? '', 16);
    for (const one of (range[3] ?? '').matchAll(/<([0-9a-f ]*)>/gi)) {
      text.set(
        code,
        Buffer.from((one[1] ?? '').replaceAll(' ', ''), 'hex')
          .swap16()
          .toString('utf16le'),
      );
      code += 1;
    }
  }
  const widths = new Map<number, number>();
  for (const run of inner.slice(inner.indexOf('/W [')).matchAll(/(\d+) \[([\d. ]+)\]/g))
    for (const [n, width] of (run[2] ?? '').trim().split(/\s+/).entries())
      widths.set(Number(run[1]) + n, Number(width));
  return { name: /\/BaseFont \/(\S+)/.exec(head)?.[1] ?? '', text, widths };
};

/** The pages of a file, in order. */
export const readPdf = (bytes: Buffer): ReadPage[] => {
  const things = thingsOf(bytes);
  const kids = [...things.values()].find(({ head }) => /\/Type \/Pages\b/.test(head))?.head ?? '';
  const list = /\/Kids \[([^\]]*)\]/.exec(kids)?.[1] ?? '';
  return [...list.matchAll(/(\d+) 0 R/g)].map((kid) => pageOf(things, Number(kid[1])));
};

const pageOf = (things: Map<number, Thing>, number: number): ReadPage => {
  const head = things.get(number)?.head ?? '';
  const box = /\/MediaBox \[([\d. ]+)\]/.exec(head)?.[1]?.trim().split(/\s+/).map(Number) ?? [];
  const [width, height] = [box[2] ?? 0, box[3] ?? 0];
  const resources = things.get(reference(head, 'Resources') ?? -1)?.head ?? head;
  const fonts = new Map<string, Font>();
  for (const found of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
    fonts.set(found[1] ?? '', fontOf(things, Number(found[2])));
  const content = things.get(reference(head, 'Contents') ?? -1)?.stream ?? '';
  return { width: mm(width), height: mm(height), ...drawn(content, fonts, height) };
};

type Matrix = [number, number, number, number, number, number];
const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
];
const unit: Matrix = [1, 0, 0, 1, 0, 0];

const drawn = (
  content: string,
  fonts: Map<string, Font>,
  height: number,
): Omit<ReadPage, 'width' | 'height'> => {
  const texts: ReadText[] = [];
  const rules: ReadRule[] = [];
  const fills: ReadPage['fills'] = [];
  let now = { matrix: unit, colour: '', stroke: '', line: 1 };
  const kept: (typeof now)[] = [];
  let text = { matrix: unit, font: '', size: 0, spacing: 0 };
  let path: [number, number][] = [];
  let box: [number, number, number, number] | undefined;
  let operands: string[] = [];
  const figures = (): number[] => operands.map(Number);
  const point = (x: number, y: number): [number, number] => {
    const at = times([1, 0, 0, 1, x, y], now.matrix);
    return [mm(at[4]), mm(height - at[5])];
  };
  for (const token of content.match(/\[[^\]]*\]|<[0-9a-f]*>|\/\S+|[^\s[\]<>/]+/gi) ?? []) {
    if (/^([[</]|[-+.\d])/.test(token)) {
      operands.push(token);
      continue;
    }
    const n = figures();
    const matrix = (): Matrix => [n[0] ?? 1, n[1] ?? 0, n[2] ?? 0, n[3] ?? 1, n[4] ?? 0, n[5] ?? 0];
    if (token === 'q') kept.push({ ...now });
    else if (token === 'Q') now = kept.pop() ?? now;
    else if (token === 'cm') now.matrix = times(matrix(), now.matrix);
    else if (token === 'w') now.line = n[0] ?? 1;
    else if (token === 'scn') now.colour = operands.join(' ');
    else if (token === 'SCN') now.stroke = operands.join(' ');
    else if (token === 'BT') text = { ...text, matrix: unit };
    else if (token === 'Tm') text.matrix = matrix();
    else if (token === 'Tf') text = { ...text, font: (operands[0] ?? '').slice(1), size: n[1] ?? 0 };
    else if (token === 'Tc') text.spacing = n[0] ?? 0;
    else if (token === 'TJ') {
      const font = fonts.get(text.font);
      const codes = [...(operands[0] ?? '').matchAll(/<([0-9a-f]+)>|(-?[\d.]+)/gi)];
      let wide = 0;
      let said = '';
      for (const [, hex, shift] of codes) {
        if (shift !== undefined) wide -= (Number(shift) / 1000) * text.size;
        for (const code of hex?.match(/.{4}/g) ?? []) {
          const glyph = Number.parseInt(code, 16);
          said += font?.text.get(glyph) ?? '\ufffd';
          wide += ((font?.widths.get(glyph) ?? 0) / 1000) * text.size + text.spacing;
        }
      }
      const at = times(text.matrix, now.matrix);
      texts.push({
        text: said,
        x: mm(at[4]),
        y: mm(height - at[5]),
        right: mm(at[4] + wide - text.spacing),
        size: text.size,
        font: font?.name ?? '',
        colour: now.colour,
      });
    } else if (token === 'm') path = [point(n[0] ?? 0, n[1] ?? 0)];
    else if (token === 'l') path.push(point(n[0] ?? 0, n[1] ?? 0));
    else if (token === 're') box = [n[0] ?? 0, n[1] ?? 0, n[2] ?? 0, n[3] ?? 0];
    else if (token === 'S') {
      const [from, to] = path;
      if (from && to)
        rules.push({
          x1: from[0],
          y1: from[1],
          x2: to[0],
          y2: to[1],
          width: mm(now.line),
          colour: now.stroke,
        });
      path = [];
    } else if (token === 'f' && box) {
      const [x, y] = point(box[0], box[1]);
      fills.push({ x, y, width: mm(box[2]), height: mm(box[3]) });
    }
    operands = [];
  }
  return { texts, rules, fills };
};

/** Runs of one baseline joined, from left to right, as a reader reads them. */
export const linesOf = (
  page: ReadPage,
): { text: string; y: number; left: number; right: number; size: number }[] => {
  const rows = new Map<string, ReadText[]>();
  for (const text of page.texts) {
    const key = text.y.toFixed(1);
    rows.set(key, [...(rows.get(key) ?? []), text]);
  }
  return [...rows.values()]
    .map((row) => row.toSorted((a, b) => a.x - b.x))
    .map((row) => ({
      text: row.map((one) => one.text).join(''),
      y: row[0]?.y ?? 0,
      left: row[0]?.x ?? 0,
      right: row.at(-1)?.right ?? 0,
      size: row[0]?.size ?? 0,
    }))
    .toSorted((a, b) => a.y - b.y);
};
