// A violation case (违规问题): what happened to it, and the state its events fold to, by stage. Knows no permissions.
import type { Acting } from './access.ts';
import type { Severity } from './catalog.ts';
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import type { CountedCase } from './score.ts';
import { dayOf, type Instant, type Month } from './time.ts';

export const sources = [
  'patrol',
  'video',
  'thirdParty',
  'complaint',
  'hotline',
  'rating',
  'machine',
  'import',
] as const;
export type Source = (typeof sources)[number];

/**
 * Whose fault it is. 人次 counts persons × incident, everything else counts as 起. A shared area names who answers for
 * the parts concerned as responsibility was divided on that day; a contractor answers for what it was hired for.
 */
export type Subject =
  | { kind: 'persons'; persons: string[] }
  | { kind: 'unidentified' }
  | { kind: 'window' }
  | { kind: 'department' }
  | { kind: 'area'; area: string; departments: string[] }
  | { kind: 'contractor'; contractor: string };

/** When it happened, in device time corrected by the device's offset to the server, with its doubt in seconds. */
export interface Happened {
  from: Instant;
  to: Instant;
  doubtSeconds: number;
}

/** Clause and measure of what was done, set by the person who confirms. */
export interface Verdict {
  severity: Severity;
  clause: string;
  family: string;
  quantity: number;
  minutes?: number;
  chosen?: { points: number; by: string; reason: string };
}

/** A signed paper entered later: the day it was signed, and its scan. */
export interface Paper {
  signedAt: Instant;
  evidence: ManifestEntry[];
}
export const papersOf = ['sheet', 'notice', 'answer', 'appeal'] as const;
type PaperOf = (typeof papersOf)[number];

export type NoticeWay = 'opened' | 'tablet' | 'paper' | 'refused' | 'representative';
export type Review =
  | { state: 'asked'; at: Instant; decideBy: Instant }
  | {
      state: 'decided';
      at: Instant;
      outcome: 'upheld' | 'reduced' | 'overturned';
      points?: number;
      by: string;
      /** The absent one, under a delegation. */
      for?: string;
    };

/** The clause a reporter had in mind, and the figure where the clause leaves a choice, in hundredths. */
export interface Suggestion {
  clause: string;
  severity: Severity;
  points?: number;
}

interface Reported {
  id: string;
  /** The month of the incident as first reported; the partition of the head. */
  month: Month;
  /** For telephone and paper: 26-11-0042. */
  number?: string;
  type: string;
  source: Source;
  reportedAt: Instant;
  reportedBy: Acting;
  /** Who found it and wrote it on paper, when somebody else entered it (补录). */
  foundBy?: string;
  happened: Happened;
  /** Where it happened and under whom it stood on that day. */
  window?: string;
  grid?: string;
  department?: string;
  subject: Subject;
  inspection?: string;
  /** What the reporter took it for; offered to the person who confirms, never imposed. */
  suggested?: Suggestion;
  /** From a machine or a file: a named person must confirm it (PIPL art. 24). */
  lead: boolean;
  campaign?: string;
  evidence: EvidenceEntry[];
  /** Cases of the same incident that were merged into this one, and who reported those: they reported this incident too. */
  joined: string[];
  joinedReporters: string[];
  /** Who had decided before the case was reopened; they took part and cannot review. */
  decidedBefore: string[];
  /** Who had decided a review before the case was reopened; they never verify it. */
  reviewedBefore?: string[];
  /** The integrity lead it was part of when that was handed over. */
  sealedWith?: string;
  /** The order it was made into (整改单). */
  rectification?: string;
  /** Who was named before it was found to be somebody else (更正责任对象); their record keeps saying so. */
  formerly?: string[];
}
interface Decided {
  decidedBy: Acting;
  decidedAt: Instant;
}
interface Confirmed extends Decided {
  verdict: Verdict;
  review?: Review;
}
/** The last notice delivered; of several persons the latest limits hold for all. */
export interface Notice {
  way: NoticeWay;
  at: Instant;
  answerBy: Instant;
  appealBy: Instant;
}
/** Who of the persons named was told, and who has answered: each is heard on his own. */
export interface Hearing {
  told: string[];
  answered: string[];
  objected: boolean;
}

