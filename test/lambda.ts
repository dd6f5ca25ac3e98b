// A packed function as the cloud runs it: a process of its own with nothing but its environment, called with one event
// after the other. Its clock can be set to another moment, and goes on from there.
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface Invoked {
  result: unknown;
  /** Lines written meanwhile, as the log keeps them. */
  log: string[];
}

export interface PackedFunction {
  invoke(event: unknown): Promise<Invoked>;
  stop(): void;
}

const program = `
const [path, at] = process.argv.slice(1);
if (at) {
  const Real = Date;
  const offset = Real.parse(at) - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + offset); }
    static now() { return Real.now() + offset; }
  };
}
const { handler } = await import(path);
process.on('message', async ({ event }) => {
  try { process.send({ result: await handler(event) ?? null }); }
  catch (error) { process.send({ failed: String(error?.stack ?? error) }); }
});
process.send({ ready: true });`;

/** Starts what lies in `folder`; `at` is the moment it believes it is. */
export const startPacked = async (
  folder: string,
  environment: Record<string, string>,
  at?: string,
): Promise<PackedFunction> => {
  const child = fork('-', {
    execArgv: ['--input-type=module', '-e', program, join(folder, 'index.mjs'), at ?? ''],
    env: { PATH: process.env.PATH, TZ: 'Asia/Shanghai', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => log.push(...text.toString().split('\n').filter(Boolean)));
  const said = (): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(Object(message)));
      child.once('exit', () => reject(new Error(log.join('\n'))));
    });
  await said();
  return {
    invoke: async (event) => {
      log = [];
      child.send({ event });
      const { result, failed } = await said();
      if (failed !== undefined) throw new Error(String(failed));
      await new Promise((resolve) => setTimeout(resolve, 20)); // the log comes through another pipe
      return { result, log };
    },
    stop: () => child.kill(),
  };
};
