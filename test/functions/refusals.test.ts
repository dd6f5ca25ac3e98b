// What the house refuses over HTTP: each with its code, and with not one byte of the table changed.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RegistryEntry } from '../../shared/people.ts';
import { centreEntry, entries } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
let reported: string;
let foreign: string;

/** The neighbouring hall in the same table, with people of the same names. */
const neighbour: readonly RegistryEntry[] = entries.map((entry) =>
  entry.kind === 'centre'
    ? { ...centreEntry, id: 'neighbour', name: '邻市政务服务中心', hours: [...centreEntry.hours] }
    : entry.kind === 'account'
      ? { ...entry, subject: `neighbour-${entry.subject}` }
      : entry,
);

beforeAll(async () => {
  hall = await openHouse();
  await hall.found('neighbour', neighbour);
  const own = await hall.as('xun').post('/api/cases', finding());
  const theirs = await hall.as('neighbour-xun').post('/api/cases', finding());
  reported = String(own.body.id);
  foreign = String(theirs.body.id);
});

interface Refusal {
  who: string;
  path: () => string;
  fields: () => Record<string, unknown>;
  status: number;
  code: string;
  field?: string;
}

const report = (fields: Record<string, unknown>, status: number, code: string, field?: string): Refusal => ({
  who: 'xun',
  path: () => '/api/cases',
  fields: () => finding(fields),
  status,
  code,
  ...(field === undefined ? {} : { field }),
});
const to = (who: string, verb: string, fields: Record<string, unknown>, status: number, code: string) => ({
  ...{ who, status, code },
  path: () => `/api/cases/${reported}/${verb}`,
  fields: () => fields,
});
const later = '2026-11-18T02:30:00.000Z';

const refusals: Record<string, Refusal> = {
  'an unknown field': report({ colour: 'red' }, 400, 'request.invalid', ''),
  'an unknown field inside': report(
    { subject: { kind: 'window', why: 'so' } },
    400,
    'request.invalid',
    'subject',
  ),
  'a wrong type': report({ description: 5 }, 400, 'request.invalid', 'description'),
  'a missing field': report({ violation: undefined }, 400, 'request.invalid', 'violation'),
  'a command id that is none': report({ commandId: 'now' }, 400, 'request.invalid', 'commandId'),
  'a version that is none': report({ expectedVersion: -1 }, 400, 'request.invalid', 'expectedVersion'),
  'a text of 100,000 characters': report(
    { description: '长'.repeat(100_000) },
    400,
    'request.invalid',
    'description',
  ),
  'control characters': report({ description: '看\u0000不\u202e见' }, 400, 'request.invalid', 'description'),
  'half a character': report({ description: '断\ud83d' }, 400, 'request.invalid', 'description'),
  'a name that is part of every object': report({ constructor: 1 }, 400, 'request.invalid', ''),
  'a time that ends before it begins': report(
    { happened: { from: '2026-11-18T01:50:00.000Z', to: '2026-11-18T01:40:00.000Z', doubtSeconds: 0 } },
    400,
    'request.invalid',
    'happened.to',
  ),
  'a time to come': report({ happened: { from: later, to: later, doubtSeconds: 0 } }, 422, 'time.future'),
  'a person who was not there': report(
    { subject: { kind: 'persons', persons: ['staff-0104'] } },
    422,
    'assignment.outside',
  ),
  'a person nobody knows': report(
    { subject: { kind: 'persons', persons: ['nobody'] } },
    422,
    'registry.unknown',
  ),
  'a window nobody knows': report({ window: 'window-z99' }, 422, 'registry.unknown'),
  'a kind of violation nobody knows': report({ violation: 'DIS-DANCE' }, 422, 'violation.unknown'),
  'a report by somebody without rights': {
    ...report({}, 403, 'access.denied'),
    who: 'wai',
  },
  'a decision by somebody without the right': to(
    'xun',
    'dismiss',
    { reason: '不属实' },
    403,
    'access.denied',
  ),
  'a decision in another grid': to('gong', 'dismiss', { reason: '不属实' }, 403, 'access.denied'),
  "a decision on a foreign centre's case": {
    ...to('ge', 'dismiss', { reason: '不属实' }, 404, 'thing.not-found'),
    path: () => `/api/cases/${foreign}/dismiss`,
  },
  'a decision on what is not there': {
    ...to('ge', 'dismiss', { reason: '不属实' }, 404, 'thing.not-found'),
    path: () => `/api/cases/case-2026-11-${randomUUID()}/dismiss`,
  },
  'a verdict on what is not there': {
    ...to('ge', 'confirm', { severity: 'minor', clause: '3', reason: '属实' }, 404, 'thing.not-found'),
    path: () => `/api/cases/case-2026-11-${randomUUID()}/confirm`,
  },
  'an id of another shape': {
    ...to('ge', 'dismiss', { reason: '不属实' }, 404, 'thing.not-found'),
    path: () => '/api/cases/1/dismiss',
  },
  'an id that reaches for another partition': {
    ...to('ge', 'dismiss', { reason: '不属实' }, 404, 'thing.not-found'),
    path: () => `/api/cases/${encodeURIComponent(`#2026-11#CASE#${reported}`)}/dismiss`,
  },
  'a version that has passed': to(
    'ge',
    'dismiss',
    { reason: '不属实', expectedVersion: 7 },
    409,
    'version.stale',
  ),
  'a clause nobody enacted': to(
    'ge',
    'confirm',
    { severity: 'minor', clause: '99', reason: '属实' },
    422,
    'clause.unknown',
  ),
  'a clause for something else': to(
    'ge',
    'confirm',
    { severity: 'minor', clause: '5', reason: '属实' },
    422,
    'clause.unfit',
  ),
  'a step out of its order': to(
    'shou',
    'answer',
    { noObjection: true, answer: '无异议' },
    409,
    'case.wrong-stage',
  ),
  'a case merged into itself': {
    ...to('ge', 'merge', {}, 422, 'case.merge-self'),
    fields: () => ({ into: reported, reason: '同一事件' }),
  },
  "a case merged into a foreign centre's": {
    ...to('ge', 'merge', {}, 404, 'thing.not-found'),
    fields: () => ({ into: foreign, reason: '同一事件' }),
  },
  'a registry entry by an inspector': {
    ...report({}, 403, 'access.denied'),
    path: () => '/api/registry',
    fields: () => ({ entries: [{ kind: 'hall', id: 'hall-9', name: '九号厅', from: '2026-01-01' }] }),
  },
  'a right given by a clerk': {
    ...report({}, 403, 'access.denied'),
    who: 'ban',
    path: () => '/api/registry',
    fields: () => ({
      entries: [{ kind: 'grant', id: 'wai-chief', person: 'wai', role: 'chief', from: '2026-01-01' }],
    }),
  },
  'a rule book with faults': {
    ...report({}, 422, 'rulebook.invalid'),
    who: 'ban',
    path: () => '/api/rulebooks',
    fields: () => ({ from: '2026-12', book: { id: 'empty' } }),
  },
};

