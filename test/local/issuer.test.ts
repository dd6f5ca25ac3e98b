import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Hono } from 'hono';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ownClientId } from '../../functions/issuer-app.ts';
import { createTokenCheck } from '../../functions/token.ts';
import { type Account, type BuiltInIssuer, createIssuer } from '../../local/issuer.ts';
import { type Instant, plusMinutes } from '../../shared/time.ts';

const origin = 'https://hall.example.gov.cn';
const audience = 'mingchuang';
const home = `${origin}/signed-in`;
const xun: Account = { subject: 'xun', name: '荀巡', title: '巡查员' };
const ge: Account = { subject: 'ge', name: '葛格', title: '格长' };

let keyFolder: string;
let now: Instant;
let accounts: Account[];
let built: BuiltInIssuer;
let root: Hono;

const open = async () => {
  built = await createIssuer({
    issuer: `${origin}/oidc`,
    audience,
    keyFolder,
    accounts: async () => accounts,
    clock: () => now,
  });
  root = new Hono().route('/oidc', built.app);
};

beforeEach(async () => {
  keyFolder = mkdtempSync(join(tmpdir(), 'mingchuang-issuer-'));
  now = '2026-11-22T02:15:00.000Z';
  accounts = [xun, ge];
  await open();
});

afterEach(() => rmSync(keyFolder, { recursive: true, force: true }));

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** What a browser sends along to be signed in; `undefined` leaves a field out. */
const wish = (changed: Record<string, string | undefined> = {}): string => {
  const all: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: ownClientId,
    redirect_uri: home,
    scope: 'openid profile',
    state: 'a b&c',
    nonce: 'n-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changed,
  };
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(all)) if (value !== undefined) search.set(key, value);
  return `${origin}/oidc/authorize?${search}`;
};

const post = (url: string, fields: Record<string, string>) =>
  root.request(url, { method: 'POST', body: new URLSearchParams(fields) });

const backAt = (response: Response): URL => {
  expect(response.status).toBe(303);
  return new URL(response.headers.get('location') ?? '');
};

const codeFor = async (account: Account, changed: Record<string, string | undefined> = {}): Promise<string> =>
  backAt(await post(wish(changed), { subject: account.subject })).searchParams.get('code') ?? '';

const exchange = (code: string, changed: Record<string, string> = {}) =>
  post(`${origin}/oidc/token`, {
    grant_type: 'authorization_code',
    client_id: ownClientId,
    code,
    redirect_uri: home,
    code_verifier: verifier,
    ...changed,
  });

const refresh = (token: string, changed: Record<string, string> = {}) =>
  post(`${origin}/oidc/token`, {
    grant_type: 'refresh_token',
    client_id: ownClientId,
    refresh_token: token,
    ...changed,
  });

const tokens = async (response: Response | Promise<Response>) => {
  const answered = await response;
  expect(answered.status).toBe(200);
  return z
    .object({
      access_token: z.string(),
      id_token: z.string(),
      refresh_token: z.string(),
      token_type: z.literal('Bearer'),
      expires_in: z.literal(3600),
    })
    .parse(await answered.json());
};

const signIn = async (account = xun) => tokens(exchange(await codeFor(account)));

const errorOf = async (response: Response | Promise<Response>): Promise<unknown> => {
  const answered = await response;
  expect(answered.status).toBeGreaterThanOrEqual(400);
  return z
    .object({ error: z.string() })
    .strict()
    .parse(await answered.json()).error;
};

/** The house's own check, as the API runs it. */
const whoIs = (token: string) =>
  createTokenCheck({
    issuers: [{ issuer: `${origin}/oidc`, audience, algorithms: ['ES256'], jwks: built.jwks }],
    clock: () => now,
  })(`Bearer ${token}`, now);

