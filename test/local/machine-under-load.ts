// A machine under load, to be killed: four tablets report findings without a pause and every acknowledgement is
// written to the parent at once. Run as a child of machine.test.ts: `node machine-under-load.ts <folder> <round>`.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { House } from '../../functions/house.ts';
import { run } from '../../functions/run.ts';
import { startMachine } from '../../local/machine.ts';
import { system } from '../../shared/access.ts';
import { commandNamed } from '../../shared/commands.ts';
import { centreEntry, centreId, entries, ruleBookInput } from '../cast.ts';

const [folder = ''] = process.argv.slice(2);
/** A Wednesday in the year whose calendar the cast has entered, going on at the pace of the real clock. */
const begun = Date.now();
const clock = (): string =>
  new Date(Date.parse('2026-11-18T02:00:00.000Z') + Date.now() - begun).toISOString();

const actorOf = async (house: House, person: string) => ({
  person,
  grants: (await house.desk(centreId)).registry.grantsByPerson.get(person) ?? [],
  system: false,
});

const must = async (
  house: House,
  type: string,
  person: string | undefined,
  fields: unknown,
): Promise<void> => {
  const actor = person === undefined ? system : await actorOf(house, person);
  const done = await run(house, centreId, actor, commandNamed(type), { commandId: randomUUID(), fields });
  if (!done.ok) throw new Error(`${type}: ${JSON.stringify(done.problem)}`);
};

const found = async (house: House): Promise<void> => {
  const isFirst = (entry: (typeof entries)[number]): boolean =>
    (entry.kind === 'department' && entry.id === 'department-centre') ||
    (entry.kind === 'staff' && entry.id === 'guan') ||
    (entry.kind === 'grant' && entry.person === 'guan') ||
    (entry.kind === 'account' && entry.person === 'guan');
  const rest = entries.filter((entry) => entry.kind !== 'centre' && !isFirst(entry));
  await must(house, 'centre.found', undefined, { centre: centreEntry, entries: entries.filter(isFirst) });
  for (let start = 0; start < rest.length; start += 30)
    await must(house, 'registry.enter', 'guan', { entries: rest.slice(start, start + 30) });
  await must(house, 'rulebook.enact', 'ban', { from: '2026-01', book: ruleBookInput });
};

const tablet = async (house: House): Promise<void> => {
  const inspector = await actorOf(house, 'xun');
  for (;;) {
    const commandId = randomUUID();
    const at = clock();
    const answer = await run(house, centreId, inspector, commandNamed('case.report'), {
      commandId,
      fields: {
        violation: 'DIS-PHONE',
        source: 'patrol',
        happened: { from: at, to: at, doubtSeconds: 2 },
        window: 'window-a01',
        subject: { kind: 'persons', persons: ['chuang'] },
        description: '办理业务期间长时间使用手机',
      },
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
    writeSync(1, `${JSON.stringify({ commandId, ...answer.value })}\n`);
  }
};

const { house } = await startMachine({ folder, port: 0, clock, accounts: async () => [] });
if ((await house.store.registryVersion(centreId)) === 0) await found(house);
writeSync(1, 'ready\n');
await Promise.all(Array.from({ length: 4 }, () => tablet(house)));
