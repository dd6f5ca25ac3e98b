// Nothing is ever lost: the line breaks at every part, the tab is killed, two tabs are open, the sign-in ends, the queue
// travels as a file. Each time the house has everything once.
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { allSent, asked, beginShift, endsRounds, keptHere, reportedBy } from './patrolling.ts';

test.use({ permissions: ['camera', 'microphone'] });

const partBytes = 8 * 1024 * 1024;
const tile = (page: Page, number: string) => page.locator('.window-tile', { hasText: number });

const findAt = async (
  page: Page,
  grid: RegExp,
  number: string,
  how: { photo?: boolean } = {},
): Promise<void> => {
  await page.goto('/patrol');
  await page.locator('.grid-tile').getByRole('link', { name: grid }).click();
  await tile(page, number).getByRole('button', { name: '问题' }).click();
  if (how.photo) {
    await page.getByRole('button', { name: '拍照' }).click();
    await expect(page.locator('.taken')).toHaveCount(1);
  }
  await page.getByRole('button', { name: /^违规使用手机/ }).click();
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByRole('button', { name: '结束巡查' })).toBeVisible();
};

const password = '大厅东门第三块砖';

/** The queue of this device as a file. */
const exported = async (page: Page): Promise<string> => {
  await page.goto('/queue');
  await page.getByText('平板一直连不上网?').click();
  await page.getByLabel(/口令/).fill(password);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出本机队列' }).click();
  return (await saved).path();
};

/** A computer of the office, before the place where queue files are taken in. */
const officeOf = async (browser: Browser, subject?: string): Promise<Page> => {
  const office = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const desk = await office.newPage();
  await beginShift(desk, subject);
  await desk.goto('/queue');
  await desk.getByText('平板一直连不上网?').click();
  return desk;
};

/** Noise that begins as a PDF does. */
const scanOfBytes = (size: number): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(size - 9)]);

/** A sheet on paper with a scan of three parts, entered by the clerk. */
const enterSheet = async (page: Page, scan: Buffer): Promise<void> => {
  await page.goto('/patrol/entry');
  await page.getByLabel('巡查人').selectOption({ label: '荀巡' });
  await page.getByLabel('网格').selectOption('grid-a');
  await page.getByLabel('结束').fill('09:30');
  await page
    .getByLabel('附扫描件')
    .setInputFiles({ name: '巡查表.pdf', mimeType: 'application/pdf', buffer: scan });
  await expect(page.getByText('扫描件 1 份')).toBeVisible();
  await page.locator('.entry-row', { hasText: 'A01' }).getByRole('button', { name: '正常' }).click();
  await page.locator('.entry-row', { hasText: 'A02' }).getByRole('button', { name: '问题' }).click();
  await page.getByLabel('A02 问题').selectOption('DIS-PHONE');
  await page.getByRole('button', { name: '提交补录' }).click();
};

/** A place where bytes go in and nothing ever comes out: what is sent there surely does not reach the house. */
const bottomless = async (): Promise<{ url: string; close(): void }> => {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).resume();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

/**
 * Watches the parts that travel; `cut` says which attempts break or go to another address and stay there. Gives the
 * attempts of each part, and those that arrived.
 */
const watchParts = async (
  context: BrowserContext,
  cut: (part: number, attempt: number) => 'cut' | 'pass' | { away: string },
) => {
  const tried = new Map<number, number>();
  const arrived = new Map<number, number>();
  await context.route(/partNumber=/, async (route) => {
    const part = Number(/partNumber=(\d+)/.exec(route.request().url())?.[1]);
    const attempt = (tried.get(part) ?? 0) + 1;
    tried.set(part, attempt);
    const what = cut(part, attempt);
    if (what === 'cut') return route.abort('internetdisconnected');
    return what === 'pass' ? route.continue() : route.continue({ url: what.away });
  });
  context.on('response', (answer) => {
    const part = Number(/partNumber=(\d+)/.exec(answer.url())?.[1]);
    if (part > 0 && answer.ok()) arrived.set(part, (arrived.get(part) ?? 0) + 1);
  });
  return { tried, arrived };
};

