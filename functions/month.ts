// Summing and freezing a month on the real table: takes the cut, recomputes any cut, carries late changes, writes the
// projections (scores, tallies, what was carried). Everything here can be restarted: a cut lies under its own hash and
// projections are pure functions of the frozen cut.
import { type Actor, about, may } from '../shared/access.ts';
import { monthsBeside } from '../shared/beside.ts';
import { canonical } from '../shared/canonical.ts';
import { countedCase } from '../shared/case.ts';
import { monthOfId, type StreamKind } from '../shared/ids.ts';
import { type Cut, type CutManifest, unitKinds } from '../shared/month.ts';
import { monthCommands } from '../shared/month-decide.ts';
import { boundScores, carriedFrom, scoresOf, settleCarried, unitScoresOf } from '../shared/month-sums.ts';
import { freezable } from '../shared/objection-decide.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import { type FrameKind, periodOf } from '../shared/rulebook-terms.ts';
import { type Carried, type CountedCase, stands } from '../shared/score.ts';
import { pooledIn, unitsIn } from '../shared/scored.ts';
import { subjectKey, talliesOf } from '../shared/tally.ts';
import { dayOf, daysFrom, type Month, monthOf, plusDays, plusMonths } from '../shared/time.ts';
import { daysFor } from './attendance-month.ts';
import type { House } from './house.ts';
import {
  carryKey,
  carryPartition,
  cutKey,
  eventOfKey,
  type Key,
  projectedKey,
  scoreKey,
  sha256,
  tallyKey,
  unitScoreKey,
} from './keys.ts';
import { measuresIn } from './ladder.ts';
import { besideFor, restOf } from './month-beside.ts';
import { bookOf, currentFacts, cutFacts, loadCut, recompute } from './month-facts.ts';
import { run } from './run.ts';
import type { Answer } from './store.ts';

const chunkLength = 250_000;

export interface MonthRequest {
  commandId: string;
  month: Month;
  expectedVersion?: number;
}

/** Takes a cut of a month that is over and shows its sums. Repeating the command id gives the same answer. */
export const sumMonth = async (
  house: House,
  centre: string,
  actor: Actor,
  request: MonthRequest,
): Promise<Result<Answer>> => {
  const receipt = await house.store.receipt(centre, request.commandId);
  const now = house.clock();
  const allowed = may(actor, 'month.sum', about({}), dayOf(now));
  if (!allowed.ok) return allowed;
  if (receipt) return ok(receipt.answer);
  if (request.month >= monthOf(now)) return refuse('month.not-over', request.month);
  const first = (await house.desk(centre)).registry.centre.firstMonth;
  if (first !== undefined && request.month < first) return refuse('month.not-ours', request.month);
  const before = await house.store.head(centre, { kind: 'month', id: request.month });
  if (before?.state.stage === 'frozen') return refuse('month.frozen', request.month);
  const manifest = await takeCut(house, centre, request.month);
  if (!manifest.ok) return manifest;
  const text = canonical(manifest.value);
  const cut: Cut = {
    digest: sha256(text),
    takenAt: now,
    chunks: Math.ceil(text.length / chunkLength),
    heads: manifest.value.cases.length + manifest.value.bonuses.length,
    ruleBook: manifest.value.ruleBook,
  };
  await house.store.putAll(
    Array.from({ length: cut.chunks }, (_, index) => ({
      ...cutKey(centre, request.month, cut.digest, index),
      text: text.slice(index * chunkLength, (index + 1) * chunkLength),
    })),
  );
  return run(house, centre, actor, monthCommands.sum, {
    commandId: request.commandId,
    ...(request.expectedVersion === undefined ? {} : { expectedVersion: request.expectedVersion }),
    fields: { month: request.month, cut },
  });
};

const takeCut = async (house: House, centre: string, month: Month): Promise<Result<CutManifest>> => {
  const { store } = house;
  const desk = await house.desk(centre);
  const book = await house.ruleBookInForce(centre, desk, month);
  if (!book.ok) return book;
  const [heads, late] = await Promise.all([
    store.month(centre, month, true),
    lateChanges(house, centre, month),
  ]);
  if (!late.ok) return late;
  const { people, leftOut } = pooledIn(desk.registry, book.value.book, month);
  const units = unitsIn(desk.registry, book.value.book, month);
  const { carried, corrections } = settleCarried(month, people, late.value.carried, units);
  const days = await daysFor(house, centre, desk, book.value.book, month, people);
  if (!days.ok) return days;
  const counted = heads.case.flatMap((head) => countedCase(head.state) ?? []);
  const rest = await restOf(house, centre, desk, book.value.book, month, counted);
  return ok({
    month,
    ruleBook: book.value.version,
    cases: heads.case.map((head): [string, number] => [head.ref.id, head.version]),
    bonuses: heads.bonus.map((head): [string, number] => [head.ref.id, head.version]),
    people,
    ...(leftOut.length === 0 ? {} : { leftOut: leftOut.map(({ person, why }) => ({ person, why })) }),
    ...(units === undefined ? {} : { units }),
    carried,
    corrections,
    ...(days.value === undefined ? {} : { days: days.value }),
    ...rest,
    late: late.value.cases,
  });
};

