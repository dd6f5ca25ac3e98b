// Who sits in front of this device, what they are called and what they may do: asked of the API, kept for the time
// without network. Knows no screen.
import type * as z from 'zod';
import { firstViews } from '../shared/first-views.ts';
import { office } from '../shared/office.ts';
import type { Role } from '../shared/people.ts';
import type { View } from '../shared/views.ts';
import { type Outcome, read } from './client.ts';

export type Me = View<'me.read'>;

const key = 'mingchuang.me';

/** As last heard; undefined when nobody was ever signed in here. */
export const rememberedMe = (): Me | undefined => {
  const text = localStorage.getItem(key);
  if (text === null) return undefined;
  const shape: z.ZodType<Me> = firstViews['me.read'];
  const kept = shape.safeParse(JSON.parse(text));
  return kept.success ? kept.data : undefined;
};

export const askMe = async (): Promise<Outcome<Me>> => {
  const me = await read('me.read', '/api/me');
  if (me.ok) localStorage.setItem(key, JSON.stringify(me.value));
  return me;
};

export const forgetMe = (): void => localStorage.removeItem(key);

export const holds = (me: Me, ...roles: Role[]): boolean => me.roles.some(({ role }) => roles.includes(role));
export const may = (me: Me, ...actions: string[]): boolean =>
  actions.some((action) => me.abilities.includes(action));

/** Who has the room of the hall's settings, and comes to its other pages from there. */
export const hasSettings = (me: Me): boolean => holds(me, 'admin', 'gridLeader', ...office);
