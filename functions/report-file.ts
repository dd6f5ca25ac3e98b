// The office's own reports as files: the day, the week, one department's month, the year's file. Their figures are those of
// charts and boards, taken from the same functions. Changes nothing.
import { type Actor, about, may } from '../shared/access.ts';
import { aboutCase, stageTitles } from '../shared/case-facts.ts';
import { chartsOf } from '../shared/charts.ts';
import {
  caseLetterKinds,
  type LetterKind,
  type LetterState,
  letterKindTitles,
  letterStageTitles,
  monthLetterKinds,
} from '../shared/letter.ts';
import type { PaperContent } from '../shared/paper-content.ts';
import { departmentNameOn } from '../shared/people.ts';
import { type Result, refuse } from '../shared/problems.ts';
import type { RectificationState } from '../shared/rectification.ts';
import {
  dailyPaper,
  departmentPaper,
  type FiledPaper,
  type ReportWords,
  type Retention,
  weeklyPaper,
  yearPaper,
} from '../shared/report-paper.ts';
import {
  chineseMonth,
  type Day,
  dayOf,
  daysFrom,
  firstDayOf,
  type Instant,
  lastDayOf,
  type Month,
  monthOfDay,
  plusDays,
  plusMonths,
  weekdayOf,
} from '../shared/time.ts';
import { readBoard } from './board.ts';
import { figureCase, lettersOf, namesOf, roundsOf, typeNames } from './charts.ts';
import type { House } from './house.ts';
import { monthsPartition, paperPartition } from './keys.ts';
import type { PaperEntry } from './letter-file.ts';
import { type PaperFile, printedFile } from './paper-file.ts';
import { readRegister } from './paper-register.ts';

type Form = 'pdf' | 'docx';

const admitted = (house: House, actor: Actor): Result<unknown> =>
  may(actor, 'chart.read', about({}), dayOf(house.clock()));

const printed = (house: House, content: PaperContent, form: Form, name: string): Promise<Result<PaperFile>> =>
  // The figures are of the day they were asked for.
  printedFile(house, content, form, { name, at: `${dayOf(house.clock())}T00:00:00.000Z` });

const monthsOf = (from: Day, until: Day): Month[] => {
  const months: Month[] = [];
  for (let month = monthOfDay(from); month <= monthOfDay(until); month = plusMonths(month, 1))
    months.push(month);
  return months;
};

const lettersSince = async (house: House, centre: string, month: Month): Promise<LetterState[]> => {
  // A letter about an earlier month may go out now; half a year back holds them all.
  const months = Array.from({ length: 7 }, (_, n) => plusMonths(month, n - 6));
  return (await Promise.all(months.map((one) => lettersOf(house, centre, one)))).flat();
};

const within = (at: Instant, from: Day, until: Day): boolean => from <= dayOf(at) && dayOf(at) <= until;

const mended = (orders: readonly RectificationState[], from: Day, until: Day, now: Instant) => ({
  ordered: orders.filter((one) => one.stage !== 'withdrawn' && within(one.orderedAt, from, until)).length,
  struckOff: orders.filter((one) => one.stage === 'struckOff' && within(one.struckOffAt, from, until)).length,
  overdue: orders.filter((one) => one.stage === 'ordered' && one.dueBy < now).length,
});

/** What happened in some days of one or two months, as the charts count it. */
const wordsOfDays = async (house: House, centre: string, from: Day, until: Day): Promise<ReportWords> => {
  const days = daysFrom(from, until);
  const before = { from: plusDays(from, -days.length), until: plusDays(from, -1) };
  const months = monthsOf(before.from, until);
  const [desk, partitions, rounds, letters] = await Promise.all([
    house.desk(centre),
    Promise.all(months.map((month) => house.store.month(centre, month))),
    roundsOf(house, centre, days),
    lettersSince(house, centre, monthOfDay(until)),
  ]);
  const { registry } = desk;
  const states = partitions.flatMap((partition) => partition.case.map(({ state }) => state));
  const cases = states.flatMap((state) => figureCase(state) ?? []);
  const between = (first: Day, last: Day) => cases.filter(({ day }) => first <= day && day <= last);
  const charts = chartsOf(between(from, until), monthsOf(from, until));
  const stages = new Map<string, number>();
  for (const state of states) {
    if (aboutCase(state).sealed || !within(state.reportedAt, from, until)) continue;
    const name = stageTitles[state.stage];
    stages.set(name, (stages.get(name) ?? 0) + 1);
  }
  const orders = partitions.flatMap((partition) => partition.rectification.map(({ state }) => state));
  return {
    organ: registry.centre.name,
    ...{ from, until, charts },
    before: { total: chartsOf(between(before.from, before.until), []).total },
    rounds: {
      rounds: rounds.length,
      planned: rounds.reduce((sum, one) => sum + one.planned, 0),
      seen: rounds.reduce((sum, one) => sum + one.seen, 0),
    },
    stages: [...stages].map(([name, count]) => ({ name, count })),
    rectifications: mended(orders, from, until, house.clock()),
    letters: letters.flatMap((state) =>
      'issuedAt' in state && within(state.issuedAt, from, until)
        ? [
            {
              documentNumber: state.documentNumber,
              title: state.title,
              to:
                state.department === undefined
                  ? '各窗口'
                  : departmentNameOn(registry, state.department, until),
            },
          ]
        : [],
    ),
    names: {
      ...typeNames(charts.types),
      ...namesOf(
        registry,
        charts.departments.map(({ key }) => key),
      ),
    },
  };
};

