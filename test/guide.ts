// The guide to rule books at work: its blocks of JSON and of score lines, and what comes of a fragment laid into the
// smallest book with the facts beside it.
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { consequencesOf, type Standing } from '../shared/consequence.ts';
import { measuresOf } from '../shared/measure.ts';
import { fen } from '../shared/price.ts';
import { clauseOf, type RuleBook } from '../shared/rulebook.ts';
import { frameKind } from '../shared/rulebook-terms.ts';
import type { Beside, CountedBonus, CountedCase, DaysFact, JointFact, Score } from '../shared/score.ts';
import { scoreOf, scorePlaces } from '../shared/score.ts';
import type { FigureFact } from '../shared/score-figures.ts';
import { type Candidate, proposalOf } from '../shared/star-rule.ts';

export interface Block {
  /** `json book`, `json facts`, `text lines` … */
  kind: string;
  text: string;
}

export const blocksOf = (file: string): Block[] =>
  [...readFileSync(file, 'utf8').matchAll(/^```(\w+ \w+)\n([\s\S]*?)\n```$/gm)].map(
    ([, kind = '', text = '']) => ({ kind, text }),
  );

const isRecord = (of: unknown): of is Record<string, unknown> =>
  typeof of === 'object' && of !== null && !Array.isArray(of);
const codeIn = (of: unknown): unknown =>
  (isRecord(of) ? (of.code ?? of.name) : undefined) ?? JSON.stringify(of);

/** A fragment laid into a book: objects join, entries of a list replace those of the same code (or name) or are added. */
export const laidInto = (book: unknown, fragment: unknown): unknown => {
  if (Array.isArray(book) && Array.isArray(fragment)) {
    const codes = new Set(fragment.map(codeIn));
    return [...book.filter((each) => !codes.has(codeIn(each))), ...fragment];
  }
  if (!isRecord(book) || !isRecord(fragment)) return fragment;
  const all: Record<string, unknown> = { ...book };
  for (const [key, value] of Object.entries(fragment))
    all[key] = key in book ? laidInto(book[key], value) : value;
  return all;
};

const some = <T>() => z.array(z.custom<Partial<T>>(isRecord)).default([]);
export const guideFacts = z.strictObject({
  frame: frameKind.default('staff'),
  cases: some<CountedCase>(),
  earlier: some<CountedCase>(),
  bonuses: some<CountedBonus>(),
  figures: z.array(z.custom<FigureFact>(isRecord)).default([]),
  joint: z.array(z.custom<JointFact>(isRecord)).default([]),
  days: z.array(z.custom<DaysFact>(isRecord)).default([]),
  /** Shown: the score's lines, the measures, the standings of an award, or what follows from totals. */
  show: z.enum(['score', 'measures', 'award', 'totals']).default('score'),
  candidates: some<Candidate>(),
  totals: z.array(z.custom<Standing>(isRecord)).default([]),
  over: z.enum(['month', 'quarter', 'halfYear', 'year']).default('year'),
});
type GuideFacts = z.output<typeof guideFacts>;

const subjects = { staff: '张三', window: '1号窗口', department: '税务局' } as const;

const caseOf = (book: RuleBook, month: string, change: Partial<CountedCase>, nth: number): CountedCase => {
  const clause = clauseOf(book, change.clause ?? '');
  if (!clause) throw new Error(`the guide speaks of a clause it does not have: ${change.clause}`);
  return {
    id: `问题${nth + 1}`,
    month: change.day?.slice(0, 7) ?? month,
    day: `${month}-03`,
    type: clause.types[0] ?? '',
    family: clause.family,
    severity: 'evident',
    persons: ['张三'],
    window: '1号窗口',
    department: '税务局',
    quantity: 1,
    confirmedBy: '格长',
    counts: true,
    settledOnSpot: false,
    ...change,
    clause: clause.code,
  };
};

const scoreText = ({ lines, total, grade }: Score): string =>
  [
    ...lines.map(({ points, note }) => `${points >= 0 ? '+' : ''}${points / 100}  ${note}`),
    `= ${fen(total)}${grade === undefined ? '' : `,等级${grade}`}`,
  ].join('\n');

const candidateOf = (change: Partial<Candidate>): Candidate => ({
  id: '',
  score: 10_000,
  violations: { minor: 0, evident: 0, serious: 0 },
  heldBack: [],
  daysOnPost: 20,
  nominated: false,
  praise: 0,
  bonus: 0,
  earlierTitles: 0,
  barred: [],
  ...change,
});

/** What the guide prints for a book and its facts. */
export const toldOf = (book: RuleBook, facts: GuideFacts): string => {
  const cases = facts.cases.map((each, nth) => caseOf(book, '2026-11', each, nth));
  const earlier = facts.earlier.map((each, nth) =>
    caseOf(book, '2026-10', { id: `此前${nth + 1}`, ...each }, nth),
  );
  const bonuses = facts.bonuses.map(
    (each, nth): CountedBonus => ({
      id: `加分${nth + 1}`,
      month: '2026-11',
      day: '2026-11-10',
      type: '',
      clause: '',
      persons: ['张三'],
      quantity: 1,
      confirmedBy: '格长',
      ...each,
    }),
  );
  const beside: Beside = { earlier, figures: facts.figures, joint: facts.joint, days: facts.days };
  switch (facts.show) {
    case 'measures':
      return measuresOf(book, '2026-11', cases, [])
        .map(({ subject, reason }) => `${Object.values(subject).join('')}:${reason}`)
        .join('\n');
    case 'award': {
      const award = book.awards.at(-1);
      if (!award) throw new Error('the guide speaks of an award it does not have');
      return proposalOf(award, '2026-11', facts.candidates.map(candidateOf))
        .standings.map(({ candidate, why }) => `${candidate}:${why.join(';')}`)
        .join('\n');
    }
    case 'totals':
      return consequencesOf(book, facts.frame, facts.over, '2026-12', facts.totals)
        .map(({ subject, reason }) => `${Object.values(subject).join('')}:${reason}`)
        .join('\n');
    case 'score': {
      const subject = subjects[facts.frame];
      return facts.frame === 'staff'
        ? scoreText(scoreOf(book, subject, cases, bonuses, [], beside))
        : scorePlaces(book, facts.frame, [subject], cases, beside).map(scoreText).join('\n');
    }
  }
};
