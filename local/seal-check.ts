// The chain of seals against table, bucket and journal: every seal as it was laid down, each upon the one before, every
// sealed event still what it was, every event of the past under exactly one seal.
import type { House } from '../functions/house.ts';
import { sealAlarmKey, sealChunkObject, sealObject, sealPartition, sha256 } from '../functions/keys.ts';
import { readSeal, type SealItem } from '../functions/seals.ts';
import { lastSealable, nothingBefore, readChunk, type Seal, sealedBy, sealedRef } from '../shared/seal.ts';
import { dayOf, daysFrom, type Instant, plusDays } from '../shared/time.ts';

export interface SealsFound {
  seals: number;
  sealed: number;
}

type Bad = (record: string, what: string) => void;

/** The list under a seal, as it lies locked; says what is wrong with it. */
const entriesOf = async (house: House, of: Seal, bad: (what: string) => void) => {
  const entries: { key: string; hash: string }[] = [];
  for (const chunk of of.chunks) {
    const kept = await house.seals.first(sealChunkObject(of.centre, of.day, chunk.digest));
    const read = kept && sha256(kept.text) === chunk.digest ? readChunk(kept.text) : undefined;
    if (!kept) bad('封存清单缺失');
    else if (!read || read.length !== chunk.events) bad('封存清单与其散列不符');
    if (kept && kept.over > 0) bad('封存清单之上另有版本或删除标记');
    for (const entry of read ?? []) entries.push(entry);
  }
  return entries;
};

/** Checks all seals of a centre. `journal`: key → hash of every event that is there. */
export const checkSeals = async (
  house: House,
  centre: string,
  journal: ReadonlyMap<string, string>,
  now: Instant,
  bad: Bad,
): Promise<SealsFound> => {
  const items = (
    await house.store.partition<SealItem>('seals', sealPartition(centre), undefined, true)
  ).filter((item) => item.sk !== sealAlarmKey(centre).sk);
  const found: SealsFound = { seals: items.length, sealed: 0 };
  const under = new Map<string, string>();
  let prev = nothingBefore;
  let expected = items[0]?.sk;
  const founded = await house.store.founding(centre);
  if (expected !== undefined && founded !== undefined && expected !== dayOf(founded))
    bad(`封存 ${dayOf(founded)}`, '首日的封存缺失');
  for (const item of items) {
    const name = `封存 ${item.sk}`;
    if (item.sk !== expected) bad(`封存 ${expected}`, '此日封存缺失');
    expected = plusDays(item.sk, 1);
    const kept = await house.seals.first(sealObject(centre, item.sk));
    if (!kept) bad(name, '锁定的封存文件缺失');
    else if (kept.text !== item.seal) bad(name, '与锁定的封存文件不符');
    if (kept && kept.over > 0) bad(name, '封存文件之上另有版本或删除标记');
    const read = readSeal(item.seal);
    if (sha256(item.seal) !== item.digest) bad(name, '内容与封存码不符');
    if (read?.prev !== prev) bad(name, '与前一日的封存不衔接');
    prev = item.digest;
    if (!read || read.day !== item.sk || read.centre !== centre) {
      bad(name, '不是该日的封存');
      continue;
    }
    const entries = await entriesOf(house, read, (what) => bad(name, what));
    found.sealed += entries.length;
    for (const { key, hash } of entries) {
      const now = journal.get(key);
      const record = sealedRef(key);
      const named = record === undefined ? key : `${record.name.replace('#', '/')} 第${record.version}版`;
      if (under.has(key)) bad(named, `被封存两次(${item.sk})`);
      under.set(key, hash);
      if (now === undefined) bad(named, `已封存(${item.sk}),而记录缺失或被移动`);
      else if (now !== hash) bad(named, `与封存时(${item.sk})不同`);
    }
  }
  await checkMissing(house, centre, expected, founded, now, bad);
  for (const key of journal.keys())
    if (key < sealedBy(now) && !under.has(key)) {
      const record = sealedRef(key);
      bad(
        record === undefined ? key : `${record.name.replace('#', '/')} 第${record.version}版`,
        '超过48小时未封存',
      );
    }
  return found;
};

/** Days after the last seal in the table: a seal that lies in the bucket only was taken out of the table. */
const checkMissing = async (
  house: House,
  centre: string,
  from: string | undefined,
  founded: Instant | undefined,
  now: Instant,
  bad: Bad,
): Promise<void> => {
  const first = from ?? (founded && dayOf(founded));
  if (first === undefined) return;
  const latest = dayOf(sealedBy(now));
  for (const day of daysFrom(first, lastSealable(now)).slice(0, 40)) {
    if (await house.seals.first(sealObject(centre, day))) bad(`封存 ${day}`, '只在封存文件中,表中缺失');
    else if (day < latest) {
      bad(`封存 ${day}`, '自此日起超过48小时未封存');
      return;
    }
  }
};
