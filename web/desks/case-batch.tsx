// Confirming undisputed minor findings together: those only that the rule book itself calls minor and prices without a
// choice. Each is confirmed by a command of its own; what could not be is told line by line.
import { Form, Input } from 'antd';
import { type ReactElement, useMemo, useRef, useState } from 'react';
import { type Clause, clauseLabel, clausesFor, priceOf, type RuleBook } from '../../shared/rulebook.ts';
import type { View } from '../../shared/views.ts';
import { whyWords } from '../client.ts';
import { monthNow } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { typeName } from './case-labels.ts';
import { useRuleBook } from './hall-register.ts';
import { peopleWords } from './history-words.ts';
import { Desk, refusalIn, useAsking, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Way } from './page.tsx';
import { dayWords, pointsWords } from './wall-time.ts';

type Board = View<'month.board'>;
type Row = Board['cases'][number] & { clause: Clause };
type Told = View<'case.confirmBatch'>['items'][number];

const CaseBatch = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Batch me={me} />
  </Desk>
);
export default CaseBatch;

/** The clause that fits without a choice: minor, and its price needs no figure from anybody. */
const plainClause = (book: RuleBook, type: string): Clause | undefined =>
  clausesFor(book, type).find(
    (clause) =>
      clause.severity === 'minor' && priceOf(book, clause.code, { quantity: 1, severity: 'minor' }).ok,
  );

const mostAtOnce = 50;

const Batch = ({ me }: { me: Me }): ReactElement => {
  const month = monthNow();
  const board = useView('month.board', `/api/months/${month}/board`);
  const due = useView('obligation.list', '/api/obligations');
  const { data: book } = useRuleBook(month);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('经查看现场照片和上报情况,属实');
  const [told, setTold] = useState<Told[]>([]);
  const meant = useRef<{ what: string; id: string }>(undefined);
  const asking = useAsking('case.confirmBatch', ({ items }) => {
    setTold(items);
    setChosen(new Set());
  });
  const rows = useMemo(() => {
    if (!board.data || !due.data || !book) return undefined;
    const roles: string[] = me.roles.map(({ role }) => role);
    const mine = new Set(
      due.data.items
        .filter(({ kind, roles: of }) => kind === 'verify' && of.some((role) => roles.includes(role)))
        .map(({ matter }) => matter.id),
    );
    return board.data.cases.flatMap((one): Row[] => {
      const clause = one.stage === 'reported' && mine.has(one.id) ? plainClause(book, one.type) : undefined;
      return clause ? [{ ...one, clause }] : [];
    });
  }, [board.data, due.data, book, me]);
  if (!rows || !board.data) return <NotThere error={board.error ?? due.error} again={board.refetch} />;
  const names = namesOf(board.data);
  const toggle = (id: string): void =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const all = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  const send = (): void => {
    const cases = rows
      .filter(({ id }) => chosen.has(id))
      .slice(0, mostAtOnce)
      .map(({ id, clause }) => ({ id, clause: clause.code }));
    const what = JSON.stringify([cases, reason]);
    if (meant.current?.what !== what) meant.current = { what, id: crypto.randomUUID() };
    asking.mutate({
      path: '/api/cases/confirm-batch',
      fields: { commandId: meant.current.id, reason, cases },
    });
  };
  return (
    <DeskPage
      back={{ to: '/todo', title: '待办' }}
      title="批量核实轻微问题"
      under="只列出考核办法定为轻微、不需酌定分值的问题。有疑问的请点编号逐条核实。"
    >
      {told.length > 0 ? <Outcome told={told} /> : null}
      <Ledger
        caption="可以批量核实的轻微问题"
        rows={rows}
        idOf={(row) => row.id}
        sorted="day"
        framed
        empty="没有可以批量核实的轻微问题。"
        columns={[
          {
            key: 'take',
            title: '选择',
            cell: (row) => (
              <label className="tick-line">
                <input
                  type="checkbox"
                  className="tick"
                  aria-label={`选择 ${row.number ?? row.id}`}
                  checked={chosen.has(row.id)}
                  onChange={() => toggle(row.id)}
                />
              </label>
            ),
          },
          {
            key: 'number',
            title: '编号',
            cell: (row) => <Way to={`/cases/${row.id}`}>{row.number ?? '查看'}</Way>,
            by: (row) => row.number ?? '',
          },
          { key: 'day', title: '日期', cell: (row) => dayWords(row.day), by: (row) => row.day },
          {
            key: 'type',
            title: '类型',
            cell: (row) => typeName(row.type),
            by: (row) => typeName(row.type),
            long: true,
          },
          {
            key: 'who',
            title: '人员、窗口',
            cell: (row) => `${peopleWords(row.persons, names)} ${names[row.window ?? ''] ?? ''}`,
            by: (row) => peopleWords(row.persons, names),
          },
          { key: 'clause', title: '条款', cell: (row) => clauseLabel(row.clause), wide: true },
          {
            key: 'points',
            title: '条款分值',
            number: true,
            wide: true,
            cell: (row) => {
              const price = book && priceOf(book, row.clause.code, { quantity: 1, severity: 'minor' });
              return price?.ok ? `${pointsWords(price.value)} 分` : '';
            },
          },
          {
            key: 'files',
            title: '证据',
            cell: (row) => (row.missing > 0 ? <Mark tone="amber">缺 {row.missing} 份</Mark> : '已收妥'),
            by: (row) => row.missing,
          },
        ]}
      />
      {rows.length > 0 && may(me, 'case.confirm') ? (
        <div className="card desk-section batch-bar">
          <label className="tick-line">
            <input
              type="checkbox"
              className="tick"
              checked={all}
              onChange={() => setChosen(all ? new Set() : new Set(rows.map(({ id }) => id)))}
            />
            全选
          </label>
          <Form.Item label="认定理由" htmlFor="batch-reason" className="grow">
            <Input
              id="batch-reason"
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
          <button
            type="button"
            className="button primary"
            disabled={chosen.size === 0 || reason.trim() === '' || asking.isPending}
            onClick={send}
          >
            {asking.isPending ? '正在办理…' : `确认属实 ${chosen.size} 条`}
          </button>
          {asking.error ? <Refused refusal={refusalIn(asking.error)} /> : null}
        </div>
      ) : null}
    </DeskPage>
  );
};

const namesOf = (board: Board): Record<string, string> => {
  const names: Record<string, string> = {};
  for (const { person, name } of board.people) names[person] = name;
  for (const { id, name } of board.windows) names[id] = name;
  return names;
};

const Outcome = ({ told }: { told: readonly Told[] }): ReactElement => {
  const failed = told.filter(({ done }) => !done);
  return (
    <div className={failed.length === 0 ? 'notice good' : 'notice'} role="status">
      <strong>
        已核实 {told.length - failed.length} 条{failed.length > 0 ? `,${failed.length} 条没有办成` : ''}
      </strong>
      {failed.length === 0 ? null : (
        <ul>
          {failed.map((one) => (
            <li key={one.id}>
              <Way to={`/cases/${one.id}`}>查看</Way>:
              {one.problem ? `${whyWords(one.problem)}。${one.problem.next}` : ''}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
