// Filing, correcting and withdrawing cover. The window's department files it, whoever sits there: a deputy may come from
// another department or a contractor.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { type Command, command, existing } from './command.ts';
import { type CoverState, coverWays } from './cover.ts';
import type { DomainEvent } from './events.ts';
import { freeText, optionalText } from './free-text.ts';
import { newMonthlyId, registryId } from './ids.ts';
import { copiesOf, toAll } from './leave-decide.ts';
import { holdsOn, placeOn, type Registry, windowsOf } from './people.ts';
import { refuse } from './problems.ts';
import {
  firstDayOfStretch,
  isTooLong,
  lastDayOfStretch,
  monthOfFiling,
  monthsOfStretch,
  refuseFiling,
  type Stretch,
  stretchField,
} from './slip.ts';

/** Facts of a cover for the permission. */
export const aboutCover = (state: CoverState): About =>
  about({
    grids: [state.grid],
    departments: [state.department],
    persons: state.filings.flatMap(({ entry }) => entry?.person ?? []),
  });

/** Who covers must be in service all the while. */
const refuseDeputy = (registry: Registry, id: string, stretch: Stretch) => {
  const person = registry.of.staff.get(id);
  if (!person) return refuse('registry.unknown', `人员 ${id}`);
  return holdsOn(person, firstDayOfStretch(stretch)) && holdsOn(person, lastDayOfStretch(stretch))
    ? undefined
    : refuse('assignment.outside', `${person.name}在此期间不在岗位名册`);
};

const file: Command = command({
  type: 'cover.file',
  action: 'cover.file',
  summary: '登记顶岗:谁在哪个窗口、替谁、起止时间',
  on: 'cover',
  fields: z.strictObject({
    window: registryId,
    person: registryId,
    absent: registryId.optional(),
    way: z.enum(coverWays),
    stretch: stretchField,
    reason: optionalText(200),
  }),
  creates: (fields, sent) => newMonthlyId('cover', monthOfFiling(fields.stretch), sent.command),
  about: (_state, fields, { registry }) => {
    const place = placeOn(registry, fields.window, firstDayOfStretch(fields.stretch));
    return about(
      place === undefined
        ? {}
        : { grids: [place.grid], departments: [place.department], persons: [fields.person] },
    );
  },
  decide: (state, fields, { registry, command: id }) => {
    if (state) return refuse('thing.exists', state.id);
    if (isTooLong(fields.stretch)) return refuse('slip.too-long');
    const on = firstDayOfStretch(fields.stretch);
    const place = placeOn(registry, fields.window, on);
    if (!place) return refuse('registry.unknown', `窗口 ${fields.window}`);
    const unfit = refuseDeputy(registry, fields.person, fields.stretch);
    if (unfit) return unfit;
    if (fields.absent === fields.person) return refuse('assignment.outside', '顶岗人与被顶岗人是同一人');
    if (fields.absent !== undefined && !windowsOf(registry, fields.absent, on).includes(fields.window))
      return refuse('assignment.outside', '被顶岗人当日不在该窗口');
    const months = monthsOfStretch(fields.stretch);
    const event: DomainEvent = {
      type: 'cover.filed',
      v: 1,
      window: fields.window,
      grid: place.grid,
      department: place.department,
      way: fields.way,
      person: fields.person,
      ...(fields.absent === undefined ? {} : { absent: fields.absent }),
      stretch: fields.stretch,
      months,
      ...(fields.reason === undefined ? {} : { reason: { text: fields.reason } }),
    };
    return toAll('cover', { id: newMonthlyId('cover', months[0] ?? '', id), months, filings: [] }, event);
  },
});

const correct: Command = command({
  type: 'cover.correct',
  action: 'cover.correct',
  summary: '更正顶岗:换人或改起止时间',
  on: 'cover',
  fields: z.strictObject({ person: registryId.optional(), stretch: stretchField, reason: freeText(200) }),
  also: (_fields, state) => copiesOf('cover', state),
  about: (state) => aboutCover(existing(state)),
  decide: (state, fields, { registry }) => {
    const open = existing(state);
    const refused = refuseFiling(open, fields.stretch);
    if (refused) return refused;
    const person = fields.person ?? open.filings.at(-1)?.entry?.person ?? '';
    const unfit = refuseDeputy(registry, person, fields.stretch);
    if (unfit) return unfit;
    if (person === open.absent) return refuse('assignment.outside', '顶岗人与被顶岗人是同一人');
    return toAll('cover', open, {
      type: 'cover.corrected',
      v: 1,
      person,
      stretch: fields.stretch,
      reason: { text: fields.reason },
    });
  },
});

const withdraw: Command = command({
  type: 'cover.withdraw',
  action: 'cover.withdraw',
  summary: '撤销一条顶岗登记',
  on: 'cover',
  fields: z.strictObject({ reason: freeText(200) }),
  also: (_fields, state) => copiesOf('cover', state),
  about: (state) => aboutCover(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    const refused = refuseFiling(open);
    return (
      refused ?? toAll('cover', open, { type: 'cover.withdrawn', v: 1, reason: { text: fields.reason } })
    );
  },
});

export const coverCommands: Command[] = [file, correct, withdraw];
