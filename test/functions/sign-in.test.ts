// The built-in sign-in with passwords, on the real table: from a first password on paper to a token the house believes,
// and everything that must not lead there.
import { createHash, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { Hono } from 'hono';
import { decodeProtectedHeader } from 'jose';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { giveFirstPasswords } from '../../functions/first-passwords.ts';
import type { House } from '../../functions/house.ts';
import { createIssuerApp, type IssuerApp, ownAudience, ownClientId } from '../../functions/issuer-app.ts';
import { passwordGate } from '../../functions/password-gate.ts';
import { faultOfPassword, firstPassword, hashOfPassword, isPassword } from '../../functions/passwords.ts';
import { openSecretKeys } from '../../functions/secret-keys.ts';
import { openSignInBook, type SignInBook } from '../../functions/sign-in-book.ts';
import { createTokenCheck } from '../../functions/token.ts';
import { plusDays, plusMinutes } from '../../shared/time.ts';
import { centreId, entries, registry, wednesday } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';

const origin = 'https://hall.example';
const issuer = `${origin}/oidc`;
const home = `${origin}/signed-in`;
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
/** Tries are made cheap here; one password below is hashed as it is in earnest. */
const light = 12;
const chosen = 'Wu-Tong_Shu 2026';

let hall: TestHouse;
let house: House;
let book: SignInBook;
let root: Hono;
let built: IssuerApp;
let secrets: string[];

beforeAll(async () => {
  hall = await openHouse();
  const clock = hall.clock.now;
  book = openSignInBook({ client: hall.client, table: hall.table, clock });
  secrets = [randomBytes(32).toString('hex')];
  built = createIssuerApp({
    ...{ issuer, audience: ownAudience, clientId: ownClientId, clock },
    ...{ gate: passwordGate(book, clock, light), grants: book.grants },
    signing: openSecretKeys(async () => secrets),
  });
  root = new Hono().route('/oidc', built.app);
  house = { ...hall.house, builtIn: { issuer: 'https://issuer.example', book: async () => book } };
});
beforeEach(() => hall.clock.set(wednesday));

const wish = `${issuer}/authorize?${new URLSearchParams({
  ...{ response_type: 'code', client_id: ownClientId, redirect_uri: home, scope: 'openid', state: 's' },
  ...{ code_challenge: challenge, code_challenge_method: 'S256' },
})}`;
const post = (url: string, fields: Record<string, string>) =>
  root.request(url, { method: 'POST', body: new URLSearchParams(fields) });
const enter = (account: string, password: string, more: Record<string, string> = {}) =>
  post(wish, { account, password, ...more });
const ticketOf = async (answer: Response): Promise<string> =>
  /name="ticket" value="([\w-]{43})"/.exec(await answer.text())?.[1] ?? '';
const codeOf = (answer: Response): string | null =>
  new URL(answer.headers.get('location') ?? home).searchParams.get('code');
const exchange = (code: string) =>
  post(`${issuer}/token`, {
    ...{ grant_type: 'authorization_code', client_id: ownClientId, code, redirect_uri: home },
    code_verifier: verifier,
  });
const renew = (refresh_token: string) =>
  post(`${issuer}/token`, { grant_type: 'refresh_token', client_id: ownClientId, refresh_token });
const given = z.object({ access_token: z.string(), refresh_token: z.string() });
const tokens = async (answer: Response) => {
  expect(answer.status).toBe(200);
  return given.parse(await answer.json());
};
const keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
const whoIs = async (token: string) =>
  createTokenCheck({
    issuers: [
      {
        ...{ issuer, audience: ownAudience, algorithms: ['EdDSA'] },
        jwks: keys.parse(await (await root.request(`${issuer}/jwks`)).json()),
      },
    ],
    clock: hall.clock.now,
  })(`Bearer ${token}`, hall.clock.now());

/** Somebody with a password of their own. */
const settled = async (subject: string): Promise<void> => {
  await book.giveFirst(subject, `${subject}某`, (await firstPassword()).hash);
  const account = await book.accountOf(subject);
  if (account) await book.choose(account, await hashOfPassword(chosen, light));
};

describe('the built-in sign-in', () => {
  test('leads from a first password over one of one’s own to a token the house believes', async () => {
    const { password, hash } = await firstPassword();
    await book.giveFirst('xun', '荀巡', hash);
    const shown = await root.request(wish);
    expect(await shown.text()).toMatch(/name="password" type="password"/);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");

    const first = await enter('xun', password);
    expect([first.status, codeOf(first)]).toEqual([200, null]);
    const ticket = await ticketOf(first);
    const short = await post(wish, { ticket, next: 'kurz', again: 'kurz' });
    expect([short.status, await short.text()]).toEqual([400, expect.stringContaining('至少 12 个字符')]);
    const same = await post(wish, { ticket, next: password, again: password });
    expect(same.status).toBe(400);
    const other = await post(wish, { ticket, next: chosen, again: `${chosen}!` });
    expect(await other.text()).toContain('两次输入的口令不一样');
    const done = await post(wish, { ticket, next: chosen, again: chosen });
    expect(done.status).toBe(303);

    const got = await tokens(await exchange(codeOf(done) ?? ''));
    expect(decodeProtectedHeader(got.access_token).alg).toBe('EdDSA');
    expect(await whoIs(got.access_token)).toEqual({
      ok: true,
      value: { issuer, subject: 'xun', name: '荀巡' },
    });
    expect((await post(wish, { ticket, next: `${chosen}1`, again: `${chosen}1` })).status).toBe(400);
    expect((await enter('xun', password)).status).toBe(401);
    expect(codeOf(await enter('xun', chosen))).toEqual(expect.any(String));
  });

  test('says the same of a wrong password, an unknown account and one that rests, and counts a rush as five', async () => {
    await settled('ge');
    const unknown = await enter('nobody', chosen);
    const wrong = await enter('ge', 'wrong');
    const said = (text: string) => text.replace(/value="(nobody|ge)"/, '');
    const words = said(await wrong.text());
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect(said(await unknown.text())).toBe(words);

    const rush = await Promise.all([1, 2, 3, 4, 5, 6].map(() => enter('ge', 'wrong')));
    expect(rush.map(({ status }) => status)).toEqual(rush.map(() => 401));
    for (let n = 0; (await book.accountOf('ge'))?.tries !== 5 && n < 5; n += 1) await enter('ge', 'wrong');
    const resting = await enter('ge', chosen);
    expect([resting.status, codeOf(resting)]).toEqual([401, null]);
    expect(said(await resting.text())).toBe(words);
    hall.clock.set(plusMinutes(wednesday, 15));
    expect((await enter('ge', chosen)).status).toBe(303);
    expect((await book.accountOf('ge'))?.tries).toBe(0);
  });

  test('gives nothing for a first password that lay about for a week, nor ever a token for one', async () => {
    const { password, hash } = await firstPassword();
    await book.giveFirst('ban', '班办', hash);
    expect(await passwordGate(book, hall.clock.now).known('ban', wednesday)).toBeUndefined();
    hall.clock.set(`${plusDays('2026-11-18', 7)}T02:15:00.001Z`);
    const late = await enter('ban', password);
    expect([late.status, await late.text()]).toEqual([401, expect.stringContaining('已过期')]);
  });

  test('ends every sign-in of before with a new password, and one whose token was copied', async () => {
    await settled('ke');
    const before = await tokens(await exchange(codeOf(await enter('ke', chosen)) ?? ''));
    const next = await tokens(await renew(before.refresh_token));
    expect((await renew(before.refresh_token)).status).toBe(400); // shown twice
    expect((await renew(next.refresh_token)).status).toBe(400); // so this one is over, too

    const again = await tokens(await exchange(codeOf(await enter('ke', chosen)) ?? ''));
    hall.clock.set(plusMinutes(wednesday, 1));
    const change = await enter('ke', chosen, { change: 'on' });
    const ticket = await ticketOf(change);
    expect((await post(wish, { ticket, next: `${chosen}x`, again: `${chosen}x` })).status).toBe(303);
    expect((await renew(again.refresh_token)).status).toBe(400);
    const code = codeOf(await enter('ke', `${chosen}x`)) ?? '';
    expect((await exchange(code)).status).toBe(200);
    expect((await exchange(code)).status).toBe(400);
  });

  test('believes tokens of the secret before, and of no other', async () => {
    await settled('chu');
    const { access_token: old } = await tokens(await exchange(codeOf(await enter('chu', chosen)) ?? ''));
    const [first = ''] = secrets;
    secrets = [randomBytes(32).toString('hex'), first];
    expect(await whoIs(old)).toMatchObject({ ok: true });
    secrets = [randomBytes(32).toString('hex')];
    expect(await whoIs(old)).toMatchObject({ ok: false });
    secrets = ['too short'];
    expect((await root.request(`${issuer}/jwks`)).status).toBe(500);
    secrets = [first];
  });

  test('keeps nothing a thief could type', async () => {
    await settled('zhu');
    const kept = JSON.stringify(await book.accountOf('zhu'));
    expect(kept).not.toContain(chosen);
    expect(kept).toMatch(/scrypt\$12\$/);
  });
});

describe('first passwords', () => {
  const admin = {
    ...{ person: 'guan', system: false, everybody: registry.of.grant },
    grants: registry.grantsByPerson.get('guan') ?? [],
  };
  const clerk = { ...admin, person: 'ban', grants: registry.grantsByPerson.get('ban') ?? [] };
  const ask = (accounts: string[], of: House = house, by = admin) =>
    giveFirstPasswords(of, centreId, by, { accounts });
  const code = (result: Awaited<ReturnType<typeof ask>>) => (result.ok ? 'given' : result.problem.code);

  test('are made up for the administrator, and open the door once', async () => {
    const made = await ask(['xun', 'ge']);
    if (!made.ok) throw new Error(made.problem.code);
    const [xun, ge] = made.value.items;
    expect(xun).toMatchObject({ account: 'xun', subject: 'xun', name: expect.any(String) });
    expect(xun?.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/);
    expect(xun?.password).not.toBe(ge?.password);
    expect(await ticketOf(await enter('xun', xun?.password ?? ''))).not.toBe('');
    expect((await enter('xun', chosen)).status).toBe(401);
  });

  test('are for no one else to ask, for no stranger, and not where people sign in elsewhere', async () => {
    expect(code(await ask(['xun'], house, clerk))).toBe('access.denied');
    expect(code(await ask(['xun', 'nobody']))).toBe('thing.not-found');
    expect(code(await ask(['xun'], hall.house))).toBe('account.elsewhere');
    const moved = { issuer: 'https://another.example/oidc', book: async () => book };
    expect(code(await ask(['xun'], { ...house, builtIn: moved }))).toBe('account.elsewhere');
    const { status, body } = await hall
      .as('guan')
      .post('/api/accounts/first-passwords', { accounts: ['xun'] });
    expect([status, body.code]).toEqual([409, 'account.elsewhere']);
  });

  test('of somebody who works in another centre too are not this administrator’s to set', async () => {
    const two = entries.map((entry) => (entry.kind === 'centre' ? { ...entry, id: 'second' } : entry));
    await hall.found('second', two);
    expect(code(await ask(['xun']))).toBe('account.other-centre');
  });
});

describe('a password', () => {
  test.each([
    ['Short-1x', '至少 12'],
    ['alllowercaseletters', '三种'],
    ['Zhangsan-2026-x', '账号'],
    ['Password-2026-x', '太常见'],
    ['Aaaaa-2026-xyzt', '相同的字符'],
    [`Aa1-${'x1'.repeat(80)}`, '最多 128'],
  ])('%s is not taken', (password, why) => expect(faultOfPassword(password, 'zhangsan')).toContain(why));

  test('may be a sentence with signs, in Chinese too', () => {
    for (const password of [chosen, '春风又绿江南岸 No.1 hao', 'Tr0ub4dor&3-bridge'])
      expect(faultOfPassword(password, 'zhangsan')).toBeUndefined();
  });

  test('is the same however the keyboard composes it, and another is not', async () => {
    const kept = await hashOfPassword('Caf\u00e9-2026-hall');
    expect(kept).toMatch(/^scrypt\$17\$/);
    expect(await isPassword('Cafe\u0301-2026-hall', kept)).toBe(true);
    expect(await isPassword('cafe\u0301-2026-hall', kept)).toBe(false);
    await expect(isPassword('x', 'plain text')).rejects.toThrow();
  });

  test('made up by us is never one we would refuse to read aloud', () =>
    fc.assert(
      fc.asyncProperty(fc.constant(0), async () => {
        const { password, hash } = await firstPassword();
        expect(password).not.toMatch(/[01loiLOI]/);
        expect(await isPassword(password, hash)).toBe(true);
      }),
      { numRuns: 3 },
    ));
});
