// The register as a screen picks from it: entries of one kind, all pages, and who and what belongs to a department today.

import type { View } from '../shared/views.ts';
import { type Outcome, read } from './client.ts';
import { today } from './clock.ts';

export type Entry = View<'registry.list'>['items'][number];
export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** Every entry of a kind, page by page. */
export const readEntries = async <K extends Entry['kind']>(kind: K): Promise<Outcome<EntryOf<K>[]>> => {
  const all: EntryOf<K>[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const at: string = `/api/registry?kind=${kind}&limit=200${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`;
    const page: Outcome<View<'registry.list'>> = await read('registry.list', at);
    if (!page.ok) return page;
    for (const entry of page.value.items) if (isOf(entry, kind)) all.push(entry);
    after = page.value.next;
  }
  return { ok: true, value: all };
};

const isOf = <K extends Entry['kind']>(entry: Entry, kind: K): entry is EntryOf<K> => entry.kind === kind;

export const holdsToday = (entry: { from: string; until?: string | undefined }): boolean =>
  entry.from <= today() && (entry.until === undefined || today() <= entry.until);

/** A window as it is picked from a list; many are called by their number alone. */
export const windowWords = ({ number, name }: { number: string; name: string }): string =>
  name.includes(number) ? name : `${number} ${name}`;
