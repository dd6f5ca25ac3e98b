// Reading one record with its history. Permission is asked inside, after the load: a record the viewer may not see is
// not there for them. Changes nothing.
import {
  abilitiesOf,
  awardSteps,
  bonusSteps,
  caseSteps,
  complaintSteps,
  coverSteps,
  enforcementSteps,
  figureSteps,
  inspectionSteps,
  leaveSteps,
  letterSteps,
  objectionSteps,
  openingSteps,
  rectificationSteps,
  talkSteps,
} from '../shared/abilities.ts';
import { type About, type Acting, type Action, type Actor, actingName, may } from '../shared/access.ts';
import { awardForAll, isToldToAll } from '../shared/award.ts';
import { aboutAward } from '../shared/award-decide.ts';
import type { BonusState } from '../shared/bonus.ts';
import { aboutBonus } from '../shared/bonus-decide.ts';
import { type CaseState, ownPart, personsOf, undecided } from '../shared/case.ts';
import { aboutCase } from '../shared/case-facts.ts';
import { type ComplaintState, isToldToDepartment } from '../shared/complaint.ts';
import { aboutComplaint, isMainOpen, urgeRefused } from '../shared/complaint-facts.ts';
import { aboutCover } from '../shared/cover-decide.ts';
import { aboutEnforcement, enforcementFell } from '../shared/enforcement-decide.ts';
import type { Recorded } from '../shared/events.ts';
import { type EvidenceEntry, missingFiles } from '../shared/evidence.ts';
import { aboutFigure } from '../shared/figure-decide.ts';
import { aboutInspection } from '../shared/inspection-decide.ts';
import { aboutLeave } from '../shared/leave-decide.ts';
import { letterOutside, withoutKeys } from '../shared/letter.ts';
import { aboutLetter } from '../shared/letter-decide.ts';
import { isLinkVisitor } from '../shared/letter-link-decide.ts';
import { aboutObjection } from '../shared/objection-decide.ts';
import { ofTheOffice } from '../shared/office.ts';
import type { OpeningState } from '../shared/opening.ts';
import { aboutOpening } from '../shared/opening-decide.ts';
import { departmentNameOn, type Registry } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { aboutRectification } from '../shared/rectification-decide.ts';
import type { States } from '../shared/states.ts';
import { aboutTalk, fallenCases } from '../shared/talk-decide.ts';
import { type Day, dayOf, type Instant } from '../shared/time.ts';
import { withAway } from './away.ts';
import type { Desk, House } from './house.ts';
import { type Head, readEvent } from './store.ts';

export type RecordKind =
  | 'leave'
  | 'cover'
  | 'case'
  | 'complaint'
  | 'bonus'
  | 'talk'
  | 'inspection'
  | 'letter'
  | 'award'
  | 'figure'
  | 'enforcement'
  | 'objection'
  | 'rectification'
  | 'opening';

/** How records of a kind are shown. */
interface Shelf<S> {
  read: Action;
  about(state: S): About;
  /** Steps its stage is open to. */
  steps(state: S, now: Instant): Action[];
  /** The state as this role may see it. */
  shown(state: S, acting: Acting): S;
  /** Of the steps its stage is open to, one that would be refused now, for what lies outside the record. */
  shut?: Partial<Record<Action, (state: S, around: Around) => Promise<boolean>>>;
}

/** Where to ask what lies outside a record. */
interface Around {
  house: House;
  centre: string;
  desk: Desk;
  now: Instant;
}

/** Until the cases which the record rests on have fallen. */
const untilFallen =
  <S>(
    cases: (state: S) => readonly string[],
    fell: (state: S, found: (id: string) => CaseState | undefined) => boolean,
  ) =>
  async (state: S, { house, centre }: Around): Promise<boolean> => {
    const heads = await Promise.all(cases(state).map((id) => house.store.head(centre, { kind: 'case', id })));
    const found = new Map(heads.flatMap((head) => (head ? [[head.ref.id, head.state] as const] : [])));
    return !fell(state, (id) => found.get(id));
  };

const urgedTooSoon = async (
  state: ComplaintState,
  { house, centre, desk, now }: Around,
): Promise<boolean> => {
  const { found } = await house.ruleBook(centre, desk, state.month);
  return urgeRefused(state, { calendar: desk.calendar, ruleBook: () => found, now }) !== undefined;
};

/** A complaint joined to another one is answered as that one was. */
const beforeItsMain = async (state: ComplaintState, { house, centre }: Around): Promise<boolean> => {
  if (!('into' in state) || state.into === undefined) return false;
  const main = await house.store.head(centre, { kind: 'complaint', id: state.into });
  return main !== undefined && isMainOpen(main.state);
};

