// An auditor takes a month out of the house and checks it elsewhere: one page from a file, no network, in a real browser.
// A whole month is said to be whole; of an altered one the record is named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import * as z from 'zod';
import { verifierPage } from '../../local/verifier.ts';
import { comesIn } from './office.ts';

const exported = z.looseObject({
  streams: z.array(
    z.looseObject({ id: z.string(), events: z.array(z.looseObject({ body: z.string() })).min(1) }),
  ),
});

test('a month is exported, and proves itself or betrays who touched it, without a network', async ({
  browser,
}) => {
  const clerk = await comesIn(browser, 'ban', '/months');
  const closing = clerk.locator('section', { hasText: '2026年10月结账' });
  await expect(clerk.getByRole('heading', { level: 1 })).toBeVisible();
  const sum = closing.getByRole('button', { name: '汇总并公布' });
  if (await sum.isVisible()) {
    await sum.click();
    await expect(clerk.getByRole('row', { name: /2026年10月/ })).toContainText('已汇总');
  }

  const auditor = await comesIn(browser, 'ji', '/journal');
  await auditor.getByRole('button', { name: '导出2026年10月' }).click();
  const link = auditor.getByRole('link', { name: /2026-10\.json/ });
  const address = (await link.getAttribute('href')) ?? '';
  const text = await (await auditor.request.get(address)).text();
  const touched = exported.parse(JSON.parse(text));
  const [stream] = touched.streams;
  const [event] = stream?.events ?? [];
  if (!stream || !event) throw new Error('the month is empty');
  event.body = event.body.replace('"ban"', '"bao"');

  const folder = mkdtempSync(join(tmpdir(), 'mingchuang-verifier-'));
  try {
    const file = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file('verifier.html', await verifierPage())).href);
    await page.getByLabel('选择文件').setInputFiles(file('2026-10.json', text));
    await expect(page.getByRole('status')).toHaveText('2026-10 核验无误');
    await expect(page.locator('#scores tr').first()).toContainText('100.00');
    await page.getByLabel('选择文件').setInputFiles(file('altered.json', JSON.stringify(touched)));
    await expect(page.getByRole('status')).toContainText('核验发现问题');
    await expect(page.getByRole('status')).toContainText(stream.id);
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
    await context.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
