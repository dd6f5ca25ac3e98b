// The look before a deployment: everything that is missing, in plain words, before anything is created. Asks the cloud
// who we are and whether it is prepared; changes nothing.
import * as z from 'zod';
import type { Question } from './cloud-question.ts';
import type { Settings } from './settings.ts';

/** How the cloud is asked; a test answers by itself. */
export interface Cloud {
  /** Rejects when there are no credentials. */
  ask(question: Question): Promise<{ status: number; text: string }>;
  endpoint(service: string, region: string): string;
}

/** What is missing, each with what to do; empty when the deployment may begin. */
export const missingFor = async (settings: Settings, cloud: Cloud): Promise<string[]> => {
  const examples = exampleWords(settings);
  if (examples.length > 0)
    return [`设置里还是示例值:${examples.join('、')}。请把 cdk/stages/${settings.stage}.json 改成本单位的`];
  const known = await accountOf(settings, cloud);
  if (typeof known === 'string') return [known];
  return (await Promise.all([unprepared(settings, cloud), certificateFault(settings, cloud)])).flat();
};

const exampleWords = ({ domain, issuers, alarmMail }: Settings): string[] =>
  [
    domain?.name ?? '',
    domain?.certificateArn ?? '',
    ...issuers.map(({ issuer }) => issuer),
    ...alarmMail.map((mail) => mail.slice(mail.indexOf('@') + 1)),
  ].filter((text) => /(^|[./])example\.(com|cn|org)\b|:123456789012:/.test(text));

const json = (service: string, target: string, region: string, body: object, cloud: Cloud) =>
  cloud.ask({
    service,
    region,
    url: cloud.endpoint(service, region),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: JSON.stringify(body),
  });

const accountOf = async (
  { region, partition }: Settings,
  cloud: Cloud,
): Promise<string | { account: string }> => {
  const where = partition === 'aws-cn' ? '中国区账号(光环新网、西云数据)' : '云账号';
  try {
    const { status, text } = await cloud.ask({
      service: 'sts',
      region,
      url: cloud.endpoint('sts', region),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1];
    if (status === 200 && account !== undefined) return { account };
    return `凭证不被 ${region} 接受:请确认用的是${where}的访问密钥,且没有过期(AWS_PROFILE 或 AWS_ACCESS_KEY_ID 等环境变量)`;
  } catch (error) {
    const said = error instanceof Error ? error.name : 'unknown';
    return /Credential/.test(said)
      ? `没有找到${where}的凭证:请设 AWS_PROFILE,或 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY`
      : `连不上 ${region} 的服务(${said}):请检查网络与区域名`;
  }
};

/** The oldest bootstrap this library deploys with. */
const bootstrapVersion = 21;

const unprepared = async ({ region }: Settings, cloud: Cloud): Promise<string[]> => {
  const name = { Name: '/cdk-bootstrap/hnb659fds/version' };
  const { status, text } = await json('ssm', 'AmazonSSM.GetParameter', region, name, cloud);
  const told = z.object({ Parameter: z.object({ Value: z.coerce.number() }) }).safeParse(read(text));
  if (status === 200 && told.success)
    return told.data.Parameter.Value >= bootstrapVersion
      ? []
      : [`${region} 的部署准备太旧(${told.data.Parameter.Value} 版):请再运行一次 npx cdk bootstrap`];
  return [
    text.includes('ParameterNotFound')
      ? `${region} 还没有做过部署准备:请先运行一次 npx cdk bootstrap aws://<账号>/${region}`
      : `看不到 ${region} 的部署准备情况(需要 ssm:GetParameter 权限)`,
  ];
};

const certificateFault = async ({ domain }: Settings, cloud: Cloud): Promise<string[]> => {
  if (domain === undefined) return [];
  const region = domain.certificateArn.split(':')[3] ?? '';
  const body = { CertificateArn: domain.certificateArn };
  const { status, text } = await json('acm', 'CertificateManager.DescribeCertificate', region, body, cloud);
  const told = certificate.safeParse(read(text));
  if (status !== 200 || !told.success)
    return [`在 ${region} 找不到证书 ${domain.certificateArn}:请先在 ACM 申请或导入`];
  const { Status, SubjectAlternativeNames } = told.data.Certificate;
  const covers = SubjectAlternativeNames.some(
    (name) => name === domain.name || name === `*.${domain.name.split('.').slice(1).join('.')}`,
  );
  return [
    ...(Status === 'ISSUED' ? [] : [`证书还没有签发(${Status}):请先完成域名验证`]),
    ...(covers ? [] : [`证书不含域名 ${domain.name}(含 ${SubjectAlternativeNames.join('、')})`]),
  ];
};
const certificate = z.object({
  Certificate: z.object({ Status: z.string(), SubjectAlternativeNames: z.array(z.string()) }),
});

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
