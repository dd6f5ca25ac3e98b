// The way to the public commands, desk by desk: what a desk needs is loaded when somebody first comes to it. The body
// carries the command's own id, the version that was seen, and its fields.
import type { Context, Hono, Next } from 'hono';
import * as z from 'zod';
import { onlyTheHouse } from '../../shared/access.ts';
import { type Desk as CommandDesk, desks } from '../../shared/desks.ts';
import { type CommandDoor, doorTo, envelope } from '../../shared/doors.ts';
import { invalid, type Problem, type Result, refuse } from '../../shared/problems.ts';
import { firstUploads } from '../first-uploads.ts';
import { forRequest } from '../house.ts';
import { type Request, run } from '../run.ts';
import { answered, bodyOf, type Desk, refused } from './answers.ts';

const carried = z.looseObject(envelope);

/** The doors of a desk by their path, `{id}` unfilled. */
const doorsOf = async (desk: CommandDesk): Promise<Map<string, CommandDoor>> => {
  const open = (await desk.commands()).filter(({ type }) => !onlyTheHouse(type));
  return new Map(open.map(doorTo).map((door) => [door.path, door]));
};

export const commandRoutes = (app: Hono, { house, visitor, registerChanged }: Desk): void => {
  const known = new Map<string, Promise<Map<string, CommandDoor>>>();
  const through = async (context: Context, next: Next): Promise<Response | undefined> => {
    const { desk: plural = '', id, verb } = context.req.param();
    const where = Object.values(desks).find((one) => one.plural === plural);
    if (!where) {
      await next();
      return undefined;
    }
    const doors = known.get(plural) ?? doorsOf(where);
    known.set(plural, doors);
    const path = ['/api', plural, ...(id === undefined ? [] : ['{id}']), verb ?? []].flat().join('/');
    const door = (await doors).get(path);
    if (!door) {
      await next();
      return undefined;
    }
    const who = await visitor(context);
    if (!who.ok) return refused(context, who.problem);
    const body = await bodyOf(context);
    if (!body.ok) return refused(context, body.problem);
    const request = requestOf(door, body.value, id);
    if (!request.ok) return refused(context, request.problem);
    const { centre, actor, desk } = who.value;
    const at = forRequest(house, centre, desk);
    const done = await run(at, centre, actor, door.command, request.value);
    if (door.command.on === 'registry' || door.command.on === 'rulebook') registerChanged();
    // A figure takes more files as it goes on; where they go is asked for by their plan.
    const fresh = door.command.creating && door.command.on !== 'figure';
    if (!done.ok || !fresh) return answered(context, done, door.success);
    const uploads = await firstUploads(house, centre, done.value.id, request.value.fields);
    return context.json(uploads.length === 0 ? done.value : { ...done.value, uploads }, door.success);
  };
  for (const rest of ['', '/:verb', '/:id/:verb']) app.post(`/api/:desk${rest}`, through);
};

/** Everything wrong with a request at once: its envelope and its fields. */
const requestOf = (door: CommandDoor, body: unknown, id: string | undefined): Result<Request> => {
  if (door.id && !door.id.safeParse(id).success) return refuse('thing.not-found');
  const parsed = carried.safeParse(body);
  if (!parsed.success) return { ok: false, problem: withFields(door, invalid(parsed.error).problem, body) };
  const { commandId, expectedVersion, ...fields } = parsed.data;
  return {
    ok: true,
    value: {
      commandId,
      fields,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      ...(door.id === undefined || id === undefined ? {} : { target: id }),
    },
  };
};

const withFields = (door: CommandDoor, problem: Problem, body: unknown): Problem => {
  const rest = z.looseObject({}).safeParse(body);
  if (!rest.success) return problem;
  const { commandId: _id, expectedVersion: _version, ...fields } = rest.data;
  const bound = door.command.bind(fields);
  return bound.ok
    ? problem
    : { ...problem, fields: [...(problem.fields ?? []), ...(bound.problem.fields ?? [])] };
};
