// The registry and the rule book as desks pick from them: whole kinds of entries, the book of a month. Kept while
// somebody works; knows no screen.
import { useQuery } from '@tanstack/react-query';
import type { EntryKind, Role } from '../../shared/people.ts';
import { plusDays } from '../../shared/time.ts';
import { read } from '../client.ts';
import { today } from '../clock.ts';
import { type EntryOf, readEntries } from '../roster-read.ts';
import { RefusedAnswer } from './kit.tsx';

const wholeKind = async <Kind extends EntryKind>(kind: Kind): Promise<EntryOf<Kind>[]> => {
  const found = await readEntries(kind);
  if (!found.ok) throw new RefusedAnswer(found.refusal);
  return found.value;
};

/** Every entry of a kind; empty for those who may not read the registry. */
export const useRegistry = <Kind extends EntryKind>(kind: Kind, how: { enabled?: boolean } = {}) =>
  useQuery<EntryOf<Kind>[]>({
    queryKey: ['registry', kind],
    queryFn: () => wholeKind(kind),
    staleTime: 300_000,
    enabled: how.enabled ?? true,
  });

/** Weeks may pass between a signature on paper and its entry; whoever signed may have left the office since. */
const entryDays = 60;

/**
 * Those who hold one of the offices today, to choose from; `lately`: or held it when a paper entered now was signed;
 * `grid`: whoever answers for grids answers for this one.
 */
export const useOfficers = (
  offices: readonly Role[],
  how: { lately?: boolean; grid?: string | undefined } = {},
): { value: string; label: string }[] => {
  const { data: grants = [] } = useRegistry('grant');
  const { data: staff = [] } = useRegistry('staff');
  const since = how.lately ? plusDays(today(), -entryDays) : today();
  const holders = new Set(
    grants
      .filter((one) => offices.includes(one.role) && one.from <= today() && (one.until ?? since) >= since)
      .filter(({ grid }) => how.grid === undefined || grid === undefined || grid === how.grid)
      .map(({ person }) => person),
  );
  return staff.filter(({ id }) => holders.has(id)).map(({ id, name }) => ({ value: id, label: name }));
};

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
