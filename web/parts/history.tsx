// The way of a record, newest last: when, who, what, and what was said.
import type { ReactElement } from 'react';
import { eventLine } from '../event-words.ts';
import { dateTimeWords } from '../time-words.ts';

export interface Told {
  version: number;
  at: string;
  byName: string;
  event: { type: string };
}

export const History = ({ history }: { history: readonly Told[] }): ReactElement => (
  <ol className="history">
    {history.map(({ version, at, byName, event }) => {
      const line = eventLine(event);
      return line === undefined ? null : (
        <li key={version}>
          <p>
            <strong>{line.title}</strong>
            <span className="quiet">
              {dateTimeWords(at)} · {byName}
            </span>
          </p>
          {line.words.map((words) => (
            <p key={words} className="said">
              {words}
            </p>
          ))}
        </li>
      );
    })}
  </ol>
);