describe('signing in', () => {
  it('goes from the page over code and verifier to a token the house believes', async () => {
    const shown = await root.request(wish());
    expect(shown.status).toBe(200);
    expect(await shown.text()).toContain('荀巡');

    const back = backAt(await post(wish(), { subject: 'xun' }));
    expect(back.origin + back.pathname).toBe(home);
    expect(back.searchParams.get('state')).toBe('a b&c');
    expect(back.searchParams.get('iss')).toBe(`${origin}/oidc`); // RFC 9207

    const given = await tokens(exchange(back.searchParams.get('code') ?? ''));
    expect(await whoIs(given.access_token)).toEqual({
      ok: true,
      value: { issuer: `${origin}/oidc`, subject: 'xun', name: '荀巡' },
    });
  });

  it('gives an access token with exactly the claims agreed on', async () => {
    const { access_token } = await signIn();
    const { payload } = await jwtVerify(access_token, createLocalJWKSet(built.jwks), {
      currentDate: new Date(now),
    });
    const iat = Date.parse(now) / 1000;
    expect(payload).toEqual({
      iss: `${origin}/oidc`,
      sub: 'xun',
      aud: audience,
      iat,
      exp: iat + 3600,
      name: '荀巡',
    });
    expect(decodeProtectedHeader(access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  });

  it('gives an ID token for the client, with the nonce, which is no access token', async () => {
    const { id_token } = await signIn();
    const { payload } = await jwtVerify(id_token, createLocalJWKSet(built.jwks), {
      currentDate: new Date(now),
    });
    expect(payload).toMatchObject({ sub: 'xun', aud: ownClientId, nonce: 'n-1', name: '荀巡' });
    expect(await whoIs(id_token)).toEqual({ ok: false, problem: { code: 'token.invalid' } });
  });

  it('is described as OpenID Connect Discovery 1.0 wants it', async () => {
    const response = await root.request(`${origin}/oidc/.well-known/openid-configuration`);
    const found = z.record(z.string(), z.unknown()).parse(await response.json());
    expect(found).toMatchObject({
      issuer: `${origin}/oidc`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
    });
    for (const name of ['authorization_endpoint', 'jwks_uri']) {
      const address = z.string().parse(found[name]);
      expect((await root.request(address + new URL(wish()).search)).status).toBe(200);
    }
    const keys = await (await root.request(`${origin}/oidc/jwks`)).json();
    expect(keys).toEqual(built.jwks);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });
});

describe('a code', () => {
  it('is good once; shown again it also ends the sign-in it gave', async () => {
    const code = await codeFor(xun);
    const given = await tokens(exchange(code));
    expect(await errorOf(exchange(code))).toBe('invalid_grant');
    expect(await errorOf(refresh(given.refresh_token))).toBe('invalid_grant');
  });

  it('is good for a minute', async () => {
    const [early, late] = [await codeFor(xun), await codeFor(xun)];
    now = plusMinutes(now, 59 / 60);
    await tokens(exchange(early));
    now = plusMinutes(now, 1 / 60);
    expect(await errorOf(exchange(late))).toBe('invalid_grant');
  });

  it('is no good without its verifier, nor a second time with it', async () => {
    const code = await codeFor(xun);
    const wrong = randomBytes(32).toString('base64url');
    expect(await errorOf(exchange(code, { code_verifier: wrong }))).toBe('invalid_grant');
    expect(await errorOf(exchange(code))).toBe('invalid_grant');
    expect(await errorOf(exchange(await codeFor(xun), { code_verifier: 'short' }))).toBe('invalid_request');
    expect(await errorOf(exchange(await codeFor(xun), { code_verifier: challenge }))).toBe('invalid_grant');
  });

  it('is no good for another address or another client', async () => {
    expect(await errorOf(exchange(await codeFor(xun), { redirect_uri: `${origin}/else` }))).toBe(
      'invalid_grant',
    );
    expect(await errorOf(exchange(await codeFor(xun), { client_id: 'other' }))).toBe('invalid_client');
    expect(await errorOf(exchange('invented'))).toBe('invalid_grant');
    expect(await errorOf(exchange(await codeFor(xun), { grant_type: 'password' }))).toBe(
      'unsupported_grant_type',
    );
  });
});

describe('a refresh token', () => {
  it('is exchanged for the next, which goes on for the same person', async () => {
    const first = await signIn(ge);
    now = plusMinutes(now, 120);
    const second = await tokens(refresh(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await whoIs(second.access_token)).toMatchObject({ ok: true, value: { subject: 'ge' } });
    await tokens(refresh(second.refresh_token));
  });

  it('shown twice was copied: the sign-in ends for both', async () => {
    const first = await signIn();
    const other = await signIn();
    const second = await tokens(refresh(first.refresh_token));
    expect(await errorOf(refresh(first.refresh_token))).toBe('invalid_grant');
    expect(await errorOf(refresh(second.refresh_token))).toBe('invalid_grant');
    await tokens(refresh(other.refresh_token));
  });

  it('ends after a week unused, and with the account', async () => {
    const [old, gone] = [await signIn(xun), await signIn(ge)];
    accounts = [xun];
    expect(await errorOf(refresh(gone.refresh_token))).toBe('invalid_grant');
    now = plusMinutes(now, 7 * 24 * 60);
    expect(await errorOf(refresh(old.refresh_token))).toBe('invalid_grant');
  });

  it('is for the client it was given to', async () => {
    const { refresh_token } = await signIn();
    expect(await errorOf(refresh(refresh_token, { client_id: 'other' }))).toBe('invalid_client');
    expect(await errorOf(refresh('invented.token'))).toBe('invalid_grant');
  });
});

describe('over a restart', () => {
  it('tokens and sign-ins go on, codes do not', async () => {
    const code = await codeFor(xun);
    const given = await signIn();
    await open();
    expect(await whoIs(given.access_token)).toMatchObject({ ok: true });
    await tokens(refresh(given.refresh_token));
    expect(await errorOf(exchange(code))).toBe('invalid_grant');
  });

  it('key and sign-ins are readable by their owner alone, and no token stands in a file', async () => {
    const { refresh_token } = await signIn();
    const files = readdirSync(keyFolder);
    expect(files.sort()).toEqual(['issuer-key.json', 'sign-ins.json']);
    for (const file of files) {
      expect(statSync(join(keyFolder, file)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(keyFolder, file), 'utf8')).not.toContain(refresh_token.split('.')[1]);
    }
    chmodSync(join(keyFolder, 'issuer-key.json'), 0o644);
    await open();
    expect(statSync(join(keyFolder, 'issuer-key.json')).mode & 0o777).toBe(0o600);
  });

  it('two that start at once sign with one key', async () => {
    rmSync(join(keyFolder, 'issuer-key.json'));
    const options = { issuer: `${origin}/oidc`, audience, keyFolder, accounts, clock: () => now };
    const [one, two] = await Promise.all([createIssuer(options), createIssuer(options)]);
    expect(one.jwks).toEqual(two.jwks);
  });
});

describe('a request to sign in', () => {
  const foreign = [
    undefined,
    'https://evil.example/',
    'http://hall.example.gov.cn/signed-in',
    'https://hall.example.gov.cn:8443/',
    'https://hall.example.gov.cn.evil.example/',
    'https://hall.example.gov.cn@evil.example/',
    'https://user:pass@hall.example.gov.cn/',
    'https://hall.example.gov.cn/#fragment',
    '//evil.example/',
    '/signed-in',
    'javascript:alert(1)',
  ];
  it.each(foreign)('is never sent back to %s', async (redirect_uri) => {
    for (const response of [
      await root.request(wish({ redirect_uri })),
      await post(wish({ redirect_uri }), { subject: 'xun' }),
    ]) {
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
      expect(await response.text()).toContain(`请从 ${origin} 打开本系统后再登录`);
    }
  });

  it('from an unknown client gets no redirect either', async () => {
    expect((await root.request(wish({ client_id: 'other' }))).status).toBe(400);
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ scope: 'profile' }, 'invalid_scope'],
    [{ prompt: 'none' }, 'login_required'],
  ])('%j is told to the client as %s', async (changed, error) => {
    for (const response of [
      await root.request(wish(changed)),
      await post(wish(changed), { subject: 'xun' }),
    ]) {
      const back = backAt(response);
      expect(back.searchParams.get('error')).toBe(error);
      expect(back.searchParams.get('state')).toBe('a b&c');
      expect(back.searchParams.get('code')).toBeNull();
    }
  });

  it('keeps what the return address already says, but not words put into our mouth', async () => {
    const redirect_uri = `${home}?page=3&code=mine`;
    const back = backAt(await post(wish({ redirect_uri }), { subject: 'xun' }));
    expect(back.searchParams.get('page')).toBe('3');
    expect(back.searchParams.getAll('code')).toHaveLength(1);
    expect(back.searchParams.get('code')).not.toBe('mine');
  });

  it('cannot choose an account that is not there', async () => {
    for (const fields of [{ subject: 'nobody' }, { subject: '' }, { other: 'xun' }]) {
      const response = await post(wish(), fields);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('选择账号登录');
    }
  });

  it('with a body beyond all reason is cut off', async () => {
    expect((await post(wish(), { subject: 'x'.repeat(20_000) })).status).toBe(413);
  });
});

describe('the page', () => {
  it('needs no script, loads nothing and may not be framed', async () => {
    const response = await root.request(wish());
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    expect(text).not.toContain('<script');
    const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? '';
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(text).toContain('lang="zh-CN"');
    expect(text).toContain('不核验密码');
  });

  it('shows every name as text, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', 'b', ' ') }),
        async (name) => {
          accounts = [{ subject: name, name, title: name }];
          const text = await (await root.request(wish())).text();
          const form = /<form.*<\/form>/s.exec(text)?.[0] ?? '';
          expect(form.match(/</g)).toHaveLength(6); // form, button and small, opened and closed
          expect(form.match(/"/g)).toHaveLength(6);
        },
      ),
    );
  });

  it('says so when there is no account yet', async () => {
    accounts = [];
    expect(await (await root.request(wish())).text()).toContain('还没有可用的账号');
  });
});

describe('a token for scripts', () => {
  it('is the same as one signed in for, with the life asked for', async () => {
    const minted = await built.mintToken('ge', { lifetimeSeconds: 600 });
    if (!minted.ok) throw new Error(minted.problem.code);
    expect(await whoIs(minted.value)).toMatchObject({ ok: true, value: { subject: 'ge', name: '葛格' } });
    now = plusMinutes(now, 11);
    expect(await whoIs(minted.value)).toMatchObject({ ok: false });
  });

  it('is not given to nobody, nor for no time', async () => {
    expect(await built.mintToken('nobody')).toEqual({ ok: false, problem: { code: 'account.unknown' } });
    await expect(built.mintToken('ge', { lifetimeSeconds: 0 })).rejects.toThrow(RangeError);
  });
});
