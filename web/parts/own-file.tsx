// 个人信息查阅、复制 (PIPL art. 45): somebody's whole record as one file, after the reason was entered in a register they
// can read here too.
import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { bring, type Refusal } from '../client.ts';
import { useReading } from '../reading.ts';
import { dateTimeWords } from '../time-words.ts';
import { Refused } from './words.tsx';

const handOver = (bytes: Blob, name: string): void => {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

const Register = ({ person }: { person: string }): ReactElement | null => {
  const { outcome } = useReading('person.fileRegister', `/api/people/${person}/file`);
  if (!outcome?.ok || outcome.value.items.length === 0) return null;
  return (
    <details>
      <summary>已取得 {outcome.value.items.length} 次,谁、何时、为何</summary>
      <ul className="plain-list">
        {outcome.value.items.map(({ version, at, by, reason }) => (
          <li key={version}>
            {dateTimeWords(at)} {by.person === person ? '本人' : '经办人'}:{reason}
          </li>
        ))}
      </ul>
    </details>
  );
};

export const OwnFile = ({ person, name }: { person: string; name: string }): ReactElement => {
  const [reason, setReason] = useState('本人查阅、复制个人信息');
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState(0);
  const [refusal, setRefusal] = useState<Refusal>();
  // Pressed again after a lost answer it is the same taking.
  const command = useRef(crypto.randomUUID());
  const take = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    const fields = { commandId: command.current, reason };
    const answer = await bring(`/api/people/${person}/file`, fields);
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    command.current = crypto.randomUUID();
    setTaken((before) => before + 1);
    handOver(answer.value, `${name}的个人记录.json`);
  };
  return (
    <section>
      <h2>取得我的全部记录</h2>
      <form className="card light-form" onSubmit={(event) => void take(event)}>
        <p>
          本系统中关于您的全部记录装成一个文件:问题、好人好事、谈话、得分、请假顶岗、评选和账号。其中没有其他人的信息。
        </p>
        <label className="field">
          <span>事由</span>
          <input value={reason} required maxLength={200} onChange={({ target }) => setReason(target.value)} />
        </label>
        {refusal ? <Refused refusal={refusal} /> : null}
        {taken > 0 ? (
          <p className="notice good" role="status">
            文件已保存到下载文件夹。
          </p>
        ) : null}
        <p className="actions">
          <button type="submit" className="button" disabled={busy}>
            {busy ? '正在整理' : '取得全部记录'}
          </button>
        </p>
        <Register key={taken} person={person} />
      </form>
    </section>
  );
};
