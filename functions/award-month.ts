// Titles of a frozen month: who may win them, computed from frozen scores, the roster, good deeds and earlier titles;
// and the ranked proposal a meeting decides on. Decisions are the award's own commands.
import { type Actor, about, may } from '../shared/access.ts';
import { countedBonus } from '../shared/bonus.ts';
import { holdsBack, personsOf } from '../shared/case.ts';
import { commandNamed } from '../shared/commands.ts';
import { barredBy } from '../shared/consequence.ts';
import type { Measure } from '../shared/measure.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { AwardRule } from '../shared/rulebook-award.ts';
import { type Period, periodOf } from '../shared/rulebook-terms.ts';
import { type CountedBonus, type CountedCase, type Score, stands } from '../shared/score.ts';
import { type Candidate, type Proposal, proposalOf } from '../shared/star-rule.ts';
import { dayOf, type Month, plusMonths } from '../shared/time.ts';
import { attendanceIn } from './attendance-month.ts';
import type { House } from './house.ts';
import { measuresIn } from './ladder.ts';
import { currentFacts, recompute } from './month-facts.ts';
import { openingsIn, openingTitles } from './openings.ts';
import { run } from './run.ts';
import type { Answer } from './store.ts';

interface Field {
  rule: AwardRule;
  candidates: Candidate[];
}

const praiseTypes = new Set(['BON-PRAISE', 'BON-MEDIA']);

/** Candidates of a month's title with their figures; nominations come from the award's own stream. */
const fieldOf = async (
  house: House,
  centre: string,
  month: Month,
  code: string,
  nominated: ReadonlySet<string> | 'all',
): Promise<Result<Field>> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return refuse('award.month-open');
  const [desk, partition] = await Promise.all([house.desk(centre), house.store.month(centre, month)]);
  const { manifest, facts, book, scores } = await recompute(house, centre, month, head.state.cut, partition);
  const rule = book.awards.find((one) => one.code === code);
  if (!rule) return refuse('award.unknown', code);
  const attendance = await attendanceIn(
    house,
    centre,
    desk,
    month,
    manifest.people.map((one) => one.person),
  );
  if (!attendance.ok) return attendance;
  const onPost = new Map(attendance.value.map((one) => [one.person, one.onPost]));
  const [earlier, titles, old] = await Promise.all([
    earlierTitles(house, centre, month, rule),
    titlesBefore(house, centre, month, rule),
    titlesOfLedgers(house, centre, month, rule),
  ]);
  const bars = await barsIn(house, centre, book, month, facts.cases);
  const held = new Map<string, string[]>();
  for (const { state } of partition.case)
    if (holdsBack(state))
      for (const person of personsOf(state)) held.set(person, [...(held.get(person) ?? []), state.id]);
  const scoreOf = new Map(scores.map((score) => [score.person, score]));
  const bonuses = partition.bonus.flatMap(({ state }) => countedBonus(state) ?? []);
  const candidates = manifest.people.map((one): Candidate => {
    const own = facts.cases.filter((each) => stands(each) && each.persons.includes(one.person));
    const window = desk.registry.of.window.get(one.windows[0] ?? '');
    const grid = one.grids[0];
    const hall = desk.registry.of.grid.get(window?.grid ?? '')?.hall;
    const score = scoreOf.get(one.person);
    const ledgers = old.get(one.person);
    const last = [earlier.get(one.person), ledgers?.last]
      .filter((each) => each !== undefined)
      .sort()
      .at(-1);
    return {
      id: one.person,
      ...(hall === undefined ? {} : { hall }),
      ...(grid === undefined ? {} : { grid }),
      department: one.department,
      score: score?.total ?? 0,
      ...(score?.grade === undefined ? {} : { grade: score.grade }),
      violations: {
        minor: own.filter((each) => each.severity === 'minor').length,
        evident: own.filter((each) => each.severity === 'evident').length,
        serious: own.filter((each) => each.severity === 'serious').length,
      },
      heldBack: held.get(one.person) ?? [],
      daysOnPost: onPost.get(one.person) ?? 0,
      nominated: nominated === 'all' || nominated.has(one.person),
      praise: piecesOf(bonuses, one.person),
      bonus: pointsOf(score),
      ...(last === undefined ? {} : { lastAwarded: last }),
      earlierTitles: (titles.get(one.person) ?? 0) + (ledgers?.counted ?? 0),
      ...(ledgers ? { openings: ledgers.told } : {}),
      clauses: byClause(own),
      barred: [
        ...(score?.bars ?? []).slice(0, 1).map(() => '一票否决,取消评优资格'),
        ...barredBy(bars, month, one),
      ],
    };
  });
  return ok({ rule, candidates });
};

