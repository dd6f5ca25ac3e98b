// `npm run fonts`: fetches the open 仿宋 and 楷体 from Debian's packages into the fonts folder, where the papers find them.
// Needs a Debian or Ubuntu machine with apt-get and dpkg; on any other, put the files there by hand. Papers work without.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fetchedFonts } from './font-folders.ts';

/** Licences: LXGW WenKai is OFL; Fandol is GPL with the font exception. */
const wanted = [
  { package: 'fonts-lxgw-wenkai', files: ['LXGWWenKai-Regular.ttf'] },
  { package: 'texlive-lang-chinese', files: ['FandolFang-Regular.otf'] },
] as const;

const fetch = (name: string, files: readonly string[]): void => {
  const folder = mkdtempSync(join(tmpdir(), 'mingchuang-fonts-'));
  try {
    execFileSync('apt-get', ['download', name], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
    if (archive === undefined) throw new Error(`${name} brought no package`);
    execFileSync('dpkg', ['-x', archive, 'x'], { cwd: folder });
    const found = readdirSync(join(folder, 'x'), { recursive: true, encoding: 'utf8' });
    for (const file of files) {
      const path = found.find((one) => basename(one) === file);
      if (path === undefined) throw new Error(`${name} holds no ${file}`);
      copyFileSync(join(folder, 'x', path), join(fetchedFonts, file));
      console.log(`${file} ← ${name}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

mkdirSync(fetchedFonts, { recursive: true });
for (const { package: name, files } of wanted)
  if (!files.every((file) => existsSync(join(fetchedFonts, file)))) fetch(name, files);
console.log(`字体目录 · fonts: ${fetchedFonts}`);