const whole = <S>(state: S): S => state;

const shelves: { [K in RecordKind]: Shelf<States[K]> } = {
  case: {
    read: 'case.read',
    about: aboutCase,
    steps: caseSteps,
    shown: (state, acting) => caseFor(acting, state),
  },
  bonus: {
    read: 'bonus.read',
    about: aboutBonus,
    steps: bonusSteps,
    shown: (state, acting) => bonusFor(acting, state),
  },
  leave: { read: 'leave.read', about: aboutLeave, steps: leaveSteps, shown: whole },
  cover: { read: 'leave.read', about: aboutCover, steps: coverSteps, shown: whole },
  complaint: {
    read: 'complaint.read',
    about: aboutComplaint,
    steps: complaintSteps,
    shown: (state, acting) => complaintFor(acting, state),
    shut: { 'complaint.urge': urgedTooSoon, 'complaint.answer': beforeItsMain },
  },
  talk: {
    read: 'talk.read',
    about: aboutTalk,
    steps: talkSteps,
    shown: whole,
    shut: {
      'talk.withdraw': untilFallen(
        ({ cases }) => cases,
        (state, found) => fallenCases(state, found).length > 0,
      ),
    },
  },
  rectification: {
    read: 'rectification.read',
    about: aboutRectification,
    steps: rectificationSteps,
    shown: whole,
  },
  enforcement: {
    read: 'enforcement.read',
    about: aboutEnforcement,
    steps: enforcementSteps,
    shown: whole,
    shut: { 'enforcement.withdraw': untilFallen(({ cases }) => cases, enforcementFell) },
  },
  objection: {
    read: 'objection.read',
    about: aboutObjection,
    steps: (state) => [...new Set(state.objections.flatMap(objectionSteps))],
    shown: whole,
  },
  figure: { read: 'figure.read', about: aboutFigure, steps: figureSteps, shown: whole },
  opening: {
    read: 'opening.read',
    about: aboutOpening,
    steps: openingSteps,
    shown: (state, acting) => (acting.role === 'staff' ? openingForStaff(state, acting.person) : state),
  },
  inspection: { read: 'inspection.read', about: aboutInspection, steps: inspectionSteps, shown: whole },
  letter: { read: 'letter.read', about: aboutLetter, steps: letterSteps, shown: withoutKeys },
  award: {
    read: 'award.read',
    about: aboutAward,
    steps: awardSteps,
    shown: (state, acting) => (ofTheOffice(acting) ? state : awardForAll(state, acting.person)),
  },
};

/** Staff see themselves, not who is named with them. */
const openingForStaff = (state: OpeningState, person: string): OpeningState =>
  state.fact.kind === 'case'
    ? { ...state, fact: { ...state.fact, persons: state.fact.persons.filter((one) => one === person) } }
    : state;

/**
 * Of a title: what somebody did themselves, whom they put forward and what they objected to, with its answer; that they, or
 * whom they put forward, fell out or moved up, and why (PIPL art. 45).
 */
const isOwn = ({ person }: Acting, { event, by }: Recorded, history: readonly Recorded[]): boolean =>
  by.person === person ||
  ((event.type === 'award.withdrawn' || event.type === 'award.movedUp') &&
    (event.person === person ||
      history.some(
        (one) =>
          one.event.type === 'award.nominated' &&
          one.event.person === event.person &&
          one.by.person === person,
      ))) ||
  (event.type === 'award.objectionAnswered' &&
    history.some(
      (one) => one.event.type === 'award.objected' && one.event.n === event.n && one.by.person === person,
    ));

/** Drafts, opinions and who did not win stay in the office; of a case somebody is out of, only the way until then. */
const historyFor = (acting: Acting, kind: RecordKind, history: readonly Recorded[]): readonly Recorded[] => {
  if (ofTheOffice(acting)) return history;
  if (kind === 'case' && acting.role === 'staff') {
    const parted = history.findLastIndex(({ event }) => parts(event, acting.person));
    return parted < 0 ? history : history.slice(0, parted + 1);
  }
  if (kind === 'letter') return letterOutside(history);
  if (kind === 'complaint' && acting.role === 'chiefRepresentative')
    return history.filter(({ event }) => isToldToDepartment(event));
  return kind === 'award'
    ? history.filter((one) => isToldToAll(one.event) || isOwn(acting, one, history))
    : history;
};

