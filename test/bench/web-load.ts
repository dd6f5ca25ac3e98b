// What a tablet loads before its first patrol screen stands: the page, its scripts and styles, the screen's own code and all
// that imports at once. Measured on the built app, each file gzipped as a server sends it.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildWebApp, webFolder } from '../../local/web-app.ts';
import type { Figure } from './hall.ts';

/** Files a script imports at once; what it imports on demand is written `import(…)`. */
const importedBy = (script: string): string[] =>
  [...script.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)].flatMap((found) => found[1] ?? []);

export const webFirstLoad = async (): Promise<Figure[]> => {
  await buildWebApp();
  const folder = join(webFolder, 'app');
  const home = readdirSync(folder).find((name) => /^home-screen-.*\.js$/.test(name));
  if (home === undefined) throw new Error('the built app has no first screen of the patrol');
  const page = readFileSync(join(webFolder, 'index.html'), 'utf8');
  const wanted = [
    home,
    ...[...page.matchAll(/(?:src|href)="\/app\/([^"]+)"/g)].flatMap((found) => found[1] ?? []),
  ];
  const loaded = new Set<string>();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (loaded.has(name)) continue;
    loaded.add(name);
    if (name.endsWith('.js'))
      wanted.push(...importedBy(readFileSync(join(folder, name), 'utf8')).map((path) => basename(path)));
  }
  const bytes = [...loaded]
    .map((name) => gzipSync(readFileSync(join(folder, name))).length)
    .reduce((sum, size) => sum + size, gzipSync(page).length);
  return [
    { name: 'web first load', value: `${(bytes / 1000).toFixed(1)} kB gzip, ${loaded.size + 1} files` },
  ];
};
