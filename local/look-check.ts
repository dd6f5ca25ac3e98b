// Whoever saw a file stands in its register: the access log of the evidence bucket, which the store keeps and not this
// house, against the rows of the look-up register. Every address names its row and is signed with it, so an address that
// was made past the register has none, and one made later in another's name is older or younger than the row it names.
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { lookParameter } from '../functions/evidence-store.ts';
import { type EventItem, readEvent, type Store } from '../functions/store.ts';
import { evidenceId } from '../shared/evidence.ts';

type Bad = (record: string, what: string) => void;

/** Seconds by which the clock that signed may be before the one that wrote the row; addresses are stamped in whole seconds. */
const slack = 60;

interface Seen {
  evidence: string;
  row: number;
  /** When the address was signed, in milliseconds. */
  signed: number;
}

/** What a line of the log says of one centre's files; undefined for lines about something else. */
const readLine = (line: string, centre: string): Seen | undefined => {
  const [, path = '', query = ''] = / REST\.GET\.OBJECT \S+ "GET ([^ ?"]+)\?([^ "]+) /.exec(line) ?? [];
  const [, whose, record = '', n = ''] =
    /(?:^|\/)([^/]+)\/evidence\/([^/]+)\/(\d+)-[0-9a-f]{64}$/.exec(decodeURIComponent(path)) ?? [];
  const asked = new URLSearchParams(query);
  const at = asked.get('X-Amz-Date');
  if (whose !== centre || at === null) return undefined;
  const [, day = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(at) ?? [];
  const dashed = day.replace(/^(....)(..)/, '$1-$2-');
  const signed = Date.parse(`${dashed}T${time.replace(/^(..)(..)/, '$1:$2:')}Z`);
  return { evidence: evidenceId(record, Number(n)), row: Number(asked.get(lookParameter) ?? 0), signed };
};

const without = async (store: Store, centre: string, seen: Seen): Promise<string | undefined> => {
  const item: EventItem | undefined =
    seen.row > 0 ? await store.event(centre, { kind: 'lookup', id: seen.evidence }, seen.row) : undefined;
  const row = item && readEvent(item);
  if (row?.event.type !== 'evidence.viewed') return '有人看过,而调阅登记中没有这一次';
  const inTime =
    seen.signed >= Date.parse(row.at) - slack * 1000 && seen.signed <= Date.parse(row.event.expires);
  return inTime ? undefined : `看过的地址不是登记第 ${seen.row} 行当时签发的`;
};

/** Lines of one file, or of every file of a folder, as they were copied from the bucket in which the store keeps its logs. */
async function* linesOf(log: string): AsyncGenerator<string> {
  const files = statSync(log).isDirectory()
    ? readdirSync(log, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((name) => join(log, name))
    : [log];
  for (const file of files)
    if (statSync(file).isFile()) yield* createInterface({ input: createReadStream(file) });
}

/** Holds every read by a signed address against the register. Answers how many different addresses were used. */
export const checkLooks = async (store: Store, centre: string, log: string, bad: Bad): Promise<number> => {
  const known = new Set<string>();
  for await (const line of linesOf(log)) {
    const seen = readLine(line, centre);
    const name = seen && `${seen.evidence} ${seen.row} ${seen.signed}`;
    if (!seen || !name || known.has(name)) continue;
    known.add(name);
    const what = await without(store, centre, seen);
    if (what !== undefined) bad(`证据 ${seen.evidence}`, what);
  }
  return known.size;
};
