// `npm run restore-rehearsal`: proof that what is kept can be brought back. Every centre of a place goes out as an archive with
// its files, into engines that hold nothing, and is verified there: the same journal, every stream replayed, every file
// read. The place is only read; --stage names a deployment, or a restored table of one (docs/operations.md).
// --access-log holds the reads of the evidence bucket, as copied from its log bucket, against the look-up registers.
//   npm run restore-rehearsal [-- --centre jiangyin] [--stage world] [--keep 文件夹] [--access-log 文件夹]
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeArchive } from '../functions/archive.ts';
import { ArchiveRefused, importArchive } from '../functions/archive-import.ts';
import { bucketPapers } from '../functions/bucket-shelf.ts';
import { folderShelf, putEvidenceIn, putPaperIn } from './archive.ts';
import { engineKeys } from './machine.ts';
import { onThisMachine, openPlace, type Place } from './place.ts';
import { StartProblem } from './table-engine.ts';
import { verifyCentre } from './verification.ts';

type Side = Pick<Place, 'house' | 's3' | 'evidence' | 'papers'>;

export interface Rehearsed {
  centre: string;
  events: number;
  files: number;
  papers: number;
  looks: number;
  /** The hash over the journal, the same on both sides or the import was refused. */
  head: string;
  /** What the verification of the restored side found wrong. */
  bad: string[];
  seconds: number;
}

/** One centre out of `from` and into `into`, by way of an archive in `folder`. @throws ArchiveRefused when it does not come out the same */
export const rehearse = async (
  from: Side,
  into: Side,
  centre: string,
  folder: string,
  accessLog?: string,
): Promise<Rehearsed> => {
  const start = performance.now();
  const shelf = folderShelf(folder);
  await writeArchive(from.house, centre, shelf, bucketPapers(from.s3, from.papers), { files: true });
  const list = await importArchive(into.house, shelf, putPaperIn(into), {
    putEvidence: putEvidenceIn(into),
  });
  const { store, clock } = into.house;
  const { bad, looks } = await verifyCentre(store, centre, clock(), into.house, accessLog);
  return {
    ...{ centre, events: list.journal.events, head: list.journal.head },
    ...{ files: list.evidence?.files ?? 0, papers: list.papers.length, looks, bad },
    seconds: Math.round((performance.now() - start) / 100) / 10,
  };
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      centre: { type: 'string' },
      keep: { type: 'string' },
      'access-log': { type: 'string' },
    },
  });
  const folder = resolve(values.keep ?? mkdtempSync(join(tmpdir(), 'mingchuang-rehearsal-')));
  if (values.keep !== undefined && existsSync(folder))
    throw new StartProblem(`${folder} 已经在了,请换一个文件夹`);
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  engineKeys(data);
  const from = await openPlace(values.stage);
  const into = await onThisMachine(data);
  let bad = 0;
  try {
    const all = (await from.house.store.centres()).map(({ sk }) => sk);
    const centres = values.centre === undefined ? all : [values.centre];
    if (centres.length === 0) throw new StartProblem(`${from.name} 还没有中心`);
    for (const centre of centres) {
      const done = await rehearse(from, into, centre, join(folder, 'archives', centre), values['access-log']);
      bad += done.bad.length;
      console.log(
        `${done.bad.length === 0 ? '✓' : '✗'} ${centre}:${done.events} 条记录、${done.files} 个证据文件、${done.papers} 份文书已恢复并核验,用时 ${done.seconds} 秒\n  日志首部 ${done.head}`,
      );
      if (done.bad[0] !== undefined) console.error(`  恢复后不完整,首条 · ${done.bad[0]}`);
    }
    return bad === 0 ? 0 : 1;
  } finally {
    await into.close();
    await from.close();
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main)
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof StartProblem || error instanceof ArchiveRefused ? error.message : error);
      process.exit(1);
    },
  );
