// What is asked of a complaint before anything is decided on it: the facts for the permission, where it belongs, until
// when it must be answered.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { type Calendar, deadlineAfter } from './calendar.ts';
import { isSealedType, violationType } from './catalog.ts';
import type { Context } from './command.ts';
import { type ComplaintState, type Concerning, complaintStageTitles, people } from './complaint.ts';
import { type ComplaintTerms, termsOf } from './complaint-terms.ts';
import type { EvidenceEntry, ManifestEntry } from './evidence.ts';
import { registryId } from './ids.ts';
import { holdsOn, type Registry, windowsOf } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { type Day, dayOf, type Instant, instantAt, isAhead } from './time.ts';

/** Who took it in reported it; who decided on it decided. An integrity complaint is sealed from its first moment. */
export const aboutComplaint = (state: ComplaintState): About =>
  about({
    grids: state.grid === undefined ? [] : [state.grid],
    departments: state.department === undefined ? [] : [state.department],
    persons: state.persons,
    reporters: people(state.receivedBy),
    deciders: [...('decidedBy' in state ? people(state.decidedBy) : []), ...state.decidedBefore],
    assigned: state.investigator === undefined ? [] : [state.investigator],
    sealed: state.stage === 'transferred' || isSealedType(state.violation ?? ''),
  });

export const wrongStage = (state: ComplaintState) =>
  refuse('complaint.wrong-stage', `当前状态:${complaintStageTitles[state.stage]}`);

export const personsOfComplaint = z
  .array(registryId)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, '人员重复');

/** What the desk or the investigation knows of place and people; all may be open at first. */
export interface Named {
  violation?: string | undefined;
  happened?: Concerning['happened'] | undefined;
  window?: string | undefined;
  grid?: string | undefined;
  department?: string | undefined;
  persons: string[];
}

/** The same as the registry has it on that day: a window tells its grid and department, a person theirs. */
export const concerningFrom = (named: Named, on: Day, registry: Registry): Result<Concerning> => {
  if (named.violation !== undefined && !violationType(named.violation))
    return refuse('violation.unknown', named.violation);
  const window = named.window === undefined ? undefined : registry.of.window.get(named.window);
  if (named.window !== undefined && !(window && holdsOn(window, on)))
    return refuse('registry.unknown', `窗口 ${named.window}`);
  if (named.grid !== undefined && !registry.of.grid.has(named.grid))
    return refuse('registry.unknown', `网格 ${named.grid}`);
  if (named.department !== undefined && !registry.of.department.has(named.department))
    return refuse('registry.unknown', `部门 ${named.department}`);
  if (window && named.department !== undefined && named.department !== window.department)
    return refuse('assignment.outside', '该窗口不属于所填部门');
  if (window && named.grid !== undefined && named.grid !== window.grid)
    return refuse('assignment.outside', '该窗口不属于所填网格');
  let department = window?.department ?? named.department;
  const grids = new Set<string>();
  for (const id of named.persons) {
    const person = registry.of.staff.get(id);
    if (!person) return refuse('registry.unknown', `人员 ${id}`);
    if (!holdsOn(person, on)) return refuse('assignment.outside', `${person.name}当日不在岗位名册`);
    const seats = windowsOf(registry, id, on);
    if (department !== undefined && person.department !== department && !seats.includes(named.window ?? ''))
      return refuse('assignment.outside', `${person.name}当日不在该窗口,也不属于该部门`);
    department ??= person.department;
    for (const seat of seats) {
      const its = registry.of.window.get(seat)?.grid;
      if (its !== undefined) grids.add(its);
    }
  }
  const [only, another] = grids;
  const grid = window?.grid ?? named.grid ?? (another === undefined ? only : undefined);
  return ok({
    ...(named.violation === undefined ? {} : { violation: named.violation }),
    ...(named.happened === undefined ? {} : { happened: named.happened }),
    ...(window === undefined ? {} : { window: window.id }),
    ...(grid === undefined ? {} : { grid }),
    ...(department === undefined ? {} : { department }),
    persons: named.persons,
  });
};

/** The terms of the month the complaint came in; the command must have asked for that month's rule book. */
export const termsFor = (state: ComplaintState, context: Pick<Context, 'ruleBook'>): ComplaintTerms => {
  const book = context.ruleBook(state.month);
  return termsOf(book.ok ? book.value.settings : {});
};

/** Until when the complainant must hear: the ticket's own last day, else so many working days after it came in. */
export const answerBy = (
  calendar: Calendar,
  complaint: Pick<ComplaintState, 'source' | 'receivedAt' | 'ticketBy'>,
  terms: ComplaintTerms,
): Result<Instant> =>
  complaint.ticketBy !== undefined
    ? ok(instantAt(complaint.ticketBy, '24:00'))
    : deadlineAfter(
        calendar,
        complaint.receivedAt,
        complaint.source === 'rating' ? terms.ratingAnswerWorkingDays : terms.answerWorkingDays,
      );

const acceptBy = (
  calendar: Calendar,
  complaint: Pick<ComplaintState, 'receivedAt'>,
  terms: ComplaintTerms,
): Result<Instant> => deadlineAfter(calendar, complaint.receivedAt, terms.acceptWorkingDays);

/** What a complaint waits for has a last instant; after it one may urge. Undefined: it waits for nothing. */
const complaintDue = (
  state: ComplaintState,
  context: Pick<Context, 'calendar' | 'ruleBook'>,
): Result<Instant> | undefined => {
  switch (state.stage) {
    case 'received':
      return acceptBy(context.calendar, state, termsFor(state, context));
    case 'accepted':
    case 'investigated':
    case 'decided':
      return ok(state.answerBy);
    case 'answered':
    case 'archived':
    case 'transferred':
      return undefined;
  }
};

/** Why nobody may urge it now: nothing is late, or it was urged today. */
export const urgeRefused = (
  state: ComplaintState,
  context: Pick<Context, 'calendar' | 'ruleBook' | 'now'>,
): Refusal => {
  const end = complaintDue(state, context);
  if (end === undefined) return wrongStage(state);
  if (!end.ok) return end;
  if (context.now <= end.value) return refuse('complaint.time-open');
  return state.urgedAt !== undefined && dayOf(state.urgedAt) === dayOf(context.now)
    ? refuse('complaint.urged-today')
    : undefined;
};

/** Dissatisfied, and looked into here: once more. */
export const mayReopen = (state: ComplaintState & { stage: 'answered' }): boolean =>
  state.revisit?.result === 'dissatisfied' &&
  !state.reopened &&
  state.outcome !== 'declined' &&
  state.outcome !== 'joined';

/** Nothing was decided on it yet that those of the complaints joined to it could be told. */
export const isMainOpen = (main: ComplaintState): boolean =>
  !('outcome' in main) && main.stage !== 'transferred';

export type Refusal = { ok: false; problem: Problem } | undefined;

/** A head holds every file of its record and stays small. */
const mostFiles = 12;
export const filesRefused = (
  before: readonly EvidenceEntry[],
  added: readonly ManifestEntry[],
  now: Instant,
): Refusal => {
  if (added.some((file) => isAhead(file.takenAt, now)))
    return refuse('time.future', '材料的拍摄时间晚于现在');
  return before.length + added.length > mostFiles
    ? refuse('evidence.too-many', `一件投诉最多 ${mostFiles} 个文件`)
    : undefined;
};
