// A process of its own between us and Java, so that the engine never outlives the program that started it: however
// that program ends (kill -9 included) the channel to it breaks, and the keeper stops Java. Knows nothing of tables.

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Longer than Java takes to leave (0.4 s), shorter than the next start is willing to wait. */
const patience = 2_000;

const [command = 'java', ...args] = process.argv.slice(2);
const engine = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

const stop = (): void => {
  engine.kill('SIGTERM');
  setTimeout(() => engine.kill('SIGKILL'), patience).unref();
};

engine.on('spawn', () => process.send?.({ engine: engine.pid }));
engine.on('error', () => process.exit(127));
engine.on('exit', (code) => {
  const passing = process.env.PASSING_FOLDER;
  if (passing !== undefined) rmSync(passing, { recursive: true, force: true });
  process.exit(code ?? 1);
});
process.on('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
