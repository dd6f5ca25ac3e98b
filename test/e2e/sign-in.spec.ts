// Coming in: signing in, staying in over a reload, without a network and over a deployment, leaving.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { buildWebApp, webFolder } from '../../local/web-app.ts';
import { openHall } from './hall.ts';
import { signInAs } from './visiting.ts';

test('a grid leader signs in and finds what is due', async ({ page }) => {
  await signInAs(page, 'ge');
  await expect(page.getByText('葛格')).toBeVisible();
  await expect(page).toHaveURL(/\/todo$/);
});

test('the app can be installed, and opens without a network after one visit', async ({ page, context }) => {
  await signInAs(page, 'xun');
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  const browser = await context.newCDPSession(page);
  const { installabilityErrors: against } = await browser.send('Page.getInstallabilityErrors');
  // Nothing but that a test's window keeps nothing.
  expect(against.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('荀巡')).toBeVisible();
});

test('whoever leaves is forgotten', async ({ page }) => {
  await signInAs(page, 'ban');
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page.getByRole('button', { name: '登录' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: '登录' })).toBeVisible();
});

/** What a deployment leaves of the app: the same under other names, and nothing under the old ones. */
const deployAnew = (folder: string): void => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const entry = files.find((file) => /^app\/index-[^/]*\.js$/.test(file)) ?? '';
  const desk = files.find((file) => /^desk\/case-search-[^/]*\.js$/.test(file)) ?? '';
  const names = [entry, desk].map((file) => basename(file, '.js'));
  const anew = (text: string): string => names.reduce((all, name) => all.replaceAll(name, `${name}x`), text);
  for (const file of files) {
    if (!/\.(js|html)$/.test(file)) continue;
    const text = anew(readFileSync(join(folder, file), 'utf8'));
    rmSync(join(folder, file));
    // The page itself is kept by its content.
    writeFileSync(
      join(folder, anew(file)),
      file === 'sw.js' ? text.replace(/(url:"index.html",revision:")[^"]*/, '$1another') : text,
    );
  }
};

test('a page that was open while a new version was deployed goes on with that one', async ({ browser }) => {
  test.setTimeout(120_000);
  await buildWebApp();
  const served = mkdtempSync(join(tmpdir(), 'mingchuang-web-'));
  cpSync(webFolder, served, { recursive: true });
  const hall = await openHall(0, { web: served });
  const context = await browser.newContext({ baseURL: hall.url, locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    await signInAs(page, 'ban');
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.reload();
    const entry = () => page.locator('script[type="module"][src]').getAttribute('src');
    const before = await entry();
    deployAnew(served);
    await page.getByRole('link', { name: '问题', exact: true }).click();
    await expect(page.getByRole('heading', { name: '按编号查找' })).toBeVisible();
    expect(await entry()).not.toBe(before);
    await expect(page).toHaveURL(/\/cases$/);
  } finally {
    await context.close();
    await hall.close();
    rmSync(served, { recursive: true });
  }
});
