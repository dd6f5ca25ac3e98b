// A paper as an editable .docx: the same content, broken and measured by the same table, naming the official typefaces so
// that the office's own machine supplies them. The signed and sealed paper is the PDF; this is for further writing.
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  ImageRun,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { layPaper } from '../shared/letter-layout.ts';
import type { Block, Face, PaperContent, Row } from '../shared/paper-content.ts';
import { linesAboveSeal, signatureLines } from '../shared/paper-endings.ts';
import { markLines, markPoints } from '../shared/paper-heads.ts';
import { type FontMetrics, type Line, textWidth, titleLines } from '../shared/paper-lines.ts';
import {
  area,
  grid,
  head,
  imprint,
  letter,
  page,
  pageNumber,
  pictureHeight,
  redHead,
  seal,
  size,
  table,
  unsealed,
} from '../shared/paper-measures.ts';
import { bodyStyle, levelFaces } from '../shared/paper-strips.ts';

/** The names under which offices have them installed. */
const official: Record<Face, string> = {
  title: '方正小标宋简体',
  fangsong: '仿宋_GB2312',
  kai: '楷体_GB2312',
  hei: '黑体',
  song: '宋体',
};

const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);
/** A line of exactly 1/22 of the type area, rounded down so that 22 of them fit. */
const pitch = Math.floor((grid.pitch * 1440) / 25.4);
/** 3号 drawn together by a quarter point: 28 characters in 156 mm. */
const drawnTogether = -5;

interface RunLook {
  face: Face;
  /** Points. */
  size?: number;
  red?: boolean;
}
const run = (text: string, { face, size: points = size.body, red = false }: RunLook): TextRun => {
  const font = official[face];
  return new TextRun({
    text,
    font: { ascii: font, eastAsia: font, hAnsi: font, cs: font, hint: 'eastAsia' },
    size: Math.round(points * 2),
    ...(points === size.body ? { characterSpacing: drawnTogether } : {}),
    ...(red ? { color: 'D6000F' } : {}),
  });
};
const exactly = (height: number) => ({
  line: height,
  lineRule: LineRuleType.EXACT,
  before: 0,
  after: 0,
});
const paragraph = (
  text: string,
  look: RunLook,
  options: IParagraphOptions = {},
  height: number = pitch,
): Paragraph => new Paragraph({ spacing: exactly(height), ...options, children: [run(text, look)] });
const empty = (height: number = pitch): Paragraph => paragraph('', { face: 'fangsong' }, {}, height);

const textOf = (line: Line): string => line.glyphs.map((glyph) => glyph.text).join('');

