// `npm run cost`: what a centre's month costs in the cloud, from what the demonstration centre's months really used on
// this machine (request units, requests, bytes, processor time) and the price table of prices.json. Writes docs/cost.md and
// what it measured; `-- --prices` takes what was measured last and only the prices anew.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { night } from '../../functions/night.ts';
import { demoAccountList, seedDemo } from '../../local/demo-life.ts';
import { startMachine, tableName } from '../../local/machine.ts';
import { dayOf, monthOf, plusMonths } from '../../shared/time.ts';

const root = resolve(import.meta.dirname, '../..');
const number = z.number();
const region = z.strictObject({
  name: z.string(),
  currency: z.enum(['USD', 'CNY']),
  ...{ writeUnitsPerMillion: number, readUnitsPerMillion: number, tableGigabyteMonth: number },
  ...{ backupGigabyteMonth: number, streamReadsPerMillion: number, objectGigabyteMonth: number },
  ...{ objectColdGigabyteMonth: number, objectPutsPerThousand: number, objectGetsPerThousand: number },
  ...{ httpApiPerMillion: number, functionRequestsPerMillion: number, functionGigabyteSecond: number },
  ...{ logGigabyteIngested: number, outboundGigabyte: number, alarmMonth: number, dashboardMonth: number },
});
type Region = z.infer<typeof region>;
const table = z.strictObject({
  ...{ source: z.string(), checkAt: z.string(), recorded: z.string(), yuanPerDollar: number },
  regions: z.strictObject({ aws: region, 'aws-cn': region }),
  month: z.strictObject({
    note: z.string(),
    ...{ workdays: number, peopleReadingADay: number, readsPerPersonAndDay: number },
    ...{ evidenceFiles: number, evidenceMegabytesEach: number, evidenceLooks: number },
    pageMegabytesPerPersonAndDay: number,
  }),
});
const prices = table.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'prices.json'), 'utf8')));

/** What one centre used in one month. */
const useShape = z.strictObject({
  ...{ writeUnits: number, readUnits: number, commands: number, reads: number },
  /** Processor milliseconds of a request here, of all threads. */
  requestMs: number,
  tableGigabytes: number,
});
type Use = z.infer<typeof useShape>;
const measuredFile = join(import.meta.dirname, 'measured-month.json');

const measured = async (): Promise<Use> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingchuang-cost-'));
  let used = { read: 0, write: 0, commits: 0 };
  const machine = await startMachine({
    folder,
    port: 0,
    accounts: async () => demoAccountList(),
    meter: (operation, units, kind) => {
      used[kind] += units;
      if (operation === 'commit') used.commits += 1;
    },
  });
  try {
    const { house } = machine;
    await seedDemo(house, machine.url, folder);
    await machine.settled();
    const today = dayOf(house.clock());
    const months = 2 + Number(today.slice(8)) / 30; // two whole ones and the running one
    const played = { ...used };
    used = { read: 0, write: 0, commits: 0 };
    await night(house);
    const aNight = { ...used };
    used = { read: 0, write: 0, commits: 0 };
    const token = await machine.issuer.mintToken('ban');
    if (!token.ok) throw new Error(token.problem.code);
    const month = plusMonths(monthOf(house.clock()), -1);
    const paths = [`/api/months/${month}/board`, '/api/obligations', '/api/me', '/api/registry?limit=100'];
    const start = process.cpuUsage();
    const looks = 10;
    for (let nth = 0; nth < looks; nth += 1)
      for (const path of paths) {
        const answer = await fetch(`${machine.url}${path}`, {
          headers: { authorization: `Bearer ${token.value}` },
        });
        if (!answer.ok) throw new Error(`${path} ${answer.status}`);
        await answer.arrayBuffer();
      }
    const { user, system } = process.cpuUsage(start);
    const reads = looks * paths.length;
    const { workdays, peopleReadingADay, readsPerPersonAndDay } = prices.month;
    const perMonth = workdays * peopleReadingADay * readsPerPersonAndDay;
    const { Table } = await machine.client.send(new DescribeTableCommand({ TableName: tableName }));
    return {
      writeUnits: played.write / months + aNight.write * 30,
      readUnits: played.read / months + aNight.read * 30 + (used.read / reads) * perMonth,
      commands: played.commits / months,
      reads: perMonth,
      requestMs: (user + system) / 1000 / reads,
      tableGigabytes: (Table?.TableSizeBytes ?? 0) / months / 1e9,
    };
  } finally {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A function at 1024 MB has 0.58 of a processor (Lambda developer guide: one whole at 1769 MB); the table is waited for. */
const billedSeconds = (processorMs: number): number => (processorMs / 0.58 + 15) / 1000;
/** Evidence lies a year on average; sixty days of it in the usual class. */
const kept = { months: 12, cold: 10 };
const alarms = 16;
const freeAlarms = 10;

const variable = (use: Use, price: Region): { what: string; amount: string; cost: number }[] => {
  const { month } = prices;
  const requests = use.commands + use.reads;
  const evidence = (month.evidenceFiles * month.evidenceMegabytesEach) / 1000;
  const out =
    (month.workdays * month.peopleReadingADay * month.pageMegabytesPerPersonAndDay) / 1000 +
    (month.evidenceLooks * month.evidenceMegabytesEach) / 1000;
  const seconds = requests * billedSeconds(use.requestMs) + use.commands * 0.1 + 30 * 5;
  const round = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 3 });
  return [
    {
      what: '表:写单位',
      amount: round(use.writeUnits),
      cost: (use.writeUnits / 1e6) * price.writeUnitsPerMillion,
    },
    {
      what: '表:读单位',
      amount: round(use.readUnits),
      cost: (use.readUnits / 1e6) * price.readUnitsPerMillion,
    },
    {
      what: '表:存储与任意秒恢复(一年的量),GB',
      amount: round(use.tableGigabytes * 12),
      cost: use.tableGigabytes * 12 * (price.tableGigabyteMonth + price.backupGigabyteMonth),
    },
    { what: '接口:请求', amount: round(requests), cost: (requests / 1e6) * price.httpApiPerMillion },
    {
      what: '函数:GB·秒',
      amount: round(seconds),
      cost:
        seconds * price.functionGigabyteSecond +
        ((requests + use.commands) / 1e6) * price.functionRequestsPerMillion,
    },
    {
      what: '证据:存储(一年的量,60 天后转低频),GB',
      amount: round(evidence * kept.months),
      cost:
        evidence * (kept.months - kept.cold) * price.objectGigabyteMonth +
        evidence * kept.cold * price.objectColdGigabyteMonth +
        (month.evidenceFiles / 1000) * price.objectPutsPerThousand +
        (month.evidenceLooks / 1000) * price.objectGetsPerThousand,
    },
    { what: '流出流量,GB', amount: round(out), cost: out * price.outboundGigabyte },
    {
      what: '日志,GB',
      amount: round((requests * 600) / 1e9),
      cost: ((requests * 600) / 1e9) * price.logGigabyteIngested,
    },
  ];
};

