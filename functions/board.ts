// The month's board, a person's score line by line, and the measures of a month: what anyone may see of them, from one
// Query of the month's partition. An open month is folded as it stands, a summed one from its cut, a frozen one is read.
import { type About, type Action, type Actor, about, may } from '../shared/access.ts';
import { countedBonus } from '../shared/bonus.ts';
import { type CaseState, countedCase, holdsBack, personsOf } from '../shared/case.ts';
import { aboutCase } from '../shared/case-facts.ts';
import type { Severity } from '../shared/catalog.ts';
import { missingFiles } from '../shared/evidence.ts';
import type { LetterState } from '../shared/letter.ts';
import type { Measure } from '../shared/measure.ts';
import type { CutManifest, MonthState, Scored, UnitKind, UnitScore } from '../shared/month.ts';
import { unitScores } from '../shared/month-sums.ts';
import { departmentNameOn, type Registry } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RectificationState } from '../shared/rectification.ts';
import { aboutRectification } from '../shared/rectification-decide.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import {
  type CountedCase,
  departmentsIn,
  type Score,
  type ScoreLine,
  scoreMonth,
  stands,
} from '../shared/score.ts';
import { pooledIn, scoredIn, unitsIn } from '../shared/scored.ts';
import { quotaOf } from '../shared/star-rule.ts';
import type { BySeverity } from '../shared/tally.ts';
import { type Day, dayOf, firstDayOf, lastDayOf, type Month, monthOf, plusMonths } from '../shared/time.ts';
import { daysFor } from './attendance-month.ts';
import type { Desk, House } from './house.ts';
import { letterPartition } from './keys.ts';
import { measuresIn } from './ladder.ts';
import { publishedBy } from './month.ts';
import { besideFor } from './month-beside.ts';
import { recompute } from './month-facts.ts';
import type { MonthPartition } from './store.ts';

/** Of what stands: 人次 with its severities, and apart from it 起 (nobody in person answers) with theirs. */
export interface Counts extends BySeverity {
  personTimes: number;
  incidents: number;
  incidentsBy: BySeverity;
}

export interface PersonRow extends Counts {
  person: string;
  name: string;
  department: string;
  grids: string[];
  windows: string[];
  total: number;
  grade?: string;
  /** 暂缓评选: an evident or serious case whose end is open. */
  heldBack: boolean;
}
export interface GroupRow extends Counts {
  id: string;
  name: string;
  people: number;
  /** Mean total of its people in hundredths, rounded; absent without people. */
  mean?: number;
  /** Its own score, where the rule book scores windows or departments. */
  total?: number;
  grade?: string;
}
export interface CaseRow {
  id: string;
  number?: string;
  type: string;
  stage: Stage;
  severity?: Severity;
  day: Day;
  window?: string;
  grid?: string;
  department?: string;
  persons: string[];
  missing: number;
  review?: 'asked' | 'upheld' | 'reduced' | 'overturned';
}
type Stage = CaseState['stage'];
export interface RectificationRow
  extends Pick<RectificationState, 'id' | 'stage' | 'responsible' | 'dueBy' | 'sentBack' | 'urged'> {
  name: string;
  window?: string;
  area?: string;
  grid?: string;
  overdue: boolean;
  case?: string;
}

export interface BoardView {
  month: Month;
  stage: MonthState['stage'];
  /** When the shown sums were cut or frozen; absent while they are still moving. */
  sumsOf?: string;
  ruleBook?: string;
  /** Integrity leads of the month, handed over or to be: nothing but how many, for those who see the whole centre. */
  sealed?: number;
  /** Findings by stage over the cases the reader may see. */
  stages: Partial<Record<Stage, number>>;
  counts: Counts;
  people: PersonRow[];
  departments: GroupRow[];
  grids: GroupRow[];
  windows: GroupRow[];
  rectifications: RectificationRow[];
  cases: CaseRow[];
  /** Who is not assessed, of those the reader may see. */
  leftOut: { person: string; name: string; why: string }[];
  /** The titles of the rule book for people assessed this month, with what there is to win. */
  titles: { code: string; title: string; cadence: string; quota: number }[];
  /** Of a frozen month: what its bulletin publishes, own violations and late ones of earlier months. */
  published?: { own: string[]; late: string[] };
}

