// What is due of one kind, above the list of what has been done: each line leads to the form or the record.
import type { ReactElement } from 'react';
import type { View } from '../../shared/views.ts';
import { addressOf } from '../matter-address.ts';
import { followLink } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';
import { useView } from './kit.tsx';
import { Section } from './page.tsx';

type Due = View<'obligation.list'>['items'][number];

/** So many are shown; a list of what was done must not begin a screen further down. */
const atFirst = 8;

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
      <Lines of={items.slice(0, atFirst)} />
      {items.length > atFirst ? (
        <details>
          <summary>其余 {items.length - atFirst} 件</summary>
          <Lines of={items.slice(atFirst)} />
        </details>
      ) : null}
    </Section>
  );
};

const Lines = ({ of }: { of: readonly Due[] }): ReactElement => (
  <ul className="due-list">
    {of.map((due) => (
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
);
