// What `cdk deploy` runs: packs the functions and raises the house of one stage (`-c stage=world`).
import { cpSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleAll, type Folders, root } from './bundle.ts';
import { readSettings, type Settings } from './settings.ts';
import { HallStack } from './stack.ts';

/** Puts the stack of a stage, as the app's context describes it, into the app; functions from where they were packed. */
export const raiseHall = (app: App, stage: unknown, folders: Folders): HallStack => {
  const settings = packKeys(readSettings(stage, app.node.tryGetContext('stages')), folders);
  return new HallStack(app, {
    settings,
    code: (entry) => Code.fromAsset(folders[entry], { exclude: ['*.map'] }),
  });
};

/** Public keys given as a file travel beside the code of the API, which finds them in its working directory. */
const packKeys = (settings: Settings, folders: Folders): Settings => ({
  ...settings,
  issuers: settings.issuers.map((issuer) => {
    if (issuer.jwksFile === undefined) return issuer;
    const packed = `${settings.stage}-${basename(issuer.jwksFile)}`;
    cpSync(resolve(root, issuer.jwksFile), join(folders.api, packed));
    return { ...issuer, jwksFile: packed };
  }),
});

if (import.meta.main) {
  const app = new App();
  raiseHall(app, app.node.tryGetContext('stage'), await bundleAll());
}
