// Doing in a browser's story what others did before it began: through the doors of the API, as who they are.
import { type Browser, expect } from '@playwright/test';
import * as z from 'zod';
import { signInAs } from './visiting.ts';

const kept = z.object({ access_token: z.string() });
const clock = z.looseObject({ now: z.string() });
const answer = z.looseObject({ id: z.string() });

export interface Knocking {
  /** Posts with a fresh command id; gives the id of what was made or changed. Refusals end the story. */
  post(path: string, fields?: Record<string, unknown>): Promise<string>;
  /** The clock of the house. */
  now(): Promise<string>;
}

/** Signs in somebody once and keeps their token. */
export const knockAs = async (browser: Browser, subject: string, baseURL = ''): Promise<Knocking> => {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await signInAs(page, subject);
  const text = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((one) => one.startsWith('oidc.user:'));
    return key === undefined ? '{}' : (localStorage.getItem(key) ?? '{}');
  });
  const { access_token: token } = kept.parse(JSON.parse(text));
  await context.close();
  const authorization = `Bearer ${token}`;
  return {
    now: async () =>
      clock.parse(await (await fetch(`${baseURL}/api/me`, { headers: { authorization } })).json()).now,
    post: async (path, fields = {}) => {
      const told = await fetch(`${baseURL}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ commandId: crypto.randomUUID(), ...fields }),
      });
      const body = await told.json();
      expect(told.ok, `${subject} ${path}: ${JSON.stringify(body)}`).toBe(true);
      return answer.parse(body).id;
    },
  };
};
