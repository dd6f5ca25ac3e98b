// What may be done with a record now: its stage must be open to a step, and the viewer must have the right. Sent with
// every record, so that a screen offers nothing that would be refused for stage or right.
import { type About, type Action, type Actor, may, permits } from './access.ts';
import { type AwardState, nobodyYet } from './award.ts';
import type { BonusState } from './bonus.ts';
import type { CaseState } from './case.ts';
import type { ComplaintState } from './complaint.ts';
import { mayReopen } from './complaint-facts.ts';
import type { CoverState } from './cover.ts';
import type { EnforcementState } from './enforcement.ts';
import type { InspectionState } from './inspection.ts';
import type { LeaveState } from './leave.ts';
import type { LetterState } from './letter.ts';
import { isOpen, type SumObjection } from './objection.ts';
import type { OpeningState } from './opening.ts';
import { holdsOn } from './people.ts';
import type { RectificationState } from './rectification.ts';
import type { TalkState } from './talk.ts';
import { type Day, dayOf, type Instant } from './time.ts';

/** Steps a case's stage is open to, whoever asks. */
export const caseSteps = (state: CaseState, now: Instant): Action[] => {
  switch (state.stage) {
    case 'reported':
      return [
        'case.addEvidence',
        'case.dismiss',
        'case.merge',
        'case.reassign',
        ...(state.decidedBefore.length + state.joined.length === 0 ? (['case.withdraw'] as const) : []),
        ...reportedSteps(state),
        'case.transfer',
      ];
    case 'settledOnSpot':
      return ['case.addEvidence', 'case.reassign', ...reviewSteps(state, now), 'case.transfer'];
    case 'confirmed':
      return [
        'case.addEvidence',
        'case.reassign',
        'case.notify',
        'case.openNotice',
        ...(state.hearing.told.length > 0 ? (['case.answer'] as const) : []),
        ...reviewSteps(state, now),
        'case.attachPaper',
        'case.transfer',
      ];
    case 'noticed':
      return [
        'case.addEvidence',
        'case.reassign',
        'case.answer',
        ...reviewSteps(state, now),
        'case.attachPaper',
        'case.transfer',
      ];
    case 'counting':
      return [
        ...(state.review?.state === 'asked' ? (['case.addEvidence'] as const) : []),
        'case.reassign',
        ...reviewSteps(state, now),
        'case.attachPaper',
        'case.transfer',
      ];
    case 'rectifying':
      return ['case.addEvidence', 'case.reassign', 'case.confirm', 'case.transfer'];
    case 'dismissed':
    case 'merged':
    case 'withdrawn':
      return state.sealedWith === undefined ? ['case.transfer'] : [];
    case 'transferred':
      return [];
  }
};

/** What ended on the spot has no notice; whether it is still in time, the decision knows. */
const reviewSteps = (state: CaseState, now: Instant): Action[] => {
  if (!('verdict' in state)) return [];
  if (state.review?.state === 'asked') return ['case.decideAppeal'];
  if (state.review !== undefined) return [];
  if (state.stage === 'settledOnSpot') return ['case.appeal'];
  return state.notice !== undefined && now <= state.notice.appealBy ? ['case.appeal'] : [];
};

const reportedSteps = (state: CaseState): Action[] => {
  if (state.subject.kind === 'unidentified') return ['case.identify'];
  if (state.subject.kind !== 'persons' && state.rectification === undefined)
    return ['case.confirm', ...(state.lead ? [] : (['case.settleOnSpot'] as const)), 'rectification.order'];
  return state.lead ? ['case.confirm'] : ['case.confirm', 'case.settleOnSpot'];
};

export const complaintSteps = (state: ComplaintState): Action[] => {
  switch (state.stage) {
    case 'received':
      return [
        'complaint.accept',
        'complaint.decline',
        'complaint.place',
        ...joinSteps(state),
        'complaint.transfer',
        'complaint.urge',
      ];
    case 'accepted':
    case 'investigated':
      return [
        ...(state.stage === 'investigated' ? (['complaint.decide'] as const) : []),
        'complaint.investigate',
        'complaint.explain',
        'complaint.assign',
        'complaint.place',
        'complaint.extend',
        ...joinSteps(state),
        'complaint.transfer',
        'complaint.urge',
      ];
    case 'decided':
      return ['complaint.answer', 'complaint.cannotAnswer', 'complaint.urge'];
    case 'answered':
      return answeredSteps(state);
    case 'archived':
    case 'transferred':
      return [];
  }
};
/** What others were joined to is joined to none. */
const joinSteps = ({ joined }: ComplaintState): Action[] => (joined.length > 0 ? [] : ['complaint.join']);
const answeredSteps = (state: ComplaintState & { stage: 'answered' }): Action[] => {
  const { feedback, revisit } = state;
  if (feedback.how === 'impossible') return ['complaint.answer', 'complaint.archive'];
  if (revisit === undefined) return ['complaint.revisit'];
  return mayReopen(state)
    ? ['complaint.revisit', 'complaint.reopen', 'complaint.archive']
    : ['complaint.revisit', 'complaint.archive'];
};

export const rectificationSteps = (state: RectificationState, now: Instant): Action[] => {
  switch (state.stage) {
    case 'ordered':
      return [
        'rectification.finish',
        ...(now > state.dueBy ? (['rectification.urge'] as const) : []),
        'rectification.withdraw',
      ];
    case 'done':
      return ['rectification.recheck', 'rectification.withdraw'];
    case 'passed':
      return ['rectification.strikeOff'];
    case 'struckOff':
    case 'withdrawn':
      return [];
  }
};

