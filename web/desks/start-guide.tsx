// 启用向导: what a hall needs before its first round, step by step, each ticked off by what is really registered: the
// register from Excel, the calendar, the rule book, the ledger of the last half-year, accounts. An hour with the files.
import '../style/office.css';
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { openingRow } from '../../shared/opening-file.ts';
import type { View } from '../../shared/views.ts';
import { post, type Refusal } from '../client.ts';
import { Refused } from '../parts/words.tsx';
import { today } from '../roster-read.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';
import { saveTemplate } from './roster-import.tsx';
import { saveBook } from './sheet-saving.ts';
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
      words:
        '把启用之前(比如上半年)的问题、谈话、函告和服务之星台账导入:以后累计次数、评选时会看到它们,但不再扣分',
      action: may(me, 'opening.import') ? (
        <Button aria-expanded={opening} onClick={() => setOpening(!opening)}>
          导入台账
        </Button>
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
  const left = steps.filter(({ done }) => !done).length;
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
      {opening ? <Opening /> : null}
    </DeskPage>
  );
};

const columns = [
  ['种类', 'kind'],
  ['日期', 'day'],
  ['人员', 'persons'],
  ['部门', 'department'],
  ['窗口', 'window'],
  ['违纪类型', 'violation'],
  ['条款', 'clause'],
  ['程度', 'severity'],
  ['扣分', 'points'],
  ['措施', 'measure'],
  ['称号', 'award'],
  ['原台账编号', 'reference'],
  ['备注', 'note'],
] as const;

type Answer = View<'opening.import'>;
interface Line {
  line: number;
  row: unknown;
  text: string;
}

/** The ledger: the server looks at all rows first and writes none while one is wrong; those may be left out by will. */
const Opening = (): ReactElement => {
  const [lines, setLines] = useState<Line[]>();
  const [answer, setAnswer] = useState<Answer>();
  const [wrong, setWrong] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const choose = async (file: File): Promise<void> => {
    setAnswer(undefined);
    setWrong(undefined);
    setRefusal(undefined);
    const { readBook } = await import('./sheet.ts');
    const book = await readBook(new Uint8Array(await file.arrayBuffer()));
    if (!book.ok) {
      setWrong(book.reason);
      return;
    }
    const [sheet] = book.sheets;
    if (!sheet?.head.includes('种类') || !sheet.head.includes('日期')) {
      setWrong(`第一张工作表的表头应有:${columns.map(([title]) => title).join('、')}`);
      return;
    }
    const { head } = sheet;
    const read = sheet.rows.map(({ line, cells }): Line => {
      const filled = Object.fromEntries(
        columns.flatMap(([title, key]) => {
          const text = cells[head.indexOf(title)] ?? '';
          return text === '' ? [] : [[key, key === 'points' ? Number(text) : text]];
        }),
      );
      return { line, row: { line, ...filled }, text: cells.filter((cell) => cell !== '').join(' · ') };
    });
    if (read.length > 500) setWrong('一次最多 500 行,请分几个文件导入');
    else setLines(read);
  };
  const write = async (leaveOut: number[]): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    const rows = (lines ?? []).map(({ row }) => row);
    const told = await post('opening.import', '/api/openings/import', { rows, leaveOut });
    setBusy(false);
    if (told.ok) setAnswer(told.value);
    else setRefusal(told.refusal);
  };
  const unread = (lines ?? []).filter(({ row }) => !openingRow.safeParse(row).success);
  const refused = (answer?.rows ?? []).filter(({ outcome }) => outcome === 'refused');
  const texts = new Map((lines ?? []).map(({ line, text }) => [line, text]));
  return (
    <Section
      title="期初台账"
      aside={
        <Button
          onClick={() =>
            void saveBook('期初台账模板', [
              {
                name: '台账',
                head: columns.map(([title]) => title),
                rows: [
                  [
                    '问题',
                    '2026-03-12',
                    '张三',
                    '',
                    'A01',
                    '违规使用手机',
                    '',
                    '轻微',
                    0,
                    '提醒',
                    '',
                    '',
                    '',
                  ],
                ],
              },
            ])
          }
        >
          下载模板
        </Button>
      }
    >
      <label className="field light-form">
        <span>Excel 文件(.xlsx),每行一件:问题、措施或称号</span>
        <input
          type="file"
          accept=".xlsx"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void choose(file);
            target.value = '';
          }}
        />
      </label>
      {wrong === undefined ? null : (
        <p className="notice bad" role="alert">
          {wrong}
        </p>
      )}
      {refusal ? <Refused refusal={refusal} /> : null}
      {unread.length > 0 ? (
        <p className="notice bad">第 {unread.map(({ line }) => line).join('、')} 行看不懂,请对照模板改正。</p>
      ) : null}
      {answer && answer.entered + answer.before > 0 && refused.length === 0 ? (
        <p className="notice good" role="status">
          登记 {answer.entered} 条,此前已登记 {answer.before} 条,略去 {answer.leftOut} 条。
        </p>
      ) : null}
      {refused.length > 0 ? (
        <>
          <p className="notice bad" role="alert">
            有 {refused.length} 行不能登记,一行也没有写入。请在 Excel 中改正后重新选择,或略去这些行。
          </p>
          <Ledger
            framed
            caption="不能登记的行"
            rows={refused}
            idOf={({ line }) => String(line)}
            columns={[
              { key: 'line', title: '行', cell: ({ line }) => line, number: true },
              { key: 'text', title: '内容', cell: ({ line }) => texts.get(line) },
              { key: 'why', title: '原因', cell: ({ reason }) => reason },
            ]}
          />
        </>
      ) : null}
      {lines === undefined ? null : (
        <div className="desk-actions">
          <Button
            type="primary"
            loading={busy}
            disabled={unread.length > 0}
            onClick={() => void write(refused.map(({ line }) => line))}
          >
            {refused.length > 0 ? `略去这 ${refused.length} 行,登记其余` : `核对并登记 ${lines.length} 行`}
          </Button>
          <Button onClick={() => setLines(undefined)}>放弃</Button>
        </div>
      )}
    </Section>
  );
};
