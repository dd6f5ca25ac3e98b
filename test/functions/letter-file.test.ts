// A letter's paper through the API: a preview while it is a draft, one stored PDF from its number on, the same bytes ever
// after; checked by its code by anybody; and who may have it.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { sweep } from '../../functions/follow-up.ts';
import { paperKey, sha256 } from '../../functions/keys.ts';
import type { PaperEntry } from '../../functions/letter-file.ts';
import { centreId } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';
import { countingCase, draftLetter, printedFor, step } from '../letter-road.ts';
import { linesOf, readPdf } from '../pdf-reader.ts';

let hall: TestHouse;
let letter: string;
let paper: string;
beforeAll(async () => {
  hall = await openHouse();
  letter = await draftLetter(hall, [await countingCase(hall)]);
  paper = `/api/letters/${letter}/paper`;
});

const wordsIn = (bytes: Buffer): string =>
  readPdf(bytes)
    .map((page) =>
      linesOf(page)
        .map(({ text }) => text)
        .join('\n'),
    )
    .join('\f');
const entryOf = async (): Promise<PaperEntry> => {
  const found = await hall.house.store.get<PaperEntry>(paperKey(centreId, letter, 'paper'), 'test');
  if (!found) throw new Error('no entry');
  return found;
};
const checked = async (query = '') => {
  const { code } = await entryOf();
  const answer = await hall.app.request(`/api/paper-checks/${code.toLowerCase()}${query}`);
  return answer.json();
};

describe('a draft', () => {
  test('is shown to the office as a preview, with its closed annex, and to nobody outside', async () => {
    const preview = await printedFor(hall, 'ban', paper);
    expect(preview).toMatchObject({ status: 200, type: 'application/pdf' });
    const [first = '', annex = ''] = wordsIn(preview.bytes).split('\f').slice(0);
    expect(first).toContain('预览稿');
    expect(first).toContain('市税务局：');
    expect(first).not.toContain('窗小');
    expect(wordsIn(preview.bytes)).toContain('附件：违纪问题清单');
    expect(annex).toBeTruthy();
    expect((await printedFor(hall, 'lian', paper)).status).toBe(404);
    expect((await printedFor(hall, 'wai', paper)).status).toBe(404);
  });

  test('is to be had as a document and with the sheet for signing on paper', async () => {
    const document = await printedFor(hall, 'ban', `${paper}?form=docx`);
    expect(document.bytes.subarray(0, 2).toString()).toBe('PK');
    expect(document.name).toContain('.docx');
    const sheet = wordsIn((await printedFor(hall, 'ban', `${paper}?of=dispatch`)).bytes);
    expect(sheet).toContain('明窗市政务服务中心发文稿纸');
    expect(sheet).toContain('核稿');
  });
});

describe('a numbered letter', () => {
  test('is set by what follows from its number, once, and printed again as the same bytes', async () => {
    await step(hall, letter, 'check');
    await step(hall, letter, 'sign');
    await sweep(hall.house, centreId, '2026-11-18');
    const entry = await entryOf();
    const once = await printedFor(hall, 'ban', paper);
    expect(sha256(once.bytes)).toBe(entry.sha256);
    expect(once.bytes.length).toBeLessThan(300_000);
    expect(wordsIn(once.bytes)).toContain(entry.code);
    expect(wordsIn(once.bytes)).toContain(entry.number);
    expect(wordsIn(once.bytes)).toContain('2026年11月18日');
    expect(wordsIn(once.bytes)).not.toContain('预览稿');
    // The centre is renamed: what was set stays as it was.
    const { registry } = await hall.house.desk(centreId);
    const renamed = { ...registry.centre, name: '明窗市政务服务和数据管理中心' };
    const change = await hall
      .as('guan')
      .post('/api/registry', { commandId: randomUUID(), entries: [renamed] });
    expect(change.status, JSON.stringify(change.body)).toBe(201);
    expect((await printedFor(hall, 'ban', paper)).bytes.equals(once.bytes)).toBe(true);
    await step(hall, letter, 'seal');
    await step(hall, letter, 'issue');
    await sweep(hall.house, centreId, '2026-11-18');
    const forLiaison = await printedFor(hall, 'lian', paper);
    expect(forLiaison.status).toBe(200);
    expect(forLiaison.bytes.equals(once.bytes)).toBe(true);
  });

  test('is confirmed by its code to anybody, and by nothing that differs in one character', async () => {
    const { number, sha256: hash } = await entryOf();
    expect(await checked()).toMatchObject({ genuine: true, number, date: '2026-11-18', standing: 'issued' });
    expect(
      await checked(`?number=${encodeURIComponent(number)}&date=2026-11-18&sha256=${hash}`),
    ).toMatchObject({
      genuine: true,
    });
    const other = number.replace('1号', '7号');
    expect(await checked(`?number=${encodeURIComponent(other)}`)).toEqual({ genuine: false });
    expect(await checked('?date=2026-11-19')).toEqual({ genuine: false });
    expect(await checked(`?sha256=${hash.replace(/./, (sign) => (sign === '0' ? '1' : '0'))}`)).toEqual({
      genuine: false,
    });
    const { code } = await entryOf();
    const wrong = code.replace(/.$/, (sign) => (sign === '0' ? '1' : '0'));
    expect(await (await hall.app.request(`/api/paper-checks/${wrong}`)).json()).toEqual({ genuine: false });
    const page = await (await hall.app.request(`/api/paper-checks/${code}/page`)).text();
    expect(page).toContain(number);
    expect(page).not.toContain('市税务局');
  });

  test('lets the liaison have no sheet of the office', async () => {
    expect((await printedFor(hall, 'lian', `${paper}?of=dispatch`)).status).toBe(404);
  });
});
