// A letter (函) to a dispatching department or a bulletin (通报) to the windows: drafted, checked, signed, numbered, sealed,
// issued, delivered, answered. The head keeps ids, counts, numbers and dates; the text stays in the events.
import * as z from 'zod';
import type { Acting } from './access.ts';
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import { day } from './ids.ts';
import type { Instant, Month } from './time.ts';

/** What of a letter follows from single cases, and what from a frozen month. */
export const caseLetterKinds = ['violation', 'evidence', 'correction'] as const;
export const monthLetterKinds = ['monthly', 'bulletin'] as const;
export type LetterKind = (typeof caseLetterKinds)[number] | (typeof monthLetterKinds)[number];
export const letterKindTitles: Record<LetterKind, string> = {
  violation: '违纪问题函告',
  evidence: '附音视频函告',
  correction: '更正通知',
  monthly: '月度考核情况函',
  bulletin: '月度通报',
};

/** 人次 counts person × incident; what nobody in person answers for counts as 起. */
const count = z.strictObject({ personTimes: z.int().min(0), incidents: z.int().min(0) });
export type Count = z.infer<typeof count>;
const figure = z.int().min(0);

/** What a letter states, as figures: no person, no free text. The wording is made from these and nothing else. */
export const letterFacts = z.strictObject({
  period: z.strictObject({ from: day, to: day }),
  /** Cases behind the figures, also those counted under `overturned`. */
  cases: figure,
  /** Of these, cases from before the period that are told now for the first time (late findings, late reviews). */
  earlier: figure,
  total: count,
  severities: z.strictObject({ minor: count, evident: count, serious: count }),
  clauses: z.array(z.strictObject({ clause: z.string(), title: z.string(), of: count })).max(100),
  measures: z.strictObject({
    reminded: count,
    deducted: count,
    sectionTalks: figure,
    directorTalks: figure,
  }),
  underReview: figure,
  reduced: figure,
  overturned: figure,
  /** Only a bulletin compares departments. */
  departments: z.array(z.strictObject({ department: z.string(), name: z.string(), of: count })).max(300),
});
export type LetterFacts = z.infer<typeof letterFacts>;

/** The facts a head keeps, to be compared at signing: what belongs to the frozen month cannot change and stays out. */
export type LinkedFacts = Omit<LetterFacts, 'clauses' | 'departments'> & {
  clauses: { clause: string; of: Count }[];
};
export const linkedFacts = (facts: LetterFacts): LinkedFacts => ({
  period: facts.period,
  cases: facts.cases,
  earlier: facts.earlier,
  total: facts.total,
  severities: facts.severities,
  clauses: facts.clauses.map(({ clause, of }) => ({ clause, of })),
  measures: facts.measures,
  underReview: facts.underReview,
  reduced: facts.reduced,
  overturned: facts.overturned,
});

/** A case a letter reports, and which of its evidence goes with it. */
export interface ListedCase {
  id: string;
  shares: number[];
}
/** The cases behind a bulletin, by digest: the list itself lies in the frozen cut of its month. */
export interface PublishedList {
  digest: string;
  count: number;
}

/** The text whose SHA-256 is the digest of a bulletin's list: ids without doubles in order, one a line. */
export const casesOfBulletin = (ids: readonly string[]): { text: string; count: number } => {
  const sorted = [...new Set(ids)].sort();
  return { text: sorted.join('\n'), count: sorted.length };
};

interface Drafted {
  id: string;
  kind: LetterKind;
  month: Month;
  /** Code word of the organ, part of the document number. */
  organ: string;
  title: string;
  department?: string;
  measure?: string;
  corrects?: string;
  cases: ListedCase[];
  talks: string[];
  list?: PublishedList;
  facts: LinkedFacts;
  /** Working days to answer from the day of issue; 0: no answer is asked. */
  replyWorkingDays: number;
  /** Departments a bulletin is copied to. */
  copies: string[];
  /** Everyone who wrote on it: none of them may check or sign. */
  authors: string[];
  draftedAt: Instant;
  evidence: EvidenceEntry[];
}
interface Step {
  by: Acting;
  at: Instant;
}
interface Checked {
  checked: Step;
}
interface Signed extends Checked {
  signed: Step;
}
export interface DocumentNumber {
  number: number;
  year: number;
  documentNumber: string;
}
interface Sealed extends Signed, DocumentNumber {
  sealed: { way: 'wet' | 'system'; at: Instant };
}
export interface Delivery {
  handedOver?: { way: HandOverWay; at: Instant };
  openedAt?: Instant;
  acknowledgedAt?: Instant;
  answeredAt?: Instant;
  answers: number;
  urged: number;
  urgedAt?: Instant;
}
interface Issued extends Sealed {
  issuedAt: Instant;
  replyBy?: Instant;
  delivery: Delivery;
}

