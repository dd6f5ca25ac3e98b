// One person's whole record, handed to them when they ask for it (PIPL art. 45): the taking is entered in a register of its
// own, with the reason, before anything is handed out. Nothing of the record itself changes.
import * as z from 'zod';
import { about } from './access.ts';
import { type Command, command, happened as done } from './command.ts';
import { freeText } from './free-text.ts';
import { registryId } from './ids.ts';
import { refuse } from './problems.ts';

/** The register of who took a person's record. */
export const personFileRegister = (person: string): string => `${person}~file`;

export const takePersonFile: Command = command({
  type: 'lookup.takePersonFile',
  action: 'person.takeFile',
  summary: '取得一个人的全部记录:登记事由',
  on: 'lookup',
  fields: z.strictObject({ person: registryId, reason: freeText(200) }),
  creates: (fields) => personFileRegister(fields.person),
  about: (_state, fields) => about({ persons: [fields.person] }),
  decide: (_state, fields, context) =>
    context.registry.of.staff.has(fields.person)
      ? done({
          type: 'evidence.viewed',
          v: 1,
          n: 0,
          reason: { text: fields.reason },
          expires: context.now,
        })
      : refuse('thing.not-found', fields.person),
});
