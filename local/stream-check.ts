// One stream of the journal against itself: bytes against hashes, each event upon the one before, texts against their
// digests, the index against the bytes, the head against the fold. Looks at items; asks no table.
import { journalKeys, sha256 } from '../functions/keys.ts';
import { type EventItem, foldItems, type Head, headItem } from '../functions/store.ts';
import { canonical } from '../shared/canonical.ts';
import type { StreamRef } from '../shared/ids.ts';
import { nothingBefore } from '../shared/seal.ts';
import { dayOf } from '../shared/time.ts';

/** Says of one record what is wrong with it. */
export type Blame = (version: number, what: string) => void;

/** Words that are purged by rule: which member of which event, and the event of the same stream that says so. */
const purges = [
  { event: 'complaint.received', member: 'complainant', after: 'complaint.complainantPurged' },
] as const;

interface StoredBody {
  at: string;
  command: string;
  event: Record<string, unknown> & { type: string };
  kind: unknown;
  prev: unknown;
  stream: unknown;
  version: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const readBody = (body: unknown): StoredBody | undefined => {
  let read: unknown;
  try {
    read = JSON.parse(String(body));
  } catch {
    return undefined;
  }
  if (!isObject(read) || !isObject(read.event) || canonical(read) !== body) return undefined;
  const { at, command, event, kind, prev, stream, version } = read;
  if (typeof at !== 'string' || typeof command !== 'string' || typeof event.type !== 'string')
    return undefined;
  return { at, command, event: { ...event, type: event.type }, kind, prev, stream, version };
};

export interface Checked {
  /** Key in the journal → hash, of every event that could be read. */
  sealable: Map<string, string>;
  commands: { command: string; at: string; request: string; version: number }[];
  purgedTexts: number;
  head?: Head;
}

/** Replays a stream. `listed`: the versions the journal's index names of it. */
export const checkStream = (
  centre: string,
  ref: StreamRef,
  items: readonly (EventItem & Record<string, unknown>)[],
  listed: ReadonlySet<number>,
  blame: Blame,
): Checked => {
  const found: Checked = { sealable: new Map(), commands: [], purgedTexts: 0 };
  const types = new Set(items.flatMap((item) => readBody(item.body)?.event.type ?? []));
  let prev = nothingBefore;
  let whole = true;
  const bad = (version: number, what: string) => {
    whole = false;
    blame(version, what);
  };
  for (const [index, item] of items.entries()) {
    const version = index + 1;
    if (item.sk !== String(version).padStart(8, '0')) bad(version, `此版缺失,其后为 ${item.sk}`);
    if (!listed.has(version)) bad(version, '日志索引中没有此条');
    const stored = readBody(item.body);
    if (sha256(String(item.body)) !== item.hash) bad(version, '内容与散列不符');
    if (!stored) {
      bad(version, '内容不是规范写法的记录');
      prev = item.hash;
      continue;
    }
    if (stored.prev !== prev) bad(version, '与前一条不衔接');
    if (stored.version !== version || stored.stream !== ref.id || stored.kind !== ref.kind)
      bad(version, '所在位置与内容所述不符');
    const keys = journalKeys(centre, stored.at, dayOf(stored.at), ref, version);
    if (item.gsi1pk !== keys.gsi1pk || item.gsi1sk !== keys.gsi1sk)
      bad(version, '日志索引与内容所述时间不符');
    found.sealable.set(keys.gsi1sk, item.hash);
    found.commands.push({ command: stored.command, at: stored.at, request: item.request, version });
    found.purgedTexts += checkTexts(stored, item.texts, types, (what) => bad(version, what));
    prev = item.hash;
  }
  for (const version of listed) if (version > items.length) bad(version, '只在日志索引中,记录已不在');
  if (whole) {
    // A fold throws on events that cannot follow each other: the journal is broken there, not the verification.
    try {
      const head = foldItems(items);
      if (head) found.head = head;
    } catch {
      blame(items.length, '各条记录前后矛盾,不能还原');
    }
  }
  return found;
};

const digestsOf = (value: unknown): string[] => {
  if (!isObject(value)) return [];
  return typeof value.textDigest === 'string' ? [value.textDigest] : Object.values(value).flatMap(digestsOf);
};

/** Every text that stands must be the one whose salted digest is in the chain; one that is gone was purged by rule. Answers how many are gone. */
const checkTexts = (
  stored: StoredBody,
  texts: EventItem['texts'],
  types: ReadonlySet<string>,
  bad: (what: string) => void,
): number => {
  const digests = digestsOf(stored.event);
  const mayBeGone = new Set(
    purges
      .filter((purge) => purge.event === stored.event.type && types.has(purge.after))
      .flatMap((purge) => digestsOf(stored.event[purge.member])),
  );
  let purged = 0;
  for (const digest of digests) {
    const kept = texts?.[digest];
    if (kept !== undefined && sha256(kept.salt + kept.text) !== digest) bad('文字与其散列不符');
    if (kept === undefined && mayBeGone.has(digest)) purged += 1;
    else if (kept === undefined) bad('文字缺失,而没有清除记录');
  }
  for (const digest of Object.keys(texts ?? {})) if (!digests.includes(digest)) bad('多出一段文字');
  return purged;
};

/** The head's item, whole, against what the events fold to. */
export const checkHead = (
  centre: string,
  head: Head,
  item: Record<string, unknown> | undefined,
  bad: (what: string) => void,
): void => {
  const what = item === undefined ? '当前状态缺失' : wrongHead(headItem(centre, head), item);
  if (what !== undefined) bad(what);
};

const wrongHead = (expected: Record<string, unknown>, item: Record<string, unknown>): string | undefined => {
  if (item.version !== expected.version || item.hash !== expected.hash) return '当前状态与记录的版本不一致';
  // Of an older shape it is folded anew before anybody reads it.
  if (item.shape !== expected.shape)
    return typeof item.shape === 'number' && item.shape < Number(expected.shape)
      ? undefined
      : '当前状态的格式不明';
  return spelled(item) === spelled(expected) ? undefined : '当前状态与记录还原的结果不符';
};

/** State is text in the table; its members may stand in any order. */
const spelled = (item: Record<string, unknown>): string => {
  let state: unknown = item.state;
  try {
    state = JSON.parse(String(item.state));
  } catch {
    state = { unreadable: item.state };
  }
  return canonical({ ...item, state });
};
