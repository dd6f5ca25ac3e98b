import { describe, expect, test } from 'vitest';
import { ruleBookForm } from '../../shared/rulebook-words.ts';

const chinese = /\p{Script=Han}/u;

/** Every object schema below, with its path. */
const below = (of: unknown, path: string): [string, Record<string, unknown>][] => {
  if (typeof of !== 'object' || of === null) return [];
  const own: [string, Record<string, unknown>][] = [];
  for (const [key, value] of Object.entries(of)) {
    if (key === 'properties' && typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) {
        own.push(
          [`${path}.${name}`, Object.fromEntries(Object.entries(each ?? {}))],
          ...below(each, `${path}.${name}`),
        );
      }
    else own.push(...below(value, path));
  }
  return own;
};

describe('the form of a rule book', () => {
  test('names every field in Chinese and says what it means', () => {
    const { schema, unnamed } = ruleBookForm();
    expect(unnamed).toEqual([]);
    const fields = below(schema, '');
    expect(fields.length).toBeGreaterThan(300);
    for (const [path, field] of fields) {
      expect(field.title, path).toMatch(chinese);
      expect(field.description, path).toMatch(chinese);
    }
  });
});
