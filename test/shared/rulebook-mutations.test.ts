// Slips of the pen in valid rule books: every one is refused with a message that names where it is, or it says the same.
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { canonical } from '../../shared/canonical.ts';
import { ruleBook } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { publishedBooks } from '../../shared/rulebooks/published.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { written } from './paper-hall.ts';

type Node = Record<string, unknown> | unknown[];
type Path = (string | number)[];
const isNode = (of: unknown): of is Node => typeof of === 'object' && of !== null;
const at = (of: unknown, key: string | number): unknown => (isNode(of) ? Reflect.get(of, key) : undefined);
const put = (of: Node, key: string | number, value: unknown): boolean => Reflect.set(of, key, value);

const pathsOf = (of: unknown, path: Path = []): Path[] => {
  if (!isNode(of)) return [path];
  const keys: (string | number)[] = Array.isArray(of) ? of.map((_, nth) => nth) : Object.keys(of);
  return [...(path.length > 0 ? [path] : []), ...keys.flatMap((key) => pathsOf(at(of, key), [...path, key]))];
};

/** Codes that point at something else in the book: a dangling one must be told where it stands. */
const references = new Set([
  'category',
  'to',
  'figure',
  'from',
  'of',
  'award',
  'grade',
  'path',
  'displaces',
  'insteadOf',
]);
const lists = new Set(['clauses', 'displaces', 'insteadOf', 'grades', 'types']);

interface Slip {
  how: string;
  /** What the mutated field becomes; undefined where the slip does not fit it. */
  becomes(value: unknown, path: Path): { value: unknown } | undefined;
}
const slips: Slip[] = [
  { how: 'another kind of thing', becomes: (value) => ({ value: typeof value === 'string' ? 7 : 'x' }) },
  { how: 'nothing', becomes: () => ({ value: null }) },
  {
    how: 'half a hundredth',
    becomes: (value) => (typeof value === 'number' ? { value: value + 0.5 } : undefined),
  },
  {
    how: 'a number far too large',
    becomes: (value) => (typeof value === 'number' ? { value: 1e17 } : undefined),
  },
  {
    how: 'a dangling code',
    becomes: (value, path) => {
      const key = String(path.at(-1));
      const list = String(path.at(-2));
      return typeof value === 'string' && value !== 'own' && (references.has(key) || lists.has(list))
        ? { value: 'zz9' }
        : undefined;
    },
  },
  { how: 'an empty text', becomes: (value) => (typeof value === 'string' ? { value: '' } : undefined) },
  {
    how: 'a field nobody knows',
    becomes: (value) =>
      isNode(value) && !Array.isArray(value) ? { value: { ...value, surplus: 1 } } : undefined,
  },
  {
    how: 'a list with a double',
    becomes: (value, path) => {
      const [first] = Array.isArray(value) ? value : [];
      return isNode(first) &&
        !Array.isArray(first) &&
        'code' in first &&
        path.length > 0 &&
        Array.isArray(value)
        ? { value: [...value, first] }
        : undefined;
    },
  },
];

/** The same choice on every run: a small generator, so that a red case can be looked at again. */
const numbers = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed;
};

const books: unknown[] = [...publishedBooks, referenceHall, written()];
const names = (told: readonly { path: string }[], path: string): boolean =>
  told.some(
    (one) =>
      one.path === path || one.path.startsWith(`${path}.`) || path.replace(/\.[^.]+$/, '') === one.path,
  );

describe('a slip of the pen', () => {
  test('600 of them are refused by name, or say the same as before', () => {
    const next = numbers(20_261_122);
    const unproven: string[] = [];
    let made = 0;
    let refused = 0;
    while (made < 600) {
      const book = books[next() % books.length];
      const paths = pathsOf(book);
      const path = paths[next() % paths.length];
      const slip = slips[next() % slips.length];
      if (!path || !slip) continue;
      const data: unknown = structuredClone(book);
      const parent = path.slice(0, -1).reduce(at, data);
      const key = path.at(-1);
      if (!isNode(parent) || key === undefined) continue;
      const becomes = slip.becomes(at(parent, key), path);
      if (!becomes) continue;
      put(parent, key, becomes.value);
      made += 1;
      const checked = checkRuleBook(data);
      const where = path.join('.');
      if (checked.ok) {
        if (canonical(checked.value) !== canonical(ruleBook.parse(book)))
          unproven.push(`${where}: ${slip.how}`);
      } else {
        refused += 1;
        if (!names(checked.errors, where))
          unproven.push(`${where}: ${slip.how}: ${JSON.stringify(checked.errors)}`);
        for (const { reason, mend } of checked.errors) expect(`${reason}${mend}`).toMatch(/\p{Script=Han}/u);
      }
    }
    expect(unproven).toEqual([]);
    expect(refused).toBeGreaterThan(550);
  });

  test('leaving out what must be there is told by its name', () => {
    const form = z.toJSONSchema(ruleBook, { io: 'input' });
    for (const key of form.required ?? []) {
      const data: Record<string, unknown> = { ...written() };
      delete data[key];
      const checked = checkRuleBook(data);
      expect(checked.ok ? [] : checked.errors.map(({ path }) => path)).toContain(key);
    }
  });
});
