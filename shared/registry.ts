// One stream for each entry of the registry, overwritten as often as the entry is entered anew; its state is the entry
// itself. In the event a person's name is free text, so that it can be purged like every other word about a person.
import type { EventMeta, FreeText } from './events.ts';
import type { StreamRef } from './ids.ts';
import type { RegistryEntry, StaffMember } from './people.ts';

/** An entry as the event carries it. */
export type EnteredEntry =
  | Exclude<RegistryEntry, StaffMember>
  | (Omit<StaffMember, 'name'> & { name: FreeText });

export interface RegistryEvent {
  type: 'registry.entered';
  v: 1;
  entry: EnteredEntry;
}

/** `staff:staff-0101`: the kind is part of the name, so that a window and a grid may share a number. */
export const registryRef = (entry: {
  kind: RegistryEntry['kind'];
  id: string;
}): StreamRef & {
  kind: 'registry';
} => ({ kind: 'registry', id: `${entry.kind}:${entry.id}` });

export const entered = (entry: RegistryEntry): RegistryEvent => ({
  type: 'registry.entered',
  v: 1,
  entry: entry.kind === 'staff' ? { ...entry, name: { text: entry.name } } : entry,
});

/** The last entry wins. */
export const foldRegistry = (
  _state: RegistryEntry | undefined,
  event: RegistryEvent,
  _meta: EventMeta,
): RegistryEntry =>
  event.entry.kind === 'staff' ? { ...event.entry, name: event.entry.name.text } : event.entry;
