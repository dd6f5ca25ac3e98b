// A talk as the person who was talked to reads it: what was said on both sides, what was promised, the signature.
import '../style/people.css';
import type { ReactElement } from 'react';
import * as z from 'zod';
import { talkTitles } from '../../shared/talk.ts';
import { dayWords } from '../month-words.ts';
import { History } from '../parts/history.tsx';
import { Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import type { ScreenProps } from '../screens.ts';
import { useSender } from '../sending.ts';
import { dateTimeWords } from '../time-words.ts';

const text = z.object({ text: z.string() });
const held = z.looseObject({
  type: z.literal('talk.held'),
  place: text,
  reason: text,
  content: text,
  statement: text,
  promise: z.object({ text, by: z.string() }).optional(),
});

const standing = {
  held: '待本人签字',
  signed: '已签字',
  refused: '已登记拒签',
  filed: '已归档',
  withdrawn: '已撤销',
} as const;

const OwnTalk = ({ at: { id = '' } }: ScreenProps): ReactElement => {
  const address = `/api/talks/${encodeURIComponent(id)}`;
  const { outcome, again } = useReading('talk.read', address);
  const sender = useSender();
  if (!outcome) return <Waiting />;
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  const { state, history, names, abilities } = outcome.value;
  const record = history.flatMap(({ event }) => {
    const read = held.safeParse(event);
    return read.success ? [read.data] : [];
  })[0];
  return (
    <div className="page">
      <div className="line-head">
        <h1>谈话记录</h1>
        <span className="mark">{standing[state.stage]}</span>
      </div>
      {state.stage === 'withdrawn' ? (
        <p className="notice">这次谈话所依据的问题已撤销,谈话随之撤销,不再计入。</p>
      ) : null}
      <dl className="card facts">
        <dt>类别</dt>
        <dd>{talkTitles[state.kind]}</dd>
        <dt>时间</dt>
        <dd>{dateTimeWords(state.heldAt)}</dd>
        <dt>谈话人</dt>
        <dd>{names[state.talker.person] ?? state.talker.person}</dd>
        <dt>记录人</dt>
        <dd>{names[state.recorder] ?? state.recorder}</dd>
        {record === undefined ? null : (
          <>
            <dt>地点</dt>
            <dd>{record.place.text}</dd>
            <dt>事由</dt>
            <dd>{record.reason.text}</dd>
            <dt>谈话内容</dt>
            <dd>{record.content.text}</dd>
            <dt>本人陈述</dt>
            <dd>{record.statement.text}</dd>
            {record.promise === undefined ? null : (
              <>
                <dt>整改承诺</dt>
                <dd>
                  {record.promise.text.text}({dayWords(record.promise.by)}前)
                </dd>
              </>
            )}
          </>
        )}
      </dl>
      {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
      {abilities.includes('talk.sign') ? (
        <div className="card light-form">
          <p>请核对以上记录。确认无误的,请签字;记录与实际不符的,请当面向记录人提出更正。</p>
          <div className="actions">
            <button
              type="button"
              className="button primary"
              disabled={sender.busy}
              onClick={async () => {
                if (await sender.send(`${address}/sign`, { way: 'tablet' }, 'signedAt')) again();
              }}
            >
              确认签字
            </button>
          </div>
        </div>
      ) : null}
      <section>
        <h2>经过</h2>
        <History history={history} />
      </section>
    </div>
  );
};
export default OwnTalk;
