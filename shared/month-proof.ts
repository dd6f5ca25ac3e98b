// One month as a file, and the check of it by whoever holds the file: chains, seals, heads, the cut, and the scores
// recomputed from it. The same on the server, in a test, and in a page that was opened without a network. What the seals
// say is as good as the code of one of them on paper. Knows no names and no words: texts lie under digests only.
import * as z from 'zod';
import { type BonusState, countedBonus } from './bonus.ts';
import { canonical } from './canonical.ts';
import { type CaseState, countedCase } from './case.ts';
import { concepts } from './concepts.ts';
import { type DomainEvent, type EventMeta, lift } from './events.ts';
import type { EvidenceEntry } from './evidence.ts';
import { monthlyKinds, otherKinds, type StreamKind } from './ids.ts';
import type { CutManifest, MonthState } from './month.ts';
import { boundScores, scoresOf, unitScoresOf } from './month-sums.ts';
import type { RuleBookState } from './rulebook-enact.ts';
import type { Score } from './score.ts';
import { type Digest, nothingBefore, readChunk, type Seal, seal, sealedRef, sealLine } from './seal.ts';
import type { States } from './states.ts';

const kinds = [...monthlyKinds, ...otherKinds] as const;

/** The file. Every text in it is as it lies in the house, so that its digest is the one that was chained and sealed. */
export const monthExport = z.strictObject({
  format: z.literal('mingchuang-month'),
  v: z.literal(1),
  centre: z.string(),
  month: z.string(),
  exportedAt: z.string(),
  streams: z.array(
    z.strictObject({
      kind: z.enum(kinds),
      id: z.string(),
      events: z.array(z.strictObject({ body: z.string(), hash: z.string() })),
      head: z.strictObject({ version: z.int(), hash: z.string(), state: z.unknown() }).optional(),
    }),
  ),
  /** The canonical manifest of the month's last cut. */
  cut: z.string().optional(),
  scores: z.array(z.unknown()),
  seals: z.array(z.strictObject({ seal: z.string(), digest: z.string() })),
  /** Texts of the seals' lists, for the days on which something of this file was recorded. */
  lists: z.array(z.string()),
  evidence: z.array(
    z.strictObject({
      record: z.string(),
      n: z.int(),
      kind: z.string(),
      size: z.int(),
      sha256: z.string(),
      state: z.string(),
      storedVersion: z.string().optional(),
    }),
  ),
});
export type MonthExport = z.infer<typeof monthExport>;

export interface Proof {
  /** The record and what is wrong with it; empty when all is whole. */
  bad: string[];
  streams: number;
  events: number;
  sealed: number;
  seals: number;
  stage: 'open' | 'summing' | 'frozen';
  scores: Score[];
  /** The first and the last seal as they are printed on the day's sheets. */
  lines: string[];
  /** The list of evidence, to hold files against that were handed over apart. */
  evidence: MonthExport['evidence'];
  month: string;
}

const stored = z.object({
  at: z.string(),
  by: z.object({ person: z.string(), role: z.string() }),
  command: z.string(),
  event: z.looseObject({ type: z.string() }),
  kind: z.enum(kinds),
  prev: z.string(),
  stream: z.string(),
  version: z.int(),
});
type Stored = z.infer<typeof stored>;

/** Texts are not in the file; no state holds one. */
const withoutWords = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutWords);
  if ('textDigest' in value) return { text: '〔文字不在导出之列〕' };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutWords(member)]));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Replayed {
  kind: StreamKind;
  id: string;
  /** The state after each version; shorter than the events where they cannot be folded. */
  states: unknown[];
  /** Key in the journal and hash of each event. */
  sealable: { key: string; hash: string }[];
}

const asStored = (state: unknown): string => canonical(parsed(JSON.stringify(state)));

const replay = (
  given: MonthExport['streams'][number],
  hash: Digest,
  bad: (record: string, what: string) => void,
): Replayed => {
  const { kind, id, events } = given;
  const replayed: Replayed = { kind, id, states: [], sealable: [] };
  let prev = nothingBefore;
  let state: unknown;
  let folding = true;
  for (const [index, { body, hash: said }] of events.entries()) {
    const name = `${kind}/${id} 第${index + 1}版`;
    const value = parsed(body);
    const read = stored.safeParse(value);
    if (hash(body) !== said) bad(name, '内容与散列不符');
    if (!read.success || canonical(value) !== body) {
      bad(name, '内容不是规范写法的记录');
      folding = false;
      prev = said;
      continue;
    }
    const one = read.data;
    if (one.prev !== prev) bad(name, '与前一条不衔接');
    if (one.kind !== kind || one.stream !== id || one.version !== index + 1)
      bad(name, '所在位置与内容所述不符');
    prev = said;
    replayed.sealable.push({ key: journalKey(one), hash: said });
    if (!folding) continue;
    try {
      state = fold(kind, state, one);
      replayed.states.push(state);
    } catch {
      bad(name, '与前面的记录矛盾,不能还原');
      folding = false;
    }
  }
  const { head } = given;
  if (head && (head.version !== events.length || head.hash !== prev))
    bad(`${kind}/${id}`, '当前状态与记录的版本不一致');
  else if (head && folding && asStored(head.state) !== asStored(state))
    bad(`${kind}/${id}`, '当前状态与记录还原的结果不符');
  return replayed;
};

