// What follows from a month besides talks and letters: an order put right, checked and struck off; a measure carried out
// and answered; figures handed in, corrected and taken back; a deed recognised.
import { expect, test } from '@playwright/test';
import { ruleBook } from '../cast.ts';
import { knockAs } from './knocking.ts';
import { comesIn, expectUsable, reports, sends } from './office.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const photo = {
  name: '现场.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
};

test('an order is put right, checked by somebody else and struck off', async ({ browser }) => {
  test.setTimeout(120_000);
  const clerk = await comesIn(browser, 'ban', '/months/2026-11?tab=orders');
  await clerk.getByRole('button', { name: '开整改单' }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('责任单位').click();
  await clerk.getByTitle('市税务局').click();
  await dialog.getByLabel('整改要求').fill('等候区座椅破损,请修复');
  await dialog.getByLabel('整改前照片').setInputFiles(photo);
  await dialog.getByRole('button', { name: '开单' }).click();
  await clerk
    .getByRole('row', { name: /市税务局/ })
    .getByRole('link', { name: '查看' })
    .click();
  await expect(clerk.getByRole('heading', { name: /整改单:市税务局/ })).toBeVisible();
  await expectUsable(clerk);
  await clerk.getByRole('button', { name: '整改完成' }).click();
  await dialog.getByLabel('怎样整改的').fill('座椅已更换');
  await dialog.getByLabel('整改后照片').setInputFiles(photo);
  await dialog.getByRole('button', { name: '登记完成' }).click();
  await expect(clerk.getByText('已整改,待复查')).toBeVisible();
  await expect(clerk.getByRole('button', { name: '复查', exact: true })).toHaveCount(0);

  const head = await comesIn(browser, 'ke', new URL(clerk.url()).pathname);
  await head.getByRole('button', { name: '复查', exact: true }).click();
  await head.getByRole('dialog').getByLabel('复查意见').fill('现场看过,已修好');
  await head.getByRole('dialog').getByRole('button', { name: '登记复查' }).click();
  await head.getByRole('button', { name: '销号' }).click();
  await head.getByRole('dialog').getByRole('button', { name: '销号' }).click();
  await expect(head.getByText('已销号')).toBeVisible();
});

test('a measure is carried out and answered; figures are handed in and corrected', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(150_000);
  const clerk = await comesIn(browser, 'ban');
  const when = { severity: ['minor', 'evident'], times: { again: true }, subject: 'department' };
  await sends(clerk, '/api/rulebooks', {
    from: '2026-11',
    book: { ...ruleBook, ladder: [...ruleBook.ladder, { code: 'urging', when, measure: 'urge' }] },
  });
  const patrol = await comesIn(browser, 'xun');
  const finding = { violation: 'DIS-PHONE', window: 'window-a01', person: 'chuang', time: '09:10' };
  const id = await reports(patrol, { ...finding, description: '看手机' });
  const grid = await knockAs(browser, 'ge', baseURL);
  await grid.post(`/api/cases/${id}/confirm`, { severity: 'minor', clause: '3', reason: '照片清楚' });
  await grid.post(`/api/cases/${id}/notify`, { way: 'tablet', deliveredAt: await grid.now() });
  const person = await knockAs(browser, 'chuang', baseURL);
  await person.post(`/api/cases/${id}/answer`, { noObjection: true, answer: '无异议' });

  await clerk.goto('/months/2026-11?tab=measures');
  const row = clerk.getByRole('row', { name: /下发催办单/ });
  await row.getByRole('link', { name: '去办理' }).click();
  await clerk.getByLabel('内容').fill('请督促窗口人员遵守纪律,五日内反馈');
  await expectUsable(clerk);
  await clerk.getByRole('button', { name: '登记落实' }).click();
  await expect(clerk.getByRole('heading', { name: '下发催办单:市税务局' })).toBeVisible();
  await clerk.getByRole('button', { name: '反馈办理结果' }).click();
  await clerk.getByLabel('办理、整改或处理结果').fill('已谈话提醒');
  await clerk.getByRole('dialog').getByRole('button', { name: '反馈', exact: true }).click();
  await expect(clerk.getByText('已反馈')).toBeVisible();
  await expect(clerk.getByRole('dialog')).toBeHidden();
  await expectUsable(clerk);

  await clerk.goto('/months/2026-11/figures');
  await expectUsable(clerk);
  await clerk
    .getByRole('row', { name: /办件量/ })
    .first()
    .getByRole('link')
    .click();
  await clerk.getByLabel(/^庄窗 数量/).fill('120');
  await clerk.getByLabel(/^税二 数量/).fill('95.5');
  await clerk.getByRole('button', { name: '录入 2 行' }).click();
  await clerk.getByRole('dialog').getByLabel('哪个系统、哪次测评').fill('排队叫号系统');
  await clerk.getByRole('dialog').getByRole('button', { name: '录入' }).click();
  await expect(clerk.getByText('业务系统:排队叫号系统')).toHaveCount(2);
  await expect(clerk.getByRole('dialog')).toBeHidden();
  await expectUsable(clerk);
  await clerk.getByLabel(/^庄窗 数量/).fill('121');
  await clerk.getByLabel(/^税二 数量/).fill('');
  await expect(clerk.getByRole('button', { name: '撤回 1 行' })).toBeEnabled();
  await clerk.getByRole('button', { name: '更正 1 行' }).click();
  await clerk.getByRole('dialog').getByLabel('理由').fill('系统漏计一件');
  await clerk.getByRole('dialog').getByRole('button', { name: '更正' }).click();
  await expect(clerk.getByText('系统漏计一件')).toBeVisible();
  await expect(clerk.getByLabel(/^庄窗 数量/)).toHaveValue('121');
});

test('a deed is recognised under its clause, with where the original was seen', async ({ browser }) => {
  const clerk = await comesIn(browser, 'ban');
  const id = await sends(clerk, '/api/bonuses', {
    ...{ type: 'BON-PRAISE', day: '2026-11-18', persons: ['chuang'], way: 'pennant' },
    description: '群众送来锦旗一面',
  });
  const page = await comesIn(browser, 'ge', `/bonuses/${id}`);
  await page.getByRole('button', { name: '认定', exact: true }).click();
  await page.getByLabel('原件在哪里看到的').fill('锦旗存督查科');
  await page.getByRole('textbox', { name: '理由' }).fill('锦旗属实');
  await page.getByRole('dialog').getByRole('button', { name: '认定' }).click();
  await expect(page.getByText('锦旗属实')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expectUsable(page);
});
