// The house of the chaos run as a process of its own, to be killed: real engines, the same handlers, follow-ups that
// fail at random until told to hold. Ends when its engine ends, as the platform does.
import * as z from 'zod';
import { followUps, sweep } from '../../functions/follow-up.ts';
import { eventOfKey, type Key, markPartition, parkedPartition } from '../../functions/keys.ts';
import { readEvent } from '../../functions/store.ts';
import { startMachine } from '../../local/machine.ts';
import { verifyCentre } from '../../local/verification.ts';
import { dayOf, daysFrom, plusDays } from '../../shared/time.ts';
import { centreId, entries } from '../cast.ts';
import { enactRuleBook, foundCentre } from '../founding.ts';
import { chance } from './capture.ts';

const settings = z
  .object({ folder: z.string(), port: z.int(), seed: z.int(), life: z.int(), ahead: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const random = chance('house', settings.seed, settings.life);
let failing = true;
for (const followUp of followUps) {
  const real = followUp.do;
  followUp.do = async (...given) => {
    // Before the work, or after it and before anybody hears that it was done.
    if (failing && random() < 0.05) throw new Error('chaos');
    await real(...given);
    if (failing && random() < 0.05) throw new Error('chaos');
  };
}

const accounts = entries.flatMap((entry) =>
  entry.kind === 'account' ? [{ subject: entry.subject, name: entry.person, title: '' }] : [],
);
const machine = await startMachine({
  ...{ folder: settings.folder, port: settings.port },
  clock: () => new Date(Date.now() + settings.ahead).toISOString(),
  accounts: async () => accounts,
});
const { house } = machine;
machine.ended.then(() => process.exit(1));
process.on('disconnect', () => void machine.stop().then(() => process.exit(0)));
if ((await house.store.registryVersion(centreId)) === 0) {
  const issuer = `${machine.url}/oidc`;
  await foundCentre(
    house,
    centreId,
    entries.map((entry) => (entry.kind === 'account' ? { ...entry, issuer } : entry)),
  );
  await enactRuleBook(house, centreId);
}

// What was written while nobody listened, as at every start.
void sweep(house, centreId, plusDays(dayOf(house.clock()), -1)).catch(() => undefined);

const today = (): string => dayOf(house.clock());
const days = (): string[] => daysFrom(plusDays(today(), -1), today());

/** Every follow-up of every event: done, parked, or neither. */
const followed = async (): Promise<{ done: number; parked: number; missing: string[] }> => {
  const found = { done: 0, parked: 0, missing: Array.of<string>() };
  const parked = new Set(
    (await house.store.partition<Key>('parked', parkedPartition(centreId))).map(({ sk }) => sk),
  );
  for (const day of days()) {
    const [keys, marks] = await Promise.all([
      house.store.index('journal', `${centreId}#${day}`),
      house.store.partition<Key & { failed?: number }>('marks', markPartition(centreId, day)),
    ]);
    const marked = new Map(marks.map((mark) => [mark.sk, mark.failed]));
    for (const item of await house.store.eventItems(keys.map(({ pk, sk }) => ({ pk, sk })))) {
      const event = eventOfKey(item);
      if (!event) continue;
      for (const { name, on } of followUps) {
        if (!on.includes(readEvent(item).event.type)) continue;
        const key = `${event.ref.kind}#${event.ref.id}#${event.version}#${name}`;
        if (marked.has(key) && marked.get(key) === undefined) found.done += 1;
        else if (parked.has(key)) found.parked += 1;
        else found.missing.push(key);
      }
    }
  }
  return found;
};

/** Every finding by its words, with the state of its files and how often each was received. */
const found = async (): Promise<unknown> => {
  const cases: { id: string; words: string; files: { sha256: string; state: string; times: number }[] }[] =
    [];
  const received = new Map<string, number>();
  for (const day of days()) {
    const keys = await house.store.index('journal', `${centreId}#${day}`);
    for (const item of await house.store.eventItems(keys.map(({ pk, sk }) => ({ pk, sk })))) {
      const { event, ref } = readEvent(item);
      if (event.type === 'evidence.received') {
        const key = `${ref.id}/${event.n}`;
        received.set(key, (received.get(key) ?? 0) + 1);
      }
      if (event.type === 'case.reported')
        cases.push({ id: ref.id, words: event.description.text ?? '', files: [] });
    }
  }
  for (const one of cases) {
    const head = await house.store.head(centreId, { kind: 'case', id: one.id });
    for (const { n, sha256, state } of head?.state.evidence ?? [])
      one.files.push({ sha256, state, times: received.get(`${one.id}/${n}`) ?? 0 });
  }
  return cases;
};

const answers: Record<string, () => Promise<unknown>> = {
  /** As every night and every start: what the stream brought to nobody. */
  sweep: async () => sweep(house, centreId, plusDays(today(), -1)),
  followed,
  found,
  heal: async () => {
    failing = false;
  },
  settled: () => machine.settled(),
  verify: () => verifyCentre(house.store, centreId, house.clock(), house),
};
process.on('message', (asked) => {
  const { n, ask } = z.object({ n: z.int(), ask: z.string() }).parse(asked);
  void answers[ask]?.().then(
    (told) => process.send?.({ n, told: told ?? null }),
    (error) => process.send?.({ n, failed: String(error) }),
  );
});
const token = async (subject: string): Promise<string> => {
  const minted = await machine.issuer.mintToken(subject, { lifetimeSeconds: 8 * 3_600 });
  if (!minted.ok) throw new Error(minted.problem.code);
  return minted.value;
};
process.send?.({ ready: { xun: await token('xun'), ji: await token('ji'), guan: await token('guan') } });
