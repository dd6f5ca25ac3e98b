// `npm run screens`: takes the pictures of docs/screens in the hall of the half-year, on a working morning some days after
// its end: `npm run demo -- half-year` plays it once into .data/half-year (DATA_DIR), and a copy of it is opened here each
// time, so that every run finds the same. `npm run screens -- only NAME …` takes some again; `npm run screens -- FOLDER
// [NAME …]` takes every screen on a tablet, at a desk and on a phone instead, whole pages, to be looked at.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { demoAccounts, playOn, seedDemo } from '../../local/demo-life.ts';
import { startMachine } from '../../local/machine.ts';
import { buildWebApp, webFolder } from '../../local/web-app.ts';
import { dayOf, instantAt, plusDays } from '../../shared/time.ts';
import { counterScene, writeFilm } from './camera-scene.ts';
import { type Ask, type Screen, screens } from './screen-list.ts';

const sizes = {
  tablet: { width: 1180, height: 820 },
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
type Size = keyof typeof sizes;

const [where, ...only] = process.argv.slice(2);
const folder = where === 'only' ? undefined : where;
const story = resolve(process.env.DATA_DIR || '.data/half-year');
if (!existsSync(join(story, 'seeded'))) {
  console.error(`${story} 还没有半年数据,请先 npm run demo -- half-year · play the half-year first`);
  process.exit(1);
}

/** A morning some days after the story, on a working day: the patrols have gone on meanwhile, and something is due. */
const someMorningsAfter = (end: string): string => {
  let day = plusDays(dayOf(end), 4);
  while ([0, 6].includes(new Date(`${day}T00:00:00.000Z`).getUTCDay())) day = plusDays(day, 1);
  return instantAt(day, '10:45');
};

const launch = (film?: string): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
      ...(film === undefined ? [] : [`--use-file-for-fake-video-capture=${film}`]),
    ],
  });

/** A browser of their own for each person, signed in once. */
const comingIn = (browser: Browser, baseURL: string) => {
  const known = new Map<string, Promise<BrowserContext>>();
  const enter = async (who: string | undefined): Promise<BrowserContext> => {
    const context = await browser.newContext({
      ...{ baseURL, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: true, reducedMotion: 'reduce' },
      permissions: ['camera', 'microphone'],
    });
    // The pictures show days of work, not the first one.
    const hints = 'patrol,round,finding,queue,own,portal,department';
    await context.addInitScript((read) => localStorage.setItem('mingchuang.hints', read), hints);
    if (who === undefined) return context;
    const page = await context.newPage();
    await page.goto('/');
    await page.getByRole('button', { name: '登录' }).click();
    await page.locator(`button[value="${who}"]`).click();
    await page.getByRole('button', { name: '退出' }).waitFor();
    await page.close();
    return context;
  };
  return (who: string | undefined): Promise<BrowserContext> => {
    const context = known.get(who ?? '') ?? enter(who);
    known.set(who ?? '', context);
    return context;
  };
};

const asking =
  (page: Page): Ask =>
  (path) =>
    page.evaluate(async (to) => {
      const key = Object.keys(localStorage).find((one) => one.startsWith('oidc.user:')) ?? '';
      const { access_token: token } = JSON.parse(localStorage.getItem(key) ?? '{}');
      return (await fetch(to, { headers: { authorization: `Bearer ${token}` } })).json();
    }, path);

const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.waiting') === null);
  await page.waitForTimeout(600);
};

const arranged = async (contextOf: ReturnType<typeof comingIn>, { arrange }: Screen): Promise<void> => {
  if (!arrange) return;
  const page = await (await contextOf(arrange.who)).newPage();
  await page.goto('/');
  await settled(page);
  await arrange.does(page, asking(page));
  await page.close();
};

const takeOne = async (context: BrowserContext, screen: Screen, size: Size, to: string): Promise<void> => {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  try {
    await page.setViewportSize(sizes[size]);
    await page.goto('/');
    await settled(page);
    await page.goto(await screen.at(asking(page)));
    await settled(page);
    await screen.before?.(page);
    await settled(page);
    await page.screenshot({ path: to, fullPage: folder !== undefined });
    console.log(to);
  } catch (error) {
    console.error(`${screen.name} ${size}: ${String(error).split('\n')[0]}`);
    await page.screenshot({ path: `${to}.failed.png` });
    process.exitCode = 1;
  } finally {
    await context.setOffline(false);
    await page.close();
  }
};

const take = async (baseURL: string, scratch: string): Promise<void> => {
  const film = join(scratch, 'scene.y4m');
  const painter = await launch();
  await writeFilm(painter, counterScene, film);
  await painter.close();
  const browser = await launch(film);
  const to = folder === undefined ? resolve(import.meta.dirname, '../../docs/screens') : resolve(folder);
  mkdirSync(to, { recursive: true });
  const contextOf = comingIn(browser, baseURL);
  for (const screen of screens) {
    if (only.length > 0 && !only.includes(screen.name)) continue;
    if (folder === undefined && screen.lookOnly) continue;
    await arranged(contextOf, screen);
    const wanted: readonly Size[] = folder === undefined ? [screen.size] : ['tablet', 'desk', 'phone'];
    for (const size of wanted) {
      const name = folder === undefined ? screen.name : `${screen.name}-${size}`;
      await takeOne(await contextOf(screen.who), screen, size, join(to, `${name}.png`));
    }
  }
  await browser.close();
};

await buildWebApp();
const scratch = mkdtempSync(join(tmpdir(), 'mingchuang-screens-'));
const data = join(scratch, 'data');
cpSync(story, data, { recursive: true });
const end = readFileSync(join(data, 'seeded'), 'utf8');
const ahead = Date.parse(someMorningsAfter(end)) - Date.now();
const machine = await startMachine({
  ...{ folder: data, port: 0, web: webFolder, accounts: demoAccounts },
  clock: () => new Date(Date.now() + ahead).toISOString(),
});
try {
  await seedDemo(machine.house, machine.url, data);
  await playOn(machine.house, plusDays(dayOf(end), -1));
  await take(machine.url, scratch);
} finally {
  await machine.stop();
  rmSync(scratch, { recursive: true, force: true });
}
process.exit();