/** Pictures by the names that the content uses. */
export const docxOf = async (
  paper: PaperContent,
  metrics: FontMetrics,
  pictures: ReadonlyMap<string, Buffer> = new Map(),
): Promise<Buffer> => {
  const isLetter = paper.format === 'letter';
  const document = new Document({
    title: paper.title,
    creator: paper.mark,
    description: paper.number,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: official.fangsong, size: size.body * 2 } } } },
    sections: [
      {
        properties: {
          titlePage: isLetter,
          page: {
            size: { width: twips(page.width), height: twips(page.height) },
            margin: {
              top: twips(area.top),
              bottom: twips(page.height - area.bottom),
              left: twips(area.left),
              right: twips(page.width - area.right),
              header: twips(letter.markTop),
              footer: twips(letter.ruleAboveEdge),
            },
          },
        },
        ...(isLetter ? { headers: { first: letterHead(paper, metrics) } } : {}),
        footers: {
          default: numberFoot('odd'),
          even: numberFoot('even'),
          ...(isLetter ? { first: letterFoot() } : {}),
        },
        children: [
          ...opening(paper, metrics),
          ...paper.blocks.flatMap((block, n) =>
            blockOf(block, pictures, paper.signature !== undefined && n === paper.blocks.length - 1),
          ),
          ...annexList(paper, metrics),
          ...ending(paper, metrics),
          ...paper.annexes.flatMap((annex, n) => [
            paragraph(
              paper.annexes.length > 1 ? `附件${n + 1}` : '附件',
              { face: 'hei' },
              { pageBreakBefore: true },
            ),
            empty(),
            ...titles(annex.name, size.annexTitle, metrics),
            empty(Math.round(pitch / 2)),
            ...annex.blocks.flatMap((block) => blockOf(block, pictures)),
          ]),
          ...foot(paper, layPaper(paper, metrics).aboveFoot),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
};

const titles = (text: string, points: number, metrics: FontMetrics): Paragraph[] =>
  titleLines(text, { face: 'title', size: points }, metrics, area.width).map((line) =>
    paragraph(
      textOf(line),
      { face: 'title', size: points },
      { alignment: AlignmentType.CENTER, keepNext: true },
      twips(head.titleLine),
    ),
  );

const redBorder = (style: 'thick' | 'double' | 'doubleFoot', space: number) => ({
  style:
    style === 'thick'
      ? BorderStyle.SINGLE
      : style === 'double'
        ? BorderStyle.THICK_THIN_SMALL_GAP
        : BorderStyle.THIN_THICK_SMALL_GAP,
  color: 'D6000F',
  // Eighths of a point.
  size: style === 'thick' ? 16 : 24,
  space,
});
/** The double rules reach 7 mm past the type area on both sides. */
const wide = {
  left: -twips((letter.ruleLength - area.width) / 2),
  right: -twips((letter.ruleLength - area.width) / 2),
};

const markParagraphs = (text: string, metrics: FontMetrics): Paragraph[] => {
  const points = markPoints(text, metrics);
  return markLines(text, metrics).map((line) =>
    paragraph(
      textOf(line),
      { face: 'title', size: points, red: true },
      { alignment: AlignmentType.CENTER },
      Math.round(points * 20),
    ),
  );
};

const letterHead = (paper: PaperContent, metrics: FontMetrics): Header =>
  new Header({
    children: [
      ...markParagraphs(paper.mark, metrics),
      new Paragraph({
        spacing: exactly(20),
        indent: wide,
        border: { bottom: redBorder('double', Math.round((letter.ruleBelowMark * 72) / 25.4)) },
        children: [],
      }),
      paragraph(
        paper.number,
        { face: 'fangsong' },
        {
          alignment: AlignmentType.RIGHT,
          spacing: { ...exactly(size.body * 20), before: twips(letter.numberBelowRule) },
        },
      ),
    ],
  });

const letterFoot = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        spacing: exactly(20),
        indent: wide,
        border: { bottom: redBorder('doubleFoot', 0) },
        children: [],
      }),
    ],
  });

const numberFoot = (side: 'odd' | 'even'): Footer => {
  const font = { ascii: official.song, eastAsia: official.song, hAnsi: official.song };
  const indent = pageNumber.indent * Math.round(size.pageNumber * 20);
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: indent } : { left: indent },
        // The foot stands 20 mm above the edge, the number a little higher.
        spacing: { ...exactly(size.pageNumber * 20), after: twips(3) },
        children: [
          new TextRun({
            children: ['— ', PageNumber.CURRENT, ' —'],
            font,
            size: size.pageNumber * 2,
          }),
        ],
      }),
    ],
  });
};

const opening = (paper: PaperContent, metrics: FontMetrics): Paragraph[] => {
  const addressee =
    paper.addressee === undefined ? [] : [paragraph(`${paper.addressee}：`, { face: 'fangsong' })];
  const title = titles(paper.title, size.title, metrics);
  switch (paper.format) {
    case 'letter':
      return [empty(), empty(), ...title, empty(), ...addressee];
    case 'redHead':
      return [
        new Paragraph({ spacing: { ...exactly(20), before: twips(redHead.markBelowArea) }, children: [] }),
        ...markParagraphs(paper.mark, metrics),
        empty(),
        empty(),
        paragraph(
          paper.number,
          { face: 'fangsong' },
          {
            alignment: AlignmentType.CENTER,
            border: { bottom: redBorder('thick', Math.round((redHead.ruleBelowNumber * 72) / 25.4)) },
          },
          size.body * 20,
        ),
        empty(),
        empty(),
        ...title,
        empty(),
        ...addressee,
      ];
    case 'form':
      return [
        ...title,
        paragraph(
          paper.number,
          { face: 'fangsong', size: size.table },
          { alignment: AlignmentType.RIGHT },
          454,
        ),
        ...addressee,
      ];
  }
};

