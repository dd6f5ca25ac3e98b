// An empty seat that is no violation: what leave, cover and closed hours say of a case to whoever confirms it. Leave
// that was in the register when the finding was reported speaks for itself; leave filed afterwards (事后补报) is weighed
// by the person who confirms. Decides nothing else of a case.
import type { Calendar } from './calendar.ts';
import { type CaseState, personsOf } from './case.ts';
import type { Registry } from './people.ts';
import { type EmptySeat, type Excuse, excuseOf, type Roster, type Slips } from './presence.ts';
import { refuse } from './problems.ts';
import { type Month, monthOf } from './time.ts';

/** Findings that somebody was not there: leave or closed hours undo them. False leave (DIS-LEAVE) is none of these. */
const absence: ReadonlySet<string> = new Set(['DIS-LATE', 'DIS-NOPUNCH', 'DIS-OFFPOST', 'DIS-ABSENT']);
/** Findings that a post was left without anybody: closed hours undo them, leave is what they are about. */
const unstaffed: ReadonlySet<string> = new Set(['DIS-AROLE', 'BIZ-STAFF']);

/** The months whose leave and cover must be known before a case is confirmed; none where they change nothing. */
export const rosterMonths = (state: CaseState): Month[] =>
  absence.has(state.type) || unstaffed.has(state.type)
    ? [...new Set([monthOf(state.happened.from), monthOf(state.happened.to)])]
    : [];

export const seatOf = (state: CaseState): EmptySeat => ({
  window: state.window,
  persons: personsOf(state),
  from: state.happened.from,
  to: state.happened.to,
});

/** What a case's roster is drawn from: leave filed after it was reported is late. */
export const rosterOf = (
  state: CaseState,
  known: { registry: Registry; calendar: Calendar; slips: Slips },
): Roster => ({
  registry: known.registry,
  calendar: known.calendar,
  slips: known.slips,
  knownAt: state.reportedAt,
});

/** Why the case is no violation, if leave, cover or closed hours say so. */
export const caseExcuse = (state: CaseState, roster: Roster): Excuse | undefined => {
  if (rosterMonths(state).length === 0) return undefined;
  const excuse = excuseOf(roster, seatOf(state));
  return excuse?.why === 'away' && unstaffed.has(state.type) ? undefined : excuse;
};

/**
 * Refuses to confirm an empty seat that is none (`case.excused`). Leave entered after the finding does not bind: it is
 * refused only until the person who confirms says why it is not accepted (`case.leave-filed-late`).
 */
export const refuseExcused = (
  state: CaseState,
  known: { registry: Registry; calendar: Calendar; slips: Slips },
  despite?: string,
) => {
  const excuse = caseExcuse(state, rosterOf(state, known));
  if (!excuse) return undefined;
  if (!excuse.late)
    return refuse(
      'case.excused',
      excuse.why === 'closed' ? '该窗口当时不在服务时间内' : '当时已登记请假、公出或在他窗顶岗',
    );
  return despite === undefined ? refuse('case.leave-filed-late') : undefined;
};
