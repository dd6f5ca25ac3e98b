// How the rule books of this folder are written down: prices in whole points as printed, clauses of one type with the
// catalog's name, family and severity unless the book says otherwise. Knows no book.
import { type Severity, type ViolationCode, violationType } from '../catalog.ts';
import type { RuleBookInput } from '../rulebook.ts';

export type ClauseInput = RuleBookInput['clauses'][number];
export type StepInput = RuleBookInput['ladder'][number];
/** Bonuses know no bands. */
type PriceInput = RuleBookInput['bonuses'][number]['price'];

/** Points as printed, in whole points; the data keeps hundredths. */
export const points = (printed: number): number => Math.round(printed * 100);
export const fixed = (printed: number): PriceInput => ({ kind: 'fixed', points: points(printed) });
export const each = (printed: number): PriceInput => ({ kind: 'perQuantity', points: points(printed) });
export const between = (from: number, to: number): PriceInput => ({
  kind: 'range',
  from: points(from),
  to: points(to),
});
export const none: ClauseInput['price'] = { kind: 'none' };
/** `[minutes from, points]`, each band up to the next one's start, which it does not include. */
export const byMinutes = (...steps: [number, number][]): ClauseInput['price'] => ({
  kind: 'bands',
  bands: steps.map(([from, printed], at) => {
    const next = steps[at + 1];
    return { from, ...(next && { to: next[0] }), points: points(printed) };
  }),
});

interface Extra extends Partial<Omit<ClauseInput, 'code' | 'category' | 'price' | 'capPerMonth'>> {
  /** The most it takes in a month, in whole points. */
  cap?: number;
}

/** A clause of one type: title, family and severity are the catalog's unless said otherwise. */
export const clause = (
  code: string,
  category: string,
  type: ViolationCode,
  price: ClauseInput['price'],
  { cap, ...more }: Extra = {},
): ClauseInput => {
  const known = violationType(type);
  if (!known) throw new Error(`clause of an unknown type: ${type}`);
  return {
    code,
    category,
    title: known.name,
    types: [type],
    family: known.family,
    price,
    unit: '次',
    severity: known.severity,
    ...more,
    ...(cap !== undefined && { capPerMonth: points(cap) }),
  };
};

export const all: Severity[] = ['minor', 'evident', 'serious'];

/** Where a paper knows no reminders, whatever is confirmed costs its points. */
export const everyOneCosts: StepInput = {
  code: 'deduct',
  when: { severity: all, times: { again: true }, subject: 'person' },
  measure: 'deduct',
};
