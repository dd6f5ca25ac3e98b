// The small hall on one machine for the browser's stories: real engines, the real sign-in, the built app. Its clock runs
// from a Wednesday morning on, whatever day it is here; its data is gone when it stops.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Machine, startMachine } from '../../local/machine.ts';
import { buildWebApp, webFolder } from '../../local/web-app.ts';
import { roleTitles } from '../../shared/people.ts';
import { centreId, entries, wednesday } from '../cast.ts';
import { enactRuleBook, foundCentre } from '../founding.ts';

/** Everybody of the cast who has an account, as the sign-in page shows them. */
const accounts = entries.flatMap((entry) => {
  if (entry.kind !== 'account') return [];
  const person = entries.find((one) => one.kind === 'staff' && one.id === entry.person);
  const titles = entries.flatMap((one) =>
    one.kind === 'grant' && one.person === entry.person ? [roleTitles[one.role]] : [],
  );
  return person?.kind === 'staff'
    ? [{ subject: entry.subject, name: person.name, title: titles.join('、') }]
    : [];
});

export interface Hall extends Machine {
  /** Stops and forgets everything. */
  close(): Promise<void>;
}

/** Opens the small hall; `port` 0 takes a free one. `web`: a built app that lies elsewhere. */
export const openHall = async (port: number, { web }: { web?: string } = {}): Promise<Hall> => {
  await buildWebApp();
  const data = mkdtempSync(join(tmpdir(), 'mingchuang-hall-'));
  const ahead = Date.parse(wednesday) - Date.now();
  const machine = await startMachine({
    folder: data,
    port,
    web: web ?? webFolder,
    clock: () => new Date(Date.now() + ahead).toISOString(),
    accounts: async () => accounts,
  });
  const issuer = `${machine.url}/oidc`;
  if ((await machine.house.store.registryVersion(centreId)) === 0) {
    await foundCentre(
      machine.house,
      centreId,
      entries.map((entry) => (entry.kind === 'account' ? { ...entry, issuer } : entry)),
    );
    await enactRuleBook(machine.house, centreId);
  }
  return {
    ...machine,
    close: async () => {
      await machine.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const hall = await openHall(Number(process.env.E2E_PORT ?? '8181'));
  const stop = (): void => void hall.close().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  console.log(`hall open: ${hall.url}`);
}
