// The facts behind the charts, gathered from the table: the months' cases, talks and orders, the days' rounds, letters, leave.
// What is beside the months asked for is read as far as the effect of a letter reaches. Changes nothing.
import { type Actor, about, may } from '../shared/access.ts';
import { attendanceDuring } from '../shared/attendance.ts';
import { isWorkday } from '../shared/calendar.ts';
import { type CaseState, countedCase, personsOf } from '../shared/case.ts';
import { aboutCase } from '../shared/case-facts.ts';
import { violationType } from '../shared/catalog.ts';
import {
  chartsOf,
  coverageOf,
  type EffectFacts,
  effectOf,
  type FigureCase,
  type FigureRound,
  type Intervention,
  repeatsOf,
} from '../shared/charts.ts';
import type { LetterState } from '../shared/letter.ts';
import { departmentOn, holdsOn, placeOn, type Registry } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { departmentsIn, stands } from '../shared/score.ts';
import type { TalkState } from '../shared/talk.ts';
import {
  clockTimeOf,
  type Day,
  dayOf,
  daysFrom,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOfDay,
  plusMonths,
  weekdayOf,
} from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { Desk, House } from './house.ts';
import { inspectionPartition, letterPartition } from './keys.ts';
import { slipsOf } from './roster.ts';
import type { MonthPartition } from './store.ts';

const mostMonths = 12;
/** 30 working days lie within two calendar months on either side, the long holidays of spring and October included. */
const reach = 2;

const monthsFrom = (from: Month, until: Month): Month[] => {
  const months: Month[] = [];
  for (let month = from; month <= until; month = plusMonths(month, 1)) months.push(month);
  return months;
};

/** A case as the charts count it; one that was never confirmed, or is sealed, is none. */
export const figureCase = (state: CaseState): FigureCase | undefined => {
  const counted = aboutCase(state).sealed ? undefined : countedCase(state);
  if (!counted) return undefined;
  const review = 'verdict' in state ? state.review : undefined;
  return {
    id: counted.id,
    day: counted.day,
    hour: Number(clockTimeOf(state.happened.from).slice(0, 2)),
    weekday: weekdayOf(counted.day),
    type: counted.type,
    family: counted.family,
    clause: counted.clause,
    severity: counted.severity,
    grid: counted.grid,
    departments: departmentsIn(counted),
    persons: counted.persons,
    stands: stands(counted),
    review: review?.state === 'decided' ? review.outcome : review?.state,
  };
};

const letterEffect = (letter: LetterState, cases: ReadonlyMap<string, CaseState>): Intervention[] =>
  (letter.stage === 'issued' || letter.stage === 'closed') &&
  letter.department !== undefined &&
  letter.kind !== 'correction' &&
  letter.kind !== 'bulletin'
    ? [
        {
          kind: 'letter',
          id: letter.id,
          department: letter.department,
          day: dayOf(letter.issuedAt),
          persons: [
            ...new Set(
              letter.cases.flatMap(({ id }) => {
                const state = cases.get(id);
                return state ? personsOf(state) : [];
              }),
            ),
          ],
        },
      ]
    : [];

const talkEffect = (talk: TalkState): Intervention[] =>
  talk.stage === 'withdrawn'
    ? []
    : [
        {
          kind: 'talk',
          id: talk.id,
          department: talk.department,
          day: dayOf(talk.heldAt),
          persons: [talk.person],
        },
      ];

export const readCharts = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: { from: Month; until: Month },
): Promise<Result<View<'chart.read'>>> => {
  const today = dayOf(house.clock());
  const allowed = may(actor, 'chart.read', about({}), today);
  if (!allowed.ok) return allowed;
  const months = monthsFrom(asked.from, asked.until);
  if (months.length === 0) return refuse('time.order', '截止月份早于起始月份');
  if (months.length > mostMonths) return refuse('request.invalid', `一次最多 ${mostMonths} 个月`);
  const beside = monthsFrom(plusMonths(asked.from, -reach), plusMonths(asked.until, reach)).filter(
    (month) => month <= monthOfDay(today),
  );
  const desk = await house.desk(centre);
  const days = beside.flatMap((month) => daysFrom(firstDayOf(month), lastDayOf(month)));
  const past = days.filter((day) => day <= today);
  const [partitions, letters, rounds, slips] = await Promise.all([
    Promise.all(beside.map((month) => house.store.month(centre, month))),
    Promise.all(months.map((month) => lettersOf(house, centre, month))),
    roundsOf(house, centre, past),
    slipsOf(house, centre, beside),
  ]);
  const within = (month: Month): boolean => asked.from <= month && month <= asked.until;
  const all = new Map<string, CaseState>();
  for (const partition of partitions) for (const { state } of partition.case) all.set(state.id, state);
  const cases = [...all.values()].flatMap((state) => figureCase(state) ?? []);
  const own = cases.filter((one) => within(monthOfDay(one.day)));
  const ownPartitions = partitions.filter((_, nth) => within(beside[nth] ?? ''));
  const workdays = past.filter((day) => {
    const worked = isWorkday(desk.calendar, day);
    return worked.ok && worked.value;
  });
  const facts = effectFacts(desk, cases, rounds, slips);
  const acts = [
    ...letters.flat().flatMap((letter) => letterEffect(letter, all)),
    ...ownPartitions.flatMap(({ talk }) => talk.flatMap(({ state }) => talkEffect(state))),
  ].filter((one) => within(monthOfDay(one.day)));
  const effects = acts
    .sort((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1))
    .map((act) => effectOf(act, workdays, facts));
  const charts = chartsOf(own, months);
  const coverage = coverageOf(rounds.filter((one) => within(monthOfDay(one.day))));
  const book = await house.ruleBookInForce(centre, desk, asked.until);
  return ok({
    ...asked,
    ...charts,
    coverage,
    effects: effects.map((one) => ({ ...one, persons: one.persons.length })),
    repeats: repeatsOf(own),
    mended: mendedOf(letters.flat(), ownPartitions),
    names: {
      ...typeNames(charts.types),
      ...Object.fromEntries(
        (book.ok ? book.value.book.clauses : []).map(({ code, title }) => [`clause:${code}`, title]),
      ),
      ...namesOf(desk.registry, [
        ...[...charts.grids, ...charts.departments].map(({ key }) => key),
        ...coverage.map(({ grid }) => grid),
        ...effects.map(({ department }) => department),
      ]),
    },
  });
};

