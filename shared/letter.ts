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

/** 3人次、1起; 无 when nothing was found. */
export const countText = ({ personTimes, incidents }: Count): string => {
  const parts = [
    ...(personTimes > 0 ? [`${personTimes}人次`] : []),
    ...(incidents > 0 ? [`${incidents}起`] : []),
  ];
  return parts.join('、') || '无';
};

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
  /** Of a month: reminded and put right on the spot. Not published one by one; with `total` it makes up the month's board. */
  onSpot: count.optional(),
  /** Only a bulletin compares departments. */
  departments: z.array(z.strictObject({ department: z.string(), name: z.string(), of: count })).max(300),
});
export type LetterFacts = z.infer<typeof letterFacts>;

/** The facts a head keeps, to be compared at signing: what belongs to the frozen month cannot change and stays out. */
export type LinkedFacts = Omit<LetterFacts, 'clauses' | 'departments' | 'onSpot'> & {
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
  /** Figures in the text that the system did not count: whoever signs must have seen them. */
  altered?: string[];
  /** Figures the system stated of a frozen month, whose facts are not all kept here. */
  figures?: string[];
  /** Photos whose bystanders were masked: `of` is the original, `n` the derived copy among the files of this letter. */
  masks?: Mask[];
  evidence: EvidenceEntry[];
}
export interface Mask {
  of: string;
  n: number;
}
interface Step {
  by: Acting;
  at: Instant;
}
interface Checked {
  checked: Step;
}
interface Signed extends Checked {
  signed: Step & { paper?: true };
}
export interface DocumentNumber {
  number: number;
  year: number;
  documentNumber: string;
}
interface Sealed extends Signed, DocumentNumber {
  sealed: { way: 'wet' | 'system'; at: Instant };
  /** The file that is the scan of the sealed paper: once received, it is the issued copy. */
  scan?: number;
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
  /** Links that somebody may still come by; those over are dropped when the next is made. */
  links?: LetterLink[];
  linksMade?: number;
}

/** A way in for a liaison without an account. */
export interface LetterLink {
  n: number;
  codeUntil: Instant;
  until: Instant;
  /** Wrong codes since the last was given. */
  tries: number;
  /** The code was used: it opens once. */
  spent: boolean;
  /** Until when whoever opened it may read on. */
  open?: Instant;
  withdrawn?: true;
  /** Hashes of the secret, the code and the pass; in no view. */
  keys?: { secret: string; code: string; pass?: string };
}

/** The letter as it is shown: nobody is told what a link opens with. */
export const withoutKeys = (state: LetterState): LetterState => {
  if (!('links' in state) || state.links === undefined) return state;
  return { ...state, links: state.links.map(({ keys: _keys, ...link }) => link) };
};

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
    /** 撤回: issued by mistake; its number stays taken, and it counts for nothing. */
    | ({ stage: 'withdrawn'; withdrawnAt: Instant } & Issued)
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
  withdrawn: '已撤回',
  void: '已作废',
};

/** One watermarked copy on a disc: whose copy it is, and its own hash. */
export interface DiscCopy {
  of: string;
  sha256: string;
  size: number;
}

