// The letters of a frozen month to every department concerned, in one go that may be broken off and taken up again: each
// letter is a command of its own whose id follows from month and department, so none is drafted twice.
import type { Actor } from '../shared/access.ts';
import type { LetterState } from '../shared/letter.ts';
import type { Problem } from '../shared/problems.ts';
import { ok, problems, type Result } from '../shared/problems.ts';
import type { Month } from '../shared/time.ts';
import { derivedCommandId } from './derived-id.ts';
import type { House } from './house.ts';
import { letterPartition } from './keys.ts';
import { departmentsOfMonth, draftMonthLetter } from './month-letters.ts';

export interface Mailing {
  /** Departments that are to get a letter, and those that have one now. */
  total: number;
  done: number;
  items: {
    department: string;
    name: string;
    /** The letter, when it is drafted. */
    letter?: string;
    /** Why it could not be: the clerk drafts this one by hand. */
    problem?: { code: string; title: string; detail: string };
  }[];
  next: null;
}

/** One call works so long, then answers how far it came; the same call goes on. */
const longest = 12_000;

/**
 * Drafts the month's letters that are not there yet. `done` < `total` without problems: call again. Refuses what the
 * first letter would refuse for all (month not frozen, no right).
 */
export const draftMailing = async (
  house: House,
  centre: string,
  actor: Actor,
  { month, replyWorkingDays }: { month: Month; replyWorkingDays?: number | undefined },
): Promise<Result<Mailing>> => {
  const wanted = await departmentsOfMonth(house, centre, actor, month);
  if (!wanted.ok) return wanted;
  const [desk, heads] = await Promise.all([
    house.desk(centre),
    house.store.partitionHeads(centre, 'letter', letterPartition(centre, month)),
  ]);
  const there = new Map(
    heads.flatMap(({ state }) =>
      state.kind === 'monthly' && !isGone(state) && state.department !== undefined
        ? [[state.department, state.id] as const]
        : [],
    ),
  );
  const voided = heads.filter(({ state }) => state.kind === 'monthly' && isGone(state));
  const items: Mailing['items'] = [];
  const began = performance.now();
  for (const department of wanted.value) {
    const name = desk.registry.of.department.get(department)?.name ?? department;
    const known = there.get(department);
    if (known !== undefined) {
      items.push({ department, name, letter: known });
      continue;
    }
    if (performance.now() - began > longest) {
      items.push({ department, name });
      continue;
    }
    // A voided letter is drafted anew: how many there were goes into the id of the command.
    const before = voided.filter(({ state }) => state.department === department).length;
    const drafted = await draftMonthLetter(house, centre, actor, {
      commandId: derivedCommandId('mailing', centre, month, department, String(before)),
      ...{ kind: 'monthly', month, department },
      ...(replyWorkingDays === undefined ? {} : { replyWorkingDays }),
    });
    if (!drafted.ok && !isOfOneLetter(drafted.problem)) return drafted;
    items.push(
      drafted.ok
        ? { department, name, letter: drafted.value.id }
        : { department, name, problem: told(drafted.problem) },
    );
  }
  return ok({
    total: items.length,
    done: items.filter((item) => item.letter !== undefined).length,
    items,
    next: null,
  });
};

/** A voided or withdrawn letter is drafted anew. */
const isGone = ({ stage }: LetterState): boolean => stage === 'void' || stage === 'withdrawn';

/** What concerns one department only does not stop the others. */
const isOfOneLetter = ({ code }: Problem): boolean =>
  code.startsWith('letter.') && code !== 'letter.month-open';
const told = ({ code, detail }: Problem) => ({
  code,
  title: problems[code].title,
  detail: detail ?? problems[code].title,
});
