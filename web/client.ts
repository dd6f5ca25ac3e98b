// How the app speaks with the API: one way to read, one way to send a command. Every answer is parsed by the same
// shapes the API is described with; a refusal comes back with its Chinese sentence. Knows no screen and no rule.
import * as z from 'zod';
import { firstViews, problemView } from '../shared/first-views.ts';
import type { View, ViewName } from '../shared/views.ts';
import { heardHouse } from './clock.ts';
import { lookForVersion } from './new-version.ts';
import { accessToken, centreKey } from './sign-in.ts';

/** Why something was not done, in words for the person. */
export interface Refusal {
  /** As the API spells it, or `offline`, `signed-out`, `outdated` of our own. */
  code: string;
  detail: string;
  next: string;
  /** Whether the same may succeed later, unchanged. */
  retry: boolean;
  fields?: { path: string; name?: string | undefined; reason: string }[];
}
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** Why, in one sentence: the kind of refusal, and what was wrong here. */
export const whyWords = ({ title, detail }: { title: string; detail: string }): string =>
  detail === title ? title : `${title}:${detail}`;

const refusal = (code: string, detail: string, next: string, retry: boolean): Outcome<never> => ({
  ok: false,
  refusal: { code, detail, next, retry },
});
const offline = (): Outcome<never> =>
  refusal('offline', '现在没有网络,或服务器没有应答', '网络恢复后再试;已填写的内容不会丢失', true);
const signedOut = (): Outcome<never> =>
  refusal('signed-out', '登录已过期', '请重新登录,未上传的内容都在', false);
const outdated = (): Outcome<never> => {
  lookForVersion();
  return refusal('outdated', '本机的程序版本与服务器不一致', '请刷新页面更新到新版本', false);
};

/**
 * Ends a request on a line that is there in name only. Waited for: a minute, and as long again as so many bytes take at
 * ten kilobytes a second.
 */
export const patience = (bytes = 0): AbortSignal => AbortSignal.timeout(60_000 + Math.ceil(bytes / 10));
/** A paper or a month's file, for which the size is not known beforehand. */
const fileBytes = 6_000_000;

/** Which centre the person works in, when they belong to several. */
export const chooseCentre = (centre: string): void => localStorage.setItem(centreKey, centre);

const request = async (path: string, init: RequestInit, renew: boolean): Promise<Response | undefined> => {
  const token = await accessToken({ renew });
  if (token === undefined) return undefined;
  const centre = localStorage.getItem(centreKey);
  const answer = await fetch(path, {
    signal: patience(),
    ...init,
    headers: {
      ...init.headers,
      authorization: `Bearer ${token}`,
      ...(centre === null ? {} : { 'mingchuang-centre': centre }),
    },
  });
  return answer.status === 401 && !renew ? request(path, init, true) : answer;
};

/** The views, each bound to what it gives. */
type Shapes = { [Name in ViewName]: z.ZodType<View<Name>> };
const first: Partial<Shapes> = firstViews;
/** Loaded when something is first asked for that no round needs. */
const rest = async (): Promise<Shapes> => (await import('../shared/views.ts')).views;
const shapeOf = async <Name extends ViewName>(view: Name): Promise<Shapes[Name]> =>
  first[view] ?? (await rest())[view];

const ask = async <Name extends ViewName>(
  view: Name,
  path: string,
  init: RequestInit = {},
  asked: typeof request = request,
): Promise<Outcome<View<Name>>> => {
  let answer: Response | undefined;
  let body: unknown;
  let shape: z.ZodType<View<Name>>;
  try {
    [answer, shape] = await Promise.all([asked(path, init, false), shapeOf(view)]);
    body = answer && (await answer.json());
  } catch {
    return offline();
  }
  if (!answer || answer.status === 401) return signedOut();
  if (!answer.ok) {
    const problem = problemView.safeParse(body);
    if (!problem.success) return offline();
    const { code, next, retry, fields } = problem.data;
    const detail = whyWords(problem.data);
    return { ok: false, refusal: { code, detail, next, retry, ...(fields === undefined ? {} : { fields }) } };
  }
  const read = shape.safeParse(body);
  return read.success ? { ok: true, value: read.data } : outdated();
};