interface Text {
  title: string;
  body: FreeText;
  altered?: string[];
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
      figures?: string[];
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
  | {
      type: 'letter.signed';
      v: 1;
      /** Figures nobody counted, which the signer was shown. */
      seen?: string[];
      /** Signed on the sheet of paper, and entered later with its scan. */
      paper?: { by: Acting; at: Instant };
      evidence?: ManifestEntry[];
    }
  | ({ type: 'letter.numbered'; v: 1 } & DocumentNumber)
  | { type: 'letter.sealed'; v: 1; way: 'wet' | 'system'; evidence: ManifestEntry[] }
  /** The wet-sealed paper was scanned after it had been noted as sealed. */
  | { type: 'letter.scanned'; v: 1; evidence: ManifestEntry[] }
  /** A photo was masked: the derived copy, and which original (by its hash) it was made from. */
  | { type: 'letter.masked'; v: 1; of: string; original: string; evidence: ManifestEntry[] }
  | { type: 'letter.issued'; v: 1; replyBy?: Instant }
  | { type: 'letter.withdrawn'; v: 1; reason: FreeText }
  /** Watermarked copies were made for a disc. */
  | { type: 'letter.discPrepared'; v: 1; copies: DiscCopy[] }
  | {
      type: 'letter.linkShared';
      v: 1;
      n: number;
      receiver: FreeText;
      secretHash: string;
      codeHash: string;
      codeUntil: Instant;
      until: Instant;
    }
  | { type: 'letter.linkCodeRenewed'; v: 1; n: number; codeHash: string; codeUntil: Instant }
  | { type: 'letter.linkTried'; v: 1; n: number }
  | { type: 'letter.linkOpened'; v: 1; n: number; pass: string; until: Instant }
  | { type: 'letter.linkWithdrawn'; v: 1; n: number }
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
      return {
        ...state,
        stage: 'signed',
        signed: event.paper ? { ...event.paper, paper: true } : step,
        evidence: announce(state.evidence, event.evidence ?? [], meta.version),
      };
    case 'letter.masked':
      if (state.stage !== 'draft' && state.stage !== 'returned') throw outOfPlace(state, event);
      return {
        ...state,
        evidence: announce(state.evidence, event.evidence, meta.version),
        masks: [
          ...(state.masks ?? []).filter(({ of }) => of !== event.of),
          { of: event.of, n: state.evidence.length + 1 },
        ],
      };
    case 'letter.numbered':
      if (state.stage !== 'signed') throw outOfPlace(state, event);
      return { ...state, stage: 'numbered', ...numberOf(event) };
    case 'letter.sealed':
      if (state.stage !== 'numbered') throw outOfPlace(state, event);
      return {
        ...state,
        stage: 'sealed',
        sealed: { way: event.way, at: meta.at },
        ...(event.way === 'wet' && event.evidence.length > 0 ? { scan: state.evidence.length + 1 } : {}),
        evidence: announce(state.evidence, event.evidence, meta.version),
      };
    case 'letter.scanned':
      if (state.stage !== 'sealed' && state.stage !== 'issued' && state.stage !== 'closed')
        throw outOfPlace(state, event);
      return {
        ...state,
        scan: state.evidence.length + 1,
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
      if (
        state.stage === 'issued' ||
        state.stage === 'closed' ||
        state.stage === 'withdrawn' ||
        state.stage === 'void'
      )
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
    case 'letter.withdrawn': {
      if (state.stage !== 'issued' && state.stage !== 'closed') throw outOfPlace(state, event);
      const { links: _links, ...rest } = state;
      return { ...rest, stage: 'withdrawn', withdrawnAt: meta.at };
    }
    case 'letter.discPrepared':
      if (state.stage !== 'issued') throw outOfPlace(state, event);
      return state;
    case 'letter.linkShared':
    case 'letter.linkCodeRenewed':
    case 'letter.linkTried':
    case 'letter.linkOpened':
    case 'letter.linkWithdrawn':
      if (state.stage !== 'issued' && state.stage !== 'closed') throw outOfPlace(state, event);
      return {
        ...state,
        links: foldLinks(state.links ?? [], event, meta),
        linksMade: event.type === 'letter.linkShared' ? event.n : (state.linksMade ?? 0),
      };
  }
};

const outOfPlace = (state: LetterState, event: LetterEvent): Error =>
  new Error(`${event.type} at stage ${state.stage} of ${state.id}`);

type LinkEvent = Extract<LetterEvent, { type: `letter.link${string}` }>;

const foldLinks = (links: readonly LetterLink[], event: LinkEvent, { at }: EventMeta): LetterLink[] => {
  if (event.type === 'letter.linkShared')
    return [
      ...links.filter((link) => !link.withdrawn && link.until > at),
      {
        n: event.n,
        codeUntil: event.codeUntil,
        until: event.until,
        tries: 0,
        spent: false,
        keys: { secret: event.secretHash, code: event.codeHash },
      },
    ];
  return links.map((link) => (link.n === event.n ? linkAfter(link, event) : link));
};

const linkAfter = (
  { open, ...link }: LetterLink,
  event: LinkEvent & { type: Exclude<LinkEvent['type'], 'letter.linkShared'> },
): LetterLink => {
  const { secret = '', code = '' } = link.keys ?? {};
  switch (event.type) {
    case 'letter.linkCodeRenewed':
      return {
        ...{ ...link, codeUntil: event.codeUntil, tries: 0, spent: false },
        keys: { secret, code: event.codeHash },
      };
    case 'letter.linkTried':
      return { ...link, ...(open === undefined ? {} : { open }), tries: link.tries + 1 };
    case 'letter.linkOpened':
      return { ...link, spent: true, open: event.until, keys: { secret, code, pass: event.pass } };
    case 'letter.linkWithdrawn':
      return { ...link, withdrawn: true };
  }
};

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
  ...(event.altered === undefined ? {} : { altered: event.altered }),
  ...(event.figures === undefined ? {} : { figures: event.figures }),
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
  ...withoutAltered(state),
  ...(event.altered === undefined ? {} : { altered: event.altered }),
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

const withoutAltered = ({ altered: _altered, ...rest }: Drafted): Drafted => rest;

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
  ...(state.altered === undefined ? {} : { altered: state.altered }),
  ...(state.figures === undefined ? {} : { figures: state.figures }),
  ...(state.masks === undefined ? {} : { masks: state.masks }),
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
const inside: readonly string[] = [
  'letter.checked',
  'letter.returned',
  'letter.masked',
  'letter.discPrepared',
  'letter.linkShared',
  'letter.linkCodeRenewed',
  'letter.linkTried',
  'letter.linkOpened',
  'letter.linkWithdrawn',
];
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
    case 'withdrawn':
    case 'void':
      return nextPurge(state.evidence);
  }
};
