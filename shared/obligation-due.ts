// What is due before its date is compared with now: the shape, the time limit and the files. Shared by obligation.ts and
// obligation-papers.ts; knows no kind of record.
import type { About, Action } from './access.ts';
import type { AwardState } from './award.ts';
import type { BonusState } from './bonus.ts';
import { type Calendar, deadlineAfter } from './calendar.ts';
import type { CaseState } from './case.ts';
import type { ComplaintState } from './complaint.ts';
import type { EnforcementState } from './enforcement.ts';
import type { EvidenceEntry } from './evidence.ts';
import type { LetterState } from './letter.ts';
import type { Measure } from './measure.ts';
import type { ObjectionState } from './objection.ts';
import type { Registry } from './people.ts';
import type { RectificationState } from './rectification.ts';
import type { RuleBook } from './rulebook.ts';
import type { TalkState } from './talk.ts';
import type { Instant } from './time.ts';

export type ObligationKind =
  | 'verify'
  | 'identify'
  | 'transfer'
  | 'notify'
  | 'settle'
  | 'decideReview'
  | 'rectify'
  | 'recheck'
  | 'strikeOff'
  | 'urgeRectification'
  | 'verifyBonus'
  | 'talk'
  | 'letter'
  | 'signTalk'
  | 'fileTalk'
  | 'withdrawTalk'
  | 'check'
  | 'revise'
  | 'sign'
  | 'seal'
  | 'issue'
  | 'acknowledge'
  | 'answerLetter'
  | 'urge'
  | 'closeLetter'
  | 'seatCommittee'
  | 'decideAward'
  | 'drawAward'
  | 'publishAward'
  | 'answerObjection'
  | 'announceAward'
  | 'answerSumObjection'
  | 'acceptComplaint'
  | 'explainComplaint'
  | 'investigateComplaint'
  | 'decideComplaint'
  | 'answerComplaint'
  | 'revisitComplaint'
  | 'archiveComplaint'
  | 'urgeComplaint'
  | 'enforce'
  | 'answerMeasure'
  | 'withdrawMeasure'
  | 'missingEvidence';

/** What an obligation is about: a record, or a measure nothing has been recorded of yet. */
export interface Matter {
  kind:
    | 'case'
    | 'complaint'
    | 'bonus'
    | 'talk'
    | 'letter'
    | 'award'
    | 'measure'
    | 'rectification'
    | 'enforcement'
    | 'objection';
  id: string;
}

export interface Outstanding {
  cases: readonly CaseState[];
  bonuses: readonly BonusState[];
  talks: readonly TalkState[];
  letters: readonly LetterState[];
  awards?: readonly AwardState[];
  complaints?: readonly ComplaintState[];
  rectifications?: readonly RectificationState[];
  enforcements?: readonly EnforcementState[];
  objections?: readonly ObjectionState[];
  /** Of the same months as cases and talks: a talk whose measure is not among them has lost its ground. */
  measures: readonly Measure[];
  book: RuleBook;
  calendar: Calendar;
  registry: Registry;
  now: Instant;
}

/** One thing that is due, before its date is compared with now. */
export interface Due {
  kind: ObligationKind;
  action: Action;
  matter: Matter;
  facts: About;
  due: Instant | undefined;
  sentence: string;
  nth?: number;
}

/** The end of a time limit in working days; undefined when the calendar does not know the year. */
export const within = (of: Outstanding, at: Instant, workingDays: number): Instant | undefined => {
  const end = deadlineAfter(of.calendar, at, workingDays);
  return end.ok ? end.value : undefined;
};

export type Make = (
  kind: ObligationKind,
  action: Action,
  due: Instant | undefined,
  word: string,
  nth?: number,
) => Due[];

/** Sentences about one matter: 核实:2026年11月18日 A01窗口 擅自离岗、脱岗. */
export const making =
  (matter: Matter, facts: About, text: string): Make =>
  (kind, action, due, word, nth) => [
    {
      kind,
      action,
      matter,
      facts,
      due,
      sentence: `${word}:${text}`,
      ...(nth === undefined ? {} : { nth }),
    },
  ];

/** Files announced that have not arrived, or arrived broken and must be sent again. */
export const filesDue = (
  of: Outstanding,
  matter: Matter,
  facts: About,
  entries: readonly EvidenceEntry[],
  since: Instant,
): Due[] => {
  const missing = entries.filter((entry) => entry.state !== 'received' && entry.state !== 'purged').length;
  if (missing === 0) return [];
  const due = within(of, since, of.book.settings.verifyWorkingDays);
  const sentence = `补传证据:有${missing}个文件尚未收到`;
  return [{ kind: 'missingEvidence', action: 'evidence.upload', matter, facts, due, sentence }];
};
