// 巡查表: one grid on paper for a round without a tablet, to be entered later by the clerk with its scan.
import type { ReactElement } from 'react';
import { chineseDate } from '../../shared/time.ts';
import { today } from '../clock.ts';
import { Icon } from '../parts/icon.tsx';
import { Empty, Waiting } from '../parts/words.tsx';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { departmentName, personName, seatedNow, useShift } from './shift-kept.ts';

const Sheet = ({ me, at }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  if (!here) return refusal ? <Empty>{refusal.detail}</Empty> : <Waiting />;
  const { shift } = here;
  const grid = shift.grids.find(({ id }) => id === at.grid);
  if (!grid) return <Empty>没有这个网格。</Empty>;
  const windows = shift.windows.filter((window) => window.grid === grid.id);
  const clauses = shift.rules?.clauses ?? [];
  return (
    <div className="sheet">
      <p className="no-print line-tools">
        <a className="button bare" href="/patrol" onClick={followLink}>
          <Icon name="back" />
          返回
        </a>
        <button type="button" className="button primary" onClick={() => window.print()}>
          <Icon name="print" />
          打印
        </button>
      </p>
      <h1>{shift.centre.name}巡查表</h1>
      <p className="sheet-facts">
        <span>
          {grid.hall} {grid.name}
        </span>
        <span>{chineseDate(today())}</span>
        <span>巡查时间 ____:____ 至 ____:____</span>
        <span>巡查人(签名)______________</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard */}
      <section className="sheet-table" aria-label="逐窗口记录" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th>窗口</th>
              <th>部门</th>
              <th>在岗人员</th>
              <th>正常</th>
              <th>看不清</th>
              <th>问题(条款)</th>
              <th>时间</th>
              <th>说明</th>
            </tr>
          </thead>
          <tbody>
            {windows.map((one) => {
              const seated = seatedNow(one);
              return (
                <tr key={one.id}>
                  <td>{one.number}</td>
                  <td>{departmentName(shift, one.department)}</td>
                  <td>{seated.here.map((person) => personName(shift, person)).join('、')}</td>
                  <td className="box">□</td>
                  <td className="box">□</td>
                  <td />
                  <td />
                  <td />
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className="sheet-clauses">{clauses.map(({ code, title }) => `${code} ${title}`).join(';')}</p>
      <p className="quiet">没有打勾的窗口记为“未查”。交督查科内勤补录,并附本表扫描件。</p>
    </div>
  );
};
export default Sheet;
