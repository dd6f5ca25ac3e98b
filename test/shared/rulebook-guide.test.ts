// Every example of the guide is a rule book that can be put in force, and gives exactly the lines printed below it.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ruleBook } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { type Block, blocksOf, guideFacts, laidInto, toldOf } from '../guide.ts';

const guide = (name: string): Block[] =>
  blocksOf(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)));
const chinese = guide('rule-books.zh-CN.md');

describe('the guide to rule books', () => {
  const [smallest] = chinese;
  if (!smallest) throw new Error('the guide has no examples');
  const base: unknown = JSON.parse(smallest.text);

  test('begins with a whole book that can be put in force', () => {
    expect(smallest.kind).toBe('json book');
    expect(checkRuleBook(base)).toMatchObject({ ok: true });
  });

  test('has an example for every part of a book', () => {
    const parts = new Set(
      chinese
        .filter(({ kind }) => kind === 'json book')
        .flatMap(({ text }) => Object.keys(Object(JSON.parse(text)))),
    );
    for (const part of Object.keys(ruleBook.shape)) expect([...parts]).toContain(part);
  });

  const examples = chinese.flatMap(({ kind, text }, at) =>
    kind === 'json book'
      ? [[Object.keys(Object(JSON.parse(text))).join(', '), text, chinese[at + 1], chinese[at + 2]] as const]
      : [],
  );
  test.each(examples)('gives its lines: %s', (_parts, fragment, facts, lines) => {
    const checked = checkRuleBook(laidInto(base, JSON.parse(fragment)));
    expect(checked.ok ? [] : checked.errors).toEqual([]);
    if (!checked.ok || facts?.kind !== 'json facts') return;
    expect(lines?.kind).toBe('text lines');
    expect(toldOf(checked.value, guideFacts.parse(JSON.parse(facts.text)))).toBe(lines?.text);
  });

  test('shows the same examples in both languages', () => {
    expect(guide('rule-books.md')).toEqual(chinese);
  });
});
