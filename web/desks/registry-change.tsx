// 从某日起变更: people move, windows come to another grid or department, departments are renamed, merged, split. Every
// earlier day stays as it was; what is only a slip of the pen is mended in the register itself.
import '../style/office.css';
import { Button, Form, Input, Radio } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import * as z from 'zod';
import type { EntryKind, RegistryEntry } from '../../shared/people.ts';
import type { RegistryChange } from '../../shared/registry-change.ts';
import { today } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import { holdsToday } from '../roster-read.ts';
import { useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Choice, PickItem, useStep, WordsItem } from './ask.tsx';
import { entryName } from './entry-fields.ts';
import { Desk, refusalIn } from './kit.tsx';
import { DeskPage, NotThere, Section, Way } from './page.tsx';
import { dayWords } from './wall-time.ts';
import { useWholeRegistry } from './whole-registry.ts';

const ChangeDesk = (_: ScreenProps): ReactElement => (
  <Desk>
    <Room />
  </Desk>
);
export default ChangeDesk;

type Kind = RegistryChange['kind'];
const kinds: Record<Kind, string> = {
  moveStaff: '人员调动',
  moveWindow: '窗口调整',
  renameDepartment: '部门更名',
  mergeDepartments: '部门合并',
  splitDepartment: '部门分立',
};
const isKind = (text: unknown): text is Kind => typeof text === 'string' && text in kinds;

interface Part {
  department: string;
  windows?: string[];
  staff?: string[];
}
interface Values {
  from: string;
  staff?: string;
  window?: string;
  department?: string;
  grid?: string;
  to?: string;
  ends?: string[];
  windows?: string[];
  name?: string;
  departments?: string[];
  parts?: Part[];
  rest?: string;
}

const changeOf = (kind: Kind, values: Values): Record<string, unknown> => {
  const { from, to } = values;
  switch (kind) {
    case 'moveStaff':
      return {
        ...{ kind, from, staff: values.staff, ends: values.ends ?? [], windows: values.windows ?? [] },
        ...(to === undefined ? {} : { department: to }),
      };
    case 'moveWindow':
      return {
        ...{ kind, from, window: values.window },
        ...(values.grid === undefined ? {} : { grid: values.grid }),
        ...(to === undefined ? {} : { department: to }),
      };
    case 'renameDepartment':
      return { kind, from, department: values.department, name: values.name };
    case 'mergeDepartments':
      return { kind, from, departments: values.departments, into: to };
    case 'splitDepartment':
      return {
        ...{ kind, from, department: values.department },
        into: (values.parts ?? []).map(({ department, windows = [], staff = [] }) => ({
          department,
          windows,
          staff,
        })),
        ...(values.rest === undefined ? {} : { rest: values.rest }),
      };
  }
};

const Room = (): ReactElement => {
  const asked = useAsked().get('kind');
  const { data, error, refetch } = useWholeRegistry();
  const [kind, setKind] = useState<Kind>(isKind(asked) ? asked : 'moveStaff');
  const [done, setDone] = useState<string>();
  const [form] = Form.useForm<Values>();
  const step = useStep(() => {
    setDone(`${kinds[kind]}已登记,从 ${form.getFieldValue('from')} 起生效。`);
    form.resetFields();
  });
  const choices = useMemo(() => {
    const of = (wanted: EntryKind): Choice[] =>
      (data ?? [])
        .filter((entry) => entry.kind === wanted && 'from' in entry && holdsToday(entry))
        .map((entry) => ({ value: entry.id, label: entryName(entry) }))
        .sort((a, b) => a.label.localeCompare(b.label, 'zh', { numeric: true }));
    return { staff: of('staff'), window: of('window'), department: of('department'), grid: of('grid') };
  }, [data]);
  if (!data) return <NotThere error={error} again={refetch} />;
  return (
    <DeskPage
      title="从某日起变更"
      back={{ to: '/settings', title: '大厅设置' }}
      under="以前的日子仍按当日的名册;登记错了的,在名册里直接修改"
    >
      <Section title="变更">
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark="optional"
          scrollToFirstError
          initialValues={{ from: today(), parts: [{}, {}] }}
          onFinish={(values) => {
            setDone(undefined);
            void step.take('/api/registry/change', () => ({ change: changeOf(kind, values) }));
          }}
        >
          <Form.Item label="种类" required>
            <Radio.Group
              value={kind}
              onChange={({ target }) => {
                if (isKind(target.value)) setKind(target.value);
                step.forget();
              }}
              options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
            />
          </Form.Item>
          <div className="field-row">
            <Form.Item
              name="from"
              label="从哪天起"
              extra="新情况生效的第一天"
              rules={[{ required: true, message: '请填写日期' }]}
            >
              <Input type="date" />
            </Form.Item>
            <Fields kind={kind} entries={data} choices={choices} />
          </div>
          {kind === 'splitDepartment' ? <Parts entries={data} choices={choices} /> : null}
          {kind === 'mergeDepartments' ? <MergeSaid entries={data} /> : null}
          {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} />}
          {done === undefined ? null : (
            <p className="notice good" role="status">
              {done} <Way to="/settings">到名册查看</Way>
            </p>
          )}
          <Button type="primary" htmlType="submit" loading={step.busy}>
            登记变更
          </Button>
        </Form>
      </Section>
    </DeskPage>
  );
};

type Choices = Record<'staff' | 'window' | 'department' | 'grid', Choice[]>;
interface FieldsProps {
  kind: Kind;
  entries: readonly RegistryEntry[];
  choices: Choices;
}