/** 刻盘移交, 当面播放, 纸质送达: for departments whose network cannot open evidence. */
export type HandOverWay = 'disc' | 'played' | 'paper';
export const handOverWays = ['disc', 'played', 'paper'] as const satisfies HandOverWay[];

export type LetterState = Drafted &
  (
    | { stage: 'draft' }
    | { stage: 'returned' }
    | ({ stage: 'checked' } & Checked)
    /** Never stored: the number is taken in the same decision. */
    | ({ stage: 'signed' } & Signed)
    | ({ stage: 'numbered' } & Signed & DocumentNumber)
    | ({ stage: 'sealed' } & Sealed)
    | ({ stage: 'issued' } & Issued)
    | ({ stage: 'closed'; closedAt: Instant } & Issued)
    | ({ stage: 'void'; voidedAt: Instant } & Partial<DocumentNumber>)
  );
export type LetterStage = LetterState['stage'];
export const letterStageTitles: Record<LetterStage, string> = {
  draft: '拟稿,待核稿',
  returned: '已退回,待修改',
  checked: '已核稿,待签发',
  signed: '已签发,待编号',
  numbered: '已签发编号,待用印',
  sealed: '已用印,待印发',
  issued: '已印发',
  closed: '已办结',
  void: '已作废',
};

interface Text {
  title: string;
  body: FreeText;
}
export type LetterEvent =
  | ({
      type: 'letter.drafted';
      v: 1;
      kind: LetterKind;
      month: Month;
      organ: string;
      department?: string;
      measure?: string;
      corrects?: string;
      cases: ListedCase[];
      talks: string[];
      list?: PublishedList;
      facts: LetterFacts;
      replyWorkingDays: number;
      copies: string[];
    } & Text)
  | ({
      type: 'letter.revised';
      v: 1;
      organ: string;
      replyWorkingDays: number;
      /** Cases and facts anew; absent where the frozen month gave the facts. */
      linked?: { cases: ListedCase[]; talks: string[]; facts: LetterFacts };
    } & Text)
  | { type: 'letter.checked'; v: 1; opinion?: FreeText }
  | { type: 'letter.returned'; v: 1; reason: FreeText }
  | { type: 'letter.signed'; v: 1 }
  | ({ type: 'letter.numbered'; v: 1 } & DocumentNumber)
  | { type: 'letter.sealed'; v: 1; way: 'wet' | 'system'; evidence: ManifestEntry[] }
  | { type: 'letter.issued'; v: 1; replyBy?: Instant }
  | { type: 'letter.voided'; v: 1; reason: FreeText }
  | {
      type: 'letter.handedOver';
      v: 1;
      way: HandOverWay;
      receiver: FreeText;
      handedAt: Instant;
      shared: string[];
      evidence: ManifestEntry[];
    }
  | { type: 'letter.opened'; v: 1 }
  | { type: 'letter.acknowledged'; v: 1; receivedAt: Instant; evidence: ManifestEntry[] }
  | { type: 'letter.answered'; v: 1; answer: FreeText; answeredAt: Instant; evidence: ManifestEntry[] }
  | { type: 'letter.urged'; v: 1; nth: number; way: UrgeWay; text?: FreeText }
  | { type: 'letter.closed'; v: 1; reason?: FreeText }
  | EvidenceEvent;

/** By system, telephone, visit, message, or a form on paper (催办通知书): the urging ledger of a neighbour, 2019. */
export const urgeWays = ['system', 'phone', 'visit', 'message', 'paper'] as const;
export type UrgeWay = (typeof urgeWays)[number];

