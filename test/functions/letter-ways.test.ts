// The ways of an issued letter through the API: the scan of the sealed paper becomes what reprints give, a picture of the seal
// only where it is turned on, masked photos, and a link with a code for a liaison without an account.
import { createHash } from 'node:crypto';
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, test } from 'vitest';
import { sweep } from '../../functions/follow-up.ts';
import { sha256 } from '../../functions/keys.ts';
import { centreEntry, centreId } from '../cast.ts';
import { openHouse, signed, type TestHouse, told } from '../house.ts';
import { countingCase, draftLetter, printedFor, step } from '../letter-road.ts';
import { linesOf, readPdf } from '../pdf-reader.ts';
import { announced, png, sendFile } from '../picture.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const wordsIn = (bytes: Buffer): string =>
  readPdf(bytes)
    .flatMap(linesOf)
    .map(({ text }) => text)
    .join('\n');
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const scanOf = (text: string) => {
  const bytes = Buffer.from(`%PDF-1.7 ${text}`);
  return {
    bytes,
    entry: announced(bytes, { name: '扫描.pdf', kind: 'document', mediaType: 'application/pdf' }),
  };
};
/** A letter as far as its number. */
const numbered = async (more: object = {}): Promise<string> => {
  const letter = await draftLetter(hall, [await countingCase(hall)], more);
  await step(hall, letter, 'check');
  await step(hall, letter, 'sign');
  return letter;
};
const paperOf = (letter: string, who = 'ban') => printedFor(hall, who, `/api/letters/${letter}/paper`);

describe('the issued copy', () => {
  test('is the scan once the wet-sealed paper was scanned; every print of it is registered', async () => {
    const letter = await numbered();
    const set = await paperOf(letter);
    await step(hall, letter, 'seal');
    await step(hall, letter, 'issue');
    expect((await paperOf(letter)).bytes.equals(set.bytes)).toBe(true);
    const { bytes, entry } = scanOf('盖章');
    const added = await hall.as('ban').post(`/api/letters/${letter}/add-scan`, { evidence: [entry] });
    expect(added.status, JSON.stringify(added.body)).toBe(200);
    // Announced is not there: until it has arrived and was checked, the paper that was set is printed.
    expect((await paperOf(letter)).bytes.equals(set.bytes)).toBe(true);
    await sendFile(hall, 'ban', letter, 1, bytes);
    expect((await paperOf(letter)).bytes.equals(bytes)).toBe(true);
    expect((await paperOf(letter, 'lian')).bytes.equals(bytes)).toBe(true);
    const again = await hall
      .as('ban')
      .post(`/api/letters/${letter}/add-scan`, { evidence: [scanOf('另一份').entry] });
    expect(again.body.code).toBe('letter.scanned-before');
    const prints = await hall.as('ji').get(`/api/letters/${letter}/prints`);
    expect(prints.body.items).toMatchObject([
      { by: '班办', copy: 'set', sha256: sha256(set.bytes) },
      { by: '班办', copy: 'set' },
      { by: '班办', copy: 'set' },
      { by: '班办', copy: 'scan', sha256: sha256(bytes) },
      { by: '廉联', copy: 'scan', sha256: sha256(bytes) },
    ]);
    const register = await hall.as('ban').get('/api/letter-registers/2026');
    expect(register.body.items).toMatchObject([{ sha256: sha256(bytes) }]);
    const whole = await hall.as('ban').get('/api/print-registers/2026');
    expect(whole.body.items).toMatchObject([1, 2, 3, 4, 5].map((nth) => ({ id: letter, nth })));
    const table = await printedFor(hall, 'ban', '/api/print-registers/2026/spreadsheet');
    const [sheet] = (await readXlsx(new Uint8Array(table.bytes))).sheets;
    expect(sheet?.rows.length).toBe(1 + 5);
    expect((await hall.as('lian').get('/api/print-registers/2026')).status).toBe(403);
  });

  test('bears the seal as a picture only where the centre turned it on', async () => {
    const letter = await numbered();
    const refused = await hall.as('ban').post(`/api/letters/${letter}/seal`, { way: 'system' });
    expect(refused.body.code).toBe('letter.no-seal-image');
    const picture = png(40, 40, 0x33).toString('base64');
    const kept = await hall.as('guan').post('/api/seal-pictures', { picture });
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
    const papers = { seal: { sha256: String(kept.body.sha256) } };
    await hall.as('guan').post('/api/registry', { entries: [{ ...centreEntry, papers }] });
    const set = await paperOf(letter);
    expect(set.bytes.toString('latin1')).not.toContain('/Subtype /Image');
    expect((await hall.as('ban').post(`/api/letters/${letter}/seal`, { way: 'system' })).status).toBe(200);
    await sweep(hall.house, centreId, '2026-11-18');
    const sealed = await paperOf(letter);
    expect(sealed.bytes.toString('latin1')).toContain('/Subtype /Image');
    expect(wordsIn(sealed.bytes)).toBe(wordsIn(set.bytes));
    expect((await paperOf(letter)).bytes.equals(sealed.bytes)).toBe(true);
  });
});

