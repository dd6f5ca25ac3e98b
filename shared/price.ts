// What one violation costs or one good deed brings: a fixed figure, a figure times a quantity, a range left to the
// person who confirms (酌情), or bands by minutes. Knows no rule book: rulebook.ts gives each clause its price.
import * as z from 'zod';
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
export const price = z.discriminatedUnion('kind', [fixed, perQuantity, range, bands]);
/** Nobody earns by the minute. */
export const bonusPrice = z.discriminatedUnion('kind', [fixed, perQuantity, range]);
export type Price = z.infer<typeof price>;

/** What of a case or bonus its price depends on. Quantity in whole units, minutes whole, chosen in hundredths. */
export interface PriceFacts {
  quantity: number;
  minutes?: number | undefined;
  chosen?: { points: number } | undefined;
}

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
  }
};

/** Points in hundredths, never negative; `clause.*` refusals name what the person who confirms must mend. */
export const amountOf = (of: Price, { quantity, minutes, chosen }: PriceFacts): Result<number> => {
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
  }
};
