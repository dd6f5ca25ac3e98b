// The house itself at the desks: a person moves on a day, a window keeps noon duty, the centre's own words change, and an
// old ledger comes in only after it was seen.
import { expect, test } from '@playwright/test';
import { comesIn, expectUsable } from './office.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('people move and windows keep hours from a day on; the centre says what it is called', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const clerk = await comesIn(browser, 'ban', '/settings/change');
  await clerk.getByLabel('从哪天起').fill('2026-12-01');
  await clerk.getByLabel('谁', { exact: true }).fill('综八');
  await clerk.getByTitle('综八').click();
  await clerk.getByLabel('离开哪些窗口').click();
  await clerk.getByTitle(/^D01/).click();
  await clerk.getByLabel('到哪些窗口').click();
  await clerk.getByTitle(/^C02/).last().click();
  await clerk.keyboard.press('Escape');
  await expectUsable(clerk);
  await clerk.getByRole('button', { name: '登记变更' }).click();
  await expect(clerk.getByText('人员调动已登记,从 2026-12-01 起生效。')).toBeVisible();
  await clerk.getByRole('radio', { name: '部门更名' }).check();
  await clerk.getByLabel('从哪天起').fill('2026-12-01');
  await clerk.getByLabel('哪个部门').click();
  await clerk.getByTitle('市人社局').click();
  await clerk.getByLabel('新名称').fill('市人力资源局');
  await clerk.getByRole('button', { name: '登记变更' }).click();
  await expect(clerk.getByText('部门更名已登记')).toBeVisible();

  await clerk.goto('/settings/hours');
  await clerk.getByRole('button', { name: '登记服务时间' }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('哪里').fill('A01');
  await clerk.getByTitle(/窗口 A01/).click();
  await dialog.getByLabel('时段第 1 段到').fill('14:00');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(clerk.getByRole('row', { name: /午间值班.*A01.*12:00–14:00/ })).toBeVisible();
  await expect(dialog).toBeHidden();
  await expectUsable(clerk);

  const admin = await comesIn(browser, 'guan', '/settings/centre');
  await admin.getByLabel('附注(联系人、电话)').fill('联系人:办公室 0000-1234567');
  await expectUsable(admin);
  await admin.getByRole('button', { name: '保存中心信息' }).click();
  await expect(admin.getByText('已保存。')).toBeVisible();
});