/** The report of the days around one that is not ahead. */
const printedDays = async (
  house: House,
  centre: string,
  actor: Actor,
  { day, form }: { day: Day; form: Form },
  days: { from: Day; until: Day; paper(words: ReportWords): PaperContent; name: string },
): Promise<Result<PaperFile>> => {
  const allowed = admitted(house, actor);
  if (!allowed.ok) return allowed;
  if (day > dayOf(house.clock())) return refuse('time.future');
  const words = await wordsOfDays(house, centre, days.from, days.until);
  return printed(house, days.paper(words), form, `${days.name} ${days.from}`);
};

/** 日报. */
export const readDaily = (
  house: House,
  centre: string,
  actor: Actor,
  asked: { day: Day; form: Form },
): Promise<Result<PaperFile>> => {
  const { day } = asked;
  return printedDays(house, centre, actor, asked, {
    ...{ from: day, until: day, paper: dailyPaper, name: '窗口监督日报' },
  });
};

/** 周通报 of the week, Monday to Sunday, that a day lies in. */
export const readWeekly = (
  house: House,
  centre: string,
  actor: Actor,
  asked: { day: Day; form: Form },
): Promise<Result<PaperFile>> => {
  const monday = plusDays(asked.day, -((weekdayOf(asked.day) + 6) % 7));
  return printedDays(house, centre, actor, asked, {
    ...{ from: monday, until: plusDays(monday, 6), paper: weeklyPaper, name: '窗口监督周通报' },
  });
};

/** One department's month on one page. */
export const readDepartmentReport = async (
  house: House,
  centre: string,
  actor: Actor,
  { id, month, form }: { id: string; month: Month; form: Form },
): Promise<Result<PaperFile>> => {
  const allowed = admitted(house, actor);
  if (!allowed.ok) return allowed;
  const { registry } = await house.desk(centre);
  if (!registry.of.department.has(id)) return refuse('thing.not-found', id);
  const board = await readBoard(house, centre, actor, { month });
  if (!board.ok) return board;
  const months = Array.from({ length: 6 }, (_, n) => plusMonths(month, n - 5));
  const [partitions, letters] = await Promise.all([
    Promise.all(months.map((one) => house.store.month(centre, one))),
    lettersSince(house, centre, plusMonths(month, 1)),
  ]);
  const cases = partitions
    .flatMap((partition) => partition.case.flatMap(({ state }) => figureCase(state) ?? []))
    .filter(({ departments }) => departments.includes(id));
  const own = cases.filter(({ day }) => monthOfDay(day) === month);
  const charts = chartsOf(own, [month]);
  const windowOf = new Map(
    partitions.flatMap((partition) => partition.case.map(({ state }) => [state.id, state.window] as const)),
  );
  const windows = new Map<string, typeof own>();
  for (const one of own) {
    const window = windowOf.get(one.id);
    if (window !== undefined) windows.set(window, [...(windows.get(window) ?? []), one]);
  }
  const orders = partitions.flatMap((partition) =>
    partition.rectification.map(({ state }) => state).filter(({ responsible }) => responsible === id),
  );
  const name = departmentNameOn(registry, id, lastDayOf(month));
  const group = board.value.departments.find((one) => one.id === id);
  const content = departmentPaper({
    ...{ organ: registry.centre.name, month, name },
    board: {
      people: group?.people ?? 0,
      personTimes: group?.personTimes ?? 0,
      incidents: group?.incidents ?? 0,
      ...(group?.mean === undefined ? {} : { mean: group.mean }),
      ...(group?.total === undefined ? {} : { total: group.total }),
    },
    types: charts.types,
    windows: [...windows].flatMap(([key, some]) => {
      const [bar] = chartsOf(some, [month]).trend;
      return bar && bar.total > 0 ? [{ ...bar, key }] : [];
    }),
    trend: chartsOf(cases, months).trend,
    letters: letters.flatMap((state) =>
      state.department === id && state.month === month && 'documentNumber' in state
        ? [
            {
              documentNumber: state.documentNumber ?? '',
              title: state.title,
              standing: letterStageTitles[state.stage],
            },
          ]
        : [],
    ),
    rectifications: mended(orders, firstDayOf(month), lastDayOf(month), house.clock()),
    names: {
      ...typeNames(charts.types),
      ...Object.fromEntries(
        [...windows.keys()].map((key) => [key, registry.of.window.get(key)?.name ?? key]),
      ),
    },
  });
  return printed(house, content, form, `${name} ${month}`);
};