interface Sums {
  stage: MonthState['stage'];
  at?: string;
  ruleBook?: string;
  people: Scored[];
  leftOut: { person: string; why: string }[];
  scores: Score[];
  units: UnitScore[];
  book?: RuleBook;
  cases: readonly CountedCase[];
  manifest?: CutManifest;
}

const none: BySeverity = { minor: 0, evident: 0, serious: 0 };

const countsOf = (cases: readonly CountedCase[], whom?: (one: CountedCase) => number): Counts => {
  const counts: Counts = { personTimes: 0, incidents: 0, ...none, incidentsBy: { ...none } };
  for (const one of cases) {
    if (!stands(one)) continue;
    const persons = whom ? whom(one) : one.persons.length;
    if (one.persons.length === 0) {
      counts.incidents += 1;
      counts.incidentsBy[one.severity] += 1;
    }
    counts.personTimes += persons;
    counts[one.severity] += persons;
  }
  return counts;
};

/** The month's sums at the stage it is in. */
const sumsOf = async (
  house: House,
  centre: string,
  desk: Desk,
  month: Month,
  partition: MonthPartition,
): Promise<Sums> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  const cut = head?.state.cut;
  if (head && cut) {
    const { manifest, facts, book, scores, units } = await recompute(house, centre, month, cut, partition);
    return {
      stage: head.state.stage,
      at: head.state.frozenAt ?? cut.takenAt,
      ruleBook: manifest.ruleBook,
      people: manifest.people,
      leftOut: manifest.leftOut ?? [],
      scores,
      units,
      book,
      cases: facts.cases,
      manifest,
    };
  }
  const cases = partition.case.flatMap(({ state }) => countedCase(state) ?? []);
  const inForce = await house.ruleBookInForce(centre, desk, month);
  if (!inForce.ok)
    return {
      stage: 'open',
      people: scoredIn(desk.registry, month),
      leftOut: [],
      cases,
      scores: [],
      units: [],
    };
  const { book, version } = inForce.value;
  const bonuses = partition.bonus.flatMap(({ state }) => countedBonus(state) ?? []);
  const { people, leftOut } = pooledIn(desk.registry, book, month);
  const days = await daysFor(house, centre, desk, book, month, people);
  const beside = {
    ...(await besideFor(house, centre, desk, book, month, cases)),
    ...(days.ok && days.value !== undefined ? { days: days.value } : {}),
  };
  const ids = people.map((one) => one.person);
  const scores = scoreMonth(book, ids, cases, bonuses, [], beside);
  const units = unitsIn(desk.registry, book, month);
  return {
    stage: 'open',
    people,
    leftOut,
    cases,
    scores,
    units: units ? unitScores(book, { units, people, cases, scores, carried: [], beside }) : [],
    book,
    ruleBook: version,
  };
};

const seeing = (actor: Actor, on: Day) => (action: Action, facts: About) => may(actor, action, facts, on).ok;

const aboutScored = (one: Scored): About =>
  about({ persons: [one.person], departments: [one.department], grids: one.grids });

