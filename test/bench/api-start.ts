// How heavy the API function is and how fast it starts, beside the same doors on Express packed the same way: fresh
// processes in turn, from the first byte of the bundle to a handler that can be called. Processor time is counted, of
// all threads: the machine is shared, the work is not.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
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

const startOf = async (folder: string): Promise<number> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, join(folder, 'index.mjs')],
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
    const [own, other] = [join(folder, 'own'), join(folder, 'express')];
    const ours = await build(bundleOptions(entries.api, own));
    const express = await build(bundleOptions('test/bench/express-entry.ts', other));
    if (statSync(join(other, 'index.mjs')).size === 0) throw new Error('an empty bundle');
    const times: { own: number; other: number }[] = [];
    for (let run = 0; run < runs; run += 1)
      times.push({ own: await startOf(own), other: await startOf(other) });
    const [ownTime, otherTime] = [median(times.map((one) => one.own)), median(times.map((one) => one.other))];
    return [
      { name: 'API bundle read at the start, kB gzip', value: kilo(gzipOf(firstLoad(ours.metafile))) },
      {
        name: 'API bundle with all that is read later, kB gzip',
        value: kilo(gzipOf(everything(ours.metafile))),
      },
      { name: 'Express bundle of the same doors, kB gzip', value: kilo(gzipOf(firstLoad(express.metafile))) },
      { name: `API init, median of ${runs}, processor ms`, value: ownTime.toFixed(0) },
      { name: `Express init, median of ${runs}, processor ms`, value: otherTime.toFixed(0) },
      { name: 'init ratio', value: median(times.map((one) => one.own / one.other)).toFixed(2) },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
