// The queue of this device and how it empties: records first, then files, part by part; one tab at a time; again after
// every failure that may pass, never again after one that will not. What was received is forgotten here. Shows nothing.
import { partSize } from '../shared/evidence.ts';
import { patience, post, type Refusal, read } from './client.ts';
import { contactSince } from './clock.ts';
import {
  changed,
  database,
  newestOrder,
  onChange,
  type QueuedFile,
  type QueuedRecord,
  readQueue,
  type Summary,
  summaryOf,
} from './outbox-db.ts';
import { signedIn } from './sign-in.ts';
import { statedBody } from './stated-body.ts';
import { askMe, rememberedMe } from './visitor-here.ts';

/** What the sender is about, for the screen. */
export type Sending = 'idle' | 'sending' | 'offline' | 'signed-out';
export interface QueueState extends Summary {
  sending: Sending;
  /** Records that arrived since this tab was opened. */
  arrived: number;
}

let state: QueueState = { count: 0, bytes: 0, refused: 0, others: [], sending: 'idle', arrived: 0 };
const watchers = new Set<() => void>();
export const queueState = (): QueueState => state;
export const watchQueue = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
const show = (next: Partial<QueueState>): void => {
  state = { ...state, ...next };
  for (const watcher of watchers) watcher();
};

const me = (): string | undefined => (signedIn() === undefined ? undefined : rememberedMe()?.person);

let counting: ReturnType<typeof setTimeout> | undefined;
/** Counts anew, soon: a thousand records that leave one after the other are counted a few times only. */
const recount = (): void => {
  if (counting !== undefined) return;
  counting = setTimeout(() => {
    counting = undefined;
    void readQueue().then((queue) => {
      const { oldest: _before, ...rest } = state;
      state = { ...rest, ...summaryOf(queue, me()) };
      for (const watcher of watchers) watcher();
    });
  }, 120);
};

/** Seconds until the next try: 2, 4, 8 … five minutes. */
const pauseAfter = (tries: number): number => Math.min(300, 2 ** tries) * 1000;

const putRecord = async (record: QueuedRecord): Promise<void> => {
  await (await database()).put('records', record);
};
const putFile = async (file: QueuedFile): Promise<void> => {
  await (await database()).put('files', file);
};

/** What came of one try: go on, go on with others, or stop until the line or the person is back. */
type Next = 'on' | 'stop';

const stopFor = (refusal: Refusal): Next | undefined => {
  if (refusal.code === 'offline') {
    show({ sending: 'offline' });
    return 'stop';
  }
  if (refusal.code === 'signed-out') {
    show({ sending: 'signed-out' });
    return 'stop';
  }
  return undefined;
};

/** Where small files of a record just sent may go at once; told with its answer, good for some minutes. */
const firstPuts = new Map<string, { put: Put; until: number }>();
type Put = { url: string; headers: Record<string, string> };
const putMinutes = 10;

/**
 * The record with the time its moment is stated at, kept before it is first sent: from then on it never changes, so that
 * sent twice it is the same. A refusal when the house cannot be asked for its time.
 */
const stated = async (record: QueuedRecord): Promise<QueuedRecord | Refusal> => {
  const { noted, ...rest } = record;
  if (!noted) return record;
  if (!contactSince(noted)) {
    const asked = await askMe();
    if (!asked.ok) return asked.refusal;
  }
  const after = contactSince(noted);
  if (!after) return record;
  const settled = { ...rest, body: statedBody(rest.body, noted, after) };
  await putRecord(settled);
  return settled;
};

