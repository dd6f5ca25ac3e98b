// Frozen months against their cuts: the list that was cut, the scores recomputed from it, every score and tally that was
// written, what was carried. Nothing of it may differ, be missing, or be there besides.
import type { House } from '../functions/house.ts';
import { carryPartition, type Key, monthPartition, projectedKey } from '../functions/keys.ts';
import { digestOf, projectedMark, projectionsOf } from '../functions/month.ts';
import { loadCut, recompute } from '../functions/month-facts.ts';
import type { Head } from '../functions/store.ts';
import { canonical } from '../shared/canonical.ts';
import { monthsBefore } from '../shared/measure.ts';
import type { Month } from '../shared/time.ts';

type Bad = (record: string, what: string) => void;
type Item = Key & Record<string, unknown>;

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** JSON inside an item may spell its members in any order. */
const spelled = (item: Item): string => {
  const opened = Object.entries(item).map(([name, value]) => {
    if ((name !== 'score' && name !== 'tally' && name !== 'unit') || typeof value !== 'string')
      return [name, value];
    try {
      return [name, JSON.parse(value)];
    } catch {
      return [name, { unreadable: value }];
    }
  });
  return canonical(Object.fromEntries(opened));
};

/** Answers how many frozen months and scores were recomputed. `all`: every month on which something may lie. */
export const checkMonths = async (
  house: House,
  centre: string,
  heads: readonly Head<'month'>[],
  all: readonly Month[],
  bad: Bad,
): Promise<{ frozen: number; scores: number }> => {
  const found = { frozen: 0, scores: 0 };
  const expected = new Map<string, Item>();
  const unsure = new Set<Month>();
  for (const head of heads.toSorted((a, b) => (a.ref.id < b.ref.id ? -1 : 1))) {
    const { cut, stage, scores } = head.state;
    const month = head.ref.id;
    if (!cut) continue;
    try {
      await loadCut(house, centre, month, cut);
    } catch {
      bad(`月份 ${month}`, '汇总依据(切片)缺失或与其散列不符');
      unsure.add(month);
      continue;
    }
    if (stage !== 'frozen') continue;
    found.frozen += 1;
    try {
      const sums = await recompute(house, centre, month, cut);
      found.scores += sums.scores.length;
      if (digestOf(sums) !== scores) bad(`月份 ${month}`, '由切片重算的得分与定稿不符');
      // What earlier months still open asked for may have moved on since: their part of the tallies is not told apart.
      const settled = monthsBefore(sums.book, month).every((one) => {
        const earlier = heads.find(({ ref }) => ref.id === one);
        return earlier === undefined || earlier.state.stage === 'frozen';
      });
      for (const item of await projectionsOf(house, centre, month, sums))
        if (settled || !item.sk.startsWith('TALLY#')) expected.set(nameOf(item), item);
      if (!settled) unsure.add(month);
      const mark = projectedMark(centre, month, cut);
      const written = await house.store.get<Item>(projectedKey(centre, month), 'mark');
      if (!written || spelled(written) !== spelled(mark)) bad(`月份 ${month}`, '定稿得分的写入标记不符');
    } catch {
      bad(`月份 ${month}`, '定稿得分不能重算');
      unsure.add(month);
    }
  }
  await compare(house, centre, all, expected, unsure, bad);
  return found;
};

const compare = async (
  house: House,
  centre: string,
  all: readonly Month[],
  expected: ReadonlyMap<string, Item>,
  unsure: ReadonlySet<Month>,
  bad: Bad,
): Promise<void> => {
  const met = new Set<string>();
  for (const month of all) {
    const { store } = house;
    const lying = [
      ...(await store.partition<Item>('check', monthPartition(centre, month), 'SCORE#', true)),
      ...(await store.partition<Item>('check', monthPartition(centre, month), 'UNITSCORE#', true)),
      ...(await store.partition<Item>('check', monthPartition(centre, month), 'TALLY#', true)),
      ...(await store.partition<Item>('check', carryPartition(centre, month), undefined, true)),
    ];
    for (const item of lying) {
      const name = nameOf(item);
      const wanted = expected.get(name);
      met.add(name);
      if (wanted && spelled(wanted) !== spelled(item)) bad(`定稿 ${name}`, '与由切片重算的结果不符');
      if (!wanted && !unsure.has(month)) bad(`定稿 ${name}`, '不在定稿之内,系多出');
    }
  }
  for (const name of expected.keys()) if (!met.has(name)) bad(`定稿 ${name}`, '缺失');
};
