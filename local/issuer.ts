// A small OpenID Connect issuer for one machine, and for offices that have none: authorization code with PKCE (S256)
// for one public client on our own origin. Asks for no password, and says so on its page.
// Knows accounts by subject and name; may not know roles, centres or the table.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { JSONWebKeySet } from 'jose';
import * as z from 'zod';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { Instant } from '../shared/time.ts';
import { digestOf, openGrants } from './issuer-grants.ts';
import { type Account, choicePage, pageHeaders, refusalPage } from './issuer-page.ts';
import { openSigning } from './issuer-signing.ts';

export type { Account };

export interface IssuerOptions {
  /** The address the app is mounted at, as browsers see it: `<PUBLIC_URL>/oidc`. Only its origin is redirected to. */
  issuer: string;
  /** For whom access tokens are: what the token check expects. */
  audience: string;
  /** Where key and sign-ins are kept; made when missing. */
  keyFolder: string;
  accounts: Account[] | (() => Promise<Account[]>);
  clock(): Instant;
  /** The one client that may ask; it has no secret. */
  clientId?: string;
}

export interface BuiltInIssuer {
  /** To be mounted at the issuer's path: `root.route('/oidc', issuer.app)`. */
  app: Hono;
  /** The public keys, so that the same process need not ask itself over HTTP. */
  jwks: JSONWebKeySet;
  /** An access token without signing in; `account.unknown` when nobody has the subject. */
  mintToken(subject: string, options?: { lifetimeSeconds?: number }): Promise<Result<string>>;
}

export const webClientId = 'mingchuang-web';

/** Seconds. */
const tokenLife = 3_600;

const authorizeRequest = z.object({
  response_type: z.literal('code'),
  scope: z.string().max(200),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
  state: z.string().max(2_000).optional(),
  nonce: z.string().max(500).optional(),
  prompt: z.string().optional(),
});

const tokenRequest = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    client_id: z.string(),
    code: z.string(),
    redirect_uri: z.string(),
    code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  }),
  z.object({ grant_type: z.literal('refresh_token'), client_id: z.string(), refresh_token: z.string() }),
]);