export type CaseState = Reported &
  (
    | { stage: 'reported' }
    | ({ stage: 'settledOnSpot' } & Confirmed)
    | ({ stage: 'dismissed' } & Decided)
    | ({ stage: 'merged'; into: string } & Decided)
    | ({ stage: 'transferred' } & Decided)
    | ({ stage: 'rectifying' } & Decided)
    | { stage: 'withdrawn' }
    | ({ stage: 'confirmed'; hearing: Hearing; notice?: Notice } & Confirmed)
    | ({ stage: 'noticed'; hearing: Hearing; notice: Notice } & Confirmed)
    | ({
        stage: 'counting';
        since: Instant;
        heard: 'answered' | 'noObjection' | 'silent';
        notice: Notice;
      } & Confirmed)
  );

export type CaseEvent =
  | {
      type: 'case.reported';
      v: 1;
      number?: string;
      foundBy?: string;
      violation: string;
      source: Source;
      happened: Happened;
      window?: string;
      grid?: string;
      department?: string;
      subject: Subject;
      inspection?: string;
      lead: boolean;
      campaign?: string;
      /** What the reporter took it for; binds nobody. */
      suggested?: Suggestion;
      description: FreeText;
      place?: FreeText;
      camera?: string;
      evidence: ManifestEntry[];
    }
  | { type: 'case.evidenceAdded'; v: 1; evidence: ManifestEntry[]; reason: FreeText }
  | { type: 'case.identified'; v: 1; persons: string[]; department?: string; reason: FreeText }
  | {
      type: 'case.reassigned';
      v: 1;
      /** Whose fault it was taken for, and whose it is. */
      from: Subject;
      subject: Subject;
      department?: string;
      reason: FreeText;
    }
  | { type: 'case.settledOnSpot'; v: 1; verdict: Verdict; said: FreeText }
  | {
      type: 'case.confirmed';
      v: 1;
      verdict: Verdict;
      reason: FreeText;
      /** Why leave filed after the finding was not accepted. */
      despite?: FreeText;
      seen: { n: number; sha256: string }[];
    }
  | { type: 'case.dismissed'; v: 1; reason: FreeText }
  | { type: 'case.merged'; v: 1; into: string; reason: FreeText }
  | {
      type: 'case.joined';
      v: 1;
      case: string;
      reporters: string[];
      /** What had been merged into that one before. */
      with?: string[];
    }
  | {
      type: 'case.transferred';
      v: 1;
      reason: FreeText;
      /** What it turned out to be, when it was reported as something else. */
      violation?: string;
    }
  | { type: 'case.sealed'; v: 1; with: string }
  | { type: 'case.rectificationOrdered'; v: 1; rectification: string }
  | { type: 'case.rectificationWithdrawn'; v: 1; rectification: string }
  | { type: 'case.withdrawn'; v: 1; reason: FreeText }
  | {
      type: 'case.noticed';
      v: 1;
      way: NoticeWay;
      deliveredAt: Instant;
      answerBy: Instant;
      appealBy: Instant;
      witnesses: string[];
      /** The signed slip. */
      evidence?: ManifestEntry[];
      /** Who of the persons named was told; empty when nobody is named. */
      persons: string[];
    }
  | {
      type: 'case.answered';
      v: 1;
      persons: string[];
      noObjection: boolean;
      answer: FreeText;
      paper?: Paper;
    }
  | { type: 'case.paperAttached'; v: 1; of: PaperOf; paper: Paper }
  | { type: 'case.settled'; v: 1; answerBy: Instant }
  | {
      type: 'case.appealed';
      v: 1;
      persons: string[];
      grounds: FreeText;
      decideBy: Instant;
      paper?: Paper;
    }
  | {
      type: 'case.appealDecided';
      v: 1;
      outcome: 'upheld' | 'reduced' | 'overturned';
      points?: number;
      reason: FreeText;
    }
  | { type: 'case.reopened'; v: 1; reason: FreeText }
  | EvidenceEvent;

