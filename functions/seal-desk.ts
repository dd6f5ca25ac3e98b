// What the auditor is shown of the journal: the list of seals, and one seal with what lies under it. Changes nothing.
import { type Actor, about, may } from '../shared/access.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { readChunk, type Seal, sealCode, sealLine } from '../shared/seal.ts';
import { type Day, dayOf } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { House } from './house.ts';
import { sealAlarmKey, sealChunkObject, sealKey, sealPartition, sha256 } from './keys.ts';
import type { Paging } from './lists.ts';
import { readSeal, type SealItem } from './seals.ts';

const shown = (of: Seal, digest: string) => ({
  day: of.day,
  digest,
  code: sealCode(digest),
  prev: of.prev,
  sealedAt: of.sealedAt,
  events: of.events,
  late: of.late,
  line: sealLine(of, digest),
});

/** The seals, the latest first. */
export const listSeals = async (
  house: House,
  centre: string,
  actor: Actor,
  { limit, after }: Paging,
): Promise<Result<View<'seal.list'>>> => {
  const allowed = may(actor, 'journal.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const found = await house.store.query<SealItem>('seals', {
    KeyConditionExpression: 'pk = :pk AND sk < :before',
    ExpressionAttributeValues: {
      ':pk': sealPartition(centre),
      ':before': after ?? sealAlarmKey(centre).sk,
    },
    ScanIndexForward: false,
    Limit: limit + 1,
  });
  const items = found.slice(0, limit).flatMap((item) => {
    const read = readSeal(item.seal);
    return read ? [shown(read, item.digest)] : [];
  });
  return ok({ items, next: found.length > limit ? (items.at(-1)?.day ?? null) : null });
};

/** One seal and a part of its list, as it lies locked in the bucket; refuses with `seal.broken` when it is not that. */
export const readOneSeal = async (
  house: House,
  centre: string,
  actor: Actor,
  { day, part }: { day: Day; part: number },
): Promise<Result<View<'seal.read'>>> => {
  const allowed = may(actor, 'journal.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const item = await house.store.get<SealItem>(sealKey(centre, day), 'seal');
  if (!item) return refuse('thing.not-found');
  const read = readSeal(item.seal);
  if (!read || sha256(item.seal) !== item.digest) return refuse('seal.broken');
  const chunk = read.chunks[part];
  if (!chunk && part > 0) return refuse('thing.not-found');
  const whole = { ...shown(read, item.digest), part, parts: read.chunks.length };
  if (!chunk) return ok({ ...whole, entries: [] });
  const kept = await house.seals.first(sealChunkObject(centre, day, chunk.digest));
  const entries = kept && sha256(kept.text) === chunk.digest ? readChunk(kept.text) : undefined;
  return entries ? ok({ ...whole, entries }) : refuse('seal.broken');
};
