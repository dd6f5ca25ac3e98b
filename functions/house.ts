// What the house stands on, handed in once at start: table, files, clock, chance. Keeps each centre's registry and
// rule books by the registry's version, so that a command reads one small item instead of the roster.
import type { Calendar } from '../shared/calendar.ts';
import { calendarOf, emptyRegistry, type Registry, registryOf } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { Instant, Month } from '../shared/time.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { PaperStore } from './paper-store.ts';
import { createSealStore, type SealStore } from './seal-store.ts';
import type { SignInBook } from './sign-in-book.ts';
import type { Store } from './store.ts';

/** What a centre's desk knows at one registry version. */
export interface Desk {
  registry: Registry;
  calendar: Calendar;
  books: Map<Month, Result<RuleBookInForce>>;
}
/** A rule book with the version it is known by in scores: `rulebook-2026-07@2`. */
export interface RuleBookInForce {
  version: string;
  book: RuleBook;
}

export interface House {
  store: Store;
  files: EvidenceStore;
  seals: SealStore;
  /** Absent where a process makes no papers. */
  papers?: PaperStore;
  /** Absent where people sign in elsewhere. */
  builtIn?: BuiltInSignIn;
  clock(): Instant;
  /** A number from 0 to 1 for waiting times; never for anything that is stored. */
  chance(): number;
  pause(milliseconds: number): Promise<void>;
  desk(centre: string): Promise<Desk>;
  /** The centre whose desk is at hand when it is the only one: whoever comes without naming a centre means it, likely. */
  likelyCentre(named: string | undefined): string | undefined;
  ruleBookInForce(centre: string, desk: Desk, month: Month): Promise<Result<RuleBookInForce>>;
  ruleBook(centre: string, desk: Desk, month: Month): Promise<{ month: Month; found: Result<RuleBook> }>;
}

/** The built-in sign-in, as whoever hands out first passwords needs it. */
export interface BuiltInSignIn {
  issuer: string;
  book(): Promise<SignInBook>;
}

export interface HouseParts {
  store: Store;
  files: EvidenceStore;
  /** Left out by a house that neither seals nor shows seals. */
  seals?: SealStore;
  papers?: PaperStore;
  builtIn?: BuiltInSignIn;
  clock(): Instant;
  chance?: () => number;
  pause?: (milliseconds: number) => Promise<void>;
}

const noSeals: SealStore = createSealStore({
  client: async () => {
    throw new Error('this house keeps no seals');
  },
  bucket: 'none',
});

export const createHouse = (parts: HouseParts): House => {
  const desks = new Map<string, Desk>();
  const { store } = parts;

  const desk = async (centre: string): Promise<Desk> => {
    const version = await store.registryVersion(centre);
    const known = desks.get(centre);
    if (known?.registry.version === version) return known;
    const found = await store.registryEntries(centre);
    const registry =
      found.entries.length === 0 ? emptyRegistry(centre) : registryOf(found.version, found.entries);
    const fresh: Desk = { registry, calendar: calendarOf(registry), books: new Map() };
    desks.set(centre, fresh);
    return fresh;
  };

  const ruleBookInForce = async (
    centre: string,
    at: Desk,
    month: Month,
  ): Promise<Result<RuleBookInForce>> => {
    const known = at.books.get(month);
    if (known) return known;
    const head = await store.ruleBookAt(centre, month);
    const found: Result<RuleBookInForce> = head
      ? ok({ version: `${head.ref.id}@${head.version}`, book: head.state.book })
      : refuse('rulebook.none', month);
    at.books.set(month, found);
    return found;
  };

  return {
    store,
    files: parts.files,
    seals: parts.seals ?? noSeals,
    ...(parts.papers === undefined ? {} : { papers: parts.papers }),
    ...(parts.builtIn === undefined ? {} : { builtIn: parts.builtIn }),
    clock: parts.clock,
    chance: parts.chance ?? Math.random,
    pause: parts.pause ?? ((milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds))),
    desk,
    likelyCentre: (named) => {
      const [only, another] = named === undefined ? [...desks.keys()] : [named];
      return only !== undefined && another === undefined && desks.has(only) ? only : undefined;
    },
    ruleBookInForce,
    ruleBook: async (centre, at, month) => {
      const found = await ruleBookInForce(centre, at, month);
      return { month, found: found.ok ? ok(found.value.book) : found };
    },
  };
};

/**
 * The house as one request finds it: the desk that told who is asking serves its first decision too. Whoever asks for
 * it again, because somebody else was faster, gets it read anew.
 */
export const forRequest = (house: House, centre: string, desk: Desk): House => {
  let read: Desk | undefined = desk;
  return {
    ...house,
    desk: (of) => {
      const first = of === centre ? read : undefined;
      read = undefined;
      return first ? Promise.resolve(first) : house.desk(of);
    },
  };
};
