// What every answer tells a browser, whatever it is: not to guess its type, not to frame it, to say nothing of where one came
// from, and to stay on https. Pages bring a policy of their own.
import type { MiddlewareHandler } from 'hono';

/** For a year (RFC 6797). */
export const strictTransport = { 'strict-transport-security': 'max-age=31536000' };

const plain: Record<string, string> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** `secure`: it is reached by https, as everywhere but on a machine of one's own. */
export const answerHeaders =
  (secure: boolean): MiddlewareHandler =>
  async (context, next) => {
    await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(plain)) if (!headers.has(name)) headers.set(name, value);
    if (secure) for (const [name, value] of Object.entries(strictTransport)) headers.set(name, value);
  };
