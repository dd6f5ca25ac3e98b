// Which screens are shown in docs/screens, who looks at them, on what, and what they do before the picture is taken.
import type { Page } from '@playwright/test';
import * as z from 'zod';

/** Asks the API as the person who looks. */
export type Ask = (path: string) => Promise<unknown>;

export interface Screen {
  name: string;
  /** Who looks; nobody signed in when left out. */
  who?: string;
  size: 'tablet' | 'desk' | 'phone';
  /** Its address, as far as it must be found out. */
  at(ask: Ask): Promise<string> | string;
  /** What is done before the picture is taken. */
  before?(page: Page): Promise<void>;
  /** To be looked at; not one of docs/screens. */
  lookOnly?: boolean;
}

/** The last month of the half-year: frozen, with its stars and letters. */
const month = '2026-06';
const grid = '/patrol/round/new?grid=grid-a';

const withId = z.looseObject({ id: z.string() });
const listed = z.object({ items: z.array(withId) });

const round = async (page: Page): Promise<void> => {
  const tiles = page.locator('.window-tile');
  await tiles.first().waitFor();
  for (const nth of [0, 1, 2, 5, 6])
    if ((await tiles.nth(nth).getAttribute('class'))?.includes('waiting-look'))
      await tiles.nth(nth).locator('.tile-face').click();
  await tiles
    .nth(7)
    .getByLabel(/看不清/)
    .click();
};

const fillIn =
  (nth: number, what: string, words?: string) =>
  async (page: Page): Promise<void> => {
    await page.locator('.window-tile').nth(nth).getByRole('button', { name: '问题' }).click();
    await page.getByRole('button', { name: '拍照' }).click();
    await page.locator('.taken').first().waitFor();
    await page.getByRole('searchbox').fill(what);
    await page.getByRole('button', { name: new RegExp(`^${what}`) }).click();
    await page.getByRole('searchbox').fill('');
    if (words !== undefined) await page.getByLabel('说明').fill(words);
    await page.mouse.move(0, 0);
  };

const handIn = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('button', { name: '结束巡查' }).waitFor();
};

const queued = async (page: Page): Promise<void> => {
  await page.context().setOffline(true);
  await fillIn(4, '未按规定着装')(page);
  await handIn(page);
  await fillIn(8, '违规使用手机', '窗口前有两名群众等候')(page);
  await handIn(page);
  await page.goto('/queue');
};

const evidenceOpen = async (page: Page): Promise<void> => {
  await page
    .getByRole('button', { name: /查看|调阅/ })
    .first()
    .click();
};

/** Screens with nothing to be done before. */
const looked = (who: string | undefined, all: Record<string, string>): Screen[] =>
  Object.entries(all).map(([name, path]) => ({
    ...{ name, size: 'desk', at: () => path, lookOnly: true },
    ...(who !== undefined && { who }),
  }));

/** The page of the first record of a list. */
const records = (who: string, all: Record<string, readonly [list: string, page: string]>): Screen[] =>
  Object.entries(all).map(([name, [list, page]]) => ({
    ...{ name, who, size: 'desk', lookOnly: true },
    at: async (ask) => `${page}${listed.parse(await ask(list)).items[0]?.id ?? ''}`,
  }));

