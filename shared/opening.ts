// Opening facts (期初导入): what a hall's old ledgers say of the months before it began here: cases, talks and letters,
// titles. They count where a ladder, a conversion or a title looks back over months, always shown as 期初, and never in a
// score of ours; they are never edited, only struck out by a further event. Knows no permissions and reads no file.
import type { Acting } from './access.ts';
import { type Severity, violationType } from './catalog.ts';
import type { EventMeta, FreeText } from './events.ts';
import { monthOfId } from './ids.ts';
import type { DoneBefore } from './measure.ts';
import { clauseOf, clausesFor, type RuleBook } from './rulebook.ts';
import type { MeasureKind } from './rulebook-frame.ts';
import type { CountedCase } from './score.ts';
import type { Day, Instant, Month } from './time.ts';

/** A violation of an old ledger, with what was done about it then. Points are shown and never counted. */
export interface OpeningCase {
  kind: 'case';
  day: Day;
  persons: string[];
  department?: string;
  window?: string;
  violation?: string;
  clause?: string;
  severity: Severity;
  /** Hundredths. */
  points?: number;
  measure?: MeasureKind;
}
/** A talk that was held, a letter that was sent. */
export interface OpeningMeasure {
  kind: 'measure';
  day: Day;
  measure: MeasureKind;
  person?: string;
  department?: string;
}
/** A title won; `award` is the code of the rule book's award. */
export interface OpeningTitle {
  kind: 'title';
  month: Month;
  award: string;
  person: string;
}
export type OpeningFact = OpeningCase | OpeningMeasure | OpeningTitle;

export interface OpeningState {
  id: string;
  month: Month;
  stage: 'standing' | 'struckOut';
  fact: OpeningFact;
  /** Its number in the old ledger, which tells it from another of the same day. */
  reference?: string;
  departments: string[];
  grids: string[];
  enteredAt: Instant;
  enteredBy: Acting;
  struckOutAt?: Instant;
}

export type OpeningEvent =
  | {
      type: 'opening.entered';
      v: 1;
      fact: OpeningFact;
      reference?: string;
      departments: string[];
      grids: string[];
      note?: FreeText;
    }
  | { type: 'opening.struckOut'; v: 1; reason: FreeText };

/** The fact after one more event. Throws on an event that cannot follow: that is a bug or a broken journal. */
export const foldOpening = (
  state: OpeningState | undefined,
  event: OpeningEvent,
  meta: EventMeta,
): OpeningState => {
  switch (event.type) {
    case 'opening.entered':
      if (state) throw new Error(`${event.type} twice in ${meta.stream}`);
      return {
        id: meta.stream,
        month: monthOfId(meta.stream),
        stage: 'standing',
        fact: event.fact,
        ...(event.reference === undefined ? {} : { reference: event.reference }),
        departments: event.departments,
        grids: event.grids,
        enteredAt: meta.at,
        enteredBy: meta.by,
      };
    case 'opening.struckOut':
      if (state?.stage !== 'standing') throw new Error(`${event.type} out of place in ${meta.stream}`);
      return { ...state, stage: 'struckOut', struckOutAt: meta.at };
  }
};

export const monthOfFact = (fact: OpeningFact): Month =>
  fact.kind === 'title' ? fact.month : fact.day.slice(0, 7);

export const personsOfFact = (fact: OpeningFact): string[] =>
  fact.kind === 'case' ? fact.persons : fact.person === undefined ? [] : [fact.person];

/** Whose record it stands in. */
export const openingSubject = (state: OpeningState): string | undefined =>
  personsOfFact(state.fact)[0] ?? state.departments[0];

export const isOpening = (id: string): boolean => id.startsWith('opening-');

/**
 * The case as ladders and conversions of a rule book count it; undefined when it is struck out or no case. A ledger that
 * names only the type is counted under the first clause the book has for it.
 */
export const openingCase = (book: RuleBook, state: OpeningState): CountedCase | undefined => {
  const { fact } = state;
  if (state.stage !== 'standing' || fact.kind !== 'case') return undefined;
  const clause =
    fact.clause ?? (fact.violation === undefined ? undefined : clausesFor(book, fact.violation)[0]?.code);
  const known = clause === undefined ? undefined : clauseOf(book, clause);
  const type = fact.violation ?? known?.types[0] ?? '';
  return {
    id: state.id,
    month: state.month,
    day: fact.day,
    type,
    clause: clause ?? '',
    family: known?.family ?? violationType(type)?.family ?? '',
    severity: fact.severity,
    persons: fact.persons,
    ...(fact.department === undefined ? {} : { department: fact.department }),
    ...(fact.window === undefined ? {} : { window: fact.window }),
    quantity: 1,
    confirmedBy: state.enteredBy.person,
    counts: true,
    settledOnSpot: false,
    opening: true,
  };
};

/** A talk or letter of an old ledger: a rung that asks once a period does not ask for it again. */
export const openingMeasure = (state: OpeningState): DoneBefore | undefined => {
  const { fact } = state;
  if (state.stage !== 'standing' || fact.kind !== 'measure') return undefined;
  const subject =
    fact.person !== undefined
      ? { person: fact.person }
      : fact.department !== undefined
        ? { department: fact.department }
        : undefined;
  return subject && { id: state.id, month: state.month, kind: fact.measure, subject };
};
