// Where font files lie on this machine, first looked in first: the office's own folder (FONTS_DIR), what `npm run fonts`
// fetched, the Noto faces from the packages.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { FontSource } from '../functions/paper-fonts.ts';

const require = createRequire(import.meta.url);
const packaged = (name: string, folder: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), folder);

/** `npm run fonts` puts them here, beside the data of the demonstration. */
export const fetchedFonts = resolve('.data', 'fonts');

export const notoFolders: readonly string[] = [
  packaged('@expo-google-fonts/noto-serif-sc', '400Regular'),
  packaged('@expo-google-fonts/noto-serif-sc', '700Bold'),
  packaged('@expo-google-fonts/noto-sans-sc', '500Medium'),
];

export const fontFolders = (own: string | undefined = process.env.FONTS_DIR): string[] => [
  ...(own === undefined || own === '' ? [] : [resolve(own)]),
  fetchedFonts,
  ...notoFolders,
];

/** Reads from the first folder that has the file. */
export const fontsIn =
  (folders: readonly string[]): FontSource =>
  async (file) => {
    const path = folders.map((folder) => join(folder, file)).find((one) => existsSync(one));
    return path === undefined ? undefined : readFileSync(path);
  };
