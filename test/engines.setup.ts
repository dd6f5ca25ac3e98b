// Starts the real engines once for a whole test run and hands out where they are: `inject('tableUrl')`.
// Every test file works in a table and a bucket of its own; all of it is gone when the run ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startObjectStore } from '../local/object-store.ts';
import { startTableEngine } from '../local/table-engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** DynamoDB Local in memory; any region and credentials do. */
    tableUrl: string;
    /** Our S3-compatible server; buckets are in the path, the region is any. */
    objectStoreUrl: string;
    objectStoreCredentials: { accessKeyId: string; secretAccessKey: string };
    /** The file in which it keeps what was read by a signed address. */
    objectStoreLog: string;
  }
}

const objectStoreCredentials = { accessKeyId: 'tests', secretAccessKey: 'only-for-tests' };

export default async function startEngines(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'mingchuang-tests-'));
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(stops.map((stop) => stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const table = await startTableEngine({ folder: 'memory' });
    stops.push(table.stop);
    const accessLog = join(folder, 'access.log');
    const objects = join(folder, 'objects');
    const store = await startObjectStore({
      ...{ folder: objects, port: 0, accessLog, credentials: objectStoreCredentials },
    });
    stops.push(store.close);
    project.provide('tableUrl', table.url);
    project.provide('objectStoreUrl', store.url);
    project.provide('objectStoreCredentials', objectStoreCredentials);
    project.provide('objectStoreLog', accessLog);
    return stopAll;
  } catch (problem) {
    await stopAll();
    throw problem;
  }
}
