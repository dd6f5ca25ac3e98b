// Photos, clips and voice notes of one form: a small camera that stands open beside the form, what was taken so far, and
// drawing on a copy. Everything taken is on the device before it is shown.
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import {
  bytesOf,
  closeCamera,
  forget,
  keep,
  openCamera,
  openMicrophone,
  photoFrom,
  photoFromFile,
} from '../camera.ts';
import { isFull, type TakenFile } from '../outbox-db.ts';
import { Icon } from '../parts/icon.tsx';
import { NoRoom } from '../parts/words.tsx';
import { brokenOff, type Recorded, type Recording, record } from '../recording.ts';
import { Drawing } from './drawing.tsx';

export interface TakingsProps {
  /** The form they belong to. */
  form: string;
  files: readonly TakenFile[];
  /** Whether photos may be picked from the album too. */
  album: boolean;
  onTaken(file: TakenFile): void;
  onDropped(file: TakenFile): void;
  /** Something is being taken or made ready: whoever hands the form in waits for it. */
  onWork(work: Promise<unknown>): void;
  /** A clip or a voice note is being recorded. */
  onRecording(on: boolean): void;
}

/** A record carries at most so many files (shared/evidence.ts). */
const most = 12;

const noCameraWords = '没有摄像头的使用权限。请在浏览器地址栏左侧的设置中允许使用摄像头和麦克风。';

/** Address of the bytes of a kept file, for as long as it is shown. */
const useKept = (id: string): string | undefined => {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let open = true;
    void bytesOf(id).then((bytes) => {
      if (!bytes || !open) return;
      made = URL.createObjectURL(bytes);
      setUrl(made);
    });
    return () => {
      open = false;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [id]);
  return url;
};

/** `照片1`: what is shown of a file's name. */
const shownName = ({ drawnOn, manifest }: TakenFile): string =>
  drawnOn === undefined ? manifest.name.replace(/\.[a-z0-9]+$/, '') : '标注件';

const Taken = ({
  file,
  onDraw,
  onDrop,
}: {
  file: TakenFile;
  onDraw: (() => void) | undefined;
  onDrop: () => void;
}): ReactElement => {
  const url = useKept(file.id);
  const { kind, name, seconds } = file.manifest;
  return (
    <li className="taken">
      {kind === 'photo' ? <img className="taken-picture" src={url} alt={name} /> : null}
      {kind === 'video' ? (
        // A little into the clip: its very first frame is often not there yet.
        // biome-ignore lint/a11y/useMediaCaption: a clip of a camera has no words of its own
        <video
          className="taken-picture"
          src={url && `${url}#t=0.1`}
          controls
          playsInline
          preload="metadata"
          aria-label={name}
        />
      ) : null}
      {kind === 'audio' ? (
        // biome-ignore lint/a11y/useMediaCaption: what was said is taken down in the record
        <audio className="taken-sound" src={url} controls preload="metadata" aria-label={name} />
      ) : null}
      <span className="taken-name">
        {shownName(file)}
        {seconds === undefined ? '' : ` ${Math.round(seconds)} 秒`}
      </span>
      <span className="taken-tools">
        {onDraw ? (
          <button
            type="button"
            className="icon-button"
            onClick={onDraw}
            aria-label={`在 ${name} 的副本上标注`}
          >
            <Icon name="draw" />
          </button>
        ) : null}
        <button type="button" className="icon-button" onClick={onDrop} aria-label={`删除 ${name}`}>
          <Icon name="remove" />
        </button>
      </span>
    </li>
  );
};

/** Minutes and seconds since it is shown. */
const Elapsed = (): ReactElement => {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const ticking = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(ticking);
  }, []);
  return <>{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</>;
};

