// The API as a stranger meets it: who is let in, what is refused before anything is parsed, and what a browser is told.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { answering } from '../../functions/api-event.ts';
import { centreHeader } from '../../functions/visitor.ts';
import type { RegistryEntry } from '../../shared/people.ts';
import { centreEntry, entries } from '../cast.ts';
import { finding, openHouse, type TestHouse, told } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const ask = async (path: string, init: RequestInit = {}) => told(await hall.app.request(path, init));

describe('who is let in', () => {
  test('health and the list of refusals need no token', async () => {
    expect(await ask('/api/health')).toMatchObject({ status: 200, body: { status: 'ready' } });
    const { body } = await ask('/api/problems');
    expect(body.items).toContainEqual({
      code: 'version.stale',
      status: 409,
      title: '内容已被他人更新',
      next: '请刷新后核对,再决定是否提交',
      retry: false,
    });
  });

  test('nobody without a token, and the answer says how to come back', async () => {
    const answer = await ask('/api/me');
    expect(answer).toMatchObject({ status: 401, type: 'application/problem+json' });
    expect(answer.body).toEqual({
      type: '/api/problems#token.missing',
      title: '没有登录凭证',
      status: 401,
      code: 'token.missing',
      detail: '没有登录凭证',
      next: '请先登录',
      retry: false,
    });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test.each([
    ['garbage', async () => 'x.y.z'],
    ['one that ran out', () => hall.token('xun', { exp: 1_700_000_000 })],
    ['one for somebody else', () => hall.token('xun', { aud: 'another-house' })],
  ])('a token that is %s is not believed', async (_what, token) => {
    const answer = await ask('/api/me', { headers: { authorization: `Bearer ${await token()}` } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'token.invalid' } });
  });

  test('an account nobody entered is unknown, also to every command', async () => {
    expect((await hall.as('stranger').get('/api/me')).body.code).toBe('account.unknown');
    expect((await hall.as('stranger').post('/api/cases', finding())).body.code).toBe('account.unknown');
  });

  test('an account that ended, or was given to another login, opens nothing any more', async () => {
    const account = (subject: string, more: object = {}): RegistryEntry => ({
      ...{ kind: 'account', id: 'wai', issuer: 'https://issuer.example', subject, person: 'wai' },
      ...{ from: '2026-01-01', ...more },
    });
    const enter = (entry: RegistryEntry) => hall.as('guan').post('/api/registry', { entries: [entry] });
    expect((await hall.as('wai').get('/api/me')).status).toBe(200);
    await enter(account('wai-new'));
    expect((await hall.as('wai').get('/api/me')).body.code).toBe('account.unknown');
    expect((await hall.as('wai-new').get('/api/me')).body).toMatchObject({ person: 'wai', roles: [] });
    await enter(account('wai-new', { until: '2026-11-17' }));
    expect((await hall.as('wai-new').get('/api/me')).body.code).toBe('account.unknown');
    await enter(account('wai'));
  });

  test('one account in two centres says which; a centre it is not in stays shut', async () => {
    const neighbour = entries.map(
      (entry): RegistryEntry =>
        entry.kind === 'centre'
          ? { ...centreEntry, id: 'twin', name: '双城政务服务中心', hours: [...centreEntry.hours] }
          : entry.kind === 'account' && entry.person !== 'ji'
            ? { ...entry, subject: `twin-${entry.subject}` }
            : entry,
    );
    await hall.found('twin', neighbour);
    const unsaid = await hall.as('ji').get('/api/me');
    expect(unsaid.body).toMatchObject({ code: 'account.several', detail: '可选:mingchuang、twin' });
    const said = await hall.as('ji').get('/api/me', { [centreHeader]: 'twin' });
    expect(said.body).toMatchObject({
      centre: { id: 'twin', name: '双城政务服务中心' },
      centres: ['mingchuang', 'twin'],
      roles: [{ role: 'auditor', title: '纪检监察' }],
    });
    const shut = await hall.as('xun').get('/api/me', { [centreHeader]: 'twin' });
    expect(shut.body.code).toBe('account.unknown');
  });

  test('a right that ended yesterday is no right today', async () => {
    await hall.as('guan').post('/api/registry', {
      entries: [
        { kind: 'grant', id: 'er-inspector', person: 'staff-0102', role: 'inspector', from: '2026-11-01' },
      ],
    });
    const lent = { ...finding(), subject: { kind: 'window' } };
    expect((await hall.as('staff-0102').post('/api/cases', lent)).status).toBe(201);
    await hall.as('guan').post('/api/registry', {
      entries: [
        {
          ...{ kind: 'grant', id: 'er-inspector', person: 'staff-0102', role: 'inspector' },
          ...{ from: '2026-11-01', until: '2026-11-17' },
        },
      ],
    });
    expect((await hall.as('staff-0102').post('/api/cases', lent)).body.code).toBe('access.denied');
  });
});

describe('before anything is parsed', () => {
  const send = async (body: string | ReadableStream, headers: Record<string, string> = {}) =>
    ask('/api/cases', {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${await hall.token('xun')}`, ...headers },
      ...(typeof body === 'string' ? {} : { duplex: 'half' }),
    });

  test('a body over 4 MB is too large, said in the header or not', async () => {
    const large = JSON.stringify(finding({ description: 'a'.repeat(4 * 1024 * 1024) }));
    expect((await send(large)).body.code).toBe('request.too-large');
    expect((await send(large, { 'content-length': String(large.length) })).body.code).toBe(
      'request.too-large',
    );
    expect((await send(new Blob([large]).stream())).body.code).toBe('request.too-large');
  });

  test.each([
    ['{"commandId":', '内容不是有效的 JSON'],
    ['commandId=1', '内容不是有效的 JSON'],
    ['\u0000', '内容不是有效的 JSON'],
  ])('%j is no JSON', async (body, detail) => {
    expect((await send(body)).body).toMatchObject({ code: 'request.invalid', detail });
  });

  test.each(['null', '[]', '"case"', '7', 'true', '{}', ''])('%j is no command', async (body) => {
    expect((await send(body)).body).toMatchObject({ code: 'request.invalid', status: 400 });
  });

  test.each(['/api/nothing', '/api/case', '/api/cases/x/y/z', '/elsewhere', '/api'])(
    '%s is no address',
    async (path) => {
      expect((await ask(path)).body).toMatchObject({ code: 'route.unknown', status: 404 });
    },
  );

  test('a method that an address does not know is no address either', async () => {
    expect((await ask('/api/cases', { method: 'DELETE' })).body.code).toBe('route.unknown');
    expect((await ask('/api/me', { method: 'POST' })).body.code).toBe('route.unknown');
  });
});

describe('what a browser is told', () => {
  test('to store nothing, to guess nothing, to run nothing', async () => {
    for (const path of ['/api/health', '/api/me', '/api/nothing']) {
      const { headers } = await ask(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
      });
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  test('to stay with https where people come by https', async () => {
    const secure = await openHouse({ secure: true });
    const { headers } = await told(await secure.app.request('/api/health'));
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/);
  });
});

describe('behind API Gateway', () => {
  const event = (method: string, rawPath: string, more: object = {}) => ({
    ...{ version: '2.0', routeKey: '$default', rawPath, rawQueryString: '', headers: {} },
    ...{ isBase64Encoded: false },
    requestContext: {
      ...{ accountId: '', apiId: '', domainName: 'hall.example', domainPrefix: '', requestId: '' },
      ...{ routeKey: '', stage: '', time: '', timeEpoch: 0 },
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
    },
    ...more,
  });
  const handler = answering((request) => hall.app.fetch(request));

  test('the same answers, whether the body comes as text or as base64', async () => {
    const headers = { authorization: `Bearer ${await hall.token('xun')}` };
    const body = JSON.stringify({ commandId: randomUUID(), ...finding() });
    const plain = await handler(event('POST', '/api/cases', { headers, body }));
    const coded = await handler(
      event('POST', '/api/cases', {
        headers,
        body: Buffer.from(body).toString('base64'),
        isBase64Encoded: true,
      }),
    );
    expect(plain).toMatchObject({ statusCode: 201, isBase64Encoded: false });
    expect(coded.body).toBe(plain.body);
  });

  test('queries arrive, and refusals keep their type', async () => {
    const headers = { authorization: `Bearer ${await hall.token('ban')}` };
    const listed = await handler(
      event('GET', '/api/registry', { headers, rawQueryString: 'kind=hall&limit=1' }),
    );
    expect(JSON.parse(listed.body ?? '')).toMatchObject({ items: [{ id: 'hall-1' }], next: 'hall:hall-1' });
    const refused = await handler(event('GET', '/api/nothing'));
    expect(refused).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'application/problem+json' },
    });
  });
});
