// What letters, awards and objections to sums still ask for; obligation.ts puts it together with the rest.
import { type AwardState, awardStageTitles } from './award.ts';
import { aboutAward } from './award-decide.ts';
import { type LetterState, letterKindTitles } from './letter.ts';
import { urgeRestDays } from './letter-delivery.ts';
import { aboutLetter } from './letter-drafting.ts';
import { type ObjectionState, openObjections } from './objection.ts';
import { aboutObjection } from './objection-decide.ts';
import {
  type Due,
  filesDue,
  type Make,
  type Matter,
  making,
  type Outstanding,
  within,
} from './obligation-due.ts';
import { publicityEnds } from './publicity.ts';
import { titleWords } from './term-words.ts';
import { chineseMonth, type Instant, instantAt, plusMonths } from './time.ts';

export const letterDues = (of: Outstanding, state: LetterState): Due[] => {
  const matter: Matter = { kind: 'letter', id: state.id };
  const facts = aboutLetter(state);
  const to =
    state.department === undefined ? '' : (of.registry.of.department.get(state.department)?.name ?? '');
  const number = 'documentNumber' in state ? (state.documentNumber ?? '') : '';
  const text = [letterKindTitles[state.kind], to, number].filter((part) => part !== '').join(' ');
  const make = making(matter, facts, text);
  // The whole road from draft to issue has one time limit.
  const road = within(of, state.draftedAt, of.book.settings.letterWorkingDays);
  switch (state.stage) {
    case 'draft':
      return make('check', 'letter.check', road, '核稿');
    case 'returned':
      return make('revise', 'letter.revise', road, '修改');
    case 'checked':
      return make('sign', 'letter.sign', road, '签发');
    case 'signed':
      return [];
    case 'numbered':
      return make('seal', 'letter.seal', road, '用印');
    case 'sealed':
      return [
        ...make('issue', 'letter.issue', road, '印发'),
        ...filesDue(of, matter, facts, state.evidence, state.sealed.at),
      ];
    case 'issued':
      return [
        ...(state.department === undefined ? [] : issuedDues(of, state, make)),
        ...filesDue(of, matter, facts, state.evidence, state.issuedAt),
      ];
    case 'closed':
      return filesDue(of, matter, facts, state.evidence, state.closedAt);
    case 'withdrawn':
    case 'void':
      return [];
  }
};

const issuedDues = (of: Outstanding, state: LetterState & { stage: 'issued' }, make: Make): Due[] => {
  const { settings } = of.book;
  const { delivery, replyBy, issuedAt } = state;
  const receipt =
    delivery.acknowledgedAt === undefined
      ? make(
          'acknowledge',
          'letter.acknowledge',
          within(of, issuedAt, settings.deemedDeliveredWorkingDays),
          '签收',
        )
      : [];
  // A letter that asks for no reply ends with its receipt; only what a department wrote back must be looked at.
  const { answeredAt } = delivery;
  if (answeredAt !== undefined)
    return [
      ...receipt,
      ...make('closeLetter', 'letter.close', within(of, answeredAt, settings.letterWorkingDays), '办结'),
    ];
  if (replyBy === undefined) return receipt;
  return [
    ...receipt,
    ...make('answerLetter', 'letter.answer', replyBy, '复函'),
    ...urgeDues(of, replyBy, delivery.urgedAt, make),
  ];
};

/** From the end of the reply time on; urged once, a department has some days before it is urged again. */
const urgeDues = (of: Outstanding, replyBy: Instant, urgedAt: Instant | undefined, make: Make): Due[] => {
  const from = urgedAt === undefined ? replyBy : within(of, urgedAt, urgeRestDays);
  if (from !== undefined && of.now <= from) return [];
  const due = from === undefined ? undefined : within(of, from, of.book.settings.urgeAfterWorkingDays);
  return make('urge', 'letter.urge', due, urgedAt === undefined ? '催办' : '再次催办');
};

export const awardDues = (of: Outstanding, state: AwardState): Due[] => {
  const { settings } = of.book;
  const matter: Matter = { kind: 'award', id: state.id };
  const facts = aboutAward(state);
  const make = making(matter, facts, `${titleWords(state)}(${awardStageTitles[state.stage]})`);
  if (state.stage === 'open') {
    const day = `${plusMonths(state.month, 1)}-${String(settings.candidatesByDayOfMonth).padStart(2, '0')}`;
    const due = within(of, instantAt(day, '08:00'), 0);
    // Where a committee is asked for, nothing is decided before it sits.
    const next =
      state.committee && !state.committee.sitting
        ? make('seatCommittee', 'award.callCommittee', due, '产生评审组')
        : make('decideAward', 'award.decide', due, '研究确定');
    return [...next, ...filesDue(of, matter, facts, state.evidence, state.openedAt)];
  }
  const objections = state.objections
    .filter((one) => one.answer === undefined)
    .flatMap((one) =>
      make(
        'answerObjection',
        'award.answerObjection',
        within(of, one.at, settings.decideWorkingDays),
        `答复第${one.n}项异议`,
        one.n,
      ),
    );
  const files = filesDue(of, matter, facts, state.evidence, state.decidedAt);
  const soon = within(of, state.decidedAt, settings.noticeWorkingDays);
  switch (state.stage) {
    case 'toDraw':
      return [
        ...make('drawAward', 'award.draw', within(of, state.decidedAt, settings.decideWorkingDays), '抽签'),
        ...files,
      ];
    case 'decided':
      return [
        ...(state.recipients.length === 0 ? [] : make('publishAward', 'award.publish', soon, '公示')),
        ...objections,
        ...files,
      ];
    case 'published':
      return [...(objections.length === 0 ? announceDues(of, state, make) : objections), ...files];
    case 'announced':
      return [...objections, ...files];
  }
};

/** When the publicity of somebody is over who is not announced yet. */
const announceDues = (of: Outstanding, state: Exclude<AwardState, { stage: 'open' }>, make: Make): Due[] => {
  const [until] = publicityEnds(state.recipients);
  if (until === undefined || of.now <= until) return [];
  return make(
    'announceAward',
    'award.announce',
    within(of, until, of.book.settings.noticeWorkingDays),
    '公布',
  );
};

/** Answered in the days a review has: the month waits for it. */
export const objectionDues = (of: Outstanding, state: ObjectionState): Due[] => {
  const matter: Matter = { kind: 'objection', id: state.id };
  const facts = aboutObjection(state);
  const name = of.registry.of.staff.get(state.person)?.name ?? state.person;
  const make = making(matter, facts, `${name} ${chineseMonth(state.month)}`);
  const open = openObjections(state);
  const since = state.objections.at(-1)?.recordedAt;
  return [
    ...open.flatMap((one) =>
      make(
        'answerSumObjection',
        'objection.answer',
        within(of, one.recordedAt, of.book.settings.decideWorkingDays),
        '答复对得分的异议',
        one.n,
      ),
    ),
    ...(since === undefined ? [] : filesDue(of, matter, facts, state.evidence, since)),
  ];
};
