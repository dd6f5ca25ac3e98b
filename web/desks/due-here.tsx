// What is due of one kind, above the list of what has been done: each line leads to the form or the record.
import type { ReactElement } from 'react';
import { addressOf } from '../matter-address.ts';
import { followLink } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';
import { useView } from './kit.tsx';
import { Section } from './page.tsx';

export const DueHere = ({
  title,
  kinds,
}: {
  title: string;
  kinds: readonly string[];
}): ReactElement | null => {
  const { data } = useView('obligation.list', '/api/obligations');
  const items = data?.items.filter(({ kind }) => kinds.includes(kind)) ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={title} className="task no-print">
      <ul className="due-list">
        {items.map((due) => (
          <li key={due.id}>
            <a className="due-line" href={addressOf(due.matter) ?? '/todo'} onClick={followLink}>
              <span>{due.sentence}</span>
              {due.due === undefined ? null : (
                <span className={due.overdue ? 'mark red' : 'mark'}>
                  {due.overdue ? '已超期 ' : '限 '}
                  {dateTimeWords(due.due)}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
};
