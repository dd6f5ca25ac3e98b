// The built web app as files: what is asked for, with the headers a browser needs to trust it. The same on one machine
// and behind the API's address in the cloud. Knows a folder of files; may not know what a screen shows.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { strictTransport } from './answer-headers.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const packed = /^(text\/|image\/svg)|json|wasm/;

/**
 * Scripts only from our own origin; nobody may frame us. Style may stand in the page: the desks' kit writes its rules
 * there. `wasm-unsafe-eval` is for reading QR codes. `origins` are the other places a page talks to: where people sign
 * in, and where evidence lies, whose pictures and clips it shows.
 */
const pagePolicy = (origins: readonly string[]): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    ['img-src', "'self'", 'blob:', 'data:', ...origins].join(' '),
    ['media-src', "'self'", 'blob:', ...origins].join(' '),
    ['connect-src', "'self'", ...origins].join(' '),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** What `/settings.json` tells the app; see web/sign-in.ts. `icp` is shown at the foot of the page. */
export interface WebSettings {
  issuer: string;
  clientId: string;
  scope: string;
  icp?: string | undefined;
}

export interface WebPagesOptions {
  /** Where the built app lies. */
  folder: string;
  settings: WebSettings;
  /** Other origins that a page may talk to: `https://host`. */
  origins: readonly string[];
  /** Whether people reach the house by https; then browsers are told to stay with it. */
  secure: boolean;
}

interface Page {
  bytes: Buffer;
  type: string;
  /** Names of built files carry a hash of their content; the page and the worker must be asked for each time. */
  cache: string;
  tag: string;
  gzipped?: Buffer;
}

/** Answers for everything that is neither API, sign-in nor evidence; any address without a file is the app itself. */
export const createWebPages = ({ folder, settings, origins, secure }: WebPagesOptions) => {
  const told = JSON.stringify(settings);
  const always: Record<string, string> = {
    'content-security-policy': pagePolicy(origins),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=()',
    ...(secure ? strictTransport : {}),
  };
  const pages = new Map<string, Page>();

  const pageAt = async (path: string): Promise<Page | undefined> => {
    const file = join(folder, normalize(path));
    if (!file.startsWith(`${folder}${sep}`)) return undefined;
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const name = `${file} ${found.mtimeMs}`;
    const known = pages.get(name);
    if (known) return known;
    const page = pageOf(file, await readFile(file));
    pages.set(name, page);
    return page;
  };

  return async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers: { ...always, allow: 'GET, HEAD' } });
    const bodiless = request.method === 'HEAD';
    const path = pathOf(request.url);
    if (path === '/settings.json')
      return new Response(bodiless ? null : told, {
        headers: { ...always, 'content-type': 'application/json', 'cache-control': 'no-cache' },
      });
    const page =
      path === undefined
        ? undefined
        : ((await pageAt(path)) ?? (extname(path) === '' ? await pageAt('/index.html') : undefined));
    if (page === undefined)
      return new Response('没有这个文件', {
        status: 404,
        headers: { ...always, 'content-type': 'text/plain; charset=utf-8' },
      });
    const headers = { ...always, 'content-type': page.type, 'cache-control': page.cache, etag: page.tag };
    if (request.headers.get('if-none-match')?.includes(page.tag))
      return new Response(null, { status: 304, headers });
    if (!packed.test(page.type) || !/\bgzip\b/.test(request.headers.get('accept-encoding') ?? ''))
      return answer(page.bytes, headers, bodiless);
    page.gzipped ??= await promisify(gzip)(page.bytes, { level: 9 });
    return answer(
      page.gzipped,
      { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
      bodiless,
    );
  };
};

const answer = (bytes: Buffer, headers: Record<string, string>, bodiless: boolean): Response =>
  new Response(bodiless ? null : new Uint8Array(bytes), {
    headers: { ...headers, 'content-length': String(bytes.length) },
  });

const pageOf = (file: string, bytes: Buffer): Page => ({
  bytes,
  type: types[extname(file)] ?? 'application/octet-stream',
  cache: /\/(app|desk)\/[^/]+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
  tag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`,
});

const pathOf = (url: string): string | undefined => {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
};
