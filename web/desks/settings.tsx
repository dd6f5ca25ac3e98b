// 大厅设置: the register kind by kind, searched, entered, changed and ended; Excel out, and in by the page beside. Nothing
// is deleted here: an entry ends on a day.
import '../style/office.css';
import { Button, Input, Segmented, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import type { RegistryEntry } from '../../shared/people.ts';
import { fileKinds, fileSheets, rosterRows } from '../../shared/roster-file.ts';
import { today } from '../clock.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask } from './ask.tsx';
import { EntryFieldItem } from './entry-field-item.tsx';
import {
  type EditedKind,
  type EntryField,
  editedKinds,
  entryName,
  entryPlace,
  isEdited,
} from './entry-fields.ts';
import { Desk } from './kit.tsx';
import { type Column, Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section, Way } from './page.tsx';
import { saveBook } from './sheet-saving.ts';
import { useWholeRegistry } from './whole-registry.ts';

const Settings = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Register me={me} />
  </Desk>
);
export default Settings;

const order: EditedKind[] = [
  ...([
    'staff',
    'window',
    'assignment',
    'department',
    'grid',
    'area',
    'hall',
    'campaign',
    'grant',
    'account',
  ] as const),
];

const shownValue = (entry: RegistryEntry, field: EntryField, names: ReadonlyMap<string, string>): string => {
  const found = Object.entries(entry).find(([key]) => key === field.key)?.[1];
  if (field.how === 'parts' && entry.kind === 'area')
    return entry.responsible
      .map(({ department, part }) => `${names.get(`department:${department}`) ?? department}:${part}`)
      .join(';');
  if (typeof found !== 'string') return '';
  if (field.how === 'choice') return field.choices?.find(({ value }) => value === found)?.label ?? found;
  if (field.how === 'text' || field.how === 'day') return found;
  return names.get(`${field.how}:${found}`) ?? found;
};

