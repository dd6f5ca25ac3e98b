// 本机队列 and 收工: everything that is only on this device, what happened to it, what to do about it; the state of the
// device's storage and clock; taking the queue away as a file and taking one in. A shift with unsent work does not end
// without being asked.
import { type ReactElement, useEffect, useState } from 'react';
import type { Refusal } from '../client.ts';
import { clockState, houseNow, watchClock } from '../clock.ts';
import { giveUp, tryAgain } from '../outbox.ts';
import {
  type Draft,
  draftsOf,
  type LocalRound,
  onChange,
  type Queue,
  type QueuedFile,
  type QueuedRecord,
  readQueue,
} from '../outbox-db.ts';
import { Icon } from '../parts/icon.tsx';
import { SureButton } from '../parts/sure-button.tsx';
import { Waiting } from '../parts/words.tsx';
import { followLink, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { signIn, signOut } from '../sign-in.ts';
import { dateTimeWords, timeWords } from '../time-words.ts';
import { forgetMe } from '../visitor-here.ts';
import { keptForms } from './kept-form.ts';
import { QueueFiles } from './queue-files.tsx';
import { ageWords, sizeWords, useQueue, waitingWords } from './queue-mark.tsx';
import { roundsHere } from './walk.ts';

const useQueued = (): Queue | undefined => {
  const [queue, setQueue] = useState<Queue>();
  useEffect(() => {
    let pending: ReturnType<typeof setTimeout> | undefined;
    const reread = (): void => {
      if (pending !== undefined) return;
      pending = setTimeout(() => {
        pending = undefined;
        void readQueue().then(setQueue);
      }, 200);
    };
    void readQueue().then(setQueue);
    const stop = onChange(reread);
    return () => {
      stop();
      clearTimeout(pending);
    };
  }, []);
  return queue;
};

const Wrong = ({ refusal }: { refusal: Refusal }): ReactElement => {
  const fields = (refusal.fields ?? []).map(({ name, reason }) =>
    name === undefined ? reason : `${name}${reason}`,
  );
  return (
    <span className="queue-wrong">
      {[refusal.detail, ...fields].join(':')}。
      {/* A record of the queue is what was seen then; it is not changed here. */}
      {refusal.code === 'request.invalid'
        ? '请按以上内容重新上报一条,再放弃这一条;不清楚的请联系督查科内勤。'
        : `${refusal.next}。`}
    </span>
  );
};

const stateWords = (record: QueuedRecord, files: readonly QueuedFile[]): string => {
  if (record.state === 'refused') return '服务器没有接收';
  if (record.state === 'waiting') return record.tries > 0 ? '稍后自动重试' : '等待上传';
  const left = files.filter(({ state }) => state !== 'checking').length;
  return left === 0 ? '文件已上传,服务器校验中' : `文字已上传,还有 ${left} 个文件`;
};

const Line = ({ record, files }: { record: QueuedRecord; files: readonly QueuedFile[] }): ReactElement => {
  const bytes = files.reduce((sum, { manifest }) => sum + manifest.size, 0);
  const there = files.reduce((sum, file) => sum + file.there, 0);
  const refused = record.refusal ?? files.find(({ refusal }) => refusal !== undefined)?.refusal;
  const stuck = record.state === 'refused' || files.some(({ state }) => state === 'refused');
  return (
    <li className={stuck ? 'queue-line grave' : 'queue-line'}>
      <span className="queue-what">
        <strong>{record.title}</strong>
        <span className="quiet">
          {dateTimeWords(record.madeAt)}
          {files.length > 0 ? ` · ${files.length} 个文件 ${sizeWords(bytes)}` : ''}
        </span>
        {refused ? <Wrong refusal={refused} /> : null}
        {there > 0 && there < bytes ? (
          <progress max={bytes} value={there} aria-label={`${record.title} 已上传`} />
        ) : null}
      </span>
      <span className={stuck ? 'mark red' : 'mark'}>{stateWords(record, files)}</span>
      {stuck ? (
        <span className="line-tools">
          <button type="button" className="button" onClick={() => void tryAgain(record.id)}>
            再试一次
          </button>
          <SureButton what="放弃" sure="确认删除,不再上传" act={() => giveUp(record.id)} />
        </span>
      ) : null}
    </li>
  );
};

/** `3 秒`, `12 分钟`, `2 小时`, `5 天` */
const lengthWords = (seconds: number): string => {
  if (seconds < 120) return `${seconds} 秒`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} 分钟`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} 小时` : `${Math.round(seconds / 86_400)} 天`;
};

