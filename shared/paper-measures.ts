// Every measure of a printed paper, in millimetres and points, once: GB/T 9704-2012 with its clause beside each figure.
// The layout places by this table and the tests read the positions back out of the PDF against it.

/** One point of type in millimetres (1/72 inch). */
const pointMm = 25.4 / 72;

/** 号 in points: 初号 42, 小初 36, 一号 26, 小一 24, 二号 22, 小二 18, 三号 16, 四号 14, 小四 12, 五号 10.5. */
export const size = {
  markLargest: 42,
  title: 22,
  formTitle: 22,
  annexTitle: 22,
  body: 16,
  imprint: 14,
  pageNumber: 14,
  table: 12,
  caption: 10.5,
  note: 9,
} as const;

/** 5.1 幅面 A4; 5.2.1 天头 37 ± 1, 订口 28 ± 1, 版心 156 × 225. */
export const page = { width: 210, height: 297 } as const;
export const area = { left: 28, top: 37, width: 156, height: 225, right: 184, bottom: 262 } as const;
/** 5.2.3: 22 lines a page, 28 characters a line, so that the text fills the type area. */
export const grid = {
  lines: 22,
  characters: 28,
  pitch: area.height / 22,
  cell: area.width / 28,
  /** The closest that 7.3.5.5 is used for here: 28 pt a line, so that a signature finds room beside its text. */
  tightest: 28 * pointMm,
} as const;

/** 10.1 信函格式. */
export const letter = {
  /** Upper edge of the organ's mark from the upper edge of the page. */
  markTop: 30,
  /** From the mark to the first double rule, 上粗下细. */
  ruleBelowMark: 4,
  ruleLength: 170,
  /** Second double rule above the lower edge of the page, 上细下粗. */
  ruleAboveEdge: 20,
  /** 7/8 of the height of a 3号 character between a double rule and the text next to it. */
  numberBelowRule: (7 / 8) * size.body * pointMm,
  linesAboveTitle: 2,
} as const;
/** 2号 lines of a title, and the mark's size: as large as one line takes, smaller before it parts into two. */
export const head = { titleLine: 12, markSmallest: 24, markLineGap: 2 } as const;
/** The double rules: the standard says thick and thin and leaves the strength to the eye. */
export const doubleRule = { thick: 0.9, gap: 0.5, thin: 0.35 } as const;

/** 7.2 版头 of the ordinary format. */
export const redHead = {
  /** 7.2.4: upper edge of the mark below the upper edge of the type area. */
  markBelowArea: 35,
  linesAboveNumber: 2,
  /** 7.2.7: as wide as the type area, 4 mm below the number. */
  ruleBelowNumber: 4,
  rule: 0.7,
  linesAboveTitle: 2,
} as const;

/** 7.4 版记: first and last rule 0.35 mm, those between 0.25 mm. */
export const imprint = { outer: 0.35, inner: 0.25, line: 9 } as const;

/** 7.5 页码: 4号, one 一字线 on each side, its upper edge 7 mm below the type area, one character from the margin. */
export const pageNumber = { belowArea: 7, indent: 1 } as const;

/** 7.3.5.1: 42 mm is the round seal of a county's organ; its middle lies a little above the line of the date. */
export const seal = { diameter: 42, aboveDate: 2, datePlaces: 4 } as const;
/** 7.3.5.2: without a seal, name and date two characters from the right. */
export const unsealed = { linesAbove: 1, places: 2 } as const;

/** Ideographs stand between 0.88 em above and 0.12 em below the baseline; their ink begins a little lower. */
export const em = { above: 0.88, inkAbove: 0.85, inkBelow: 0.08 } as const;

/** Tables and forms: not in the standard, the habits of the office (clause 8 asks only for turning wide ones). */
export const table = {
  rule: 0.25,
  padding: 1.4,
  apart: 2.5,
  line: 6.2,
  /** Rows of at most so many lines stay on one page. */
  rowTogether: 8,
  /** From this width on a cell's lines are spread to its right edge. */
  spread: 60,
} as const;

export const pictureHeight = 95;

/** The square code that leads to the check of a paper. */
export const checkMark = { side: 20 } as const;

export const mm = (points: number): number => points * pointMm;
export const pt = (millimetres: number): number => millimetres / pointMm;
