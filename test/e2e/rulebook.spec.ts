// The rule book at the clerk's desk: field by field, several mistakes at once each at its place, the same draft as text,
// rehearsed and put in force from a month on.
import { expect, test } from '@playwright/test';
import { comesIn, expectUsable } from './office.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('the clerk mends a rule book field by field, rehearses it and puts it in force', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await comesIn(browser, 'ban', '/settings/rulebook');
  const parts = page.getByRole('navigation', { name: '考核办法各部分' });
  await parts.getByRole('button', { name: /^条款/ }).click();
  const [first, second] = [page.locator('.book-said').nth(0), page.locator('.book-said').nth(1)];
  const was = (await second.textContent()) ?? '';
  await page.getByRole('button', { name: /^上移/ }).nth(1).click();
  await expect(first).toHaveText(was);
  await first.click();
  await page.getByLabel('名称').fill('');
  await page.getByLabel('条款编号').fill('条一');
  await expectUsable(page);
  await page.getByRole('button', { name: '检查' }).click();
  const alert = page.getByRole('alert').filter({ hasText: '错误' });
  await expect(alert.getByRole('listitem')).not.toHaveCount(0);
  expect(await alert.getByRole('listitem').count()).toBeGreaterThan(1);
  await expect(parts.getByText(/处错误/)).toBeVisible();

  // From the list of mistakes to the field, wherever one is.
  await parts.getByRole('button', { name: '编号和名称' }).click();
  await alert.getByRole('button', { name: '条款第1项 · 名称' }).click();
  await expect(page.getByLabel('名称')).toBeFocused();
  await page.getByLabel('名称').fill('上班迟到或早退');
  await page.getByLabel('条款编号').fill('90');

  // Taken back and as text it is the same draft.
  await page.getByRole('tab', { name: '文本' }).click();
  await expect(page.getByLabel('考核办法文本')).toHaveValue(/"code": "90"/);
  await page.getByRole('tab', { name: '逐项填写' }).click();
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(page.getByLabel('条款编号')).not.toHaveValue('90');
  await page.getByLabel('条款编号').fill('90');

  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByText('没有错误,可以试算和施行。')).toBeVisible();
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByRole('heading', { name: '试算结果' })).toBeVisible();
  await page.getByRole('button', { name: '施行' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('从哪个月起').fill('2027-01');
  await dialog.getByRole('button', { name: '施行' }).click();
  await expect(page.getByRole('row', { name: /自 2027年1月起/ })).toBeVisible();
});
