// A centre begins by one command, a second beside it by another; its people come from a file of the office.
import { writeXlsxObjects } from 'hucre';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { rebindAccounts } from '../../functions/rebind-accounts.ts';
import { readEvent } from '../../functions/store.ts';
import { visitorOf } from '../../functions/visitor.ts';
import { columns, inflatedSize, readAccounts } from '../../local/accounts-file.ts';
import { type Founding, foundCentre } from '../../local/found-centre.ts';
import { verifyCentre } from '../../local/verification.ts';
import { type RegistryEntry, registryEntry } from '../../shared/people.ts';
import { ok } from '../../shared/problems.ts';
import { centreId } from '../cast.ts';
import { openHouse, type TestHouse } from '../house.ts';

const issuer = 'https://issuer.example';
const jiangyin: Founding = {
  ...{ id: 'jiangyin', name: '江阴市政务服务中心', codeWord: '澄政服', admin: '张三', subject: 'zhangsan' },
  ...{ issuer, from: '2026-11-18' },
};
const yixing: Founding = {
  ...jiangyin,
  id: 'yixing',
  name: '宜兴市政务服务中心',
  codeWord: '宜政服',
  admin: '李四',
  subject: 'lisi',
};

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const sheet = async (...rows: Record<string, string>[]): Promise<Buffer> =>
  Buffer.from(await writeXlsxObjects(rows, { headers: [...columns] }));
const read = async (file: Buffer, known: readonly RegistryEntry[] = []) =>
  readAccounts(file, known, { issuer, from: '2026-11-18' });
const wang = { 姓名: '王五', 账号: 'wangwu', 部门: '公安局', 岗位: '窗口', 角色: '', 网格: '' };
const zhao = {
  姓名: '赵六',
  账号: '赵六@jy',
  部门: '督查科',
  岗位: '办公',
  角色: '督查科内勤、巡查员',
  网格: '',
};
const registry = z.object({ items: z.array(registryEntry) });

describe('a centre', () => {
  test('begins with its first administrator, who can do what administrators do, and begins once only', async () => {
    expect(await foundCentre(hall.house, jiangyin)).toMatchObject({ ok: true });
    expect((await hall.as('zhangsan').get('/api/me')).body).toMatchObject({ centre: { id: 'jiangyin' } });
    expect(await foundCentre(hall.house, jiangyin)).toMatchObject({ ok: true });
    const other = await foundCentre(hall.house, { ...jiangyin, admin: '王五', subject: 'wangwu' });
    expect(other).toMatchObject({ ok: false });
  });

  test('stands beside others, whose people cannot look in', async () => {
    expect(await foundCentre(hall.house, yixing)).toMatchObject({ ok: true });
    expect((await hall.house.store.centres()).map(({ sk }) => sk)).toEqual(
      expect.arrayContaining(['jiangyin', 'yixing', 'mingchuang']),
    );
    expect((await hall.as('lisi').get('/api/me')).body).toMatchObject({ centre: { id: 'yixing' } });
    const looked = await hall.as('lisi').get('/api/registry', { 'mingchuang-centre': 'jiangyin' });
    expect(looked.body.code).toBe('account.unknown');
  });
});

