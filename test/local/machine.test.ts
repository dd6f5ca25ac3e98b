// The whole platform on one machine: what was acknowledged is there after every end, the kind one and the unkind one.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Machine, startMachine } from '../../local/machine.ts';
import { verifyCentre } from '../../local/verification.ts';
import { centreId } from '../cast.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingchuang-machine-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const home = fileURLToPath(new URL('../..', import.meta.url));
const start = (script: string, args: string[] = [], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [join(home, script), ...args], {
    cwd: home,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: string[] = [];
  let errors = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const said = async (what: (line: string) => boolean): Promise<void> => {
    const deadline = Date.now() + 90_000;
    while (!lines.some(what)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it never said so: ${errors}`);
      await pause(20);
    }
  };
  return { child, lines, ended, said };
};

const engineNote = z.object({ engine: z.int(), keeper: z.int() });
const engineOf = () =>
  engineNote.parse(JSON.parse(readFileSync(join(folder, 'table', 'engine.json'), 'utf8')));
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A killed process nobody has waited for yet is still listed.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const goneSoon = async (pid: number): Promise<void> => {
  for (let tries = 0; tries < 100 && alive(pid); tries += 1) await pause(50);
  expect(alive(pid)).toBe(false);
};

const acknowledgement = z.object({ commandId: z.string(), id: z.string(), version: z.int(), at: z.string() });
const acknowledged = (lines: readonly string[]) =>
  lines.filter((line) => line.startsWith('{')).map((line) => acknowledgement.parse(JSON.parse(line)));

const open = (): Promise<Machine> =>
  startMachine({
    folder,
    port: 0,
    clock: () => '2026-11-18T09:00:00.000Z',
    accounts: async () => [],
  });

// Each starts Java several times, on a machine that may be busy with other tests.
describe('a machine', { timeout: 300_000 }, () => {
  test('that was stopped and started again has everything it had', async () => {
    const first = start('test/local/machine-under-load.ts', [folder]);
    await first.said((line) => line.startsWith('{'));
    first.child.kill('SIGKILL');
    await first.ended;
    const once = await open();
    const before = await verifyCentre(once.house.store, centreId, once.house.clock());
    const key = once.issuer.jwks.keys[0]?.kid;
    await once.stop();
    const again = await open();
    try {
      expect(await verifyCentre(again.house.store, centreId, again.house.clock())).toEqual(before);
      expect(before).toMatchObject({ bad: [] });
      expect(before.events).toBeGreaterThan(80);
      expect(again.issuer.jwks.keys[0]?.kid).toBe(key);
      // Through the gateway, into the function that is deployed; over plain http nobody is told to stay with https.
      const health = await fetch(`${again.url}/api/health`);
      expect([health.status, health.headers.get('strict-transport-security')]).toEqual([200, null]);
      expect((await fetch(`${again.url}/api/me`)).status).toBe(401);
      const large = { method: 'POST', body: Buffer.alloc(5_000_000) };
      expect((await fetch(`${again.url}/api/cases`, large)).status).toBe(413);
      await again.jobs.night({ work: 'seal' });
    } finally {
      await again.stop();
    }
  });

  test('ends everything it started on Ctrl-C', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'seeded'), 'nothing to seed');
    const platform = start('local/start.ts', [], { DATA_DIR: folder, PORT: '0' });
    await platform.said((line) => line.includes('Mingchuang is ready'));
    const { engine, keeper } = engineOf();
    expect([alive(engine), alive(keeper)]).toEqual([true, true]);
    platform.child.kill('SIGINT');
    expect(await platform.ended).toBe(0);
    await goneSoon(engine);
    await goneSoon(keeper);
    expect(existsSync(join(folder, 'instance.json'))).toBe(false);
  });

  test('killed three times under load keeps every acknowledged finding, and no half of one', async () => {
    const all: z.infer<typeof acknowledgement>[] = [];
    for (let round = 0; round < 3; round += 1) {
      const loaded = start('test/local/machine-under-load.ts', [folder]);
      await loaded.said((line) => line === 'ready');
      await loaded.said((line) => line.startsWith('{'));
      await pause(300 + Math.random() * 1500);
      const { engine, keeper } = engineOf();
      for (const pid of [loaded.child.pid ?? 0, keeper, engine]) process.kill(pid, 'SIGKILL');
      await loaded.ended;
      await goneSoon(engine);
      const now = acknowledged(loaded.lines);
      expect(now.length).toBeGreaterThan(0);
      all.push(...now);
    }
    const machine = await open();
    try {
      const { store } = machine.house;
      const found = await verifyCentre(store, centreId, machine.house.clock());
      expect(found).toMatchObject({ bad: [] });
      for (const { commandId, ...answer } of all) {
        expect((await store.receipt(centreId, commandId))?.answer).toEqual(answer);
        expect(await store.head(centreId, { kind: 'case', id: answer.id })).toMatchObject({
          version: 1,
          command: commandId,
        });
      }
      // What was written but never acknowledged may be there too: one for each tablet and round at most.
      const cases = (await store.month(centreId, '2026-11', true)).case.length;
      expect(cases).toBeGreaterThanOrEqual(all.length);
      expect(cases).toBeLessThanOrEqual(all.length + 3 * 4);
    } finally {
      await machine.stop();
    }
  });
});
