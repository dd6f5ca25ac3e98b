// One person's whole record as a file, for whoever asks what is kept of them (PIPL art. 45). Seen with the person's own
// eyes whoever hands it out: nothing in it that they might not read themselves, and nothing of anybody else.
import { type Acting, type Actor, about, may } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { RegistryEntry } from '../shared/people.ts';
import { personFileRegister } from '../shared/person-file-decide.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { dayOf, type Instant, type Month, monthOf, monthOfDay, plusMonths } from '../shared/time.ts';
import type { House } from './house.ts';
import { type Page, type Paging, pageOf, readOwnRecord } from './lists.ts';
import type { PaperFile } from './paper-file.ts';
import { run } from './run.ts';
import { readEvent } from './store.ts';

const eyesOf = (person: string): Actor => ({
  person,
  grants: [{ kind: 'grant', id: '-', person, role: 'staff', from: '2000-01-01' }],
  system: false,
});

/** What the register of people says of them: themselves, their windows, roles, delegations and accounts. */
const entriesOf = (entries: readonly RegistryEntry[], person: string): RegistryEntry[] =>
  entries.filter((entry) => {
    switch (entry.kind) {
      case 'staff':
        return entry.id === person;
      case 'assignment':
        return entry.staff === person;
      case 'grant':
      case 'account':
        return entry.person === person;
      default:
        return false;
    }
  });

/** Enters the taking, then makes the file. No entry, no file. Refuses with `thing.not-found` whoever may not know. */
export const takePersonFile = async (
  house: House,
  centre: string,
  actor: Actor,
  { id: person, commandId, reason }: { id: string; commandId: string; reason: string },
): Promise<Result<PaperFile>> => {
  const taken = await run(house, centre, actor, commandNamed('lookup.takePersonFile'), {
    commandId,
    fields: { person, reason },
  });
  if (!taken.ok) return taken;
  const { registry } = await house.desk(centre);
  const staff = registry.of.staff.get(person);
  if (!staff) return refuse('thing.not-found', person);
  const eyes = eyesOf(person);
  const records: unknown[] = [];
  let after: Month | undefined;
  do {
    const asked = { id: person, ...(after === undefined ? {} : { after }) };
    const page = await readOwnRecord(house, centre, eyes, asked);
    if (!page.ok) return page;
    records.push(...page.value.items);
    after = page.value.next ?? undefined;
  } while (after !== undefined);
  const scores: unknown[] = [];
  const leave: unknown[] = [];
  const last = monthOf(house.clock());
  const seen = new Set<string>();
  for (let month = monthOfDay(staff.from); month <= last; month = plusMonths(month, 1)) {
    const [score, roster] = await Promise.all([
      house.store.score(centre, month, person),
      house.store.roster(centre, month),
    ]);
    if (score !== undefined) scores.push(score);
    for (const { ref, state } of roster.leaves)
      if (state.person === person && !seen.has(ref.id)) {
        seen.add(ref.id);
        leave.push({ ...state, id: ref.id });
      }
  }
  const content = {
    说明: '本文件是本系统中关于一个人的全部记录,应本人请求提供(个人信息保护法第四十五条)。证据文件请登录查看,调阅有登记。',
    centre: { id: centre, name: registry.centre.name },
    madeAt: house.clock(),
    register: entriesOf((await house.store.registryEntries(centre)).entries, person),
    records,
    scores,
    leave,
  };
  const bytes = Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
  return ok({ file: true, bytes, mediaType: 'application/json', name: `${staff.name}的个人记录.json` });
};

/** Who took a person's record, when and why. */
export const readPersonFileRegister = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { id: string },
): Promise<Result<Page<{ version: number; at: Instant; by: Acting; reason: string }>>> => {
  const allowed = may(actor, 'lookup.read', about({ persons: [asked.id] }), dayOf(house.clock()));
  if (!allowed.ok) return refuse('thing.not-found');
  const items = await house.store.events(centre, { kind: 'lookup', id: personFileRegister(asked.id) });
  const taken = items
    .map(readEvent)
    .flatMap(({ version, at, by, event }) =>
      event.type === 'evidence.viewed' ? [{ version, at, by, reason: event.reason.text }] : [],
    );
  return ok(pageOf(taken, (one) => String(one.version).padStart(8, '0'), asked));
};
