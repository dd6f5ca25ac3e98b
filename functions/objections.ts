// The objections to a month's sums, as far as the reader may see them, with the words on both sides; and for whom the reader
// may enter one from paper. Changes nothing.
import { abilitiesOf, hasRoleFor, objectionSteps } from '../shared/abilities.ts';
import { type Actor, about, may } from '../shared/access.ts';
import { type SumObjection, unsummedObjections } from '../shared/objection.ts';
import { aboutObjection, departmentIn } from '../shared/objection-decide.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { dayOf, type Month } from '../shared/time.ts';
import { withAway } from './away.ts';
import type { House } from './house.ts';
import { byName } from './read.ts';
import { type Head, readEvent } from './store.ts';

export interface ObjectionRow extends SumObjection {
  id: string;
  version: number;
  person: string;
  name: string;
  department: string;
  byName: string;
  grounds: string;
  /** The line as it read when it was objected to. */
  lineWords?: string;
  answerWords?: string;
  answererName?: string;
  /** Upheld, and the sums shown do not hold it yet. */
  unsummed: boolean;
  abilities: string[];
}

export const listObjections = async (
  house: House,
  centre: string,
  actor: Actor,
  { month }: { month: Month },
): Promise<Result<{ items: ObjectionRow[]; people: { id: string; name: string }[]; next: null }>> => {
  const now = house.clock();
  const today = dayOf(now);
  if (!hasRoleFor(actor, 'objection.read', today)) return refuse('access.denied');
  const [objections, head, { registry }, asking] = await Promise.all([
    house.store.monthHeads(centre, 'objection', month),
    house.store.head(centre, { kind: 'month', id: month }),
    house.desk(centre),
    withAway(house, centre, actor),
  ]);
  const cut = head?.state.cut;
  const seen = objections.filter(
    ({ state }) => may(actor, 'objection.read', aboutObjection(state), today).ok,
  );
  const rows = await Promise.all(
    seen.map(async ({ ref, version, state }): Promise<ObjectionRow[]> => {
      const words = await wordsOf(house, centre, { ref, version });
      const unsummed = cut === undefined ? [] : unsummedObjections(state, cut);
      return state.objections.map((one) => ({
        ...one,
        id: ref.id,
        version,
        person: state.person,
        name: registry.of.staff.get(state.person)?.name ?? state.person,
        department: registry.of.department.get(state.department)?.name ?? state.department,
        byName: byName(registry, one.by),
        grounds: words.get(`grounds${one.n}`) ?? '',
        ...(one.line === undefined ? {} : { lineWords: words.get(`line${one.n}`) ?? '' }),
        ...(one.answer === undefined
          ? {}
          : {
              answerWords: words.get(`answer${one.n}`) ?? '',
              answererName: byName(registry, one.answer.by),
            }),
        unsummed: unsummed.includes(one),
        abilities: abilitiesOf(asking, objectionSteps(one), aboutObjection(state), now),
      }));
    }),
  );
  const people = head?.state.stage === 'summing' ? peopleFor(actor, registry, month, today) : [];
  return ok({ items: rows.flat(), people, next: null });
};

/** What was said of the nth objection, by `grounds`, `line` or `answer` and its number. */
const wordsOf = async (
  house: House,
  centre: string,
  { ref, version }: Pick<Head<'objection'>, 'ref' | 'version'>,
): Promise<Map<string, string>> => {
  const words = new Map<string, string>();
  for (const item of await house.store.events(centre, ref, version)) {
    const { event } = readEvent(item);
    if (event.type === 'objection.raised') {
      words.set(`grounds${event.n}`, event.grounds.text);
      if (event.line) words.set(`line${event.n}`, event.line.words.text);
    }
    if (event.type === 'objection.answered') words.set(`answer${event.n}`, event.reason.text);
  }
  return words;
};

/** Those for whom the reader may enter an objection that they signed on paper. */
const peopleFor = (
  actor: Actor,
  registry: Awaited<ReturnType<House['desk']>>['registry'],
  month: Month,
  today: string,
): { id: string; name: string }[] => {
  if (!hasRoleFor(actor, 'objection.enter', today)) return [];
  return [...registry.of.staff.values()].flatMap(({ id, name }) => {
    const department = departmentIn(registry, id, month);
    if (department === undefined || registry.assignmentsByStaff.get(id) === undefined) return [];
    const facts = about({ persons: [id], departments: [department] });
    return may(actor, 'objection.enter', facts, today).ok ? [{ id, name }] : [];
  });
};
