// A review to its end: a violation is told and answered, the person asks for a review on paper, somebody who took no part
// decides, and the score gives the points back in a line of its own.
import { expect, test } from '@playwright/test';
import { ruleBookInput } from '../cast.ts';
import { comesIn, expectUsable, reports, sends } from './office.ts';

/** The small hall's rules with one rung: what is evident or serious costs its points. */
const deducting = {
  ...ruleBookInput,
  ladder: [
    {
      ...{ code: 'deduct', measure: 'deduct' },
      when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
    },
  ],
};

test('a review asked for on paper is decided by somebody who took no part', async ({ browser }) => {
  test.slow();
  const patrol = await comesIn(browser, 'xun');
  const id = await reports(patrol, {
    ...{ violation: 'DIS-OFFPOST', window: 'window-a02', person: 'staff-0103', time: '09:30' },
    description: '窗口无人<img src=x onerror=alert(1)>',
  });
  const clerk = await comesIn(browser, 'ban', `/cases/${id}`);
  await sends(clerk, '/api/rulebooks', { from: '2026-11', book: deducting });
  const leader = await comesIn(browser, 'ge', `/cases/${id}`);
  await sends(leader, `/api/cases/${id}/confirm`, {
    ...{ severity: 'evident', clause: '2', reason: '照片可以印证' },
    chosen: { points: 200, reason: '离岗二十分钟' },
  });

  await clerk.reload();
  // What was written stands there as it was written.
  await expect(clerk.getByText('窗口无人<img src=x onerror=alert(1)>').first()).toBeVisible();
  await clerk.getByRole('button', { name: '告知', exact: true }).click();
  await clerk.getByLabel('纸质送达').check();
  const scan = { name: '告知回执.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 回执') };
  await clerk.getByLabel('签字页扫描件').setInputFiles(scan);
  await clerk.getByRole('button', { name: '登记送达' }).click();
  await expect(clerk.getByText('告知送达:纸质送达')).toBeVisible();
  await expect(clerk.getByRole('button', { name: /文件 1 · 调阅/ })).toBeVisible();

  await clerk.getByRole('button', { name: '登记陈述申辩' }).click();
  await clerk.getByLabel('内容').fill('当时按通知去会议室取材料');
  await clerk.getByLabel('根据本人签字的纸质材料录入').check();
  await clerk.getByLabel('签字页扫描件').setInputFiles(scan);
  await clerk.getByRole('button', { name: '登记', exact: true }).click();
  await expect(clerk.getByText('已认定').first()).toBeVisible();

  await clerk.getByRole('button', { name: '申请复核' }).click();
  await clerk.getByLabel('申请理由').fill('有会议签到表为证');
  await clerk.getByLabel('根据本人签字的纸质材料录入').check();
  await clerk
    .getByLabel('签字页扫描件')
    .setInputFiles({ ...scan, name: '复核申请.pdf', buffer: Buffer.from('%PDF-1.4 申请') });
  await expectUsable(clerk);
  await clerk.getByRole('button', { name: '提出申请' }).click();
  await expect(clerk.getByText(/申请复核:税三/)).toBeVisible();
  // Who confirmed is not offered the review.
  await leader.reload();
  await expect(leader.getByText(/申请复核:税三/)).toBeVisible();
  await expect(leader.getByRole('button', { name: '复核决定' })).toHaveCount(0);

  const head = await comesIn(browser, 'ke');
  await head.getByRole('link', { name: /复核.*A02窗口/ }).click();
  await head.getByRole('button', { name: '复核决定' }).click();
  await head.getByText('撤销', { exact: true }).click();
  await head.getByLabel('理由').fill('签到表属实,当时因公离岗');
  await head.getByRole('button', { name: '作出决定' }).click();
  await expect(head.getByText('复核决定:撤销')).toBeVisible();
  await expectUsable(head);

  await head.goto('/months/2026-11/people/staff-0103');
  await expect(head.getByRole('heading', { name: /税三 2026年11月得分/ })).toBeVisible();
  await expect(head.getByText('复核撤销').first()).toBeVisible();
  await expect(head.getByRole('cell', { name: '+2', exact: true })).toBeVisible();
  await expect(head.locator('.figures strong').first()).toHaveText('100');
  await expectUsable(head);
});
