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
import { monthOfPerson, type Named, type PersonMonth, withoutOthers } from './person-month.ts';
import { readRecord } from './read.ts';
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
  const records = await recordsOf(house, centre, eyes, person);
  if (!records.ok) return records;
  const months: PersonMonth[] = [];
  // Leave is filed ahead; nothing else lies in months to come.
  const last = plusMonths(monthOf(house.clock()), 13);
  for (let month = monthOfDay(staff.from); month <= last; month = plusMonths(month, 1))
    months.push(await monthOfPerson(house, centre, eyes, person, month));
  const once = (listed: readonly Named[]): Named[] => [
    ...new Map(listed.map((one) => [one.id, one])).values(),
  ];
  const others = new Set([...registry.of.staff.keys()].filter((id) => id !== person));
  const takings = await house.store.events(centre, { kind: 'lookup', id: personFileRegister(person) });
  const content = {
    说明: '本文件是本系统中关于一个人的全部记录,应本人请求提供(个人信息保护法第四十五条)。其他人员的编号以“其他人员”代替;本人以工作身份填报、核实、决定的事项属于公务记录,不在其中。证据文件请登录查看,调阅有登记。',
    centre: { id: centre, name: registry.centre.name },
    madeAt: house.clock(),
    register: entriesOf((await house.store.registryEntries(centre)).entries, person),
    records: records.value,
    scores: months.flatMap(({ scores }) => scores),
    tallies: months.flatMap(({ tallies }) => tallies),
    measures: once(months.flatMap(({ measures }) => measures)),
    titles: once(months.flatMap(({ titles }) => titles)),
    figures: months.flatMap(({ figures }) => figures),
    leave: once(months.flatMap(({ leave }) => leave)),
    cover: once(months.flatMap(({ cover }) => cover)),
    takings: takings.map(readEvent).map(({ at, event }) => ({ at, event })),
  };
  const bytes = Buffer.from(`${JSON.stringify(withoutOthers(content, others), undefined, 2)}\n`);
  return ok({ file: true, bytes, mediaType: 'application/json', name: `${staff.name}的个人记录.json` });
};

/** Cases, good deeds, talks and old ledgers, each with what was written of it since, less who wrote it. */
const recordsOf = async (
  house: House,
  centre: string,
  eyes: Actor,
  person: string,
): Promise<Result<unknown[]>> => {
  const records: unknown[] = [];
  let after: Month | undefined;
  do {
    const asked = { id: person, ...(after === undefined ? {} : { after }) };
    const page = await readOwnRecord(house, centre, eyes, asked);
    if (!page.ok) return page;
    for (const item of page.value.items) {
      const whole = await readRecord(house, centre, eyes, item.kind, item.id);
      const history = whole.ok ? whole.value.history.map(({ at, event }) => ({ at, event })) : [];
      records.push({ ...item, history });
    }
    after = page.value.next ?? undefined;
  } while (after !== undefined);
  return ok(records);
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
