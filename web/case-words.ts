// A case as the person it concerns reads it: what it is called, where it stands, what is asked of them. Knows no screen.
import { severityNames, violationType } from '../shared/catalog.ts';
import type { View } from '../shared/views.ts';
import { dateTimeWords } from './time-words.ts';

export type CaseState = View<'case.read'>['state'];

export const violationName = (code: string): string => violationType(code)?.name ?? code;

const caseStageWords: Record<CaseState['stage'], string> = {
  reported: '待核实',
  settledOnSpot: '当场提醒',
  dismissed: '不予认定',
  merged: '已并案',
  transferred: '已移送',
  confirmed: '已核实,待告知',
  noticed: '已告知,待答复',
  counting: '已办结',
  rectifying: '整改中',
  withdrawn: '已撤回',
};

/** Where a case stands, a review that is open included. */
export const caseStandingWords = ({ stage, review }: CaseState): string => {
  if (review?.state === 'asked') return '复核中';
  return review?.outcome === 'overturned' ? '复核已撤销' : caseStageWords[stage];
};

export const reviewOutcomes = { upheld: '维持', reduced: '减轻', overturned: '撤销' } as const;

/** What became of the review asked for, or by when it is decided. */
export const reviewWords = ({ review }: CaseState): string | undefined => {
  if (review === undefined) return undefined;
  if (review.state === 'asked') return `已申请,应于 ${dateTimeWords(review.decideBy)} 前决定`;
  return `${reviewOutcomes[review.outcome]}${review.points === undefined ? '' : `为扣 ${points(review.points)} 分`}`;
};

export const severityWords = (state: CaseState): string =>
  state.verdict === undefined ? '' : severityNames[state.verdict.severity];

/** Hundredths as points: `-1.5`, `100`. */
export const points = (hundredths: number): string => String(hundredths / 100);
export const signedPoints = (hundredths: number): string =>
  hundredths > 0 ? `+${hundredths / 100}` : hundredths < 0 ? `−${-hundredths / 100}` : '0';