const scanOf = async (page: Page, sha256: string): Promise<unknown> => {
  const list = await asked(page, '/api/inspections?day=2026-11-18');
  return JSON.stringify(list).includes(sha256) ? list : undefined;
};

test('the line breaks at every part boundary, and no part travels twice', async ({ page, context }) => {
  test.setTimeout(150_000);
  const scan = scanOfBytes(2 * partBytes + 123_456);
  const sha256 = createHash('sha256').update(scan).digest('hex');
  await beginShift(page, 'ban');
  const parts = await watchParts(context, (_part, attempt) => (attempt === 1 ? 'cut' : 'pass'));
  await enterSheet(page, scan);
  await allSent(page);
  expect(Object.fromEntries(parts.arrived)).toEqual({ 1: 1, 2: 1, 3: 1 });
  expect(await scanOf(page, sha256)).toBeDefined();
  const found = JSON.stringify(await asked(page, '/api/inspections?day=2026-11-18'));
  expect(found).toContain('"state":"received"');
  // What stood on the sheet is the inspector's finding.
  expect(JSON.stringify(await reportedBy(page))).toContain('"foundBy":"xun"');
});

test('a tab killed in the middle of an upload: the next one goes on where it stopped', async ({
  page,
  context,
}) => {
  test.setTimeout(150_000);
  const scan = scanOfBytes(2 * partBytes + 1_000);
  await beginShift(page, 'ban');
  // The part that is under way when the tab dies never gets there, however the browser lets go of it.
  const nowhere = await bottomless();
  const parts = await watchParts(context, (part, attempt) =>
    part === 2 && attempt === 1 ? { away: nowhere.url } : 'pass',
  );
  await enterSheet(page, scan);
  await expect.poll(() => parts.tried.get(2) ?? 0, { timeout: 60_000 }).toBe(1);
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto('/queue');
  await allSent(next);
  nowhere.close();
  expect(Object.fromEntries(parts.arrived)).toEqual({ 1: 1, 2: 1, 3: 1 });
  expect(Object.fromEntries(parts.tried)).toEqual({ 1: 1, 2: 2, 3: 1 });
  expect(await scanOf(next, createHash('sha256').update(scan).digest('hex'))).toBeDefined();
});

test('what is reported while a long file travels does not wait for its end', async ({ page, context }) => {
  test.setTimeout(90_000);
  await beginShift(page, 'ban');
  const seen: ('part' | 'record')[] = [];
  let release: () => void = () => undefined;
  const made = new Promise<void>((done) => {
    release = done;
  });
  await context.route(/partNumber=/, async (route) => {
    seen.push('part');
    await made;
    await route.continue();
  });
  context.on('request', (request) => {
    if (request.method() === 'POST' && /\/api\/cases$/.test(request.url())) seen.push('record');
  });
  await enterSheet(page, scanOfBytes(2 * partBytes + 1_000));
  await expect.poll(() => seen.join(' '), { timeout: 30_000 }).toBe('record part');
  const other = await context.newPage();
  await other.goto('/patrol/entry');
  await enterSheet(other, scanOfBytes(1_000));
  await expect(other.getByText(/仅在本机:5 条/).first()).toBeVisible();
  release();
  await allSent(page);
  expect(seen).toEqual(['record', 'part', 'record', 'part', 'part']);
});

test('two tabs: each record is sent by one of them, once', async ({ page, context }) => {
  test.setTimeout(120_000);
  await beginShift(page);
  const before = (await reportedBy(page)).length;
  const other = await context.newPage();
  await other.goto('/patrol');
  await expect(other.getByRole('heading', { name: '推荐路线' })).toBeVisible();
  await context.setOffline(true);
  await findAt(page, /甲区/, 'A01', { photo: true });
  await findAt(other, /乙区/, 'B01', { photo: true });
  await expect(page.getByText(/仅在本机:[4-6] 条/)).toBeVisible();
  const posted: string[] = [];
  context.on('response', (answer) => {
    if (answer.request().method() === 'POST' && /\/api\/cases$/.test(answer.url()))
      posted.push(answer.request().postDataJSON().commandId);
  });
  await context.setOffline(false);
  await allSent(page);
  expect(new Set(posted).size).toBe(posted.length);
  expect(posted).toHaveLength(2);
  expect((await reportedBy(page)).length).toBe(before + 2);
});