const journalKey = ({ at, kind, stream, version }: Stored): string =>
  `${at}#${kind}#${stream}#${String(version).padStart(8, '0')}`;

const fold = (kind: StreamKind, state: unknown, { event, ...meta }: Stored): unknown =>
  foldKind(kind, state, lift(withoutWords(event) as DomainEvent), meta as EventMeta);

const foldKind = <K extends StreamKind>(
  kind: K,
  state: unknown,
  event: DomainEvent,
  meta: EventMeta,
): unknown => concepts[kind].fold(state as States[K] | undefined, event, meta);

const readSealOf = (text: string): Seal | undefined => {
  const read = seal.safeParse(parsed(text));
  return read.success ? read.data : undefined;
};

/** The chain of seals, and what lies under those whose lists are in the file. Answers what is sealed by key. */
const checkSeals = (
  given: MonthExport,
  hash: Digest,
  bad: (record: string, what: string) => void,
): { under: Map<string, string>; seals: { seal: Seal; digest: string; listed: boolean }[] } => {
  const lists = new Map(given.lists.map((text) => [hash(text), text]));
  const under = new Map<string, string>();
  const seals: { seal: Seal; digest: string; listed: boolean }[] = [];
  let prev = nothingBefore;
  for (const [index, { seal: text, digest }] of given.seals.entries()) {
    const read = readSealOf(text);
    const name = `封存 ${read?.day ?? index + 1}`;
    if (hash(text) !== digest) bad(name, '内容与封存码不符');
    if (!read || read.centre !== given.centre) bad(name, '不是本中心的封存');
    else if (read.prev !== prev) bad(name, '与前一日的封存不衔接');
    prev = digest;
    if (!read) continue;
    const listed = read.chunks.every((chunk) => lists.has(chunk.digest));
    seals.push({ seal: read, digest, listed });
    for (const chunk of read.chunks) {
      const list = lists.get(chunk.digest);
      if (list === undefined) continue;
      const entries = readChunk(list);
      if (entries?.length !== chunk.events) bad(name, '封存清单与条数不符');
      for (const { key, hash: sealed } of entries ?? []) under.set(key, sealed);
    }
  }
  return { under, seals };
};

/** Every event of the file is under a seal as it was, and no sealed event of its streams is left out. */
const checkSealed = (
  streams: readonly Replayed[],
  { under, seals }: ReturnType<typeof checkSeals>,
  bad: (record: string, what: string) => void,
): number => {
  const last = seals.at(-1)?.seal.day;
  const here = new Map(streams.flatMap(({ sealable }) => sealable.map(({ key, hash }) => [key, hash])));
  const names = new Set(streams.map(({ kind, id }) => `${kind}#${id}`));
  let sealed = 0;
  for (const [key, hash] of here) {
    const record = sealedRef(key);
    const name = `${record?.name.replace('#', '/')} 第${record?.version}版`;
    const found = under.get(key);
    if (found === hash) sealed += 1;
    else if (found !== undefined) bad(name, '与封存时不同');
    // The day's own seal is there, so the event had to be under it or one of the three after.
    else if (last !== undefined && laterBy(dayIn(key), 3) <= last) bad(name, '没有封存');
  }
  for (const key of under.keys()) {
    const record = sealedRef(key);
    if (record && names.has(record.name) && !here.has(key))
      bad(`${record.name.replace('#', '/')} 第${record.version}版`, '已封存,而导出中缺失');
  }
  return sealed;
};

const dayLength = 86_400_000;
const dayIn = (key: string): string =>
  new Date(Date.parse(key.slice(0, key.indexOf('#'))) + dayLength / 3).toISOString().slice(0, 10);
const laterBy = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayLength).toISOString().slice(0, 10);

