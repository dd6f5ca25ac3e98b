// What a title goes by, over the months of its term: the score of a person, window or department, what was found against
// them, praise and bonus points. The same for the hall's own titles and for those a draft is rehearsed with. Pure.
import { type CaseState, departmentsOf, personsOf } from './case.ts';
import { rollUpOf } from './consequence.ts';
import { recipientKind } from './figure-asked.ts';
import type { Scored, Units } from './month.ts';
import type { Registry } from './people.ts';
import { bandAt } from './price.ts';
import { frameOf, type RuleBook } from './rulebook.ts';
import type { AwardRule } from './rulebook-award.ts';
import type { FrameKind } from './rulebook-terms.ts';
import type { CountedBonus, CountedCase } from './score.ts';
import type { ScoredMonth } from './score-measures.ts';

/** Whoever may stand for a title of a month: the people assessed, or their windows or departments, where those are scored the scored ones. */
export const titleIds = (kind: FrameKind, people: readonly Scored[], units: Units): string[] =>
  kind === 'staff'
    ? people.map(({ person }) => person)
    : (units[kind] ??
      [...new Set(people.flatMap((one) => (kind === 'window' ? one.windows : [one.department])))].sort());

/** The name of a person, window or department; the id of one the registry no longer knows. */
export const recipientName = ({ of }: Registry, id: string): string =>
  of.staff.get(id)?.name ?? of.window.get(id)?.name ?? of.department.get(id)?.name ?? id;

/** The people a title's recipient consists of: the person alone, or those of the window or department. */
export const ownPeople = (kind: FrameKind, id: string, people: readonly Scored[]): readonly Scored[] =>
  people.filter((one) =>
    kind === 'staff'
      ? one.person === id
      : kind === 'window'
        ? one.windows.includes(id)
        : one.department === id,
  );

/** Whether a case, decided or not, concerns a recipient. */
export const stateIsOf = (kind: FrameKind, id: string, state: CaseState): boolean =>
  kind === 'staff'
    ? personsOf(state).includes(id)
    : kind === 'window'
      ? state.window === id
      : departmentsOf(state).includes(id);

/** Rounded to whole units; undefined of nothing. */
export const meanOf = (all: readonly number[]): number | undefined =>
  all.length === 0 ? undefined : Math.round(all.reduce((sum, one) => sum + one, 0) / all.length);

/** A window without a frame of its own stands by the mean of its people (窗口得分由人员得分平均). */
const totalIn = (
  kind: FrameKind,
  id: string,
  month: ScoredMonth,
): { total: number; grade?: string } | undefined => {
  const scores = kind === 'staff' ? month.scores : month.units.filter((one) => one.of === kind);
  const own = scores.find((score) => score.person === id);
  if (own || kind === 'staff') return own;
  const people = new Set(ownPeople(kind, id, month.people).map(({ person }) => person));
  const total = meanOf(month.scores.flatMap((score) => (people.has(score.person) ? [score.total] : [])));
  return total === undefined ? undefined : { total };
};

/**
 * The score over a term, hundredths: the frame's own roll-up, the last month of a frame over the same period, or the
 * mean; 0 for whoever was not scored in it.
 */
export const titleScore = (
  book: RuleBook,
  rule: AwardRule,
  months: readonly ScoredMonth[],
  id: string,
): { score: number; grade?: string } => {
  const kind = recipientKind(rule);
  const frame = frameOf(book, kind);
  const found = months.flatMap((month) => totalIn(kind, id, month) ?? []);
  const last = found.at(-1);
  if (!last) return { score: 0 };
  const { cadence } = rule;
  if (cadence === 'week' || cadence === 'month' || cadence === (frame.period ?? 'month'))
    return { score: last.total, ...(last.grade === undefined ? {} : { grade: last.grade }) };
  const totals = found.map(({ total }) => total);
  const rolled = rollUpOf(frame, cadence, totals);
  const score = rolled?.total ?? meanOf(totals) ?? 0;
  const bands = rolled
    ? (frame.rollUps?.find(({ period }) => period === cadence)?.grades ?? [])
    : frame.grades;
  const grade = bandAt(bands, score)?.name;
  return { score, ...(grade === undefined ? {} : { grade }) };
};

/** Cases by severity and by clause, of those that stand against one recipient. */
export const foundAgainst = (own: readonly CountedCase[]) => {
  const violations = { minor: 0, evident: 0, serious: 0 };
  const clauses: Record<string, number> = {};
  for (const { severity, clause } of own) {
    violations[severity] += 1;
    clauses[clause] = (clauses[clause] ?? 0) + 1;
  }
  return { violations, clauses };
};

/** Bonus points of these people's scores, hundredths. */
export const bonusOver = (
  months: readonly Pick<ScoredMonth, 'scores'>[],
  people: ReadonlySet<string>,
): number =>
  months
    .flatMap(({ scores }) => scores.filter((score) => people.has(score.person)))
    .flatMap(({ lines }) => lines.filter((line) => line.kind === 'bonus'))
    .reduce((sum, line) => sum + line.points, 0);

const praiseTypes = new Set(['BON-PRAISE', 'BON-MEDIA']);

/** Letters of thanks, pennants and the like that name one of these people, pieces. */
export const praiseFor = (bonuses: readonly CountedBonus[], people: ReadonlySet<string>): number =>
  bonuses.reduce(
    (sum, one) =>
      sum +
      (praiseTypes.has(one.type) && one.persons.some((person) => people.has(person)) ? one.quantity : 0),
    0,
  );
