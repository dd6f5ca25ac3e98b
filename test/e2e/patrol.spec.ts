// A patrol's day on the tablet: a round in the hall, a whole shift without network, and what the house has in the end.
import { expect, type Page, test } from '@playwright/test';
import { expectUsable } from './office.ts';
import { allSent, asked, beginShift, endsRounds, keptHere, reportedBy } from './patrolling.ts';

test.use({ permissions: ['camera', 'microphone'] });

const tile = (page: Page, number: string) => page.locator('.window-tile', { hasText: number });

test('a round: fine by one tap, the rest by one button, not seen stays 未查', async ({ page, browser }) => {
  await endsRounds(browser);
  await beginShift(page);
  await page.locator('.grid-tile').getByRole('link', { name: /甲区/ }).click();
  await expect(page.getByText('未查 2')).toBeVisible();
  await page.getByRole('button', { name: 'A01 号窗口 正常' }).click();
  await expect(tile(page, 'A01')).toHaveClass(/fine/);
  // Taken back by a second tap.
  await page.getByRole('button', { name: 'A01 号窗口 正常' }).click();
  await expect(page.getByText('未查 2')).toBeVisible();
  // Two people sit there: one tap says which of them does.
  await tile(page, 'A01').getByRole('button', { name: '税二' }).click();
  await page.getByRole('button', { name: '其余正常' }).click();
  await expect(page.getByText('正常 2')).toBeVisible();
  // Wherever on the page one stands, what a button asks is in sight.
  await page.setViewportSize({ width: 390, height: 560 });
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.getByRole('button', { name: '结束巡查' }).click();
  await expect(page.getByRole('button', { name: '结束本次巡查' })).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: '结束本次巡查' }).click();
  await expect(page.getByRole('heading', { name: '推荐路线' })).toBeVisible();
  // Whoever goes on leave finds where to hand on the patrol.
  await expect(page.getByRole('link', { name: '委托代理' })).toBeAttached();
  await allSent(page);
  const walked = { stage: 'closed', grid: 'grid-a', planned: 2 };
  const counts = expect.objectContaining({ fine: 2, finding: 0 });
  expect(await asked(page, '/api/inspections?day=2026-11-18')).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ state: expect.objectContaining({ ...walked, counts }) }),
    ]),
  });
});

test('a finding takes four taps with its photo, and less than ten seconds', async ({ page }) => {
  await beginShift(page);
  await page.locator('.grid-tile').getByRole('link', { name: /乙区/ }).click();
  const begun = Date.now();
  await tile(page, 'B01').getByRole('button', { name: '问题' }).click();
  await page.getByRole('button', { name: '拍照' }).click();
  await page.getByRole('button', { name: /^违规使用手机/ }).click();
  await page.getByRole('button', { name: '提交' }).click();
  await expect(tile(page, 'B01')).toHaveClass(/finding/);
  expect(Date.now() - begun).toBeLessThan(10_000);
  await allSent(page);
  const [found] = await reportedBy(page);
  expect(found?.state).toMatchObject({ type: 'DIS-PHONE', window: 'window-b01' });
  expect(found?.state.evidence).toMatchObject([{ kind: 'photo', state: 'received' }]);
});

test('axe finds nothing on the patrol’s screens', async ({ page }) => {
  await beginShift(page);
  await expectUsable(page);
  await page.locator('.grid-tile').getByRole('link', { name: /丙区/ }).click();
  await page.getByRole('button', { name: 'C01 号窗口 正常' }).click();
  await expectUsable(page);
  await tile(page, 'C02').getByRole('button', { name: '问题' }).click();
  await page.getByRole('button', { name: /^擅自离岗/ }).click();
  await expectUsable(page);
  for (const address of [
    '/queue?end=1',
    '/reports',
    '/patrol/roll-call/grid-a',
    '/patrol/sheet/grid-a',
    '/patrol',
  ]) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectUsable(page);
  }
});

