// One incident, one deduction: whether a complaint and a case, or two complaints, may be of the same incident. Proposes
// and contradicts; a person decides. Knows no table.
import { type CaseState, personsOf } from './case.ts';
import { violationType } from './catalog.ts';
import type { Concerning } from './complaint.ts';

/** A case as what it concerns. */
export const concerningOfCase = (state: CaseState): Concerning => ({
  violation: state.type,
  happened: state.happened,
  ...(state.window === undefined ? {} : { window: state.window }),
  ...(state.grid === undefined ? {} : { grid: state.grid }),
  ...(state.department === undefined ? {} : { department: state.department }),
  persons: personsOf(state),
});

/** Both times are known and lie further apart than the house joins, each with its doubt. */
const apartInTime = (a: Concerning, b: Concerning, minutes: number): boolean => {
  if (!a.happened || !b.happened) return false;
  const slack = minutes * 60_000 + (a.happened.doubtSeconds + b.happened.doubtSeconds) * 1000;
  return (
    Date.parse(a.happened.to) + slack < Date.parse(b.happened.from) ||
    Date.parse(b.happened.to) + slack < Date.parse(a.happened.from)
  );
};

const sharesPerson = (a: Concerning, b: Concerning): boolean =>
  a.persons.some((person) => b.persons.includes(person));

/** Both know whom or where it concerns, and it is not the same. A person may have been seen at a neighbour's window. */
const aboutOthers = (a: Concerning, b: Concerning): boolean => {
  if (a.persons.length > 0 && b.persons.length > 0) return !sharesPerson(a, b);
  if (a.window !== undefined && b.window !== undefined) return a.window !== b.window;
  return a.department !== undefined && b.department !== undefined && a.department !== b.department;
};

/** Nothing that is known of the two contradicts their being one incident. `minutes`: the rule book's `mergeWithinMinutes`. */
export const couldBeOne = (a: Concerning, b: Concerning, minutes: number): boolean =>
  !apartInTime(a, b, minutes) && !aboutOthers(a, b);

/** To be proposed: times that touch are known of both, and the same person, window or department. */
export const proposedAsOne = (a: Concerning, b: Concerning, minutes: number): boolean =>
  a.happened !== undefined &&
  b.happened !== undefined &&
  couldBeOne(a, b, minutes) &&
  (sharesPerson(a, b) ||
    (a.window !== undefined && a.window === b.window) ||
    (a.department !== undefined && a.department === b.department));

/** Whether both are taken for the same kind of fault. */
export const sameFamily = (a: Concerning, b: Concerning): boolean => {
  const family = violationType(a.violation ?? '')?.family;
  return family !== undefined && family === violationType(b.violation ?? '')?.family;
};
