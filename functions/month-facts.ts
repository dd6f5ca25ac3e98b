// The facts behind a month's sums: what counts now, what counted at a cut, the rule book and people it was cut with.
import { countedBonus } from '../shared/bonus.ts';
import { countedCase } from '../shared/case.ts';
import type { Cut, CutFacts, CutManifest, UnitScore } from '../shared/month.ts';
import { scoresOf, unitScoresOf } from '../shared/month-sums.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { Score } from '../shared/score.ts';
import type { Month } from '../shared/time.ts';
import type { House } from './house.ts';
import { cutPartition, sha256 } from './keys.ts';
import type { Head, MonthPartition } from './store.ts';

/** The whole manifest of a cut. Throws when a chunk is missing or altered: its digest would no longer be true. */
export const loadCut = async (house: House, centre: string, month: Month, cut: Cut): Promise<CutManifest> => {
  const chunks = await house.store.partition<{ sk: string; text: string }>(
    'cut',
    cutPartition(centre, month, cut.digest),
    undefined,
    true,
  );
  const text = chunks.map((chunk) => chunk.text).join('');
  if (sha256(text) !== cut.digest) throw new Error(`the cut of ${month} does not match its digest`);
  return JSON.parse(text) as CutManifest;
};

export const bookOf = async (house: House, centre: string, version: string): Promise<RuleBook> => {
  const [id = '', nth] = version.split('@');
  const head = await house.store.head(centre, { kind: 'rulebook', id });
  const found =
    head?.version === Number(nth)
      ? head
      : ((await house.store.refold(centre, { kind: 'rulebook', id }, Number(nth))) as
          | Head<'rulebook'>
          | undefined);
  if (!found) throw new Error(`rule book ${version} is gone`);
  return found.state.book;
};

/** The counted things of a month as they are now. */
export const currentFacts = async (house: House, centre: string, month: Month): Promise<CutFacts> => {
  const heads = await house.store.month(centre, month, true);
  return {
    cases: heads.case.flatMap((head) => countedCase(head.state) ?? []),
    bonuses: heads.bonus.flatMap((head) => countedBonus(head.state) ?? []),
  };
};

/** The counted things of a cut: heads that have moved on are folded anew up to the version the cut names. */
export const cutFacts = async (
  house: House,
  centre: string,
  cut: CutManifest,
  loaded?: MonthPartition,
): Promise<CutFacts> => {
  const heads = loaded ?? (await house.store.month(centre, cut.month, true));
  const at = async <K extends 'case' | 'bonus'>(
    kind: K,
    list: readonly Head<K>[],
    wanted: readonly [string, number][],
  ): Promise<Head<K>[]> => {
    const now = new Map(list.map((head) => [head.ref.id, head]));
    return Promise.all(
      wanted.map(async ([id, version]) => {
        const head = now.get(id);
        if (head?.version === version) return head;
        const then = await house.store.refold(centre, { kind, id }, version);
        if (then?.version !== version) throw new Error(`${id} has lost version ${version}`);
        return then as Head<K>;
      }),
    );
  };
  const [cases, bonuses] = await Promise.all([
    at('case', heads.case, cut.cases),
    at('bonus', heads.bonus, cut.bonuses),
  ]);
  return {
    cases: cases.flatMap((head) => countedCase(head.state) ?? []),
    bonuses: bonuses.flatMap((head) => countedBonus(head.state) ?? []),
  };
};

/** A summed or frozen month, recomputed from its cut; from heads already loaded, where the caller has them. */
export const recompute = async (
  house: House,
  centre: string,
  month: Month,
  cut: Cut,
  loaded?: MonthPartition,
): Promise<{
  manifest: CutManifest;
  facts: CutFacts;
  book: RuleBook;
  scores: Score[];
  units: UnitScore[];
}> => {
  const manifest = await loadCut(house, centre, month, cut);
  const [facts, book] = await Promise.all([
    cutFacts(house, centre, manifest, loaded),
    bookOf(house, centre, manifest.ruleBook),
  ]);
  const scores = scoresOf(book, manifest, facts);
  return { manifest, facts, book, scores, units: unitScoresOf(book, manifest, facts, scores) };
};
