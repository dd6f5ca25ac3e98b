// What of each kind of register entry is filled in by hand, in which order and how it is called. Knows no screen.
import { fieldName } from '../../shared/field-names.ts';
import { type EntryKind, type RegistryEntry, roles, roleTitles } from '../../shared/people.ts';
import { windowWords } from '../roster-read.ts';

export interface EntryField {
  key: string;
  title: string;
  /** `parts`: departments, each with the part it answers for. */
  how: 'text' | 'day' | 'choice' | 'parts' | EntryKind;
  needed?: boolean;
  choices?: readonly { value: string; label: string }[];
  hint?: string;
}

const name = (title = '名称'): EntryField => ({ key: 'name', title, how: 'text', needed: true });
const from: EntryField = { key: 'from', title: '启用日期', how: 'day', needed: true };
const until: EntryField = {
  key: 'until',
  title: '停用日期(含当日)',
  how: 'day',
  hint: '不再使用时填写,不删除',
};
const refer = (key: string, title: string, how: EntryKind, needed = true): EntryField => ({
  ...{ key, title, how, needed },
});

const kinds = {
  hall: { title: '大厅', fields: [name(), from, until] },
  grid: { title: '网格', fields: [name(), refer('hall', '大厅', 'hall'), from, until] },
  area: {
    title: '公共区域',
    fields: [
      name(),
      refer('grid', '网格', 'grid'),
      { key: 'responsible', title: '责任划分', how: 'parts', needed: true },
      from,
      until,
    ],
  },
  department: {
    title: '部门',
    fields: [
      name(),
      {
        key: 'employer',
        title: '性质',
        how: 'choice',
        needed: true,
        choices: [
          { value: 'resident', label: '进驻部门' },
          { value: 'centre', label: '中心自聘' },
          { value: 'contractor', label: '劳务派遣、外包' },
        ],
      },
      from,
      until,
    ],
  },
  window: {
    title: '窗口',
    fields: [
      { key: 'number', title: '窗口号', how: 'text', needed: true },
      name(),
      refer('grid', '网格', 'grid'),
      refer('department', '部门', 'department'),
      from,
      until,
    ],
  },
  staff: {
    title: '人员',
    fields: [
      name('姓名'),
      refer('department', '部门', 'department'),
      {
        key: 'post',
        title: '岗位',
        how: 'choice',
        needed: true,
        choices: [
          { value: 'window', label: '窗口' },
          { value: 'office', label: '科室' },
        ],
      },
      from,
      until,
    ],
  },
  assignment: {
    title: '岗位安排',
    fields: [refer('staff', '人员', 'staff'), refer('window', '窗口', 'window'), from, until],
  },
  grant: {
    title: '角色授权',
    fields: [
      refer('person', '人员', 'staff'),
      {
        key: 'role',
        title: '角色',
        how: 'choice',
        needed: true,
        choices: roles.map((role) => ({ value: role, label: roleTitles[role] })),
      },
      { ...refer('grid', '网格', 'grid', false), hint: '格长填写' },
      { ...refer('department', '部门', 'department', false), hint: '首席代表、联络员填写' },
      from,
      until,
    ],
  },
  account: {
    title: '登录账号',
    fields: [
      refer('person', '人员', 'staff'),
      { key: 'issuer', title: '登录服务地址', how: 'text', needed: true },
      { key: 'subject', title: '登录名', how: 'text', needed: true },
      from,
      until,
    ],
  },
  campaign: {
    title: '专项检查',
    fields: [name(), from, { ...until, needed: true, hint: '最后一天' }],
  },
} satisfies Partial<Record<EntryKind, { title: string; fields: EntryField[] }>>;

export type EditedKind = keyof typeof kinds;
export const editedKinds: Record<EditedKind, { title: string; fields: EntryField[] }> = kinds;
export const isEdited = (kind: string): kind is EditedKind => kind in kinds;

/** What an entry is called in a list or a choice. */
export const entryName = (entry: RegistryEntry): string => {
  if (entry.kind === 'window') return windowWords(entry);
  return 'name' in entry ? entry.name : entry.id;
};

/** Of one entry sent alone, the field that is wrong as the form calls it. */
export const entryPlace =
  (fields: readonly EntryField[] = []) =>
  (path: string): string | undefined => {
    const own = path.replace(/^entries\.0\.?/, '');
    return own === ''
      ? '所填内容'
      : (fields.find(({ key }) => key === own)?.title ?? fieldName(own.replace(/^papers\./, '')));
  };
