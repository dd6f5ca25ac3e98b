// `npm run centre -- …`: founds a centre with its first administrator, beside those already there, on this machine or in
// a deployment; enters people from an Excel file through the API, as the administrator whose token is given.
//   npm run centre -- found --id jiangyin --name 江阴市政务服务中心 --code-word 澄政服 --admin 张三 --subject zhangsan
//   npm run centre -- list [--stage world]
//   npm run centre -- oversee --id jiangsu   lets that centre see the overview of the province
//   npm run centre -- password --subject zhangsan   a first password of a built-in account
//   npm run centre -- rebind --id jiangyin --from https://旧 [--issuer https://新] [--map 对照.csv]   after a move: one line an
//     account, 旧账号,新账号; without it the accounts keep their names
//   npm run centre -- accounts 人员.xlsx --url http://localhost:8080 --token "$(npm run -s token -- guan)" [--passwords 口令.xlsx]
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeXlsxObjects } from 'hucre';
import * as z from 'zod';
import type { BuiltInSignIn } from '../functions/house.ts';
import { firstPassword } from '../functions/passwords.ts';
import { letOversee } from '../functions/province.ts';
import { rebindAccounts } from '../functions/rebind-accounts.ts';
import { type RegistryEntry, registryEntry } from '../shared/people.ts';
import { dayOf } from '../shared/time.ts';
import { views } from '../shared/views.ts';
import { readAccounts } from './accounts-file.ts';
import { type Founding, foundCentre } from './found-centre.ts';
import { openPlace } from './place.ts';
import { StartProblem } from './table-engine.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stage: { type: 'string' },
    id: { type: 'string' },
    name: { type: 'string' },
    'code-word': { type: 'string' },
    admin: { type: 'string' },
    subject: { type: 'string' },
    issuer: { type: 'string' },
    url: { type: 'string' },
    token: { type: 'string' },
    centre: { type: 'string' },
    passwords: { type: 'string' },
    from: { type: 'string' },
    map: { type: 'string' },
  },
});
type Option = keyof typeof values;

const wanted = (option: Option, what: string): string => {
  const value = values[option];
  if (value === undefined || value === '') throw new StartProblem(`请给出 --${option} ${what}`);
  return value;
};
const today = (): string => dayOf(new Date().toISOString());

const found = async (): Promise<void> => {
  const place = await openPlace(values.stage);
  try {
    const issuer = values.issuer ?? place.issuer;
    if (issuer === undefined) throw new StartProblem('请给出 --issuer 登录认证系统的地址');
    const founding: Founding = {
      id: wanted('id', '中心编号,如 jiangyin'),
      name: wanted('name', '中心名称'),
      codeWord: wanted('code-word', '机关代字,如 澄政服'),
      admin: wanted('admin', '首位系统管理员姓名'),
      subject: wanted('subject', '其在认证系统中的账号'),
      issuer,
      from: today(),
    };
    const done = await foundCentre(place.house, founding);
    if (!done.ok)
      throw new StartProblem(`没有建立:${done.problem.code} ${JSON.stringify(done.problem.fields ?? '')}`);
    console.log(
      `✓ ${founding.name}(${founding.id})已建立,系统管理员 ${founding.admin} 现在可以登录:${place.name}`,
    );
    const { builtIn } = place.house;
    // The same command again may not turn out whoever has chosen a password since.
    if (builtIn?.issuer !== issuer || (await (await builtIn.book()).accountOf(founding.subject))) return;
    console.log(await handedOut(builtIn, founding.subject, founding.admin));
  } finally {
    await place.close();
  }
};

const handedOut = async (builtIn: BuiltInSignIn, subject: string, name: string): Promise<string> => {
  const { password, hash } = await firstPassword();
  await (await builtIn.book()).giveFirst(subject, name, hash);
  return `账号 ${subject} 的初始口令(只显示这一次,七天内有效,首次登录须另设):${password}`;
};

/** For whoever no administrator of one centre may reach: the first administrator, somebody of several centres. */
const password = async (): Promise<void> => {
  const place = await openPlace(values.stage);
  try {
    const { builtIn, store } = place.house;
    if (builtIn === undefined) throw new StartProblem(`${place.name} 没有内置账号,口令在认证系统中办理`);
    const subject = wanted('subject', '账号');
    const [known] = await store.accounts(builtIn.issuer, subject);
    if (known === undefined) throw new StartProblem(`没有中心登记了账号 ${subject}`);
    const { registry } = await place.house.desk(known.sk);
    console.log(await handedOut(builtIn, subject, registry.of.staff.get(known.person)?.name ?? subject));
  } finally {
    await place.close();
  }
};

