// Drawing on a copy of a photo with a finger: the original stays as it was taken, the copy is a file of its own.
import { type PointerEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { bytesOf, jpegOf } from '../camera.ts';
import type { TakenFile } from '../outbox-db.ts';
import { Icon } from '../parts/icon.tsx';

type Line = { x: number; y: number }[];

const paint = (canvas: HTMLCanvasElement, picture: ImageBitmap, lines: readonly Line[]): void => {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.drawImage(picture, 0, 0);
  pen.strokeStyle = '#e02020';
  pen.lineWidth = Math.max(4, picture.width / 160);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  for (const line of lines) {
    pen.beginPath();
    for (const { x, y } of line) pen.lineTo(x, y);
    pen.stroke();
  }
};

export const Drawing = ({
  photo,
  onDrawn,
  onClose,
}: {
  photo: TakenFile;
  onDrawn: (bytes: Blob) => Promise<void>;
  onClose: () => void;
}): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<ImageBitmap>();
  const [lines, setLines] = useState<Line[]>([]);
  const line = useRef<Line | undefined>(undefined);

  useEffect(() => {
    dialog.current?.showModal();
    void bytesOf(photo.id).then(async (bytes) => {
      if (bytes) setPicture(await createImageBitmap(bytes));
    });
  }, [photo.id]);
  useEffect(() => {
    if (canvas.current && picture) paint(canvas.current, picture, lines);
  }, [picture, lines]);

  const at = (event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = event.currentTarget.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  };
  return (
    <dialog ref={dialog} className="drawing" aria-label="在照片副本上标注" onCancel={onClose}>
      <canvas
        ref={canvas}
        width={picture?.width ?? 16}
        height={picture?.height ?? 9}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          line.current = [at(event)];
        }}
        onPointerMove={(event) => {
          if (!line.current || !picture || !canvas.current) return;
          line.current.push(at(event));
          paint(canvas.current, picture, [...lines, line.current]);
        }}
        onPointerUp={() => {
          const drawn = line.current;
          line.current = undefined;
          if (drawn && drawn.length > 1) setLines([...lines, drawn]);
        }}
      />
      <div className="drawing-tools">
        <button
          type="button"
          className="button"
          onClick={() => setLines(lines.slice(0, -1))}
          disabled={lines.length === 0}
        >
          <Icon name="undo" />
          撤销一笔
        </button>
        <span className="shell-room" />
        <button type="button" className="button bare" onClick={onClose}>
          不标注
        </button>
        <button
          type="button"
          className="button primary"
          disabled={lines.length === 0}
          onClick={() => {
            if (canvas.current) void jpegOf(canvas.current).then(onDrawn);
          }}
        >
          <Icon name="check" />
          存为标注件
        </button>
      </div>
      <p className="quiet">原照片保持不变,标注另存为一份。</p>
    </dialog>
  );
};