type Clock = NonNullable<ReturnType<typeof clockState>>;
const clockWords = ({ offset, doubt, at }: Clock): string => {
  const off =
    offset === 0 ? '与服务器一致' : `比服务器${offset > 0 ? '慢' : '快'} ${lengthWords(Math.abs(offset))}`;
  const since = ageWords(new Date(at + offset * 1000).toISOString(), houseNow());
  return `${off},误差约 ${lengthWords(doubt)},${since}对时;上报时按服务器时间折算`;
};

/** Whether the browser has promised not to throw away what is kept here, and how much room there is. */
const Device = (): ReactElement => {
  const [storage, setStorage] = useState<{ persisted: boolean; usage: number; quota: number }>();
  const [clock, setClock] = useState(clockState);
  const look = async (ask: boolean): Promise<void> => {
    const persisted = ask ? await navigator.storage.persist() : await navigator.storage.persisted();
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    setStorage({ persisted, usage, quota });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once when the screen opens
  useEffect(() => {
    void look(true);
    watchClock();
    setClock(clockState());
  }, []);
  return (
    <dl className="device">
      <div>
        <dt>本机保存</dt>
        <dd>
          {storage === undefined
            ? '…'
            : storage.persisted
              ? '浏览器已承诺长期保存'
              : '浏览器未承诺长期保存,请勿清理浏览数据'}
          {storage && !storage.persisted ? (
            <button type="button" className="button bare" onClick={() => void look(true)}>
              再次申请
            </button>
          ) : null}
        </dd>
      </div>
      <div>
        <dt>剩余空间</dt>
        <dd>{storage === undefined ? '…' : sizeWords(Math.max(0, storage.quota - storage.usage))}</dd>
      </div>
      <div>
        <dt>本机时钟</dt>
        <dd>
          {clock === undefined ? '还没有与服务器对过时' : clockWords(clock)}
          {clock?.lost ? <span className="mark amber">本机时钟被改动过</span> : null}
        </dd>
      </div>
    </dl>
  );
};

/** Ends the shift: says what is still open or unsent, and asks before it lets go. */
const End = ({ me, leave }: Pick<ScreenProps, 'me'> & { leave: boolean }): ReactElement => {
  const queue = useQueue();
  const [rounds, setRounds] = useState<LocalRound[]>([]);
  const [drafts, setDrafts] = useState<Draft[]>([]);
  const [forms] = useState(() => keptForms(me.person));
  const [sure, setSure] = useState(false);
  useEffect(() => {
    void roundsHere(me.person).then(setRounds);
    void draftsOf(me.person).then(setDrafts);
  }, [me.person]);
  const out = (): void => {
    signOut();
    forgetMe();
    window.location.assign('/');
  };
  const unsent = queue.count > 0;
  const unfinished =
    drafts.length > 0 || forms.length > 0 || rounds.some(({ unsaved }) => unsaved.length > 0);
  const [draft] = drafts;
  const [form] = forms;
  return (
    <section className="card end" aria-label={leave ? '退出登录' : '收工'}>
      <h2>{leave ? '退出登录' : '收工'}</h2>
      {rounds.length > 0 ? (
        <p className="notice">
          <span>还有 {rounds.length} 次巡查没有结束。</span>
          <a
            className="button"
            href={`/patrol/round/${encodeURIComponent(rounds[0]?.id ?? '')}`}
            onClick={followLink}
          >
            去结束
          </a>
        </p>
      ) : null}
      {draft ? (
        <p className="notice bad">
          <span>
            还有 {drafts.length} 条记录填了没有提交:
            {drafts
              .slice(0, 3)
              .map(({ windowTitle, madeAt }) => `${windowTitle}(${timeWords(madeAt)})`)
              .join('、')}
            {drafts.length > 3 ? ' 等' : ''}。
          </span>
          <a
            className="button"
            href={drafts.length === 1 ? `/patrol/finding/${draft.id}` : '/patrol'}
            onClick={followLink}
          >
            去提交
          </a>
        </p>
      ) : null}
      {form ? (
        <p className="notice bad">
          <span>{[...new Set(forms.map(({ title }) => title))].join('、')}填了没有提交。</span>
          <a className="button" href={form.to} onClick={followLink}>
            去提交
          </a>
        </p>
      ) : null}
      {unsent ? (
        <p className="notice bad" role="alert">
          <strong>
            还有 {queue.count} 条记录({sizeWords(queue.bytes)})仅在这台设备上。
          </strong>
          <span>
            {waitingWords(queue)}。请等上传完再离开;确需离开的,记录会留在本机,下次由您登录后继续上传。
          </span>
        </p>
      ) : unfinished ? null : (
        <p className="notice good">全部记录都已上传,可以放心离开。</p>
      )}
      {unsent || unfinished ? (
        <label className="check">
          <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
          我知道有记录没有{unsent ? '上传' : '提交'},先留在本机
        </label>
      ) : null}
      <p className="line-tools">
        <a className="button" href="/patrol" onClick={followLink}>
          返回巡查
        </a>
        <button
          type="button"
          className="button primary"
          disabled={(unsent || unfinished) && !sure}
          onClick={out}
        >
          {unsent || unfinished ? '仍然退出' : '退出登录'}
        </button>
      </p>
    </section>
  );
};

/** Lines shown at once: a thousand would be slow to draw and nobody reads them. */
const shownAtOnce = 60;

const QueueScreen = ({ me }: ScreenProps): ReactElement => {
  const queue = useQueued();
  const summary = useQueue();
  const asked = useAsked();
  const [more, setMore] = useState(shownAtOnce);
  if (!queue) return <Waiting />;
  const own = queue.records.filter(({ person }) => person === me.person);
  const grave = (record: QueuedRecord): boolean =>
    record.state === 'refused' ||
    queue.files.some(({ command, state }) => command === record.id && state === 'refused');
  const ordered = summary.refused > 0 ? [...own.filter(grave), ...own.filter((one) => !grave(one))] : own;
  return (
    <div className="queue-screen">
      <header className="patrol-title">
        <h1>本机队列</h1>
        <span className="quiet">{summary.arrived > 0 ? `打开以来已上传 ${summary.arrived} 条` : ''}</span>
      </header>
      {asked.has('end') || asked.has('leave') ? <End me={me} leave={asked.has('leave')} /> : null}
      <section className="queue-sum card" aria-live="polite">
        <p className="queue-number">
          仅在本机:<b>{summary.count}</b> 条,<b>{sizeWords(summary.bytes)}</b>
        </p>
        <p className="quiet">
          {summary.oldest === undefined
            ? '没有等待上传的内容'
            : `最早一条 ${ageWords(summary.oldest, houseNow())} · ${waitingWords(summary)}`}
        </p>
        {summary.sending === 'signed-out' && summary.count > 0 ? (
          <div className="notice bad" role="alert">
            <strong>登录已过期,内容都在,重新登录后自动继续上传。</strong>
            <button type="button" className="button primary" onClick={() => void signIn('/queue')}>
              重新登录
            </button>
          </div>
        ) : null}
        {summary.count > 0 ? (
          <button type="button" className="button" onClick={() => void tryAgain()}>
            <Icon name="again" />
            现在上传
          </button>
        ) : null}
      </section>
      {summary.others.map(({ person, name, count }) => (
        <p key={person} className="notice">
          本机还有 {name} 的 {count} 条记录,由{name}登录后上传。
        </p>
      ))}
      <ul className="queue-lines">
        {ordered.slice(0, more).map((record) => (
          <Line
            key={record.id}
            record={record}
            files={queue.files.filter(({ command }) => command === record.id)}
          />
        ))}
      </ul>
      {ordered.length > more ? (
        <button type="button" className="button" onClick={() => setMore(more + shownAtOnce)}>
          再显示一些(还有 {ordered.length - more} 条)
        </button>
      ) : null}
      <QueueFiles me={me} count={own.length} />
      <Device />
    </div>
  );
};
export default QueueScreen;
