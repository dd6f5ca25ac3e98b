// What every route needs: who is there, what the body says, and how an answer or a refusal goes out.
import type { Context } from 'hono';
import type { CommandDoor, PlainDoor } from '../../shared/doors.ts';
import { fieldName } from '../../shared/field-names.ts';
import { type FieldProblem, ok, type Problem, problems, type Result, refuse } from '../../shared/problems.ts';
import type { House } from '../house.ts';
import type { PaperFile } from '../paper-file.ts';
import type { Visitor } from '../visitor.ts';

/** What the routes are given. */
export interface Desk {
  house: House;
  visitor(context: Context): Promise<Result<Visitor>>;
  registerChanged(): void;
}

export const problemType = 'application/problem+json';

/** A wrong field with its name in Chinese, where it has one. */
const toldField = ({ path, reason }: FieldProblem): FieldProblem & { name?: string } => {
  const name = fieldName(path);
  return name === undefined ? { path, reason } : { path, name, reason };
};

/** A refusal on the wire. */
export const refused = (context: Context, { code, detail, fields }: Problem): Response => {
  const { status, title, next, retry } = problems[code];
  if (status === 401) context.header('www-authenticate', 'Bearer');
  if (retry) context.header('retry-after', '1');
  return context.json(
    {
      ...{ type: `/api/problems#${code}`, title, status, code, detail: detail ?? title, next, retry },
      ...(fields === undefined ? {} : { fields: fields.map(toldField) }),
    },
    status,
    { 'content-type': problemType },
  );
};

export const answered = (context: Context, result: Result<unknown>, success: 200 | 201): Response => {
  if (!result.ok) return refused(context, result.problem);
  return isFile(result.value) ? sentFile(context, result.value) : context.json(result.value, success);
};

const isFile = (value: unknown): value is PaperFile =>
  typeof value === 'object' && value !== null && 'file' in value && value.file === true;

/** Shown where it can be shown, and named for whoever keeps it. */
const sentFile = (context: Context, { bytes, mediaType, name }: PaperFile): Response =>
  context.body(new Uint8Array(bytes), 200, {
    'content-type': mediaType,
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
  });

/** The body as JSON; none at all counts as an empty object. */
export const bodyOf = async (context: Context): Promise<Result<unknown>> => {
  const text = await context.req.text();
  if (text.trim() === '') return ok({});
  try {
    return ok(JSON.parse(text));
  } catch {
    return refuse('request.invalid', '内容不是有效的 JSON');
  }
};

/** `/api/cases/{id}` as Hono writes it. */
export const routeOf = ({ path }: CommandDoor | PlainDoor): string => path.replace(/\{(\w+)\}/g, ':$1');