test('the sign-in ended while there was no network: it asks again and loses nothing', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await beginShift(page);
  const before = (await reportedBy(page)).length;
  await context.setOffline(true);
  await findAt(page, /丙区/, 'C01', { photo: true });
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith('oidc.user:'))) {
      const { refresh_token: _gone, ...rest } = JSON.parse(localStorage.getItem(key) ?? '{}');
      localStorage.setItem(key, JSON.stringify({ ...rest, expires_at: 1 }));
    }
  });
  await page.goto('/queue');
  await context.setOffline(false);
  await expect(page.getByText('登录已过期,内容都在')).toBeVisible();
  expect(await keptHere(page)).toMatchObject({ files: 1, bytes: 1 });
  await page.getByRole('button', { name: '重新登录' }).click();
  await page.locator('button[value="xun"]').click();
  await expect(page).toHaveURL(/\/queue/);
  await allSent(page);
  expect((await reportedBy(page)).length).toBe(before + 1);
});

test('a queue file is taken in at the office twice, and the tablet sends too: everything is there once', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(150_000);
  await beginShift(page);
  const before = (await reportedBy(page)).length;
  await context.setOffline(true);
  await findAt(page, /丁区/, 'D01', { photo: true });
  const file = await exported(page);
  const desk = await officeOf(browser);
  await desk.getByLabel(/口令/).fill('不是这个口令');
  await desk.getByLabel('收入队列文件').setInputFiles(file);
  await expect(desk.getByText('口令不对')).toBeVisible();
  await desk.getByLabel(/口令/).fill(password);
  for (const _time of ['once', 'again']) {
    await desk.getByLabel('收入队列文件').setInputFiles(file);
    await expect(desk.getByText(/已收入 \d 条记录/)).toBeVisible();
    await allSent(desk);
  }
  expect((await reportedBy(desk)).length).toBe(before + 1);
  await context.setOffline(false);
  await allSent(page);
  const found = await reportedBy(page);
  expect(found.length).toBe(before + 1);
  expect(found[0]?.state.evidence).toMatchObject([{ state: 'received' }]);
  await desk.context().close();
});

test('the clerk takes an inspector’s file in with the slip both signed, and the tablet comes back later', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(150_000);
  await endsRounds(browser);
  await beginShift(page);
  const before = (await reportedBy(page)).length;
  await context.setOffline(true);
  await findAt(page, /丁区/, 'D01', { photo: true });
  await page.getByRole('button', { name: '结束巡查' }).click();
  await page.getByRole('button', { name: '结束本次巡查' }).click();
  await expect(page.getByRole('heading', { name: '推荐路线' })).toBeVisible();
  const file = await exported(page);
  const desk = await officeOf(browser, 'ban');
  await desk.getByLabel(/口令/).fill(password);
  await desk.getByLabel('收入队列文件').setInputFiles(file);
  await expect(desk.getByRole('heading', { name: '离线巡查记录移交清单' })).toBeVisible();
  await expect(desk.getByRole('button', { name: '代荀巡收入' })).toBeDisabled();
  const slip = { name: '清单.pdf', mimeType: 'application/pdf', buffer: scanOfBytes(2_000) };
  await desk.getByLabel('附双方签字的扫描件').setInputFiles(slip);
  await desk.getByRole('button', { name: '代荀巡收入' }).click();
  await expect(desk.getByText(/已收入 \d 条记录/)).toBeVisible();
  await allSent(desk);
  const found = await reportedBy(page);
  expect(found.length).toBe(before + 1);
  expect(found[0]?.state).toMatchObject({ foundBy: 'xun', window: 'window-d01' });
  expect(found[0]?.state.evidence.map(({ kind, state }) => [kind, state])).toEqual([
    ['photo', 'received'],
    ['document', 'received'],
  ]);
  const round = found[0]?.state.inspection ?? '';
  const closed = { state: { stage: 'closed', walkedBy: 'xun', evidence: [{ state: 'received' }] } };
  expect(await asked(page, `/api/inspections/${round}`)).toMatchObject(closed);
  await context.setOffline(false);
  await allSent(page);
  expect((await reportedBy(page)).length).toBe(before + 1);
  await desk.context().close();
});

