// The month's letters to all departments concerned, drafted in one go: asked again until every one is there or has said why
// not. Broken off, it goes on where it was; none is drafted twice.
import '../style/office.css';
import { InputNumber, Progress } from 'antd';
import { type ReactElement, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { post, type Refusal, whyWords } from '../client.ts';
import { Refused } from '../parts/words.tsx';
import { useFresh } from './kit.tsx';
import { Section, Way } from './page.tsx';
import { monthWords } from './wall-time.ts';

type Mailing = View<'letter.mailing'>;

/** Drafted, or told why it cannot be. */
const settled = ({ items }: Mailing): number =>
  items.filter(({ letter, problem }) => letter !== undefined || problem !== undefined).length;

export const LetterMailing = ({ month }: { month: string }): ReactElement => {
  const [reply, setReply] = useState<number | null>(0);
  const [made, setMade] = useState<Mailing>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const fresh = useFresh();
  const begin = async (): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    for (;;) {
      const answer = await post('letter.mailing', `/api/months/${month}/letters`, {
        replyWorkingDays: reply ?? 0,
      });
      if (!answer.ok) {
        setRefusal(answer.refusal);
        break;
      }
      setMade(answer.value);
      if (settled(answer.value) === answer.value.total) break;
    }
    setBusy(false);
    await fresh();
  };
  return (
    <Section title={`${monthWords(month)}全部派出单位`}>
      <p>按定稿结果,给当月有认定问题的各派出单位各拟一份月度考核情况函。已经拟好的不会重复。</p>
      <div className="step-row mailing-row">
        <label htmlFor="mailing-reply">复函期限(工作日,0 为不要求复函)</label>
        <InputNumber id="mailing-reply" min={0} max={60} precision={0} value={reply} onChange={setReply} />
        <button type="button" className="button primary" disabled={busy} onClick={() => void begin()}>
          {busy ? '正在拟稿…' : '一次拟好'}
        </button>
      </div>
      {busy && !made ? <Progress aria-label="拟稿进度" percent={0} /> : null}
      {made ? (
        <>
          {made.total === 0 ? null : (
            <Progress aria-label="拟稿进度" percent={Math.round((100 * settled(made)) / made.total)} />
          )}
          <p role="status">
            {made.total === 0
              ? '这个月没有需要发函的派出单位。'
              : `共 ${made.total} 份,已拟 ${made.done} 份${busy ? '' : '。点部门名称逐份查看、办理'}。`}
          </p>
          <ul className="plain-list">
            {made.items.map(({ department, name, letter, problem }) => (
              <li key={department}>
                {letter === undefined ? name : <Way to={`/letters/${letter}`}>{name}</Way>}
                {problem ? `:${whyWords(problem)}` : ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {refusal ? <Refused refusal={refusal} again={() => void begin()} /> : null}
    </Section>
  );
};