const checkScores = (
  given: MonthExport,
  streams: readonly Replayed[],
  hash: Digest,
  bad: (record: string, what: string) => void,
): { stage: Proof['stage']; scores: Score[] } => {
  const name = `月份 ${given.month}`;
  const of = (kind: StreamKind, id: string, version: number): unknown =>
    streams.find((one) => one.kind === kind && one.id === id)?.states[version - 1];
  const month = streams.find((one) => one.kind === 'month' && one.id === given.month)?.states.at(-1) as
    | MonthState
    | undefined;
  if (!month?.cut) {
    if (given.scores.length > 0) bad(name, '没有汇总,却有得分');
    return { stage: 'open', scores: [] };
  }
  if (given.cut === undefined || hash(given.cut) !== month.cut.digest) {
    bad(name, '汇总依据(切片)缺失或与其散列不符');
    return { stage: month.stage, scores: [] };
  }
  const cut = parsed(given.cut) as CutManifest;
  const [book = '', nth] = cut.ruleBook.split('@');
  const rules = of('rulebook', book, Number(nth)) as RuleBookState | undefined;
  const missing = [
    ...cut.cases.map((one) => ['case', ...one] as const),
    ...cut.bonuses.map((one) => ['bonus', ...one] as const),
  ]
    .filter(([kind, id, version]) => of(kind, id, version) === undefined)
    .map(([kind, id]) => `${kind}/${id}`);
  for (const one of missing) bad(one, '切片所列的版本缺失');
  if (!rules) bad(name, `考核办法 ${cut.ruleBook} 缺失`);
  if (!rules || missing.length > 0) return { stage: month.stage, scores: [] };
  const facts = {
    cases: cut.cases.flatMap(([id, version]) => countedCase(of('case', id, version) as CaseState) ?? []),
    bonuses: cut.bonuses.flatMap(
      ([id, version]) => countedBonus(of('bonus', id, version) as BonusState) ?? [],
    ),
  };
  const scores = scoresOf(rules.book, cut, facts);
  if (month.stage === 'frozen') {
    const bound = boundScores(scores, unitScoresOf(rules.book, cut, facts, scores));
    if (hash(canonical(bound)) !== month.scores) bad(name, '由切片重算的得分与定稿不符');
    const spelled = (all: readonly unknown[]): string =>
      all
        .map((one) => asStored(one))
        .sort()
        .join('\n');
    if (spelled(given.scores) !== spelled(scores)) bad(name, '导出的得分与重算的不符');
  }
  return { stage: month.stage, scores };
};

const checkEvidenceList = (
  given: MonthExport,
  streams: readonly Replayed[],
  bad: (record: string, what: string) => void,
): void => {
  const said = new Map(given.evidence.map((one) => [`${one.record}~${one.n}`, one]));
  for (const { id, states } of streams)
    for (const entry of entriesOf(states.at(-1))) {
      const name = `${id}~${entry.n}`;
      const one = said.get(name);
      said.delete(name);
      if (one?.sha256 !== entry.sha256 || one.state !== entry.state || one.size !== entry.size)
        bad(`证据 ${name}`, '证据清单与记录不符');
    }
  for (const name of said.keys()) bad(`证据 ${name}`, '没有记录登记过此文件');
};

const entriesOf = (state: unknown): EvidenceEntry[] =>
  typeof state === 'object' && state !== null && 'evidence' in state && Array.isArray(state.evidence)
    ? (state.evidence as EvidenceEntry[])
    : [];

/** Checks a month's file, given as text. `hash` is SHA-256 of a text. */
export const proveMonth = (text: string, hash: Digest): Proof => {
  const nothing: Proof = {
    ...{ bad: [], streams: 0, events: 0, sealed: 0, seals: 0, stage: 'open', scores: [], lines: [] },
    ...{ evidence: [], month: '' },
  };
  const read = monthExport.safeParse(parsed(text));
  if (!read.success) return { ...nothing, bad: ['文件: 不是本平台导出的月份文件,或已损坏'] };
  const given = read.data;
  const bad: string[] = [];
  const blame = (record: string, what: string) => bad.push(`${record}: ${what}`);
  const streams = given.streams.map((one) => replay(one, hash, blame));
  if (new Set(streams.map(({ kind, id }) => `${kind}/${id}`)).size !== streams.length)
    blame('文件', '同一记录出现两次');
  const sealing = checkSeals(given, hash, blame);
  const sealed = checkSealed(streams, sealing, blame);
  const { stage, scores } = checkScores(given, streams, hash, blame);
  checkEvidenceList(given, streams, blame);
  const ends = sealing.seals.filter((_one, index, all) => index === 0 || index === all.length - 1);
  return {
    bad,
    streams: streams.length,
    events: streams.reduce((sum, one) => sum + one.sealable.length, 0),
    sealed,
    seals: sealing.seals.length,
    stage,
    scores,
    lines: ends.map(({ seal: one, digest }) => sealLine(one, digest)),
    evidence: given.evidence,
    month: given.month,
  };
};
