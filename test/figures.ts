// Figures of the long runs: how long a run is, and where it leaves what it measured for docs/proof.md. In the ordinary
// tests a run is a slice and leaves nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const figuresFolder = resolve(import.meta.dirname, '../.build/proof');

const isLong = process.env.PROOF === 'long';

/** How many times: the slice, or the whole. */
export const times = (slice: number, whole: number): number => (isLong ? whole : slice);

/** Leaves the figures of a long run, in the order they are to be printed. */
export const noteFigures = (name: string, figures: Record<string, string | number>): void => {
  if (!isLong) return;
  mkdirSync(figuresFolder, { recursive: true });
  writeFileSync(resolve(figuresFolder, `${name}.json`), JSON.stringify(figures, null, 2));
};
