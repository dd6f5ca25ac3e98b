// The registry and the rule book as desks pick from them: whole kinds of entries, the book of a month. Kept while
// somebody works; knows no screen.
import { useQuery } from '@tanstack/react-query';
import type { EntryKind, RegistryEntry } from '../../shared/people.ts';
import { read } from '../client.ts';
import { RefusedAnswer } from './kit.tsx';

type Entry<Kind extends EntryKind> = Extract<RegistryEntry, { kind: Kind }>;

const isOf =
  <Kind extends EntryKind>(kind: Kind) =>
  (entry: RegistryEntry): entry is Entry<Kind> =>
    entry.kind === kind;

const wholeKind = async <Kind extends EntryKind>(kind: Kind): Promise<Entry<Kind>[]> => {
  const found: RegistryEntry[] = [];
  let after: string | null = '';
  while (after !== null) {
    const more: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const page = await read('registry.list', `/api/registry?kind=${kind}&limit=200${more}`);
    if (!page.ok) throw new RefusedAnswer(page.refusal);
    found.push(...page.value.items);
    after = page.value.next;
  }
  return found.filter(isOf(kind));
};

/** Every entry of a kind; empty for those who may not read the registry. */
export const useRegistry = <Kind extends EntryKind>(kind: Kind, how: { enabled?: boolean } = {}) =>
  useQuery<Entry<Kind>[]>({
    queryKey: ['registry', kind],
    queryFn: () => wholeKind(kind),
    staleTime: 300_000,
    enabled: how.enabled ?? true,
  });

/** The rule book in force in a month: the one that began last. */
export const useRuleBook = (month: string, how: { enabled?: boolean } = {}) =>
  useQuery({
    queryKey: ['rulebook', month],
    staleTime: 300_000,
    enabled: how.enabled ?? true,
    queryFn: async () => {
      const books = await read('rulebook.list', '/api/rulebooks?limit=200');
      if (!books.ok) throw new RefusedAnswer(books.refusal);
      const id = books.value.items
        .filter(({ from }) => from <= month)
        .sort((a, b) => (a.from < b.from ? 1 : -1))[0]?.id;
      if (id === undefined) return null;
      const book = await read('rulebook.read', `/api/rulebooks/${id}`);
      if (!book.ok) throw new RefusedAnswer(book.refusal);
      return book.value.book;
    },
  });