type Meta = EventMeta;

const evidenceOf = (state: CaseState, files: readonly ManifestEntry[], meta: Meta): CaseState => ({
  ...state,
  evidence: announce(state.evidence, files, meta.version),
});

/** The case after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldCase = (state: CaseState | undefined, event: CaseEvent, meta: Meta): CaseState => {
  if (event.type === 'case.reported') return reported(event, meta);
  if (!state) throw new Error(`${event.type} before case.reported in ${meta.stream}`);
  const decided = { decidedBy: meta.by, decidedAt: meta.at };
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'case.evidenceAdded':
      return evidenceOf(state, event.evidence, meta);
    case 'case.paperAttached':
      return evidenceOf(state, event.paper.evidence, meta);
    case 'case.identified':
      return {
        ...state,
        subject: { kind: 'persons', persons: event.persons },
        ...(event.department === undefined ? {} : { department: event.department }),
      };
    case 'case.reassigned':
      return reassigned(state, event);
    case 'case.settledOnSpot':
      return { ...base(state), stage: 'settledOnSpot', verdict: event.verdict, ...decided };
    case 'case.confirmed':
      return {
        ...base(state),
        stage: 'confirmed',
        verdict: event.verdict,
        hearing: { told: [], answered: [], objected: false },
        ...decided,
      };
    case 'case.dismissed':
      return { ...base(state), stage: 'dismissed', ...decided };
    case 'case.merged':
      return { ...base(state), stage: 'merged', into: event.into, ...decided };
    case 'case.joined':
      return {
        ...state,
        joined: [...state.joined, event.case, ...(event.with ?? [])],
        joinedReporters: together(state.joinedReporters, event.reporters),
      };
    case 'case.transferred':
      return { ...base(state), type: event.violation ?? state.type, stage: 'transferred', ...decided };
    case 'case.sealed':
      return { ...state, sealedWith: event.with };
    case 'case.withdrawn':
      return { ...base(state), stage: 'withdrawn' };
    case 'case.rectificationOrdered':
      return state.stage === 'reported'
        ? { ...base(state), rectification: event.rectification, stage: 'rectifying', ...decided }
        : { ...state, rectification: event.rectification };
    case 'case.rectificationWithdrawn':
      return rectificationWithdrawn(state);
    case 'case.noticed':
      return told(evidenceOf(state, event.evidence ?? [], meta), event);
    case 'case.answered':
      return answered(evidenceOf(state, event.paper?.evidence ?? [], meta), event, meta);
    case 'case.settled':
      if (state.stage !== 'noticed') throw outOfPlace(state, event);
      return counting(state, event.answerBy, 'silent');
    case 'case.appealed':
      return appealed(evidenceOf(state, event.paper?.evidence ?? [], meta), event, meta);
    case 'case.appealDecided': {
      if (reviewOf(state)?.state !== 'asked') throw outOfPlace(state, event);
      const review: Review = {
        state: 'decided',
        at: meta.at,
        outcome: event.outcome,
        by: meta.by.person,
        ...(meta.by.for === undefined ? {} : { for: meta.by.for }),
        ...(event.points === undefined ? {} : { points: event.points }),
      };
      return reviewed(state, event, review);
    }
    case 'case.reopened':
      return reopened(state);
  }
};

const reopened = (state: CaseState): CaseState => ({
  ...base(state),
  stage: 'reported',
  ...anew(state),
});

/** Who took part stays known: whoever confirmed reviews nothing of it, whoever reviewed confirms nothing of it. */
const anew = (state: CaseState): Pick<Reported, 'decidedBefore' | 'reviewedBefore'> => {
  const reviewers = reviewersOf(state);
  return {
    decidedBefore: together(state.decidedBefore, decidersOf(state)),
    ...(reviewers.length === 0 ? {} : { reviewedBefore: reviewers }),
  };
};

