// What is due, by whom and until when: what cases, measures and papers ask for, less what has been done. Derived on every
// read and never stored, so that nothing can be forgotten or done twice. Every obligation ends when the thing is done, or
// shows as overdue; the order of what is handed in never matters.
import { type About, type Action, about, type Permit, permits } from './access.ts';
import { type BonusState, sameDeed } from './bonus.ts';
import { aboutBonus } from './bonus-decide.ts';
import { type CaseState, caseStands, personsOf, reviewOf } from './case.ts';
import { aboutCase } from './case-facts.ts';
import { bonusType, violationType } from './catalog.ts';
import type { EnforcementState } from './enforcement.ts';
import { aboutEnforcement } from './enforcement-decide.ts';
import type { Measure } from './measure.ts';
import { complaintDues } from './obligation-complaints.ts';
import {
  type Due,
  filesDue,
  type Matter,
  making,
  type ObligationKind,
  type Outstanding,
  within,
} from './obligation-due.ts';
import { awardDues, letterDues, objectionDues } from './obligation-papers.ts';
import { departmentNameOn, type Registry, type Role, windowsOf } from './people.ts';
import type { RectificationState } from './rectification.ts';
import { aboutRectification } from './rectification-decide.ts';
import { type MeasureKind, measureNames } from './rulebook-frame.ts';
import { type TalkState, talkTitles } from './talk.ts';
import { aboutTalk } from './talk-decide.ts';
import { chineseDate, dayOf, type Instant, instantAt, lastDayOf } from './time.ts';

export interface Obligation {
  /** `<kind>~<id of the matter>`, with a number where a matter owes several of a kind. */
  id: string;
  kind: ObligationKind;
  /** The step that ends it, and who may take it somewhere. */
  action: Action;
  roles: (Role | 'system')[];
  matter: Matter;
  /** Whom it concerns: to be asked `obligation.read` about. */
  facts: About;
  /** Absent only while the working calendar of a year is missing. */
  due?: Instant;
  overdue: boolean;
  sentence: string;
}

/** Everything due, the most pressing first; without a date last. */
export const obligationsOf = (of: Outstanding): Obligation[] =>
  [
    ...of.cases.flatMap((state) => caseDues(of, state)),
    ...of.bonuses.flatMap((state) => bonusDues(of, state)),
    ...of.measures.flatMap((measure) => measureDues(of, measure)),
    ...(of.rectifications ?? []).flatMap((state) => rectificationDues(of, state)),
    ...(of.enforcements ?? []).flatMap((state) => enforcementDues(of, state)),
    ...(of.objections ?? []).flatMap((state) => objectionDues(of, state)),
    ...of.talks.flatMap((state) => talkDues(of, state)),
    ...of.letters.flatMap((state) => letterDues(of, state)),
    ...(of.awards ?? []).flatMap((state) => awardDues(of, state)),
    ...(of.complaints ?? []).flatMap((state) => complaintDues(of, state)),
  ]
    .map((due) => owed(due, of.now))
    .sort((a, b) => inOrder(a.due ?? '9', b.due ?? '9') || inOrder(a.id, b.id));

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who may take a step as a matter of course; whoever it passes to when nobody of them is left is not named. */
const permitsOf = (action: Action): readonly Permit[] => {
  const all: readonly Permit[] = permits[action];
  return all.filter((permit) => permit.insteadOf === undefined);
};

const owed = ({ kind, action, matter, facts, due, sentence, nth }: Due, now: Instant): Obligation => ({
  id: `${kind}~${matter.id}${nth === undefined ? '' : `~${nth}`}`,
  kind,
  action,
  roles: [...new Set(permitsOf(action).map((permit): Role | 'system' => permit.role))],
  matter,
  facts,
  ...(due === undefined ? {} : { due }),
  overdue: due !== undefined && due < now,
  sentence: due === undefined ? `${sentence}(工作日历未录入,期限待定)` : sentence,
});

