// The figures of a month from the table: what its rule book asks for and who is still missing, and the facts that scores
// and titles are reckoned from. Changes nothing.
import { type Actor, about, may } from '../shared/access.ts';
import { type FigureState, figureFacts, joinedFacts } from '../shared/figure.ts';
import { figureMeasure, figuresAsked } from '../shared/figure-asked.ts';
import { ok, type Result } from '../shared/problems.ts';
import type { RuleBook } from '../shared/rulebook.ts';
import type { FrameKind } from '../shared/rulebook-terms.ts';
import type { FigureFact } from '../shared/score-figures.ts';
import { scoredIn } from '../shared/scored.ts';
import { dayOf, type Month } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { Desk, House } from './house.ts';
import { figurePartition } from './keys.ts';
import type { Head } from './store.ts';

/** The heads of a month's figures. */
export const figureHeads = (house: House, centre: string, month: Month): Promise<Head<'figure'>[]> =>
  house.store.partitionHeads(centre, 'figure', figurePartition(centre, month), true);

/** The facts of several months as one, figure by figure; votes and marks are averaged, everything else is added up. */
export const factsOver = (book: RuleBook, states: readonly FigureState[]): FigureFact[] => {
  const marks = figuresAsked(book).flatMap(({ code, rule }) => (rule.kind === 'mark' ? [code] : []));
  return joinedFacts(figureFacts(states), new Set(marks));
};

const subjectsIn = (desk: Desk, of: FrameKind, month: Month): { subject: string; name: string }[] => {
  const { registry } = desk;
  const people = scoredIn(desk.registry, month);
  const ids =
    of === 'staff'
      ? people.map(({ person }) => person)
      : [...new Set(people.flatMap((one) => (of === 'window' ? one.windows : [one.department])))].sort();
  return ids.map((id) => ({ subject: id, name: registry.of[of].get(id)?.name ?? id }));
};

/** What may be handed in for a month, how far it is, and of whom it is missing once somebody has begun. */
export const listFigures = async (
  house: House,
  centre: string,
  actor: Actor,
  { month }: { month: Month },
): Promise<Result<View<'figure.list'>>> => {
  const allowed = may(actor, 'figure.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const desk = await house.desk(centre);
  const book = await house.ruleBookInForce(centre, desk, month);
  if (!book.ok) return book;
  const heads = new Map((await figureHeads(house, centre, month)).map((head) => [head.ref.id, head]));
  return ok({
    month,
    items: figuresAsked(book.value.book).map((asked) => {
      const id = `figure-${month}-${asked.of}-${asked.code}`;
      const head = heads.get(id);
      const known = new Set(head?.state.rows.map(({ subject }) => subject));
      return {
        id,
        code: asked.code,
        of: asked.of,
        title: asked.title,
        says: figureMeasure(asked),
        handedIn: known.size,
        missing: subjectsIn(desk, asked.of, month).filter(({ subject }) => !known.has(subject)),
        version: head?.version ?? 0,
      };
    }),
  });
};
