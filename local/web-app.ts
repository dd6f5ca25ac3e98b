// The web app on one machine: built when its sources are newer than what was built, served from the same port as the
// API with the headers a browser needs to trust it. Knows where things lie; may not know what a screen shows.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { StartProblem } from './table-engine.ts';

const root = resolve(import.meta.dirname, '..');
/** Where the built app lies. */
export const webFolder = join(root, '.build/web');

/** What the app is made of: its own room, what it shares, and the packages it was made with. */
const sourcesDigest = (): string => {
  const digest = createHash('sha256');
  const folders = ['web', 'shared'];
  for (const folder of folders)
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        digest.update(path.slice(root.length)).update(readFileSync(path));
      }
  return digest.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
};

/** Builds the app unless what lies there was made from the very same sources. Throws `StartProblem`. */
export const buildWebApp = async (): Promise<void> => {
  const mark = join(webFolder, 'made-from.txt');
  const digest = sourcesDigest();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  console.log('正在准备网页 … · building the web app …');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const said: string[] = [];
  const code = await new Promise<number | null>((done, failed) => {
    const child = spawn(process.execPath, [vite, 'build', '-c', 'web/vite.config.ts', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => said.push(text.toString()));
    child.once('error', failed);
    child.once('exit', done);
  });
  if (code !== 0)
    throw new StartProblem(`网页没有准备成功 · the web app could not be built\n${said.join('')}`);
  writeFileSync(mark, digest);
};

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

/**
 * Scripts, pictures and connections only from our own origin; nobody may frame us. Style may stand in the page: the
 * desks' kit writes its rules there. `wasm-unsafe-eval` is for reading QR codes.
 */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export interface WebAppSettings {
  /** Where people sign in; see web/sign-in.ts. */
  issuer: string;
  clientId: string;
}

/** Answers for everything that is neither API, sign-in nor evidence; any address without a file is the app itself. */
export const serveWebApp = (folder: string, { issuer, clientId }: WebAppSettings) => {
  const settings = JSON.stringify({ issuer, clientId, scope: 'openid profile offline_access' });
  return (request: IncomingMessage, response: ServerResponse): void => {
    const headers: Record<string, string> = {
      'content-security-policy': pagePolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': 'camera=(self), microphone=(self), geolocation=()',
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
      return;
    }
    const path = pathOf(request.url ?? '/');
    if (path === '/settings.json') {
      response
        .writeHead(200, { ...headers, 'content-type': 'application/json', 'cache-control': 'no-cache' })
        .end(settings);
      return;
    }
    const asked = path === undefined ? undefined : fileAt(folder, path);
    const found =
      asked ?? (path !== undefined && extname(path) === '' ? join(folder, 'index.html') : undefined);
    if (found === undefined || !existsSync(found)) {
      response
        .writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
        .end('没有这个文件');
      return;
    }
    response.writeHead(200, {
      ...headers,
      'content-type': types[extname(found)] ?? 'application/octet-stream',
      'content-length': String(statSync(found).size),
      // Names of built files carry a hash of their content; the page and the worker must be asked for each time.
      'cache-control': /\/(app|desk)\/[^/]+$/.test(found)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(found).pipe(response);
  };
};

const pathOf = (url: string): string | undefined => {
  try {
    return decodeURIComponent(new URL(url, 'http://here').pathname);
  } catch {
    return undefined;
  }
};

/** The file of a path below the folder, and nowhere else. */
const fileAt = (folder: string, path: string): string | undefined => {
  const file = join(folder, normalize(path));
  return file.startsWith(`${folder}/`) && existsSync(file) && statSync(file).isFile() ? file : undefined;
};