const Register = ({ me }: { me: Me }): ReactElement => {
  const [kind, setKind] = useState<EditedKind>('staff');
  const [wanted, setWanted] = useState('');
  const [which, setWhich] = useState<'now' | 'all'>('now');
  const [editing, setEditing] = useState<RegistryEntry | 'new'>();
  const { data, error, refetch } = useWholeRegistry();
  const names = useMemo(
    () => new Map((data ?? []).map((entry) => [`${entry.kind}:${entry.id}`, entryName(entry)])),
    [data],
  );
  const { title, fields } = editedKinds[kind];
  const rows = useMemo(() => {
    const on = today();
    return (data ?? []).filter(
      (entry) =>
        entry.kind === kind &&
        (which === 'all' || !('until' in entry) || entry.until === undefined || entry.until >= on) &&
        (wanted === '' ||
          entry.id.includes(wanted) ||
          fields.some((field) => shownValue(entry, field, names).includes(wanted))),
    );
  }, [data, kind, which, wanted, fields, names]);
  if (!data) return <NotThere error={error} again={refetch} />;
  const guarded = kind === 'grant' || kind === 'account';
  const writes = may(me, guarded ? 'registry.enterAccounts' : 'registry.enter');
  const columns: Column<RegistryEntry>[] = [
    ...fields.map(
      (field): Column<RegistryEntry> => ({
        key: field.key,
        title: field.title.replace('(含当日)', ''),
        cell: (entry) => shownValue(entry, field, names),
        by: (entry) => shownValue(entry, field, names),
        ...(field.how === 'day' && { wide: true as const }),
      }),
    ),
    ...(kind === 'grant'
      ? [
          {
            key: 'delegated',
            title: '委托',
            cell: (entry: RegistryEntry) =>
              entry.kind === 'grant' && entry.delegatedBy !== undefined ? (
                <Mark tone="amber">代 {names.get(`staff:${entry.delegatedBy}`) ?? entry.delegatedBy}</Mark>
              ) : null,
          },
        ]
      : []),
    ...(writes
      ? [
          {
            key: 'do',
            title: '',
            cell: (entry: RegistryEntry) => (
              <Button size="small" type="text" onClick={() => setEditing(entry)}>
                修改<span className="unseen">{entryName(entry)}</span>
              </Button>
            ),
          },
        ]
      : []),
  ];
  const save = (): void =>
    void saveBook(
      `名册 ${today()}`,
      fileKinds.map((one) => ({
        name: fileSheets[one].name,
        head: fileSheets[one].columns,
        rows: rosterRows(one, data),
      })),
    );
  return (
    <DeskPage
      title="大厅设置"
      under="名册只登记、变更和停用,不删除;以前的问题始终按当日的名册计算"
      actions={
        <>
          <Button onClick={save}>导出 Excel</Button>
          {may(me, 'registry.change') ? (
            <Button onClick={() => go('/settings/change')}>从某日起变更</Button>
          ) : null}
          {may(me, 'registry.enter') ? (
            <Button onClick={() => go('/settings/import')}>导入 Excel</Button>
          ) : null}
        </>
      }
    >
      <nav className="settings-ways" aria-label="其他设置">
        {may(me, 'registry.enter') ? <Way to="/settings/start">启用向导</Way> : null}
        {may(me, 'registry.enter', 'registry.enterAccounts') ? (
          <Way to="/settings/centre">中心信息</Way>
        ) : null}
        {may(me, 'registry.keepSeal') ? <Way to="/settings/seal">电子印章</Way> : null}
        {may(me, 'account.firstPasswords') ? <Way to="/settings/passwords">初始口令</Way> : null}
        {may(me, 'registry.enter') ? <Way to="/settings/hours">服务时间</Way> : null}
        <Way to="/settings/calendar">工作日历</Way>
        <Way to="/settings/rulebook">考核办法</Way>
        {may(me, 'registry.delegate') ? <Way to="/settings/delegation">委托代理</Way> : null}
      </nav>
      <Section
        title={title}
        aside={
          <div className="desk-actions no-print">
            <Input.Search
              allowClear
              placeholder={`查找${title}`}
              aria-label={`查找${title}`}
              style={{ width: 200 }}
              onSearch={setWanted}
              onChange={({ target }) => setWanted(target.value.trim())}
            />
            <Select
              aria-label="范围"
              value={which}
              onChange={setWhich}
              options={[
                { value: 'now', label: '在用的' },
                { value: 'all', label: '含已停用' },
              ]}
            />
            {writes ? (
              <Button type="primary" onClick={() => setEditing('new')}>
                新增{title}
              </Button>
            ) : null}
          </div>
        }
      >
        <div className="settings-kinds no-print">
          <Segmented
            value={kind}
            aria-label="名册种类"
            options={order
              .filter((one) => one !== 'account' || may(me, 'registry.readAccounts'))
              .map((one) => ({ value: one, label: editedKinds[one].title }))}
            onChange={(value) => {
              if (isEdited(value)) setKind(value);
            }}
          />
          <span className="quiet">{rows.length} 条</span>
        </div>
        <Ledger
          framed
          caption={title}
          rows={rows}
          columns={columns}
          idOf={(entry) => entry.id}
          sorted={fields[0]?.key ?? 'name'}
          empty={
            wanted === ''
              ? `还没有登记${title}。可以逐条新增${fileKinds.some((one) => one === kind) ? ',也可以用 Excel 一次导入' : ''}。`
              : '没有找到'
          }
        />
      </Section>
      {editing === undefined ? null : (
        <Edit
          kind={kind}
          entry={editing === 'new' ? undefined : editing}
          close={() => setEditing(undefined)}
        />
      )}
    </DeskPage>
  );
};

type Values = Record<string, unknown>;

const Edit = ({
  kind,
  entry,
  close,
}: {
  kind: EditedKind;
  entry: RegistryEntry | undefined;
  close(): void;
}): ReactElement => {
  const { title, fields } = editedKinds[kind];
  const [id] = useState(() => entry?.id ?? `${kind}-${crypto.randomUUID().slice(0, 13)}`);
  const initial: Values = Object.fromEntries(
    Object.entries(entry ?? { from: today() }).flatMap(([key, value]) =>
      typeof value === 'string' || fields.some((field) => field.key === key) ? [[key, value]] : [],
    ),
  );
  return (
    <Ask<Values>
      open
      title={entry ? `修改${title}` : `新增${title}`}
      okText="保存"
      onClose={close}
      path="/api/registry"
      place={entryPlace(fields)}
      initial={initial}
      fields={(values) => {
        const filled = Object.fromEntries(
          fields.flatMap(({ key }) => {
            const value = values[key];
            const said = typeof value === 'string' ? value.trim() : value;
            return said === undefined || said === null || said === '' ? [] : [[key, said]];
          }),
        );
        // What the form does not speak of (earlier names, rotation) stays; what was emptied goes.
        const kept = Object.fromEntries(
          Object.entries(entry ?? {}).filter(([key]) => !fields.some((field) => field.key === key)),
        );
        return { entries: [{ ...kept, kind, id, ...filled }] };
      }}
    >
      {entry && (kind === 'staff' || kind === 'window' || kind === 'department') ? (
        <p className="notice">
          这里改的是登记错误,从启用之日起都按新的计算。调动、搬窗口、更名、合并请用“从某日起变更”,以前的仍按当日。
        </p>
      ) : null}
      {fields.map((field) => (
        <EntryFieldItem key={field.key} field={field} />
      ))}
    </Ask>
  );
};
