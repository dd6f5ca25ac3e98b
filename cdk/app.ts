// What `cdk deploy` runs: packs the functions and raises the house of one stage (`-c stage=world`).
import { cpSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleAll, type Folders, root } from './bundle.ts';
import { readSettings, type Settings } from './settings.ts';
import { HallStack } from './stack.ts';

/** Puts the stack of a stage into the app; functions from where they were packed. */
export const raiseHall = (app: App, settings: Settings, folders: Folders): HallStack =>
  new HallStack(app, {
    settings: packKeys(settings, folders),
    code: (entry) => Code.fromAsset(folders[entry], { exclude: ['*.map'] }),
  });

/** Every rule of the AWS Solutions pack holds, or says in place why not; otherwise nothing is synthesised. */
export const heldToRules = (app: App): App => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};

/** Public keys given as a file travel beside the code of the API, which finds them in its working directory. */
const packKeys = (settings: Settings, folders: Folders): Settings => ({
  ...settings,
  issuers: settings.issuers.map((issuer) => {
    if (!('jwksFile' in issuer)) return issuer;
    const packed = `${settings.stage}-${basename(issuer.jwksFile)}`;
    cpSync(resolve(root, issuer.jwksFile), join(folders.api, packed));
    return { ...issuer, jwksFile: packed };
  }),
});

if (import.meta.main) {
  const app = heldToRules(new App());
  raiseHall(app, readSettings(String(app.node.tryGetContext('stage'))), await bundleAll());
}
