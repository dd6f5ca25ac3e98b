// 期初台账 as it was entered, month by month: what old ledgers say of the months before our own. Never edited: struck out with
// a reason, and entered anew.
import { Button } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { registryOf } from '../../shared/people.ts';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthNow } from '../clock.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, WordsItem } from './ask.tsx';
import { useRuleBook } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { kindWords, openingWords } from './opening-words.ts';
import { DeskPage, Mark, NotThere } from './page.tsx';
import { monthWords } from './wall-time.ts';
import { useWholeRegistry } from './whole-registry.ts';

type Row = View<'opening.list'>['items'][number];

const Openings = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default Openings;

const atOnce = 200;

const Room = ({ me }: { me: Me }): ReactElement => {
  const books = useView('rulebook.list', '/api/rulebooks?limit=200');
  if (!books.data) return <NotThere error={books.error} again={books.refetch} />;
  // The month before the first with rules of our own is the last an old ledger tells of.
  const first = books.data.items.map(({ from }) => from).sort()[0] ?? monthNow();
  return <Months me={me} from={plusMonths(first, -1)} />;
};

const Months = ({ me, from }: { me: Me; from: string }): ReactElement => {
  const [month, setMonth] = useState(from);
  const [striking, setStriking] = useState<Row>();
  const register = useWholeRegistry();
  const { data: book } = useRuleBook(monthNow());
  const registry = useMemo(() => (register.data ? registryOf(0, register.data) : undefined), [register.data]);
  const { data, error, refetch } = useView('opening.list', `/api/openings?month=${month}&limit=${atOnce}`);
  return (
    <DeskPage
      back={
        may(me, 'registry.enter')
          ? { to: '/settings/start', title: '启用向导' }
          : { to: '/months', title: '月度' }
      }
      title={`期初台账 ${monthWords(month)}`}
      under="启用以前的问题、措施和称号,只供累计和评选回看,不计入本系统的得分。登记错了的,作废后重新登记。"
      actions={
        <>
          <Button onClick={() => setMonth(plusMonths(month, -1))}>上月</Button>
          <Button disabled={month >= monthNow()} onClick={() => setMonth(plusMonths(month, 1))}>
            下月
          </Button>
          {may(me, 'opening.import') ? (
            <a className="button small" href="/settings/start" onClick={followLink}>
              导入
            </a>
          ) : null}
        </>
      }
    >
      {data && registry ? (
        <Ledger
          framed
          caption={`${monthWords(month)}已登记的期初台账`}
          rows={data.items}
          idOf={({ id }) => id}
          empty="这个月没有登记期初台账。可以翻到前面的月份,或在启用向导里导入。"
          columns={[
            {
              key: 'kind',
              title: '种类',
              cell: ({ state }) => kindWords[state.fact.kind],
              by: ({ state }) => state.fact.kind,
            },
            {
              key: 'words',
              title: '内容',
              cell: ({ state }) => openingWords(state.fact, registry, book),
              long: true,
            },
            { key: 'reference', title: '原台账编号', cell: ({ state }) => state.reference ?? '', wide: true },
            {
              key: 'entered',
              title: '登记',
              cell: ({ state }) => dateTimeWords(state.enteredAt),
              by: ({ state }) => state.enteredAt,
              wide: true,
            },
            {
              key: 'stage',
              title: '状态',
              cell: ({ state }) =>
                state.stage === 'standing' ? <Mark tone="green">有效</Mark> : <Mark>已作废</Mark>,
              by: ({ state }) => state.stage,
            },
            {
              key: 'strike',
              title: '',
              cell: (one) =>
                may(me, 'opening.strikeOut') && one.state.stage === 'standing' ? (
                  <button type="button" className="button bare small" onClick={() => setStriking(one)}>
                    作废
                  </button>
                ) : null,
            },
          ]}
        />
      ) : (
        <NotThere error={error ?? register.error} again={refetch} />
      )}
      {data && data.next !== null ? <p className="quiet">只列出前 {atOnce} 条。</p> : null}
      <Ask<{ reason: string }>
        title="作废一条期初登记"
        open={striking !== undefined}
        onClose={() => setStriking(undefined)}
        path={`/api/openings/${striking?.id ?? ''}/strike-out`}
        fields={({ reason }) => ({ reason })}
        okText="作废"
        danger
      >
        <p className="notice">
          {striking && registry ? openingWords(striking.state.fact, registry, book) : ''}
          。作废后不再计入累计和评选,经过仍可查。
        </p>
        <WordsItem name="reason" label="理由" />
      </Ask>
    </DeskPage>
  );
};