/** What changed in frozen months since the last cut, by the journal, with one day's overlap for late arrivals. */
const lateChanges = async (
  house: House,
  centre: string,
  month: Month,
): Promise<Result<{ carried: Carried[]; cases: string[] }>> => {
  const last = await house.store.head(centre, { kind: 'month', id: plusMonths(month, -1) });
  const since = last?.state.stage === 'frozen' ? last.state.cut?.takenAt : undefined;
  if (since === undefined) return ok({ carried: [], cases: [] });
  const touched = new Set<Month>();
  for (const day of daysFrom(plusDays(dayOf(since), -1), dayOf(house.clock())))
    for (const key of await house.store.index('journal', `${centre}#${day}`)) {
      const event = eventOfKey(key);
      // Leave filed late changes scores that follow the days on post, and no others.
      if (event && scoring.has(event.ref.kind)) touched.add(monthOfId(event.ref.id));
    }
  const carried: Carried[] = [];
  const cases: string[] = [];
  for (const earlier of await lookedBackOn(house, centre, touched, month)) {
    const again = await rescore(house, centre, earlier, month);
    if (!again.ok) return again;
    carried.push(...again.value.carried);
    cases.push(...again.value.cases);
  }
  return ok({ carried, cases });
};

/** Kinds of records whose events may change a score. */
const scoring: ReadonlySet<StreamKind> = new Set(['case', 'bonus', 'leave', 'figure']);

/** The months to score anew: those touched before `month`, and every later one whose book looked back on one of them. */
const lookedBackOn = async (
  house: House,
  centre: string,
  touched: ReadonlySet<Month>,
  month: Month,
): Promise<Month[]> => {
  const [first] = [...touched].filter((one) => one < month).sort();
  if (first === undefined) return [];
  const desk = await house.desk(centre);
  const found: Month[] = [];
  for (let each = first; each < month; each = plusMonths(each, 1)) {
    const book = await house.ruleBookInForce(centre, desk, each);
    if (!book.ok) continue;
    const looksBack = monthsBeside(book.value.book, each).some((one) => touched.has(one));
    if (touched.has(each) || looksBack) found.push(each);
  }
  return found;
};

/** What a bulletin publishes of a month: violations that stand, reminders on the spot left out. */
export const publishedBy = (cases: readonly CountedCase[]): string[] =>
  cases.filter((one) => one.counts && stands(one)).map((one) => one.id);

/** A frozen month scored anew by its own rule book, people and carried lines; what of it nobody has carried yet. */
const rescore = async (
  house: House,
  centre: string,
  month: Month,
  into: Month,
): Promise<Result<{ carried: Carried[]; cases: string[] }>> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return ok({ carried: [], cases: [] });
  const cut = await loadCut(house, centre, month, head.state.cut);
  const [then, now, before] = await Promise.all([
    cutFacts(house, centre, cut),
    currentFacts(house, centre, month),
    house.store.partition<CarryItem>('carried', carryPartition(centre, month), undefined, true),
  ]);
  const book = await bookOf(house, centre, cut.ruleBook);
  const desk = await house.desk(centre);
  const days = cut.days && (await daysFor(house, centre, desk, book, month, cut.people));
  if (days && !days.ok) return days;
  // Who answers along, what was handed in, and the months the book looks back on: all as they are now.
  const beside = await besideFor(house, centre, desk, book, month, now.cases);
  const nowCut: CutManifest = {
    ...cut,
    ...(days?.value === undefined ? {} : { days: days.value }),
    ...(beside === undefined ? {} : { beside }),
  };
  const published = new Set([...publishedBy(then.cases), ...before.flatMap((item) => item.cases)]);
  const carried = before.flatMap((item) => item.carried);
  const [frozen, fresh] = [scoresOf(book, cut, then), scoresOf(book, nowCut, now)];
  const units = {
    frozen: unitScoresOf(book, cut, then, frozen),
    now: unitScoresOf(book, nowCut, now, fresh),
  };
  return ok({
    carried: [
      ...(goesOn(book, 'staff', month, into) ? [] : carriedFrom({ month, frozen, now: fresh, carried })),
      ...unitKinds.flatMap((of) =>
        goesOn(book, of, month, into)
          ? []
          : carriedFrom({
              month,
              frozen: units.frozen.filter((one) => one.of === of),
              now: units.now.filter((one) => one.of === of),
              carried,
              of,
            }),
      ),
    ],
    cases: publishedBy(now.cases).filter((id) => !published.has(id)),
  });
};

/**
 * A frame that folds a whole quarter or year anew each month says it all in the last of its finished months; carried from
 * each of them, the same points would count several times.
 */
const goesOn = (book: RuleBook, kind: FrameKind, month: Month, into: Month): boolean => {
  const period = book.frames[kind]?.period ?? 'month';
  const next = plusMonths(month, 1);
  return next < into && periodOf(month, period) === periodOf(next, period);
};

