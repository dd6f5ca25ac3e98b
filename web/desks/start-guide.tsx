// 启用向导: what a hall needs before its first round, step by step, each ticked off by what is really registered: the
// register from Excel, the calendar, the rule book, the ledger of the last half-year, accounts. An hour with the files.
import '../style/office.css';
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { today } from '../clock.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Desk, useView } from './kit.tsx';
import { OpeningImport } from './opening-import.tsx';
import { DeskPage, Mark, NotThere } from './page.tsx';
import { saveTemplate } from './roster-import.tsx';
import { useWholeRegistry } from './whole-registry.ts';

const StartGuide = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default StartGuide;

interface Step {
  title: string;
  done: boolean;
  /** Old ledgers are for whoever has them. */
  optional?: true;
  words: ReactNode;
  action: ReactNode;
}

const Room = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useWholeRegistry();
  const books = useView('rulebook.list', '/api/rulebooks?limit=200');
  const [opening, setOpening] = useState(false);
  if (!data) return <NotThere error={error} again={refetch} />;
  const count = (kind: string): number => data.filter((entry) => entry.kind === kind).length;
  const year = Number(today().slice(0, 4));
  const hasYear = data.some((entry) => entry.kind === 'calendar' && entry.year.year === year);
  const rules = books.data?.items ?? [];
  const steps: Step[] = [
    {
      title: '名册',
      done: count('window') > 0 && count('staff') > 10,
      words: `下载模板,把大厅、网格、部门、窗口、人员和岗位填进去,导入时逐行核对。已登记:部门 ${count('department')},窗口 ${count('window')},人员 ${count('staff')},岗位 ${count('assignment')}`,
      action: (
        <>
          <Button onClick={saveTemplate}>下载模板</Button>
          <Button type="primary" onClick={() => go('/settings/import')}>
            导入名册
          </Button>
        </>
      ),
    },
    {
      title: '工作日历',
      done: hasYear,
      words: hasYear ? `${year} 年的放假安排已登记` : `${year} 年的放假安排还没有登记,期限算不出来`,
      action: <Button onClick={() => go('/settings/calendar')}>登记日历</Button>,
    },
    {
      title: '考核办法',
      done: rules.length > 0,
      words:
        rules.length > 0
          ? `已登记 ${rules.length} 版,最近一版:${rules.at(-1)?.title ?? ''}`
          : '以随附的考核办法为底稿,改成本中心的分值和条款,检查、试算之后施行',
      action: <Button onClick={() => go('/settings/rulebook')}>编辑考核办法</Button>,
    },
    {
      title: '期初台账',
      done: false,
      optional: true,
      words:
        '没有旧台账的可以不导。把启用之前(比如上半年)的问题、谈话、函告和服务之星台账导入:以后累计次数、评选时会看到它们,但不再扣分',
      action: may(me, 'opening.import') ? (
        <>
          <Button onClick={() => go('/settings/openings')}>查看已登记的</Button>
          <Button aria-expanded={opening} onClick={() => setOpening(!opening)}>
            导入台账
          </Button>
        </>
      ) : (
        <Mark>由督查科内勤导入</Mark>
      ),
    },
    {
      title: '角色与账号',
      done: count('grant') > 5,
      words: `格长、巡查员、首席代表、联络员和领导各自的角色。已授权 ${count('grant')} 条;角色可以同名册一起用 Excel 导入`,
      action: <Button onClick={() => go('/settings')}>登记授权</Button>,
    },
  ];
  const left = steps.filter(({ done, optional }) => !done && !optional).length;
  return (
    <DeskPage
      title="启用向导"
      back={{ to: '/settings', title: '大厅设置' }}
      under="手边有上半年的 Excel,一小时左右可以备齐;中途离开也不要紧,做过的都在"
    >
      <ol className="guide">
        {steps.map(({ title, done, words, action }) => (
          <li key={title} className={done ? 'done' : ''}>
            <div>
              <h2>
                {title}
                {done ? <span className="unseen">(已完成)</span> : null}
              </h2>
              <p className="quiet">{words}</p>
            </div>
            <div className="desk-actions">{action}</div>
          </li>
        ))}
      </ol>
      {left === 0 ? <p className="notice good">都已备齐,可以开始巡查了。</p> : null}
      {opening ? <OpeningImport /> : null}
    </DeskPage>
  );
};
