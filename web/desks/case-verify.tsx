// Verifying: true with clause, severity and points within the range; not true; or settled on the spot. The points come
// from the clause of the rule book; where it leaves a choice, the choice has a reason.
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import type { ReactElement } from 'react';
import { type Severity, severities, severityNames } from '../../shared/catalog.ts';
import { type Price, priceAt } from '../../shared/price.ts';
import { type Clause, clauseLabel, clausesFor } from '../../shared/rulebook.ts';
import { Refused } from '../parts/words.tsx';
import { useStep, within } from './ask.tsx';
import type { CaseRecord } from './case-labels.ts';
import { useRuleBook } from './hall-register.ts';
import { refusalIn, useView } from './kit.tsx';
import { Section } from './page.tsx';
import { pointsWords } from './wall-time.ts';

type Way = 'confirm' | 'settle' | 'dismiss';
interface Values {
  way: Way;
  clause?: string;
  severity?: Severity;
  quantity?: number;
  minutes?: number;
  points?: number;
  why?: string;
  reason?: string;
  despite?: string;
}

const written = [{ required: true, whitespace: true, message: '请填写' }];
const chosen = [{ required: true, message: '请选择' }];

export const CaseVerify = ({ record }: { record: CaseRecord }): ReactElement => {
  const { state, abilities } = record;
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form);
  const { data: book } = useRuleBook(state.month);
  const { data: presence } = useView('case.presence', `/api/cases/${record.id}/presence`, {
    enabled: state.window !== undefined,
  });
  const step = useStep();
  const clauses = book ? clausesFor(book, state.type) : [];
  // The reporter's proposal is offered, never imposed: whoever verifies may choose otherwise.
  const { suggested } = state;
  const first = clauses.find(({ code }) => code === suggested?.clause) ?? clauses[0];
  const proposed = first?.code === suggested?.clause ? suggested : undefined;
  const ways: { value: Way; label: string }[] = [];
  if (abilities.includes('case.confirm')) ways.push({ value: 'confirm', label: '属实' });
  if (abilities.includes('case.settleOnSpot') && clauses.some(({ severity }) => severity === 'minor'))
    ways.push({ value: 'settle', label: '当场提醒、已改正' });
  if (abilities.includes('case.dismiss')) ways.push({ value: 'dismiss', label: '不属实' });
  const way = values?.way ?? ways[0]?.value ?? 'confirm';
  const clause = clauses.find(({ code }) => code === (values?.clause ?? first?.code));
  const severity = values?.severity ?? proposed?.severity ?? clause?.severity ?? 'minor';
  const price = clause && priceAt(clause.price, severity);
  if (book === undefined) return <Section title="核实">正在读取考核办法…</Section>;
  const send = ({ reason, why, despite, ...rest }: Values): void => {
    switch (way) {
      case 'dismiss':
        void step.take(`/api/cases/${record.id}/dismiss`, () => ({ reason }));
        return;
      case 'settle':
        void step.take(`/api/cases/${record.id}/settle-on-spot`, () => ({
          clause: clause?.code,
          said: reason,
        }));
        return;
      case 'confirm':
        void step.take(`/api/cases/${record.id}/confirm`, () => ({
          severity,
          clause: clause?.code,
          reason,
          ...(price?.kind === 'perQuantity' ? { quantity: rest.quantity ?? 1 } : {}),
          ...(price?.kind === 'bands' ? { minutes: rest.minutes } : {}),
          ...(price?.kind === 'range'
            ? { chosen: { points: Math.round((rest.points ?? 0) * 100), reason: why } }
            : {}),
          ...(despite === undefined || despite === '' ? {} : { despite }),
        }));
    }
  };
  return (
    <Section title="核实" className="task no-print">
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError
        initialValues={{
          way: ways[0]?.value,
          clause: first?.code,
          severity: proposed?.severity ?? first?.severity,
          quantity: 1,
          ...(proposed?.points === undefined ? {} : { points: proposed.points / 100 }),
        }}
        onValuesChange={(changed: Partial<Values>) => {
          const next = clauses.find(({ code }) => code === changed.clause);
          if (next) form.setFieldValue('severity', next.severity);
        }}
        onFinish={send}
      >
        {proposed && first ? (
          <p className="quiet">
            上报人建议:{clauseLabel(first)},{severityNames[proposed.severity]}
            {proposed.points === undefined ? '' : `,扣 ${pointsWords(proposed.points)} 分`}
          </p>
        ) : null}
        {state.subject.kind === 'unidentified' ? (
          <p className="notice">人员待核:请先“查明人员”,再认定属实。</p>
        ) : null}
        <Form.Item name="way" label="结论" rules={chosen}>
          <Radio.Group optionType="button" buttonStyle="solid" size="large" options={ways} />
        </Form.Item>
        {way === 'dismiss' ? null : (
          <Form.Item
            name="clause"
            label="条款"
            rules={chosen}
            extra={clause ? clausePrice(clause, severity) : undefined}
          >
            <Select
              options={clauses
                .filter((one) => way === 'confirm' || one.severity === 'minor')
                .map((one) => ({ value: one.code, label: clauseLabel(one) }))}
            />
          </Form.Item>
        )}
        {way === 'confirm' ? (
          <>
            <Form.Item name="severity" label="严重程度" rules={chosen}>
              <Radio.Group
                optionType="button"
                options={severities.map((value) => ({ value, label: severityNames[value] }))}
              />
            </Form.Item>
            {price ? <PriceFields price={price} unit={clause?.unit ?? '次'} /> : null}
            {presence?.excuse?.late ? (
              <Form.Item
                name="despite"
                label="不采信事后补报的理由"
                rules={written}
                extra="当事人事后补报了请假或顶岗。采信的请改选“不属实”。"
              >
                <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
              </Form.Item>
            ) : null}
          </>
        ) : null}
        <Form.Item name="reason" label={reasonLabels[way]} rules={written}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 10 }}
            maxLength={500}
            placeholder={reasonHints[way]}
          />
        </Form.Item>
        {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} />}
        <div className="step-row">
          <button type="submit" className="button primary" disabled={step.busy}>
            {step.busy ? '正在提交…' : submitWords(way, clause, severity, values)}
          </button>
        </div>
      </Form>
    </Section>
  );
};

