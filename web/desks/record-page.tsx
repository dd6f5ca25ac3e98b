// One record at a desk, whatever it is of: what it says at the left, what may be done with it, its papers and its way at
// the right. Knows no kind of record.
import type { ReactElement, ReactNode } from 'react';
import type { HistoryWords, Step } from './history-words.ts';
import { NextDue } from './next-due.tsx';
import { DeskPage, PrintButton, Section } from './page.tsx';
import { type Paper, Papers } from './papers.tsx';
import { History } from './record-history.tsx';

interface RecordProps {
  record: { id: string; history: readonly Step[]; names: Record<string, string> };
  back: { to: string; title: string };
  title: ReactNode;
  marks: ReactNode;
  under: ReactNode;
  /** Above both columns. */
  lead?: ReactNode;
  /** The steps that may be taken. */
  steps: ReactNode;
  papers?: readonly Paper[];
  /** Between the papers and the way of the record. */
  beside?: ReactNode;
  words: HistoryWords;
  children: ReactNode;
}

export const RecordPage = ({
  record,
  back,
  title,
  marks,
  under,
  lead,
  steps,
  papers = [],
  beside,
  words,
  children,
}: RecordProps): ReactElement => (
  <DeskPage
    back={back}
    title={title}
    marks={marks}
    under={under}
    actions={
      <>
        <NextDue after={record.id} />
        <PrintButton />
      </>
    }
  >
    {lead}
    <div className="desk-columns">
      <div>{children}</div>
      <div>
        {steps}
        <Papers papers={papers} />
        {beside}
        <History steps={record.history} names={record.names} words={words} />
      </div>
    </div>
  </DeskPage>
);

interface StepsProps {
  /** Steps by the name of their ability, in the order in which they are shown. */
  titles: Readonly<Record<string, string>>;
  offered: readonly string[];
  /** The one the record waits for. */
  lead?: string | undefined;
  onStep(name: string): void;
  className?: string;
  /** The dialogs of the steps. */
  children: ReactNode;
}

export const StepsOffered = ({
  titles,
  offered,
  lead,
  onStep,
  className = 'task no-print',
  children,
}: StepsProps): ReactElement => (
  <Section title="可以办理" className={className}>
    <div className="step-row">
      {offered.map((name) => (
        <button
          key={name}
          type="button"
          className={name === lead ? 'button primary' : 'button'}
          onClick={() => onStep(name)}
        >
          {titles[name]}
        </button>
      ))}
    </div>
    {children}
  </Section>
);
