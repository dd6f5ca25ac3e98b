// What goes with a letter, before and after it is issued: bystanders on a photo are masked in a copy, and watermarked copies
// are made for a disc. Each look is registered first; originals stay as they are.
import { type PointerEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { sha256Of } from '../../shared/sha256.ts';
import { jpegOf } from '../camera.ts';
import { post, type Refusal } from '../client.ts';
import { houseNow } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import { dateTimeWords } from '../time-words.ts';
import { watermarked } from '../watermark.ts';
import { useStep } from './ask.tsx';
import { refusalIn } from './kit.tsx';
import type { Letter } from './letter-labels.ts';
import { Section } from './page.tsx';
import { save } from './papers.tsx';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Share {
  record: string;
  n: number;
}

/** The bytes of a shared file, after the look at it was registered. */
const bytesOf = async ({ record, n }: Share, reason: string): Promise<Blob | Refusal> => {
  const path = `/api/evidence/${record}/${n}/views`;
  const answer = await post('evidence.view', path, { commandId: crypto.randomUUID(), reason });
  if (!answer.ok) return answer.refusal;
  const bytes = await (await fetch(answer.value.url)).blob();
  return new Blob([bytes], { type: answer.value.mediaType });
};

const paint = (canvas: HTMLCanvasElement, picture: ImageBitmap, boxes: readonly Box[]): void => {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.drawImage(picture, 0, 0);
  pen.fillStyle = '#555';
  for (const { x, y, width, height } of boxes) pen.fillRect(x, y, width, height);
};

interface Point {
  x: number;
  y: number;
}
const between = (one: Point, other: Point): Box => ({
  x: Math.min(one.x, other.x),
  y: Math.min(one.y, other.y),
  width: Math.abs(other.x - one.x),
  height: Math.abs(other.y - one.y),
});

const Masking = ({
  photo,
  refusal,
  onMasked,
  onClose,
}: {
  photo: Blob;
  refusal: Refusal | undefined;
  /** True once the copy was taken. */
  onMasked(copy: Blob): Promise<boolean>;
  onClose(): void;
}): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const from = useRef<{ x: number; y: number } | undefined>(undefined);
  const [picture, setPicture] = useState<ImageBitmap>();
  const [boxes, setBoxes] = useState<Box[]>([]);
  const [sending, setSending] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    void createImageBitmap(photo).then(setPicture);
  }, [photo]);
  useEffect(() => {
    if (canvas.current && picture) paint(canvas.current, picture, boxes);
  }, [picture, boxes]);
  const at = (event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = event.currentTarget.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  };
  const hand = async (): Promise<void> => {
    if (!canvas.current) return;
    setSending(true);
    const taken = await onMasked(await jpegOf(canvas.current));
    setSending(false);
    // What was drawn stays while it was not taken.
    if (taken) onClose();
  };
  return (
    <dialog ref={dialog} className="drawing" aria-label="遮挡照片中的无关人员" onCancel={onClose}>
      <p className="quiet">按住并拖动,盖住无关人员的面部。原照片不改动,对方只看到遮挡后的副本。</p>
      <canvas
        ref={canvas}
        width={picture?.width ?? 16}
        height={picture?.height ?? 9}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = at(event);
        }}
        onPointerMove={(event) => {
          if (from.current && picture)
            paint(event.currentTarget, picture, [...boxes, between(from.current, at(event))]);
        }}
        onPointerUp={(event) => {
          const [start, end] = [from.current, at(event)];
          from.current = undefined;
          if (!start) return;
          const box = between(start, end);
          // Too small to be meant: what was drawn on the way goes too.
          setBoxes(box.width > 4 && box.height > 4 ? [...boxes, box] : [...boxes]);
        }}
      />
      {refusal ? <Refused refusal={refusal} /> : null}
      <div className="drawing-tools">
        <button type="button" className="button" onClick={onClose}>
          取消
        </button>
        <button
          type="button"
          className="button"
          disabled={boxes.length === 0}
          onClick={() => setBoxes(boxes.slice(0, -1))}
        >
          撤一步
        </button>
        <button
          type="button"
          className="button primary"
          disabled={boxes.length === 0 || sending}
          onClick={() => void hand()}
        >
          {sending ? '正在上传…' : '用这份遮挡后的副本'}
        </button>
      </div>
    </dialog>
  );
};

