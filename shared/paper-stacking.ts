// Strips onto pages: groups that are glued stay together, a table that goes on repeats its head, nothing blank begins a
// page. Knows the height of each page's column and nothing of what is printed.
import { table } from './paper-measures.ts';
import { type Mark, moved, type Strip } from './paper-strips.ts';

export interface Column {
  top: number;
  bottom: number;
}
export interface StackedPage {
  marks: Mark[];
  /** Where the last strip ends. */
  end: number;
  /** Lines of running text on it. */
  lines: number;
  outline: { title: string; y: number }[];
}

/** Stacks strips; `column` tells the free height of the page with that place, from 0. */
export const stack = (strips: readonly Strip[], column: (page: number) => Column): StackedPage[] => {
  const pages: StackedPage[] = [];
  let open: StackedPage | undefined;
  let before: Strip | undefined;
  const begin = (): StackedPage => {
    const page = { marks: [], end: column(pages.length).top, lines: 0, outline: [] };
    pages.push(page);
    return page;
  };
  for (const group of groups(strips)) {
    const height = group.reduce((sum, strip) => sum + strip.height, 0);
    open ??= begin();
    const { bottom, top } = column(pages.length - 1);
    const first = group[0];
    if (open.end + height > bottom + 0.01 && open.end > top) {
      if (before?.inside && first?.inside) close(open, first.inside);
      open = begin();
      if (first?.blank && group.length === 1) {
        before = undefined;
        continue;
      }
      if (first?.inside && before?.inside)
        if (first.inside.head.length > 0) for (const strip of first.inside.head) put(open, strip);
        else close(open, first.inside);
    }
    for (const strip of group) put(open, strip);
    before = group.at(-1);
  }
  return pages;
};

const close = (page: StackedPage, { left, right }: { left: number; right: number }): void => {
  page.marks.push({
    kind: 'rule',
    x1: left,
    y1: page.end,
    x2: right,
    y2: page.end,
    width: table.rule,
    colour: 'black',
  });
};

const put = (page: StackedPage, strip: Strip): void => {
  if (strip.outline !== undefined) page.outline.push({ title: strip.outline, y: page.end });
  for (const mark of strip.marks) page.marks.push(moved(mark, page.end));
  page.end += strip.height;
  if (strip.text) page.lines += 1;
};

const groups = (strips: readonly Strip[]): Strip[][] => {
  const found: Strip[][] = [];
  let open: Strip[] = [];
  for (const strip of strips) {
    open.push(strip);
    if (strip.glue) continue;
    found.push(open);
    open = [];
  }
  return open.length > 0 ? [...found, open] : found;
};
