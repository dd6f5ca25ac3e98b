// The rows of a figure as cells that people fill in: which columns a kind of figure has, what stands in them, and the row
// they come to. Knows no screen.
import type { FigureRow } from '../../shared/figure.ts';
import type { AskedFigure } from '../../shared/figure-asked.ts';

export interface FigureColumn {
  key: string;
  title: string;
  /** What stands in the row for one of what is written: 100 for hundredths. */
  by: number;
}
/** By the key of a column, as written by people. */
export type Cells = Readonly<Record<string, number>>;

/** A row as the house tells it. */
export interface ToldRow {
  value?: number | undefined;
  self?: number | undefined;
  numerator?: number | undefined;
  denominator?: number | undefined;
  parts?: readonly { kind: string; value: number }[] | undefined;
  answers?: readonly { answer: string; count: number; by?: string | undefined }[] | undefined;
}

const column = (key: string, title: string, by = 1): FigureColumn => ({ key, title, by });
/** Parts that the rule book does not leave out. */
const rest = '其余';

export const columnsOf = ({ rule, votes }: AskedFigure): FigureColumn[] => {
  switch (rule.kind) {
    case 'mark':
      return votes
        ? [column('value', '得分', 100), column('numerator', '得票数'), column('denominator', '总票数')]
        : [column('value', '评分', 100), ...(rule.self ? [column('self', '自评', 100)] : [])];
    case 'amount':
      return rule.except.length === 0
        ? [column('value', `数量(${rule.unit})`, 100)]
        : [
            column(`part:${rest}`, `${rest}(${rule.unit})`, 100),
            ...rule.except.map((kind) => column(`part:${kind}`, `${kind}(不计)`, 100)),
          ];
    case 'ratio':
      return [column('numerator', '分子'), column('denominator', '分母')];
    case 'rating':
      return rule.scale.map(({ answer }) => column(`answer:${answer}`, answer));
  }
};

/** Whether all that a row says stands in the columns; answers with a name and other parts came by another way. */
export const fitsCells = (columns: readonly FigureColumn[], row: ToldRow): boolean =>
  (row.parts ?? []).every(({ kind }) => columns.some(({ key }) => key === `part:${kind}`)) &&
  (row.answers ?? []).every(
    ({ answer, by }) => by === undefined && columns.some(({ key }) => key === `answer:${answer}`),
  );

export const cellsOf = (columns: readonly FigureColumn[], row: ToldRow): Cells => {
  const said = new Map<string, number>();
  const plain = ['value', 'self', 'numerator', 'denominator'] as const;
  for (const key of plain) {
    const value = row[key];
    if (value !== undefined) said.set(key, value);
  }
  for (const { kind, value } of row.parts ?? []) said.set(`part:${kind}`, value);
  for (const { answer, count } of row.answers ?? []) said.set(`answer:${answer}`, count);
  // An amount that came whole stands with what counts.
  const whole = said.get('value');
  if (whole !== undefined && columns.some(({ key }) => key === `part:${rest}`))
    said.set(`part:${rest}`, whole);
  return Object.fromEntries(
    columns.flatMap(({ key, by }) => {
      const value = said.get(key);
      return value === undefined ? [] : [[key, value / by]];
    }),
  );
};

/** The row that the cells come to; undefined where none is filled. */
export const rowOf = (
  columns: readonly FigureColumn[],
  subject: string,
  cells: Cells,
): FigureRow | undefined => {
  const filled = columns.flatMap(({ key, by }) => {
    const value = cells[key];
    return value === undefined ? [] : [{ key, value: Math.round(value * by) }];
  });
  if (filled.length === 0) return undefined;
  const row: FigureRow = { subject };
  const parts: { kind: string; value: number }[] = [];
  const answers: { answer: string; count: number }[] = [];
  for (const { key, value } of filled) {
    const [kind = '', name = ''] = key.split(':');
    if (kind === 'part') parts.push({ kind: name, value });
    else if (kind === 'answer') answers.push({ answer: name, count: value });
    else if (kind === 'value' || kind === 'self' || kind === 'numerator' || kind === 'denominator')
      row[kind] = value;
  }
  return {
    ...row,
    ...(parts.length === 0 ? {} : { parts }),
    ...(answers.length === 0 ? {} : { answers }),
  };
};

export const sameCells = (a: Cells, b: Cells): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => a[key] === b[key]);
