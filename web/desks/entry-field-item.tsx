// One field of a register entry as an item of a form: text, a day, a choice, or another entry found by its name.
import { Form, Input, Select } from 'antd';
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
