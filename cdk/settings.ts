// What differs between two places where the house stands: one file a stage, `cdk/stages/<stage>.json`, checked before
// anything is synthesised, so that a slip shows here and not as a function that will not start. Holds no secret:
// what must stay secret (addresses of message robots) lies in the table, entered by a command.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as z from 'zod';

const stagesFolder = resolve(import.meta.dirname, 'stages');

const https = z
  .string()
  .refine(
    (text) => /^https:\/\//.test(text) && URL.canParse(text) && !/[?#]/.test(text),
    'https://… without a query',
  );
const hostName = z
  .string()
  .regex(
    /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'a host name like hall.example.cn',
  );

const trusted = {
  issuer: https.describe('地址,与令牌中的 iss 逐字相同'),
  audience: z.string().min(1).describe('令牌中的 aud:本系统在统一身份认证处的登记名'),
  algorithms: z
    .array(z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA']))
    .min(1)
    .describe('允许的签名算法;只收公钥算法'),
};
/** An issuer of sign-in tokens; its keys by address, or by a file that is packed with the function. */
const issuer = z.union([
  z.strictObject({ ...trusted, jwksUrl: https.describe('公钥(JWKS)地址') }),
  z.strictObject({
    ...trusted,
    jwksFile: z.string().min(1).describe('公钥(JWKS)文件,相对仓库根目录;大厅网络到不了认证系统时用'),
  }),
]);

/** Days that CloudWatch Logs can keep, from six months on (Cybersecurity Law of 2016, art. 21 (3): six months at least). */
const logDays = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

const shape = z.strictObject({
  region: z
    .string()
    .refine(
      (region) => ['aws', 'aws-cn'].includes(RegionInfo.get(region).partition ?? ''),
      'one of aws or aws-cn',
    )
    .describe('区域;分区由区域决定(cn- 开头为 aws-cn)'),
  architecture: z
    .enum(['arm64', 'x86_64'])
    .default('arm64')
    .describe('函数的处理器;所在区域没有 arm64 时改 x86_64'),
  domain: z
    .strictObject({
      name: hostName.describe('域名,如 hall.example.cn'),
      certificateArn: z
        .string()
        .regex(/^arn:aws(-cn)?:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'arn of an ACM certificate')
        .describe('ACM 证书;aws 分区须在 us-east-1(CDN 用),aws-cn 分区须在本区域'),
    })
    .optional()
    .describe('自有域名与证书;aws-cn 必填,aws 可不填(用 CDN 给的域名)'),
  icpNumber: z
    .string()
    .regex(/^\p{Script=Han}ICP备\d{6,12}号(-\d{1,4})?$/u, '如 苏ICP备2026000001号-1')
    .optional()
    .describe('ICP 备案号,显示在页面底部;aws-cn 必填(非经营性互联网信息服务备案管理办法第 13 条)'),
  issuers: z
    .array(issuer)
    .default([])
    .describe('可信的统一身份认证;不填则在 aws 分区自建 Cognito 用户池,aws-cn 须改用 builtInAccounts'),
  signIn: z
    .strictObject({
      clientId: z.string().min(1).describe('网页端在第一个认证系统登记的 client_id(公开客户端,PKCE)'),
      scope: z.string().min(1).default('openid profile offline_access').describe('登录时请求的范围'),
    })
    .optional()
    .describe('网页登录用哪个客户端;填了 issuers 就必填'),
  builtInAccounts: z
    .boolean()
    .default(false)
    .describe('内置账号与口令,没有统一身份认证时的最后办法;没有第二因素,三级系统应尽快接入统一身份认证'),
  outerFence: z
    .boolean()
    .default(false)
    .describe('网关也先验一遍令牌(只认 RSA,只能有一个以地址给公钥的认证系统);函数内的验证总在'),
  customerKey: z
    .boolean()
    .default(false)
    .describe('表与文件用自己的 KMS 密钥加密(每年自动轮换;每月约 1 美元)'),
  coldAfterDays: z
    .int()
    .min(30)
    .max(3650)
    .default(60)
    .describe('证据多少天后转低频存储;再过 120 天转归档即时读取。随时可看,不影响调阅'),
  logDays: z
    .union(logDays.map((days) => z.literal(days)))
    .default(365)
    .describe('日志保留天数,不少于六个月'),
  tracing: z.boolean().default(false).describe('函数的调用链追踪(X-Ray);aws-cn 没有'),
  requestsPerSecond: z
    .int()
    .min(10)
    .max(10_000)
    .default(100)
    .describe('整个入口每秒最多多少请求;一个中心 100 足够'),
  apiConcurrency: z
    .int()
    .min(5)
    .max(1_000)
    .optional()
    .describe('为接口函数留出的并发;账户总并发不足 110 时不要填'),
  alarmMail: z.array(z.email()).default([]).describe('谁收报警邮件;每个地址要点一次确认信'),
  tags: z
    .record(z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/), z.string().max(256))
    .default({})
    .describe('加在所有资源上的标签,如成本归属'),
});