export const typeNames = (types: readonly { key: string }[]): Record<string, string> =>
  Object.fromEntries(types.map(({ key }) => [key, violationType(key)?.name ?? key]));

export const namesOf = ({ of }: Registry, ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [id, of.grid.get(id)?.name ?? of.department.get(id)?.name ?? id]));

/** The letters about a month. */
export const lettersOf = async (house: House, centre: string, month: Month): Promise<LetterState[]> => {
  const heads = await house.store.partitionHeads(centre, 'letter', letterPartition(centre, month));
  return heads.map(({ state }) => state);
};

/** Rounds that were walked, from the heads alone: a round's grid and how many windows it saw. */
export const roundsOf = async (
  house: House,
  centre: string,
  days: readonly Day[],
): Promise<FigureRound[]> => {
  const rounds: FigureRound[] = [];
  // A few days at a time: a year of rounds must not ask the table everything at once.
  for (let start = 0; start < days.length; start += 20) {
    const some = days.slice(start, start + 20);
    const found = await Promise.all(
      some.map((day) => house.store.partitionHeads(centre, 'inspection', inspectionPartition(centre, day))),
    );
    found.forEach((heads, nth) => {
      for (const { state } of heads)
        if (state.kind === 'patrol' && state.grid !== undefined)
          rounds.push({
            day: some[nth] ?? '',
            grid: state.grid,
            planned: state.planned,
            seen: state.counts.fine + state.counts.finding,
          });
    });
  }
  return rounds;
};

/** Days on post and looks of a department, each day reckoned once. A grid's looks are shared evenly by its windows. */
const effectFacts = (
  { registry, calendar }: Desk,
  cases: readonly FigureCase[],
  rounds: readonly FigureRound[],
  slips: Awaited<ReturnType<typeof slipsOf>>,
): EffectFacts => {
  const seen = new Map<string, number>();
  for (const { day, grid, seen: looks } of rounds)
    seen.set(`${day} ${grid}`, (seen.get(`${day} ${grid}`) ?? 0) + looks);
  const windows = [...registry.of.window.values()];
  const places = new Map<Day, { grid: string; department: string }[]>();
  const placesOn = (day: Day) => {
    const known = places.get(day);
    if (known) return known;
    const found = windows.flatMap(({ id }) => placeOn(registry, id, day) ?? []);
    places.set(day, found);
    return found;
  };
  const people = [...registry.of.staff.values()].filter((one) => one.post === 'window');
  const byPerson = new Map<string, typeof slips.leaves>();
  for (const leave of slips.leaves)
    byPerson.set(leave.person, [...(byPerson.get(leave.person) ?? []), leave]);
  const post = new Map<string, number>();
  return {
    cases,
    postDays: (department, day) => {
      const key = `${department} ${day}`;
      const known = post.get(key);
      if (known !== undefined) return known;
      let sum = 0;
      for (const one of people) {
        if (!holdsOn(one, day) || departmentOn(registry, one.id, day) !== department) continue;
        const roster = { registry, calendar, slips: { leaves: byPerson.get(one.id) ?? [], covers: [] } };
        const found = attendanceDuring(roster, one.id, [day]);
        if (found.ok) sum += found.value.onPost;
      }
      post.set(key, sum);
      return sum;
    },
    looks: (department, day) => {
      const here = placesOn(day);
      const own = here.filter((place) => place.department === department);
      const looks = own.map(({ grid }) => {
        const inGrid = here.filter((place) => place.grid === grid).length;
        return inGrid === 0 ? 0 : (seen.get(`${day} ${grid}`) ?? 0) / inGrid;
      });
      return { looks: looks.reduce((sum, one) => sum + one, 0), windows: own.length };
    },
  };
};

const mendedOf = (
  letters: readonly LetterState[],
  partitions: readonly MonthPartition[],
): View<'chart.read'>['mended'] => {
  const asked = letters.flatMap((letter) =>
    (letter.stage === 'issued' || letter.stage === 'closed') && letter.replyBy !== undefined
      ? [{ replyBy: letter.replyBy, answeredAt: letter.delivery.answeredAt }]
      : [],
  );
  const orders = partitions.flatMap(({ rectification }) => rectification.map(({ state }) => state));
  const standing = orders.filter(({ stage }) => stage !== 'withdrawn');
  return {
    asked: asked.length,
    answered: asked.filter(({ answeredAt }) => answeredAt !== undefined).length,
    answeredInTime: asked.filter(
      ({ answeredAt, replyBy }) => answeredAt !== undefined && answeredAt <= replyBy,
    ).length,
    ordered: standing.length,
    struckOff: standing.filter(({ stage }) => stage === 'struckOff').length,
  };
};
