// The one way in for every change: parse → load → may? → decide → commit at the version read → on a clash, again.
// Routes, jobs and consumers all come through here.
import { type Acting, type Actor, may } from '../shared/access.ts';
import { canonical } from '../shared/canonical.ts';
import type { BoundCommand, Command, Context, Decision, Sent } from '../shared/command.ts';
import type { StreamKind, StreamRef } from '../shared/ids.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import { dayOf } from '../shared/time.ts';
import { passesOn, withAway } from './away.ts';
import type { House } from './house.ts';
import { sha256 } from './keys.ts';
import { slipsOf } from './roster.ts';
import { type Answer, type Head, readEvent } from './store.ts';

export interface Request {
  /** Made on the device; the same id again gets the same answer. */
  commandId: string;
  /** Id of the stream the command goes to; absent when it creates one. */
  target?: string;
  /** The version the person saw; a newer one refuses the command with `version.stale`. */
  expectedVersion?: number;
  fields: unknown;
  /** The target as the caller has just read it; a second attempt reads it anew. */
  head?: Head;
}

const attempts = 10;

/**
 * Carries out one command for one actor. Refusals leave the table untouched; a success leaves a receipt.
 * Answers `busy.try-again` when the table stays busy; the same command id may then be sent again without harm.
 */
export const run = async (
  house: House,
  centre: string,
  actor: Actor,
  command: Command,
  request: Request,
): Promise<Result<Answer>> => {
  const bound = command.bind(request.fields);
  if (!bound.ok) return bound;
  const asked = sha256(
    canonical({
      type: command.type,
      target: request.target,
      person: actor.person,
      fields: bound.value.fields,
    }),
  );
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const tried = await tryOnce(house, centre, actor, command, bound.value, request, asked, attempt);
    if (tried === 'look') continue;
    if (tried !== 'again') return tried;
    await house.pause(Math.min(1000, 5 * 2 ** attempt) * (0.5 + house.chance()));
  }
  return refuse('busy.try-again');
};

const tryOnce = async (
  house: House,
  centre: string,
  actor: Actor,
  command: Command,
  bound: BoundCommand,
  request: Request,
  asked: string,
  attempt: number,
): Promise<Result<Answer> | 'again' | 'look'> => {
  const { store } = house;
  const first = attempt === 0;
  const sent: Sent = { command: request.commandId, now: house.clock() };
  const id = bound.creates(sent) ?? request.target;
  if (id === undefined) return refuse('thing.not-found');
  const ref: StreamRef = { kind: command.on, id };
  // What a command creates is hardly ever there yet: the commit would find out, so nobody looks before the first attempt.
  const ahead = command.creating ? absent : request.head && Promise.resolve(request.head);
  const given = first ? ahead : undefined;
  // Whom a decision passes on to is looked at only once somebody was refused.
  const asking = first || !passesOn(bound.action) ? actor : await withAway(house, centre, actor);
  const loaded = await load(house, centre, asking, command, bound, ref, sent, given);
  const { head } = loaded;
  if (command.creating && head?.command === request.commandId)
    return (await repeated(house, centre, ref, request.commandId, asked)) ?? 'again';
  const decided = decide(command, bound, attemptedAgain(loaded, attempt), request, asking);
  if (!decided.ok) {
    // Nothing is refused on the strength of what was read ahead, or by not looking: the second attempt reads all anew.
    if (first) return 'look';
    const before = await store.receipt(centre, request.commandId);
    if (before) return before.request === asked ? ok(before.answer) : refuse('command.reused');
    return decided;
  }
  const { decision, acting } = decided.value;
  if (decision.events.length === 0 && (decision.also ?? []).length === 0)
    return ok({ id, version: head?.version ?? 0, at: sent.now });
  const answer: Answer = {
    id,
    version: (head?.version ?? 0) + decision.events.length,
    at: sent.now,
  };
  const changes = [
    ...(decision.events.length === 0 ? [] : [{ ref, before: head, events: decision.events }]),
    ...(decision.also ?? []).map((change) => ({
      ref: change.ref,
      before: loaded.others.get(`${change.ref.kind}/${change.ref.id}`),
      events: change.events,
    })),
  ];
  const written = await store.commit({
    centre,
    at: sent.now,
    by: acting,
    command: request.commandId,
    request: asked,
    answer,
    changes,
    ...(decision.takes === undefined ? {} : { takes: decision.takes }),
    ...(decision.claims === undefined ? {} : { claims: decision.claims }),
  });
  switch (written) {
    case 'done':
      return ok(answer);
    case 'repeated':
      return (await repeated(house, centre, ref, request.commandId, asked)) ?? 'again';
    case 'clash':
    case 'busy':
      return 'again';
  }
};

