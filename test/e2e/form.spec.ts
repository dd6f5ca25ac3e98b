// The form in the patrol's hand: a voice note, a drawing that leaves the photo as it was taken, a clause found by the
// initials of its pinyin, praise on the same form, discretion only where the rule book leaves some; and the ways to a window.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { writeFilm } from './camera-scene.ts';
import { expectUsable } from './office.ts';
import { allSent, asked, beginShift, reportedBy } from './patrolling.ts';

test.use({ permissions: ['camera', 'microphone'] });

const tile = (page: Page, number: string) => page.locator('.window-tile', { hasText: number });

/** The bytes a draft keeps, by the name of the file: their hash as announced and as they lie there. */
const keptFiles = (page: Page): Promise<{ name: string; told: string; bytes: number[] }[]> =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const opened = indexedDB.open('mingchuang');
        opened.onsuccess = () => {
          const db = opened.result;
          const drafts = db.transaction('drafts').objectStore('drafts').getAll();
          drafts.onsuccess = async () => {
            const files = drafts.result.flatMap((draft) => draft.files);
            const all = files.map(
              (file) =>
                new Promise<{ name: string; told: string; bytes: number[] }>((read) => {
                  const got = db.transaction('bytes').objectStore('bytes').get(file.id);
                  got.onsuccess = async () =>
                    read({
                      name: file.manifest.name,
                      told: file.manifest.sha256,
                      bytes: [...new Uint8Array(await got.result.arrayBuffer())],
                    });
                }),
            );
            const found = await Promise.all(all);
            db.close();
            done(found);
          };
        };
      }),
  );

test('voice, a drawing on a copy, and a clause by its initials: the original stays as it was taken', async ({
  page,
}) => {
  await beginShift(page);
  await page.locator('.grid-tile').getByRole('link', { name: /甲区/ }).click();
  await tile(page, 'A01').getByRole('button', { name: '问题' }).click();
  await page.getByRole('button', { name: '拍照' }).click();
  await expect(page.locator('.taken')).toHaveCount(1);
  const [before] = await keptFiles(page);
  await page.getByRole('button', { name: '在 照片1.jpg 的副本上标注' }).click();
  const box = await page.locator('.drawing canvas').boundingBox();
  if (!box) throw new Error('nothing to draw on');
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
  await page.getByRole('button', { name: '存为标注件' }).click();
  await expect(page.locator('.taken')).toHaveCount(2);
  await page.getByRole('button', { name: '语音' }).click();
  await page.waitForTimeout(1_200);
  await page.getByRole('button', { name: '结束录音' }).click();
  await expect(page.locator('.taken')).toHaveCount(3);
  // 擅自离岗、脱岗
  await page.getByRole('searchbox').fill('szlg');
  await page.getByRole('button', { name: /^擅自离岗/ }).click();
  // The clause leaves a choice from 1 to 5 points; nothing is proposed until somebody does.
  await expect(page.getByText('酌情 1–5 分,建议 由核实人定')).toBeVisible();
  await page.getByRole('slider').fill('250');
  await expect(page.getByText('建议 2.5 分')).toBeVisible();
  const kept = await keptFiles(page);
  expect(kept.map(({ name }) => name)).toEqual([
    '照片1.jpg',
    '照片1(标注).jpg',
    expect.stringMatching(/^语音/),
  ]);
  for (const { bytes, told } of kept)
    expect(createHash('sha256').update(Buffer.from(bytes)).digest('hex')).toBe(told);
  expect(kept[0]).toEqual(before);
  expect(kept[1]?.told).not.toBe(before?.told);
  await expectUsable(page);
  await page.getByRole('button', { name: '提交' }).click();
  await allSent(page);
  const [found] = await reportedBy(page);
  expect(found?.state).toMatchObject({ type: 'DIS-OFFPOST', suggested: { clause: '2', points: 250 } });
  expect(found?.state.evidence.map(({ kind, state }) => [kind, state])).toEqual([
    ['photo', 'received'],
    ['photo', 'received'],
    ['audio', 'received'],
  ]);
});

test('praise goes by the same form; where the clause leaves no choice there is none', async ({ page }) => {
  await beginShift(page);
  await page.locator('.grid-tile').getByRole('link', { name: /乙区/ }).click();
  await tile(page, 'B01').getByRole('button', { name: '问题' }).click();
  await page.getByRole('button', { name: /^违规使用手机/ }).click();
  await expect(page.getByRole('button', { name: '提交' })).toBeEnabled();
  await expect(page.getByRole('slider')).toHaveCount(0);
  await page.getByRole('link', { name: '返回,内容已保存' }).click();
  await tile(page, 'B01').getByRole('button', { name: '好人好事' }).click();
  const kinds = page.getByLabel('好人好事类型').getByRole('button');
  await kinds.first().click();
  const who = page.getByLabel('涉及人员').getByRole('button').first();
  if ((await who.getAttribute('aria-pressed')) !== 'true') await who.click();
  // Handed in before the camera has done: the photo still belongs to it.
  await page.getByRole('button', { name: '拍照' }).click();
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByRole('button', { name: '结束巡查' })).toBeVisible();
  await allSent(page);
  const praised = (await reportedBy(page)).filter(({ kind }) => kind === 'bonus');
  expect(praised.map(({ state }) => state.evidence.length)).toEqual([1]);
  // What was begun and not handed in is offered again, and can be dropped.
  await page.goto('/patrol');
  await page.getByLabel('未提交的记录').getByRole('button', { name: '删除' }).click();
  await page.getByRole('button', { name: '确认删除这条' }).click();
  await expect(page.getByLabel('未提交的记录')).toHaveCount(0);
});

