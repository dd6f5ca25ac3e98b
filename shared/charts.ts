// The figures behind the charts: violations by type, grid, department and hour, how far patrols reached, the trend, what
// reviews changed, and what letters and talks brought about (函告成效). Plain counts of plain facts, the same in any order;
// knows no table, no right and no screen. Rates are whole hundredths.
import type { Severity } from './catalog.ts';
import { type Day, type Month, monthOfDay } from './time.ts';

export interface FigureCase {
  id: string;
  day: Day;
  /** Hour of the day in working time, 0 to 23. */
  hour: number;
  /** 0 is Sunday. */
  weekday: number;
  type: string;
  family: string;
  clause: string;
  severity: Severity;
  grid?: string | undefined;
  departments: readonly string[];
  persons: readonly string[];
  /** Heard or settled on the spot, and not overturned. */
  stands: boolean;
  review?: 'asked' | 'upheld' | 'reduced' | 'overturned' | undefined;
}

/** One round that was walked: how many windows it was to see, and how many were looked at. */
export interface FigureRound {
  day: Day;
  grid: string;
  planned: number;
  seen: number;
}

/** 人次 where persons answer, otherwise one 起: what one case weighs in a chart. */
const weight = (one: FigureCase): number => Math.max(1, one.persons.length);

export interface Bar {
  key: string;
  total: number;
  minor: number;
  evident: number;
  serious: number;
}

const barsBy = (cases: readonly FigureCase[], keysOf: (one: FigureCase) => readonly string[]): Bar[] => {
  const bars = new Map<string, Bar>();
  for (const one of cases)
    for (const key of new Set(keysOf(one))) {
      const bar = bars.get(key) ?? { key, total: 0, minor: 0, evident: 0, serious: 0 };
      bar.total += weight(one);
      bar[one.severity] += weight(one);
      bars.set(key, bar);
    }
  return [...bars.values()].sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
};

export interface Charts {
  total: number;
  types: Bar[];
  grids: Bar[];
  departments: Bar[];
  /** Only hours in which something happened. */
  hours: { weekday: number; hour: number; total: number }[];
  /** Every month asked for, also one without any. */
  trend: Bar[];
  /** By clause: how many stand or stood, how many went to a review, and what became of them. */
  reviews: {
    clause: string;
    confirmed: number;
    asked: number;
    upheld: number;
    reduced: number;
    overturned: number;
  }[];
}

/** Counts what stands; reviews also count what was overturned. `cases`: everything that was ever confirmed. */
export const chartsOf = (cases: readonly FigureCase[], months: readonly Month[]): Charts => {
  const standing = cases.filter((one) => one.stands);
  const hours = new Map<string, { weekday: number; hour: number; total: number }>();
  for (const one of standing) {
    const key = `${one.weekday}-${String(one.hour).padStart(2, '0')}`;
    const cell = hours.get(key) ?? { weekday: one.weekday, hour: one.hour, total: 0 };
    cell.total += weight(one);
    hours.set(key, cell);
  }
  const byMonth = new Map(barsBy(standing, (one) => [monthOfDay(one.day)]).map((bar) => [bar.key, bar]));
  return {
    total: standing.reduce((sum, one) => sum + weight(one), 0),
    types: barsBy(standing, (one) => [one.type]),
    grids: barsBy(standing, (one) => (one.grid === undefined ? [] : [one.grid])),
    departments: barsBy(standing, (one) => one.departments),
    hours: [...hours].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell),
    trend: months.map(
      (month) => byMonth.get(month) ?? { key: month, total: 0, minor: 0, evident: 0, serious: 0 },
    ),
    reviews: reviewsOf(cases),
  };
};

const reviewsOf = (cases: readonly FigureCase[]): Charts['reviews'] => {
  const rows = new Map<string, Charts['reviews'][number]>();
  for (const { clause, review } of cases) {
    const none = { clause, confirmed: 0, asked: 0, upheld: 0, reduced: 0, overturned: 0 };
    const row = rows.get(clause) ?? none;
    rows.set(clause, row);
    row.confirmed += 1;
    if (review === undefined) continue;
    row.asked += 1;
    if (review !== 'asked') row[review] += 1;
  }
  return [...rows.values()]
    .filter((row) => row.asked > 0)
    .sort((a, b) => b.overturned - a.overturned || b.asked - a.asked || (a.clause < b.clause ? -1 : 1));
};

export interface Coverage {
  month: Month;
  grid: string;
  rounds: number;
  planned: number;
  seen: number;
}

