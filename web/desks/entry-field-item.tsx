// One field of a register entry as an item of a form: text, a day, a choice, or another entry found by its name.
import { Button, Form, Input, Select } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { PickItem } from './ask.tsx';
import { type EntryField, entryName } from './entry-fields.ts';
import { useWholeRegistry } from './whole-registry.ts';

export const EntryFieldItem = ({ field }: { field: EntryField }): ReactElement => {
  const { data } = useWholeRegistry();
  const { key, title, how, needed = false, hint, choices } = field;
  const entries = useMemo(
    () =>
      (data ?? [])
        .filter((entry) => entry.kind === how)
        .map((entry) => ({ value: entry.id, label: entryName(entry) }))
        .sort((a, b) => a.label.localeCompare(b.label, 'zh', { numeric: true })),
    [data, how],
  );
  if (how === 'parts') return <PartsItem name={key} label={title} />;
  if (how !== 'text' && how !== 'day' && how !== 'choice')
    return <PickItem name={key} label={title} choices={entries} optional={!needed} extra={hint} />;
  return (
    <Form.Item
      name={key}
      label={title}
      extra={hint}
      rules={needed ? [{ required: true, message: `请填写${title}` }] : []}
    >
      {how === 'choice' ? (
        <Select
          options={(choices ?? []).map(({ value, label }) => ({ value, label }))}
          placeholder="请选择"
        />
      ) : (
        <Input type={how === 'day' ? 'date' : 'text'} maxLength={300} />
      )}
    </Form.Item>
  );
};

/** Departments that share a place, each with its part (区域责任划分). */
const PartsItem = ({ name, label }: { name: string; label: string }): ReactElement => {
  const { data } = useWholeRegistry();
  const departments = useMemo(
    () =>
      (data ?? []).flatMap((entry) =>
        entry.kind === 'department' ? [{ value: entry.id, label: entry.name }] : [],
      ),
    [data],
  );
  return (
    <Form.Item label={label} required>
      <Form.List name={name} initialValue={[{}]}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name: at }) => (
              <div key={key} className="field-row">
                <PickItem name={[at, 'department']} label={`责任部门 ${at + 1}`} choices={departments} />
                <Form.Item
                  name={[at, 'part']}
                  label="负责哪一部分"
                  rules={[{ required: true, message: '请填写' }]}
                >
                  <Input maxLength={60} />
                </Form.Item>
                {fields.length > 1 ? (
                  <Button type="text" size="small" onClick={() => remove(at)}>
                    删除责任部门 {at + 1}
                  </Button>
                ) : null}
              </div>
            ))}
            <Button size="small" disabled={fields.length >= 10} onClick={() => add({})}>
              + 责任部门
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
};