describe('is refused, and the table stays as it was:', () => {
  test.each(Object.entries(refusals))('%s', async (_name, refusal) => {
    const before = await hall.digest();
    const answer = await hall.as(refusal.who).post(refusal.path(), refusal.fields());
    expect(answer.body).toMatchObject({ status: refusal.status, code: refusal.code });
    if (refusal.field !== undefined)
      expect(answer.body.fields).toContainEqual(expect.objectContaining({ path: refusal.field }));
    expect(await hall.digest()).toBe(before);
    expect(hall.log).toEqual([]);
  });

  test('the same command id with another body', async () => {
    const commandId = randomUUID();
    const first = await hall.as('xun').post('/api/cases', finding({ commandId }));
    const before = await hall.digest();
    const other = await hall.as('xun').post('/api/cases', finding({ commandId, violation: 'DIS-LATE' }));
    const elsewhere = await hall.as('ge').post(`/api/cases/${reported}/dismiss`, { commandId, reason: '不' });
    const stranger = await hall.as('ban').post('/api/cases', finding({ commandId }));
    expect(first.status).toBe(201);
    expect([other, elsewhere, stranger].map((answer) => answer.body.code)).toEqual(
      Array.from({ length: 3 }, () => 'command.reused'),
    );
    expect(await hall.digest()).toBe(before);
  });

  test('everything wrong with a request is told at once, in Chinese', async () => {
    const answer = await hall
      .as('xun')
      .post('/api/cases', { ...finding({ description: '' }), commandId: 1, source: 'gossip', more: 1 });
    expect(answer.body.fields).toEqual(
      expect.arrayContaining([
        { path: 'commandId', name: '请求编号', reason: '应为文字' },
        { path: 'description', name: '情况描述', reason: '不能为空' },
        { path: 'source', name: '来源', reason: expect.stringContaining('应为以下之一') },
        { path: '', reason: '没有这些字段:more' },
      ]),
    );
  });
});