const sendRecord = async (noted: QueuedRecord): Promise<Next> => {
  const record = await stated(noted);
  if ('code' in record) return stopFor(record) ?? 'stop';
  const outcome = await post('answer', record.path, { commandId: record.id, ...record.body });
  if (outcome.ok) {
    await arrived(record, outcome.value.id);
    for (const { n, put } of outcome.value.uploads ?? [])
      firstPuts.set(`${record.id}/${n}`, { put, until: Date.now() + putMinutes * 60_000 });
    return 'on';
  }
  const { refusal } = outcome;
  const stop = stopFor(refusal);
  if (stop) return stop;
  // Taken in at the office from an exported queue, in a slightly other form: it is there, and that is what counts.
  // A mark of a round makes nothing by itself: its id cannot have come there but by that file.
  const reused = refusal.code === 'command.reused';
  if (
    (reused && record.creates === undefined) ||
    ((reused || refusal.code === 'thing.exists') && (await isThere(record)))
  ) {
    await dropSlips(record.id);
    await arrived(record, record.creates ?? '');
    return 'on';
  }
  const tries = record.tries + 1;
  await putRecord(
    refusal.retry || refusal.code === 'outdated'
      ? { ...record, tries, after: Date.now() + pauseAfter(tries), refusal }
      : { ...record, tries, state: 'refused', refusal },
  );
  changed();
  return 'on';
};

/** The record came from elsewhere and does not know of a slip that this one bears. */
const dropSlips = async (command: string): Promise<void> => {
  const work = (await database()).transaction(['files', 'bytes'], 'readwrite');
  const files = await work.objectStore('files').index('command').getAll(command);
  await Promise.all([
    ...files.flatMap(({ id, slip }) =>
      slip ? [work.objectStore('files').delete(id), work.objectStore('bytes').delete(id)] : [],
    ),
    work.done,
  ]);
};

const isThere = async ({ creates }: QueuedRecord): Promise<boolean> => {
  if (creates === undefined) return false;
  const id = encodeURIComponent(creates);
  if (creates.startsWith('case-')) return (await read('case.read', `/api/cases/${id}`)).ok;
  if (creates.startsWith('bonus-')) return (await read('bonus.read', `/api/bonuses/${id}`)).ok;
  if (creates.startsWith('inspection-')) return (await read('inspection.read', `/api/inspections/${id}`)).ok;
  return false;
};

/** The record is in the house; it is forgotten here, unless files of it still wait. */
const arrived = async (record: QueuedRecord, id: string): Promise<void> => {
  const db = await database();
  const work = db.transaction(['records', 'files'], 'readwrite');
  const files = await work.objectStore('files').index('command').getAll(record.id);
  const { refusal: _before, ...rest } = record;
  await Promise.all([
    files.length === 0
      ? work.objectStore('records').delete(record.id)
      : work.objectStore('records').put({ ...rest, state: 'sent' }),
    ...files.map((file) => work.objectStore('files').put({ ...file, record: id })),
    work.done,
  ]);
  state = { ...state, arrived: state.arrived + 1 };
  changed();
};

const finished = async (file: QueuedFile): Promise<void> => {
  const db = await database();
  const work = db.transaction(['records', 'files', 'bytes'], 'readwrite');
  const files = work.objectStore('files');
  await Promise.all([files.delete(file.id), work.objectStore('bytes').delete(file.id)]);
  if ((await files.index('command').count(file.command)) === 0)
    await work.objectStore('records').delete(file.command);
  await work.done;
  changed();
};

const fileRefused = async (file: QueuedFile, detail: string, next: string): Promise<Next> => {
  const refusal: Refusal = { code: 'evidence.refused', detail, next, retry: false };
  await putFile({ ...file, state: 'refused', refusal });
  changed();
  return 'on';
};

const later = async (file: QueuedFile): Promise<Next> => {
  const tries = file.tries + 1;
  await putFile({ ...file, tries, after: Date.now() + pauseAfter(tries) });
  changed();
  return 'on';
};

/** After a refusal of the API: stop, try later, or never again. */
const afterRefusal = async (file: QueuedFile, refusal: Refusal): Promise<Next> => {
  const stop = stopFor(refusal);
  if (stop) return stop;
  if (refusal.retry || refusal.code === 'evidence.not-complete' || refusal.code === 'outdated')
    return later(file);
  await putFile({ ...file, state: 'refused', refusal });
  changed();
  return 'on';
};

/** One request to the store; gone: the line broke; again: the address was no longer good or the store is busy. */
const toStore = async (
  { url, headers }: Put,
  bytes: Blob,
): Promise<'there' | 'gone' | 'again' | 'damaged'> => {
  try {
    const answer = await fetch(url, { method: 'PUT', headers, body: bytes, signal: patience(bytes.size) });
    // 412: the very same bytes lie there already, since the hash is part of the name.
    if (answer.ok || answer.status === 412) return 'there';
    const said = await answer.text();
    return answer.status === 400 && /BadDigest|InvalidDigest|XAmzContentSHA256Mismatch/.test(said)
      ? 'damaged'
      : 'again';
  } catch {
    return 'gone';
  }
};