test('a device without room says so, keeps the words, and nothing is lost', async ({ page, context }) => {
  await beginShift(page);
  await context.setOffline(true);
  await page.locator('.grid-tile').getByRole('link', { name: /乙区/ }).click();
  await tile(page, 'B01').getByRole('button', { name: '问题' }).click();
  await expect(page.getByRole('button', { name: '拍照' })).toBeEnabled();
  await page.getByRole('button', { name: /^违规使用手机/ }).click();
  // A real full disk cannot be had here: the store of bytes says what it would say.
  const full = (on: boolean): Promise<void> =>
    page.evaluate((now) => {
      const proto = IDBObjectStore.prototype;
      const real: typeof proto.put = Reflect.get(window, 'realPut') ?? proto.put;
      Reflect.set(window, 'realPut', real);
      proto.put = now
        ? function put(this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
            if (this.name === 'bytes') throw new DOMException('no room', 'QuotaExceededError');
            return real.call(this, value, key);
          }
        : real;
    }, on);
  await full(true);
  await page.getByRole('button', { name: '拍照' }).click();
  await expect(page.getByText('本机空间已满,这个文件没有保存')).toBeVisible();
  await full(false);
  await page.getByRole('button', { name: '拍照' }).click();
  await expect(page.locator('.taken')).toHaveCount(1);
  await page.getByRole('button', { name: '提交' }).click();
  await context.setOffline(false);
  await allSent(page);
});

test('a thousand queued findings do not slow the screens', async ({ page, context }) => {
  test.setTimeout(120_000);
  await beginShift(page);
  await context.setOffline(true);
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const opened = indexedDB.open('mingchuang');
        opened.onsuccess = () => {
          const work = opened.result.transaction(['records'], 'readwrite');
          for (let nth = 0; nth < 1000; nth++)
            work.objectStore('records').put({
              ...{
                id: crypto.randomUUID(),
                order: nth + 1,
                person: 'xun',
                personName: '荀巡',
                path: '/api/cases',
              },
              body: { violation: 'DIS-PHONE', description: '巡查发现:违规使用手机'.repeat(10) },
              ...{ title: `A01 · 违规使用手机 ${nth}`, madeAt: '2026-11-18T02:00:00.000Z' },
              ...{ state: 'waiting', tries: 0, after: Date.now() + 3_600_000 },
            });
          work.oncomplete = () => {
            opened.result.close();
            done();
          };
        };
      }),
  );
  await page.reload();
  await expect(page.getByText(/仅在本机:1000 条/)).toBeVisible();
  await page.locator('.grid-tile').getByRole('link', { name: /甲区/ }).click();
  await expect(tile(page, 'A01')).toBeVisible();
  const tapped = await page.evaluate(async () => {
    const face = document.querySelector<HTMLButtonElement>('.window-tile .tile-face');
    const begun = performance.now();
    face?.click();
    while (!document.querySelector('.window-tile.fine'))
      await new Promise((next) => requestAnimationFrame(next));
    return performance.now() - begun;
  });
  const begun = Date.now();
  await page.goto('/queue');
  await expect(page.getByText('再显示一些')).toBeVisible();
  const opened = Date.now() - begun;
  console.log(`a tap with 1000 queued: ${Math.round(tapped)} ms; the queue's screen opens in ${opened} ms`);
  expect(tapped).toBeLessThan(400);
  expect(opened).toBeLessThan(3_000);
});
