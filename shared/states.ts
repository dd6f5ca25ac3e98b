// Which state a stream of each kind folds to. Types only.
import type { AwardState } from './award.ts';
import type { BonusState } from './bonus.ts';
import type { CaseState } from './case.ts';
import type { ComplaintState } from './complaint.ts';
import type { CoverState } from './cover.ts';
import type { EnforcementState } from './enforcement.ts';
import type { LookupState } from './evidence.ts';
import type { FigureState } from './figure.ts';
import type { InspectionState } from './inspection.ts';
import type { LeaveState } from './leave.ts';
import type { LetterState } from './letter.ts';
import type { MonthState } from './month.ts';
import type { ObjectionState } from './objection.ts';
import type { OpeningState } from './opening.ts';
import type { RegistryEntry } from './people.ts';
import type { RectificationState } from './rectification.ts';
import type { RuleBookState } from './rulebook-enact.ts';
import type { TalkState } from './talk.ts';

export interface States {
  case: CaseState;
  bonus: BonusState;
  talk: TalkState;
  rectification: RectificationState;
  enforcement: EnforcementState;
  objection: ObjectionState;
  award: AwardState;
  leave: LeaveState;
  cover: CoverState;
  opening: OpeningState;
  complaint: ComplaintState;
  inspection: InspectionState;
  letter: LetterState;
  figure: FigureState;
  month: MonthState;
  rulebook: RuleBookState;
  lookup: LookupState;
  registry: RegistryEntry;
}