export const screens: readonly Screen[] = [
  { name: 'patrol', who: 'xun', size: 'tablet', at: () => '/patrol' },
  { name: 'round', who: 'xun', size: 'tablet', at: () => grid, before: round },
  {
    ...{ name: 'finding', who: 'xun', size: 'tablet', at: () => grid },
    before: async (page) => {
      await fillIn(3, '违规使用手机', '办理业务期间看手机约两分钟,窗口前有群众等候')(page);
    },
  },
  {
    ...{ name: 'reported', who: 'xun', size: 'tablet', at: () => grid, lookOnly: true },
    before: async (page) => {
      await fillIn(3, '违规使用手机', '办理业务期间看手机约两分钟,窗口前有群众等候')(page);
      await handIn(page);
    },
  },
  { name: 'queue', who: 'xun', size: 'tablet', at: () => grid, before: queued },
  { name: 'window-codes', who: 'xun', size: 'tablet', at: () => '/patrol/codes?grid=grid-a' },
  { name: 'sheet', who: 'xun', size: 'tablet', at: () => '/patrol/sheet/grid-a', lookOnly: true },
  { name: 'roll-call', who: 'xun', size: 'tablet', at: () => '/patrol/roll-call/grid-a', lookOnly: true },
  { name: 'reports', who: 'xun', size: 'tablet', at: () => '/reports', lookOnly: true },
  { name: 'entry', who: 'ban', size: 'desk', at: () => '/patrol/entry', lookOnly: true },
  { name: 'todo', who: 'ban', size: 'desk', at: () => '/todo' },
  { name: 'todo-leader', who: 'ge-1', size: 'tablet', at: () => '/todo', lookOnly: true },
  {
    ...{ name: 'case', who: 'ge-1', size: 'desk' },
    at: async (ask) => {
      const matter = z.looseObject({ kind: z.string(), id: z.string() });
      const shape = z.looseObject({ items: z.array(z.looseObject({ matter })) });
      const { items } = shape.parse(await ask('/api/obligations'));
      return `/cases/${items.find((one) => one.matter.kind === 'case')?.matter.id ?? ''}`;
    },
    before: evidenceOpen,
  },
  { name: 'month-board', who: 'ban', size: 'desk', at: () => `/months/${month}` },
  {
    ...{ name: 'score-lines', who: 'ban', size: 'desk' },
    at: async (ask) => `/months/${month}/people/${await lowest(ask)}`,
  },
  {
    ...{ name: 'letter', who: 'chu', size: 'desk' },
    at: async (ask) => `/letters/${await letterWithEvidence(ask)}`,
  },
  { name: 'figures', who: 'chu', size: 'desk', at: () => '/figures' },
  {
    ...{ name: 'star', who: 'ban', size: 'desk', at: () => `/awards/award-${month}-star` },
    lookOnly: true,
  },
  { name: 'honour', size: 'desk', at: () => '/honour' },
  { name: 'portal', who: 'lian-market', size: 'phone', at: () => '/letters' },
  {
    ...{ name: 'portal-letter', who: 'lian-market', size: 'phone' },
    at: async (ask) =>
      `/letters/${listed.parse(await ask(`/api/letters?month=${month}&limit=50`)).items[0]?.id ?? ''}`,
  },
  {
    ...{ name: 'own', who: 'chuang-0058', size: 'phone', at: () => '/mine' },
    before: async (page) => {
      await page.getByRole('button', { name: '上一个月' }).first().click();
    },
  },
  { name: 'department', who: 'shou-market', size: 'phone', at: () => '/department', lookOnly: true },
  ...looked('ban', {
    cases: '/cases',

    inspections: '/inspections',
    months: '/months',
    'month-figures': `/months/${month}/figures`,
    talks: '/talks',
    'talk-new': '/talks/new',
    letters: '/letters',
    'letter-new': '/letters/new',
    'letter-register': '/letters/register',
    'print-register': '/letters/prints',
    awards: '/awards',
    leave: '/leave',
    'leave-import': '/leave/import',
    complaints: '/complaints',
    praise: '/praise',
    settings: '/settings',
    'settings-import': '/settings/import',
    'settings-start': '/settings/start',
    'settings-openings': '/settings/openings',
    'settings-calendar': '/settings/calendar',
    'settings-centre': '/settings/centre',
    'settings-hours': '/settings/hours',
    'settings-change': '/settings/change',
    'settings-rulebook': '/settings/rulebook',
    'settings-delegation': '/settings/delegation',
  }),
  ...looked('guan', { 'settings-passwords': '/settings/passwords', 'settings-seal': '/settings/seal' }),
  ...looked('chuang-0058', { 'own-title': `/awards/award-${month}-star` }),
  ...looked('shou-market', { 'department-title': `/awards/award-${month}-star` }),
  ...looked('ge-1', { 'case-batch': '/cases/batch' }),
  ...looked('ji', { journal: '/journal' }),
  ...looked('xun', { 'patrol-window': '/patrol/window/window-a03', 'patrol-scan': '/patrol/scan' }),
  ...looked(undefined, { 'sign-in': '/', 'letter-link': '/letter-link' }),
  ...records('ban', {
    talk: [`/api/talks?month=${month}`, '/talks/'],
    inspection: [`/api/inspections?day=2026-06-29`, '/inspections/'],
    complaint: [`/api/complaints?month=${month}`, '/complaints/'],
    bonus: [`/api/bonuses?month=${month}`, '/bonuses/'],
  }),
];

const lowest = async (ask: Ask): Promise<string> => {
  const board = z.looseObject({
    people: z.array(z.looseObject({ person: z.string(), total: z.number() })),
  });
  const { people } = board.parse(await ask(`/api/months/${month}/board`));
  return people.toSorted((a, b) => a.total - b.total)[0]?.person ?? '';
};

const letterWithEvidence = async (ask: Ask): Promise<string> => {
  const shape = z.object({
    items: z.array(z.looseObject({ id: z.string(), state: z.looseObject({ kind: z.string() }) })),
  });
  for (const at of ['2026-07', '2026-06', '2026-05', '2026-04']) {
    const { items } = shape.parse(await ask(`/api/letters?month=${at}&limit=100`));
    const found = items.find(({ state }) => state.kind === 'evidence' || state.kind === 'violation');
    if (found) return found.id;
  }
  return '';
};
