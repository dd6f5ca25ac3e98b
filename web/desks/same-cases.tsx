// One incident, one deduction: other reports that may be of the same incident, and merging this one into another.
import { Form } from 'antd';
import { type ReactElement, useState } from 'react';
import { dateTimeWords } from '../time-words.ts';
import { Ask, WordsItem } from './ask.tsx';
import { type CaseRecord, stageWords, typeName } from './case-labels.ts';
import { named, peopleWords } from './history-words.ts';
import { useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { Section, Way } from './page.tsx';

export const SameCases = ({ record }: { record: CaseRecord }): ReactElement | null => {
  const { data } = useView('case.sameIncident', `/api/cases/${record.id}/same-incident`);
  const [into, setInto] = useState<string>();
  if (!data || data.items.length === 0) return null;
  const mayMerge = record.abilities.includes('case.merge');
  return (
    <Section title="可能是同一事件" aside={<span className="quiet">一事一扣:并入后只计一次</span>}>
      <Ledger
        caption="可能是同一事件的其他问题"
        rows={data.items}
        idOf={(row) => row.id}
        columns={[
          {
            key: 'number',
            title: '编号',
            cell: (row) => <Way to={`/cases/${row.id}`}>{row.number ?? '查看'}</Way>,
          },
          { key: 'type', title: '类型', cell: (row) => typeName(row.violation) },
          { key: 'when', title: '时间', cell: (row) => dateTimeWords(row.from) },
          {
            key: 'who',
            title: '对象',
            cell: (row) => peopleWords(row.persons, data.names) || named(row.window, data.names),
          },
          { key: 'stage', title: '状态', cell: (row) => stageWords(row.stage), wide: true },
          {
            key: 'do',
            title: '',
            cell: (row) =>
              mayMerge && row.mayTakeIn ? (
                <button type="button" className="button small" onClick={() => setInto(row.id)}>
                  并入此条
                </button>
              ) : null,
          },
        ]}
      />
      <Ask<{ reason: string }>
        title="并入同一事件的主问题"
        open={into !== undefined}
        onClose={() => setInto(undefined)}
        path={`/api/cases/${record.id}/merge`}
        fields={({ reason }) => ({ into, reason })}
        initial={{ reason: '与主问题为同一事件,由不同来源上报' }}
        okText="并入"
      >
        <Form.Item>本条并入后不再单独计算,其证据和上报人保留在主问题名下。</Form.Item>
        <WordsItem name="reason" label="理由" />
      </Ask>
    </Section>
  );
};
