// The rules of the house as a program: what docs/architecture.md says of rooms, names and purity holds for every file
// that is tracked or about to be. Looks at text and syntax only; runs nothing of ours.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { tableRows } from '../functions/keys.ts';

const root = resolve(import.meta.dirname, '..');
const self = 'test/house.test.ts';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const rooms = ['shared', 'functions', 'local', 'cdk', 'web'];
const roomOf = (path: string): string => path.slice(0, path.indexOf('/'));
const sources = files.filter((path) => /\.tsx?$/.test(path) && rooms.includes(roomOf(path)));
const code = files.filter((path) => /\.(tsx?|cjs)$/.test(path) && path !== self);
const texts = files.filter(
  (path) => /\.(tsx?|cjs|json|md|svg)$|^\.ci\/|^\.npmrc$/.test(path) && path !== self,
);

/** Lines of some files that match, as `file:line: text`. */
const found = (where: readonly string[], wrong: RegExp): string[] =>
  where.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, at) => (wrong.test(line) ? [`${path}:${at + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );

describe('the rooms', () => {
  it('hold every file', () => {
    const outside = files.filter(
      (path) =>
        ![...rooms, 'test', 'docs', '.ci'].includes(roomOf(path)) &&
        !/^(README(\.zh-CN)?\.md|LICENSE|package(-lock)?\.json|(tsconfig|cdk|biome|knip)\.json|vitest\.config\.ts|\.dependency-cruiser\.cjs|\.gitignore|\.npmrc)$/.test(
          path,
        ),
    );
    expect(outside).toEqual([]);
  });

  it('are named by nouns of the hall', () => {
    const vague = /^(index|utils?|helpers?|common|types?|misc|services?|managers?)\.tsx?$/;
    expect(files.filter((path) => vague.test(basename(path)))).toEqual([]);
  });

  // A concept has one name in every room: shared/month.ts decides, functions/month.ts does it on the table,
  // functions/entry/month.ts is where the cloud calls it. Whatever joins this list is the same thing again.
  const sameThing = [
    'archive',
    'charts',
    'commands',
    'evidence',
    'honour',
    'house',
    'month',
    'night',
    'shift',
    'province',
    'stream',
    'token',
  ];
  it('hold no two things of one name', () => {
    const paths = new Map<string, string[]>();
    for (const path of sources) paths.set(basename(path), [...(paths.get(basename(path)) ?? []), path]);
    const twice = [...paths].filter(
      ([name, where]) => where.length > 1 && !sameThing.includes(name.replace(/\.tsx?$/, '')),
    );
    expect(twice).toEqual([]);
  });
});

describe('a file', () => {
  it('opens with what it is', () => {
    const written = [...sources, ...files.filter((path) => /^test\/(?!.*\.test\.ts$).*\.ts$/.test(path))];
    expect(written.filter((path) => !/^(\/\/|\/\*\*?) ?\S/.test(read(path)))).toEqual([]);
  });

  it('promises nothing and skips no test', () => {
    expect(found(code, /(\/\/|^\s*\*).*\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
    expect(found(code, /\b(it|test|describe|bench|suite)(\.\w+)*\.(skip|only|todo|fails)\b/)).toEqual([]);
    expect(found(code, /\bvi\s*\.\s*(mock|doMock|hoisted)\b/)).toEqual([]);
  });

  it('speaks of this house alone', () => {
    const elsewhere = texts.filter((path) => path !== 'package-lock.json');
    expect(found(elsewhere, /(?<![\w.~-])\/(work|root|home|Users)\/|(?<![\w.~-])\/tmp\b/)).toEqual([]);
    expect(found(elsewhere, /\bissues? #?\d|\bsessions?\b|(?<!user-)\bagents?\b|\bhelpers?\b/i)).toEqual([]);
  });

  it('cites only documents that are here', () => {
    const named = new Set(files.map((path) => basename(path)));
    const cited = texts.flatMap((path) =>
      [...read(path).matchAll(/(?<![\w/.-])(?:[\w-]+\/)*([\w-]+(?:\.zh-CN)?\.md)\b/g)]
        .filter(([, name]) => name !== undefined && !named.has(name))
        .map(([whole]) => `${path}: ${whole}`),
    );
    expect(cited).toEqual([]);
  });
});

describe('docs/table.md', () => {
  it('knows every item of the keys, as `npm run docs` writes them', () => {
    const written = read('docs/table.md');
    const rows = tableRows();
    expect(rows.length).toBeGreaterThan(10);
    expect(
      rows.filter(({ item, readFor }) => !written.includes(`| ${item} | `) || !written.includes(readFor)),
    ).toEqual([]);
  });
});

describe('the arrows', () => {
  const planted: Record<string, string> = {
    'shared/cloud.ts': "import '../functions/door.ts';\nimport 'node:fs';\n",
    'functions/door.ts': "import '../local/machine.ts';\nimport './circle.ts';\nimport './nowhere.ts';\n",
    'functions/circle.ts': "import './door.ts';\n",
    'cdk/house.ts': "import '../functions/door.ts';\n",
    'local/machine.ts': "import '../cdk/house.ts';\n",
    'web/screen.ts': "import '../functions/door.ts';\n",
  };
  const named = z.object({ name: z.string() });
  const rules = z.object({ forbidden: z.array(named) });
  const report = z.object({ summary: z.object({ violations: z.array(z.object({ rule: named })) }) });

  it('are stopped in every forbidden direction', () => {
    const folder = mkdtempSync(join(tmpdir(), 'arrows-'));
    try {
      for (const [path, text] of Object.entries(planted)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      writeFileSync(join(folder, 'tsconfig.json'), read('tsconfig.json'));
      const cruised = spawnSync(
        process.execPath,
        [
          join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
          ...['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'],
          ...['shared', 'functions', 'local', 'cdk', 'web'],
        ],
        { cwd: folder, encoding: 'utf8' },
      );
      const { violations } = report.parse(JSON.parse(cruised.stdout)).summary;
      const { forbidden } = rules.parse(createRequire(import.meta.url)('../.dependency-cruiser.cjs'));
      expect([...new Set(violations.map(({ rule }) => rule.name))].sort()).toEqual(
        forbidden.map(({ name }) => name).sort(),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('what is given is not taken', () => {
  it('shared/ asks no clock, no chance and no machine', () => {
    const shared = sources.filter((path) => path.startsWith('shared/'));
    expect(shared.length).toBeGreaterThan(40);
    expect(
      found(
        shared,
        /^(?!\s*(\/\/|\/?\*)).*(\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bconsole\.|\bsetTimeout\b|\bsetInterval\b|\bfetch\(|\bcrypto\.|\bperformance\.|\bglobalThis\b)/,
      ),
    ).toEqual([]);
  });

  it('functions/ reads its environment in one place', () => {
    const readers = sources.filter((path) => path.startsWith('functions/') && /\bprocess\b/.test(read(path)));
    expect(readers.filter((path) => /\bprocess\s*(\.|\[)\s*\W?env\b/.test(read(path)))).toEqual([
      'functions/config.ts',
    ]);
  });

  // A head is read back as what its kind says it is: docs/decisions/0001 tells why the compiler cannot.
  const believing = [
    'functions/evidence.ts',
    'functions/month-facts.ts',
    'functions/obligations.ts',
    'functions/run.ts',
    'functions/store.ts',
    'local/stream.ts',
    'shared/command.ts',
    'shared/concepts.ts',
    'shared/month-proof.ts',
  ];
  it('a type is believed without parsing only where stored heads are read back', () => {
    const casting = [...sources].sort().filter((path) => {
      let casts = false;
      const visit = (node: ts.Node): void => {
        casts ||=
          ts.isNonNullExpression(node) ||
          (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) ||
          ts.isTypeAssertionExpression(node);
        if (!casts) ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest));
      return casts;
    });
    expect(casting).toEqual(believing);
  });
});

describe('what is installed', () => {
  it('comes from wherever the reader installs from', () => {
    expect(found(['package-lock.json'], /"resolved":\s*"https?:/)).toEqual([]);
    expect(found(['.npmrc'], /^(@.*:)?registry\b|proxy|_auth/i)).toEqual([]);
  });
});