/** `last`: it goes with the signature, so that no page bears the signature alone. */
const blockOf = (
  block: Block,
  pictures: ReadonlyMap<string, Buffer>,
  last = false,
): (Paragraph | Table)[] => {
  switch (block.kind) {
    case 'paragraph':
      return block.text.split('\n').map((text) =>
        paragraph(
          text,
          { face: levelFaces[block.level ?? 0] },
          {
            alignment: AlignmentType.BOTH,
            indent: { firstLine: twips(2 * grid.cell) },
            keepNext: last || block.level === 1 || block.level === 2,
          },
        ),
      );
    case 'line': {
      const points = block.size ?? size.body;
      const height = points === size.body ? pitch : Math.round(points * 30);
      return block.text
        .split('\n')
        .map((text) =>
          paragraph(
            text,
            { face: block.face ?? 'fangsong', size: points },
            { alignment: aligned[block.align ?? 'left'], keepNext: block.face === 'hei' },
            height,
          ),
        );
    }
    case 'blank':
      return [empty()];
    case 'table':
      return [tableOf(block.head, block.rows), empty(120)];
    case 'picture':
      return pictureOf(block, pictures);
    case 'bars': {
      const most = Math.max(...block.bars.map((bar) => bar.value), 1);
      const rows = block.bars.map(({ label, value, text }) => ({
        cells: [
          { text: label, width: 4 },
          { text: `${'█'.repeat(Math.round((value / most) * 16))} ${text}`, width: 8 },
        ],
      }));
      return [tableOf(undefined, rows, true), empty(120)];
    }
  }
};

const aligned = {
  left: AlignmentType.LEFT,
  centre: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const;

/** `together`: a chart, whose rows stay on one page. */
const tableOf = (top: Row | undefined, rows: readonly Row[], together = false): Table => {
  const line = twips(table.line);
  const rowOf = (row: Row, isHead: boolean, keepNext = false): TableRow => {
    const shares = row.cells.reduce((sum, cell) => sum + cell.width, 0);
    return new TableRow({
      tableHeader: isHead,
      cantSplit: (row.lines ?? 1) <= table.rowTogether && !isHead,
      children: row.cells.map((cell) => {
        const lines = cell.text.split('\n');
        const spare = Math.max(0, (row.lines ?? 1) - lines.length);
        const face = cell.face ?? (isHead ? 'hei' : 'fangsong');
        const align = cell.align ?? (isHead ? 'centre' : 'left');
        return new TableCell({
          width: { size: Math.round((cell.width / shares) * twips(area.width)), type: WidthType.DXA },
          verticalAlign: VerticalAlignTable.CENTER,
          margins: { left: twips(table.padding), right: twips(table.padding), top: 40, bottom: 40 },
          children: [...lines, ...Array.from({ length: spare }, () => '')].map((text) =>
            paragraph(text, { face, size: size.table }, { alignment: aligned[align], keepNext }, line),
          ),
        });
      }),
    });
  };
  return new Table({
    width: { size: twips(area.width), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    rows: [
      ...(top ? [rowOf(top, true)] : []),
      ...rows.map((row, n) => rowOf(row, false, together && n < rows.length - 1)),
    ],
  });
};

const pictureOf = (
  block: Extract<Block, { kind: 'picture' }>,
  pictures: ReadonlyMap<string, Buffer>,
): Paragraph[] => {
  const bytes = pictures.get(block.picture);
  const scale = Math.min(area.width / block.width, pictureHeight / block.height) / 25.4;
  const captions = block.caption.map((text) =>
    paragraph(text, { face: 'song', size: size.caption }, { alignment: AlignmentType.CENTER }, twips(5.4)),
  );
  if (!bytes) return captions;
  const shape = {
    width: Math.round(block.width * scale * 96),
    height: Math.round(block.height * scale * 96),
  };
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: true,
      children: [
        new ImageRun({ type: bytes[0] === 0x89 ? 'png' : 'jpg', data: bytes, transformation: shape }),
      ],
    }),
    ...captions,
  ];
};

