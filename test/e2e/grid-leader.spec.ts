// The grid leader's morning: what is due, the undisputed minor ones together, a weightier one with its photo, confirmed
// with points within the clause's range and told to the person.
import { expect, test } from '@playwright/test';
import { comesIn, expectUsable, reports } from './office.ts';

test('a grid leader works down what came in overnight', async ({ browser }) => {
  test.slow();
  const patrol = await comesIn(browser, 'xun');
  const phone = { violation: 'DIS-PHONE', window: 'window-a01' };
  await reports(patrol, { ...phone, person: 'chuang', time: '09:10', description: '看手机' });
  await reports(patrol, { ...phone, person: 'staff-0102', time: '09:20', description: '看手机,窗口无人' });
  const empty = await reports(patrol, {
    ...{ violation: 'DIS-OFFPOST', window: 'window-a02', person: 'staff-0103', time: '09:40' },
    ...{ description: '窗口无人约二十分钟,有两名群众等候', photo: true },
  });

  const page = await comesIn(browser, 'ge');
  await expect(page.getByRole('heading', { name: /待核实的问题/ })).toBeVisible();
  await expect(page.getByText('A02窗口 擅自离岗、脱岗')).toBeVisible();
  await expectUsable(page);

  await page.getByRole('link', { name: '批量核实轻微问题' }).click();
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.getByLabel('全选').check();
  await expectUsable(page);
  await page.getByRole('button', { name: '确认属实 2 条' }).click();
  await expect(page.getByText('已核实 2 条')).toBeVisible();
  await expect(page.getByText('没有可以批量核实的轻微问题')).toBeVisible();

  await page.getByRole('link', { name: /‹ 待办/ }).click();
  await page.getByRole('link', { name: /A02窗口 擅自离岗/ }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${empty}`));
  await expect(page.getByText('按登记在岗:税三')).toBeVisible();

  // The reason to look is known: it is the grid leader's own task. The look is registered all the same.
  await page.getByRole('button', { name: /照片 1 · 调阅/ }).click();
  const viewer = page.getByRole('dialog');
  await expect(viewer.getByRole('img', { name: '证据照片' })).toBeVisible();
  await expect(viewer.getByText(/本次调阅已登记:葛格.*核实问题 26-11-/)).toBeVisible();
  await expect(viewer.locator('.watermark text')).toContainText('葛格');
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();

  await expectUsable(page);
  await page.getByLabel(/酌定分值/).fill('2');
  await page.getByLabel('为何是这个分值').fill('离岗二十分钟,有群众等候');
  await page.getByLabel('认定理由').fill('调阅现场照片,与上报情况一致');
  await page.getByRole('button', { name: '确认属实,酌定扣 2 分' }).click();
  await expect(page.getByText('属实,待告知').first()).toBeVisible();

  await page.getByRole('button', { name: '告知', exact: true }).click();
  await expectUsable(page);
  await page.getByRole('button', { name: '登记送达' }).click();
  await expect(page.getByText('已告知,待陈述申辩').first()).toBeVisible();
  await expect(page.getByText('告知送达:平板签字')).toBeVisible();

  // The heads see in the register who looked and why; the photo opens for them with a reason of their own.
  const head = await comesIn(browser, 'ke', `/cases/${empty}`);
  await head.getByRole('button', { name: '调阅登记' }).click();
  await expect(head.getByRole('dialog').getByText('葛格')).toBeVisible();
  await expect(head.getByRole('dialog').getByText(/核实问题 26-11-/)).toBeVisible();
});

test('the keyboard alone is enough to dismiss a finding', async ({ browser }) => {
  const patrol = await comesIn(browser, 'xun');
  const id = await reports(patrol, {
    ...{ violation: 'DIS-PHONE', window: 'window-a01', person: 'chuang', time: '09:55' },
    description: '疑似看手机',
  });
  const page = await comesIn(browser, 'ge', `/cases/${id}`);
  await page.getByRole('radio', { name: '属实', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: '不属实' })).toBeChecked();
  const reason = page.getByRole('textbox', { name: '不属实的理由' });
  await expect(reason).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(reason).toBeFocused();
  await page.keyboard.type('当时在查办件进度');
  await expect(reason).toHaveValue('当时在查办件进度');
  // The sign-in ends while they write, and the page, looked at again, asks anew: nothing written is lost.
  const kept = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((one) => one.startsWith('oidc.user:')) ?? '';
    const user = localStorage.getItem(key) ?? '';
    localStorage.removeItem(key);
    return { key, user };
  });
  // So long an answer is taken for fresh.
  await page.waitForTimeout(10_500);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await page.waitForTimeout(1_500);
  await expect(reason).toHaveValue('当时在查办件进度');
  await page.evaluate(({ key, user }) => localStorage.setItem(key, user), kept);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('核实不属实')).toBeVisible();
});