/** What stands whether or not anybody comes: alarms and the dashboard of a deployment. */
const fixed = (price: Region, free: boolean): number =>
  free ? (alarms - freeAlarms) * price.alarmMonth : alarms * price.alarmMonth + price.dashboardMonth;

/** Nobody comes for a month: what lies there, the nights and the mornings. */
const atRest = (use: Use, price: Region): number =>
  use.tableGigabytes * (price.tableGigabyteMonth + price.backupGigabyteMonth) +
  (60 / 1e6) * 100 * price.readUnitsPerMillion +
  30 * 3 * price.functionGigabyteSecond;

const page = (use: Use): string => {
  const yuan = (price: Region, cost: number): number =>
    price.currency === 'USD' ? cost * prices.yuanPerDollar : cost;
  const lines = Object.values(prices.regions).flatMap((price) => {
    const parts = variable(use, price);
    const sum = parts.reduce((all, { cost }) => all + cost, 0);
    const rest =
      (atRest(use, price) + fixed(price, true)) / (price.currency === 'USD' ? 1 : prices.yuanPerDollar);
    return [
      `## ${price.name}`,
      '',
      '| 项目 | 一个中心一个月 | 元 |',
      '|---|---:|---:|',
      ...parts.map(({ what, amount, cost }) => `| ${what} | ${amount} | ${yuan(price, cost).toFixed(2)} |`),
      `| 合计(随用量) | | **${yuan(price, sum).toFixed(2)}** |`,
      '',
      '| 同一部署中的中心数 | 每中心每月(元,报警与看板分摊在内) |',
      '|---:|---:|',
      ...[1, 100, 3000].map(
        (centres) =>
          `| ${centres} | ${(yuan(price, sum) + yuan(price, fixed(price, false)) / centres).toFixed(2)} |`,
      ),
      '',
      `空闲一个月(无人使用,默认设置,计入 CloudWatch 长期免费的 ${freeAlarms} 个报警与看板):**${rest.toFixed(2)} 美元**${rest < 1 ? '' : '(超过 1 美元的目标)'}。`,
      '',
    ];
  });
  return [
    '# 费用',
    '',
    '由 `npm run cost` 写成,不要手改。用量取自示范中心各月在本机真实引擎上的实测;价目在 `test/bench/prices.json`。',
    '',
    `- 价目:${prices.source}。录入日期 ${prices.recorded},1 美元按 ${prices.yuanPerDollar} 元。`,
    `- 核对处:${prices.checkAt}。改了价目后 \`npm run cost -- --prices\` 按上次的实测重算。`,
    `- ${prices.month.note}:每天 ${prices.month.peopleReadingADay} 人各读 ${prices.month.readsPerPersonAndDay} 次,${prices.month.workdays} 个工作日;证据 ${prices.month.evidenceFiles} 个,每个 ${prices.month.evidenceMegabytesEach} MB,调阅 ${prices.month.evidenceLooks} 次。`,
    `- 实测:每月写命令 ${use.commands.toFixed(0)} 个、写单位 ${use.writeUnits.toFixed(0)}、读单位 ${use.readUnits.toFixed(0)}(含上述读取),一次读请求 ${use.requestMs.toFixed(1)} 毫秒处理器时间,表每月增长 ${(use.tableGigabytes * 1000).toFixed(2)} MB。`,
    '- 不含:自有 KMS 密钥(每月约 1 美元)、内置账号的签名密钥与报警(每月约 0.5 美元)、CDN 流量另计时的差价、域名、证书、短信、税。aws 分区的流出流量经 CDN,单价更低。',
    '',
    ...lines,
  ].join('\n');
};

const use = process.argv.includes('--prices')
  ? useShape.parse(JSON.parse(readFileSync(measuredFile, 'utf8')))
  : await measured();
writeFileSync(measuredFile, `${JSON.stringify(use, undefined, 2)}\n`);
writeFileSync(join(root, 'docs/cost.md'), page(use));
console.log(page(use));
process.exit(0);
