// The heads of papers by their own measures: mark, rules and number of the 函 (GB/T 9704-2012, 10.1) and of the ordinary
// red-head format (7.2). Knows nothing of the text below them.
import type { PaperContent } from './paper-content.ts';
import {
  breakLines,
  type FontMetrics,
  type Line,
  runsOf,
  type Style,
  textWidth,
  titleLines,
} from './paper-lines.ts';
import { area, doubleRule, em, grid, head, letter, mm, page, redHead, size } from './paper-measures.ts';
import { bodyStyle, type Mark, placed, type Rule } from './paper-strips.ts';

const red = 'red' as const;

/** The head that stands by its own measures, and where the text below it begins. */
export const openingOf = (paper: PaperContent, metrics: FontMetrics): { marks: Mark[]; from: number } => {
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
  const points = markPoints(text, metrics);
  const lines = markLines(text, metrics);
  let y = top;
  const marks: Mark[] = [];
  for (const line of lines) {
    marks.push(...runsOf(placed(line, 'centre', area.width), area.left, y + em.inkAbove * mm(points)));
    y += mm(points) * (em.inkAbove + em.inkBelow) + head.markLineGap;
  }
  return { marks, bottom: y - head.markLineGap };
};

/** Points of a mark: 42 at most, what one line takes down to 24, below that two lines of at most 30. */
export const markPoints = (text: string, metrics: FontMetrics): number => {
  const full = textWidth(text, markStyle(size.markLargest), metrics);
  const fits = Math.floor((size.markLargest * area.width) / full);
  return fits >= head.markSmallest ? Math.min(size.markLargest, fits) : Math.min(30, Math.floor(fits * 1.8));
};
const markStyle = (points: number): Style => ({ face: 'title', size: points, colour: red });
export const markLines = (text: string, metrics: FontMetrics): Line[] =>
  titleLines(text, markStyle(markPoints(text, metrics)), metrics, area.width);