const absent: Promise<undefined> = Promise.resolve(undefined);

const attemptedAgain = (loaded: Loaded, attempt: number): Loaded => ({
  ...loaded,
  context: { ...loaded.context, attempt },
});

interface Loaded {
  head: Head | undefined;
  others: Map<string, Head>;
  context: Context;
}

const load = async (
  house: House,
  centre: string,
  actor: Actor,
  command: Command,
  bound: BoundCommand,
  ref: StreamRef,
  sent: Sent,
  given?: Promise<Head | undefined>,
): Promise<Loaded> => {
  const [desk, head] = await Promise.all([house.desk(centre), given ?? house.store.head(centre, ref)]);
  const state = head?.state;
  // What is not there asks for nothing else; the decision refuses it.
  const nothing = !command.creating && state === undefined;
  const [others, books, last] = await Promise.all([
    loadOthers(house, centre, nothing ? [] : bound.also(state, sent)),
    Promise.all(
      (nothing ? [] : bound.months(state, sent)).map((month) => house.ruleBook(centre, desk, month)),
    ),
    loadCounter(house, centre, nothing ? undefined : bound.counter(state, sent)),
  ]);
  const slips = await slipsOf(house, centre, nothing ? [] : bound.rosters(state, sent));
  const byMonth = new Map(books.map((book) => [book.month, book.found]));
  const context: Context = {
    now: sent.now,
    command: sent.command,
    actor,
    registry: desk.registry,
    calendar: desk.calendar,
    slips,
    ruleBook: (month) => byMonth.get(month) ?? refuse('rulebook.none', month),
    other: <K extends StreamKind>(kind: K, id: string) =>
      others.get(`${kind}/${id}`)?.state as States[K] | undefined,
    nextNumber: () => {
      if (last === undefined) throw new Error('the command named no counter');
      return last + 1;
    },
  };
  return { head, others, context };
};

const loadOthers = (house: House, centre: string, refs: StreamRef[]): Promise<Map<string, Head>> =>
  refs.length === 0 ? Promise.resolve(new Map()) : house.store.heads(centre, refs);

const loadCounter = async (
  house: House,
  centre: string,
  counter: string | undefined,
): Promise<number | undefined> => (counter === undefined ? undefined : house.store.counter(centre, counter));

/** May it be done, is it still what the person saw, and what follows. */
const decide = (
  command: Command,
  bound: BoundCommand,
  loaded: Loaded,
  request: Request,
  actor: Actor,
): Result<{ decision: Decision; acting: Acting }> => {
  const { head, context } = loaded;
  if (!command.creating && !head) return refuse('thing.not-found');
  const facts = bound.about(head?.state, context);
  const acting = may(actor, bound.action, facts, dayOf(context.now));
  if (!acting.ok) return facts.sealed ? refuse('thing.not-found') : acting;
  if (request.expectedVersion !== undefined && request.expectedVersion !== (head?.version ?? 0))
    return refuse('version.stale');
  const decision = bound.decide(head?.state, { ...context, acting: acting.value });
  return decision.ok ? ok({ decision: decision.value, acting: acting.value }) : decision;
};

/** The answer given before: from the receipt, or, when that has expired, from the event that created the stream. */
const repeated = async (
  house: House,
  centre: string,
  ref: StreamRef,
  command: string,
  asked: string,
): Promise<Result<Answer> | undefined> => {
  const receipt = await house.store.receipt(centre, command);
  if (receipt) return receipt.request === asked ? ok(receipt.answer) : refuse('command.reused');
  const first = await house.store.firstEvent(centre, ref);
  if (!first) return undefined;
  if (first.request !== asked) return refuse('command.reused');
  return ok({ id: ref.id, version: 1, at: readEvent(first).at });
};
