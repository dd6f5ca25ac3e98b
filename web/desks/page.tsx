// How a page at a desk is laid out: its head with what can be done, sections, facts in two columns, and the two ways a
// reading can still be going on. Knows no subject.
import type { ReactElement, ReactNode } from 'react';
import { Refused, Waiting } from '../parts/words.tsx';
import { followLink } from '../route.ts';
import { refusalIn } from './kit.tsx';

export type Tone = 'red' | 'amber' | 'green' | 'blue' | 'plain';

export const Mark = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }): ReactElement => (
  <span className={tone === 'plain' ? 'mark' : `mark ${tone}`}>{children}</span>
);

/** A link inside the app that looks like one. */
export const Way = ({ to, children }: { to: string; children: ReactNode }): ReactElement => (
  <a href={to} onClick={followLink}>
    {children}
  </a>
);

interface PageProps {
  title: ReactNode;
  /** Marks beside the title. */
  marks?: ReactNode;
  /** One line below it. */
  under?: ReactNode;
  /** Where one came from. */
  back?: { to: string; title: string };
  actions?: ReactNode;
  children: ReactNode;
}

export const DeskPage = ({ title, marks, under, back, actions, children }: PageProps): ReactElement => (
  <article className="desk-page">
    <header className="desk-head">
      <div className="desk-title">
        {back ? (
          <nav className="no-print" aria-label="返回">
            <a className="desk-back" href={back.to} onClick={followLink}>
              ‹ {back.title}
            </a>
          </nav>
        ) : null}
        <h1>
          {title} {marks}
        </h1>
        {under === undefined ? null : <p className="quiet">{under}</p>}
      </div>
      {actions === undefined ? null : <div className="desk-actions no-print">{actions}</div>}
    </header>
    {children}
  </article>
);

interface SectionProps {
  title: string;
  /** Where a link of the same page leads. */
  id?: string;
  /** At the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

export const Section = ({ title, id, aside, children, className }: SectionProps): ReactElement => (
  <section
    id={id}
    className={className === undefined ? 'card desk-section' : `card desk-section ${className}`}
  >
    <div className="desk-section-head">
      <h2>{title}</h2>
      {aside}
    </div>
    {children}
  </section>
);

/** Facts with their names; what is undefined is left out. */
export const Facts = ({ of }: { of: [name: string, value: ReactNode | undefined][] }): ReactElement => (
  <dl className="desk-facts">
    {of
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** What to show while a reading is not there: waiting, or why it was refused. */
export const NotThere = ({ error, again }: { error: Error | null; again: () => unknown }): ReactElement => {
  if (error === null) return <Waiting />;
  const refusal = refusalIn(error);
  // What asking again cannot help offers no button for it.
  return refusal.retry ? (
    <Refused refusal={refusal} again={() => void again()} />
  ) : (
    <Refused refusal={refusal} />
  );
};

export const PrintButton = (): ReactElement => (
  <button type="button" className="button small" onClick={() => window.print()}>
    打印
  </button>
);
