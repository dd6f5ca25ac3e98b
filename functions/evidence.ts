// The way of a file: what the device still has to send, the check before anything is called received, the registered
// view, the purge. Bytes never pass through here; the record says what was announced, the store what is there.
import { type Actor, may, system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { Recorded } from '../shared/events.ts';
import {
  type EvidenceEntry,
  evidenceId,
  evidenceKey,
  type ManifestEntry,
  smallFileLimit,
} from '../shared/evidence.ts';
import { aboutRecord, type EvidenceKind, recordOfEvidence } from '../shared/evidence-decide.ts';
import { endSizes, isOther } from '../shared/file-content.ts';
import { monthOfId } from '../shared/ids.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import { dayOf, type Instant, monthOf, plusMonths } from '../shared/time.ts';
import { derivedCommandId } from './derived-id.ts';
import type { Ends, PartPlan, Put, StoredFile } from './evidence-store.ts';
import type { House } from './house.ts';
import { movedKey, refInIndex, uploadKey } from './keys.ts';
import { run } from './run.ts';
import { type EventItem, type Head, readEvent } from './store.ts';

export interface FileOf {
  record: string;
  n: number;
}

/** What is still to be done about a file. `checking`: all parts are there, the hash of the whole is being read. */
export type UploadPlan =
  | { state: 'received' | 'checking' | 'rejected' | 'purged' }
  | { state: 'put'; put: Put }
  | { state: 'parts'; parts: PartPlan[] };

export interface Found {
  head: Head<EvidenceKind>;
  entry: EvidenceEntry;
  file: ManifestEntry;
  key: string;
}

/** One file of a record as announced and as stored; undefined when there is none of that number. */
export const findFile = async (house: House, centre: string, of: FileOf): Promise<Found | undefined> => {
  const { kind, id } = recordOfEvidence(evidenceId(of.record, of.n));
  // Most files come with the report itself, so its event is read at the same time.
  const [head, report] = await Promise.all([
    house.store.head(centre, { kind, id }),
    house.store.event(centre, { kind, id }, 1),
  ]);
  const entry = head?.state.evidence.find((one) => one.n === of.n);
  if (!head || !entry) return undefined;
  const file = await announcedFile(house, centre, head, entry, report);
  return { head, entry, file, key: evidenceKey(centre, id, entry) };
};

/**
 * The version that lies here of a file that was received: as it was recorded, or, where an archive brought it in, as this
 * store called it then; its hash was compared at that moment.
 */
export const versionHere = async (
  house: House,
  centre: string,
  { key, entry }: Pick<Found, 'key' | 'entry'>,
): Promise<string> => {
  const moved = await house.store.get<{ version: string }>(movedKey(centre, key), 'moved');
  return moved?.version ?? entry.storedVersion ?? '';
};

/** The manifest entry in the event that announced the file; the head keeps no part hashes. */
const announcedFile = async (
  house: House,
  centre: string,
  head: Head<EvidenceKind>,
  entry: EvidenceEntry,
  report: EventItem | undefined,
): Promise<ManifestEntry> => {
  const item =
    entry.announcedIn === 1 ? report : await house.store.event(centre, head.ref, entry.announcedIn);
  if (!item) throw new Error(`${head.ref.id} has lost version ${entry.announcedIn}`);
  const { event } = readEvent(item);
  // The paper of an answer brings its own files; of a signature on paper they stand beside it.
  const announcing = 'paper' in event && event.paper && 'evidence' in event.paper ? event.paper : event;
  const files = 'evidence' in announcing && Array.isArray(announcing.evidence) ? announcing.evidence : [];
  const first = head.state.evidence.findIndex((one) => one.announcedIn === entry.announcedIn) + 1;
  const file = files[entry.n - first];
  if (!file) throw new Error(`${head.ref.id} announced no file ${entry.n}`);
  return file;
};

const aboutHead = (head: Head<EvidenceKind>) => {
  const { kind } = head.ref;
  return aboutRecord(kind, head.state as States[typeof kind]);
};

const mayUpload = (house: House, actor: Actor, found: Found): Result<true> => {
  const facts = aboutHead(found.head);
  const allowed = may(actor, 'evidence.upload', facts, dayOf(house.clock()));
  if (allowed.ok) return ok(true);
  return facts.sealed && !facts.reporters.includes(actor.person) ? refuse('thing.not-found') : allowed;
};

/** Which bytes the device still has to send, and where to; asked again after every broken line. */
export const uploadPlan = async (
  house: House,
  centre: string,
  actor: Actor,
  of: FileOf,
): Promise<Result<UploadPlan>> => {
  const found = await findFile(house, centre, of);
  if (!found) return refuse('thing.not-found');
  const allowed = mayUpload(house, actor, found);
  if (!allowed.ok) return allowed;
  switch (found.entry.state) {
    case 'received':
    case 'purged':
    case 'rejected':
      return ok({ state: found.entry.state });
    case 'uploaded':
      return ok({ state: 'checking' });
    case 'announced':
      return ok(
        found.file.size <= smallFileLimit
          ? { state: 'put', put: await house.files.putWhole(found.key, found.file) }
          : { state: 'parts', parts: await partsOf(house, centre, of, found) },
      );
  }
};

/** One multipart upload a file, whoever asks; begun anew when the store has let it go. */
const partsOf = async (house: House, centre: string, of: FileOf, found: Found): Promise<PartPlan[]> => {
  const at = uploadKey(centre, evidenceId(of.record, of.n));
  const known = await house.store.get<{ upload: string }>(at, 'upload');
  if (known) {
    const plan = await house.files.planParts(found.key, found.file, known.upload);
    if (plan) return plan;
  }
  const upload = await house.files.beginParts(found.key, found.file);
  const item = { ...at, upload };
  if (known) await house.store.put(item);
  else if (!(await house.store.putOnce(item))) return partsOf(house, centre, of, found);
  return (await house.files.planParts(found.key, found.file, upload)) ?? [];
};

/**
 * Says that the device has sent everything. Small files are received at once when size and hash agree; of large ones
 * the whole is read in the background first. Refuses with `evidence.not-complete` while bytes are missing.
 */
export const completeUpload = async (
  house: House,
  centre: string,
  actor: Actor,
  of: FileOf,
): Promise<Result<{ state: 'received' | 'checking' }>> => {
  const found = await findFile(house, centre, of);
  if (!found) return refuse('thing.not-found');
  const allowed = mayUpload(house, actor, found);
  if (!allowed.ok) return allowed;
  const { entry, file, key } = found;
  if (entry.state === 'received') return ok({ state: 'received' });
  if (entry.state === 'uploaded') return ok({ state: 'checking' });
  if (entry.state !== 'announced') return refuse('evidence.not-complete');
  const stored =
    (await house.files.lookInto(key, file.size, endSizes)) ?? (await joined(house, centre, of, found));
  if (!stored || stored.size !== file.size) return refuse('evidence.not-complete');
  const whole = stored.sha256 === file.sha256;
  if (whole && isOther(file.mediaType, stored.first, stored.last)) {
    const refused = await note(house, centre, found, 'reject', stored.version);
    return refused.ok ? refuse('evidence.other-content', file.name) : refused;
  }
  const verb = whole ? 'receive' : 'upload';
  const done = await note(house, centre, found, verb, stored.version);
  return done.ok ? ok({ state: whole ? 'received' : 'checking' }) : done;
};

/** Of a file of parts, which is looked into once its whole was read. */
const isSomethingElse = async (
  { files }: House,
  { key, file }: Pick<Found, 'key' | 'file'>,
  version: string,
): Promise<boolean> => {
  const { first, last } = await files.readEnds(key, version, file.size, endSizes);
  return isOther(file.mediaType, first, last);
};

const joined = async (
  house: House,
  centre: string,
  of: FileOf,
  { key, file }: Found,
): Promise<(StoredFile & Partial<Ends>) | undefined> => {
  if (file.size <= smallFileLimit) return undefined;
  const known = await house.store.get<{ upload: string }>(
    uploadKey(centre, evidenceId(of.record, of.n)),
    'upload',
  );
  if (!known || !(await house.files.joinParts(key, file, known.upload))) return undefined;
  return house.files.stored(key);
};

const note = async (
  house: House,
  centre: string,
  { head, entry }: Pick<Found, 'head' | 'entry'>,
  verb: 'receive' | 'upload' | 'reject',
  storedVersion: string,
): Promise<Result<true>> => {
  const done = await run(house, centre, system, commandNamed(`${head.ref.kind}.${verb}Evidence`), {
    commandId: derivedCommandId(verb, head.ref.id, String(entry.n), storedVersion),
    target: head.ref.id,
    fields: { n: entry.n, storedVersion },
    head,
  });
  // Somebody else has noted it in the meantime: that is what was wanted.
  return done.ok || done.problem.code === 'evidence.already-received' ? ok(true) : done;
};

/** Follow-up of `evidence.uploaded`: reads the whole and only then calls it received, or rejects and deletes it. */
export const checkWhole = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  if (recorded.event.type !== 'evidence.uploaded') return;
  const found = await findFile(house, centre, { record: recorded.stream, n: recorded.event.n });
  if (found?.entry.state !== 'uploaded') return;
  const { storedVersion } = recorded.event;
  const whole =
    (await house.files.readHash(found.key, storedVersion)) === found.entry.sha256 &&
    !(await isSomethingElse(house, found, storedVersion));
  const noted = await note(house, centre, found, whole ? 'receive' : 'reject', storedVersion);
  if (!noted.ok) throw new Error(noted.problem.code);
};

