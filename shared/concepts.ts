// Every kind of stream: how it folds, whose record it belongs to, when somebody must look at it next.
// The one place where an event is handed to the fold of its kind.
import { awardNext, foldAward } from './award.ts';
import { bonusNext, bonusSubject, foldBonus } from './bonus.ts';
import { caseNext, caseSubject, foldCase } from './case.ts';
import { complaintNext, complaintSubject, foldComplaint } from './complaint.ts';
import { coverSubject, foldCover } from './cover.ts';
import { enforcementNext, enforcementSubject, foldEnforcement } from './enforcement.ts';
import type { DomainEvent, EventMeta } from './events.ts';
import { foldLookup } from './evidence.ts';
import { figureNext, foldFigure } from './figure.ts';
import type { StreamKind } from './ids.ts';
import { foldInspection, inspectionNext } from './inspection.ts';
import { foldLeave, leaveNext, leaveSubject } from './leave.ts';
import { foldLetter, letterNext, letterSubject } from './letter.ts';
import { foldMonth } from './month.ts';
import { foldObjection, objectionNext, objectionSubject } from './objection.ts';
import { foldOpening, openingSubject } from './opening.ts';
import { foldRectification, rectificationNext, rectificationSubject } from './rectification.ts';
import { foldRegistry } from './registry.ts';
import { foldRuleBook } from './rulebook-enact.ts';
import type { States } from './states.ts';
import { foldTalk, talkNext, talkSubject } from './talk.ts';
import type { Instant } from './time.ts';

export interface Concept<S> {
  /** Raised when the shape of the state changes: heads of an older shape are folded anew from their events. */
  shape: number;
  fold(state: S | undefined, event: DomainEvent, meta: EventMeta): S;
  /** Person or department in whose record over the months this head stands. */
  subject?(state: S): string | undefined;
  /** When somebody must look at it next; only a hint, whoever acts reads the head again. */
  next?(state: S): Instant | undefined;
}

type Fold<S, E> = (state: S | undefined, event: E, meta: EventMeta) => S;

/** A stream holds events of its own kind only: `run` writes them by the kind of the command's spec. */
const folding =
  <S, E extends DomainEvent>(fold: Fold<S, E>) =>
  (state: S | undefined, event: DomainEvent, meta: EventMeta): S =>
    fold(state, event as E, meta);

export const concepts: { [K in StreamKind]: Concept<States[K]> } = {
  case: { shape: 1, fold: folding(foldCase), subject: caseSubject, next: caseNext },
  bonus: { shape: 1, fold: folding(foldBonus), subject: bonusSubject, next: bonusNext },
  talk: { shape: 1, fold: folding(foldTalk), subject: talkSubject, next: talkNext },
  rectification: {
    shape: 1,
    fold: folding(foldRectification),
    subject: rectificationSubject,
    next: rectificationNext,
  },
  enforcement: {
    shape: 1,
    fold: folding(foldEnforcement),
    subject: enforcementSubject,
    next: enforcementNext,
  },
  objection: { shape: 1, fold: folding(foldObjection), subject: objectionSubject, next: objectionNext },
  award: { shape: 1, fold: folding(foldAward), next: awardNext },
  complaint: { shape: 1, fold: folding(foldComplaint), subject: complaintSubject, next: complaintNext },
  leave: { shape: 2, fold: folding(foldLeave), subject: leaveSubject, next: leaveNext },
  cover: { shape: 1, fold: folding(foldCover), subject: coverSubject },
  opening: { shape: 1, fold: folding(foldOpening), subject: openingSubject },
  inspection: { shape: 1, fold: folding(foldInspection), next: inspectionNext },
  letter: { shape: 1, fold: folding(foldLetter), subject: letterSubject, next: letterNext },
  figure: { shape: 1, fold: folding(foldFigure), next: figureNext },
  month: { shape: 1, fold: folding(foldMonth) },
  rulebook: { shape: 1, fold: folding(foldRuleBook) },
  lookup: { shape: 1, fold: folding(foldLookup) },
  registry: { shape: 1, fold: folding(foldRegistry) },
};