describe('a letter signed on paper', () => {
  test('is entered by the clerk with the signed sheet, bears that day, and may not be sealed by a picture', async () => {
    const letter = await draftLetter(hall, [await countingCase(hall)]);
    await step(hall, letter, 'check');
    const { bytes, entry } = scanOf('发文稿纸');
    const fields = { signer: 'zhu', signedAt: '2026-11-18T01:30:00.000Z', evidence: [entry] };
    const path = `/api/letters/${letter}/sign-on-paper`;
    expect((await hall.as('ban').post(path, { ...fields, signer: 'ke' })).body.code).toBe(
      'letter.signer-unfit',
    );
    expect((await hall.as('ban').post(path, { ...fields, evidence: [] })).status).toBe(400);
    const done = await hall.as('ban').post(path, fields);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    await sendFile(hall, 'ban', letter, 1, bytes);
    const { body } = await hall.as('ban').get(`/api/letters/${letter}`);
    expect(body.state).toMatchObject({
      evidence: [{ state: 'received' }],
      stage: 'numbered',
      signed: { by: { person: 'zhu', role: 'chief' }, paper: true },
    });
    const sealed = await hall.as('ban').post(`/api/letters/${letter}/seal`, { way: 'system' });
    expect(sealed.body.code).toBe('letter.signed-on-paper');
  });
});

describe('facts', () => {
  test('that changed are shown side by side, with the text put right where it stood unaltered', async () => {
    const cases = [await countingCase(hall)];
    const asked = { month: '2026-11', kind: 'violation', department: 'department-tax', cases };
    const proposal = await hall.as('ban').post('/api/letters/proposal', asked);
    const letter = await draftLetter(hall, cases, { body: String(proposal.body.body) });
    const before = await hall.as('chu').get(`/api/letters/${letter}/facts`);
    expect(before.body).toMatchObject({ stale: false, altered: [], changed: [] });
    const appeal = { grounds: '当时系统故障', ...signed(hall.clock.now()) };
    const path = `/api/cases/${cases[0]}`;
    const appealed = await hall.as('ban').post(`${path}/appeal`, appeal);
    expect(appealed.status, JSON.stringify(appealed.body)).toBe(200);
    const shown = await hall.as('chu').get(`/api/letters/${letter}/facts`);
    expect(shown.body).toMatchObject({ stale: true, changed: [{ was: '', placed: false }] });
    expect(shown.body.rows).toContainEqual({ name: '正在复核', was: '0件', now: '1件' });
    expect((await hall.as('ke').post(`/api/letters/${letter}/check`)).body.code).toBe('letter.facts-changed');
    expect((await hall.as('lian').get(`/api/letters/${letter}/facts`)).status).toBe(404);
  });

  test('written otherwise by hand are signed only by whoever says they were seen', async () => {
    const letter = await draftLetter(hall, [await countingCase(hall)], {
      body: '发现你单位派驻窗口违纪问题3人次。\n特此函告。',
    });
    await step(hall, letter, 'check');
    const refused = await hall.as('chu').post(`/api/letters/${letter}/sign`);
    expect(refused.body).toMatchObject({ code: 'letter.figures-unseen', detail: '3人次' });
    expect((await hall.as('chu').post(`/api/letters/${letter}/sign`, { seen: ['3人次'] })).status).toBe(200);
  });
});