/** Follow-up of `evidence.rejected`: whoever takes files in may not delete any, so the bytes go here. */
export const dropRejected = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  if (recorded.event.type !== 'evidence.rejected') return;
  const found = await findFile(house, centre, { record: recorded.stream, n: recorded.event.n });
  if (found?.entry.state === 'rejected') await house.files.purge(found.key);
};

/** Follow-up of `evidence.received`: nobody may delete the version before its time. */
export const lockReceived = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  if (recorded.event.type !== 'evidence.received') return;
  const { n, storedVersion, keepUntil } = recorded.event;
  const found = await findFile(house, centre, { record: recorded.stream, n });
  if (found?.entry.state === 'received') await house.files.lock(found.key, storedVersion, keepUntil);
};

export interface ViewRequest extends FileOf {
  commandId: string;
  reason: string;
}

/**
 * Where a letter masked bystanders on a photo, its department gets that copy and never the original. A letter stands in
 * its department's index from its draft on, long before it is issued.
 */
const maskedFor = async (
  house: House,
  centre: string,
  actor: Actor,
  { record, n }: FileOf,
): Promise<FileOf | undefined> => {
  const outside = actor.grants.length > 0 && actor.grants.every(({ role }) => role === 'liaison');
  if (!outside || !record.startsWith('case-')) return undefined;
  const departments = [...new Set(actor.grants.flatMap(({ department }) => department ?? []))];
  const span = { from: monthOfId(record), to: plusMonths(monthOf(house.clock()), 1) };
  const keys = await Promise.all(
    departments.map((department) => house.store.index('subject', `${centre}#${department}`, span)),
  );
  const refs = keys.flat().flatMap((key) => {
    const ref = refInIndex(key.gsi2sk);
    return ref?.kind === 'letter' ? [ref] : [];
  });
  for (const { state } of (await house.store.heads(centre, refs)).values()) {
    if (!('masks' in state && 'issuedAt' in state)) continue;
    const mask = state.masks?.find(({ of }) => of === evidenceId(record, n));
    if (mask) return { record: state.id, n: mask.n };
  }
  return undefined;
};