test('a draft is kept at every stroke and found again after the tab was killed', async ({
  page,
  context,
}) => {
  await beginShift(page);
  await page.locator('.grid-tile').getByRole('link', { name: /丁区/ }).click();
  await tile(page, 'D01').getByRole('button', { name: '问题' }).click();
  await page.getByRole('button', { name: /^与群众争吵/ }).click();
  await page.getByRole('button', { name: '拍照' }).click();
  await expect(page.locator('.taken')).toHaveCount(1);
  await page.getByLabel('说明').fill('声音很大');
  await context.setOffline(true);
  await page.getByRole('button', { name: '录像' }).click();
  await expect(page.locator('.recording')).toContainText('0:02');
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto('/patrol');
  const recovered = next.getByLabel('未提交的记录');
  await expect(recovered).toContainText('D01 号窗口');
  await expect(recovered).toContainText('开始填写');
  await recovered.getByRole('link', { name: '继续填写' }).click();
  await expect(next.getByLabel('说明')).toHaveValue('声音很大');
  await expect(next.getByText(/已录下的约 \d 秒已找回/)).toBeVisible();
  await expect(next.locator('.taken')).toHaveCount(2);
  await expect(next.getByRole('button', { name: /^与群众争吵/ })).toHaveAttribute('aria-pressed', 'true');
  await next.getByRole('button', { name: '提交' }).click();
  expect(await keptHere(next)).toMatchObject({ drafts: 0, bytes: 2 });
  await context.setOffline(false);
  await allSent(next);
});

test('a whole shift without network, then everything is there once', async ({ page, context }) => {
  test.setTimeout(180_000);
  await beginShift(page);
  const before = (await reportedBy(page)).length;
  await context.setOffline(true);
  await page.reload();
  await page.locator('.grid-tile').getByRole('link', { name: /甲区/ }).click();
  const kinds = ['违规使用手机', '与群众争吵', '擅自离岗、脱岗', '未按规定着装'];
  const windows = ['A01', 'A02'];
  for (let nth = 0; nth < 12; nth++) {
    await tile(page, windows[nth % 2] ?? '')
      .getByRole('button', { name: '问题' })
      .click();
    await page.getByRole('button', { name: '拍照' }).click();
    await expect(page.locator('.taken')).toHaveCount(1);
    if (nth === 5) {
      await page.getByRole('button', { name: '录像' }).click();
      await page.waitForTimeout(2_500);
      await page.getByRole('button', { name: '结束录像' }).click();
      await expect(page.locator('.taken')).toHaveCount(2);
    }
    const kind = kinds[nth % kinds.length] ?? '';
    await page.getByRole('searchbox').fill(kind);
    await page.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
    await page.getByRole('button', { name: '提交' }).click();
    await expect(page.getByRole('button', { name: '结束巡查' })).toBeVisible();
  }
  await page.getByRole('button', { name: '结束巡查' }).click();
  await page.getByRole('button', { name: '结束本次巡查' }).click();
  await expect(page.getByText(/仅在本机:\d+ 条/).first()).toBeVisible();
  expect(await keptHere(page)).toMatchObject({ files: 13, bytes: 13, drafts: 0 });
  const hashes = await page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const asked = indexedDB.open('mingchuang');
        asked.onsuccess = () => {
          const all = asked.result.transaction('files').objectStore('files').getAll();
          all.onsuccess = () => {
            asked.result.close();
            done(all.result.map(({ manifest }) => manifest.sha256));
          };
        };
      }),
  );
  // The shift cannot end silently.
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page.getByText('仅在这台设备上')).toBeVisible();
  await expect(page.getByRole('button', { name: '仍然退出' })).toBeDisabled();
  await context.setOffline(false);
  await allSent(page);
  await expect(page.getByText('全部记录都已上传')).toBeVisible();
  const found = (await reportedBy(page)).slice(0, -before || undefined);
  expect(found).toHaveLength(12);
  expect(new Set(found.map(({ id }) => id)).size).toBe(12);
  await expect
    .poll(async () =>
      (await reportedBy(page)).flatMap(({ state }) =>
        state.evidence.filter((one) => one.state !== 'received'),
      ),
    )
    .toEqual([]);
  expect(found.flatMap(({ state }) => state.evidence.map(({ sha256 }) => sha256)).sort()).toEqual(
    hashes.sort(),
  );
  const [round] = new Set(found.map(({ state }) => state.inspection));
  expect(await asked(page, `/api/inspections/${round}`)).toMatchObject({
    state: { stage: 'closed', counts: { fine: 0, notSeen: 0 } },
  });
});