/** How far patrols reached, by month and grid; months in order, then grids. */
export const coverageOf = (rounds: readonly FigureRound[]): Coverage[] => {
  const rows = new Map<string, Coverage>();
  for (const { day, grid, planned, seen } of rounds) {
    const month = monthOfDay(day);
    const key = `${month} ${grid}`;
    const row = rows.get(key) ?? { month, grid, rounds: 0, planned: 0, seen: 0 };
    rows.set(key, row);
    row.rounds += 1;
    row.planned += planned;
    row.seen += seen;
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
};

/** A letter or talk whose effect is looked at. */
export interface Intervention {
  kind: 'letter' | 'talk';
  id: string;
  department: string;
  day: Day;
  /** Whom it was about. */
  persons: readonly string[];
}

export interface Side {
  /** 人次 of the department that stand. */
  violations: number;
  /** Days on post of its people; halves are .5. */
  days: number;
  /** Looks at a window a working day, over the windows of the department, in hundredths. */
  looks: number;
  /** Violations per 100 days on post, in hundredths; absent without days. */
  rate?: number;
  /** The rate as it would be at the mean coverage of both sides; absent where nobody patrolled. */
  adjusted?: number;
}
export interface Effect extends Intervention {
  /** Whether the 30 working days after it have passed. */
  complete: boolean;
  before: Side;
  after: Side;
  /** Of those it was about, how many were found again afterwards. */
  again: number;
}

/** What the effect is reckoned from, for one department; days must be the working days of the period. */
export interface EffectFacts {
  cases: readonly FigureCase[];
  /** Days on post of the department on one working day. */
  postDays(department: string, day: Day): number;
  /** Looks at the windows of the department on one day, and how many windows it has then. */
  looks(department: string, day: Day): { looks: number; windows: number };
}

/** Working days on either side of a letter or talk. */
const effectDays = 30;

const hundredths = (numerator: number, denominator: number): number | undefined =>
  denominator === 0 ? undefined : Math.round((numerator * 100) / denominator);

/**
 * What one letter or talk brought: violations per 100 days on post in the 30 working days before and after its day (which
 * belongs to neither side). More patrols find more, so each rate is also told as if both sides had been patrolled alike:
 * rate × mean coverage ÷ own coverage. `workdays`: all working days known, in order, up to today.
 */
export const effectOf = (of: Intervention, workdays: readonly Day[], facts: EffectFacts): Effect => {
  const earlier = workdays.filter((day) => day < of.day).slice(-effectDays);
  const later = workdays.filter((day) => day > of.day).slice(0, effectDays);
  const before = sideOf(of.department, earlier, facts);
  const after = sideOf(of.department, later, facts);
  const mean = (before.looks + after.looks) / 2;
  const adjusted = (side: Side): Side =>
    side.rate === undefined || side.looks === 0
      ? side
      : { ...side, adjusted: Math.round((side.rate * mean) / side.looks) };
  const [first, last] = [later[0], later.at(-1)];
  const found = new Set(
    facts.cases.flatMap((one) =>
      one.stands && first !== undefined && last !== undefined && one.day >= first && one.day <= last
        ? one.persons
        : [],
    ),
  );
  return {
    ...of,
    complete: later.length === effectDays,
    before: adjusted(before),
    after: adjusted(after),
    again: of.persons.filter((person) => found.has(person)).length,
  };
};

const sideOf = (department: string, days: readonly Day[], facts: EffectFacts): Side => {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { violations: 0, days: 0, looks: 0 };
  const violations = facts.cases
    .filter(
      (one) => one.stands && one.departments.includes(department) && one.day >= first && one.day <= last,
    )
    .reduce((sum, one) => sum + weight(one), 0);
  let post = 0;
  let looks = 0;
  let windows = 0;
  for (const day of days) {
    post += facts.postDays(department, day);
    const seen = facts.looks(department, day);
    looks += seen.looks;
    windows += seen.windows;
  }
  const rate = hundredths(violations * 100, post);
  return {
    violations,
    days: post,
    looks: hundredths(looks, windows) ?? 0,
    ...(rate === undefined ? {} : { rate }),
  };
};

/** Of those with a violation, how many have another of the same family: the share of repeaters. */
export const repeatsOf = (cases: readonly FigureCase[]): { people: number; again: number } => {
  const families = new Map<string, Map<string, number>>();
  for (const one of cases)
    if (one.stands)
      for (const person of one.persons) {
        const own = families.get(person) ?? new Map<string, number>();
        own.set(one.family, (own.get(one.family) ?? 0) + 1);
        families.set(person, own);
      }
  const again = [...families.values()].filter((own) => [...own.values()].some((times) => times > 1));
  return { people: families.size, again: again.length };
};
