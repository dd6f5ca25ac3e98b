// Photos for a paper: each is a look, registered with its reason before the bytes are read. Large ones stay on the disc: a
// paper travels through the API.
import type { Actor } from '../shared/access.ts';
import { ok, type Result } from '../shared/problems.ts';
import { type FileOf, findFile, versionHere, viewEvidence } from './evidence.ts';
import type { House } from './house.ts';
import { pictureSize } from './picture-size.ts';

export interface Photo {
  bytes: Buffer;
  width: number;
  height: number;
}

/** All photos of one paper, in bytes. */
export const photosLimit = 3 * 1024 * 1024;

/** The bytes of a received photo; undefined for what no paper can carry or what is longer than `room`. */
export const photoFor = async (
  house: House,
  centre: string,
  actor: Actor,
  of: FileOf,
  look: { reason: string; commandId: string },
  room = photosLimit,
): Promise<Result<Photo | undefined>> => {
  const found = await findFile(house, centre, of);
  if (found?.file.kind !== 'photo' || found.entry.state !== 'received' || found.file.size > room)
    return ok(undefined);
  const seen = await viewEvidence(house, centre, actor, { ...of, ...look });
  if (!seen.ok) return seen;
  const bytes = await house.files.readWhole(found.key, await versionHere(house, centre, found));
  const shape = bytes && pictureSize(bytes);
  return ok(bytes && shape ? { bytes, ...shape } : undefined);
};
