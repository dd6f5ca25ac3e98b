// The contract of the API as OpenAPI 3.1, written from the same schemas that parse the requests. Loaded only when
// somebody asks for it, so it weighs nothing on the start of a function.
import * as z from 'zod';
import { type Access, type CommandDoor, envelope, type PlainDoor, pathNames } from '../shared/doors.ts';
import { problemView } from '../shared/first-views.ts';
import { roleTitles } from '../shared/people.ts';
import { type ProblemCode, problems } from '../shared/problems.ts';
import { ruleBook } from '../shared/rulebook.ts';
import { nameFields } from '../shared/rulebook-words.ts';
import { views } from '../shared/views.ts';
import { allDoors, refusalsOf, rolesOf } from '../shared/wire.ts';
import { sampleOf } from './example.ts';
import { centreHeader } from './visitor.ts';

type Door = CommandDoor | PlainDoor;
/** A JSON schema as far as it is handled here. */
export type Schema = z.core.JSONSchema.BaseSchema;

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: Schema;
}
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  /** Who may, by title; empty where anyone with an account or without may. */
  'x-roles': string[];
  security: Record<string, string[]>[];
  parameters: (Parameter | { $ref: string })[];
  requestBody?: { required: true; content: { 'application/json': { schema: Schema; example: unknown } } };
  responses: Record<string, Answer>;
  /** Codes it may refuse with. */
  'x-refusals': string[];
}
interface Answer {
  description: string;
  content: Record<string, { schema: Schema }>;
}
export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, unknown>;
    securitySchemes: Record<string, unknown>;
  };
}

/** What a reader cannot use is left out: safe-integer bounds, and the long patterns behind a named format. */
const plain = ({ jsonSchema }: { jsonSchema: Schema }): void => {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'date') delete jsonSchema.pattern;
  if (jsonSchema.format === 'date-time') jsonSchema.pattern = '\\.\\d{3}Z$';
};

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: plain,
  });
  return rest;
};

/** A command's fields with the envelope before them; of a choice of shapes, each. */
const withEnvelope = (fields: Schema): Schema => {
  const choices = fields.anyOf ?? fields.oneOf;
  if (choices)
    return { anyOf: choices.map((choice) => (typeof choice === 'boolean' ? choice : withEnvelope(choice))) };
  const outer = jsonSchema(z.strictObject(envelope), 'input');
  return {
    ...fields,
    properties: { ...outer.properties, ...fields.properties },
    required: [...(outer.required ?? []), ...(fields.required ?? [])],
  };
};

const bodyOf = (door: Door): Schema | undefined => {
  if (door.method === 'GET') return undefined;
  if ('command' in door) {
    const body = withEnvelope(jsonSchema(door.command.fields, 'input'));
    // A rule book is parsed and checked as a whole by its own command, which says more than a schema can.
    return door.name === 'rulebook.enact'
      ? { ...body, properties: { ...body.properties, book: { $ref: '#/components/schemas/RuleBook' } } }
      : body;
  }
  const named = pathNames(door.path);
  const all = jsonSchema(door.input, 'input');
  const properties = Object.fromEntries(
    Object.entries(all.properties ?? {}).filter(([name]) => !named.includes(name)),
  );
  const required = (all.required ?? []).filter((name) => !named.includes(name));
  return Object.keys(properties).length === 0
    ? undefined
    : { type: 'object', properties, required, additionalProperties: false };
};

const parametersOf = (door: Door): Parameter[] => {
  const named = pathNames(door.path);
  const shape =
    'command' in door
      ? door.id === undefined
        ? {}
        : { id: jsonSchema(door.id, 'input') }
      : (jsonSchema(door.input, 'input').properties ?? {});
  return Object.entries(shape).flatMap(([name, schema]): Parameter[] => {
    if (typeof schema === 'boolean') return [];
    const inPath = named.includes(name);
    if (!inPath && door.method === 'POST') return [];
    const needed = 'input' in door && (jsonSchema(door.input, 'input').required ?? []).includes(name);
    return [{ name, in: inPath ? 'path' : 'query', required: inPath || needed, schema }];
  });
};

const rolesText = (access: Access): string => {
  if (access === 'anyone') return '无需登录。';
  if (access === 'account') return '已登记账号均可。';
  return `角色:${titlesOf(access).join('、')}(按管辖范围)。`;
};
const titlesOf = (access: Access): string[] =>
  rolesOf(access).map((role) => (role === 'system' ? '系统' : roleTitles[role]));

const refusalsByStatus = (codes: readonly ProblemCode[]): Record<string, Answer> => {
  const groups = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...groups].map(([status, group]): [string, Answer] => [
      String(status),
      {
        description: group.join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const operationOf = (door: Door): Operation => {
  const body = bodyOf(door);
  const open = door.access === 'anyone';
  const refusals = refusalsOf(door);
  return {
    operationId: door.name,
    tags: [door.group],
    summary: door.summary,
    description: rolesText(door.access),
    'x-roles': titlesOf(door.access),
    security: open ? [] : [{ bearer: [] }],
    parameters: [...parametersOf(door), ...(open ? [] : [{ $ref: '#/components/parameters/centre' }])],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: body, example: sampleOf(door.name, body) } },
          },
        }),
    responses: {
      [door.success]: {
        description: door.success === 201 ? '已建立' : '成功',
        content:
          door.view === 'file'
            ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
            : { 'application/json': { schema: { $ref: `#/components/schemas/${door.view}` } } },
      },
      ...refusalsByStatus(refusals),
    },
    'x-refusals': refusals,
  };
};

const about = `政务服务大厅窗口监督与考核平台的接口。

每个写操作都带设备生成的 \`commandId\`(UUID):同一编号同一内容再次提交得到同样的答复,不会重复。
\`expectedVersion\` 为提交人看到的版本,内容已被他人更新时拒绝。分值一律为百分之一分的整数,时间为 UTC,工作日期按北京时间。
拒绝按 RFC 9457 给出:\`code\` 为稳定代码,\`next\` 为下一步,\`retry\` 说明原样重试是否可能成功。`;

/** Written anew at each call; the caller keeps it. */
export const openApi = (): OpenApi => {
  const paths: OpenApi['paths'] = {};
  const book = jsonSchema(ruleBook, 'input');
  nameFields(book);
  for (const door of allDoors) {
    paths[door.path] = { ...paths[door.path], [door.method.toLowerCase()]: operationOf(door) };
  }
  return {
    openapi: '3.1.0',
    info: { title: '明窗 Mingchuang', version: '1', description: about },
    servers: [{ url: '/' }],
    tags: [...new Set(allDoors.map((door) => door.group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: {
        Problem: jsonSchema(problemView, 'output'),
        RuleBook: book,
        ...Object.fromEntries(
          Object.entries(views).map(([name, view]) => [name, jsonSchema(view, 'output')]),
        ),
      },
      parameters: {
        centre: {
          name: centreHeader,
          in: 'header',
          required: false,
          description: '一个账号登记在多个中心时,指明其中一个',
          schema: { type: 'string' },
        },
      },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
