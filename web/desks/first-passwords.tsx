// 初始口令: for halls whose people sign in with passwords of the house. Chosen from the accounts, made by the house, shown
// here once and nowhere else: handed over in person, on paper or as a file that is deleted afterwards.
import { App, Button, Checkbox, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { post, type Refusal } from '../client.ts';
import { today } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { Desk } from './kit.tsx';
import { type Column, Ledger, worded } from './ledger.tsx';
import { DeskPage, NotThere, PrintButton, Section } from './page.tsx';
import { saveBook } from './sheet-saving.ts';
import { useWholeRegistry } from './whole-registry.ts';

type Given = View<'account.firstPasswords'>['items'][number];

const FirstPasswords = (_props: ScreenProps): ReactElement => (
  <Desk>
    <Chooser />
  </Desk>
);
export default FirstPasswords;

/** So many at once, as the door takes them. */
const most = 50;

const HandedOut = ({ given }: { given: readonly Given[] }): ReactElement => (
  <Section
    title={`已发放 ${given.length} 个初始口令`}
    aside={
      <div className="desk-actions no-print">
        <Button
          onClick={() =>
            void saveBook(`初始口令 ${today()}`, [
              {
                name: '初始口令',
                head: ['姓名', '账号', '初始口令'],
                rows: given.map(({ name, subject, password }) => [name, subject, password]),
              },
            ])
          }
        >
          导出 Excel
        </Button>
        <PrintButton />
      </div>
    }
  >
    <p className="notice" role="status">
      只显示这一次,离开本页就看不到了。请当面交付;七天内有效,首次登录必须另设口令,原有登录已失效。导出的文件交付后请删除。
    </p>
    <Ledger
      caption="初始口令"
      rows={given}
      columns={[
        worded<Given>('name', '姓名', ({ name }) => name),
        worded<Given>('subject', '账号', ({ subject }) => subject),
        {
          key: 'password',
          title: '初始口令',
          cell: ({ password }) => <code className="one-line">{password}</code>,
        },
      ]}
      idOf={({ account }) => account}
    />
  </Section>
);

interface Row {
  id: string;
  name: string;
  subject: string;
  department: string;
}

const Chooser = (): ReactElement => {
  const { data, error, refetch } = useWholeRegistry();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState('');
  const [given, setGiven] = useState<readonly Given[]>([]);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const { modal } = App.useApp();
  if (!data) return <NotThere error={error} again={refetch} />;
  const departments = new Map(
    data.flatMap((entry) => (entry.kind === 'department' ? [[entry.id, entry.name]] : [])),
  );
  const people = new Map(data.flatMap((entry) => (entry.kind === 'staff' ? [[entry.id, entry]] : [])));
  const on = today();
  const rows = data.flatMap((entry): Row[] => {
    if (entry.kind !== 'account' || entry.from > on || (entry.until !== undefined && entry.until < on))
      return [];
    const person = people.get(entry.person);
    const row = {
      ...{ id: entry.id, name: person?.name ?? entry.person, subject: entry.subject },
      department: departments.get(person?.department ?? '') ?? '',
    };
    return Object.values(row).some((words) => words.includes(wanted)) ? [row] : [];
  });
  // As they stand below, so that the first ones chosen are those one sees.
  rows.sort((a, b) => a.department.localeCompare(b.department, 'zh-CN'));
  const choose = (id: string, yes: boolean): void =>
    setChosen((before) => {
      const next = new Set(before);
      if (yes) next.add(id);
      else next.delete(id);
      return next;
    });
  const give = async (): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await post('account.firstPasswords', '/api/accounts/first-passwords', {
      accounts: [...chosen],
    });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    // Those of an earlier batch are shown nowhere else; whoever is given another one has only the last.
    const { items } = answer.value;
    const anew = new Set(items.map(({ account }) => account));
    setGiven((before) => [...before.filter(({ account }) => !anew.has(account)), ...items]);
    setChosen(new Set());
  };
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: '姓名',
      cell: ({ id, name }) => (
        <Checkbox checked={chosen.has(id)} onChange={({ target }) => choose(id, target.checked)}>
          {name}
        </Checkbox>
      ),
      by: ({ name }) => name,
    },
    worded<Row>('subject', '账号', ({ subject }) => subject),
    worded<Row>('department', '部门', ({ department }) => department, { wide: true }),
  ];
  return (
    <DeskPage
      back={{ to: '/settings', title: '大厅设置' }}
      title="初始口令"
      under="用内置账号登录的大厅:第一次登录和忘记口令时发放。用统一身份认证登录的,在认证系统办理。"
    >
      {given.length > 0 ? <HandedOut given={given} /> : null}
      <Section
        title="账号"
        // What is handed over is printed, not the whole list below it.
        {...(given.length > 0 ? { className: 'no-print' } : {})}
        aside={
          <div className="desk-actions no-print">
            <Input.Search
              allowClear
              placeholder="查找姓名、账号、部门"
              aria-label="查找账号"
              style={{ width: 250 }}
              onChange={({ target }) => setWanted(target.value.trim())}
            />
            <Button
              onClick={() =>
                setChosen(new Set(chosen.size === 0 ? rows.slice(0, most).map(({ id }) => id) : []))
              }
            >
              {chosen.size === 0 ? `选中前 ${Math.min(most, rows.length)} 个` : '取消选择'}
            </Button>
            <Button
              type="primary"
              loading={busy}
              disabled={chosen.size === 0 || chosen.size > most}
              onClick={() =>
                modal.confirm({
                  title: `给 ${chosen.size} 个账号重设口令?`,
                  content: '他们现有的口令和登录立即失效。',
                  okText: '发放',
                  cancelText: '取消',
                  onOk: () => void give(),
                })
              }
            >
              发放 {chosen.size} 个初始口令
            </Button>
          </div>
        }
      >
        {refusal ? <Refused refusal={refusal} /> : null}
        {chosen.size > most ? <p className="notice">一次最多 {most} 个,请分批发放。</p> : null}
        <Ledger
          framed
          caption="账号"
          rows={rows}
          columns={columns}
          idOf={({ id }) => id}
          sorted="department"
          empty={wanted === '' ? '还没有登记账号' : '没有找到'}
        />
      </Section>
    </DeskPage>
  );
};
