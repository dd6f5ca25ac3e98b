// A month as one file for whoever checks it elsewhere: streams with their stored bytes, heads, the cut, scores, seals and
// the list of evidence. Free texts and files stay in the house. Laid into the bucket of papers under its hash and handed
// out as an address for minutes, whatever its size. What it costs grows with the month and with nothing else.
import { type Actor, about, may } from '../shared/access.ts';
import { canonical } from '../shared/canonical.ts';
import type { EvidenceEntry } from '../shared/evidence.ts';
import type { MonthExport } from '../shared/month-proof.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { Seal } from '../shared/seal.ts';
import { type Day, dayOf, type Month } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { House } from './house.ts';
import {
  complaintPartition,
  exportObject,
  letterPartition,
  sealAlarmKey,
  sealChunkObject,
  sealPartition,
  sha256,
} from './keys.ts';
import { loadCut } from './month-facts.ts';
import { readSeal, type SealItem } from './seals.ts';
import { type Head, readEvent } from './store.ts';

const atOnce = 16;

export const exportMonth = async (
  house: House,
  centre: string,
  actor: Actor,
  { month }: { month: Month },
): Promise<Result<View<'month.export'>>> => {
  const now = house.clock();
  const allowed = may(actor, 'journal.export', about({}), dayOf(now));
  if (!allowed.ok) return allowed;
  const made = await makeExport(house, centre, month);
  if (made === undefined) return refuse('thing.not-found');
  const text = JSON.stringify(made);
  const digest = sha256(text);
  const key = exportObject(centre, month, digest);
  await house.seals.lay(key, text);
  const name = `mingchuang-${centre}-${month}.json`;
  const expires = new Date(Date.parse(now) + house.seals.addressSeconds * 1000).toISOString();
  return ok({
    url: await house.seals.address(key, name),
    name,
    size: Buffer.byteLength(text),
    sha256: digest,
    expires,
    streams: made.streams.length,
    events: made.streams.reduce((sum, one) => sum + one.events.length, 0),
    seals: made.seals.length,
    scores: made.scores.length,
    files: made.evidence.length,
  });
};

/** The file's content; undefined where nothing was ever recorded of the month. */
export const makeExport = async (
  house: House,
  centre: string,
  month: Month,
): Promise<MonthExport | undefined> => {
  const { store } = house;
  const [found, letters, complaints, monthHead] = await Promise.all([
    store.month(centre, month, true),
    store.partitionHeads(centre, 'letter', letterPartition(centre, month), true),
    store.partitionHeads(centre, 'complaint', complaintPartition(centre, month), true),
    store.head(centre, { kind: 'month', id: month }),
  ]);
  const heads: Head[] = [];
  for (const head of found.case) heads.push(head);
  for (const head of found.bonus) heads.push(head);
  for (const head of found.talk) heads.push(head);
  for (const head of found.award) heads.push(head);
  for (const head of found.rectification) heads.push(head);
  for (const head of letters) heads.push(head);
  for (const head of complaints) heads.push(head);
  if (monthHead) heads.push(monthHead);
  const cut = monthHead?.state.cut && (await loadCut(house, centre, month, monthHead.state.cut));
  const [book] = cut?.ruleBook.split('@') ?? [];
  const rules = book === undefined ? undefined : await store.head(centre, { kind: 'rulebook', id: book });
  if (rules) heads.push(rules);
  if (heads.length === 0) return undefined;
  const recorded = new Set<Day>();
  const streams: MonthExport['streams'] = [];
  for (let start = 0; start < heads.length; start += atOnce)
    for (const one of await Promise.all(
      heads.slice(start, start + atOnce).map((head) => streamOf(house, centre, head, recorded)),
    ))
      streams.push(one);
  const seals = await sealsOf(house, centre);
  return {
    format: 'mingchuang-month',
    v: 1,
    centre,
    month,
    exportedAt: house.clock(),
    streams,
    ...(cut === undefined ? {} : { cut: canonical(cut) }),
    scores: found.scores,
    seals: seals.map(({ seal, digest }) => ({ seal, digest })),
    lists: await listsOf(house, centre, seals, recorded),
    evidence: heads.flatMap((head) => filesOf(head)),
  };
};

/** The stream up to its head: what was written since is left for the next file. */
const streamOf = async (house: House, centre: string, head: Head, recorded: Set<Day>) => {
  const items = await house.store.events(centre, head.ref, head.version);
  for (const item of items) recorded.add(dayOf(readEvent(item).at));
  return {
    kind: head.ref.kind,
    id: head.ref.id,
    events: items.map(({ body, hash }) => ({ body, hash })),
    head: { version: head.version, hash: head.hash, state: head.state },
  };
};

const filesOf = (head: Head): MonthExport['evidence'] => {
  const entries: readonly EvidenceEntry[] =
    'evidence' in head.state && Array.isArray(head.state.evidence) ? head.state.evidence : [];
  return entries.map(({ n, kind, size, sha256: hash, state, storedVersion }) => ({
    ...{ record: head.ref.id, n, kind, size, sha256: hash, state },
    ...(storedVersion === undefined ? {} : { storedVersion }),
  }));
};

interface Laid {
  seal: string;
  digest: string;
  read: Seal;
}

const sealsOf = async (house: House, centre: string): Promise<Laid[]> =>
  (await house.store.partition<SealItem>('seals', sealPartition(centre), undefined, true))
    .filter((item) => item.sk !== sealAlarmKey(centre).sk)
    .flatMap(({ seal, digest }) => {
      const read = readSeal(seal);
      return read ? [{ seal, digest, read }] : [];
    });

/** The lists of the seals under which something of the file may lie. */
const listsOf = async (
  house: House,
  centre: string,
  seals: readonly Laid[],
  recorded: ReadonlySet<Day>,
): Promise<string[]> => {
  const lists: string[] = [];
  for (const { read } of seals) {
    if (!read.days.some(({ day }) => recorded.has(day))) continue;
    for (const chunk of read.chunks) {
      const kept = await house.seals.first(sealChunkObject(centre, read.day, chunk.digest));
      if (kept) lists.push(kept.text);
    }
  }
  return lists;
};
