// What may be found at a window, as a patrol looks for it: types of the catalog with the clauses that price them, the own
// recent ones first, then what is frequent here; found by Chinese or by the initials of the pinyin. Pure.
import { bonusTypes, type Severity, violationTypes } from '../../shared/catalog.ts';
import type { ClauseInHand } from '../../shared/shift.ts';

export interface Findable {
  type: string;
  name: string;
  severity: Severity;
  /** Clauses of this month's rule book for it; none: the hall has no price for it. */
  clauses: ClauseInHand[];
  group: string;
  /** Pinyin initials of the name and of the clauses' titles. */
  initials: string[];
}

/** Initials of any Chinese text; the table is loaded when somebody first searches. */
export type InitialsOf = (text: string) => string;

/** Everything a patrol may report. Integrity leads stay in the list: they are sealed as soon as they arrive. */
export const findables = (clauses: readonly ClauseInHand[], initialsOf?: InitialsOf): Findable[] =>
  violationTypes.map((type) => {
    const fitting = type.sealed ? [] : clauses.filter(({ types }) => types.includes(type.code));
    return {
      type: type.code,
      name: type.name,
      severity: fitting[0]?.severity ?? type.severity,
      clauses: fitting,
      group: type.group,
      initials: [type.initials, ...(initialsOf ? fitting.map(({ title }) => initialsOf(title)) : [])],
    };
  });

const seenServing = '服务记录';

/**
 * Good deeds a person may report by what they saw; those drawn from the office's tables are not. What was done before the
 * patrol's own eyes comes before what a paper proves.
 */
export const deeds = bonusTypes
  .filter(({ fromRecords }) => !fromRecords)
  .sort((a, b) => Number(b.proof === seenServing) - Number(a.proof === seenServing));

const patrolFirst = (one: Findable): number => {
  const type = violationTypes.find(({ code }) => code === one.type);
  const priced = one.clauses.length > 0 ? 0 : 2;
  return priced + (type?.foundBy.includes('patrol') ? 0 : 1);
};

/** Recent ones first as they were used last, then frequent ones, then what the rule book prices and patrols find. */
export const inOrder = (
  all: readonly Findable[],
  recent: readonly string[],
  frequent: readonly string[],
): Findable[] => {
  const place = (one: Findable): number => {
    const mine = recent.indexOf(one.type);
    if (mine >= 0) return mine;
    const often = frequent.indexOf(one.type);
    return often >= 0 ? 100 + often : 200 + patrolFirst(one);
  };
  return [...all].sort((a, b) => place(a) - place(b));
};

/** Fits a search: Chinese anywhere in name or clause, initials from any syllable on, or the clause's number. */
export const fits = (one: Findable, asked: string): boolean => {
  const words = asked.trim().toLowerCase();
  if (words === '') return true;
  if (one.name.includes(words)) return true;
  if (one.clauses.some(({ code, title }) => title.includes(words) || code === words)) return true;
  return /^[a-z]+$/.test(words) && one.initials.some((initials) => initials.includes(words));
};

/** The best fits first: those that begin with what was typed. */
export const searched = (ordered: readonly Findable[], asked: string): Findable[] => {
  const words = asked.trim().toLowerCase();
  const begins = (one: Findable): boolean =>
    one.name.startsWith(words) || one.initials.some((initials) => initials.startsWith(words));
  const found = ordered.filter((one) => fits(one, asked));
  return [...found.filter(begins), ...found.filter((one) => !begins(one))];
};

const mostRecent = 6;
/** The list of recent ones after one more use. */
export const usedNow = (recent: readonly string[], type: string): string[] =>
  [type, ...recent.filter((one) => one !== type)].slice(0, mostRecent);
