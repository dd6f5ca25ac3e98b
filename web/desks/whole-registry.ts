// The whole register as one list, for the desks that keep it: every kind the reader may see, page after page.
import { useQuery } from '@tanstack/react-query';
import type { RegistryEntry } from '../../shared/people.ts';
import { read } from '../client.ts';
import { RefusedAnswer } from './kit.tsx';

const readWhole = async (): Promise<RegistryEntry[]> => {
  const found: RegistryEntry[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const more: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const page = await read('registry.list', `/api/registry?limit=200${more}`);
    if (!page.ok) throw new RefusedAnswer(page.refusal);
    found.push(...page.value.items);
    after = page.value.next;
  }
  return found;
};

export const useWholeRegistry = () =>
  useQuery<RegistryEntry[]>({ queryKey: ['registry', 'whole'], queryFn: readWhole, staleTime: 60_000 });