/** 2026年11月18日 A01窗口 擅自离岗、脱岗 */
const caseText = (state: CaseState, registry: Registry): string => {
  const window = state.window === undefined ? undefined : registry.of.window.get(state.window);
  const on = dayOf(state.happened.from);
  const department =
    state.department === undefined ? undefined : departmentNameOn(registry, state.department, on);
  const grid = registry.of.grid.get(state.grid ?? '')?.name;
  const place = window ? `${window.number}窗口` : (department ?? grid ?? '');
  const what = violationType(state.type)?.name ?? state.type;
  return [chineseDate(on), place, what].filter((part) => part !== '').join(' ');
};

const caseDues = (of: Outstanding, state: CaseState): Due[] => {
  const { settings } = of.book;
  const type = violationType(state.type);
  const matter: Matter = { kind: 'case', id: state.id };
  const facts = aboutCase(state);
  const text = caseText(state, of.registry);
  const make = making(matter, facts, text);
  const review = reviewOf(state);
  const files = filesDue(of, matter, facts, state.evidence, state.reportedAt);
  const reviewing =
    review?.state === 'asked' ? make('decideReview', 'case.decideAppeal', review.decideBy, '复核') : [];
  switch (state.stage) {
    case 'reported': {
      const days =
        type?.severity === 'serious' ? settings.seriousVerifyWorkingDays : settings.verifyWorkingDays;
      const end = within(of, state.reportedAt, days);
      // The lead is handed on by whoever holds it; sealed it is only afterwards, and nothing of it is told here.
      if (type?.sealed)
        return [
          {
            kind: 'transfer',
            action: 'case.transfer',
            matter,
            facts: { ...facts, sealed: false },
            due: end,
            sentence: '移送一条廉洁问题线索',
          },
        ];
      return state.subject.kind === 'unidentified'
        ? [...make('identify', 'case.identify', end, '查明人员'), ...files]
        : [...make('verify', 'case.confirm', end, '核实'), ...files];
    }
    case 'confirmed': {
      const end = within(of, state.decidedAt, settings.noticeWorkingDays);
      return [...make('notify', 'case.notify', end, '告知'), ...reviewing, ...files];
    }
    case 'noticed': {
      const { answerBy } = state.notice;
      const settling =
        of.now > answerBy ? make('settle', 'case.settle', within(of, answerBy, 1), '答复期满,办结') : [];
      return [...settling, ...reviewing, ...files];
    }
    case 'settledOnSpot':
    case 'counting':
      return [...reviewing, ...files];
    case 'dismissed':
    case 'merged':
    case 'transferred':
    case 'rectifying':
    case 'withdrawn':
      return [];
  }
};

/** 整改、复查、销号; after its date it is urged, by the house first and by a person as long as nothing is done. */
const rectificationDues = (of: Outstanding, state: RectificationState): Due[] => {
  const { settings } = of.book;
  const matter: Matter = { kind: 'rectification', id: state.id };
  const facts = aboutRectification(state);
  const place =
    of.registry.of.window.get(state.window ?? '')?.name ?? of.registry.of.area.get(state.area ?? '')?.name;
  const responsible = of.registry.of.department.get(state.responsible)?.name ?? state.responsible;
  const make = making(matter, facts, [responsible, place].filter((part) => part !== undefined).join(' '));
  const files = filesDue(of, matter, facts, state.evidence, state.orderedAt);
  switch (state.stage) {
    case 'ordered': {
      const late =
        of.now > state.dueBy && (state.urgedAt === undefined || dayOf(state.urgedAt) < dayOf(of.now));
      const urging = within(of, state.urgedAt ?? state.dueBy, settings.urgeAfterWorkingDays);
      return [
        ...make('rectify', 'rectification.finish', state.dueBy, '整改'),
        ...(late ? make('urgeRectification', 'rectification.urge', urging, '催办整改') : []),
        ...files,
      ];
    }
    case 'done':
      return [
        ...make(
          'recheck',
          'rectification.recheck',
          within(of, state.doneAt, settings.recheckWorkingDays),
          '复查',
        ),
        ...files,
      ];
    case 'passed':
      return [
        ...make(
          'strikeOff',
          'rectification.strikeOff',
          within(of, state.checkedAt, settings.recheckWorkingDays),
          '销号',
        ),
        ...files,
      ];
    case 'struckOff':
      return files;
    case 'withdrawn':
      return [];
  }
};