const oversee = async (): Promise<void> => {
  const place = await openPlace(values.stage);
  try {
    const id = wanted('id', '主管部门所在中心的编号');
    if ((await place.house.store.founding(id)) === undefined) throw new StartProblem(`没有中心 ${id}`);
    await letOversee(place.house, id);
    console.log(`✓ ${id} 的分管领导、主要领导和纪检监察可以查看全省概览:${place.name}`);
  } finally {
    await place.close();
  }
};

const pairsOf = (file: string): Map<string, string> =>
  new Map(
    readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line, nth): [string, string] => {
        const [before = '', after = '', ...more] = line.split(/[,\t]/).map((one) => one.trim());
        if (before === '' || after === '' || more.length > 0)
          throw new StartProblem(`${file} 第 ${nth + 1} 行应为:旧账号,新账号`);
        return [before, after];
      }),
  );

const rebind = async (): Promise<void> => {
  const place = await openPlace(values.stage);
  try {
    const to = values.issuer ?? place.issuer;
    if (to === undefined) throw new StartProblem('请给出 --issuer 新认证系统的地址');
    const id = wanted('id', '中心编号');
    if ((await place.house.store.founding(id)) === undefined) throw new StartProblem(`没有中心 ${id}`);
    const from = wanted('from', '原认证系统的地址');
    const subjects = values.map === undefined ? {} : { subjects: pairsOf(values.map) };
    const done = await rebindAccounts(place.house, id, { from, to, ...subjects });
    if (!done.ok)
      throw new StartProblem(`没有改绑:${done.problem.code} ${JSON.stringify(done.problem.fields ?? '')}`);
    const { accounts, missing } = done.value;
    if (missing.length > 0) throw new StartProblem(`对照表里没有这些账号,一个也没有改:${missing.join('、')}`);
    console.log(`✓ ${id} 的 ${accounts} 个账号已改绑到 ${to}:${place.name}`);
  } finally {
    await place.close();
  }
};

const list = async (): Promise<void> => {
  const place = await openPlace(values.stage);
  try {
    for (const { sk, name } of await place.house.store.centres()) console.log(`${sk}\t${name}`);
  } finally {
    await place.close();
  }
};

const page = z.object({ items: z.array(registryEntry), next: z.string().nullable() });
const identity = z.object({ iss: z.string() });

const accounts = async (file: string | undefined): Promise<void> => {
  if (file === undefined)
    throw new StartProblem('请给出人员表:npm run centre -- accounts 人员.xlsx --url … --token …');
  if (values.passwords !== undefined && existsSync(values.passwords))
    throw new StartProblem(`${values.passwords} 已经在了,请换一个文件名`);
  const url = wanted('url', '平台地址').replace(/\/$/, '');
  const token = wanted('token', '系统管理员的令牌');
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...(values.centre === undefined ? {} : { 'mingchuang-centre': values.centre }),
  };
  const call = async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const told: unknown = await answer.json();
    if (!answer.ok) throw new StartProblem(`平台拒绝了:${JSON.stringify(told)}`);
    return told;
  };
  const known: RegistryEntry[] = [];
  let after = '';
  do {
    const { items, next } = page.parse(await call(`/api/registry?limit=200${after}`));
    known.push(...items);
    after = next === null ? '' : `&after=${encodeURIComponent(next)}`;
  } while (after !== '');
  const { iss } = identity.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
  const read = await readAccounts(readFileSync(file), known, { issuer: values.issuer ?? iss, from: today() });
  if (read.faults.length > 0) throw new StartProblem(['没有登记任何人:', ...read.faults].join('\n'));
  for (let start = 0; start < read.entries.length; start += 30)
    await call('/api/registry', { commandId: randomUUID(), entries: read.entries.slice(start, start + 30) });
  const people = read.entries.flatMap((entry) => (entry.kind === 'account' ? [entry.id] : []));
  console.log(`✓ 登记了 ${people.length} 个账号,${read.entries.length} 个条目;已登记过的没有重复`);
  if (values.passwords === undefined) return;
  const rows: { 姓名: string; 账号: string; 初始口令: string }[] = [];
  for (let start = 0; start < people.length; start += 50) {
    const asked = { accounts: people.slice(start, start + 50) };
    const { items } = views['account.firstPasswords'].parse(
      await call('/api/accounts/first-passwords', asked),
    );
    for (const one of items) rows.push({ 姓名: one.name, 账号: one.subject, 初始口令: one.password });
  }
  writeFileSync(values.passwords, await writeXlsxObjects(rows), { mode: 0o600, flag: 'wx' });
  console.log(`✓ ${rows.length} 个初始口令在 ${values.passwords}:逐人当面交付后删除,七天内有效`);
};

const work: Record<string, () => Promise<void>> = {
  ...{ found, list, oversee, password, rebind },
  accounts: () => accounts(positionals[1]),
};
const chosen = work[positionals[0] ?? ''];
if (chosen === undefined) {
  console.error(`npm run centre -- ${Object.keys(work).join(' | ')}`);
  process.exit(1);
}
chosen().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  },
);