export const bonusSteps = (state: BonusState): Action[] =>
  state.stage === 'reported'
    ? ['bonus.confirm', 'bonus.dismiss', 'bonus.merge']
    : state.stage === 'confirmed'
      ? ['bonus.revoke']
      : [];

export const talkSteps = (state: TalkState): Action[] => {
  switch (state.stage) {
    case 'held':
      return ['talk.sign', 'talk.refuse', 'talk.withdraw'];
    case 'signed':
    case 'refused':
      return ['talk.file', 'talk.withdraw'];
    case 'filed':
      return ['talk.withdraw'];
    case 'withdrawn':
      return [];
  }
};

export const enforcementSteps = (state: EnforcementState): Action[] => {
  switch (state.stage) {
    case 'carriedOut':
      return [
        ...(state.answerBy === undefined ? [] : (['enforcement.answer'] as const)),
        'enforcement.withdraw',
      ];
    case 'answered':
      return ['enforcement.withdraw'];
    case 'withdrawn':
      return [];
  }
};

export const objectionSteps = (one: SumObjection): Action[] =>
  isOpen(one) ? ['objection.answer', 'objection.withdraw'] : [];

export const leaveSteps = (state: LeaveState): Action[] =>
  state.stage === 'standing' ? ['leave.correct', 'leave.withdraw'] : [];

export const coverSteps = (state: CoverState): Action[] =>
  state.stage === 'standing' ? ['cover.correct', 'cover.withdraw'] : [];

/** Handing in and correcting never end: what comes after freezing is carried. */
export const figureSteps = (): Action[] => ['figure.enter', 'figure.correct', 'figure.withdraw'];

export const openingSteps = (state: OpeningState): Action[] =>
  state.stage === 'standing' ? ['opening.strikeOut'] : [];

export const inspectionSteps = (state: InspectionState): Action[] =>
  state.stage === 'open' ? ['inspection.record', 'inspection.close'] : [];

const links: Action[] = ['letter.shareLink', 'letter.renewCode', 'letter.withdrawLink'];
const delivery: Action[] = [
  ...links,
  'letter.prepareDisc',
  'letter.handOver',
  'letter.open',
  'letter.acknowledge',
  'letter.answer',
];

export const letterSteps = (state: LetterState): Action[] => {
  switch (state.stage) {
    case 'draft':
      return ['letter.revise', 'letter.mask', 'letter.check', 'letter.return', 'letter.void'];
    case 'returned':
      return ['letter.revise', 'letter.mask', 'letter.void'];
    case 'checked':
      return ['letter.sign', 'letter.signOnPaper', 'letter.return', 'letter.void'];
    case 'signed':
      return ['letter.void'];
    case 'numbered':
      return ['letter.seal', 'letter.void'];
    case 'sealed':
      return ['letter.issue', 'letter.addScan', 'letter.void'];
    case 'issued':
      // A bulletin is addressed to the windows: departments read their copy, none receives it, answers it or is urged.
      return state.department === undefined
        ? ['letter.handOver', 'letter.open', 'letter.addScan', 'letter.close', 'letter.withdraw']
        : [...delivery, 'letter.addScan', 'letter.urge', 'letter.close', 'letter.withdraw'];
    case 'closed':
      return [...(state.department === undefined ? [] : links), 'letter.addScan', 'letter.withdraw'];
    case 'withdrawn':
    case 'void':
      return [];
  }
};

const nominationSteps = ({ selfNomination, nominated }: AwardState): Action[] => [
  'award.nominate',
  ...(selfNomination ? (['award.nominateSelf'] as const) : []),
  ...(nominated.length > 0 ? (['award.takeBackNomination'] as const) : []),
];

/** Once it sits nobody is put forward any more: it is not seated before there is anybody to judge. */
const committeeSteps = (state: AwardState): Action[] => {
  const { committee } = state;
  if (!committee || committee.sitting) return [];
  const early = nobodyYet(state);
  return [
    ...(early && !committee.byLot ? [] : (['award.callCommittee'] as const)),
    ...(early || !committee.called ? [] : (['award.drawCommittee'] as const)),
  ];
};

export const awardSteps = (state: AwardState): Action[] => {
  switch (state.stage) {
    case 'open':
      return [
        ...(state.committee?.sitting ? [] : nominationSteps(state)),
        ...committeeSteps(state),
        'award.decide',
      ];
    case 'toDraw':
      return ['award.draw', 'award.object'];
    case 'decided':
    case 'published':
    case 'announced':
      return [
        ...(state.stage === 'decided' ? (['award.publish'] as const) : []),
        'award.object',
        'award.answerObjection',
        'award.withdraw',
        'award.announce',
      ];
  }
};

/** Those of the open steps that this person may take. */
export const abilitiesOf = (actor: Actor, steps: readonly Action[], facts: About, now: Instant): Action[] =>
  steps.filter((step) => may(actor, step, facts, dayOf(now)).ok);

/** Whether any role this person holds on a day is let to an action at all, somewhere. */
export const hasRoleFor = (actor: Actor, action: Action, on: Day): boolean =>
  actor.grants.some(
    (grant) => holdsOn(grant, on) && permits[action].some((permit) => permit.role === grant.role),
  );
