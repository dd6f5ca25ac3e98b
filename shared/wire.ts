// Every door of the API in one list, with who may come through and what it refuses: the API page is written from here and
// the tests go through it. Knows no server and no framework.
import { type Action, isAction, permits } from './access.ts';
import type { Command } from './command.ts';
import { publicCommands } from './commands.ts';
import { desks } from './desks.ts';
import { type Access, type CommandDoor, doorTo, type PlainDoor } from './doors.ts';
import type { Role } from './people.ts';
import { plainDoors } from './plain-doors.ts';
import { type ProblemCode, problems } from './problems.ts';

export const commandDoors: readonly CommandDoor[] = publicCommands.map(doorTo);

export const allDoors: readonly (CommandDoor | PlainDoor)[] = [...Object.values(plainDoors), ...commandDoors];

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
  if (to.access === 'anyone') {
    if (!('input' in to) || Object.keys(to.input.shape).length === 0) return everywhere;
    const own: ProblemCode[] =
      to.refuses === undefined
        ? []
        : [...codesOf(to.refuses), 'request.too-large', 'command.reused', 'thing.exists'];
    return [...new Set<ProblemCode>([...everywhere, 'thing.not-found', ...own])];
  }
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
