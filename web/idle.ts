// What may wait until the page has been drawn and answers a finger: asking the house anew for what this device knows.

/** Does it in the first free moment, two seconds from now at the latest. Safari has no idle callbacks. */
export const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 300);
};
