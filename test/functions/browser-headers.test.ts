// Whatever a browser can get from this house, page, answer or refusal, is to be trusted by the same headers: nothing is
// guessed, framed or run that is not the house's own, and https is never left again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIssuerApp, ownAudience, ownClientId } from '../../functions/issuer-app.ts';
import { passwordGate } from '../../functions/password-gate.ts';
import { openSecretKeys } from '../../functions/secret-keys.ts';
import { openSignInBook } from '../../functions/sign-in-book.ts';
import { createWebPages } from '../../functions/web-pages.ts';
import { openHouse, type TestHouse } from '../house.ts';

const origin = 'https://hall.example';
const issuer = `${origin}/oidc`;
const folder = mkdtempSync(join(tmpdir(), 'mingchuang-headers-'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>明窗</title>');
writeFileSync(join(folder, 'main.js'), 'export {};');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let ask: (path: string, init?: RequestInit) => Promise<Response>;
beforeAll(async () => {
  const hall: TestHouse = await openHouse({ secure: true });
  const clock = hall.clock.now;
  const book = openSignInBook({ client: hall.client, table: hall.table, clock });
  const { app } = createIssuerApp({
    ...{ issuer, audience: ownAudience, clientId: ownClientId, clock },
    ...{ gate: passwordGate(book, clock, 4), grants: book.grants },
    signing: openSecretKeys(async () => ['a'.repeat(64)]),
  });
  const signIn = new Hono().route('/oidc', app);
  const settings = { issuer, clientId: 'web', scope: 'openid' };
  const pages = createWebPages({ folder, settings, origins: [], secure: true });
  ask = async (path, init) => {
    const request = new Request(`${origin}${path}`, init);
    if (path.startsWith('/oidc')) return signIn.request(request);
    return path.startsWith('/api') ? hall.app.request(request) : pages(request);
  };
});

const authorize = (fields: Record<string, string>): string =>
  `/oidc/authorize?${new URLSearchParams({
    ...{
      response_type: 'code',
      client_id: ownClientId,
      redirect_uri: `${origin}/signed-in`,
      scope: 'openid',
    },
    ...{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S256', ...fields },
  })}`;
const form = (path: string, fields: Record<string, string>): [string, RequestInit] => [
  path,
  { method: 'POST', body: new URLSearchParams(fields) },
];

/** What it is, how it is asked for, whether a page comes. */
const everything: [string, [string, RequestInit?], boolean][] = [
  ['the app', ['/'], true],
  ['the app at an address of its own', ['/letter-link/abc'], true],
  ['a script of the app', ['/main.js'], false],
  ['a file that is not there', ['/nothing.js'], false],
  ['a way that is not open', ['/', { method: 'DELETE' }], false],
  ['where to sign in', ['/settings.json'], false],
  ['health', ['/api/health'], false],
  ['the contract', ['/api/openapi.json'], false],
  ['the contract to read', ['/api/docs'], true],
  ['the page that checks a paper', ['/api/paper-checks/ABCDEFGH/page'], true],
  ['an answer to nobody', ['/api/me'], false],
  ['a door that is not there', ['/api/nothing'], false],
  ['the sign-in', [authorize({})], true],
  ['a wrong password', form(authorize({}), { account: 'nobody', password: 'wrong' }), true],
  ['a stranger’s address refused', [authorize({ redirect_uri: 'https://evil.example' })], true],
  ['a redirect', [authorize({ response_type: 'token' })], false],
  ['tokens refused', form('/oidc/token', { grant_type: 'password' }), false],
  ['the discovery', ['/oidc/.well-known/openid-configuration'], false],
  ['keys', ['/oidc/jwks'], false],
  ['nothing at the sign-in', ['/oidc/nothing'], false],
];

test.each(everything)(
  '%s carries the headers a browser trusts it by',
  async (_what, [path, init], isPage) => {
    const { headers } = await ask(path, init);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/default-src '(none|self)'/);
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? /default-src ([^;]*)/.exec(policy)?.[1] ?? '*';
    for (const source of scripts.split(' '))
      expect(source).toMatch(/^'(none|self|wasm-unsafe-eval|sha256-[\w+/=]+)'$/);
    expect((headers.get('content-type') ?? '').startsWith('text/html')).toBe(isPage);
  },
);
