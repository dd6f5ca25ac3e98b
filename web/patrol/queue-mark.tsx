// The one number of the queue, on every screen: what is only on this device, how much, since when, and why it waits.
import { type ReactElement, useSyncExternalStore } from 'react';
import { type QueueState, queueState, watchQueue } from '../outbox.ts';
import { Icon } from '../parts/icon.tsx';
import { followLink } from '../route.ts';

export const useQueue = (): QueueState => useSyncExternalStore(watchQueue, queueState);

/** `3.4 MB`; never 0 for something that is there. */
export const sizeWords = (bytes: number): string => {
  if (bytes === 0) return '0 MB';
  if (bytes < 1024 ** 2) return `${Math.max(1, Math.round(bytes / 1024))} kB`;
  return bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(1)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
};

/** `12 分钟前` */
export const ageWords = (since: string, now: Date): string => {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)} 小时前` : `${Math.floor(minutes / 1440)} 天前`;
};

const sendingWords: Record<QueueState['sending'], string> = {
  idle: '等待上传',
  sending: '正在上传',
  offline: '无网络,恢复后自动上传',
  'signed-out': '登录已过期,请重新登录',
};
export const waitingWords = ({ sending, refused }: QueueState): string =>
  refused > 0 ? `${refused} 项需要处理` : sendingWords[sending];

/** Nothing to see while nothing waits. */
export const QueueMark = (): ReactElement | null => {
  const queue = useQueue();
  if (queue.count === 0) return null;
  const grave = queue.refused > 0 || queue.sending === 'signed-out';
  return (
    <a className={grave ? 'queue-mark grave' : 'queue-mark'} href="/queue" onClick={followLink}>
      <Icon name={queue.sending === 'offline' ? 'offline' : 'upload'} />
      <span>
        {queue.sending === 'signed-out' ? <span className="queue-why">请重新登录 · </span> : null}
        仅在本机:{queue.count} 条,{sizeWords(queue.bytes)}
      </span>
    </a>
  );
};
