// `npm run archive -- …`: a centre's whole record as a folder, and back; on this machine or in a deployment, with the
// operator's own credentials.
//   npm run archive -- write --centre jiangyin --folder 江阴档案 [--files] [--stage world]
//     --files takes the bytes of the evidence along, too
//   npm run archive -- check --folder 江阴档案
//   npm run archive -- import --folder 江阴档案 [--stage other] [--again]
// Instead of a folder --prefix names an archive in the bucket of papers of --from, as the deployed function laid it down:
//   npm run archive -- import --from world --prefix jiangyin/archives/2026-11-22T…/ --stage other
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type ArchiveList, type Shelf, writeArchive } from '../functions/archive.ts';
import {
  ArchiveRefused,
  checkArchive,
  importArchive,
  type PutEvidence,
} from '../functions/archive-import.ts';
import { bucketPapers, bucketShelf, putObject } from '../functions/bucket-shelf.ts';
import { openPlace, type Place } from './place.ts';
import { StartProblem } from './table-engine.ts';

/** A folder as the shelf of an archive; nothing is written or read outside it. */
export const folderShelf = (folder: string): Shelf => {
  const root = resolve(folder);
  const at = (name: string): string => {
    const path = resolve(join(root, name));
    if (!path.startsWith(`${root}${sep}`)) throw new ArchiveRefused(`档案包中的名字不对:${name}`);
    return path;
  };
  return {
    put: async (name, bytes) => {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), bytes);
    },
    get: async (name) => readFileSync(at(name)),
  };
};

/** Seals are laid down under their lock again; what lies there already is left. */
export const putPaperIn =
  ({ house, s3, papers }: Pick<Place, 'house' | 's3' | 'papers'>) =>
  async (key: string, bytes: Uint8Array): Promise<string | undefined> => {
    if (!/^[^/]+\/seals\//.test(key)) return putObject(s3, papers, key, bytes);
    await house.seals.putOnce(key, Buffer.from(bytes).toString('utf8'), house.clock());
    return undefined;
  };

/** Evidence is put once; a broken import finds what it put before. */
export const putEvidenceIn =
  ({ house, s3, evidence }: Pick<Place, 'house' | 's3' | 'evidence'>): PutEvidence =>
  async ({ key, sha256, mediaType }, bytes) => {
    const there = await house.files.stored(key);
    if (there?.sha256 === sha256) return there.version;
    const put = await s3.send(
      new PutObjectCommand({
        ...{ Bucket: evidence, Key: key, Body: bytes, ContentType: mediaType, IfNoneMatch: '*' },
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      }),
    );
    return put.VersionId ?? 'null';
  };

const said = ({ centre, name, journal, files, papers, evidence }: ArchiveList): string =>
  `${name}(${centre}):${journal.events} 条记录,${files.length} 个文件,${papers.length} 份文书,${evidence ? `${evidence.files} 个证据文件` : '证据只有清单'}\n日志首部 ${journal.head}`;

/** An archive that lies somewhere: read through by its own hashes, or in elsewhere. */
const brought = async (
  work: 'check' | 'import',
  shelf: Shelf,
  { stage, again }: { stage: string | undefined; again: boolean },
): Promise<void> => {
  if (work === 'check') return console.log(`✓ 完整 ${said(await checkArchive(shelf))}`);
  const place = await openPlace(stage);
  try {
    const putEvidence = putEvidenceIn(place);
    const list = await importArchive(place.house, shelf, putPaperIn(place), { again, putEvidence });
    console.log(`✓ 已导入 ${said(list)}`);
  } finally {
    await place.close();
  }
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: 'string' },
      centre: { type: 'string' },
      folder: { type: 'string' },
      from: { type: 'string' },
      prefix: { type: 'string' },
      again: { type: 'boolean', default: false },
      files: { type: 'boolean', default: false },
    },
  });
  const { folder, centre, stage, again, files, from, prefix } = values;
  const [work] = positionals;
  if (prefix !== undefined && (work === 'check' || work === 'import')) {
    const source = await openPlace(from);
    try {
      return await brought(work, bucketShelf(source.s3, source.papers, prefix), { stage, again });
    } finally {
      await source.close();
    }
  }
  if (folder === undefined || (work === 'write' && centre === undefined))
    throw new StartProblem('npm run archive -- write | check | import --folder <文件夹> [--centre <编号>]');
  const shelf = folderShelf(folder);
  if (work === 'check' || work === 'import') return brought(work, shelf, { stage, again });
  if (work !== 'write') throw new StartProblem(`没有 ${work ?? ''} 这个动作`);
  if (existsSync(join(folder, 'archive.json')))
    throw new StartProblem(`${folder} 里已有一个档案包,请换一个文件夹`);
  const place = await openPlace(stage);
  try {
    const papers = bucketPapers(place.s3, place.papers);
    console.log(`✓ 已写出 ${said(await writeArchive(place.house, centre ?? '', shelf, papers, { files }))}`);
  } finally {
    await place.close();
  }
};

if (import.meta.main)
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof StartProblem || error instanceof ArchiveRefused ? error.message : error);
      process.exit(1);
    },
  );
