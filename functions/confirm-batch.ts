// Batch confirmation of undisputed minor findings: one request, but one command a case, each with its own receipt. What
// cannot be confirmed is told case by case and holds nothing else up; the same request again does nothing twice.

import { hasRoleFor } from '../shared/abilities.ts';
import { type Actor, may } from '../shared/access.ts';
import type { CaseState } from '../shared/case.ts';
import { aboutCase } from '../shared/case-facts.ts';
import { commandNamed } from '../shared/commands.ts';
import { monthOfId } from '../shared/ids.ts';
import { doubtfulBorders } from '../shared/presence.ts';
import { ok, type Problem, problems, type Result, refuse } from '../shared/problems.ts';
import { clauseOf } from '../shared/rulebook.ts';
import { clockTimeOf, dayOf, type Instant } from '../shared/time.ts';
import { derivedCommandId } from './derived-id.ts';
import type { Desk, House } from './house.ts';
import { run } from './run.ts';

export interface BatchItem {
  id: string;
  /** The command that was sent for this case; its receipt answers a repetition. */
  commandId: string;
  done: boolean;
  version?: number;
  at?: Instant;
  problem?: { code: string; title: string; detail: string; next: string; retry: boolean };
}

interface Asked {
  commandId: string;
  reason: string;
  cases: readonly { id: string; clause: string; expectedVersion?: number }[];
}

const told = ({ code, detail }: Problem): NonNullable<BatchItem['problem']> => {
  const { title, next, retry } = problems[code];
  return { code, title, detail: detail ?? title, next, retry };
};

/** Confirms each as minor. Refuses as a whole only who may confirm nothing anywhere. */
export const confirmBatch = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Asked,
): Promise<Result<{ items: BatchItem[] }>> => {
  if (!hasRoleFor(actor, 'case.confirm', dayOf(house.clock()))) return refuse('access.denied');
  const items: BatchItem[] = [];
  for (const one of asked.cases) {
    const commandId = derivedCommandId('confirm-batch', asked.commandId, one.id);
    const done = await confirmOne(house, centre, actor, asked.reason, one, commandId);
    items.push(
      done.ok
        ? { id: one.id, commandId, done: true, version: done.value.version, at: done.value.at }
        : { id: one.id, commandId, done: false, problem: told(done.problem) },
    );
  }
  return ok({ items });
};

const bordersIn = ({ registry, calendar }: Desk, state: CaseState): Instant[] =>
  doubtfulBorders({ registry, calendar, slips: { leaves: [], covers: [] } }, state.window, state.happened);

const confirmOne = async (
  house: House,
  centre: string,
  actor: Actor,
  reason: string,
  one: Asked['cases'][number],
  commandId: string,
) => {
  const desk = await house.desk(centre);
  const book = await house.ruleBookInForce(centre, desk, monthOfId(one.id));
  // In bulk only what the rule book itself calls minor: everything else is looked at one by one.
  const clause = book.ok ? clauseOf(book.value.book, one.clause) : undefined;
  if (clause && clause.severity !== 'minor') return refuse('case.not-minor', clause.title);
  const head = await house.store.head(centre, { kind: 'case', id: one.id });
  const borders = head ? bordersIn(desk, head.state) : [];
  // Whether it was in service at all: nobody says so for many at once. Told only to those who may decide on it.
  if (
    head &&
    borders.length > 0 &&
    may(actor, 'case.confirm', aboutCase(head.state), dayOf(house.clock())).ok
  )
    return refuse('case.doubt-at-border', borders.map((at) => clockTimeOf(at)).join('、'));
  return run(house, centre, actor, commandNamed('case.confirm'), {
    commandId,
    target: one.id,
    ...(one.expectedVersion === undefined ? {} : { expectedVersion: one.expectedVersion }),
    fields: { severity: 'minor', clause: one.clause, reason },
  });
};
