// Whether the bearer token of a request is genuine, and whose it is: issuer and subject, nothing more. The same check
// runs locally and in the cloud. May not know accounts, roles or centres: what a subject may do stands in the table.
import { readFile } from 'node:fs/promises';
import { decodeJwt, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { Instant } from '../shared/time.ts';
import type { Issuer } from './config.ts';
import { createIssuerKeys, KeysUnreachable } from './issuer-keys.ts';

/** An issuer whose word counts: as the environment names it, or with its keys at hand (the built-in issuer). */
export type TrustedIssuer =
  | Issuer
  | (Pick<Issuer, 'issuer' | 'audience' | 'algorithms' | 'audienceIn'> & { jwks: JSONWebKeySet });

/** Whom a token speaks of. `name` is what the issuer calls the person, for greeting only. */
interface Bearer {
  issuer: string;
  subject: string;
  name?: string;
}

export interface TokenCheckOptions {
  issuers: TrustedIssuer[];
  /** For the age of the issuers' keys; the age of a token is judged by the `now` of its request. */
  clock(): Instant;
  warn?(line: string): void;
}

export type TokenCheck = (authorization: string | undefined, now: Instant) => Promise<Result<Bearer>>;

/** Seconds by which the clocks of issuer and server may differ. */
const leeway = 60;
/** Characters; API Gateway takes 10 240 bytes of headers in all. */
const longestToken = 8_192;
const longestSubject = 255; // OpenID Connect Core 1.0, 2

/**
 * Checks an Authorization header against the trusted issuers (RFC 6750, RFC 8725): signature by an allowed algorithm,
 * issuer, audience, exp and nbf. Says only `token.missing`, `token.invalid` or, when the issuer's keys cannot be had,
 * `busy.try-again`: which of the checks failed is nobody's business outside.
 */
export const createTokenCheck = ({ issuers, clock, warn = console.warn }: TokenCheckOptions): TokenCheck => {
  const trusted = issuers.map((issuer) => ({
    ...issuer,
    findKey: createIssuerKeys({
      load: () => loadKeys(issuer),
      clock,
      warn: (line) => warn(`${issuer.issuer}: ${line}`),
    }),
  }));

  return async (authorization, now) => {
    if (authorization === undefined || authorization.trim() === '') return refuse('token.missing');
    const token = /^Bearer +([\w.-]+) *$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > longestToken) return refuse('token.invalid');
    try {
      const claimed = decodeJwt(token); // not yet believed: it only chooses whose keys to ask
      const from = trusted.find((one) => one.issuer === claimed.iss && isMeant(one, claimed));
      if (from === undefined) return refuse('token.invalid');
      const { payload } = await jwtVerify(token, from.findKey, {
        issuer: from.issuer,
        ...(from.audienceIn === undefined ? { audience: from.audience } : {}), // else client_id, looked at above
        algorithms: from.algorithms,
        clockTolerance: leeway,
        currentDate: new Date(now),
        requiredClaims: ['exp', 'sub'],
      });
      const { sub, name } = payload;
      if (typeof sub !== 'string' || sub === '' || sub.length > longestSubject)
        return refuse('token.invalid');
      return ok({ issuer: from.issuer, subject: sub, ...(typeof name === 'string' && { name }) });
    } catch (error) {
      if (error instanceof KeysUnreachable) return refuse('busy.try-again');
      // A published key that the runtime cannot use is the issuer's fault, and the operator must hear of it.
      if (!(error instanceof errors.JOSEError)) warn(`a token could not be checked: ${error}`);
      return refuse('token.invalid');
    }
  };
};

/** Whether a token is for us. An ID token of such an issuer carries `aud`, and is no access token. */
const isMeant = ({ audience, audienceIn }: TrustedIssuer, claimed: JWTPayload): boolean =>
  audienceIn === undefined
    ? [claimed.aud ?? []].flat().includes(audience)
    : claimed.aud === undefined && claimed.client_id === audience;

const loadKeys = async (issuer: TrustedIssuer): Promise<unknown> => {
  if ('jwks' in issuer) return issuer.jwks;
  if ('jwksFile' in issuer) return JSON.parse(await readFile(issuer.jwksFile, 'utf8'));
  // A redirect could lead off https, so none is followed.
  const response = await fetch(issuer.jwksUrl, { redirect: 'error', signal: AbortSignal.timeout(3_000) });
  if (!response.ok) throw new Error(`${issuer.jwksUrl} answered ${response.status}`);
  return await response.json();
};
