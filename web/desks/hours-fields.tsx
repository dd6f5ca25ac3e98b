// Hours as a form asks for them and a list tells them: spans of the day, days of the week, for which part of the house.
import { Button, Checkbox, Form, Input } from 'antd';
import type { ReactElement } from 'react';

export interface SpanValue {
  from: string;
  to: string;
}

/** Spans of a day, one below the other; none where `empty` says what that means. */
interface SpansProps {
  name: string | (string | number)[];
  label: string;
  empty?: string;
}
export const SpansItem = ({ name, label, empty }: SpansProps): ReactElement => (
  <Form.Item label={label} extra={empty} required={empty === undefined}>
    <Form.List
      name={name}
      rules={
        empty === undefined
          ? [
              {
                validator: async (_, spans: unknown) => {
                  if (!Array.isArray(spans) || spans.length === 0) throw new Error('请填写时段');
                },
              },
            ]
          : []
      }
    >
      {(fields, { add, remove }, { errors }) => (
        <div className="span-list">
          {fields.map(({ key, name: at }) => (
            <div key={key}>
              <Form.Item name={[at, 'from']} noStyle rules={[{ required: true, message: '请填写' }]}>
                <Input type="time" aria-label={`${label}第 ${at + 1} 段从`} />
              </Form.Item>
              <span>至</span>
              <Form.Item name={[at, 'to']} noStyle rules={[{ required: true, message: '请填写' }]}>
                <Input type="time" aria-label={`${label}第 ${at + 1} 段到`} />
              </Form.Item>
              <Button type="text" size="small" onClick={() => remove(at)}>
                删除<span className="unseen">第 {at + 1} 段</span>
              </Button>
            </div>
          ))}
          <Button size="small" onClick={() => add({ from: '09:00', to: '12:00' })}>
            + 时段
          </Button>
          <Form.ErrorList errors={errors} />
        </div>
      )}
    </Form.List>
  </Form.Item>
);

const weekdayNames = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
/** Monday first, as a week is read here. */
const weekOrder = [1, 2, 3, 4, 5, 6, 0] as const;

export const WeekdaysItem = ({ name }: { name: string | (string | number)[] }): ReactElement => (
  <Form.Item name={name} label="只在星期" extra="不选即每个工作日">
    <Checkbox.Group options={weekOrder.map((value) => ({ value, label: weekdayNames[value] }))} />
  </Form.Item>
);

export const spansWords = (spans: readonly SpanValue[]): string =>
  spans.length === 0 ? '全天' : spans.map(({ from, to }) => `${from}–${to}`).join('、');

export const weekdaysWords = (weekdays: readonly number[] | undefined): string =>
  weekdays === undefined || weekdays.length === 0
    ? ''
    : weekOrder
        .filter((day) => weekdays.includes(day))
        .map((day) => weekdayNames[day])
        .join('、');

/** Weekdays that were chosen, as the register takes them: none is every day. */
export const chosenWeekdays = (weekdays: readonly number[] | undefined): { weekdays?: number[] } =>
  weekdays === undefined || weekdays.length === 0 ? {} : { weekdays: [...weekdays].sort() };

export interface ScopeValue {
  hall?: string | undefined;
  department?: string | undefined;
  window?: string | undefined;
}
/** `hall:hall-1` as one choice; empty for the whole centre. */
export const scopeText = ({ hall, department, window }: ScopeValue): string =>
  window !== undefined
    ? `window:${window}`
    : department !== undefined
      ? `department:${department}`
      : hall !== undefined
        ? `hall:${hall}`
        : '';
export const scopeOfText = (text: string | undefined): ScopeValue => {
  const [kind = '', id = ''] = text?.split(':') ?? [];
  return id === '' ? {} : { [kind]: id };
};
