// Holds a real answer against the contract: a success has exactly the shape its door promises, a refusal is one the
// door names, told as RFC 9457 says.
import { expect } from 'vitest';
import { problemView } from '../shared/first-views.ts';
import { problems } from '../shared/problems.ts';
import { views } from '../shared/views.ts';
import { allDoors, refusalsOf } from '../shared/wire.ts';

const pattern = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
const kinds = new Map<string, { status: number; title: string }>(Object.entries(problems));
const doors = allDoors.map((door) => ({ door, matches: pattern(door.path) }));

/** The door behind a request; undefined for addresses that are none. Fixed words go before parameters. */
const doorTo = (method: string, path: string) => {
  const [plain = ''] = path.split('?');
  const found = doors.filter(({ door, matches }) => door.method === method && matches.test(plain));
  return (found.find(({ door }) => door.path === plain) ?? found[0])?.door;
};

export const holdToContract = (
  method: string,
  path: string,
  answer: { status: number; type: string; body: unknown },
): void => {
  const door = doorTo(method, path);
  if (!door) return;
  if (answer.status < 300) {
    expect(answer.status, `${method} ${path}`).toBe(door.success);
    const held = views[door.view].safeParse(answer.body);
    if (!held.success) throw new Error(`${door.name} answered otherwise: ${held.error.message}`);
    return;
  }
  expect(answer.type).toBe('application/problem+json');
  const problem = problemView.parse(answer.body);
  const codes: readonly string[] = refusalsOf(door);
  if (!codes.includes(problem.code))
    throw new Error(`${door.name} does not say it may refuse ${problem.code}`);
  const kind = kinds.get(problem.code);
  expect(problem).toMatchObject({ ...kind, type: `/api/problems#${problem.code}` });
  expect(answer.status).toBe(kind?.status);
};
