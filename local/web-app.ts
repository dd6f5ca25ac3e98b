// The web app as this machine builds it: made anew when its sources are newer than what was built. Knows where things
// lie; may not know what a screen shows.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
      // Whoever builds, a test too: the app is the one that is deployed, with its service worker.
      env: { ...process.env, NODE_ENV: 'production' },
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
