// The house itself at the desks: a person moves on a day, a window keeps noon duty, the centre's own words change, and an
// old ledger comes in only after it was seen.
import { expect, test } from '@playwright/test';
import { violationType } from '../../shared/catalog.ts';
import { writeBook } from '../../web/desks/sheet.ts';
import { comesIn, expectUsable } from './office.ts';

const phone = violationType('DIS-PHONE')?.name ?? '';

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
  await admin.getByRole('button', { name: /填入样稿/ }).click();
  await admin.getByRole('button', { name: '保存中心信息' }).click();
  await expect(admin.getByText('已保存。')).toBeVisible();
});

test('somebody watches the cameras and reports what they saw', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await comesIn(browser, 'shi');
  await page.getByRole('button', { name: '开始视频督查' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '开始' }).click();
  await expect(page.getByRole('heading', { name: /^视频督查/ })).toBeVisible();
  await page.getByRole('button', { name: '登记看过的视频' }).click();
  await dialog.getByLabel('摄像机编号').fill('hall1-07');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByRole('row', { name: /hall1-07/ })).toBeVisible();
  await page.getByRole('button', { name: '上报问题' }).click();
  await dialog.getByLabel('什么问题').fill('手机');
  await page.getByTitle(phone).click();
  await dialog.getByRole('combobox', { name: '窗口', exact: true }).click();
  await page.getByTitle(/^A01/).click();
  await dialog.getByLabel('人员(在该窗口的在前)').click();
  await page.getByTitle(/税二/).click();
  await page.keyboard.press('Escape');
  await dialog.getByLabel('摄像机编号').fill('hall1-07');
  await dialog.getByLabel('情况').fill('画面中长时间低头看手机');
  await dialog.getByRole('button', { name: '上报' }).click();
  await expect(dialog).toBeHidden();
  await expectUsable(page);
  await page.getByRole('button', { name: '结束' }).click();
  await dialog.getByRole('button', { name: '结束' }).click();
  await expect(page.getByText('已结束')).toBeVisible();
  await page.getByRole('link', { name: '我的上报' }).click();
  await expect(page.getByText(new RegExp(`A01.*${phone}`)).first()).toBeVisible();
});

test('an old ledger is seen row by row before it comes in', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await comesIn(browser, 'ban', '/settings/start');
  await page.getByRole('button', { name: '导入台账' }).click();
  const row = (day: string, person: string) => ['问题', day, person, phone, '轻微'];
  const head = ['种类', '日期', '人员', '违纪类型', '程度'];
  const rows = [row('2025-11-03', '庄窗'), row('2025-11-04', '查无此人'), row('去年冬天', '庄窗')];
  await page.getByLabel('Excel 文件(.xlsx),每行一件:问题、措施或称号').setInputFiles({
    name: '台账.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await writeBook([{ name: '台账', head, rows }])),
  });
  await expect(page.getByText('有 2 行不能登记')).toBeVisible();
  await expect(page.getByRole('row', { name: /查无此人/ })).toContainText('名册中没有人员“查无此人”');
  await expect(page.getByRole('button', { name: '确认登记 1 行' })).toBeDisabled();
  await expectUsable(page);
  await page.getByLabel('略去有误的 2 行,只登记其余 1 行').check();
  await page.getByRole('button', { name: '确认登记 1 行' }).click();
  await expect(page.getByText(/登记 1 条/)).toBeVisible();
  // The next file has that row again: what is in the book already is told before anything is sent.
  await page.getByLabel('Excel 文件(.xlsx),每行一件:问题、措施或称号').setInputFiles({
    name: '台账.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(
      await writeBook([{ name: '台账', head, rows: [row('2025-11-03', '庄窗'), row('2025-11-05', '庄窗')] }]),
    ),
  });
  await expect(page.getByRole('row', { name: /2025年11月3日/ })).toContainText('此前已导入,不再登记');
  await page.getByRole('button', { name: '确认登记 1 行' }).click();
  await expect(page.getByText('登记 1 条,此前已登记 1 条,略去 0 条')).toBeVisible();
});