/**
 * Registers the look and gives a URL for the checked version, good for a short time. No register entry, no URL. A
 * department's liaison gets the masked copy where its letter has one.
 */
export const viewEvidence = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: ViewRequest,
): Promise<Result<{ url: string; expires: Instant; sha256: string; mediaType: string }>> => {
  const request = { ...asked, ...(await maskedFor(house, centre, actor, asked)) };
  const evidence = evidenceId(request.record, request.n);
  const expires = new Date(Date.parse(house.clock()) + house.files.viewSeconds * 1000).toISOString();
  const seen = await run(house, centre, actor, commandNamed('lookup.view'), {
    commandId: request.commandId,
    fields: { evidence, reason: request.reason, expires },
  });
  if (!seen.ok) return seen;
  const found = await findFile(house, centre, request);
  if (found?.entry.state !== 'received' || found.entry.storedVersion === undefined)
    return refuse('evidence.not-received');
  const version = await versionHere(house, centre, found);
  const url = await house.files.viewUrl(found.key, version, found.file.name, seen.value.version);
  return ok({ url, expires, sha256: found.entry.sha256, mediaType: found.file.mediaType });
};

/** Night's work: deletes every version of a file whose time is over and leaves the fact in its record. */
export const purgeEvidence = async (house: House, centre: string, of: FileOf): Promise<Result<true>> => {
  const found = await findFile(house, centre, of);
  if (!found) return refuse('thing.not-found');
  const done = await run(house, centre, system, commandNamed(`${found.head.ref.kind}.purgeEvidence`), {
    commandId: derivedCommandId('purge', of.record, String(of.n)),
    target: found.head.ref.id,
    fields: { n: of.n },
  });
  if (!done.ok) return done;
  await house.files.purge(found.key);
  return ok(true);
};
