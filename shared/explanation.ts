// A month told to the one it concerns, in plain Chinese: every line with its clause, cases and arithmetic, what was cut by
// what, and what follows. Text only; the same figures as the API's score lines. Names come from whoever asks.
import type { Measure } from './measure.ts';
import { isOpening } from './opening.ts';
import { fen } from './price.ts';
import type { RuleBook } from './rulebook.ts';
import { measureNames } from './rulebook-frame.ts';
import { type FrameKind, frameNames } from './rulebook-terms.ts';
import { type CountedCase, departmentsIn, type Score, type ScoreLine, stands } from './score.ts';

/** What ids are called; an id without a name stands for itself. */
export type Names = (id: string) => string;

const signed = (points: number): string =>
  points > 0 ? `+${points / 100}` : points === 0 ? '0' : String(points / 100);

const cuts: Partial<Record<ScoreLine['kind'], string>> = {
  cap: '因每月上限少计的问题',
  floor: '因扣完为止少扣的问题',
  ceiling: '因总分上限少计的事项',
  displaced: '因从重处理退回的问题',
  withdrawn: '因已折算退回的问题',
  conversion: '折算所用的问题',
  table: '累计的问题',
};

/** A case of an old ledger says so. */
const caseText = (id: string): string => (isOpening(id) ? `期初 ${id}` : id);

const lineText = (line: ScoreLine, names: Names): string[] => [
  `${signed(line.points).padStart(7)}  ${line.note}`,
  ...(line.cases.length > 0
    ? [`           ${cuts[line.kind] ?? '依据'}:${line.cases.map(caseText).join('、')}`]
    : []),
  ...(line.chosenBy !== undefined
    ? [
        `           分值由${names(line.chosenBy)}酌定${line.reason === undefined ? '' : `,理由:${line.reason}`}`,
      ]
    : []),
  ...(line.confirmedBy !== undefined ? [`           核实人:${names(line.confirmedBy)}`] : []),
  ...(line.review ? [`           复核人:${names(line.review.by)}`] : []),
];

/** One score, line by line, with the sum that the lines come to. */
export const explainScore = (book: RuleBook, score: Score, names: Names): string[] => [
  `${names(score.person)}(${score.person}) 按《${book.title}》计分`,
  ...score.lines.flatMap((line) => lineText(line, names)),
  `${fen(score.total).padStart(7)}  合计${score.grade === undefined ? '' : `,等级:${score.grade}`}`,
];

/** What the month asks for, for one subject, each with the cases that led there. */
export const explainMeasures = (measures: readonly Measure[]): string[] =>
  measures.length === 0
    ? ['没有应采取的措施。']
    : measures.flatMap(({ kind, reason, cases, openings = [] }) => [
        `${measureNames[kind]}:${reason}`,
        ...(cases.length + openings.length > 0
          ? [`  依据:${[...openings, ...cases].map(caseText).join('、')}`]
          : []),
      ]);

/** The cases of a window or department, where no frame scores it: what was counted, and whether it stands. */
export const explainCases = (
  book: RuleBook,
  kind: Exclude<FrameKind, 'staff'>,
  id: string,
  cases: readonly CountedCase[],
  names: Names,
): string[] => {
  const own = cases.filter((one) =>
    kind === 'window' ? one.window === id : departmentsIn(one).includes(id),
  );
  const titles = new Map(book.clauses.map(({ code, title }) => [code, title]));
  return [
    `${frameNames[kind]}${names(id)}(${id}):计入的问题${own.filter(stands).length}件`,
    ...own.map((one) => {
      const state = stands(one) ? (one.settledOnSpot ? '当场提醒' : '计入') : '不计';
      const who = one.persons.length > 0 ? `,${one.persons.map(names).join('、')}` : '';
      return `  ${one.day} 第${one.clause}条 ${titles.get(one.clause) ?? ''}${who}:${state}(${one.id})`;
    }),
  ];
};
