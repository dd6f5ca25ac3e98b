// The register from Excel: chosen, read here, every row told as new, changed, unchanged or wrong with its line and
// column; written only after it was confirmed, and only when no row is wrong or the wrong ones are left out by will.
import '../style/office.css';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Progress, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';
import { type RegistryEntry, roleTitles } from '../../shared/people.ts';
import {
  centreBegins,
  fileKinds,
  fileSheets,
  kindOfSheet,
  type RowEntry,
  type RowFault,
  readRosterFile,
} from '../../shared/roster-file.ts';
import { type Refusal, send } from '../client.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { entryName } from './entry-fields.ts';
import { Desk } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';
import type { SheetRead } from './sheet.ts';
import { SheetPick } from './sheet-pick.tsx';
import { saveBook } from './sheet-saving.ts';
import { useWholeRegistry } from './whole-registry.ts';

const RosterImport = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Import me={me} />
  </Desk>
);
export default RosterImport;

interface Preview {
  file: string;
  entries: RowEntry[];
  faults: RowFault[];
  /** Sheets that are none of ours. */
  unknown: string[];
}

export const saveTemplate = (): void =>
  void saveBook(
    '名册模板',
    fileKinds.map((kind) => ({ name: fileSheets[kind].name, head: fileSheets[kind].columns, rows: [] })),
  );

/** As many entries as one command takes. */
const atOnce = 30;

const states = { new: ['新增', 'green'], changed: ['修改', 'amber'], same: ['不变', 'plain'] } as const;
type Filter = 'all' | 'new' | 'changed' | 'faults';

