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
  /** What the story does not hold and the picture needs, once. */
  arrange?: { who: string; does(page: Page, ask: Ask): Promise<void> };
  /** Its address, as far as it must be found out. */
  at(ask: Ask): Promise<string> | string;
  /** What is done before the picture is taken. */
  before?(page: Page): Promise<void>;
  /** To be looked at; not one of docs/screens. */
  lookOnly?: boolean;
}

/** The last month of the half-year: frozen, with its stars and letters. */
const month = '2026-06';
/** The month of the letter that is taken back for its picture. */
const letterMonth = '2026-03';
const grid = '/patrol/round/new?grid=grid-a';

const withId = z.looseObject({ id: z.string() });
const letters = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      state: z.looseObject({ kind: z.string(), stage: z.string(), department: z.string().optional() }),
    }),
  ),
});
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
  { name: 'portal', who: 'lian-transport', size: 'phone', at: () => '/letters' },
  {
    ...{ name: 'portal-letter', who: 'lian-transport', size: 'phone' },
    at: async (ask) => `/letters/${await letterWithEvidence(ask)}`,
  },
  {
    ...{ name: 'portal-bulletin', who: 'lian-market', size: 'phone', lookOnly: true },
    at: async (ask) => `/letters/${await letterAs(ask, ({ kind }) => kind === 'bulletin')}`,
  },
  {
    ...{ name: 'portal-letter-withdrawn', who: 'lian-emergency', size: 'phone', lookOnly: true },
    arrange: { who: 'chu', does: withdrawLetter },
    at: async (ask) => `/letters/${await letterAs(ask, ({ stage }) => stage === 'withdrawn')}`,
  },
  {
    ...{ name: 'own', who: 'chuang-0058', size: 'phone', at: () => '/mine' },
    before: async (page) => {
      await page.getByRole('button', { name: '上一个月' }).first().click();
    },
  },
  { name: 'department', who: 'shou-market', size: 'phone', at: () => '/department', lookOnly: true },
  {
    ...{ name: 'complaint', who: 'ban', size: 'desk', lookOnly: true, at: () => '/complaints' },
    before: async (page) => {
      await page.getByRole('button', { name: '登记投诉' }).click();
      await page.getByLabel('反映内容').fill('排队四十分钟,到窗口后被告知材料不全,之前没有人说明');
      await page.getByLabel('反映的事项').click();
      await page.locator('.ant-select-item-option').first().click();
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByRole('button', { name: '受理', exact: true }).waitFor();
    },
  },
  ...looked('ban', {
    complaints: '/complaints',
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

/** The monthly letter to one department is taken back. */
async function withdrawLetter(page: Page, ask: Ask): Promise<void> {
  const { items } = letters.parse(await ask(`/api/letters?month=${letterMonth}&limit=100`));
  const sent = items.find(({ state }) => state.department === 'department-emergency');
  if (sent?.state.stage !== 'issued') return;
  await page.goto(`/letters/${sent.id}`);
  await page.getByRole('button', { name: '撤回', exact: true }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('发错单位');
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  await page.getByText('已撤回').first().waitFor();
}

const letterWithEvidence = (ask: Ask): Promise<string> =>
  letterAs(ask, ({ kind }) => kind === 'evidence' || kind === 'violation');

const letterAs = async (
  ask: Ask,
  fits: (state: { kind: string; stage: string }) => boolean,
): Promise<string> => {
  for (const at of ['2026-07', '2026-06', '2026-05', '2026-04', letterMonth]) {
    const { items } = letters.parse(await ask(`/api/letters?month=${at}&limit=100`));
    const found = items.find(({ state }) => fits(state));
    if (found) return found.id;
  }
  return '';
};
