// What is deployed: the real bundles, and the templates of both partitions, made without a network.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldToRules, raiseHall } from '../../cdk/app.ts';
import { bundle, bundleOptions, firstLoad, root } from '../../cdk/bundle.ts';
import { checkSettings, readSettings } from '../../cdk/settings.ts';

let folder: string;
beforeAll(() => {
  mkdirSync(join(root, '.build'), { recursive: true });
  folder = mkdtempSync(join(root, '.build', 'test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (args: string[], env: Record<string, string> = {}): string =>
  execFileSync(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });

/** A program of its own, packed as the functions are. */
const pack = async (name: string, code: string) => {
  writeFileSync(join(folder, `${name}.ts`), code);
  const { metafile } = await build(bundleOptions(join(folder, `${name}.ts`), join(folder, name)));
  const first = firstLoad(metafile).flatMap((output) => Object.keys(metafile.outputs[output]?.inputs ?? {}));
  return { index: join(folder, name, 'index.mjs'), first, outputs: Object.keys(metafile.outputs) };
};

describe('a bundle', () => {
  it('reads the S3 client on first use only', async () => {
    const lazy = "export const handler = async () => new (await import('@aws-sdk/client-s3')).S3Client({});";
    const eager =
      "import { S3Client } from '@aws-sdk/client-s3'; export const handler = () => new S3Client({});";
    const ofS3 = (path: string) => path.includes('@aws-sdk/client-s3/');
    expect((await pack('lazy', lazy)).first.filter(ofS3)).toEqual([]);
    expect((await pack('eager', eager)).first.filter(ofS3)).not.toEqual([]);
  });

  it('runs CommonJS that requires what Node carries', async () => {
    writeFileSync(join(folder, 'old.cjs'), "module.exports = () => require('node:os').EOL;");
    const { index } = await pack('old', "import eol from './old.cjs'; export const handler = () => eol();");
    const said = node([
      '--input-type=module',
      '-e',
      `console.log((await import('${index}')).handler().length)`,
    ]);
    expect(said.trim()).toBe('1');
  });

  it('takes the smaller ESM build of the SDK', async () => {
    const { first } = await pack(
      'table',
      "export { DynamoDBClient as handler } from '@aws-sdk/client-dynamodb';",
    );
    const ofClient = first.filter((path) => path.includes('@aws-sdk/client-dynamodb/'));
    expect(ofClient.length).toBeGreaterThan(0);
    expect(ofClient.filter((path) => path.includes('/dist-cjs/'))).toEqual([]);
  });

  it('is the same, byte for byte, when nothing changed, so that a deployment changes nothing', async () => {
    const read = (under: string) =>
      readdirSync(join(folder, under, 'api')).map((file) => [
        file,
        readFileSync(join(folder, under, 'api', file), 'base64'),
      ]);
    await bundle('api', join(folder, 'once'));
    await bundle('api', join(folder, 'again'));
    expect(read('once').filter(([file]) => !file?.endsWith('.map'))).toEqual(
      read('again').filter(([file]) => !file?.endsWith('.map')),
    );
  });
});

describe('an issuer whose keys are in a file', () => {
  it('has them packed beside the code of the API, under the name that the API is told', () => {
    process.env.CDK_VALIDATION = 'false';
    const keys = join(folder, 'office-keys.json');
    writeFileSync(keys, '{"keys":[]}');
    const packed = join(folder, 'packed');
    mkdirSync(packed);
    writeFileSync(join(packed, 'index.mjs'), 'export const handler = () => 0;');
    const trusted = { issuer: 'https://id.example.cn', audience: 'hall', algorithms: ['ES256'] };
    const { stage: _name, partition: _derived, ...china } = readSettings('china');
    const office = checkSettings('office', { ...china, issuers: [{ ...trusted, jwksFile: keys }] });
    const app = new App({ analyticsReporting: false });
    const folders = {
      api: packed,
      web: packed,
      stream: packed,
      night: packed,
      month: packed,
      morning: packed,
      archive: packed,
      signin: packed,
    };
    const stack = raiseHall(app, office, folders);

    const deployed = JSON.stringify([{ ...trusted, jwksFile: 'office-office-keys.json' }]);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { TOKEN_ISSUERS: deployed } },
    });
    expect(readFileSync(join(packed, 'office-office-keys.json'), 'utf8')).toBe('{"keys":[]}');
  });
});