describe('a photo with bystanders', () => {
  test('goes out masked, as a copy that names its original; both looks are registered', async () => {
    const original = png(12, 9, 0x40);
    const photo = announced(original, { name: '窗口.png', kind: 'photo', mediaType: 'image/png' });
    const id = await countingCase(hall, { evidence: [photo] });
    await sendFile(hall, 'xun', id, 1, original);
    const letter = await draftLetter(hall, [id], { kind: 'evidence', shares: [`${id}~1`] });
    const masked = png(12, 9, 0xf0);
    const copy = announced(masked, { name: '遮挡.png', kind: 'photo', mediaType: 'image/png' });
    const path = `/api/letters/${letter}/mask`;
    const wrong = await hall
      .as('ban')
      .post(path, { of: `${id}~1`, original: 'a'.repeat(64), evidence: [copy] });
    expect(wrong.body.code).toBe('letter.mask-unfit');
    const right = { of: `${id}~1`, original: photo.sha256, evidence: [copy] };
    const done = await hall.as('ban').post(path, right);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    await sendFile(hall, 'ban', letter, 1, masked);
    for (const verb of ['check', 'sign', 'seal', 'issue'] as const) await step(hall, letter, verb);
    const words = wordsIn((await paperOf(letter)).bytes);
    for (const said of ['附件3', '违纪问题照片', '误差前后2秒', photo.sha256.slice(0, 16), '无关人员已遮挡'])
      expect(words).toContain(said);
    expect((await hall.as('ji').get(`/api/evidence/${id}/1/views`)).body.items).toEqual([]);
    expect((await hall.as('ji').get(`/api/evidence/${letter}/1/views`)).body.items).toMatchObject([
      { by: { person: 'system' }, reason: expect.stringContaining('排印') },
    ]);
    // The department's liaison gets the copy, also when the original is asked for.
    const seen = await hall.as('lian').post(`/api/evidence/${id}/1/views`, { reason: '核实' });
    expect(seen.body).toMatchObject({ sha256: copy.sha256 });
    expect((await hall.as('ji').get(`/api/evidence/${id}/1/views`)).body.items).toEqual([]);
    // A disc: the copy's own hash stands in the list that is signed.
    const copies = [{ of: `${id}~1`, sha256: 'd'.repeat(64), size: 9 }];
    expect((await hall.as('ban').post(`/api/letters/${letter}/prepare-disc`, { copies })).status).toBe(200);
    const list = await printedFor(hall, 'ban', `/api/letters/${letter}/paper?of=handOver`);
    expect(wordsIn(list.bytes).replaceAll(/\s/g, '')).toContain(`副本${'d'.repeat(8)}`);
  });
});

