// Finding a case by the number people say on the telephone or read from a paper, and the months' cases as lists.
import { Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { read } from '../client.ts';
import { Refused } from '../parts/words.tsx';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { may } from '../visitor-here.ts';
import { Desk, type refusalIn, useView } from './kit.tsx';
import { DeskPage, NotThere, Section, Way } from './page.tsx';
import { monthWords } from './wall-time.ts';

const CaseSearch = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <DeskPage title="问题" under="按编号查找,或打开某个月的问题清单。">
      <Section title="按编号查找">
        <ByNumber />
      </Section>
      {may(me, 'month.read') ? (
        <Section title="按月查看">
          <ByMonth />
        </Section>
      ) : null}
    </DeskPage>
  </Desk>
);
export default CaseSearch;

/** The months of this hall, the newest first. */
const ByMonth = (): ReactElement => {
  const { data, error, refetch } = useView('month.list', '/api/months');
  if (!data) return <NotThere error={error} again={refetch} />;
  return (
    <ul className="plain-list">
      {data.items.map(({ month }) => (
        <li key={month}>
          <Way to={`/months/${month}?tab=cases`}>{monthWords(month)}</Way>
        </li>
      ))}
    </ul>
  );
};

/** `26110042`, `26-11-0042`, `２６－１１－００４２`, with or without 号 → `26-11-0042` */
const spelled = (words: string): string => {
  const digits = words.normalize('NFKC').replace(/\D/g, '');
  return `${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4)}`;
};

const ByNumber = (): ReactElement => {
  const [refusal, setRefusal] = useState<ReturnType<typeof refusalIn>>();
  const find = async ({ number }: { number: string }): Promise<void> => {
    setRefusal(undefined);
    const found = await read('case.byNumber', `/api/case-numbers/${encodeURIComponent(spelled(number))}`);
    if (found.ok) go(`/cases/${found.value.id}`);
    else setRefusal(found.refusal);
  };
  return (
    <Form
      layout="inline"
      style={{ alignItems: 'flex-start' }}
      onFinish={(values: { number: string }) => void find(values)}
    >
      <Form.Item
        name="number"
        label="问题编号"
        rules={[{ required: true, message: '请输入编号' }]}
        extra="如 26-11-0042,可以只输数字"
      >
        <Input inputMode="numeric" maxLength={20} style={{ width: 200 }} autoComplete="off" />
      </Form.Item>
      <button type="submit" className="button primary">
        查找
      </button>
      {refusal ? <Refused refusal={refusal} /> : null}
    </Form>
  );
};
