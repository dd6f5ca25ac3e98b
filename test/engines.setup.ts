// Starts the real engines once for a whole test run and hands out their addresses: `inject('tableUrl')`.
// Every test file works in a table of its own.

import type { TestProject } from 'vitest/node';
import { startTableEngine } from '../local/table-engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tableUrl: string;
  }
}

export default async function startEngines(project: TestProject): Promise<() => Promise<void>> {
  const table = await startTableEngine({ folder: 'memory' });
  project.provide('tableUrl', table.url);
  return async () => {
    await table.stop();
  };
}
