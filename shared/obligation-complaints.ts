// What complaints still ask for: accepting, explaining, investigating, deciding, telling the complainant, the 回访, filing,
// and urging whatever is late. obligation.ts puts it together with the rest. Names nobody who complained.
import { type ComplaintState, complaintSourceTitles, outcomeTitles } from './complaint.ts';
import { aboutComplaint, mayReopen } from './complaint-facts.ts';
import { termsOf, urgeRest } from './complaint-terms.ts';
import { type Due, filesDue, type Matter, making, type Outstanding, within } from './obligation-due.ts';
import { chineseDate, dayOf, type Instant } from './time.ts';

/** 2026年11月18日收到的窗口反映(A01窗口) */
const complaintText = (of: Outstanding, state: ComplaintState): string => {
  const window = of.registry.of.window.get(state.window ?? '');
  const department = of.registry.of.department.get(state.department ?? '')?.name;
  const place = window ? `${window.number}窗口` : (department ?? '');
  const when = `${chineseDate(dayOf(state.receivedAt))}收到的${complaintSourceTitles[state.source]}`;
  return place === '' ? when : `${when}(${place})`;
};

export const complaintDues = (of: Outstanding, state: ComplaintState): Due[] => {
  const facts = aboutComplaint(state);
  // Sealed: of an integrity complaint nothing is told here.
  if (facts.sealed) return [];
  const matter: Matter = { kind: 'complaint', id: state.id };
  const terms = termsOf(of.book.settings);
  const make = making(matter, facts, complaintText(of, state));
  const files = filesDue(of, matter, facts, state.evidence, state.recordedAt);
  const late = (due: Instant | undefined): Due[] => {
    if (due === undefined || of.now <= due) return [];
    const rested = state.urgedAt === undefined ? due : within(of, state.urgedAt, urgeRest);
    if (rested === undefined || of.now <= rested) return [];
    const by = within(of, rested, of.book.settings.urgeAfterWorkingDays);
    return make('urgeComplaint', 'complaint.urge', by, state.urged === 0 ? '催办投诉' : '再次催办投诉');
  };
  switch (state.stage) {
    case 'received': {
      const due = within(of, state.receivedAt, terms.acceptWorkingDays);
      return [...make('acceptComplaint', 'complaint.accept', due, '受理投诉'), ...late(due), ...files];
    }
    case 'accepted': {
      const explaining =
        state.department === undefined || state.explanations > 0
          ? []
          : make(
              'explainComplaint',
              'complaint.explain',
              within(of, state.acceptedAt, terms.explainWorkingDays),
              '对投诉作出说明',
            );
      return [
        ...make('investigateComplaint', 'complaint.investigate', state.answerBy, '调查投诉'),
        ...explaining,
        ...late(state.answerBy),
        ...files,
      ];
    }
    case 'investigated':
      return [
        ...make('decideComplaint', 'complaint.decide', state.answerBy, '处置投诉'),
        ...late(state.answerBy),
        ...files,
      ];
    case 'decided':
      return [
        ...make(
          'answerComplaint',
          'complaint.answer',
          state.answerBy,
          `向投诉人反馈(${outcomeTitles[state.outcome]})`,
        ),
        ...late(state.answerBy),
        ...files,
      ];
    case 'answered': {
      const { feedback, revisit } = state;
      if (feedback.how === 'told' && revisit === undefined)
        return [
          ...make(
            'revisitComplaint',
            'complaint.revisit',
            within(of, feedback.at, terms.revisitWorkingDays),
            '回访投诉人',
          ),
          ...files,
        ];
      const since = revisit?.at ?? feedback.at;
      return [
        ...make(
          'archiveComplaint',
          'complaint.archive',
          within(of, since, terms.archiveWorkingDays),
          mayReopen(state) ? '回访不满意,决定重新调查或归档投诉' : '归档投诉',
        ),
        ...files,
      ];
    }
    case 'archived':
      return files;
    // Of an integrity complaint nothing is told here.
    case 'transferred':
      return [];
  }
};
