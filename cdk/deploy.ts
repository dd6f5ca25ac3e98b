// `npm run deploy -- <stage>`: reads the settings, looks whether everything is there, says what is missing, and only then
// lets CDK create or change anything. `--check` only looks, `--explain` explains the settings; what follows the stage
// otherwise goes to `cdk deploy` as it is.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { root } from './bundle.ts';
import { ask } from './cloud-question.ts';
import { missingFor } from './preflight.ts';
import { explainedSettings, readSettings, type Settings, stagesThereAre } from './settings.ts';

const [stage = '', ...others] = process.argv.slice(2);

const explain = (): void => {
  for (const { name, says, otherwise } of explainedSettings())
    console.log(`${name}\n  ${says}(不填:${otherwise})`);
};

const look = async (settings: Settings): Promise<number> => {
  const { region, partition } = settings;
  // The chain every tool of AWS uses: environment, profile, single sign-on.
  const { credentials } = new S3Client({ region }).config;
  const missing = await missingFor(settings, {
    ask: async (question) => ask(question, await credentials()),
    endpoint: (service, where) =>
      `https://${service}.${where}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/`,
  });
  for (const line of missing) console.error(`✗ ${line}`);
  console.log(
    missing.length === 0
      ? `✓ ${settings.stage}:设置、凭证、部署准备${settings.domain ? '、证书' : ''}都在,可以部署到 ${region}`
      : '什么都没有创建 · nothing was created',
  );
  return missing.length === 0 ? 0 : 1;
};

const deploy = ({ stage: name }: Settings, more: readonly string[]): number => {
  mkdirSync(join(root, '.build'), { recursive: true });
  const outputs = join('.build', `${name}.outputs.json`);
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  const done = spawnSync(
    process.execPath,
    [cdk, 'deploy', '--all', '-c', `stage=${name}`, '--outputs-file', outputs, ...more],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' } },
  );
  if (done.status === 0) {
    // Papers are set by the functions, which find their font files beside the papers.
    const fonts = spawnSync(process.execPath, ['local/upload-fonts.ts', '--stage', name], {
      cwd: root,
      stdio: 'inherit',
    });
    if (fonts.status !== 0) console.error('✗ 字体没有放上去:文书暂时排不了版,请再运行 npm run upload-fonts');
    console.log(`✓ 已部署。下一步:npm run centre -- found --stage ${name} …(见 docs/operations.md)`);
  }
  return done.status ?? 1;
};

const main = async (): Promise<number> => {
  if (others.includes('--explain') || stage === '--explain') {
    explain();
    return 0;
  }
  if (stage === '' || stage.startsWith('-')) {
    console.error(`npm run deploy -- <stage> [--check]   stages: ${stagesThereAre().join(', ')}`);
    return 1;
  }
  const settings = readSettings(stage);
  const looked = await look(settings);
  if (looked !== 0 || others.includes('--check')) return looked;
  return deploy(settings, others);
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