/** Patrol and video see what became of their findings, not the figure; the third party only what they handed in. */
const reportersOnly = (acting: Acting): boolean =>
  acting.role === 'inspector' || acting.role === 'videoSupervisor' || acting.role === 'thirdParty';

/** It was found to be somebody else's. */
const parts = (event: Recorded['event'], person: string): boolean =>
  event.type === 'case.reassigned' &&
  event.from.kind === 'persons' &&
  event.from.persons.includes(person) &&
  !(event.subject.kind === 'persons' && event.subject.persons.includes(person));

/** Staff see themselves, never a colleague who is named with them or in their stead. */
const caseForStaff = (person: string, state: CaseState): CaseState => {
  const own = (ids: readonly string[]): string[] => ids.filter((id) => id === person);
  const told = personsOf(state).includes(person) ? state : undecided(state);
  const subject = ownPart(told.subject, person);
  const formerly = told.formerly === undefined ? {} : { formerly: own(told.formerly) };
  if (!('hearing' in told)) return { ...told, subject, ...formerly };
  const { hearing } = told;
  return {
    ...{ ...told, subject, ...formerly },
    hearing: { told: own(hearing.told), answered: own(hearing.answered), objected: hearing.objected },
  };
};

const caseFor = (acting: Acting, state: CaseState): CaseState => {
  if (acting.role === 'staff') return caseForStaff(acting.person, state);
  if (!reportersOnly(acting) || !('verdict' in state)) return state;
  const { chosen: _figure, ...verdict } = state.verdict;
  return { ...state, verdict };
};
/** The department could find the complainant by the ticket's number, or by what a scan is called. */
const complaintFor = (acting: Acting, state: ComplaintState): ComplaintState => {
  if (ofTheOffice(acting) || acting.role === 'gridLeader') return state;
  const { ticket: _number, ...shown } = state;
  return shown;
};
const bonusFor = (acting: Acting, state: BonusState): BonusState => {
  if (!reportersOnly(acting) || state.stage !== 'confirmed') return state;
  const { chosen: _figure, ...recognition } = state.recognition;
  return { ...state, recognition };
};

export interface RecordedView {
  version: number;
  at: Instant;
  by: Acting;
  /** 某某, or 某某(代) under a delegation. */
  byName: string;
  event: { type: string; v: number } & Record<string, unknown>;
}

/** What a link opens with, even as a hash, is in no list. */
const linkKeys = ['secretHash', 'codeHash', 'pass'] as const;

/** What somebody said in their own defence is for those who decide, not for those who reported. */
const defence = new Set(['answer', 'grounds']);

/** Who did it, as lists name them. */
export const byName = (registry: Registry, by: Acting): string =>
  by.role === 'system'
    ? '系统'
    : actingName(by, (person) =>
        isLinkVisitor(person) ? '凭链接进入的联络员' : registry.of.staff.get(person)?.name,
      );

/** One event as this role may see it; undefined when it is not theirs. */
const eventFor = (acting: Acting, recorded: Recorded, registry: Registry): RecordedView | undefined => {
  const { version, at, by, event } = recorded;
  if (acting.role === 'thirdParty' && by.person !== acting.person) return undefined;
  const shown: RecordedView['event'] = { ...event };
  for (const word of linkKeys) delete shown[word];
  // Who complained is asked for by a door of its own, with a reason.
  delete shown.complainant;
  if (!ofTheOffice(acting)) delete shown.sender;
  if (event.type === 'complaint.received' && acting.role === 'chiefRepresentative') {
    delete shown.ticket;
    delete shown.evidence;
  }
  if (acting.role === 'staff') {
    if (event.type === 'opening.entered' && event.fact.kind === 'case')
      shown.fact = { ...event.fact, persons: event.fact.persons.filter((one) => one === acting.person) };
    if ('persons' in event && event.persons.length > 0 && event.type.startsWith('case.')) {
      const own = event.persons.filter((person) => person === acting.person);
      // What a colleague was told, or said in defence, is the colleague's.
      if (own.length === 0 && event.type !== 'case.identified') return undefined;
      shown.persons = own;
    }
    if ('subject' in event && event.type !== 'enforcement.carriedOut')
      shown.subject = ownPart(event.subject, acting.person);
    if (event.type === 'case.reassigned') shown.from = ownPart(event.from, acting.person);
  }
  if (reportersOnly(acting)) {
    for (const word of defence) delete shown[word];
    if ('verdict' in event) {
      const { chosen: _figure, ...verdict } = event.verdict;
      shown.verdict = verdict;
    }
  }
  return { version, at, by, byName: byName(registry, by), event: shown };
};

