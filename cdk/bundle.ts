// Packs each function's code with esbuild: what is tested and measured is what is deployed. Knows paths of entries
// only; what is in them is not its business.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The entries of the functions, by the name of the function. */
export const entries = {
  api: 'functions/entry/api.ts',
  web: 'functions/entry/web.ts',
  stream: 'functions/entry/stream.ts',
  night: 'functions/entry/night.ts',
  month: 'functions/entry/month.ts',
  morning: 'functions/entry/morning.ts',
  archive: 'functions/entry/archive.ts',
  signin: 'functions/entry/signin.ts',
} as const;
export type Entry = keyof typeof entries;

/**
 * The table's client speaks JSON only, but takes its protocol from an index that names S3's XML as well; once S3 is in a
 * chunk of its own, esbuild would put that XML into what is read at every start (5 kB gzip). So each takes its own.
 */
const tableSpeaksJson: Plugin = {
  name: 'table-speaks-json',
  setup: ({ onResolve, resolve: find }) => {
    onResolve(
      { filter: /^@aws-sdk\/core\/protocols$/ },
      async ({ importer, resolveDir, kind, pluginData }) => {
        if (pluginData === 'seen') return undefined;
        const seen = { resolveDir, kind, pluginData: 'seen' };
        if (/[\\/]dynamodb-codec[\\/]/.test(importer)) return find('@smithy/core/protocols', seen);
        if (!/[\\/]client-dynamodb[\\/]/.test(importer)) return undefined;
        const index = await find('@aws-sdk/core/protocols', seen);
        return { ...index, path: resolve(index.path, '../json/AwsJson1_0Protocol.js') };
      },
    );
  },
};

/**
 * How every bundle is made. `entryPoint` is a path from the root of the repository, `folder` where `index.mjs` and its
 * chunks go; what is imported by `await import()` becomes a chunk that is read on first use only.
 */
export const bundleOptions = (entryPoint: string, folder: string) =>
  ({
    absWorkingDir: root,
    entryPoints: { index: entryPoint },
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    minify: true,
    charset: 'utf8', // Chinese sentences at three bytes a sign instead of six
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    logLevel: 'warning',
    // The SDK's ESM build is 30 % smaller than the CommonJS one that platform=node would take first.
    mainFields: ['module', 'main'],
    plugins: [tableSpeaksJson],
    // Some CommonJS inside calls require('node:…'), which ESM does not have.
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
  }) satisfies BuildOptions;

export interface Bundle {
  /** Absolute: `index.mjs` exports `handler`. */
  folder: string;
  metafile: Metafile;
}

/**
 * Packs one function into `<under>/<entry>/` and notes what went in beside it, in `<entry>.meta.json`.
 * @throws when the entry does not compile or an import cannot be found
 */
export const bundle = async (entry: Entry, under = '.build/functions'): Promise<Bundle> => {
  const folder = resolve(root, under, entry);
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build(bundleOptions(entries[entry], folder));
  writeFileSync(`${folder}.meta.json`, JSON.stringify(metafile));
  return { folder, metafile };
};

export type Folders = Record<Entry, string>;

/** Packs all functions, the built web app beside the code that serves it; hands back the folder of each. */
export const bundleAll = async (under?: string): Promise<Folders> => {
  execFileSync(process.execPath, ['local/build-web.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const folderOf = async (entry: Entry) => (await bundle(entry, under)).folder;
  const [api, web, stream, night, month, morning, archive, signin] = await Promise.all([
    folderOf('api'),
    folderOf('web'),
    folderOf('stream'),
    folderOf('night'),
    folderOf('month'),
    folderOf('morning'),
    folderOf('archive'),
    folderOf('signin'),
  ]);
  cpSync(resolve(root, '.build/web'), join(web, 'web'), {
    recursive: true,
    filter: (path) => !path.endsWith('made-from.txt'),
  });
  return { api, web, stream, night, month, morning, archive, signin };
};

/** Output files that are read before the handler can run: `index.mjs` and what it imports without `await import()`. */
export const firstLoad = ({ outputs }: Metafile): string[] => {
  const reached = Object.keys(outputs).filter((path) => path.endsWith('/index.mjs'));
  for (const path of reached) {
    for (const { kind, path: next } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && next in outputs && !reached.includes(next)) reached.push(next);
    }
  }
  return reached;
};