describe('the rules that templates are held to', () => {
  it('stop whatever breaks one without saying why', () => {
    const app = heldToRules(new App({ outdir: join(folder, 'careless'), analyticsReporting: false }));
    new Bucket(new Stack(app, 'Careless'), 'Open');
    expect(() => app.synth()).toThrow('AwsSolutions-S1');
  });
});

describe('npm run synth', () => {
  it('packs functions that start, and writes valid templates for both partitions, without opening a socket', () => {
    const cutOff = `
      import net from 'node:net';
      import dns from 'node:dns';
      net.Socket.prototype.connect = () => { throw new Error('a socket was opened'); };
      dns.lookup = () => { throw new Error('a name was looked up'); };`;
    const said = node([
      '--import',
      `data:text/javascript,${encodeURIComponent(cutOff)}`,
      'cdk/synth.ts',
      folder,
    ]);

    const lines = said.trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^aws Mingchuang-world ap-southeast-1: \d+ resources, \d+ kB, .*cdk\.out-aws\//),
      expect.stringMatching(
        /^aws-cn Mingchuang-china cn-northwest-1: \d+ resources, \d+ kB, .*cdk\.out-aws-cn\//,
      ),
      expect.stringMatching(/^aws-cn Mingchuang-china-accounts cn-northwest-1: /),
    ]);
    for (const out of ['cdk.out-aws', 'cdk.out-aws-cn']) {
      const report = JSON.parse(readFileSync(join(folder, out, 'validation-report.json'), 'utf8'));
      expect(
        report.pluginReports.filter(({ conclusion }: { conclusion: string }) => conclusion !== 'success'),
      ).toEqual([]);
    }
    const china = readFileSync(join(folder, 'cdk.out-aws-cn/Mingchuang-china.template.json'), 'utf8');
    expect(china).not.toContain('arn:aws:');

    const assets = readdirSync(join(folder, 'cdk.out-aws')).filter((file) => file.startsWith('asset.'));
    expect(assets.length).toBeGreaterThan(0);
    for (const asset of assets) {
      expect(existsSync(join(folder, 'cdk.out-aws', asset, 'index.mjs'))).toBe(true);
      expect(readdirSync(join(folder, 'cdk.out-aws', asset)).filter((file) => file.endsWith('.map'))).toEqual(
        [],
      );
    }
    for (const entry of ['api', 'web', 'stream', 'night', 'month', 'morning', 'archive', 'signin']) {
      const index = join(folder, '.build/functions', entry, 'index.mjs');
      const kind = node(
        ['--input-type=module', '-e', `console.log(typeof (await import('${index}')).handler)`],
        {
          AWS_REGION: 'cn-northwest-1',
          TABLE_NAME: 'table',
          EVIDENCE_BUCKET: 'evidence',
          PAPERS_BUCKET: 'papers',
          WEB_SETTINGS: '{"issuer":"https://id.example.cn","clientId":"web","scope":"openid"}',
          WEB_ORIGINS: '[]',
          SIGN_IN_ISSUER: 'https://id.example.cn/oidc',
          SIGN_IN_SECRET: 'secret',
          TOKEN_ISSUERS:
            '[{"issuer":"https://id.example.cn","audience":"hall","algorithms":["RS256"],"jwksUrl":"https://id.example.cn/jwks"}]',
        },
      );
      expect(kind.trim(), entry).toBe('function');
    }
  });
});
