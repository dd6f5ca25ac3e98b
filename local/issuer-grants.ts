// What the built-in issuer has promised: codes (one minute, in memory, one use) and refresh tokens (kept over a
// restart, as digests, one at a time for each sign-in). Knows nothing of HTTP and nothing of tokens signed.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { digestOf, type Grants, type Promised, randomName } from '../functions/issuer-app.ts';
import type { Instant } from '../shared/time.ts';

/** Milliseconds: a code is fetched by the page that asked for it; a sign-in ends after a week without use. */
const codeLife = 60_000;
const signInLife = 7 * 86_400_000;
/** Codes waiting at once; whoever asks for more pushes out the oldest. */
const mostCodes = 10_000;

const signIns = z.record(
  z.string(),
  z.object({ subject: z.string(), digest: z.string(), at: z.string().default(''), until: z.number() }),
);

export const openGrants = (folder: string, clock: () => Instant): Grants => {
  const file = join(folder, 'sign-ins.json');
  const codes = new Map<string, { what: Promised; until: number; signIn?: string }>();
  const kept = new Map(Object.entries(readKept(file)));
  const now = (): number => Date.parse(clock());

  const save = (): void => {
    for (const [id, { until }] of kept) if (until <= now()) kept.delete(id);
    writeFileSync(`${file}.draft`, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 });
    renameSync(`${file}.draft`, file);
  };
  const signIn = (subject: string, id: string, at: Instant): string => {
    const secret = randomName();
    kept.set(id, { subject, digest: digestOf(secret), at, until: now() + signInLife });
    save();
    return `${id}.${secret}`;
  };
  const end = (id: string): void => {
    if (kept.delete(id)) save();
  };

  return {
    promise: async (what) => {
      for (const [code, { until }] of codes) {
        if (until > now() && codes.size < mostCodes) break;
        codes.delete(code);
      }
      const code = randomName();
      codes.set(code, { what, until: now() + codeLife });
      return code;
    },

    redeem: async (code, fits) => {
      const found = codes.get(code);
      if (found === undefined || found.until <= now()) return undefined;
      if (found.signIn !== undefined) {
        end(found.signIn); // RFC 6749, 4.1.2
        return undefined;
      }
      found.signIn = randomName(); // used up, whether it fits or not
      if (!fits(found.what)) return undefined;
      return { what: found.what, refresh: signIn(found.what.subject, found.signIn, clock()) };
    },

    renew: async (refresh) => {
      const [id = '', secret = ''] = refresh.split('.');
      const found = kept.get(id);
      if (found === undefined || found.until <= now()) return undefined;
      if (found.digest !== digestOf(secret)) {
        end(id); // RFC 9700, 4.14.2
        return undefined;
      }
      return { subject: found.subject, at: found.at, refresh: signIn(found.subject, id, found.at) };
    },
  };
};

const readKept = (file: string): z.infer<typeof signIns> => {
  try {
    return signIns.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {}; // none yet, or damaged: everyone signs in anew
  }
};
