// A title of one period (服务之星、服务标兵、文明窗口): opened with its candidates, nominated, where asked a committee drawn, decided by a meeting, drawn where equals
// compete, published, objected to, announced; withdrawn and moved up. Who is eligible is computed from frozen scores
// (star-rule.ts) and handed in; why not is kept in the events.
import type { Acting } from './access.ts';
import type { Sitting } from './committee.ts';
import type { DepartmentLimit } from './department-limit.ts';
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import { publicityEnds } from './publicity.ts';
import type { Day, Instant, Month } from './time.ts';

/** One candidate as star-rule.ts found them; a held-back one may become eligible when the case ends. */
export interface Assessed {
  /** Person, window or department: whoever the title is given to. */
  person: string;
  eligible: boolean;
  heldBack: boolean;
  why: string[];
}

/** Of those who win: until when their names were up, and since when the title is theirs. */
export interface Recipient {
  person: string;
  publicity?: { from: Instant; until: Instant };
  announcedAt?: Instant;
}

export interface Objection {
  n: number;
  about?: string;
  at: Instant;
  answer?: 'upheld' | 'dismissed';
}

/** Equals at the border of the quota: the list is fixed here, the public number named here is announced later. */
export interface Draw {
  persons: string[];
  places: number;
  /** Which public number will decide, said beforehand (某期开奖号码). */
  source: string;
}

/** Who judges: so many, by lot or by name; the list is fixed before the public number that draws from it is known. */
export interface CommitteeState {
  seats: number;
  byLot: boolean;
  called?: { list: Sitting[]; source: string; at: Instant };
  sitting?: { seats: string[]; reserve: string[] };
}

/** Somebody put forward: by the chief representative, or by themselves; what of the material a rule may ask about. */
export interface Nomination {
  person: string;
  by: string;
  self?: true;
  deeds?: number;
  characters?: number;
  /** The version that announced its files, where it has any. */
  announcedIn?: number;
}

interface Opened {
  id: string;
  month: Month;
  /** The days it is given for; absent: the whole month. */
  term?: { from: Day; until: Day };
  /** Absent: a person. */
  recipient?: 'window' | 'department';
  selfNomination?: true;
  material?: { deeds: number; characters: number };
  committee?: CommitteeState;
  /** The award of the rule book. */
  code: string;
  title: string;
  quota: number;
  mustBeNominated: boolean;
  limits: DepartmentLimit[];
  candidates: number;
  /** Whole lists, for a nomination or decision must be judged by the head alone: some 4 kB at 300 staff. */
  eligible: string[];
  heldBack: string[];
  nominated: Nomination[];
  openedAt: Instant;
  evidence: EvidenceEntry[];
}
interface Decided extends Opened {
  decidedBy: Acting;
  decidedAt: Instant;
  /** In the order decided; never more than the quota. */
  recipients: Recipient[];
  /** Next in order, for moving up. */
  reserve: string[];
  withdrawn: string[];
  objections: Objection[];
}

export type AwardState =
  | ({ stage: 'open' } & Opened)
  | ({ stage: 'toDraw'; draw: Draw } & Decided)
  /** decided: somebody is not published yet; published: somebody is not announced yet. */
  | ({ stage: 'decided' | 'published' | 'announced' } & Decided);
export type AwardStage = AwardState['stage'];
export const awardStageTitles: Record<AwardStage, string> = {
  open: '推荐中',
  toDraw: '已研究,待抽签',
  decided: '已研究,待公示',
  published: '公示中',
  announced: '已公布',
};

export type AwardEvent =
  | {
      type: 'award.opened';
      v: 1;
      month: Month;
      code: string;
      title: string;
      quota: number;
      mustBeNominated: boolean;
      limits: DepartmentLimit[];
      candidates: Assessed[];
      term?: { from: Day; until: Day };
      recipient?: 'window' | 'department';
      selfNomination?: true;
      material?: { deeds: number; characters: number };
      committee?: { seats: number; byLot: boolean };
    }
  | { type: 'award.reassessed'; v: 1; candidates: Assessed[] }
  | {
      type: 'award.nominated';
      v: 1;
      person: string;
      material: FreeText;
      evidence: ManifestEntry[];
      self?: true;
      deeds?: number;
      /** Length of the material without blanks. */
      characters?: number;
    }
  | { type: 'award.nominationTakenBack'; v: 1; person: string }
  | { type: 'award.committeeCalled'; v: 1; list: Sitting[]; source: string }
  | {
      type: 'award.committeeDrawn';
      v: 1;
      /** Absent where the committee is named, not drawn. */
      publicNumber?: string;
      seed?: string;
      seats: string[];
      reserve: string[];
      barred: { id: string; why: string }[];
      evidence: ManifestEntry[];
    }
  | {
      type: 'award.decided';
      v: 1;
      list: { person: string; criterion: string }[];
      reserve: { person: string; criterion: string }[];
      draw?: Draw;
      minutes: FreeText;
      evidence: ManifestEntry[];
    }
  | {
      type: 'award.drawn';
      v: 1;
      publicNumber: string;
      seed: string;
      order: string[];
      winners: string[];
      evidence: ManifestEntry[];
    }
  | { type: 'award.published'; v: 1; persons: string[]; from: Instant; until: Instant }
  | { type: 'award.objected'; v: 1; n: number; about?: string; grounds: FreeText }
  | {
      type: 'award.objectionAnswered';
      v: 1;
      n: number;
      outcome: 'upheld' | 'dismissed';
      reason: FreeText;
    }
  | { type: 'award.withdrawn'; v: 1; person: string; reason: FreeText }
  | { type: 'award.movedUp'; v: 1; person: string }
  | { type: 'award.announced'; v: 1; persons: string[] }
  | EvidenceEvent;

