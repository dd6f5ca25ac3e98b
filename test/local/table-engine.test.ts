import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { StartProblem, startTableEngine } from '../../local/table-engine.ts';

let folder: string;
let leftovers: (() => Promise<void> | void)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingchuang-table-'));
  leftovers = [];
});

afterEach(async () => {
  for (const clear of leftovers) await clear();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const start = async (options: Partial<Parameters<typeof startTableEngine>[0]> = {}) => {
  const engine = await startTableEngine({ folder, ...options });
  leftovers.push(engine.stop);
  return engine;
};

const client = (url: string, accessKeyId = 'local') =>
  new DynamoDBClient({
    endpoint: url,
    region: 'local',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: 'local' },
  });

const createTable = (url: string, accessKeyId?: string) =>
  client(url, accessKeyId).send(
    new CreateTableCommand({
      TableName: 'windows',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );

const write = (url: string, pk: string) =>
  client(url).send(new PutItemCommand({ TableName: 'windows', Item: { pk: { S: pk } } }));

const isThere = async (url: string, pk: string): Promise<boolean> => {
  const key = { TableName: 'windows', Key: { pk: { S: pk } }, ConsistentRead: true };
  return (await client(url).send(new GetItemCommand(key))).Item !== undefined;
};

const tables = async (url: string, accessKeyId?: string) =>
  (await client(url, accessKeyId).send(new ListTablesCommand())).TableNames;

const note = (inner = '') =>
  z
    .object({ engine: z.int(), keeper: z.int() })
    .parse(JSON.parse(readFileSync(join(folder, inner, 'engine.json'), 'utf8')));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/status`, 'utf8').includes('State:\tZ');
  } catch {
    return false;
  }
};

const within = async (milliseconds: number, isSo: () => boolean): Promise<boolean> => {
  const deadline = Date.now() + milliseconds;
  while (!isSo() && Date.now() < deadline) await pause(25);
  return isSo();
};

/** A program of its own that starts an engine on the folder, tells its port, and then just lives. */
const parentProgram = async (): Promise<{ parent: ChildProcess; url: string }> => {
  const source = new URL('../../local/table-engine.ts', import.meta.url).href;
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { startTableEngine } from ${JSON.stringify(source)};
       console.log((await startTableEngine({ folder: ${JSON.stringify(folder)} })).url);
       setInterval(() => {}, 60_000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  leftovers.push(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  return { parent, url: String(line).trim() };
};

const fakeJava = (script: string): string => {
  const path = join(folder, 'java');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
};

describe('the table engine', () => {
  it('keeps what it acknowledged, stopped in order or killed with kill -9', async () => {
    const first = await start();
    await createTable(first.url);
    await write(first.url, '社保 3 号窗口');
    await first.stop();
    await first.ended;
    expect(existsSync(join(folder, 'engine.json'))).toBe(false);

    const second = await start();
    expect(await isThere(second.url, '社保 3 号窗口')).toBe(true);
    const written = Array.from({ length: 9 }, (_, n) => `医保 ${n} 号窗口`);
    for (const pk of written) await write(second.url, pk);
    process.kill(note().engine, 'SIGKILL');
    await second.ended;

    const third = await start();
    for (const pk of written) expect(await isThere(third.url, pk)).toBe(true);
  });

  it('finds the records of one stream without reading those of all others', async () => {
    const engine = await start();
    await engine.stop();
    const database = new DatabaseSync(join(folder, 'shared-local-instance.db'), { readOnly: true });
    const plan = database
      .prepare("EXPLAIN QUERY PLAN SELECT max(SequenceNumber) FROM us WHERE StreamID = 'x'")
      .all();
    database.close();
    expect(JSON.stringify(plan)).toContain('SEARCH us USING COVERING INDEX mingchuang_stream');
  });

  it('in memory keeps nothing; with an access key id it shows its tables to nobody else', async () => {
    const engine = await start({ folder: 'memory', accessKeyId: 'Q7x1Tn5kP0' });
    await createTable(engine.url, 'Q7x1Tn5kP0');
    expect(await tables(engine.url, 'Q7x1Tn5kP0')).toEqual(['windows']);
    expect(await tables(engine.url, 'local')).toEqual([]);
    await engine.stop();

    const again = await start({ folder: 'memory', port: engine.port });
    expect(again.url).toBe(engine.url);
    expect(await tables(again.url)).toEqual([]);
  });
});

describe('the engine and the program that started it', () => {
  it.each(['SIGKILL', 'SIGINT'] as const)('goes when its parent dies of %s', async (signal) => {
    const { parent, url } = await parentProgram();
    const { engine, keeper } = note();
    expect(await tables(url)).toEqual([]);
    parent.kill(signal);
    expect(await within(5_000, () => !isAlive(engine) && !isAlive(keeper))).toBe(true);
  });

  it('goes when its keeper is killed', async () => {
    const engine = await start();
    const { engine: java, keeper } = note();
    process.kill(keeper, 'SIGKILL');
    await engine.ended;
    expect(isAlive(java)).toBe(false);
  });

  it('does not block the next start when parent and keeper were killed together', async () => {
    const { parent, url } = await parentProgram();
    await createTable(url);
    await write(url, '最后一条');
    const { engine: orphan, keeper } = note();
    process.kill(keeper, 'SIGSTOP'); // so that it cannot do its duty before it is killed
    parent.kill('SIGKILL');
    process.kill(keeper, 'SIGKILL');
    expect(await within(1_000, () => !isAlive(keeper))).toBe(true);
    expect(isAlive(orphan)).toBe(true);

    const next = await start();
    expect(isAlive(orphan)).toBe(false);
    expect(await isThere(next.url, '最后一条')).toBe(true);
  });

  it('refuses a folder that a living engine holds, and takes no other engine for it', async () => {
    const holder = await start({ folder: join(folder, 'other') });
    const held = note('other').engine;
    await expect(start({ folder: join(folder, 'other') })).rejects.toThrow(`进程 ${held} 使用`);

    writeFileSync(join(folder, 'engine.json'), JSON.stringify({ engine: held, keeper: 1 })); // an old note
    await start();
    expect(note().engine).not.toBe(held);
    expect(await tables(holder.url)).toEqual([]);
  });
});

describe('what is missing is said in one line with the way out', () => {
  const problemOf = async (options: Parameters<typeof start>[0]): Promise<string> => {
    const problem = await start(options).catch((caught: unknown) => caught);
    if (!(problem instanceof StartProblem)) throw new Error('it started');
    expect(problem.message).not.toContain('\n');
    return problem.message;
  };

  it('no Java', async () => {
    const message = await problemOf({ java: join(folder, 'no-java') });
    expect(message).toContain('没有找到 Java');
    expect(message).toContain('apt-get install openjdk-17-jre-headless');
  });

  it.each([
    ['1.8.0_392', 8],
    ['11.0.21', 11],
  ])('Java %s', async (version, year) => {
    const java = fakeJava(`echo 'openjdk version "${version}" 2023-10-17' >&2`);
    expect(await problemOf({ java })).toMatch(new RegExp(`Java ${year} 版本过低.*apt-get install`));
  });

  it('a Java that cannot run the engine, in its own words', async () => {
    const java = fakeJava(
      `if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; else echo 'no space left'; exit 1; fi`,
    );
    expect(await problemOf({ java })).toContain('no space left');
  });

  it('a port in use', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    leftovers.push(() => void other.close());
    const address = other.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    expect(await problemOf({ port: address.port })).toContain(`端口 ${address.port} 已被占用`);
  });
});
