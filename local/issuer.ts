// The demonstration's issuer: asks for no password, and says so on its page. For `npm start` on one machine only; no
// deployment carries it. Knows accounts by subject and name; may not know roles, centres or the table.
import type { Hono } from 'hono';
import type { JSONWebKeySet } from 'jose';
import { createIssuerApp, ownClientId, tokenLife } from '../functions/issuer-app.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { Instant } from '../shared/time.ts';
import { openGrants } from './issuer-grants.ts';
import { type Account, choicePage } from './issuer-page.ts';
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

export const createIssuer = async (options: IssuerOptions): Promise<BuiltInIssuer> => {
  const { issuer, audience, clock, clientId = ownClientId } = options;
  const signing = await openSigning(options.keyFolder);
  const accounts = async (): Promise<Account[]> =>
    typeof options.accounts === 'function' ? await options.accounts() : options.accounts;
  const accountOf = async (subject: unknown): Promise<Account | undefined> =>
    (await accounts()).find((account) => account.subject === subject);
  const { app, accessToken } = createIssuerApp({
    ...{ issuer, audience, clientId, clock, signing },
    grants: openGrants(options.keyFolder, clock),
    gate: {
      ask: async () => choicePage(await accounts()),
      hear: async ({ subject }) =>
        (await accountOf(subject)) ?? { page: choicePage(await accounts()), status: 400 },
      known: accountOf,
    },
  });

  return {
    app,
    jwks: await signing.jwks(),
    mintToken: async (subject, { lifetimeSeconds = tokenLife } = {}) => {
      if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds <= 0)
        throw new RangeError('whole seconds, at least 1');
      const account = await accountOf(subject);
      if (account === undefined) return refuse('account.unknown');
      return ok(await accessToken(account, lifetimeSeconds));
    },
  };
};