export const LetterPhotos = ({ letter }: { letter: Letter }): ReactElement | null => {
  const { id, state, abilities, names } = letter;
  const shares = state.cases.flatMap(({ id: record, shares: ns }) => ns.map((n) => ({ record, n })));
  const [masking, setMasking] = useState<{ share: Share; photo: Blob }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState<string>();
  const step = useStep();
  const mayMask = abilities.includes('letter.mask');
  const mayCopy = abilities.includes('letter.prepareDisc');
  if (shares.length === 0 || !(mayMask || mayCopy)) return null;
  const masked = (share: Share): number | undefined =>
    state.masks?.find(({ of }) => of === `${share.record}~${share.n}`)?.n;

  const look = async (share: Share, reason: string): Promise<Blob | undefined> => {
    const found = await bytesOf(share, reason);
    if (found instanceof Blob) return found;
    setRefusal(found);
    return undefined;
  };
  const begin = async (share: Share): Promise<void> => {
    const photo = await look(share, '遮挡随函照片中的无关人员');
    if (photo?.type.startsWith('image/')) setMasking({ share, photo });
  };
  const burn = async (): Promise<void> => {
    const to = names[state.department ?? ''] ?? '';
    const words = `${to} ${state.documentNumber ?? ''} ${dateTimeWords(houseNow().toISOString())} 仅供核查`;
    const copies: { of: string; sha256: string; size: number }[] = [];
    for (const [at, share] of shares.entries()) {
      setBusy(`正在制作第 ${at + 1} 份,共 ${shares.length} 份(音视频须放完一遍)`);
      const n = masked(share);
      const file = await look(n === undefined ? share : { record: id, n }, '刻盘移交');
      if (!file) {
        setBusy(undefined);
        return;
      }
      const { copy, ending } = await watermarked(file, words);
      const bytes = new Uint8Array(await copy.arrayBuffer());
      copies.push({ of: `${share.record}~${share.n}`, sha256: sha256Of(bytes), size: bytes.length });
      save(copy, `${state.documentNumber ?? '函'}-${at + 1}.${ending}`);
    }
    await step.take(`/api/letters/${id}/prepare-disc`, () => ({ copies }));
    setBusy(undefined);
  };
  return (
    <Section title="随函资料" className="no-print">
      {refusal ? <Refused refusal={refusal} /> : null}
      {step.error === undefined || masking ? null : <Refused refusal={refusalIn(step.error)} />}
      {mayMask ? (
        <ul className="plain-list">
          {shares.map((share, at) => (
            <li key={`${share.record}~${share.n}`}>
              第 {at + 1} 份{masked(share) === undefined ? '' : ',已遮挡'}
              <button type="button" className="button bare small" onClick={() => void begin(share)}>
                遮挡无关人员(照片)
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {mayCopy ? (
        <>
          <p className="quiet">
            派出单位网络不能查看的,制作带水印的副本刻盘移交;副本校验值列入移交清单,每份调阅均登记。
          </p>
          <button
            type="button"
            className="button small"
            disabled={busy !== undefined}
            onClick={() => void burn()}
          >
            {busy ?? '制作刻盘副本'}
          </button>
        </>
      ) : null}
      {masking ? (
        <Masking
          photo={masking.photo}
          refusal={step.error === undefined ? undefined : refusalIn(step.error)}
          onClose={() => setMasking(undefined)}
          onMasked={async (copy) => {
            const original = sha256Of(new Uint8Array(await masking.photo.arrayBuffer()));
            const file = new File([copy], '遮挡后.jpg', { type: 'image/jpeg' });
            return step.take(
              `/api/letters/${id}/mask`,
              (evidence) => ({ of: `${masking.share.record}~${masking.share.n}`, original, evidence }),
              [{ file, kind: 'photo' }],
              'letter',
            );
          }}
        />
      ) : null}
    </Section>
  );
};
