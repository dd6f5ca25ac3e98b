// One route for each public command. The body carries the command's own id, the version that was seen, and its fields.
import type { Hono } from 'hono';
import * as z from 'zod';
import { invalid, type Problem, type Result, refuse } from '../../shared/problems.ts';
import { type CommandDoor, commandDoors, envelope } from '../../shared/wire.ts';
import { type Request, run } from '../run.ts';
import { answered, bodyOf, type Desk, refused, routeOf } from './answers.ts';

const carried = z.looseObject(envelope);

export const commandRoutes = (app: Hono, { house, visitor }: Desk): void => {
  for (const door of commandDoors)
    app.post(routeOf(door), async (context) => {
      const who = await visitor(context);
      if (!who.ok) return refused(context, who.problem);
      const body = await bodyOf(context);
      if (!body.ok) return refused(context, body.problem);
      const request = requestOf(door, body.value, context.req.param('id'));
      if (!request.ok) return refused(context, request.problem);
      const { centre, actor } = who.value;
      return answered(context, await run(house, centre, actor, door.command, request.value), door.success);
    });
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