/** The letter after one more event. Throws on an event that its stage cannot have: that is a bug or a broken journal. */
export const foldLetter = (
  state: LetterState | undefined,
  event: LetterEvent,
  meta: EventMeta,
): LetterState => {
  if (event.type === 'letter.drafted') return { ...drafted(event, meta), stage: 'draft' };
  if (!state) throw new Error(`${event.type} before letter.drafted in ${meta.stream}`);
  const step: Step = { by: meta.by, at: meta.at };
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'letter.revised':
      if (state.stage !== 'draft' && state.stage !== 'returned') throw outOfPlace(state, event);
      return { ...revised(kept(state), event, meta), stage: 'draft' };
    case 'letter.checked':
      if (state.stage !== 'draft') throw outOfPlace(state, event);
      return { ...kept(state), stage: 'checked', checked: step };
    case 'letter.returned':
      if (state.stage !== 'draft' && state.stage !== 'checked') throw outOfPlace(state, event);
      return { ...kept(state), stage: 'returned' };
    case 'letter.signed':
      if (state.stage !== 'checked') throw outOfPlace(state, event);
      return { ...state, stage: 'signed', signed: step };
    case 'letter.numbered':
      if (state.stage !== 'signed') throw outOfPlace(state, event);
      return { ...state, stage: 'numbered', ...numberOf(event) };
    case 'letter.sealed':
      if (state.stage !== 'numbered') throw outOfPlace(state, event);
      return {
        ...state,
        stage: 'sealed',
        sealed: { way: event.way, at: meta.at },
        evidence: announce(state.evidence, event.evidence, meta.version),
      };
    case 'letter.issued':
      if (state.stage !== 'sealed') throw outOfPlace(state, event);
      return {
        ...state,
        stage: 'issued',
        issuedAt: meta.at,
        ...(event.replyBy === undefined ? {} : { replyBy: event.replyBy }),
        delivery: { answers: 0, urged: 0 },
      };
    case 'letter.voided':
      if (state.stage === 'issued' || state.stage === 'closed' || state.stage === 'void')
        throw outOfPlace(state, event);
      return {
        ...kept(state),
        stage: 'void',
        voidedAt: meta.at,
        ...('number' in state ? numberOf(state) : {}),
      };
    case 'letter.handedOver':
    case 'letter.opened':
    case 'letter.acknowledged':
    case 'letter.answered':
    case 'letter.urged':
      if (state.stage !== 'issued') throw outOfPlace(state, event);
      return delivered(state, event, meta);
    case 'letter.closed':
      if (state.stage !== 'issued') throw outOfPlace(state, event);
      return { ...state, stage: 'closed', closedAt: meta.at };
  }
};

