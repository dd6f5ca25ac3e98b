// What one violation costs or one good deed brings: a fixed figure, a figure times a quantity, a range left to the
// person who confirms (酌情), bands by minutes, a price for each severity, or nothing (only measures follow, RB17, RB19).
// Knows no rule book: rulebook.ts gives each clause its price.
import * as z from 'zod';
import type { Severity } from './catalog.ts';
import { ok, type Result, refuse } from './problems.ts';

/** Points in whole hundredths: 1 point is written 100. */
export const hundredths = z.int().min(0).max(1_000_000);

/** From … to, each end included or not (满30分钟不满1小时; 90分以上); an absent end is open. RB03, RB10, RB12. */
export const bandEnds = {
  from: z.int().optional(),
  fromIncluded: z.boolean().default(true),
  to: z.int().optional(),
  toIncluded: z.boolean().default(false),
};
export interface Band {
  from?: number | undefined;
  fromIncluded: boolean;
  to?: number | undefined;
  toIncluded: boolean;
}

/** The whole numbers a band holds, both ends included; an open end is infinite. */
export const closedEnds = (band: Band): { least: number; most: number } => ({
  least: band.from === undefined ? -Infinity : band.fromIncluded ? band.from : band.from + 1,
  most: band.to === undefined ? Infinity : band.toIncluded ? band.to : band.to - 1,
});

/** The first band that holds the whole number. */
export const bandAt = <B extends Band>(all: readonly B[], value: number): B | undefined =>
  all.find((band) => {
    const { least, most } = closedEnds(band);
    return least <= value && value <= most;
  });

const fixed = z.strictObject({ kind: z.literal('fixed'), points: hundredths });
const perQuantity = z.strictObject({ kind: z.literal('perQuantity'), points: hundredths });
const range = z.strictObject({ kind: z.literal('range'), from: hundredths, to: hundredths });
const bands = z.strictObject({
  kind: z.literal('bands'),
  bands: z
    .array(z.strictObject({ ...bandEnds, points: hundredths }))
    .min(1)
    .max(20),
});
const none = z.strictObject({ kind: z.literal('none') });
const simple = z.discriminatedUnion('kind', [fixed, perQuantity, range]);
/** Two ranges by gravity (情节轻的1至3分,情节重的5至10分); a severity left out costs nothing. */
const bySeverity = z.strictObject({
  kind: z.literal('bySeverity'),
  minor: simple.optional(),
  evident: simple.optional(),
  serious: simple.optional(),
});
export const price = z.discriminatedUnion('kind', [fixed, perQuantity, range, bands, none, bySeverity]);
/** Nobody earns by the minute. */
export const bonusPrice = z.discriminatedUnion('kind', [fixed, perQuantity, range]);
export type Price = z.infer<typeof price>;

/** What of a case or bonus its price depends on. Quantity in whole units, minutes whole, chosen in hundredths. */
export interface PriceFacts {
  quantity: number;
  minutes?: number | undefined;
  chosen?: { points: number } | undefined;
  /** As confirmed; only a price by severity asks for it. */
  severity?: Severity | undefined;
}

/** The price that holds for a case: the one of its severity, where the clause tells them apart. */
export const priceAt = (of: Price, severity: Severity | undefined): Price =>
  of.kind === 'bySeverity' ? ((severity && of[severity]) ?? { kind: 'none' }) : of;

/** Hundredths as people write them: 50 → 0.5, 1000 → 10. */
export const pointsText = (points: number): string => String(points / 100);

export const fen = (points: number): string => `${pointsText(points)}分`;

/** How an amount came about: `2次 × 0.5分 = 扣1分`. */
export const arithmetic = (
  of: Price,
  verb: '扣' | '加',
  points: number,
  facts: PriceFacts,
  unit: string,
): string => {
  switch (of.kind) {
    case 'fixed':
      return `${verb}${fen(points)}`;
    case 'perQuantity':
      return `${facts.quantity}${unit} × ${fen(of.points)} = ${verb}${fen(points)}`;
    case 'range':
      return `在${fen(of.from)}至${fen(of.to)}内酌定,${verb}${fen(points)}`;
    case 'bands':
      return `时长${facts.minutes}分钟,按所在档${verb}${fen(points)}`;
    case 'none':
      return '不计分,只采取措施';
    case 'bySeverity':
      return arithmetic(priceAt(of, facts.severity), verb, points, facts, unit);
  }
};

/** The least and the most one occurrence can cost; per unit where it is priced by quantity. */
export const priceSpan = (of: Price): { least: number; most: number } => {
  switch (of.kind) {
    case 'fixed':
    case 'perQuantity':
      return { least: of.points, most: of.points };
    case 'range':
      return { least: of.from, most: of.to };
    case 'bands': {
      const all = of.bands.map((band) => band.points);
      return { least: Math.min(...all), most: Math.max(...all) };
    }
    case 'none':
      return { least: 0, most: 0 };
    case 'bySeverity': {
      const all = [of.minor, of.evident, of.serious].flatMap((each) => (each ? [priceSpan(each)] : []));
      return {
        least: Math.min(...all.map(({ least }) => least)),
        most: Math.max(0, ...all.map(({ most }) => most)),
      };
    }
  }
};

/** Points in hundredths, never negative; `clause.*` refusals name what the person who confirms must mend. */
export const amountOf = (
  price: Price,
  { quantity, minutes, chosen, severity }: PriceFacts,
): Result<number> => {
  const of = price.kind === 'bySeverity' ? priceAt(price, severity) : price;
  if (!Number.isInteger(quantity) || quantity < 1) return refuse('clause.quantity-invalid');
  if (of.kind !== 'perQuantity' && quantity !== 1) return refuse('clause.quantity-not-allowed');
  if (of.kind !== 'range' && chosen !== undefined) return refuse('clause.choice-not-allowed');
  switch (of.kind) {
    case 'fixed':
      return ok(of.points);
    case 'perQuantity':
      return ok(of.points * quantity);
    case 'range': {
      if (chosen === undefined) return refuse('clause.choice-missing');
      const { points } = chosen;
      return Number.isInteger(points) && of.from <= points && points <= of.to
        ? ok(points)
        : refuse('clause.out-of-range', `应在${fen(of.from)}至${fen(of.to)}之间`);
    }
    case 'bands': {
      if (minutes === undefined) return refuse('clause.minutes-missing');
      const band = bandAt(of.bands, minutes);
      return band ? ok(band.points) : refuse('clause.no-band', `${minutes}分钟`);
    }
    case 'none':
    case 'bySeverity':
      return ok(0);
  }
};