const damagedWords = ['本机保存的文件已损坏,服务器没有接收', '请重新拍摄后在“我的上报”中补充证据'] as const;

/** Whether a record was made meanwhile: it goes before the rest of a file. */
type Hurried = () => Promise<boolean>;

const sendFile = async (file: QueuedFile, hurried: Hurried): Promise<Next> => {
  const bytes = await (await database()).get('bytes', file.id);
  if (!bytes || bytes.size !== file.manifest.size)
    return fileRefused(file, '本机已找不到这个文件的内容', '文字记录已上传;请补充其他证据');
  const quick = firstPuts.get(`${file.command}/${file.n}`);
  firstPuts.delete(`${file.command}/${file.n}`);
  if (quick && quick.until > Date.now() && file.state === 'waiting') {
    const sent = await toStore(quick.put, bytes);
    if (sent === 'damaged') return fileRefused(file, ...damagedWords);
    if (sent === 'gone') return offline();
    return sent === 'there' ? complete(file) : later(file);
  }
  const plan = await post(
    'evidence.upload',
    `/api/evidence/${encodeURIComponent(file.record)}/${file.n}/upload`,
  );
  if (!plan.ok) return afterRefusal(file, plan.refusal);
  switch (plan.value.state) {
    case 'received':
    case 'purged':
      await finished(file);
      return 'on';
    case 'checking':
      return file.state === 'checking' ? later(file) : stillChecking(file);
    case 'rejected':
      return fileRefused(file, ...damagedWords);
    case 'put': {
      const sent = await toStore(plan.value.put, bytes);
      if (sent === 'damaged') return fileRefused(file, ...damagedWords);
      if (sent === 'gone') return offline();
      return sent === 'there' ? complete(file) : later(file);
    }
    case 'parts':
      return sendParts(file, bytes, plan.value.parts, hurried);
  }
};

const offline = (): Next => {
  show({ sending: 'offline' });
  return 'stop';
};

const stillChecking = async (file: QueuedFile): Promise<Next> => {
  await putFile({
    ...file,
    state: 'checking',
    there: file.manifest.size,
    tries: 0,
    after: Date.now() + 2_000,
  });
  changed();
  return 'on';
};

const sendParts = async (
  file: QueuedFile,
  bytes: Blob,
  parts: readonly { n: number; size: number; have: boolean; put?: Put | undefined }[],
  hurried: Hurried,
): Promise<Next> => {
  let there = parts.reduce((sum, { size, have }) => sum + (have ? size : 0), 0);
  for (const part of parts) {
    if (part.have || !part.put) continue;
    const start = (part.n - 1) * partSize;
    const sent = await toStore(part.put, bytes.slice(start, start + part.size));
    if (sent === 'damaged') return fileRefused(file, ...damagedWords);
    if (sent === 'gone') return offline();
    if (sent === 'again') return later(file);
    there += part.size;
    await putFile({ ...file, there });
    changed();
    if (await hurried()) return 'on';
  }
  return complete({ ...file, there });
};

const complete = async (file: QueuedFile): Promise<Next> => {
  const done = await post(
    'evidence.complete',
    `/api/evidence/${encodeURIComponent(file.record)}/${file.n}/complete`,
  );
  if (!done.ok) return afterRefusal(file, done.refusal);
  if (done.value.state === 'checking') return stillChecking(file);
  await finished(file);
  return 'on';
};