const annexList = (paper: PaperContent, metrics: FontMetrics): Paragraph[] => {
  const several = paper.annexes.length > 1;
  const before = twips(2 * grid.cell);
  const label = twips(textWidth('附件：', bodyStyle, metrics));
  const lines = paper.annexes.map(({ name }, n) => {
    const number = several ? `${n + 1}.` : '';
    const hanging = twips(textWidth(number, bodyStyle, metrics));
    const left = before + label + hanging;
    return n === 0
      ? paragraph(
          `附件：${number}${name}`,
          { face: 'fangsong' },
          { indent: { left, hanging: label + hanging } },
        )
      : paragraph(`${number}${name}`, { face: 'fangsong' }, { indent: { left, hanging }, keepNext: true });
  });
  return lines.length === 0 ? [] : [paragraph('', { face: 'fangsong' }, { keepNext: true }), ...lines];
};

const ending = (paper: PaperContent, metrics: FontMetrics): Paragraph[] => {
  if (!paper.signature) return [];
  const { organ, date, seal: way } = paper.signature;
  const lines = signatureLines(organ, date, way, metrics);
  const above =
    way === 'space' ? linesAboveSeal(seal.diameter, lines.length, grid.pitch) : unsealed.linesAbove;
  const block = lines.map((line) =>
    paragraph(textOf(line), { face: 'fangsong' }, { indent: { left: twips(line.indent) }, keepNext: true }),
  );
  return [
    ...Array.from(
      { length: above },
      () => new Paragraph({ spacing: exactly(pitch), keepNext: true, children: [] }),
    ),
    ...block,
    ...(paper.note === undefined
      ? []
      : [
          paragraph(
            `（${paper.note}）`,
            { face: 'fangsong' },
            { indent: { firstLine: twips(2 * grid.cell) } },
          ),
        ]),
  ];
};

/** 版记, moved down to the foot of its page by the room that the layout found; of a 函 only the copies, without rules. */
const foot = (paper: PaperContent, room: number): Paragraph[] => {
  const rule = (width: number) => ({
    style: BorderStyle.SINGLE,
    size: Math.round(width * 22.7),
    color: '000000',
    space: 1,
  });
  const rules = paper.format !== 'letter';
  const printed = rules && paper.imprint ? paper.imprint : undefined;
  const cell = size.imprint * 20;
  const look: RunLook = { face: 'fangsong', size: size.imprint };
  const copies = paper.copies.length === 0 ? [] : [`抄送：${paper.copies.join('，')}。`];
  const lines = copies.length + (printed ? 1 : 0);
  if (lines === 0) return [];
  return [
    new Paragraph({
      spacing: { ...exactly(20), before: Math.max(0, twips(room - 3 * grid.pitch)) },
      children: [],
    }),
    ...copies.map((text) =>
      paragraph(
        text,
        look,
        {
          indent: { left: cell + Math.round(cell * 3), hanging: Math.round(cell * 3), right: cell },
          ...(rules ? { border: { top: rule(imprint.outer) } } : {}),
        },
        twips(imprint.line),
      ),
    ),
    ...(printed
      ? [
          new Paragraph({
            spacing: exactly(twips(imprint.line)),
            indent: { left: cell, right: cell },
            tabStops: [{ type: TabStopType.RIGHT, position: twips(area.width) - cell }],
            border: {
              top: rule(copies.length > 0 ? imprint.inner : imprint.outer),
              bottom: rule(imprint.outer),
            },
            children: [
              run(printed.organ, look),
              new TextRun({ children: [new Tab()] }),
              run(`${printed.date}印发`, look),
            ],
          }),
        ]
      : []),
  ];
};