/** What had been verified by ordering it put right is open again; what was confirmed besides stays so. */
const rectificationWithdrawn = (state: CaseState): CaseState => {
  const { rectification: _order, ...rest } = state.stage === 'rectifying' ? reopened(state) : state;
  return rest;
};

/** What was decided on the wrong one is undone; who is named now is verified and heard from the beginning. */
const reassigned = (state: CaseState, event: Event<'case.reassigned'>): CaseState => {
  const { department: _before, ...kept } = base(state);
  const named = event.subject.kind === 'persons' ? event.subject.persons : [];
  return {
    ...kept,
    stage: 'reported',
    subject: event.subject,
    ...(event.department === undefined ? {} : { department: event.department }),
    ...anew(state),
    formerly: together(state.formerly ?? [], personsOf(state)).filter((person) => !named.includes(person)),
  };
};

const together = (some: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...some, ...more]),
];
export type Stage = CaseState['stage'];
type Event<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;
type At<S extends Stage> = Extract<CaseState, { stage: S }>;

/** Told is the case only when everybody named was told; until then it waits as confirmed. */
const told = (state: CaseState, event: Event<'case.noticed'>): CaseState => {
  if (state.stage !== 'confirmed') throw outOfPlace(state, event);
  const hearing = { ...state.hearing, told: together(state.hearing.told, event.persons) };
  const notice: Notice = {
    way: event.way,
    at: event.deliveredAt,
    answerBy: later(state.notice?.answerBy, event.answerBy),
    appealBy: later(state.notice?.appealBy, event.appealBy),
  };
  return everybody(state, hearing.told)
    ? { ...state, stage: 'noticed', hearing, notice }
    : { ...state, hearing, notice };
};
const later = (one: Instant | undefined, other: Instant): Instant =>
  one !== undefined && one > other ? one : other;
const everybody = (state: CaseState, ids: readonly string[]): boolean =>
  personsOf(state).every((person) => ids.includes(person));

/** It counts once everybody named has answered. */
const answered = (state: CaseState, event: Event<'case.answered'>, meta: Meta): CaseState => {
  // Signed in time and entered after the time had run out: it was no silence.
  if (state.stage === 'counting' && state.heard === 'silent')
    return { ...state, heard: event.noObjection ? 'noObjection' : 'answered' };
  if (state.stage !== 'confirmed' && state.stage !== 'noticed') throw outOfPlace(state, event);
  return heard(state, event.persons, !event.noObjection, meta);
};
const heard = (
  state: At<'confirmed' | 'noticed'>,
  persons: readonly string[],
  objects: boolean,
  meta: Meta,
): CaseState => {
  const hearing = {
    told: state.hearing.told,
    answered: together(state.hearing.answered, persons),
    objected: state.hearing.objected || objects,
  };
  return state.stage === 'noticed' && everybody(state, hearing.answered)
    ? counting(state, meta.at, hearing.objected ? 'answered' : 'noObjection')
    : { ...state, hearing };
};

const counting = (state: At<'noticed'>, since: Instant, how: At<'counting'>['heard']): At<'counting'> => ({
  ...base(state),
  stage: 'counting',
  verdict: state.verdict,
  decidedBy: state.decidedBy,
  decidedAt: state.decidedAt,
  notice: state.notice,
  since,
  heard: how,
  ...(state.review === undefined ? {} : { review: state.review }),
});

/** Asking for a review is an answer too. */
const appealed = (state: CaseState, event: Event<'case.appealed'>, meta: Meta): CaseState => {
  const review: Review = { state: 'asked', at: meta.at, decideBy: event.decideBy };
  return state.stage === 'confirmed' || state.stage === 'noticed'
    ? heard({ ...state, review }, event.persons, true, meta)
    : reviewed(state, event, review);
};
const reviewed = (state: CaseState, event: CaseEvent, review: Review): CaseState => {
  switch (state.stage) {
    case 'settledOnSpot':
    case 'confirmed':
    case 'noticed':
    case 'counting':
      return { ...state, review };
    case 'reported':
    case 'dismissed':
    case 'merged':
    case 'transferred':
    case 'rectifying':
    case 'withdrawn':
      throw outOfPlace(state, event);
  }
};