const byClause = (own: readonly CountedCase[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { clause } of own) counts[clause] = (counts[clause] ?? 0) + 1;
  return counts;
};

/** Measures of this year that bar from titles; none are looked for where the ladder has no such rung. */
const barsIn = async (
  house: House,
  centre: string,
  book: RuleBook,
  month: Month,
  cases: readonly CountedCase[],
): Promise<Measure[]> => {
  if (!book.ladder.some(({ measure }) => measure === 'bar')) return [];
  const found: Measure[] = [];
  for (let each = `${month.slice(0, 4)}-01`; each <= month; each = plusMonths(each, 1)) {
    const counted = each === month ? cases : (await currentFacts(house, centre, each)).cases;
    const own = [...counted, ...(await openingsIn(house, centre, book, [each])).cases];
    found.push(...(await measuresIn(house, centre, book, each, own)).filter(({ kind }) => kind === 'bar'));
  }
  return found;
};

/** How often somebody won the title that makes a candidate of this one, in the period the rule names. */
const titlesBefore = async (
  house: House,
  centre: string,
  month: Month,
  { earlier }: AwardRule,
): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  if (!earlier) return counts;
  const months = periodBefore(month, earlier.within);
  const heads = await house.store.heads(
    centre,
    months.map((each) => ({ kind: 'award' as const, id: `award-${each}-${earlier.award}` })),
  );
  for (const head of heads.values())
    if (head?.ref.kind === 'award' && 'recipients' in head.state)
      for (const { person, announcedAt } of head.state.recipients)
        if (announcedAt !== undefined) counts.set(person, (counts.get(person) ?? 0) + 1);
  return counts;
};

/** What the old ledgers say of one person's titles: the last of this one, how many count towards it, in words. */
interface OldTitles {
  last?: Month;
  counted: number;
  told: string[];
}

const titlesOfLedgers = async (
  house: House,
  centre: string,
  month: Month,
  rule: AwardRule,
): Promise<Map<string, OldTitles>> => {
  const found = new Map<string, OldTitles>();
  const recent = lookedBack(rule, month);
  const { earlier } = rule;
  const [own, counting] = await Promise.all([
    openingTitles(house, centre, rule.code, recent.toSorted()),
    earlier ? openingTitles(house, centre, earlier.award, periodBefore(month, earlier.within)) : none,
  ]);
  for (const [person, months] of own) {
    const last = months.at(-1);
    found.set(person, {
      ...(last === undefined ? {} : { last }),
      counted: 0,
      told: [`期初:${months.join('、')}获同一称号`],
    });
  }
  for (const [person, months] of counting) {
    const before = found.get(person) ?? { counted: 0, told: [] };
    const told = `期初:${months.join('、')}获所要求的称号,计${months.length}次`;
    found.set(person, { ...before, counted: months.length, told: [...before.told, told] });
  }
  return found;
};
const none = new Map<string, Month[]>();

/** Months before this one in which a title of the same kind is still recent, latest first. */
const lookedBack = (rule: AwardRule, month: Month): Month[] => {
  const back = Math.max(0, ...rule.criteria.map((one) => (one.by === 'notAwardedWithin' ? one.months : 0)));
  return Array.from({ length: back }, (_, index) => plusMonths(month, -1 - index));
};

/** This month and those before it in one calendar period, earliest first. */
const periodBefore = (month: Month, within: Period): Month[] =>
  Array.from({ length: 12 }, (_, back) => plusMonths(month, -back))
    .filter((each) => periodOf(each, within) === periodOf(month, within))
    .reverse();