const Fields = ({ kind, entries, choices }: FieldsProps): ReactElement => {
  switch (kind) {
    case 'moveStaff':
      return (
        <>
          <PickItem name="staff" label="谁" choices={choices.staff} />
          <PickItem
            name="to"
            label="调到哪个部门"
            choices={choices.department}
            optional
            placeholder="部门不变可不选"
          />
          <SeatsItem entries={entries} />
          <PickItem
            name="windows"
            label="到哪些窗口"
            choices={choices.window}
            many
            optional
            placeholder="岗位不变可不选"
          />
        </>
      );
    case 'moveWindow':
      return (
        <>
          <PickItem name="window" label="哪个窗口" choices={choices.window} />
          <PickItem
            name="grid"
            label="划到哪个网格"
            choices={choices.grid}
            optional
            placeholder="网格不变可不选"
          />
          <PickItem
            name="to"
            label="归哪个部门"
            choices={choices.department}
            optional
            placeholder="部门不变可不选"
          />
        </>
      );
    case 'renameDepartment':
      return (
        <>
          <PickItem name="department" label="哪个部门" choices={choices.department} />
          <WordsItem name="name" label="新名称" rows={1} max={60} />
        </>
      );
    case 'mergeDepartments':
      return (
        <>
          <PickItem name="departments" label="哪些部门停用" choices={choices.department} many />
          <PickItem name="to" label="并入哪个部门" choices={choices.department} extra="须先登记在名册里" />
        </>
      );
    case 'splitDepartment':
      return (
        <>
          <PickItem name="department" label="哪个部门" choices={choices.department} />
          <PickItem
            name="rest"
            label="其余的由谁承继"
            choices={choices.department}
            optional
            placeholder="都已分配可不选"
          />
        </>
      );
  }
};

/** The seats a person leaves: only their own are offered. */
const SeatsItem = ({ entries }: { entries: readonly RegistryEntry[] }): ReactElement => {
  const staff: unknown = Form.useWatch('staff');
  const windows = new Map(
    entries.flatMap((one) => (one.kind === 'window' ? [[one.id, entryName(one)]] : [])),
  );
  const seats = entries.flatMap((one) =>
    one.kind === 'assignment' && one.staff === staff && holdsToday(one)
      ? [{ value: one.id, label: windows.get(one.window) ?? one.window }]
      : [],
  );
  return (
    <PickItem
      name="ends"
      label="离开哪些窗口"
      choices={seats}
      many
      optional
      placeholder={
        staff === undefined ? '先选人员' : seats.length === 0 ? '没有登记在岗的窗口' : '不离开可不选'
      }
    />
  );
};

/** What stands in a department today, as the register has it. */
const belonging = (entries: readonly RegistryEntry[], departments: readonly string[]) => {
  const windows = new Set<string>();
  const staff = new Set<string>();
  for (const entry of entries) {
    if ((entry.kind !== 'window' && entry.kind !== 'staff') || !holdsToday(entry)) continue;
    if (departments.includes(entry.department)) (entry.kind === 'window' ? windows : staff).add(entry.id);
  }
  return { windows, staff };
};

/** What a merger will mean, in a sentence, before it is entered: a department does not come back by a click. */
const MergeSaid = ({ entries }: { entries: readonly RegistryEntry[] }): ReactElement | null => {
  const ending = z.array(z.string()).catch([]).parse(Form.useWatch('departments'));
  const into: unknown = Form.useWatch('to');
  const from = z.string().catch('').parse(Form.useWatch('from'));
  const names = new Map(
    entries.flatMap((one) => (one.kind === 'department' ? [[one.id, entryName(one)]] : [])),
  );
  if (ending.length === 0 || typeof into !== 'string' || from === '') return null;
  const { windows, staff } = belonging(entries, ending);
  return (
    <p className="notice" role="status">
      {ending.map((id) => names.get(id) ?? id).join('、')}从 {dayWords(from)}起停用,{windows.size} 个窗口、
      {staff.size} 名人员由{names.get(into) ?? into}承继;以前的记录仍记在原部门名下。
    </p>
  );
};

/** What each successor takes over. */
const Parts = ({
  entries,
  choices: all,
}: {
  entries: readonly RegistryEntry[];
  choices: Choices;
}): ReactElement => {
  const split: unknown = Form.useWatch('department');
  const own = belonging(entries, typeof split === 'string' ? [split] : []);
  // What an earlier merger brought here still stands under its old department: then all are offered.
  const some = (kind: 'windows' | 'staff', of: Choice[]): Choice[] =>
    own[kind].size === 0 ? of : of.filter(({ value }) => own[kind].has(value));
  const choices = { ...all, window: some('windows', all.window), staff: some('staff', all.staff) };
  return (
    <Form.List name="parts">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="field-row">
              <PickPart
                at={name}
                field="department"
                label={`承继部门 ${name + 1}`}
                choices={choices.department}
              />
              <PickPart at={name} field="windows" label="划转的窗口" choices={choices.window} many />
              <PickPart at={name} field="staff" label="划转的人员" choices={choices.staff} many />
              {fields.length > 2 ? (
                <Button type="text" onClick={() => remove(name)}>
                  删除承继部门 {name + 1}
                </Button>
              ) : null}
            </div>
          ))}
          <Form.Item>
            <Button size="small" onClick={() => add({})}>
              + 承继部门
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
};
interface PickPartProps {
  at: number;
  field: keyof Part;
  label: string;
  choices: readonly Choice[];
  many?: boolean;
}
const PickPart = ({ at, field, label, choices, many = false }: PickPartProps): ReactElement => (
  <PickItem
    name={[at, field]}
    label={label}
    choices={choices}
    many={many}
    optional={many}
    placeholder={many ? '可不选' : '须先登记在名册里'}
  />
);
