import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTokenCheck, type TrustedIssuer } from '../../functions/token.ts';
import { type Instant, plusMinutes } from '../../shared/time.ts';

const issuer = 'https://login.example.gov.cn';
const audience = 'mingchuang';
const start: Instant = '2026-11-22T02:15:00.000Z';
const genuine = { ok: true, value: { issuer, subject: 'xun', name: '巡查员小荀' } };
const refused = { ok: false, problem: { code: 'token.invalid' } };
const unreachable = { ok: false, problem: { code: 'busy.try-again' } };

interface Signer {
  alg: 'ES256' | 'RS256';
  kid: string;
  key: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

const makeSigner = async (kid: string, alg: Signer['alg'] = 'ES256'): Promise<Signer> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, key: privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } };
};

let signer: Signer;
let rsa: Signer;
let stranger: Signer;
let now: Instant;
let warnings: string[];

beforeAll(async () => {
  [signer, rsa, stranger] = await Promise.all([
    makeSigner('one'),
    makeSigner('rsa', 'RS256'),
    makeSigner('strange'),
  ]);
});

beforeEach(() => {
  now = start;
  warnings = [];
});

const check = (...issuers: TrustedIssuer[]) => {
  const checkToken = createTokenCheck({ issuers, clock: () => now, warn: (line) => warnings.push(line) });
  return (header?: string) => checkToken(header, now);
};

const trusting = (...signers: Signer[]): TrustedIssuer => ({
  issuer,
  audience,
  algorithms: ['ES256', 'RS256'],
  jwks: { keys: signers.map(({ jwk }) => jwk) },
});

const seconds = (at: Instant): number => Date.parse(at) / 1000;

/** A token as the issuer would write it now, changed as the test wants; `undefined` leaves a claim out. */
const token = (changed: Record<string, unknown> = {}, by = signer, kid: string | undefined = by.kid) => {
  const claims: Record<string, unknown> = {
    iss: issuer,
    sub: 'xun',
    aud: audience,
    iat: seconds(now),
    exp: seconds(now) + 3600,
    name: '巡查员小荀',
    ...changed,
  };
  const stated = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return new SignJWT(stated).setProtectedHeader({ alg: by.alg, ...(kid && { kid }) }).sign(by.key);
};

const bearing = async (made: Promise<string> | string) => `Bearer ${await made}`;

describe('who comes with a genuine token', () => {
  it('is known by issuer and subject', async () => {
    expect(await check(trusting(signer))(await bearing(token()))).toEqual(genuine);
  });

  it('may write the scheme as it likes (RFC 9110, 11.1)', async () => {
    expect(await check(trusting(signer))(`bearer ${await token()}`)).toEqual(genuine);
  });

  it('may come from one of several issuers, each with its own keys', async () => {
    const other = { ...trusting(rsa), issuer: 'https://other.example' };
    const ask = check(trusting(signer), other);
    expect(await ask(await bearing(token()))).toEqual(genuine);
    expect(await ask(await bearing(token({ iss: 'https://other.example' }, rsa)))).toMatchObject({
      ok: true,
    });
    expect(await ask(await bearing(token({ iss: 'https://other.example' })))).toEqual(refused);
  });

  it('may be meant for either of two audiences of one issuer', async () => {
    const ask = check({ ...trusting(rsa), audience: 'portal' }, trusting(signer));
    expect(await ask(await bearing(token()))).toEqual(genuine);
    expect(await ask(await bearing(token({ aud: 'portal' }, rsa)))).toEqual(genuine);
    expect(await ask(await bearing(token({ aud: 'portal' })))).toEqual(refused);
  });

  it('may name us in client_id, where the issuer does so, but then is no ID token', async () => {
    const ask = check({ ...trusting(rsa), audienceIn: 'client_id' });
    const access = { aud: undefined, client_id: audience };
    expect(await ask(await bearing(token(access, rsa)))).toEqual(genuine);
    expect(await ask(await bearing(token({ ...access, client_id: 'pension' }, rsa)))).toEqual(refused);
    expect(await ask(await bearing(token({ ...access, aud: audience }, rsa)))).toEqual(refused);
    expect(await check(trusting(rsa))(await bearing(token(access, rsa)))).toEqual(refused);
  });

  it('may bring several audiences, of which ours is one', async () => {
    expect(await check(trusting(signer))(await bearing(token({ aud: ['pension', audience] })))).toEqual(
      genuine,
    );
  });

  it('need not have a name', async () => {
    const nameless = { ok: true, value: { issuer, subject: 'xun' } };
    const ask = check(trusting(signer));
    expect(await ask(await bearing(token({ name: undefined })))).toEqual(nameless);
    expect(await ask(await bearing(token({ name: { toString: 1 } })))).toEqual(nameless);
  });
});