const reasonLabels: Record<Way, string> = {
  confirm: '认定理由',
  settle: '提醒了什么',
  dismiss: '不属实的理由',
};
const reasonHints: Record<Way, string> = {
  confirm: '例:调阅现场照片,与上报情况一致',
  settle: '例:提醒着装规范,当场改正',
  dismiss: '例:当时已登记公出,由 AB 岗顶岗',
};

/** Says on the button itself what will be taken. */
const submitWords = (
  way: Way,
  clause: Clause | undefined,
  severity: Severity,
  values: Values | undefined,
): string => {
  if (way === 'dismiss') return '认定不属实';
  if (way === 'settle') return '当场办结,不扣分';
  const price = clause && priceAt(clause.price, severity);
  if (price?.kind === 'fixed' && price.points > 0) return `确认属实,条款扣 ${pointsWords(price.points)} 分`;
  if (price?.kind === 'perQuantity')
    return `确认属实,条款扣 ${pointsWords(price.points * (values?.quantity ?? 1))} 分`;
  if (price?.kind === 'range' && typeof values?.points === 'number')
    return `确认属实,酌定扣 ${values.points} 分`;
  return '确认属实';
};

const clausePrice = (clause: Clause, severity: Severity): string => {
  const price = priceAt(clause.price, severity);
  switch (price.kind) {
    case 'fixed':
      return `每${clause.unit}扣 ${pointsWords(price.points)} 分;扣分还是提醒由考核办法的措施阶梯决定`;
    case 'perQuantity':
      return `每${clause.unit}扣 ${pointsWords(price.points)} 分`;
    case 'range':
      return `酌情扣 ${pointsWords(price.from)} 至 ${pointsWords(price.to)} 分`;
    case 'bands':
      return '按时长分档扣分';
    case 'none':
    case 'bySeverity':
      return '本条不计分,只采取措施';
  }
};

const PriceFields = ({ price, unit }: { price: Price; unit: string }): ReactElement | null => {
  switch (price.kind) {
    case 'range':
      return (
        <div className="filter-bar">
          <Form.Item
            name="points"
            label={`酌定分值(${pointsWords(price.from)} 至 ${pointsWords(price.to)} 分)`}
            rules={[{ required: true, message: '请在幅度内选定' }, within(price.from, price.to)]}
          >
            <InputNumber step={0.5} suffix="分" />
          </Form.Item>
          <Form.Item name="why" label="为何是这个分值" rules={written} className="grow">
            <Input maxLength={200} placeholder="例:离岗二十分钟,有群众等候" />
          </Form.Item>
        </div>
      );
    case 'bands':
      return (
        <Form.Item name="minutes" label="时长(分钟)" rules={[{ required: true, message: '请填写分钟数' }]}>
          <InputNumber min={0} max={1440} precision={0} />
        </Form.Item>
      );
    case 'perQuantity':
      return (
        <Form.Item
          name="quantity"
          label={`数量(${unit})`}
          rules={[{ required: true, message: '请填写数量' }]}
        >
          <InputNumber min={1} max={1000} precision={0} />
        </Form.Item>
      );
    case 'fixed':
    case 'none':
    case 'bySeverity':
      return null;
  }
};