/** The award after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldAward = (state: AwardState | undefined, event: AwardEvent, meta: EventMeta): AwardState => {
  if (event.type === 'award.opened') return { ...opened(event, meta), stage: 'open' };
  if (!state) throw new Error(`${event.type} before award.opened in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'award.reassessed':
      if (state.stage !== 'open') throw outOfPlace(state, event);
      return { ...state, ...assessed(event.candidates) };
    case 'award.nominated':
      if (state.stage !== 'open') throw outOfPlace(state, event);
      return {
        ...state,
        nominated: [...state.nominated, nomination(event, meta)],
        evidence: announce(state.evidence, event.evidence, meta.version),
      };
    case 'award.nominationTakenBack':
      if (state.stage !== 'open') throw outOfPlace(state, event);
      return { ...state, nominated: state.nominated.filter(({ person }) => person !== event.person) };
    case 'award.committeeCalled': {
      if (state.stage !== 'open' || !state.committee) throw outOfPlace(state, event);
      const called = { list: event.list, source: event.source, at: meta.at };
      return { ...state, committee: { ...state.committee, called } };
    }
    case 'award.committeeDrawn': {
      if (state.stage !== 'open' || !state.committee) throw outOfPlace(state, event);
      return {
        ...state,
        committee: { ...state.committee, sitting: { seats: event.seats, reserve: event.reserve } },
        evidence: announce(state.evidence, event.evidence, meta.version),
      };
    }
    case 'award.decided': {
      if (state.stage !== 'open') throw outOfPlace(state, event);
      const decided: Decided = {
        ...state,
        decidedBy: meta.by,
        decidedAt: meta.at,
        recipients: event.list.map(({ person }) => ({ person })),
        reserve: event.reserve.map(({ person }) => person),
        withdrawn: [],
        objections: [],
        evidence: announce(state.evidence, event.evidence, meta.version),
      };
      return event.draw === undefined
        ? { ...decided, stage: 'decided' }
        : { ...decided, stage: 'toDraw', draw: event.draw };
    }
    case 'award.drawn': {
      if (state.stage !== 'toDraw') throw outOfPlace(state, event);
      const { draw: _settled, ...decided } = state;
      return staged({
        ...decided,
        recipients: [...state.recipients, ...event.winners.map((person) => ({ person }))],
        reserve: [...event.order.filter((person) => !event.winners.includes(person)), ...state.reserve],
        evidence: announce(state.evidence, event.evidence, meta.version),
      });
    }
    case 'award.published':
      return changed(state, event, event.persons, { publicity: { from: event.from, until: event.until } });
    case 'award.announced':
      return changed(state, event, event.persons, { announcedAt: meta.at });
    case 'award.objected':
      if (state.stage === 'open') throw outOfPlace(state, event);
      return { ...state, objections: [...state.objections, objection(event, meta)] };
    case 'award.objectionAnswered':
      if (state.stage === 'open') throw outOfPlace(state, event);
      return {
        ...state,
        objections: state.objections.map((one) =>
          one.n === event.n ? { ...one, answer: event.outcome } : one,
        ),
      };
    case 'award.withdrawn':
      if (state.stage === 'open' || state.stage === 'toDraw') throw outOfPlace(state, event);
      return staged({
        ...state,
        recipients: state.recipients.filter(({ person }) => person !== event.person),
        reserve: state.reserve.filter((person) => person !== event.person),
        withdrawn: [...state.withdrawn, event.person],
      });
    case 'award.movedUp':
      if (state.stage === 'open' || state.stage === 'toDraw') throw outOfPlace(state, event);
      return staged({
        ...state,
        recipients: [...state.recipients, { person: event.person }],
        reserve: state.reserve.filter((person) => person !== event.person),
      });
  }
};

const outOfPlace = (state: AwardState, event: AwardEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

const assessed = (candidates: readonly Assessed[]): Pick<Opened, 'candidates' | 'eligible' | 'heldBack'> => ({
  candidates: candidates.length,
  eligible: candidates.filter((one) => one.eligible).map((one) => one.person),
  heldBack: candidates.filter((one) => one.heldBack).map((one) => one.person),
});

const opened = (event: Extract<AwardEvent, { type: 'award.opened' }>, meta: EventMeta): Opened => ({
  id: meta.stream,
  month: event.month,
  code: event.code,
  title: event.title,
  quota: event.quota,
  mustBeNominated: event.mustBeNominated,
  limits: event.limits,
  ...(event.term === undefined ? {} : { term: event.term }),
  ...(event.recipient === undefined ? {} : { recipient: event.recipient }),
  ...(event.selfNomination === undefined ? {} : { selfNomination: event.selfNomination }),
  ...(event.material === undefined ? {} : { material: event.material }),
  ...(event.committee === undefined ? {} : { committee: event.committee }),
  ...assessed(event.candidates),
  nominated: [],
  openedAt: meta.at,
  evidence: [],
});

const nomination = (
  event: Extract<AwardEvent, { type: 'award.nominated' }>,
  meta: EventMeta,
): Nomination => ({
  person: event.person,
  by: meta.by.person,
  ...(event.self === undefined ? {} : { self: event.self }),
  ...(event.deeds === undefined ? {} : { deeds: event.deeds }),
  ...(event.characters === undefined ? {} : { characters: event.characters }),
  ...(event.evidence.length === 0 ? {} : { announcedIn: meta.version }),
});

const objection = (event: Extract<AwardEvent, { type: 'award.objected' }>, meta: EventMeta): Objection => ({
  n: event.n,
  ...(event.about === undefined ? {} : { about: event.about }),
  at: meta.at,
});

const changed = (
  state: AwardState,
  event: AwardEvent,
  persons: readonly string[],
  by: Partial<Recipient>,
): AwardState => {
  if (state.stage === 'open' || state.stage === 'toDraw') throw outOfPlace(state, event);
  return staged({
    ...state,
    recipients: state.recipients.map((one) => (persons.includes(one.person) ? { ...one, ...by } : one)),
  });
};

/** Where a decided award stands follows from its recipients: whoever moves up takes it back to publicity. */
const staged = (state: Decided): AwardState => {
  const { recipients } = state;
  if (recipients.length === 0 || recipients.some((one) => one.publicity === undefined))
    return { ...state, stage: 'decided' };
  return recipients.every((one) => one.announcedAt !== undefined)
    ? { ...state, stage: 'announced' }
    : { ...state, stage: 'published' };
};

