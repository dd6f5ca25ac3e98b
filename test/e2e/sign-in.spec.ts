// Coming in: signing in, staying in over a reload and without a network, leaving.
import { expect, test } from '@playwright/test';
import { signInAs } from './visiting.ts';

test('a grid leader signs in and finds what is due', async ({ page }) => {
  await signInAs(page, 'ge');
  await expect(page.getByText('葛格')).toBeVisible();
  await expect(page).toHaveURL(/\/todo$/);
});

test('the app opens without a network after one visit', async ({ page, context }) => {
  await signInAs(page, 'xun');
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
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
