// A secret as AWS Secrets Manager keeps it: the one of now and the one of before. One signed question, so that no client
// of the SDK has to be carried along (Signature Version 4; API reference of GetSecretValue).
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { sha256 } from './keys.ts';

export interface SecretSettings {
  /** Name or ARN. */
  secret: string;
  region: () => Promise<string>;
  credentials: () => Promise<{
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string | undefined;
  }>;
  /** Instead of the region's own. */
  endpoint?: string | undefined;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const answered = z.object({ SecretString: z.string() });
const refused = z.object({ __type: z.string() });

/** The secret of now first. @throws when there is none, or it may not be read */
export const readSecret = async (settings: SecretSettings): Promise<string[]> => {
  const now = await secretAt(settings, 'AWSCURRENT');
  if (now === undefined) throw new Error('the secret is empty');
  const before = await secretAt(settings, 'AWSPREVIOUS');
  return before === undefined ? [now] : [now, before];
};

const secretAt = async (settings: SecretSettings, VersionStage: string): Promise<string | undefined> => {
  const [region, credentials] = await Promise.all([settings.region(), settings.credentials()]);
  const suffix = region.startsWith('cn-') ? '.cn' : '';
  const url = new URL(settings.endpoint ?? `https://secretsmanager.${region}.amazonaws.com${suffix}/`);
  const body = JSON.stringify({ SecretId: settings.secret, VersionStage });
  const at = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const { sessionToken } = credentials;
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.1',
    host: url.host,
    'x-amz-date': at,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
    'x-amz-target': 'secretsmanager.GetSecretValue',
  };
  const names = Object.keys(headers);
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const request = ['POST', url.pathname, '', lines, names.join(';'), sha256(body)].join('\n');
  const scope = [at.slice(0, 8), region, 'secretsmanager', 'aws4_request'];
  const start: string | Buffer = `AWS4${credentials.secretAccessKey}`;
  const key = scope.reduce<string | Buffer>((before, part) => hmac(before, part), start);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(request)].join('\n')).toString(
    'hex',
  );
  const { host: _set, ...sent } = headers;
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      ...sent,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(5_000),
  });
  const told: unknown = await answer.json();
  if (answer.ok) return answered.parse(told).SecretString;
  const { __type } = refused.parse(told);
  if (VersionStage === 'AWSPREVIOUS' && __type.includes('ResourceNotFoundException')) return undefined;
  throw new Error(`Secrets Manager: ${__type}`);
};
