// One incident, one deduction: other reports that may be of the same incident, and merging this one into another.
import { Form } from 'antd';
import { type ReactElement, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { dateTimeWords } from '../time-words.ts';
import { Ask, WordsItem } from './ask.tsx';
import { type CaseRecord, stageWords, typeName } from './case-labels.ts';
import { named, peopleWords } from './history-words.ts';
import { useView } from './kit.tsx';
import { Mark, Section, Way } from './page.tsx';

type Same = View<'case.sameIncident'>['items'][number];
const whoWords = (row: Same, names: Record<string, string>): string =>
  peopleWords(row.persons, names) || named(row.window, names);

export const SameCases = ({ record }: { record: CaseRecord }): ReactElement | null => {
  const { data } = useView('case.sameIncident', `/api/cases/${record.id}/same-incident`);
  const [into, setInto] = useState<string>();
  if (!data || data.items.length === 0) return null;
  const mayMerge = record.abilities.includes('case.merge');
  return (
    <Section title="可能是同一事件" aside={<span className="quiet">一事一扣:并入后只计一次</span>}>
      <ul className="same-cases">
        {data.items.map((row) => (
          <li key={row.id}>
            <div>
              <p>
                <Way to={`/cases/${row.id}`}>{row.number ?? '查看'}</Way> {typeName(row.violation)}{' '}
                <Mark>{stageWords(row.stage)}</Mark>
              </p>
              <p className="quiet">
                {dateTimeWords(row.from)} · {whoWords(row, data.names)}
              </p>
            </div>
            {mayMerge && row.mayTakeIn ? (
              <button type="button" className="button small" onClick={() => setInto(row.id)}>
                并入此条
              </button>
            ) : null}
          </li>
        ))}
      </ul>
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
