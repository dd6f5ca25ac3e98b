// 待办: what is due for this person, the most pressing first, as the API derives it. Offers nothing by itself; each
// line leads to the matter it is about.
import type { ReactElement } from 'react';
import type { View } from '../../shared/views.ts';
import { addressOf } from '../matter-address.ts';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { followLink } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';

type Due = View<'obligation.list'>['items'][number];

const Line = ({ due }: { due: Due }): ReactElement => {
  const to = addressOf(due.matter);
  const words = (
    <>
      <span>{due.sentence}</span>
      {due.due === undefined ? null : (
        <span className={due.overdue ? 'mark red' : 'mark'}>
          {due.overdue ? '已超期 ' : '限 '}
          {dateTimeWords(due.due)}
        </span>
      )}
    </>
  );
  return (
    <li>
      {to === undefined ? (
        <div className="due-line">{words}</div>
      ) : (
        <a className="due-line" href={to} onClick={followLink}>
          {words}
        </a>
      )}
    </li>
  );
};

const Todo = (): ReactElement => {
  const { outcome, again } = useReading('obligation.list', '/api/obligations');
  if (!outcome) return <Waiting />;
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  const { items } = outcome.value;
  if (items.length === 0) return <Empty>没有待办事项。新的事项会自动出现在这里。</Empty>;
  return (
    <ul className="due-list">
      {items.map((due) => (
        <Line key={due.id} due={due} />
      ))}
    </ul>
  );
};
export default Todo;
