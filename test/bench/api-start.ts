// How heavy the API function is and how fast it starts, beside the same doors on Express, packed as CDK packs by default
// and packed as ours is: fresh processes in turn, from the first byte of the bundle to a handler that can be called. Processor time is counted, of
// all threads: the machine is shared, the work is not.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundleOptions, entries, firstLoad, root } from '../../cdk/bundle.ts';
import type { Figure } from './hall.ts';

const runs = 15;
const environment = {
  TABLE_NAME: 'table',
  EVIDENCE_BUCKET: 'evidence',
  PAPERS_BUCKET: 'papers',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  TOKEN_ISSUERS: JSON.stringify([
    {
      issuer: 'https://issuer.example',
      audience: 'mingchuang',
      algorithms: ['ES256'],
      jwksUrl: 'https://issuer.example/jwks',
    },
  ]),
};

const script = `
const start = process.cpuUsage();
const { handler } = await import(process.argv[1]);
if (typeof handler !== 'function') throw new Error('no handler');
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1000);
process.exit(0);`;

/** What CDK's NodejsFunction does when told nothing: one CommonJS file, as it is written. */
const usualOptions = (entryPoint: string, folder: string) =>
  ({
    absWorkingDir: root,
    entryPoints: { index: entryPoint },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    metafile: true,
    logLevel: 'error',
  }) satisfies BuildOptions;

const startOf = async (folder: string, file = 'index.mjs'): Promise<number> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, join(folder, file)],
    { env: environment },
  );
  return Number(stdout);
};

const gzipOf = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(resolve(root, path)), { level: 9 }).length, 0);
const everything = ({ outputs }: Metafile): string[] =>
  Object.keys(outputs).filter((path) => path.endsWith('.mjs'));
const kilo = (bytes: number): string => (bytes / 1000).toFixed(1);
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const median = (numbers: readonly number[]): number =>
  sorted(numbers)[Math.floor(numbers.length / 2)] ?? Number.NaN;

export const apiStart = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingchuang-start-'));
  try {
    const [own, other, plain] = [join(folder, 'own'), join(folder, 'express'), join(folder, 'usual')];
    const ours = await build(bundleOptions(entries.api, own));
    const express = await build(bundleOptions('test/bench/express-entry.ts', other));
    if (statSync(join(other, 'index.mjs')).size === 0) throw new Error('an empty bundle');
    const usual = await build(usualOptions('test/bench/express-entry.ts', plain));
    const times: { own: number; other: number; usual: number }[] = [];
    for (let run = 0; run < runs; run += 1)
      times.push({
        own: await startOf(own),
        other: await startOf(other),
        usual: await startOf(plain, 'index.cjs'),
      });
    const middle = (of: keyof (typeof times)[number]): string =>
      median(times.map((one) => one[of])).toFixed(0);
    return [
      { name: 'API bundle read at the start, kB gzip', value: kilo(gzipOf(firstLoad(ours.metafile))) },
      {
        name: 'API bundle with all that is read later, kB gzip',
        value: kilo(gzipOf(everything(ours.metafile))),
      },
      { name: 'Express bundle of the same doors, kB gzip', value: kilo(gzipOf(firstLoad(express.metafile))) },
      {
        name: 'Express bundle packed as CDK packs by default, kB gzip',
        value: kilo(gzipOf(Object.keys(usual.metafile.outputs))),
      },
      { name: `API init, median of ${runs}, processor ms`, value: middle('own') },
      { name: `Express packed by default, init, median of ${runs}, processor ms`, value: middle('usual') },
      { name: `Express packed as ours, init, median of ${runs}, processor ms`, value: middle('other') },
      { name: 'init ratio', value: median(times.map((one) => one.own / one.usual)).toFixed(2) },
      {
        name: 'init ratio to Express packed as ours',
        value: median(times.map((one) => one.own / one.other)).toFixed(2),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
