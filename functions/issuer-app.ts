// An OpenID Connect issuer of our own: authorization code with PKCE (S256) for one public client on our own origin. Asks
// the gate it is given who is there: one that asks for a password (password-gate.ts), or the demonstration's, which asks
// for none (local/issuer.ts). Knows subjects and names; may not know roles, centres or passwords.
import { createHash, randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { JSONWebKeySet } from 'jose';
import * as z from 'zod';
import type { Instant } from '../shared/time.ts';
import { answerHeaders } from './answer-headers.ts';
import { type Page, pageHeaders, refusalPage } from './sign-in-page.ts';

/** One who may be given tokens. */
export interface Known {
  subject: string;
  name: string;
}

export interface Gate {
  /** The page that asks who is there. */
  ask(): Promise<Page>;
  /** Hears its form: who it is, or the page to go on with. */
  hear(form: Record<string, unknown>): Promise<{ subject: string } | { page: Page; status: 200 | 400 | 401 }>;
  /** Whether somebody who signed in at that moment may still be given tokens. */
  known(subject: string, signedInAt: Instant): Promise<Known | undefined>;
}

/** What a code or a sign-in was given for. */
export interface Promised {
  subject: string;
  redirectUri: string;
  /** base64url of SHA-256 of the verifier (RFC 7636, S256). */
  challenge: string;
  nonce?: string | undefined;
}

/** Where promises are kept: codes for one use, refresh tokens as digests, one at a time for each sign-in. */
export interface Grants {
  promise(what: Promised): Promise<string>;
  /** What was promised for the code, and a fresh sign-in; a code shown twice ends the sign-in it gave. */
  redeem(
    code: string,
    fits: (what: Promised) => boolean,
  ): Promise<{ what: Promised; refresh: string } | undefined>;
  /** The subject, when they signed in, the next refresh token; one shown twice was copied, and ends its sign-in. */
  renew(refresh: string): Promise<{ subject: string; at: Instant; refresh: string } | undefined>;
}

export interface Signing {
  algorithm: 'ES256' | 'EdDSA';
  /** The public halves, as RFC 7517 wants them. */
  jwks(): Promise<JSONWebKeySet>;
  /** Signs claims as they are; `kind` is the header's typ: `at+jwt` (RFC 9068) or `JWT`. */
  sign(claims: Record<string, string | number>, kind: 'at+jwt' | 'JWT'): Promise<string>;
}

export interface IssuerParts {
  /** The address the app is mounted at, as browsers see it: `https://host/oidc`. Only its origin is redirected to. */
  issuer: string;
  /** For whom access tokens are: what the token check expects. */
  audience: string;
  /** The one client that may ask; it has no secret. */
  clientId: string;
  gate: Gate;
  grants: Grants;
  signing: Signing;
  clock(): Instant;
}

/** What a deployment with the built-in sign-in calls itself, and its one client: the web app. */
export const ownAudience = 'mingchuang';
export const ownClientId = 'mingchuang-web';

/** Seconds. */
export const tokenLife = 3_600;

export const randomName = (): string => randomBytes(32).toString('base64url');
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

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

export interface IssuerApp {
  /** To be mounted at the issuer's path: `root.route('/oidc', app)`. */
  app: Hono;
  /** An access token without signing in: for scripts of whoever holds the key. */
  accessToken(known: Known, lifetimeSeconds: number): Promise<string>;
}

export const createIssuerApp = ({
  issuer,
  audience,
  clientId,
  gate,
  grants,
  signing,
  clock,
}: IssuerParts): IssuerApp => {
  const ownOrigin = new URL(issuer).origin;

  const accessToken = ({ subject, name }: Known, lifetime: number): Promise<string> => {
    const iat = Math.floor(Date.parse(clock()) / 1000);
    return signing.sign(
      { iss: issuer, sub: subject, aud: audience, iat, exp: iat + lifetime, name },
      'at+jwt',
    );
  };
  const idToken = ({ subject, name }: Known, nonce: string | undefined): Promise<string> => {
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
    id_token_signing_alg_values_supported: [signing.algorithm],
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

  /** Both for asking who is there (GET) and for the answer (POST to the same address). */
  const authorize = async (c: Context, form: Record<string, unknown> | undefined): Promise<Response> => {
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

    if (form === undefined) return c.html(await gate.ask(), 200, pageHeaders);
    const heard = await gate.hear(form);
    if ('page' in heard) return c.html(heard.page, heard.status, pageHeaders);
    const code = await grants.promise({
      subject: heard.subject,
      redirectUri: back.href,
      challenge: data.code_challenge,
      nonce: data.nonce,
    });
    return answer({ code });
  };

  const app = new Hono();
  // Tokens, redirects and refusals too: a browser must neither guess nor frame nor leave https for any of them (RFC 6797).
  app.use(answerHeaders(issuer.startsWith('https:')));
  app.use(bodyLimit({ maxSize: 16_384 }));
  app.get('/.well-known/openid-configuration', (c) => c.json(discovery));
  app.get('/jwks', async (c) => c.json(await signing.jwks()));
  app.get('/authorize', (c) => authorize(c, undefined));
  app.post('/authorize', async (c) => authorize(c, await c.req.parseBody()));

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
    const granted = await redeemed(data);
    const account = granted === undefined ? undefined : await gate.known(granted.subject, granted.at);
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

  const redeemed = async (
    data: z.infer<typeof tokenRequest>,
  ): Promise<{ subject: string; at: Instant; refresh: string; nonce?: string | undefined } | undefined> => {
    switch (data.grant_type) {
      case 'refresh_token':
        return grants.renew(data.refresh_token);
      case 'authorization_code': {
        const fits = {
          redirectUri: ownAddress(data.redirect_uri)?.href,
          challenge: digestOf(data.code_verifier),
        };
        const found = await grants.redeem(
          data.code,
          ({ redirectUri, challenge }) => redirectUri === fits.redirectUri && challenge === fits.challenge,
        );
        return found && { ...found.what, at: clock(), refresh: found.refresh };
      }
    }
  };

  return { app, accessToken };
};
