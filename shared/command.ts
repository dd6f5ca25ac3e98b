// What a command is: its fields, the stream it changes, whom permission is asked about, and the decision itself.
// The kinds are spelled in the *-decide.ts files; functions/run.ts is the only one that carries them out.
import type * as z from 'zod';
import type { About, Acting, Action, Actor } from './access.ts';
import type { Calendar } from './calendar.ts';
import type { DomainEvent } from './events.ts';
import type { StreamKind, StreamRef } from './ids.ts';
import type { Registry } from './people.ts';
import type { Slips } from './presence.ts';
import { invalid, ok, type Result } from './problems.ts';
import type { RuleBook } from './rulebook.ts';
import type { States } from './states.ts';
import type { Instant, Month } from './time.ts';

/** Everything a decision is given; nothing else may be asked. */
export interface Context {
  now: Instant;
  /** Made on the device; ids of what a command creates derive from it. */
  command: string;
  actor: Actor;
  registry: Registry;
  calendar: Calendar;
  /** The rule book in force in a month; the run loads those named by `months` before deciding. */
  ruleBook(month: Month): Result<RuleBook>;
  /** Leave and cover of the months the command named by `rosters`; none for any other. */
  slips: Slips;
  /** Another head the command asked for with `also`; undefined when there is none. */
  other<K extends StreamKind>(kind: K, id: string): States[K] | undefined;
  /** The next free number of the counter the command asked for. */
  nextNumber(): number;
  /** How often this command was decided before, because somebody was quicker. */
  attempt?: number;
}
/** A decision also knows in which role it is made. */
export interface Deciding extends Context {
  acting: Acting;
}

export interface Change {
  ref: StreamRef;
  events: DomainEvent[];
}

/** What a command brings about: events of its own stream first, others' with it, all or nothing. */
export interface Decision {
  events: DomainEvent[];
  also?: Change[];
  /** A number taken from a counter in the same transaction: no gap and no double. */
  /** `after`: the last number taken before, when this is not simply the next. */
  takes?: { counter: string; number: number; after?: number };
  /** Numbers of new cases; each belongs to one case only, or the command is decided again. */
  claims?: { number: string; case: string }[];
}

/** The state of what a command goes to: `run` refuses one that is not there before anything is decided. */
export const existing = <S>(state: S | undefined): S => {
  if (state === undefined) throw new Error('run loads the head before deciding');
  return state;
};

export const happened = (...events: DomainEvent[]): Result<Decision> => ok({ events });

/** What the device sent besides the fields. */
export interface Sent {
  command: string;
  now: Instant;
}

export interface CommandSpec<K extends StreamKind, Fields> {
  type: string;
  /** Permission asked for; the same as the type unless the fields change it. */
  action: Action | ((fields: Fields) => Action);
  /** One Chinese sentence for the API page. */
  summary: string;
  on: K;
  fields: z.ZodType<Fields>;
  /** The id of the stream a creating command makes; absent when the command goes to an existing one. */
  creates?: (fields: Fields, sent: Sent) => string;
  /** Rule books the decision needs, by month. */
  months?: (fields: Fields, state: States[K] | undefined, sent: Sent) => Month[];
  /** Months whose leave and cover the decision needs. */
  rosters?: (fields: Fields, state: States[K] | undefined, sent: Sent) => Month[];
  /** Other heads the decision needs. */
  also?: (fields: Fields, state: States[K] | undefined, sent: Sent) => StreamRef[];
  /** A counter the decision may take a number from. */
  counter?: (fields: Fields, state: States[K] | undefined, sent: Sent) => string | undefined;
  /** Facts for the permission. State is undefined only for creating commands. */
  about: (state: States[K] | undefined, fields: Fields, context: Context) => About;
  decide: (state: States[K] | undefined, fields: Fields, context: Deciding) => Result<Decision>;
}

/** A spec whose fields are known only to itself: parse first, everything after is bound to the parsed fields. */
export interface Command {
  type: string;
  summary: string;
  on: StreamKind;
  creating: boolean;
  fields: z.ZodType;
  bind(input: unknown): Result<BoundCommand>;
}

export interface BoundCommand {
  fields: unknown;
  action: Action;
  creates(sent: Sent): string | undefined;
  /** Given the loaded heads by stream id. */
  months(state: unknown, sent: Sent): Month[];
  rosters(state: unknown, sent: Sent): Month[];
  also(state: unknown, sent: Sent): StreamRef[];
  counter(state: unknown, sent: Sent): string | undefined;
  about(state: unknown, context: Context): About;
  decide(state: unknown, context: Deciding): Result<Decision>;
}

/** Closes a spec over its types. The head handed back in is the one `run` loaded for `on`, hence the two assertions. */
export const command = <K extends StreamKind, Fields>(spec: CommandSpec<K, Fields>): Command => ({
  type: spec.type,
  summary: spec.summary,
  on: spec.on,
  creating: spec.creates !== undefined,
  fields: spec.fields,
  bind(input) {
    const parsed = spec.fields.safeParse(input);
    if (!parsed.success) return invalid(parsed.error);
    const fields = parsed.data;
    const typed = (state: unknown) => state as States[K] | undefined;
    const bound: BoundCommand = {
      fields,
      action: typeof spec.action === 'function' ? spec.action(fields) : spec.action,
      creates: (sent: Sent) => spec.creates?.(fields, sent),
      months: (state: unknown, sent: Sent) => spec.months?.(fields, typed(state), sent) ?? [],
      rosters: (state: unknown, sent: Sent) => spec.rosters?.(fields, typed(state), sent) ?? [],
      also: (state: unknown, sent: Sent) => spec.also?.(fields, typed(state), sent) ?? [],
      counter: (state: unknown, sent: Sent) => spec.counter?.(fields, typed(state), sent),
      about: (state: unknown, context: Context) => spec.about(typed(state), fields, context),
      decide: (state: unknown, context: Deciding) => spec.decide(typed(state), fields, context),
    };
    return ok(bound);
  },
});