const piecesOf = (bonuses: readonly CountedBonus[], person: string): number =>
  bonuses
    .filter((one) => praiseTypes.has(one.type) && one.persons.includes(person))
    .reduce((sum, one) => sum + one.quantity, 0);

const pointsOf = (score: Score | undefined): number =>
  (score?.lines ?? []).filter((line) => line.kind === 'bonus').reduce((sum, line) => sum + line.points, 0);

/** The last month in which somebody won this title, as far back as the rule asks. */
const earlierTitles = async (
  house: House,
  centre: string,
  month: Month,
  rule: AwardRule,
): Promise<Map<string, Month>> => {
  const months = lookedBack(rule, month);
  const heads = await house.store.heads(
    centre,
    months.map((each) => ({ kind: 'award' as const, id: `award-${each}-${rule.code}` })),
  );
  const last = new Map<string, Month>();
  for (const each of months) {
    const head = heads.get(`award/award-${each}-${rule.code}`);
    const recipients =
      head && 'recipients' in head.state && Array.isArray(head.state.recipients) ? head.state.recipients : [];
    for (const { person } of recipients) if (!last.has(person)) last.set(person, each);
  }
  return last;
};

export interface AwardRequest {
  commandId: string;
  month: Month;
  code: string;
}

/** Opens a title for nominations with everybody who may win it, and why the others may not. */
export const openAward = async (
  house: House,
  centre: string,
  actor: Actor,
  { commandId, month, code }: AwardRequest,
): Promise<Result<Answer>> => {
  const allowed = may(actor, 'award.open', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const receipt = await house.store.receipt(centre, commandId);
  if (receipt) return ok(receipt.answer);
  const candidates = await assessed(house, centre, month, code);
  if (!candidates.ok) return candidates;
  return run(house, centre, actor, commandNamed('award.openWith'), {
    commandId,
    fields: { month, code, candidates: candidates.value },
  });
};

/** Assesses the candidates of an open title anew: a case that held somebody back may have ended. */
export const reassessAward = async (
  house: House,
  centre: string,
  actor: Actor,
  { commandId, id }: { commandId: string; id: string },
): Promise<Result<Answer>> => {
  const allowed = may(actor, 'award.open', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const receipt = await house.store.receipt(centre, commandId);
  if (receipt) return ok(receipt.answer);
  const head = await house.store.head(centre, { kind: 'award', id });
  if (!head) return refuse('thing.not-found', id);
  const candidates = await assessed(house, centre, head.state.month, head.state.code);
  if (!candidates.ok) return candidates;
  return run(house, centre, actor, commandNamed('award.reassess'), {
    commandId,
    target: id,
    fields: { candidates: candidates.value },
  });
};

/** Whether each may win, nominations left aside: those are still to come. */
const assessed = async (house: House, centre: string, month: Month, code: string) => {
  const field = await fieldOf(house, centre, month, code, 'all');
  if (!field.ok) return field;
  const { rule, candidates } = field.value;
  const { standings } = proposalOf(rule, month, candidates);
  const heldBack = new Map(candidates.map((one) => [one.id, one.heldBack.length > 0]));
  return ok(
    standings.map(({ candidate, place, why }) => ({
      person: candidate,
      eligible: place !== undefined,
      heldBack: heldBack.get(candidate) ?? false,
      why: place === undefined ? why : [],
    })),
  );
};

/** The ranked list for the meeting, with the nominations made so far: why in, why out, and what decided. */
export const readProposal = async (
  house: House,
  centre: string,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<Proposal & { names: Record<string, string> }>> => {
  const allowed = may(actor, 'award.readProposal', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const head = await house.store.head(centre, { kind: 'award', id });
  if (!head) return refuse('thing.not-found', id);
  const nominated = new Set(head.state.nominated.map((one) => one.person));
  const field = await fieldOf(house, centre, head.state.month, head.state.code, nominated);
  if (!field.ok) return field;
  const desk = await house.desk(centre);
  const names = Object.fromEntries(
    field.value.candidates.map((one) => [one.id, desk.registry.of.staff.get(one.id)?.name ?? one.id]),
  );
  return ok({ ...proposalOf(field.value.rule, head.state.month, field.value.candidates), names });
};
