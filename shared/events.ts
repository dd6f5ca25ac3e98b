// All events of the house and what every recorded one carries. Old versions are lifted here, in one function, on read.
import type { Acting } from './access.ts';
import type { AwardEvent } from './award.ts';
import type { BonusEvent } from './bonus.ts';
import type { CaseEvent } from './case.ts';
import type { ComplaintEvent } from './complaint.ts';
import type { CoverEvent } from './cover.ts';
import type { EnforcementEvent } from './enforcement.ts';
import type { EvidenceEvent, LookupEvent } from './evidence.ts';
import type { FigureEvent } from './figure.ts';
import type { StreamRef } from './ids.ts';
import type { InspectionEvent } from './inspection.ts';
import type { LeaveEvent } from './leave.ts';
import type { LetterEvent } from './letter.ts';
import type { MonthEvent } from './month.ts';
import type { ObjectionEvent } from './objection.ts';
import type { OpeningEvent } from './opening.ts';
import type { RectificationEvent } from './rectification.ts';
import type { RegistryEvent } from './registry.ts';
import type { RuleBookEvent } from './rulebook-enact.ts';
import type { TalkEvent } from './talk.ts';
import type { Instant } from './time.ts';

export type DomainEvent =
  | CaseEvent
  | ComplaintEvent
  | BonusEvent
  | TalkEvent
  | RectificationEvent
  | EnforcementEvent
  | ObjectionEvent
  | AwardEvent
  | LeaveEvent
  | CoverEvent
  | OpeningEvent
  | InspectionEvent
  | LetterEvent
  | FigureEvent
  | MonthEvent
  | RuleBookEvent
  | RegistryEvent
  | LookupEvent
  | EvidenceEvent;

/** Free text of a person. Stored apart from the event under a salted digest, so that purging it leaves the chain verifiable. */
export interface FreeText {
  text: string;
}

/** What is recorded with every event. `version` counts from 1 within the stream. */
export interface EventMeta {
  stream: string;
  version: number;
  at: Instant;
  by: Acting;
  command: string;
}

export interface Recorded<E extends DomainEvent = DomainEvent> extends EventMeta {
  ref: StreamRef;
  event: E;
}

/** Lifts an event of an older version to today's. All are at version 1 so far. */
export const lift = (event: DomainEvent): DomainEvent => event;
