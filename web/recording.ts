// Clips and voice notes while they are being made. Each second of one is on the device as soon as it passed, under the form
// it belongs to, so a tab killed in the middle loses the second that was running and no more. Knows no screen.
import { houseNow } from './clock.ts';
import { database, isFull, rangeOf, recordingsOf } from './outbox-db.ts';

/** Bits a second: a minute's clip is about 15 MB. */
const clipRate = 2_000_000;
/** Milliseconds of one piece. */
const pieceLength = 1_000;

export type Recorded = 'video' | 'audio';
export interface Recording {
  /** Ends it: the clip and how many seconds it lasted. */
  stop(): Promise<{ bytes: Blob; seconds: number }>;
  /** The clip is kept as a whole: its pieces go. */
  settle(): Promise<void>;
}

const firstKnown = (types: readonly string[]): string | undefined =>
  types.find((type) => MediaRecorder.isTypeSupported(type));
const lockOf = (form: string): string => `mingchuang.recording.${form}`;

/** Records what a camera or microphone gives, for a form. */
export const record = (stream: MediaStream, kind: Recorded, form: string): Recording => {
  const mimeType = firstKnown(
    kind === 'video'
      ? ['video/mp4;codecs=avc1.42E01E,mp4a.40.2', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4']
      : ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm'],
  );
  const recorder = new MediaRecorder(stream, {
    ...(mimeType === undefined ? {} : { mimeType }),
    videoBitsPerSecond: clipRate,
  });
  const pieces: Blob[] = [];
  const of = `${recordingsOf(form)}${kind}#${houseNow().toISOString()}#`;
  let keeping = Promise.resolve();
  let room = true;
  const keepPiece = async (piece: Blob, nth: number): Promise<void> => {
    if (!room) return;
    try {
      await (await database()).put('bytes', piece, `${of}${String(nth).padStart(5, '0')}`);
    } catch (error) {
      // The clip is still in this tab; that it does not fit is said when it is to be kept.
      if (!isFull(error)) reportError(error);
      room = false;
    }
  };
  recorder.addEventListener('dataavailable', ({ data }) => {
    const nth = pieces.push(data);
    keeping = keeping.then(() => keepPiece(data, nth));
  });
  // Whoever opens the same form in another tab meanwhile does not take it for one that was broken off.
  let release: () => void = () => undefined;
  void navigator.locks.request(lockOf(form), () => new Promise<void>((done) => (release = done)));
  const begun = performance.now();
  recorder.start(pieceLength);
  return {
    stop: () =>
      new Promise((done) => {
        recorder.addEventListener('stop', () =>
          done({
            bytes: new Blob(pieces, { type: recorder.mimeType }),
            seconds: Math.round((performance.now() - begun) / 100) / 10,
          }),
        );
        recorder.stop();
      }),
    settle: async () => {
      await keeping;
      await (await database()).delete('bytes', rangeOf(of));
      release();
    },
  };
};

export interface BrokenOff {
  kind: Recorded;
  bytes: Blob;
  seconds: number;
  begunAt: string;
  settle(): Promise<void>;
}

/** What was being recorded for a form when its tab was killed, as far as it got; the first where there are several. */
export const brokenOff = (form: string): Promise<BrokenOff | undefined> =>
  navigator.locks.request(lockOf(form), { ifAvailable: true }, async (lock) => {
    if (!lock) return undefined;
    const db = await database();
    const [first] = await db.getAllKeys('bytes', rangeOf(recordingsOf(form)), 1);
    const [, , kind, begunAt = ''] = first?.split('#') ?? [];
    if (first === undefined || (kind !== 'video' && kind !== 'audio')) return undefined;
    const range = rangeOf(first.slice(0, first.lastIndexOf('#') + 1));
    const pieces = await db.getAll('bytes', range);
    return {
      ...{ kind, begunAt, seconds: (pieces.length * pieceLength) / 1_000 },
      bytes: new Blob(pieces, { type: pieces[0]?.type ?? '' }),
      settle: () => db.delete('bytes', range),
    };
  });
