// What a draft of a rule book would have changed in past months: who gains and who loses and why, units, measures and
// titles. Nothing of it is written.
import type { ReactElement } from 'react';
import { measureNames } from '../../shared/rulebook-frame.ts';
import { frameNames } from '../../shared/rulebook-terms.ts';
import type { View } from '../../shared/views.ts';
import { monthWords } from '../month-words.ts';
import { type Column, Ledger, numbered, worded } from './ledger.tsx';
import { Section } from './page.tsx';
import { pointsWords } from './wall-time.ts';

type Outcome = View<'rulebook.rehearse'>;
type Change = Outcome['months'][number]['scores'][number] & { month: string };

const changeColumns = <Row extends Change>(named: (id: string) => string, who: string): Column<Row>[] => [
  { key: 'month', title: '月份', cell: ({ month }) => monthWords(month), by: ({ month }) => month },
  worded('who', who, ({ person }) => named(person)),
  numbered('before', '原得分', ({ before }) => before, pointsWords),
  numbered('after', '新得分', ({ after }) => after, pointsWords),
  {
    key: 'change',
    title: '变化',
    cell: ({ before, after }) => (
      <span className={after > before ? 'plus' : 'minus'}>
        {pointsWords(after - before, { signed: true })}
      </span>
    ),
    by: ({ before, after }) => after - before,
    number: true,
  },
  {
    key: 'grade',
    title: '等级',
    cell: ({ gradeBefore, gradeAfter }) =>
      gradeBefore === gradeAfter ? (gradeAfter ?? '') : `${gradeBefore ?? '—'} → ${gradeAfter ?? '—'}`,
  },
  {
    key: 'why',
    title: '原因',
    long: true,
    cell: ({ gone, added }) => (
      <ul className="line-changes">
        {gone.map(({ note }) => (
          <li key={note}>
            <del>{note}</del>
          </li>
        ))}
        {added.map(({ note }) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    ),
  },
];

export const Rehearsed = ({ of }: { of: Outcome }): ReactElement => {
  const named = (id: string): string => of.names[id] ?? id;
  const people = of.months.flatMap(({ month, scores }) => scores.map((score) => ({ month, ...score })));
  const units = of.months.flatMap(({ month, units: all }) => all.map((unit) => ({ month, ...unit })));
  const measures = of.months.flatMap(({ month, measures: { gone, added } }) => [
    ...gone.map((one) => ({ month, one, word: '不再' })),
    ...added.map((one) => ({ month, one, word: '新增' })),
  ]);
  const titles = of.months.flatMap(({ month, titles: all }) => all.map((title) => ({ month, ...title })));
  const left = new Map(
    of.months.flatMap(({ titlesLeft }) => titlesLeft.map((one) => [one.award, one] as const)),
  );
  const without = [...new Set(of.months.flatMap(({ withoutClause }) => withoutClause))];
  return (
    <Section title="试算结果" className="rehearsed">
      <div className="figures">
        <Sum word="得分增加" number={of.gaining} under="人月" tone="plus" />
        <Sum word="得分减少" number={of.losing} under="人月" tone="minus" />
        <Sum word="等级变化" number={of.regraded} under="人月" />
        <Sum word="措施变化" number={of.measures} under={`其中函告 ${of.letters} 件`} />
      </div>
      {without.length === 0 ? null : (
        <p className="notice bad">
          有 {without.length} 条已认定的问题在这份办法里找不到原来的条款,不计分。施行前请补上这些条款。
        </p>
      )}
      <h3>得分有变化的人</h3>
      <Ledger
        framed
        caption="得分有变化的人"
        rows={people}
        idOf={({ month, person }) => `${month}${person}`}
        empty="与现行办法相比,谁的得分都没有变化"
        columns={changeColumns(named, '人员')}
      />
      {units.length === 0 ? null : (
        <>
          <h3>得分有变化的窗口和部门</h3>
          <Ledger
            framed
            caption="得分有变化的窗口和部门"
            rows={units}
            idOf={({ month, of: kind, person }) => `${month}${kind}${person}`}
            columns={[
              { key: 'of', title: '考核', cell: (row) => frameNames[row.of], by: (row) => row.of },
              ...changeColumns<(typeof units)[number]>(named, '对象'),
            ]}
          />
        </>
      )}
      {measures.length === 0 ? null : (
        <>
          <h3>措施变化</h3>
          <Ledger
            caption="措施变化"
            rows={measures}
            idOf={({ month, one, word }) => `${month}${one.id}${word}`}
            columns={[
              {
                key: 'month',
                title: '月份',
                cell: ({ month }) => monthWords(month),
                by: ({ month }) => month,
              },
              { key: 'word', title: '变化', cell: ({ word }) => word, by: ({ word }) => word },
              {
                key: 'kind',
                title: '措施',
                cell: ({ one }) => measureNames[one.kind],
                by: ({ one }) => one.kind,
              },
              {
                key: 'who',
                title: '对象',
                cell: ({ one: { subject } }) => named(Object.values(subject)[0] ?? ''),
              },
              { key: 'why', title: '依据', cell: ({ one }) => one.reason, long: true },
            ]}
          />
        </>
      )}
      {titles.length === 0 ? null : (
        <>
          <h3>评选资格变化</h3>
          <Ledger
            caption="评选资格变化"
            rows={titles}
            idOf={({ month, award }) => `${month}${award}`}
            columns={[
              {
                key: 'month',
                title: '月份',
                cell: ({ month }) => monthWords(month),
                by: ({ month }) => month,
              },
              { key: 'title', title: '评选', cell: ({ title }) => title },
              { key: 'added', title: '新入选', cell: ({ added }) => added.map(named).join('、') },
              { key: 'gone', title: '不再入选', cell: ({ gone }) => gone.map(named).join('、') },
            ]}
          />
        </>
      )}
      {left.size === 0 ? null : (
        <p className="notice">
          未试算的评选:{[...left.values()].map(({ title, why }) => `${title}(${why})`).join(';')}
        </p>
      )}
    </Section>
  );
};

interface SumProps {
  word: string;
  number: number;
  under: string;
  tone?: 'plus' | 'minus';
}
const Sum = ({ word, number, under, tone }: SumProps): ReactElement => (
  <div>
    <span className="quiet">{word}</span>
    <strong className={tone}>{number}</strong>
    <span className="quiet">{under}</span>
  </div>
);