export interface RecordView<S> {
  id: string;
  version: number;
  state: S;
  history: RecordedView[];
  missing: number;
  abilities: Action[];
  names: Record<string, string>;
}

/** A record this viewer may see, as they may see it; undefined otherwise. */
export const shownTo = <K extends RecordKind>(
  actor: Actor,
  kind: K,
  state: States[K],
  now: Instant,
): { state: States[K]; acting: Acting; facts: About } | undefined => {
  const shelf: Shelf<States[K]> = shelves[kind];
  const facts = shelf.about(state);
  const acting = may(actor, shelf.read, facts, dayOf(now));
  return acting.ok ? { state: shelf.shown(state, acting.value), acting: acting.value, facts } : undefined;
};

/** Without the steps that could only be refused now. */
const stillOpen = async <S>(
  { shut = {} }: Shelf<S>,
  state: S,
  abilities: Action[],
  around: Around,
): Promise<Action[]> => {
  const refused = await Promise.all(abilities.map((step) => shut[step]?.(state, around) ?? false));
  return abilities.filter((_step, at) => refused[at] !== true);
};

/** Cases and good deeds pass on, to grid leaders and to those above. */
const mayTakeOver = (actor: Actor, kind: RecordKind): boolean =>
  (kind === 'case' || kind === 'bonus') && actor.grants.some(({ role }) => takers.includes(role));
const takers: readonly string[] = ['gridLeader', 'director', 'chief'];

/** One record by its id. What is not there, and what is not for this viewer, are both `thing.not-found`. */
export const readRecord = async <K extends RecordKind>(
  house: House,
  centre: string,
  actor: Actor,
  kind: K,
  id: string,
): Promise<Result<RecordView<States[K]>>> => {
  const [head, asking]: [Head<K> | undefined, Actor] = await Promise.all([
    house.store.head(centre, { kind, id }),
    mayTakeOver(actor, kind) ? withAway(house, centre, actor) : actor,
  ]);
  const now = house.clock();
  const seen = head && shownTo(asking, kind, head.state, now);
  if (!head || !seen) return refuse('thing.not-found');
  const [items, desk] = await Promise.all([
    house.store.events(centre, head.ref, head.version),
    house.desk(centre),
  ]);
  const told = historyFor(seen.acting, kind, items.map(readEvent));
  const history = told.flatMap((recorded) => eventFor(seen.acting, recorded, desk.registry) ?? []);
  const shelf: Shelf<States[K]> = shelves[kind];
  return ok({
    id,
    version: head.version,
    state: seen.state,
    history,
    missing: missingFiles(evidenceOf(head.state)),
    abilities: await stillOpen(
      shelf,
      head.state,
      abilitiesOf(asking, shelf.steps(head.state, now), seen.facts, now),
      { house, centre, desk, now },
    ),
    names: namesIn(desk.registry, [seen.state, history], dayIn(head.state) ?? dayOf(now)),
  });
};

/** The case behind a number, for those who may read it; to anybody else the number is not there. */
export const findByNumber = async (
  house: House,
  centre: string,
  actor: Actor,
  number: string,
): Promise<Result<{ number: string; id: string }>> => {
  const id = await house.store.caseOfNumber(centre, number);
  const head = id === undefined ? undefined : await house.store.head(centre, { kind: 'case', id });
  if (!head || !shownTo(actor, 'case', head.state, house.clock())) return refuse('thing.not-found', number);
  return ok({ number, id: head.ref.id });
};

const evidenceOf = (state: States[RecordKind]): readonly EvidenceEntry[] =>
  'evidence' in state ? state.evidence : [];

/** The day a record is of, where it is of one: departments are called as they were then. */
const dayIn = (state: States[RecordKind]): Day | undefined =>
  'happened' in state && state.happened !== undefined ? dayOf(state.happened.from) : undefined;

/** What the registry calls every id that stands in a value: not everyone who reads a record may read the registry. */
export const namesIn = (registry: Registry, value: unknown, on?: Day): Record<string, string> => {
  const { staff, window, grid, area, department, campaign } = registry.of;
  const names: Record<string, string> = {};
  const visit = (member: unknown): void => {
    if (typeof member === 'string') {
      const entry =
        staff.get(member) ??
        window.get(member) ??
        grid.get(member) ??
        area.get(member) ??
        department.get(member) ??
        campaign.get(member);
      if (entry)
        names[member] =
          on !== undefined && department.has(member) ? departmentNameOn(registry, member, on) : entry.name;
    } else if (member !== null && typeof member === 'object') Object.values(member).forEach(visit);
  };
  visit(value);
  return names;
};
