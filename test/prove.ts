// `npm run proof`, and its parts `tamper`, `model`, `fuzz`, `access`, `chaos`, `load`, `bench`, `privacy`, `clock`: the long runs of the proofs, and docs/proof.md
// written from what they measured. A part that was not run keeps the figures of its last run.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { figuresFolder } from './figures.ts';

const root = resolve(import.meta.dirname, '..');

interface Part {
  /** Test files, or a program that is run as it is. */
  test: string;
  title: string;
  says: string;
}

const parts: Record<string, Part> = {
  tamper: {
    test: 'test/stories/tamper.test.ts',
    title: 'Nothing altered unseen',
    says: 'A small hall on the real engines, a frozen month in it, every night sealed. Then edits, deletions, exchanges and insertions of events, heads, frozen scores, tallies, cuts, seals and files, made straight in table and bucket, clumsy and with every hash made good again; after each the whole verification over what then lies in the table, and everything put back.',
  },
  model: {
    test: 'test/shared/model.test.ts',
    title: 'Every path of the machines',
    says: 'Case, month, objections to its sums, letter and title, each command by each of the cast at each moment, breadth first, equal worlds once. In every world: nothing counts unheard; reporter, confirmer and reviewer are three people; a frozen month stays as it is; what is due has a date and shows as overdue after it. Answer times: one settling, on the first night after, for every day of the year.',
  },
  access: {
    test: 'test/functions/every-door.test.ts',
    title: 'Nobody let in',
    says: 'Every door, generated from the list of doors, with every role: without a token and with eight that are not to be believed; for a foreign centre; where the role has no business; things of another grid, department and person by address, list and filter.',
  },
  fuzz: {
    test: 'test/functions/openapi.test.ts',
    title: 'Hostile and broken input',
    says: 'Requests made from the OpenAPI document, keeping and breaking its schemas, by several roles, on the real engines; afterwards the verification of everything.',
  },
  chaos: {
    test: 'test/chaos/chaos.test.ts',
    title: 'Nothing lost, whatever breaks',
    says: 'Eight simulated tablets with the app’s own queue, on databases that may be full, lines that break at any byte or send twice and late, and clocks that jump; tablets, house and engine killed with SIGKILL; follow-ups that fail. Drawn from a seed (`CHAOS_SEED`). At the end the house holds what was captured, once and whole, and its own verification is clean.',
  },
  load: {
    test: 'test/bench/load.ts',
    title: 'Load held',
    says: 'Eight tablets report with photos and read again, without a pause. Memory is counted in the process with API, sign-in and object store, after a collection of what is no longer in use.',
  },
  bench: {
    test: 'test/bench/bench.ts',
    title: 'Speed',
    says: 'The figures of the design, by the whole of `npm run bench`; where two things are compared, in alternating runs.',
  },
  privacy: {
    test: 'test/functions/look-ups.test.ts test/functions/person-file.test.ts',
    title: 'Privacy duties',
    says: 'A file is looked at by everybody who may and some who may not, pressed twice, at once and late; the store’s own access log is held against the look-up register, also after addresses were made past it and a row was taken out. When its time is over the night purges it, and every version and delete mark under its key is asked for. A person’s file is held against everything that lies in the table about them.',
  },
  clock: {
    test: 'test/shared/device-clock.test.ts',
    title: 'The honest clock',
    says: 'Simulated tablets whose counters run up to 100 in a million wrong, start anew, and meet the server over slow lines.',
  },
};

const isPart = (name: string): boolean => name in parts;

const figuresOf = (name: string): Record<string, string | number> | undefined => {
  if (!existsSync(figuresFolder)) return undefined;
  const files = readdirSync(figuresFolder)
    .filter((file) => file.startsWith(`${name}.`))
    .sort();
  const read = files.flatMap((file) =>
    Object.entries(Object(JSON.parse(readFileSync(resolve(figuresFolder, file), 'utf8')))),
  );
  return files.length === 0
    ? undefined
    : Object.fromEntries(
        read.map(([key, value]) => [key, typeof value === 'number' ? value : String(value)]),
      );
};

const head = `# Proof

Written by \`npm run proof\` from its runs; do not edit. Each part runs alone too; the ordinary tests run a slice of each.
\`npm run verify\` replays a data folder whose platform is stopped: chains, seals, heads, receipts, numbers, accounts, frozen
scores recomputed from their cuts, files read through, looks at files against the access log; it names the first bad record. \`npm run verifier\` packs the page
with which an auditor does the same for an exported month, without a network.
`;

const section = (name: string, { title, says }: Part, figures: Record<string, string | number>): string =>
  [
    `## ${title} (\`npm run ${['access', 'bench', 'clock', 'privacy'].includes(name) ? `proof -- ${name}` : name}\`)`,
    '',
    says,
    '',
    '| figure | value |',
    '| --- | --- |',
    ...Object.entries(figures).map(([key, value]) => `| ${key} | ${value} |`),
    '',
  ].join('\n');

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !isPart(name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const [name, { test }] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const how = test.endsWith('.test.ts')
    ? [resolve(root, 'node_modules/vitest/vitest.mjs'), 'run', ...test.split(' ')]
    : [test];
  const ran = spawnSync(process.execPath, how, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PROOF: 'long' },
  });
  failed += ran.status === 0 ? 0 : 1;
}
const path = resolve(root, 'docs/proof.md');
const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
const kept = new Map(before.split(/(?=^## )/m).map((text) => [/^## (.*?) \(/.exec(text)?.[1] ?? '', text]));
const sections = Object.entries(parts).flatMap(([name, part]) => {
  const figures = figuresOf(name);
  const text = figures ? section(name, part, figures) : kept.get(part.title)?.trimEnd().concat('\n');
  return text === undefined ? [] : [text];
});
writeFileSync(path, `${[head, ...sections].join('\n').trimEnd()}\n`);
console.log('docs/proof.md');
process.exit(failed === 0 ? 0 : 1);
