// `npm run token -- <account>`: a bearer token for scripts, good for the instance of this data folder; `--list` shows the
// accounts. Reads the issuer's key from the folder, so it works whether or not the instance runs.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { demoAccountList } from './demo-life.ts';
import { createIssuer } from './issuer.ts';
import { audience } from './machine.ts';

const folder = resolve(process.env.DATA_DIR || '.data');
const note = join(folder, 'instance.json');
const [asked] = process.argv.slice(2);

const url = (): string => {
  if (!existsSync(note)) {
    console.error('没有正在运行的平台,请先 npm start · nothing is running here, start it first');
    process.exit(1);
  }
  return z.object({ url: z.string() }).parse(JSON.parse(readFileSync(note, 'utf8'))).url;
};

if (asked === undefined || asked === '--list') {
  for (const { subject, name, title } of demoAccountList()) console.log(`${subject}\t${name}\t${title}`);
  process.exit(asked === undefined ? 1 : 0);
}

const issuer = await createIssuer({
  issuer: `${url()}/oidc`,
  audience,
  keyFolder: join(folder, 'issuer'),
  accounts: demoAccountList(),
  clock: () => new Date().toISOString(),
});
const token = await issuer.mintToken(asked, { lifetimeSeconds: 8 * 3600 });
if (token.ok) console.log(token.value);
else {
  console.error(`没有账号 ${asked},用 --list 查看 · no such account, see --list`);
  process.exit(1);
}
