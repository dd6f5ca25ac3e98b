// Where the person is in the app: the address, and going to another. Ours, in a few lines, since a router library would
// weigh more on the tablet than a screen does. Knows no screen.
import { type MouseEvent, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};
window.addEventListener('popstate', tell);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Path and query of the page, `/cases/case-2026-11-…?from=todo`. */
export const useAddress = (): string =>
  useSyncExternalStore(subscribe, () => `${window.location.pathname}${window.location.search}`);

/** What the page's query asks for: `?month=2026-10`. */
export const useAsked = (): URLSearchParams => new URLSearchParams(useAddress().split('?')[1]);

/** Goes to a screen of this app. `replace`: so that "back" does not come here again. */
export const go = (to: string, how: { replace?: boolean } = {}): void => {
  if (how.replace) window.history.replaceState(null, '', to);
  else window.history.pushState(null, '', to);
  window.scrollTo(0, 0);
  tell();
};

/** For `onClick` of a link: goes there without loading the page again; a new tab stays a new tab. */
export const followLink = (event: MouseEvent<HTMLAnchorElement>): void => {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(`${event.currentTarget.pathname}${event.currentTarget.search}`);
};

/** What `{names}` of a pattern are in a path; undefined when it does not fit: `/cases/{id}`, `/cases/c1` → `{ id: 'c1' }`. */
export const matched = (pattern: string, path: string): Record<string, string> | undefined => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const named: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const here = decodeURIComponent(given[at] ?? '');
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined && here !== '') named[name] = here;
    else if (part !== here) return undefined;
  }
  return named;
};
