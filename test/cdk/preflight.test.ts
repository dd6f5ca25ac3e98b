// Before anything is created, what is missing is said in plain words: by a cloud that answers over real HTTP.
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, signed } from '../../cdk/cloud-question.ts';
import { missingFor } from '../../cdk/preflight.ts';
import { checkSettings } from '../../cdk/settings.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const office = checkSettings('office', {
  region: 'cn-north-1',
  domain: {
    name: 'mingchuang.jy.gov.cn',
    certificateArn: 'arn:aws-cn:acm:cn-north-1:210987654321:certificate/0a1b',
  },
  icpNumber: '苏ICP备2026000001号',
  issuers: [
    { issuer: 'https://id.jy.gov.cn', audience: 'hall', algorithms: ['RS256'], jwksFile: 'keys.json' },
  ],
  signIn: { clientId: 'web' },
});

type Answer = [status: number, body: object | string];
let answers: { sts: Answer; ssm: Answer; acm: Answer };
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const service = /\/cn-north-1\/(sts|ssm|acm)\/aws4_request/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    const [status, body] =
      service === 'sts' || service === 'ssm' || service === 'acm' ? answers[service] : [400, 'unsigned'];
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/` : '';
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  answers = {
    sts: [200, '<GetCallerIdentityResult><Account>210987654321</Account></GetCallerIdentityResult>'],
    ssm: [200, { Parameter: { Value: '28' } }],
    acm: [200, { Certificate: { Status: 'ISSUED', SubjectAlternativeNames: ['*.jy.gov.cn'] } }],
  };
});
const look = (settings = office) =>
  missingFor(settings, { ask: (question) => ask(question, keys), endpoint: () => url });

describe('the look before a deployment', () => {
  it('finds nothing missing where all is there', async () => {
    expect(await look()).toEqual([]);
  });

  it('stops at the values of the example', async () => {
    const [said] = await look({ ...office, domain: { name: 'a.example.cn', certificateArn: 'arn' } });
    expect(said).toContain('示例值:a.example.cn');
  });

  it('says when there are no credentials, or the cloud does not take them', async () => {
    class CredentialsProviderError extends Error {
      override name = 'CredentialsProviderError';
    }
    const without = await missingFor(office, {
      ask: () => Promise.reject(new CredentialsProviderError()),
      endpoint: () => url,
    });
    expect(without.join()).toContain('没有找到中国区账号');
    answers.sts = [403, '<Error><Code>InvalidClientTokenId</Code></Error>'];
    expect((await look()).join()).toContain('凭证不被 cn-north-1 接受');
  });

  it('says when the region was never prepared, or long ago', async () => {
    answers.ssm = [400, { __type: 'ParameterNotFound' }];
    expect((await look()).join()).toContain('npx cdk bootstrap aws://<账号>/cn-north-1');
    answers.ssm = [200, { Parameter: { Value: '6' } }];
    expect((await look()).join()).toContain('太旧(6 版)');
  });

  it('says when the certificate is not there, not issued, or another domain’s, all at once', async () => {
    answers.acm = [400, { __type: 'ResourceNotFoundException' }];
    expect((await look()).join()).toContain('找不到证书');
    answers.acm = [
      200,
      { Certificate: { Status: 'PENDING_VALIDATION', SubjectAlternativeNames: ['jy.gov.cn'] } },
    ];
    expect(await look()).toEqual([
      expect.stringContaining('还没有签发'),
      expect.stringContaining('不含域名 mingchuang.jy.gov.cn'),
    ]);
  });
});

describe('a question to the cloud', () => {
  it('is signed as the published example is (AWS Signature Version 4 test suite, post-vanilla)', () => {
    const { authorization } = signed(
      {
        service: 'service',
        region: 'us-east-1',
        url: 'https://example.amazonaws.com/',
        headers: {},
        body: '',
      },
      keys,
      '20150830T123600Z',
    );
    expect(authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    );
  });
});
