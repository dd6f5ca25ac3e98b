// Forms and dossiers through the API: what somebody may read they may print, filled in with what the house knows; a picture
// is printed only after the look at it has been registered.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';
import { countingCase, printedFor } from '../letter-road.ts';
import { linesOf, readPdf } from '../pdf-reader.ts';
import { announced, png, sendFile } from '../picture.ts';

let hall: TestHouse;
let counted: string;
beforeAll(async () => {
  hall = await openHouse();
  counted = await countingCase(hall);
});

const wordsIn = (bytes: Buffer): string =>
  readPdf(bytes)
    .flatMap(linesOf)
    .map(({ text }) => text)
    .join('\n');

/** A case with one received photo. */
const withPhoto = async (): Promise<string> => {
  const bytes = png();
  const evidence = [announced(bytes, { name: '窗口.png', kind: 'photo', mediaType: 'image/png' })];
  const { body } = await hall.as('xun').post('/api/cases', finding({ evidence }));
  await sendFile(hall, 'xun', String(body.id), 1, bytes);
  return String(body.id);
};

describe('a notice', () => {
  test('says what, where, when and by which clause, and leaves the slip to the pen', async () => {
    const notice = await printedFor(hall, 'ge', `/api/cases/${counted}/notice-paper`);
    expect(notice).toMatchObject({ status: 200, type: 'application/pdf' });
    const words = wordsIn(notice.bytes);
    for (const said of ['问题告知单', '市税务局', '超过承诺时限办理', '第4条', '回　　执', '拒签说明'])
      expect(words).toContain(said);
  });

  test('is for those who may read the case', async () => {
    expect((await printedFor(hall, 'chuang', `/api/cases/${counted}/notice-paper`)).status).toBe(200);
    expect((await printedFor(hall, 'wai', `/api/cases/${counted}/notice-paper`)).status).toBe(404);
    expect((await printedFor(hall, 'ge', `/api/cases/${counted}/notice-paper?person=ban`)).status).toBe(404);
  });
});

describe('a dossier', () => {
  const ask = async (who: string, id: string, reason = '归档') => {
    const answer = await hall.app.request(`/api/cases/${id}/dossier`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await hall.token(who)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ commandId: randomUUID(), reason }),
    });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  test('tells the way of the case and prints its picture with a caption below, each look registered', async () => {
    const id = await withPhoto();
    const dossier = await ask('ge', id);
    expect(dossier.status).toBe(200);
    const words = wordsIn(dossier.bytes);
    for (const said of ['窗口违规问题档案', '上报', '办理业务期间长时间使用手机', '误差前后2秒', 'SHA-256'])
      expect(words).toContain(said);
    expect(dossier.bytes.toString('latin1')).toContain('/Subtype /Image');
    const register = await hall.as('ji').get(`/api/evidence/${id}/1/views`);
    expect(register.body.items).toMatchObject([{ reason: '归档' }]);
  });

  test('needs a reason and the right to read', async () => {
    expect((await ask('ge', counted, '')).status).toBe(400);
    expect((await ask('wai', counted)).status).toBe(404);
  });
});

test('a patrol sheet lists the windows of the round', async () => {
  const opened = await hall.as('xun').post('/api/inspections', {
    ...{ kind: 'patrol', grid: 'grid-a', startedAt: hall.clock.now(), windows: ['window-a01', 'window-a02'] },
  });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  const sheet = await printedFor(hall, 'xun', `/api/inspections/${opened.body.id}/paper`);
  expect(sheet.status).toBe(200);
  expect(wordsIn(sheet.bytes)).toContain('窗口巡查表');
});
