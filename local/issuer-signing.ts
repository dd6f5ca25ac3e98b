// The one key the built-in issuer signs with (ES256), made once and kept, so that tokens survive a restart.
// Knows a file and a key; may not know who signs in.
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import * as z from 'zod';
import type { Signing } from '../functions/issuer-app.ts';

const privateKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
});

/** Opens `issuer-key.json` in the folder, made (both, readable by the owner alone) when missing. */
export const openSigning = async (folder: string): Promise<Signing> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'issuer-key.json');
  const { d, ...half } = readKey(file) ?? (await makeKey(file));
  const shown = { ...half, alg: 'ES256', use: 'sig' };
  const key = await importJWK({ ...shown, d }, 'ES256');
  return {
    algorithm: 'ES256',
    jwks: async () => ({ keys: [shown] }),
    sign: (claims, kind) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: half.kid, typ: kind }).sign(key),
  };
};

type PrivateKey = z.infer<typeof privateKey>;

const readKey = (file: string): PrivateKey | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  chmodSync(file, 0o600); // a copied backup may have come back readable by all
  return privateKey.parse(JSON.parse(text));
};

/** Two starting at once must end with one key: the finished draft is linked into place, and the second link fails. */
const makeKey = async (file: string): Promise<PrivateKey> => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  const made = privateKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(made), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return made;
  } catch (error) {
    const first = readKey(file);
    if (first === undefined) throw error;
    return first;
  } finally {
    rmSync(draft);
  }
};
