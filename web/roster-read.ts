// The register as a screen picks from it: entries of one kind, all pages, and who and what belongs to a department today.
import type { View } from '../shared/views.ts';
import { type Outcome, readAll } from './client.ts';
import { today } from './clock.ts';

export type Entry = View<'registry.list'>['items'][number];
export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** Every entry of a kind. */
export const readEntries = async <K extends Entry['kind']>(kind: K): Promise<Outcome<EntryOf<K>[]>> => {
  const all = await readAll('registry.list', `/api/registry?kind=${kind}`);
  return all.ok ? { ok: true, value: all.value.filter((entry) => isOf(entry, kind)) } : all;
};

const isOf = <K extends Entry['kind']>(entry: Entry, kind: K): entry is EntryOf<K> => entry.kind === kind;

export const holdsToday = (entry: { from: string; until?: string | undefined }): boolean =>
  entry.from <= today() && (entry.until === undefined || today() <= entry.until);

/** A window as it is picked from a list; many are called by their number alone. */
export const windowWords = ({ number, name }: { number: string; name: string }): string =>
  name.includes(number) ? name : `${number} ${name}`;
