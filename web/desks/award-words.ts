// How candidates of a title are spoken of: in, out, and why.
import { criterionNames } from '../../shared/star-rule.ts';
import type { View } from '../../shared/views.ts';
import { named } from './history-words.ts';

export type Award = View<'award.read'>;
export type Proposal = View<'award.proposal'>;

export const outcomes = {
  in: { word: '入选', tone: 'green' },
  out: { word: '未入选', tone: 'plain' },
  undecided: { word: '并列待定', tone: 'amber' },
} as const;

const criteria: Readonly<Record<string, string>> = criterionNames;
/** What a criterion is called. */
export const criterionWords = (by: string): string => criteria[by] ?? by;

/** Why somebody stands where they stand, in one line. */
export const whyWords = (standing: Proposal['standings'][number], names: Record<string, string>): string => {
  const { decided, why } = standing;
  const over =
    decided === undefined
      ? ''
      : `以“${criterionWords(decided.criterion)}”排在${named(decided.over, names)}${standing.outcome === 'out' ? '之后' : '之前'}`;
  return [...why, over].filter((part) => part !== '').join(';');
};