const bonusDues = (of: Outstanding, state: BonusState): Due[] => {
  const matter: Matter = { kind: 'bonus', id: state.id };
  const facts = aboutBonus(state);
  const files = filesDue(of, matter, facts, state.evidence, state.reportedAt);
  switch (state.stage) {
    case 'reported': {
      const due = within(of, state.reportedAt, of.book.settings.verifyWorkingDays);
      const twice = of.bonuses.some((other) => sameDeed(state, other)) ? '(可能重复上报)' : '';
      const sentence = `核实加分:${chineseDate(state.day)} ${bonusType(state.type)?.name ?? state.type}${twice}`;
      return [{ kind: 'verifyBonus', action: 'bonus.confirm', matter, facts, due, sentence }, ...files];
    }
    case 'confirmed':
      return files;
    case 'dismissed':
    case 'merged':
    case 'revoked':
      return [];
  }
};

const enforced = { kind: 'enforce', action: 'enforcement.carryOut' } as const;
const enforcedByLeader = { kind: 'enforce', action: 'enforcement.carryOutByLeader' } as const;
const steps: Record<MeasureKind, { kind: 'talk' | 'letter' | 'enforce'; action: Action } | undefined> = {
  remind: undefined,
  deduct: undefined,
  sectionTalk: { kind: 'talk', action: 'talk.hold' },
  directorTalk: { kind: 'talk', action: 'talk.holdDirector' },
  letter: { kind: 'letter', action: 'letter.draft' },
  letterWithEvidence: { kind: 'letter', action: 'letter.draft' },
  urge: enforced,
  rectify: enforced,
  criticise: enforcedByLeader,
  bar: enforced,
  refer: enforcedByLeader,
  leaderTalk: enforcedByLeader,
};

/** A talk's id is its measure's; a letter and what was enforced name it; an old ledger's talk or letter is done. A withdrawn or voided one leaves the measure open. */
const isDone = (of: Outstanding, measure: Measure): boolean =>
  measure.before !== undefined ||
  of.talks.some((talk) => talk.id === measure.id && talk.stage !== 'withdrawn') ||
  of.letters.some(
    (letter) => letter.measure === measure.id && letter.stage !== 'void' && letter.stage !== 'withdrawn',
  ) ||
  (of.enforcements ?? []).some((one) => one.measure === measure.id && one.stage !== 'withdrawn');

const measureDues = (of: Outstanding, measure: Measure): Due[] => {
  const step = steps[measure.kind];
  if (!step || isDone(of, measure)) return [];
  const { settings } = of.book;
  const days = step.kind === 'letter' ? settings.letterWorkingDays : settings.talkWorkingDays;
  return [
    {
      ...step,
      matter: { kind: 'measure', id: measure.id },
      facts: aboutMeasure(measure, of.registry),
      due: within(of, arose(of, measure), days),
      sentence: `${measureNames[measure.kind]}:${subjectName(measure, of.registry)}。${measure.reason}`,
    },
  ];
};

/** A measure arises with the last of its cases to count; one of tallied months only with the end of its month. */
const arose = (of: Outstanding, measure: Measure): Instant =>
  of.cases
    .filter((state) => measure.cases.includes(state.id))
    .flatMap((state) =>
      state.stage === 'counting' ? [state.since] : 'decidedAt' in state ? [state.decidedAt] : [],
    )
    .sort(inOrder)
    .at(-1) ?? instantAt(lastDayOf(measure.month), '12:00');