test('the rest is fine, and fine is taken back; a suggested round says what it covers', async ({ page }) => {
  await beginShift(page);
  await expect(page.locator('.suggested')).toContainText(/近 14 天已查 \d+\/6 个窗口/);
  await page.getByRole('button', { name: '按推荐路线巡查' }).click();
  await expect(page.locator('.tile-place').first()).toHaveText('1');
  await page.getByRole('button', { name: '其余正常' }).click();
  await expect(page.getByText(/已把其余 \d+ 个窗口记为“正常”/)).toBeVisible();
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(page.locator('.window-tile.fine')).toHaveCount(0);
  await page.locator('.tile-face').first().click();
  await expect(page.locator('.window-tile.fine')).toHaveCount(1);
  await page.getByRole('button', { name: '结束巡查' }).click();
  await page.getByRole('button', { name: '结束本次巡查' }).click();
  await allSent(page);
});

test('the codes are printed, and the camera that sees one comes to its window', async ({ page, baseURL }) => {
  await beginShift(page);
  await page.getByRole('link', { name: '打印窗口二维码' }).click();
  await page.getByLabel('网格').selectOption({ label: '丙区' });
  const code = page.getByRole('img', { name: 'C02 窗口二维码' });
  await expect(code).toBeVisible();
  await expectUsable(page);
  const side = await code.getAttribute('viewBox');
  const dark = await code.locator('path').getAttribute('d');
  const film = join(tmpdir(), `mingchuang-code-${process.pid}.y4m`);
  const args = ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const painter = await chromium.launch({ executablePath, args });
  const whole = 'xmlns="http://www.w3.org/2000/svg" width="1280" height="720"';
  const drawn = `<svg ${whole}><rect width="1280" height="720" fill="#fff"/><svg x="390" y="110" width="500" height="500" viewBox="${side}"><path d="${dark}"/></svg></svg>`;
  await writeFilm(painter, drawn, film);
  await painter.close();
  const tablet = await chromium.launch({
    ...{ executablePath, args: [...args, `--use-file-for-fake-video-capture=${film}`] },
  });
  const scanning = await (
    await tablet.newContext({ baseURL: baseURL ?? '', permissions: ['camera'], locale: 'zh-CN' })
  ).newPage();
  await beginShift(scanning);
  await scanning.getByRole('link', { name: '扫窗口二维码' }).click();
  await expect(tile(scanning, 'C02')).toHaveClass(/here/);
  await tablet.close();
  rmSync(film);
  // Typed or opened by another app, the address comes to the same place.
  await page.goto('/patrol/window/window-d01');
  await expect(tile(page, 'D01')).toHaveClass(/here/);
  expect(await asked(page, '/api/me')).toBeDefined();
});

test('a roll call goes on after the tab was killed, and nobody signs out with a form unsent unasked', async ({
  page,
  context,
}) => {
  await beginShift(page);
  await page.goto('/patrol/roll-call/grid-b');
  await page.getByRole('button', { name: 'B01 不在岗' }).click();
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto('/patrol');
  await next.getByLabel('未提交的记录').getByRole('link', { name: '继续填写' }).click();
  const absent = next.getByRole('button', { name: 'B01 不在岗' });
  await expect(next.getByText(/接着 \d\d:\d\d 的查岗/)).toBeVisible();
  await expect(absent).toHaveAttribute('aria-pressed', 'true');
  await next.getByRole('button', { name: '退出' }).click();
  await expect(next.getByText(/开门查岗 .*填了没有提交/)).toBeVisible();
  await next.getByRole('link', { name: '去提交' }).click();
  await next.getByRole('button', { name: '重新查岗' }).click();
  await expect(absent).toHaveAttribute('aria-pressed', 'false');
  await next.goto('/patrol/round/new?grid=grid-b');
  await tile(next, 'B01').getByRole('button', { name: '问题' }).click();
  await expect(next.getByRole('button', { name: '提交' })).toBeVisible();
  await allSent(next);
  await next.getByRole('button', { name: '退出' }).click();
  await expect(next.getByText(/填了没有提交/)).toContainText('B01 号窗口');
  await expect(next.getByRole('button', { name: '仍然退出' })).toBeDisabled();
});
