// What a door of the API is: method, path, what goes in, who may, what it answers. The address of a command follows from
// its name and the desk of its kind. Knows no server, no framework, and not which commands there are.
import * as z from 'zod';
import { type Action, isAction } from './access.ts';
import type { Command } from './command.ts';
import { desks } from './desks.ts';
import { commandId } from './ids.ts';
import type { ViewName } from './views.ts';

/** Who comes through a door: anyone, anyone with an account, or whoever the table of permissions lets. */
export type Access = 'anyone' | 'account' | Action;

export interface Door {
  /** The name of the operation: a command's type, or the read's own. */
  name: string;
  group: string;
  method: 'GET' | 'POST';
  /** `/api/cases/{id}/confirm` */
  path: string;
  /** One Chinese sentence. */
  summary: string;
  access: Access;
  success: 200 | 201;
  view: ViewName;
}

/** A door to a command: the body is `commandId`, optionally `expectedVersion`, and the command's own fields. */
export interface CommandDoor extends Door {
  command: Command;
  /** Shape of `{id}`; absent where the command creates. */
  id?: z.ZodType<string>;
}

/** Any other door. Path parameters and the rest (query of a GET, body of a POST) are parsed as one. */
export interface PlainDoor<Input extends z.ZodObject = z.ZodObject> extends Door {
  input: Input;
  /** Codes of other concepts it may refuse with, where it leads to their commands. */
  refuses?: readonly string[];
}

export const envelope = {
  commandId,
  /** The version the person saw; a newer one refuses the command. */
  expectedVersion: z.int().min(0).optional(),
};

const kebab = (text: string): string => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const doorTo = (command: Command): CommandDoor => {
  const desk = desks[command.on];
  if (!desk) throw new Error(`${command.type} has no desk`);
  const verb = kebab(command.type.slice(command.type.indexOf('.') + 1));
  const at = `/api/${desk.plural}`;
  const common = {
    name: command.type,
    group: desk.group,
    method: 'POST' as const,
    summary: command.summary,
    access: isAction(command.type) ? command.type : ('account' as const),
    view: 'answer' as const,
    command,
  };
  return command.creating
    ? { ...common, path: command.type === desk.first ? at : `${at}/${verb}`, success: 201 }
    : { ...common, path: `${at}/{id}/${verb}`, success: 200, id: desk.id };
};

/** A plain door that changes or reads, and one that makes something new. */
export const door = <const D extends Omit<PlainDoor, 'success'>>(described: D): D & { success: 200 } => ({
  ...described,
  success: 200,
});
export const creating = <const D extends Omit<PlainDoor, 'success'>>(described: D): D & { success: 201 } => ({
  ...described,
  success: 201,
});

/** Names in braces: `/api/evidence/{record}/{n}/views` → `record`, `n`. */
export const pathNames = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].flatMap((found) => found[1] ?? []);
