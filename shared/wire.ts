// Every door of the API, described once: method, path, what goes in, who may, what it answers, what it refuses. The
// routes are mounted from here and the API page is written from here. Knows no server and no framework.
import * as z from 'zod';
import { type Action, permits } from './access.ts';
import type { Command } from './command.ts';
import { isAction, publicCommands } from './commands.ts';
import { desks } from './desks.ts';
import { commandId } from './ids.ts';
import type { Role } from './people.ts';
import { plainDoors } from './plain-doors.ts';
import { type ProblemCode, problems } from './problems.ts';
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
}

export const envelope = {
  commandId,
  /** The version the person saw; a newer one refuses the command. */
  expectedVersion: z.int().min(0).optional(),
};

const kebab = (text: string): string => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const doorTo = (command: Command): CommandDoor => {
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

export const commandDoors: readonly CommandDoor[] = publicCommands.map(doorTo);

export const allDoors: readonly (CommandDoor | PlainDoor)[] = [...Object.values(plainDoors), ...commandDoors];

/** Names in braces: `/api/evidence/{record}/{n}/views` → `record`, `n`. */
export const pathNames = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].flatMap((found) => found[1] ?? []);

/** An action and those its fields may turn it into: `talk.hold` also asks for `talk.holdDirector`. */
const actionsBehind = (access: Action): Action[] => {
  const turned = new RegExp(`^${access}([A-Z]|$)`);
  return Object.keys(permits)
    .filter(isAction)
    .filter((action) => turned.test(action));
};

/** Roles that may come through a door, for the API page; the fields of the request may narrow it further. */
export const rolesOf = (access: Access): (Role | 'system')[] =>
  access === 'anyone' || access === 'account'
    ? []
    : [...new Set(actionsBehind(access).flatMap((action) => permits[action].map((permit) => permit.role)))];

const everywhere: ProblemCode[] = ['request.invalid', 'busy.try-again'];
const signedIn: ProblemCode[] = ['token.missing', 'token.invalid', 'account.unknown', 'account.several'];
const codes = Object.keys(problems).filter((code): code is ProblemCode => code in problems);
const codesOf = (prefixes: readonly string[]): ProblemCode[] =>
  codes.filter((code) => prefixes.includes(code.slice(0, code.indexOf('.'))));

/** What a door may refuse with. A code that a test meets and that is not listed here fails the test. */
export const refusalsOf = (to: CommandDoor | PlainDoor): ProblemCode[] => {
  if (to.access === 'anyone') return everywhere;
  const posted: ProblemCode[] =
    to.method === 'POST' ? ['request.too-large', 'command.reused', 'version.stale', 'thing.exists'] : [];
  const named: ProblemCode[] = ['access.denied', 'thing.not-found'];
  const own =
    'command' in to ? commandRefusals(to.command) : codesOf([to.name.slice(0, to.name.indexOf('.'))]);
  const all = new Set([
    ...everywhere,
    ...signedIn,
    ...(to.access === 'account' ? [] : named),
    ...posted,
    ...own,
  ]);
  return codes.filter((code) => all.has(code));
};

const commandRefusals = (command: Command): ProblemCode[] => {
  const permitted = isAction(command.type) ? permits[command.type] : [];
  const apart = permitted.some((permit) => 'apart' in permit);
  return [
    ...codesOf([command.on, ...(desks[command.on]?.refuses ?? [])]),
    ...(apart ? codesOf(['access']) : []),
  ];
};
