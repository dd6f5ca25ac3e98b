// An attendance file (考勤表、请假台账) taken in: read here, every row told as what it will become or why it cannot be;
// written only when confirmed. The server looks at each row again and enters nothing twice.
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { type AttendanceRow, attendanceRow, type RowRead, readRow } from '../../shared/attendance-file.ts';
import { coverTitles } from '../../shared/cover.ts';
import { leaveTitles } from '../../shared/leave.ts';
import { registryOf } from '../../shared/people.ts';
import type { View } from '../../shared/views.ts';
import { post, type Refusal } from '../client.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { stretchWords } from '../slip-words.ts';
import { Desk } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';
import { SheetPick } from './sheet-pick.tsx';
import { saveBook } from './sheet-saving.ts';
import { useWholeRegistry } from './whole-registry.ts';
import '../style/people.css';
import '../style/office.css';

const LeaveImport = (_: ScreenProps): ReactElement => (
  <Desk>
    <Import />
  </Desk>
);
export default LeaveImport;

const columns = ['人员', '种类', '开始', '结束', '窗口', '替谁', '事由'] as const;
const keys = {
  人员: 'person',
  种类: 'kind',
  开始: 'from',
  结束: 'to',
  窗口: 'window',
  替谁: 'absent',
  事由: 'reason',
} as const;

interface Line {
  line: number;
  row: AttendanceRow | undefined;
  text: string;
  reason?: string;
}

const rowOf = (line: number, head: readonly string[], cells: readonly string[]): Line => {
  const filled = Object.fromEntries(
    columns.flatMap((title) => {
      const text = cells[head.findIndex((one) => one.replace('*', '').trim() === title)] ?? '';
      return text === '' ? [] : [[keys[title], text]];
    }),
  );
  const parsed = attendanceRow.safeParse({ line, ...filled });
  const text = cells.filter((cell) => cell !== '').join(' · ');
  return parsed.success
    ? { line, row: parsed.data, text }
    : { line, row: undefined, text, reason: '人员、种类、开始三列必须填写' };
};

const Import = (): ReactElement => {
  const { data, error, refetch } = useWholeRegistry();
  const client = useQueryClient();
  const [lines, setLines] = useState<Line[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [result, setResult] = useState<View<'leave.import'>>();
  const [busy, setBusy] = useState(false);
  const registry = useMemo(() => (data ? registryOf(0, data) : undefined), [data]);
  const names = useMemo(
    () =>
      new Map(
        (data ?? []).flatMap((entry): [string, string][] =>
          entry.kind === 'staff'
            ? [[entry.id, entry.name]]
            : entry.kind === 'window'
              ? [[entry.id, entry.number]]
              : [],
        ),
      ),
    [data],
  );
  if (!data || !registry) return <NotThere error={error} again={refetch} />;
  const read = (lines ?? []).map((one): Line & { read?: RowRead } =>
    one.row === undefined ? one : { ...one, read: readRow(registry, one.row) },
  );
  const good = read.filter((one) => one.read?.ok);
  const bad = read.length - good.length;
  const words = (one: (typeof read)[number]): string => {
    if (!one.read?.ok) return one.text;
    const { command } = one.read;
    const { fields } = command;
    const called = (id: string): string => names.get(id) ?? id;
    return command.type === 'leave.file'
      ? `${called(fields.person)} ${leaveTitles[command.fields.kind]} ${stretchWords(fields.stretch)}`
      : `${called(fields.person)} ${coverTitles[command.fields.way]} ${called(command.fields.window)} ${stretchWords(fields.stretch)}`;
  };
  const write = async (): Promise<void> => {
    setBusy(true);
    const rows = good.flatMap((one) => one.row ?? []);
    const all: View<'leave.import'> = { entered: 0, before: 0, refused: 0, rows: [] };
    for (let start = 0; start < rows.length; start += 200) {
      const answer = await post('leave.import', '/api/leaves/import', {
        rows: rows.slice(start, start + 200),
      });
      if (!answer.ok) {
        setRefusal(answer.refusal);
        break;
      }
      all.entered += answer.value.entered;
      all.before += answer.value.before;
      all.refused += answer.value.refused;
      all.rows.push(...answer.value.rows);
    }
    setBusy(false);
    setResult(all);
    setLines(undefined);
    await client.invalidateQueries();
  };
  return (
    <DeskPage
      title="导入考勤表"
      back={{ to: '/leave', title: '请假与顶岗' }}
      under="先看清楚,再写入;同一文件重复导入不会重复登记"
      actions={
        <Button
          onClick={() =>
            void saveBook('考勤表模板', [
              {
                name: '考勤',
                head: columns,
                rows: [['张三', '病假', '2026-11-12 上午', '2026-11-13', '', '', '']],
              },
            ])
          }
        >
          下载模板
        </Button>
      }
    >
      <Section title="选择文件">
        <SheetPick
          label={`Excel 文件(.xlsx),表头:${columns.join('、')}`}
          onChoose={() => {
            setResult(undefined);
            setRefusal(undefined);
            setLines(undefined);
          }}
          onRead={([sheet]) => {
            if (!sheet?.head.some((title) => title.startsWith('人员')))
              return `第一张工作表的表头应有:${columns.join('、')}`;
            setLines(sheet.rows.map(({ line, cells }) => rowOf(line, sheet.head, cells)));
            return undefined;
          }}
        />
        {refusal ? <Refused refusal={refusal} /> : null}
        {result ? (
          <div className="notice good" role="status">
            <strong>
              登记 {result.entered} 条,此前已登记 {result.before} 条,未能登记 {result.refused} 条。
            </strong>
            <ul>
              {result.rows
                .filter(({ outcome }) => outcome === 'refused')
                .map(({ line, reason }) => (
                  <li key={line}>
                    第 {line} 行:{reason}
                  </li>
                ))}
            </ul>
          </div>
        ) : null}
      </Section>
      {lines === undefined ? null : (
        <Section title={`预览:可登记 ${good.length} 行,有误 ${bad} 行`}>
          <Ledger
            framed
            caption="考勤表逐行预览"
            rows={read}
            idOf={({ line }) => String(line)}
            columns={[
              { key: 'line', title: '行', cell: ({ line }) => line, number: true, by: ({ line }) => line },
              {
                key: 'state',
                title: '处理',
                cell: (one) => (one.read?.ok ? <Mark tone="green">登记</Mark> : <Mark tone="red">有误</Mark>),
                by: (one) => (one.read?.ok ? 1 : 0),
              },
              { key: 'words', title: '内容', cell: words, long: true },
              {
                key: 'why',
                title: '原因',
                cell: (one) => one.reason ?? (one.read && !one.read.ok ? one.read.reason : ''),
                long: true,
              },
            ]}
          />
          <div className="desk-actions">
            <Button type="primary" loading={busy} disabled={good.length === 0} onClick={() => void write()}>
              确认登记 {good.length} 行
            </Button>
            <Button onClick={() => setLines(undefined)}>放弃</Button>
          </div>
        </Section>
      )}
    </DeskPage>
  );
};