describe('the file of people', () => {
  test('brings departments, people, accounts and roles; the same file again brings nothing', async () => {
    const { entries, faults } = await read(await sheet(wang, zhao));
    expect(faults).toEqual([]);
    const entered = await hall.as('zhangsan').post('/api/registry', { entries });
    expect([entered.status, entered.body.code]).toEqual([201, undefined]);
    expect((await hall.as('赵六@jy').get('/api/me')).body).toMatchObject({ centre: { id: 'jiangyin' } });
    const { items } = registry.parse((await hall.as('zhangsan').get('/api/registry?limit=200')).body);
    expect(items.filter(({ kind }) => kind === 'grant')).toHaveLength(4); // admin, staff, clerk, inspector
    expect(await read(await sheet(wang, zhao), items)).toEqual({ entries: [], faults: [] });
    const grown = await read(await sheet(wang, zhao, { ...wang, 姓名: '孙七', 账号: 'sunqi' }), items);
    expect(grown.entries.map(({ kind }) => kind)).toEqual(['staff', 'account', 'grant']);
  });

  test('is refused with the line and the reason', async () => {
    const { faults } = await read(
      await sheet(
        { ...wang, 账号: '' },
        { ...wang, 岗位: '大厅' },
        { ...wang, 角色: '队长' },
        { ...wang, 角色: '格长', 网格: '一号网格' },
      ),
    );
    expect(faults).toEqual([
      '第 2 行:姓名、账号、部门须填',
      '第 3 行:岗位填“窗口”或“办公”',
      '第 4 行:没有这个角色:队长',
      '第 5 行:格长须填已登记的网格',
    ]);
    const other = Buffer.from(await writeXlsxObjects([{ 名字: '王五' }]));
    expect((await read(other)).faults).toEqual(['缺少列:姓名、账号、部门、岗位']);
  });

  test('is not opened when it would inflate beyond reason', async () => {
    const file = await sheet(wang);
    expect(inflatedSize(file)).toBeGreaterThan(1_000);
    const entry = file.indexOf('PK\u0001\u0002', 0, 'latin1');
    file.writeUInt32LE(60 * 1024 * 1024, entry + 24);
    expect((await read(file)).faults).toEqual(['文件展开后超过 50 MB,不像是人员表']);
  });
});

describe('after a move to another issuer', () => {
  const next = 'https://id.new.example';
  const enters = async (by: string, subject: string) => {
    const found = await visitorOf(hall.house, async () => ok({ issuer: by, subject }), {
      ...{ authorization: 'Bearer -', centre: undefined },
    });
    return found.ok ? found.value.actor.person : found.problem.code;
  };
  const old = async () =>
    [...(await hall.house.desk(centreId)).registry.of.account.values()].filter(
      (one) => one.issuer === issuer,
    );

  test('nobody is bound while the list leaves somebody out, or names one for two', async () => {
    const before = await old();
    const subjects = new Map(before.slice(1).map(({ subject }) => [subject, `sub-${subject}`]));
    expect(await rebindAccounts(hall.house, centreId, { from: issuer, to: next, subjects })).toMatchObject({
      value: { accounts: 0, missing: [before[0]?.subject] },
    });
    const same = new Map(before.map(({ subject }) => [subject, 'one']));
    expect(
      await rebindAccounts(hall.house, centreId, { from: issuer, to: next, subjects: same }),
    ).toMatchObject({ ok: false, problem: { code: 'registry.doubled' } });
    expect(await old()).toEqual(before);
  });

  test('one command binds every account, as events of the system; the old ones are dead at once', async () => {
    const before = await old();
    expect(await enters(issuer, 'xun')).toBe('xun');
    const subjects = new Map(before.map(({ subject }) => [subject, `sub-${subject}`]));
    expect(await rebindAccounts(hall.house, centreId, { from: issuer, to: next, subjects })).toMatchObject({
      value: { accounts: before.length, missing: [] },
    });
    expect(await old()).toEqual([]);
    expect(await enters(issuer, 'xun')).toBe('account.unknown');
    expect(await enters(next, 'xun')).toBe('account.unknown');
    expect(await enters(next, 'sub-xun')).toBe('xun');
    const item = (await hall.house.store.events(centreId, { kind: 'registry', id: 'account:xun' })).at(-1);
    expect(item && readEvent(item)).toMatchObject({ by: { role: 'system' }, version: 2 });
    expect(await rebindAccounts(hall.house, centreId, { from: issuer, to: next, subjects })).toMatchObject({
      value: { accounts: 0 },
    });
    // The pointers of the old accounts still lie there and lead nobody in; what verifies looks at the new ones.
    expect((await verifyCentre(hall.house.store, centreId, hall.clock.now())).bad).toEqual([]);
  });
});
