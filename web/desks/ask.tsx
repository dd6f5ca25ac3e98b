// Asking a person what a step needs, in a dialog, and taking the step: the fields, what was refused and why, files that
// go along. Every step at a desk is taken through here or through a form of its own page.
import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select, type SelectProps } from 'antd';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { Refused } from '../parts/words.tsx';
import { refusalIn, useCommand } from './kit.tsx';
import type { Manifest } from './scan-field.tsx';
import { announced, type Carrier, sendFiles } from './scan-sending.ts';
import { instantOfWall, pointsWords, wallOf } from './wall-time.ts';

export type Announced = Awaited<ReturnType<typeof announced>>[];

/** Takes a step and sends its files: `take(path, fields, carrier, files)`; `error` is what was refused last. */
export const useStep = (after?: (answer: View<'answer'>) => void) => {
  const command = useCommand();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const take = async (
    path: string,
    fields: (files: Announced) => Record<string, unknown>,
    files: readonly Manifest[] = [],
    carrier: Carrier = 'case',
  ): Promise<boolean> => {
    setBusy(true);
    setError(undefined);
    try {
      const said = await Promise.all(files.map(announced));
      const answer = await command.mutateAsync({ path, fields: fields(said) });
      const lost = await sendFiles(
        carrier,
        answer.id,
        files.map(({ file }, at) => ({ file, sha256: said[at]?.sha256 ?? '' })),
      );
      // What is shown was asked for before the files had arrived.
      if (files.length > 0) await client.invalidateQueries();
      if (lost.length > 0)
        void message.warning(`已办理,但有文件没有传完:${lost.join('、')}。可在待办中补传。`, 8);
      else void message.success('已办理');
      after?.(answer);
      return true;
    } catch (refused) {
      setError(refused);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { take, busy, error, forget: () => setError(undefined) };
};

interface AskProps<Values> {
  title: string;
  open: boolean;
  onClose(): void;
  path: string;
  fields(values: Values, files: Announced): Record<string, unknown>;
  /** Files among the values. */
  filesIn?(values: Values): Manifest[] | undefined;
  carrier?: Carrier;
  initial?: Partial<Values>;
  okText: string;
  danger?: boolean;
  after?(answer: View<'answer'>): void;
  /** What the place of a mistake is called here. */
  place?(path: string): string | undefined;
  children?: ReactNode;
}

export const Ask = <Values extends object>({
  title,
  open,
  onClose,
  path,
  fields,
  filesIn,
  carrier,
  initial,
  okText,
  danger = false,
  after,
  place,
  children,
}: AskProps<Values>): ReactElement => {
  const [form] = Form.useForm<Values>();
  const step = useStep(after);
  return (
    <Modal
      title={title}
      open={open}
      onCancel={onClose}
      okText={okText}
      cancelText="取消"
      okButtonProps={{ danger }}
      confirmLoading={step.busy}
      onOk={() => form.submit()}
      afterClose={step.forget}
      destroyOnHidden
      width={620}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark="optional"
        scrollToFirstError
        {...(initial === undefined ? {} : { initialValues: initial })}
        onFinish={(values) => {
          void step
            .take(path, (files) => fields(values, files), filesIn?.(values) ?? [], carrier)
            .then((done) => {
              if (done) onClose();
            });
        }}
      >
        {children}
        {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} place={place} />}
      </Form>
    </Modal>
  );
};

const needed = [{ required: true, whitespace: true, message: '请填写' }];

/** Points within a range, in hundredths: what lies outside is refused, not moved to its edge unseen. */
export const within = (from: number, to: number) => ({
  type: 'number' as const,
  min: from / 100,
  max: to / 100,
  message: `只能在 ${pointsWords(from)} 至 ${pointsWords(to)} 分之间`,
});

interface WordsProps {
  name: string | string[];
  label: string;
  rows?: number;
  max?: number;
  optional?: boolean;
  placeholder?: string;
  extra?: ReactNode;
}

/** A field for words. */
export const WordsItem = ({ name, label, rows = 3, max = 500, optional, placeholder, extra }: WordsProps) => (
  <Form.Item name={name} label={label} rules={optional ? [] : needed} extra={extra}>
    {rows === 1 ? (
      <Input maxLength={max} placeholder={placeholder} />
    ) : (
      <Input.TextArea autoSize={{ minRows: rows, maxRows: 16 }} maxLength={max} placeholder={placeholder} />
    )}
  </Form.Item>
);

interface WhenFieldProps {
  id?: string;
  value?: string;
  onChange?(instant: string | undefined): void;
}

/** A date and time in the hall's time; what nobody touched stays exact to the millisecond. */
export const WhenField = ({ id, value, onChange }: WhenFieldProps): ReactElement => (
  <Input
    id={id}
    type="datetime-local"
    value={value === undefined ? '' : wallOf(value)}
    onChange={(event) => onChange?.(instantOfWall(event.target.value))}
  />
);

export const WhenItem = ({ name, label, extra }: { name: string; label: string; extra?: ReactNode }) => (
  <Form.Item
    name={name}
    label={label}
    rules={[{ required: true, message: '请填写时间' }]}
    extra={extra ?? '平台外已经发生的,填写当时时间(补录)'}
  >
    <WhenField />
  </Form.Item>
);

export interface Choice {
  value: string;
  label: string;
}

/** Choosing several. Tab goes on to the next field: left to itself it would first take another one of the open list. */
export const SelectSeveral = (props: SelectProps): ReactElement => {
  const [open, setOpen] = useState(false);
  return (
    <Select
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      open={open}
      onOpenChange={setOpen}
      onInputKeyDown={(event) => {
        if (event.key !== 'Tab') return;
        event.stopPropagation();
        setOpen(false);
      }}
      {...props}
    />
  );
};

const pickHint = '请选择,可输入姓名或名称查找';

interface PickProps {
  name: string | (string | number)[];
  label: string;
  choices: readonly Choice[];
  many?: boolean;
  optional?: boolean;
  extra?: ReactNode;
  placeholder?: string;
  /** Told what was chosen, for a form that goes by it. */
  onChoose?(value: string): void;
}

/** Choosing one or several by typing a part of the name. */
export const PickItem = ({
  name,
  label,
  choices,
  many,
  optional,
  extra,
  placeholder,
  onChoose,
}: PickProps) => {
  const options = useMemo(() => [...choices], [choices]);
  return (
    <Form.Item
      name={name}
      label={label}
      rules={optional ? [] : [{ required: true, message: '请选择' }]}
      extra={extra}
    >
      {many ? (
        <SelectSeveral
          allowClear={optional ?? false}
          options={options}
          placeholder={placeholder ?? pickHint}
        />
      ) : (
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={optional ?? false}
          options={options}
          {...(onChoose === undefined ? {} : { onChange: (value: unknown) => onChoose(String(value)) })}
          placeholder={placeholder ?? pickHint}
        />
      )}
    </Form.Item>
  );
};
