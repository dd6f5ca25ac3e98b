// For hands and eyes that are not young: at 200 % zoom nothing has to be scrolled sideways, what is pressed on a tablet is
// 44 px large, a hint of first use goes when it was read, and paper bears the page without the frame.
import { expect, type Page, test } from '@playwright/test';
import { beginShift } from './patrolling.ts';
import { signInAs } from './visiting.ts';

test.use({ permissions: ['camera', 'microphone'] });

/** 1180 × 820 at 200 %. */
const zoomed = { width: 590, height: 410 };
const tablet = { width: 1180, height: 820 };

/** What is wider than the screen, by the innermost that sticks out; a frame that scrolls by itself may. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= window.innerWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 && one.children.length === 0)
      .slice(0, 4)
      .map((one) => `${one.tagName}.${one.className}: ${(one.textContent ?? '').slice(0, 30)}`);
  });

/** What is pressed and smaller than a finger; a link within a sentence is as tall as its line (WCAG 2.2, 2.5.8). */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], select, input, textarea, summary, label.button')]
      .filter((one) => {
        const box = one.getBoundingClientRect();
        const unseen = one.classList.contains('unseen') || box.width === 0 || box.bottom < 0;
        if (
          unseen ||
          one.matches('p a, .quiet a, input[type="checkbox"], input[type="radio"], input[type="range"]')
        )
          return false;
        return box.height < 43.5 || box.width < 43.5;
      })
      .map((one) => `${one.tagName}.${one.className}: ${(one.textContent ?? '').slice(0, 20)}`),
  );

const look = async (page: Page, addresses: readonly string[]): Promise<Record<string, string[]>> => {
  const found: Record<string, string[]> = {};
  for (const address of addresses) {
    await page.setViewportSize(tablet);
    await page.goto(address);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect(page.locator('.waiting')).toHaveCount(0);
    const small = await tooSmall(page);
    await page.setViewportSize(zoomed);
    const wide = await tooWide(page);
    if (small.length + wide.length > 0) found[address] = [...small, ...wide.map((one) => `wide ${one}`)];
  }
  return found;
};

test('the patrol’s screens are usable at 200 % and with a finger; the first hint goes for good', async ({
  page,
}) => {
  await beginShift(page);
  await expect(page.getByLabel('使用提示')).toContainText('没有网络也可以照常巡查');
  await page.getByRole('button', { name: '知道了' }).click();
  await expect(page.getByLabel('使用提示')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: '推荐路线' })).toBeVisible();
  await expect(page.getByLabel('使用提示')).toHaveCount(0);
  await page.locator('.grid-tile').getByRole('link', { name: /甲区/ }).click();
  await page.locator('.window-tile').first().getByRole('button', { name: '问题' }).click();
  await expect(page.getByRole('button', { name: '拍照' })).toBeVisible();
  const form = new URL(page.url()).pathname;
  expect(
    await look(page, [
      ...['/patrol', '/patrol/round/new?grid=grid-a', form, '/patrol/roll-call/grid-a'],
      ...['/queue?end=1', '/reports', '/patrol/codes', '/patrol/sheet/grid-a'],
    ]),
  ).toEqual({});
  // On paper: the sheet alone.
  await page.goto('/patrol/sheet/grid-a');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: '主要功能' })).toBeHidden();
  await expect(page.getByRole('button', { name: '打印' })).toBeHidden();
  await expect(page.getByRole('table')).toBeVisible();
});

test('people’s own pages are usable at 200 % and with a finger', async ({ page, browser, baseURL }) => {
  await signInAs(page, 'chuang', '/mine');
  const found = [await look(page, ['/mine', '/honour'])];
  for (const [who, address] of [
    ['lian', '/letters'],
    ['ban', '/patrol/entry'],
  ] as const) {
    const other = await (await browser.newContext({ baseURL: baseURL ?? '', hasTouch: true })).newPage();
    await signInAs(other, who, address);
    found.push(await look(other, [address]));
    await other.context().close();
  }
  expect(found).toEqual([{}, {}, {}]);
});
