// `npm start`: the whole platform on this machine until Ctrl-C. Reads the few settings a person may give, says in one
// line what is missing, seeds the demonstration centre when the data folder is new.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demoAccounts, seedDemo } from './demo-life.ts';
import { startMachine } from './machine.ts';
import { openSchedules } from './schedules.ts';
import { StartProblem } from './table-engine.ts';
import { buildWebApp, webFolder } from './web-app.ts';

const setting = (name: string, otherwise: string): string => process.env[name] || otherwise;

const folder = resolve(setting('DATA_DIR', '.data'));
const port = Number(setting('PORT', '8080'));
const publicUrl = process.env.PUBLIC_URL;
const { TLS_CERT: cert, TLS_KEY: key } = process.env;

const main = async (): Promise<void> => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartProblem(`PORT 应是端口号:${process.env.PORT} · is not a port`);
  if ((cert === undefined) !== (key === undefined))
    throw new StartProblem('TLS_CERT 与 TLS_KEY 须同时给出 · give both or neither');
  const tls =
    cert !== undefined && key !== undefined
      ? { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
      : undefined;
  await buildWebApp();
  const machine = await startMachine({
    folder,
    port,
    web: webFolder,
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.replace(/\/$/, '') }),
    ...(tls === undefined ? {} : { tls }),
    accounts: demoAccounts,
  });
  const note = join(folder, 'instance.json');
  writeFileSync(note, JSON.stringify({ url: machine.url, pid: process.pid, ...machine.engines }));

  let stopping: Promise<void> | undefined;
  const stop = (code: number): void => {
    stopping ??= (async () => {
      clearInterval(ticking);
      rmSync(note, { force: true });
      await machine.stop();
      process.exit(code);
    })();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  machine.ended.then(() => {
    if (!stopping) console.error('数据引擎意外退出,平台停止 · the table engine ended');
    stop(1);
  });

  await seedDemo(machine.house, machine.url, folder);
  // What was written while nobody listened, and the nights that were missed.
  const schedules = openSchedules(folder, machine.jobs);
  let running: Promise<void> = Promise.resolve();
  const tick = (): Promise<void> => {
    running = running.then(() => schedules.tick(machine.house.clock()));
    return running;
  };
  await tick();
  const ticking = setInterval(() => {
    tick().catch((error) => {
      running = Promise.resolve();
      console.error(String(error));
    });
  }, 60_000);

  console.log(
    [
      '',
      `明窗已启动 · Mingchuang is ready: ${machine.url}`,
      `接口说明 · API: ${machine.url}/api/docs`,
      '账号与令牌 · accounts and tokens: npm run token -- --list',
      `数据 · data: ${folder}   停止 · stop: Ctrl-C`,
    ].join('\n'),
  );
};

main().catch((error: unknown) => {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
});
