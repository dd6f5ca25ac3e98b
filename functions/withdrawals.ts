// A review that takes a case back also takes back the talks whose ground it was.
import { system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { Recorded } from '../shared/events.ts';
import { monthOfId } from '../shared/ids.ts';
import { derivedCommandId } from './derived-id.ts';
import type { House } from './house.ts';
import { measuresIn } from './ladder.ts';
import { currentFacts } from './month-facts.ts';
import { run } from './run.ts';

/** What takes a case back: an overturned review, that it was somebody else's, that it is with the inspectors now. */
const takesBack = ({ event }: Recorded): boolean =>
  event.type === 'case.reassigned' ||
  event.type === 'case.transferred' ||
  (event.type === 'case.appealDecided' && event.outcome === 'overturned');

/** Of what was handed over no more is told than that it is no ground any longer. */
const reasons: Partial<Record<Recorded['event']['type'], string>> = {
  'case.reassigned': '所依据的问题已更正为他人',
  'case.appealDecided': '所依据的问题经复核已撤销',
  'case.transferred': '所依据的问题不再作为谈话依据',
};

/** Follow-up of a case taken back: talks that named the case and that no measure asks for any more. */
export const withdrawTalks = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  if (!takesBack(recorded)) return;
  const month = monthOfId(recorded.stream);
  const { talk } = await house.store.month(centre, month, true);
  const grounded = talk.filter(
    ({ state }) => state.stage !== 'withdrawn' && state.cases.includes(recorded.stream),
  );
  if (grounded.length === 0) return;
  const desk = await house.desk(centre);
  const book = await house.ruleBookInForce(centre, desk, month);
  if (!book.ok) throw new Error(book.problem.code);
  const facts = await currentFacts(house, centre, month);
  const asked = new Set(
    (await measuresIn(house, centre, book.value.book, month, facts.cases)).map((measure) => measure.id),
  );
  for (const head of grounded) {
    if (asked.has(head.ref.id)) continue;
    const done = await run(house, centre, system, commandNamed('talk.withdraw'), {
      commandId: derivedCommandId('withdraw', head.ref.id, recorded.stream, String(recorded.version)),
      target: head.ref.id,
      fields: { reason: reasons[recorded.event.type] ?? '' },
    });
    if (!done.ok && done.problem.code !== 'talk.wrong-stage') throw new Error(done.problem.code);
  }
};
