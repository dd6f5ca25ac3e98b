// A question to a service of the cloud that no client of ours speaks: signed as AWS asks (Signature Version 4), sent with
// fetch. For the look before a deployment only; the functions use the SDK.
import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export interface Question {
  service: string;
  region: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The headers of a POST with its signature. `at` is the moment, `20150830T123600Z`. */
export const signed = (
  { service, region, url, headers, body }: Question,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  at: string,
): Record<string, string> => {
  const { host, pathname } = new URL(url);
  const all: Record<string, string> = {
    ...headers,
    host,
    'x-amz-date': at,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(all).sort();
  const lines = names.map((name) => `${name}:${all[name]}\n`).join('');
  const request = ['POST', pathname, '', lines, names.join(';'), sha256(body)].join('\n');
  const scope = [at.slice(0, 8), region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(request)].join('\n');
  const key = scope.reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, text).toString('hex');
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
};

/** Sends the question; the answer as text, whatever its status. @throws when nobody answers within ten seconds */
export const ask = async (
  question: Question,
  credentials: Credentials,
): Promise<{ status: number; text: string }> => {
  const at = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const { host: _set, ...headers } = signed(question, credentials, at);
  const answer = await fetch(question.url, {
    method: 'POST',
    headers,
    body: question.body,
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  return { status: answer.status, text: await answer.text() };
};
