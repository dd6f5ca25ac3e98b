// A month closed: the clerk sums it, the director freezes it, and the month's bulletin goes from its proposal to issue,
// each step by somebody else.
import { expect, test } from '@playwright/test';
import { comesIn, expectUsable } from './office.ts';

test('October is summed, frozen and made known', async ({ browser }) => {
  test.slow();
  const clerk = await comesIn(browser, 'ban', '/months');
  const closing = clerk.locator('section', { hasText: '2026年10月结账' });
  await expect(closing).toBeVisible();
  await expectUsable(clerk);
  await closing.getByRole('button', { name: '汇总并公布' }).click();
  await expect(clerk.getByRole('row', { name: /2026年10月/ })).toContainText('已汇总,核对中');
  await expect(closing.getByRole('button', { name: '月度定稿' })).toHaveCount(0);

  const staff = await comesIn(browser, 'chuang', '/mine');
  await staff.getByRole('button', { name: '上一个月' }).click();
  await staff.getByRole('link', { name: '有异议' }).first().click();
  await expect(staff.getByLabel('对哪一行')).toHaveValue('1');
  await staff.getByLabel('理由').fill('十月十五日是公出');
  await expectUsable(staff);
  await staff.getByRole('button', { name: '提出异议' }).click();
  await expect(staff.getByText('待答复')).toBeVisible();

  const director = await comesIn(browser, 'chu', '/months/2026-10');
  await expect(director.getByRole('row', { name: /庄窗/ })).toContainText('100');
  await expect(director.getByText('还有 1 项对得分的异议没有答复')).toBeVisible();
  await director.getByRole('button', { name: '月度定稿' }).click();
  await director.getByRole('dialog').getByRole('button', { name: '定稿', exact: true }).click();
  await expect(director.getByRole('alert')).toContainText('还有对得分的异议没有答复,不能定稿:还有 1 项');
  await director.getByRole('link', { name: /十月十五日是公出/ }).click();
  await director.getByLabel('理由').fill('公出单是十六日');
  await expectUsable(director);
  await director.getByRole('button', { name: '答复', exact: true }).click();
  await expect(director.getByText('维持原得分').first()).toBeVisible();
  await director.goto('/months/2026-10');
  await expectUsable(director);
  await director.getByRole('button', { name: '月度定稿' }).click();
  await director.getByRole('dialog').getByRole('button', { name: '定稿', exact: true }).click();
  await expect(director.getByText('已定稿')).toBeVisible();

  await clerk.goto('/letters/new');
  await expect(clerk.getByLabel('标题')).toHaveValue(/2026年10月窗口遵规守纪情况的通报/);
  await expectUsable(clerk);
  await clerk.getByRole('button', { name: '提交核稿' }).click();
  await clerk.waitForURL(/\/letters\/(?!new)/);
  await expect(clerk.getByText('待核稿')).toBeVisible();
  const letter = new URL(clerk.url()).pathname;

  const head = await comesIn(browser, 'ke', letter);
  await head.getByRole('button', { name: '核稿通过' }).click();
  await head.getByRole('dialog').getByRole('button', { name: '核稿通过' }).click();
  await expect(head.getByText('待签发')).toBeVisible();
  await expectUsable(head);

  await director.goto(letter);
  await director.getByRole('button', { name: '签发并编号' }).click();
  await director.getByRole('dialog').getByRole('button', { name: '签发', exact: true }).click();
  await expect(director.getByText('已编号,待用印')).toBeVisible();
  await expect(director.getByText(/明政服通报〔2026〕1号/).first()).toBeVisible();

  await clerk.reload();
  await clerk.getByRole('button', { name: '用印' }).click();
  const sealed = { name: '通报.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 用印件') };
  await clerk.getByLabel('用印后的扫描件').setInputFiles(sealed);
  await clerk.getByRole('button', { name: '已用印' }).click();
  await clerk.getByRole('button', { name: '印发', exact: true }).click();
  await clerk.getByRole('dialog').getByRole('button', { name: '印发', exact: true }).click();
  await expect(clerk.getByText('已印发').first()).toBeVisible();
  await expect(clerk.getByText('加盖实体印章')).toBeVisible();
});
