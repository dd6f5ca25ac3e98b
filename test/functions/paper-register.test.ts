// The register of outgoing papers through the API: numbers from where the office begins, typed-in and voided ones, gaps
// that were given elsewhere, a spreadsheet with as many rows; and a centre's own words on its letters.
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { centreId } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';
import { countingCase, draftLetter, printedFor, step } from '../letter-road.ts';
import { linesOf, readPdf } from '../pdf-reader.ts';

let hall: TestHouse;
let counted: string;
beforeAll(async () => {
  hall = await openHouse();
  counted = await countingCase(hall);
  const { registry } = await hall.house.desk(centreId);
  const papers = {
    letterMark: '明窗市政务服务和数据管理局',
    contact: '联系人：督查科',
    salutation: '{部门}并派驻窗口',
    closing: '专此函告。',
    numbers: [{ word: '函', year: 2026, startsAt: 35, elsewhere: [{ number: 36, note: '办公室纸质发文' }] }],
  };
  const entered = await hall.as('guan').post('/api/registry', { entries: [{ ...registry.centre, papers }] });
  expect(entered.status, JSON.stringify(entered.body)).toBe(201);
});

const signed = async (fields: object = {}): Promise<{ id: string; status: number; code: unknown }> => {
  const id = await draftLetter(hall, [counted]);
  await step(hall, id, 'check');
  const { status, body } = await hall.as('chu').post(`/api/letters/${id}/sign`, { ...fields });
  return { id, status, code: body.code };
};
const register = async (who = 'ban') => (await hall.as(who).get('/api/letter-registers/2026')).body;

test('numbers begin where the office says, leave out what was given elsewhere, and may be typed in', async () => {
  const first = await signed();
  const second = await signed();
  expect(await signed({ number: 37 })).toMatchObject({ status: 409, code: 'letter.number-taken' });
  expect((await signed({ number: 40 })).status).toBe(200);
  await hall.as('ban').post(`/api/letters/${second.id}/void`, { reason: '收文单位有误' });
  const { items } = await register();
  const rows = z
    .array(z.looseObject({ number: z.int(), standing: z.string(), title: z.string() }))
    .parse(items);
  expect(rows.filter(({ number }) => number >= 35)).toMatchObject([
    { number: 35, id: first.id, standing: '已签发编号,待用印', to: '市税务局' },
    { number: 36, standing: '外部占用', title: '办公室纸质发文' },
    { number: 37, id: second.id, standing: '已作废' },
    { number: 38, standing: '外部占用' },
    { number: 39, standing: '外部占用' },
    { number: 40, documentNumber: '明政服函〔2026〕40号' },
  ]);
  const { bytes } = await printedFor(hall, 'ban', '/api/letter-registers/2026/spreadsheet');
  const [sheet] = (await readXlsx(new Uint8Array(bytes))).sheets;
  expect(sheet?.rows.length).toBe(rows.length + 1);
  expect((await hall.as('lian').get('/api/letter-registers/2026')).status).toBe(403);
});

test('a number given elsewhere is noted by the clerk and left out from then on', async () => {
  const path = `/api/registry/${encodeURIComponent(`centre:${centreId}`)}/note-number`;
  const noted = { word: '函', year: 2026, number: 41, note: 'OA 编发' };
  expect((await hall.as('chu').post(path, noted)).status).toBe(403);
  const done = await hall.as('ban').post(path, noted);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  expect((await hall.as('ban').post(path, noted)).body.code).toBe('registry.doubled');
  const next = await signed();
  const { items } = await register();
  const rows = z.array(z.looseObject({ number: z.int() })).parse(items);
  expect(rows.slice(-2)).toMatchObject([
    { number: 41, standing: '外部占用', title: 'OA 编发' },
    { number: 42, id: next.id },
  ]);
  const { registry } = await hall.house.desk(centreId);
  expect(registry.centre.papers?.contact).toBe('联系人：督查科');
});

test('a letter bears the words of its centre', async () => {
  const { id } = await signed();
  const { bytes } = await printedFor(hall, 'ban', `/api/letters/${id}/paper`);
  const words = readPdf(bytes)
    .flatMap(linesOf)
    .map(({ text }) => text);
  expect(words[0]).toBe('明窗市政务服务和数据管理局');
  expect(words).toContain('市税务局并派驻窗口：');
  expect(words).toContain('专此函告。');
  expect(words).toContain('（联系人：督查科）');
});
