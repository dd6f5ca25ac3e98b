// How a person of the cast comes in through the browser.
import { expect, type Page } from '@playwright/test';

/** Signs in through the page of the built-in issuer and waits until the app knows them. */
export const signInAs = async (page: Page, subject: string, at = '/'): Promise<void> => {
  await page.goto(at);
  await page.getByRole('button', { name: '登录' }).click();
  await page.locator(`button[value="${subject}"]`).click();
  await expect(page.getByRole('button', { name: '退出' })).toBeVisible();
};