/** The settings of a stage as the stack takes them. */
export interface Settings extends z.output<typeof shape> {
  stage: string;
  partition: 'aws' | 'aws-cn';
}
export type IssuerSetting = Settings['issuers'][number];

const stageName = /^[a-z][a-z0-9-]{0,30}$/;

/** The stages there are: every file of the folder, by name whatever the disk's order. */
export const stagesThereAre = (): string[] =>
  readdirSync(stagesFolder)
    .flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))
    .sort();

/** API Gateway asks the issuer for its keys itself, and takes RSA only (developer guide, JWT authorizers). */
const gatewayTakes = (one: IssuerSetting): boolean =>
  'jwksUrl' in one && one.algorithms.every((name) => name.startsWith('RS'));

/** What no single setting can say: what the partition asks for, and what must be given together. */
const together = (partition: 'aws' | 'aws-cn', given: z.output<typeof shape>): string[] => {
  const { domain, issuers, signIn, builtInAccounts } = given;
  const [first, another] = issuers;
  const certificateRegion = domain?.certificateArn.split(':')[3];
  const certificateHome = partition === 'aws' ? 'us-east-1' : given.region;
  return [
    partition === 'aws-cn' && domain === undefined
      ? 'domain: 在 aws-cn,对外网站须有自有域名和证书 · a domain of your own and its certificate'
      : '',
    partition === 'aws-cn' && given.icpNumber === undefined
      ? 'icpNumber: 在 aws-cn,域名须先备案 · the ICP registration number'
      : '',
    partition === 'aws-cn' && first === undefined && !builtInAccounts
      ? 'issuers: 在 aws-cn 没有可自建的用户池,可改用 builtInAccounts · at least one, or nobody can sign in'
      : '',
    builtInAccounts && first !== undefined
      ? 'builtInAccounts: 已有统一身份认证时不用 · not beside issuers'
      : '',
    builtInAccounts && given.outerFence
      ? 'outerFence: 内置账号的令牌不是 RSA,网关验不了 · the gateway cannot check them'
      : '',
    partition === 'aws-cn' && given.tracing ? 'tracing: aws-cn 没有 X-Ray · not there' : '',
    certificateRegion !== undefined && certificateRegion !== certificateHome
      ? `domain: certificateArn: 证书须在 ${certificateHome} · must lie there`
      : '',
    (first === undefined) !== (signIn === undefined)
      ? 'signIn: 与 issuers 同时填或同时不填 · both or neither'
      : '',
    given.outerFence && first !== undefined && (another !== undefined || !gatewayTakes(first))
      ? 'outerFence: 网关只认一个以地址给公钥、用 RS 算法的认证系统 · one issuer, by address, RSA'
      : '',
  ].filter((fault) => fault !== '');
};

/** @throws naming everything that is wrong with the stage at once */
export const checkSettings = (stage: string, given: unknown): Settings => {
  if (!stageName.test(stage)) throw new Error(`stage ${stage}: 小写字母开头,只用小写字母、数字和短横线`);
  const read = shape.safeParse(given);
  if (!read.success)
    throw new Error(
      `stage ${stage}: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' · ')}`,
    );
  const partition = read.data.region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const faults = together(partition, read.data);
  if (faults.length > 0) throw new Error(`stage ${stage}: ${faults.join(' · ')}`);
  return { ...read.data, stage, partition };
};

/** @throws when there is no such stage, naming those there are, or when something is wrong with it */
export const readSettings = (stage: string, folder = stagesFolder): Settings => {
  const file = join(folder, `${stage}.json`);
  if (!stageName.test(stage) || !existsSync(file))
    throw new Error(
      `没有 cdk/stages/${stage}.json · no stage ${stage}; there are: ${stagesThereAre().join(', ')}`,
    );
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return checkSettings(stage, given);
};

/** Every setting with its explanation and what it is when left out; for the operations guide and `-- --explain`. */
export const explainedSettings = (): { name: string; says: string; otherwise: string }[] =>
  Object.entries(shape.shape).map(([name, field]) => {
    const left = field.safeParse(undefined);
    return {
      name,
      says: field.description ?? '',
      otherwise: !left.success ? '必填' : left.data === undefined ? '—' : JSON.stringify(left.data),
    };
  });
