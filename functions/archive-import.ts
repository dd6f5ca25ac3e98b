// An archive comes in elsewhere: every file against its hash before anything is written, every item as it lay, and in the
// end the journal's head must be the one the archive names. Only into a place that does not know the centre.
import * as z from 'zod';
import { dayOf } from '../shared/time.ts';
import { type ArchiveList, hashOf, journalHead, listName, type Shelf } from './archive.ts';
import type { House } from './house.ts';
import { centreKey, movedKey, paperPartition } from './keys.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const list = z.strictObject({
  format: z.literal('mingchuang-archive-1'),
  centre: z.string(),
  name: z.string(),
  writtenAt: z.string(),
  journal: z.strictObject({ events: z.int(), head: digest }),
  files: z.array(
    z.strictObject({
      name: z.string().regex(/^(items|evidence)-\d{5}\.ndjson$/),
      sha256: digest,
      items: z.int(),
    }),
  ),
  papers: z.array(z.strictObject({ key: z.string(), sha256: digest })),
  evidence: z.strictObject({ files: z.int() }).exactOptional(),
});
/** A file of evidence whose bytes came along. */
const taken = z.looseObject({
  key: z.string(),
  sha256: digest,
  size: z.int(),
  mediaType: z.string(),
  keepUntil: z.string().exactOptional(),
});
type Taken = z.infer<typeof taken>;
const item = z.looseObject({ pk: z.string(), sk: z.string() });

/** What an archive is not, or what stands in its way; one Chinese sentence. */
export class ArchiveRefused extends Error {
  override name = 'ArchiveRefused';
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Reads every file through and compares its hash. @throws {ArchiveRefused} at the first that differs */
export const checkArchive = async (shelf: Shelf): Promise<ArchiveList> => {
  const read = list.safeParse(JSON.parse(text(await shelf.get(listName))));
  if (!read.success) throw new ArchiveRefused('这不是本系统的档案包,或没有写完');
  for (const { name, sha256 } of read.data.files)
    if (hashOf(await shelf.get(name)) !== sha256) throw new ArchiveRefused(`档案包中的 ${name} 被改动过`);
  for (const { key, sha256 } of read.data.papers)
    if (hashOf(await shelf.get(`papers/${key}`)) !== sha256)
      throw new ArchiveRefused(`档案包中的文书 ${key} 被改动过`);
  let counted = 0;
  for await (const { key, sha256 } of evidenceOf(shelf, read.data)) {
    counted += 1;
    if (hashOf(await shelf.get(`evidence/${key}`)) !== sha256)
      throw new ArchiveRefused(`档案包中的证据 ${key} 被改动过`);
  }
  if (read.data.evidence !== undefined && counted !== read.data.evidence.files)
    throw new ArchiveRefused(`档案包中的证据缺了 ${read.data.evidence.files - counted} 个`);
  return read.data;
};

/** The files of evidence whose bytes are in the archive, by its own lines. */
async function* evidenceOf(shelf: Shelf, { files, evidence }: ArchiveList): AsyncGenerator<Taken> {
  if (evidence === undefined) return;
  for (const { name } of files) {
    if (!name.startsWith('evidence-')) continue;
    for (const line of text(await shelf.get(name))
      .trimEnd()
      .split('\n')) {
      const read = taken.safeParse(JSON.parse(line));
      if (read.success) yield read.data;
    }
  }
}

/** Puts a paper where it lay, and says which version the store calls it now, where somebody asks for it by version. */
export type PutPaper = (key: string, bytes: Uint8Array) => Promise<string | undefined>;

/** Puts a file of evidence where it lay, once; answers the version the store gave it. */
export type PutEvidence = (
  file: Pick<Taken, 'key' | 'sha256' | 'mediaType'>,
  bytes: Uint8Array,
) => Promise<string>;

/**
 * Brings a checked archive in; a break is taken up by calling it again with `again`. Heads and events are written as
 * they lay, byte for byte, so hashes, chains and seals stay true.
 * @throws {ArchiveRefused} when the centre is there already, or the journal comes out otherwise than the archive says
 */
export const importArchive = async (
  house: House,
  shelf: Shelf,
  putPaper: PutPaper,
  { again = false, putEvidence }: { again?: boolean; putEvidence?: PutEvidence } = {},
): Promise<ArchiveList> => {
  const archive = await checkArchive(shelf);
  const { store } = house;
  const known = await store.get(centreKey(archive.centre), 'centre');
  if (known && !again) throw new ArchiveRefused(`这里已经有中心 ${archive.centre}`);
  for (const { name } of archive.files) {
    if (!name.startsWith('items-')) continue;
    const lines = text(await shelf.get(name))
      .trimEnd()
      .split('\n');
    await store.putAll(lines.map((line) => item.parse(JSON.parse(line))));
  }
  const versions = new Map<unknown, string | undefined>();
  for (const { key } of archive.papers)
    versions.set(key, await putPaper(key, await shelf.get(`papers/${key}`)));
  // The register of papers names each by its version, which every store gives anew; the hash beside it stays.
  for (const paper of await store.partition<z.infer<typeof item>>('papers', paperPartition(archive.centre))) {
    const version = versions.get(paper.object);
    if (version !== undefined) await store.put({ ...paper, version });
  }
  for await (const file of evidenceOf(shelf, archive)) {
    if (putEvidence === undefined) throw new ArchiveRefused('这里不能放证据文件');
    const version = await putEvidence(file, await shelf.get(`evidence/${file.key}`));
    await store.put({ ...movedKey(archive.centre, file.key), version });
    if (file.keepUntil !== undefined) await house.files.lock(file.key, version, file.keepUntil);
  }
  const journal = await journalHead(store, archive.centre, dayOf(archive.writtenAt));
  if (journal.head !== archive.journal.head || journal.events !== archive.journal.events)
    throw new ArchiveRefused('导入后的日志与档案包不一致');
  return archive;
};