export const createIssuer = async (options: IssuerOptions): Promise<BuiltInIssuer> => {
  const { issuer, audience, clock, clientId = webClientId } = options;
  const signing = await openSigning(options.keyFolder);
  const grants = openGrants(options.keyFolder, clock);
  const ownOrigin = new URL(issuer).origin;

  const accounts = async (): Promise<Account[]> =>
    typeof options.accounts === 'function' ? await options.accounts() : options.accounts;
  const accountOf = async (subject: string): Promise<Account | undefined> =>
    (await accounts()).find((account) => account.subject === subject);

  const accessToken = ({ subject, name }: Account, lifetime: number): Promise<string> => {
    const iat = Math.floor(Date.parse(clock()) / 1000);
    return signing.sign(
      { iss: issuer, sub: subject, aud: audience, iat, exp: iat + lifetime, name },
      'at+jwt',
    );
  };
  const idToken = ({ subject, name }: Account, nonce: string | undefined): Promise<string> => {
    const iat = Math.floor(Date.parse(clock()) / 1000);
    const claims = { iss: issuer, sub: subject, aud: clientId, iat, exp: iat + tokenLife, name };
    return signing.sign(nonce === undefined ? claims : { ...claims, nonce }, 'JWT');
  };

  const discovery = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    id_token_signing_alg_values_supported: ['ES256'],
    subject_types_supported: ['public'],
    scopes_supported: ['openid', 'profile', 'offline_access'],
    claims_supported: ['iss', 'sub', 'aud', 'iat', 'exp', 'nonce', 'name'],
    ui_locales_supported: ['zh-CN'],
    authorization_response_iss_parameter_supported: true,
  };

  /** Where an answer may be sent: our own origin, spelled without user or fragment (RFC 9700, 4.1). */
  const ownAddress = (text: string | undefined): URL | undefined => {
    if (text === undefined || !URL.canParse(text)) return undefined;
    const { origin, username, password, hash } = new URL(text);
    return origin === ownOrigin && username + password + hash === '' ? new URL(text) : undefined;
  };

  /** Both for showing the choice (GET) and for the choice made (POST to the same address). */
  const authorize = async (c: Context, chosen: string | undefined): Promise<Response> => {
    const asked = c.req.query();
    const back = ownAddress(asked.redirect_uri);
    if (back === undefined) {
      const reason = `登录后的返回地址不属于本系统,已拒绝。请从 ${ownOrigin} 打开本系统后再登录。`;
      return c.html(refusalPage(reason), 400, pageHeaders);
    }
    if (asked.client_id !== clientId) {
      return c.html(refusalPage('发起登录的应用没有登记,已拒绝。'), 400, pageHeaders);
    }

    const answer = (answered: Record<string, string>): Response => {
      const { state } = asked;
      const all = { ...answered, ...(state !== undefined && { state }), iss: issuer };
      for (const [key, value] of Object.entries(all)) back.searchParams.set(key, value);
      return new Response(null, {
        status: 303,
        headers: { location: back.href, 'cache-control': 'no-store' },
      });
    };
    if (asked.response_type !== 'code') return answer({ error: 'unsupported_response_type' });
    const request = authorizeRequest.safeParse(asked);
    if (!request.success) return answer({ error: 'invalid_request' });
    const { data } = request;
    if (!data.scope.split(' ').includes('openid')) return answer({ error: 'invalid_scope' });
    if (data.prompt === 'none') return answer({ error: 'login_required' }); // nothing is remembered here

    if (chosen === undefined) return c.html(choicePage(await accounts()), 200, pageHeaders);
    const account = await accountOf(chosen);
    if (account === undefined) return c.html(choicePage(await accounts()), 400, pageHeaders);
    const code = grants.promise({
      subject: account.subject,
      redirectUri: back.href,
      challenge: data.code_challenge,
      nonce: data.nonce,
    });
    return answer({ code });
  };

  const app = new Hono();
  app.use(bodyLimit({ maxSize: 16_384 }));
  app.get('/.well-known/openid-configuration', (c) => c.json(discovery));
  app.get('/jwks', (c) => c.json(signing.jwks));
  app.get('/authorize', (c) => authorize(c, undefined));
  app.post('/authorize', async (c) => {
    const { subject } = await c.req.parseBody();
    return authorize(c, typeof subject === 'string' ? subject : '');
  });

  app.post('/token', async (c) => {
    c.header('cache-control', 'no-store');
    const form = await c.req.parseBody();
    const request = tokenRequest.safeParse(form);
    if (!request.success) {
      const known = form.grant_type === 'authorization_code' || form.grant_type === 'refresh_token';
      return c.json({ error: known ? 'invalid_request' : 'unsupported_grant_type' }, 400);
    }
    const { data } = request;
    if (data.client_id !== clientId) return c.json({ error: 'invalid_client' }, 401);
    const granted = redeemed(data);
    const account = granted === undefined ? undefined : await accountOf(granted.subject);
    if (granted === undefined || account === undefined) return c.json({ error: 'invalid_grant' }, 400);
    return c.json({
      access_token: await accessToken(account, tokenLife),
      token_type: 'Bearer',
      expires_in: tokenLife,
      scope: 'openid profile offline_access',
      id_token: await idToken(account, granted.nonce),
      refresh_token: granted.refresh,
    });
  });

  const redeemed = (
    data: z.infer<typeof tokenRequest>,
  ): { subject: string; refresh: string; nonce?: string | undefined } | undefined => {
    switch (data.grant_type) {
      case 'refresh_token':
        return grants.renew(data.refresh_token);
      case 'authorization_code': {
        const fits = {
          redirectUri: ownAddress(data.redirect_uri)?.href,
          challenge: digestOf(data.code_verifier),
        };
        const found = grants.redeem(
          data.code,
          ({ redirectUri, challenge }) => redirectUri === fits.redirectUri && challenge === fits.challenge,
        );
        return found && { ...found.what, refresh: found.refresh };
      }
    }
  };

  return {
    app,
    jwks: signing.jwks,
    mintToken: async (subject, { lifetimeSeconds = tokenLife } = {}) => {
      if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds <= 0)
        throw new RangeError('whole seconds, at least 1');
      const account = await accountOf(subject);
      if (account === undefined) return refuse('account.unknown');
      return ok(await accessToken(account, lifetimeSeconds));
    },
  };
};