const subjectName = ({ subject, month }: Pick<Measure, 'subject' | 'month'>, registry: Registry): string => {
  if ('person' in subject) return registry.of.staff.get(subject.person)?.name ?? subject.person;
  if ('department' in subject) return departmentNameOn(registry, subject.department, lastDayOf(month));
  return registry.of.window.get(subject.window)?.number ?? subject.window;
};

const aboutMeasure = ({ subject, month }: Measure, registry: Registry): About => {
  if ('department' in subject) return about({ departments: [subject.department] });
  const windows =
    'person' in subject ? windowsOf(registry, subject.person, lastDayOf(month)) : [subject.window];
  const grids = windows.flatMap((id) => registry.of.window.get(id)?.grid ?? []);
  if ('window' in subject) return about({ grids });
  const department = registry.of.staff.get(subject.person)?.department;
  return about({
    persons: [subject.person],
    departments: department === undefined ? [] : [department],
    grids,
  });
};

const talkDues = (of: Outstanding, state: TalkState): Due[] => {
  if (state.stage === 'withdrawn') return [];
  const { settings } = of.book;
  const matter: Matter = { kind: 'talk', id: state.id };
  const facts = aboutTalk(state);
  const text = `${talkTitles[state.kind]} ${of.registry.of.staff.get(state.person)?.name ?? state.person}`;
  const make = making(matter, facts, text);
  const fallen = fallOf(of, state, (one) => personsOf(one).includes(state.person));
  if (fallen !== undefined)
    return make('withdrawTalk', 'talk.withdraw', within(of, fallen, 1), '所依据的问题已撤销,撤销谈话');
  const files = filesDue(of, matter, facts, state.evidence, state.recordedAt);
  switch (state.stage) {
    case 'held':
      return [
        ...make(
          'signTalk',
          'talk.sign',
          within(of, state.recordedAt, settings.noticeWorkingDays),
          '谈话签字',
        ),
        ...files,
      ];
    case 'signed':
    case 'refused':
      return [
        ...make('fileTalk', 'talk.file', within(of, state.end.at, settings.talkWorkingDays), '谈话归档'),
        ...files,
      ];
    case 'filed':
      return files;
  }
};

/** What was carried out is answered to in time, and withdrawn when its ground fell. */
const enforcementDues = (of: Outstanding, state: EnforcementState): Due[] => {
  if (state.stage === 'withdrawn') return [];
  const matter: Matter = { kind: 'enforcement', id: state.id };
  const facts = aboutEnforcement(state);
  const make = making(matter, facts, `${measureNames[state.kind]} ${subjectName(state, of.registry)}`);
  const fallen = fallOf(of, { ...state, id: state.measure }, () => true);
  if (fallen !== undefined)
    return make(
      'withdrawMeasure',
      'enforcement.withdraw',
      within(of, fallen, 1),
      '所依据的问题已撤销,撤销措施',
    );
  const files = filesDue(of, matter, facts, state.evidence, state.recordedAt);
  if (state.stage === 'answered' || state.answerBy === undefined) return files;
  return [...make('answerMeasure', 'enforcement.answer', state.answerBy, '反馈办理结果'), ...files];
};

/** When the last of the cases fell that took a measure away; undefined while the rule book still asks for it. */
const fallOf = (
  of: Outstanding,
  { id, cases, recordedAt }: { id: string; cases: readonly string[]; recordedAt: Instant },
  concerns: (state: CaseState) => boolean,
): Instant | undefined => {
  if (of.measures.some((measure) => measure.id === id)) return undefined;
  return of.cases
    .filter((state) => cases.includes(state.id) && (!caseStands(state) || !concerns(state)))
    .map((state) => {
      const review = reviewOf(state);
      if (review?.state === 'decided') return review.at;
      return 'decidedAt' in state ? state.decidedAt : recordedAt;
    })
    .sort(inOrder)
    .at(-1);
};
