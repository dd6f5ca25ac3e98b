// `npm run synth [-- folder]`: the templates of both partitions, without network: the library is called directly, so
// no command line looks for notices or sends figures. Prints one line for each stack.
import { readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../cdk.json' with { type: 'json' };
import { raiseHall } from './app.ts';
import { bundleAll, root } from './bundle.ts';
import { readSettings } from './settings.ts';

const { context } = cdkJson;
const folder = resolve(process.argv[2] ?? root);
const folders = await bundleAll(join(folder, '.build/functions'));

for (const partition of ['aws', 'aws-cn']) {
  const outdir = join(folder, `cdk.out-${partition}`);
  rmSync(outdir, { recursive: true, force: true });
  const app = new App({ outdir, context, analyticsReporting: false });
  const stages = Object.keys(context.stages).filter(
    (stage) => readSettings(stage, context.stages).partition === partition,
  );
  for (const stage of stages) raiseHall(app, stage, folders);
  for (const { stackName, templateFullPath, template, environment } of app.synth().stacks) {
    const count = Object.keys(template.Resources).length;
    const size = Math.ceil(readFileSync(templateFullPath).length / 1024);
    const written = relative(process.cwd(), templateFullPath);
    console.log(
      `${partition} ${stackName} ${environment.region}: ${count} resources, ${size} kB, ${written}`,
    );
  }
}