/** The board of a month, as far as the reader's roles reach. Refuses who may see no month at all. */
export const readBoard = async (
  house: House,
  centre: string,
  actor: Actor,
  { month }: { month: Month },
): Promise<Result<BoardView>> => {
  const today = dayOf(house.clock());
  const desk = await house.desk(centre);
  // The month is that of every grid: who led one of them then finds there the cases of those days, and no scores.
  const facts = about({
    grids: [...desk.registry.of.grid.keys()],
    days: { from: firstDayOf(month), until: lastDayOf(month) },
  });
  const allowed = may(actor, 'month.read', facts, today);
  if (!allowed.ok) return allowed;
  const sees = seeing(actor, today);
  const partition = await house.store.month(centre, month);
  const sums = await sumsOf(house, centre, desk, month, partition);
  const visible = partition.case.filter(({ state }) => sees('case.read', aboutCase(state)));
  const ids = new Set(visible.map((head) => head.ref.id));
  const cases = sums.cases.filter((one) => ids.has(one.id));
  const people = sums.people.filter((one) => sees('score.read', aboutScored(one)));
  const heldBack = new Set(visible.flatMap(({ state }) => (holdsBack(state) ? personsOf(state) : [])));
  const rows = peopleRows(desk.registry, people, sums.scores, cases, heldBack);
  const wholeCentre = sees('followUp.read', about({}));
  const members = new Map(scoredIn(desk.registry, month).map((one) => [one.person, one]));
  const shown = new Map(
    sums.units
      .filter((one) =>
        sees('score.read', aboutUnit(desk.registry, [...members.values()], one.of, one.person)),
      )
      .map((one) => [`${one.of} ${one.person}`, one]),
  );
  const scoreOfUnit = (of: UnitKind) => (id: string) => shown.get(`${of} ${id}`);
  return ok({
    month,
    stage: sums.stage,
    ...(sums.at === undefined ? {} : { sumsOf: sums.at }),
    ...(sums.ruleBook === undefined ? {} : { ruleBook: sums.ruleBook }),
    ...(wholeCentre ? { sealed: partition.case.filter(({ state }) => aboutCase(state).sealed).length } : {}),
    stages: stagesOf(visible.map(({ state }) => state)),
    counts: countsOf(cases),
    people: rows,
    departments: groups(rows, cases, {
      of: (row) => [row.department],
      at: departmentsIn,
      // As it was called then.
      name: (id) => departmentNameOn(desk.registry, id, lastDayOf(month)),
      score: scoreOfUnit('department'),
    }),
    grids: groups(rows, cases, {
      of: (row) => row.grids,
      at: (one) => (one.grid === undefined ? [] : [one.grid]),
      name: (id) => desk.registry.of.grid.get(id)?.name,
    }),
    windows: groups(rows, cases, {
      of: (row) => row.windows,
      at: (one) => (one.window === undefined ? [] : [one.window]),
      name: (id) => desk.registry.of.window.get(id)?.number,
      score: scoreOfUnit('window'),
    }),
    rectifications: partition.rectification
      .filter(({ state }) => sees('rectification.read', aboutRectification(state)))
      .map(({ state }) => rectificationRow(state, desk.registry, house.clock())),
    cases: visible.map(({ state }) => caseRow(state)),
    leftOut: sums.leftOut.flatMap(({ person, why }) => {
      const one = members.get(person);
      if (!sees('score.read', one ? aboutScored(one) : about({ persons: [person] }))) return [];
      return [{ person, name: desk.registry.of.staff.get(person)?.name ?? person, why }];
    }),
    titles: titlesOf(sums, sums.people.length),
    ...(sums.stage === 'frozen' && sums.manifest && wholeCentre
      ? { published: { own: publishedBy(sums.cases), late: sums.manifest.late } }
      : {}),
  });
};

/** How many of each title there are for so many people assessed, hall-wide quotas and shares alike. */
const titlesOf = ({ book }: Sums, assessed: number): BoardView['titles'] =>
  (book?.awards ?? []).map((rule) => ({
    code: rule.code,
    title: rule.title,
    cadence: rule.cadence,
    quota: (rule.recipient ?? 'person') === 'person' ? quotaOf(rule, assessed) : rule.quota,
  }));

/** A window or department is of its department and grids; and of its own people, who may see how it stands. */
export const aboutUnit = (registry: Registry, people: readonly Scored[], of: UnitKind, id: string): About => {
  const own = people.filter((one) => (of === 'window' ? one.windows.includes(id) : one.department === id));
  const window = of === 'window' ? registry.of.window.get(id) : undefined;
  return about({
    persons: own.map(({ person }) => person),
    departments: of === 'department' ? [id] : window ? [window.department] : [],
    grids: window ? [window.grid] : [],
  });
};

