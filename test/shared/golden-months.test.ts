// Months as they were frozen under earlier code: test/golden/months.txt holds, one to a line, a rule book as it was
// enacted, what was counted, and the scores and measures that came of it. They must come again byte for byte.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { canonical } from '../../shared/canonical.ts';
import { measuresOf } from '../../shared/measure.ts';
import { ruleBook } from '../../shared/rulebook.ts';
import { type Carried, type CountedBonus, type CountedCase, scoreMonth } from '../../shared/score.ts';

const lines = readFileSync(new URL('../golden/months.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const month = z.object({
  book: ruleBook,
  people: z.array(z.string()),
  cases: z.array(z.custom<CountedCase>((one) => typeof one === 'object')),
  bonuses: z.array(z.custom<CountedBonus>((one) => typeof one === 'object')),
  carried: z.array(z.custom<Carried>((one) => typeof one === 'object')),
  scores: z.array(z.unknown()),
  measures: z.array(z.unknown()),
});

describe('a month frozen long ago', () => {
  test.each(lines.map((line, nth) => [nth + 1, line] as const))(
    'comes again, byte for byte: %i',
    (_, line) => {
      const { book, people, cases, bonuses, carried, scores, measures } = month.parse(JSON.parse(line));
      expect(canonical(scoreMonth(book, people, cases, bonuses, carried))).toBe(canonical(scores));
      expect(canonical(measuresOf(book, '2026-11', cases, []))).toBe(canonical(measures));
    },
  );
});
