// The summary of a period says what the charts say, figure for figure, and names nobody.
import { beforeAll, expect, test } from 'vitest';
import { entries } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';
import { countingCase, draftLetter, printedFor, step } from '../letter-road.ts';
import { linesOf, readPdf } from '../pdf-reader.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
  const letter = await draftLetter(hall, [await countingCase(hall)]);
  for (const verb of ['check', 'sign', 'seal', 'issue'] as const) await step(hall, letter, verb);
});

test('tells the charts in words and tables', async () => {
  const path = '/api/charts/summary?from=2026-11&until=2026-11&form=pdf';
  const charts = (await hall.as('ke').get('/api/charts?from=2026-11&until=2026-11')).body;
  const { status, bytes } = await printedFor(hall, 'ke', path);
  expect(status).toBe(200);
  const words = readPdf(bytes)
    .flatMap(linesOf)
    .map(({ text }) => text)
    .join('');
  expect(words).toContain('明窗市政务服务中心2026年11月窗口监督工作情况');
  expect(words).toContain(`违纪问题${String(charts.total)}人次（起）`);
  expect(words).toContain('书面函告1个派出单位1件');
  expect(words).toContain('市税务局1');
  expect(words).toContain('暂不比较');
  for (const entry of entries)
    if (entry.kind === 'staff' && entry.name.length > 1) expect(words).not.toContain(entry.name);
  expect((await printedFor(hall, 'chuang', path)).status).toBe(403);
});
