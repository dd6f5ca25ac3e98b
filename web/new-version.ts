// A newer version of the app takes over when a page begins, or when a screen is asked for that the house no longer serves:
// between two screens, never under somebody's hands. What is kept on the device is the same for both. Knows no screen.
const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Resolves once the worker is past these states, with whether it is still good. */
const past = (worker: ServiceWorker, ...states: ServiceWorkerState[]): Promise<boolean> =>
  new Promise((done) => {
    const look = (): void => {
      if (states.includes(worker.state)) return;
      worker.removeEventListener('statechange', look);
      done(worker.state !== 'redundant');
    };
    worker.addEventListener('statechange', look);
    look();
  });

/** The waiting worker becomes the one of all pages, and this one begins anew with it; false when it would not. */
const takeOver = async (next: ServiceWorker): Promise<boolean> => {
  next.postMessage({ type: 'SKIP_WAITING' });
  if (!(await Promise.race([past(next, 'installed', 'activating'), pause(10_000)]))) return false;
  window.location.reload();
  return true;
};

const triedKey = 'mingchuang.renewed';
/** Once a minute at most: a page never begins anew again and again. */
const mayTry = (): boolean => {
  const tried = Date.now() - Number(sessionStorage.getItem(triedKey) ?? 0) < 60_000;
  if (!tried) sessionStorage.setItem(triedKey, String(Date.now()));
  return !tried;
};

const hour = 3_600_000;
/** Asks the house whether there is a newer version; it is fetched and then waits for a page to begin. */
export const lookForVersion = (): void => {
  void workers
    ?.getRegistration()
    .then((found) => found?.update())
    .catch(() => undefined);
};

/** Called when a page begins. */
export const startVersion = (): void => {
  if (!workers) return;
  if (workers.controller)
    void workers
      .getRegistration()
      .then((found) => (found?.waiting && mayTry() ? takeOver(found.waiting) : undefined));
  window.addEventListener('load', () => void workers.register('/sw.js'));
  // A tablet's app may stay open for days.
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < hour) return;
    looked = Date.now();
    lookForVersion();
  });
};

/**
 * After a part of the app could not be loaded: whether the house serves another version by now, which then takes over
 * under the same address. False without a network, or when it was tried a minute ago.
 */
export const renewed = async (): Promise<boolean> => {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  if (!entry) return false;
  try {
    // With a question behind it, it is no page the worker keeps.
    const answer = await fetch(`/index.html?at=${Date.now()}`, { cache: 'no-store' });
    if (!answer.ok || (await answer.text()).includes(new URL(entry.src).pathname)) return false;
    if (!mayTry()) return false;
    const found = await workers?.getRegistration();
    await found?.update();
    const next = found?.waiting ?? found?.installing;
    if (next) return (await past(next, 'installing')) && (await takeOver(next));
    window.location.reload();
    return true;
  } catch {
    return false;
  }
};
