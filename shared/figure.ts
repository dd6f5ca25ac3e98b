// A month's figures as they are handed in (评价、投票、办件量、办结率、考勤折算 …): one stream for each figure of each month,
// with a row for each person, window or department. Whoever reads a score sees where its figure came from. A correction
// is a further event; what the figures come to is reckoned by score-figures.ts.
import type { EventMeta, FreeText } from './events.ts';
import {
  announce,
  type EvidenceEntry,
  type EvidenceEvent,
  foldEvidence,
  type ManifestEntry,
  nextPurge,
} from './evidence.ts';
import type { FrameKind } from './rulebook-terms.ts';
import type { FigureFact } from './score-figures.ts';
import type { Instant, Month } from './time.ts';

export const figureSources = ['import', 'system', 'survey', 'paper'] as const;
export type FigureSource = (typeof figureSources)[number];
export const figureSourceNames: Record<FigureSource, string> = {
  import: '表格导入',
  system: '业务系统',
  survey: '测评投票',
  paper: '纸质登记',
};

/** What is said of one subject; which of the members are filled follows from the kind of the figure. */
export interface FigureRow {
  /** Person, window or department. */
  subject: string;
  /** A mark in hundredths of a point, an amount in hundredths of its unit. */
  value?: number;
  self?: number;
  numerator?: number;
  denominator?: number;
  parts?: { kind: string; value: number }[];
  answers?: { answer: string; count: number; by?: string }[];
}

/** A row with where it came from and the version of the stream that wrote it last. */
export interface HandedIn extends FigureRow {
  source: FigureSource;
  /** Which system, which survey. */
  origin?: string;
  since: number;
}

export interface FigureState {
  id: string;
  month: Month;
  /** The code of the figure in the rule book; votes for a title are `<title>.<voters>`. */
  figure: string;
  of: FrameKind;
  /** By subject. */
  rows: HandedIn[];
  changedAt: Instant;
  evidence: EvidenceEntry[];
}

interface Brought {
  source: FigureSource;
  origin?: string;
  rows: FigureRow[];
  evidence: ManifestEntry[];
}
export type FigureEvent =
  | ({ type: 'figure.entered'; v: 1; month: Month; figure: string; of: FrameKind } & Brought)
  | ({ type: 'figure.corrected'; v: 1; reason: FreeText } & Brought)
  | { type: 'figure.withdrawn'; v: 1; subjects: string[]; reason: FreeText }
  | EvidenceEvent;

const bySubject = (a: FigureRow, b: FigureRow): number => (a.subject < b.subject ? -1 : 1);

/** Rows written over those of the same subjects. */
const written = (rows: readonly HandedIn[], event: Brought, version: number): HandedIn[] => {
  const fresh = new Set(event.rows.map(({ subject }) => subject));
  return [
    ...rows.filter(({ subject }) => !fresh.has(subject)),
    ...event.rows.map(
      (row): HandedIn => ({
        ...row,
        source: event.source,
        ...(event.origin === undefined ? {} : { origin: event.origin }),
        since: version,
      }),
    ),
  ].sort(bySubject);
};

/** The figure after one more event. Throws on a correction before anything was entered: that is a bug or a broken journal. */
export const foldFigure = (
  state: FigureState | undefined,
  event: FigureEvent,
  meta: EventMeta,
): FigureState => {
  if (event.type === 'figure.entered')
    return {
      id: meta.stream,
      month: event.month,
      figure: event.figure,
      of: event.of,
      rows: written(state?.rows ?? [], event, meta.version),
      changedAt: meta.at,
      evidence: announce(state?.evidence ?? [], event.evidence, meta.version),
    };
  if (!state) throw new Error(`${event.type} before figure.entered in ${meta.stream}`);
  switch (event.type) {
    case 'evidence.uploaded':
    case 'evidence.received':
    case 'evidence.rejected':
    case 'evidence.purged':
      return { ...state, evidence: foldEvidence(state.evidence, event) };
    case 'figure.corrected':
      return {
        ...state,
        rows: written(state.rows, event, meta.version),
        changedAt: meta.at,
        evidence: announce(state.evidence, event.evidence, meta.version),
      };
    case 'figure.withdrawn':
      return {
        ...state,
        rows: state.rows.filter(({ subject }) => !event.subjects.includes(subject)),
        changedAt: meta.at,
      };
  }
};

/** When somebody must look at it next: when a scan is to be purged. */
export const figureNext = (state: FigureState): Instant | undefined => nextPurge(state.evidence);

const factOf = (figure: string, row: HandedIn): FigureFact => {
  const { since: _since, source, origin, ...told } = row;
  const name = figureSourceNames[source];
  return { figure, ...told, source: origin === undefined ? name : `${name}:${origin}` };
};

/** The facts that a score is reckoned from. */
export const figureFacts = (states: readonly FigureState[]): FigureFact[] =>
  states.flatMap((state) => state.rows.map((row) => factOf(state.figure, row)));

const sum = (all: readonly (number | undefined)[]): number | undefined => {
  const known = all.flatMap((one) => one ?? []);
  return known.length === 0 ? undefined : known.reduce((total, one) => total + one, 0);
};
const mean = (all: readonly (number | undefined)[]): number | undefined => {
  const known = all.flatMap((one) => one ?? []);
  const total = sum(known);
  return total === undefined ? undefined : Math.round(total / known.length);
};

/**
 * One fact for each figure and subject from those of several months: amounts, numerators and answers are added up,
 * marks (`marks` names them) are averaged. A month without the figure takes no part.
 */
export const joinedFacts = (facts: readonly FigureFact[], marks: ReadonlySet<string>): FigureFact[] => {
  const groups = new Map<string, FigureFact[]>();
  for (const fact of facts) {
    const key = `${fact.figure} ${fact.subject}`;
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  return [...groups.values()].flatMap((group): FigureFact[] => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    const together = marks.has(first.figure) ? mean : sum;
    const value = together(group.map((one) => one.value));
    const self = mean(group.map((one) => one.self));
    const numerator = sum(group.map((one) => one.numerator));
    const denominator = sum(group.map((one) => one.denominator));
    const parts = group.flatMap((one) => one.parts ?? []);
    const answers = group.flatMap((one) => one.answers ?? []);
    return [
      {
        figure: first.figure,
        subject: first.subject,
        ...(value === undefined ? {} : { value }),
        ...(self === undefined ? {} : { self }),
        ...(numerator === undefined ? {} : { numerator }),
        ...(denominator === undefined ? {} : { denominator }),
        ...(parts.length === 0 ? {} : { parts }),
        ...(answers.length === 0 ? {} : { answers }),
        source: [...new Set(group.flatMap((one) => one.source ?? []))].join('、'),
      },
    ];
  });
};
