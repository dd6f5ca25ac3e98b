// Where the files that came with a new record go, told with the answer: one journey less on a bad line. Whoever has just
// reported may send them; everything later (a broken line, large files, files added) asks for its plan.
import { evidenceKey, manifest, smallFileLimit } from '../shared/evidence.ts';
import type { House } from './house.ts';

/** Upload addresses for the small files of a record made by these fields; none when they carry no files. */
export const firstUploads = async (
  house: House,
  centre: string,
  record: string,
  fields: unknown,
): Promise<{ n: number; put: { url: string; headers: Record<string, string> } }[]> => {
  const files = manifest.safeParse(
    typeof fields === 'object' && fields !== null && 'evidence' in fields ? fields.evidence : [],
  );
  const small = (files.data ?? []).flatMap((file, index) =>
    file.size <= smallFileLimit ? [{ n: index + 1, file }] : [],
  );
  return Promise.all(
    small.map(async ({ n, file }) => ({
      n,
      put: await house.files.putWhole(evidenceKey(centre, record, { n, sha256: file.sha256 }), file),
    })),
  );
};
