// given(what happened).when(a command).then(what follows): a house of paper that works in the order of functions/run.ts
// (parse, load, may, decide, fold) without a table. What it folds is what the real house folds.
import { expect } from 'vitest';
import { type Acting, type Actor, may } from '../shared/access.ts';
import type { Calendar } from '../shared/calendar.ts';
import type { Change, Context, Sent } from '../shared/command.ts';
import { commandNamed } from '../shared/commands.ts';
import { concepts } from '../shared/concepts.ts';
import type { DomainEvent, Recorded } from '../shared/events.ts';
import { monthOfId, type StreamKind, type StreamRef } from '../shared/ids.ts';
import { calendarOf, type Registry, type RegistryEntry, registryOf } from '../shared/people.ts';
import { ok, type Problem, type ProblemCode, problems, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { States } from '../shared/states.ts';
import { dayOf, type Instant, type Month } from '../shared/time.ts';
import { calendar, commandIdOf, registry, ruleBook } from './cast.ts';

/** Where it happens. Every month has the same rule book unless told otherwise. */
export interface Scene {
  registry: Registry;
  calendar: Calendar;
  ruleBook: (month: Month) => Result<RuleBook>;
}
export const smallHall: Scene = { registry, calendar, ruleBook: () => ok(ruleBook) };

/** What a command brought about: its own stream first, then the others. */
export interface Done {
  ref: StreamRef;
  by: Acting;
  changes: Change[];
}

export type PaperHouse = ReturnType<typeof paperHouse>;

/** What a command asked for; nothing else is given to it. */
interface Asked {
  others: readonly StreamRef[];
  months: readonly Month[];
  rosters: readonly Month[];
  counter: string | undefined;
}

type Heads = { [K in StreamKind]: Map<string, { version: number; state: States[K] }> };

/** Heads and journal in memory. Registry entries that are entered change the scene at once. */
export const paperHouse = (scene: Scene = smallHall) => {
  const heads: Heads = {
    case: new Map(),
    bonus: new Map(),
    talk: new Map(),
    rectification: new Map(),
    award: new Map(),
    leave: new Map(),
    cover: new Map(),
    opening: new Map(),
    complaint: new Map(),
    inspection: new Map(),
    letter: new Map(),
    figure: new Map(),
    enforcement: new Map(),
    objection: new Map(),
    month: new Map(),
    rulebook: new Map(),
    lookup: new Map(),
    registry: new Map(),
  };
  const journal: Recorded[] = [];
  /** The last number taken of each counter. */
  const counters = new Map<string, number>();
  let known = scene.registry;
  let sentSoFar = 0;

  const head = <K extends StreamKind>(kind: K, id: string): States[K] | undefined =>
    heads[kind].get(id)?.state;

  const advance = <K extends StreamKind>(kind: K, recorded: Recorded): void => {
    const state = concepts[kind].fold(head(kind, recorded.stream), recorded.event, recorded);
    // Heads are stored as JSON: what does not survive that must not be in them.
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    heads[kind].set(recorded.stream, { version: recorded.version, state });
  };

  const put = (ref: StreamRef, event: DomainEvent, by: Acting, at: Instant, command: string): void => {
    const version = (heads[ref.kind].get(ref.id)?.version ?? 0) + 1;
    const recorded: Recorded = { ref, stream: ref.id, version, at, by, command, event };
    advance(ref.kind, recorded);
    journal.push(recorded);
    if (ref.kind === 'registry') known = registryOf(known.version + 1, registered());
  };

  const registered = (): RegistryEntry[] => {
    const all = new Map<string, RegistryEntry>();
    for (const kind of Object.values(known.of))
      for (const entry of kind.values()) all.set(`${entry.kind}:${entry.id}`, entry);
    for (const [id, { state }] of heads.registry) all.set(id, state);
    return [...all.values()];
  };

  const context = (actor: Actor, sent: Sent, asked: Asked): Context => ({
    now: sent.now,
    command: sent.command,
    actor,
    registry: known,
    calendar: known === scene.registry ? scene.calendar : calendarOf(known),
    ruleBook: (month) => {
      if (!asked.months.includes(month)) throw new Error(`the command did not ask for the rules of ${month}`);
      return scene.ruleBook(month);
    },
    slips: {
      leaves: [...heads.leave.values()].flatMap(({ state }) =>
        asked.rosters.includes(monthOfId(state.id)) ? [state] : [],
      ),
      covers: [...heads.cover.values()].flatMap(({ state }) =>
        asked.rosters.includes(monthOfId(state.id)) ? [state] : [],
      ),
    },
    other: (kind, id) => {
      if (!asked.others.some((ref) => ref.kind === kind && ref.id === id))
        throw new Error(`the command did not ask for ${kind} ${id}`);
      return head(kind, id);
    },
    nextNumber: () => {
      if (asked.counter === undefined) throw new Error('the command named no counter');
      return (counters.get(asked.counter) ?? 0) + 1;
    },
  });

  /** One command by one actor. `target` names the stream of a command that creates none. */
  const send = (
    type: string,
    fields: unknown,
    actor: Actor,
    now: Instant,
    target?: string,
    commandId: string = commandIdOf(++sentSoFar),
  ): Result<Done> => {
    const command = commandNamed(type);
    const bound = command.bind(fields);
    if (!bound.ok) return bound;
    const sent = { command: commandId, now };
    const id = bound.value.creates(sent) ?? target;
    if (id === undefined) throw new Error(`${type} needs a stream to go to`);
    const ref: StreamRef = { kind: command.on, id };
    const state = head(command.on, id);
    if (!command.creating && state === undefined) return refuse('thing.not-found');
    const given = context(actor, sent, {
      others: bound.value.also(state, sent),
      months: bound.value.months(state, sent),
      rosters: bound.value.rosters(state, sent),
      counter: bound.value.counter(state, sent),
    });
    const facts = bound.value.about(state, given);
    const acting = may(actor, bound.value.action, facts, dayOf(now));
    if (!acting.ok) return facts.sealed ? refuse('thing.not-found') : acting;
    const decided = bound.value.decide(state, { ...given, acting: acting.value });
    if (!decided.ok) return decided;
    const { takes } = decided.value;
    if (takes) counters.set(takes.counter, takes.number);
    const changes = [{ ref, events: decided.value.events }, ...(decided.value.also ?? [])];
    for (const change of changes)
      for (const event of change.events) put(change.ref, event, acting.value, now, commandId);
    return ok({ ref, by: acting.value, changes });
  };

  return { head, journal, counters, put, registry: () => known, send };
};

/** Something that already happened to a stream. */
export interface Happening {
  ref: StreamRef;
  event: DomainEvent;
  by: Acting;
  at: Instant;
}

type Expected<E extends DomainEvent = DomainEvent> = E extends DomainEvent
  ? { type: E['type'] } & Record<string, unknown>
  : never;

/** The house after what happened; each command after it is judged by what follows. */
export const given = (...history: readonly Happening[]) => givenIn(smallHall, ...history);

export const givenIn = (scene: Scene, ...history: readonly Happening[]) => {
  const house = paperHouse(scene);
  for (const { ref, event, by, at } of history) house.put(ref, event, by, at, commandIdOf(999));
  return standing(house, history.at(-1)?.ref.id);
};

/** A command goes to the stream that was last written to, unless it creates one or names another. */
const standing = (house: PaperHouse, last: string | undefined) => ({
  house,
  /** The stream that was last written to. */
  id: last ?? '',
  /** One more command, which must succeed. */
  after(type: string, fields: unknown, actor: Actor, now: Instant, target?: string) {
    return standing(house, unwrapped(house.send(type, fields, actor, now, target ?? last)).ref.id);
  },
  when(type: string, fields: unknown, actor: Actor, now: Instant, target?: string) {
    const before = house.journal.length;
    const result = house.send(type, fields, actor, now, target ?? last);
    return outcome(house, result, house.journal.slice(before));
  },
});

const outcome = (house: PaperHouse, result: Result<Done>, recorded: readonly Recorded[]) => ({
  house,
  result,
  /** Exactly these events, in this order, over all streams; each holds at least what is written here. */
  // biome-ignore lint/suspicious/noThenProperty: a test reads given … when … then; nobody awaits it
  then(...events: Expected[]): Done {
    const done = unwrapped(result);
    expect(recorded.map((one) => one.event)).toMatchObject(events);
    return done;
  },
  /** Refused with this code, and nothing was written anywhere. */
  refused(code: ProblemCode): Problem {
    expect(result).toMatchObject({ ok: false, problem: { code } });
    expect(recorded).toEqual([]);
    expect(problems[code].title).not.toBe('');
    return result.ok ? { code } : result.problem;
  },
  /** Allowed, but nothing had to be written. */
  quiet(): void {
    unwrapped(result);
    expect(recorded).toEqual([]);
  },
});

const unwrapped = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.value;
};
