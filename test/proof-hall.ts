// A small hall with everything in it that can be tampered with: cases at several stages, files, a good deed, leave, a
// complaint, looks at a file, a frozen month, eighteen seals. On the real engines; what is proved of it is proved there.
import { createHash } from 'node:crypto';
import { sealAll } from '../functions/seals.ts';
import { instantAt } from '../shared/time.ts';
import { views } from '../shared/views.ts';
import { ruleBookInput } from './cast.ts';
import { finding, openHouse, type TestHouse, type Told } from './house.ts';
import { photograph } from './picture.ts';

/** Evident and serious violations cost their price. */
const deducting = {
  ...ruleBookInput,
  ladder: [
    {
      code: 'deduct',
      when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
      measure: 'deduct',
    },
  ],
};

export const photoOf = (name: string): { bytes: Buffer; entry: Record<string, unknown> } => {
  const bytes = photograph(name);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const entry = { name: `${name}.jpg`, kind: 'photo', mediaType: 'image/jpeg', size: bytes.length, sha256 };
  return { bytes, entry: { ...entry, takenAt: '2026-11-18T01:50:00.000Z' } };
};

const did = (what: string, told: Told): Told => {
  if (told.status >= 300) throw new Error(`${what}: ${JSON.stringify(told.body)}`);
  return told;
};

/** One case with a photo that was received; answers its address. */
export const reportWithPhoto = async (
  hall: TestHouse,
  name: string,
  more: Record<string, unknown> = {},
): Promise<string> => {
  const { bytes, entry } = photoOf(name);
  const told = did(name, await hall.as('xun').post('/api/cases', finding({ evidence: [entry], ...more })));
  const { id, uploads = [] } = views.answer.parse(told.body);
  const [first] = uploads;
  if (!first) throw new Error('no address to send the photo to');
  await fetch(first.put.url, { method: 'PUT', headers: first.put.headers, body: new Uint8Array(bytes) });
  did('complete', await hall.as('xun').post(`/api/evidence/${id}/1/complete`, null));
  return `/api/cases/${id}`;
};

export const openProofHall = async (): Promise<TestHouse> => {
  const hall = await openHouse();
  const step = async (who: string, path: string, fields: Record<string, unknown> = {}) =>
    did(`${who} ${path}`, await hall.as(who).post(path, fields));
  await step('ban', '/api/rulebooks', { from: '2026-11', book: deducting });
  const offPost = { violation: 'DIS-OFFPOST' };
  const first = await reportWithPhoto(hall, 'one', offPost);
  const second = await reportWithPhoto(hall, 'two', {
    ...offPost,
    window: 'window-a02',
    subject: { kind: 'persons', persons: ['staff-0102'] },
  });
  const third = await reportWithPhoto(hall, 'three');
  const verdict = {
    ...{ severity: 'evident', clause: '2', reason: '调阅现场照片,属实' },
    chosen: { points: 200, reason: '离岗二十分钟' },
  };
  for (const [at, person] of [
    [first, 'chuang'],
    [second, 'staff-0102'],
  ]) {
    await step('ge', `${at}/confirm`, verdict);
    await step('ge', `${at}/notify`, { way: 'tablet', deliveredAt: hall.clock.now() });
    await step(String(person), `${at}/answer`, { noObjection: true, answer: '无异议' });
  }
  await step('ge', `${third}/dismiss`, { reason: '照片看不清' });
  await step('xun', '/api/cases', finding({ description: '尚未核实' }));
  await step('ban', '/api/leaves', {
    ...{ person: 'chuang', kind: 'sick' },
    stretch: { kind: 'days', from: '2026-11-19', until: '2026-11-19' },
  });
  await step('xun', '/api/inspections', {
    ...{ kind: 'patrol', grid: 'grid-a', startedAt: '2026-11-18T01:30:00.000Z' },
  });
  await step('ban', '/api/complaints', {
    ...{ source: 'desk', receivedAt: '2026-11-18T01:55:00.000Z', content: '窗口人员言语生硬' },
    ...{ happened: { from: '2026-11-18T01:20:00.000Z', to: '2026-11-18T01:30:00.000Z', doubtSeconds: 300 } },
    ...{ complainant: { name: '钱多多', contact: '13812345678' } },
    ...{ window: 'window-a01', violation: 'ATT-RUDE' },
  });
  const praise = { type: 'BON-VISIT', day: '2026-11-17', persons: ['staff-0102'], description: '上门服务' };
  await step('xun', '/api/bonuses', praise);
  await step('ke', `/api/evidence/${first.split('/').at(-1)}/1/views`, { reason: '复核前调阅' });
  hall.clock.set(instantAt('2026-11-20', '10:00'));
  await sealAll(hall.house);
  await step('staff-0102', `${second}/appeal`, { grounds: '当时在取件' });
  await step('ke', `${second}/decideAppeal`.replace('decideAppeal', 'decide-appeal'), {
    ...{ outcome: 'reduced', points: 100, reason: '时间较短' },
  });
  hall.clock.set(instantAt('2026-12-02', '10:00'));
  await step('ban', '/api/months/2026-11/sum');
  await step('chu', '/api/months/2026-11/freeze');
  hall.clock.set(instantAt('2026-12-05', '09:00'));
  await sealAll(hall.house);
  return hall;
};
