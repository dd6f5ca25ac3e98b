// A picture as papers print it: below it, never over it, the window, the time with its uncertainty and the beginning of the
// original's hash. The original is untouched; of a masked copy it says so.
import { momentText } from './form-paper.ts';
import type { Block } from './paper-content.ts';
import type { Instant } from './time.ts';

export interface PrintedPicture {
  /** Its name among the files handed in when the paper is drawn. */
  picture: string;
  /** Pixels. */
  width: number;
  height: number;
  takenAt: Instant;
  /** Of the original, also under a masked copy. */
  sha256: string;
  window: string;
  doubtSeconds: number;
  masked?: boolean;
}

export const pictureBlock = (of: PrintedPicture): Block => ({
  kind: 'picture',
  picture: of.picture,
  width: of.width,
  height: of.height,
  caption: [
    [
      of.window,
      momentText(of.takenAt),
      `误差前后${of.doubtSeconds}秒`,
      `SHA-256 ${of.sha256.slice(0, 16)}`,
      of.masked ? '无关人员已遮挡' : '',
    ]
      .filter((part) => part !== '')
      .join('　'),
  ],
});
