// Batch confirmation of undisputed minor findings: one request, but one command a case, each with its own receipt. What
// cannot be confirmed is told case by case and holds nothing else up; the same request again does nothing twice.

import { hasRoleFor } from '../shared/abilities.ts';
import type { Actor } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import { monthOfId } from '../shared/ids.ts';
import { ok, type Problem, problems, type Result, refuse } from '../shared/problems.ts';
import { clauseOf } from '../shared/rulebook.ts';
import { dayOf, type Instant } from '../shared/time.ts';
import { derivedCommandId } from './derived-id.ts';
import type { House } from './house.ts';
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
  return run(house, centre, actor, commandNamed('case.confirm'), {
    commandId,
    target: one.id,
    ...(one.expectedVersion === undefined ? {} : { expectedVersion: one.expectedVersion }),
    fields: { severity: 'minor', clause: one.clause, reason },
  });
};
