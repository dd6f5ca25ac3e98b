// The measures that scores ask for (等次、低于多少分、末位、连续几期), from the scores of finished months: for each kind of
// subject, each period that ends with a month. Pure; which months are finished, whoever asks must know.
import { consequencesOf, rollUpOf, type Standing } from './consequence.ts';
import type { Measure } from './measure.ts';
import type { Scored, UnitScore } from './month.ts';
import { frameOf, type RuleBook } from './rulebook.ts';
import { type FrameKind, frameKinds, type Period, periodOf } from './rulebook-terms.ts';
import type { Score } from './score.ts';
import type { Subject } from './tally.ts';
import { type Month, plusMonths } from './time.ts';

/** A finished month: scores, and where the people stood. */
export interface ScoredMonth {
  people: readonly Scored[];
  scores: readonly Score[];
  units: readonly UnitScore[];
}

/** Periods of a kind up to and with the one this month lies in, latest first, each month by month. */
const periodsBack = (month: Month, over: Period, wanted: number): Month[][] => {
  const periods: Month[][] = [];
  for (let at = month; periods.length < wanted; ) {
    const own: Month[] = [];
    for (let each = at; periodOf(each, over) === periodOf(at, over); each = plusMonths(each, -1))
      own.unshift(each);
    periods.push(own);
    at = plusMonths(own[0] ?? at, -1);
  }
  return periods;
};

interface Due {
  kind: FrameKind;
  over: Period;
  inARow: number;
}

const duesOf = (book: RuleBook, month: Month): Due[] =>
  frameKinds.flatMap((kind) =>
    (book.frames[kind]?.consequences ?? []).flatMap(({ over, inARow }): Due[] =>
      periodOf(month, over) === periodOf(plusMonths(month, 1), over) ? [] : [{ kind, over, inARow }],
    ),
  );

/** The finished months that a month's consequences look at, itself among them; none where no rule falls due with it. */
export const monthsScored = (book: RuleBook, month: Month): Month[] => [
  ...new Set(duesOf(book, month).flatMap(({ over, inARow }) => periodsBack(month, over, inARow).flat())),
];

/** Totals of one kind of subject by month. */
type Totals = ReadonlyMap<Month, ReadonlyMap<string, number>>;

/** A frame over several months says in its last month what the whole of its period came to. */
const totalOver = (
  book: RuleBook,
  { kind, over }: Due,
  months: readonly Month[],
  totals: Totals,
  id: string,
): number | undefined => {
  const own = frameOf(book, kind);
  const basis = own.period ?? 'month';
  const last = months.at(-1) ?? '';
  if (over === basis) return totals.get(last)?.get(id);
  const ends = months.filter(
    (each) => each === last || periodOf(each, basis) !== periodOf(plusMonths(each, 1), basis),
  );
  return rollUpOf(
    own,
    over,
    ends.flatMap((each) => totals.get(each)?.get(id) ?? []),
  )?.total;
};

const subjectOf = (kind: FrameKind, id: string): Subject =>
  kind === 'staff' ? { person: id } : kind === 'window' ? { window: id } : { department: id };

const scoresOfKind = ({ scores, units }: ScoredMonth, kind: FrameKind): readonly Score[] =>
  kind === 'staff' ? scores : units.filter((one) => one.of === kind);

/** Where a person stood: the window and department, for measures that meet those instead. */
const placesOf = (kind: FrameKind, id: string, { people }: ScoredMonth) => {
  const one = kind === 'staff' ? people.find(({ person }) => person === id) : undefined;
  const [window] = one?.windows ?? [];
  return {
    ...(window === undefined ? {} : { window }),
    ...(one ? { department: one.department } : {}),
  };
};

/** Every measure that the scores of a finished month, or of a period that ends with it, ask for. */
export const measuresOfScores = (
  book: RuleBook,
  month: Month,
  known: ReadonlyMap<Month, ScoredMonth>,
): Measure[] => {
  const own = known.get(month);
  if (!own) return [];
  const most = new Map<string, Due>();
  for (const due of duesOf(book, month)) {
    const before = most.get(`${due.kind} ${due.over}`);
    if (!before || before.inARow < due.inARow) most.set(`${due.kind} ${due.over}`, due);
  }
  return [...most.values()].flatMap((due) => {
    const totals = new Map(
      [...known].map(([each, scored]) => [
        each,
        new Map(scoresOfKind(scored, due.kind).map((score) => [score.person, score.total])),
      ]),
    );
    const periods = periodsBack(month, due.over, due.inARow);
    const all = scoresOfKind(own, due.kind).map(
      ({ person: id }): Standing => ({
        subject: subjectOf(due.kind, id),
        ...placesOf(due.kind, id, own),
        totals: periods.map((months) => totalOver(book, due, months, totals, id)),
      }),
    );
    return consequencesOf(book, due.kind, due.over, month, all);
  });
};