/** What a later month took over of an earlier one when it froze. */
interface CarryItem {
  pk: string;
  sk: Month;
  carried: Carried[];
  cases: string[];
}

/** Fixes the last cut. The projections follow; if the process dies between, the follow-up writes them. */
export const freezeMonth = async (
  house: House,
  centre: string,
  actor: Actor,
  request: MonthRequest,
): Promise<Result<Answer>> => {
  const allowed = may(actor, 'month.freeze', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const receipt = await house.store.receipt(centre, request.commandId);
  if (receipt) return ok(receipt.answer);
  const head = await house.store.head(centre, { kind: 'month', id: request.month });
  if (!head?.state.cut) return refuse('month.not-summed', request.month);
  if (head.state.stage === 'frozen') return refuse('month.frozen', request.month);
  const objections = await house.store.monthHeads(centre, 'objection', request.month, true);
  const heard = freezable(
    objections.map(({ state }) => state),
    head.state.cut.takenAt,
  );
  if (!heard.ok) return heard;
  // Titles, ladder and letters of the month go by the book in force: a sum by another would contradict them for good.
  const book = await house.ruleBookInForce(centre, await house.desk(centre), request.month);
  if (!book.ok) return book;
  if (book.value.version !== head.state.cut.ruleBook) return refuse('month.other-book', request.month);
  const sums = await recompute(house, centre, request.month, head.state.cut);
  const frozen = await run(house, centre, actor, monthCommands.freeze, {
    commandId: request.commandId,
    target: request.month,
    expectedVersion: request.expectedVersion ?? head.version,
    fields: { month: request.month, cut: head.state.cut.digest, scores: digestOf(sums) },
  });
  if (frozen.ok) await writeProjections(house, centre, request.month, head.state.cut, sums);
  return frozen;
};

/**
 * Follow-up of `month.frozen`: sees that scores, tallies and what was carried are written. Whoever froze is usually at
 * it still, so it looks a few times before it does the same once more.
 */
export const projectMonth = async (house: House, centre: string, month: Month): Promise<void> => {
  const head = await house.store.head(centre, { kind: 'month', id: month });
  if (head?.state.stage !== 'frozen' || !head.state.cut) return;
  const { cut } = head.state;
  for (let look = 0; look < looks; look += 1) {
    const done = await house.store.get<Projected>(projectedKey(centre, month), 'mark');
    if (done?.digest === cut.digest) return;
    await house.pause(betweenLooks);
  }
  const sums = await recompute(house, centre, month, cut);
  if (digestOf(sums) !== head.state.scores)
    throw new Error(`the frozen scores of ${month} cannot be recomputed`);
  await writeProjections(house, centre, month, cut, sums);
};
const looks = 20;
const betweenLooks = 250;
type Projected = Key & { digest: string };

/** The hash by which the freezing event binds a month's scores. */
export const digestOf = ({ scores, units }: Pick<Recomputed, 'scores' | 'units'>): string =>
  sha256(canonical(boundScores(scores, units)));
type Recomputed = Awaited<ReturnType<typeof recompute>>;

/** One score item a person, window or department, the tallies, what was carried: the same items however often it is done. */
const writeProjections = async (
  house: House,
  centre: string,
  month: Month,
  cut: Cut,
  sums: Recomputed,
): Promise<void> => {
  await house.store.putTogether(await projectionsOf(house, centre, month, sums));
  await house.store.put(projectedMark(centre, month, cut));
};

export const projectedMark = (centre: string, month: Month, cut: Cut) => ({
  ...projectedKey(centre, month),
  digest: cut.digest,
});

/** What is written of a frozen month: pure in its cut and in the tallies of the months before it. */
export const projectionsOf = async (
  house: House,
  centre: string,
  month: Month,
  { manifest, facts, book, scores, units }: Recomputed,
) => {
  const measures = await measuresIn(house, centre, book, month, facts.cases, {
    people: manifest.people,
    scores,
    units,
  });
  const letters = measures
    .filter((one) => (one.kind === 'letter' || one.kind === 'letterWithEvidence') && one.before === undefined)
    .map((one) => one.subject);
  const tallies = talliesOf(book, month, facts.cases, letters, []);
  return [
    ...scores.map((score) => ({
      ...scoreKey(centre, month, score.person),
      score: JSON.stringify(score),
    })),
    ...units.map((unit) => ({
      ...unitScoreKey(centre, month, unit.of, unit.person),
      unit: JSON.stringify(unit),
    })),
    ...tallies.map((tally) => ({
      ...tallyKey(centre, month, subjectKey(tally.subject)),
      tally: JSON.stringify(tally),
    })),
    ...carryItems(centre, manifest),
  ];
};

const carryItems = (centre: string, manifest: CutManifest) => {
  const all: Carried[] = [...manifest.carried, ...manifest.corrections];
  const months = new Set([...all.map((one) => one.fromMonth), ...manifest.late.map((id) => monthOfId(id))]);
  return [...months].map((from) => ({
    ...carryKey(centre, from, manifest.month),
    carried: all.filter((one) => one.fromMonth === from),
    cases: manifest.late.filter((id) => monthOfId(id) === from),
  }));
};
