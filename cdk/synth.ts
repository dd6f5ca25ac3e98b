// `npm run synth [-- folder]`: the templates of every stage there is a file for, by partition, without network: the
// library is called directly, so no command line looks for notices or sends figures. Prints one line for each stack.
import { readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../cdk.json' with { type: 'json' };
import { heldToRules, raiseHall } from './app.ts';
import { bundleAll, root } from './bundle.ts';
import { readSettings, stagesThereAre } from './settings.ts';

const { context } = cdkJson;
const folder = resolve(process.argv[2] ?? root);
const folders = await bundleAll(join(folder, '.build/functions'));
const stages = stagesThereAre().map((stage) => readSettings(stage));

for (const partition of ['aws', 'aws-cn']) {
  const outdir = join(folder, `cdk.out-${partition}`);
  rmSync(outdir, { recursive: true, force: true });
  const app = heldToRules(new App({ outdir, context, analyticsReporting: false }));
  for (const settings of stages) if (settings.partition === partition) raiseHall(app, settings, folders);
  for (const { stackName, templateFullPath, template, environment } of app.synth().stacks) {
    const count = Object.keys(template.Resources).length;
    const size = Math.ceil(readFileSync(templateFullPath).length / 1024);
    const written = relative(process.cwd(), templateFullPath);
    console.log(
      `${partition} ${stackName} ${environment.region}: ${count} resources, ${size} kB, ${written}`,
    );
  }
}