describe('without a token', () => {
  it.each([undefined, '', '  '])('it is said that one is missing (%j)', async (header) => {
    expect(await check(trusting(signer))(header)).toEqual({ ok: false, problem: { code: 'token.missing' } });
  });
});

describe('a token is refused without a word why', () => {
  const wrong: [string, Record<string, unknown>][] = [
    ['expired', { exp: seconds(start) - 61 }],
    ['without an end', { exp: undefined }],
    ['whose end is no number', { exp: '2099-01-01' }],
    ['not yet valid', { nbf: seconds(start) + 61 }],
    ['from another issuer', { iss: 'https://evil.example' }],
    ['from no issuer', { iss: undefined }],
    ['for another audience', { aud: 'pension' }],
    ['for no audience', { aud: undefined }],
    ['of nobody', { sub: undefined }],
    ['of a nameless one', { sub: '' }],
    ['of a number', { sub: 7 }],
    ['of a subject too long for a key', { sub: 'x'.repeat(256) }],
  ];
  it.each(wrong)('%s', async (_, changed) => {
    expect(await check(trusting(signer))(await bearing(token(changed)))).toEqual(refused);
    expect(warnings).toEqual([]);
  });

  it('but clocks may differ by a minute', async () => {
    const ask = check(trusting(signer));
    expect(await ask(await bearing(token({ exp: seconds(now) - 59 })))).toEqual(genuine);
    expect(await ask(await bearing(token({ nbf: seconds(now) + 60 })))).toEqual(genuine);
  });

  it('unsigned (alg none)', async () => {
    const unsigned = new UnsecuredJWT({ sub: 'xun' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(seconds(now) + 3600)
      .encode();
    expect(await check(trusting(signer))(`Bearer ${unsigned}`)).toEqual(refused);
    expect(await check(trusting(signer))(`Bearer ${unsigned}c2lnbmF0dXJl`)).toEqual(refused);
  });

  it('signed with the public key as an HMAC secret (HS256)', async () => {
    const pem = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    for (const secret of [pem, new TextEncoder().encode(JSON.stringify(rsa.jwk))]) {
      const forged = await new SignJWT({ sub: 'xun' })
        .setProtectedHeader({ alg: 'HS256', kid: rsa.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(seconds(now) + 3600)
        .sign(secret);
      expect(await check(trusting(rsa))(`Bearer ${forged}`)).toEqual(refused);
    }
  });

  it('by an algorithm that is not on the list, though the key is ours', async () => {
    const onlyRsa: TrustedIssuer = { ...trusting(signer, rsa), algorithms: ['RS256'] };
    expect(await check(onlyRsa)(await bearing(token()))).toEqual(refused);
    expect(await check(onlyRsa)(await bearing(token({}, rsa)))).toEqual(genuine);
  });

  it('by a key of its own, named like ours or carried along', async () => {
    const ask = check(trusting(signer));
    expect(await ask(await bearing(token({}, stranger, signer.kid)))).toEqual(refused);
    expect(await ask(await bearing(token({}, stranger)))).toEqual(refused);
    const carried = new SignJWT({ sub: 'xun', iss: issuer, aud: audience, exp: seconds(now) + 60 })
      .setProtectedHeader({ alg: 'ES256', jwk: stranger.jwk })
      .sign(stranger.key);
    expect(await ask(await bearing(carried))).toEqual(refused);
  });

  it('with claims altered after signing', async () => {
    const [head, , signature] = (await token()).split('.');
    const claims = { iss: issuer, sub: 'chief', aud: audience, exp: seconds(now) + 3600 };
    const altered = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await check(trusting(signer))(`Bearer ${head}.${altered}.${signature}`)).toEqual(refused);
  });

  it('with any one character changed, but for the last: four of its bits say nothing (RFC 4648, 3.5)', async () => {
    const ask = check(trusting(signer));
    const whole = await token();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), fc.constantFrom(...alphabet), async (at, character) => {
        fc.pre(whole[at] !== character);
        expect(await ask(`Bearer ${whole.slice(0, at)}${character}${whole.slice(at + 1)}`)).toEqual(refused);
      }),
      { numRuns: 300 },
    );
  });

  it('that is no token at all', async () => {
    const ask = check(trusting(signer));
    const made = await token();
    const headers = [
      'Bearer',
      'Bearer  ',
      'Bearer a.b.c',
      'Bearer ..',
      `Basic ${made}`,
      made,
      `Bearer ${made} x`,
    ];
    for (const header of headers) expect(await ask(header)).toEqual(refused);
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await ask(`Bearer ${text}`)).toEqual(refused);
      }),
    );
  });

  it('that is longer than any honest one', async () => {
    expect(await check(trusting(signer))(await bearing(token({ filler: 'x'.repeat(8_192) })))).toEqual(
      refused,
    );
  });

  it('when the published key itself is broken, and the operator hears of it', async () => {
    const broken: Signer = { ...signer, jwk: { ...signer.jwk, x: 'AAAA' } };
    expect(await check(trusting(broken))(await bearing(token()))).toEqual(refused);
    expect(warnings).toHaveLength(1);
  });
});