/** How long what is kept: the usual sentences of the regulation's list, by kind (国家档案局令第8号, 2006). */
const retentionOf: Record<LetterKind, Retention> = {
  bulletin: '30年',
  evidence: '30年',
  correction: '30年',
  violation: '10年',
  monthly: '10年',
};

const retentionFor = (title: string | undefined, own: Partial<Record<LetterKind, Retention>>): Retention => {
  const kind = [...caseLetterKinds, ...monthLetterKinds].find((one) => letterKindTitles[one] === title);
  return kind === undefined ? '30年' : (own[kind] ?? retentionOf[kind]);
};

/** 年度归档: the list of a year's papers by retention, with what is missing and why. */
export const readYearFile = async (
  house: House,
  centre: string,
  actor: Actor,
  { year, form }: { year: number; form: Form },
): Promise<Result<PaperFile>> => {
  const allowed = admitted(house, actor);
  if (!allowed.ok) return allowed;
  const register = await readRegister(house, centre, actor, year);
  if (!register.ok) return register;
  const months = Array.from({ length: 12 }, (_, n) => `${year}-${String(n + 1).padStart(2, '0')}`);
  const [desk, entries, heads, partitions] = await Promise.all([
    house.desk(centre),
    house.store.partition<PaperEntry>('papers', paperPartition(centre)),
    house.store.partitionHeads(centre, 'month', monthsPartition(centre)),
    Promise.all(months.map((month) => house.store.month(centre, month))),
  ]);
  const organ = desk.registry.centre.name;
  const kept = desk.registry.centre.papers?.retention ?? {};
  const pages = new Map(entries.map(({ record, pages: count }) => [record, count]));
  const papers: FiledPaper[] = [];
  const gaps: string[] = [];
  for (const item of register.value.items) {
    if (item.id === undefined || item.issued === undefined) {
      gaps.push(`${item.documentNumber}（${item.id === undefined ? item.title : item.standing}）`);
      continue;
    }
    const count = pages.get(item.id);
    papers.push({
      ...{ number: item.documentNumber, by: organ, title: item.title, date: item.issued },
      ...(count === undefined ? {} : { pages: count }),
      retention: retentionFor(item.kind, kept),
      note: item.standing === letterStageTitles.withdrawn ? '已撤回' : '',
    });
  }
  for (const { state } of partitions.flatMap(({ award }) => award)) {
    if (!('recipients' in state)) continue;
    const at = state.recipients.find((one) => one.announcedAt !== undefined)?.announcedAt;
    if (at !== undefined)
      papers.push({
        ...{
          number: '',
          by: organ,
          title: `关于表彰${chineseMonth(state.month)}“${state.title}”的通报`,
          date: dayOf(at),
        },
        ...{ retention: '30年', note: '' },
      });
  }
  const content = yearPaper({
    ...{ organ, year, papers, gaps },
    months: heads
      .flatMap(({ ref, state }) =>
        state.stage === 'frozen' && state.frozenAt !== undefined && months.includes(ref.id)
          ? [{ month: ref.id, frozenOn: dayOf(state.frozenAt) }]
          : [],
      )
      .sort((a, b) => (a.month < b.month ? -1 : 1)),
  });
  return printed(house, content, form, `${year}年归档目录`);
};
