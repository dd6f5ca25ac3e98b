// A letter as its people make it: drafted from a measure, checked, signed with the number of the office's own system, sealed
// wet, issued, its scan laid in as the issued copy, both registers; bystanders masked, and a liaison without an account who
// opens a link with a code, sees the masked copy, receives and answers.
import { type Browser, expect, type Page, type Request, test } from '@playwright/test';
import { ruleBook } from '../cast.ts';
import { knockAs } from './knocking.ts';
import { comesIn, expectUsable, reports, sends } from './office.ts';

test.use({ viewport: { width: 1440, height: 900 } });
test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** 120 by 90, grey. */
const photo =
  'iVBORw0KGgoAAAANSUhEUgAAAHgAAABaCAAAAABWa80zAAAAQklEQVRo3u3NQQ0AAAgEILW41S3hdh8oQG9lTOgVi8VisVgsFovFYrFYLBaLxWKxWCwWi8VisVgsFovFYrFYLBY/OTshATMQ7eAPAAAAAElFTkSuQmCC';

/** A case that counts, with its photo, and a rule book that asks for a letter with evidence about it. */
const letterIsDue = async (browser: Browser, baseURL: string | undefined): Promise<Page> => {
  const clerk = await comesIn(browser, 'ban');
  const when = { severity: ['serious'], times: { again: true }, subject: 'department' };
  const ladder = [...ruleBook.ladder, { code: 'letter', when, measure: 'letterWithEvidence' }];
  await sends(clerk, '/api/rulebooks', { from: '2026-11', book: { ...ruleBook, ladder } });
  const patrol = await comesIn(browser, 'xun');
  const finding = { violation: 'DIS-PHONE', window: 'window-a01', person: 'chuang', time: '09:10' };
  const id = await reports(patrol, { ...finding, description: '看手机,群众等候', photo });
  const grid = await knockAs(browser, 'ge', baseURL);
  await grid.post(`/api/cases/${id}/confirm`, { severity: 'serious', clause: '3', reason: '照片清楚' });
  await grid.post(`/api/cases/${id}/notify`, { way: 'tablet', deliveredAt: await grid.now() });
  const person = await knockAs(browser, 'chuang', baseURL);
  await person.post(`/api/cases/${id}/answer`, { noObjection: true, answer: '无异议' });
  await clerk.goto('/months/2026-11?tab=measures');
  const row = clerk.getByRole('row', { name: /函告/ });
  await row.getByRole('link', { name: '去办理' }).first().click();
  await clerk.getByRole('button', { name: '提交核稿' }).click();
  await expect(clerk.getByRole('heading', { name: '办理进度' })).toBeVisible();
  return clerk;
};
let clerk: Page;
let letter: string;
const dialogOf = (page: Page) => page.getByRole('dialog');

test('a letter from its draft to its issue, its scan; bystanders are masked', async ({
  browser,
  baseURL,
}) => {
  clerk = await letterIsDue(browser, baseURL);
  letter = new URL(clerk.url()).pathname;
  await clerk.getByRole('button', { name: '遮挡无关人员(照片)' }).first().click();
  const canvas = clerk.locator('dialog.drawing canvas');
  await expect(canvas).toHaveAttribute('width', '120');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('nothing to mask');
  await clerk.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
  await clerk.mouse.down();
  await clerk.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await clerk.mouse.up();
  await clerk.getByRole('button', { name: '用这份遮挡后的副本' }).click();
  await expect(clerk.getByText('第 1 份,已遮挡')).toBeVisible();
  await (await knockAs(browser, 'ke', baseURL)).post(`/api${letter}/check`);

  const director = await comesIn(browser, 'chu', letter);
  await director.getByRole('button', { name: '签发并编号' }).click();
  await expect(dialogOf(director).getByText('事实与拟稿时一致')).toBeVisible();
  await dialogOf(director)
    .getByLabel(/文号序数/)
    .fill('12');
  await dialogOf(director).getByRole('button', { name: '签发', exact: true }).click();
  await expect(director.getByText('明政服函〔2026〕12号').first()).toBeVisible();

  await clerk.reload();
  await clerk.getByRole('button', { name: '用印', exact: true }).click();
  await dialogOf(clerk).getByRole('button', { name: '已用印' }).click();
  await clerk.getByRole('button', { name: '印发', exact: true }).click();
  await dialogOf(clerk).getByRole('button', { name: '印发' }).click();
  await clerk.getByRole('button', { name: '补交用印扫描件' }).click();
  const scan = { name: '盖章件.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 盖章件') };
  await dialogOf(clerk)
    .getByLabel(/盖章件扫描件/)
    .setInputFiles(scan);
  await dialogOf(clerk).getByRole('button', { name: '提交' }).click();
  await expect(dialogOf(clerk)).toBeHidden();
  const [printed] = await Promise.all([
    clerk.waitForEvent('download'),
    clerk.getByRole('button', { name: '印发件 PDF(登记)' }).click(),
  ]);
  expect(printed.suggestedFilename()).toBe('明政服函〔2026〕12号.pdf');
  await clerk.reload();
  await expect(clerk.getByRole('row', { name: /用印扫描件/ })).toBeVisible();
  await expectUsable(clerk);
});