const outOfPlace = (state: LetterState, event: LetterEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

const numberOf = ({ number, year, documentNumber }: DocumentNumber): DocumentNumber => ({
  number,
  year,
  documentNumber,
});

const drafted = (event: Extract<LetterEvent, { type: 'letter.drafted' }>, meta: EventMeta): Drafted => ({
  id: meta.stream,
  kind: event.kind,
  month: event.month,
  organ: event.organ,
  title: event.title,
  ...(event.department === undefined ? {} : { department: event.department }),
  ...(event.measure === undefined ? {} : { measure: event.measure }),
  ...(event.corrects === undefined ? {} : { corrects: event.corrects }),
  cases: event.cases,
  talks: event.talks,
  ...(event.list === undefined ? {} : { list: event.list }),
  facts: factsKept(event.kind, event.facts),
  replyWorkingDays: event.replyWorkingDays,
  copies: event.copies,
  authors: writers([], meta),
  draftedAt: meta.at,
  evidence: [],
});

const factsKept = (kind: LetterKind, facts: LetterFacts): LinkedFacts =>
  kind === 'monthly' || kind === 'bulletin' ? { ...linkedFacts(facts), clauses: [] } : linkedFacts(facts);

/** Behind a delegated role stand two people; both have written. */
const writers = (before: readonly string[], meta: EventMeta): string[] => [
  ...new Set([...before, meta.by.person, ...(meta.by.for === undefined ? [] : [meta.by.for])]),
];

const revised = (
  state: Drafted,
  event: Extract<LetterEvent, { type: 'letter.revised' }>,
  meta: EventMeta,
): Drafted => ({
  ...state,
  organ: event.organ,
  title: event.title,
  replyWorkingDays: event.replyWorkingDays,
  authors: writers(state.authors, meta),
  ...(event.linked === undefined
    ? {}
    : {
        cases: event.linked.cases,
        talks: event.linked.talks,
        facts: linkedFacts(event.linked.facts),
      }),
});

/** What every stage keeps, written field by field, so that nothing of a left stage lingers in the head. */
const kept = (state: LetterState): Drafted => ({
  id: state.id,
  kind: state.kind,
  month: state.month,
  organ: state.organ,
  title: state.title,
  ...(state.department === undefined ? {} : { department: state.department }),
  ...(state.measure === undefined ? {} : { measure: state.measure }),
  ...(state.corrects === undefined ? {} : { corrects: state.corrects }),
  cases: state.cases,
  talks: state.talks,
  ...(state.list === undefined ? {} : { list: state.list }),
  facts: state.facts,
  replyWorkingDays: state.replyWorkingDays,
  copies: state.copies,
  authors: state.authors,
  draftedAt: state.draftedAt,
  evidence: state.evidence,
});

type DeliveryEvent = Extract<
  LetterEvent,
  {
    type: 'letter.handedOver' | 'letter.opened' | 'letter.acknowledged' | 'letter.answered' | 'letter.urged';
  }
>;

const delivered = (
  state: LetterState & { stage: 'issued' },
  event: DeliveryEvent,
  meta: EventMeta,
): LetterState => {
  const files = 'evidence' in event ? event.evidence : [];
  return {
    ...state,
    evidence: announce(state.evidence, files, meta.version),
    delivery: { ...state.delivery, ...deliveredBy(state.delivery, event, meta) },
  };
};

/** The first opening and the first receipt stand; who answers has received it. */
const deliveredBy = (before: Delivery, event: DeliveryEvent, meta: EventMeta): Partial<Delivery> => {
  switch (event.type) {
    case 'letter.handedOver':
      return { handedOver: { way: event.way, at: event.handedAt } };
    case 'letter.opened':
      return { openedAt: before.openedAt ?? meta.at };
    case 'letter.acknowledged':
      return { acknowledgedAt: before.acknowledgedAt ?? event.receivedAt };
    case 'letter.answered':
      return {
        acknowledgedAt: before.acknowledgedAt ?? event.answeredAt,
        answeredAt: before.answeredAt ?? event.answeredAt,
        answers: before.answers + 1,
      };
    case 'letter.urged':
      return { urged: event.nth, urgedAt: meta.at };
  }
};

/** Steps inside the office, of which the department reads nothing. */
const inside: readonly string[] = ['letter.checked', 'letter.returned'];
const isText = ({ type }: { type: string }): boolean =>
  type === 'letter.drafted' || type === 'letter.revised';

/** The history of an issued letter as its department may read it: the text that was signed, no draft before it. */
export const letterOutside = <E extends { event: { type: string } }>(history: readonly E[]): E[] => {
  const signed = history.findLastIndex(({ event }) => isText(event));
  return history.filter(
    ({ event }, index) => !inside.includes(event.type) && (!isText(event) || index === signed),
  );
};

/** Whose record a letter stands in; a bulletin in nobody's. */
export const letterSubject = (state: LetterState): string | undefined => state.department;

/** When somebody must look at it next: a paper on its way since its last step, an issued one at its reply time. */
export const letterNext = (state: LetterState): Instant | undefined => {
  switch (state.stage) {
    case 'draft':
    case 'returned':
      return state.draftedAt;
    case 'checked':
      return state.checked.at;
    case 'signed':
    case 'numbered':
      return state.signed.at;
    case 'sealed':
      return state.sealed.at;
    case 'issued':
      if (state.replyBy !== undefined) return state.delivery.answeredAt ?? state.replyBy;
      return state.department === undefined ? nextPurge(state.evidence) : state.issuedAt;
    case 'closed':
    case 'void':
      return nextPurge(state.evidence);
  }
};
