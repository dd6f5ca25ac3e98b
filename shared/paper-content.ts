// What a paper says, before anybody knows where it stands: heads, paragraphs, tables, pictures, signature, annexes. The
// PDF and the .docx are both made from this. Knows no millimetre, no font file and no record of the house.

/** Typefaces by their office (GB/T 9704-2012, 5.2.2): 小标宋, 仿宋, 楷体, 黑体, 宋体. */
export const faces = ['title', 'fangsong', 'kai', 'hei', 'song'] as const;
export type Face = (typeof faces)[number];
export const faceTitles: Record<Face, string> = {
  title: '小标宋',
  fangsong: '仿宋',
  kai: '楷体',
  hei: '黑体',
  song: '宋体',
};

export interface Cell {
  text: string;
  /** Share of the row's width. */
  width: number;
  face?: Face;
  align?: 'left' | 'centre';
}
export interface Row {
  cells: Cell[];
  /** Room to write by hand, in lines of the table. */
  lines?: number;
}

export type Block =
  /** Level 0 is plain text, 1 一、, 2 （一）, 3 1., 4 （1）: each has its face. */
  | { kind: 'paragraph'; text: string; level?: 0 | 1 | 2 | 3 | 4 }
  | { kind: 'line'; text: string; align?: 'left' | 'centre' | 'right'; face?: Face; size?: number }
  | { kind: 'blank' }
  /** `head` is repeated on every page the table reaches. */
  | { kind: 'table'; head?: Row; rows: Row[] }
  /** A picture by its name among the files handed in; its caption is printed below, never over it. */
  | { kind: 'picture'; picture: string; width: number; height: number; caption: string[] }
  | { kind: 'bars'; bars: { label: string; value: number; text: string }[] };

export interface Signature {
  organ: string;
  /** Chinese date without zero padding; a preview has none yet. */
  date: string;
  /** `space`: room for the seal (7.3.5.1); `none`: a paper without one (7.3.5.2). */
  seal: 'space' | 'none';
  /** 电子印章 (7.3.5.1): the picture among the files handed in, and how wide it is printed, millimetres. */
  image?: { picture: string; diameter: number };
}

export interface Annex {
  name: string;
  blocks: Block[];
}

/** The square code and the words beside it: number, date and text of a paper can be checked by it. */
export interface CheckMark {
  /** What the square says; absent where the centre has named no address. */
  link?: string;
  words: string[];
}

export interface PaperContent {
  /** letter: 函 (10.1); redHead: the ordinary format (7.2); form: a form by the same habits. */
  format: 'letter' | 'redHead' | 'form';
  /** 发文机关标志: full or standard short name, for the ordinary format with 文件 where the centre writes so. */
  mark: string;
  /** 发文字号, or what stands in its place on a preview. */
  number: string;
  title: string;
  /** Without its colon. */
  addressee?: string;
  blocks: Block[];
  annexes: Annex[];
  signature?: Signature;
  /** 附注, without its round brackets. */
  note?: string;
  /** 抄送, names in order. */
  copies: string[];
  /** 印发机关和印发日期; never on a 函. */
  imprint?: { organ: string; date: string };
  check?: CheckMark;
  /** Said on every page of a preview, in the upper margin. */
  banner?: string;
}

/** Everything a paper says, as one text: what is searched for names, and hashed for the check. */
export const wordsOf = (paper: PaperContent): string =>
  [
    paper.mark,
    paper.number,
    paper.title,
    paper.addressee ?? '',
    ...paper.blocks.flatMap(wordsOfBlock),
    ...paper.annexes.flatMap((annex) => [annex.name, ...annex.blocks.flatMap(wordsOfBlock)]),
    paper.signature?.organ ?? '',
    paper.signature?.date ?? '',
    paper.note ?? '',
    ...paper.copies,
    paper.imprint?.organ ?? '',
    paper.imprint?.date ?? '',
  ]
    .filter((words) => words !== '')
    .join('\n');

const wordsOfBlock = (block: Block): string[] => {
  switch (block.kind) {
    case 'paragraph':
    case 'line':
      return [block.text];
    case 'blank':
      return [];
    case 'table':
      return [...(block.head ? [block.head] : []), ...block.rows].flatMap((row) =>
        row.cells.map((cell) => cell.text),
      );
    case 'picture':
      return block.caption;
    case 'bars':
      return block.bars.flatMap((bar) => [bar.label, bar.text]);
  }
};