test('its number stands in the register, with one given elsewhere; its print in the other', async () => {
  await clerk.goto('/letters/register?year=2026');
  await clerk.getByRole('button', { name: '登记外部占用' }).click();
  await dialogOf(clerk)
    .getByLabel(/第几号/)
    .fill('12');
  await dialogOf(clerk).getByLabel('用于什么').fill('办公室纸质发文');
  await dialogOf(clerk).getByRole('button', { name: '登记' }).click();
  await expect(clerk.getByText('这个文号已由本平台的函件使用')).toBeVisible();
  await dialogOf(clerk)
    .getByLabel(/第几号/)
    .fill('13');
  await dialogOf(clerk).getByRole('button', { name: '登记' }).click();
  await expect(clerk.getByRole('row', { name: /13号.*办公室纸质发文.*外部占用/ })).toBeVisible();
  await expect(dialogOf(clerk)).toBeHidden();
  await expectUsable(clerk);
  await clerk.goto('/letters/prints?year=2026');
  await expect(clerk.getByRole('row', { name: /用印扫描件.*明政服函〔2026〕12号/ })).toBeVisible();
  await expectUsable(clerk);
});

test('a liaison without an account opens its link with the code, sees the masked photo, receives and answers', async ({
  browser,
}) => {
  await clerk.goto(letter);
  await clerk.getByRole('button', { name: '提供链接' }).click();
  await dialogOf(clerk).getByLabel('交给谁').fill('税务局办公室');
  await dialogOf(clerk).getByRole('button', { name: '生成链接' }).click();
  const told = clerk.locator('.notice.good code');
  await expect(told).toHaveCount(2);
  const [link, code] = await told.allTextContents();

  const outside = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await outside.goto(link ?? '');
  await outside.getByLabel('验证码').fill(code === '000000' ? '000001' : '000000');
  await outside.getByRole('button', { name: '打开函件' }).click();
  await expect(outside.locator('.notice.bad')).toBeVisible();
  await outside.getByLabel('验证码').fill(code ?? '');
  await outside.getByRole('button', { name: '打开函件' }).click();
  await expect(outside.getByText('随函证据')).toBeVisible();
  await outside.getByRole('button', { name: '照片 1' }).click();
  await outside.getByRole('button', { name: '登记并查看' }).click();
  await expect(outside.getByText(/调阅已登记/)).toBeVisible();
  await outside.getByRole('button', { name: '签收此函' }).click();
  await outside.getByLabel('核实和整改情况').fill('已批评教育,今后加强管理。');
  const sealed = { name: '盖章复函.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 复函') };
  await outside.getByLabel(/附件/).setInputFiles(sealed);
  // Its answer is taken, and on the attachment's way the line breaks: what is sent again is the attachment alone.
  const said: string[] = [];
  outside.on('request', (one) => {
    if (one.url().endsWith('/letter-links/answer')) said.push(one.postData() ?? '');
  });
  const cut = (one: Request): boolean => one.method() === 'PUT';
  await outside.route('**', (route) => (cut(route.request()) ? route.abort() : route.fallback()));
  await outside.getByRole('button', { name: '送出复函' }).click();
  await expect(outside.getByText(/附件“盖章复函.pdf”没有传完/)).toBeVisible();
  await outside.unroute('**');
  await outside.getByRole('button', { name: '送出复函' }).click();
  await expect(outside.getByText('复函已送达督查科。')).toBeVisible();
  expect(said).toHaveLength(1);
  await expectUsable(outside);
  await clerk.reload();
  await expect(clerk.getByText('已批评教育,今后加强管理。')).toHaveCount(1);
  await expectUsable(clerk);
});