describe("the issuer's keys", () => {
  let published: Signer[];
  let answer: 'keys' | 'error' | 'nonsense' | 'elsewhere';
  let asked: number;
  let jwksUrl: string;
  let folder: string;

  const server = createServer((request, response) => {
    asked++;
    if (answer === 'elsewhere' && request.url !== '/other') {
      response.writeHead(302, { location: '/other' }).end();
      return;
    }
    response.statusCode = answer === 'error' ? 500 : 200;
    response.end(
      answer === 'nonsense' ? '<html>' : JSON.stringify({ keys: published.map(({ jwk }) => jwk) }),
    );
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingchuang-jwks-'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    jwksUrl = `http://127.0.0.1:${address.port}/jwks`;
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    published = [signer];
    answer = 'keys';
    asked = 0;
  });

  const byUrl = () => check({ issuer, audience, algorithms: ['ES256'], jwksUrl });

  it('are asked for once, also when many requests come at once', async () => {
    const ask = byUrl();
    const header = await bearing(token());
    expect(asked).toBe(0);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(header)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    await ask(header);
    expect(asked).toBe(1);
  });

  it('are asked for again when the issuer changes its key', async () => {
    const ask = byUrl();
    expect(await ask(await bearing(token()))).toEqual(genuine);
    const next = await makeSigner('two');
    published = [signer, next];
    now = plusMinutes(now, 1);
    expect(await ask(await bearing(token({}, next)))).toEqual(genuine);
    expect(await ask(await bearing(token()))).toEqual(genuine);
    expect(asked).toBe(2);

    published = [next];
    now = plusMinutes(now, 10);
    expect(await ask(await bearing(token()))).toEqual(refused);
    expect(await ask(await bearing(token({}, next)))).toEqual(genuine);
  });

  it('are not asked for again by a flood of strange keys', async () => {
    const ask = byUrl();
    await ask(await bearing(token()));
    for (let n = 0; n < 20; n++)
      expect(await ask(await bearing(token({}, stranger, `k${n}`)))).toEqual(refused);
    expect(asked).toBe(1);
  });

  it.each(['error', 'nonsense', 'elsewhere'] as const)(
    'that cannot be had (%s): try again later',
    async (how) => {
      answer = how;
      const ask = byUrl();
      const header = await bearing(token());
      expect(await ask(header)).toEqual(unreachable);
      expect(await ask(header)).toEqual(unreachable);
      expect(asked).toBe(1);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).not.toContain(header.slice(7));

      answer = 'keys';
      now = plusMinutes(now, 0.1);
      expect(await ask(header)).toEqual(genuine);
    },
  );

  it('count on for an hour while the issuer is away, and no longer', async () => {
    const ask = byUrl();
    await ask(await bearing(token()));
    answer = 'error';
    now = plusMinutes(now, 59);
    expect(await ask(await bearing(token()))).toEqual(genuine);
    expect(await ask(await bearing(token({}, stranger)))).toEqual(unreachable);
    now = plusMinutes(now, 2);
    expect(await ask(await bearing(token()))).toEqual(unreachable);
  });

  it('may lie in a file, which may be replaced', async () => {
    const jwksFile = join(folder, 'jwks.json');
    const ask = check({ issuer, audience, algorithms: ['ES256'], jwksFile });
    expect(await ask(await bearing(token()))).toEqual(unreachable);
    now = plusMinutes(now, 1);
    writeFileSync(jwksFile, JSON.stringify({ keys: [signer.jwk] }));
    expect(await ask(await bearing(token()))).toEqual(genuine);
    now = plusMinutes(now, 1);
    writeFileSync(jwksFile, JSON.stringify({ keys: [stranger.jwk] }));
    expect(await ask(await bearing(token({}, stranger)))).toEqual(genuine);
  });
});
