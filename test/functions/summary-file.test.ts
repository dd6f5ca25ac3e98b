// The summary of a period says what the charts say, figure for figure, and names nobody.
import { beforeAll, describe, expect, test } from 'vitest';
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

const textOf = (bytes: Buffer): string =>
  readPdf(bytes)
    .flatMap(linesOf)
    .map(({ text }) => text)
    .join('');
const report = async (path: string): Promise<{ pages: number; words: string }> => {
  const { status, bytes } = await printedFor(hall, 'ke', `/api/reports/${path}`);
  expect(status, bytes.toString('utf8').slice(0, 300)).toBe(200);
  const words = textOf(bytes);
  for (const entry of entries)
    if (entry.kind === 'staff' && entry.name.length > 1) expect(words).not.toContain(entry.name);
  return { pages: readPdf(bytes).length, words };
};
const figure = (words: string, pattern: RegExp): number => Number(pattern.exec(words)?.[1] ?? 0);

describe('the office’s own reports', () => {
  test('count what charts and board count: the days add up to the month', async () => {
    const charts = (await hall.as('ke').get('/api/charts?from=2026-11&until=2026-11')).body;
    const board = (await hall.as('ke').get('/api/months/2026-11/board')).body;
    const counts = Object(board.counts);
    expect(charts.total).toBe(counts.personTimes + counts.incidents);
    let sum = 0;
    for (const day of ['2026-11-16', '2026-11-17', '2026-11-18'])
      sum += figure((await report(`daily/${day}?form=pdf`)).words, /核实违纪问题(\d+)人次/);
    expect(sum).toBe(charts.total);
    const daily = await report('daily/2026-11-18?form=pdf');
    expect(daily.words).toContain('新上报问题1件：');
    expect(daily.words).toContain('明政服函〔2026〕1号');
    const weekly = await report('weekly/2026-11-18?form=pdf');
    expect(figure(weekly.words, /核实违纪问题(\d+)人次/)).toBe(charts.total);
    expect(weekly.words).toContain('2026年11月16日至2026年11月22日');
    expect(weekly.words).toContain('比上周增加1');
  });

  test('give a department its own page, with the board’s row', async () => {
    const board = (await hall.as('ke').get('/api/months/2026-11/board')).body;
    const row = (
      board.departments as { id: string; people: number; personTimes: number; mean: number }[]
    ).find(({ id }) => id === 'department-tax');
    const { pages, words } = await report('departments/department-tax?month=2026-11&form=pdf');
    expect(pages).toBe(1);
    expect(words).toContain(`在册人员${row?.people}人违纪问题${row?.personTimes}人次`);
    expect(words).toContain(((row?.mean ?? 0) / 100).toFixed(2));
    expect(
      (await printedFor(hall, 'chuang', '/api/reports/departments/department-tax?month=2026-11')).status,
    ).toBe(403);
  });

  test('list a year’s papers for the archive by how long they are kept, with what is missing', async () => {
    const voided = await draftLetter(hall, [await countingCase(hall)]);
    for (const verb of ['check', 'sign'] as const) await step(hall, voided, verb);
    await hall.as('chu').post(`/api/letters/${voided}/void`, { reason: '重复' });
    await printedFor(hall, 'ke', `/api/letters/${voided}/paper`);
    const { words } = await report('years/2026?form=pdf');
    for (const said of [
      '卷内目录',
      '（10年）共1件',
      '明政服函〔2026〕1号',
      '备考表',
      '明政服函〔2026〕2号（已作废）',
      '立 卷 人',
    ])
      expect(words.replaceAll(' ', '')).toContain(said.replaceAll(' ', ''));
  });
});
