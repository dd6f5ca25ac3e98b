// How a centre comes to be in the tests: founded with its first administrator, entered in the batches the registry takes,
// its rule book enacted; all by commands through the one way in.
import { randomUUID } from 'node:crypto';
import type { House } from '../functions/house.ts';
import { run } from '../functions/run.ts';
import { system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { RegistryEntry } from '../shared/people.ts';
import { actorOf, ruleBookInput } from './cast.ts';

/** Founds a centre with its first admin, then enters the rest in the order and batches the registry takes. */
export const foundCentre = async (
  house: House,
  centre: string,
  all: readonly RegistryEntry[],
): Promise<void> => {
  const own = all.find((entry) => entry.kind === 'centre');
  const rest = all.filter((entry) => entry.kind !== 'centre');
  const admins = rest.filter((entry) => entry.kind === 'grant' && entry.role === 'admin');
  const people = new Set(admins.flatMap((entry) => (entry.kind === 'grant' ? [entry.person] : [])));
  const first = rest.filter(
    (entry) =>
      entry.kind === 'department' ||
      (entry.kind === 'staff' && people.has(entry.id)) ||
      (entry.kind === 'account' && people.has(entry.person)) ||
      admins.includes(entry),
  );
  await done(house, centre, 'centre.found', { centre: own, entries: first });
  const left = rest.filter((entry) => !first.includes(entry));
  const admin = actorOf([...people][0] ?? '', (await house.desk(centre)).registry);
  for (let start = 0; start < left.length; start += 30)
    await done(house, centre, 'registry.enter', { entries: left.slice(start, start + 30) }, admin);
};

/** The small hall's rule book, in force since January. */
export const enactRuleBook = async (house: House, centre: string): Promise<void> => {
  const clerk = actorOf('ban', (await house.desk(centre)).registry);
  await done(house, centre, 'rulebook.enact', { from: '2026-01', book: ruleBookInput }, clerk);
};

const done = async (house: House, centre: string, type: string, fields: unknown, actor = system) => {
  const answer = await run(house, centre, actor, commandNamed(type), { commandId: randomUUID(), fields });
  if (!answer.ok) throw new Error(`${type}: ${JSON.stringify(answer.problem)}`);
};