/**
 * What everybody may see: whose names are up, who won, what is drawn from. Who is not eligible, held back, next in line
 * or objected to concerns colleagues and stays with the office (PIPL art. 6, 25). What concerns `viewer` themselves, or was
 * put forward by them, they see (art. 45).
 */
export const awardForAll = (state: AwardState, viewer: string): AwardState => {
  const own = (person: string): boolean => person === viewer;
  const theirs = (id: string): boolean =>
    own(id) || state.nominated.some(({ person, by }) => person === id && own(by));
  const put = state.nominated.filter(({ by }) => own(by)).map(({ announcedIn }) => announcedIn);
  const closed = {
    eligible: state.eligible.filter(own),
    heldBack: state.heldBack.filter(own),
    nominated: state.nominated.filter(({ person, by }) => own(person) || own(by)),
    evidence: state.evidence.filter(({ announcedIn }) => put.includes(announcedIn)),
  };
  if (state.stage === 'open') return { ...state, ...closed };
  return {
    ...state,
    ...closed,
    recipients: state.recipients.filter((one) => one.publicity !== undefined),
    reserve: [],
    withdrawn: state.withdrawn.filter(theirs),
    objections: [],
  };
};
const toldToAll: readonly string[] = [
  'award.committeeDrawn',
  'award.drawn',
  'award.published',
  'award.announced',
];
export const isToldToAll = (event: { type: string }): boolean => toldToAll.includes(event.type);

/** When somebody must look at it next. */
export const awardNext = (state: AwardState): Instant | undefined => {
  switch (state.stage) {
    case 'open':
      return state.openedAt;
    case 'toDraw':
    case 'decided':
      return state.decidedAt;
    case 'published':
      return publicityEnds(state.recipients)[0];
    case 'announced':
      return nextPurge(state.evidence);
  }
};

/** A committee that sits ends the nominations: without any there would be nobody to decide on, ever. */
export const nobodyYet = ({
  mustBeNominated,
  nominated,
}: Pick<AwardState, 'mustBeNominated' | 'nominated'>): boolean => mustBeNominated && nominated.length === 0;