/** Reads one view: `read('case.read', '/api/cases/…')`. */
export const read = async <Name extends ViewName>(view: Name, path: string): Promise<Outcome<View<Name>>> => {
  const askedAt = Date.now();
  const outcome = await ask(view, path);
  if (view === 'me.read' && outcome.ok) {
    const heard = z.looseObject({ now: z.string() }).safeParse(outcome.value);
    if (heard.success) heardHouse(heard.data.now, askedAt, Date.now());
  }
  return outcome;
};

type Listed = 'registry.list' | 'opening.list';
/** Every item of a list, page after page; `path` with its question: `readAll('opening.list', '/api/openings?month=…')`. */
export const readAll = async <Name extends Listed>(
  view: Name,
  path: string,
): Promise<Outcome<View<Name>['items'][number][]>> => {
  const all: View<Name>['items'][number][] = [];
  for (let after: string | null = ''; after !== null; ) {
    const more: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const page: Outcome<View<Name>> = await read(
      view,
      `${path}${path.includes('?') ? '&' : '?'}limit=200${more}`,
    );
    if (!page.ok) return page;
    all.push(...page.value.items);
    after = page.value.next;
  }
  return { ok: true, value: all };
};

/** Reads a view that anyone may have, without signing in. */
export const readOpen = async <Name extends ViewName>(
  view: Name,
  path: string,
): Promise<Outcome<View<Name>>> => {
  try {
    const answer = await fetch(path, { signal: patience() });
    const read = (await shapeOf(view)).safeParse(await answer.json());
    if (!answer.ok) return offline();
    return read.success ? { ok: true, value: read.data } : outdated();
  } catch {
    return offline();
  }
};

/** Brings a file of the API, such as a letter's paper, as a blob; with fields it is asked for by POST. */
export const bring = async (
  path: string,
  fields?: Record<string, unknown>,
  asked: typeof request = request,
): Promise<Outcome<Blob>> => {
  const headers = { 'content-type': 'application/json' };
  const init = fields === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(fields) };
  try {
    const answer = await asked(path, { ...init, signal: patience(fileBytes) }, false);
    if (!answer || answer.status === 401) return signedOut();
    if (answer.ok) return { ok: true, value: await answer.blob() };
    const problem = problemView.safeParse(await answer.json());
    if (!problem.success) return offline();
    const { code, next, retry } = problem.data;
    return { ok: false, refusal: { code, detail: whyWords(problem.data), next, retry } };
  } catch {
    return offline();
  }
};

/** Asks a door that is no plain command: `post('evidence.view', '/api/evidence/…/1/views', { commandId, reason })`. */
export const post = async <Name extends ViewName>(
  view: Name,
  path: string,
  body: Record<string, unknown> = {},
): Promise<Outcome<View<Name>>> => {
  return ask(view, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
};

/** For whoever came by a link and has no account: nothing of a sign-in on this device goes along. */
const openly: typeof request = (path, init) =>
  fetch(path, { signal: patience(), ...init, credentials: 'omit' });
export const postOpen = async <Name extends ViewName>(
  view: Name,
  path: string,
  body: Record<string, unknown>,
): Promise<Outcome<View<Name>>> =>
  ask(
    view,
    path,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    openly,
  );
export const bringOpen = (path: string, fields: Record<string, unknown>): Promise<Outcome<Blob>> =>
  bring(path, fields, openly);

/**
 * Sends a command. The id is made once for what the person meant to do and kept until an answer came: the same id
 * again gets the same answer, so a lost answer never does a thing twice.
 */
export const send = (
  path: string,
  fields: Record<string, unknown>,
  commandId: string = crypto.randomUUID(),
): Promise<Outcome<View<'answer'>>> => post('answer', path, { commandId, ...fields });
