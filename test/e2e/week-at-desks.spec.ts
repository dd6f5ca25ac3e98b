// The desks' other acts, each by its own person: a complaint from the first word to the answer, a slip of leave with its
// cover, a round of the third party's; and a title that somebody put themselves forward for.
import { expect, type Page, test } from '@playwright/test';
import { ruleBookInput } from '../cast.ts';
import { comesIn, expectUsable, sends } from './office.ts';

/** Chooses in the kit's field by typing a part of the name; the first of a short list with none. */
const picks = async (page: Page, label: string | RegExp, text: string): Promise<void> => {
  const field = page.getByRole('dialog').getByLabel(label).first();
  await field.click();
  if (text !== '') await field.fill(text);
  await page.keyboard.press('Enter');
};

test('a complaint is taken in, looked into, decided and answered', async ({ browser }) => {
  const clerk = await comesIn(browser, 'ban', '/complaints');
  await clerk.getByRole('button', { name: '登记投诉' }).click();
  await clerk.getByLabel('反映内容').fill('问了三遍才答');
  await picks(clerk, '反映的事项', '态度');
  await picks(clerk, /^窗口/, 'A01');
  await clerk.getByRole('button', { name: '登记', exact: true }).click();
  await clerk.getByRole('button', { name: '受理', exact: true }).click();
  await picks(clerk, '调查人', '葛');
  await clerk.getByRole('dialog').getByRole('button', { name: '受理', exact: true }).click();
  await expect(clerk.getByText('待受理')).toHaveCount(0);
  const { pathname } = new URL(clerk.url());

  const leader = await comesIn(browser, 'ge', pathname);
  await leader.getByRole('button', { name: '记录调查' }).click();
  await picks(leader, '方式', '');
  await leader.getByLabel('查明的情况').fill('录像可见,属实');
  await leader.getByRole('dialog').getByRole('button', { name: '记录调查' }).click();
  await expect(leader.getByText('录像可见,属实')).toBeVisible();

  const head = await comesIn(browser, 'ke', pathname);
  await head.getByRole('button', { name: '处置' }).click();
  await picks(head, '结果', '');
  await head.getByLabel('理由').fill('调查属实');
  // What a finding cannot do without is asked for here, not by the server.
  await head.getByRole('dialog').getByRole('button', { name: '处置', exact: true }).click();
  await expect(head.getByText('请填写查明的时间')).toBeVisible();
  await head.getByLabel('问题情况').fill('三次询问才答');
  await head.getByLabel('发生时间').fill('2026-11-18T09:20');
  await head.getByRole('dialog').getByRole('button', { name: '处置', exact: true }).click();
  await expect(head.getByText('待反馈')).toBeVisible();
  await expectUsable(head);
});

test('two complaints of one matter know each other, and what is handed to discipline inspection is gone', async ({
  browser,
}) => {
  const clerk = await comesIn(browser, 'ban', '/complaints');
  const at = '2026-11-18T01:20:00.000Z';
  const taken = {
    ...{ source: 'desk', receivedAt: '2026-11-18T01:55:00.000Z', violation: 'ATT-RUDE' },
    ...{ window: 'window-b01', happened: { from: at, to: at, doubtSeconds: 0 }, content: '叫了几声才答应' },
  };
  const main = await sends(clerk, '/api/complaints', taken);
  const twin = await sends(clerk, '/api/complaints', taken);
  await clerk.goto(`/complaints/${twin}`);
  await expect(clerk.getByRole('button', { name: '催办' })).toHaveCount(0);
  await clerk.getByRole('button', { name: '与另一件合并' }).click();
  await picks(clerk, '并入哪一件', '');
  await clerk.getByLabel('理由').fill('同一件事');
  await clerk.getByRole('dialog').getByRole('button', { name: '与另一件合并' }).click();
  await expect(clerk.getByText('该件处置后再反馈')).toBeVisible();
  await expect(clerk.getByRole('button', { name: '反馈投诉人' })).toHaveCount(0);
  await clerk.getByRole('link', { name: '查看所并入的投诉' }).click();
  await expect(clerk.getByText('另一件同一事情的投诉并入本件')).toBeVisible();
  await expect(clerk.getByRole('link', { name: '查看并入的投诉' })).toBeVisible();

  await clerk.getByRole('button', { name: '移送纪检监察' }).click();
  await picks(clerk, '廉洁问题类型', '');
  await clerk.getByLabel('理由').fill('反映索要礼品');
  await clerk.getByRole('dialog').getByRole('button', { name: '移送纪检监察' }).click();
  await expect(clerk.getByRole('heading', { name: '投诉受理' })).toBeVisible();
  await expect(clerk.getByText('移送 1 件')).toBeVisible();
  const discipline = await comesIn(browser, 'ji', '/complaints');
  await discipline
    .getByRole('row', { name: /已移送/ })
    .getByRole('link')
    .click();
  await expect(discipline).toHaveURL(new RegExp(main));
});

