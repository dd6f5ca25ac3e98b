// Opening a rectification order: from a finding of nobody in particular, or for something seen at a window or in an area
// with no finding of its own.
import { Form, Input } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { today } from '../clock.ts';
import { holdsToday, windowWords } from '../roster-read.ts';
import { Ask, PickItem, WordsItem } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import { type Manifest, ScanField } from './scan-field.tsx';

interface Values {
  foundOn: string;
  place?: string;
  responsible: string;
  requirement: string;
  dueOn?: string;
  files?: Manifest[];
}

interface OrderProps {
  open: boolean;
  onClose(): void;
  /** The finding it comes from, and where that was; otherwise the place is asked. */
  from?: {
    foundOn: string;
    responsible: string | undefined;
    place: Record<string, string>;
    case: string;
    pictured: boolean;
  };
}

export const RectificationOrder = ({ open, onClose, from }: OrderProps): ReactElement => {
  const { data: departments = [] } = useRegistry('department', { enabled: open });
  const { data: windows = [] } = useRegistry('window', { enabled: open && !from });
  const { data: areas = [] } = useRegistry('area', { enabled: open && !from });
  const places = useMemo(
    () => [
      ...areas.filter(holdsToday).map(({ id, name }) => ({ value: `area:${id}`, label: `公共区域 ${name}` })),
      ...windows.filter(holdsToday).map((one) => ({ value: `window:${one.id}`, label: windowWords(one) })),
    ],
    [areas, windows],
  );
  const placeOf = (text: string | undefined): Record<string, string> => {
    const [kind = '', id = ''] = text?.split(':') ?? [];
    return id === '' ? {} : { [kind]: id };
  };
  return (
    <Ask<Values>
      title="开出整改单"
      open={open}
      onClose={onClose}
      path="/api/rectifications"
      carrier="rectification"
      initial={{
        foundOn: from?.foundOn ?? today(),
        ...(from?.responsible === undefined ? {} : { responsible: from.responsible }),
      }}
      filesIn={({ files }) => files}
      fields={({ foundOn, place, responsible, requirement, dueOn }, files) => ({
        ...(from
          ? { foundOn: from.foundOn, case: from.case, ...from.place }
          : { foundOn, ...placeOf(place) }),
        responsible,
        requirement,
        ...(dueOn === undefined || dueOn === '' ? {} : { dueOn }),
        evidence: files,
      })}
      okText="开单"
    >
      {from ? null : (
        <div className="field-row">
          <Form.Item name="foundOn" label="发现日期" rules={[{ required: true, message: '请填写日期' }]}>
            <Input type="date" max={today()} />
          </Form.Item>
          <PickItem name="place" label="窗口或公共区域" choices={places} optional />
        </div>
      )}
      <PickItem
        name="responsible"
        label="责任单位"
        choices={departments.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <WordsItem name="requirement" label="整改要求" max={1000} />
      <Form.Item name="dueOn" label="期限" extra="不填则按考核办法的整改期限">
        <Input type="date" />
      </Form.Item>
      <Form.Item
        name="files"
        label="整改前照片"
        rules={from ? [] : [{ required: true, message: '请附整改前照片' }]}
        extra={from?.pictured ? '已有证据照片,可不另附' : undefined}
      >
        <ScanField scan={false} />
      </Form.Item>
    </Ask>
  );
};
