// People's own pages: a notice opened and answered by whom it concerns, a letter read and answered in its department, the
// honour wall for everybody; an Excel file of the register that is wrong first and right then. Axe finds nothing serious.
import { expect, test } from '@playwright/test';
import { sha256Of } from '../../shared/sha256.ts';
import { writeBook } from '../../web/desks/sheet.ts';
import { centreId } from '../cast.ts';
import { knockAs } from './knocking.ts';
import { expectUsable } from './office.ts';
import { signInAs } from './visiting.ts';

const finding = (violation: string) => ({
  violation,
  source: 'patrol',
  happened: { from: '2026-11-18T01:50:00.000Z', to: '2026-11-18T01:50:00.000Z', doubtSeconds: 2 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '办理业务期间长时间使用手机',
});
const confirmed = { severity: 'minor', clause: '3', reason: '现场照片清楚,属实' };

test.use({ viewport: { width: 390, height: 844 } });

test('a staff member opens a notice, reads it and says there is nothing to object', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const xun = await knockAs(browser, 'xun', baseURL);
  const ge = await knockAs(browser, 'ge', baseURL);
  const id = await xun.post('/api/cases', finding('DIS-PHONE'));
  await ge.post(`/api/cases/${id}/confirm`, confirmed);
  await signInAs(page, 'chuang');
  await expect(page.getByRole('heading', { name: '等您处理' })).toBeVisible();
  await expectUsable(page);
  await expect(page.getByText('有一份告知单等您打开').first()).toBeVisible();
  await page.locator(`a[href="/cases/${id}"]`).first().click();
  await page.getByRole('button', { name: '打开告知单' }).click();
  await expect(page.getByText('告知单已打开,请阅读后答复。')).toBeVisible();
  await expect(page.getByText('违规使用手机、玩游戏')).toBeVisible();
  await expectUsable(page);
  await page.getByRole('button', { name: '提交答复' }).click();
  await expect(page.getByText('已确认无异议,本条即时办结。')).toBeVisible();
  await expect(page.getByText('已办结')).toBeVisible();
});

test('a department reads a letter, acknowledges it and answers with an attachment', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const [xun, ge, chuang, ban, ke, chu] = [
    await knockAs(browser, 'xun', baseURL),
    await knockAs(browser, 'ge', baseURL),
    await knockAs(browser, 'chuang', baseURL),
    await knockAs(browser, 'ban', baseURL),
    await knockAs(browser, 'ke', baseURL),
    await knockAs(browser, 'chu', baseURL),
  ];
  const id = await xun.post('/api/cases', finding('DIS-IDLE'));
  await ge.post(`/api/cases/${id}/confirm`, confirmed);
  await ge.post(`/api/cases/${id}/notify`, { way: 'tablet', deliveredAt: await ge.now() });
  await chuang.post(`/api/cases/${id}/answer`, { noObjection: true, answer: '无异议' });
  const letter = await ban.post('/api/letters', {
    ...{ month: '2026-11', kind: 'violation', department: 'department-tax', cases: [id] },
    ...{ title: '关于窗口服务情况的函', body: '贵单位窗口近期出现问题,请核实并反馈整改情况。' },
  });
  await ke.post(`/api/letters/${letter}/check`);
  await chu.post(`/api/letters/${letter}/sign`);
  await ban.post(`/api/letters/${letter}/seal`, { way: 'wet' });
  await ban.post(`/api/letters/${letter}/issue`);
  await signInAs(page, 'lian');
  await page.getByText('关于窗口服务情况的函').click();
  await expect(page.getByText('请核实并反馈整改情况。')).toBeVisible();
  await expectUsable(page);
  await page.getByRole('button', { name: '签收此函' }).click();
  await expect(page.getByText('已签收。')).toBeVisible();
  await page.getByLabel('核实和整改情况').fill('已核实。当事人已作出书面检查,窗口已重申纪律。');
  await page.getByLabel('附件(盖章复函、整改材料)').setInputFiles({
    name: '复函.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4 复函'),
  });
  await expect(page.getByText('复函.pdf')).toBeVisible();
  // The answer arrives, its attachment does not: pressed again, the attachment goes and nothing is said twice.
  await page.route(
    (url) => url.searchParams.has('X-Amz-Signature'),
    (route) => route.abort(),
    { times: 1 },
  );
  await page.getByRole('button', { name: '送出复函' }).click();
  await expect(page.getByText('没有传完')).toBeVisible();
  await page.getByRole('button', { name: '送出复函' }).click();
  await expect(page.getByText('复函已送达督查科。')).toBeVisible();
  await expect(page.getByText('已核实。当事人已作出书面检查,窗口已重申纪律。')).toHaveCount(1);
  await expect(page.getByRole('heading', { name: '往来附件' })).toBeVisible();
  await expectUsable(page);
  // The same letter for somebody without an account: by a link, with a code that opens once.
  const [secret, code] = ['aLinkOfTheStory-0123456789', '204816'];
  await ban.post(`/api/letters/${letter}/share-link`, {
    ...{ receiver: '办公室', secretHash: sha256Of(secret), codeHash: sha256Of(`${secret}:${code}`) },
  });
  const stranger = await browser.newContext({ baseURL: baseURL ?? '' });
  const other = await stranger.newPage();
  await other.goto(`/letter-link#${centreId}/${letter}/${secret}`);
  await other.getByLabel('验证码').fill('999999');
  await other.getByRole('button', { name: '打开函件' }).click();
  await expect(other.getByText('验证码不对、已用过或已过期')).toBeVisible();
  await other.getByLabel('验证码').fill(code);
  await other.getByRole('button', { name: '打开函件' }).click();
  await expect(other.getByText('请核实并反馈整改情况。')).toBeVisible();
  await expectUsable(other);
  await expect(other.getByRole('button', { name: '补充复函' })).toBeVisible();
  await stranger.close();
});

test('the honour wall hangs for everybody, and says so while it is empty', async ({ page }) => {
  await page.goto('/honour');
  await expect(page.getByRole('heading', { name: '光荣榜' })).toBeVisible();
  await expect(page.getByText('明窗市政务服务中心')).toBeVisible();
  await expect(page.getByText('新一期评选结果公布后,将在这里展示。')).toBeVisible();
  await expectUsable(page);
});

test('the clerk brings in an Excel file that is wrong first and right then', async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  const windows = (department: string) => ({
    name: '窗口',
    head: ['窗口号', '名称', '网格', '部门', '启用日期', '停用日期'],
    rows: [
      ['E01', '', '甲区', '市税务局', '2026-01-01', ''],
      ['E02', '', '甲区', department, '2026-01-01', ''],
    ],
  });
  const file = async (department: string) => ({
    name: '名册.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await writeBook([windows(department)])),
  });
  await signInAs(page, 'ban', '/settings/import');
  const choose = page.getByLabel('Excel 文件(.xlsx,不超过 5 MB)');
  await choose.setInputFiles(await file('市税务句'));
  await expect(page.getByText('没有登记“市税务句”')).toBeVisible();
  await expect(page.getByRole('button', { name: '确认写入 1 条' })).toBeDisabled();
  await expectUsable(page);
  await choose.setInputFiles(await file('市税务局'));
  await page.getByRole('button', { name: '确认写入 2 条' }).click();
  await expect(page.getByText('已导入 2 条。')).toBeVisible();
  await choose.setInputFiles(await file('市税务局'));
  await expect(page.getByRole('button', { name: '没有要写入的' })).toBeDisabled();
});
