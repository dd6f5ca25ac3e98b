// An archive by a call of the operator: laid down in the bucket of papers with {"centre":"…"}, with {"centre":"…","files":true}
// the bytes of the evidence too, and with {"check":"<prefix>"} every file of one read through. See local/archive.ts for the
// same on one machine, and for the way in elsewhere.
import type { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { writeArchive } from './archive.ts';
import { checkArchive } from './archive-import.ts';
import { bucketPapers, bucketShelf } from './bucket-shelf.ts';
import type { House } from './house.ts';

const wanted = z.union([
  z.strictObject({ centre: z.string().min(1), files: z.boolean().default(false) }),
  z.strictObject({ check: z.string().regex(/^[a-z][a-z0-9-]*\/archives\/[^/]+\/$/) }),
]);

/** Where it was laid, how many events and files there are, and the journal's head. @throws {ArchiveRefused} what is not whole */
export const answerArchiveCall = async (
  house: House,
  { client, papers, evidence }: { client: S3Client; papers: string; evidence: string },
  call: unknown,
) => {
  const asked = wanted.parse(call);
  if ('check' in asked) {
    const { journal, evidence: along } = await checkArchive(bucketShelf(client, papers, asked.check));
    return { prefix: asked.check, ...journal, files: along?.files ?? 0 };
  }
  const { centre, files } = asked;
  const prefix = `${centre}/archives/${house.clock().replace(/[:.]/g, '-')}/`;
  const shelf = bucketShelf(client, papers, prefix, evidence);
  const list = await writeArchive(house, centre, shelf, bucketPapers(client, papers), { files });
  return { prefix, ...list.journal, files: list.evidence?.files ?? 0 };
};