test('leave leaves no window empty, and the third party’s round tells what was scored', async ({
  browser,
}) => {
  const clerk = await comesIn(browser, 'ban', '/leave');
  await clerk.getByRole('button', { name: '登记请假' }).click();
  await clerk.getByLabel('谁请假').selectOption('staff-0107');
  await clerk.getByRole('dialog').getByRole('button', { name: '登记请假' }).click();
  await expect(clerk.getByText('请假已登记')).toBeVisible();
  await clerk
    .getByRole('dialog')
    .getByRole('button', { name: /关闭|Close/ })
    .click();
  await clerk.getByRole('button', { name: '登记顶岗' }).click();
  await clerk.getByLabel('哪个窗口').selectOption('window-c02');
  await clerk.getByLabel('谁顶岗').selectOption('staff-0102');
  await clerk.getByRole('dialog').getByRole('button', { name: '登记顶岗' }).click();
  await expect(clerk.getByText('顶岗已登记')).toBeVisible();

  const third = await comesIn(browser, 'san');
  await expect(third.getByText('今天还没有您登记的测评')).toBeVisible();
  await third.getByRole('button', { name: '登记第三方测评' }).click();
  await third.getByLabel('第几轮').fill('2026-11-1');
  await third.getByRole('button', { name: '开始', exact: true }).click();
  await third.getByRole('button', { name: '登记评分' }).click();
  await third.getByLabel('评分项').fill('首问负责');
  await third.getByLabel('得分').fill('8');
  await third.getByRole('button', { name: '登记', exact: true }).click();
  await expect(third.getByRole('row', { name: /首问负责/ })).toContainText('8 / 10');
});

test('somebody puts themselves forward for the week’s title', async ({ browser }) => {
  const clerk = await comesIn(browser, 'ban', '/awards');
  const weekly = {
    ...{ code: 'week', kind: 'star', title: '一周之星', cadence: 'week', quota: 1 },
    ...{ eligible: {}, criteria: [{ by: 'nominated' }], tie: 'meeting', selfNomination: true },
  };
  await sends(clerk, '/api/rulebooks', {
    from: '2026-11',
    book: { ...ruleBookInput, awards: [weekly] },
  });
  await sends(clerk, '/api/awards', { month: '2026-11', code: 'week', week: '2026-11-09' });
  const staff = await comesIn(browser, 'chuang', '/mine');
  await staff.getByRole('button', { name: '自荐', exact: true }).click();
  await staff.getByLabel('事迹材料').fill('上门为老人办理三次');
  const proof = { name: '照片.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 材料') };
  await staff.getByLabel('证明材料').setInputFiles(proof);
  await expectUsable(staff);
  await staff.getByRole('button', { name: '提交自荐' }).click();
  await expect(staff.getByText('已自荐')).toBeVisible();
  // Handed in too early: taken back, it can be handed in anew.
  await staff.getByRole('button', { name: '撤回' }).click();
  await staff.getByRole('button', { name: '确认撤回自荐' }).click();
  await expect(staff.getByRole('button', { name: '自荐', exact: true })).toBeVisible();
});
