// The office in the browser's stories: somebody who comes in with a browser of their own, what was reported before the
// story begins, and whether a page can be used by everybody.
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';
import { signInAs } from './visiting.ts';

/** Somebody of the cast with a browser of their own, signed in. */
export const comesIn = async (browser: Browser, subject: string, at = '/'): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, subject, at);
  return page;
};

/** Axe finds nothing against the page by WCAG 2.2 AA, serious or not. */
export const expectUsable = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    page.url(),
  ).toEqual([]);
};

/** A photo of one red pixel, as a device announces it. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** Sends a command as the person signed in on the page; gives the id of what it made. */
export const sends = async (page: Page, path: string, fields: Record<string, unknown>): Promise<string> => {
  const answer = await page.evaluate(
    async ([to, body]) => {
      const key = Object.keys(localStorage).find((one) => one.startsWith('oidc.user:')) ?? '';
      const { access_token: token } = JSON.parse(localStorage.getItem(key) ?? '{}');
      const sent = await fetch(to, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ commandId: crypto.randomUUID(), ...body }),
      });
      return await sent.json();
    },
    [path, fields] as const,
  );
  expect(answer, path).not.toHaveProperty('code');
  return String(answer.id);
};

interface Reported {
  violation: string;
  person: string;
  window: string;
  description: string;
  /** On the wall of that Wednesday morning, `09:50`. */
  time: string;
  /** A photo of one red pixel, or a PNG of its own as base64. */
  photo?: boolean | string;
}

/** A finding of the patrol, with its photo already received where there is one. */
export const reports = async (page: Page, finding: Reported): Promise<string> => {
  const at = new Date(`2026-11-18T${finding.time}:00.000+08:00`).toISOString();
  const picture = typeof finding.photo === 'string' ? finding.photo : pixel;
  const bytes = Buffer.from(picture, 'base64');
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  const file = { name: '现场.png', kind: 'photo', mediaType: 'image/png', size: bytes.length };
  const id = await sends(page, '/api/cases', {
    violation: finding.violation,
    source: 'patrol',
    happened: { from: at, to: at, doubtSeconds: 2 },
    window: finding.window,
    subject: { kind: 'persons', persons: [finding.person] },
    description: finding.description,
    evidence: finding.photo ? [{ ...file, sha256: digest, takenAt: at }] : [],
  });
  if (finding.photo)
    await page.evaluate(
      async ([record, base64]) => {
        const key = Object.keys(localStorage).find((one) => one.startsWith('oidc.user:')) ?? '';
        const { access_token: token } = JSON.parse(localStorage.getItem(key) ?? '{}');
        const post = async (to: string) =>
          (
            await fetch(to, {
              method: 'POST',
              headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
              body: '{}',
            })
          ).json();
        const { put } = await post(`/api/evidence/${record}/1/upload`);
        const body = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        await fetch(put.url, { method: 'PUT', headers: put.headers, body });
        await post(`/api/evidence/${record}/1/complete`);
      },
      [id, picture] as const,
    );
  return id;
};
