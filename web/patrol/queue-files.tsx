// The queue as a file: taken away encrypted from a tablet that reaches no network, and taken in at the office, by the person
// themselves or by the clerk for them with a slip that both signed.
import { type ReactElement, useState } from 'react';
import { chineseDate } from '../../shared/time.ts';
import { keep } from '../camera.ts';
import { today } from '../clock.ts';
import { sendNow } from '../outbox.ts';
import type { TakenFile } from '../outbox-db.ts';
import { Icon } from '../parts/icon.tsx';
import { exportQueue, type Intake, shortestPassphrase, takeIn } from '../queue-file.ts';
import type { ScreenProps } from '../screens.ts';
import { holds } from '../visitor-here.ts';

type Others = Extract<Intake, { why: 'other-person' }>;
const othersIn = (done: Intake): Others | undefined =>
  !done.ok && done.why === 'other-person' ? done : undefined;

const intakeWords = (done: Intake): string => {
  if (done.ok)
    return `已收入 ${done.records} 条记录、${done.files} 个文件${done.before > 0 ? `;${done.before} 条本机已有,未重复收入` : ''}${done.left.length > 0 ? `;${done.left.length} 条只能由本人上传:${done.left.join('、')}` : ''}。`;
  switch (done.why) {
    case 'not-a-queue':
      return '这不是本系统导出的队列文件。';
    case 'passphrase':
      return '口令不对,或文件已损坏。';
    case 'other-person':
      return `这个文件是${done.name}的,请由本人登录后收入,或由督查科内勤代收。`;
  }
};

/** 移交清单: printed, signed by both, scanned; then the clerk takes the file in with it. */
const HandOver = ({
  others,
  me,
  slip,
  onSlip,
  onTake,
}: {
  others: Others;
  me: ScreenProps['me'];
  slip: TakenFile | undefined;
  onSlip(file: File): void;
  onTake(): void;
}): ReactElement => (
  <section className="hand-over card" aria-label="代收队列文件">
    <h2>离线巡查记录移交清单</h2>
    <p>
      {me.centre.name} · {chineseDate(today())} · 巡查人 {others.name} · 共 {others.titles.length} 条
    </p>
    <ol>
      {others.titles.map((title, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: titles repeat and their order is theirs
        <li key={nth}>{title}</li>
      ))}
    </ol>
    <p className="hand-over-signs">
      <span>移交人(签名)______________</span>
      <span>接收人(签名)______________</span>
    </p>
    <p className="line-tools no-print">
      <button type="button" className="button" onClick={() => window.print()}>
        <Icon name="print" />
        打印移交清单
      </button>
      <label className="button">
        <Icon name="import" />
        {slip ? '扫描件已附' : '附双方签字的扫描件'}
        <input
          className="unseen"
          type="file"
          accept="application/pdf,image/jpeg,image/png"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) onSlip(file);
          }}
        />
      </label>
      <button type="button" className="button primary" disabled={!slip} onClick={onTake}>
        代{others.name}收入
      </button>
    </p>
  </section>
);

export const QueueFiles = ({ me, count }: Pick<ScreenProps, 'me'> & { count: number }): ReactElement => {
  const [passphrase, setPassphrase] = useState('');
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [others, setOthers] = useState<{ file: File; found: Others }>();
  const [slip, setSlip] = useState<TakenFile>();
  const short = passphrase.length < shortestPassphrase;
  const save = async (): Promise<void> => {
    setBusy(true);
    const file = await exportQueue(me.person, passphrase);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `明窗队列-${me.name}-${today()}.mcq`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    setSaid('已导出。本机的记录仍然保留;两边都上传也不会重复。');
    setBusy(false);
  };
  const load = async (file: File | undefined, signed?: TakenFile): Promise<void> => {
    if (!file) return;
    setBusy(true);
    const done = await takeIn(file, passphrase, {
      ...{ person: me.person, name: me.name },
      ...(signed === undefined ? {} : { slip: signed }),
    });
    const found = holds(me, 'clerk') ? othersIn(done) : undefined;
    setOthers(found && { file, found });
    setSlip(undefined);
    setSaid(found ? undefined : intakeWords(done));
    setBusy(false);
    if (done.ok) sendNow();
  };
  const scanned = async (file: File): Promise<void> =>
    setSlip(await keep(file, { name: `移交清单 ${file.name}`.slice(0, 120), kind: 'document' }));
  return (
    <details className="queue-files">
      <summary>平板一直连不上网?导出加密文件,到办公室电脑上收入</summary>
      <label className="words">
        <span>口令(至少 {shortestPassphrase} 位,收入时要用)</span>
        <input
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
      </label>
      <p className="line-tools">
        <button
          type="button"
          className="button"
          disabled={short || busy || count === 0}
          onClick={() => void save()}
        >
          <Icon name="export" />
          导出本机队列
        </button>
        <label className={short || busy ? 'button disabled' : 'button'}>
          <Icon name="import" />
          收入队列文件
          <input
            className="unseen"
            type="file"
            accept=".mcq"
            disabled={short || busy}
            onChange={(event) => {
              const file = event.target.files?.[0];
              // The same file may be chosen again, with another passphrase.
              event.target.value = '';
              void load(file);
            }}
          />
        </label>
      </p>
      {busy ? (
        <p className="quiet" role="status">
          正在处理文件…
        </p>
      ) : null}
      {others ? (
        <HandOver
          others={others.found}
          me={me}
          slip={slip}
          onSlip={(file) => void scanned(file)}
          onTake={() => void load(others.file, slip)}
        />
      ) : null}
      {said === undefined ? null : (
        <p className="notice" role="status">
          {said}
        </p>
      )}
    </details>
  );
};