const stagesOf = (states: readonly CaseState[]): BoardView['stages'] => {
  const counts: BoardView['stages'] = {};
  for (const state of states) counts[state.stage] = (counts[state.stage] ?? 0) + 1;
  return counts;
};

const caseRow = (state: CaseState): CaseRow => {
  const review = state.stage === 'counting' ? state.review : undefined;
  return {
    id: state.id,
    ...(state.number === undefined ? {} : { number: state.number }),
    type: state.type,
    stage: state.stage,
    ...('verdict' in state ? { severity: state.verdict.severity } : {}),
    day: dayOf(state.happened.from),
    ...(state.window === undefined ? {} : { window: state.window }),
    ...(state.grid === undefined ? {} : { grid: state.grid }),
    ...(state.department === undefined ? {} : { department: state.department }),
    persons: personsOf(state),
    missing: missingFiles(state.evidence),
    ...(review === undefined ? {} : { review: review.state === 'asked' ? 'asked' : review.outcome }),
  };
};

const rectificationRow = (state: RectificationState, registry: Registry, now: string): RectificationRow => ({
  id: state.id,
  stage: state.stage,
  responsible: state.responsible,
  name: departmentNameOn(registry, state.responsible, dayOf(state.orderedAt)),
  ...(state.window === undefined ? {} : { window: state.window }),
  ...(state.area === undefined ? {} : { area: state.area }),
  ...(state.grid === undefined ? {} : { grid: state.grid }),
  dueBy: state.dueBy,
  overdue: state.stage === 'ordered' && state.dueBy < now,
  sentBack: state.sentBack,
  urged: state.urged,
  ...(state.case === undefined ? {} : { case: state.case }),
});

const peopleRows = (
  registry: Registry,
  people: readonly Scored[],
  scores: readonly Score[],
  cases: readonly CountedCase[],
  heldBack: ReadonlySet<string>,
): PersonRow[] => {
  const byPerson = new Map(scores.map((score) => [score.person, score]));
  const casesOf = new Map<string, CountedCase[]>();
  for (const one of cases)
    for (const person of one.persons) casesOf.set(person, [...(casesOf.get(person) ?? []), one]);
  return people.flatMap((one) => {
    const score = byPerson.get(one.person);
    if (!score) return [];
    return [
      {
        person: one.person,
        name: registry.of.staff.get(one.person)?.name ?? one.person,
        department: one.department,
        grids: one.grids,
        windows: one.windows,
        total: score.total,
        ...(score.grade === undefined ? {} : { grade: score.grade }),
        heldBack: heldBack.has(one.person),
        ...countsOf(casesOf.get(one.person) ?? [], () => 1),
      },
    ];
  });
};

interface Grouping {
  of(row: PersonRow): readonly string[];
  at(one: CountedCase): readonly string[];
  name(id: string): string | undefined;
  score?(id: string): Score | undefined;
}

const groups = (
  rows: readonly PersonRow[],
  cases: readonly CountedCase[],
  grouping: Grouping,
): GroupRow[] => {
  const members = new Map<string, PersonRow[]>();
  const facts = new Map<string, CountedCase[]>();
  for (const row of rows)
    for (const id of grouping.of(row)) members.set(id, [...(members.get(id) ?? []), row]);
  for (const one of cases) for (const id of grouping.at(one)) facts.set(id, [...(facts.get(id) ?? []), one]);
  const ownScore = (score: Score | undefined) =>
    score ? { total: score.total, ...(score.grade === undefined ? {} : { grade: score.grade }) } : {};
  return [...new Set([...members.keys(), ...facts.keys()])].sort().map((id) => {
    const own = members.get(id) ?? [];
    const mean =
      own.length === 0 ? undefined : Math.round(own.reduce((sum, row) => sum + row.total, 0) / own.length);
    return {
      id,
      name: grouping.name(id) ?? id,
      people: own.length,
      ...(mean === undefined ? {} : { mean }),
      ...ownScore(grouping.score?.(id)),
      ...countsOf(facts.get(id) ?? []),
    };
  });
};