/** Everything of mine that may go now: records in their order, then files, small ones first. */
const pass = async (person: string): Promise<void> => {
  let sent = true;
  for (let round = 0; sent && round < 50; round++) {
    sent = false;
    const newest = await newestOrder();
    const hurried = async (): Promise<boolean> => (await newestOrder()) > newest;
    const { records } = await readQueue();
    const open = new Set(records.flatMap(({ id, state: at }) => (at === 'waiting' ? [id] : [])));
    for (const record of records) {
      if (record.person !== person || record.state !== 'waiting' || record.after > Date.now()) continue;
      if (record.needs !== undefined && open.has(record.needs)) continue;
      show({ sending: 'sending' });
      if ((await sendRecord(record)) === 'stop') return;
      open.delete(record.id);
      sent = true;
    }
    const { records: left, files } = await readQueue();
    const there = new Set(
      left.flatMap((one) => (one.person === person && one.state === 'sent' ? [one.id] : [])),
    );
    const ready = files
      .filter((file) => there.has(file.command) && file.state !== 'refused' && file.after <= Date.now())
      .sort((a, b) => a.manifest.size - b.manifest.size);
    for (const file of ready) {
      show({ sending: 'sending' });
      if ((await sendFile(file, hurried)) === 'stop') return;
      sent = true;
      if (await hurried()) break;
    }
  }
  show({ sending: 'idle' });
};

let wake: () => void = () => undefined;
/** Looks at the queue now: something was added, the line is back, somebody signed in, or asked for it. */
export const sendNow = (): void => wake();

/** Milliseconds after which the queue is looked at again without being told. */
const idlePause = 5_000;

/** The tab that holds the lock sends, until it is closed or killed; then the next one does. */
const sender = async (): Promise<void> => {
  for (;;) {
    const woken = new Promise<void>((resume) => {
      wake = resume;
    });
    const person = me();
    if (person !== undefined) await pass(person).catch(() => show({ sending: 'offline' }));
    await Promise.race([woken, new Promise((resume) => setTimeout(resume, idlePause))]);
  }
};

/** A person asks to try again what was refused or waits: from the beginning, at once. */
export const tryAgain = async (command?: string): Promise<void> => {
  const asked = (id: string): boolean => command === undefined || id === command;
  await rewrite(
    (record) => {
      if (!asked(record.id) || record.state === 'sent') return undefined;
      const { refusal: _said, ...rest } = record;
      return { ...rest, state: 'waiting', tries: 0, after: 0 };
    },
    (file) => {
      if (!asked(file.command)) return undefined;
      const { refusal: _said, ...rest } = file;
      return { ...rest, state: 'waiting', tries: 0, after: 0 };
    },
  );
  changed();
  wake();
};

/** Writes anew what a look at it says, in one transaction: what arrived meanwhile is gone and stays gone. */
const rewrite = async (
  ofRecord: (record: QueuedRecord) => QueuedRecord | undefined,
  ofFile: (file: QueuedFile) => QueuedFile | undefined,
): Promise<void> => {
  const work = (await database()).transaction(['records', 'files'], 'readwrite');
  const [records, files] = await Promise.all([
    work.objectStore('records').getAll(),
    work.objectStore('files').getAll(),
  ]);
  const writes: Promise<unknown>[] = [];
  for (const record of records) {
    const next = ofRecord(record);
    if (next) writes.push(work.objectStore('records').put(next));
  }
  for (const file of files) {
    const next = ofFile(file);
    if (next) writes.push(work.objectStore('files').put(next));
  }
  await Promise.all([...writes, work.done]);
};

/** A person gives up a record the house refused for good. What the house has stays there. */
export const giveUp = async (command: string): Promise<void> => {
  const db = await database();
  const work = db.transaction(['records', 'files', 'bytes'], 'readwrite');
  const files = await work.objectStore('files').index('command').getAllKeys(command);
  await Promise.all([
    work.objectStore('records').delete(command),
    ...files.flatMap((id) => [work.objectStore('files').delete(id), work.objectStore('bytes').delete(id)]),
    work.done,
  ]);
  changed();
};

let started = false;
/** Begins counting in every tab, and sending in one of them. */
export const startOutbox = (): void => {
  if (started) return;
  started = true;
  recount();
  onChange(() => {
    recount();
    wake();
  });
  window.addEventListener('online', () => void retrySoon());
  document.addEventListener('visibilitychange', () => wake());
  void navigator.locks.request('mingchuang.outbox', sender);
};

/** The line is back: nothing waits for its pause. */
const retrySoon = async (): Promise<void> => {
  await rewrite(
    (record) => (record.after > 0 ? { ...record, after: 0 } : undefined),
    (file) => (file.after > 0 ? { ...file, after: 0 } : undefined),
  );
  wake();
};
