// Enacting a rule book: parsed and checked across its parts first, never for a month that is already frozen.
import * as z from 'zod';
import { about } from './access.ts';
import { canonical } from './canonical.ts';
import { type Command, command, happened as done } from './command.ts';
import { month } from './ids.ts';
import { refuse } from './problems.ts';
import { soundBook } from './rulebook-check.ts';
import { ruleBookStream } from './rulebook-enact.ts';
import { type Month, monthOf, plusMonths } from './time.ts';

/** How far back a first month may lie; also how many months are read to see whether one is frozen. */
const monthsBack = 36;

const monthsFrom = (from: Month, to: Month): Month[] => {
  const months: Month[] = [];
  for (let each = from; each <= to; each = plusMonths(each, 1)) months.push(each);
  return months;
};

const enact: Command = command({
  type: 'rulebook.enact',
  action: 'rulebook.enact',
  summary: '颁布考核办法,自某月起生效;同月重颁以最后一次为准',
  on: 'rulebook',
  fields: z.strictObject({ from: month, book: z.unknown() }),
  creates: (fields) => ruleBookStream(fields.from),
  // Every month it would govern so far: none of them may be frozen.
  also: (fields, _state, sent) => {
    const now = monthOf(sent.now);
    return fields.from < plusMonths(now, -monthsBack)
      ? []
      : monthsFrom(fields.from, now).map((id) => ({ kind: 'month', id }));
  },
  about: () => about({}),
  decide: (state, fields, context) => {
    const now = monthOf(context.now);
    if (fields.from < plusMonths(now, -monthsBack)) return refuse('rulebook.too-old', fields.from);
    const frozen = monthsFrom(fields.from, now).find(
      (each) => context.other('month', each)?.stage === 'frozen',
    );
    if (frozen !== undefined) return refuse('rulebook.month-frozen', frozen);
    const checked = soundBook(fields.book);
    if (!checked.ok) return checked;
    if (state && canonical(state.book) === canonical(checked.value)) return done();
    return done({ type: 'rulebook.enacted', v: 1, from: fields.from, book: checked.value });
  },
});

export const ruleBookCommands: Command[] = [enact];