export const Takings = ({
  form,
  files,
  album,
  onTaken,
  onDropped,
  onWork,
  onRecording,
}: TakingsProps): ReactElement => {
  const view = useRef<HTMLVideoElement>(null);
  const [stream, setStream] = useState<MediaStream>();
  const [recording, setRecording] = useState<{
    kind: Recorded;
    take: Recording;
    own?: MediaStream;
  }>();
  const [said, setSaid] = useState<string>();
  const [drawing, setDrawing] = useState<TakenFile>();
  const [busy, setBusy] = useState(false);
  const [fullUp, setFullUp] = useState(false);
  /** Taken off the form a moment ago: its bytes stay until another is, or the form is left. */
  const [dropped, setDropped] = useState<TakenFile>();
  const count = (kind: TakenFile['manifest']['kind']): number =>
    files.filter(({ manifest }) => manifest.kind === kind).length + 1;
  const full = files.length >= most;

  const open = useCallback(async (): Promise<MediaStream | undefined> => {
    try {
      const opened = await openCamera(false);
      setStream(opened);
      setSaid(undefined);
      return opened;
    } catch {
      setSaid(noCameraWords);
      return undefined;
    }
  }, []);

  // Where the camera was allowed before, it stands open as soon as the form does: one tap less for each photo.
  useEffect(() => {
    let here = true;
    void navigator.permissions
      ?.query({ name: 'camera' })
      .then(({ state }) => {
        if (here && state === 'granted') return open();
        return undefined;
      })
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [open]);
  useEffect(() => {
    if (view.current) view.current.srcObject = stream ?? null;
    return () => closeCamera(stream);
  }, [stream]);

  /** Whether the device had room for it. */
  const add = async (bytes: Blob, named: Parameters<typeof keep>[1]): Promise<boolean> => {
    try {
      onTaken(await keep(bytes, named));
      setSaid(undefined);
      setFullUp(false);
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      setFullUp(true);
      return false;
    }
  };
  const nameOf = (kind: Recorded, { type }: Blob): string => {
    const ending = type.includes('mp4') ? (kind === 'video' ? 'mp4' : 'm4a') : 'webm';
    return `${kind === 'video' ? '视频' : '语音'}${count(kind)}.${ending}`;
  };
  const doing = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    const working = work();
    onWork(working.catch(() => undefined));
    try {
      await working;
    } finally {
      setBusy(false);
    }
  };

  const photo = () =>
    doing(async () => {
      if (!view.current || !stream) return;
      await add(await photoFrom(view.current), { name: `照片${count('photo')}.jpg`, kind: 'photo' });
    });
  const begin = (kind: Recorded) =>
    doing(async () => {
      try {
        const sound = kind === 'audio' ? await openMicrophone() : await openCamera(true);
        if (kind === 'video' && view.current) view.current.srcObject = sound;
        setRecording({ kind, take: record(sound, kind, form), own: sound });
      } catch {
        setSaid(noCameraWords);
      }
    });
  const finish = async ({ kind, take, own }: NonNullable<typeof recording>): Promise<void> => {
    const { bytes, seconds } = await take.stop();
    closeCamera(own);
    if (view.current) view.current.srcObject = stream ?? null;
    setRecording(undefined);
    if (await add(bytes, { name: nameOf(kind, bytes), kind, seconds })) await take.settle();
  };
  const end = () => doing(async () => (recording ? finish(recording) : undefined));
  // What was being recorded when the tab was killed comes back with the form.
  const [restored, setRestored] = useState<number>();
  const restore = useRef<() => Promise<void>>(undefined);
  restore.current = async () => {
    const broken = await brokenOff(form);
    if (!broken) return;
    const { kind, bytes, seconds, begunAt } = broken;
    if (!(await add(bytes, { name: nameOf(kind, bytes), kind, seconds, takenAt: begunAt }))) return;
    await broken.settle();
    setRestored(seconds);
  };
  useEffect(() => void restore.current?.(), []);
  // Whoever leaves the form in the middle of a recording finds it in the draft.
  const leaving = useRef<() => void>(undefined);
  leaving.current = recording ? () => void finish(recording) : undefined;
  useEffect(() => () => leaving.current?.(), []);
  const gone = useRef<TakenFile>(undefined);
  gone.current = dropped;
  useEffect(
    () => () => {
      if (gone.current) void forget(gone.current.id);
    },
    [],
  );
  const recordingNow = recording !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it changes, whoever listens
  useEffect(() => onRecording(recordingNow), [recordingNow]);
  const pick = (picked: FileList | null) =>
    doing(async () => {
      for (const file of picked ?? [])
        await add(await photoFromFile(file), {
          name: `相册${count('photo')}.jpg`,
          kind: 'photo',
          takenAt: new Date(Math.min(file.lastModified, Date.now())).toISOString(),
        });
    });

  return (
    <section className="takings" aria-label="证据">
      <div className={stream || recording?.kind === 'video' ? 'viewfinder open' : 'viewfinder'}>
        <video ref={view} autoPlay playsInline muted aria-label="取景" />
        {stream || recording ? null : (
          <button type="button" className="button" onClick={() => void open()}>
            <Icon name="camera" />
            打开相机
          </button>
        )}
        {recording ? (
          <span className="recording">
            {recording.kind === 'video' ? '录像中' : '录音中'} <Elapsed />
          </span>
        ) : null}
      </div>
      <div className="shutters">
        {recording ? (
          <button type="button" className="button primary" onClick={() => void end()}>
            <Icon name="check" />
            {recording.kind === 'video' ? '结束录像' : '结束录音'}
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button shutter"
              disabled={busy || full || !stream}
              onClick={() => void photo()}
            >
              <Icon name="camera" />
              拍照
            </button>
            <button
              type="button"
              className="button"
              disabled={busy || full}
              onClick={() => void begin('video')}
            >
              <Icon name="video" />
              录像
            </button>
            <button
              type="button"
              className="button"
              disabled={busy || full}
              onClick={() => void begin('audio')}
            >
              <Icon name="voice" />
              语音
            </button>
          </>
        )}
        {album ? (
          <label className="button">
            相册
            <input
              className="unseen"
              type="file"
              accept="image/*"
              multiple
              onChange={(event) => void pick(event.target.files)}
            />
          </label>
        ) : null}
      </div>
      {said === undefined ? null : (
        <p className="notice bad" role="alert">
          {said}
        </p>
      )}
      {fullUp ? <NoRoom what="这个文件没有保存" /> : null}
      {restored === undefined ? null : (
        <p className="notice" role="status">
          上次录制没有点“结束”,已录下的约 {restored} 秒已找回。
        </p>
      )}
      {dropped ? (
        <p className="notice undo" role="status">
          <span>已删除 {shownName(dropped)}</span>
          <button
            type="button"
            className="button"
            disabled={full}
            onClick={() => {
              setDropped(undefined);
              onTaken(dropped);
            }}
          >
            <Icon name="undo" />
            撤销
          </button>
        </p>
      ) : null}
      {full ? <p className="quiet">一条记录最多 {most} 个文件。</p> : null}
      <ul className="taken-list">
        {files.map((file) => (
          <Taken
            key={file.id}
            file={file}
            onDraw={
              file.manifest.kind === 'photo' && file.drawnOn === undefined && !full
                ? () => setDrawing(file)
                : undefined
            }
            onDrop={() => {
              if (dropped) void forget(dropped.id);
              setDropped(file);
              onDropped(file);
            }}
          />
        ))}
      </ul>
      {drawing ? (
        <Drawing
          photo={drawing}
          onClose={() => setDrawing(undefined)}
          onDrawn={async (bytes) => {
            await add(bytes, {
              name: drawing.manifest.name.replace(/\.jpg$/, '(标注).jpg'),
              kind: 'photo',
              takenAt: drawing.manifest.takenAt,
              drawnOn: drawing.id,
            });
            setDrawing(undefined);
          }}
        />
      ) : null}
    </section>
  );
};
