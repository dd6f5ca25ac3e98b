// Evidence: files announced by a manifest inside the record that carries them, received when the store has checked
// size and hash, write-once. Fold and rules shared by every kind of stream that carries files.
import * as z from 'zod';
import { oneLine } from './free-text.ts';
import type { Day, Instant } from './time.ts';

export const smallFileLimit = 8 * 1024 * 1024;
export const partSize = 8 * 1024 * 1024;
const fileLimit = 500 * 1024 * 1024;
const filesLimit = 12;
/** Told wherever files are chosen, before anybody has filled in anything. */
export const limitWords = `单个不超过 ${fileLimit / 1024 / 1024} MB,最多 ${filesLimit} 个`;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 写作 64 位小写十六进制');

/** What the hall takes; a file must also be this by its own bytes (shared/file-content.ts). */
export const mediaTypes = {
  photo: ['image/jpeg', 'image/png', 'image/webp'],
  video: ['video/mp4', 'video/webm', 'video/quicktime'],
  audio: ['audio/mp4', 'audio/webm', 'audio/mpeg', 'audio/wav'],
  document: ['application/pdf', 'image/jpeg', 'image/png'],
} as const;

/** What a device says of one file before it travels. Sizes in bytes; hashes of the whole, and of each part of 8 MiB when larger than that. */
export const manifestEntry = z
  .strictObject({
    name: oneLine(120),
    kind: z.enum(['photo', 'video', 'audio', 'document']),
    mediaType: z.string().max(60),
    size: z
      .int()
      .min(1, '空文件不能作为证据')
      .max(fileLimit, `单个文件最大 ${fileLimit / 1024 / 1024} MB`),
    sha256,
    parts: z.array(sha256).max(100).optional(),
    takenAt: z.iso.datetime({ precision: 3 }),
    seconds: z.number().min(0).max(86_400).optional(),
  })
  .superRefine((file, context) => {
    const allowed: readonly string[] = mediaTypes[file.kind];
    if (!allowed.includes(file.mediaType))
      context.addIssue({
        code: 'custom',
        path: ['mediaType'],
        message: `此类证据只接受 ${allowed.join('、')}`,
      });
    const needed = file.size > smallFileLimit ? Math.ceil(file.size / partSize) : 0;
    if ((file.parts?.length ?? 0) !== needed)
      context.addIssue({
        code: 'custom',
        path: ['parts'],
        message: needed === 0 ? '8 MiB 以内的文件不分片' : `应列出 ${needed} 个分片的 SHA-256(每片 8 MiB)`,
      });
  });
export type ManifestEntry = z.infer<typeof manifestEntry>;
export const manifest = z.array(manifestEntry).max(filesLimit, `一条记录最多 ${filesLimit} 个文件`);

/**
 * One file as the head of its record knows it; part hashes stay in the announcing event.
 * announced → (uploaded: all parts are there, the hash of the whole is being read) → received → purged;
 * rejected: the whole had another hash than announced, nothing was kept.
 */
export interface EvidenceEntry {
  n: number;
  kind: ManifestEntry['kind'];
  size: number;
  sha256: string;
  announcedIn: number;
  state: 'announced' | 'uploaded' | 'received' | 'rejected' | 'purged';
  storedVersion?: string;
  keepUntil?: Day;
}

export type EvidenceEvent =
  | { type: 'evidence.uploaded'; v: 1; n: number; storedVersion: string }
  | {
      type: 'evidence.received';
      v: 1;
      n: number;
      /** The stored version whose size and hash were checked; views serve this one and no other. */
      storedVersion: string;
      /** PIPL art. 19: no longer than the purpose needs; decree 799 art. 17. */
      keepUntil: Day;
    }
  | { type: 'evidence.rejected'; v: 1; n: number; storedVersion: string }
  | { type: 'evidence.purged'; v: 1; n: number; keptUntil: Day };

/** Adds the files of an announcing event at stream version `version`. Numbers go on from the last. */
export const announce = (
  entries: readonly EvidenceEntry[],
  files: readonly ManifestEntry[],
  version: number,
): EvidenceEntry[] => [
  ...entries,
  ...files.map(
    (file, index): EvidenceEntry => ({
      n: entries.length + index + 1,
      kind: file.kind,
      size: file.size,
      sha256: file.sha256,
      announcedIn: version,
      state: 'announced',
    }),
  ),
];

const after = (entry: EvidenceEntry, event: EvidenceEvent): EvidenceEntry => {
  const { storedVersion: _version, ...bare } = entry;
  switch (event.type) {
    case 'evidence.uploaded':
      return { ...entry, state: 'uploaded', storedVersion: event.storedVersion };
    case 'evidence.received':
      return {
        ...entry,
        state: 'received',
        storedVersion: event.storedVersion,
        keepUntil: event.keepUntil,
      };
    case 'evidence.rejected':
      return { ...bare, state: 'rejected' };
    case 'evidence.purged':
      return { ...bare, state: 'purged' };
  }
};

export const foldEvidence = (entries: readonly EvidenceEntry[], event: EvidenceEvent): EvidenceEntry[] =>
  entries.map((entry) => (entry.n === event.n ? after(entry, event) : entry));

/** How many announced files have not arrived; a record with any says so wherever it is shown. */
export const missingFiles = (entries: readonly EvidenceEntry[]): number =>
  entries.filter((entry) => entry.state === 'announced' || entry.state === 'uploaded').length;

/** The earliest day on which a received file must be purged. */
export const nextPurge = (entries: readonly EvidenceEntry[]): Day | undefined =>
  entries
    .flatMap((entry) =>
      entry.state === 'received' && entry.keepUntil !== undefined ? [entry.keepUntil] : [],
    )
    .sort()[0];

/** The look-up register: one stream for each piece of evidence, so that looking never changes a case. */
export interface LookupState {
  evidence: string;
  views: number;
  last: Instant;
}
export type LookupEvent =
  | { type: 'evidence.viewed'; v: 1; n: number; reason: { text: string }; expires: Instant }
  /** An issued paper was printed again: which copy of it was handed out, by its hash. */
  | { type: 'paper.printed'; v: 1; copy: PaperCopy; sha256: string };
/** As it was set, with the picture of the seal, or the scan of the wet-sealed paper. */
export type PaperCopy = 'set' | 'sealed' | 'scan';
/** Which copy was handed out, in the words of the register. */
export const copyTitles: Readonly<Record<PaperCopy, string>> = {
  set: '排印件',
  sealed: '加盖电子印章件',
  scan: '用印扫描件',
};
export const foldLookup = (
  state: LookupState | undefined,
  _event: LookupEvent,
  meta: { at: Instant; stream: string },
): LookupState => ({ evidence: meta.stream, views: (state?.views ?? 0) + 1, last: meta.at });

/** `<record id>~<n>`: names a piece of evidence and its look-up register. */
export const evidenceId = (record: string, n: number): string => `${record}~${n}`;
/** Where the bytes lie. The hash is in the key, so no other content can ever stand there. */
export const evidenceKey = (centre: string, record: string, entry: { n: number; sha256: string }): string =>
  `${centre}/evidence/${record}/${entry.n}-${entry.sha256}`;
