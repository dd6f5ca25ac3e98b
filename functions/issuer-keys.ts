// The public keys of one issuer of tokens, held for a while: asked for again when they are old or when a token names
// a key not yet seen (key rotation), but never more often than the cool-down, however many strange tokens arrive.
// Knows where keys come from; may not judge a token.
import { type CompactJWSHeaderParameters, type CryptoKey, createLocalJWKSet, errors } from 'jose';
import * as z from 'zod';
import type { Instant } from '../shared/time.ts';

/** The issuer's keys cannot be had at the moment: nobody can say whether the token is genuine. */
export class KeysUnreachable extends Error {
  override name = 'KeysUnreachable';
}

/** Milliseconds. */
const fresh = 10 * 60_000;
/** While an issuer is away its last keys still count; as long as tokens usually live, so revocation is no later. */
const usable = 60 * 60_000;
const coolDown = 30_000;
const coolDownAfterFailure = 5_000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export interface IssuerKeysOptions {
  /** Reads the JWKS (RFC 7517) as parsed JSON; rejects when it cannot. */
  load(): Promise<unknown>;
  clock(): Instant;
  /** Told in one line why keys could not be read; never carries anything of a token. */
  warn(line: string): void;
}

export type FindKey = (header: CompactJWSHeaderParameters) => Promise<CryptoKey>;

/**
 * Finds the key a token's header names.
 * @throws {KeysUnreachable} the keys could not be read
 * @throws {errors.JOSEError} no key fits the header
 */
export const createIssuerKeys = ({ load, clock, warn }: IssuerKeysOptions): FindKey => {
  let find: ReturnType<typeof createLocalJWKSet> | undefined;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let restUntil = Number.NEGATIVE_INFINITY;
  let failed = false;
  let pending: Promise<void> | undefined;

  const now = (): number => Date.parse(clock());
  const read = async (): Promise<void> => {
    try {
      find = createLocalJWKSet(keySet.parse(await load()));
      loadedAt = now();
      failed = false;
    } catch (error) {
      failed = true;
      warn(`the issuer's keys cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    restUntil = now() + (failed ? coolDownAfterFailure : coolDown);
    pending = undefined;
  };
  const readAgain = async (): Promise<void> => {
    if (pending === undefined && now() >= restUntil) pending = read();
    await pending;
  };

  return async (header) => {
    if (now() - loadedAt >= fresh) await readAgain();
    if (find === undefined || now() - loadedAt >= usable) throw new KeysUnreachable();
    try {
      return await find(header);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await readAgain();
      if (failed) throw new KeysUnreachable();
      return await find(header);
    }
  };
};