const Import = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useWholeRegistry();
  const client = useQueryClient();
  const [preview, setPreview] = useState<Preview>();
  const [leaveOut, setLeaveOut] = useState(false);
  const [filter, setFilter] = useState<Filter>('all');
  const [written, setWritten] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [done, setDone] = useState<string>();
  if (!data) return <NotThere error={error} again={refetch} />;
  const take = (all: readonly SheetRead[], file: string): string | undefined => {
    const sheets = all.flatMap(({ name, head, rows }) => {
      const kind = kindOfSheet(name);
      const named = rows.map(({ line, cells }) => ({
        line,
        cells: Object.fromEntries(
          head.map((title, nth) => [title.replace('*', '').trim(), cells[nth] ?? '']),
        ),
      }));
      return kind === undefined ? [] : [{ kind, rows: named }];
    });
    if (sheets.length === 0)
      return `没有可以导入的工作表。工作表应取名为:${fileKinds.map((kind) => fileSheets[kind].name).join('、')}`;
    const centre = data.find((entry) => entry.kind === 'centre');
    const from = centre?.kind === 'centre' ? centreBegins(centre) : '2026-01-01';
    setPreview({
      file,
      ...readRosterFile(sheets, data, from),
      unknown: all.flatMap(({ name }) => (kindOfSheet(name) === undefined ? [name] : [])),
    });
    return undefined;
  };
  const toWrite = (preview?.entries ?? []).filter(({ state }) => state !== 'same');
  const needsAdmin = toWrite.some(({ entry }) => entry.kind === 'grant');
  const write = async (): Promise<void> => {
    setRefusal(undefined);
    setWritten(0);
    for (let start = 0; start < toWrite.length; start += atOnce) {
      const some = toWrite.slice(start, start + atOnce);
      const answer = await send('/api/registry', { entries: some.map(({ entry }) => entry) });
      if (!answer.ok) {
        setWritten(undefined);
        setRefusal({
          ...answer.refusal,
          next: `${answer.refusal.next}。已写入 ${start} 条,其余未写入;改正后可以再次导入同一文件,不会重复登记`,
          fields: (answer.refusal.fields ?? []).map(({ path, name, reason }) => {
            const at = some[Number(/^entries\.(\d+)/.exec(path)?.[1] ?? -1)];
            if (at === undefined) return { path, name, reason };
            const field = name?.split(' › ').slice(1) ?? [];
            return { path, name: [`${at.sheet} 第 ${at.line} 行`, ...field].join(' › '), reason };
          }),
        });
        await client.invalidateQueries();
        return;
      }
      setWritten(start + some.length);
    }
    await client.invalidateQueries();
    setWritten(undefined);
    setPreview(undefined);
    setDone(`已导入 ${toWrite.length} 条。`);
  };
  const names = new Map(
    [...data, ...(preview?.entries ?? []).map(({ entry }) => entry)].map((one) => [one.id, entryName(one)]),
  );
  const named = (id: string): string => names.get(id) ?? id;
  const lineName = (entry: RegistryEntry): string =>
    entry.kind === 'assignment'
      ? `${named(entry.staff)} · ${named(entry.window)}`
      : entry.kind === 'grant'
        ? `${named(entry.person)} · ${roleTitles[entry.role]}`
        : entryName(entry);
  const ready =
    preview !== undefined &&
    toWrite.length > 0 &&
    (preview.faults.length === 0 || leaveOut) &&
    (!needsAdmin || may(me, 'registry.enterAccounts'));
  return (
    <DeskPage
      title="导入名册"
      back={{ to: '/settings', title: '大厅设置' }}
      under="先看清楚,再写入:确认之前,什么都不会登记"
      actions={<Button onClick={saveTemplate}>下载模板</Button>}
    >
      <Section title="选择文件">
        <SheetPick
          label="Excel 文件(.xlsx,不超过 5 MB)"
          hint={`一个文件可以有多张工作表:${fileKinds.map((kind) => fileSheets[kind].name).join('、')}。用名称互相指代,不必编号;已经登记过的按名称对上,只更新有变化的。`}
          onChoose={() => {
            setRefusal(undefined);
            setDone(undefined);
            setPreview(undefined);
            setLeaveOut(false);
            setFilter('all');
          }}
          onRead={take}
        />
        {done === undefined ? null : (
          <p className="notice good" role="status">
            {done}
          </p>
        )}
      </Section>
      {preview === undefined ? null : (
        <Section
          title={`预览:${preview.file}`}
          aside={
            <Segmented<Filter>
              aria-label="看哪些"
              value={filter}
              onChange={setFilter}
              options={[
                { value: 'all', label: `全部 ${preview.entries.length}` },
                { value: 'new', label: `新增 ${count(preview, 'new')}` },
                { value: 'changed', label: `修改 ${count(preview, 'changed')}` },
                { value: 'faults', label: `有误 ${preview.faults.length}` },
              ]}
            />
          }
        >
          {preview.unknown.length > 0 ? (
            <p className="notice">没有读取的工作表:{preview.unknown.join('、')}</p>
          ) : null}
          {preview.faults.length > 0 ? (
            <div className="import-faults">
              <p className="notice bad" role="alert">
                有 {preview.faults.length} 处需要改正。请在 Excel 中改好后重新选择文件。
              </p>
              <Ledger
                framed
                caption="需要改正的地方"
                rows={preview.faults}
                idOf={({ sheet, line, column, reason }) => `${sheet}${line}${column}${reason}`}
                columns={[
                  { key: 'sheet', title: '工作表', cell: ({ sheet }) => sheet },
                  { key: 'line', title: '行', cell: ({ line }) => line, number: true },
                  { key: 'column', title: '列', cell: ({ column }) => column },
                  { key: 'reason', title: '原因和改法', cell: ({ reason }) => reason, long: true },
                ]}
              />
              {toWrite.length > 0 ? (
                <Checkbox checked={leaveOut} onChange={({ target }) => setLeaveOut(target.checked)}>
                  略去有误的行,只导入其余 {toWrite.length} 条
                </Checkbox>
              ) : null}
            </div>
          ) : null}
          {filter === 'faults' ? null : (
            <Ledger
              framed
              caption="将要登记的条目"
              rows={preview.entries.filter(({ state }) => filter === 'all' || state === filter)}
              idOf={({ sheet, line }) => `${sheet}${line}`}
              rowClass={({ state }) => (state === 'same' ? 'quiet' : undefined)}
              empty="没有这样的行"
              columns={[
                { key: 'sheet', title: '工作表', cell: ({ sheet }) => sheet },
                { key: 'line', title: '行', cell: ({ line }) => line, number: true },
                {
                  key: 'state',
                  title: '处理',
                  cell: ({ state }) => <Mark tone={states[state][1]}>{states[state][0]}</Mark>,
                },
                { key: 'entry', title: '条目', cell: ({ entry }) => lineName(entry) },
                { key: 'from', title: '启用', cell: ({ entry }) => entry.from },
              ]}
            />
          )}
          {refusal ? <Refused refusal={refusal} /> : null}
          {written === undefined ? null : (
            <Progress
              percent={Math.round((written * 100) / Math.max(1, toWrite.length))}
              aria-label="写入进度"
            />
          )}
          {needsAdmin && !may(me, 'registry.enterAccounts') ? (
            <p className="notice">角色授权由系统管理员导入;请去掉“角色授权”工作表,或请管理员来导入。</p>
          ) : null}
          <div className="desk-actions">
            <Button type="primary" disabled={!ready || written !== undefined} onClick={() => void write()}>
              {toWrite.length === 0 ? '没有要写入的' : `确认写入 ${toWrite.length} 条`}
            </Button>
            <Button onClick={() => setPreview(undefined)} disabled={written !== undefined}>
              放弃
            </Button>
          </div>
        </Section>
      )}
    </DeskPage>
  );
};

const count = (preview: Preview, state: RowEntry['state']): number =>
  preview.entries.filter((one) => one.state === state).length;
