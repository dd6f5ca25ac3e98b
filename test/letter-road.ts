// The road of one letter through the API of a test house: a case that counts, the draft, and every step to its issue.
import { expect } from 'vitest';
import { finding, signed, type TestHouse } from './house.ts';

const done = async (asked: Promise<{ status: number; body: Record<string, unknown> }>) => {
  const { status, body } = await asked;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};

/** A case of the window clerk 窗 that counts; answers its id. */
export const countingCase = async (hall: TestHouse, more: object = {}): Promise<string> => {
  const { id } = await done(
    hall
      .as('xun')
      .post('/api/cases', finding({ violation: 'BIZ-DELAY', description: '超过承诺时限办理', ...more })),
  );
  const verdict = { severity: 'evident', clause: '4', reason: '已核对' };
  await done(hall.as('ge').post(`/api/cases/${id}/confirm`, verdict));
  const scan = signed(hall.clock.now());
  const notice = {
    ...{ way: 'paper', persons: ['chuang'], deliveredAt: hall.clock.now() },
    evidence: scan.paper.evidence,
  };
  await done(hall.as('shou').post(`/api/cases/${id}/notify`, notice));
  const answer = { noObjection: true, answer: '无异议', persons: ['chuang'], ...scan };
  await done(hall.as('shou').post(`/api/cases/${id}/answer`, answer));
  return String(id);
};

export const draftLetter = async (
  hall: TestHouse,
  cases: readonly string[],
  more: object = {},
): Promise<string> => {
  const { id } = await done(
    hall.as('ban').post('/api/letters', {
      ...{ month: '2026-11', kind: 'violation', department: 'department-tax', cases },
      title: '明窗市政务服务中心关于派驻窗口违纪问题的函',
      body: '近期，本中心在日常督查中发现并核实你单位派驻窗口违纪问题1人次。\n请你单位核实有关情况，并于10个工作日内函复。\n特此函告。',
      ...more,
    }),
  );
  return String(id);
};

const roads = {
  check: ['ke', {}],
  sign: ['chu', {}],
  seal: ['ban', { way: 'wet' }],
  issue: ['ban', {}],
} as const;
export const step = (hall: TestHouse, letter: string, verb: keyof typeof roads) => {
  const [who, fields] = roads[verb];
  return done(hall.as(who).post(`/api/letters/${letter}/${verb}`, { ...fields }));
};

export interface Printed {
  status: number;
  type: string;
  name: string;
  bytes: Buffer;
}
/** A file asked for by somebody, as bytes. */
export const printedFor = async (hall: TestHouse, who: string, path: string): Promise<Printed> => {
  const answer = await hall.app.request(path, {
    headers: { authorization: `Bearer ${await hall.token(who)}` },
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    name: decodeURIComponent(answer.headers.get('content-disposition') ?? ''),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
};
