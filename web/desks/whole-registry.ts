// The whole register as one list, for the desks that keep it: every kind the reader may see, page after page.
import { useQuery } from '@tanstack/react-query';
import type { RegistryEntry } from '../../shared/people.ts';
import { readAll } from '../client.ts';
import { RefusedAnswer } from './kit.tsx';

const readWhole = async (): Promise<RegistryEntry[]> => {
  const all = await readAll('registry.list', '/api/registry');
  if (!all.ok) throw new RefusedAnswer(all.refusal);
  return all.value;
};

export const useWholeRegistry = () =>
  useQuery<RegistryEntry[]>({ queryKey: ['registry', 'whole'], queryFn: readWhole, staleTime: 60_000 });
