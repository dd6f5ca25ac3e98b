// The bytes of evidence against what the records say: the received version is there and has its hash, nothing lies over
// it, what was purged is gone, and nothing is there that no record announced.
import { versionHere } from '../functions/evidence.ts';
import type { KeptVersion } from '../functions/evidence-store.ts';
import type { House } from '../functions/house.ts';
import type { Head } from '../functions/store.ts';
import { type EvidenceEntry, evidenceKey } from '../shared/evidence.ts';

type Bad = (record: string, what: string) => void;

const entriesOf = (head: Head): readonly EvidenceEntry[] =>
  'evidence' in head.state && Array.isArray(head.state.evidence) ? head.state.evidence : [];

const atOnce = 8;

/** Reads every file through. Answers how many were whole. */
export const checkEvidence = async (
  house: House,
  centre: string,
  heads: readonly Head[],
  bad: Bad,
): Promise<number> => {
  const lying = await house.files.everyVersion(`${centre}/evidence/`);
  const files = heads.flatMap((head) =>
    entriesOf(head).map((entry) => ({ head, entry, key: evidenceKey(centre, head.ref.id, entry) })),
  );
  const known = new Set(files.map(({ key }) => key));
  let whole = 0;
  const check = async ({ head, entry, key }: (typeof files)[number]): Promise<void> => {
    const what = await wrong(house, centre, entry, key, lying.get(key) ?? []);
    if (what !== undefined) bad(`证据 ${head.ref.id}~${entry.n}`, what);
    else if (entry.state === 'received') whole += 1;
  };
  for (let start = 0; start < files.length; start += atOnce)
    await Promise.all(files.slice(start, start + atOnce).map(check));
  for (const key of lying.keys()) if (!known.has(key)) bad(`证据 ${key}`, '没有任何记录登记过此文件');
  return whole;
};

const wrong = async (
  house: House,
  centre: string,
  entry: EvidenceEntry,
  key: string,
  versions: readonly KeptVersion[],
): Promise<string | undefined> => {
  switch (entry.state) {
    case 'received': {
      const here = await versionHere(house, centre, { key, entry });
      if (!versions.some(({ version }) => version === here)) return '收妥的文件已不在';
      const hash = await house.files.readHash(key, here).catch(() => undefined);
      if (hash !== entry.sha256) return '文件内容与登记的散列不符';
      return versions.length > 1 ? '收妥的文件另有版本或删除标记' : undefined;
    }
    case 'purged':
      return versions.length > 0 ? '已登记清除,而文件仍在' : undefined;
    // On its way, or refused a moment ago: what lies there is not yet, or no more, believed.
    case 'announced':
    case 'uploaded':
    case 'rejected':
      return undefined;
  }
};
