// Photos from the device's own camera, shrunk as they are taken; whatever was taken is hashed and kept at once: it is never
// only in the memory of a tab. Knows no screen and no record.
import { type ManifestEntry, partSize, smallFileLimit } from '../shared/evidence.ts';
import { createSha256 } from '../shared/sha256.ts';
import { houseNow } from './clock.ts';
import { database, type TakenFile } from './outbox-db.ts';

/** The longer side of a photo, in pixels: enough to read a badge two metres away. */
const longestSide = 1_920;
const photoQuality = 0.85;

const hexOf = (digest: ArrayBuffer): string =>
  [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const digestOf = async (bytes: Blob): Promise<string> =>
  hexOf(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));

/** Hash of the whole and, when it is large, of each part; never more than a part in memory. */
const hashesOf = async (bytes: Blob): Promise<{ sha256: string; parts?: string[] }> => {
  if (bytes.size <= smallFileLimit) return { sha256: await digestOf(bytes) };
  const whole = createSha256();
  const parts: string[] = [];
  for (let at = 0; at < bytes.size; at += partSize) {
    const part = await bytes.slice(at, at + partSize).arrayBuffer();
    whole.update(new Uint8Array(part));
    parts.push(hexOf(await crypto.subtle.digest('SHA-256', part)));
  }
  return { sha256: whole.hex(), parts };
};

/** `video/webm;codecs=vp8` → `video/webm`: the manifest names the kind of file, not how it was made. */
const plainType = (type: string): string => type.split(';')[0] ?? type;

/** Hashes bytes and keeps them on the device. Throws what the device says when it is full. */
export const keep = async (
  bytes: Blob,
  named: Pick<ManifestEntry, 'name' | 'kind'> & { takenAt?: string; seconds?: number; drawnOn?: string },
): Promise<TakenFile> => {
  const { drawnOn, takenAt = houseNow().toISOString(), ...rest } = named;
  const mediaType = plainType(bytes.type);
  const id = crypto.randomUUID();
  const manifest: ManifestEntry = {
    ...rest,
    mediaType,
    size: bytes.size,
    takenAt,
    ...(await hashesOf(bytes)),
  };
  await (await database()).put('bytes', bytes, id);
  return { id, manifest, ...(drawnOn === undefined ? {} : { drawnOn }) };
};
export const bytesOf = async (id: string): Promise<Blob | undefined> => (await database()).get('bytes', id);
export const forget = async (id: string): Promise<void> => (await database()).delete('bytes', id);

/** Opens the camera that looks away from the person, or the microphone alone. */
export const openCamera = (sound: boolean): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1_920 }, height: { ideal: 1_080 } },
    audio: sound,
  });
export const openMicrophone = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ audio: true });
export const closeCamera = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

const drawn = async (source: CanvasImageSource, width: number, height: number): Promise<Blob> => {
  const scale = Math.min(1, longestSide / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return jpegOf(canvas);
};

export const jpegOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((done, failed) =>
    canvas.toBlob(
      (blob) => (blob ? done(blob) : failed(new Error('the browser made no picture'))),
      'image/jpeg',
      photoQuality,
    ),
  );

/** Longest wait for a picture of a camera that was just opened. Milliseconds. */
const firstPicture = 1_500;

/**
 * The picture the camera shows at this moment; right after opening, its first. A video that says it has data may still be
 * black: only a frame that was really shown is a picture.
 */
export const photoFrom = async (video: HTMLVideoElement): Promise<Blob> => {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
    await new Promise((ready) => video.addEventListener('loadeddata', ready, { once: true }));
  await Promise.race([
    new Promise((shown) => video.requestVideoFrameCallback?.(shown)),
    new Promise((late) => setTimeout(late, firstPicture)),
  ]);
  return drawn(video, video.videoWidth, video.videoHeight);
};

/** A photo from the album, where the centre allows it: shrunk like any other. */
export const photoFromFile = async (file: Blob): Promise<Blob> => {
  const picture = await createImageBitmap(file);
  try {
    return await drawn(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
};