describe('a link with a code', () => {
  const secret = 'aTestSecretOfTwentyFourSigns';
  const ask = async (path: string, fields: object) =>
    told(
      await hall.app.request(`/api/letter-links/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      }),
    );
  const shared = async (code: string, own = secret) => {
    const letter = await numbered();
    await step(hall, letter, 'seal');
    await step(hall, letter, 'issue');
    const link = {
      receiver: '税务局办公室',
      secretHash: hash(own),
      codeHash: hash(`${own}:${code}`),
      days: 3,
    };
    const done = await hall.as('ban').post(`/api/letters/${letter}/share-link`, link);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    return { letter, to: { centre: centreId, letter } };
  };

  test('opens once, for half an hour, for its letter alone; what is done there is done like anywhere', async () => {
    const { letter, to } = await shared('204816');
    const entered = await ask('open', { ...to, secret, code: '204816' });
    expect(entered.status, JSON.stringify(entered.body)).toBe(200);
    expect((await ask('open', { ...to, secret, code: '204816' })).body.code).toBe('letter.link-code');
    const pass = { ...to, pass: entered.body.pass };
    const read = await ask('read', pass);
    expect(read.body).toMatchObject({ department: '市税务局', answers: 0, files: [] });
    expect((await ask('paper', pass)).type).toBe('application/pdf');
    const now = hall.clock.now();
    const id = (nth: number) => `0190a1b2-0000-4000-8000-0000000000a${nth}`;
    expect((await ask('acknowledge', { ...pass, commandId: id(1), receivedAt: now })).status).toBe(200);
    const { bytes, entry } = scanOf('复函');
    const answer = { ...pass, commandId: id(2), answer: '已整改', answeredAt: now, evidence: [entry] };
    expect((await ask('answer', answer)).status).toBe(200);
    const plan = await ask('uploads', { ...pass, n: 1 });
    const { url, headers } = plan.body.put as { url: string; headers: Record<string, string> };
    await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
    expect((await ask('uploads/complete', { ...pass, n: 1 })).body).toEqual({ state: 'received' });
    const other = await numbered();
    expect((await ask('read', { ...pass, letter: other })).body.code).toBe('letter.link-gone');
    // Nothing that opens it stands where somebody could read it: not in the letter, its history, a list or the log.
    const view = await hall.as('ban').get(`/api/letters/${letter}`);
    const list = await hall.as('ban').get('/api/letters?month=2026-11&limit=200');
    for (const text of [JSON.stringify(view.body), JSON.stringify(list.body), hall.log.join()])
      for (const word of [
        secret,
        '204816',
        String(entered.body.pass),
        hash(secret),
        hash(`${secret}:204816`),
      ])
        expect(text).not.toContain(word);
    expect(JSON.stringify(view.body)).toContain('凭链接进入的联络员');
    hall.clock.set('2026-11-18T03:00:00.000Z');
    expect((await ask('read', pass)).body.code).toBe('letter.link-gone');
  });

  test('is locked after five wrong codes, however many come at once; a new code opens it', async () => {
    const { letter, to } = await shared('111111', `${secret}2`);
    const own = { ...to, secret: `${secret}2` };
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, n) => ask('open', { ...own, code: `99999${n}` })),
    );
    const codes = tries.map(({ body }) => body.code).sort();
    expect(codes.filter((code) => code === 'letter.link-code')).toHaveLength(5);
    expect((await ask('open', { ...own, code: '111111' })).body.code).toBe('letter.link-locked');
    const codeHash = hash(`${secret}2:222222`);
    expect((await hall.as('ban').post(`/api/letters/${letter}/renew-code`, { n: 1, codeHash })).status).toBe(
      200,
    );
    const entered = await ask('open', { ...own, code: '222222' });
    expect(entered.status).toBe(200);
    expect((await hall.as('ban').post(`/api/letters/${letter}/withdraw-link`, { n: 1 })).status).toBe(200);
    expect((await ask('read', { ...to, pass: entered.body.pass })).body.code).toBe('letter.link-gone');
    expect((await ask('open', { ...own, code: '222222' })).body.code).toBe('letter.link-gone');
  });

  test('gives nothing of a letter that was withdrawn', async () => {
    const { letter, to } = await shared('333333', `${secret}3`);
    const entered = await ask('open', { ...to, secret: `${secret}3`, code: '333333' });
    expect(
      (await hall.as('chu').post(`/api/letters/${letter}/withdraw`, { reason: '发错单位' })).status,
    ).toBe(200);
    expect((await ask('read', { ...to, pass: entered.body.pass })).body.code).toBe('letter.link-gone');
    const seen = await hall.as('lian').get(`/api/letters/${letter}`);
    expect(seen.body.state).toMatchObject({ stage: 'withdrawn' });
  });
});
