// The auditor's reading view: the daily seals of the journal, what each one seals, what could not be carried out, and a
// month exported to be verified away from here. Writes nothing but the export's own file.
import { type ReactElement, useMemo, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { sizeWords } from '../evidence-words.ts';
import { addressOf } from '../matter-address.ts';
import { Refused } from '../parts/words.tsx';
import { useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { followUpSaid } from './follow-up-words.ts';
import { Desk, refusalIn, useAsking, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { MonthTurner, useMonth } from './month-turner.tsx';
import { DeskPage, Facts, Mark, NotThere, PrintButton, Section, Way } from './page.tsx';
import { dayWords, monthWords } from './wall-time.ts';

const Journal = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Seals me={me} />
  </Desk>
);
export default Journal;

const dayShape = /^20\d\d-\d\d-\d\d$/;

const Seals = ({ me }: { me: Me }): ReactElement => {
  const day = useAsked().get('day') ?? '';
  return dayShape.test(day) ? <SealOf day={day} /> : <List me={me} />;
};

const List = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useView('seal.list', '/api/seals?limit=200');
  return (
    <DeskPage
      title="日志与核验"
      under="每日存证把前一天的每一条记录按次序封存。封存之后的任何改动都能查出。"
      actions={<PrintButton />}
    >
      {may(me, 'journal.export') ? <Export /> : null}
      {data ? (
        <Ledger
          caption="每日存证"
          rows={data.items}
          idOf={(row) => row.day}
          framed
          empty="还没有存证。存证在每天午夜后一小时进行。"
          columns={[
            { key: 'day', title: '日期', cell: (row) => <Way to={`/journal?day=${row.day}`}>{row.day}</Way> },
            { key: 'events', title: '记录', number: true, cell: (row) => row.events },
            { key: 'late', title: '迟到', number: true, cell: (row) => (row.late === 0 ? '' : row.late) },
            { key: 'code', title: '存证码', cell: (row) => <SealCode code={row.code} /> },
            { key: 'at', title: '封存时间', cell: (row) => dateTimeWords(row.sealedAt), wide: true },
          ]}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
      {may(me, 'followUp.read') ? <Parked /> : null}
    </DeskPage>
  );
};

/** Whole on a desk and on paper; on a phone its beginning, which unfolds to the whole one, selected by one touch. */
const SealCode = ({ code }: { code: string }): ReactElement => (
  <>
    <code className="code-whole">{code}</code>
    <details className="code-folded">
      <summary>
        <code>{code.slice(0, 8)}…</code>
      </summary>
      <code className="digest">{code}</code>
    </details>
  </>
);

const SealOf = ({ day }: { day: string }): ReactElement => {
  const [part, setPart] = useState(0);
  const { data, error, refetch } = useView('seal.read', `/api/seals/${day}?part=${part}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  return (
    <DeskPage
      back={{ to: '/journal', title: '日志与核验' }}
      title={`${dayWords(day)}存证`}
      under={`共 ${data.events} 条记录`}
      actions={<PrintButton />}
    >
      <Section title="存证">
        <Facts
          of={[
            ['日期', day],
            ['封存时间', dateTimeWords(data.sealedAt)],
            [
              '存证码',
              <code key="digest" className="digest">
                {data.digest}
              </code>,
            ],
          ]}
        />
      </Section>
      <Ledger
        caption="所封的记录"
        empty="这一天没有新的记录;存证照样封存,证明其间没有记录。"
        rows={data.entries}
        idOf={(row) => row.key}
        framed
        columns={[
          { key: 'key', title: '时间 # 类别 # 编号 # 版本', cell: (row) => <code>{row.key}</code> },
          { key: 'hash', title: '散列', cell: (row) => <code className="digest">{row.hash}</code> },
        ]}
      />
      {data.parts > 1 ? (
        <div className="step-row">
          <button
            type="button"
            className="button small"
            disabled={part === 0}
            onClick={() => setPart(part - 1)}
          >
            上一段
          </button>
          <span className="tick-line">
            第 {part + 1} / {data.parts} 段
          </span>
          <button
            type="button"
            className="button small"
            disabled={part + 1 >= data.parts}
            onClick={() => setPart(part + 1)}
          >
            下一段
          </button>
        </div>
      ) : null}
    </DeskPage>
  );
};

const Export = (): ReactElement => {
  const month = useMonth(1);
  const [made, setMade] = useState<View<'month.export'>>();
  const asking = useAsking('month.export', setMade);
  const id = useMemo(() => `${month}${crypto.randomUUID()}`.slice(7), [month]);
  return (
    <Section title="导出一个月供离线核验" className="no-print">
      <div className="filter-bar">
        <MonthTurner base="/journal" month={month} />
        <button
          type="button"
          className="button"
          disabled={asking.isPending}
          onClick={() => asking.mutate({ path: `/api/months/${month}/export`, fields: { commandId: id } })}
        >
          {asking.isPending ? '正在导出…' : `导出${monthWords(month)}`}
        </button>
      </div>
      {asking.error ? <Refused refusal={refusalIn(asking.error)} /> : null}
      {made ? (
        <p className="notice good">
          <a href={made.url} download={made.name}>
            {made.name}
          </a>{' '}
          {sizeWords(made.size)} · {made.events} 条记录 · {made.seals} 份存证 · {made.scores}{' '}
          份得分。地址短时有效。
        </p>
      ) : null}
    </Section>
  );
};

const FollowUpHere = ({ named }: { named: string }): ReactElement => {
  const { what, kind, id } = followUpSaid(named);
  const to = addressOf({ kind, id });
  return to === undefined ? (
    <>
      {what}
      <br />
      <span className="quiet">{id}</span>
    </>
  ) : (
    <Way to={to}>{what}</Way>
  );
};

/** What should have followed from an event and did not; tried again by itself. */
const Parked = (): ReactElement | null => {
  const { data } = useView('followUp.list', '/api/follow-ups');
  if (!data) return null;
  return (
    <Section title="未能完成的后续处理" aside={<Mark>{data.items.length}</Mark>}>
      <Ledger
        caption="未能完成的后续处理"
        rows={data.items}
        idOf={(row) => `${row.followUp}${row.at}`}
        empty="没有未完成的后续处理。"
        columns={[
          { key: 'what', title: '事项', cell: (row) => <FollowUpHere named={row.followUp} /> },
          { key: 'error', title: '原因', cell: (row) => `程序出错(${row.error})` },
          { key: 'tries', title: '已试', number: true, cell: (row) => `${row.tries} 次` },
          { key: 'at', title: '最近', cell: (row) => dateTimeWords(row.at) },
        ]}
      />
      {data.items.length > 0 ? (
        <p className="quiet">系统会自动再试。过了三天仍在这里的,请把这一页交给运维人员。</p>
      ) : null}
    </Section>
  );
};
