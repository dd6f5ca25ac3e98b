// What is asked of a case before anything is decided on it: the facts for the permission, its stage in words, whom its
// commands may name.

import * as z from 'zod';
import { type About, about } from './access.ts';
import { type CaseState, decidersOf, departmentsOf, personsOf, reviewersOf } from './case.ts';
import { isSealedType } from './catalog.ts';
import { registryId } from './ids.ts';
import { refuse } from './problems.ts';
import { dayOf } from './time.ts';

/** Who reported it: the person, under a delegation the absent one, and who found it on paper. */
export const reportersOf = (state: CaseState): string[] => [
  state.reportedBy.person,
  ...(state.reportedBy.for === undefined ? [] : [state.reportedBy.for]),
  ...(state.foundBy === undefined ? [] : [state.foundBy]),
];

/** Facts of a case for the permission. Who confirmed has decided; who identified the person has not. */
export const aboutCase = (state: CaseState): About =>
  about({
    grids: state.grid === undefined ? [] : [state.grid],
    departments: departmentsOf(state),
    // Who was named before reads on what became of it, and decides nothing on it.
    persons: [...personsOf(state), ...(state.formerly ?? [])],
    reporters: [...reportersOf(state), ...state.joinedReporters],
    deciders: [...decidersOf(state), ...state.decidedBefore],
    reviewers: reviewersOf(state),
    days: { from: dayOf(state.happened.from), until: dayOf(state.happened.from) },
    sealed: isHandedOver(state) || isSealedType(state.type),
  });

/** With the discipline inspectors: itself, or what it was merged into. */
export const isHandedOver = (state: CaseState): boolean =>
  state.stage === 'transferred' || state.sealedWith !== undefined;

/** Nothing more is said of it here: not so, part of another, handed over, or taken back. */
export const isClosed = (state: CaseState): boolean =>
  state.stage === 'dismissed' ||
  state.stage === 'merged' ||
  state.stage === 'transferred' ||
  state.stage === 'withdrawn';

export const wrongStage = (state: CaseState) =>
  refuse('case.wrong-stage', `当前状态:${stageTitles[state.stage]}`);

export const stageTitles: Record<CaseState['stage'], string> = {
  reported: '待核实',
  settledOnSpot: '当场提醒、已改正',
  dismissed: '不属实',
  merged: '已并入其他问题',
  transferred: '已移送',
  rectifying: '已转整改单',
  withdrawn: '上报人已撤回',
  confirmed: '属实,待告知',
  noticed: '已告知,待陈述申辩',
  counting: '已认定',
};

export const personsField = z
  .array(registryId)
  .min(1)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, '人员重复');