export interface ScoreView {
  month: Month;
  stage: MonthState['stage'];
  ruleBook?: string;
  person: string;
  name: string;
  total: number;
  grade?: string;
  categories: Score['categories'];
  lines: ScoreLine[];
}

/** One person's score with every line: the same lines for the person, the grid leader and the office. */
export const readScore = async (
  house: House,
  centre: string,
  actor: Actor,
  { month, person }: { month: Month; person: string },
): Promise<Result<ScoreView>> => {
  const desk = await house.desk(centre);
  const scored = scoredIn(desk.registry, month).find((one) => one.person === person);
  const allowed = may(
    actor,
    'score.read',
    scored ? aboutScored(scored) : about({ persons: [person] }),
    dayOf(house.clock()),
  );
  if (!allowed.ok) return allowed;
  const found =
    (await frozenScore(house, centre, month, person)) ??
    (await foldedScore(house, centre, desk, month, person));
  if (!found) return refuse('thing.not-found', '该人员当月没有考核得分');
  const { stage, ruleBook, score } = found;
  return ok({
    month,
    stage,
    ...(ruleBook === undefined ? {} : { ruleBook }),
    person,
    name: desk.registry.of.staff.get(person)?.name ?? person,
    total: score.total,
    ...(score.grade === undefined ? {} : { grade: score.grade }),
    categories: score.categories,
    lines: score.lines,
  });
};

type FoundScore = Pick<Sums, 'stage' | 'ruleBook'> & { score: Score };

/** The score item of a frozen month: one small read; undefined while the month moves or its items are being written. */
const frozenScore = async (
  house: House,
  centre: string,
  month: Month,
  person: string,
): Promise<FoundScore | undefined> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return undefined;
  const score = await house.store.score(centre, month, person);
  return score && { stage: 'frozen', ruleBook: head.state.cut.ruleBook, score };
};

const foldedScore = async (
  house: House,
  centre: string,
  desk: Desk,
  month: Month,
  person: string,
): Promise<FoundScore | undefined> => {
  const sums = await sumsOf(house, centre, desk, month, await house.store.month(centre, month));
  const score = sums.scores.find((one) => one.person === person);
  return (
    score && {
      stage: sums.stage,
      ...(sums.ruleBook === undefined ? {} : { ruleBook: sums.ruleBook }),
      score,
    }
  );
};

export interface UnitScoreView extends Omit<ScoreView, 'person'> {
  of: UnitKind;
  unit: string;
}

/**
 * A window's or department's score with every line. Its own people see what it lost and by which clause, but neither the
 * cases nor the words in them: those are a colleague's.
 */
