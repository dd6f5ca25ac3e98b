// 我的上报: what I found and praised, month by month, and what became of it. Points are not for reporters.
import { type ReactElement, type ReactNode, useState } from 'react';
import { bonusStageTitles } from '../../shared/bonus.ts';
import { stageTitles } from '../../shared/case-facts.ts';
import { bonusType, violationType } from '../../shared/catalog.ts';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthNow } from '../clock.ts';
import { monthWords } from '../month-words.ts';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';

type Report = View<'shift.reports'>['items'][number];

const tones: Record<string, string> = {
  reported: 'mark',
  dismissed: 'mark amber',
  withdrawn: 'mark',
  counting: 'mark green',
};
const toneOf = (stage: string): string => tones[stage] ?? 'mark blue';

/** A line leads to the record: to look at it, and to add what is missing as long as that may be. */
const Opened = ({ to, children }: { to: string; children: ReactNode }): ReactElement => (
  <li>
    <a className="queue-line" href={to} onClick={followLink}>
      {children}
    </a>
  </li>
);

const Line = ({ report }: { report: Report }): ReactElement => {
  const named = (id: string): string => report.names[id] ?? id;
  if (report.kind === 'bonus') {
    const { state } = report;
    return (
      <Opened to={`/bonuses/${encodeURIComponent(report.id)}`}>
        <span className="queue-what">
          <strong>{bonusType(state.type)?.name ?? state.type}</strong>
          <span className="quiet">
            {state.day} · {state.persons.map(named).join('、')}
          </span>
        </span>
        <span className={toneOf(state.stage)}>{bonusStageTitles[state.stage]}</span>
      </Opened>
    );
  }
  const { state } = report;
  const who =
    state.subject.kind === 'persons'
      ? state.subject.persons.map(named).join('、')
      : subjectWords[state.subject.kind];
  return (
    <Opened to={`/cases/${encodeURIComponent(report.id)}`}>
      <span className="queue-what">
        <strong>
          {state.window === undefined ? '' : `${named(state.window)} · `}
          {violationType(state.type)?.name ?? state.type}
        </strong>
        <span className="quiet">
          {state.number === undefined ? '' : `${state.number} · `}
          {dateTimeWords(state.happened.from)}
          {state.happened.doubtSeconds > 60 ? `(±${Math.ceil(state.happened.doubtSeconds / 60)} 分钟)` : ''} ·{' '}
          {who}
          {report.missing > 0 ? ` · ${report.missing} 个文件未到` : ''}
        </span>
      </span>
      <span className={toneOf(state.stage)}>{stageTitles[state.stage]}</span>
    </Opened>
  );
};

const subjectWords: Record<string, string> = {
  unidentified: '人员待核',
  window: '窗口',
  department: '部门',
  area: '公共区域',
  contractor: '外包单位',
};

const Reports = (_props: ScreenProps): ReactElement => {
  const current = monthNow();
  const [month, setMonth] = useState(current);
  const [limit, setLimit] = useState(50);
  const { outcome, again } = useReading('shift.reports', `/api/shift/reports?month=${month}&limit=${limit}`);
  return (
    <div className="queue-screen">
      <header className="patrol-title">
        <h1>我的上报</h1>
        <span className="line-tools">
          <button type="button" className="button bare" onClick={() => setMonth(plusMonths(month, -1))}>
            上月
          </button>
          <strong>{monthWords(month)}</strong>
          <button
            type="button"
            className="button bare"
            disabled={month >= current}
            onClick={() => setMonth(plusMonths(month, 1))}
          >
            下月
          </button>
        </span>
      </header>
      {!outcome ? <Waiting /> : null}
      {outcome && !outcome.ok ? <Refused refusal={outcome.refusal} again={again} /> : null}
      {outcome?.ok && outcome.value.items.length === 0 ? (
        <Empty>这个月还没有上报。在巡查中点“问题”即可上报。</Empty>
      ) : null}
      {outcome?.ok ? (
        <ul className="queue-lines">
          {outcome.value.items.map((report) => (
            <Line key={report.id} report={report} />
          ))}
        </ul>
      ) : null}
      {outcome?.ok && outcome.value.next !== null && limit < 200 ? (
        <button type="button" className="button" onClick={() => setLimit(200)}>
          显示更多
        </button>
      ) : null}
    </div>
  );
};
export default Reports;
