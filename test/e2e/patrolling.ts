// What the patrol's stories do again and again: come in ready for a shift without network, report a finding, look into
// what this device keeps and what the house has.
import { type Browser, expect, type Page } from '@playwright/test';
import * as z from 'zod';
import { comesIn, sends } from './office.ts';
import { signInAs } from './visiting.ts';

/** Signs in, waits until the app and the shift's papers are on the device. */
export const beginShift = async (page: Page, subject = 'xun'): Promise<void> => {
  await signInAs(page, subject, '/patrol');
  await expect(page.getByRole('heading', { name: '巡查', exact: true })).toBeVisible();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  // The worker takes over with the next visit, as it does on a tablet.
  await page.reload();
  await expect(page.getByRole('heading', { name: '推荐路线' })).toBeVisible();
};

const kept = z.object({ records: z.number(), files: z.number(), bytes: z.number(), drafts: z.number() });

/** How much this device keeps. */
export const keptHere = async (page: Page): Promise<z.infer<typeof kept>> =>
  kept.parse(
    await page.evaluate(
      () =>
        new Promise((done, failed) => {
          const asked = indexedDB.open('mingchuang');
          asked.onerror = () => failed(asked.error);
          asked.onsuccess = () => {
            const db = asked.result;
            const names = ['records', 'files', 'bytes', 'drafts'];
            const work = db.transaction(names);
            const counts: Record<string, number> = {};
            for (const name of names) {
              const count = work.objectStore(name).count();
              count.onsuccess = () => {
                counts[name] = count.result;
              };
            }
            work.oncomplete = () => {
              db.close();
              done(counts);
            };
          };
        }),
    ),
  );

const token = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith('oidc.user:')) ?? '';
    return JSON.parse(localStorage.getItem(key) ?? '{}').access_token;
  });

const report = z.looseObject({
  kind: z.string(),
  id: z.string(),
  missing: z.number(),
  state: z.looseObject({
    type: z.string(),
    window: z.string().optional(),
    inspection: z.string().optional(),
    evidence: z.array(
      z.looseObject({ n: z.number(), sha256: z.string(), state: z.string(), kind: z.string() }),
    ),
  }),
});
export type Reported = z.infer<typeof report>;

/** What the house has of the reports of whoever is signed in. */
export const reportedBy = async (page: Page): Promise<Reported[]> => {
  const answer = await page.request.get('/api/shift/reports?month=2026-11&limit=200', {
    headers: { authorization: `Bearer ${await token(page)}` },
  });
  return z.object({ items: z.array(report) }).parse(await answer.json()).items;
};

/** Asks the house as whoever is signed in. */
export const asked = async (page: Page, path: string): Promise<unknown> =>
  (await page.request.get(path, { headers: { authorization: `Bearer ${await token(page)}` } })).json();

/** Waits until nothing is only on this device any more. */
export const allSent = async (page: Page): Promise<void> => {
  await expect.poll(async () => keptHere(page), { timeout: 60_000 }).toMatchObject({ records: 0, files: 0 });
};

const rounds = z.object({
  items: z.array(
    z.object({
      state: z.object({
        ...{ id: z.string(), stage: z.string(), seenUntil: z.string() },
        openedBy: z.object({ person: z.string().optional() }),
      }),
    }),
  ),
});

/** Ends what the day left open: a round the house knows already is gone on with on whichever tablet comes next. */
export const endsRounds = async (browser: Browser): Promise<void> => {
  const page = await comesIn(browser, 'xun', '/queue');
  for (const { state } of rounds.parse(await asked(page, '/api/inspections?day=2026-11-18')).items)
    if (state.stage === 'open' && state.openedBy.person === 'xun')
      await sends(page, `/api/inspections/${state.id}/close`, { endedAt: state.seenUntil });
  await page.close();
};