/** Who decided on the case as it stands: the person and, under a delegation, the absent one. */
export const decidersOf = (state: CaseState): string[] =>
  'decidedBy' in state
    ? [state.decidedBy.person, ...(state.decidedBy.for === undefined ? [] : [state.decidedBy.for])]
    : [];

/** Who decided a review of it, now or before it was opened again, and the absent ones they stood for. */
export const reviewersOf = (state: CaseState): string[] => {
  const review = reviewOf(state);
  const last =
    review?.state === 'decided' ? [review.by, ...(review.for === undefined ? [] : [review.for])] : [];
  return together(state.reviewedBefore ?? [], last);
};

export const reviewOf = (state: CaseState): Review | undefined =>
  'review' in state ? state.review : undefined;

const outOfPlace = (state: CaseState, event: CaseEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

const reported = (event: Extract<CaseEvent, { type: 'case.reported' }>, meta: Meta): CaseState => ({
  stage: 'reported',
  id: meta.stream,
  month: dayOf(event.happened.from).slice(0, 7),
  ...(event.number === undefined ? {} : { number: event.number }),
  type: event.violation,
  source: event.source,
  reportedAt: meta.at,
  reportedBy: meta.by,
  ...(event.foundBy === undefined ? {} : { foundBy: event.foundBy }),
  happened: event.happened,
  ...(event.window === undefined ? {} : { window: event.window }),
  ...(event.grid === undefined ? {} : { grid: event.grid }),
  ...(event.department === undefined ? {} : { department: event.department }),
  subject: event.subject,
  ...(event.inspection === undefined ? {} : { inspection: event.inspection }),
  ...(event.suggested === undefined ? {} : { suggested: event.suggested }),
  lead: event.lead,
  ...(event.campaign === undefined ? {} : { campaign: event.campaign }),
  evidence: announce([], event.evidence, meta.version),
  joined: [],
  joinedReporters: [],
  decidedBefore: [],
});

/** What every stage keeps. Written field by field, so that nothing of a left stage lingers in the head. */
const base = (state: CaseState): Reported => ({
  id: state.id,
  month: state.month,
  ...(state.number === undefined ? {} : { number: state.number }),
  type: state.type,
  source: state.source,
  reportedAt: state.reportedAt,
  reportedBy: state.reportedBy,
  ...(state.foundBy === undefined ? {} : { foundBy: state.foundBy }),
  happened: state.happened,
  ...(state.window === undefined ? {} : { window: state.window }),
  ...(state.grid === undefined ? {} : { grid: state.grid }),
  ...(state.department === undefined ? {} : { department: state.department }),
  subject: state.subject,
  ...(state.inspection === undefined ? {} : { inspection: state.inspection }),
  lead: state.lead,
  ...(state.campaign === undefined ? {} : { campaign: state.campaign }),
  evidence: state.evidence,
  joined: state.joined,
  joinedReporters: state.joinedReporters,
  decidedBefore: state.decidedBefore,
  ...(state.reviewedBefore === undefined ? {} : { reviewedBefore: state.reviewedBefore }),
  ...(state.sealedWith === undefined ? {} : { sealedWith: state.sealedWith }),
  ...(state.rectification === undefined ? {} : { rectification: state.rectification }),
  ...(state.formerly === undefined ? {} : { formerly: state.formerly }),
});

/** The case without what was decided on it: all that somebody no longer named is shown. */
export const undecided = (state: CaseState): CaseState => ({ ...base(state), stage: 'reported' });

/** Whose fault it is, as one of several persons named may see it: staff see themselves, not their colleagues. */
export const ownPart = (subject: Subject, person: string): Subject =>
  subject.kind === 'persons'
    ? { kind: 'persons', persons: subject.persons.filter((one) => one === person) }
    : subject;

export const personsOf = (state: CaseState): string[] =>
  state.subject.kind === 'persons' ? state.subject.persons : [];

/** Departments that answer for it: those of the parts of a shared area, else the one it stood under on that day. */
export const departmentsOf = (state: CaseState): string[] => {
  if (state.subject.kind === 'area') return state.subject.departments;
  return state.department === undefined ? [] : [state.department];
};

const overturned = ({ review }: { review?: Review }): boolean =>
  review?.state === 'decided' && review.outcome === 'overturned';

/** Held back (暂缓评选): an evident or serious case whose end is open. */
export const holdsBack = (state: CaseState): boolean => {
  switch (state.stage) {
    case 'confirmed':
    case 'noticed':
      return state.verdict.severity !== 'minor' && !overturned(state);
    case 'counting':
      return state.verdict.severity !== 'minor' && state.review?.state === 'asked';
    case 'reported':
    case 'settledOnSpot':
    case 'dismissed':
    case 'merged':
    case 'transferred':
    case 'rectifying':
    case 'withdrawn':
      return false;
  }
};

/** What the score and the ladder read of a case; undefined while it is no confirmed fault. */
export const countedCase = (state: CaseState): CountedCase | undefined => {
  switch (state.stage) {
    case 'reported':
    case 'dismissed':
    case 'merged':
    case 'transferred':
    case 'rectifying':
    case 'withdrawn':
      return undefined;
    case 'settledOnSpot':
    case 'confirmed':
    case 'noticed':
    case 'counting':
      return {
        id: state.id,
        month: state.month,
        day: dayOf(state.happened.from),
        type: state.type,
        clause: state.verdict.clause,
        family: state.verdict.family,
        severity: state.verdict.severity,
        persons: personsOf(state),
        ...(state.department === undefined ? {} : { department: state.department }),
        ...(state.subject.kind === 'area'
          ? { shared: state.subject.departments, area: state.subject.area }
          : {}),
        ...(state.window === undefined ? {} : { window: state.window }),
        ...(state.grid === undefined ? {} : { grid: state.grid }),
        quantity: state.verdict.quantity,
        ...(state.verdict.minutes === undefined ? {} : { minutes: state.verdict.minutes }),
        ...(state.verdict.chosen === undefined ? {} : { chosen: state.verdict.chosen }),
        confirmedBy: state.decidedBy.person,
        counts: state.stage === 'counting',
        settledOnSpot: state.stage === 'settledOnSpot',
        ...(state.review?.state === 'decided'
          ? {
              review: {
                outcome: state.review.outcome,
                by: state.review.by,
                ...(state.review.points === undefined ? {} : { points: state.review.points }),
              },
            }
          : {}),
        ...(state.campaign === undefined ? {} : { campaign: state.campaign }),
      };
  }
};

/** Whose record a case stands in: the first person named, else the department. */
export const caseSubject = (state: CaseState): string | undefined =>
  personsOf(state)[0] ?? departmentsOf(state)[0];

/** When somebody must look at it next: what is reported waits since then, a notice until its answer time. */
export const caseNext = (state: CaseState): Instant | undefined => {
  switch (state.stage) {
    case 'reported':
      return state.reportedAt;
    case 'confirmed':
      return state.decidedAt;
    case 'noticed':
      return state.notice.answerBy;
    case 'counting':
    case 'settledOnSpot':
      return state.review?.state === 'asked' ? state.review.decideBy : nextPurge(state.evidence);
    case 'dismissed':
    case 'merged':
    case 'transferred':
    case 'rectifying':
    case 'withdrawn':
      return nextPurge(state.evidence);
  }
};

/** Whether a case still carries what was built on it (a talk, a letter): confirmed and not overturned since. */
export const caseStands = (state: CaseState): boolean => {
  switch (state.stage) {
    case 'settledOnSpot':
    case 'confirmed':
    case 'noticed':
    case 'counting':
      return !overturned(state);
    case 'reported':
    case 'dismissed':
    case 'merged':
    case 'transferred':
    case 'rectifying':
    case 'withdrawn':
      return false;
  }
};
