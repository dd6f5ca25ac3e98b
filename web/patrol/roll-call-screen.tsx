// 开门查岗: one walk past many windows at opening time. Everybody is there until tapped; who is tapped becomes a finding of
// lateness. One command for all of them.
import { type ReactElement, useState } from 'react';
import * as z from 'zod';
import { newInspectionId } from '../../shared/ids.ts';
import { dayOf } from '../../shared/time.ts';
import { clockDoubt, houseNow, notedShape, noteMoment } from '../clock.ts';
import { enqueue, isFull } from '../outbox-db.ts';
import { Icon } from '../parts/icon.tsx';
import { Empty, NoRoom, Waiting } from '../parts/words.tsx';
import { followLink, go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { timeWords } from '../time-words.ts';
import { useKeptForm } from './kept-form.ts';
import { departmentName, personName, seatedNow, useShift } from './shift-kept.ts';

/** The house takes so many in one command (shared/roll-call-decide.ts). */
const mostFindings = 30;
const perCommand = 100;

const calling = z.object({
  begun: z.string(),
  noted: notedShape,
  /** Windows where somebody was missing, and who. */
  absent: z.record(z.string(), z.array(z.string())),
});
type Calling = z.infer<typeof calling>;
const beginCalling = (): Calling => ({
  begun: houseNow().toISOString(),
  noted: noteMoment(),
  absent: {},
});

const RollCall = ({ me, at }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  const grid = here?.shift.grids.find(({ id }) => id === at.grid);
  const { form, change, forget, recovered } = useKeptForm(
    // What was found at opening time is of that day.
    {
      person: me.person,
      title: `开门查岗 ${grid?.name ?? ''}`,
      to: `/patrol/roll-call/${at.grid ?? ''}`,
      ofItsDay: true,
    },
    calling,
    beginCalling,
  );
  const { begun, noted, absent } = form;
  const setAbsent = (next: Calling['absent']): void => change((before) => ({ ...before, absent: next }));
  const [handing, setHanding] = useState(false);
  const [full, setFull] = useState(false);
  if (!here) return refusal ? <Empty>{refusal.detail}</Empty> : <Waiting />;
  const { shift } = here;
  if (!grid) return <Empty>没有这个网格。</Empty>;
  const windows = shift.windows
    .filter((window) => window.grid === grid.id && seatedNow(window, begun).open)
    .slice(0, perCommand);
  const count = Object.keys(absent).length;
  const toggle = (window: string, persons: string[]): void => {
    const { [window]: known, ...rest } = absent;
    setAbsent(known ? rest : { ...absent, [window]: persons });
  };
  const only = (window: string, person: string): void => setAbsent({ ...absent, [window]: [person] });
  const submit = async (): Promise<void> => {
    setHanding(true);
    const id = crypto.randomUUID();
    const kept = enqueue({
      ...{ id, person: me.person, personName: me.name, path: '/api/inspections/roll-call' },
      body: {
        ...{ grid: grid.id, at: begun, doubtSeconds: clockDoubt(), violation: 'DIS-LATE' },
        description: '开门查岗时不在岗位',
        windows: windows.map(({ id: window }) => {
          const persons = absent[window];
          if (persons === undefined) return { window, result: 'fine' };
          return { window, result: 'finding', ...(persons.length > 0 ? { persons } : {}) };
        }),
      },
      title: `开门查岗 · ${grid.name} ${count} 人不在岗`,
      madeAt: begun,
      noted,
      creates: newInspectionId(dayOf(begun), id),
    });
    try {
      await kept;
    } catch (error) {
      if (!isFull(error)) throw error;
      setFull(true);
      setHanding(false);
      return;
    }
    forget();
    go('/patrol', { replace: true });
  };
  return (
    <div className="round">
      <header className="round-head">
        <a className="button bare" href="/patrol" onClick={followLink} aria-label="返回巡查首页">
          <Icon name="back" />
        </a>
        <h1>开门查岗 · {grid.name}</h1>
        <p className="round-counts" role="status">
          <span className="mark">{timeWords(begun)}</span>
          <span className="mark green">在岗 {windows.length - count}</span>
          <span className="mark red">不在岗 {count}</span>
        </p>
        <div className="round-acts">
          <button
            type="button"
            className="button primary"
            disabled={handing || windows.length === 0 || count > mostFindings}
            onClick={() => void submit()}
          >
            提交查岗
          </button>
        </div>
      </header>
      {full ? <NoRoom what="还没有提交,点过的都在" /> : null}
      {recovered ? (
        <p className="notice undo" role="status">
          <span>接着 {timeWords(begun)} 的查岗,点过的都在。</span>
          <button type="button" className="button" onClick={forget}>
            重新查岗
          </button>
        </p>
      ) : null}
      <p className="quiet hint">
        {windows.length === 0
          ? '现在没有窗口在服务时间内。'
          : count > mostFindings
            ? `一次最多 ${mostFindings} 条,请按网格分次提交。`
            : '默认都在岗。点不在岗的窗口;多人窗口再点是谁。请假、顶岗的已排除。'}
      </p>
      <ul className="window-tiles small">
        {windows.map((window) => {
          const seated = seatedNow(window, begun);
          const chosen = absent[window.id];
          const [one, another] = seated.here;
          return (
            <li key={window.id} className={`window-tile ${chosen ? 'finding' : 'fine'}`}>
              <button
                type="button"
                className="tile-face"
                aria-pressed={chosen !== undefined}
                aria-label={`${window.number} 不在岗`}
                onClick={() => toggle(window.id, one !== undefined && another === undefined ? [one] : [])}
              >
                <span className="tile-number">{window.number}</span>
                <span className="tile-state">{chosen ? '不在岗' : '在岗'}</span>
                <span className="tile-department">{departmentName(shift, window.department)}</span>
              </button>
              <div className="tile-people">
                {seated.here.map((person) => (
                  <button
                    key={person}
                    type="button"
                    className="person"
                    aria-pressed={chosen?.includes(person) ?? false}
                    onClick={() => only(window.id, person)}
                  >
                    {personName(shift, person)}
                  </button>
                ))}
                {seated.away.map(({ person, why }) => (
                  <span key={person} className="person away">
                    {personName(shift, person)} {why === 'leave' ? '请假' : '顶岗'}
                  </span>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
export default RollCall;
