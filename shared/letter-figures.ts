// Facts in a text stay linked to what was counted: which figures of an edited text the system did not count, what changed
// since it was written, side by side, and the text with what changed put in its place. Knows no person and no record.
import type { LinkedFacts } from './letter.ts';
import { aspects } from './letter-facts.ts';
import type { DraftText } from './letter-wording.ts';

/** 3人次, 2起, 10个工作日: a number with the unit in which papers count. */
const figures = /\d+(?:\.\d+)?(?:人次|个工作日|起|件|次|份|名|人|个|条)/g;

/** The figures of a text, each once, in order. */
export const figuresIn = (text: string): string[] => [...new Set(text.match(figures))];

/** Figures of an edited text that are not among those the system's own wording of the same facts states. */
export const alteredFigures = (written: string, own: readonly string[]): string[] =>
  figuresIn(written)
    .filter((figure) => !own.includes(figure))
    .slice(0, 12);

/** One fact, as it was when the text was written and as it is now. */
export interface FactRow {
  name: string;
  was: string;
  now: string;
}

/** All facts side by side, in the order of the paper. */
export const factRows = (before: LinkedFacts, now: LinkedFacts): FactRow[] => {
  const after = aspects(now);
  return aspects(before).map(([name, was], at) => ({ name, was, now: after[at]?.[1] ?? '' }));
};

/** A sentence of the system's wording that reads otherwise now. */
export interface ChangedWords {
  was: string;
  now: string;
  /** Whether the text bore it unaltered, so that the new one could be put in its place. */
  placed: boolean;
}

const sentences = ({ paragraphs }: DraftText): string[] =>
  paragraphs.flatMap((text) => text.match(/[^。；]+[。；]?/g) ?? []);

/**
 * The text with the sentences that read otherwise on the new facts put in the old ones' place. What a clerk has worded
 * otherwise is left alone and told as not placed.
 */
export const relinked = (
  body: string,
  before: DraftText,
  now: DraftText,
): { body: string; changed: ChangedWords[] } => {
  const [old, fresh] = [sentences(before), sentences(now)];
  const changed: ChangedWords[] = [];
  let text = body;
  for (const { was, is } of hunks(old, fresh)) {
    const placed = was !== '' && text.includes(was);
    if (placed) text = text.replace(was, () => is);
    changed.push({ was, now: is, placed });
  }
  return { body: text, changed };
};

/** What differs between two lists, between what stays the same: longest common subsequence. */
const hunks = (old: readonly string[], fresh: readonly string[]): { was: string; is: string }[] => {
  const longest: number[][] = Array.from({ length: old.length + 1 }, () => Array(fresh.length + 1).fill(0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = longest[i];
      if (row) row[j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const found: { was: string; is: string }[] = [];
  let [i, j] = [0, 0];
  let [was, is] = ['', ''];
  const close = (): void => {
    if (was !== '' || is !== '') found.push({ was, is });
    [was, is] = ['', ''];
  };
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      close();
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      was += old[i] ?? '';
      i += 1;
    } else {
      is += fresh[j] ?? '';
      j += 1;
    }
  }
  close();
  return found;
};
