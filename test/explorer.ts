// Every path, to a depth: from some beginnings, each move by each actor at each time, breadth first, worlds that are the
// same taken once. Works in the order of functions/run.ts on values alone, so a world can be kept and gone back to.
import { type Acting, type Actor, may } from '../shared/access.ts';
import { canonical } from '../shared/canonical.ts';
import type { BoundCommand, Command, Context, Sent } from '../shared/command.ts';
import { concepts } from '../shared/concepts.ts';
import type { DomainEvent } from '../shared/events.ts';
import type { StreamKind, StreamRef } from '../shared/ids.ts';
import { type ProblemCode, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import { dayOf, type Instant } from '../shared/time.ts';
import { commandIdOf } from './cast.ts';
import type { Happening, Scene } from './given.ts';

/** Something that was done: what a watcher may need of the way here. */
export interface Deed {
  ref: StreamRef;
  type: DomainEvent['type'];
  by: Acting;
  at: Instant;
  event: DomainEvent;
}

export interface World {
  heads: ReadonlyMap<string, { kind: StreamKind; id: string; version: number; state: unknown }>;
  counters: ReadonlyMap<string, number>;
  /** Which of the times it is. */
  time: number;
  way: readonly Deed[];
}

export interface Move {
  command: Command;
  /** Stream it goes to; absent where it creates one. */
  target?: string;
  fields: (now: Instant) => object;
  actors: readonly Actor[];
}

export interface Exploring {
  scene: Scene;
  from: readonly World[];
  moves: readonly Move[];
  /** Moments through which time passes, one after the other, as a move of its own. */
  times: readonly Instant[];
  depth: number;
  /** What of the way here makes two worlds differ though their heads agree. */
  mark: (world: World) => unknown;
  /** Throws where something must never be. */
  watch: (world: World, now: Instant) => void;
}

export interface Explored {
  worlds: number;
  tried: number;
  done: Map<string, number>;
  refused: Map<ProblemCode, number>;
  /** Worlds nothing led on from, and whether the depth ended it. */
  complete: boolean;
}

const keyOf = (ref: StreamRef): string => `${ref.kind}/${ref.id}`;

const foldOne = <K extends StreamKind>(
  kind: K,
  state: unknown,
  deed: Deed,
  meta: { stream: string; version: number; command: string },
): unknown =>
  concepts[kind].fold(state as States[K] | undefined, deed.event, { ...meta, at: deed.at, by: deed.by });

const put = (world: World, ref: StreamRef, deed: Deed, command: string): World => {
  const before = world.heads.get(keyOf(ref));
  const version = (before?.version ?? 0) + 1;
  const state = foldOne(ref.kind, before?.state, deed, { stream: ref.id, version, command });
  const heads = new Map(world.heads).set(keyOf(ref), { kind: ref.kind, id: ref.id, version, state });
  return { ...world, heads, way: [...world.way, deed] };
};

export const worldOf = (...happenings: readonly Happening[]): World => {
  let world: World = { heads: new Map(), counters: new Map(), time: 0, way: [] };
  for (const { ref, event, by, at } of happenings)
    world = put(world, ref, { ref, type: event.type, by, at, event }, commandIdOf(900));
  return world;
};

export const headIn = <K extends StreamKind>(world: World, kind: K, id: string): States[K] | undefined =>
  world.heads.get(`${kind}/${id}`)?.state as States[K] | undefined;

const act = (
  scene: Scene,
  world: World,
  { command, target }: Move,
  bound: BoundCommand,
  actor: Actor,
  now: Instant,
): Result<World> => {
  const sent: Sent = { command: commandIdOf(world.way.length), now };
  const id = bound.creates(sent) ?? target;
  if (id === undefined) return refuse('thing.not-found');
  const ref: StreamRef = { kind: command.on, id };
  const state = world.heads.get(keyOf(ref))?.state;
  if (!command.creating && state === undefined) return refuse('thing.not-found');
  const counter = bound.counter(state, sent);
  const context: Context = {
    ...{ now, command: sent.command, actor, registry: scene.registry, calendar: scene.calendar },
    ruleBook: scene.ruleBook,
    slips: { leaves: [], covers: [] },
    other: (kind, other) => headIn(world, kind, other),
    nextNumber: () => (world.counters.get(counter ?? '') ?? 0) + 1,
  };
  const acting = may(actor, bound.action, bound.about(state, context), dayOf(now));
  if (!acting.ok) return acting;
  const decided = bound.decide(state, { ...context, acting: acting.value });
  if (!decided.ok) return decided;
  const { takes } = decided.value;
  let after: World = takes
    ? { ...world, counters: new Map(world.counters).set(takes.counter, takes.number) }
    : world;
  for (const change of [{ ref, events: decided.value.events }, ...(decided.value.also ?? [])])
    for (const event of change.events) {
      const deed = { ref: change.ref, type: event.type, by: acting.value, at: now, event };
      after = put(after, change.ref, deed, sent.command);
    }
  return { ok: true, value: after };
};

const hashOf = (world: World, mark: Exploring['mark']): string =>
  canonical([
    world.time,
    [...world.heads].map(([key, { state }]) => [key, state]).sort(),
    [...world.counters].sort(),
    mark(world),
  ]);

/** Explores every path from the beginnings, to the depth; `watch` sees every world once. */
export const explore = (given: Exploring): Explored => {
  const { scene, moves, times, watch } = given;
  const found: Explored = { worlds: 0, tried: 0, done: new Map(), refused: new Map(), complete: true };
  const seen = new Set<string>();
  const boundAt = times.map((now) => moves.map((move) => move.command.bind(move.fields(now))));
  let level: World[] = [];
  const meet = (world: World, next: World[]): void => {
    const hash = hashOf(world, given.mark);
    if (seen.has(hash)) return;
    seen.add(hash);
    found.worlds += 1;
    watch(world, times[world.time] ?? '');
    next.push(world);
  };
  for (const world of given.from) meet(world, level);
  for (let depth = 0; depth < given.depth; depth += 1) {
    const next: World[] = [];
    for (const world of level) {
      const now = times[world.time] ?? '';
      if (world.time + 1 < times.length) meet({ ...world, time: world.time + 1 }, next);
      for (const [at, move] of moves.entries()) {
        const bound = boundAt[world.time]?.[at];
        if (!bound?.ok) throw new Error(`${move.command.type}: ${JSON.stringify(bound)}`);
        for (const actor of move.actors) {
          found.tried += 1;
          const done = act(scene, world, move, bound.value, actor, now);
          if (!done.ok) {
            const { code } = done.problem;
            found.refused.set(code, (found.refused.get(code) ?? 0) + 1);
          } else if (done.value !== world) {
            found.done.set(move.command.type, (found.done.get(move.command.type) ?? 0) + 1);
            meet(done.value, next);
          }
        }
      }
    }
    level = next;
  }
  found.complete = level.length === 0;
  return found;
};
