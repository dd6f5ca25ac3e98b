// Figures in the cells of a table: what a person writes comes to the row the house takes, and back.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AskedFigure, rowFaults } from '../../shared/figure-asked.ts';
import { cellsOf, columnsOf, fitsCells, rowOf } from '../../web/desks/figure-cells.ts';

const of = 'staff' as const;
const asked = (rule: AskedFigure['rule']): AskedFigure => ({ code: rule.code, title: rule.title, of, rule });
const named = { code: 'one', title: '一项', of };
const kinds = [
  asked({ kind: 'mark', ...named, most: 10_000, self: true }),
  asked({ kind: 'amount', ...named, unit: '件', except: [] }),
  asked({ kind: 'amount', ...named, unit: '天', except: ['正常休假'] }),
  asked({ kind: 'ratio', ...named }),
  asked({
    kind: 'rating',
    ...named,
    scale: [
      { answer: '满意', points: 1000 },
      { answer: '不满意', points: 400 },
    ],
    leastAnswers: 1,
    withoutOneself: true,
  }),
];

test.each(kinds)('a row of every kind comes back as it was written: $rule.kind', (figure) => {
  const columns = columnsOf(figure);
  fc.assert(
    fc.property(fc.tuple(...columns.map(() => fc.integer({ min: 1, max: 9_999 }))), (numbers) => {
      const cells = Object.fromEntries(columns.map(({ key }, nth) => [key, numbers[nth] ?? 1]));
      const row = rowOf(columns, 'chuang', cells);
      expect(row && fitsCells(columns, row)).toBe(true);
      expect(row && cellsOf(columns, row)).toEqual(cells);
    }),
    { numRuns: 30 },
  );
});

test('what people write is what the house takes: hundredths where it counts in them', () => {
  const [mark, amount, parts, ratio] = kinds;
  if (!mark || !amount || !parts || !ratio) throw new Error('kinds');
  const row = rowOf(columnsOf(amount), 'chuang', { value: 2.5 });
  expect(row).toEqual({ subject: 'chuang', value: 250 });
  expect(row && rowFaults(amount, row)).toEqual([]);
  expect(rowOf(columnsOf(parts), 'chuang', { 'part:其余': 1.5, 'part:正常休假': 3 })).toEqual({
    subject: 'chuang',
    parts: [
      { kind: '其余', value: 150 },
      { kind: '正常休假', value: 300 },
    ],
  });
  expect(rowOf(columnsOf(ratio), 'chuang', { numerator: 9, denominator: 10 })).toEqual({
    subject: 'chuang',
    numerator: 9,
    denominator: 10,
  });
  expect(rowOf(columnsOf(mark), 'chuang', {})).toBeUndefined();
});
