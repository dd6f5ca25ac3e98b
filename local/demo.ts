// `npm run demo -- half-year`: plays the reference hall's half-year on a machine of its own, over the network, on a clock
// that runs through January to July 2026, and prints what the platform says of it. The data stays in DATA_DIR
// (`.data/half-year`), to be looked at with `DATA_DIR=.data/half-year npm start`; a used folder is refused.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { night } from '../functions/night.ts';
import { run } from '../functions/run.ts';
import { sealAll } from '../functions/seals.ts';
import { system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import { dayOf, type Instant, instantAt, plusDays } from '../shared/time.ts';
import { demoCentre } from './demo-centre.ts';
import { demoAccountList } from './demo-life.ts';
import { eve, playHalfYear } from './half-year.ts';
import { linesOf } from './half-year-figures.ts';
import { commandIdOf } from './half-year-plan.ts';
import type { Api } from './half-year-stage.ts';
import { createIssuer } from './issuer.ts';
import { audience, startMachine } from './machine.ts';
import { StartProblem } from './table-engine.ts';

const folder = resolve(process.env.DATA_DIR || '.data/half-year');
/** Long enough for the whole story; these tokens are good on the story's clock only. */
const storyLife = 400 * 24 * 3600;

const halfYear = async (): Promise<void> => {
  if (existsSync(join(folder, 'table')))
    throw new StartProblem(
      `${folder} 已有数据,请换一个 DATA_DIR 或先删除 · has data already, choose another`,
    );
  let now: Instant = eve;
  const accounts = demoAccountList();
  const machine = await startMachine({ folder, port: 0, clock: () => now, accounts: async () => accounts });
  try {
    const issuer = `${machine.url}/oidc`;
    const desk = await createIssuer({
      issuer,
      audience,
      keyFolder: join(folder, 'issuer'),
      accounts,
      clock: () => eve,
    });
    const tokens = new Map<string, Promise<string>>();
    const tokenOf = (account: string): Promise<string> => {
      const minted = tokens.get(account) ?? mint(account);
      tokens.set(account, minted);
      return minted;
    };
    const mint = async (account: string): Promise<string> => {
      const token = await desk.mintToken(account, { lifetimeSeconds: storyLife });
      if (!token.ok) throw new Error(`${account}: ${token.problem.code}`);
      return token.value;
    };
    const call = async (account: string, path: string, init: RequestInit) => {
      const reply = await fetch(`${machine.url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${await tokenOf(account)}`, 'content-type': 'application/json' },
      });
      return { status: reply.status, body: await reply.json() };
    };
    const api: Api = {
      as: (account) => ({
        get: (path) => call(account, path, {}),
        post: (path, body) => call(account, path, { method: 'POST', body: JSON.stringify(body) }),
      }),
    };
    const founded = await run(machine.house, 'demo', system, commandNamed('centre.found'), {
      commandId: commandIdOf('found'),
      fields: demoCentre(issuer).founding,
    });
    if (!founded.ok) throw new Error(`found: ${founded.problem.code} ${founded.problem.detail ?? ''}`);
    const figures = await playHalfYear({
      api,
      issuer,
      setClock: (at) => {
        now = at;
      },
      night: async () => {
        // The stream follows events on its own; the night comes after it, as it does in a hall.
        await machine.settled();
        await night(machine.house);
        await sealAll(machine.house);
      },
      say: (line) => console.error(line),
    });
    now = instantAt(plusDays(dayOf(now), 1), '01:30');
    await sealAll(machine.house);
    // `npm start` on this folder finds it filled and adds nothing.
    writeFileSync(join(folder, 'seeded'), now);
    console.log(linesOf(figures).join('\n'));
  } finally {
    await machine.stop();
  }
};

const [story] = process.argv.slice(2);
if (story !== 'half-year') {
  console.error('npm run demo -- half-year');
  process.exit(1);
}
halfYear().catch((error: unknown) => {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
});