export const readUnitScore = async (
  house: House,
  centre: string,
  actor: Actor,
  { month, of, unit }: { month: Month; of: UnitKind; unit: string },
): Promise<Result<UnitScoreView>> => {
  const desk = await house.desk(centre);
  const { registry } = desk;
  const facts = aboutUnit(registry, scoredIn(registry, month), of, unit);
  const allowed = may(actor, 'score.read', facts, dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const found = await unitScoreIn(house, centre, desk, month, of, unit);
  if (!found) return refuse('thing.not-found', '该窗口或部门当月没有考核得分');
  const { stage, ruleBook, score } = found;
  return ok({
    month,
    stage,
    ...(ruleBook === undefined ? {} : { ruleBook }),
    of,
    unit,
    name: registry.of[of].get(unit)?.name ?? unit,
    total: score.total,
    ...(score.grade === undefined ? {} : { grade: score.grade }),
    categories: score.categories,
    lines: allowed.value.role === 'staff' ? score.lines.map(withoutColleagues) : score.lines,
  });
};

const withoutColleagues = (line: ScoreLine): ScoreLine => {
  const { reason: _words, chosenBy: _chooser, confirmedBy: _confirmer, review: _review, ...rest } = line;
  return { ...rest, cases: [] };
};

const unitScoreIn = async (
  house: House,
  centre: string,
  desk: Desk,
  month: Month,
  of: UnitKind,
  unit: string,
): Promise<FoundScore | undefined> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage === 'frozen' && head.state.cut) {
    const score = await house.store.unitScore(centre, month, of, unit);
    if (score) return { stage: 'frozen', ruleBook: head.state.cut.ruleBook, score };
  }
  const sums = await sumsOf(house, centre, desk, month, await house.store.month(centre, month));
  const score = sums.units.find((one) => one.of === of && one.person === unit);
  return (
    score && {
      stage: sums.stage,
      ...(sums.ruleBook === undefined ? {} : { ruleBook: sums.ruleBook }),
      score,
    }
  );
};

/** A measure with what has been done about it. */
export interface MeasureRow extends Measure {
  /** Id of the talk, letter or record of enforcing that answers it. */
  doneBy?: string;
}

/** The measures a month asks for, on its frozen facts once it is frozen; talks and letters that answer them named. */
export const readMeasures = async (
  house: House,
  centre: string,
  actor: Actor,
  { month }: { month: Month },
): Promise<Result<{ month: Month; measures: MeasureRow[] }>> => {
  const today = dayOf(house.clock());
  const allowed = may(actor, 'month.read', about({}), today);
  if (!allowed.ok) return allowed;
  const sees = seeing(actor, today);
  const [desk, partition, letters] = await Promise.all([
    house.desk(centre),
    house.store.month(centre, month),
    lettersAfter(house, centre, month),
  ]);
  const cases = partition.case.flatMap(({ state }) => countedCase(state) ?? []);
  const book = await house.ruleBookInForce(centre, desk, month);
  if (!book.ok) return book;
  const measures = await measuresIn(house, centre, book.value.book, month, cases);
  const done = new Map<string, string>([
    ...partition.enforcement
      .filter(({ state }) => state.stage !== 'withdrawn')
      .map(({ ref, state }): [string, string] => [state.measure, ref.id]),
    ...partition.talk
      .filter(({ state }) => state.stage !== 'withdrawn')
      .map(({ ref }): [string, string] => [ref.id, ref.id]),
    ...letters.flatMap((letter): [string, string][] =>
      letter.measure === undefined || letter.stage === 'void' || letter.stage === 'withdrawn'
        ? []
        : [[letter.measure, letter.id]],
    ),
  ]);
  return ok({
    month,
    measures: measures
      .filter((measure) => sees('score.read', aboutMeasure(desk.registry, measure, month)))
      .map((measure) => {
        const doneBy = done.get(measure.id);
        return doneBy === undefined ? measure : { ...measure, doneBy };
      }),
  });
};

const aboutMeasure = (registry: Registry, measure: Measure, month: Month): About => {
  if ('person' in measure.subject) {
    const { person } = measure.subject;
    const scored = scoredIn(registry, month).find((one) => one.person === person);
    return scored ? aboutScored(scored) : about({ persons: [person] });
  }
  return 'department' in measure.subject ? about({ departments: [measure.subject.department] }) : about({});
};

/** Letters drafted in a month or the two after it, which is when a month is written about. */
export const lettersAfter = async (house: House, centre: string, month: Month): Promise<LetterState[]> => {
  const last = [plusMonths(month, 2), monthOf(house.clock())].sort()[0] ?? month;
  const months: Month[] = [];
  for (let each = month; each <= last && months.length < 3; each = plusMonths(each, 1)) months.push(each);
  const found = await Promise.all(
    months.map((each) => house.store.partitionHeads(centre, 'letter', letterPartition(centre, each))),
  );
  return found.flat().map((head) => head.state);
};
