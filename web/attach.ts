// Files that go with a paper (a scan, an attachment of an answer): described first, sent after the record that announces
// them. For desks and people's pages, which are on line; the tablet's queue, which outlives a restart, is another matter.
import { type ManifestEntry, manifestEntry, partSize, smallFileLimit } from '../shared/evidence.ts';
import type { View } from '../shared/views.ts';
import { type Outcome, patience, post, type Refusal } from './client.ts';
import { houseNow } from './clock.ts';

export interface Picked {
  file: File;
  entry: ManifestEntry;
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (part: Blob): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', await part.arrayBuffer()));

const kindOf = (type: string): ManifestEntry['kind'] =>
  type.startsWith('video/') ? 'video' : type.startsWith('audio/') ? 'audio' : 'document';

const partsOf = (file: File): Blob[] =>
  Array.from({ length: Math.ceil(file.size / partSize) }, (_, nth) =>
    file.slice(nth * partSize, (nth + 1) * partSize),
  );

/** What a record says of a file before it travels; nobody has looked yet whether it may be one. */
export const described = async (file: File, kind: ManifestEntry['kind']) => ({
  name: file.name.slice(-120),
  kind,
  mediaType: file.type,
  size: file.size,
  sha256: await sha256(file),
  takenAt: new Date(Math.min(file.lastModified, houseNow().getTime())).toISOString(),
  ...(file.size > smallFileLimit ? { parts: await Promise.all(partsOf(file).map(sha256)) } : {}),
});

/** A file as its record will announce it; a sentence when it cannot be taken. */
export const pick = async (file: File): Promise<Picked | string> => {
  const entry = manifestEntry.safeParse(await described(file, kindOf(file.type)));
  return entry.success
    ? { file, entry: entry.data }
    : `${file.name}:${entry.error.issues[0]?.message ?? '不能作为附件'}`;
};

interface Put {
  url: string;
  headers: Record<string, string>;
}
const arrived = async ({ url, headers }: Put, body: Blob): Promise<boolean> => {
  const sent = await fetch(url, { method: 'PUT', headers, body, signal: patience(body.size) }).catch(
    () => undefined,
  );
  // 412: the very same bytes lie there already, since files are written once.
  return sent?.ok === true || sent?.status === 412;
};

/** How a file's way is asked for: of a record, by somebody who signed in, unless told otherwise. */
export interface Upload {
  plan(n: number): Promise<Outcome<View<'evidence.upload'>>>;
  complete(n: number): Promise<Outcome<View<'evidence.complete'>>>;
}
const uploadOf = (record: string): Upload => {
  const at = (n: number, verb: string): string => `/api/evidence/${encodeURIComponent(record)}/${n}/${verb}`;
  return {
    plan: (n) => post('evidence.upload', at(n, 'upload')),
    complete: (n) => post('evidence.complete', at(n, 'complete')),
  };
};

/** Sends the nth file of a record, or what of it is not there yet. Undefined when it arrived. */
export const sendFile = async (
  record: string,
  n: number,
  file: File,
  upload: Upload = uploadOf(record),
): Promise<Refusal | undefined> => {
  const plan = await upload.plan(n);
  if (!plan.ok) return plan.refusal;
  if (plan.value.state === 'received') return undefined;
  const puts: { put: Put; body: Blob }[] =
    plan.value.state === 'put'
      ? [{ put: plan.value.put, body: file }]
      : plan.value.state === 'parts'
        ? plan.value.parts.flatMap(({ n: nth, have, put }) =>
            have || !put ? [] : [{ put, body: file.slice((nth - 1) * partSize, nth * partSize) }],
          )
        : [];
  for (const { put, body } of puts)
    if (!(await arrived(put, body)))
      return {
        ...{ code: 'offline', detail: `附件“${file.name}”没有传完`, retry: true },
        next: '请保持网络,再点一次上传',
      };
  const done = await upload.complete(n);
  return done.ok ? undefined : done.refusal;
};

export interface Announced {
  n: number;
  sha256: string;
  state: string;
}

/** Sends what the record announced and the store does not have yet. Undefined when all arrived. */
export const sendFiles = async (
  record: string,
  announced: readonly Announced[],
  picked: readonly Picked[],
  upload: Upload = uploadOf(record),
): Promise<Refusal | undefined> => {
  for (const { file, entry } of picked) {
    const own = announced.findLast(
      (one) => one.sha256 === entry.sha256 && (one.state === 'announced' || one.state === 'rejected'),
    );
    const refusal = own && (await sendFile(record, own.n, file, upload));
    if (refusal) return refusal;
  }
  return undefined;
};
