// The keys our own sign-in signs with, made from a secret of chance that somebody else keeps: Ed25519 (RFC 8037), whose
// private key is any 32 bytes. So nobody ever carries a key about, and turning it is putting another secret. The secret of
// before is still shown until the tokens it signed are over.
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, SignJWT } from 'jose';
import type { Signing } from './issuer-app.ts';

/** PrivateKeyInfo of an Ed25519 key, up to its 32 bytes (RFC 8410, 7). */
const head = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Whoever guesses may not have an easier way than guessing the key. */
const shortestSecret = 32;

interface SigningKey {
  key: KeyObject;
  kid: string;
  shown: JSONWebKeySet['keys'][number];
}

const keyFrom = async (secret: string): Promise<SigningKey> => {
  if (secret.length < shortestSecret) throw new Error('the secret of the sign-in is too short');
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'mingchuang sign-in', 32));
  const key = createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' });
  const half = await exportJWK(createPublicKey(key));
  const kid = await calculateJwkThumbprint(half);
  return { key, kid, shown: { ...half, kid, alg: 'EdDSA', use: 'sig' } };
};

/** Milliseconds for which a key is believed to be the one to sign with; what is shown is read anew. */
const believed = 300_000;

/** `read` answers the secret of now and the one of before, where there is one. */
export const openSecretKeys = (read: () => Promise<string[]>): Signing => {
  let known: { keys: SigningKey[]; at: number } | undefined;
  const keys = async (): Promise<SigningKey[]> => {
    const found = await Promise.all((await read()).map(keyFrom));
    known = { keys: found, at: performance.now() };
    return found;
  };
  return {
    algorithm: 'EdDSA',
    jwks: async () => ({ keys: (await keys()).map(({ shown }) => shown) }),
    sign: async (claims, kind) => {
      const [now] = known && performance.now() - known.at < believed ? known.keys : await keys();
      if (now === undefined) throw new Error('the sign-in has no secret');
      return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: now.kid, typ: kind }).sign(now.key);
    },
  };
};
