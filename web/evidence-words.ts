// How files of a record are spoken of: what they are, whether they have come, how large. Knows no screen.
import type { View } from '../shared/views.ts';

type Entry = View<'case.read'>['state']['evidence'][number];

export const fileKinds: Record<Entry['kind'], string> = {
  photo: '照片',
  video: '视频',
  audio: '录音',
  document: '文件',
};
export const fileStates: Record<Entry['state'], string> = {
  announced: '尚未收到',
  uploaded: '校验中',
  received: '已收妥',
  rejected: '校验不符,待重传',
  purged: '保存期满,已清除',
};

/** 1 260 000 → `1.2 MB` */
export const sizeWords = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
