// Passwords of the built-in accounts: how one is kept, how one is tried, which may be chosen. Knows no table, no page and
// no account.
import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * What one try costs: memory is 128 × 2^cost × 8 bytes, time follows. 2^17 is what OWASP's Password Storage Cheat Sheet
 * asks of scrypt. What we made up ourselves has 59 bits of chance and needs no more than 2^12.
 */
export const chosenCost = 17;
const madeUpCost = 12;
const blockSize = 8;
const hashBytes = 32;

const derive = (password: string, salt: Buffer, cost: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options: ScryptOptions = { N: 2 ** cost, r: blockSize, p: 1, maxmem: 256 * 1024 * 1024 };
    // However a keyboard composes a sign, it is the same password (NIST SP 800-63B, 5.1.1.2).
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

const hashed = async (password: string, cost: number): Promise<string> => {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost, salt.toString('base64url'), key.toString('base64url')].join('$');
};

/** What is kept of a password somebody chose: `scrypt$<cost>$<salt>$<hash>`, another one each time. */
export const hashOfPassword = (password: string, cost = chosenCost): Promise<string> =>
  hashed(password, cost);

/** Whether a password is the one that was kept. @throws when what was kept is no hash of ours */
export const isPassword = async (password: string, kept: string): Promise<boolean> => {
  const [, cost, salt, key] = /^scrypt\$(1\d)\$([\w-]{22})\$([\w-]{43})$/.exec(kept) ?? [];
  if (cost === undefined || salt === undefined || key === undefined) throw new Error('no hash of a password');
  const wanted = Buffer.from(key, 'base64url');
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), Number(cost)), wanted);
};

/** Takes as long as a try and comes to nothing: so that nobody can tell by the clock which accounts there are. */
export const tryNothing = async (password: string, cost = chosenCost): Promise<void> => {
  await derive(password, randomBytes(16), cost);
};

/** Without what is easily read wrongly: 0 O 1 l I. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A first password to hand over on paper, `h7kq-m2vd-x9ts`, and what is kept of it. */
export const firstPassword = async (): Promise<{ password: string; hash: string }> => {
  const signs = Array.from({ length: 12 }, () => letters.charAt(randomInt(letters.length)));
  const password = [0, 4, 8].map((at) => signs.slice(at, at + 4).join('')).join('-');
  return { password, hash: await hashed(password, madeUpCost) };
};

export const longestPassword = 128;
const shortest = 12;

/** Parts of the passwords that are tried first everywhere. */
const common = [
  'password',
  'qwerty',
  'admin',
  '123456',
  '111111',
  '888888',
  'abc123',
  'woaini',
  'mingchuang',
];

/**
 * Why a password may not be chosen, as one Chinese sentence; undefined when it may. GB/T 22239-2019, 8.1.4.1 a asks for
 * complexity; length does more against guessing than signs do, so both are asked for.
 */
export const faultOfPassword = (password: string, account: string): string | undefined => {
  const plain = password.normalize('NFKC');
  const small = plain.toLowerCase();
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(plain)).length;
  if ([...plain].length < shortest) return `口令至少 ${shortest} 个字符`;
  if (plain.length > longestPassword) return `口令最多 ${longestPassword} 个字符`;
  if (kinds < 3) return '口令须含大写字母、小写字母、数字、符号中的三种';
  if (account !== '' && small.includes(account.toLowerCase())) return '口令不能包含账号';
  if (common.some((word) => small.includes(word))) return '口令太常见,容易被猜到';
  if (/(.)\1\1\1/u.test(plain)) return '口令不能有四个以上相同的字符连在一起';
  return undefined;
};
