// How quickly a tablet stands ready, and how smoothly a desk's longest list scrolls: the built app before the hall of 300
// window staff, in a real Chromium whose processor is slowed down four times (a tablet of 2020 against this machine).
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import * as z from 'zod';
import { buildWebApp, webFolder } from '../../local/web-app.ts';
import { type Figure, month, openHall } from './hall.ts';

const slower = 4;
const rounds = 5;

const slowed = async (page: Page): Promise<CDPSession> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  return devtools;
};

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const signedIn = async (browser: Browser, baseURL: string, who: string): Promise<BrowserContext> => {
  const context = await browser.newContext({
    ...{ baseURL, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: true },
    viewport: { width: 1180, height: 820 },
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: '登录' }).click();
  await page.locator(`button[value="${who}"]`).click();
  await page.getByRole('button', { name: '退出' }).waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.close();
  return context;
};

// What runs in the page stands as text: this room is typed without a browser.

/**
 * The page itself notes the milliseconds since the navigation when the round can be begun: the button stands there, a free
 * moment came and the next frame, so whoever taps now is heard. Asking from outside all the while would be work of the
 * page's own thread.
 */
const noting = `{
  const seen = new MutationObserver(() => {
    if (![...document.querySelectorAll('main button')].some((one) => one.textContent.includes('按推荐路线巡查'))) return;
    seen.disconnect();
    requestIdleCallback(() => requestAnimationFrame(() => (window.answersSince = performance.now())));
  });
  seen.observe(document, { childList: true, subtree: true });
}`;
const answering = async (page: Page): Promise<number> => {
  for (let asked = 0; asked < 120; asked += 1) {
    await page.waitForTimeout(250);
    const since = z.number().parse(await page.evaluate('window.answersSince ?? 0'));
    if (since > 0) return since;
  }
  throw new Error('the patrol never stood ready');
};

/**
 * Milliseconds from the navigation until the round can be begun: the button stands there and the page answers. Without
 * cache and worker as on a first visit, or as the worker keeps it, without a network.
 */
const readiness = async (context: BrowserContext, how: 'first' | 'offline'): Promise<number> => {
  const page = await context.newPage();
  const devtools = await slowed(page);
  if (how === 'first') {
    await devtools.send('Network.enable');
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await devtools.send('Network.setBypassServiceWorker', { bypass: true });
  } else await context.setOffline(true);
  await page.addInitScript(noting);
  await page.goto('/patrol', { waitUntil: 'commit' });
  const took = await answering(page);
  await context.setOffline(false);
  await page.close();
  return took;
};

const metrics = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

/**
 * Milliseconds the page's own thread has worked so far, by its own clock: what others do on this machine does not count.
 * Times four it is what a processor four times slower needs.
 */
const worked = async (devtools: CDPSession): Promise<number> => {
  const found = metrics.parse(await devtools.send('Performance.getMetrics')).metrics;
  return (found.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
};
const counting = async (page: Page): Promise<CDPSession> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return devtools;
};

/** The page's own work until the round can be begun, on a first visit. */
const workToReady = async (context: BrowserContext): Promise<number> => {
  const page = await context.newPage();
  const devtools = await counting(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools.send('Network.setBypassServiceWorker', { bypass: true });
  await page.addInitScript(noting);
  await page.goto('/patrol', { waitUntil: 'commit' });
  await answering(page);
  const work = await worked(devtools);
  await page.close();
  return work;
};

/** Scrolls the people of the board from top to bottom in steps of a finger's flick; milliseconds between its frames. */
const scrolling = `new Promise((done) => {
  const inner = [...document.querySelectorAll('main *')].find((one) =>
    one.scrollHeight > one.clientHeight + 2000 && getComputedStyle(one).overflowY !== 'visible');
  const long = inner ?? document.scrollingElement;
  const frames = [];
  let before = performance.now();
  const step = (now) => {
    frames.push(now - before);
    before = now;
    const at = long.scrollTop;
    long.scrollBy(0, 90);
    if (long.scrollTop !== at) requestAnimationFrame(step);
    else done(frames.slice(2));
  };
  requestAnimationFrame(step);
})`;

export const webSpeed = async (): Promise<Figure[]> => {
  await buildWebApp();
  const hall = await openHall({ web: webFolder });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const patrol = await signedIn(browser, hall.machine.url, 'xun');
    const first: number[] = [];
    const offline: number[] = [];
    const work: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      first.push(await readiness(patrol, 'first'));
      offline.push(await readiness(patrol, 'offline'));
      work.push(await workToReady(patrol));
    }
    const desk = await signedIn(browser, hall.machine.url, 'ban');
    const page = await desk.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/months/${month}`);
    await page.getByText('共 300 行').waitFor({ timeout: 60_000 });
    const devtools = await counting(page);
    const before = await worked(devtools);
    const still = z.array(z.number()).parse(await page.evaluate(scrolling)).length;
    const aFrame = (((await worked(devtools)) - before) / still) * slower;
    await page.evaluate('for (const one of document.querySelectorAll("main *")) one.scrollTop = 0');
    await slowed(page);
    const frames = z.array(z.number()).parse(await page.evaluate(scrolling));
    const sorted = frames.toSorted((a, b) => a - b);
    const at95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const figure = (name: string, value: string): Figure => ({ name, value });
    return [
      figure('patrol ready, first visit, CPU 4× slower', `${Math.round(middle(first))} ms`),
      figure('patrol ready, without network, CPU 4× slower', `${Math.round(middle(offline))} ms`),
      figure('patrol ready, first visit, own work × 4', `${Math.round(middle(work) * slower)} ms`),
      figure('board of 300 staff scrolled, own work a frame × 4', `${aFrame.toFixed(1)} ms of 16.7`),
      figure(
        'board of 300 staff scrolled, CPU 4× slower',
        `${Math.round((frames.length * 1000) / frames.reduce((sum, one) => sum + one, 0))} frames a second, 95 % within ${Math.round(at95)} ms`,
      ),
    ];
  } finally {
    await browser.close();
    await hall.close();
  }
};
