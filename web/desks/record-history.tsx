// The way of a record in words, the latest step first. Knows no kind of record.
import type { ReactElement } from 'react';
import { roleTitles } from '../../shared/people.ts';
import { dateTimeWords } from '../time-words.ts';
import { fileWords, type HistoryWords, type Step, wordOf } from './history-words.ts';
import { Section } from './page.tsx';

interface HistoryProps {
  steps: readonly Step[];
  names: Record<string, string>;
  words: HistoryWords;
}

export const History = ({ steps, names, words }: HistoryProps): ReactElement => (
  <Section title="办理经过">
    <ol className="way-list" reversed>
      {[...steps].reverse().flatMap((step) => {
        const said = words(step.event, names) ?? fileWords(step.event);
        if (!said) return [];
        const role = wordOf(roleTitles, step.by.role);
        return [
          <li key={step.version} className={said.weighty ? 'weighty' : undefined}>
            <span className="way-when">
              <span>
                {step.byName}
                {role === undefined ? '' : ` · ${role}`}
              </span>
              <time dateTime={step.at}>{dateTimeWords(step.at)}</time>
            </span>
            <strong>{said.title}</strong>
            {said.more === undefined ? null : <span className="quiet">{said.more}</span>}
            {said.quoted === undefined || said.quoted === '' ? null : <p className="quoted">{said.quoted}</p>}
          </li>,
        ];
      })}
    </ol>
  </Section>
);
